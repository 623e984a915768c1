//! What became of a transaction, by its events.

use crate::{
	chain::AtBlock,
	explain::{self, Refusal},
	scale::Event,
};

/// A refusal inside of what succeeded: of the call that a proxy made.
pub fn refusal_of(events: &[Event], at: &AtBlock) -> Option<Refusal> {
	events.iter().find_map(|event| {
		let result = match event.path().as_str() {
			"System.ExtrinsicFailed" => Some(&event.fields["dispatchError"]),
			"Proxy.ProxyExecuted" => event.fields["result"].get("Err"),
			"Sudo.Sudid" => event.fields["sudoResult"].get("Err"),
			"Multisig.MultisigExecuted" => event.fields["result"].get("Err"),
			_ => None,
		};
		result.map(|error| explain::refusal(error, at.metadata_ref()))
	})
}

/// The fee that was paid, in the smallest unit of STAY.
pub fn fee_of(events: &[Event]) -> Option<u128> {
	let paid = events.iter().find(|event| event.path() == "TransactionPayment.TransactionFeePaid")?;
	paid.fields["actualFee"].as_str()?.parse().ok()
}
