//! Migrations from older storage layouts.

use super::*;
use crate::migrations::{ToV2, ToV3};
use codec::Encode;
use frame_support::{
	assert_storage_noop,
	storage::unhashed,
	traits::{GetStorageVersion, OnRuntimeUpgrade, StorageVersion},
};
use mainstay_primitives::Delayed;

/// A second set of the service.
const SECOND: OperatorSetId = OperatorSetId { avs: 0, index: 1 };
const ASSET: PoolKind = PoolKind::Asset(1);

/// A value that can change after a delay, in the encoding of layout 1.
type DelayedV1<V> = (V, Option<(V, Era)>);
/// Owner, next owner, deposit, number of sets.
type AvsV1 = (AccountId, Option<AccountId>, Balance, u32);
/// Kinds, index of the admission, least stake, slasher, destination, conditions, next condition, whether it had members.
type SetV1 = (
	DelayedV1<Vec<(PoolKind, Multiplier)>>,
	u8,
	Balance,
	DelayedV1<AccountId>,
	Destination<AccountId>,
	u32,
	ConditionId,
	bool,
);
/// Fraction, veto window, resolver.
type TermsV1 = (u64, Era, Option<AccountId>);
/// Text, index of the lane, since, terms.
type ConditionV1 = (Vec<u8>, u8, Era, DelayedV1<TermsV1>);

fn version() -> StorageVersion {
	AvsRegistry::on_chain_storage_version()
}

fn upgrade() {
	ToV2::<Test>::on_runtime_upgrade();
}

fn to_layout_3() {
	ToV3::<Test>::on_runtime_upgrade();
}

fn put(key: Vec<u8>, value: impl Encode) {
	assert!(unhashed::exists(&key), "the entry exists");
	unhashed::put_raw(&key, &value.encode());
}

fn put_avs(id: AvsId, value: AvsV1) {
	put(Avses::<Test>::hashed_key_for(id), value);
}

fn put_set(id: OperatorSetId, value: SetV1) {
	put(Sets::<Test>::hashed_key_for(id), value);
}

fn put_condition(id: ConditionId, value: ConditionV1) {
	put(Conditions::<Test>::hashed_key_for(SET, id), value);
}

/// Writes memberships in the layouts before 3, in which no deposit is held for a place, and returns those of `members`.
fn free_places(members: &[u8]) {
	for operator in members {
		AvsRegistry::give_back(HoldReason::Place, &account(*operator), ITEM_DEPOSIT);
	}
	for (set, operator, membership) in Memberships::<Test>::iter().collect::<Vec<_>>() {
		put(Memberships::<Test>::hashed_key_for(set, operator), membership.spans);
	}
}

/// Two services: the first has two sets, and its first set has two conditions. Changes that wait are encoded as in
/// layout 1.
fn layout_1() {
	served();
	create();
	assert_ok!(register(STRANGER));
	for _ in 0..2 {
		let (text, max_fraction) = (text(b"Lies"), WAD);
		let call = Call::add_condition { set: SET, text, max_fraction, veto_window: 0, resolver: None };
		assert_ok!(send(OWNER, call));
	}
	StorageVersion::new(1).put::<AvsRegistry>();
	put_avs(0, (account(OWNER), Some(account(SLASHER)), DEPOSIT, 2));
	put_avs(1, (account(STRANGER), None, DEPOSIT, 0));

	free_places(&[NORTH]);

	let native = vec![(PoolKind::Native, 1)];
	let both = vec![(PoolKind::Native, 2), (ASSET, 3)];
	let slashers = (account(SLASHER), Some((account(STRANGER), 8)));
	let to = Destination::Treasury;
	put_set(SET, ((native.clone(), Some((both, 7))), 1, 5 * STAY, slashers, to, 2, 2, true));
	put_set(SECOND, ((native, None), 0, 0, (account(SLASHER), None), Destination::Burn, 0, 0, false));
	let terms = (WAD / 4, 2, Some(account(4)));
	let worse = (WAD / 2, 1, Some(account(5)));
	put_condition(0, (b"Lies".to_vec(), 1, 5, (terms, Some((worse, 9)))));
	put_condition(1, (b"Sleeps".to_vec(), 1, 6, ((WAD, 3, None), None)));
}

