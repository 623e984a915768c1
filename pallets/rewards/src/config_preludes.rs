//! Default configurations, for `derive_impl`.

use crate::pallet::DefaultConfig;
use frame_support::{
	derive_impl,
	pallet_prelude::inject_runtime_type,
	parameter_types,
	traits::{ConstU128, ConstU16, ConstU32, ConstU64},
	PalletId,
};
use mainstay_primitives::STAY;

parameter_types! {
	/// The id from which the pallet's account is derived.
	pub const RewardsId: PalletId = PalletId(*b"may/rwrd");
}

/// For mock runtimes: short eras and small bounds.
pub struct TestDefaultConfig;

#[derive_impl(frame_system::config_preludes::TestDefaultConfig, no_aggregated_types)]
impl frame_system::DefaultConfig for TestDefaultConfig {}

#[frame_support::register_default_impl(TestDefaultConfig)]
impl DefaultConfig for TestDefaultConfig {
	type PalletId = RewardsId;
	type AnnualInflation = ConstU16<500>;
	type EraMillis = ConstU64<30_000>;
	type MaxValidators = ConstU32<5>;
	type PaymentsPerBlock = ConstU32<5>;
	type MaxRewardAssets = ConstU32<4>;
	type MaxAssets = ConstU32<4>;
	type MaxPositions = ConstU32<4>;
	type MaxPaidMembers = ConstU32<4>;
	type MaxNamed = ConstU32<4>;
	type MaxStreams = ConstU32<2>;
	type StreamDeposit = ConstU128<{ 10 * STAY }>;
}
