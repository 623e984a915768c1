//! Signing: the birth block of a transaction, and its bytes.

use super::signed::{Signed, MORTALITY};
use crate::{
	chain::{cause, number_of, AtBlock},
	context::Context,
	error::Error,
	keys::Keypair,
	scale::hex_of,
};
use serde_json::json;
use subxt::{
	config::{substrate::H256, DefaultExtrinsicParamsBuilder},
	utils::AccountId32,
	SubstrateConfig,
};

/// How far finality may lag behind the best block. If it lags further, a transaction is born at the best block's
/// parent instead of the last final block, since each block between shortens its validity.
const MAX_FINALITY_LAG: u64 = 16;

/// The birth block of a transaction.
struct Base {
	number: u64,
	hash: H256,
}

/// How far finality lags.
pub struct Finality {
	/// The last final block.
	pub number: u64,
	/// How many blocks the best one is above it.
	pub lag: u64,
}

impl Finality {
	/// Queries the node.
	pub async fn of(context: &Context, best: &AtBlock) -> Result<Self, Error> {
		let hash = context.chain.request("chain_getFinalizedHead", json!([])).await?;
		let number = number_of(&context.chain.request("chain_getHeader", json!([hash])).await?);
		let number = number.ok_or_else(|| context.chain.unreachable("it has no final block"))?;
		Ok(Self { number, lag: best.block_number().saturating_sub(number) })
	}

	/// The note if it lags so far that a user should know.
	pub fn note(&self) -> Option<String> {
		(self.lag > MAX_FINALITY_LAG).then(|| {
			format!(
				"note: finality lags. The last final block is {}, {} blocks behind the best one. A transaction can be undone \
				 until its block is final, which can take as long",
				self.number, self.lag
			)
		})
	}
}

/// The birth block of a transaction: the last final block, which nothing replaces. While finality lags, the parent of
/// the best block: the best block is sometimes replaced, and transactions born at it would become invalid.
async fn base(context: &Context, best: &AtBlock) -> Result<Base, Error> {
	let finality = Finality::of(context, best).await?;
	let number = match finality.lag > MAX_FINALITY_LAG {
		true => best.block_number().saturating_sub(1),
		false => finality.number,
	};
	let hash = context.chain.request("chain_getBlockHash", json!([number])).await?;
	let hash = serde_json::from_value(hash).map_err(|error| context.chain.unreachable(&error.to_string()))?;
	Ok(Base { number, hash })
}

/// Signs a call, encoded for the runtime of version `spec_version`.
///
/// # Errors The chain has another runtime by now, or the node does not answer.
pub async fn sign(
	context: &Context,
	signer: &Keypair,
	who: &AccountId32,
	call: &[u8],
	spec_version: u32,
) -> Result<Signed, Error> {
	let best = context.chain.at_best().await?;
	if best.spec_version() != spec_version {
		return Err(Error::NotTaken("the runtime was upgraded meanwhile. Give the command again".into()));
	}
	let base = base(context, &best).await?;
	let incompatible = |error: subxt::error::ExtrinsicError| Error::Incompatible(cause(&error));
	let mut transactions = best.tx();
	let payload = transactions.from_call_data_bytes(call).map_err(incompatible)?;
	let nonce = context.chain.nonce(who).await?;
	let params = DefaultExtrinsicParamsBuilder::<SubstrateConfig>::new()
		.nonce(nonce)
		.mortal_from_unchecked(MORTALITY, base.number, base.hash)
		.tip(context.global.tip_units()?)
		.build();
	let signed = transactions.create_signed(&payload, signer, params).await.map_err(incompatible)?;
	let until = base.number.saturating_add(MORTALITY - 1);
	let hash = hex_of(&signed.hash().0);
	let genesis = Some(context.chain.genesis());
	Ok(Signed { bytes: signed.into_encoded(), hash, who: *who, nonce, until, genesis })
}

#[cfg(test)]
mod tests {
	use super::*;

	// finality 1
	#[test]
	fn a_lag_is_told_where_it_costs_a_transaction_its_life() {
		assert!(Finality { number: 35, lag: 3 }.note().is_none());
		let note = Finality { number: 35, lag: 67 }.note().unwrap();
		assert!(note.contains("35, 67 blocks behind"), "{note}");
	}
}
