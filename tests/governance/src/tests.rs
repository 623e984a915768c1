//! Every privileged call, sent by every permitted origin and by other origins.

use crate::mock::*;
use frame_support::{assert_noop, assert_ok};
use mainstay_primitives::{
	traits::EraClock, Balance, Currency, Destination, Era, Income, OperatorSetId, PoolKind, Resolver,
	SlashId, STAY, WAD,
};
use mainstay_slashing::Slashes;
use sp_runtime::{DispatchError, DispatchResult};

/// The operator set of [`CITIZEN`]'s service.
const SET: OperatorSetId = OperatorSetId { avs: 0, index: 0 };
/// Slashes in the [`prepared`] state: a pending one for consensus, a pending one of the service, and a vetoed one.
const CONSENSUS: SlashId = 0;
const SERVICE: SlashId = 1;
const VETOED: SlashId = 2;
/// The era of the [`prepared`] state, in which the operator's allocations bind.
const NOW: Era = 2;

/// A call, and the number of council members that it needs.
struct Privileged {
	needs: u8,
	call: RuntimeCall,
}

/// Every privileged call of our pallets, in an order in which all of them succeed on the [`prepared`] state.
fn privileged() -> Vec<Privileged> {
	let calls = [
		(TWO_THIRDS, set_validator_count(5)),
		(TWO_THIRDS, mainstay_staking::Call::set_min_self_stake { amount: STAY }.into()),
		(TWO_THIRDS, add_asset()),
		(TWO_THIRDS, mainstay_restaking::Call::set_asset { id: GOLD, cap: 5, deposits: false }.into()),
		(TWO_THIRDS, cancel(CONSENSUS)),
		(TWO_THIRDS, mainstay_slashing::Call::reinstate { id: VETOED, vetoed: NOW }.into()),
		(MAJORITY, spend(STAY)),
	];
	calls.map(|(needs, call)| Privileged { needs, call }).into()
}

fn set_validator_count(count: u32) -> RuntimeCall {
	mainstay_staking::Call::set_validator_count { count }.into()
}

fn add_asset() -> RuntimeCall {
	let funder = account(CITIZEN);
	let min_deposit = ExistentialDeposit::get();
	mainstay_restaking::Call::add_asset { id: GOLD, cap: Balance::MAX, funder, trusted: false, min_deposit }
		.into()
}

fn cancel(id: SlashId) -> RuntimeCall {
	mainstay_slashing::Call::cancel { id }.into()
}

fn spend(amount: Balance) -> RuntimeCall {
	let (currency, to) = (Currency::Native, account(CITIZEN));
	mainstay_treasury::Call::spend { currency, amount, to }.into()
}

fn veto(id: SlashId) -> RuntimeCall {
	mainstay_slashing::Call::veto { id, reason: Default::default() }.into()
}

/// Creates a service of [`CITIZEN`] with [`OPERATOR`] as its member, whose slashes go to the treasury and can be vetoed
/// by governance. It is era [`NOW`], and there is a slash of each sort.
fn prepared() {
	use mainstay_avs_registry::{Admission, Call as Registry};
	let by = |who, call: RuntimeCall| {
		assert_ok!(send(RuntimeOrigin::signed(account(who)), call));
	};
	let avs = SET.avs;
	by(CITIZEN, Registry::register { name: Default::default(), link: Default::default() }.into());
	let create = Registry::create_set {
		avs,
		kinds: vec![(PoolKind::Native, 1)].try_into().unwrap(),
		admission: Admission::Open,
		min_stake: 0,
		slasher: account(CITIZEN),
		destination: Destination::Treasury,
	};
	by(CITIZEN, create.into());
	let condition = Registry::add_condition {
		set: SET,
		text: Default::default(),
		max_fraction: WAD,
		veto_window: 1,
		resolver: Some(Resolver::Governance),
	};
	by(CITIZEN, condition.into());
	let (operator, kind, amount, least_shares) = (account(OPERATOR), PoolKind::Native, 100 * STAY, 0);
	by(OPERATOR, mainstay_restaking::Call::restake { operator, kind, amount, least_shares }.into());
	by(OPERATOR, mainstay_restaking::Call::allocate { kind, set: SET, magnitude: WAD }.into());
	by(OPERATOR, Registry::join { set: SET }.into());
	to_era(NOW);

	assert!(Slashing::report_consensus(&account(OPERATOR), WAD / 10, NOW).is_ok());
	for _ in [SERVICE, VETOED] {
		let fractions = vec![(PoolKind::Native, WAD / 10)].try_into().unwrap();
		let (set, operator, condition, capture) = (SET, account(OPERATOR), 0, NOW);
		by(CITIZEN, mainstay_slashing::Call::report { set, operator, condition, fractions, capture }.into());
	}
	assert_ok!(send(RuntimeOrigin::root(), veto(VETOED)));
	assert_eq!(pending(), [true, true, false]);
}

/// Whether [`CONSENSUS`], [`SERVICE`] and [`VETOED`] are pending.
fn pending() -> [bool; 3] {
	[CONSENSUS, SERVICE, VETOED].map(Slashes::<Test>::contains_key)
}

/// Begins eras until `era` is active.
fn to_era(era: Era) {
	while Staking::active() < era {
		Staking::begin_era(Staking::active() + 1);
	}
}

/// Asserts that every call of [`privileged`] took effect.
fn assert_all_done() {
	assert_eq!(mainstay_staking::ValidatorCount::<Test>::get(), 5);
	assert_eq!(mainstay_staking::MinSelfStake::<Test>::get(), STAY);
	let terms = mainstay_restaking::Assets::<Test>::get(GOLD).expect("it is admitted");
	assert_eq!((terms.cap, terms.deposits), (5, false));
	assert_eq!(pending(), [false, true, true]);
	assert_eq!(mainstay_treasury::Spent::<Test>::get(Currency::Native), STAY);
}

