//! What governance may not do, how a referendum is stopped, and what an opponent cannot prevent.

use crate::hall::*;
use codec::Encode;
use frame_support::{
	assert_ok,
	traits::{
		fungible::Inspect,
		schedule::{
			v3::{Anon, Named},
			DispatchTime,
		},
		StorePreimage,
	},
};
use mainstay_economy_tests::services::account;
use mainstay_origins::Origin;
use mainstay_primitives::{rolled_back, Balance, BlockNumber, Currency, Income, STAY};
use mainstay_runtime::{
	configs::{
		agenda::{LatePlaces, KEPT, PLACES},
		governance::SmallSpend,
		tracks::{self, SUBMISSION_DEPOSIT},
	},
	Balances, OriginCaller, Preimage, Referenda, Runtime, RuntimeCall, RuntimeOrigin, Scheduler, System,
};
use mainstay_treasury::{Error, Received};
use pallet_referenda::{DecidingCount, ReferendumInfo};
use sp_keyring::Sr25519Keyring::{Bob, Charlie, Dave, Eve, Ferdie};
use sp_runtime::{traits::Dispatchable, DispatchError};

fn remark() -> RuntimeCall {
	frame_system::Call::<Runtime>::remark { remark: vec![] }.into()
}

fn reserved() -> Balance {
	Balances::reserved_balance(Ferdie.to_account_id())
}

fn decision_deposit(id: u16) -> Balance {
	tracks::track(id, &mainstay_staking::Parameters::<Runtime>::get()).expect("a track").decision_deposit
}

#[test]
fn a_cancelled_referendum_gives_its_deposits_back() {
	run(|chain| {
		let victim = propose(chain, Ferdie, root(), remark());
		let deposits = SUBMISSION_DEPOSIT + decision_deposit(tracks::ROOT);
		assert_eq!(reserved(), deposits);
		let cancel = pallet_referenda::Call::<Runtime>::cancel { index: victim };
		let index = propose(chain, Eve, Origin::ReferendumCanceller, cancel);
		vote_all(chain, index, true, &CROWD);
		assert_ok!(enacted(chain, index).1);
		assert!(matches!(info(victim), ReferendumInfo::Cancelled(..)));
		chain.block(|| {
			assert_ok!(Referenda::refund_decision_deposit(signed(Bob), victim));
			assert_ok!(Referenda::refund_submission_deposit(signed(Bob), victim));
		});
		assert_eq!(reserved(), 0);
		assert_eq!(DecidingCount::<Runtime>::get(tracks::ROOT), 0, "its place is free");
	});
}

#[test]
fn a_killed_referendum_loses_its_deposits_to_the_treasury() {
	run(|chain| {
		let victim = propose(chain, Ferdie, root(), remark());
		let deposits = reserved();
		let kill = |index| pallet_referenda::Call::<Runtime>::kill { index };
		// The track that cancels does not kill.
		let wrong = propose(chain, Eve, Origin::ReferendumCanceller, kill(victim));
		let index = propose(chain, Eve, Origin::ReferendumKiller, kill(victim));
		vote_all(chain, wrong, true, &CROWD);
		vote_all(chain, index, true, &CROWD);
		assert!(enacted(chain, wrong).1.is_err());
		assert!(matches!(info(victim), ReferendumInfo::Ongoing(_)));
		assert_ok!(enacted(chain, index).1);
		assert!(matches!(info(victim), ReferendumInfo::Killed(_)));
		assert_eq!(reserved(), 0);
		assert_eq!(Received::<Runtime>::get(Income::Bond, Currency::Native), deposits);
	});
}

#[test]
fn root_takes_back_an_approved_call_before_it_takes_effect() {
	run(|chain| {
		let call = mainstay_staking::Call::<Runtime>::set_min_self_stake { amount: 7 };
		let index = propose(chain, Ferdie, Origin::Parameters, call);
		vote_all(chain, index, true, &CROWD);
		approved(chain, index);
		chain.submit(|| Scheduler::cancel_named(RuntimeOrigin::root(), enactment(index)));
		(0..20).for_each(|_| chain.block(|| {}));
		assert_ne!(mainstay_staking::MinSelfStake::<Runtime>::get(), 7);
	});
}

