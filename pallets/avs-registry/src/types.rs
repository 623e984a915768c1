//! What the storage and the events hold.

use crate::Config;
use alloc::vec::Vec;
use frame_support::{BoundedVec, DefaultNoBound};
use mainstay_primitives::{
	Balance, ConditionId, ConditionTerms, Delayed, Destination, Era, Multiplier, PoolKind,
};

/// A service.
#[frame_support::stored(no_skip_type_params)]
pub struct Avs<AccountId> {
	/// Who decides for it, and whose deposit is held.
	pub owner: AccountId,
	/// To whom it is offered.
	pub next_owner: Option<AccountId>,
	/// What is held of the owner's balance for the registration.
	pub deposit: Balance,
	/// What is held of the owner's balance for the approvals in all its sets.
	pub approvals: Balance,
	/// How many operator sets it has.
	pub sets: u32,
	/// The index of the next one.
	pub next_set: u32,
}

/// What a service says of itself.
#[frame_support::stored]
#[derive(DefaultNoBound)]
pub struct AvsMetadata<T: Config> {
	/// Name, as UTF-8.
	pub name: BoundedVec<u8, T::MaxNameLength>,
	/// Where to read more.
	pub link: BoundedVec<u8, T::MaxLinkLength>,
}

/// The kinds an operator set accepts, in ascending order, and what a unit of each counts.
pub type Kinds<T> = BoundedVec<(PoolKind, Multiplier), <T as Config>::MaxKinds>;

/// Who may join an operator set.
#[frame_support::stored]
#[derive(Copy)]
pub enum Admission {
	/// Every operator with enough stake.
	#[codec(index = 0)]
	Open,
	/// Those of them whom the owner approved.
	#[codec(index = 1)]
	Approved,
	/// Nobody, for now.
	#[codec(index = 2)]
	Paused,
}

/// An operator set.
#[frame_support::stored]
pub struct OperatorSet<T: Config> {
	/// The kinds that count.
	pub kinds: Delayed<Kinds<T>>,
	/// Who may join.
	pub admission: Admission,
	/// The least weight of who joins.
	pub min_stake: Balance,
	/// Who may report slashes.
	pub slasher: Delayed<T::AccountId>,
	/// Where what is slashed goes.
	pub destination: Destination<T::AccountId>,
	/// How many conditions there are.
	pub conditions: u32,
	/// The id of the next condition.
	pub next_condition: ConditionId,
	/// Whether the set has an audience: whether anyone ever joined it or allocated to it. Until then there is nobody to
	/// warn, and terms bind at once.
	pub had_members: bool,
	/// The last era for which members answer, where the set is being wound down.
	pub until: Option<Era>,
}

impl<T: Config> OperatorSet<T> {
	/// Whether what it slashes goes to an account. Native value would leave the reach of consensus offences by that, so
	/// such a set accepts none.
	pub fn redistributes(&self) -> bool {
		self.destination.is_account()
	}

	/// The kinds of which members may have something allocated to it: those that bind or are announced, and `Native`
	/// where an older runtime accepted it. In ascending order, at most one more than a set accepts.
	pub(crate) fn allocated_kinds(&self) -> Vec<PoolKind> {
		let accepted = self.kinds.value.iter().chain(self.kinds.announced());
		let mut kinds: Vec<_> = accepted.map(|(kind, _)| *kind).collect();
		if self.redistributes() {
			kinds.push(PoolKind::Native);
		}
		kinds.sort();
		kinds.dedup();
		kinds
	}
}

/// Who answers to a set for an era in which its members changed.
#[frame_support::stored]
pub struct EraMembers<T: Config> {
	/// The era.
	pub era: Era,
	/// The members as they were before their first change in that era, in ascending order.
	pub members: BoundedVec<T::AccountId, T::MaxOperators>,
}

/// How the slashes of a condition are decided.
///
/// Index 0 is kept for evidence that the runtime verifies.
#[frame_support::stored]
#[derive(Copy)]
pub enum ConditionLane {
	/// By the set's slasher. The resolver may veto it.
	#[codec(index = 1)]
	Attested,
}

/// A declared offence.
#[frame_support::stored]
pub struct Condition<T: Config> {
	/// What the offence is, as UTF-8.
	pub text: BoundedVec<u8, T::MaxConditionText>,
	/// How it is decided.
	pub lane: ConditionLane,
	/// The first capture era for which it binds.
	pub since: Era,
	/// The terms. A change of them binds by capture era.
	pub terms: Delayed<ConditionTerms<T::AccountId>>,
}

impl<T: Config> Condition<T> {
	/// The terms that bind for capture era `capture`.
	pub fn terms_at(&self, capture: Era) -> Option<&ConditionTerms<T::AccountId>> {
		(capture >= self.since).then(|| self.terms.at(capture))
	}
}

/// One stay of an operator in a set.
#[frame_support::stored]
#[derive(Copy)]
pub struct Span {
	/// The first era it answers for.
	pub from: Era,
	/// The last era it answers for; `None` while it serves.
	pub until: Option<Era>,
}

/// The stays of an operator in a set, in order of time.
#[frame_support::stored]
#[derive(DefaultNoBound)]
pub struct Membership<T: Config> {
	/// They do not overlap, and only the last can be open.
	pub spans: BoundedVec<Span, T::MaxSpans>,
	/// What is held of the operator's balance for its place; 0 where it does not serve the set, or has since before
	/// places had a price.
	pub deposit: Balance,
}

impl<T: Config> Membership<T> {
	/// Whether the operator answers for `era`.
	pub fn covers(&self, era: Era) -> bool {
		self.spans.iter().any(|span| span.from <= era && span.until.is_none_or(|until| era <= until))
	}

	/// Whether the operator serves the set.
	pub fn is_open(&self) -> bool {
		self.spans.last().is_some_and(|span| span.until.is_none())
	}

	/// Ends the open span in era `now` and returns the last era it covers; `None` if it had not begun.
	pub(crate) fn close(&mut self, now: Era) -> Option<Era> {
		let last = self.spans.last_mut().filter(|span| span.until.is_none())?;
		if last.from > now {
			self.spans.pop();
			return None;
		}
		last.until = Some(now);
		last.until
	}
}

/// Why an operator serves a set no more.
#[frame_support::stored]
#[derive(Copy)]
pub enum LeaveReason {
	/// It said so.
	#[codec(index = 0)]
	Left,
	/// The owner of the service removed it.
	#[codec(index = 1)]
	Ejected,
	/// It retired as an operator.
	#[codec(index = 2)]
	Retired,
	/// It stopped all it does for services.
	#[codec(index = 3)]
	Stopped,
	/// The set was closed.
	#[codec(index = 4)]
	Closed,
	/// The set was full, and an operator with more weight took its place.
	#[codec(index = 5)]
	Displaced,
}
