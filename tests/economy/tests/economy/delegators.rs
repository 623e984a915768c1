//! The cost of operations on an operator does not depend on the number of its delegators.
//!
//! `scripts/bench-delegators` also measures the time, up to 100,000 delegators.

use mainstay_economy_tests::delegators::{Operation, State};

#[test]
fn a_thousand_delegators_cost_as_many_reads_and_writes_as_one() {
	let (one, thousand) = (State::new(1), State::new(1_000));
	assert_eq!((one.delegators(), thousand.delegators()), (1, 1_000));
	for operation in Operation::ALL {
		let used = one.run(operation);
		println!("{operation:?}: {used:?}");
		assert!(used.reads > 0 && used.writes > 0, "{operation:?} uses the storage");
		assert_eq!(thousand.run(operation), used, "{operation:?}");
	}
}
