//! Conditions: the capture eras for which they and their changes bind.

use super::*;
use proptest::prelude::*;

const PERCENT: u64 = WAD / 100;
/// Two resolvers.
const JUDGE: u8 = 3;
const OTHER: u8 = 4;

fn judge(n: u8) -> Resolver<AccountId> {
	account(n).into()
}

fn add(percent: u64, veto_window: Era, resolver: Option<u8>) -> DispatchResult {
	let (text, resolver) = (text(b"Signs two prices for one second"), resolver.map(judge));
	send(
		OWNER,
		Call::add_condition { set: SET, text, max_fraction: percent * PERCENT, veto_window, resolver },
	)
}

fn change(percent: u64, veto_window: Era, resolver: Option<u8>) -> DispatchResult {
	let (max_fraction, resolver) = (percent * PERCENT, resolver.map(judge));
	send(OWNER, Call::change_condition { set: SET, id: 0, max_fraction, veto_window, resolver })
}

fn remove(id: ConditionId) -> DispatchResult {
	send(OWNER, Call::remove_condition { set: SET, id })
}

fn terms(percent: u64, veto_window: Era, resolver: Option<u8>) -> ConditionTerms<AccountId> {
	ConditionTerms { max_fraction: percent * PERCENT, veto_window, resolver: resolver.map(judge) }
}

fn changed(terms: ConditionTerms<AccountId>, effective: Era) -> Event {
	Event::ConditionChanged { set: SET, id: 0, terms, effective }
}

/// The terms of condition 0 for a capture era.
fn at(capture: Era) -> Option<ConditionTerms<AccountId>> {
	AvsRegistry::condition(SET, 0, capture)
}

fn binds(capture: Era, percent: u64, veto_window: Era, resolver: Option<u8>) {
	assert_eq!(at(capture), Some(terms(percent, veto_window, resolver)), "capture era {capture}");
}

/// A set with a member and condition 0: 50 %, two eras, [`JUDGE`].
fn with_condition() {
	service();
	assert_ok!(add(50, 2, Some(JUDGE)));
	join(NORTH);
	events();
}

#[test]
fn a_condition_of_a_set_that_never_had_a_member_binds_for_every_capture() {
	execute(|| {
		service();
		Now::set(7);
		assert_ok!(add(50, 2, Some(JUDGE)));
		let declared = terms(50, 2, Some(JUDGE));
		assert_eq!(events(), [Event::ConditionAdded { set: SET, id: 0, terms: declared.clone(), since: 0 }]);
		let condition = Condition {
			text: text(b"Signs two prices for one second"),
			lane: ConditionLane::Attested,
			since: 0,
			terms: declared.into(),
		};
		assert_eq!(Conditions::<Test>::get(SET, 0), Some(condition));
		assert_eq!((set().conditions, set().next_condition), (1, 1));
		binds(0, 50, 2, Some(JUDGE));
		binds(7, 50, 2, Some(JUDGE));
		assert_eq!(AvsRegistry::condition(SET, 1, 7), None);
	});
}

#[test]
fn a_condition_of_a_set_with_members_binds_for_captures_after_the_delay() {
	execute(|| {
		served();
		Now::set(2);
		assert_ok!(add(50, 0, None));
		let since = 2 + TERMS_DELAY;
		assert_eq!(events(), [Event::ConditionAdded { set: SET, id: 0, terms: terms(50, 0, None), since }]);
		Now::set(since);
		assert_eq!(at(since - 1), None);
		binds(since, 50, 0, None);
	});
}

#[test]
fn a_condition_is_within_bounds() {
	execute(|| {
		service();
		assert_noop!(add(0, 0, None), Error::BadFraction);
		let (text, max_fraction) = (text(b""), WAD + 1);
		let call = Call::add_condition { set: SET, text, max_fraction, veto_window: 0, resolver: None };
		assert_noop!(send(OWNER, call), Error::BadFraction);
		assert_noop!(add(1, MAX_VETO_WINDOW + 1, None), Error::VetoWindowTooLong);
		assert_ok!(add(100, MAX_VETO_WINDOW, None));
		assert_ok!(add(1, 0, None));
		assert_ok!(add(1, 0, None));
		assert_noop!(add(1, 0, None), Error::TooManyConditions);

		assert_noop!(change(0, 0, None), Error::BadFraction);
		assert_noop!(change(101, 0, None), Error::BadFraction);
		assert_noop!(change(1, MAX_VETO_WINDOW + 1, None), Error::VetoWindowTooLong);
	});
}

