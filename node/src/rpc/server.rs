//! The JSON-RPC server.
//!
//! The SDK's server (`sc-rpc-server` 33) lets any web page open a WebSocket, treats every client on this machine as
//! the owner, does not limit the work of a caller, and moves to another port if the given one is taken. This server
//! is made of the same parts and does none of that. It can be removed once the SDK's does not either.

use super::{
	absent,
	calls::CallsLayer,
	connection::Limits,
	listen::Listening,
	origin::Origins,
	owner::{allows_unsafe, Owner, PREFIX},
	socket::Socket,
};
use forwarded_header_value::ForwardedHeaderValue;
use hyper_util::{
	rt::{TokioExecutor, TokioIo, TokioTimer},
	server::conn::auto,
	service::TowerToHyperService,
};
use jsonrpsee::{
	core::{BoxError, RegisterMethodError},
	server::{
		middleware::http::HostFilterLayer, middleware::rpc::RpcServiceBuilder, stop_channel, ws,
		BatchRequestConfig, HttpBody, HttpResponse, PingConfig, RandomStringIdProvider, ServerBuilder,
		ServerHandle, StopHandle, TowerServiceBuilder,
	},
	Methods, RpcModule,
};
use sc_rpc::DenyUnsafe;
use sc_rpc_server::{Metrics, MiddlewareLayer, NodeHealthProxyLayer, RpcEndpoint, RpcMethods, RpcMetrics};
use sc_service::Error;
use serde_json::json;
use std::{
	io,
	net::{IpAddr, SocketAddr},
	path::Path,
	sync::Arc,
	time::{Duration, Instant},
};
use tokio::{
	net::{TcpListener, TcpStream},
	runtime::{Handle, Runtime},
	sync::{OwnedSemaphorePermit, Semaphore},
};
use tower::{
	layer::util::{Identity, Stack},
	util::Either,
	Service,
};
use tower_http::cors::{AllowOrigin, CorsLayer};

const MEGABYTE: u32 = 1 << 20;
/// The calls of one batch, at most, unless another number is given. A batch is one message and one answer.
const MAX_BATCH: u32 = 1_000;
/// Sockets beyond those of the connections: of HTTP clients between two requests.
const MAX_IDLE_SOCKETS: usize = 100;
/// How often a WebSocket's peer is pinged, how long it may be silent, and how often, before it is disconnected.
const PING_INTERVAL: Duration = Duration::from_secs(30);
const INACTIVE_LIMIT: Duration = Duration::from_secs(60);
const MAX_MISSED_PINGS: usize = 3;
/// How long the server waits when the system has no socket for another connection.
const ACCEPT_RETRY: Duration = Duration::from_millis(100);

/// The answer to a web page that may not call the node.
const NOT_ALLOWED: &str = "Pages of this origin may not call this node: see --rpc-cors.\n";
/// The answer to a client that uses an address like the owner's and is not the owner.
const NOT_OWNER: &str = "This is not the address of this node's owner: that is in the file `owner` in the node's folder, and works \
	only on the node's machine.\n";

/// What a server needs beside its methods.
pub struct Settings<'a> {
	/// The addresses that it listens on.
	pub listening: Vec<Listening>,
	/// The permits of its connections.
	pub limits: Limits,
	/// The file of the owner's address.
	pub owner: &'a Path,
	/// The metrics that it counts.
	pub metrics: Option<RpcMetrics>,
	/// The longest text of a request or an answer in the log, in bytes.
	pub max_log_length: u32,
	/// Whether blocks become final by votes. If not, methods about votes answer with an error.
	pub has_votes: bool,
}

/// The server, on threads of its own. It stops when it is dropped.
pub struct Server {
	stop: StopHandle,
	handle: ServerHandle,
	runtime: Option<Runtime>,
	threads: Handle,
}

