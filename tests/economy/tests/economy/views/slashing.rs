//! Pending and past slashes, and what a slash would take.

use crate::people::{ann, op, owner};
use frame_support::assert_ok;
use mainstay_economy_tests::services::{
	account, admit, back, exit, next_era, operator, pool, report, run, serve, service, signed, to_era, value,
	ISSUER,
};
use mainstay_primitives::{
	runtime_api::{services::Resolver, slashing::*, Amount, Coin, Money, Page, Text, MAX_PAGE},
	traits::EraClock,
	AccountId, Balance, Destination, Era, ExitAmount, NetworkParameters, OperatorSetId, PoolKind, SlashId,
	STAY, WAD,
};
use mainstay_runtime::{
	views::slashing as views, Assets, Block, OperatorDelegation, Runtime, RuntimeOrigin, Slashing, Staking,
};
use sp_core::storage::StateVersion;
use sp_runtime::DispatchResult;
use std::collections::BTreeSet;

const NATIVE: PoolKind = PoolKind::Native;
const GOLD: PoolKind = PoolKind::Asset(1);
/// The sets of two services. Condition 0 of each allows a half.
const SET: OperatorSetId = OperatorSetId { avs: 0, index: 0 };
const OTHER: OperatorSetId = OperatorSetId { avs: 1, index: 0 };
/// Eras from a report for condition 0 to its execution.
const WINDOW: Era = 2;
/// The number of eras by which an appeal postpones a slash.
const APPEAL_WINDOW: Era = NetworkParameters::LOCAL.max_veto_window;
const HISTORY: Era = NetworkParameters::LOCAL.history;

fn second() -> AccountId {
	account("second")
}

/// Runs `test` in era 1, in which two operators serve two sets with half of their `Native` pools and all of their gold.
/// `op` has 1,000 STAY of its own there, 500 STAY for consensus alone, and 2,000 gold. `ann` has 3,000 STAY and 2,000
/// gold with it. `second` has 1,000 of both.
fn town(test: impl FnOnce()) {
	let people = [owner(), op(), second(), ann(), account("bea")];
	run(NetworkParameters::LOCAL, &people, || {
		admit(1, 1, &people);
		for who in [op(), second()] {
			operator(&who, 0);
			back(&who, &who, NATIVE, 1_000 * STAY);
		}
		back(&op(), &op(), PoolKind::Stake, 500 * STAY);
		back(&op(), &op(), GOLD, 2_000 * STAY);
		back(&second(), &second(), GOLD, 1_000 * STAY);
		back(&ann(), &op(), NATIVE, 3_000 * STAY);
		back(&ann(), &op(), GOLD, 2_000 * STAY);
		for set in [SET, OTHER] {
			let conditions = [(WAD / 2, WINDOW)];
			let made = service(&owner(), &owner(), &[NATIVE, GOLD], Destination::Burn, &conditions);
			assert_eq!(made, set);
			for who in [op(), second()] {
				serve(&who, set, &[(NATIVE, WAD / 2), (GOLD, WAD)]);
			}
		}
		next_era();
		test();
	});
}

/// Reports a tenth of the `Native` allocation, for the running era.
fn tenth(set: OperatorSetId, who: &AccountId) -> SlashId {
	report(set, who, 0, &[(NATIVE, WAD / 10)], Staking::active()).expect("the operator answers")
}

/// Reports an offence of `who` that costs `fraction`.
fn offence(who: &AccountId, fraction: u64, capture: Era) {
	assert!(Slashing::report_consensus(who, fraction, capture).is_ok());
}

fn veto(id: SlashId) {
	assert_ok!(Slashing::veto(signed(&owner()), id, b"it was the network".to_vec().try_into().unwrap()));
}

fn cancel(id: SlashId) {
	assert_ok!(Slashing::cancel(RuntimeOrigin::root(), id));
}

fn stay(amount: Balance) -> Amount {
	Amount(amount * STAY)
}

fn money(currency: Coin, amount: Balance) -> Money {
	Money { currency, amount: stay(amount) }
}

fn state(id: SlashId) -> SlashState {
	views::slash(id).expect("there is such a slash").state
}

