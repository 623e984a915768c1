//! The fee of a transaction, and who receives it.

use super::economy::to_treasury;
use crate::*;
use frame_support::{
	parameter_types,
	traits::{
		fungible::{Balanced, Credit},
		ConstU8, Imbalance, OnUnbalanced,
	},
	weights::{ConstantMultiplier, Weight, WeightToFee},
};
use mainstay_primitives::{Income, MILLI};
use mainstay_treasury::WeightInfo as _;
use pallet_transaction_payment::{
	weights::SubstrateWeight, FungibleAdapter, Multiplier, TargetedFeeAdjustment,
};
use sp_runtime::{traits::Bounded, FixedPointNumber, Perquintill};

/// The percentage of a fee that is burnt.
pub const BURNT_PERCENT: u32 = 60;
/// The percentage of a fee that goes to the treasury.
pub const TREASURY_PERCENT: u32 = 20;
/// The rest of a fee, and the whole tip, go to the block's author.
pub const AUTHOR_PERCENT: u32 = 100 - BURNT_PERCENT - TREASURY_PERCENT;

parameter_types! {
	/// Price of a millisecond of execution. A transfer weighs some 0.7 ms with the database, and has 150 bytes: it
	/// costs about 0.008 STAY.
	pub const MillisecondFee: Balance = 10 * MILLI;
	/// Price of a byte: a kilobyte costs 0.01 STAY.
	pub const ByteFee: Balance = MILLI / 100;
	/// The target fullness of blocks. Blocks that are a quarter full keep the price; fuller ones raise it, emptier ones
	/// lower it.
	pub const TargetFullness: Perquintill = Perquintill::from_percent(25);
	/// How fast the price changes: at most 0.006 % per block, so that it is stable for the minutes that a transaction
	/// may wait. It still doubles in 12,300 full blocks, which are 20 hours of 6 s slots.
	pub AdjustmentVariable: Multiplier = Multiplier::saturating_from_rational(75, 1_000_000);
	/// The minimum multiplier: the price never falls below the stated one, so an idle chain is not free.
	pub LeastMultiplier: Multiplier = Multiplier::from_u32(1);
	/// The maximum multiplier: there is no upper limit.
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

/// Burns [`BURNT_PERCENT`] of a fee, transfers [`TREASURY_PERCENT`] to the treasury, and gives the rest and the tip to
/// the author. What the treasury or the author cannot receive is burnt as well.
pub struct SharedFees;
impl OnUnbalanced<Credit<AccountId, Balances>> for SharedFees {
	fn on_unbalanceds(mut parts: impl Iterator<Item = Credit<AccountId, Balances>>) {
		let Some(fee) = parts.next() else { return };
		let (burnt, shared) = fee.ration(BURNT_PERCENT, TREASURY_PERCENT + AUTHOR_PERCENT);
		let (treasury, mut author) = shared.ration(TREASURY_PERCENT, AUTHOR_PERCENT);
		parts.for_each(|tip| author.subsume(tip));
		drop(burnt);
		to_treasury(Income::Fee, treasury);
		if let Some(account) = Authorship::author() {
			let _ = Balances::resolve(&account, author);
		}
	}
}

/// The weight of charging a fee, including the treasury's record of its part.
///
/// It does not include the accounts of the treasury and the author. All transactions of a block change the same two
/// accounts, which are written to the database once. Changing them in memory is part of a transaction's base weight,
/// which was measured on a runtime whose fees go to a treasury and an author.
pub struct FeeWeight;
impl pallet_transaction_payment::WeightInfo for FeeWeight {
	fn charge_transaction_payment() -> Weight {
		let note = <Runtime as mainstay_treasury::Config>::WeightInfo::note();
		SubstrateWeight::<Runtime>::charge_transaction_payment().saturating_add(note)
	}
}

impl pallet_transaction_payment::Config for Runtime {
	type RuntimeEvent = RuntimeEvent;
	type OnChargeTransaction = FungibleAdapter<Balances, SharedFees>;
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
	type WeightInfo = FeeWeight;
}
