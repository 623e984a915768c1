//! Default configurations, for `derive_impl`.

use crate::pallet::DefaultConfig;
use frame_support::{
	derive_impl,
	pallet_prelude::inject_runtime_type,
	parameter_types,
	traits::{ConstU128, ConstU32},
	PalletId,
};

parameter_types! {
	/// The id from which the custody account is derived.
	pub const Custody: PalletId = PalletId(*b"may/cust");
}

/// For mock runtimes: short delays, no deposits, and empty hooks.
pub struct TestDefaultConfig;

#[derive_impl(frame_system::config_preludes::TestDefaultConfig, no_aggregated_types)]
impl frame_system::DefaultConfig for TestDefaultConfig {}

#[frame_support::register_default_impl(TestDefaultConfig)]
impl DefaultConfig for TestDefaultConfig {
	type SlashGate = ();
	type SettleRewards = ();
	type OnPoolWiped = ();
	type OnNativeMoved = ();
	type OnOperatorRetired = ();
	type PalletId = Custody;
	type CommissionDelay = ConstU32<1>;
	type MinDeposit = ConstU128<1_000_000_000>;
	type MaxNameLength = ConstU32<64>;
	type MaxLinkLength = ConstU32<128>;
	type ItemDeposit = ConstU128<0>;
	type ByteDeposit = ConstU128<0>;
}
