//! Slashes for offences in block production and finality.

use crate::*;
use frame_support::{defensive, dispatch::DispatchClass, traits::Get, weights::Weight};
use mainstay_primitives::{
	pool::mul_div,
	traits::{EraClock, SlashPools},
	Balance, Era, Fraction, PoolKind, SlashId, WAD,
};
use pallet_session::SessionInterface;
use sp_runtime::Perbill;
use sp_staking::{
	offence::{OffenceDetails, OffenceSeverity, OnOffenceHandler},
	SessionIndex,
};

/// The ratio of `WAD` to the whole of a `Perbill`.
const WAD_PER_BILLIONTH: u64 = WAD / 1_000_000_000;

impl<T: Config> Pallet<T> {
	/// Takes `fraction` (parts of `WAD`) of all native stake that backed `operator` in era `capture`, and returns
	/// what was taken. This is the execution of a consensus slash; checks belong to its report.
	pub fn slash_consensus(operator: &T::AccountId, fraction: u64, capture: Era) -> Balance {
		PoolKind::CONSENSUS.iter().fold(0, |sum: Balance, kind| {
			sum.saturating_add(T::Pools::take(operator, *kind, Fraction(fraction), capture))
		})
	}

	/// Queues a slash of `fraction` for an offence in era `capture`, or raises the existing one.
	///
	/// Errors: [`Error::BadFraction`], [`Error::CaptureInFuture`], [`Error::CaptureTooOld`].
	pub fn report_consensus(operator: &T::AccountId, fraction: u64, capture: Era) -> Result<(), Error<T>> {
		Self::ensure_fraction(fraction)?;
		Self::ensure_in_time(capture, 0)?;
		let known = Offences::<T>::get(capture, operator).unwrap_or_default();
		if fraction <= known.fraction {
			return Ok(());
		}

		let part = raise(known.settled, fraction);
		let id = match known.pending {
			Some(id) => {
				Self::raise_pending(id, part);
				id
			},
			None => {
				Self::enqueue(operator, Lane::Consensus { fraction: part }, capture, Self::deferral(capture))
			},
		};
		Offences::<T>::insert(capture, operator, ConsensusOffence { fraction, pending: Some(id), ..known });
		Ok(())
	}

	fn raise_pending(id: SlashId, new: u64) {
		Slashes::<T>::mutate(id, |slash| {
			let Some(slash) = slash else {
				defensive!("an offence names a slash that is not pending");
				return;
			};
			let Lane::Consensus { fraction } = &mut slash.lane else {
				defensive!("an offence names a service's slash");
				return;
			};
			let old = core::mem::replace(fraction, new);
			Self::deposit_event(Event::SlashRaised { id, old, new });
		});
	}

	/// Notes that the slash of an offence was executed or cancelled. From now on a raise is a further slash.
	pub(crate) fn consensus_dequeued(slash: &Slash<T::AccountId>) {
		Offences::<T>::mutate(slash.capture, &slash.operator, |offence| {
			let Some(offence) = offence else { return };
			offence.settled = offence.fraction;
			offence.pending = None;
		});
	}

	/// Eras until a slash with this capture era is executed: [`Config::ConsensusDeferral`], or fewer so that it falls
	/// due while all stake that backed the capture era is still there.
	fn deferral(capture: Era) -> Era {
		let last = capture.saturating_add(T::Clock::exit_delay()).saturating_sub(1);
		T::ConsensusDeferral::get().min(last.saturating_sub(T::Clock::active()))
	}

	/// The fraction that each of `offenders` concurrent offenders of era `era` loses, in parts of `WAD`, if the offence
	/// asks for `fraction`.
	fn capped(fraction: Perbill, offenders: usize, era: Era) -> u64 {
		let asked = u64::from(fraction.deconstruct()).saturating_mul(WAD_PER_BILLIONTH);
		if offenders.saturating_mul(3) <= T::Clock::set_size(era) as usize {
			asked.min(T::ConsensusCap::get())
		} else {
			asked
		}
	}
}

/// The fraction to take of what `before` left, so that both together take `after`: `(after - before) / (1 - before)`,
/// in parts of `WAD`.
fn raise(before: u64, after: u64) -> u64 {
	let (more, rest) = (after.saturating_sub(before), WAD.saturating_sub(before));
	mul_div(more.into(), WAD.into(), rest.into()).and_then(|part| part.try_into().ok()).unwrap_or(WAD)
}

impl<T: Config> OnOffenceHandler<T::AccountId, (T::AccountId, ()), Weight> for Pallet<T> {
	/// Only queues slashes. It is called with all concurrent offenders whenever there is a further one, so most of them
	/// are already queued.
	fn on_offence(
		offenders: &[OffenceDetails<T::AccountId, (T::AccountId, ())>],
		fractions: &[Perbill],
		session: SessionIndex,
	) -> Weight {
		let era = T::Clock::era_of(session);
		for (details, fraction) in offenders.iter().zip(fractions) {
			let operator = &details.offender.0;
			let queued = era.map(|era| {
				let part = Self::capped(*fraction, offenders.len(), era);
				Self::report_consensus(operator, part, era)
			});
			if era == Some(T::Clock::active()) {
				T::Session::report_offence(operator.clone(), OffenceSeverity(*fraction));
			}
			match queued {
				// An offence with a fraction of 0 still disables the offender.
				Some(Ok(())) | Some(Err(Error::BadFraction)) => {},
				_ => Self::deposit_event(Event::OffenceTooOld { operator: operator.clone(), session }),
			}
		}
		// The weight of a report does not include this handler, and the offences pallet ignores the returned weight.
		let weight = T::WeightInfo::on_offence(offenders.len() as u32);
		frame_system::Pallet::<T>::register_extra_weight_unchecked(weight, DispatchClass::Normal);
		weight
	}
}

#[cfg(test)]
mod tests {
	use super::*;

	#[test]
	fn a_raise_and_what_it_raises_take_as_much_as_one_slash() {
		assert_eq!(raise(0, WAD / 10), WAD / 10);
		assert_eq!(raise(WAD / 2, WAD), WAD);
		assert_eq!(raise(WAD / 5, WAD / 5 * 2), WAD / 4);
		assert_eq!(raise(WAD, WAD), WAD);
	}
}
