//! The invariants of the pallet.

use crate::{services::reason, *};
use alloc::{collections::BTreeMap, vec::Vec};
use frame_support::{
	ensure,
	traits::{fungible::InspectHold, Get},
};
use mainstay_primitives::{
	traits::{EraClock, InspectOperators, OperatorSets},
	AvsId, Balance, Delayed, OperatorSetId, PoolKind, WAD,
};
use sp_runtime::TryRuntimeError;

impl<T: Config> Pallet<T> {
	/// Checks, over all of the state:
	///
	/// * the deposits of services and of their approvals are held of the owners' balances, and a service has the sum of
	///   the latter;
	/// * the deposits of places are held of the operators' balances;
	/// * every service has metadata, the sets that it counts, and an assigned id;
	/// * the last era of a set that is being wound down is not in the future;
	/// * a set accepts kinds that may be restaked, each once and in order, and has the conditions that it counts; one
	///   that gives to an account accepts `Native` only until an announced end, and may then accept nothing;
	/// * the terms of conditions are within bounds, and announced changes do not ease them;
	/// * members, the sets that operators joined, and open spans mirror each other, in order, and members are
	///   operators that have not retired;
	/// * spans are in order and do not overlap, and only the last can be open;
	/// * the operators that answer to a set for the running era agree with the memberships;
	/// * every approval is for an existing set.
	pub fn do_try_state() -> Result<(), TryRuntimeError> {
		Self::check_services()?;
		Self::check_sets()?;
		Self::check_conditions()?;
		Self::check_members()?;
		Self::check_places()?;
		Self::check_answering()
	}

	/// Checks that exactly these amounts are held of these accounts for `why`.
	fn check_held(
		why: HoldReason,
		deposits: BTreeMap<T::AccountId, Balance>,
		failure: &'static str,
	) -> Result<(), TryRuntimeError> {
		for (who, deposit) in deposits {
			ensure!(T::NativeBalance::balance_on_hold(&reason::<T>(why), &who) == deposit, failure);
		}
		Ok(())
	}

	fn check_services() -> Result<(), TryRuntimeError> {
		let next = NextAvsId::<T>::get();
		let mut sets = BTreeMap::<AvsId, u32>::new();
		for id in Sets::<T>::iter_keys() {
			let service = Avses::<T>::get(id.avs).ok_or("a set of no service")?;
			ensure!(id.index < service.next_set, "a set with an index to come");
			*sets.entry(id.avs).or_default() += 1;
		}
		let mut approvals = BTreeMap::<AvsId, Balance>::new();
		for (set, _, deposit) in Approvals::<T>::iter() {
			ensure!(Sets::<T>::contains_key(set), "an approval for no set");
			*approvals.entry(set.avs).or_default() += deposit;
		}
		let (mut deposits, mut approved) = (BTreeMap::new(), BTreeMap::new());
		for (avs, service) in Avses::<T>::iter() {
			ensure!(avs < next, "a service with an id to come");
			ensure!(Metadata::<T>::contains_key(avs), "a service that does not say what it is");
			ensure!(service.sets <= T::MaxSets::get(), "a service with more sets than it may have");
			ensure!(
				service.sets == sets.get(&avs).copied().unwrap_or(0),
				"a service's sets are not those it counts"
			);
			ensure!(service.next_owner.as_ref() != Some(&service.owner), "a service is offered to its owner");
			ensure!(
				service.approvals == approvals.get(&avs).copied().unwrap_or(0),
				"the deposits of a service's approvals are not those it counts"
			);
			*deposits.entry(service.owner.clone()).or_default() += service.deposit;
			*approved.entry(service.owner).or_default() += service.approvals;
		}
		ensure!(
			Metadata::<T>::iter_keys().count() == Avses::<T>::iter_keys().count(),
			"a name of no service"
		);
		let failure = "what is held of an owner is not its services' deposits";
		Self::check_held(HoldReason::Registration, deposits, failure)?;
		let failure = "what is held of an owner is not the deposits of its approvals";
		Self::check_held(HoldReason::Approval, approved, failure)
	}

