//! The dry run of a call, by the chain itself.

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
use serde_json::{json, Value};
use subxt::{
	ext::codec::{Compact, Encode},
	utils::AccountId32,
};

/// The effects of a call. By default none are known.
#[derive(Default)]
pub struct Effects {
	/// Why the chain would refuse it, if it would.
	pub refusal: Option<Refusal>,
	/// The events.
	pub events: Vec<Event>,
	/// The fee, in the smallest unit of STAY.
	pub fee: Option<u128>,
	/// The account's spendable balance before and after.
	pub spendable: Option<(u128, u128)>,
}

impl Effects {
	/// The spendable balance before and after, for programs.
	pub fn spendable_json(&self) -> Value {
		self.spendable.map_or(
			Value::Null,
			|(before, after)| json!({ "before": before.to_string(), "after": after.to_string() }),
		)
	}
}

/// The length of a signed extrinsic: its length prefix, version, address, signature with its scheme, mortality, nonce,
/// tip, whether it signs a hash of the metadata, and the call.
pub fn signed_length(call: usize, signature: usize, nonce: u64, tip: u128) -> u32 {
	let parameters = 2 + Compact(nonce).encoded_size() + Compact(tip).encoded_size() + 1;
	let body = 1 + 33 + (1 + signature) + parameters + call;
	let body = u32::try_from(body).unwrap_or(u32::MAX);
	body.saturating_add(Compact(body).encoded_size() as u32)
}

/// Runs the call on the chain's state, in an extrinsic of this length, and undoes it.
///
/// # Errors The transaction would not be included, or the chain's runtime lacks the dry run.
pub async fn dry_run(
	at: &AtBlock,
	who: &AccountId32,
	call: &[u8],
	length: u32,
	tip: u128,
) -> Result<Effects, Error> {
	let metadata = at.metadata_ref();
	let incompatible =
		|what: String| Error::Incompatible(format!("the chain cannot say what a call would do: {what}"));
	let method = metadata
		.runtime_api_trait_by_name("CallsApi")
		.and_then(|api| api.method_by_name("dry_run").map(|method| method.output_ty()))
		.ok_or_else(|| incompatible("its runtime has no CallsApi".into()))?;
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

/// Why a transaction would not be included, from the chain's validity error.
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
