//! The calls of a connection, and what each waits for before it is answered.

use super::{
	connection::{Connection, Limits},
	executor::with_connection,
	permits::Permits,
};
use futures::future::{poll_fn, BoxFuture, FutureExt};
use jsonrpsee::{
	server::middleware::rpc::RpcServiceT,
	types::{error::ErrorCode, ErrorObject, ErrorObjectOwned, Request},
	MethodResponse,
};
use std::{borrow::Cow, future::Future};
use tokio::task::block_in_place;

/// The prefixes of our own methods. These acquire permits themselves, one for each query to the runtime.
const OWN: [&str; 6] = ["avs_", "operators_", "restaking_", "rewards_", "slashing_", "staking_"];

/// A bounded call with parameters longer than this, in bytes, counts as [`Cost::Unbounded`].
const LONG_PARAMS: usize = 64 << 10;
/// The longest parameters of a subscription, in bytes: the server keeps them as long as the subscription lasts.
const MAX_SUBSCRIPTION_PARAMS: usize = 256 << 10;

/// What a call waits for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Cost {
	/// Nothing: the call is cheap, or its method acquires permits itself.
	Cheap,
	/// A permit of [`Limits::reads`]: the node bounds the work.
	Bounded,
	/// A permit of [`Limits::unbounded`]: the caller decides how much work it is.
	Unbounded,
	/// A permit of [`Limits::submissions`].
	Submission,
}

impl Cost {
	fn of(method: &str, bytes: usize) -> Self {
		let begins = |names: &[&str]| names.iter().any(|name| method.starts_with(name));
		let cost = if begins(&OWN) || is_about_subscriptions(method) {
			Self::Cheap
		} else if begins(&["author_submit", "transaction_v1_broadcast", "transactionWatch_v1_submit"]) {
			Self::Submission
		} else if begins(&[
			"archive_v1_",
			"babe_",
			"bitswap_",
			"childstate_getKeys",
			"payment_",
			"state_call",
			"state_getChildReadProof",
			"state_getKeys",
			"state_getMetadata",
			"state_getPairs",
			"state_getReadProof",
			"state_queryStorage",
			"state_traceBlock",
			"sync_state_",
			"system_dryRun",
		]) {
			Self::Unbounded
		} else if begins(&[
			"account_nextIndex",
			"author_",
			"chain_",
			"childstate_",
			"grandpa_",
			"offchain_",
			"rpc",
			"state_",
			"system_accountNextIndex",
		]) {
			Self::Bounded
		} else {
			// `chainHead` works in tasks that acquire permits, see the executor; `transactionWatch_v1_unwatch` and the like
			// are cheap; `system` and `dev` send a message to other tasks of the node, and wait.
			Self::Cheap
		};
		match cost {
			Self::Bounded if bytes > LONG_PARAMS => Self::Unbounded,
			cost => cost,
		}
	}

	fn permits(self, limits: &Limits) -> Option<&Permits> {
		match self {
			Self::Cheap => None,
			Self::Bounded => Some(&limits.reads),
			Self::Unbounded => Some(&limits.unbounded),
			Self::Submission => Some(&limits.submissions),
		}
	}
}

/// Whether a method begins a subscription, or ends one. Methods that submit and watch a transaction are not among
/// them.
fn is_about_subscriptions(method: &str) -> bool {
	let method = method.to_lowercase();
	["subscribe", "unwatch", "follow", "unpin", "stop"].iter().any(|part| method.contains(part))
}

/// Whether a method begins a subscription, for which the server keeps its parameters.
fn begins_subscription(method: &str) -> bool {
	let method = method.to_lowercase();
	let begins = |part| method.contains(part) && !method.contains(&format!("un{part}"));
	begins("subscribe") || begins("follow")
}

/// Makes each call of a connection wait for what its [`Cost`] says.
#[derive(Clone)]
pub struct CallsLayer(pub Connection);

impl<S> tower::Layer<S> for CallsLayer {
	type Service = Calls<S>;

	fn layer(&self, service: S) -> Self::Service {
		Calls { service, connection: self.0.clone() }
	}
}

/// The calls of a connection.
#[derive(Clone)]
pub struct Calls<S> {
	service: S,
	connection: Connection,
}

