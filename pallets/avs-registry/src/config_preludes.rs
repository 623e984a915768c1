//! Default configurations, for `derive_impl`.

use crate::pallet::DefaultConfig;
use frame_support::{
	derive_impl,
	pallet_prelude::inject_runtime_type,
	traits::{ConstU128, ConstU32},
};
use mainstay_primitives::{Balance, Era, STAY};

/// The deposit for a registered service, in tests.
pub const REGISTRATION_DEPOSIT: Balance = 100 * STAY;
/// Eras until changed terms of a set bind, in tests.
pub const TERMS_DELAY: Era = 5;
/// The longest veto window, in tests.
pub const MAX_VETO_WINDOW: Era = 3;

/// For mock runtimes: short delays and small bounds. A place in a set has no deposit.
pub struct TestDefaultConfig;

#[derive_impl(frame_system::config_preludes::TestDefaultConfig, no_aggregated_types)]
impl frame_system::DefaultConfig for TestDefaultConfig {}

#[frame_support::register_default_impl(TestDefaultConfig)]
impl DefaultConfig for TestDefaultConfig {
	type RegistrationDeposit = ConstU128<REGISTRATION_DEPOSIT>;
	type ItemDeposit = ConstU128<0>;
	type TermsDelay = ConstU32<TERMS_DELAY>;
	type MaxVetoWindow = ConstU32<MAX_VETO_WINDOW>;
	type MaxNameLength = ConstU32<64>;
	type MaxLinkLength = ConstU32<128>;
	type MaxSets = ConstU32<4>;
	type MaxKinds = ConstU32<4>;
	type MaxConditions = ConstU32<3>;
	type MaxConditionText = ConstU32<256>;
	type MaxOperators = ConstU32<4>;
	type MaxSetsPerOperator = ConstU32<3>;
	type MaxSpans = ConstU32<3>;
}
