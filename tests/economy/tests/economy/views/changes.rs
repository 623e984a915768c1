//! The changes of a block.

use frame_support::{assert_ok, storage::with_storage_layer};
use mainstay_avs_registry::Admission;
use mainstay_economy_tests::{
	chain::{self, Chain},
	services::{account, back, exit, next_era, operator, report, run, run_hooks, serve, service, signed},
};
use mainstay_primitives::{
	runtime_api::{changes::*, slashing::SlashState, Account, Amount},
	traits::EraClock,
	AccountId, Currency, Destination, ExitAmount, NetworkParameters, OperatorSetId, PoolKind, STAY, WAD,
};
use mainstay_rewards::Event as Rewarded;
use mainstay_runtime::{
	views::changes::of_block, AvsRegistry, Block, OperatorDelegation, Restaking, Rewards, Runtime,
	RuntimeEvent, RuntimeOrigin, Slashing, Staking, System,
};
use mainstay_slashing::Slashes;
use sp_keyring::Sr25519Keyring::{self, Alice, Bob, Charlie, Dave, Eve, Ferdie};
use sp_runtime::DispatchError;

const NATIVE: PoolKind = PoolKind::Native;
const SET: OperatorSetId = OperatorSetId { avs: 0, index: 0 };

fn who(key: Sr25519Keyring) -> AccountId {
	key.to_account_id()
}

/// Executes a block, and returns its changes.
fn block(chain: &mut Chain, calls: impl FnOnce()) -> BlockChanges {
	chain.block(calls);
	of_block()
}

/// The changes of a block that changed only these.
fn only(
	pools: &[(Sr25519Keyring, PoolKind)],
	accounts: &[Sr25519Keyring],
	sets: &[OperatorSetId],
) -> BlockChanges {
	let mut pools: Vec<_> = pools.iter().map(|(operator, kind)| (who(*operator), *kind)).collect();
	pools.sort();
	let mut accounts: Vec<Account> = accounts.iter().map(|key| who(*key).into()).collect();
	accounts.sort();
	BlockChanges {
		era: Staking::active(),
		era_began: false,
		slashes: vec![],
		pools: pools
			.into_iter()
			.map(|(operator, kind)| PoolKey { operator: operator.into(), kind })
			.collect(),
		accounts,
		sets: sets.to_vec(),
	}
}

fn pool_key(operator: Sr25519Keyring, kind: PoolKind) -> PoolKey {
	PoolKey { operator: who(operator).into(), kind }
}

/// The changes of slashes: what happened, the id, and whether the slash is pending now.
fn slashes(changes: &BlockChanges) -> Vec<(SlashEvent, u32, bool)> {
	let slash =
		|change: &SlashChange| (change.change, change.slash.id, change.slash.state == SlashState::Pending);
	changes.slashes.iter().map(slash).collect()
}

/// Ferdie is an operator with 1,000 STAY that serves the set of Eve's service with half of it. His commission is 5 %.
fn serve_eve() {
	service(&who(Eve), &who(Eve), &[NATIVE], Destination::Burn, &[(WAD / 2, 1)]);
	operator(&who(Ferdie), 500);
	back(&who(Ferdie), &who(Ferdie), NATIVE, 1_000 * STAY);
	serve(&who(Ferdie), SET, &[(NATIVE, WAD / 2)]);
}