/// Runs a query, and checks that it writes nothing.
fn read<R>(code: impl FnOnce() -> R) -> R {
	let root = || sp_io::storage::root(StateVersion::V1);
	let before = root();
	let result = code();
	assert_eq!(root(), before, "an answer wrote something");
	result
}

fn of(operator: Option<AccountId>, avs: Option<u32>) -> SlashFilter {
	SlashFilter { operator: operator.map(Into::into), avs }
}

/// The ids of all pending slashes, in pages of `most`, and how many pages there are.
fn all_pending(filter: SlashFilter, most: u32) -> (Vec<SlashId>, u32) {
	let (mut ids, mut after, mut pages) = (vec![], None, 0);
	loop {
		let Page { items, next } = views::pending(filter.clone(), after, most);
		assert!(items.len() <= most.clamp(1, MAX_PAGE) as usize);
		assert!(items.iter().all(|slash| slash.state == SlashState::Pending));
		ids.extend(items.into_iter().map(|slash| slash.id));
		pages += 1;
		after = next;
		if after.is_none() {
			return (ids, pages);
		}
	}
}

/// Like [`all_pending`], for decided slashes, each with the era of the decision.
fn all_past(filter: SlashFilter, most: u32) -> (Vec<(Era, SlashId)>, u32) {
	let (mut keys, mut after, mut pages) = (vec![], None, 0);
	loop {
		let Page { items, next } = views::past(filter.clone(), after, most);
		assert!(items.len() <= most.clamp(1, MAX_PAGE) as usize);
		for slash in items {
			let era = match slash.state {
				SlashState::Executed { era, .. }
				| SlashState::Vetoed { era, .. }
				| SlashState::Cancelled { era } => era,
				SlashState::Pending => panic!("{slash:?}"),
			};
			keys.push((era, slash.id));
		}
		pages += 1;
		after = next;
		if after.is_none() {
			return (keys, pages);
		}
	}
}

fn exit_impact(queued: Era, before: Balance, taken: Balance) -> ExitImpact {
	ExitImpact { queued, before: stay(before), taken: stay(taken) }
}

fn pool_impact(kind: PoolKind, before: Balance, taken: Balance, exits: Vec<ExitImpact>) -> PoolImpact {
	PoolImpact { kind, before: stay(before), taken: stay(taken), wiped: false, exits }
}

fn position_impact(
	kind: PoolKind,
	before: Balance,
	taken: Balance,
	exits: Vec<ExitImpact>,
) -> PositionImpact {
	PositionImpact { kind, before: stay(before), taken: stay(taken), exits }
}

/// A hypothetical slash of `op` for condition 0 of [`SET`].
fn supposed(fractions: &[(PoolKind, u64)], capture: Era) -> Supposed {
	let fractions =
		fractions.iter().map(|(kind, part)| KindFraction { kind: *kind, fraction: (*part).into() });
	Supposed::Attested {
		set: SET,
		operator: op().into(),
		condition: 0,
		fractions: fractions.collect(),
		capture,
	}
}

fn supposed_offence(who: &AccountId, fraction: u64, capture: Era) -> Supposed {
	Supposed::Consensus { operator: who.clone().into(), fraction: fraction.into(), capture }
}

fn refused(error: &str) -> Impact {
	let name = if error == "TooManyKinds" { error.into() } else { format!("Slashing.{error}") };
	Impact { refused: Some(name.into_bytes().into()), due: None, pools: vec![], positions: vec![] }
}

