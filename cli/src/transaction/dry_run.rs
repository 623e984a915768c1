//! What a call would do, as the chain itself says.

use super::{
	fee::cannot_pay,
	outcome::{fee_of, refusal_of},
};
use crate::{
	chain::{cause, AtBlock},
	error::Error,
	explain::{self, Refusal},
	read,
	scale::{self, Event},
};
use serde_json::Value;
use subxt::{
	ext::codec::{Compact, Encode},
	utils::AccountId32,
};

/// What a call would do.
pub struct Effects {
	/// Why the chain would refuse it, if it would.
	pub refusal: Option<Refusal>,
	/// What would happen.
	pub events: Vec<Event>,
	/// The fee, in the smallest unit of STAY.
	pub fee: Option<u128>,
	/// What the account could spend before and afterwards.
	pub spendable: Option<(u128, u128)>,
}

/// How long a signed extrinsic is: its length, version, address, signature, mortality, nonce, tip, whether a hash of the
/// metadata is signed, and the call.
fn signed_length(call: usize, nonce: u64, tip: u128) -> u32 {
	let body = 1 + 33 + 65 + 2 + Compact(nonce).encoded_size() + Compact(tip).encoded_size() + 1 + call;
	let body = u32::try_from(body).unwrap_or(u32::MAX);
	body.saturating_add(Compact(body).encoded_size() as u32)
}

/// Asks the chain what the call would do.
///
/// # Errors
/// The transaction would not be taken, or the chain's runtime cannot say.
pub async fn dry_run(
	at: &AtBlock,
	who: &AccountId32,
	call: &[u8],
	nonce: u64,
	tip: u128,
) -> Result<Effects, Error> {
	let metadata = at.metadata_ref();
	let incompatible =
		|what: String| Error::Incompatible(format!("the chain cannot say what a call would do: {what}"));
	let method = metadata
		.runtime_api_trait_by_name("CallsApi")
		.and_then(|api| api.method_by_name("dry_run").map(|method| method.output_ty()))
		.ok_or_else(|| incompatible("its runtime has no CallsApi".into()))?;
	let length = signed_length(call.len(), nonce, tip);
	let parameters = [who.0.as_slice(), call, &length.encode()].concat();
	let answer = at
		.runtime_apis()
		.call_raw("CallsApi_dry_run", Some(&parameters))
		.await
		.map_err(|error| incompatible(cause(&error)))?;
	let answer = scale::decode(&answer, method, metadata).map_err(incompatible)?;
	if let Some(error) = answer.get("err") {
		return Err(match error["invalid"] == "payment" {
			true => Error::CannotPay(cannot_pay(at, who, call, length, tip).await),
			false => Error::NotTaken(not_taken(error)),
		});
	}
	let effects = &answer["ok"];
	let events: Vec<_> = effects["events"].as_array().into_iter().flatten().filter_map(Event::of).collect();
	let number = |field: &str| read::number(&effects[field]);
	let own = effects["result"].get("err").map(|error| explain::refusal(error, metadata));
	Ok(Effects {
		refusal: own.or_else(|| refusal_of(&events, at)),
		fee: fee_of(&events),
		spendable: number("spendableBefore").zip(number("spendableAfter")),
		events,
	})
}

/// Why a transaction is not taken, by what the chain says of its validity.
fn not_taken(error: &Value) -> String {
	let (kind, what) = error
		.as_object()
		.and_then(|error| error.iter().next())
		.map_or(("", ""), |(kind, what)| (kind.as_str(), what.as_str().unwrap_or("custom")));
	match (kind, what) {
		("invalid", "exhaustsResources") => "it is too heavy for one block. Do it in parts".into(),
		("invalid", "stale") => "the account sent another transaction meanwhile. Try again".into(),
		(kind, what) => format!("{kind} {what}"),
	}
}
