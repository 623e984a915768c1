//! What a deposit pays for a lock on the balance of its sender.

use super::*;
use frame_support::dispatch::GetDispatchInfo;

type Weights = <Test as crate::Config>::WeightInfo;

#[test]
fn the_weight_of_a_lock_is_paid_for_stay_by_those_who_have_one() {
	execute(|| {
		admit();
		Locked::set(vec![account(ALICE)]);
		let most = |kind| {
			let call = Call::restake { operator: account(NORTH), kind, amount: STAY, least_shares: 0 };
			call.get_dispatch_info().call_weight
		};
		let paid = |who: u8, kind| {
			let origin = RuntimeOrigin::signed(account(who));
			Restaking::restake(origin, account(NORTH), kind, STAY, 0).unwrap().actual_weight
		};
		let bare = Weights::restake();
		assert_eq!((most(PoolKind::Native), most(ASSET)), (bare + RENEWAL, bare));
		assert_eq!(paid(ALICE, PoolKind::Native), Some(bare + RENEWAL));
		for (who, kind) in [(BOB, PoolKind::Native), (ALICE, ASSET), (BOB, ASSET)] {
			assert_eq!(paid(who, kind), Some(bare), "{who} {kind:?}");
		}
	});
}