/// Otherwise holders of a few percent of all STAY could leave their own validators alone in the set, in less than an exit
/// delay.
#[test]
fn a_referendum_on_parameters_opens_the_validator_set_and_shuts_nobody_out() {
	type Call = mainstay_staking::Call<Runtime>;
	run(|chain| {
		let (count, least) = (
			mainstay_staking::ValidatorCount::<Runtime>::get(),
			mainstay_staking::MinSelfStake::<Runtime>::get(),
		);
		let opens =
			[Call::set_validator_count { count: count + 1 }, Call::set_min_self_stake { amount: least - 1 }];
		let shuts =
			[Call::set_validator_count { count: count - 1 }, Call::set_min_self_stake { amount: least + 1 }];
		chain.block(|| {
			let send = |call: Call, origin: RuntimeOrigin| {
				rolled_back(|| RuntimeCall::from(call).dispatch(origin))
					.map(|_| ())
					.map_err(|failed| failed.error)
			};
			for call in opens.clone() {
				assert_eq!(send(call, Origin::Parameters.into()), Ok(()));
			}
			for call in shuts.clone() {
				assert_eq!(send(call, Origin::Parameters.into()), Err(DispatchError::BadOrigin));
			}
			for call in opens.into_iter().chain(shuts) {
				assert_eq!(send(call, RuntimeOrigin::root()), Ok(()));
			}
		});
	});
}

/// The motion stays, and so does the whitelisted call.
#[test]
fn a_decision_is_not_used_up_by_sending_it_deep_inside_of_other_calls() {
	run(|chain| {
		let close = RuntimeCall::TechnicalCommittee(pallet_collective::Call::close {
			proposal_hash: Default::default(),
			index: 0,
			proposal_weight_bound: Default::default(),
			length_bound: 0,
		});
		let whitelisted = pallet_whitelist::Call::<Runtime>::dispatch_whitelisted_call_with_preimage {
			call: Box::new(remark()),
		};
		chain.block(|| {
			for call in [close, whitelisted.into()] {
				let within = |calls: usize| {
					let nested = (0..calls).fold(call.clone(), |call, _| {
						pallet_utility::Call::<Runtime>::as_derivative { index: 0, call: Box::new(call) }
							.into()
					});
					rolled_back(|| nested.dispatch(signed(Bob))).expect_err("nothing was decided").error
				};
				let filtered = frame_system::Error::<Runtime>::CallFiltered.into();
				assert_ne!(within(0), filtered);
				assert_ne!(within(8), filtered);
				assert_eq!(within(20), filtered);
			}
		});
	});
}

/// Pays a number of amounts to new accounts.
fn payments(amounts: &[Balance]) -> Vec<RuntimeCall> {
	let pay = |(n, amount): (usize, &Balance)| {
		let to = account(&format!("receiver {n}"));
		mainstay_treasury::Call::<Runtime>::spend { currency: Currency::Native, amount: *amount, to }.into()
	};
	amounts.iter().enumerate().map(pay).collect()
}

#[test]
fn a_batch_of_small_payments_is_no_larger_than_one() {
	type Utility = pallet_utility::Call<Runtime>;
	run(|chain| {
		chain.block(|| fill_treasury(1_000_000 * STAY));
		let most = SmallSpend::get();
		let spent = || mainstay_treasury::Spent::<Runtime>::get(Currency::Native);
		let nested = |amounts: &[Balance]| {
			let inner = |amount: &Balance| Utility::force_batch { calls: payments(&[*amount]) }.into();
			Utility::force_batch { calls: amounts.iter().map(inner).collect() }
		};
		let half = most / 2 + 1;
		// Each call, what it spends, and whether it succeeds as a whole.
		let cases: [(RuntimeCall, Balance, bool); 7] = [
			(payments(&[most]).remove(0), most, true),
			(payments(&[most + 1]).remove(0), 0, false),
			(Utility::batch_all { calls: payments(&[half, half]) }.into(), 0, false),
			(Utility::batch { calls: payments(&[half, half, 1]) }.into(), half, true),
			(Utility::force_batch { calls: payments(&[half, half, most - half]) }.into(), most, true),
			(nested(&[half, half, most - half, STAY]).into(), most, true),
			(Utility::batch_all { calls: payments(&[most / 2, most / 2]) }.into(), most, true),
		];
		for (n, (call, expected, succeeds)) in cases.into_iter().enumerate() {
			let before = spent();
			let index = propose(chain, Ferdie, Origin::SmallSpender, call);
			vote_all(chain, index, true, &CROWD);
			let (_, result) = enacted(chain, index);
			assert_eq!(result.is_ok(), succeeds, "{n}: {result:?}");
			assert_eq!(spent() - before, expected, "{n}");
		}
	});
}

