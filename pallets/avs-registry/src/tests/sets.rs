//! Operator sets: creation, and when changed terms bind.

use super::*;

const ASSET: PoolKind = PoolKind::Asset(1);
const OTHER: PoolKind = PoolKind::Asset(2);

fn set_kinds(list: &[(PoolKind, Multiplier)]) -> DispatchResult {
	send(OWNER, Call::set_kinds { set: SET, kinds: kinds(list) })
}

fn accepted() -> Vec<(PoolKind, Multiplier)> {
	AvsRegistry::kinds(SET)
}

fn set_slasher(n: u8) -> DispatchResult {
	send(OWNER, Call::set_slasher { set: SET, slasher: account(n) })
}

fn slasher() -> AccountId {
	AvsRegistry::slasher(SET).unwrap()
}

#[test]
fn a_set_has_the_next_index_and_the_terms_it_was_given() {
	execute(|| {
		assert_ok!(register(OWNER));
		events();
		let create = |first, destination| Call::create_set {
			avs: 0,
			kinds: kinds(&[(ASSET, 3), (first, 2)]),
			admission: Admission::Approved,
			min_stake: 5 * STAY,
			slasher: account(SLASHER),
			destination,
		};
		assert!(!AvsRegistry::exists(SET));
		assert_ok!(send(OWNER, create(PoolKind::Native, Destination::Treasury)));
		assert_eq!(events(), [Event::SetCreated { set: SET }]);
		assert!(AvsRegistry::exists(SET));
		let created = OperatorSet {
			kinds: kinds(&[(PoolKind::Native, 2), (ASSET, 3)]).into(),
			admission: Admission::Approved,
			min_stake: 5 * STAY,
			slasher: account(SLASHER).into(),
			destination: Destination::Treasury,
			conditions: 0,
			next_condition: 0,
			had_members: false,
			until: None,
		};
		assert_eq!(set(), created);
		assert_eq!((accepted(), slasher()), (vec![(PoolKind::Native, 2), (ASSET, 3)], account(SLASHER)));

		assert_ok!(send(OWNER, create(OTHER, Destination::Account(account(3)))));
		let second = OperatorSetId { avs: 0, index: 1 };
		assert_eq!(events(), [Event::SetCreated { set: second }]);
		assert_eq!(AvsRegistry::destination(SET), Some(Destination::Treasury));
		assert_eq!(AvsRegistry::destination(second), Some(Destination::Account(account(3))));
		let service = Avses::<Test>::get(0).unwrap();
		assert_eq!((service.sets, service.next_set), (2, 2));
	});
}

#[test]
fn of_a_set_there_is_not_nothing_is_known() {
	execute(|| {
		service();
		assert!(!AvsRegistry::exists(NOWHERE));
		assert!(AvsRegistry::kinds(NOWHERE).is_empty());
		assert!(<AvsRegistry as OperatorSets<_>>::members(NOWHERE).is_empty());
		assert_eq!(AvsRegistry::slasher(NOWHERE), None);
		assert_eq!(AvsRegistry::destination(NOWHERE), None);
		assert_eq!(AvsRegistry::condition(NOWHERE, 0, 0), None);
		assert!(!AvsRegistry::was_member(NOWHERE, &account(NORTH), 0));
	});
}

#[test]
fn a_set_is_created_by_the_owner_with_kinds_that_may_be_restaked() {
	execute(|| {
		let native = [(PoolKind::Native, 1)];
		assert_noop!(try_create(OWNER, 0, &native, 0), Error::UnknownAvs);
		assert_ok!(register(OWNER));
		assert_noop!(try_create(STRANGER, 0, &native, 0), Error::NotOwner);
		assert_noop!(try_create(OWNER, 0, &[], 0), Error::NoKinds);
		let twice = [(ASSET, 1), (PoolKind::Native, 1), (ASSET, 2)];
		assert_noop!(try_create(OWNER, 0, &twice, 0), Error::DuplicateKind);
		assert_noop!(
			try_create(OWNER, 0, &[(PoolKind::Native, 1), (PoolKind::Stake, 1)], 0),
			Error::NotRestakeable
		);
		assert_noop!(try_create(OWNER, 0, &[(PoolKind::Native, 1), (ASSET, 0)], 0), Error::ZeroMultiplier);
		for _ in 0..4 {
			create();
		}
		assert_noop!(try_create(OWNER, 0, &native, 0), Error::AvsFull);
	});
}