impl Drop for Server {
	fn drop(&mut self) {
		let _ = self.handle.stop();
		// Waiting for the shutdown would panic in an async task.
		if let Some(runtime) = self.runtime.take() {
			runtime.shutdown_background();
		}
	}
}

impl Server {
	/// A server without methods. It has as many threads that may block as there may be connections.
	pub fn new(max_connections: u32) -> io::Result<Self> {
		let runtime = sc_service::create_rpc_runtime(max_connections)?;
		let threads = runtime.handle().clone();
		let (stop, handle) = stop_channel();
		Ok(Self { stop, handle, runtime: Some(runtime), threads })
	}

	/// Its threads.
	pub fn threads(&self) -> &Handle {
		&self.threads
	}

	/// Starts to serve these methods.
	///
	/// Fails where the owner's address cannot be written to its file.
	pub fn start(&self, module: RpcModule<()>, settings: Settings<'_>) -> Result<(), Error> {
		let Settings { listening, limits, owner, metrics, max_log_length, has_votes } = settings;
		let methods = with_list(module, has_votes)?;
		let names: Vec<_> = methods.method_names().collect();
		let metrics = metrics.map(|metrics| metrics.with_known_methods(names));
		// The owner connects from this machine, so the address has to be one of it.
		let here = |ip: IpAddr| ip.is_loopback() || ip.is_unspecified();
		let for_owner = listening
			.iter()
			.find(|one| matches!(one.endpoint.rpc_methods, RpcMethods::Auto) && here(one.address.ip()));
		let owner = match for_owner.map(|one| Owner::write(owner, one.address)) {
			None => None,
			Some(Ok(written)) => {
				log::info!("🔑 The address for this node's owner is in {}", owner.display());
				Some(Arc::new(written))
			},
			Some(Err(error)) => return Err(Error::Other(format!("{}: {error}", owner.display()))),
		};
		let addresses: Vec<_> = listening.iter().map(|one| one.address.to_string()).collect();
		let _entered = self.threads.enter();
		for Listening { listener, address, endpoint } in listening {
			let listener = TcpListener::from_std(listener)?;
			let acceptor = Arc::new(Acceptor {
				methods: methods.clone(),
				origins: Arc::new(Origins::new(endpoint.cors.as_deref())),
				owner: owner.clone(),
				metrics: metrics.clone(),
				stop: self.stop.clone(),
				threads: self.threads.clone(),
				max_log_length,
				address,
				endpoint,
			});
			self.threads.spawn(acceptor.serve(listener, limits.clone()));
		}
		log::info!("Running JSON-RPC server: addr={}", addresses.join(","));
		Ok(())
	}
}

/// Adds `rpc_methods`, which lists the methods, and then the methods that it does not list.
fn with_list(mut module: RpcModule<()>, has_votes: bool) -> Result<Methods, Error> {
	let failed = |error: RegisterMethodError| Error::Application(error.into());
	let mut names: Vec<_> = module.method_names().chain(["rpc_methods"]).collect();
	names.sort_unstable();
	module.register_method("rpc_methods", move |_, _, _| json!({ "methods": names })).map_err(failed)?;
	if !has_votes {
		module.merge(absent().map_err(failed)?).map_err(failed)?;
	}
	Ok(module.into())
}

/// Accepts the connections to one address, by its rules.
struct Acceptor {
	methods: Methods,
	origins: Arc<Origins>,
	owner: Option<Arc<Owner>>,
	metrics: Option<RpcMetrics>,
	stop: StopHandle,
	threads: Handle,
	max_log_length: u32,
	address: SocketAddr,
	endpoint: RpcEndpoint,
}

type Http = Stack<CorsLayer, Stack<NodeHealthProxyLayer, Stack<Either<HostFilterLayer, Identity>, Identity>>>;
type Builder = TowerServiceBuilder<Identity, Http>;

