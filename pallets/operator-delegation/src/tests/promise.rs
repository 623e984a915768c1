//! Operators' promises about their commission, and when a weaker promise binds.

use super::*;
use frame_support::assert_noop;
use mainstay_primitives::{Delayed, BPS};
use proptest::prelude::*;

/// The exit delay of these tests and one era: the minimum time until a weaker promise binds.
const WAIT: Era = 5;

fn set_promise(max_commission: Bps, notice: Era) -> DispatchResult {
	send(OPERATOR, Call::set_promise { max_commission, notice })
}

/// The promise that binds now: the maximum commission, and the notice.
fn promised() -> (Bps, Era) {
	let promise = Custody::promise(account(OPERATOR)).unwrap();
	(promise.max_commission, promise.notice)
}

fn stored() -> Operator {
	Operators::<Test>::get(account(OPERATOR)).unwrap()
}

fn set(max_commission: Bps, notice: Era, effective: Era) -> Event {
	let promise = Promise { max_commission, notice };
	Event::PromiseSet { operator: account(OPERATOR), promise, effective }
}

fn raised(old: Bps, new: Bps, effective: Era) -> Event {
	Event::CommissionSet { operator: account(OPERATOR), old, new, effective }
}

/// An operator with a commission of 5 % that made this promise in era 0.
fn with_promise(max_commission: Bps, notice: Era) {
	register(500);
	assert_ok!(set_promise(max_commission, notice));
	events();
}

#[test]
fn who_registers_promises_nothing() {
	execute(|| {
		assert_eq!(Custody::promise(account(OPERATOR)), None);
		assert_noop!(set_promise(BPS, 0), Error::NotOperator);
		register(500);
		assert_eq!(promised(), (BPS, 0));
		assert_eq!(stored().promise, Promise { max_commission: BPS, notice: 0 }.into());
		assert_noop!(set_promise(BPS, 0), Error::NoChange);
		assert_ok!(set_commission(BPS));
		Now::set(COMMISSION_DELAY);
		assert_eq!(commission(), Some(BPS));
		assert_eq!(Custody::promise(account(ALICE)), None);
	});
}

#[test]
fn more_of_a_promise_binds_at_once() {
	execute(|| {
		register(500);
		assert_ok!(set_commission(800));
		let commission = stored().commission;
		events();
		for (now, max_commission, notice) in
			[(0, 3_000, 0), (1, 3_000, 3), (1, 2_000, 3), (7, 1_000, MAX_NOTICE)]
		{
			Now::set(now);
			assert_ok!(set_promise(max_commission, notice));
			assert_eq!(events(), [set(max_commission, notice, now)]);
			assert_eq!(promised(), (max_commission, notice));
			let promise = Promise { max_commission, notice }.into();
			let (commission, policy, deposit) = (commission.clone(), Policy::Open, ItemDeposit::get());
			assert_eq!(stored(), Operator { commission, promise, policy, retired: false, deposit });
		}
	});
}

#[test]
fn less_of_a_promise_waits_for_the_exit_delay_and_one_era() {
	for (max_commission, notice) in [(3_000, 3), (2_000, 0), (2_001, 2), (BPS, 0)] {
		execute(|| {
			with_promise(2_000, 3);
			Now::set(2);
			assert_ok!(set_promise(max_commission, notice));
			assert_eq!(events(), [set(max_commission, notice, 2 + WAIT)]);
			for now in [2, 3, 2 + WAIT - 1] {
				Now::set(now);
				assert_eq!(promised(), (2_000, 3));
			}
			Now::set(2 + WAIT);
			assert_eq!(promised(), (max_commission, notice));
		});
	}
}

#[test]
fn less_of_a_promise_waits_for_a_longer_exit_delay() {
	execute(|| {
		with_promise(2_000, 3);
		ExitDelay::set(9);
		assert_ok!(set_promise(3_000, 3));
		assert_eq!(events(), [set(3_000, 3, 10)]);
		Now::set(9);
		assert_eq!(promised(), (2_000, 3));
		Now::set(10);
		assert_eq!(promised(), (3_000, 3));
	});
}