#[test]
fn a_pending_slash_tells_all_there_is_to_know() {
	town(|| {
		let id = report(SET, &op(), 0, &[(NATIVE, WAD / 10), (GOLD, WAD / 5)], 1).unwrap();
		let part = |kind, fraction: u64, magnitude: u64| Part {
			kind,
			fraction: fraction.into(),
			magnitude: magnitude.into(),
		};
		let mut expected = SlashDetails {
			id,
			operator: op().into(),
			cause: Cause::Attested {
				set: SET,
				condition: 0,
				resolver: Some(Resolver::Account(owner().into())),
				parts: vec![part(NATIVE, WAD / 10, WAD / 2), part(GOLD, WAD / 5, WAD)],
			},
			capture: 1,
			reported: 1,
			due: 1 + WINDOW,
			appeal: None,
			state: SlashState::Pending,
		};
		let api = <Runtime as runtime_decl_for_slashing_api::SlashingApi<Block>>::slash;
		assert_eq!(read(|| api(id)), Some(expected.clone()));

		assert_ok!(Slashing::appeal(signed(&ann()), id, Default::default()));
		expected.due += APPEAL_WINDOW;
		expected.appeal = Some(Appeal { by: ann().into(), bond: stay(100) });
		assert_eq!(views::slash(id), Some(expected));

		offence(&second(), WAD / 10, 1);
		let offence = views::slash(1).unwrap();
		assert_eq!(offence.cause, Cause::Consensus { fraction: (WAD / 10).into() });
		assert_eq!((offence.operator, offence.due), (second().into(), 2));
		for unknown in [2, SlashId::MAX] {
			assert_eq!(read(|| views::slash(unknown)), None);
		}
	});
}

#[test]
fn a_slash_is_found_however_it_was_decided_until_its_record_is_forgotten() {
	town(|| {
		let kinds = [(NATIVE, WAD / 10), (GOLD, WAD / 5)];
		let executed = report(SET, &op(), 0, &kinds, 1).unwrap();
		let (vetoed, cancelled) = (tenth(SET, &op()), tenth(SET, &op()));
		offence(&op(), WAD / 10, 1);
		veto(vetoed);
		cancel(cancelled);
		assert_eq!(state(vetoed), SlashState::Vetoed { era: 1, reason: Text::from("it was the network") });
		assert_eq!(state(cancelled), SlashState::Cancelled { era: 1 });

		next_era();
		// A tenth of 4,000 and of 500.
		let taken = vec![money(Coin::Native, 450)];
		assert_eq!(state(3), SlashState::Executed { era: 2, taken, unpaid: vec![] });

		// The slashed asset is frozen in custody, so it cannot be burnt.
		let frozen = |freeze: bool| -> DispatchResult {
			let (issuer, custody) = (account(ISSUER), OperatorDelegation::custody());
			match freeze {
				true => Assets::freeze(signed(&issuer), 1.into(), custody.into()),
				false => Assets::thaw(signed(&issuer), 1.into(), custody.into()),
			}
		};
		assert_ok!(frozen(true));
		next_era();
		// A tenth of half of 3,600, and a fifth of 4,000.
		let taken = vec![money(Coin::Native, 180), money(Coin::Asset(1), 800)];
		let unpaid = vec![money(Coin::Asset(1), 800)];
		assert_eq!(state(executed), SlashState::Executed { era: 3, taken: taken.clone(), unpaid });
		assert_ok!(frozen(false));
		assert_ok!(Slashing::payout(signed(&ann()), executed, PoolKind::Asset(1).currency()));
		assert_eq!(state(executed), SlashState::Executed { era: 3, taken, unpaid: vec![] });

		to_era(HISTORY);
		assert_eq!(read(|| state(cancelled)), SlashState::Cancelled { era: 1 });
		to_era(1 + HISTORY);
		assert_eq!([vetoed, cancelled].map(views::slash), [None, None]);
		assert_eq!(all_past(SlashFilter::default(), 100).0, [(3, 0), (2, 3)]);
		to_era(4 + HISTORY);
		assert_eq!((views::slash(executed), all_past(of(Some(op()), None), 1)), (None, (vec![], 1)));
	});
}