impl Acceptor {
	/// Accepts connections until the server stops.
	async fn serve(self: Arc<Self>, listener: TcpListener, limits: Limits) {
		let sockets = Arc::new(Semaphore::new(self.endpoint.max_connections as usize + MAX_IDLE_SOCKETS));
		let builder = self.builder();
		loop {
			let accepted = tokio::select! {
				accepted = listener.accept() => accepted,
				() = self.stop.clone().shutdown() => return,
			};
			let (socket, peer) = match accepted {
				Ok(accepted) => accepted,
				Err(error) => {
					log::debug!(target: "rpc", "cannot accept a connection: {error}");
					tokio::time::sleep(ACCEPT_RETRY).await;
					continue;
				},
			};
			// If there are too many connections, clients of other machines see theirs closed.
			let counted = sockets.clone().try_acquire_owned().ok();
			if counted.is_none() && !peer.ip().to_canonical().is_loopback() {
				continue;
			}
			self.serve_connection(socket, peer.ip(), counted, &limits, builder.clone());
		}
	}

	fn builder(&self) -> Builder {
		let endpoint = &self.endpoint;
		// On a loopback address, only this machine's own names are accepted as host. Elsewhere clients use names that the
		// node does not know. The owner may use another port, that of a tunnel.
		let filter = (endpoint.cors.is_some() && self.address.ip().is_loopback()).then(|| {
			let hosts = ["localhost", "127.0.0.1", "[::1]"].map(|host| format!("{host}:*"));
			HostFilterLayer::new(hosts).unwrap_or_else(|_| unreachable!("these are hosts"))
		});
		let http = tower::ServiceBuilder::new()
			.option_layer(filter)
			.layer(NodeHealthProxyLayer)
			.layer(cors(self.origins.clone()));
		let batches = match endpoint.batch_config {
			BatchRequestConfig::Unlimited => BatchRequestConfig::Limit(MAX_BATCH),
			config => config,
		};
		let ping = PingConfig::new()
			.ping_interval(PING_INTERVAL)
			.inactive_limit(INACTIVE_LIMIT)
			.max_failures(MAX_MISSED_PINGS);
		ServerBuilder::default()
			.max_request_body_size(endpoint.max_payload_in_mb.saturating_mul(MEGABYTE))
			.max_response_body_size(endpoint.max_payload_out_mb.saturating_mul(MEGABYTE))
			.max_connections(endpoint.max_connections)
			.max_subscriptions_per_connection(endpoint.max_subscriptions_per_connection)
			.enable_ws_ping(ping)
			.set_http_middleware(http)
			.set_message_buffer_capacity(endpoint.max_buffer_capacity_per_connection)
			.set_batch_request_config(batches)
			.custom_tokio_runtime(self.threads.clone())
			.set_id_provider(RandomStringIdProvider::new(16))
			.to_service_builder()
	}

	/// Serves a connection.
	fn serve_connection(
		self: &Arc<Self>,
		socket: TcpStream,
		peer: IpAddr,
		counted: Option<OwnedSemaphorePermit>,
		limits: &Limits,
		builder: Builder,
	) {
		// An answer is written in parts: the second part must not wait until the peer acknowledges the first.
		let _ = socket.set_nodelay(true);
		let connection = limits.connection();
		let socket = Socket::new(socket, connection.clone(), counted);
		let limited =
			self.endpoint.rate_limit.map(|calls| MiddlewareLayer::new().with_rate_limit_per_minute(calls));
		let acceptor = self.clone();
		let service = tower::service_fn(move |mut request: http::Request<hyper::body::Incoming>| {
			let is_websocket = ws::is_upgrade_request(&request);
			let deny_unsafe = acceptor.deny_unsafe(&request, peer);
			let refusal = acceptor.refusal(&request, deny_unsafe);
			request.extensions_mut().insert(deny_unsafe);
			hide_secret(request.uri_mut());
			let counts = acceptor.counts(&request, peer, limited.as_ref(), is_websocket);
			let calls = RpcServiceBuilder::new()
				.rpc_logger(acceptor.max_log_length)
				.option_layer(counts.clone())
				.layer(CallsLayer(connection.clone()));
			let mut service = builder
				.clone()
				.set_rpc_middleware(calls)
				.build(acceptor.methods.clone(), acceptor.stop.clone());
			let threads = acceptor.threads.clone();
			async move {
				if let Some(message) = refusal {
					return Ok::<_, BoxError>(refused(message));
				}
				if let (true, Some(counts)) = (is_websocket, counts) {
					let closed = service.on_session_closed();
					threads.spawn(async move {
						let since = Instant::now();
						counts.ws_connect();
						closed.await;
						counts.ws_disconnect(since);
					});
				}
				service.call(request).await
			}
		});
		self.threads.spawn(serve(socket, service, self.stop.clone()));
	}

