//! Referenda from their submission to their effect: an asset is admitted, a slash that was appealed is cancelled in time,
//! an upgrade waits until everyone could leave, unless the technical committee lets it pass.

use crate::hall::*;
use frame_support::{assert_noop, assert_ok, traits::fungible::InspectHold};
use mainstay_economy_tests::{
	chain::Chain,
	services::{back, claim, exit, report, serve, service},
};
use mainstay_origins::Origin;
use mainstay_primitives::{
	runtime_api::Account, traits::EraClock, AccountId, AssetId, Currency, Destination, ExitAmount, Income,
	OperatorSetId, PoolKind, SlashId, STAY, WAD,
};
use mainstay_restaking::AssetTerms;
use mainstay_runtime::{
	configs::{
		economy::AppealBond,
		tracks::{appeal_window, exit_delay},
	},
	views, Assets, Balances, ConvictionVoting, Hashing, OperatorDelegation, Restaking, Runtime, RuntimeCall,
	RuntimeHoldReason, RuntimeOrigin, Slashing, Staking, System, Whitelist,
};
use mainstay_slashing::{HoldReason, Outcome, Records, Slashes};
use mainstay_staking::Parameters;
use pallet_conviction_voting::Conviction;
use pallet_referenda::ReferendumInfo;
use sp_keyring::Sr25519Keyring::{Alice, Bob, Charlie, Dave, Eve, Ferdie};
use sp_runtime::{traits::Hash as _, DispatchError};

const NATIVE: PoolKind = PoolKind::Native;
/// An asset of Eve.
const SILVER: AssetId = 7;

fn admit_silver() -> RuntimeCall {
	mainstay_restaking::Call::<Runtime>::add_asset {
		id: SILVER,
		cap: 1_000 * STAY,
		funder: id(Eve),
		trusted: true,
		min_deposit: STAY,
	}
	.into()
}

#[test]
fn a_referendum_admits_an_asset_on_the_track_that_may() {
	run(|chain| {
		chain.block(|| {
			assert_ok!(Assets::create(signed(Eve), SILVER.into(), id(Eve).into(), 1));
			assert_ok!(Assets::mint(signed(Eve), SILVER.into(), id(Eve).into(), SOME));
		});
		let submitted = System::block_number() + 1;
		let wrong = propose(chain, Ferdie, Origin::SmallSpender, admit_silver());
		let right = propose(chain, Ferdie, Origin::Parameters, admit_silver());
		vote_all(chain, wrong, true, &CROWD);
		vote_all(chain, right, true, &CROWD);

		assert_eq!(enacted(chain, wrong).1, Err(DispatchError::BadOrigin));
		assert_eq!(mainstay_restaking::Assets::<Runtime>::get(SILVER), None);
		let (at, result) = enacted(chain, right);
		assert_ok!(result);
		assert!(at - submitted < exit_delay(&Parameters::<Runtime>::get()));
		let terms = AssetTerms { cap: 1_000 * STAY, deposits: true, min_deposit: STAY };
		assert_eq!(mainstay_restaking::Assets::<Runtime>::get(SILVER), Some(terms));

		// Whoever looks at the asset sees that Eve could take it.
		let listed = views::restaking::assets();
		assert_eq!(listed.len(), 1);
		assert_eq!(listed[0].issuers, [Account(id(Eve))]);
		chain.submit(|| Restaking::restake(signed(Eve), id(Alice), PoolKind::Asset(SILVER), STAY, 0));
	});
}

#[test]
fn a_referendum_without_support_is_rejected() {
	run(|chain| {
		let few = propose(chain, Ferdie, Origin::Parameters, admit_silver());
		let split = propose(chain, Ferdie, Origin::Parameters, admit_silver());
		// A small voter is all that the first has, and the second has more nays than ayes.
		let voter = small_voter(chain);
		chain.block(|| {
			let aye = ballot(true, Conviction::Locked6x, SOME);
			assert_ok!(ConvictionVoting::vote(RuntimeOrigin::signed(voter), few, aye));
		});
		vote_all(chain, split, true, &[Alice, Bob]);
		vote_all(chain, split, false, &[Charlie, Dave, Eve]);
		for index in [few, split] {
			assert!(matches!(decided(chain, index), ReferendumInfo::Rejected(..)), "{index}");
		}
	});
}

