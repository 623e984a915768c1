//! Random actions of several accounts in random order: no coin votes for two of them.

use super::*;
use frame_support::{storage::with_storage_layer, traits::Currency};
use mainstay_primitives::AccountId;
use proptest::prelude::*;
use std::collections::BTreeMap;

/// The accounts that act. All have a [`PURSE`], and the first two are the operators.
const ACTORS: core::ops::RangeInclusive<u8> = 1..=5;
/// Rounding takes less than this from an account in one test: a few shares. A share is worth at most all of [`PAYER`]'s purse
/// divided by the least shares of a position, 10^9 units.
const DUST: Balance = STAY / 4;

/// Amounts are in percent of what the account can vote with or has there; more than 100 must fail. An exit is from one of the
/// account's positions, by number, and a claim is of all its exits.
#[derive(Clone, Debug)]
enum Action {
	Vote { who: u8, poll: u8, conviction: u8, percent: u128 },
	Delegate { who: u8, class: u8, to: u8, percent: u128 },
	Undelegate { who: u8, class: u8 },
	RemoveVote { who: u8, poll: u8 },
	Unlock { who: u8, class: u8 },
	EndPoll { poll: u8, approved: bool },
	Deposit { who: u8, operator: u8, kind: PoolKind, percent: u128 },
	OptIn { who: u8, operator: u8, percent: u128 },
	Exit { who: u8, nth: usize, percent: u128 },
	Claim { who: u8 },
	Renew { who: u8 },
	Slash { operator: u8, kind: PoolKind, fraction: u64, back: Era },
	Reward { operator: u8, amount: Balance },
	Transfer { from: u8, to: u8, percent: u128 },
	TransferAll { from: u8, to: u8 },
	Fee { who: u8 },
	Reserve { who: u8, percent: u128 },
	Unreserve { who: u8, percent: u128 },
	Repatriate { from: u8, to: u8, percent: u128 },
	NextEra,
	Blocks(u64),
}

fn action() -> impl Strategy<Value = Action> {
	use Action::*;
	let who = || ACTORS;
	let operator = || prop_oneof![3 => Just(NORTH), 1 => Just(SOUTH)];
	let kind = || prop_oneof![Just(PoolKind::Stake), Just(PoolKind::Native)];
	let percent = || prop_oneof![4 => 1..=100u128, 4 => Just(100), 1 => Just(101)];
	let fraction = || prop_oneof![4 => 1..=WAD, 1 => Just(WAD), 1 => 1..1_000u64];
	let poll = || 0..6u8;
	prop_oneof![
		14 => (who(), poll(), 0..3u8, percent())
			.prop_map(|(who, poll, conviction, percent)| Vote { who, poll, conviction, percent }),
		3 => (who(), 0..2u8, who(), percent())
			.prop_map(|(who, class, to, percent)| Delegate { who, class, to, percent }),
		2 => (who(), 0..2u8).prop_map(|(who, class)| Undelegate { who, class }),
		5 => (who(), poll()).prop_map(|(who, poll)| RemoveVote { who, poll }),
		4 => (who(), 0..2u8).prop_map(|(who, class)| Unlock { who, class }),
		1 => (poll(), any::<bool>()).prop_map(|(poll, approved)| EndPoll { poll, approved }),
		10 => (who(), operator(), kind(), percent())
			.prop_map(|(who, operator, kind, percent)| Deposit { who, operator, kind, percent }),
		3 => (who(), operator(), percent())
			.prop_map(|(who, operator, percent)| OptIn { who, operator, percent }),
		10 => (who(), 0..4usize, percent()).prop_map(|(who, nth, percent)| Exit { who, nth, percent }),
		10 => who().prop_map(|who| Claim { who }),
		4 => who().prop_map(|who| Renew { who }),
		2 => (operator(), kind(), fraction(), 0..4u32)
			.prop_map(|(operator, kind, fraction, back)| Slash { operator, kind, fraction, back }),
		5 => (operator(), 1..=50 * STAY).prop_map(|(operator, amount)| Reward { operator, amount }),
		8 => (who(), who(), percent()).prop_map(|(from, to, percent)| Transfer { from, to, percent }),
		2 => (who(), who()).prop_map(|(from, to)| TransferAll { from, to }),
		2 => who().prop_map(|who| Fee { who }),
		2 => (who(), percent()).prop_map(|(who, percent)| Reserve { who, percent }),
		2 => (who(), percent()).prop_map(|(who, percent)| Unreserve { who, percent }),
		2 => (who(), who(), percent()).prop_map(|(from, to, percent)| Repatriate { from, to, percent }),
		6 => Just(NextEra),
		3 => (1..25u64).prop_map(Blocks),
	]
}

