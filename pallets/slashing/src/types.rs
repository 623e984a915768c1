//! The types of storage and events.

use crate::Config;
use frame_support::{traits::ConstU32, BoundedBTreeMap, BoundedVec};
use mainstay_primitives::{
	Balance, ConditionId, Currency, Destination, Era, Fraction, Magnitude, OperatorSetId, PoolKind, Resolver,
	SlashId, MAX_KINDS,
};

/// The maximum number of capture eras that a pool's pending slashes can name.
pub const MAX_CAPTURES: Era = 256;

/// The capture eras of pending slashes, each with the number of slashes that name it.
///
/// The capture era of a pending slash is at most an exit delay and an appeal window ago, which together are at most
/// [`MAX_CAPTURES`] eras. So the bound holds for any number of pending slashes.
pub type Captures = BoundedBTreeMap<Era, u32, ConstU32<MAX_CAPTURES>>;

/// The part of a service's slash that concerns one pool.
#[frame_support::stored]
#[derive(Copy)]
pub struct Part {
	/// The kind of pool.
	pub kind: PoolKind,
	/// The fraction of the allocation to take.
	pub fraction: Fraction,
	/// The magnitude that was allocated in the capture era, as of the report. Cuts since then lower it.
	pub magnitude: Magnitude,
}

/// The amounts that a slash took, by currency.
pub type Taken = BoundedVec<(Currency, Balance), ConstU32<MAX_KINDS>>;

/// How a slash is decided.
#[frame_support::stored(no_skip_type_params)]
pub enum Lane<AccountId> {
	/// Evidence of an offence in block production or finality, which the runtime verifies.
	#[codec(index = 0)]
	Consensus {
		/// The fraction to take, in parts of `WAD`.
		fraction: u64,
	},
	/// A report by the slasher of an operator set.
	#[codec(index = 1)]
	Attested {
		/// The set.
		set: OperatorSetId,
		/// The condition of the set that was broken.
		condition: ConditionId,
		/// The resolver, who may veto until the slash is due.
		resolver: Option<Resolver<AccountId>>,
		/// What it takes, one part for each kind. A set accepts at most [`MAX_KINDS`].
		parts: BoundedVec<Part, ConstU32<MAX_KINDS>>,
	},
}

/// A slash.
#[frame_support::stored(no_skip_type_params)]
pub struct Slash<AccountId> {
	/// The operator that is slashed.
	pub operator: AccountId,
	/// The cause, and how much the slash takes.
	pub lane: Lane<AccountId>,
	/// The era whose stake answers.
	pub capture: Era,
	/// The era in which it was reported.
	pub reported: Era,
	/// The era in which it is executed.
	pub due: Era,
	/// The account that appealed it, and the bond that is held of its balance, in STAY.
	pub appeal: Option<(AccountId, Balance)>,
}

/// The numbers of slashes by an operator set that are pending for an operator. At least one of them is above 0.
#[frame_support::stored]
#[derive(Copy, Default)]
pub struct PendingCount {
	/// Slashes that nobody appealed: at most [`Config::MaxPending`].
	pub unappealed: u32,
	/// Appealed slashes, of which each has a bond.
	pub appealed: u32,
}

/// The places of the queue for slashes of one due era. Stored while slashes wait in some of them.
#[frame_support::stored]
#[derive(Copy, Default)]
pub struct Places {
	/// The number of assigned places. The next slash gets the place of this number.
	pub given: u32,
	/// The number of places in which a slash waits. At least one.
	pub waiting: u32,
}

/// The reason of a veto or an appeal, as UTF-8.
pub type Reason<T> = BoundedVec<u8, <T as Config>::MaxReasonLength>;

/// A consensus offence of an operator in an era.
#[frame_support::stored]
#[derive(Default)]
pub struct ConsensusOffence {
	/// The largest reported fraction, in parts of `WAD`.
	pub fraction: u64,
	/// The part of that fraction whose slash was executed or cancelled, in parts of `WAD`. A raise takes from what that
	/// left.
	pub settled: u64,
	/// The slash for the offence, while it is pending.
	pub pending: Option<SlashId>,
}

/// Slashed funds of one currency that are to be paid out.
#[frame_support::stored(no_skip_type_params)]
pub struct Payout<AccountId> {
	/// The amount.
	pub amount: Balance,
	/// The destination.
	pub destination: Destination<AccountId>,
}

/// The outcome of a decided slash.
#[frame_support::stored]
pub enum Outcome<T: Config> {
	/// It was executed, and took these amounts.
	#[codec(index = 0)]
	Executed(Taken),
	/// The resolver of its condition vetoed it, for this reason.
	#[codec(index = 1)]
	Vetoed(Reason<T>),
	/// Governance cancelled it.
	#[codec(index = 2)]
	Cancelled,
}

/// A slash that was decided.
#[frame_support::stored]
pub struct Record<T: Config> {
	/// The slash.
	pub slash: Slash<T::AccountId>,
	/// Its outcome.
	pub outcome: Outcome<T>,
}