impl<'a, S> RpcServiceT<'a> for Calls<S>
where
	S: RpcServiceT<'static> + Clone + Send + Sync + 'static,
{
	type Future = BoxFuture<'a, MethodResponse>;

	fn call(&self, request: Request<'a>) -> Self::Future {
		let (service, connection) = (self.service.clone(), self.connection.clone());
		let bytes = request.params.as_ref().map_or(0, |params| params.get().len());
		let id = request.id.clone().into_owned();
		// From here on the call counts, whether it is answered or its caller disconnects.
		let guard = connection.call(bytes);
		async move {
			let refuse = |error: ErrorObjectOwned| MethodResponse::error(id.clone(), error);
			let guard = match guard {
				Ok(guard) => guard,
				Err(error) => return answered(&connection, refuse(error.into())),
			};
			if bytes > MAX_SUBSCRIPTION_PARAMS && begins_subscription(&request.method) {
				return answered(&connection, refuse(too_long()));
			}
			let cost = Cost::of(&request.method, bytes);
			let mut request = owned(request);
			request.extensions.insert(connection.clone());
			let Some(permits) = cost.permits(connection.limits()) else {
				return match connection.capacity().await {
					Ok(()) => {
						let answer = with_connection(connection.clone(), service.call(request)).await;
						answered(&connection, answer)
					},
					Err(error) => answered(&connection, refuse(error.into())),
				};
			};
			let permit = match connection.permit(permits).await {
				Ok(permit) => permit,
				Err(error) => return answered(&connection, refuse(error.into())),
			};
			let working = with_connection(connection.clone(), async move {
				// A call whose caller disconnects runs to its end, and keeps its permit until then.
				let _held = (permit, guard);
				match cost {
					Cost::Unbounded => on_blocking_thread(|| service.call(request)).await,
					_ => service.call(request).await,
				}
			});
			let answer = tokio::spawn(working).await;
			let answer = answer.unwrap_or_else(|_| MethodResponse::error(id, ErrorCode::InternalError));
			answered(&connection, answer)
		}
		.boxed()
	}
}

/// Runs a call on a thread that no other task waits for: some methods do all of their work while they are polled.
async fn on_blocking_thread<F: Future>(call: impl FnOnce() -> F) -> F::Output {
	let mut answer = Box::pin(block_in_place(call));
	poll_fn(|context| block_in_place(|| answer.as_mut().poll(context))).await
}

/// A request that borrows nothing.
fn owned(request: Request<'_>) -> Request<'static> {
	Request {
		jsonrpc: request.jsonrpc,
		id: request.id.into_owned(),
		method: request.method.into_owned().into(),
		params: request.params.map(|params| Cow::Owned(params.into_owned())),
		extensions: request.extensions,
	}
}

fn too_long() -> ErrorObjectOwned {
	let code = ErrorCode::InvalidParams.code();
	let message = format!(
		"Invalid params: the parameters of a subscription have at most {MAX_SUBSCRIPTION_PARAMS} bytes"
	);
	ErrorObject::owned(code, message, None::<()>)
}

/// Counts an answer as unread: it is sent after all that the peer has not read yet.
fn answered(connection: &Connection, response: MethodResponse) -> MethodResponse {
	connection.unread().answered(response.as_result().len());
	response
}

#[cfg(test)]
mod tests {
	use super::*;

	#[test]
	fn rpc_2_3_what_costs_as_much_as_one_likes_has_turns_of_its_own() {
		for (method, cost) in [
			("operators_positions", Cost::Cheap),
			("slashing_subscribeSlashes", Cost::Cheap),
			("chain_subscribeNewHeads", Cost::Cheap),
			("state_unsubscribeStorage", Cost::Cheap),
			("chainHead_v1_call", Cost::Cheap),
			("system_health", Cost::Cheap),
			("no_method", Cost::Cheap),
			("chain_getHeader", Cost::Bounded),
			("state_getStorage", Cost::Bounded),
			("state_getRuntimeVersion", Cost::Bounded),
			("rpc.discover", Cost::Bounded),
			("rpc_methods", Cost::Bounded),
			("system_accountNextIndex", Cost::Bounded),
			("account_nextIndex", Cost::Bounded),
			("author_pendingExtrinsics", Cost::Bounded),
			("state_call", Cost::Unbounded),
			("state_callAt", Cost::Unbounded),
			("state_getKeysPaged", Cost::Unbounded),
			("state_queryStorageAt", Cost::Unbounded),
			("state_getMetadata", Cost::Unbounded),
			("sync_state_genSyncSpec", Cost::Unbounded),
			("payment_queryInfo", Cost::Unbounded),
			("author_submitExtrinsic", Cost::Submission),
			("author_submitAndWatchExtrinsic", Cost::Submission),
			("transactionWatch_v1_submitAndWatch", Cost::Submission),
		] {
			assert_eq!(Cost::of(method, 0), cost, "{method}");
		}
		assert_eq!(Cost::of("chain_getBlockHash", LONG_PARAMS), Cost::Bounded);
		assert_eq!(Cost::of("chain_getBlockHash", LONG_PARAMS + 1), Cost::Unbounded);
		assert_eq!(Cost::of("author_unwatchExtrinsic", 0), Cost::Cheap);
		assert_eq!(Cost::of("transaction_v1_stop", 0), Cost::Cheap);
		for method in ["state_subscribeStorage", "operators_subscribePositions", "chainHead_v1_follow"] {
			assert!(begins_subscription(method), "{method}");
		}
		for method in
			["state_unsubscribeStorage", "chainHead_v1_unfollow", "chainHead_v1_unpin", "state_call"]
		{
			assert!(!begins_subscription(method), "{method}");
		}
	}
}