	fn check_sets() -> Result<(), TryRuntimeError> {
		let mut conditions = BTreeMap::<OperatorSetId, u32>::new();
		for (id, condition) in Conditions::<T>::iter_keys() {
			let set = Sets::<T>::get(id).ok_or("a condition of no set")?;
			ensure!(condition < set.next_condition, "a condition with an id to come");
			*conditions.entry(id).or_default() += 1;
		}
		for (id, set) in Sets::<T>::iter() {
			for kinds in [&set.kinds.value, set.kinds.announced()] {
				ensure!(!kinds.is_empty() || set.redistributes(), "a set that accepts nothing");
				ensure!(kinds.windows(2).all(|pair| pair[0].0 < pair[1].0), "a set's kinds are not in order");
				ensure!(
					kinds.iter().all(|(kind, multiplier)| *kind != PoolKind::Stake && *multiplier > 0),
					"a set accepts a kind that it may not"
				);
			}
			let has_native = |kinds: &Kinds<T>| kinds.iter().any(|(kind, _)| *kind == PoolKind::Native);
			ensure!(
				!(set.redistributes() && has_native(set.kinds.announced())),
				"a set gives native value to an account"
			);
			ensure!(
				set.had_members || (set.kinds.next.is_none() && set.slasher.next.is_none()),
				"terms wait for nobody"
			);
			ensure!(set.conditions <= T::MaxConditions::get(), "a set with more conditions than it may have");
			ensure!(
				set.conditions == conditions.get(&id).copied().unwrap_or(0),
				"a set's conditions are not those it counts"
			);
			ensure!(set.until.is_none_or(|until| until <= T::Clock::active()), "a set ends too early");
		}
		Ok(())
	}

	fn check_conditions() -> Result<(), TryRuntimeError> {
		for condition in Conditions::<T>::iter_values() {
			let Delayed { value: binding, next } = &condition.terms;
			for terms in [binding, condition.terms.announced()] {
				ensure!(
					terms.max_fraction > 0 && terms.max_fraction <= WAD,
					"a condition's fraction is out of bounds"
				);
				ensure!(
					terms.veto_window <= T::MaxVetoWindow::get(),
					"a condition's veto window is out of bounds"
				);
			}
			ensure!(
				next.as_ref().is_none_or(|(next, _)| next != binding && binding.eased_by(next) == *binding),
				"what eases a condition waits"
			);
		}
		Ok(())
	}

	fn check_members() -> Result<(), TryRuntimeError> {
		let mut serving = 0;
		for (id, members) in Members::<T>::iter() {
			ensure!(!members.is_empty(), "an empty list of members");
			ensure!(members.windows(2).all(|pair| pair[0] < pair[1]), "members are not in order");
			for operator in &members {
				ensure!(T::Pools::is_active_operator(operator), "a member is no operator, or has retired");
				ensure!(Memberships::<T>::get(id, operator).is_open(), "a member without an open span");
				ensure!(Joined::<T>::get(operator).contains(&id), "a member is missing from `Joined`");
				serving += 1;
			}
		}
		let mut joined = 0;
		for (_, sets) in Joined::<T>::iter() {
			ensure!(!sets.is_empty(), "an empty list of sets");
			ensure!(sets.windows(2).all(|pair| pair[0] < pair[1]), "joined sets are not in order");
			joined += sets.len();
		}
		ensure!(joined == serving, "`Joined` has more than `Members`");

		let now = T::Clock::active();
		let mut open = 0;
		for (id, _, membership) in Memberships::<T>::iter() {
			ensure!(Sets::<T>::get(id).is_some_and(|set| set.had_members), "a member of no set");
			let spans = &membership.spans;
			ensure!(!spans.is_empty(), "a membership without a span");
			ensure!(
				spans.windows(2).all(|pair| pair[0].until.is_some_and(|until| until < pair[1].from)),
				"spans overlap"
			);
			for span in spans {
				ensure!(
					span.until.is_none_or(|until| span.from <= until && until <= now),
					"a span ends out of order"
				);
				ensure!(span.from <= now.saturating_add(1), "a span begins too late");
			}
			ensure!(membership.is_open() || membership.deposit == 0, "a deposit for a place that is free");
			open += usize::from(membership.is_open());
		}
		ensure!(open == serving, "an open span of no member");
		Ok(())
	}

	fn check_places() -> Result<(), TryRuntimeError> {
		let mut deposits = BTreeMap::new();
		for (_, operator, membership) in Memberships::<T>::iter() {
			*deposits.entry(operator).or_default() += membership.deposit;
		}
		let failure = "what is held of an operator is not the deposits of its places";
		Self::check_held(HoldReason::Place, deposits, failure)
	}

	fn check_answering() -> Result<(), TryRuntimeError> {
		let now = T::Clock::active();
		for (id, answering) in Answering::<T>::iter() {
			ensure!(Sets::<T>::contains_key(id), "someone answers to no set");
			ensure!(answering.era <= now, "someone answers for an era to come");
		}
		let mut covered = BTreeMap::<OperatorSetId, Vec<T::AccountId>>::new();
		for (id, operator, membership) in Memberships::<T>::iter() {
			if Self::answers_for(id, now) && membership.covers(now) {
				covered.entry(id).or_default().push(operator);
			}
		}
		for id in Sets::<T>::iter_keys() {
			let mut expected = covered.remove(&id).unwrap_or_default();
			expected.sort();
			ensure!(
				<Self as OperatorSets<_>>::answering(id) == expected,
				"who answers for the running era is not as memberships say"
			);
		}
		Ok(())
	}
}