#[test]
fn terms_are_the_owners_to_change_where_there_is_a_set() {
	execute(|| {
		service();
		let (operator, slasher) = (account(NORTH), account(NORTH));
		let calls = |set| {
			let (operator, slasher) = (operator.clone(), slasher.clone());
			let (max_fraction, veto_window, resolver) = (WAD, 0, None);
			[
				Call::set_kinds { set, kinds: kinds(&[(ASSET, 1)]) },
				Call::set_admission { set, admission: Admission::Approved },
				Call::set_min_stake { set, min_stake: 1 },
				Call::set_slasher { set, slasher },
				Call::add_condition { set, text: text(b""), max_fraction, veto_window, resolver: None },
				Call::change_condition { set, id: 0, max_fraction, veto_window, resolver },
				Call::remove_condition { set, id: 0 },
				Call::approve { set, operator: operator.clone() },
				Call::revoke { set, operator: operator.clone() },
				Call::eject { set, operator },
				Call::wind_down { set },
			]
		};
		for call in calls(SET) {
			assert_noop!(send(STRANGER, call), Error::NotOwner);
		}
		for call in calls(NOWHERE) {
			assert_noop!(send(OWNER, call), Error::UnknownSet);
		}
		for call in calls(OperatorSetId { avs: 7, index: 0 }) {
			assert_noop!(send(OWNER, call), Error::UnknownSet);
		}
	});
}

#[test]
fn admission_and_least_stake_bind_at_once() {
	execute(|| {
		served();
		let set_admission = |admission| send(OWNER, Call::set_admission { set: SET, admission });
		assert_noop!(set_admission(Admission::Open), Error::NoChange);
		assert_ok!(set_admission(Admission::Approved));
		let set_min_stake = |min_stake| send(OWNER, Call::set_min_stake { set: SET, min_stake });
		assert_noop!(set_min_stake(0), Error::NoChange);
		assert_ok!(set_min_stake(5 * STAY));
		assert_eq!(
			events(),
			[
				Event::AdmissionSet { set: SET, admission: Admission::Approved },
				Event::MinStakeSet { set: SET, min_stake: 5 * STAY },
			]
		);
		assert_eq!((set().admission, set().min_stake), (Admission::Approved, 5 * STAY));
		assert_eq!(<AvsRegistry as OperatorSets<_>>::members(SET), [account(NORTH)], "members stay");
	});
}

#[test]
fn while_a_set_never_had_a_member_its_terms_bind_at_once() {
	execute(|| {
		service();
		Now::set(3);
		assert_ok!(set_slasher(STRANGER));
		assert_ok!(set_kinds(&[(OTHER, 9), (ASSET, 2)]));
		let list = [(ASSET, 2), (OTHER, 9)];
		assert_eq!(
			events(),
			[
				Event::SlasherSet { set: SET, slasher: account(STRANGER), effective: 3 },
				Event::KindsSet { set: SET, kinds: kinds(&list), effective: 3 },
			]
		);
		assert_eq!((slasher(), accepted()), (account(STRANGER), list.to_vec()));
		assert_eq!((set().slasher.next, set().kinds.next), (None, None));
	});
}

#[test]
fn terms_wait_even_if_all_members_left() {
	execute(|| {
		served();
		leave(NORTH);
		assert_ok!(set_slasher(STRANGER));
		assert_eq!(slasher(), account(SLASHER));
	});
}