#[test]
fn less_of_a_promise_waits_for_the_notice_where_that_is_longer() {
	for (notice, wait) in [(WAIT - 1, WAIT), (WAIT, WAIT), (WAIT + 1, WAIT + 1), (MAX_NOTICE, MAX_NOTICE)] {
		for (max_commission, less) in [(3_000, notice), (2_000, 0), (3_000, notice - 1)] {
			execute(|| {
				with_promise(2_000, notice);
				Now::set(1);
				assert_ok!(set_promise(max_commission, less));
				assert_eq!(events(), [set(max_commission, less, 1 + wait)]);
				Now::set(wait);
				assert_eq!(promised(), (2_000, notice));
				Now::set(1 + wait);
				assert_eq!(promised(), (max_commission, less));
			});
		}
	}
}

#[test]
fn of_a_mixed_change_the_better_of_both_counts_meanwhile() {
	execute(|| {
		// A lower maximum commission with a shorter notice.
		with_promise(3_000, 10);
		Now::set(1);
		assert_ok!(set_promise(2_000, 1));
		assert_eq!(events(), [set(2_000, 1, 11)]);
		for now in [1, 10] {
			Now::set(now);
			assert_eq!(promised(), (2_000, 10));
			assert_noop!(set_commission(2_001), Error::PromiseBroken);
		}
		Now::set(11);
		assert_eq!(promised(), (2_000, 1));

		// A higher maximum commission with a longer notice. The longer notice applies to this change already.
		assert_ok!(set_promise(4_000, 20));
		assert_eq!(events(), [set(4_000, 20, 31)]);
		for now in [11, 30] {
			Now::set(now);
			assert_eq!(promised(), (2_000, 20));
		}
		Now::set(31);
		assert_eq!(promised(), (4_000, 20));
	});
}

#[test]
fn a_promise_is_within_bounds_and_another_one() {
	execute(|| {
		register(500);
		assert_noop!(set_promise(BPS + 1, 0), Error::CommissionTooHigh);
		assert_noop!(set_promise(BPS, MAX_NOTICE + 1), Error::NoticeTooLong);
		assert_ok!(set_promise(2_000, MAX_NOTICE));
		assert_noop!(set_promise(2_000, MAX_NOTICE), Error::NoChange);
		// An announced change cannot be announced again either.
		assert_ok!(set_promise(3_000, 1));
		assert_noop!(set_promise(3_000, 1), Error::NoChange);
		Now::set(MAX_NOTICE);
		assert_eq!(promised(), (3_000, 1));
		assert_noop!(set_promise(3_000, 1), Error::NoChange);
		let unsigned = OperatorDelegation::set_promise(RuntimeOrigin::root(), 2_000, 1);
		assert_noop!(unsigned, sp_runtime::DispatchError::BadOrigin);
	});
}

#[test]
fn no_commission_above_the_promise_is_announced() {
	execute(|| {
		with_promise(1_000, 0);
		assert_noop!(set_commission(1_001), Error::PromiseBroken);
		assert_noop!(set_commission(BPS + 1), Error::CommissionTooHigh);
		assert_ok!(set_commission(1_000));
		// A promise that still waits does not allow a higher commission.
		assert_ok!(set_promise(2_000, 0));
		for now in [0, WAIT - 1] {
			Now::set(now);
			assert_noop!(set_commission(1_001), Error::PromiseBroken);
		}
	});
}

#[test]
fn no_promise_below_the_commission_is_made() {
	execute(|| {
		register(500);
		assert_noop!(set_promise(499, 0), Error::PromiseBroken);
		assert_ok!(set_commission(800));
		// A promise below the announced commission is refused, however long its notice.
		for max_commission in [0, 500, 799] {
			assert_noop!(set_promise(max_commission, 0), Error::PromiseBroken);
			assert_noop!(set_promise(max_commission, MAX_NOTICE), Error::PromiseBroken);
		}
		Now::set(COMMISSION_DELAY);
		assert_noop!(set_promise(799, 0), Error::PromiseBroken);
		assert_ok!(set_promise(800, 0));
		// A lower commission binds at once, and a lower promise may follow.
		assert_ok!(set_commission(300));
		assert_noop!(set_promise(299, 0), Error::PromiseBroken);
		assert_ok!(set_promise(300, 0));
		assert_noop!(set_commission(301), Error::PromiseBroken);
		assert_eq!((commission(), promised()), (Some(300), (300, 0)));
	});
}

