//! The payout of slashed funds to their destination.

use super::*;

fn failed(id: SlashId, kind: PoolKind, error: impl Into<DispatchError>) -> Event {
	Event::PayoutFailed { id, currency: kind.currency(), error: error.into() }
}

/// Executes a slash of a ten-millionth, which is less than the existential deposit.
fn small_slash() -> Balance {
	assert_ok!(Slashing::report_consensus(&account(1), WAD / 10_000_000, 0));
	events();
	begin_era(DEFERRAL);
	STAKE / 10_000_000
}

#[test]
fn slashed_funds_are_burnt_and_counted() {
	execute(|| {
		let issuance = Balances::total_issuance();
		offence(&[1], 5, 0);
		begin_era(DEFERRAL);
		assert_eq!(Balances::total_issuance(), issuance - STAKE / 20);
		assert_eq!(TotalSlashed::<Test>::get(Currency::Native), STAKE / 20);
		assert_eq!(Unpaid::<Test>::iter().count(), 0);
		offence(&[2], 5, 2);
		begin_era(2 * DEFERRAL);
		assert_eq!(TotalSlashed::<Test>::get(Currency::Native), STAKE / 10);
	});
}

#[test]
fn slashed_funds_can_go_to_an_account() {
	execute(|| {
		ConsensusDestination::set(Destination::Account(account(8)));
		let (issuance, before) = (Balances::total_issuance(), Balances::free_balance(account(8)));
		offence(&[1], 5, 0);
		begin_era(DEFERRAL);
		assert_eq!(Balances::free_balance(account(8)), before + STAKE / 20);
		assert_eq!(Balances::total_issuance(), issuance);
	});
}

#[test]
fn a_payout_that_fails_is_kept_and_paid_when_it_can_be() {
	execute(|| {
		ConsensusDestination::set(Destination::Account(account(DEAD)));
		let taken = small_slash();
		assert_eq!(events(), [executed(0, 1, taken), failed(0, PoolKind::Native, TokenError::BelowMinimum)]);
		let destination = Destination::Account(account(DEAD));
		let payout = Payout { amount: taken, destination: destination.clone() };
		assert_eq!(Unpaid::<Test>::get(0, Currency::Native), Some(payout));
		assert_eq!(staked(1), STAKE - taken, "the slash was executed although its payout failed");
		assert_eq!(TotalSlashed::<Test>::get(Currency::Native), taken);
		OperatorDelegation::do_try_state().unwrap();

		assert_noop!(pay_out(0, PoolKind::Native), TokenError::BelowMinimum);
		assert_ok!(Balances::mint_into(&account(DEAD), STAY));
		assert_ok!(pay_out(0, PoolKind::Native));
		assert_eq!(events(), [paid(0, PoolKind::Native, taken, destination)]);
		assert_eq!(Balances::free_balance(account(DEAD)), STAY + taken);
		assert_noop!(pay_out(0, PoolKind::Native), Error::NothingToPay);
	});
}

#[test]
fn a_payout_that_fails_does_not_keep_the_next_slash() {
	execute(|| {
		ConsensusDestination::set(Destination::Account(account(DEAD)));
		assert_ok!(Slashing::report_consensus(&account(2), WAD / 10_000_000, 0));
		offence(&[3], 5, 0);
		begin_era(DEFERRAL);
		assert_eq!(Unpaid::<Test>::iter_keys().collect::<Vec<_>>(), [(0, Currency::Native)]);
		assert_eq!(Balances::free_balance(account(DEAD)), STAKE / 20);
	});
}

#[test]
fn a_slash_that_took_nothing_pays_nothing() {
	execute(|| {
		assert_noop!(pay_out(0, PoolKind::Native), Error::NothingToPay);
		offence(&[9], 5, 0);
		events();
		begin_era(DEFERRAL);
		assert_eq!(events(), [executed(0, 9, 0)]);
		assert_eq!((Unpaid::<Test>::iter().count(), TotalSlashed::<Test>::iter().count()), (0, 0));
	});
}