#[test]
fn pending_slashes_are_listed_by_operator_and_by_service() {
	town(|| {
		let sets = [SET, OTHER, SET, OTHER];
		for (id, set) in sets.into_iter().enumerate() {
			assert_eq!(tenth(set, &op()), id as SlashId);
		}
		offence(&op(), WAD / 10, 1);
		assert_eq!(tenth(SET, &second()), 5);
		offence(&second(), WAD / 10, 0);

		for most in [0, 1, 2, 3, 7, 100, u32::MAX] {
			let all = |operator: Option<AccountId>, avs| all_pending(of(operator, avs), most);
			let sorted = |avs| {
				let mut ids = all(None, avs).0;
				ids.sort();
				ids
			};
			assert_eq!(sorted(None), [0, 1, 2, 3, 4, 5, 6]);
			assert_eq!(sorted(Some(0)), [0, 2, 5]);
			assert_eq!(sorted(Some(1)), [1, 3]);
			assert!(sorted(Some(2)).is_empty());
			// In the order of ids.
			assert_eq!(all(Some(op()), None).0, [0, 1, 2, 3, 4]);
			assert_eq!(all(Some(op()), Some(0)).0, [0, 2]);
			assert_eq!(all(Some(second()), None).0, [5, 6]);
			assert_eq!(all(Some(second()), Some(1)), (vec![], 1));
			assert_eq!(all(Some(ann()), None), (vec![], 1));
			assert_eq!(all(Some(account("nobody")), Some(u32::MAX)), (vec![], 1));
		}
		let page = views::pending(of(Some(op()), None), Some(1), 2);
		assert_eq!(
			(page.items.iter().map(|slash| slash.id).collect::<Vec<_>>(), page.next),
			(vec![2, 3], Some(3))
		);
		let nothing = Page { items: vec![], next: None };
		assert_eq!(views::pending(of(Some(op()), None), Some(SlashId::MAX), u32::MAX), nothing);
		// A cursor may name a slash that was decided since, or one that never existed.
		for after in [3, SlashId::MAX] {
			let all = |after| views::pending(SlashFilter::default(), Some(after), 100).items;
			let before = all(after);
			if after == 3 {
				veto(after);
			}
			assert_eq!(all(after), before);
		}
	});
}

#[test]
fn a_page_of_what_is_rare_ends_after_a_thousand_and_goes_on() {
	town(|| {
		for n in 0..1_100u32 {
			offence(&account(&format!("offender {n}")), WAD / 10, 1);
		}
		let rare = [tenth(SET, &op()), tenth(OTHER, &op())];
		let first = views::pending(of(None, Some(7)), None, 100);
		assert!(first.items.is_empty() && first.next.is_some());
		for avs in [0, 1] {
			assert_eq!(all_pending(of(None, Some(avs)), 100), (vec![rare[avs as usize]], 2));
		}
		let (all, pages) = all_pending(SlashFilter::default(), u32::MAX);
		assert_eq!((all.len(), pages), (1_102, 12));
		assert_eq!(all.into_iter().collect::<BTreeSet<_>>(), (0..1_102).collect());
	});
}

#[test]
fn what_was_decided_is_listed_from_the_latest_on() {
	town(|| {
		for set in [SET, OTHER, SET, OTHER] {
			tenth(set, &op());
		}
		tenth(SET, &second());
		cancel(0);
		veto(3);
		veto(4);
		next_era();
		veto(1);
		offence(&second(), WAD / 10, 2);
		next_era();
		// Slash 2 and the offence fell due in era 3.
		for most in [0, 1, 2, 3, 6, 100, u32::MAX] {
			let all = |operator: Option<AccountId>, avs| all_past(of(operator, avs), most).0;
			assert_eq!(all(None, None), [(3, 5), (3, 2), (2, 1), (1, 4), (1, 3), (1, 0)]);
			assert_eq!(all(None, Some(0)), [(3, 2), (1, 4), (1, 0)]);
			assert_eq!(all(Some(op()), None), [(3, 2), (2, 1), (1, 3), (1, 0)]);
			assert_eq!(all(Some(op()), Some(1)), [(2, 1), (1, 3)]);
			assert_eq!(all(Some(second()), None), [(3, 5), (1, 4)]);
			assert_eq!(all(Some(ann()), None), []);
			assert_eq!(all(None, Some(2)), []);
		}
		let behind = |era, id, operator: Option<AccountId>| {
			let page = read(|| views::past(of(operator, None), Some(PastKey { era, id }), 100));
			assert_eq!(page.next, None);
			page.items.into_iter().map(|slash| slash.id).collect::<Vec<_>>()
		};
		for operator in [None, Some(op())] {
			assert!(behind(0, 0, operator.clone()).is_empty());
			assert_eq!(behind(1, 3, operator.clone()), [0]);
			assert!(behind(1, 0, operator).is_empty());
		}
		for id in [0, SlashId::MAX] {
			assert_eq!(behind(Era::MAX, id, None), [5, 2, 1, 4, 3, 0]);
			assert_eq!(behind(Era::MAX, id, Some(op())), [2, 1, 3, 0]);
		}
	});
}

