//! Exits from pools, and their claims.

use crate::*;
use frame_support::{
	ensure,
	traits::{fungibles::Mutate, tokens::Preservation},
};
use mainstay_primitives::{
	traits::{EraClock, OnNativeMoved, SlashGate},
	Balance, Currency, Era, ExitAmount, PoolKind, SharePool,
};
use sp_runtime::DispatchResult;

impl<T: Config> Pallet<T> {
	pub(crate) fn do_exit(
		who: &T::AccountId,
		operator: &T::AccountId,
		kind: PoolKind,
		amount: ExitAmount,
	) -> DispatchResult {
		let mut pool = Pools::<T>::get(operator, kind).ok_or(Error::<T>::InsufficientShares)?;
		let shares = Self::shares_of(who, operator, kind, &pool, amount)?;
		let max_magnitude = pool.max_magnitude;
		let worth = Self::leave(who, operator, kind, &mut pool, shares);
		ensure!(worth > 0, Error::<T>::AmountTooSmall);

		// Stake that elected the next era's validators answers for that era too.
		let queued = T::Clock::planned();
		let bucket = Exits::<T>::get((operator, kind, queued));
		// Claims of a bucket that a slash emptied are void. They must not become valid in a new bucket of the same era.
		let claimed =
			bucket.as_ref().and_then(|_| Claims::<T>::get((who, operator, kind, queued))).unwrap_or(0);
		let mut bucket = bucket.unwrap_or(Exit { funds: SharePool::default(), max_magnitude });
		let minted = bucket.funds.deposit(worth, 1).map_err(Error::<T>::from)?;

		Claims::<T>::insert((who, operator, kind, queued), claimed.saturating_add(minted));
		Exits::<T>::insert((operator, kind, queued), bucket);
		Pools::<T>::insert(operator, kind, pool);
		Self::deposit_event(Event::ExitQueued {
			who: who.clone(),
			operator: operator.clone(),
			kind,
			shares,
			amount: worth,
			queued,
			matures: Self::matures(queued),
		});
		Ok(())
	}

	/// The first era in which an exit that was queued in era `queued` can be claimed.
	pub fn matures(queued: Era) -> Era {
		queued.saturating_add(T::Clock::exit_delay())
	}

	/// Errors if the exit delay is not over, or if a pending slash covers the exits of era `queued`.
	pub fn ensure_claimable(operator: &T::AccountId, kind: PoolKind, queued: Era) -> Result<(), Error<T>> {
		ensure!(Self::matures(queued) <= T::Clock::active(), Error::<T>::NotMatured);
		ensure!(!T::SlashGate::covers(operator, kind, queued), Error::<T>::SlashPending);
		Ok(())
	}

	/// See [`leaving`](mainstay_primitives::traits::InspectStakes::leaving).
	pub(crate) fn native_exits_of(who: &T::AccountId, limit: u32) -> Balance {
		Claims::<T>::iter_prefix((who,))
			.take(limit as usize)
			.filter(|((_, kind, _), _)| kind.currency() == Currency::Native)
			.filter_map(|((operator, kind, queued), shares)| {
				Exits::<T>::get((operator, kind, queued)).map(|bucket| bucket.funds.worth(shares))
			})
			.fold(0, Balance::saturating_add)
	}

	pub(crate) fn do_claim(
		owner: &T::AccountId,
		operator: &T::AccountId,
		kind: PoolKind,
		queued: Era,
	) -> DispatchResult {
		let shares = Claims::<T>::get((owner, operator, kind, queued)).ok_or(Error::<T>::NothingToClaim)?;
		let mut bucket = Exits::<T>::get((operator, kind, queued)).ok_or(Error::<T>::NothingToClaim)?;
		Self::ensure_claimable(operator, kind, queued)?;

		let amount = bucket.funds.withdraw(shares);
		Claims::<T>::remove((owner, operator, kind, queued));
		let left = (bucket.funds.shares > 0).then_some(bucket);
		Exits::<T>::set((operator, kind, queued), left);
		T::Assets::transfer(kind.currency(), &Self::custody(), owner, amount, Preservation::Preserve)?;
		Self::note_held(&kind.currency(), |held| held.saturating_sub(amount));
		if kind.currency() == Currency::Native {
			T::OnNativeMoved::claimed(owner, amount);
		}
		Self::deposit_event(Event::Claimed {
			who: owner.clone(),
			operator: operator.clone(),
			kind,
			queued,
			amount,
		});
		Ok(())
	}
}