#[test]
fn layout_1_becomes_layout_2() {
	execute(|| {
		layout_1();
		let left = (Metadata::<Test>::iter().count(), Memberships::<Test>::iter_keys().count());
		upgrade();
		assert_eq!(version(), StorageVersion::new(2));
		Now::set(1);
		to_layout_3();
		assert_eq!(version(), STORAGE_VERSION);

		let services: Vec<_> = [0, 1].into_iter().filter_map(Avses::<Test>::get).collect();
		let (owner, next_owner) = (account(OWNER), Some(account(SLASHER)));
		assert_eq!(
			services,
			[
				Avs { owner, next_owner, deposit: DEPOSIT, approvals: 0, sets: 2, next_set: 2 },
				Avs {
					owner: account(STRANGER),
					next_owner: None,
					deposit: DEPOSIT,
					approvals: 0,
					sets: 0,
					next_set: 0
				},
			]
		);
		let first = OperatorSet {
			kinds: Delayed {
				value: kinds(&[(PoolKind::Native, 1)]),
				next: Some((kinds(&[(PoolKind::Native, 2), (ASSET, 3)]), 7)),
			},
			admission: Admission::Approved,
			min_stake: 5 * STAY,
			slasher: Delayed { value: account(SLASHER), next: Some((account(STRANGER), 8)) },
			destination: Destination::Treasury,
			conditions: 2,
			next_condition: 2,
			had_members: true,
			until: None,
		};
		let second = OperatorSet {
			kinds: kinds(&[(PoolKind::Native, 1)]).into(),
			admission: Admission::Open,
			min_stake: 0,
			slasher: account(SLASHER).into(),
			destination: Destination::Burn,
			conditions: 0,
			next_condition: 0,
			had_members: true,
			until: None,
		};
		assert_eq!((set(), Sets::<Test>::get(SECOND)), (first, Some(second)));
		let terms = |max_fraction, veto_window, resolver: Option<AccountId>| ConditionTerms {
			max_fraction,
			veto_window,
			resolver: resolver.map(Resolver::Account),
		};
		let lies = Condition {
			text: text(b"Lies"),
			lane: ConditionLane::Attested,
			since: 5,
			terms: Delayed {
				value: terms(WAD / 4, 2, Some(account(4))),
				next: Some((terms(WAD / 2, 1, Some(account(5))), 9)),
			},
		};
		let sleeps = Condition {
			text: text(b"Sleeps"),
			lane: ConditionLane::Attested,
			since: 6,
			terms: terms(WAD, 3, None).into(),
		};
		assert_eq!(Conditions::<Test>::get(SET, 0), Some(lies));
		assert_eq!(Conditions::<Test>::get(SET, 1), Some(sleeps));
		assert_eq!((Metadata::<Test>::iter().count(), Memberships::<Test>::iter().count()), left);

		// The migrated service works: its next set gets the next index.
		events();
		create();
		assert_eq!(events(), [Event::SetCreated { set: OperatorSetId { avs: 0, index: 2 } }]);
	});
}

#[test]
fn the_migration_to_layout_2_runs_once() {
	execute(|| {
		layout_1();
		upgrade();
		assert_storage_noop!(upgrade());
		assert_eq!(version(), StorageVersion::new(2));
		to_layout_3();
	});
}

#[test]
fn the_migration_to_layout_2_leaves_other_layouts_alone() {
	execute(|| {
		served();
		for other in [0, 2, 3] {
			StorageVersion::new(other).put::<AvsRegistry>();
			assert_storage_noop!(upgrade());
			assert_eq!(version(), StorageVersion::new(other));
		}
	});
}

#[cfg(feature = "try-runtime")]
#[test]
fn the_migration_to_layout_2_passes_its_own_checks() {
	execute(|| {
		layout_1();
		assert_ok!(ToV2::<Test>::try_on_runtime_upgrade(true));
		assert_eq!(version(), StorageVersion::new(2));
		assert_ok!(ToV3::<Test>::try_on_runtime_upgrade(true));
		assert_eq!(version(), StorageVersion::new(3));
	});
}

/// Owner, next owner, deposit, number of sets, index of the next one.
type AvsV2 = (AccountId, Option<AccountId>, Balance, u32, u32);

/// [`served`] with four operators, in era 2 and in layout 2. In that era 3 joined for the first time, and 2 left. 1 and
/// 5 are approved.
fn layout_2() {
	served();
	join(SOUTH);
	join(4);
	for operator in [NORTH, 5] {
		assert_ok!(approve(operator));
	}
	create();
	Now::set(2);
	join(3);
	leave(SOUTH);
	// Layout 2 held no deposits, and did not record who answers.
	free_places(&[NORTH, 3, 4]);
	AvsRegistry::give_back_approvals(0, 2 * ITEM_DEPOSIT);
	Answering::<Test>::remove(SET);
	StorageVersion::new(2).put::<AvsRegistry>();
	let avs: AvsV2 = (account(OWNER), Some(account(STRANGER)), DEPOSIT, 2, 2);
	put(Avses::<Test>::hashed_key_for(0), avs);
	for (set, operator) in Approvals::<Test>::iter_keys().collect::<Vec<_>>() {
		put(Approvals::<Test>::hashed_key_for(set, operator), ());
	}
	events();
}

