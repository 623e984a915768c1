//! Services, their sets, and the sets' members.

use super::town::{ann, op, owner, two, GOLD, NATIVE, SET};
use frame_support::assert_ok;
use mainstay_avs_registry::{Admission as Joins, Avses};
use mainstay_economy_tests::services::{
	account, admit, back, newcomer, next_era, operator, report, run, run_hooks, serve,
	service as plain_service, signed,
};
use mainstay_primitives::{
	runtime_api::{
		operators::{Announced, Later},
		restaking::MemberKind,
		services::*,
		Account, Page, Text,
	},
	traits::SlashPools,
	AccountId, AvsId, Balance, Destination as Goes, Fraction, Multiplier, NetworkParameters, OperatorSetId,
	PoolKind, Resolver as Vetoes, STAY, WAD,
};
use mainstay_runtime::{views::services as api, AvsRegistry, OperatorDelegation, Restaking, Runtime};

fn text<const N: u32>(text: &str) -> sp_runtime::BoundedVec<u8, frame_support::traits::ConstU32<N>> {
	text.as_bytes().to_vec().try_into().expect("short")
}

pub fn create_set(avs: AvsId, kinds: &[(PoolKind, Multiplier)]) {
	let (joins, goes) = (Joins::Open, Goes::Treasury);
	let kinds = kinds.to_vec().try_into().expect("few kinds");
	assert_ok!(AvsRegistry::create_set(signed(&owner()), avs, kinds, joins, 5, owner(), goes));
}

/// Runs `test` in era 1 of a service of [`owner`] with [`SET`], in which a unit of gold counts three times. [`op`],
/// with a commission of a tenth, serves with half of 4,000 STAY, of which 3,000 are [`ann`]'s, and with all of
/// [`ann`]'s 500 gold. [`two`], without a commission, serves with a quarter of 200 STAY.
pub fn served(test: impl FnOnce()) {
	let people = [op(), two(), ann(), owner(), account("loot"), account("payer")];
	run(NetworkParameters::LOCAL, &people, || {
		admit(1, 1, &people);
		operator(&op(), 1_000);
		operator(&two(), 0);
		assert_ok!(OperatorDelegation::set_metadata(signed(&two()), text("Two"), text("")));
		assert_ok!(AvsRegistry::register(signed(&owner()), text("Oracle"), text("https://oracle.example")));
		create_set(0, &[(NATIVE, 1), (GOLD, 3)]);
		let resolver = Some(Vetoes::Account(ann()));
		assert_ok!(AvsRegistry::add_condition(signed(&owner()), SET, text("lies"), WAD / 2, 2, resolver));
		let resolver = Some(Vetoes::Governance);
		assert_ok!(AvsRegistry::add_condition(signed(&owner()), SET, text("silence"), WAD, 0, resolver));
		back(&op(), &op(), NATIVE, 1_000 * STAY);
		back(&ann(), &op(), NATIVE, 3_000 * STAY);
		back(&ann(), &op(), GOLD, 500 * STAY);
		back(&two(), &two(), NATIVE, 200 * STAY);
		serve(&op(), SET, &[(NATIVE, WAD / 2), (GOLD, WAD)]);
		serve(&two(), SET, &[(NATIVE, WAD / 4)]);
		next_era();
		test();
	});
}

fn kind(kind: PoolKind, magnitude: u64, stays: Balance) -> MemberKind {
	MemberKind { kind, magnitude: magnitude.into(), slashable: (stays * STAY).into() }
}

fn soon(kind: PoolKind, magnitude: u64, from: u32) -> NextMagnitude {
	NextMagnitude { kind, magnitude: Later { value: magnitude.into(), from } }
}

fn member(who: &AccountId) -> MemberDetails {
	api::member(SET, who.clone()).expect("a member")
}

fn of_op() -> MemberDetails {
	MemberDetails {
		operator: op().into(),
		name: Text::default(),
		from: 1,
		kinds: vec![kind(NATIVE, WAD / 2, 2_000), kind(GOLD, WAD, 500)],
		weight: (3_500 * STAY).into(),
		next: vec![],
	}
}