#[test]
fn what_enters_and_leaves_names_its_pool_and_whose_it_is() {
	chain::run("local_testnet", |chain| {
		assert_eq!(of_block(), only(&[], &[], &[]), "genesis");
		assert_eq!(block(chain, || {}), only(&[], &[], &[]));
		let changes = block(chain, || back(&who(Eve), &who(Alice), PoolKind::Stake, 1_000 * STAY));
		assert_eq!(changes, only(&[(Alice, PoolKind::Stake)], &[Eve], &[]));
		let changes = block(chain, || {
			assert_ok!(exit(&who(Eve), &who(Alice), PoolKind::Stake, ExitAmount::Value(400 * STAY)));
			back(&who(Ferdie), &who(Bob), NATIVE, 100 * STAY);
			back(&who(Eve), &who(Alice), PoolKind::Stake, STAY);
		});
		assert_eq!(changes, only(&[(Alice, PoolKind::Stake), (Bob, NATIVE)], &[Eve, Ferdie], &[]));
		let changes = block(chain, || {
			assert_ok!(Restaking::opt_in(signed(&who(Eve)), who(Alice), ExitAmount::All, 0));
		});
		assert_eq!(changes, only(&[(Alice, PoolKind::Stake), (Alice, NATIVE)], &[Eve], &[]));
		// A refused call changes nothing.
		let changes = block(chain, || {
			assert!(exit(&who(Eve), &who(Alice), PoolKind::Stake, ExitAmount::All).is_err());
		});
		assert_eq!(changes, only(&[], &[], &[]));

		chain.to_era(4);
		let changes = block(chain, || {
			let claim =
				OperatorDelegation::claim(signed(&who(Dave)), who(Eve), who(Alice), PoolKind::Stake, 0);
			assert_ok!(claim);
		});
		assert_eq!(changes, only(&[(Alice, PoolKind::Stake)], &[Eve], &[]));
		let changes = block(chain, || {
			assert_ok!(Rewards::collect_all(signed(&who(Dave)), who(Alice), None, u32::MAX, u32::MAX));
			assert_ok!(Rewards::set_payout_account(signed(&who(Bob)), Some(who(Dave))));
		});
		assert_eq!(changes, only(&[], &[Alice, Bob], &[]));
		let api = <Runtime as runtime_decl_for_changes_api::ChangesApi<Block>>::of_block;
		assert_eq!(api(), changes);
	});
}

#[test]
fn an_era_that_begins_and_what_it_pays_are_told_in_their_blocks() {
	chain::run("local_testnet", |chain| {
		chain.block(|| back(&who(Eve), &who(Alice), NATIVE, 1_000 * STAY));
		let mut paid = 0;
		for _ in 0..40 {
			let era = Staking::active();
			let changes = block(chain, || {});
			let now = Staking::active();
			assert_eq!((changes.era, changes.era_began), (now, now > era));
			if changes.pools.is_empty() {
				assert_eq!(BlockChanges { era_began: false, ..changes }, only(&[], &[], &[]));
				continue;
			}
			let all = [Alice, Bob, Charlie, Dave];
			let pools: Vec<_> =
				all.map(|who| (who, PoolKind::Stake)).into_iter().chain([(Alice, NATIVE)]).collect();
			assert_eq!(changes, only(&pools, &all, &[]));
			paid += 1;
		}
		assert_eq!((Staking::active(), paid), (1, 1));
	});
}

#[test]
fn what_a_service_does_names_its_set() {
	chain::run("local_testnet", |chain| {
		let changes = block(chain, || {
			service(&who(Eve), &who(Eve), &[NATIVE], Destination::Burn, &[(WAD / 2, 1)]);
		});
		assert_eq!(changes, only(&[], &[], &[SET]));
		let changes = block(chain, || {
			operator(&who(Ferdie), 500);
			back(&who(Ferdie), &who(Ferdie), NATIVE, 1_000 * STAY);
		});
		assert_eq!(changes, only(&[(Ferdie, NATIVE)], &[Ferdie], &[]));
		// An approved operator is not a member yet.
		let changes = block(chain, || {
			assert_ok!(AvsRegistry::approve(signed(&who(Eve)), SET, who(Ferdie)));
			assert_ok!(AvsRegistry::set_metadata(
				signed(&who(Eve)),
				0,
				Default::default(),
				Default::default()
			));
		});
		assert_eq!(changes, only(&[], &[], &[]));
		let changes = block(chain, || {
			assert_ok!(AvsRegistry::join(signed(&who(Ferdie)), SET));
		});
		assert_eq!(changes, only(&[], &[], &[SET]));
		let changes = block(chain, || {
			assert_ok!(Restaking::allocate(signed(&who(Ferdie)), NATIVE, SET, WAD / 2));
		});
		assert_eq!(changes, only(&[(Ferdie, NATIVE)], &[], &[SET]));
		let other = OperatorSetId { avs: 1, index: 0 };
		let changes = block(chain, || {
			service(&who(Dave), &who(Dave), &[NATIVE], Destination::Burn, &[]);
			assert_ok!(AvsRegistry::set_admission(signed(&who(Eve)), SET, Admission::Paused));
		});
		assert_eq!(changes, only(&[], &[], &[SET, other]));
		let changes = block(chain, || {
			assert_ok!(AvsRegistry::leave(signed(&who(Ferdie)), SET));
		});
		assert_eq!(changes, only(&[], &[], &[SET]));
	});
}