#[test]
fn nothing_is_lost_where_too_much_was_decided_to_sort_it() {
	town(|| {
		// Many decided slashes of one operator in one era. Each raise after a cancellation is a new slash.
		for n in 1..=1_500 {
			offence(&op(), WAD / 2_000 * n, 1);
			cancel(n as SlashId - 1);
		}
		let rare = tenth(SET, &op());
		veto(rare);
		next_era();
		offence(&second(), WAD / 10, 2);
		cancel(1_501);
		let ids = |keys: Vec<(Era, SlashId)>| keys.into_iter().map(|(_, id)| id).collect::<BTreeSet<_>>();

		let (all, pages) = all_past(SlashFilter::default(), 100);
		assert_eq!((all[0], all.len(), pages), ((2, 1_501), 1_502, 16));
		assert_eq!(ids(all), (0..1_502).collect());
		let (all, pages) = all_past(of(Some(op()), None), 100);
		assert_eq!((all.len(), pages), (1_501, 16));
		assert_eq!(ids(all), (0..1_501).collect());
		for filter in [of(None, Some(0)), of(Some(op()), Some(0))] {
			assert_eq!(all_past(filter, 100), (vec![(1, rare)], 2));
		}
		assert_eq!(all_past(of(Some(second()), None), 100), (vec![(2, 1_501)], 1));
	});
}

#[test]
fn a_pending_slash_shows_what_it_takes_and_takes_that() {
	town(|| {
		assert_ok!(exit(&ann(), &op(), NATIVE, ExitAmount::Value(1_000 * STAY)));
		let id = report(SET, &op(), 0, &[(NATIVE, WAD / 10), (GOLD, WAD / 5)], 1).unwrap();
		// A tenth of half of the pool and of the exit, and a fifth of all gold.
		let pools = vec![
			pool_impact(NATIVE, 3_000, 150, vec![exit_impact(1, 1_000, 50)]),
			pool_impact(GOLD, 4_000, 800, vec![]),
		];
		let positions = vec![
			position_impact(NATIVE, 2_000, 100, vec![exit_impact(1, 1_000, 50)]),
			position_impact(GOLD, 2_000, 400, vec![]),
		];
		let expected = Impact {
			refused: None,
			due: Some(1 + WINDOW),
			pools: pools.clone(),
			positions: positions.clone(),
		};
		assert_eq!(read(|| views::consequences(id, Some(ann()))), Some(expected.clone()));
		for who in [None, Some(account("bea")), Some(account("nobody")), Some(second())] {
			let expected = Impact { positions: vec![], ..expected.clone() };
			assert_eq!(views::consequences(id, who), Some(expected));
		}
		let own = vec![position_impact(NATIVE, 1_000, 50, vec![]), position_impact(GOLD, 2_000, 400, vec![])];
		assert_eq!(views::consequences(id, Some(op())).unwrap().positions, own);

		// The slash also takes from later exits.
		next_era();
		assert_ok!(exit(&ann(), &op(), NATIVE, ExitAmount::All));
		let impact = views::consequences(id, Some(ann())).unwrap();
		let exits = vec![exit_impact(1, 1_000, 50), exit_impact(2, 2_000, 100)];
		assert_eq!(impact.pools[0], pool_impact(NATIVE, 1_000, 50, exits.clone()));
		assert_eq!(impact.positions[0], position_impact(NATIVE, 0, 0, exits));

		next_era();
		assert_eq!((pool(&op(), NATIVE), pool(&op(), GOLD)), (950 * STAY, 3_200 * STAY));
		assert_eq!(value(&ann(), &op(), GOLD), 1_600 * STAY);
		for id in [id, id + 1, SlashId::MAX] {
			assert_eq!(views::consequences(id, Some(ann())), None, "the slash is not pending any more");
		}
	});
}