#[test]
fn a_raise_that_was_taken_back_binds_no_promise() {
	execute(|| {
		register(500);
		assert_ok!(set_commission(800));
		assert_ok!(set_commission(500));
		assert_ok!(set_promise(500, 0));
	});
}

#[test]
fn a_raise_waits_for_the_notice_and_for_the_least_delay() {
	for notice in [0, 1, COMMISSION_DELAY, COMMISSION_DELAY + 1, 7, MAX_NOTICE] {
		let delay = notice.max(COMMISSION_DELAY);
		execute(|| {
			with_promise(1_000, notice);
			Now::set(3);
			assert_ok!(set_commission(900));
			assert_eq!(events(), [raised(500, 900, 3 + delay)]);
			Now::set(3 + delay - 1);
			assert_eq!(commission(), Some(500));
			Now::set(3 + delay);
			assert_eq!(commission(), Some(900));
		});
	}
}

#[test]
fn a_lower_commission_needs_no_notice() {
	execute(|| {
		with_promise(1_000, 7);
		assert_ok!(set_commission(100));
		assert_eq!(events(), [raised(500, 100, 0)]);
		assert_eq!(commission(), Some(100));
		// A raise back to the old commission waits for the notice.
		assert_ok!(set_commission(500));
		assert_eq!(events(), [raised(100, 500, 7)]);
	});
}

#[test]
fn an_announced_raise_keeps_its_era_when_the_notice_gets_longer() {
	execute(|| {
		register(500);
		assert_ok!(set_commission(900));
		assert_ok!(set_promise(1_000, 20));
		assert_eq!(promised(), (1_000, 20));
		Now::set(COMMISSION_DELAY - 1);
		assert_eq!(commission(), Some(500));
		Now::set(COMMISSION_DELAY);
		assert_eq!(commission(), Some(900));
		// The next raise waits for the longer notice.
		events();
		assert_ok!(set_commission(1_000));
		assert_eq!(events(), [raised(900, 1_000, COMMISSION_DELAY + 20)]);
	});
}

#[test]
fn a_shorter_notice_counts_for_raises_once_it_binds() {
	execute(|| {
		with_promise(2_000, 10);
		assert_ok!(set_promise(2_000, 3));
		Now::set(9);
		events();
		assert_ok!(set_commission(900));
		assert_eq!(events(), [raised(500, 900, 19)]);
		Now::set(10);
		assert_eq!(promised(), (2_000, 3));
		// This raise replaces the pending one, and binds before that one would have.
		assert_ok!(set_commission(800));
		assert_eq!(events(), [raised(500, 800, 13)]);
		Now::set(13);
		assert_eq!(commission(), Some(800));
		Now::set(19);
		assert_eq!(commission(), Some(800));
	});
}

#[test]
fn once_a_weaker_promise_binds_the_commission_may_rise_up_to_it() {
	execute(|| {
		with_promise(1_000, 0);
		assert_ok!(set_promise(2_000, 0));
		Now::set(WAIT - 1);
		assert_noop!(set_commission(2_000), Error::PromiseBroken);
		Now::set(WAIT);
		assert_noop!(set_commission(2_001), Error::PromiseBroken);
		events();
		assert_ok!(set_commission(2_000));
		assert_eq!(events(), [raised(500, 2_000, WAIT + COMMISSION_DELAY)]);
		Now::set(WAIT + COMMISSION_DELAY);
		assert_eq!(commission(), Some(2_000));
		assert_noop!(set_promise(1_999, 0), Error::PromiseBroken);
	});
}

