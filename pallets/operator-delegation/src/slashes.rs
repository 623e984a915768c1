//! Slashes of pools and exits.

use crate::*;
use alloc::vec::Vec;
use core::ops::RangeInclusive;
use mainstay_primitives::{
	traits::{EraClock, OnPoolWiped, ServiceCut, SlashGate},
	Balance, Era, Fraction, Magnitude, PoolKind, SharePool, WAD,
};

/// Takes `fraction` of `magnitude`, at most `max`, from funds whose magnitude is `max`. Returns the amount taken and
/// the magnitude that is cut. The cut is rounded down; if `whole` is set, the amount is that of the rounded cut.
fn cut(
	funds: &mut SharePool,
	max: &mut u64,
	magnitude: Magnitude,
	fraction: Fraction,
	whole: bool,
) -> (Balance, Magnitude) {
	let reached = magnitude.0.min(*max);
	let cut = fraction.of(Magnitude(reached));
	// Factors are at most WAD, so products fit.
	let wads = |part: u64, whole: u64| u128::from(part).saturating_mul(whole.into());
	let part = if whole { wads(cut.0, WAD) } else { wads(reached, fraction.0.min(WAD)) };
	let taken = if reached > 0 { funds.take(part, wads(*max, WAD)) } else { 0 };
	*max = max.saturating_sub(cut.0);
	(taken, cut)
}

/// The funds of a pool that answer for an era: those of the live pool and of each bucket of exits, each with the
/// magnitude that is left.
pub struct Backing(Vec<(SharePool, u64)>);

impl Backing {
	/// The backing of an era by `pool`. `answering` is the result of [`Pallet::answering`], and `exits` returns the
	/// bucket of exits of an era. It is called for each era since, so these must be eras that a slash can name.
	pub fn of(
		pool: &Pool,
		answering: (RangeInclusive<Era>, bool),
		exits: impl FnMut(Era) -> Option<Exit>,
	) -> Self {
		let (queued, live) = answering;
		let live = live.then_some((pool.funds, pool.max_magnitude));
		let left = queued.filter_map(exits).map(|exit| (exit.funds, exit.max_magnitude));
		Self(live.into_iter().chain(left).collect())
	}

	/// The maximum that a slash of `magnitude` can take of it: what [`Pallet::do_take_allocated`] takes with the whole
	/// as fraction.
	pub fn slashable(&self, magnitude: Magnitude) -> Balance {
		self.0.iter().fold(0, |sum: Balance, (mut funds, mut max)| {
			sum.saturating_add(cut(&mut funds, &mut max, magnitude, Fraction::WHOLE, true).0)
		})
	}
}

impl<T: Config> Pallet<T> {
	/// The first era of `(operator, kind)` that a slash can still name: one whose exits cannot be claimed yet, or the
	/// capture era of a pending slash.
	pub fn first_nameable(operator: &T::AccountId, kind: PoolKind) -> Era {
		let first = T::Clock::active().saturating_add(1).saturating_sub(T::Clock::exit_delay());
		T::SlashGate::oldest_capture(operator, kind).map_or(first, |oldest| oldest.min(first))
	}

	/// The generation of `pool` that answers for `era`: its first era, and the first era of the next generation, or
	/// `Era::MAX` if it is the running one. Reads storage only for eras of earlier generations.
	pub fn generation_in(operator: &T::AccountId, kind: PoolKind, pool: &Pool, era: Era) -> (Era, Era) {
		if era >= pool.since {
			return (pool.since, Era::MAX);
		}
		let starts = EarlierGenerations::<T>::get(operator, kind);
		let began = starts.iter().rev().find(|start| **start <= era).copied().unwrap_or(0);
		let next = starts.iter().find(|start| **start > era).copied().unwrap_or(pool.since);
		(began, next)
	}

	/// The eras whose exits from the pool answer for era `capture`, and whether the live pool answers for it. `planned`
	/// is the last era under which exits are filed. A pool of a later generation and its exits do not answer.
	pub fn answering(
		operator: &T::AccountId,
		kind: PoolKind,
		pool: &Pool,
		capture: Era,
		planned: Era,
	) -> (RangeInclusive<Era>, bool) {
		let (_, next) = Self::generation_in(operator, kind, pool, capture);
		(capture..=planned.min(next.saturating_sub(1)), capture >= pool.since)
	}

