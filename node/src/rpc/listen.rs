//! The addresses that the JSON-RPC server listens on: exactly the ones given, or the node does not start.
//!
//! The SDK moves to a random port if the given one is taken (paritytech/substrate#10304), and treats an IPv6 wildcard
//! socket as one for IPv4 as well: on a machine with both families, the second socket always moves to another port,
//! past any firewall rule for the given one.

use sc_rpc_server::RpcEndpoint;
use sc_service::Error;
use socket2::{Domain, Protocol, Socket, Type};
use std::{
	io::{self, ErrorKind},
	net::{SocketAddr, TcpListener},
};

/// The connections that may wait to be accepted.
const BACKLOG: i32 = 1_024;

/// An address that the server listens on, and the rules for connections to it.
pub struct Listening {
	pub listener: TcpListener,
	pub address: SocketAddr,
	pub endpoint: RpcEndpoint,
}

/// Listens on the addresses of all endpoints.
///
/// On a machine without an endpoint's address family, an optional endpoint is left out. Fails at the first address
/// that is not available.
pub fn listen(endpoints: &[RpcEndpoint]) -> Result<Vec<Listening>, Error> {
	let mut listening: Vec<Listening> = Vec::new();
	for endpoint in endpoints {
		let mut asked = endpoint.listen_addr;
		// Port 0 stands for one free port for both families.
		if let (0, true, Some(first)) = (asked.port(), endpoint.is_optional, listening.first()) {
			asked.set_port(first.address.port());
		}
		match bind(asked) {
			Ok(listener) => {
				let address = listener.local_addr()?;
				listening.push(Listening { listener, address, endpoint: endpoint.clone() });
			},
			Err(error) if error.kind() == ErrorKind::AddrInUse => {
				return Err(format!("another process listens on {asked}: choose another --rpc-port").into())
			},
			Err(error) if endpoint.is_optional => log::debug!("no JSON-RPC on {asked}: {error}"),
			Err(error) => {
				return Err(format!("cannot listen on {asked}: {error}; choose another --rpc-port").into())
			},
		}
	}
	if listening.is_empty() {
		return Err("this machine has none of the addresses for JSON-RPC".into());
	}
	Ok(listening)
}

fn bind(address: SocketAddr) -> io::Result<TcpListener> {
	let socket = Socket::new(Domain::for_address(address), Type::STREAM, Some(Protocol::TCP))?;
	if address.is_ipv6() {
		// IPv4 has a socket of its own.
		socket.set_only_v6(true)?;
	}
	socket.set_reuse_address(true)?;
	socket.bind(&address.into())?;
	socket.listen(BACKLOG)?;
	socket.set_nonblocking(true)?;
	Ok(socket.into())
}

#[cfg(test)]
pub mod tests {
	use super::*;
	use sc_rpc_server::{BatchRequestConfig, RpcMethods};

	/// An endpoint with small limits.
	pub fn endpoint(address: &str, is_optional: bool) -> RpcEndpoint {
		RpcEndpoint {
			listen_addr: address.parse().expect("an address"),
			batch_config: BatchRequestConfig::Unlimited,
			max_connections: 10,
			max_payload_in_mb: 1,
			max_payload_out_mb: 1,
			max_subscriptions_per_connection: 10,
			max_buffer_capacity_per_connection: 10,
			rate_limit: None,
			rate_limit_trust_proxy_headers: false,
			rate_limit_whitelisted_ips: Vec::new(),
			cors: Some(vec!["https://right.example".into()]),
			rpc_methods: RpcMethods::Auto,
			is_optional,
			retry_random_port: true,
		}
	}

	/// A port that is free, and whether this machine has IPv6.
	fn free() -> (u16, bool) {
		let listener = bind("127.0.0.1:0".parse().expect("an address")).expect("free");
		let has_ipv6 = bind("[::1]:0".parse().expect("an address")).is_ok();
		(listener.local_addr().expect("bound").port(), has_ipv6)
	}

	#[test]
	fn node_1_both_families_have_the_port_that_was_asked_for() {
		for (ipv4, ipv6) in [("127.0.0.1", "[::1]"), ("0.0.0.0", "[::]")] {
			let (port, has_ipv6) = free();
			let endpoints =
				[endpoint(&format!("{ipv4}:{port}"), false), endpoint(&format!("{ipv6}:{port}"), true)];
			let ports: Vec<_> =
				listen(&endpoints).expect("free").iter().map(|one| one.address.port()).collect();
			assert_eq!(ports, if has_ipv6 { vec![port; 2] } else { vec![port] });
		}
		let any = [endpoint("127.0.0.1:0", false), endpoint("[::1]:0", true)];
		let ports: Vec<_> = listen(&any).expect("free").iter().map(|one| one.address.port()).collect();
		assert!(ports[0] != 0 && ports.iter().all(|port| *port == ports[0]), "{ports:?}");
	}

	#[test]
	fn node_2_a_taken_port_is_refused_in_one_line() {
		for (taken, asked) in [("127.0.0.1:0", ["127.0.0.1", "[::1]"]), ("[::1]:0", ["127.0.0.1", "[::1]"])] {
			// A machine without IPv6 has no such address to take.
			let Ok(taken) = bind(taken.parse().expect("an address")) else { continue };
			let address = taken.local_addr().expect("bound");
			let [first, second] = asked.map(|ip| format!("{ip}:{}", address.port()));
			let refusal = listen(&[endpoint(&first, false), endpoint(&second, true)]).err().expect("taken");
			let says = format!("another process listens on {address}: choose another --rpc-port");
			assert!(refusal.to_string().ends_with(&says), "{refusal}");
		}
	}
}
