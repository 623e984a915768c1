//! What a transaction costs, and who gets it.

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

/// Of a fee, so many parts in a hundred are burnt,
pub const BURNT_PERCENT: u32 = 60;
/// and so many go to the treasury,
pub const TREASURY_PERCENT: u32 = 20;
/// and the rest, with all of a tip, to the author of the block.
pub const AUTHOR_PERCENT: u32 = 100 - BURNT_PERCENT - TREASURY_PERCENT;

parameter_types! {
	/// Price of a millisecond of execution. A transfer weighs some 0.7 ms with the database, and has 150 bytes: it
	/// costs about 0.008 STAY.
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

/// Burns [`BURNT_PERCENT`] of a fee, brings [`TREASURY_PERCENT`] into the treasury and gives the rest, and the tip, to
/// the author. Burnt, too, is what treasury and author cannot receive.
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

/// What taking a fee weighs: with what it takes to book the treasury's part.
///
/// The accounts of treasury and author are not in it. All transactions of a block change the same two, which reach the
/// database once; to change them in memory is part of a transaction's base weight, which was measured on a runtime
/// whose fees go to a treasury and an author.
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
