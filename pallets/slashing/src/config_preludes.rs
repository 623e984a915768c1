//! Default configurations, for `derive_impl`.

use crate::pallet::DefaultConfig;
use frame_support::{
	derive_impl,
	pallet_prelude::inject_runtime_type,
	traits::{ConstU128, ConstU32, ConstU64},
};
use mainstay_primitives::{STAY, WAD};

/// For mock runtimes: short delays and small bounds.
pub struct TestDefaultConfig;

#[derive_impl(frame_system::config_preludes::TestDefaultConfig, no_aggregated_types)]
impl frame_system::DefaultConfig for TestDefaultConfig {}

#[frame_support::register_default_impl(TestDefaultConfig)]
impl DefaultConfig for TestDefaultConfig {
	type AppealBond = ConstU128<{ 10 * STAY }>;
	type AppealWindow = ConstU32<3>;
	type MaxReasonLength = ConstU32<256>;
	type ConsensusDeferral = ConstU32<2>;
	type ConsensusCap = ConstU64<{ WAD / 10 }>;
	type MaxPending = ConstU32<4>;
}