	/// The reason to refuse a request, whatever its method.
	fn refusal<B>(&self, request: &http::Request<B>, deny_unsafe: DenyUnsafe) -> Option<&'static str> {
		let mut origins = request.headers().get_all(http::header::ORIGIN).iter();
		if !origins.all(|origin| self.origins.allow(origin.as_bytes())) {
			return Some(NOT_ALLOWED);
		}
		let as_owner = request.uri().path().starts_with(PREFIX);
		let denied = matches!(deny_unsafe, DenyUnsafe::Yes);
		(as_owner && denied).then_some(NOT_OWNER)
	}

	/// Whether the methods for the owner only are refused.
	fn deny_unsafe<B>(&self, request: &http::Request<B>, peer: IpAddr) -> DenyUnsafe {
		let owner = self.owner.as_deref();
		match allows_unsafe(self.endpoint.rpc_methods, owner, peer, request.uri().path()) {
			true => DenyUnsafe::No,
			false => DenyUnsafe::Yes,
		}
	}

	/// Counts the calls of a request, and limits how many there are in a minute.
	fn counts<B>(
		&self,
		request: &http::Request<B>,
		peer: IpAddr,
		limited: Option<&MiddlewareLayer>,
		is_websocket: bool,
	) -> Option<MiddlewareLayer> {
		let proxied = self.endpoint.rate_limit_trust_proxy_headers.then(|| proxied(request)).flatten();
		let client = proxied.unwrap_or(peer);
		let trusted = self.endpoint.rate_limit_whitelisted_ips.iter().any(|ips| ips.contains(client));
		let limited = limited.filter(|_| !trusted).cloned();
		let label = if is_websocket { "ws" } else { "http" };
		match &self.metrics {
			None => limited,
			Some(metrics) => {
				Some(limited.unwrap_or_default().with_metrics(Metrics::new(metrics.clone(), label)))
			},
		}
	}
}

/// Serves one socket until it closes or the server stops.
///
/// As jsonrpsee's `serve_with_graceful_shutdown`, but for HTTP/1.1 alone, so that the socket sees all answers, and
/// with hyper's deadline of 30 s for the head of a request, so that an idle socket is closed.
async fn serve<S>(socket: Socket<TcpStream>, service: S, stop: StopHandle)
where
	S: Service<http::Request<hyper::body::Incoming>, Response = HttpResponse, Error = BoxError>
		+ Clone
		+ Send
		+ 'static,
	S::Future: Send,
{
	let mut builder = auto::Builder::new(TokioExecutor::new()).http1_only();
	builder.http1().timer(TokioTimer::new());
	let served =
		builder.serve_connection_with_upgrades(TokioIo::new(socket), TowerToHyperService::new(service));
	tokio::pin!(served);
	let ended = tokio::select! {
		ended = &mut served => ended,
		() = stop.shutdown() => {
			served.as_mut().graceful_shutdown();
			served.await
		},
	};
	if let Err(error) = ended {
		log::debug!(target: "rpc", "a connection ended with an error: {error}");
	}
}

