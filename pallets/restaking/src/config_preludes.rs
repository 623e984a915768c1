//! Default configurations, for `derive_impl`.

use crate::pallet::DefaultConfig;
use frame_support::{derive_impl, pallet_prelude::inject_runtime_type, traits::ConstU32};

/// For mock runtimes: short delays and small bounds.
pub struct TestDefaultConfig;

#[derive_impl(frame_system::config_preludes::TestDefaultConfig, no_aggregated_types)]
impl frame_system::DefaultConfig for TestDefaultConfig {}

#[frame_support::register_default_impl(TestDefaultConfig)]
impl DefaultConfig for TestDefaultConfig {
	type AllocationDelay = ConstU32<1>;
	type DeallocationDelay = ConstU32<5>;
	type MaxLeverage = ConstU32<3>;
	type MaxAssets = ConstU32<4>;
	type MaxSets = ConstU32<32>;
	type MaxHistory = ConstU32<8>;
}