fn of_two() -> MemberDetails {
	MemberDetails {
		operator: two().into(),
		name: "Two".into(),
		from: 1,
		kinds: vec![kind(NATIVE, WAD / 4, 50)],
		weight: (50 * STAY).into(),
		next: vec![],
	}
}

/// The members of [`SET`], in the order of their accounts.
fn both() -> Vec<MemberDetails> {
	let mut both = vec![of_op(), of_two()];
	both.sort_by(|a, b| a.operator.cmp(&b.operator));
	both
}

fn weight() -> Balance {
	api::set(SET).expect("a set").weight.0 / STAY
}

#[test]
fn a_set_is_told_with_its_terms_its_conditions_and_what_is_allocated_to_it() {
	served(|| {
		let kinds = |gold| {
			vec![KindWeight { kind: NATIVE, multiplier: 1 }, KindWeight { kind: GOLD, multiplier: gold }]
		};
		let terms = |fraction: u64, veto_window, resolver| Terms {
			max_fraction: fraction.into(),
			veto_window,
			resolver: Some(resolver),
		};
		let by_ann = || Resolver::Account(ann().into());
		let condition = |id, text: &str, terms| ConditionDetails {
			id,
			text: text.into(),
			since: 0,
			terms: Announced { now: terms, next: None },
		};
		let expected = SetDetails {
			set: SET,
			name: "Oracle".into(),
			owner: owner().into(),
			kinds: Announced { now: kinds(3), next: None },
			admission: Admission::Open,
			min_stake: 5.into(),
			slasher: Announced { now: owner().into(), next: None },
			destination: Destination::Treasury,
			conditions: vec![
				condition(0, "lies", terms(WAD / 2, 2, by_ann())),
				condition(1, "silence", terms(WAD, 0, Resolver::Governance)),
			],
			members: 2,
			weight: (3_550 * STAY).into(),
			streams: vec![],
			until: None,
		};
		assert_eq!(api::set(SET), Some(expected.clone()));

		// An announced change is shown with its era. A change that helps members binds at once and is shown at once.
		let (by, now) = (|| signed(&owner()), 1);
		let list = vec![(NATIVE, 1), (GOLD, 7)].try_into().expect("two");
		assert_ok!(AvsRegistry::set_kinds(by(), SET, list));
		assert_ok!(AvsRegistry::set_slasher(by(), SET, op()));
		assert_ok!(AvsRegistry::set_admission(by(), SET, Joins::Paused));
		let resolver = Some(Vetoes::Account(ann()));
		assert_ok!(AvsRegistry::change_condition(by(), SET, 0, WAD, 3, resolver));
		let stays = 100 * STAY;
		assert_ok!(mainstay_runtime::Rewards::open_stream(
			by(),
			SET,
			mainstay_primitives::Currency::Native,
			STAY,
			stays,
			0
		));
		assert_ok!(AvsRegistry::wind_down(by(), SET));
		let later = now + 5;
		let mut changed = expected;
		changed.kinds.next = Some(Later { value: kinds(7), from: later });
		changed.slasher.next = Some(Later { value: op().into(), from: later });
		changed.admission = Admission::Paused;
		changed.conditions[0].terms = Announced {
			now: terms(WAD / 2, 3, by_ann()),
			next: Some(Later { value: terms(WAD, 3, by_ann()), from: later }),
		};
		changed.streams = vec![0];
		changed.until = Some(now);
		assert_eq!(api::set(SET), Some(changed));

		let loot = account("loot");
		for (goes, told) in [
			(Goes::Burn, Destination::Burn),
			(Goes::Account(loot.clone()), Destination::Account(loot.clone().into())),
		] {
			let set = plain_service(&ann(), &ann(), &[GOLD], goes, &[]);
			assert_eq!(api::set(set).map(|set| set.destination), Some(told));
		}
		for unknown in [(0, 1), (3, 0), (u32::MAX, u32::MAX)] {
			let set = OperatorSetId { avs: unknown.0, index: unknown.1 };
			assert_eq!((api::set(set), api::members(set, None, 1)), (None, None));
			assert_eq!(api::member(set, op()), None);
		}
	});
}