#[test]
fn a_payment_names_the_pools_it_accrues_on_and_who_takes_a_commission() {
	chain::run("local_testnet", |chain| {
		chain.block(serve_eve);
		chain.to_era(1);
		let pay = || {
			let paid = Rewards::pay_set(signed(&who(Bob)), SET, Currency::Native, 10 * STAY);
			assert_ok!(paid);
		};
		let paid = only(&[(Ferdie, NATIVE)], &[Ferdie], &[]);
		assert_eq!(block(chain, pay), paid);
		assert_eq!(block(chain, || [pay, pay].iter().for_each(|pay| pay())), paid);
		let named = vec![(who(Ferdie), STAY)].try_into().unwrap();
		let changes = block(chain, || {
			assert_ok!(Rewards::pay_operators(signed(&who(Bob)), SET, Currency::Native, named));
		});
		assert_eq!(changes, paid);

		let changes = block(chain, || {
			let opened = Rewards::open_stream(signed(&who(Eve)), SET, Currency::Native, STAY, 9 * STAY, 1);
			assert_ok!(opened);
		});
		// The stream pays its first instalment in the block that opens it.
		assert_eq!(changes, only(&[(Ferdie, NATIVE)], &[Ferdie], &[SET]));
		let mut streamed = 0;
		while Staking::active() < 3 {
			let changes = block(chain, || {});
			let is_paid = |event| matches!(event, RuntimeEvent::Rewards(Rewarded::StreamPaid { .. }));
			if System::events().into_iter().any(|record| is_paid(record.event)) {
				assert!(changes.pools.contains(&pool_key(Ferdie, NATIVE)));
				assert!(changes.accounts.contains(&who(Ferdie).into()));
				streamed += 1;
			} else {
				assert!(!changes.pools.contains(&pool_key(Ferdie, NATIVE)));
			}
		}
		assert!(streamed >= 1);
		chain.block(|| {});
		chain.block(|| {});

		let changes = block(chain, || {
			assert_ok!(Rewards::stop_stream(signed(&who(Eve)), 0));
		});
		assert_eq!(changes, only(&[], &[], &[SET]));
		// An operator that is paid and leaves in the same block was paid.
		let changes = block(chain, || {
			pay();
			assert_ok!(AvsRegistry::leave(signed(&who(Ferdie)), SET));
		});
		assert_eq!(changes, only(&[(Ferdie, NATIVE)], &[Ferdie], &[SET]));
	});
}

#[test]
fn the_end_of_a_set_names_what_was_allocated_to_it_and_who_gets_the_rest() {
	chain::run("local_testnet", |chain| {
		chain.block(serve_eve);
		let changes = block(chain, || {
			let opened = Rewards::open_stream(signed(&who(Eve)), SET, Currency::Native, STAY, 90 * STAY, 1);
			assert_ok!(opened);
			assert_ok!(AvsRegistry::wind_down(signed(&who(Eve)), SET));
		});
		// No operator answers in this era, so she gets the instalment back.
		assert_eq!(changes, only(&[], &[Eve], &[SET]));
		chain.to_era(4);
		let changes = block(chain, || {
			assert_ok!(AvsRegistry::close_set(signed(&who(Bob)), SET, 10));
		});
		assert_eq!(changes, only(&[(Ferdie, NATIVE)], &[Eve], &[SET]));
	});
}