/// Removes the owner's secret from a request's path, before anything of the request gets into a log.
fn hide_secret(uri: &mut http::Uri) {
	if !uri.path().starts_with(PREFIX) {
		return;
	}
	let mut parts = std::mem::take(uri).into_parts();
	parts.path_and_query = Some(http::uri::PathAndQuery::from_static("/"));
	*uri = http::Uri::from_parts(parts).unwrap_or_default();
}

/// The client for which a proxy forwards a request, by the proxy's headers.
fn proxied<B>(request: &http::Request<B>) -> Option<IpAddr> {
	let header = |name: &'static str| request.headers().get(name)?.to_str().ok();
	let forwarded = header("forwarded").and_then(|value| ForwardedHeaderValue::from_forwarded(value).ok());
	let listed =
		header("x-forwarded-for").and_then(|value| ForwardedHeaderValue::from_x_forwarded_for(value).ok());
	let remotest = |value: Option<ForwardedHeaderValue>| value?.remotest_forwarded_for_ip();
	remotest(forwarded).or_else(|| remotest(listed)).or_else(|| header("x-real-ip")?.parse().ok())
}

/// Tells browsers which pages may read the answers.
fn cors(origins: Arc<Origins>) -> CorsLayer {
	if *origins == Origins::All {
		return CorsLayer::permissive();
	}
	CorsLayer::new()
		.allow_methods([http::Method::GET, http::Method::POST])
		.allow_headers([http::header::CONTENT_TYPE])
		.allow_origin(AllowOrigin::predicate(move |origin, _| origins.allow(origin.as_bytes())))
}

fn refused(message: &'static str) -> HttpResponse {
	let mut response = HttpResponse::new(HttpBody::from(message));
	*response.status_mut() = http::StatusCode::FORBIDDEN;
	response
}

#[cfg(test)]
mod tests {
	use super::{
		super::listen::{listen, tests::endpoint},
		*,
	};
	use jsonrpsee::types::ErrorObjectOwned;
	use std::{
		fs,
		io::{Read, Write},
		net::TcpStream as Client,
		sync::atomic::{AtomicUsize, Ordering::SeqCst},
	};
	use tempfile::TempDir;

	const CALL: &str = r#"{"jsonrpc":"2.0","id":1,"method":"system_owns"}"#;
	const UPGRADE: &str = "Connection: Upgrade\r\nUpgrade: websocket\r\nSec-WebSocket-Version: 13\r\n\
		Sec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==\r\n";

	/// How many calls of `state_callSlowly` are running, how many ran at once, and how many ended.
	static AT_ONCE: AtomicUsize = AtomicUsize::new(0);
	static MAX_AT_ONCE: AtomicUsize = AtomicUsize::new(0);
	static SLOW: AtomicUsize = AtomicUsize::new(0);

	/// A server with a method that only its owner may call and one that is slow, its port, and the folder with its
	/// owner's address.
	fn server(methods: RpcMethods) -> (Server, u16, TempDir) {
		let mut module = RpcModule::new(());
		let registered = module.register_method("system_owns", |_, _, extensions| {
			DenyUnsafe::check_if_safe(*extensions.get().expect("the server says"))?;
			Ok::<_, ErrorObjectOwned>("yes")
		});
		registered.expect("new");
		let slow = module.register_blocking_method("state_callSlowly", |_, _, _| {
			MAX_AT_ONCE.fetch_max(AT_ONCE.fetch_add(1, SeqCst) + 1, SeqCst);
			std::thread::sleep(Duration::from_millis(100));
			AT_ONCE.fetch_sub(1, SeqCst);
			Ok::<_, ErrorObjectOwned>(SLOW.fetch_add(1, SeqCst))
		});
		slow.expect("new");
		let folder = tempfile::tempdir().expect("made");
		let listening =
			listen(&[RpcEndpoint { rpc_methods: methods, ..endpoint("127.0.0.1:0", false) }]).expect("free");
		let port = listening[0].address.port();
		let settings = Settings {
			listening,
			limits: Limits::new(),
			owner: &folder.path().join("owner"),
			metrics: None,
			max_log_length: 100,
			has_votes: true,
		};
		let server = Server::new(4).expect("made");
		server.start(module, settings).expect("started");
		(server, port, folder)
	}

