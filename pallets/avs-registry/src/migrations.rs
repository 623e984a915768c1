//! Migrations from older storage layouts.

use crate::*;
use codec::{Decode, Encode};
use frame_support::{
	migrations::VersionedMigration, pallet_prelude::Weight, traits::UncheckedOnRuntimeUpgrade,
};

/// Layout 2: sets that can be closed, so their indices are not their number, and resolvers that are not an account.
pub type ToV2<T> = VersionedMigration<1, 2, v2::Migrate<T>, Pallet<T>, <T as frame_system::Config>::DbWeight>;

/// Layout 3: deposits of places and approvals, the operators that answer for an era, and no `Native` in sets that give
/// to an account.
pub type ToV3<T> = VersionedMigration<2, 3, v3::Migrate<T>, Pallet<T>, <T as frame_system::Config>::DbWeight>;

/// Layout 1 and its migration to layout 2, in one block: every service and set has cost a deposit or a fee, and layout
/// 1 was never in production.
mod v2 {
	use super::v3::AvsV2;
	use super::*;
	use frame_support::{storage_alias, traits::Get, BoundedVec, Twox64Concat};
	use mainstay_primitives::{
		AvsId, Balance, ConditionId, ConditionTerms, Delayed, Destination, Era, Resolver,
	};
	#[cfg(feature = "try-runtime")]
	use {alloc::vec::Vec, frame_support::ensure, sp_runtime::TryRuntimeError};

	/// Services in layout 2.
	#[storage_alias]
	pub type Avses<T: Config> =
		StorageMap<Pallet<T>, Twox64Concat, AvsId, AvsV2<<T as frame_system::Config>::AccountId>>;

	#[derive(Encode, Decode)]
	pub struct AvsV1<AccountId> {
		owner: AccountId,
		next_owner: Option<AccountId>,
		deposit: Balance,
		sets: u32,
	}

	#[derive(Encode, Decode)]
	pub struct OperatorSetV1<T: Config> {
		kinds: Delayed<Kinds<T>>,
		admission: Admission,
		min_stake: Balance,
		slasher: Delayed<T::AccountId>,
		destination: Destination<T::AccountId>,
		conditions: u32,
		next_condition: ConditionId,
		had_members: bool,
	}

	#[derive(Encode, Decode)]
	pub struct TermsV1<AccountId> {
		max_fraction: u64,
		veto_window: Era,
		resolver: Option<AccountId>,
	}

	impl<AccountId> TermsV1<AccountId> {
		fn migrated(self) -> ConditionTerms<AccountId> {
			let Self { max_fraction, veto_window, resolver } = self;
			ConditionTerms { max_fraction, veto_window, resolver: resolver.map(Resolver::Account) }
		}
	}

	#[derive(Encode, Decode)]
	pub struct ConditionV1<T: Config> {
		text: BoundedVec<u8, T::MaxConditionText>,
		lane: ConditionLane,
		since: Era,
		terms: Delayed<TermsV1<T::AccountId>>,
	}

	pub struct Migrate<T>(core::marker::PhantomData<T>);

	impl<T: Config> UncheckedOnRuntimeUpgrade for Migrate<T> {
		fn on_runtime_upgrade() -> Weight {
			let mut moved = 0u64;
			Avses::<T>::translate_values::<AvsV1<T::AccountId>, _>(|old| {
				moved = moved.saturating_add(1);
				let AvsV1 { owner, next_owner, deposit, sets } = old;
				Some(AvsV2 { owner, next_owner, deposit, sets, next_set: sets })
			});
			Sets::<T>::translate_values::<OperatorSetV1<T>, _>(|old| {
				moved = moved.saturating_add(1);
				Some(OperatorSet {
					kinds: old.kinds,
					admission: old.admission,
					min_stake: old.min_stake,
					slasher: old.slasher,
					destination: old.destination,
					conditions: old.conditions,
					next_condition: old.next_condition,
					had_members: old.had_members,
					until: None,
				})
			});
			Conditions::<T>::translate_values::<ConditionV1<T>, _>(|old| {
				moved = moved.saturating_add(1);
				let terms = Delayed {
					value: old.terms.value.migrated(),
					next: old.terms.next.map(|(terms, era)| (terms.migrated(), era)),
				};
				Some(Condition { text: old.text, lane: old.lane, since: old.since, terms })
			});
			T::DbWeight::get().reads_writes(moved, moved)
		}