/// Lets [`SET`] accept these kinds and give slashed funds to an account, as layout 2 allowed.
fn gives_to_an_account(kinds: Delayed<Kinds<Test>>) {
	Sets::<Test>::mutate(SET, |set| {
		let set = set.as_mut().unwrap();
		set.destination = Destination::Account(account(OWNER));
		set.kinds = kinds;
	});
}

fn native() -> Kinds<Test> {
	kinds(&[(PoolKind::Native, 1)])
}

fn both() -> Kinds<Test> {
	kinds(&[(PoolKind::Native, 2), (ASSET, 3)])
}

fn asset() -> Kinds<Test> {
	kinds(&[(ASSET, 3)])
}

#[test]
fn layout_2_becomes_layout_3() {
	execute(|| {
		layout_2();
		let before = Memberships::<Test>::iter_keys().count();
		to_layout_3();
		assert_eq!((version(), STORAGE_VERSION), (StorageVersion::new(3), StorageVersion::new(3)));
		assert_eq!(events(), []);
		let (owner, next_owner) = (account(OWNER), Some(account(STRANGER)));
		let service = Avs { owner, next_owner, deposit: DEPOSIT, approvals: 0, sets: 2, next_set: 2 };
		assert_eq!(Avses::<Test>::get(0), Some(service));
		assert_eq!(Memberships::<Test>::iter().count(), before);
		let spans = |operator: u8| {
			let membership = Memberships::<Test>::get(SET, account(operator));
			assert_eq!(membership.deposit, 0);
			membership.spans.to_vec()
		};
		assert_eq!(spans(NORTH), [Span { from: 1, until: None }]);
		assert_eq!(spans(SOUTH), [Span { from: 1, until: Some(2) }]);
		assert_eq!(spans(3), [Span { from: 3, until: None }]);
		let approved = [NORTH, 5].map(|operator| Approvals::<Test>::get(SET, account(operator)));
		assert_eq!(approved, [Some(0); 2]);

		// The migration knows who joined and left in this era, but not who allocated, so every set has an audience.
		assert_eq!(answering(), [NORTH, SOUTH, 4].map(account));
		assert_eq!(Answering::<Test>::iter().count(), 1, "a set without members needs no record");
		assert!(Sets::<Test>::iter().all(|(_, set)| set.had_members));
		AvsRegistry::do_try_state().unwrap();

		// No deposit was held, so none is returned.
		let free = |who: u8| Balances::balance(&account(who));
		let was = [OWNER, NORTH].map(free);
		leave(NORTH);
		assert_ok!(send(OWNER, Call::revoke { set: SET, operator: account(NORTH) }));
		assert_eq!([OWNER, NORTH].map(free), was);
		join(NORTH);
		assert_eq!(held_for(HoldReason::Place, NORTH), ITEM_DEPOSIT);
	});
}

#[test]
fn native_ends_where_it_would_go_to_an_account() {
	execute(|| {
		layout_2();
		gives_to_an_account(both().into());
		to_layout_3();
		let effective = 2 + TERMS_DELAY;
		assert_eq!(events(), [Event::KindsSet { set: SET, kinds: asset(), effective }]);
		assert_eq!(set().kinds, Delayed { value: both(), next: Some((asset(), effective)) });
		AvsRegistry::do_try_state().unwrap();
		Now::set(effective - 1);
		assert_eq!(AvsRegistry::kinds(SET), both().to_vec());
		Now::set(effective);
		assert_eq!(AvsRegistry::kinds(SET), asset().to_vec());
		AvsRegistry::do_try_state().unwrap();
	});
}

#[test]
fn a_change_that_waits_goes_on_without_native() {
	let now = 2;
	let later = now + TERMS_DELAY;
	for (before, after, effective) in [
		// Native binds. The whole change waits until native can be dropped.
		(
			Delayed { value: native(), next: Some((both(), 4)) },
			Delayed { value: native(), next: Some((asset(), later)) },
			later,
		),
		// The change began to bind in an earlier era, or in this one.
		(
			Delayed { value: native(), next: Some((both(), 1)) },
			Delayed { value: both(), next: Some((asset(), later)) },
			later,
		),
		(
			Delayed { value: asset(), next: Some((both(), 2)) },
			Delayed { value: both(), next: Some((asset(), later)) },
			later,
		),
		// Native is only announced, so it never binds.
		(Delayed { value: asset(), next: Some((both(), 4)) }, asset().into(), now),
		(
			Delayed { value: kinds(&[(ASSET, 1)]), next: Some((both(), 4)) },
			Delayed { value: kinds(&[(ASSET, 1)]), next: Some((asset(), 4)) },
			4,
		),
	] {
		execute(|| {
			layout_2();
			gives_to_an_account(before.clone());
			to_layout_3();
			assert_eq!(set().kinds, after, "{before:?}");
			assert_eq!(events(), [Event::KindsSet { set: SET, kinds: asset(), effective }], "{before:?}");
			AvsRegistry::do_try_state().unwrap();
		});
	}
}

