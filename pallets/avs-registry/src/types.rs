//! The types of storage and events.

use crate::Config;
use alloc::vec::Vec;
use frame_support::{BoundedVec, DefaultNoBound};
use mainstay_primitives::{
	Balance, ConditionId, ConditionTerms, Delayed, Destination, Era, Multiplier, PoolKind,
};

/// A service.
#[frame_support::stored(no_skip_type_params)]
pub struct Avs<AccountId> {
	/// The owner, whose balance has the deposits.
	pub owner: AccountId,
	/// The account to which it is offered, if any.
	pub next_owner: Option<AccountId>,
	/// The deposit for the registration that is held of the owner's balance, in STAY.
	pub deposit: Balance,
	/// The sum of the deposits for approvals in all its sets that are held of the owner's balance, in STAY.
	pub approvals: Balance,
	/// The number of operator sets.
	pub sets: u32,
	/// The index of the next operator set.
	pub next_set: u32,
}

/// The name and link of a service.
#[frame_support::stored]
#[derive(DefaultNoBound)]
pub struct AvsMetadata<T: Config> {
	/// The name, as UTF-8.
	pub name: BoundedVec<u8, T::MaxNameLength>,
	/// The address of a page about the service.
	pub link: BoundedVec<u8, T::MaxLinkLength>,
}

/// The kinds that an operator set accepts, in ascending order, with their multipliers.
pub type Kinds<T> = BoundedVec<(PoolKind, Multiplier), <T as Config>::MaxKinds>;

/// Which operators may join an operator set.
#[frame_support::stored]
#[derive(Copy)]
pub enum Admission {
	/// Every operator with the minimum stake.
	#[codec(index = 0)]
	Open,
	/// Operators with the minimum stake that the owner approved.
	#[codec(index = 1)]
	Approved,
	/// Nobody, for now.
	#[codec(index = 2)]
	Paused,
}

/// An operator set.
#[frame_support::stored]
pub struct OperatorSet<T: Config> {
	/// The kinds that it accepts.
	pub kinds: Delayed<Kinds<T>>,
	/// Which operators may join.
	pub admission: Admission,
	/// The minimum weight of an operator that joins.
	pub min_stake: Balance,
	/// The account that may report slashes.
	pub slasher: Delayed<T::AccountId>,
	/// The destination of slashed funds.
	pub destination: Destination<T::AccountId>,
	/// The number of conditions.
	pub conditions: u32,
	/// The id of the next condition.
	pub next_condition: ConditionId,
	/// Whether the set has an audience: whether any operator ever joined it or allocated to it. Until then changes of
	/// terms concern nobody, and bind at once.
	pub had_members: bool,
	/// The last era for which members answer, if the set is being wound down.
	pub until: Option<Era>,
}

impl<T: Config> OperatorSet<T> {
	/// Whether what the set slashes goes to an account. Such a set accepts no `Native` stake, because a slash would
	/// take it out of reach of consensus offences.
	pub fn redistributes(&self) -> bool {
		self.destination.is_account()
	}

	/// The kinds of which members may have allocations to the set: those that bind or are announced, and `Native` if an
	/// older runtime accepted it. In ascending order, at most one more than a set accepts.
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

/// The operators that answer to a set for an era in which its members changed.
#[frame_support::stored]
pub struct EraMembers<T: Config> {
	/// The era.
	pub era: Era,
	/// The members before the first change in that era, in ascending order.
	pub members: BoundedVec<T::AccountId, T::MaxOperators>,
}

/// How the slashes of a condition are decided.
///
/// Index 0 is reserved for evidence that the runtime verifies.
#[frame_support::stored]
#[derive(Copy)]
pub enum ConditionLane {
	/// The set's slasher decides. The resolver may veto.
	#[codec(index = 1)]
	Attested,
}

/// A declared offence.
#[frame_support::stored]
pub struct Condition<T: Config> {
	/// A description of the offence, as UTF-8.
	pub text: BoundedVec<u8, T::MaxConditionText>,
	/// How its slashes are decided.
	pub lane: ConditionLane,
	/// The first capture era for which it binds.
	pub since: Era,
	/// The terms. A change of them binds for capture eras from an era on.
	pub terms: Delayed<ConditionTerms<T::AccountId>>,
}

impl<T: Config> Condition<T> {
	/// The terms that bind for capture era `capture`; `None` if the condition did not bind then.
	pub fn terms_at(&self, capture: Era) -> Option<&ConditionTerms<T::AccountId>> {
		(capture >= self.since).then(|| self.terms.at(capture))
	}
}

/// One stay of an operator in a set.
#[frame_support::stored]
#[derive(Copy)]
pub struct Span {
	/// The first era for which the operator answers.
	pub from: Era,
	/// The last era for which it answers; `None` while it is a member.
	pub until: Option<Era>,
}

/// The stays of an operator in a set, in order of time.
#[frame_support::stored]
#[derive(DefaultNoBound)]
pub struct Membership<T: Config> {
	/// The stays. They do not overlap, and only the last can be open.
	pub spans: BoundedVec<Span, T::MaxSpans>,
	/// The deposit for the place that is held of the operator's balance, in STAY; 0 if the operator is not a member, or
	/// if its membership is older than this deposit.
	pub deposit: Balance,
}

impl<T: Config> Membership<T> {
	/// Whether the operator answers for `era`.
	pub fn covers(&self, era: Era) -> bool {
		self.spans.iter().any(|span| span.from <= era && span.until.is_none_or(|until| era <= until))
	}

	/// Whether the operator is a member now.
	pub fn is_open(&self) -> bool {
		self.spans.last().is_some_and(|span| span.until.is_none())
	}

	/// Ends the open span in era `now`, and returns the last era that it covers; `None` if the span had not begun.
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

/// Why an operator left a set.
#[frame_support::stored]
#[derive(Copy)]
pub enum LeaveReason {
	/// It called `leave`.
	#[codec(index = 0)]
	Left,
	/// The owner of the service removed it.
	#[codec(index = 1)]
	Ejected,
	/// It retired as an operator.
	#[codec(index = 2)]
	Retired,
	/// It stopped all its work for services.
	#[codec(index = 3)]
	Stopped,
	/// The set was closed.
	#[codec(index = 4)]
	Closed,
	/// The set was full, and an operator with more weight took its place.
	#[codec(index = 5)]
	Displaced,
}