		#[cfg(feature = "try-runtime")]
		fn pre_upgrade() -> Result<Vec<u8>, TryRuntimeError> {
			Ok(counted::<T>(false).encode())
		}

		#[cfg(feature = "try-runtime")]
		fn post_upgrade(before: Vec<u8>) -> Result<(), TryRuntimeError> {
			let before =
				<(u32, u32, u32)>::decode(&mut &before[..]).map_err(|_| "what `pre_upgrade` wrote")?;
			// The whole state is checked when it has the last layout.
			ensure!(counted::<T>(true) == before, "a service, a set or a condition was lost");
			Ok(())
		}
	}

	/// The numbers of services, sets and conditions, of all entries or of those that can be decoded.
	#[cfg(feature = "try-runtime")]
	fn counted<T: Config>(decoded: bool) -> (u32, u32, u32) {
		if decoded {
			let (avses, sets) = (Avses::<T>::iter_values().count(), Sets::<T>::iter_values().count());
			(avses as u32, sets as u32, Conditions::<T>::iter_values().count() as u32)
		} else {
			let (avses, sets) = (Avses::<T>::iter_keys().count(), Sets::<T>::iter_keys().count());
			(avses as u32, sets as u32, Conditions::<T>::iter_keys().count() as u32)
		}
	}
}

/// Layout 2 and its migration to layout 3, in one block: every entry has cost a deposit or a fee, and layout 2 was
/// never in production.
///
/// * Existing places and approvals cost nothing, so nothing is held for them.
/// * Layout 2 does not store which sets have allocations, which now make an audience. So every set gets one.
/// * In sets that give what they slash to an account, `Native` ends after the delay of terms; an announced change
///   continues without it.
/// * If members changed in the running era, the operators that answer for it are stored.
mod v3 {
	use super::*;
	use alloc::{collections::BTreeMap, vec::Vec};
	use frame_support::{traits::Get, BoundedVec};
	use mainstay_primitives::{traits::EraClock, Balance, Delayed, Era, OperatorSetId, PoolKind};
	#[cfg(feature = "try-runtime")]
	use {frame_support::ensure, sp_runtime::TryRuntimeError};

	#[derive(Encode, Decode)]
	pub struct AvsV2<AccountId> {
		pub owner: AccountId,
		pub next_owner: Option<AccountId>,
		pub deposit: Balance,
		pub sets: u32,
		pub next_set: u32,
	}

	#[derive(Encode, Decode)]
	pub struct MembershipV2<T: Config> {
		spans: BoundedVec<Span, T::MaxSpans>,
	}

	impl<T: Config> OperatorSet<T> {
		/// Ends `Native` if the set gives to an account. Returns the new kinds and the era from which all of them bind;
		/// `None` if nothing changes.
		fn end_native(&mut self, now: Era, later: Era) -> Option<(Kinds<T>, Era)> {
			let has_native = |kinds: &Kinds<T>| kinds.iter().any(|(kind, _)| *kind == PoolKind::Native);
			if !self.redistributes() || !has_native(self.kinds.announced()) {
				// An announced change without `Native` ends it in its era, or has already.
				return None;
			}
			let binding = self.kinds.at(now).clone();
			let mut rest = self.kinds.announced().clone();
			rest.retain(|(kind, _)| *kind != PoolKind::Native);
			let announced = self.kinds.next.as_ref().map_or(now, |(_, effective)| *effective);
			let effective = if has_native(&binding) { later } else { announced.max(now) };
			let next = (rest != binding).then(|| (rest.clone(), effective));
			let effective = if next.is_some() { effective } else { now };
			self.kinds = Delayed { value: binding, next };
			Some((rest, effective))
		}
	}

