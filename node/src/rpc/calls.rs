//! What each call of a connection waits for before it is answered.

use super::{
	connection::{Connection, Shares},
	executor::with_connection,
	turns::Turns,
};
use futures::future::{poll_fn, BoxFuture, FutureExt};
use jsonrpsee::{
	server::middleware::rpc::RpcServiceT,
	types::{error::ErrorCode, ErrorObject, ErrorObjectOwned, Request},
	MethodResponse,
};
use std::{borrow::Cow, future::Future};
use tokio::task::block_in_place;

/// How the names of our own methods begin. They take their turns themselves, for each question to the runtime.
const OWN: [&str; 6] = ["avs_", "operators_", "restaking_", "rewards_", "slashing_", "staking_"];

/// Parameters that are longer than this many bytes make any call one that can cost as much as the caller likes.
const LONG: usize = 64 << 10;
/// The longest parameters of a subscription, in bytes: they are kept for as long as it lasts.
const LONGEST_FOLLOWED: usize = 256 << 10;

/// What a call waits for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Cost {
	/// For nothing here: it costs little, or takes its turns where it works.
	Little,
	/// For a turn among those that read what has a bound.
	Bounded,
	/// For a turn among those that cost as much as the caller likes.
	Open,
	/// For a turn among those that submit a transaction.
	Submission,
}

impl Cost {
	fn of(method: &str, bytes: usize) -> Self {
		let begins = |names: &[&str]| names.iter().any(|name| method.starts_with(name));
		let cost = if begins(&OWN) || is_about_subscriptions(method) {
			Self::Little
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
			Self::Open
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
			// `chainHead` does its work on threads that take turns, see the executor; `transactionWatch_v1_unwatch` and the like
			// do next to nothing; `system` and `dev` ask other tasks of the node, and wait.
			Self::Little
		};
		match cost {
			Self::Bounded if bytes > LONG => Self::Open,
			cost => cost,
		}
	}

	fn turns(self, shares: &Shares) -> Option<&Turns> {
		match self {
			Self::Little => None,
			Self::Bounded => Some(&shares.reads),
			Self::Open => Some(&shares.open),
			Self::Submission => Some(&shares.submissions),
		}
	}
}

/// Whether a method begins a subscription, or ends one. Transactions are watched by submitting them.
fn is_about_subscriptions(method: &str) -> bool {
	let method = method.to_lowercase();
	["subscribe", "unwatch", "follow", "unpin", "stop"].iter().any(|part| method.contains(part))
}

/// Whether a method begins a subscription, for which its parameters are kept.
fn begins_subscription(method: &str) -> bool {
	let method = method.to_lowercase();
	let begins = |part| method.contains(part) && !method.contains(&format!("un{part}"));
	begins("subscribe") || begins("follow")
}

/// Makes the calls of a connection wait.
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
		// From here on it counts, whether it is answered or its caller goes away.
		let calling = connection.call(bytes);
		async move {
			let refuse = |error: ErrorObjectOwned| MethodResponse::error(id.clone(), error);
			let calling = match calling {
				Ok(calling) => calling,
				Err(error) => return answered(&connection, refuse(error.into())),
			};
			if bytes > LONGEST_FOLLOWED && begins_subscription(&request.method) {
				return answered(&connection, refuse(too_long()));
			}
			let cost = Cost::of(&request.method, bytes);
			let mut request = owned(request);
			request.extensions.insert(connection.clone());
			let Some(turns) = cost.turns(connection.shares()) else {
				return match connection.answerable().await {
					Ok(()) => {
						let answer = with_connection(connection.clone(), service.call(request)).await;
						answered(&connection, answer)
					},
					Err(error) => answered(&connection, refuse(error.into())),
				};
			};
			let turn = match connection.turn(turns).await {
				Ok(turn) => turn,
				Err(error) => return answered(&connection, refuse(error.into())),
			};
			let working = with_connection(connection.clone(), async move {
				// Whose caller goes away works on to its end, and has its turn until then.
				let _held = (turn, calling);
				match cost {
					Cost::Open => on_its_own(|| service.call(request)).await,
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

/// Works on a call on a thread that others do not wait for: some of these do all of their work where they are asked.
async fn on_its_own<F: Future>(call: impl FnOnce() -> F) -> F::Output {
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
	let says = format!("Invalid params: a subscription has {LONGEST_FOLLOWED} bytes of parameters at most");
	ErrorObject::owned(code, says, None::<()>)
}

/// Takes note of an answer, which is sent behind all that the peer has not read yet.
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
			("operators_positions", Cost::Little),
			("slashing_subscribeSlashes", Cost::Little),
			("chain_subscribeNewHeads", Cost::Little),
			("state_unsubscribeStorage", Cost::Little),
			("chainHead_v1_call", Cost::Little),
			("system_health", Cost::Little),
			("no_method", Cost::Little),
			("chain_getHeader", Cost::Bounded),
			("state_getStorage", Cost::Bounded),
			("state_getRuntimeVersion", Cost::Bounded),
			("rpc.discover", Cost::Bounded),
			("rpc_methods", Cost::Bounded),
			("system_accountNextIndex", Cost::Bounded),
			("account_nextIndex", Cost::Bounded),
			("author_pendingExtrinsics", Cost::Bounded),
			("state_call", Cost::Open),
			("state_callAt", Cost::Open),
			("state_getKeysPaged", Cost::Open),
			("state_queryStorageAt", Cost::Open),
			("state_getMetadata", Cost::Open),
			("sync_state_genSyncSpec", Cost::Open),
			("payment_queryInfo", Cost::Open),
			("author_submitExtrinsic", Cost::Submission),
			("author_submitAndWatchExtrinsic", Cost::Submission),
			("transactionWatch_v1_submitAndWatch", Cost::Submission),
		] {
			assert_eq!(Cost::of(method, 0), cost, "{method}");
		}
		assert_eq!(Cost::of("chain_getBlockHash", LONG), Cost::Bounded);
		assert_eq!(Cost::of("chain_getBlockHash", LONG + 1), Cost::Open);
		assert_eq!(Cost::of("author_unwatchExtrinsic", 0), Cost::Little);
		assert_eq!(Cost::of("transaction_v1_stop", 0), Cost::Little);
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
