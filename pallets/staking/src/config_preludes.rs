//! Default configurations, for `derive_impl`.

use crate::pallet::DefaultConfig;
use frame_support::{derive_impl, pallet_prelude::inject_runtime_type, traits::ConstU32};

/// For mock runtimes: a small set, and no payments for eras.
pub struct TestDefaultConfig;

#[derive_impl(frame_system::config_preludes::TestDefaultConfig, no_aggregated_types)]
impl frame_system::DefaultConfig for TestDefaultConfig {}

#[frame_support::register_default_impl(TestDefaultConfig)]
impl DefaultConfig for TestDefaultConfig {
	type EraEnded = ();
	type MaxValidators = ConstU32<5>;
	type MaxCandidates = ConstU32<6>;
}