#[test]
fn members_come_in_pages_with_what_each_allocated() {
	served(|| {
		assert_eq!((member(&op()), member(&two())), (of_op(), of_two()));
		assert_eq!(api::member(SET, ann()), None);
		for most in [2, 100, u32::MAX] {
			assert_eq!(api::members(SET, None, most), Some(Page { items: both(), next: None }));
		}
		// One entry a page.
		let (mut seen, mut after) = (vec![], None);
		for most in [0, 1] {
			let page = api::members(SET, after.take(), most).expect("a set");
			assert_eq!(page.items.len(), 1);
			seen.extend(page.items);
			after = page.next.map(|Account(who)| who);
		}
		assert_eq!((seen, after), (both(), None));
		// A cursor may name an account that is not a member.
		let last = AccountId::from([255; 32]);
		assert_eq!(api::members(SET, Some(last), 5), Some(Page { items: vec![], next: None }));
		assert_eq!(api::members(SET, Some([0; 32].into()), 5).map(|page| page.items.len()), Some(2));
	});
}

#[test]
fn what_is_announced_binds_in_its_era_and_not_before() {
	served(|| {
		let three = account("three");
		newcomer(&three, 0);
		back(&ann(), &three, NATIVE, 80 * STAY);
		serve(&three, SET, &[(NATIVE, WAD)]);
		assert_ok!(Restaking::allocate(signed(&op()), NATIVE, SET, WAD / 4));
		let new = |kinds, weight: Balance, next| MemberDetails {
			operator: three.clone().into(),
			name: Text::default(),
			from: 2,
			kinds,
			weight: (weight * STAY).into(),
			next,
		};
		assert_eq!(member(&three), new(vec![], 0, vec![soon(NATIVE, WAD, 2)]));
		assert_eq!(member(&op()), MemberDetails { next: vec![soon(NATIVE, WAD / 4, 6)], ..of_op() });
		assert_eq!(weight(), 3_550);
		next_era();
		assert_eq!(member(&three), new(vec![kind(NATIVE, WAD, 80)], 80, vec![]));
		assert_eq!(weight(), 3_630);
		(3..=6).for_each(|_| next_era());
		assert_eq!(
			member(&op()),
			MemberDetails {
				kinds: vec![kind(NATIVE, WAD / 4, 1_000), kind(GOLD, WAD, 500)],
				weight: (2_500 * STAY).into(),
				..of_op()
			}
		);
		assert_eq!(weight(), 2_630);
	});
}

#[test]
fn a_slash_shows_when_it_is_executed_and_a_wiped_pool_counts_no_more() {
	served(|| {
		// Half of what is allocated, which is half of the pool, due in two eras.
		assert_ok!(report(SET, &op(), 0, &[(NATIVE, WAD / 2)], 1));
		assert_eq!((member(&op()), weight()), (of_op(), 3_550));
		(0..2).for_each(|_| next_era());
		// 3,000 are left, of which a third is allocated.
		let cut = MemberDetails {
			kinds: vec![kind(NATIVE, WAD / 4, 1_000), kind(GOLD, WAD, 500)],
			weight: (2_500 * STAY).into(),
			..of_op()
		};
		assert_eq!((member(&op()), weight()), (cut, 2_550));

		assert_eq!(OperatorDelegation::take(&op(), NATIVE, Fraction::WHOLE, 3), 3_000 * STAY);
		let wiped =
			MemberDetails { kinds: vec![kind(GOLD, WAD, 500)], weight: (1_500 * STAY).into(), ..of_op() };
		assert_eq!((member(&op()), weight()), (wiped.clone(), 1_550));
		// Nothing of the next generation is allocated.
		next_era();
		back(&ann(), &op(), NATIVE, 10 * STAY);
		assert_eq!((member(&op()), weight()), (wiped, 1_550));
		run_hooks();
	});
}

