//! Block production, finality, and reports of equivocations.

use super::{clock, economy::MaxValidators};
use crate::*;
use frame_support::{
	parameter_types,
	traits::{ConstU32, Get},
	weights::{
		constants::{ParityDbWeight, WEIGHT_REF_TIME_PER_MICROS},
		Weight,
	},
};
use mainstay_key_owners::{FewReports, NoteKeyOwners, WeightInfo as _};
use pallet_session::{
	disabling::UpToLimitWithReEnablingDisablingStrategy, historical, weights::SubstrateWeight as Measured,
	WeightInfo,
};
use sp_consensus_babe::Slot;
use sp_consensus_grandpa::SetId;
use sp_runtime::traits::{ConvertInto, OpaqueKeys};
use sp_session::MembershipProof;
use sp_staking::SessionIndex;

/// The proof of an offence does not include delegators.
type MaxNominators = ConstU32<0>;

/// The weight of a report of an equivocation. A few reads find the reported validator, whatever the number of
/// validators. [`Slashing`] registers the weight of handling the offence separately.
///
/// * Two signatures, or two headers and their seals, are verified: 110 µs.
/// * The offence is stored and its author disabled: 110 µs, 14 reads, 10 writes, as the SDK's weights of both calls have it.
/// * The session of the slot or of the set is read: 2 reads. The block's reports are counted: 1 read, 1 write.
fn report_weight() -> Weight {
	mainstay_key_owners::weights::Measured::<Runtime>::check_proof()
		.saturating_add(Weight::from_parts(220 * WEIGHT_REF_TIME_PER_MICROS, 0))
		.saturating_add(ParityDbWeight::get().reads_writes(17, 11))
}

/// Weights of BABE's calls: those of the SDK, except for reports.
pub struct BabeWeight;
impl pallet_babe::WeightInfo for BabeWeight {
	fn plan_config_change() -> Weight {
		ParityDbWeight::get().writes(1)
	}

	/// The reporter gives the number of validators, and this weight does not depend on it.
	fn report_equivocation(_validators: u32, _nominators: u32) -> Weight {
		report_weight()
	}
}

/// Weights of GRANDPA's calls: those of the SDK, except for reports.
pub struct GrandpaWeight;
impl pallet_grandpa::WeightInfo for GrandpaWeight {
	/// The reporter gives the number of validators, and this weight does not depend on it.
	fn report_equivocation(_validators: u32, _nominators: u32) -> Weight {
		report_weight()
	}

	fn note_stalled() -> Weight {
		<() as pallet_grandpa::WeightInfo>::note_stalled()
	}
}

/// The session of `slot`, computed as in BABE's check of a report. For a future slot, it is the session in which it
/// would be.
pub fn session_of_slot(slot: Slot) -> SessionIndex {
	let since_genesis = slot.saturating_sub(*Babe::genesis_slot());
	let epoch = *since_genesis / clock::SessionSlots::get().max(1);
	// Epochs without blocks had no session. The number of skipped epochs was stored when the first session after such a
	// gap began.
	let gaps = Babe::skipped_epochs();
	let skipped = gaps.iter().rev().find(|(after, _)| *after <= epoch);
	let skipped = skipped.map_or(0, |(after, session)| after.saturating_sub((*session).into()));
	epoch.saturating_sub(skipped).try_into().unwrap_or(SessionIndex::MAX)
}

/// The first and the last session of a GRANDPA set, as in GRANDPA's check of a report. `None` if they are no longer
/// stored, or if the set has not begun.
pub fn sessions_of_set(set: SetId) -> Option<(SessionIndex, SessionIndex)> {
	let last_of = pallet_grandpa::SetIdSession::<Runtime>::get;
	let first = match set.checked_sub(1) {
		Some(before) => last_of(before)?.saturating_add(1),
		None => 0,
	};
	Some((first, last_of(set)?))
}

/// The handler of reports of equivocations.
type Reports = FewReports<Runtime, Offences>;