	/// Starts a new generation of a pool of which a slash took all. It answers for eras after the last one under which
	/// exits are filed.
	fn wipe(operator: &T::AccountId, kind: PoolKind, pool: &mut Pool) {
		Self::end_fresh_in(operator, kind, pool);
		let (generation, since) = (pool.generation.saturating_add(1), T::Clock::planned().saturating_add(1));
		EarlierGenerations::<T>::mutate(operator, kind, |starts| {
			let first = Self::first_nameable(operator, kind);
			// Of the generations that began before the first nameable era, only the last answers for a nameable era.
			let known = starts.iter().rposition(|start| *start <= first).unwrap_or(0);
			starts.drain(..known);
			if starts.try_push(pool.since).is_err() {
				frame_support::defensive!("more generations than eras that a slash can name");
			}
		});
		*pool = Pool { generation, since, ..Default::default() };
		T::OnPoolWiped::on_pool_wiped(operator, kind, since);
		Self::deposit_event(Event::PoolWiped { operator: operator.clone(), kind, generation, since });
	}

	/// Calls `slash` with each part of what backed era `capture`, and with the magnitude that is left of that part:
	/// first the exits queued in that era or later, oldest first, and then the live pool. `wipes` tells whether the
	/// slash took all of the live pool.
	///
	/// Returns the total that was taken, with the magnitude and generation of [`ServiceCut`]. The caller sets the cut.
	///
	/// Takes one read for each era since the capture era: at most the exit delay, plus the appeal window if the slash
	/// was appealed, as long as slashes are executed when due.
	fn slash_parts(
		operator: &T::AccountId,
		kind: PoolKind,
		capture: Era,
		mut slash: impl FnMut(&mut SharePool, &mut u64) -> Balance,
		wipes: impl FnOnce(&Pool) -> bool,
	) -> ServiceCut {
		let Some(mut pool) = Pools::<T>::get(operator, kind) else { return ServiceCut::default() };
		let answered = Self::generation_in(operator, kind, &pool, capture);
		let (eras, live) = Self::answering(operator, kind, &pool, capture, T::Clock::planned());
		let mut exits: Balance = 0;
		for queued in eras {
			let Some(mut bucket) = Exits::<T>::get((operator, kind, queued)) else { continue };
			exits = exits.saturating_add(slash(&mut bucket.funds, &mut bucket.max_magnitude));
			// An emptied bucket is removed, which voids its claims.
			let left = (bucket.funds.amount > 0).then_some(bucket);
			Exits::<T>::set((operator, kind, queued), left);
		}
		let (mut from_pool, mut left) = (0, None);
		if live {
			from_pool = slash(&mut pool.funds, &mut pool.max_magnitude);
			left = Some(Magnitude(pool.max_magnitude));
			if wipes(&pool) {
				Self::wipe(operator, kind, &mut pool);
				left = Some(Magnitude(0));
			}
			Pools::<T>::insert(operator, kind, pool);
		}

		let taken = exits.saturating_add(from_pool);
		if taken > 0 {
			Slashed::<T>::mutate(kind.currency(), |sum| *sum = sum.saturating_add(taken));
			let operator = operator.clone();
			Self::deposit_event(Event::Taken { operator, kind, capture, pool: from_pool, exits });
		}
		ServiceCut { taken, cut: Magnitude(0), left, eras: answered }
	}

	/// Takes `fraction` of everything. Magnitudes are relative to what is left, so they do not change.
	pub(crate) fn do_take(
		operator: &T::AccountId,
		kind: PoolKind,
		fraction: Fraction,
		capture: Era,
	) -> Balance {
		let (part, whole) = (u128::from(fraction.0.min(WAD)), u128::from(WAD));
		let take = |funds: &mut SharePool, _: &mut u64| funds.take(part, whole);
		Self::slash_parts(operator, kind, capture, take, |_| part == whole).taken
	}

	/// Takes `fraction` of `magnitude` from each part that answers, at most the magnitude that is left of that part.
	/// See [`SlashAllocated::take_allocated`](mainstay_primitives::traits::SlashAllocated::take_allocated).
	pub(crate) fn do_take_allocated(
		operator: &T::AccountId,
		kind: PoolKind,
		magnitude: Magnitude,
		fraction: Fraction,
		capture: Era,
		whole: bool,
	) -> ServiceCut {
		// The live pool comes last: its cut is the one that counts.
		let mut last = Magnitude(0);
		let take = |funds: &mut SharePool, max: &mut u64| {
			let (taken, cut) = cut(funds, max, magnitude, fraction, whole);
			last = cut;
			taken
		};
		let done = Self::slash_parts(operator, kind, capture, take, |pool| pool.max_magnitude == 0);
		ServiceCut { cut: last, ..done }
	}
}
