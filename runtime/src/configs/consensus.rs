//! Who authors and finalizes blocks, and what becomes of who does it twice.

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

/// Delegators are no part of a proof of an offence.
type MaxNominators = ConstU32<0>;

/// What a report of an equivocation takes. Who is reported is looked up with a few reads, however many validators there
/// are. What the offence itself adds, [`Slashing`] registers beside it.
///
/// * Two signatures, or two headers and their seals, are verified: 110 µs.
/// * The offence is stored and its author disabled: 110 µs, 14 reads, 10 writes, as the SDK's weights of both calls have it.
/// * The session of the slot or of the set is looked up: 2 reads. The block's reports are counted: 1 read, 1 write.
fn report_weight() -> Weight {
	mainstay_key_owners::weights::Measured::<Runtime>::check_proof()
		.saturating_add(Weight::from_parts(220 * WEIGHT_REF_TIME_PER_MICROS, 0))
		.saturating_add(ParityDbWeight::get().reads_writes(17, 11))
}

/// Weights of BABE's calls: the SDK's, but for reports.
pub struct BabeWeight;
impl pallet_babe::WeightInfo for BabeWeight {
	fn plan_config_change() -> Weight {
		ParityDbWeight::get().writes(1)
	}

	/// The number of validators is the reporter's word, and nothing here depends on it.
	fn report_equivocation(_validators: u32, _nominators: u32) -> Weight {
		report_weight()
	}
}

/// Weights of GRANDPA's calls: the SDK's, but for reports.
pub struct GrandpaWeight;
impl pallet_grandpa::WeightInfo for GrandpaWeight {
	/// The number of validators is the reporter's word, and nothing here depends on it.
	fn report_equivocation(_validators: u32, _nominators: u32) -> Weight {
		report_weight()
	}

	fn note_stalled() -> Weight {
		<() as pallet_grandpa::WeightInfo>::note_stalled()
	}
}

/// The session to which BABE counts `slot`, as its check of a report does; of a slot to come, the one it would be in.
pub fn session_of_slot(slot: Slot) -> SessionIndex {
	let since_genesis = slot.saturating_sub(*Babe::genesis_slot());
	let epoch = *since_genesis / clock::SessionSlots::get().max(1);
	// Epochs that passed without a block had no session. The last that began after such a gap tells how many there were.
	let gaps = Babe::skipped_epochs();
	let skipped = gaps.iter().rev().find(|(after, _)| *after <= epoch);
	let skipped = skipped.map_or(0, |(after, session)| after.saturating_sub((*session).into()));
	epoch.saturating_sub(skipped).try_into().unwrap_or(SessionIndex::MAX)
}

/// The first and the last session of a GRANDPA set, as GRANDPA's check of a report has them. `None` where that is not
/// known any more, or the set has not begun.
pub fn sessions_of_set(set: SetId) -> Option<(SessionIndex, SessionIndex)> {
	let last_of = pallet_grandpa::SetIdSession::<Runtime>::get;
	let first = match set.checked_sub(1) {
		Some(before) => last_of(before)?.saturating_add(1),
		None => 0,
	};
	Some((first, last_of(set)?))
}

/// Where reports of equivocations go.
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
	/// What registering session keys holds of an account's balance: the price of their storage.
	pub const KeyDeposit: Balance = mainstay_primitives::STAY / 10;
}

/// An upper bound of what verifying one signature of a session key takes.
const SIGNATURE_WEIGHT: Weight = Weight::from_parts(100 * WEIGHT_REF_TIME_PER_MICROS, 0);

/// The pallet's weights are older than its proofs of ownership and its deposit: this adds them.
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

/// Identifies any account by nothing.
pub struct Unit;
impl sp_runtime::traits::Convert<AccountId, Option<()>> for Unit {
	fn convert(_: AccountId) -> Option<()> {
		Some(())
	}
}

/// Nothing proves anything by it any more, see `mainstay_key_owners`. It stays because the session pallet's
/// `SessionInterface`, by which offenders are disabled and benchmarks set keys, asks for it, and because it forgets the
/// roots that older runtimes left.
impl historical::Config for Runtime {
	type RuntimeEvent = RuntimeEvent;
	type FullIdentification = ();
	type FullIdentificationOf = Unit;
}

impl pallet_offences::Config for Runtime {
	type RuntimeEvent = RuntimeEvent;
	/// The account, and nothing beside it: what a validator's stake was is looked up by era, so that one offence has one
	/// identity.
	type IdentificationTuple = (AccountId, ());
	type OnOffenceHandler = Slashing;
}