#[test]
fn a_supposed_report_is_checked_and_takes_what_a_real_one_would() {
	town(|| {
		assert_ok!(exit(&ann(), &op(), NATIVE, ExitAmount::Value(1_000 * STAY)));
		let kinds = [(NATIVE, WAD / 10), (GOLD, WAD / 5)];
		let impact = read(|| views::dry_run(supposed(&kinds, 1), Some(ann())));
		let taken: Vec<_> = impact.pools.iter().map(|pool| (pool.kind, pool.taken)).collect();
		assert_eq!(taken, [(NATIVE, stay(150)), (GOLD, stay(800))]);
		let lost: Vec<_> = impact.positions.iter().map(|position| (position.kind, position.taken)).collect();
		assert_eq!(lost, [(NATIVE, stay(100)), (GOLD, stay(400))]);
		let id = report(SET, &op(), 0, &kinds, 1).unwrap();
		assert_eq!(views::consequences(id, Some(ann())), Some(impact));
		veto(id);

		let error = |slash: Supposed, error| {
			for who in [None, Some(ann())] {
				assert_eq!(read(|| views::dry_run(slash.clone(), who)), refused(error));
			}
		};
		let tenth = [(NATIVE, WAD / 10)];
		let with = |change: fn(&mut OperatorSetId, &mut AccountId, &mut u32)| {
			let Supposed::Attested { mut set, operator, mut condition, fractions, capture } =
				supposed(&tenth, 1)
			else {
				unreachable!()
			};
			let mut operator = operator.0;
			change(&mut set, &mut operator, &mut condition);
			Supposed::Attested { set, operator: operator.into(), condition, fractions, capture }
		};
		error(with(|set, _, _| set.avs = u32::MAX), "UnknownSet");
		error(with(|_, operator, _| *operator = account("nobody")), "NotSlashable");
		error(with(|_, _, condition| *condition = u32::MAX), "UnknownCondition");
		error(supposed(&tenth, 2), "CaptureInFuture");
		error(supposed(&tenth, Era::MAX), "CaptureInFuture");
		error(supposed(&tenth, 0), "NotSlashable");
		error(supposed(&[], 1), "NotSlashable");
		error(supposed(&[(PoolKind::Stake, WAD / 10)], 1), "NotSlashable");
		error(supposed(&[(NATIVE, 0)], 1), "BadFraction");
		error(supposed(&[(NATIVE, u64::MAX)], 1), "BadFraction");
		error(supposed(&[(NATIVE, WAD / 2 + 1)], 1), "FractionTooHigh");
		error(supposed(&[(NATIVE, 1), (NATIVE, 1)], 1), "DuplicateKind");
		error(supposed(&[1, 2, 3, 4, 5].map(|id| (PoolKind::Asset(id), 1)), 1), "TooManyKinds");
		for _ in 0..4 {
			self::tenth(SET, &op());
		}
		error(supposed(&tenth, 1), "TooManyPending");
		next_era();
		next_era();
		// A pending slash holds exits of era 1, but a slash reported now would be too late for them.
		error(supposed(&tenth, 1), "CaptureTooOld");
	});
}

#[test]
fn a_supposed_offence_is_one_slash_with_what_is_known_of_that_era() {
	town(|| {
		let part = |percent: u64, capture| supposed_offence(&op(), WAD / 100 * percent, capture);
		let taken = |impact: Impact| {
			let pools: Vec<_> = impact.pools.iter().map(|pool| (pool.kind, pool.taken)).collect();
			assert_eq!(impact.refused, None);
			(impact.due, pools)
		};
		let native = |taken, staked| vec![(NATIVE, stay(taken)), (PoolKind::Stake, stay(staked))];
		assert_eq!(taken(read(|| views::dry_run(part(10, 1), None))), (Some(2), native(400, 50)));
		offence(&op(), WAD / 10, 1);
		let nothing = Impact { refused: None, due: None, pools: vec![], positions: vec![] };
		for known in [1, 10] {
			assert_eq!(views::dry_run(part(known, 1), Some(op())), nothing);
		}
		assert_eq!(taken(views::dry_run(part(20, 1), None)), (Some(2), native(800, 100)));
		next_era();
		// 19 % in total takes another tenth of what 10 % left: of 3,600 and 450.
		assert_eq!(taken(views::dry_run(part(19, 1), None)), (Some(3), native(360, 45)));
		assert_eq!(views::dry_run(part(10, 1), None), nothing);

		assert_eq!(views::dry_run(part(10, 3), None), refused("CaptureInFuture"));
		assert_eq!(views::dry_run(part(10, Era::MAX), None), refused("CaptureInFuture"));
		assert_eq!(views::dry_run(part(0, 2), None), refused("BadFraction"));
		let most = supposed_offence(&op(), u64::MAX, 2);
		assert_eq!(views::dry_run(most, None), refused("BadFraction"));
		// An account without stake loses nothing.
		let nobody = supposed_offence(&account("nobody"), WAD, 2);
		assert_eq!(taken(views::dry_run(nobody, Some(ann()))), (Some(3), vec![]));
		to_era(5);
		assert_eq!(views::dry_run(part(19, 1), None), refused("CaptureTooOld"));
	});
}