	/// The whole answer to a request with these headers.
	fn ask(port: u16, request: &str, headers: &str, body: &str) -> String {
		let mut client = Client::connect(("127.0.0.1", port)).expect("connected");
		client.set_read_timeout(Some(Duration::from_secs(10))).expect("set");
		let host = match headers.contains("Host: ") {
			true => String::new(),
			false => format!("Host: localhost:{port}\r\n"),
		};
		let length = format!("Content-Length: {}\r\n", body.len());
		write!(client, "{request} HTTP/1.1\r\n{host}{length}{headers}\r\n{body}").expect("written");
		let mut answer = Vec::new();
		let mut part = [0; 4096];
		loop {
			match client.read(&mut part) {
				Ok(0) | Err(_) => break,
				Ok(length) => answer.extend_from_slice(&part[..length]),
			}
			// After a WebSocket handshake the server sends no more, and the connection stays open.
			let (let_in, refused) =
				(answer.starts_with(b"HTTP/1.1 101"), answer.starts_with(b"HTTP/1.1 403"));
			// Frames may follow the head of the answer.
			let head_ends = answer.windows(4).any(|four| four == b"\r\n\r\n");
			if (let_in && head_ends) || (refused && answer.ends_with(b".\n")) {
				break;
			}
		}
		String::from_utf8_lossy(&answer).into_owned()
	}

	fn post(port: u16, path: &str, headers: &str) -> String {
		let headers = format!("Content-Type: application/json\r\nConnection: close\r\n{headers}");
		ask(port, &format!("POST {path}"), &headers, CALL)
	}

	fn owners_path(folder: &TempDir) -> String {
		let address = fs::read_to_string(folder.path().join("owner")).expect("written");
		address
			.trim_end()
			.strip_prefix("ws://127.0.0.1:")
			.and_then(|rest| rest.split_once('/'))
			.expect("an address")
			.1
			.into()
	}

	#[tokio::test]
	async fn methods_about_votes_say_that_there_are_none_and_are_not_listed() {
		let methods = with_list(RpcModule::new(()), false).expect("new names");
		let list: serde_json::Value = methods.call("rpc_methods", [(); 0]).await.expect("listed");
		assert_eq!(list["methods"], json!(["rpc_methods"]));
		for name in ["grandpa_proveFinality", "grandpa_subscribeJustifications", "sync_state_genSyncSpec"] {
			let refused = methods.call::<_, serde_json::Value>(name, [1]).await.expect_err("no votes");
			assert!(
				refused.to_string().contains("NoVotes. The blocks of this chain are made on command"),
				"{refused}"
			);
		}
	}

	#[test]
	fn rpc_4_pages_of_other_origins_are_refused_where_they_begin() {
		let (_server, port, folder) = server(RpcMethods::Auto);
		let path = format!("/{}", owners_path(&folder));
		for (origin, status) in [("", "101"), ("Origin: https://right.example\r\n", "101")] {
			let answer = ask(port, "GET /", &format!("{UPGRADE}{origin}"), "");
			assert!(answer.starts_with(&format!("HTTP/1.1 {status}")), "{answer}");
			assert!(post(port, "/", origin).starts_with("HTTP/1.1 200"));
		}
		for origin in
			["https://evil.example", "null", "https://right.example\r\nOrigin: https://evil.example"]
		{
			let origin = format!("Origin: {origin}\r\n");
			for path in ["/", path.as_str()] {
				let upgrade = format!("{UPGRADE}{origin}");
				assert!(
					ask(port, &format!("GET {path}"), &upgrade, "").starts_with("HTTP/1.1 403"),
					"{origin}"
				);
				let answer = post(port, path, &origin);
				assert!(answer.starts_with("HTTP/1.1 403") && !answer.contains("jsonrpc"), "{answer}");
			}
		}
	}

