//! The clock, the validators, and their rewards: see [`StakingApi`](mainstay_primitives::runtime_api::staking).

use super::rewards::era_reward;
use crate::{Balances, OperatorDelegation, Runtime, Session, Staking};
use alloc::vec::Vec;
use core::ops::Range;
use frame_support::traits::{fungible::Inspect, DisabledValidators, ValidatorRegistration};
use mainstay_primitives::{
	pool::mul_div,
	runtime_api::{staking::*, Return},
	traits::{EraClock, InspectOperators, InspectPools},
	AccountId, Balance, Era, BPS,
};
use mainstay_rewards::{Due, EraRewards};
use mainstay_staking::{
	Barred, Candidates, EraPoints, EraStakes, EraValidators, MinSelfStake, Parameters as Network, Silent,
	ValidatorCount,
};

/// The maximum number of eras from which a return is computed.
const MAX_ERAS: Era = 84;

/// The first era whose validators, points and rewards are stored.
fn oldest() -> Era {
	Staking::active().saturating_add(1).saturating_sub(Network::<Runtime>::get().history)
}

/// The last `eras` stored eras before `end`, at least one and at most [`MAX_ERAS`], if there are that many.
pub(crate) fn last_eras(eras: Era, end: Era) -> Range<Era> {
	let first = end.saturating_sub(eras.clamp(1, MAX_ERAS)).max(oldest());
	first.min(end)..end
}

/// The running era, and the chain's economy in it.
pub fn era() -> EraStatus {
	let running = Staking::active_era();
	let network = Network::<Runtime>::get();
	let stakes = EraStakes::<Runtime>::get(running.index);
	EraStatus {
		era: running.index,
		start: running.start,
		millis: network.era_millis(),
		session: Session::current_index(),
		sessions: network.era_sessions,
		validators: Staking::set_size(running.index),
		stake: stakes.iter().fold(0, |sum: Balance, stake| sum.saturating_add(*stake)).into(),
		candidates: Candidates::<Runtime>::count(),
		validator_count: ValidatorCount::<Runtime>::get(),
		min_self_stake: MinSelfStake::<Runtime>::get().into(),
		issuance: <Balances as Inspect<_>>::total_issuance().into(),
		last: (oldest()..running.index).rev().find_map(era_reward),
	}
}

/// The parameters of the network, which genesis sets.
pub fn parameters() -> Parameters {
	let network = Network::<Runtime>::get();
	Parameters {
		slot_millis: network.slot_millis,
		session_slots: network.session_slots,
		era_sessions: network.era_sessions,
		exit_delay: network.exit_delay,
		max_veto_window: network.max_veto_window,
		consensus_deferral: network.consensus_deferral,
		allocation_delay: network.allocation_delay,
		commission_delay: network.commission_delay,
		deallocation_delay: network.deallocation_delay,
		terms_delay: network.terms_delay,
		max_leverage: network.max_leverage,
		least_validators: network.least_validators,
		min_deposit: network.min_deposit.into(),
		history: network.history,
		seat_fraction: network.seat_fraction,
	}
}

/// The validators of an era, with their points and rewards.
pub fn validators(era: Era) -> Vec<EraValidator> {
	let (stakes, reward) = (EraStakes::<Runtime>::get(era), EraRewards::<Runtime>::get(era));
	let of_era = EraValidators::<Runtime>::get(era).into_iter().enumerate();
	let validators = of_era.map(|(place, operator)| {
		let points = EraPoints::<Runtime>::get(era, &operator);
		EraValidator {
			operator: operator.into(),
			stake: stakes.get(place).copied().unwrap_or(0).into(),
			points,
			reward: reward.as_ref().map(|reward| reward.share(points).into()),
		}
	});
	validators.collect()
}

/// The status of an operator as a validator.
pub fn validator(operator: AccountId) -> Option<ValidatorStatus> {
	if !OperatorDelegation::is_operator(&operator) {
		return None;
	}
	let now = Staking::active();
	let planned = EraValidators::<Runtime>::get(now.saturating_add(1));
	let place = Session::validators().iter().position(|who| *who == operator);
	Some(ValidatorStatus {
		candidate: Candidates::<Runtime>::contains_key(&operator),
		active: EraValidators::<Runtime>::get(now).contains(&operator),
		next: (!planned.is_empty()).then(|| planned.contains(&operator)),
		has_keys: Session::is_registered(&operator),
		disabled: place.is_some_and(|place| Session::is_disabled(place as u32)),
		self_stake: OperatorDelegation::self_stake(&operator).into(),
		stake: OperatorDelegation::native_stake(&operator).into(),
		points: EraPoints::<Runtime>::get(now, &operator),
		silent: Silent::<Runtime>::get(&operator),
		barred: Some(Barred::<Runtime>::get(&operator)).filter(|until| *until > now),
	})
}

/// The return of an operator as a validator: its rewards, relative to the stake that elected it.
pub fn validator_return(operator: AccountId, eras: Era) -> Option<ValidatorReturn> {
	let commission = OperatorDelegation::commission_of(&operator)?;
	let now = Staking::active();
	// Of the eras that are over, only the last can be unpaid.
	let paid = Due::<Runtime>::get().map_or(now, |due| due.era.min(now));
	let range = last_eras(eras, paid);
	let (mut served, mut counted) = (0u32, 0u32);
	let (mut stake, mut whole, mut delegators): (Balance, Balance, Balance) = (0, 0, 0);
	for era in range.clone() {
		let validators = EraValidators::<Runtime>::get(era);
		let Some(place) = validators.iter().position(|who| *who == operator) else { continue };
		served = served.saturating_add(1);
		// Without a stored stake, the reward of that era cannot be related to anything.
		let Some(elected) = EraStakes::<Runtime>::get(era).get(place).copied() else { continue };
		counted = counted.saturating_add(1);
		let points = EraPoints::<Runtime>::get(era, &operator);
		let share = EraRewards::<Runtime>::get(era).map_or(0, |reward| reward.share(points));
		let taken = mul_div(share, commission.into(), BPS.into()).unwrap_or(0);
		stake = stake.saturating_add(elected);
		whole = whole.saturating_add(share);
		delegators = delegators.saturating_add(share.saturating_sub(taken));
	}
	let millis = Network::<Runtime>::get().era_millis();
	Some(ValidatorReturn {
		from: range.start,
		until: range.end.saturating_sub(1),
		served,
		commission,
		whole: Return::of(whole, stake, counted, millis),
		delegators: Return::of(delegators, stake, counted, millis),
	})
}
