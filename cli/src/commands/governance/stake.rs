//! What an account can vote with, and what its votes lock.

use crate::{
	chain::{cause, AtBlock},
	commands::show::spendable,
	error::Error,
	values::{AmountOrAll, STAY_DECIMALS},
};
use codec::{Decode, Encode};
use serde_json::{json, Value};
use subxt::utils::AccountId32;

/// The pallet that counts stake.
pub const STAKE_VOTING: &str = "StakeVoting";

/// What `all` leaves to pay fees with, in the smallest unit of STAY. What a vote locks of the balance pays none, and the
/// end of a delegation takes about 1.6 STAY in advance, most of which comes back.
const FOR_FEES: u128 = 3 * 10u128.pow(STAY_DECIMALS as u32);

/// What an account can vote with, and what its votes lock, in the smallest unit of STAY.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Standing {
	/// What it can vote with: its free balance, and the STAY that it has with operators.
	pub votes: u128,
	/// The nominal lock: the largest balance of what votes and delegations lock.
	pub nominal: u128,
	/// The part of it that is locked in the balance.
	pub frozen: u128,
	/// What holds the rest of it: the STAY with operators, and what is on its way out.
	pub staked: u128,
}

impl Standing {
	/// The standing of an account in a state.
	pub async fn of(at: &AtBlock, who: &AccountId32) -> Result<Self, Error> {
		let (nominal, frozen, staked) = view(at, "standing", who).await?;
		Ok(Self { votes: view(at, "votes_of", who).await?, nominal, frozen, staked })
	}

	/// For programs.
	pub fn json(&self) -> Value {
		json!({
			"votes": self.votes.to_string(),
			"lock": self.nominal.to_string(),
			"frozen": self.frozen.to_string(),
			"staked": self.staked.to_string(),
		})
	}

	/// What a vote with this amount freezes of the balance in all, at the most.
	pub fn freezes(&self, amount: u128) -> u128 {
		self.frozen.max(amount.saturating_sub(self.staked))
	}
}

/// The answer of one of the pallet's view functions about an account.
async fn view<T: Decode>(at: &AtBlock, name: &str, who: &AccountId32) -> Result<T, Error> {
	let wrong =
		|error: String| Error::Incompatible(format!("the chain cannot say {STAKE_VOTING}.{name}: {error}"));
	let id = at
		.metadata_ref()
		.pallet_by_name(STAKE_VOTING)
		.and_then(|pallet| pallet.view_function_by_name(name).map(|function| *function.query_id()))
		.ok_or_else(|| wrong("its runtime has no such view".into()))?;
	let parameters = (id, who.0.encode()).encode();
	let answer = at
		.runtime_apis()
		.call_raw("RuntimeViewFunction_execute_view_function", Some(&parameters))
		.await
		.map_err(|error| wrong(cause(&error)))?;
	answered(&answer).map_err(wrong)
}

/// The value in an answer: a result with the bytes of the value.
fn answered<T: Decode>(answer: &[u8]) -> Result<T, String> {
	match answer.split_first() {
		Some((0, mut rest)) => {
			let bytes = Vec::<u8>::decode(&mut rest).map_err(|error| error.to_string())?;
			T::decode(&mut bytes.as_slice()).map_err(|error| error.to_string())
		},
		_ => Err("it refuses the question".into()),
	}
}

/// The amount of a vote or a delegation in the smallest unit. `all` is what the account can vote with, but for what it
/// needs for fees.
pub async fn amount(at: &AtBlock, who: &AccountId32, amount: &AmountOrAll) -> Result<u128, Error> {
	match amount.units(STAY_DECIMALS).map_err(Error::Usage)? {
		Some(units) => Ok(units),
		None => {
			let votes = Standing::of(at, who).await?.votes;
			let all = votes.saturating_sub(spendable(at, who).await?.min(FOR_FEES));
			match all {
				0 => Err(Error::NotFound("the account has nothing to vote with".into())),
				all => Ok(all),
			}
		},
	}
}

#[cfg(test)]
mod tests {
	use super::*;

	#[test]
	fn a_vote_freezes_what_the_stake_does_not_cover() {
		let standing = Standing { votes: 150, nominal: 30, frozen: 5, staked: 100 };
		assert_eq!([0, 100, 104, 105, 106, 150].map(|amount| standing.freezes(amount)), [5, 5, 5, 5, 6, 50]);
		let json = standing.json();
		assert_eq!(json, json!({ "votes": "150", "lock": "30", "frozen": "5", "staked": "100" }));
	}

	#[test]
	fn answers_of_views_are_results_of_bytes() {
		let good = [vec![0], 7u128.encode().encode()].concat();
		assert_eq!(answered::<u128>(&good), Ok(7));
		let three = [vec![0], (1u128, 2u128, 3u128).encode().encode()].concat();
		assert_eq!(answered::<(u128, u128, u128)>(&three), Ok((1, 2, 3)));
		for wrong in [&good[..good.len() - 1], &[1, 0], &[], &[0, 4, 1]] {
			assert!(answered::<u128>(wrong).is_err(), "{wrong:?}");
		}
	}
}
