//! The outcome of a transaction, from its events.

use crate::{
	chain::AtBlock,
	explain::{self, Refusal},
	read,
	scale::Event,
};
use serde_json::{json, Value};
use subxt::metadata::Metadata;

/// The block of a transaction.
#[derive(Debug)]
pub struct Found {
	/// Its hash.
	pub transaction: String,
	/// The hash of the block, if it was waited for.
	pub block: Option<String>,
	/// The number of the block.
	pub number: Option<u64>,
	/// Whether the block is final.
	pub is_final: bool,
}

impl Found {
	/// For programs, with the events.
	pub fn json(&self, events: &[Event]) -> Value {
		json!({
			"transaction": self.transaction,
			"block": self.block,
			"number": self.number,
			"final": self.is_final,
			"fee": fee_of(events).map(|fee| fee.to_string()),
			"events": events.iter().map(Event::json).collect::<Vec<_>>(),
		})
	}
}

/// The refusal among the events: of the call itself, of the inner call of a proxy, a multisig or another origin, or
/// of an item of a batch, whose number is then given.
pub fn refusal_of(events: &[Event], at: &AtBlock) -> Option<Refusal> {
	refusal_in(events, at.metadata_ref())
}

fn refusal_in(events: &[Event], metadata: &Metadata) -> Option<Refusal> {
	// The number of items in the batch before this event.
	let mut items = 0;
	for event in events {
		let path = event.path();
		match path.as_str() {
			"Utility.ItemCompleted" => items += 1,
			"Utility.BatchCompleted" | "Utility.BatchCompletedWithErrors" => items = 0,
			_ => {},
		}
		let Some(error) = error_of(&path, &event.fields) else { continue };
		let item = match path.as_str() {
			"Utility.BatchInterrupted" => read::unsigned(&event.fields["index"]),
			"Utility.ItemFailed" => Some(items),
			_ => None,
		};
		return Some(Refusal { item, ..explain::refusal(error, metadata) });
	}
	None
}

/// The error in an event, if the event is about something that was meant to succeed.
fn error_of<'a>(path: &str, fields: &'a Value) -> Option<&'a Value> {
	match path {
		"System.ExtrinsicFailed" => fields.get("dispatchError"),
		"Utility.BatchInterrupted" | "Utility.ItemFailed" | "System.RejectedInvalidAuthorizedUpgrade" => {
			fields.get("error")
		},
		"Proxy.ProxyExecuted"
		| "Multisig.MultisigExecuted"
		| "TechnicalCommittee.Executed"
		| "TechnicalCommittee.MemberExecuted" => fields["result"].get("err"),
		// Its error comes with what the call cost.
		"Whitelist.WhitelistedCallDispatched" => {
			let error = fields["result"].get("err")?;
			Some(error.get("error").unwrap_or(error))
		},
		// It has one field, named or not.
		"Utility.DispatchedAs" => fields["result"].get("err").or_else(|| fields.get("err")),
		"Sudo.Sudid" | "Sudo.SudoAsDone" => fields["sudoResult"].get("err"),
		_ => None,
	}
}

/// Whether these are all events of a transaction: the chain ends them with one of these.
pub fn is_whole(events: &[Event]) -> bool {
	let ends =
		|event: &Event| matches!(event.path().as_str(), "System.ExtrinsicSuccess" | "System.ExtrinsicFailed");
	events.iter().any(ends)
}

/// The fee that was paid, in the smallest unit of STAY.
pub fn fee_of(events: &[Event]) -> Option<u128> {
	let paid = events.iter().find(|event| event.path() == "TransactionPayment.TransactionFeePaid")?;
	read::number(&paid.fields["actualFee"])
}

#[cfg(test)]
mod tests {
	use super::*;
	use crate::{runtime::built_in, scale::camel_case};
	use serde_json::json;

	fn happened(events: &[(&str, Value)]) -> Vec<Event> {
		let event = |(path, fields): &(&str, Value)| {
			let (pallet, name) = path.split_once('.').unwrap();
			Event { pallet: pallet.into(), name: name.into(), fields: fields.clone() }
		};
		events.iter().map(event).collect()
	}

	fn refused(events: &[(&str, Value)]) -> Option<(String, Option<u32>)> {
		let refusal = refusal_in(&happened(events), &built_in().unwrap().metadata);
		refusal.map(|refusal| (refusal.name, refusal.item))
	}

	// sending 3
	#[test]
	fn an_item_that_fails_is_a_refusal_with_its_number() {
		let error = json!("Token.FundsUnavailable");
		let named = |item| Some(("Token.FundsUnavailable".to_string(), item));
		let (done, end) = (("Utility.ItemCompleted", json!(null)), ("System.ExtrinsicSuccess", json!({})));
		let interrupted = ("Utility.BatchInterrupted", json!({ "index": 2, "error": error }));
		assert_eq!(refused(&[done.clone(), done.clone(), interrupted, end.clone()]), named(Some(2)));
		let failed = ("Utility.ItemFailed", json!({ "error": error }));
		assert_eq!(refused(&[done.clone(), failed.clone(), done.clone(), end.clone()]), named(Some(1)));
		// Items of an earlier batch do not count.
		let completed = ("Utility.BatchCompleted", json!(null));
		assert_eq!(refused(&[done.clone(), completed, failed, end.clone()]), named(Some(0)));
		let other = ("Utility.DispatchedAs", json!({ "result": { "err": error } }));
		assert_eq!(refused(&[other, end.clone()]), named(None));
		let well = ("Utility.DispatchedAs", json!({ "result": { "ok": null } }));
		assert_eq!(refused(&[done, well, end]), None);
	}

	/// Every event of the chain that carries an error, or the result of a call: it is either a refusal here, or an
	/// exception with a reason.
	#[test]
	fn no_event_with_an_error_is_overlooked() {
		const NONE: [&str; 7] = [
			// The chain does these by itself, outside of transactions.
			"Scheduler.Dispatched",
			"Rewards.ValidatorUnpaid",
			"Rewards.StreamUnpaid",
			"Slashing.ExecutionFailed",
			// The slash is executed, and its funds wait for a `payout`.
			"Slashing.PayoutFailed",
			// The rest is paid, and this stays due.
			"Rewards.NotCollected",
			// The fallback is a requested outcome.
			"Utility.IfElseFallbackCalled",
		];
		let metadata = &built_in().unwrap().metadata;
		let is_result = |id: u32| {
			let ty = metadata.types().resolve(id).unwrap();
			let name = ty.path.segments.last().map_or("", String::as_str);
			let is_error = |id: u32| {
				let ty = metadata.types().resolve(id).unwrap();
				ty.path.segments.last().is_some_and(|name| name.starts_with("DispatchError"))
			};
			let mut parameters = ty.type_params.iter().filter_map(|parameter| parameter.ty);
			is_error(id) || (name == "Result" && parameters.any(|ty| is_error(ty.id)))
		};
		for pallet in metadata.pallets() {
			for event in pallet.event_variants().into_iter().flatten() {
				let path = format!("{}.{}", pallet.name(), event.name);
				for field in event.fields.iter().filter(|field| is_result(field.ty.id)) {
					let name = camel_case(field.name.as_deref().unwrap_or_default());
					let bare = json!("BadOrigin");
					let both = [json!({ &name: bare }), json!({ &name: { "err": bare } })];
					let known = both.iter().any(|fields| error_of(&path, fields) == Some(&bare));
					assert!(known || NONE.contains(&path.as_str()), "{path}");
				}
			}
		}
	}
}