#[test]
fn a_condition_goes_at_once_and_its_id_with_it() {
	execute(|| {
		with_condition();
		assert_noop!(remove(1), Error::UnknownCondition);
		assert_ok!(remove(0));
		assert_eq!(events(), [Event::ConditionRemoved { set: SET, id: 0 }]);
		assert_eq!((at(0), set().conditions), (None, 0));
		assert_noop!(remove(0), Error::UnknownCondition);
		assert_noop!(change(1, 0, None), Error::UnknownCondition);
		assert_ok!(add(1, 0, None));
		assert_eq!((set().conditions, set().next_condition), (1, 2));
		assert!(Conditions::<Test>::contains_key(SET, 1));
	});
}

#[test]
fn condition_ids_run_out_rather_than_return() {
	execute(|| {
		service();
		Sets::<Test>::mutate(SET, |set| set.as_mut().unwrap().next_condition = ConditionId::MAX);
		assert_noop!(add(1, 0, None), ArithmeticError::Overflow);
	});
}

#[test]
fn while_a_set_never_had_a_member_changes_bind_at_once() {
	execute(|| {
		service();
		assert_ok!(add(50, 2, Some(JUDGE)));
		Now::set(3);
		events();
		assert_ok!(change(80, 0, None));
		assert_eq!(events(), [changed(terms(80, 0, None), 3)]);
		binds(0, 80, 0, None);
		assert_eq!(Conditions::<Test>::get(SET, 0).unwrap().terms.next, None);
	});
}

#[test]
fn what_eases_binds_at_once_and_for_every_capture() {
	execute(|| {
		with_condition();
		Now::set(9);
		assert_ok!(change(40, 3, Some(JUDGE)));
		assert_eq!(events(), [changed(terms(40, 3, Some(JUDGE)), 9)]);
		binds(0, 40, 3, Some(JUDGE));
		binds(9, 40, 3, Some(JUDGE));
	});
}

#[test]
fn a_resolver_where_there_was_none_eases() {
	execute(|| {
		service();
		assert_ok!(add(50, 2, None));
		join(NORTH);
		Now::set(9);
		events();
		assert_ok!(change(50, 2, Some(JUDGE)));
		assert_eq!(events(), [changed(terms(50, 2, Some(JUDGE)), 9)]);
		binds(0, 50, 2, Some(JUDGE));
	});
}

#[test]
fn governance_may_be_the_resolver() {
	execute(|| {
		let governed = |percent: u64| ConditionTerms {
			max_fraction: percent * PERCENT,
			veto_window: 2,
			resolver: Some(Resolver::Governance),
		};
		let change = |percent: u64, resolver| {
			let max_fraction = percent * PERCENT;
			send(OWNER, Call::change_condition { set: SET, id: 0, max_fraction, veto_window: 2, resolver })
		};
		service();
		let (max_fraction, resolver) = (50 * PERCENT, Some(Resolver::Governance));
		let text = text(b"Signs two prices for one second");
		let add = Call::add_condition { set: SET, text, max_fraction, veto_window: 2, resolver };
		assert_ok!(send(OWNER, add));
		assert_eq!(events(), [Event::ConditionAdded { set: SET, id: 0, terms: governed(50), since: 0 }]);
		assert_eq!(at(0), Some(governed(50)));
		join(NORTH);
		assert_noop!(change(50, Some(Resolver::Governance)), Error::NoChange);

		// To replace governance by an account, or by no resolver, waits.
		for (now, resolver, percent) in [(1, Some(judge(JUDGE)), 50), (2, None, 50)] {
			Now::set(now);
			assert_ok!(change(percent, resolver.clone()));
			assert_eq!(at(now + TERMS_DELAY - 1), Some(governed(50)));
			assert_eq!(at(now + TERMS_DELAY).unwrap().resolver, resolver);
		}
		// To choose governance again withdraws the change that waits. The lower fraction binds at once.
		assert_ok!(change(40, Some(Resolver::Governance)));
		assert_eq!((at(0), at(100)), (Some(governed(40)), Some(governed(40))));
	});
}