#[test]
fn a_slash_of_everything_voids_what_it_leaves() {
	town(|| {
		assert_ok!(exit(&ann(), &op(), NATIVE, ExitAmount::Value(1_000 * STAY)));
		let all = |who| views::dry_run(supposed_offence(&op(), WAD, 1), Some(who));
		let wiped =
			|kind, amount, exits| PoolImpact { wiped: true, ..pool_impact(kind, amount, amount, exits) };
		let expected = Impact {
			refused: None,
			due: Some(2),
			pools: vec![
				wiped(NATIVE, 3_000, vec![exit_impact(1, 1_000, 1_000)]),
				wiped(PoolKind::Stake, 500, vec![]),
			],
			positions: vec![position_impact(NATIVE, 2_000, 2_000, vec![exit_impact(1, 1_000, 1_000)])],
		};
		assert_eq!(read(|| all(ann())), expected);
		let id = report(SET, &op(), 0, &[(NATIVE, WAD / 10)], 1).unwrap();
		offence(&op(), WAD, 1);
		assert_eq!(views::consequences(id + 1, Some(ann())), Some(expected));

		next_era();
		assert_eq!((pool(&op(), NATIVE), value(&ann(), &op(), NATIVE)), (0, 0));
		// The service's slash finds an empty pool of a later generation, and Ann's position and claim are void.
		let left = Impact {
			refused: None,
			due: Some(3),
			pools: vec![pool_impact(NATIVE, 0, 0, vec![])],
			positions: vec![],
		};
		assert_eq!(views::consequences(id, Some(ann())), Some(left.clone()));

		next_era();
		let SlashState::Executed { era: 3, taken, unpaid } = state(id) else { panic!("it is due") };
		assert_eq!((taken, unpaid), (vec![money(Coin::Native, 0)], vec![]));
		// A deposit into the new generation does not answer for the old one.
		back(&ann(), &op(), NATIVE, 700 * STAY);
		let impact = views::dry_run(supposed_offence(&op(), WAD, 2), Some(ann()));
		assert_eq!(impact.pools[0], pool_impact(NATIVE, 700, 0, vec![]));
		assert_eq!(impact.positions, [position_impact(NATIVE, 700, 0, vec![])]);
		let impact = views::dry_run(supposed_offence(&op(), WAD / 2, 3), Some(ann()));
		assert_eq!(impact.pools[0], pool_impact(NATIVE, 700, 350, vec![]));
		assert_eq!(impact.positions, [position_impact(NATIVE, 700, 350, vec![])]);
	});
}

#[test]
fn amounts_that_do_not_divide_are_shown_as_they_will_be() {
	town(|| {
		back(&ann(), &op(), GOLD, STAY + 7);
		let before = (pool(&op(), GOLD), value(&ann(), &op(), GOLD));
		assert_eq!(before, (4_001 * STAY + 7, 2_001 * STAY + 7));
		let id = report(SET, &op(), 0, &[(GOLD, WAD / 3)], 1).unwrap();
		let impact = views::consequences(id, Some(ann())).unwrap();
		// A share is worth one unit until the slash takes its part, rounded down. The value of the position is rounded
		// down as well.
		let taken = before.0 * u128::from(WAD / 3) / u128::from(WAD);
		assert_eq!(impact.pools[0].taken, Amount(taken));
		let lost = before.1 - before.1 * (before.0 - taken) / before.0;
		assert_eq!(impact.positions[0].taken, Amount(lost));
		to_era(1 + WINDOW);
		assert_eq!((pool(&op(), GOLD), value(&ann(), &op(), GOLD)), (before.0 - taken, before.1 - lost));
	});
}