fn part(whole: Balance, percent: u128) -> Balance {
	whole / 100 * percent + whole % 100 * percent / 100
}

/// Performs the action. Errors if the chain refuses it; it has then changed nothing.
fn act(action: Action) -> DispatchResult {
	match action {
		Action::Vote { who, poll, conviction, percent } => {
			let conviction = Conviction::try_from(conviction).unwrap();
			try_vote_with(who, poll, conviction, part(votes(who), percent))
		},
		Action::Delegate { who, class, to, percent } => {
			try_delegate(who, class, to, part(votes(who), percent))
		},
		Action::Undelegate { who, class } => send(who, conviction::Call::<Test>::undelegate { class }),
		Action::RemoveVote { who, poll } => remove_vote(who, poll),
		Action::Unlock { who, class } => {
			unlock(who, class);
			Ok(())
		},
		Action::EndPoll { poll, approved } => {
			if Polls::get()[&poll].2.is_none() {
				end(poll, approved);
			}
			Ok(())
		},
		Action::Deposit { who, operator, kind, percent } => with_storage_layer(|| {
			let amount = part(free(who), percent);
			OperatorDelegation::deposit(&account(who), &account(operator), kind, amount, 0)
		}),
		Action::OptIn { who, operator, percent } => with_storage_layer(|| {
			let (who, operator) = (account(who), account(operator));
			let value = OperatorDelegation::position_value(who.clone(), operator.clone(), PoolKind::Stake);
			OperatorDelegation::opt_in(&who, &operator, leaving(value, percent), 0)
		}),
		Action::Exit { who, nth, percent } => {
			let positions: Vec<_> = delegation::Positions::<Test>::iter_key_prefix((account(who),)).collect();
			let Some((operator, kind)) = positions.get(nth % positions.len().max(1)).cloned() else {
				return Ok(());
			};
			let value = OperatorDelegation::position_value(account(who), operator.clone(), kind);
			send(who, delegation::Call::<Test>::exit { operator, kind, amount: leaving(value, percent) })
		},
		Action::Claim { who } => {
			let owner = account(who);
			let claims: Vec<_> = delegation::Claims::<Test>::iter_key_prefix((&owner,)).collect();
			for (operator, kind, queued) in claims {
				let claim = delegation::Call::<Test>::claim { owner: owner.clone(), operator, kind, queued };
				let _ = send(STRANGER, claim);
			}
			Ok(())
		},
		Action::Renew { who } => send(STRANGER, Call::renew { who: account(who) }),
		Action::Slash { operator, kind, fraction, back } => {
			let capture = Now::get().saturating_sub(back);
			OperatorDelegation::take(&account(operator), kind, Fraction(fraction), capture);
			Ok(())
		},
		Action::Reward { operator, amount } => with_storage_layer(|| {
			OperatorDelegation::compound(&account(operator), &account(PAYER), amount).map(drop)
		}),
		Action::Transfer { from, to, percent } => transfer(from, to, part(free(from), percent)),
		Action::TransferAll { from, to } => {
			let dest = account(to);
			send(from, pallet_balances::Call::<Test>::transfer_all { dest, keep_alive: false })
		},
		Action::Fee { who } => pay_fee(who),
		Action::Reserve { who, percent } => with_storage_layer(|| {
			<Balances as ReservableCurrency<_>>::reserve(&account(who), part(free(who), percent))
		}),
		Action::Unreserve { who, percent } => {
			<Balances as ReservableCurrency<_>>::unreserve(&account(who), part(reserved(who), percent));
			Ok(())
		},
		Action::Repatriate { from, to, percent } => with_storage_layer(|| {
			let (amount, status) =
				(part(reserved(from), percent), frame_support::traits::BalanceStatus::Free);
			let (from, to) = (account(from), account(to));
			<Balances as ReservableCurrency<_>>::repatriate_reserved(&from, &to, amount, status).map(drop)
		}),
		Action::NextEra => {
			Now::mutate(|now| *now += 1);
			Ok(())
		},
		Action::Blocks(count) => {
			System::set_block_number(System::block_number() + count);
			Ok(())
		},
	}
}

fn leaving(value: Balance, percent: u128) -> ExitAmount {
	match percent {
		100 => ExitAmount::All,
		_ => ExitAmount::Value(part(value, percent)),
	}
}

fn reserved(who: u8) -> Balance {
	<Balances as ReservableCurrency<_>>::reserved_balance(&account(who))
}