#[test]
fn kinds_of_other_sets_stay() {
	let without = Delayed { value: both(), next: Some((asset(), 1)) };
	for (kinds, to) in [
		(both().into(), Destination::Burn),
		(both().into(), Destination::Treasury),
		(asset().into(), Destination::Account(account(OWNER))),
		// The set stopped accepting native in an earlier era.
		(without, Destination::Account(account(OWNER))),
	] {
		execute(|| {
			layout_2();
			gives_to_an_account(kinds.clone());
			Sets::<Test>::mutate(SET, |set| set.as_mut().unwrap().destination = to.clone());
			to_layout_3();
			assert_eq!((set().kinds, set().destination), (kinds.clone(), to.clone()));
			assert_eq!(events(), []);
		});
	}
}

#[test]
fn a_set_that_accepted_native_alone_accepts_nothing_until_it_names_assets() {
	execute(|| {
		layout_2();
		gives_to_an_account(native().into());
		to_layout_3();
		let (none, effective) = (Kinds::<Test>::default(), 2 + TERMS_DELAY);
		assert_eq!(events(), [Event::KindsSet { set: SET, kinds: none, effective }]);
		assert_eq!(AvsRegistry::kinds(SET), native().to_vec());
		Now::set(effective);
		assert_eq!(AvsRegistry::kinds(SET), []);
		AvsRegistry::do_try_state().unwrap();
		let set_kinds = |kinds| send(OWNER, Call::set_kinds { set: SET, kinds });
		assert_noop!(set_kinds(Kinds::<Test>::default()), Error::NoKinds);
		assert_noop!(set_kinds(native()), Error::NativeNotAccepted);
		assert_ok!(set_kinds(asset()));
		assert_eq!(AvsRegistry::kinds(SET), [], "members see the kind before it binds");
		Now::set(effective + TERMS_DELAY);
		assert_eq!(AvsRegistry::kinds(SET), asset().to_vec());
		// From then on the set follows the same rules as every other.
		assert_noop!(set_kinds(kinds(&[(PoolKind::Asset(2), 1)])), Error::NoKindLeft);
	});
}

#[test]
fn the_owner_may_name_assets_while_native_ends() {
	execute(|| {
		layout_2();
		gives_to_an_account(native().into());
		to_layout_3();
		Now::set(3);
		events();
		assert_ok!(send(OWNER, Call::set_kinds { set: SET, kinds: asset() }));
		let effective = 3 + TERMS_DELAY;
		assert_eq!(events(), [Event::KindsSet { set: SET, kinds: asset(), effective }]);
		assert_eq!(AvsRegistry::kinds(SET), [], "the kind that the change leaves out is dropped at once");
		Now::set(effective);
		assert_eq!(AvsRegistry::kinds(SET), asset().to_vec());
	});
}

#[test]
fn members_are_told_of_native_when_the_set_closes_after_it_ended() {
	// While the end of native waits, once it binds, and after another change moved it into the history.
	for (eras, change) in [(0, false), (TERMS_DELAY, false), (TERMS_DELAY, true)] {
		execute(|| {
			layout_2();
			gives_to_an_account(both().into());
			to_layout_3();
			Now::mutate(|now| *now += eras);
			if change {
				let kinds = kinds(&[(ASSET, 3), (PoolKind::Asset(2), 1)]);
				assert_ok!(send(OWNER, Call::set_kinds { set: SET, kinds }));
			}
			assert_ok!(send(OWNER, Call::wind_down { set: SET }));
			Now::mutate(|now| *now += EXIT_ERAS);
			assert_ok!(send(STRANGER, Call::close_set { set: SET, most: 4 }));
			let mut told = vec![PoolKind::Native, ASSET];
			told.extend(change.then_some(PoolKind::Asset(2)));
			let released = Released::take();
			assert_eq!(released.len(), 4);
			assert!(released.iter().all(|(_, _, kinds)| *kinds == told), "{released:?}");
		});
	}
}

#[test]
fn the_migration_to_layout_3_runs_once() {
	execute(|| {
		layout_2();
		gives_to_an_account(both().into());
		to_layout_3();
		assert_storage_noop!(to_layout_3());
		for other in [0, 1, 3, 4] {
			StorageVersion::new(other).put::<AvsRegistry>();
			assert_storage_noop!(to_layout_3());
		}
	});
}

#[cfg(feature = "try-runtime")]
#[test]
fn the_migration_to_layout_3_passes_its_own_checks() {
	execute(|| {
		layout_2();
		gives_to_an_account(native().into());
		assert_ok!(ToV3::<Test>::try_on_runtime_upgrade(true));
		assert_eq!(version(), StorageVersion::new(3));
	});
}
