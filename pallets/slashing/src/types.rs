//! What the storage and the events hold.

use crate::Config;
use frame_support::{traits::ConstU32, BoundedBTreeMap, BoundedVec};
use mainstay_primitives::{
	Balance, ConditionId, Currency, Destination, Era, Fraction, Magnitude, OperatorSetId, PoolKind, Resolver,
	SlashId, MAX_KINDS,
};

/// The most eras that the pending slashes of a pool can name.
pub const MAX_CAPTURES: Era = 256;

/// Capture eras of pending slashes, with how many name each.
///
/// A pending slash is at most an exit delay and an appeal window old, which together are at most [`MAX_CAPTURES`] eras.
/// How many slashes are pending does not matter to that.
pub type Captures = BoundedBTreeMap<Era, u32, ConstU32<MAX_CAPTURES>>;

/// What a service slashes of one pool.
#[frame_support::stored]
#[derive(Copy)]
pub struct Part {
	/// The kind of pool.
	pub kind: PoolKind,
	/// How much of what is allocated.
	pub fraction: Fraction,
	/// What was allocated in the capture era, when the slash was reported. Cuts since then lower it.
	pub magnitude: Magnitude,
}

/// What a slash took, by currency.
pub type Taken = BoundedVec<(Currency, Balance), ConstU32<MAX_KINDS>>;

/// How a slash is decided.
#[frame_support::stored(no_skip_type_params)]
pub enum Lane<AccountId> {
	/// By an offence in block production or finality.
	#[codec(index = 0)]
	Consensus {
		/// What it takes, in parts of `WAD`.
		fraction: u64,
	},
	/// By the slasher of an operator set.
	#[codec(index = 1)]
	Attested {
		/// The set.
		set: OperatorSetId,
		/// The condition of the set that was broken.
		condition: ConditionId,
		/// Who may veto until it falls due.
		resolver: Option<Resolver<AccountId>>,
		/// What it takes, a part for each kind. A set accepts at most [`MAX_KINDS`].
		parts: BoundedVec<Part, ConstU32<MAX_KINDS>>,
	},
}

/// A slash that is not executed yet.
#[frame_support::stored(no_skip_type_params)]
pub struct Slash<AccountId> {
	/// Who is slashed.
	pub operator: AccountId,
	/// Why, and how much.
	pub lane: Lane<AccountId>,
	/// The era whose stake answers.
	pub capture: Era,
	/// The era it was reported in.
	pub reported: Era,
	/// The era in which it is executed.
	pub due: Era,
	/// Who appealed it, and what is held of its balance for that.
	pub appeal: Option<(AccountId, Balance)>,
}

/// How many slashes of an operator set are pending for an operator. Never none of both.
#[frame_support::stored]
#[derive(Copy, Default)]
pub struct PendingCount {
	/// Those that nobody appealed: at most [`Config::MaxPending`].
	pub unappealed: u32,
	/// Those that were appealed: as many as bonds are held for.
	pub appealed: u32,
}

/// The places of the queue for slashes of one due era, while slashes wait in some of them.
#[frame_support::stored]
#[derive(Copy, Default)]
pub struct Places {
	/// How many were given out: the next slash gets the place of this number.
	pub given: u32,
	/// In how many of them a slash waits. At least one.
	pub waiting: u32,
}

/// Why someone vetoed or appealed a slash, as UTF-8.
pub type Reason<T> = BoundedVec<u8, <T as Config>::MaxReasonLength>;

/// A consensus offence of an operator in an era.
#[frame_support::stored]
#[derive(Default)]
pub struct ConsensusOffence {
	/// The largest fraction reported, in parts of `WAD`.
	pub fraction: u64,
	/// The fraction of it whose slash was executed or cancelled: a raise takes from what that left.
	pub settled: u64,
	/// The slash for it, while that is pending.
	pub pending: Option<SlashId>,
}

/// Slashed funds of one currency on their way out.
#[frame_support::stored(no_skip_type_params)]
pub struct Payout<AccountId> {
	/// How much it is.
	pub amount: Balance,
	/// Where it goes.
	pub destination: Destination<AccountId>,
}

/// How a slash was decided.
#[frame_support::stored]
pub enum Outcome<T: Config> {
	/// It was executed, and took this.
	#[codec(index = 0)]
	Executed(Taken),
	/// Its condition's resolver vetoed it, for this reason.
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
	/// How it was decided.
	pub outcome: Outcome<T>,
}
