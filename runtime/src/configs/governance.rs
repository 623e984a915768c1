//! Who governs the chain.

use crate::AccountId;
use frame_system::EnsureRoot;

/// Whoever passes this governs, and nobody else. It is the one line to change for a council, a referendum or both, for
/// instance
///
/// ```text
/// EitherOfDiverse<EnsureRoot<AccountId>, EnsureProportionAtLeast<AccountId, CouncilInstance, 2, 3>>
/// ```
///
/// `tests/governance` runs our pallets so. What it may do:
///
/// * admit, cap and close assets for restaking, and say that it trusts an issuer;
/// * set how many validators there are, and what they must stake themselves;
/// * cancel a slash that is pending, reinstate one that was vetoed, and veto where a condition names it;
/// * spend what the treasury holds;
/// * create assets by force, and change the team of any asset. So it can move what lies in custody of an asset;
/// * note preimages without a deposit, and schedule calls with its own origin.
///
/// Upgrading the code and setting storage are root's, as always. Root is the sudo key's where genesis names one.
pub type Governance = EnsureRoot<AccountId>;
