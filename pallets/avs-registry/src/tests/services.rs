//! Registration, names, ownership with its deposit, deregistration.

use super::*;

fn service_of(owner: u8) -> Avs<AccountId> {
	Avs { owner: account(owner), next_owner: None, deposit: DEPOSIT, approvals: 0, sets: 0, next_set: 0 }
}

fn offer(who: u8, next_owner: Option<u8>) -> DispatchResult {
	send(who, Call::transfer_ownership { avs: 0, next_owner: next_owner.map(account) })
}

fn accept(who: u8) -> DispatchResult {
	send(who, Call::accept_ownership { avs: 0 })
}

fn deregister(who: u8, avs: AvsId) -> DispatchResult {
	send(who, Call::deregister { avs })
}

#[test]
fn registering_holds_the_deposit_and_gives_the_next_id() {
	execute(|| {
		assert_ok!(register(OWNER));
		assert_eq!(events(), [Event::AvsRegistered { avs: 0, owner: account(OWNER) }]);
		assert_eq!(Avses::<Test>::get(0), Some(service_of(OWNER)));
		let metadata = Metadata::<Test>::get(0).unwrap();
		assert_eq!(
			(&metadata.name[..], &metadata.link[..]),
			(&b"Oracle"[..], &b"https://oracle.example"[..])
		);
		assert_eq!((held(OWNER), Balances::balance(&account(OWNER))), (DEPOSIT, PURSE - DEPOSIT));

		assert_ok!(register(OWNER));
		assert_ok!(register(STRANGER));
		assert_eq!(
			(Avses::<Test>::get(1), Avses::<Test>::get(2)),
			(Some(service_of(OWNER)), Some(service_of(STRANGER)))
		);
		assert_eq!((held(OWNER), held(STRANGER)), (2 * DEPOSIT, DEPOSIT));
	});
}

#[test]
fn registering_takes_the_deposit_and_an_id() {
	execute(|| {
		assert_noop!(register(PAUPER), TokenError::FundsUnavailable);
		NextAvsId::<Test>::put(AvsId::MAX);
		assert_noop!(register(OWNER), ArithmeticError::Overflow);
	});
}

#[test]
fn metadata_is_the_owners_to_set() {
	execute(|| {
		let set = |who, avs| send(who, Call::set_metadata { avs, name: text(b"Bridge"), link: text(b"") });
		assert_noop!(set(OWNER, 0), Error::UnknownAvs);
		assert_ok!(register(OWNER));
		events();
		assert_noop!(set(STRANGER, 0), Error::NotOwner);
		assert_ok!(set(OWNER, 0));
		assert_eq!(events(), [Event::MetadataSet { avs: 0 }]);
		assert_eq!(Metadata::<Test>::get(0), Some(AvsMetadata { name: text(b"Bridge"), link: text(b"") }));
	});
}

#[test]
fn ownership_passes_in_two_steps_and_takes_its_deposit_along() {
	execute(|| {
		assert_ok!(register(OWNER));
		events();
		assert_ok!(offer(OWNER, Some(STRANGER)));
		assert_eq!(events(), [Event::OwnershipOffered { avs: 0, next_owner: Some(account(STRANGER)) }]);
		let offered = Avs { next_owner: Some(account(STRANGER)), ..service_of(OWNER) };
		assert_eq!(Avses::<Test>::get(0), Some(offered));
		assert_eq!((held(OWNER), held(STRANGER)), (DEPOSIT, 0));

		assert_ok!(accept(STRANGER));
		let (old, new) = (account(OWNER), account(STRANGER));
		assert_eq!(events(), [Event::OwnershipTransferred { avs: 0, old, new }]);
		assert_eq!(Avses::<Test>::get(0), Some(service_of(STRANGER)));
		assert_eq!((held(OWNER), held(STRANGER)), (0, DEPOSIT));
		assert_eq!(Balances::balance(&account(OWNER)), PURSE);
		assert_noop!(deregister(OWNER, 0), Error::NotOwner);
		assert_noop!(accept(STRANGER), Error::NotNextOwner);
	});
}

