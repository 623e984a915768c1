//! The largest weight of a call, the fee for it that the chain charges in advance, and the message if an account cannot
//! pay that.

use crate::{chain::AtBlock, commands::show, read, runtime::sp_weights::weight_v2::Weight, scale, values};
use serde_json::Value;
use subxt::{ext::codec::Encode, utils::AccountId32};

/// The largest weight of a call. None if the chain does not say.
pub async fn weight(at: &AtBlock, call: &[u8]) -> Option<Weight> {
	let info = call_info(at, call, u32::try_from(call.len()).ok()?).await?;
	let part = |name: &str| u64::try_from(read::number(&info["weight"][name])?).ok();
	Some(Weight { ref_time: part("refTime")?, proof_size: part("proofSize")? })
}

/// The fee that the chain charges for a call in advance, in the smallest unit of STAY and without the tip: the fee
/// for the largest weight of the call. The unused part is refunded. None if the chain does not say.
async fn fee_in_advance(at: &AtBlock, call: &[u8], length: u32) -> Option<u128> {
	read::number(&call_info(at, call, length).await?["partialFee"])
}

/// What the chain says of a call in a transaction of this length, without executing it.
async fn call_info(at: &AtBlock, call: &[u8], length: u32) -> Option<Value> {
	let metadata = at.metadata_ref();
	let api = metadata.runtime_api_trait_by_name("TransactionPaymentCallApi")?;
	let answer_type = api.method_by_name("query_call_info")?.output_ty();
	let parameters = [call, &length.encode()].concat();
	let runtime = at.runtime_apis();
	let answer =
		runtime.call_raw("TransactionPaymentCallApi_query_call_info", Some(&parameters)).await.ok()?;
	scale::decode(&answer, answer_type, metadata).ok()
}

/// Why an account cannot pay for a call, with the missing amount.
pub async fn cannot_pay(at: &AtBlock, who: &AccountId32, call: &[u8], length: u32, tip: u128) -> String {
	let (fee, has) = (fee_in_advance(at, call, length).await, show::spendable(at, who).await.ok());
	match (fee.and_then(|fee| fee.checked_add(tip)), has) {
		(Some(fee), Some(has)) => shortage(fee, has),
		_ => "the account cannot pay the fee. Look at `mainstay-cli show account`".into(),
	}
}

fn shortage(fee: u128, has: u128) -> String {
	let stay = |units| format!("{} STAY", values::grouped(units, values::STAY_DECIMALS));
	// The account may have received something since the refusal; then nothing is missing any more.
	let missing = match fee.checked_sub(has).filter(|missing| *missing > 0) {
		Some(missing) => format!(": {} are missing", stay(missing)),
		None => String::new(),
	};
	format!(
		"the account cannot pay the fee. The chain charges {} in advance, and refunds what the call does not use; the \
		 account can spend {}{missing}",
		stay(fee),
		stay(has)
	)
}

#[cfg(test)]
mod tests {
	use super::*;

	/// fees 1
	#[test]
	fn who_cannot_pay_is_told_what_is_missing() {
		let said = shortage(183_000_000_000, 41_000_000_000);
		assert!(
			said.contains("charges 0.183 STAY in advance") && said.contains("can spend 0.041 STAY"),
			"{said}"
		);
		assert!(said.ends_with(": 0.142 STAY are missing"), "{said}");
		assert!(!shortage(1, 1).contains("missing"));
	}
}