#[test]
fn a_change_replaces_one_that_waits() {
	execute(|| {
		with_promise(2_000, 1);
		assert_ok!(set_promise(4_000, 0));
		Now::set(3);
		events();
		assert_ok!(set_promise(3_000, 0));
		assert_eq!(events(), [set(3_000, 0, 3 + WAIT)]);
		Now::set(WAIT);
		assert_eq!(promised(), (2_000, 1), "the first change is replaced");
		Now::set(3 + WAIT - 1);
		assert_eq!(promised(), (2_000, 1));
		Now::set(3 + WAIT);
		assert_eq!(promised(), (3_000, 0), "the second change waits its whole delay");
	});
}

#[test]
fn a_change_that_waits_is_taken_back_by_promising_what_binds_or_more() {
	execute(|| {
		with_promise(2_000, 1);
		for (max_commission, notice) in [(2_000, 1), (1_000, 1), (1_000, 2)] {
			assert_ok!(set_promise(4_000, 0));
			Now::mutate(|now| *now += 1);
			events();
			assert_ok!(set_promise(max_commission, notice));
			assert_eq!(events(), [set(max_commission, notice, Now::get())]);
			assert_eq!(stored().promise, Promise { max_commission, notice }.into());
		}
		Now::set(100);
		assert_eq!(promised(), (1_000, 2));
	});
}

#[test]
fn a_mixed_change_that_is_taken_back_leaves_what_it_promised_more_of() {
	execute(|| {
		with_promise(3_000, 10);
		assert_ok!(set_promise(2_000, 0));
		// The lower maximum binds, so a change back to the old one waits.
		assert_ok!(set_promise(3_000, 10));
		assert_eq!(events().last(), Some(&set(3_000, 10, 10)));
		assert_eq!(promised(), (2_000, 10));
		Now::set(10);
		assert_eq!(promised(), (3_000, 10));
	});
}

#[test]
fn what_binds_already_is_the_base_of_the_next_change() {
	execute(|| {
		with_promise(2_000, 1);
		assert_ok!(set_promise(3_000, 0));
		Now::set(20);
		assert_ok!(set_promise(4_000, 0));
		let (value, next) =
			(Promise { max_commission: 3_000, notice: 0 }, Promise { max_commission: 4_000, notice: 0 });
		assert_eq!(stored().promise, Delayed { value, next: Some((next, 20 + WAIT)) });
		assert_eq!(promised(), (3_000, 0));
	});
}

#[test]
fn who_retired_keeps_its_promise() {
	execute(|| {
		with_promise(1_000, 7);
		retire();
		assert_eq!(promised(), (1_000, 7));
		assert_noop!(set_commission(1_001), Error::PromiseBroken);
		events();
		assert_ok!(set_commission(1_000));
		assert_eq!(events(), [raised(500, 1_000, 7)]);
		assert_ok!(set_promise(1_000, 8));
		assert_eq!(promised(), (1_000, 8));
	});
}

#[derive(Clone, Debug)]
enum Change {
	Commission(Bps),
	Promise(Bps, Era),
}

fn change() -> impl Strategy<Value = Change> {
	let bps = || (0..=10u16).prop_map(|n| n * 1_000);
	prop_oneof![
		bps().prop_map(Change::Commission),
		(bps(), 0..=9u32).prop_map(|(max_commission, notice)| Change::Promise(max_commission, notice)),
	]
}

/// What delegators saw and were told.
#[derive(Default)]
struct Seen {
	/// Every promise that bound at some moment, and how many of the announced changes had come to bind by then.
	promises: Vec<(usize, Promise)>,
	/// Every announced change of the promise, with its era.
	announced: Vec<(Era, Promise)>,
	/// The last announced change of the commission: its era, how long a raise has to wait, and how many of `promises`
	/// had been seen by then.
	raise: Option<(Era, Era, usize)>,
	/// The commission at the last look.
	commission: Bps,
}