#[test]
fn governance_as_resolver_where_there_was_none_eases() {
	execute(|| {
		let governance = Some(Resolver::Governance);
		let change = |percent: u64, resolver| {
			let max_fraction = percent * PERCENT;
			send(OWNER, Call::change_condition { set: SET, id: 0, max_fraction, veto_window: 2, resolver })
		};
		service();
		assert_ok!(add(50, 2, None));
		join(NORTH);
		Now::set(9);
		// With a higher fraction, the resolver binds for every capture era, and the fraction waits.
		assert_ok!(change(60, governance.clone()));
		let terms = |percent: u64, resolver| ConditionTerms {
			max_fraction: percent * PERCENT,
			veto_window: 2,
			resolver,
		};
		assert_eq!(at(0), Some(terms(50, governance.clone())));
		assert_eq!(at(9 + TERMS_DELAY - 1), Some(terms(50, governance.clone())));
		assert_eq!(at(9 + TERMS_DELAY), Some(terms(60, governance.clone())));
		// To replace an account by governance waits, like every change of a resolver.
		let by_account = terms(50, Some(judge(JUDGE)));
		assert_eq!(by_account.eased_by(&terms(50, governance.clone())), by_account);
		assert_eq!(terms(50, None).eased_by(&terms(60, governance.clone())), terms(50, governance));
	});
}

#[test]
fn what_tightens_binds_for_captures_after_the_delay() {
	let tighter =
		[(60, 2, Some(JUDGE)), (50, 1, Some(JUDGE)), (50, 2, Some(OTHER)), (50, 2, None), (100, 0, None)];
	for (percent, veto_window, resolver) in tighter {
		execute(|| {
			with_condition();
			Now::set(2);
			assert_ok!(change(percent, veto_window, resolver));
			let effective = 2 + TERMS_DELAY;
			assert_eq!(events(), [changed(terms(percent, veto_window, resolver), effective)]);
			for now in [2, effective, effective + 50] {
				Now::set(now);
				binds(0, 50, 2, Some(JUDGE));
				binds(effective - 1, 50, 2, Some(JUDGE));
				binds(effective, percent, veto_window, resolver);
			}
		});
	}
}

#[test]
fn each_part_of_a_change_binds_in_its_time() {
	execute(|| {
		with_condition();
		assert_ok!(change(30, 1, Some(OTHER)));
		assert_eq!(events(), [changed(terms(30, 1, Some(OTHER)), TERMS_DELAY)]);
		binds(TERMS_DELAY - 1, 30, 2, Some(JUDGE));
		binds(TERMS_DELAY, 30, 1, Some(OTHER));
	});
}

#[test]
fn a_change_replaces_one_that_does_not_bind_yet() {
	execute(|| {
		with_condition();
		assert_ok!(change(60, 2, Some(JUDGE)));
		Now::set(TERMS_DELAY - 1);
		assert_ok!(change(70, 3, Some(JUDGE)));
		let effective = 2 * TERMS_DELAY - 1;
		binds(TERMS_DELAY, 50, 3, Some(JUDGE));
		binds(effective - 1, 50, 3, Some(JUDGE));
		binds(effective, 70, 3, Some(JUDGE));
	});
}

#[test]
fn what_was_announced_goes_on_where_it_is_only_eased() {
	execute(|| {
		with_condition();
		assert_ok!(change(80, 0, Some(OTHER)));
		Now::set(TERMS_DELAY - 1);
		events();
		assert_ok!(change(60, 1, Some(OTHER)));
		assert_eq!(events(), [changed(terms(60, 1, Some(OTHER)), TERMS_DELAY)]);
		binds(TERMS_DELAY - 1, 50, 2, Some(JUDGE));
		binds(TERMS_DELAY, 60, 1, Some(OTHER));
	});
}

#[test]
fn a_change_is_taken_back_by_setting_what_binds() {
	execute(|| {
		with_condition();
		assert_ok!(change(80, 0, Some(OTHER)));
		Now::set(1);
		events();
		assert_ok!(change(50, 2, Some(JUDGE)));
		assert_eq!(events(), [changed(terms(50, 2, Some(JUDGE)), 1)]);
		binds(100, 50, 2, Some(JUDGE));
		assert_eq!(Conditions::<Test>::get(SET, 0).unwrap().terms.next, None);
	});
}

#[test]
fn a_change_changes() {
	execute(|| {
		with_condition();
		assert_noop!(change(50, 2, Some(JUDGE)), Error::NoChange);
		assert_ok!(change(80, 2, Some(JUDGE)));
		assert_noop!(change(80, 2, Some(JUDGE)), Error::NoChange);
	});
}