#[test]
fn slashes_are_told_in_order_as_they_stand_after_the_block() {
	use SlashEvent::*;
	chain::run("local_testnet", |chain| {
		chain.block(serve_eve);
		chain.to_era(1);
		let tenth = || report(SET, &who(Ferdie), 0, &[(NATIVE, WAD / 10)], 1).expect("it is in time");
		let changes = block(chain, || assert_eq!(tenth(), 0));
		assert_eq!(slashes(&changes), [(Reported, 0, true)]);
		assert_eq!(BlockChanges { slashes: vec![], ..changes }, only(&[], &[], &[]));

		let changes = block(chain, || {
			assert_ok!(Slashing::appeal(signed(&who(Eve)), 0, Default::default()));
		});
		assert_eq!(slashes(&changes), [(Appealed, 0, true)]);
		let slash = &changes.slashes[0].slash;
		// The veto window is one era, and the appeal postpones the slash by the longest window of the chain.
		assert_eq!(
			(slash.due, slash.appeal.as_ref().map(|appeal| appeal.bond)),
			(5, Some(Amount(100 * STAY)))
		);
		assert_eq!(BlockChanges { slashes: vec![], ..changes }, only(&[], &[Eve], &[]));

		let reason = || b"no".to_vec().try_into().unwrap();
		let changes = block(chain, || {
			assert_eq!(tenth(), 1);
			assert_ok!(Slashing::veto(signed(&who(Eve)), 1, reason()));
		});
		assert_eq!(slashes(&changes), [(Reported, 1, false), (Vetoed, 1, false)]);
		let vetoed = SlashState::Vetoed { era: 1, reason: "no".into() };
		assert!(changes.slashes.iter().all(|change| change.slash.state == vetoed));
		let changes = block(chain, || {
			assert_ok!(Slashing::reinstate(RuntimeOrigin::root(), 1, 1));
		});
		assert_eq!(slashes(&changes), [(Reinstated, 1, true)]);
		let changes = block(chain, || {
			assert_eq!(tenth(), 2);
			assert_ok!(Slashing::cancel(RuntimeOrigin::root(), 1));
			for percent in [10, 20] {
				assert!(Slashing::report_consensus(&who(Ferdie), WAD / 100 * percent, 1).is_ok());
			}
		});
		let told = [(Reported, 2, true), (Cancelled, 1, false), (Reported, 3, true), (Raised, 3, true)];
		assert_eq!(slashes(&changes), told);
		assert_eq!(BlockChanges { slashes: vec![], ..changes }, only(&[], &[], &[]));

		// Both slashes fall due in era 2, and are executed in its first blocks in the order of their ids.
		let mut executed = vec![];
		while Slashes::<Runtime>::contains_key(3) {
			let changes = block(chain, || {});
			executed.extend(slashes(&changes));
			if !changes.slashes.is_empty() {
				assert!(changes.pools.contains(&pool_key(Ferdie, NATIVE)));
				assert_eq!(changes.sets, [SET], "the allocation to the set was cut");
				assert!(!changes.accounts.contains(&who(Eve).into()));
			}
		}
		assert_eq!((executed, Staking::active()), (vec![(Executed, 2, false), (Executed, 3, false)], 2));

		while Slashes::<Runtime>::contains_key(0) {
			let changes = block(chain, || {});
			if changes.slashes.is_empty() {
				continue;
			}
			assert_eq!(slashes(&changes), [(Executed, 0, false)]);
			assert!(changes.accounts.contains(&who(Eve).into()), "she lost her bond");
			assert!(changes.pools.contains(&pool_key(Ferdie, NATIVE)));
			assert!(matches!(changes.slashes[0].slash.state, SlashState::Executed { era: 5, .. }));
		}
	});
}

#[test]
fn an_appeal_that_helped_names_who_gets_the_bond_back() {
	chain::run("local_testnet", |chain| {
		chain.block(serve_eve);
		chain.to_era(1);
		chain.block(|| {
			assert_eq!(report(SET, &who(Ferdie), 0, &[(NATIVE, WAD / 10)], 1), Ok(0));
			assert_ok!(Slashing::appeal(signed(&who(Bob)), 0, Default::default()));
		});
		let changes = block(chain, || {
			assert_ok!(Slashing::cancel(RuntimeOrigin::root(), 0));
		});
		assert_eq!(slashes(&changes), [(SlashEvent::Cancelled, 0, false)]);
		assert_eq!(BlockChanges { slashes: vec![], ..changes }, only(&[], &[Bob], &[]));
	});
}

/// Runs hooks without any storage layer, so that every slash fails.
fn hooks_without_layers(layers: u8) {
	if layers == 0 {
		run_hooks();
		return;
	}
	let nested = || {
		hooks_without_layers(layers - 1);
		Ok::<_, DispatchError>(())
	};
	assert_ok!(with_storage_layer(nested));
}

#[test]
fn a_slash_that_fails_is_told_and_told_again_when_it_is_executed() {
	let op = account("op");
	run(NetworkParameters::LOCAL, std::slice::from_ref(&op), || {
		operator(&op, 0);
		back(&op, &op, NATIVE, 1_000 * STAY);
		next_era();
		assert!(Slashing::report_consensus(&op, WAD, 1).is_ok());
		Staking::begin_era(2);
		System::reset_events();
		hooks_without_layers(u8::MAX);
		let changes = of_block();
		assert_eq!(slashes(&changes), [(SlashEvent::Failed, 0, true)]);
		assert!(changes.pools.is_empty());

		System::reset_events();
		assert_ok!(Slashing::execute(signed(&op), 0));
		let changes = of_block();
		assert_eq!(slashes(&changes), [(SlashEvent::Executed, 0, false)]);
		assert_eq!(
			changes.pools,
			[PoolKey { operator: op.clone().into(), kind: NATIVE }],
			"the pool is wiped"
		);
	});
}
