//! Rewards that are due, payments, and the return of serving a set: see
//! [`RewardsApi`](mainstay_primitives::runtime_api::rewards).

use super::{services::stakes, staking::last_eras};
use crate::{configs::clock::EraMillis, AvsRegistry, OperatorDelegation, Rewards, Runtime, Staking};
use alloc::{collections::BTreeMap, vec::Vec};
use frame_support::traits::Get;
use mainstay_primitives::{
	runtime_api::{
		operators::PositionKey, rewards::*, staking::EraReward, Account, Money, Page, Return, MAX_PAGE,
	},
	traits::{EraClock, InspectPools, OperatorSets},
	AccountId, Balance, Currency, Era, OperatorSetId,
};
use mainstay_rewards::{
	share, weight, Credit, EraRewards, MaxCurrencies, PayoutAccounts, Stream, StreamId, Streams, StreamsOf,
};
use sp_core::U256;

fn money(amounts: impl IntoIterator<Item = (Currency, Balance)>) -> Vec<Money> {
	let mut money: Vec<_> = amounts.into_iter().map(Money::from).collect();
	money.sort_by_key(|money| money.currency);
	money
}

/// The rewards that an account can collect.
pub fn due(who: AccountId, after: Option<PositionKey>, limit: u32) -> DueRewards {
	let limit = limit.clamp(1, MAX_PAGE);
	let after = after.map(|last| (last.operator.0, last.kind));
	// One more, to know whether there is a next page.
	let positions = OperatorDelegation::positions(&who, after, limit.saturating_add(1)).into_iter();
	let entries = positions.map(|(operator, kind, position)| {
		(PositionKey { operator: operator.clone().into(), kind }, (operator, kind, position))
	});
	let Page { items, next } = Page::of(entries, limit);
	let of_position = |(operator, kind, position): (AccountId, _, mainstay_primitives::Position)| {
		let earned = Rewards::unsettled(&who, &operator, kind, &position);
		(!earned.is_empty()).then(|| PositionDue { operator: operator.into(), kind, earned: money(earned) })
	};
	let positions = Page { items: items.into_iter().filter_map(of_position).collect(), next };
	let currencies = MaxCurrencies::<Runtime>::get() as usize;
	DueRewards {
		to: Account(PayoutAccounts::<Runtime>::get(&who).unwrap_or_else(|| who.clone())),
		credit: money(Credit::<Runtime>::iter_prefix(&who).take(currencies)),
		positions,
	}
}

/// What an era paid to its validators; `None` if it is not stored.
pub fn era_reward(era: Era) -> Option<EraReward> {
	EraRewards::<Runtime>::get(era).map(|reward| EraReward {
		era,
		pot: reward.pot.into(),
		points: reward.points,
		paid: reward.paid.into(),
	})
}

/// The streams of a set, in the order in which they were opened.
fn streams_of(set: OperatorSetId) -> impl Iterator<Item = (StreamId, Stream<AccountId>)> {
	let ids = StreamsOf::<Runtime>::get(set).into_iter();
	ids.filter_map(|id| Streams::<Runtime>::get(id).map(|stream| (id, stream)))
}

/// The streams of payments to a set.
pub fn streams(set: OperatorSetId) -> Option<Vec<StreamDetails>> {
	if !AvsRegistry::exists(set) {
		return None;
	}
	let now = Staking::active();
	let streams = streams_of(set).map(|(id, stream)| {
		let (owed, ends) = (stream.owed(now), stream.ends());
		StreamDetails {
			id,
			set,
			payer: stream.payer.into(),
			currency: stream.currency.into(),
			rate: stream.rate.into(),
			funds: stream.funds.into(),
			owed: owed.into(),
			ends,
			notice: stream.notice,
			stopped: stream.until.is_some(),
		}
	});
	Some(streams.collect())
}

/// The return of a set: its payments, relative to the stake that it can slash now.
pub fn set_return(set: OperatorSetId, eras: Era) -> Option<SetReturn> {
	if !AvsRegistry::exists(set) {
		return None;
	}
	let range = last_eras(eras, Staking::active());
	// By currency: the payments in these eras, and what streams pay for one era.
	let mut currencies: BTreeMap<Currency, (Balance, Balance)> = BTreeMap::new();
	for paid in range.clone().filter_map(|era| Rewards::paid_in(set, era)) {
		for (currency, amount) in paid.amounts {
			let (sum, _) = currencies.entry(currency).or_default();
			*sum = sum.saturating_add(amount);
		}
	}
	for (_, stream) in streams_of(set) {
		let (_, rates) = currencies.entry(stream.currency).or_default();
		*rates = rates.saturating_add(stream.rate);
	}

	let stakes = stakes(set);
	let total = stakes
		.iter()
		.fold(U256::zero(), |sum, (_, multiplier, stake)| sum.saturating_add(weight(*multiplier, *stake)));
	let (counted, millis) = (range.end.saturating_sub(range.start), EraMillis::get());
	let paid = currencies.into_iter().map(|(currency, (amount, rates))| {
		let kinds = stakes.iter().map(|(kind, multiplier, stake)| {
			let earned = share(amount, weight(*multiplier, *stake), total);
			let stake = stake.saturating_mul(counted.into());
			KindReturn { kind: *kind, whole: Return::of(earned, stake, counted, millis) }
		});
		PaidReturn {
			currency: currency.into(),
			amount: amount.into(),
			streams: rates.into(),
			kinds: kinds.collect(),
		}
	});
	Some(SetReturn { from: range.start, until: range.end.saturating_sub(1), paid: paid.collect() })
}