/// An account's nominal lock, freeze, stake, free balance and votes.
#[derive(Clone, Copy, Debug)]
struct State {
	nominal: Balance,
	frozen: Balance,
	staked: Balance,
	free: Balance,
	votes: Balance,
}

fn state(who: u8) -> State {
	let (nominal, frozen, staked) = standing(who);
	State { nominal, frozen, staked, free: free(who), votes: votes(who) }
}

/// The balances with which `who` votes and delegates now, and those whose conviction lasts.
fn cast(who: &AccountId) -> Vec<Balance> {
	let of = |class| conviction::VotingFor::<Test>::get(who, class).locked_balance();
	[0u8, 1].map(of).to_vec()
}

/// What each actor has lost by slashes since it has a lock, by number.
type Losses = BTreeMap<u8, Balance>;

/// Performs an action, and checks what it did to every account.
fn step(action: &Action, losses: &mut Losses) {
	let before: BTreeMap<u8, State> = ACTORS.map(|who| (who, state(who))).collect();
	let done = act(action.clone());
	let mut locked: Balance = 0;
	for who in ACTORS {
		let (old, new) = (before[&who], state(who));
		let State { nominal, frozen, staked, .. } = new;
		let total = <Balances as Currency<_>>::total_balance(&account(who));

		if let Action::Slash { .. } = action {
			*losses.entry(who).or_default() += old.staked - staked;
			assert_eq!((old.nominal, old.frozen), (nominal, frozen), "a slash changes no lock");
		}
		if nominal == 0 {
			losses.remove(&who);
		}
		let lost = losses.get(&who).copied().unwrap_or(0);

		// Every coin of every vote is there: frozen, staked, or slashed since.
		assert!(frozen + staked + lost + DUST >= nominal, "{who} has {new:?} and lost {lost}");
		assert!(frozen <= nominal && frozen <= total, "{who} has {new:?}");
		let cast = cast(&account(who));
		assert!(cast.iter().all(|votes| *votes <= nominal), "{who} has {new:?} and votes {cast:?}");
		locked += nominal;

		// Only votes and claims freeze anything, and no more than they need.
		let most = match action {
			Action::Vote { who: voter, percent, .. } | Action::Delegate { who: voter, percent, .. }
				if *voter == who && done.is_ok() =>
			{
				let votes = part(old.votes, *percent);
				assert!(votes <= old.votes && votes <= frozen + staked, "{who} voted {votes}: {new:?}");
				old.frozen.max(votes.saturating_sub(staked))
			},
			Action::Claim { who: owner } if *owner == who => old.frozen + (new.free - old.free),
			_ => old.frozen,
		};
		assert!(frozen <= most, "{who} had {old:?} and has {new:?}");
	}

	let lost: Balance = losses.values().sum();
	let all = Balances::total_issuance();
	assert!(locked <= all + lost + DUST, "{locked} locked of {all}, {lost} were slashed");
	StakeVoting::do_try_state().unwrap();
	OperatorDelegation::do_try_state().unwrap();
}

proptest! {
	#![proptest_config(ProptestConfig::with_cases(150))]

	#[test]
	fn no_coin_votes_for_two_accounts(actions in prop::collection::vec(action(), 1..120)) {
		new_test_ext().execute_with(|| {
			ExitDelay::set(1);
			let mut losses = Losses::new();
			for action in &actions {
				step(action, &mut losses);
			}

			// When all votes are removed and no conviction lasts, nothing is locked any more.
			for who in ACTORS {
				for class in 0..2 {
					let _ = send(who, conviction::Call::<Test>::undelegate { class });
				}
				for poll in 0..6 {
					let _ = remove_vote(who, poll);
				}
			}
			System::set_block_number(System::block_number() + 32 * LOCKING_PERIOD);
			for who in ACTORS {
				for class in 0..2 {
					unlock(who, class);
				}
				let State { nominal, frozen, .. } = state(who);
				assert_eq!((nominal, frozen), (0, 0), "{who}");
			}
			assert_eq!(Locks::<Test>::iter().count(), 0);
		});
	}

	/// Without slashes, all locks together are never more than all coins.
	#[test]
	fn without_slashes_all_locks_are_backed(actions in prop::collection::vec(action(), 1..80)) {
		new_test_ext().execute_with(|| {
			ExitDelay::set(1);
			let mut losses = Losses::new();
			for action in actions.iter().filter(|action| !matches!(action, Action::Slash { .. })) {
				step(action, &mut losses);
				assert!(losses.values().all(|lost| *lost == 0));
			}
		});
	}
}
