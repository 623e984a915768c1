//! Who authors and finalizes blocks, and what becomes of who does it twice.

use super::{clock, economy::MaxValidators};
use crate::*;
use frame_support::{
	parameter_types,
	traits::ConstU32,
	weights::{
		constants::{ParityDbWeight, WEIGHT_REF_TIME_PER_MICROS},
		Weight,
	},
};
use pallet_session::{
	disabling::UpToLimitWithReEnablingDisablingStrategy, historical, weights::SubstrateWeight as Measured,
	WeightInfo,
};
use sp_runtime::traits::{ConvertInto, OpaqueKeys};
use sp_session::MembershipProof;

/// Delegators are no part of a proof of an offence.
type MaxNominators = ConstU32<0>;

impl pallet_babe::Config for Runtime {
	type EpochDuration = clock::SessionSlots;
	type ExpectedBlockTime = clock::SlotMillis;
	type EpochChangeTrigger = pallet_babe::ExternalTrigger;
	type DisabledValidators = Session;
	type WeightInfo = ();
	type MaxAuthorities = MaxValidators;
	type MaxNominators = MaxNominators;
	type KeyOwnerProof = MembershipProof;
	type EquivocationReportSystem =
		pallet_babe::EquivocationReportSystem<Runtime, Offences, Historical, clock::ReportLongevity>;
}

impl pallet_grandpa::Config for Runtime {
	type RuntimeEvent = RuntimeEvent;
	type WeightInfo = ();
	type MaxAuthorities = MaxValidators;
	type MaxNominators = MaxNominators;
	type MaxSetIdSessionEntries = clock::SetIdSessionEntries;
	type KeyOwnerProof = MembershipProof;
	type EquivocationReportSystem =
		pallet_grandpa::EquivocationReportSystem<Runtime, Offences, Historical, clock::ReportLongevity>;
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
	type SessionManager = historical::NoteHistoricalRoot<Runtime, Staking>;
	type SessionHandler = <SessionKeys as OpaqueKeys>::KeyTypeIdProviders;
	type Keys = SessionKeys;
	type DisablingStrategy = UpToLimitWithReEnablingDisablingStrategy;
	type WeightInfo = SessionWeight;
	type Currency = Balances;
	type KeyDeposit = KeyDeposit;
}

/// Identifies any account by nothing: what a validator's stake was is looked up by era, not carried in proofs,
/// so that one offence has one identity.
pub struct Unit;
impl sp_runtime::traits::Convert<AccountId, Option<()>> for Unit {
	fn convert(_: AccountId) -> Option<()> {
		Some(())
	}
}

impl historical::Config for Runtime {
	type RuntimeEvent = RuntimeEvent;
	type FullIdentification = ();
	type FullIdentificationOf = Unit;
}

impl pallet_offences::Config for Runtime {
	type RuntimeEvent = RuntimeEvent;
	type IdentificationTuple = historical::IdentificationTuple<Runtime>;
	type OnOffenceHandler = Slashing;
}
