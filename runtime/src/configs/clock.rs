//! Times and delays, read from the parameters that genesis stored.
//!
//! On empty state, which metadata tools and benchmarks use, these are the values of a production network.

use super::tracks;
use crate::Runtime;
use frame_support::traits::Get;
use mainstay_primitives::{Balance, BlockNumber, Era, NetworkParameters};

/// The parameters of the network.
pub fn parameters() -> NetworkParameters {
	mainstay_staking::Parameters::<Runtime>::get()
}

macro_rules! parameter {
	($($(#[$doc:meta])* $name:ident: $type:ty = |$p:ident| $value:expr;)*) => {$(
		$(#[$doc])*
		pub struct $name;
		impl Get<$type> for $name {
			fn get() -> $type {
				let $p = parameters();
				$value
			}
		}
	)*};
}

parameter! {
	/// Length of a slot, in milliseconds.
	SlotMillis: u64 = |p| p.slot_millis;
	/// The minimum time between two blocks, in milliseconds: half a slot.
	MinimumPeriod: u64 = |p| p.slot_millis / 2;
	/// Slots of a session.
	SessionSlots: u64 = |p| p.session_slots.into();
	/// Length of an era, in milliseconds.
	EraMillis: u64 = |p| p.era_millis();
	/// The number of blocks in which an equivocation can be reported: as long as its stake can be slashed.
	ReportLongevity: u64 = |p| {
		u64::from(p.exit_delay).saturating_mul(p.era_sessions.into()).saturating_mul(p.session_slots.into())
	};
	/// The number of sessions before the running one whose equivocations can be reported: as long as their stake can be
	/// slashed.
	ReportSessions: u32 = |p| p.exit_delay.saturating_mul(p.era_sessions);
	/// The number of GRANDPA sets whose last session is stored: as long as equivocations can be reported. There is at
	/// most one set per session, and a report reads the entries of the running set, of its own set and of the one
	/// before.
	SetIdSessionEntries: u64 = |p| u64::from(p.exit_delay).saturating_mul(p.era_sessions.into()).saturating_add(2);
	/// Eras until a higher commission binds.
	CommissionDelay: Era = |p| p.commission_delay;
	/// Eras until a larger allocation binds.
	AllocationDelay: Era = |p| p.allocation_delay;
	/// Eras until a smaller allocation binds.
	DeallocationDelay: Era = |p| p.deallocation_delay;
	/// Eras until changed terms of an operator set bind.
	TermsDelay: Era = |p| p.terms_delay;
	/// The longest veto window, in eras.
	MaxVetoWindow: Era = |p| p.max_veto_window;
	/// The largest sum of an operator's magnitudes on one pool, in whole pools.
	MaxLeverage: u32 = |p| p.max_leverage;
	/// Eras between a consensus offence and its slash.
	ConsensusDeferral: Era = |p| p.consensus_deferral;
	/// The minimum deposit into a pool, in STAY.
	MinDeposit: Balance = |p| p.min_deposit;
	/// The number of blocks for which a vote with a conviction of 1 locks balance after its referendum was approved.
	VoteLockingPeriod: BlockNumber = |p| tracks::vote_locking(&p);
	/// The number of blocks after its submission in which a referendum has to get its decision deposit: the exit delay.
	UndecidingTimeout: BlockNumber = |p| tracks::exit_delay(&p);
	/// The number of blocks in which the technical committee votes on a motion: the exit delay.
	MotionDuration: BlockNumber = |p| tracks::exit_delay(&p);
	/// The number of blocks in which the technical committee may still whitelist a call whose referendum was enacted
	/// before: the exit delay.
	DeferredDispatchExpiration: BlockNumber = |p| tracks::exit_delay(&p);
}