#[test]
fn only_the_other_services_deposits_stay_with_the_old_owner() {
	execute(|| {
		assert_ok!(register(OWNER));
		assert_ok!(register(OWNER));
		assert_ok!(offer(OWNER, Some(STRANGER)));
		assert_ok!(accept(STRANGER));
		assert_eq!((held(OWNER), held(STRANGER)), (DEPOSIT, DEPOSIT));
	});
}

#[test]
fn an_offer_is_replaced_or_taken_back() {
	execute(|| {
		assert_ok!(register(OWNER));
		assert_ok!(offer(OWNER, Some(STRANGER)));
		assert_ok!(offer(OWNER, Some(SLASHER)));
		assert_noop!(accept(STRANGER), Error::NotNextOwner);
		events();
		assert_ok!(offer(OWNER, None));
		assert_eq!(events(), [Event::OwnershipOffered { avs: 0, next_owner: None }]);
		assert_noop!(accept(SLASHER), Error::NotNextOwner);
		assert_eq!(Avses::<Test>::get(0), Some(service_of(OWNER)));
	});
}

#[test]
fn ownership_is_offered_by_the_owner_to_another_who_can_pay() {
	execute(|| {
		assert_noop!(offer(OWNER, Some(STRANGER)), Error::UnknownAvs);
		assert_noop!(accept(STRANGER), Error::UnknownAvs);
		assert_ok!(register(OWNER));
		assert_noop!(offer(STRANGER, Some(STRANGER)), Error::NotOwner);
		assert_noop!(offer(OWNER, None), Error::NoChange);
		assert_noop!(offer(OWNER, Some(OWNER)), Error::NoChange);
		assert_noop!(accept(STRANGER), Error::NotNextOwner);
		assert_ok!(offer(OWNER, Some(STRANGER)));
		assert_noop!(offer(OWNER, Some(STRANGER)), Error::NoChange);

		let balance =
			Balances::reducible_balance(&account(STRANGER), Preservation::Preserve, Fortitude::Polite);
		let (exact, expendable) = (Precision::Exact, Preservation::Preserve);
		let left = balance - DEPOSIT + 1;
		assert_ok!(Balances::burn_from(&account(STRANGER), left, expendable, exact, Fortitude::Polite));
		assert_noop!(accept(STRANGER), TokenError::FundsUnavailable);
		assert_ok!(Balances::mint_into(&account(STRANGER), 1));
		assert_ok!(accept(STRANGER));
	});
}

#[test]
fn deregistering_gives_the_deposit_back_and_never_reuses_an_id() {
	execute(|| {
		assert_ok!(register(OWNER));
		events();
		assert_ok!(deregister(OWNER, 0));
		assert_eq!(events(), [Event::AvsDeregistered { avs: 0 }]);
		assert_eq!((held(OWNER), Balances::balance(&account(OWNER))), (0, PURSE));
		assert_eq!((Avses::<Test>::get(0), Metadata::<Test>::get(0)), (None, None));
		assert_noop!(deregister(OWNER, 0), Error::UnknownAvs);
		assert_ok!(register(OWNER));
		assert!(Avses::<Test>::contains_key(1));
	});
}

#[test]
fn a_service_with_sets_stays() {
	execute(|| {
		service();
		assert_noop!(deregister(STRANGER, 0), Error::NotOwner);
		assert_noop!(deregister(OWNER, 0), Error::HasSets);
	});
}

#[test]
fn calls_are_signed() {
	execute(|| {
		service();
		let none = RuntimeOrigin::none;
		let account = account(STRANGER);
		assert_noop!(AvsRegistry::register(none(), text(b""), text(b"")), DispatchError::BadOrigin);
		assert_noop!(AvsRegistry::deregister(RuntimeOrigin::root(), 0), DispatchError::BadOrigin);
		assert_noop!(AvsRegistry::join(none(), SET), DispatchError::BadOrigin);
		assert_noop!(AvsRegistry::leave(none(), SET), DispatchError::BadOrigin);
		assert_noop!(AvsRegistry::eject(RuntimeOrigin::root(), SET, account), DispatchError::BadOrigin);
		assert_noop!(AvsRegistry::wind_down(RuntimeOrigin::root(), SET), DispatchError::BadOrigin);
		let closed = AvsRegistry::close_set(RuntimeOrigin::root(), SET, 1);
		assert_noop!(closed, DispatchError::BadOrigin);
	});
}
