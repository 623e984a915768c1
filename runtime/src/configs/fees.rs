//! What a transaction costs, and who gets it.

use crate::*;
use frame_support::{
	parameter_types,
	traits::{
		fungible::{Balanced, Credit},
		ConstU8, Imbalance, OnUnbalanced,
	},
	weights::{ConstantMultiplier, Weight, WeightToFee},
};
use mainstay_primitives::MILLI;
use pallet_transaction_payment::{FungibleAdapter, Multiplier, TargetedFeeAdjustment};
use sp_runtime::{traits::Bounded, FixedPointNumber, Perquintill};

/// Of a fee, this part in a hundred is burnt. The rest, and all of a tip, goes to the author of the block.
const BURNT_PERCENT: u32 = 80;

parameter_types! {
	/// Price of a millisecond of execution. A transfer takes some 0.3 ms with the database, and 150 bytes: it
	/// costs about 0.005 STAY.
	pub const MillisecondFee: Balance = 10 * MILLI;
	/// Price of a byte: a kilobyte costs 0.01 STAY.
	pub const ByteFee: Balance = MILLI / 100;
	/// Blocks a quarter full keep the price; fuller ones raise it, emptier ones lower it.
	pub const TargetFullness: Perquintill = Perquintill::from_percent(25);
	/// By how much: at most 0.006 % a block, so that a price holds for the minutes that a transaction may
	/// wait. It still doubles in 12,300 full blocks, 20 hours of 6 s slots.
	pub AdjustmentVariable: Multiplier = Multiplier::saturating_from_rational(75, 1_000_000);
	/// The price never falls below the stated one: an idle chain is not for free.
	pub LeastMultiplier: Multiplier = Multiplier::from_u32(1);
	/// There is no upper limit.
	pub LargestMultiplier: Multiplier = Bounded::max_value();
}

/// The fee of a weight, by its time of execution.
pub struct TimeFee;
impl WeightToFee for TimeFee {
	type Balance = Balance;
	fn weight_to_fee(weight: &Weight) -> Balance {
		let millisecond = u128::from(frame_support::weights::constants::WEIGHT_REF_TIME_PER_MILLIS);
		u128::from(weight.ref_time()).saturating_mul(MillisecondFee::get()) / millisecond
	}
}

/// Burns [`BURNT_PERCENT`] of fees and gives the rest, and tips, to the author.
pub struct BurnAndAuthor;
impl OnUnbalanced<Credit<AccountId, Balances>> for BurnAndAuthor {
	fn on_unbalanceds(mut parts: impl Iterator<Item = Credit<AccountId, Balances>>) {
		let Some(fee) = parts.next() else { return };
		let (burnt, mut author) = fee.ration(BURNT_PERCENT, 100 - BURNT_PERCENT);
		parts.for_each(|tip| author.subsume(tip));
		drop(burnt);
		if let Some(account) = Authorship::author() {
			// What the author's account cannot receive is burnt with the rest.
			let _ = Balances::resolve(&account, author);
		}
	}
}

impl pallet_transaction_payment::Config for Runtime {
	type RuntimeEvent = RuntimeEvent;
	type OnChargeTransaction = FungibleAdapter<Balances, BurnAndAuthor>;
	type WeightToFee = TimeFee;
	type LengthToFee = ConstantMultiplier<Balance, ByteFee>;
	type FeeMultiplierUpdate = TargetedFeeAdjustment<
		Runtime,
		TargetFullness,
		AdjustmentVariable,
		LeastMultiplier,
		LargestMultiplier,
	>;
	type OperationalFeeMultiplier = ConstU8<5>;
	type WeightInfo = pallet_transaction_payment::weights::SubstrateWeight<Runtime>;
}