/// An account with 2,000 STAY.
fn small_voter(chain: &mut Chain) -> AccountId {
	let mut voter = None;
	chain.block(|| voter = Some(newcomer("a small voter", 2 * SOME)));
	voter.expect("it has a balance")
}

/// Lets Alice serve a set of Ferdie, with stake of Eve, from the next era on.
fn serving(chain: &mut Chain) -> OperatorSetId {
	let mut set = None;
	chain.block(|| {
		let conditions = [(WAD / 2, 1)];
		let of_ferdie = service(&id(Ferdie), &id(Ferdie), &[NATIVE], Destination::Burn, &conditions);
		back(&id(Eve), &id(Alice), NATIVE, SOME);
		serve(&id(Alice), of_ferdie, &[(NATIVE, WAD)]);
		set = Some(of_ferdie);
	});
	chain.to_era(Staking::active() + 2);
	set.expect("it was created")
}

/// Reports Alice for a tenth of era `capture`, and lets Eve appeal in the last block in which she can.
fn appealed(chain: &mut Chain, set: OperatorSetId, capture: u32) -> SlashId {
	let mut slash = 0;
	chain.block(|| slash = report(set, &id(Alice), 0, &[(NATIVE, WAD / 10)], capture).expect("in time"));
	let due = Slashes::<Runtime>::get(slash).expect("pending").due;
	before_last_of_era(chain);
	chain.submit(|| Slashing::appeal(signed(Eve), slash, Default::default()));
	assert_eq!(Staking::active() + 1, due, "the next block would execute it");
	slash
}

#[test]
fn a_referendum_cancels_a_slash_that_was_appealed_in_the_last_block_that_could() {
	run(|chain| {
		let set = serving(chain);
		let slash = appealed(chain, set, Staking::active());
		let held = || Balances::balance_on_hold(&RuntimeHoldReason::Slashing(HoldReason::Appeal), &id(Eve));
		assert_eq!(held(), AppealBond::get());
		let window = appeal_window(&Parameters::<Runtime>::get());
		let appealed_at = System::block_number();

		// Nobody agrees before half of the decision period has gone.
		let cancel = mainstay_slashing::Call::<Runtime>::cancel { id: slash };
		let index = propose(chain, Ferdie, Origin::SlashDisputes, cancel);
		(0..15).for_each(|_| chain.block(|| {}));
		vote_all(chain, index, true, &[Charlie, Dave]);
		let (at, result) = enacted(chain, index);
		assert_ok!(result);
		assert!(2 * (at - appealed_at) <= window, "{at}");
		assert!(!Slashes::<Runtime>::contains_key(slash));
		let record = Records::<Runtime>::get(Staking::active(), slash).expect("it is decided");
		assert_eq!(record.outcome, Outcome::Cancelled);
		assert_eq!(held(), 0, "the bond is released");
		assert!(OperatorDelegation::value_of(&id(Eve), &id(Alice), NATIVE) > SOME - STAY);
	});
}

#[test]
fn a_slash_that_stake_does_not_cancel_is_executed_and_the_bond_is_lost() {
	run(|chain| {
		let set = serving(chain);
		let slash = appealed(chain, set, Staking::active());
		let due = Slashes::<Runtime>::get(slash).expect("pending").due;
		let cancel = mainstay_slashing::Call::<Runtime>::cancel { id: slash };
		let index = propose(chain, Ferdie, Origin::SlashDisputes, cancel);
		vote_all(chain, index, false, &[Charlie, Dave]);
		vote_all(chain, index, true, &[Eve]);
		assert!(matches!(decided(chain, index), ReferendumInfo::Rejected(..)));
		assert!(Staking::active() < due);
		chain.to_era(due);
		assert!(matches!(
			Records::<Runtime>::get(due, slash).map(|record| record.outcome),
			Some(Outcome::Executed(_))
		));
		let bonds = mainstay_treasury::Received::<Runtime>::get(Income::Bond, Currency::Native);
		assert_eq!(bonds, AppealBond::get());
	});
}