#[test]
fn another_slasher_binds_after_the_delay() {
	execute(|| {
		served();
		Now::set(2);
		assert_ok!(set_slasher(STRANGER));
		let effective = 2 + TERMS_DELAY;
		assert_eq!(events(), [Event::SlasherSet { set: SET, slasher: account(STRANGER), effective }]);
		Now::set(effective - 1);
		assert_eq!(slasher(), account(SLASHER));
		Now::set(effective);
		assert_eq!(slasher(), account(STRANGER));

		assert_ok!(set_slasher(SOUTH));
		assert_eq!(slasher(), account(STRANGER), "the slasher that binds stays");
		Now::set(effective + TERMS_DELAY);
		assert_eq!(slasher(), account(SOUTH));
	});
}

#[test]
fn a_slasher_to_come_is_replaced_or_taken_back() {
	execute(|| {
		served();
		assert_noop!(set_slasher(SLASHER), Error::NoChange);
		assert_ok!(set_slasher(STRANGER));
		assert_noop!(set_slasher(STRANGER), Error::NoChange);
		Now::set(1);
		assert_ok!(set_slasher(SOUTH));
		Now::set(TERMS_DELAY);
		assert_eq!(slasher(), account(SLASHER), "the first change is replaced");
		Now::set(TERMS_DELAY + 1);
		assert_eq!(slasher(), account(SOUTH), "the second change waits its whole delay");

		assert_ok!(set_slasher(STRANGER));
		events();
		assert_ok!(set_slasher(SOUTH));
		let effective = TERMS_DELAY + 1;
		assert_eq!(events(), [Event::SlasherSet { set: SET, slasher: account(SOUTH), effective }]);
		Now::set(100);
		assert_eq!(slasher(), account(SOUTH));
	});
}

#[test]
fn a_new_kind_and_another_multiplier_bind_after_the_delay() {
	execute(|| {
		served();
		Now::set(2);
		assert_ok!(set_kinds(&[(ASSET, 5), (PoolKind::Native, 2)]));
		let (list, effective) = ([(PoolKind::Native, 2), (ASSET, 5)], 2 + TERMS_DELAY);
		assert_eq!(events(), [Event::KindsSet { set: SET, kinds: kinds(&list), effective }]);
		Now::set(effective - 1);
		assert_eq!(accepted(), [(PoolKind::Native, 1)]);
		Now::set(effective);
		assert_eq!(accepted(), list);
	});
}

#[test]
fn a_dropped_kind_is_dropped_at_once() {
	execute(|| {
		service();
		assert_ok!(set_kinds(&[(PoolKind::Native, 1), (ASSET, 1)]));
		join(NORTH);
		events();
		assert_ok!(set_kinds(&[(ASSET, 1)]));
		assert_eq!(events(), [Event::KindsSet { set: SET, kinds: kinds(&[(ASSET, 1)]), effective: 0 }]);
		assert_eq!((accepted(), set().kinds.next), (vec![(ASSET, 1)], None));

		assert_ok!(set_kinds(&[(ASSET, 1), (PoolKind::Native, 1)]));
		assert_eq!(accepted(), [(ASSET, 1)], "accepting it again waits");
	});
}

#[test]
fn one_change_drops_at_once_and_adds_after_the_delay() {
	execute(|| {
		service();
		assert_ok!(set_kinds(&[(PoolKind::Native, 1), (ASSET, 1)]));
		join(NORTH);
		assert_ok!(set_kinds(&[(ASSET, 1), (OTHER, 1)]));
		assert_eq!(accepted(), [(ASSET, 1)]);
		Now::set(TERMS_DELAY - 1);
		assert_eq!(accepted(), [(ASSET, 1)]);
		Now::set(TERMS_DELAY);
		assert_eq!(accepted(), [(ASSET, 1), (OTHER, 1)]);
	});
}