#[test]
fn what_a_service_slashes_goes_where_its_set_says() {
	let assets = vec![COINS, GEMS];
	let all = vec![COINS, GEMS, PoolKind::Native];
	for (destination, receiver, kinds) in
		[(Destination::Account(account(BOB)), BOB, assets), (Destination::Treasury, 200, all)]
	{
		execute(|| {
			service(destination.clone());
			let served: Vec<_> = kinds.iter().map(|kind| (*kind, 100)).collect();
			serve(1, SET, &served);
			Now::set(1);
			let tenths: Vec<_> = kinds.iter().map(|kind| (*kind, 10)).collect();
			assert_ok!(attest(SET, 1, &tenths, 1));
			// The destination of consensus slashes does not matter here.
			ConsensusDestination::set(Destination::Account(account(ALICE)));
			let owned = |kind: &PoolKind| (balance(receiver, *kind), balance(ALICE, *kind));
			let before: Vec<_> = kinds.iter().map(owned).collect();
			events();
			begin_era(1 + WINDOW);
			let taken = STAKE / 10;
			let parts: Vec<_> = kinds.iter().map(|kind| (*kind, taken)).collect();
			let mut expected = vec![executed_of(0, 1, &parts)];
			expected.extend(kinds.iter().map(|kind| paid(0, *kind, taken, destination.clone())));
			assert_eq!(events(), expected);
			for (kind, (received, alices)) in kinds.iter().zip(before) {
				assert_eq!(owned(kind), (received + taken, alices));
				assert_eq!(TotalSlashed::<Test>::get(kind.currency()), taken);
			}
			assert_eq!(Unpaid::<Test>::iter().count(), 0);
		});
	}
}

/// Runs `test` with a set of an older runtime: it accepts `Native` and gives slashed funds to `to`. Other pallets do
/// not allow such sets any more, so only the states of this pallet and of custody are checked.
fn with_giving_set(to: u8, test: impl FnOnce()) {
	new_test_ext().execute_with(|| {
		service(Destination::Burn);
		registry::Sets::<Test>::mutate(SET, |set| {
			set.as_mut().unwrap().destination = Destination::Account(account(to));
		});
		test();
		Slashing::do_try_state().unwrap();
		OperatorDelegation::do_try_state().unwrap();
	});
}

#[test]
fn native_value_that_a_giving_set_slashes_is_burnt_and_assets_are_given() {
	with_giving_set(BOB, || {
		serve(1, SET, &[(PoolKind::Native, 100), (COINS, 100)]);
		Now::set(1);
		assert_ok!(attest(SET, 1, &[(PoolKind::Native, 10), (COINS, 20)], 1));
		let (coins, stay, issuance) =
			(balance(BOB, COINS), balance(BOB, PoolKind::Native), Balances::total_issuance());
		events();
		begin_era(1 + WINDOW);
		let (native, asset) = (STAKE / 10, STAKE / 5);
		let to = Destination::Account(account(BOB));
		let parts = [(PoolKind::Native, native), (COINS, asset)];
		assert_eq!(events(), [executed_of(0, 1, &parts), burnt(0, native), paid(0, COINS, asset, to)]);
		assert_eq!((balance(BOB, COINS), balance(BOB, PoolKind::Native)), (coins + asset, stay));
		assert_eq!(Balances::total_issuance(), issuance - native);
		assert_eq!(TotalSlashed::<Test>::get(Currency::Native), native);
		assert_eq!(outcome(1 + WINDOW, 0), Some(Outcome::Executed(taken_of(&parts))));
	});
}