#[test]
fn root_reaches_every_privileged_call() {
	execute(|| {
		prepared();
		for Privileged { call, .. } in privileged() {
			assert_ok!(send(RuntimeOrigin::root(), call));
		}
		assert_all_done();
	});
}

#[test]
fn so_many_of_the_council_as_are_configured_reach_every_privileged_call() {
	execute(|| {
		prepared();
		for Privileged { needs, call } in privileged() {
			assert_ok!(motion(needs, call));
		}
		assert_all_done();
	});
}

#[test]
fn one_member_less_reaches_none() {
	execute(|| {
		prepared();
		for Privileged { needs, call } in privileged() {
			for ayes in 1..needs {
				let refused = motion(ayes, call.clone());
				assert_eq!(refused, Err(DispatchError::BadOrigin), "{ayes}: {call:?}");
			}
		}
		assert_eq!(mainstay_staking::ValidatorCount::<Test>::get(), 4);
		assert_eq!(mainstay_restaking::Assets::<Test>::count(), 0);
		assert_eq!(pending(), [true, true, false]);
		assert_eq!(mainstay_treasury::Spent::<Test>::iter().count(), 0);
	});
}

#[test]
fn nobody_else_reaches_any() {
	execute(|| {
		prepared();
		// A single member of the council has no power, and neither has the treasury.
		let others = [account(1), account(OPERATOR), account(CITIZEN), Treasury::account()];
		let origins = others.map(RuntimeOrigin::signed).into_iter().chain([RuntimeOrigin::none()]);
		for origin in origins {
			for Privileged { call, .. } in privileged() {
				assert_noop!(send(origin.clone(), call), DispatchError::BadOrigin);
			}
		}
	});
}

#[test]
fn an_origin_of_one_pallet_is_not_anothers() {
	execute(|| {
		prepared();
		assert_ok!(motion(MAJORITY, spend(STAY)));
		for call in [set_validator_count(5), add_asset(), cancel(CONSENSUS)] {
			assert_eq!(motion(MAJORITY, call.clone()), Err(DispatchError::BadOrigin));
			assert_ok!(motion(TWO_THIRDS, call));
		}
		assert_eq!(motion(MINORITY, spend(STAY)), Err(DispatchError::BadOrigin));
	});
}

#[test]
fn what_a_call_refuses_it_refuses_to_the_council_too() {
	fn refused(call: RuntimeCall, error: impl Into<DispatchError>) {
		let expected: DispatchResult = Err(error.into());
		// An error that is encoded in an event loses its text.
		assert_eq!(
			motion(COUNCIL as u8, call).map_err(DispatchError::stripped),
			expected.map_err(DispatchError::stripped)
		);
	}
	execute(|| {
		refused(cancel(7), mainstay_slashing::Error::<Test>::UnknownSlash);
		refused(set_validator_count(6), mainstay_staking::Error::<Test>::BadValidatorCount);
		refused(spend(0), mainstay_treasury::Error::<Test>::NothingToSpend);
		assert_ok!(motion(TWO_THIRDS, add_asset()));
		refused(add_asset(), mainstay_restaking::Error::<Test>::AssetExists);
	});
}

#[test]
fn the_council_spends_an_asset_down_to_the_least_balance() {
	execute(|| {
		assert_ok!(motion(TWO_THIRDS, add_asset()));
		let treasury = Treasury::account();
		assert_eq!(Assets::balance(GOLD, &treasury), 1, "admission opens the account");
		assert_ok!(Assets::transfer(RuntimeOrigin::signed(account(CITIZEN)), GOLD, treasury, STAY));
		let (currency, to) = (Currency::WithId(GOLD), account(50));
		assert_eq!(Treasury::balance_of(currency.clone()), STAY);
		assert_ok!(motion(MAJORITY, mainstay_treasury::Call::spend { currency, amount: STAY, to }.into()));
		assert_eq!(Assets::balance(GOLD, account(50)), STAY);
		assert_eq!(Assets::balance(GOLD, TreasuryAccount::get()), 1);
	});
}

#[test]
fn governance_vetoes_where_a_condition_names_it() {
	execute(|| {
		prepared();
		for ayes in 1..TWO_THIRDS {
			assert_eq!(motion(ayes, veto(SERVICE)), Err(DispatchError::BadOrigin));
		}
		let stranger = RuntimeOrigin::signed(account(1));
		assert_noop!(send(stranger, veto(SERVICE)), mainstay_slashing::Error::<Test>::NotResolver);
		assert_ok!(motion(TWO_THIRDS, veto(SERVICE)));
		assert_eq!(pending(), [true, false, false]);
	});
}

#[test]
fn what_is_slashed_to_the_treasury_is_booked_and_the_councils_to_spend() {
	execute(|| {
		prepared();
		to_era(NOW + 1);
		let received = || mainstay_treasury::Received::<Test>::get(Income::Slash, Currency::Native);
		assert_eq!((received(), Treasury::balance_of(Currency::Native)), (0, PURSE));
		let execute = mainstay_slashing::Call::execute { id: SERVICE };
		assert_ok!(send(RuntimeOrigin::signed(account(CITIZEN)), execute.into()));
		assert_eq!((received(), Treasury::balance_of(Currency::Native)), (10 * STAY, PURSE + 10 * STAY));
		assert_ok!(motion(MAJORITY, spend(PURSE + 10 * STAY)));
		assert_eq!(Treasury::balance_of(Currency::Native), 0);
	});
}