#[test]
fn kinds_to_come_are_replaced_or_taken_back() {
	execute(|| {
		served();
		assert_ok!(set_kinds(&[(PoolKind::Native, 1), (ASSET, 1)]));
		Now::set(1);
		assert_ok!(set_kinds(&[(PoolKind::Native, 1), (OTHER, 1)]));
		Now::set(TERMS_DELAY);
		assert_eq!(accepted(), [(PoolKind::Native, 1)], "the first change is replaced");
		Now::set(TERMS_DELAY + 1);
		assert_eq!(
			accepted(),
			[(PoolKind::Native, 1), (OTHER, 1)],
			"the second change waits its whole delay"
		);

		assert_ok!(set_kinds(&[(PoolKind::Native, 7), (OTHER, 1)]));
		assert_eq!(accepted(), [(PoolKind::Native, 1), (OTHER, 1)], "the kinds that bind stay");
		assert_ok!(set_kinds(&[(PoolKind::Native, 1), (OTHER, 1)]));
		Now::set(100);
		assert_eq!(accepted(), [(PoolKind::Native, 1), (OTHER, 1)]);
	});
}

#[test]
fn kinds_are_changed_to_others_of_which_one_binds() {
	execute(|| {
		served();
		assert_noop!(set_kinds(&[]), Error::NoKinds);
		assert_noop!(set_kinds(&[(PoolKind::Native, 1), (PoolKind::Native, 2)]), Error::DuplicateKind);
		assert_noop!(set_kinds(&[(PoolKind::Stake, 1), (PoolKind::Native, 2)]), Error::NotRestakeable);
		assert_noop!(set_kinds(&[(PoolKind::Native, 0)]), Error::ZeroMultiplier);
		assert_noop!(set_kinds(&[(PoolKind::Native, 1)]), Error::NoChange);
		assert_noop!(set_kinds(&[(ASSET, 1)]), Error::NoKindLeft);

		assert_ok!(set_kinds(&[(ASSET, 1), (PoolKind::Native, 1)]));
		assert_noop!(set_kinds(&[(PoolKind::Native, 1), (ASSET, 1)]), Error::NoChange);
		assert_noop!(set_kinds(&[(ASSET, 1)]), Error::NoKindLeft);
		Now::set(TERMS_DELAY);
		assert_ok!(set_kinds(&[(ASSET, 1)]));
		assert_eq!(accepted(), [(ASSET, 1)]);
	});
}

#[test]
fn a_set_that_gives_to_an_account_accepts_no_native_value() {
	execute(|| {
		assert_ok!(register(OWNER));
		let create = |list: &[(PoolKind, Multiplier)], destination| {
			let (kinds, slasher) = (kinds(list), account(SLASHER));
			let admission = Admission::Open;
			send(OWNER, Call::create_set { avs: 0, kinds, admission, min_stake: 0, slasher, destination })
		};
		let to = || Destination::Account(account(OWNER));
		assert_noop!(create(&[(PoolKind::Native, 1)], to()), Error::NativeNotAccepted);
		assert_noop!(create(&[(ASSET, 1), (PoolKind::Native, 1)], to()), Error::NativeNotAccepted);
		assert_ok!(create(&[(ASSET, 1)], to()));
		// Nor does it accept native by a later change, whether that would wait or not.
		let both = [(ASSET, 1), (PoolKind::Native, 1)];
		assert_noop!(set_kinds(&both), Error::NativeNotAccepted);
		join(NORTH);
		assert_noop!(set_kinds(&both), Error::NativeNotAccepted);
		assert_noop!(set_kinds(&[(PoolKind::Native, 1)]), Error::NativeNotAccepted);
		assert_ok!(set_kinds(&[(ASSET, 1), (OTHER, 1)]));
		assert_noop!(set_kinds(&both), Error::NativeNotAccepted);
		assert_eq!(accepted(), [(ASSET, 1)]);
		// A set that burns slashed funds, or gives them to the treasury, may accept native.
		for destination in [Destination::Burn, Destination::Treasury] {
			assert_ok!(create(&both, destination));
		}
	});
}
