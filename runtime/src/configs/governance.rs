//! The origin that governs the chain.

use crate::AccountId;
use frame_system::EnsureRoot;

/// The only origin that governs the chain. For a council, referenda or both, change this one line, for instance to
///
/// ```text
/// EitherOfDiverse<EnsureRoot<AccountId>, EnsureProportionAtLeast<AccountId, CouncilInstance, 2, 3>>
/// ```
///
/// `tests/governance` runs our pallets with that origin. It may:
///
/// * admit, cap and close assets for restaking, and declare that it trusts an issuer;
/// * set the maximum number of validators, and their minimum self-stake;
/// * cancel a pending slash, reinstate a vetoed one, and veto slashes whose condition names governance as resolver;
/// * spend the treasury's funds;
/// * force the creation of assets, and change the team of any asset. So it can move assets out of custody;
/// * store preimages without a deposit, and schedule calls with its own origin.
///
/// Only root can upgrade the code and set storage, as in every SDK chain. The sudo key has the root origin, if genesis
/// sets one.
pub type Governance = EnsureRoot<AccountId>;