#[test]
fn a_service_is_told_with_the_sets_it_has() {
	served(|| {
		for _ in 0..3 {
			create_set(0, &[(NATIVE, 1)]);
		}
		let set = |index| OperatorSetId { avs: 0, index };
		for (index, close) in [(1, true), (3, false)] {
			assert_ok!(AvsRegistry::wind_down(signed(&owner()), set(index)));
			if close {
				assert_ok!(AvsRegistry::close_set(signed(&ann()), set(index), 1));
			}
		}
		assert_ok!(AvsRegistry::transfer_ownership(signed(&owner()), 0, Some(ann())));
		let summary =
			|index, members, conditions, until| SetSummary { set: set(index), members, conditions, until };
		let expected = ServiceDetails {
			avs: 0,
			name: "Oracle".into(),
			link: "https://oracle.example".into(),
			owner: owner().into(),
			next_owner: Some(ann().into()),
			deposit: mainstay_runtime::configs::economy::RegistrationDeposit::get().into(),
			sets: vec![summary(0, 2, 2, None), summary(2, 0, 0, None), summary(3, 0, 0, Some(1))],
		};
		assert_eq!(api::service(0), Some(expected));
		assert_eq!([1, AvsId::MAX].map(api::service), [None, None]);

		// A page tries a limited number of ids, however many sets were closed: only the last two of 1,024 exist.
		for sets in 0..1_022 {
			create_set(0, &[(NATIVE, 1)]);
			assert_ok!(AvsRegistry::wind_down(signed(&owner()), set(4 + sets)));
			assert_ok!(AvsRegistry::close_set(signed(&ann()), set(4 + sets), 1));
		}
		let told =
			|| api::service(0).expect("a service").sets.iter().map(|s| s.set.index).collect::<Vec<_>>();
		assert_eq!(told(), [2, 3]);
		Avses::<Runtime>::mutate(0, |avs| avs.as_mut().expect("a service").next_set = u32::MAX);
		assert_eq!(told(), [0; 0]);
	});
}

#[test]
fn services_come_in_pages_with_all_that_secures_them() {
	served(|| {
		// Another set of the same service, and another service.
		create_set(0, &[(GOLD, 2)]);
		let second = OperatorSetId { avs: 0, index: 1 };
		serve(&op(), second, &[(GOLD, WAD / 10)]);
		let other = plain_service(&ann(), &ann(), &[NATIVE], Goes::Burn, &[]);
		serve(&two(), other, &[(NATIVE, WAD)]);
		let empty = plain_service(&ann(), &ann(), &[NATIVE], Goes::Burn, &[]);
		next_era();
		let summary = |avs, name: &str, owner: AccountId, sets, members, weight: Balance| ServiceSummary {
			avs,
			name: name.into(),
			owner: owner.into(),
			sets,
			members,
			weight: (weight * STAY).into(),
		};
		let mut expected = vec![
			summary(0, "Oracle", owner(), 2, 3, 3_550 + 100),
			summary(other.avs, "", ann(), 1, 1, 200),
			summary(empty.avs, "", ann(), 1, 0, 0),
		];
		for most in [3, 100, u32::MAX] {
			let mut page = api::services(None, most);
			page.items.sort_by_key(|service| service.avs);
			assert_eq!(page, Page { items: expected.clone(), next: None });
		}
		let (mut seen, mut after) = (vec![], None);
		for most in [0, 1, 1] {
			let page = api::services(after, most);
			assert_eq!(page.items.len(), 1);
			after = page.next;
			assert_eq!(after, (seen.len() < 2).then(|| page.items[0].avs));
			seen.extend(page.items);
		}
		seen.sort_by_key(|service| service.avs);
		expected.sort_by_key(|service| service.avs);
		assert_eq!(seen, expected);
		// A cursor may name a service that does not exist.
		assert!(api::services(Some(AvsId::MAX), 5).items.len() <= 3);
	});
}

#[test]
fn a_page_of_services_ends_where_it_costs_too_much() {
	served(|| {
		for _ in 0..8 {
			plain_service(&ann(), &ann(), &[NATIVE], Goes::Burn, &[]);
		}
		for avs in 0..9 {
			Avses::<Runtime>::mutate(avs, |avs| avs.as_mut().expect("a service").next_set = u32::MAX);
		}
		// Each service has 1,024 ids to try without success, so a page has room for four services.
		let (mut seen, mut after, mut sizes) = (vec![], None, vec![]);
		loop {
			let page = api::services(after, 100);
			sizes.push(page.items.len());
			seen.extend(page.items.into_iter().map(|service| service.avs));
			after = page.next;
			if after.is_none() {
				break;
			}
		}
		seen.sort();
		assert_eq!((sizes, seen), (vec![4, 4, 1], (0..9).collect()));
	});
}