#[test]
fn large_payments_and_assets_have_a_track_of_their_own() {
	run(|chain| {
		chain.block(|| fill_treasury(1_000_000 * STAY));
		let to = account("a builder");
		let spend = |currency, amount| mainstay_treasury::Call::<Runtime>::spend {
			currency,
			amount,
			to: account("a builder"),
		};
		let asset = propose(chain, Ferdie, Origin::SmallSpender, spend(Currency::WithId(1), 1));
		let large = propose(chain, Ferdie, Origin::BigSpender, spend(Currency::Native, 900_000 * STAY));
		vote_all(chain, asset, true, &CROWD);
		vote_all(chain, large, true, &CROWD);
		let (_, refused) = enacted(chain, asset);
		assert_eq!(
			refused.map_err(sp_runtime::DispatchError::stripped),
			Err(sp_runtime::DispatchError::from(Error::<Runtime>::OnlyStay).stripped())
		);
		assert_ok!(enacted(chain, large).1);
		assert_eq!(Balances::balance(&to), 900_000 * STAY);
	});
}

/// However many an opponent submits, a dispute does not wait for a place.
#[test]
fn all_disputes_are_decided_at_once() {
	run(|chain| {
		let mut all = vec![];
		chain.block(|| {
			for n in 0..100 {
				let cancel = mainstay_slashing::Call::<Runtime>::cancel { id: n };
				let index = submit(Ferdie, Origin::SlashDisputes, cancel);
				assert_ok!(Referenda::place_decision_deposit(signed(Ferdie), index));
				all.push(index);
			}
		});
		(0..3).for_each(|_| chain.block(|| {}));
		for index in all {
			match info(index) {
				ReferendumInfo::Ongoing(status) => {
					assert!(status.deciding.is_some() && !status.in_queue, "{index}");
				},
				other => panic!("{other:?}"),
			}
		}
	});
}

/// Fills the agendas of these blocks, the places of enactments included.
fn fill(blocks: impl Iterator<Item = BlockNumber>) {
	type Late = LatePlaces;
	let call = || Preimage::bound(remark()).expect("short");
	let now = System::block_number();
	for block in blocks {
		for _ in 0..PLACES - KEPT {
			let when = DispatchTime::At(block);
			let placed = <Late as Anon<BlockNumber, RuntimeCall, OriginCaller>>::schedule(
				when,
				None,
				128,
				root(),
				call(),
			);
			assert_ok!(placed);
		}
		for n in 0..KEPT {
			let id = sp_io::hashing::blake2_256(&(block, n, now).encode());
			let when = DispatchTime::At(block);
			let placed = <Late as Named<BlockNumber, RuntimeCall, OriginCaller>>::schedule_named(
				id,
				when,
				None,
				63,
				root(),
				call(),
			);
			assert_ok!(placed);
		}
	}
}

/// An approval frees the place in its track by an alarm in the next block, and schedules its call. A former version lost both
/// where four agendas in a row were full, and the track was closed for good.
#[test]
fn full_agendas_delay_a_referendum_and_stop_no_track() {
	run(|chain| {
		let call = mainstay_staking::Call::<Runtime>::set_min_self_stake { amount: 7 };
		let index = propose(chain, Ferdie, Origin::Parameters, call);
		vote_all(chain, index, true, &[Bob, Charlie, Dave, Eve, Ferdie]);
		let confirms = loop {
			chain.block(|| {});
			let ReferendumInfo::Ongoing(status) = info(index) else { panic!("it has support") };
			if let Some(at) = status.deciding.and_then(|deciding| deciding.confirming) {
				break at;
			}
		};
		let track = tracks::track(tracks::PARAMETERS, &mainstay_staking::Parameters::<Runtime>::get());
		let enactment = confirms + track.expect("a track").min_enactment_period;
		// Its alarm is set already: full are the block after it, and that of the enactment, with three more each.
		chain.block(|| fill((confirms + 1..confirms + 4).chain(enactment..enactment + 4)));
		assert_eq!(approved(chain, index), confirms);
		let (at, result) = enacted(chain, index);
		assert_ok!(result);
		assert!(at > enactment + 3 && at <= enactment + 1 + 256, "{at}");
		assert_eq!(mainstay_staking::MinSelfStake::<Runtime>::get(), 7);
		for _ in 0..256 {
			if DecidingCount::<Runtime>::get(tracks::PARAMETERS) == 0 {
				return;
			}
			chain.block(|| {});
		}
		panic!("the track has no place any more");
	});
}