impl pallet_babe::Config for Runtime {
	type EpochDuration = clock::SessionSlots;
	type ExpectedBlockTime = clock::SlotMillis;
	type EpochChangeTrigger = pallet_babe::ExternalTrigger;
	type DisabledValidators = Session;
	type WeightInfo = BabeWeight;
	type MaxAuthorities = MaxValidators;
	type MaxNominators = MaxNominators;
	type KeyOwnerProof = MembershipProof;
	type EquivocationReportSystem =
		pallet_babe::EquivocationReportSystem<Runtime, Reports, KeyOwners, clock::ReportLongevity>;
}

impl pallet_grandpa::Config for Runtime {
	type RuntimeEvent = RuntimeEvent;
	type WeightInfo = GrandpaWeight;
	type MaxAuthorities = MaxValidators;
	type MaxNominators = MaxNominators;
	type MaxSetIdSessionEntries = clock::SetIdSessionEntries;
	type KeyOwnerProof = MembershipProof;
	type EquivocationReportSystem =
		pallet_grandpa::EquivocationReportSystem<Runtime, Reports, KeyOwners, clock::ReportLongevity>;
}

impl pallet_authority_discovery::Config for Runtime {
	type MaxAuthorities = MaxValidators;
}

impl pallet_authorship::Config for Runtime {
	type FindAuthor = pallet_session::FindAccountFromAuthorIndex<Runtime, Babe>;
	type EventHandler = Staking;
}

parameter_types! {
	/// The deposit for registered session keys, for their storage, in STAY.
	pub const KeyDeposit: Balance = mainstay_primitives::STAY / 10;
}

/// An upper bound of the weight of verifying one signature of a session key.
const SIGNATURE_WEIGHT: Weight = Weight::from_parts(100 * WEIGHT_REF_TIME_PER_MICROS, 0);

/// Adds the proofs of ownership and the deposit to the pallet's weights, which are older than both.
pub struct SessionWeight;
impl WeightInfo for SessionWeight {
	fn set_keys() -> Weight {
		let proofs = SIGNATURE_WEIGHT.saturating_mul(SessionKeys::key_ids().len() as u64);
		Measured::<Runtime>::set_keys()
			.saturating_add(proofs)
			.saturating_add(ParityDbWeight::get().reads_writes(3, 3))
	}

	fn purge_keys() -> Weight {
		Measured::<Runtime>::purge_keys().saturating_add(ParityDbWeight::get().reads_writes(3, 3))
	}
}

impl pallet_session::Config for Runtime {
	type RuntimeEvent = RuntimeEvent;
	type ValidatorId = AccountId;
	type ValidatorIdOf = ConvertInto;
	type ShouldEndSession = Babe;
	type NextSessionRotation = Babe;
	type SessionManager = NoteKeyOwners<Runtime, Staking>;
	type SessionHandler = <SessionKeys as OpaqueKeys>::KeyTypeIdProviders;
	type Keys = SessionKeys;
	type DisablingStrategy = UpToLimitWithReEnablingDisablingStrategy;
	type WeightInfo = SessionWeight;
	type Currency = Balances;
	type KeyDeposit = KeyDeposit;
}

impl mainstay_key_owners::Config for Runtime {
	type ReportSessions = clock::ReportSessions;
	type MaxReports = ConstU32<8>;
}

/// Gives the empty identification for every account.
pub struct Unit;
impl sp_runtime::traits::Convert<AccountId, Option<()>> for Unit {
	fn convert(_: AccountId) -> Option<()> {
		Some(())
	}
}

/// This pallet is no longer used for proofs, see `mainstay_key_owners`. It stays because the session pallet's
/// `SessionInterface` requires it, with which offenders are disabled and benchmarks set keys, and because it removes
/// the roots that older runtimes stored.
impl historical::Config for Runtime {
	type RuntimeEvent = RuntimeEvent;
	type FullIdentification = ();
	type FullIdentificationOf = Unit;
}

impl pallet_offences::Config for Runtime {
	type RuntimeEvent = RuntimeEvent;
	/// Only the account identifies an offender. Its stake is read by era, so that one offence has one identity.
	type IdentificationTuple = (AccountId, ());
	type OnOffenceHandler = Slashing;
}