	#[test]
	fn rpc_4_only_the_owner_may_do_what_is_the_owners() {
		let (yes, no) = (r#""result":"yes""#, "unsafe to be called");
		let (_server, port, folder) = server(RpcMethods::Auto);
		let path = format!("/{}", owners_path(&folder));
		assert!(post(port, &path, "").contains(yes));
		assert!(post(port, "/", "").contains(no));
		for other in ["/owner-", &path[..path.len() - 1], &format!("{path}0")] {
			let answer = post(port, other, "");
			assert!(answer.starts_with("HTTP/1.1 403") && answer.contains("in the file `owner`"), "{answer}");
		}
		let (_server, port, _folder) = server(RpcMethods::Unsafe);
		assert!(post(port, "/", "").contains(yes));
		let (_server, port, folder) = server(RpcMethods::Safe);
		assert!(post(port, "/", "").contains(no));
		assert!(!folder.path().join("owner").exists());
	}

	#[test]
	fn rpc_4_a_tunnel_may_have_another_port_and_a_name_that_leads_here_is_refused() {
		let (_server, port, folder) = server(RpcMethods::Auto);
		let path = format!("/{}", owners_path(&folder));
		assert!(post(port, &path, "Host: 127.0.0.1:9\r\n").contains(r#""result":"yes""#));
		let answer = post(port, &path, &format!("Host: evil.example:{port}\r\n"));
		assert!(answer.starts_with("HTTP/1.1 403"), "{answer}");
	}

	#[test]
	fn rpc_4_the_secret_gets_into_no_log() {
		let hidden = |address: &str| {
			let mut uri = address.parse().expect("an address");
			hide_secret(&mut uri);
			uri.to_string()
		};
		assert_eq!(hidden(&format!("{PREFIX}0123?a=b")), "/");
		assert_eq!(hidden("http://localhost:9944/owner-0123"), "http://localhost:9944/");
		assert_eq!(hidden("/health"), "/health");
	}

	#[test]
	fn rpc_3_who_goes_away_leaves_no_turn_to_others_before_the_work_is_done() {
		let (_server, port, _folder) = server(RpcMethods::Safe);
		let call = CALL.replace("system_owns", "state_callSlowly");
		let head = format!(
			"Host: localhost:{port}\r\nContent-Type: application/json\r\nContent-Length: {}\r\n",
			call.len()
		);
		for before in 0..6 {
			let mut client = Client::connect(("127.0.0.1", port)).expect("connected");
			write!(client, "POST / HTTP/1.1\r\n{head}\r\n{call}").expect("written");
			// Wait until the call is running, or is queued behind calls whose callers have gone.
			std::thread::sleep(Duration::from_millis(20));
			drop(client);
			assert!(SLOW.load(SeqCst) <= before);
		}
		assert!(ask(port, "POST /", "Content-Type: application/json\r\nConnection: close\r\n", &call)
			.contains("result"));
		assert!((1..=2).contains(&MAX_AT_ONCE.load(SeqCst)), "{MAX_AT_ONCE:?} at once");
	}

	#[test]
	fn rpc_2_a_batch_has_a_bound() {
		let (_server, port, _folder) = server(RpcMethods::Safe);
		let batch = |calls: usize| format!("[{}]", vec![CALL; calls].join(","));
		let headers = "Content-Type: application/json\r\nConnection: close\r\n";
		let answer = ask(port, "POST /", headers, &batch(MAX_BATCH as usize));
		assert_eq!(answer.matches("unsafe to be called").count(), MAX_BATCH as usize);
		let refused = ask(port, "POST /", headers, &batch(MAX_BATCH as usize + 1));
		assert!(refused.contains("-32010"), "{refused}");
	}
}