/// An exit after the approval is filed under the era that begins next at the latest. The last slash that can hold it is
/// reported as late as it can be, and appealed as late as it can be.
#[test]
fn whoever_disagrees_with_an_upgrade_can_leave_before_it_even_if_a_slash_holds_them() {
	run(|chain| {
		let set = serving(chain);
		let index = propose(chain, Ferdie, root(), authorize());
		vote_all(chain, index, true, &CROWD);
		let approved = approved(chain, index);
		assert_eq!(authorized(), None);

		chain.submit(|| exit(&id(Eve), &id(Alice), NATIVE, ExitAmount::All));
		let queued = Staking::planned();
		let delay = Staking::exit_delay();
		// The condition's window is one era, so the report is in time until two eras before the exit delay is over.
		let last = queued + delay - 2;
		if Staking::active() < last {
			chain.to_era(last);
		}
		let slash = appealed(chain, set, queued);
		let due = Slashes::<Runtime>::get(slash).expect("pending").due;
		assert_eq!(due, queued + delay - 1 + Parameters::<Runtime>::get().max_veto_window);
		chain.to_era(queued + delay);
		chain.block(|| assert!(claim(&id(Eve), &id(Alice), NATIVE, queued).is_err(), "the slash holds it"));
		chain.to_era(due);
		assert_eq!(authorized(), None, "the upgrade waits");
		chain.submit(|| claim(&id(Eve), &id(Alice), NATIVE, queued));
		let left = System::block_number();

		let (at, result) = enacted(chain, index);
		assert_ok!(result);
		assert_eq!(authorized(), Some(code()));
		assert!(left < at && at - approved > exit_delay(&Parameters::<Runtime>::get()));
	});
}

#[test]
fn what_the_committee_whitelists_needs_a_referendum_and_then_takes_hours() {
	run(|chain| {
		let hash = Hashing::hash_of(&authorize());
		// No member alone, and no committee without a referendum.
		let whitelist = || pallet_whitelist::Call::<Runtime>::whitelist_call { call_hash: hash };
		let dispatch = || pallet_whitelist::Call::<Runtime>::dispatch_whitelisted_call_with_preimage {
			call: Box::new(authorize()),
		};
		chain.block(|| {
			assert_noop!(Whitelist::whitelist_call(signed(Alice), hash), DispatchError::BadOrigin);
		});
		assert_ok!(committee_sends(chain, whitelist()));
		assert_eq!(committee_sends(chain, authorize()), Err(DispatchError::BadOrigin));
		assert!(committee_sends(chain, dispatch()).is_err());
		assert_eq!(authorized(), None);

		let submitted = System::block_number() + 1;
		let index = propose(chain, Ferdie, Origin::WhitelistedCaller, dispatch());
		vote_all(chain, index, true, &CROWD);
		let (at, result) = enacted(chain, index);
		assert_ok!(result);
		assert_eq!(authorized(), Some(code()));
		assert!(at - submitted <= 10, "a twelfth of the exit delay: {}", at - submitted);
	});
}

#[test]
fn a_call_that_was_approved_first_waits_for_the_committee() {
	run(|chain| {
		let hash = Hashing::hash_of(&authorize());
		let call = pallet_whitelist::Call::<Runtime>::dispatch_whitelisted_call_with_preimage {
			call: Box::new(authorize()),
		};
		let index = propose(chain, Ferdie, Origin::WhitelistedCaller, call);
		vote_all(chain, index, true, &CROWD);
		assert_ok!(enacted(chain, index).1);
		assert_eq!(authorized(), None, "it is not whitelisted");
		let anyone =
			|| Whitelist::dispatch_whitelisted_call_with_preimage(signed(Eve), Box::new(authorize()));
		chain.block(|| {
			let refused = anyone().expect_err("not yet").error;
			assert_eq!(refused, pallet_whitelist::Error::<Runtime>::CallIsNotWhitelisted.into());
		});
		assert_ok!(committee_sends(
			chain,
			pallet_whitelist::Call::<Runtime>::whitelist_call { call_hash: hash }
		));
		chain.submit(anyone);
		assert_eq!(authorized(), Some(code()));
	});
}