	pub struct Migrate<T>(core::marker::PhantomData<T>);

	impl<T: Config> UncheckedOnRuntimeUpgrade for Migrate<T> {
		fn on_runtime_upgrade() -> Weight {
			let now = T::Clock::active();
			let later = now.saturating_add(T::TermsDelay::get());
			// Reads the clock and the delay of terms.
			let (mut read, mut written) = (2u64, 0u64);
			Avses::<T>::translate_values::<AvsV2<T::AccountId>, _>(|old| {
				written = written.saturating_add(1);
				let AvsV2 { owner, next_owner, deposit, sets, next_set } = old;
				Some(Avs { owner, next_owner, deposit, approvals: 0, sets, next_set })
			});
			Approvals::<T>::translate_values::<(), _>(|()| {
				written = written.saturating_add(1);
				Some(0)
			});
			let mut answering = BTreeMap::<OperatorSetId, Vec<T::AccountId>>::new();
			Memberships::<T>::translate::<MembershipV2<T>, _>(|id, operator, old| {
				written = written.saturating_add(1);
				let membership = Membership::<T> { spans: old.spans, deposit: 0 };
				if membership.covers(now) {
					answering.entry(id).or_default().push(operator);
				}
				Some(membership)
			});
			Sets::<T>::translate::<OperatorSet<T>, _>(|id, mut set| {
				(read, written) = (read.saturating_add(1), written.saturating_add(1));
				set.had_members = true;
				let mut members = answering.remove(&id).unwrap_or_default();
				members.sort();
				// At most the members at the beginning of the era answer.
				let members = BoundedVec::truncate_from(members);
				if Members::<T>::get(id) != members {
					written = written.saturating_add(1);
					Answering::<T>::insert(id, EraMembers { era: now, members });
				}
				if let Some((kinds, effective)) = set.end_native(now, later) {
					// The event is kept: a block clears the events of the one before it, and then runs the upgrade.
					// Only a chain at genesis would drop it, and has nothing to migrate.
					Pallet::<T>::deposit_event(Event::KindsSet { set: id, kinds, effective });
				}
				Some(set)
			});
			// Every written entry was read.
			T::DbWeight::get().reads_writes(read.saturating_add(written), written)
		}

		#[cfg(feature = "try-runtime")]
		fn pre_upgrade() -> Result<Vec<u8>, TryRuntimeError> {
			Ok(counted::<T>(false).encode())
		}

		#[cfg(feature = "try-runtime")]
		fn post_upgrade(before: Vec<u8>) -> Result<(), TryRuntimeError> {
			let before = <[u32; 4]>::decode(&mut &before[..]).map_err(|_| "what `pre_upgrade` wrote")?;
			ensure!(counted::<T>(true) == before, "a service, a set, a member or an approval was lost");
			Pallet::<T>::do_try_state()
		}
	}

	/// The numbers of services, sets, memberships and approvals, of all entries or of those that can be decoded.
	#[cfg(feature = "try-runtime")]
	fn counted<T: Config>(decoded: bool) -> [u32; 4] {
		let counts = if decoded {
			[
				Avses::<T>::iter_values().count(),
				Sets::<T>::iter_values().count(),
				Memberships::<T>::iter_values().count(),
				Approvals::<T>::iter_values().count(),
			]
		} else {
			[
				Avses::<T>::iter_keys().count(),
				Sets::<T>::iter_keys().count(),
				Memberships::<T>::iter_keys().count(),
				Approvals::<T>::iter_keys().count(),
			]
		};
		counts.map(|count| count as u32)
	}
}