#[test]
fn native_value_of_a_giving_set_is_burnt_by_anyones_execute_and_after_an_appeal() {
	with_giving_set(1, || {
		serve(1, SET, &[(PoolKind::Native, 100)]);
		Now::set(1);
		for _ in 0..2 {
			assert_ok!(attest(SET, 1, &[(PoolKind::Native, 50)], 1));
		}
		assert_ok!(appeal(BOB, 1));
		let (own, issuance) = (balance(1, PoolKind::Native), Balances::total_issuance());
		Now::set(1 + WINDOW);
		assert_ok!(execute_slash(0));
		begin_era(1 + WINDOW + APPEAL_WINDOW);
		assert_eq!(pooled(1, PoolKind::Native), STAKE / 4);
		assert_eq!((balance(1, PoolKind::Native), Unpaid::<Test>::iter().count()), (own, 0));
		assert_eq!(Balances::total_issuance(), issuance - STAKE * 3 / 4);
	});
}

/// Operator 1 serves a set that gives slashed funds to `destination`, with all of its pools of every kind that the set
/// accepts. It is reported for `percent` of each. The slash is due in the next block. Returns the kinds.
fn slash_of_every_kind(
	destination: Destination<mainstay_primitives::AccountId>,
	percent: u64,
) -> Vec<PoolKind> {
	service(destination);
	let kinds: Vec<_> = AvsRegistry::kinds(SET).into_iter().map(|(kind, _)| kind).collect();
	let of = |percent: u64| -> Vec<_> { kinds.iter().map(|kind| (*kind, percent)).collect() };
	serve(1, SET, &of(100));
	Now::set(1);
	assert_ok!(attest(SET, 1, &of(percent), 1));
	Now::set(1 + WINDOW);
	events();
	kinds
}

fn freeze(id: u32) {
	assert_ok!(send(200, pallet_assets::Call::<Test>::freeze_asset { id }));
}

fn thaw(id: u32) {
	assert_ok!(send(200, pallet_assets::Call::<Test>::thaw_asset { id }));
}

#[test]
fn a_frozen_asset_is_slashed_and_paid_out_when_it_thaws_and_holds_up_no_other() {
	execute(|| {
		let destination = Destination::Account(account(BOB));
		assert_eq!(slash_of_every_kind(destination.clone(), 10), [COINS, GEMS]);
		freeze(1);
		let before = balance(BOB, COINS);
		next_block();
		let taken = STAKE / 10;
		let kinds = [COINS, GEMS];
		assert_eq!(
			events(),
			[
				executed_of(0, 1, &kinds.map(|kind| (kind, taken))),
				failed(0, COINS, TokenError::Frozen),
				paid(0, GEMS, taken, destination.clone()),
			]
		);
		assert_eq!(pooled(1, COINS), STAKE - taken, "the slash was executed although its payout failed");
		assert_eq!(Unpaid::<Test>::iter_keys().collect::<Vec<_>>(), [(0, Currency::WithId(1))]);
		let record = Outcome::Executed(taken_of(&kinds.map(|kind| (kind, taken))));
		assert_eq!(outcome(1 + WINDOW, 0), Some(record));
		check();

		assert_noop!(pay_out(0, COINS), TokenError::Frozen);
		assert_noop!(pay_out(0, GEMS), Error::NothingToPay);
		thaw(1);
		events();
		assert_ok!(pay_out(0, COINS));
		assert_eq!(events(), [paid(0, COINS, taken, destination)]);
		assert_eq!(balance(BOB, COINS), before + taken);
		assert_noop!(pay_out(0, COINS), Error::NothingToPay);
	});
}

#[test]
fn a_frozen_asset_is_burnt_when_it_thaws() {
	execute(|| {
		slash_of_every_kind(Destination::Burn, 10);
		freeze(2);
		next_block();
		let taken = STAKE / 10;
		let issuance = Assets::total_issuance(2);
		assert_eq!(Unpaid::<Test>::iter_keys().collect::<Vec<_>>(), [(0, Currency::WithId(2))]);
		check();
		thaw(2);
		assert_ok!(pay_out(0, GEMS));
		assert_eq!(Assets::total_issuance(2), issuance - taken);
	});
}

