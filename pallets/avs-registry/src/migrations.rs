//! From older storage layouts to the running one.

use crate::*;
use codec::{Decode, Encode};
use frame_support::{
	migrations::VersionedMigration, pallet_prelude::Weight, traits::UncheckedOnRuntimeUpgrade,
};

/// Layout 2: sets that can end, whose indices are not their number therefore, and resolvers that are not an account.
pub type ToV2<T> = VersionedMigration<1, 2, v2::Migrate<T>, Pallet<T>, <T as frame_system::Config>::DbWeight>;

/// What layout 1 was, and how it becomes layout 2. One block does it all: every service and set has cost a deposit or a
/// fee, and layout 1 was never in production.
mod v2 {
	use super::*;
	use frame_support::{traits::Get, BoundedVec};
	use mainstay_primitives::{Balance, ConditionId, ConditionTerms, Delayed, Destination, Era, Resolver};
	#[cfg(feature = "try-runtime")]
	use {alloc::vec::Vec, frame_support::ensure, sp_runtime::TryRuntimeError};

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
				Some(Avs { owner, next_owner, deposit, sets, next_set: sets })
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
			ensure!(counted::<T>(true) == before, "a service, a set or a condition was lost");
			Pallet::<T>::do_try_state()
		}
	}

	/// How many services, sets and conditions there are, or can be decoded.
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