impl Seen {
	/// Compares the operator's terms with what delegators were told.
	fn look(&mut self) {
		let now = Now::get();
		let promise = Custody::promise(account(OPERATOR)).unwrap();
		let commission = commission().unwrap();
		for era in now..now + 30 {
			let terms = stored();
			assert!(*terms.commission.at(era) <= terms.promise.at(era).max_commission, "in era {era}");
		}
		// A change that waits is the last one announced.
		let waits = stored().promise.next.is_some_and(|(_, effective)| effective > now);
		self.promises.push((self.announced.len() - usize::from(waits), promise));
		for (from, promise) in &self.promises {
			// A delegator that saw this promise had time to leave after changes that were announced `WAIT` eras ago.
			let later = self.announced[*from..].iter();
			let most = later.filter(|(era, _)| era + WAIT <= now).map(|(_, later)| later.max_commission);
			let most = most.max().unwrap_or(0).max(promise.max_commission);
			assert!(commission <= most, "{commission} in era {now}, after {promise:?}");
		}
		if commission > self.commission {
			let (announced, wait, seen) = self.raise.expect("a raise is announced");
			assert!(announced + wait <= now, "a raise of era {announced} binds in {now}");
			for (from, promise) in &self.promises[..seen] {
				let in_time = announced + promise.notice <= now;
				let long = promise.notice.max(WAIT);
				let told = self.announced[*from..]
					.iter()
					.any(|(era, later)| later.notice < promise.notice && era + long <= announced);
				assert!(in_time || told, "a raise of era {announced} binds in {now}, after {promise:?}");
			}
		}
		self.commission = commission;
	}

	fn act(&mut self, change: &Change) {
		let (now, promise) = (Now::get(), Custody::promise(account(OPERATOR)).unwrap());
		let before = stored();
		match change {
			Change::Commission(new) => match set_commission(*new) {
				Ok(()) => {
					let wait = promise.notice.max(COMMISSION_DELAY);
					self.raise = Some((now, wait, self.promises.len()));
				},
				Err(e) if e == Error::NoChange.into() => assert_eq!(before.commission.announced(), new),
				Err(e) => {
					assert_eq!(e, Error::PromiseBroken.into());
					assert!(*new > promise.max_commission);
				},
			},
			Change::Promise(max_commission, notice) => match set_promise(*max_commission, *notice) {
				Ok(()) => {
					let promise = Promise { max_commission: *max_commission, notice: *notice };
					self.announced.push((now, promise));
				},
				Err(e) if e == Error::NoChange.into() => {},
				Err(e) => {
					assert_eq!(e, Error::PromiseBroken.into());
					assert!(before.commission.announced().max(before.commission.at(now)) > max_commission);
				},
			},
		}
	}
}

proptest! {
	#![proptest_config(ProptestConfig::with_cases(300))]

	/// Whatever the operator does, it takes no more than it promised to any delegator who has had no time to leave
	/// since. No raise binds before the notice is over that was promised when the raise was announced.
	#[test]
	fn no_delegator_is_taken_by_surprise(changes in prop::collection::vec((0..4u32, change()), 1..60)) {
		execute(|| {
			register(500);
			let mut seen = Seen { commission: 500, ..Default::default() };
			for (eras, change) in changes {
				for _ in 0..eras {
					Now::mutate(|now| *now += 1);
					seen.look();
				}
				seen.act(&change);
				seen.look();
				OperatorDelegation::do_try_state().unwrap();
			}
			for _ in 0..20 {
				Now::mutate(|now| *now += 1);
				seen.look();
			}
		});
	}
}

#[test]
fn the_highest_commission_within_a_notice_is_known_before() {
	execute(|| {
		let within = |notice| Custody::commission_within(&account(OPERATOR), notice);
		assert_eq!(within(9), None);
		register(500);
		assert_eq!([1, COMMISSION_DELAY, u32::MAX].map(within), [Some(500), Some(BPS), Some(BPS)]);
		assert_ok!(set_promise(1_000, 3));
		assert_eq!([2, 3].map(within), [Some(500), Some(1_000)]);
		assert_ok!(set_commission(800));
		assert_eq!([2, 3].map(within), [Some(500), Some(1_000)]);
		assert_ok!(set_promise(800, 9));
		assert_eq!(
			[2, 3, 9].map(within),
			[Some(500), Some(800), Some(800)],
			"the announced raise binds in era 3"
		);
		// An announced weaker promise counts as well: once it binds, a raise needs less notice.
		assert_ok!(set_promise(9_000, 0));
		assert_eq!([1, 2].map(within), [Some(500), Some(9_000)]);
	});
}