#[test]
fn custody_that_an_assets_issuer_froze_holds_up_no_other_payout() {
	execute(|| {
		slash_of_every_kind(Destination::Treasury, 10);
		let custody = OperatorDelegation::custody();
		let frozen = |freeze: bool| {
			let (id, who) = (1, custody.clone());
			let call = if freeze {
				pallet_assets::Call::<Test>::freeze { id, who }
			} else {
				pallet_assets::Call::<Test>::thaw { id, who }
			};
			assert_ok!(send(200, call));
		};
		frozen(true);
		next_block();
		assert_eq!(Unpaid::<Test>::iter_keys().collect::<Vec<_>>(), [(0, Currency::WithId(1))]);
		check();
		frozen(false);
		assert_ok!(pay_out(0, COINS));
		assert_eq!([PoolKind::Native, COINS, GEMS].map(|kind| balance(200, kind)), [STAKE / 10; 3]);
	});
}

#[test]
fn what_is_below_an_assets_least_balance_waits_for_the_destination_to_have_some() {
	execute(|| {
		// The slash takes a two-thousandth of the stake: half of the minimum balance of gems, and enough of coins.
		let destination = Destination::Account(account(DEAD));
		service(destination.clone());
		serve(1, SET, &[(COINS, 5), (GEMS, 5)]);
		Now::set(1);
		assert_ok!(attest(SET, 1, &[(COINS, 1), (GEMS, 1)], 1));
		events();
		begin_era(1 + WINDOW);
		let taken = STAKE / 2_000;
		assert!(taken < GEM);
		assert_eq!(
			events()[1..],
			[paid(0, COINS, taken, destination.clone()), failed(0, GEMS, TokenError::BelowMinimum),]
		);
		check();
		assert_noop!(pay_out(0, GEMS), TokenError::BelowMinimum);
		let (id, target, amount) = (2, account(DEAD), GEM);
		assert_ok!(send(ALICE, pallet_assets::Call::<Test>::transfer { id, target, amount }));
		assert_ok!(pay_out(0, GEMS));
		assert_eq!(balance(DEAD, GEMS), GEM + taken);
	});
}

#[test]
fn an_asset_that_is_being_destroyed_is_slashed_and_holds_up_no_other_payout() {
	execute(|| {
		slash_of_every_kind(Destination::Treasury, 10);
		assert_ok!(send(200, pallet_assets::Call::<Test>::start_destroy { id: 1 }));
		next_block();
		assert_eq!(Unpaid::<Test>::iter_keys().collect::<Vec<_>>(), [(0, Currency::WithId(1))]);
		assert_eq!([PoolKind::Native, COINS, GEMS].map(|kind| pooled(1, kind)), [STAKE * 90 / 100; 3]);
		assert_noop!(pay_out(0, COINS), TokenError::UnknownAsset);
	});
}

#[test]
fn a_service_that_names_custody_as_its_destination_leaves_the_funds_to_nobody() {
	execute(|| {
		let custody = OperatorDelegation::custody();
		let destination = Destination::Account(custody.clone());
		slash_of_every_kind(destination.clone(), 10);
		let held = |kind: PoolKind| NativeAndAssets::total_balance(kind.currency(), &custody);
		let kinds = [COINS, GEMS];
		let before = kinds.map(held);
		next_block();
		assert_eq!(events()[1..], kinds.map(|kind| paid(0, kind, STAKE / 10, destination.clone())));
		assert_eq!(kinds.map(held), before);
		let unpaid = |kind: PoolKind| delegation::Slashed::<Test>::get(kind.currency());
		assert_eq!((kinds.map(|kind| pooled(1, kind)), kinds.map(unpaid)), ([STAKE * 90 / 100; 2], [0; 2]));
	});
}