#[test]
fn while_two_terms_bind_a_change_that_tightens_has_to_wait() {
	execute(|| {
		with_condition();
		assert_ok!(change(60, 2, Some(JUDGE)));
		for now in [TERMS_DELAY, TERMS_DELAY + EXIT_ERAS] {
			Now::set(now);
			assert_noop!(change(70, 2, Some(JUDGE)), Error::ChangePending);
			assert_noop!(change(60, 1, Some(JUDGE)), Error::ChangePending);
			assert_noop!(change(60, 2, Some(OTHER)), Error::ChangePending);
			assert_noop!(change(60, 2, None), Error::ChangePending);
		}
		let now = TERMS_DELAY + EXIT_ERAS + 1;
		Now::set(now);
		assert_ok!(change(70, 2, Some(JUDGE)));
		// These terms bind for every capture era that a slash can still name.
		binds(now - EXIT_ERAS, 60, 2, Some(JUDGE));
		binds(now + TERMS_DELAY - 1, 60, 2, Some(JUDGE));
		binds(now + TERMS_DELAY, 70, 2, Some(JUDGE));
	});
}

#[test]
fn while_two_terms_bind_a_change_that_eases_reaches_both() {
	execute(|| {
		with_condition();
		assert_ok!(change(60, 1, Some(OTHER)));
		let effective = TERMS_DELAY;
		Now::set(effective + 1);
		events();
		assert_ok!(change(55, 1, Some(OTHER)));
		assert_eq!(events(), [changed(terms(55, 1, Some(OTHER)), effective)]);
		binds(effective - 1, 50, 2, Some(JUDGE));
		binds(effective, 55, 1, Some(OTHER));

		assert_ok!(change(20, 3, Some(OTHER)));
		binds(effective - 1, 20, 3, Some(JUDGE));
		binds(effective, 20, 3, Some(OTHER));
	});
}

#[test]
fn two_terms_that_were_eased_to_the_same_are_one() {
	execute(|| {
		with_condition();
		assert_ok!(change(60, 2, Some(JUDGE)));
		Now::set(TERMS_DELAY);
		assert_ok!(change(40, 2, Some(JUDGE)));
		assert_eq!(Conditions::<Test>::get(SET, 0).unwrap().terms.next, None);
		binds(0, 40, 2, Some(JUDGE));
		assert_ok!(change(60, 2, Some(JUDGE)));
		binds(2 * TERMS_DELAY - 1, 40, 2, Some(JUDGE));
		binds(2 * TERMS_DELAY, 60, 2, Some(JUDGE));
	});
}

#[test]
fn a_condition_that_does_not_bind_yet_can_be_changed() {
	execute(|| {
		served();
		assert_ok!(add(50, 2, Some(JUDGE)));
		Now::set(2);
		assert_ok!(change(40, 1, Some(JUDGE)));
		assert_eq!(at(TERMS_DELAY - 1), None);
		binds(TERMS_DELAY, 40, 2, Some(JUDGE));
		binds(TERMS_DELAY + 2, 40, 1, Some(JUDGE));
	});
}

/// Whether `new` asks no more of a member than `old` does.
fn no_worse(new: &ConditionTerms<AccountId>, old: &ConditionTerms<AccountId>) -> bool {
	old.eased_by(new) == *new
}

proptest! {
	#![proptest_config(ProptestConfig::with_cases(500))]

	/// Whatever the owner does: eras that can still be slashed, and those that begin within the delay, get no worse
	/// terms than they had or, if they have not begun, than those that bind now. An accepted change binds after the
	/// delay at the latest.
	#[test]
	fn no_sequence_of_changes_reaches_back(
		changes in prop::collection::vec(
			(0..4u32, 1..4u64, 0..=MAX_VETO_WINDOW, prop::option::of(JUDGE..=OTHER)),
			1..40,
		),
	) {
		execute(|| {
			with_condition();
			for (eras, fraction, veto_window, resolver) in changes {
				let now = Now::get() + eras;
				Now::set(now);
				let at = |capture| Conditions::<Test>::get(SET, 0).unwrap().terms_at(capture).unwrap().clone();
				let captures = (now + 1).saturating_sub(EXIT_ERAS)..now + TERMS_DELAY;
				let before: Vec<_> = captures.clone().map(at).collect();
				let binding = at(now);
				let new = terms(fraction * 30, veto_window, resolver);
				match change(fraction * 30, veto_window, resolver) {
					Ok(()) => assert_eq!(at(now + TERMS_DELAY), new),
					Err(e) => assert!(e == Error::NoChange.into() || e == Error::ChangePending.into()),
				}
				for (capture, before) in captures.zip(before) {
					let after = at(capture);
					let kept = no_worse(&after, &before) || (capture > now && no_worse(&after, &binding));
					assert!(kept, "capture {capture} in era {now}: {before:?}, then {after:?}");
				}
			}
		});
	}
}
