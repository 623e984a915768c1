//! Two operators, their delegators, and the services that rely on them.

pub use crate::people::{ann, bea, op, owner, two};
use mainstay_economy_tests::services::{account, admit, back, operator, run};
use mainstay_primitives::{NetworkParameters, OperatorSetId, PoolKind, STAY};

pub const NATIVE: PoolKind = PoolKind::Native;
pub const GOLD: PoolKind = PoolKind::Asset(1);
pub const KINDS: [PoolKind; 2] = [NATIVE, GOLD];
/// The set of most tests, and a second one.
pub const SET: OperatorSetId = OperatorSetId { avs: 0, index: 0 };
pub const OTHER: OperatorSetId = OperatorSetId { avs: 1, index: 0 };
pub const LOCAL: NetworkParameters = NetworkParameters::LOCAL;

/// The operators, the delegators, and the owner of all services.
pub const PEOPLE: [&str; 5] = ["op", "two", "ann", "bea", "owner"];

/// Runs `test` in era 0 with two operators. `op` has a `Native` pool of 4,000 STAY and 8 units, and 500 gold and 3
/// units. `two` has 777 STAY and 5 units, and 100 gold and 9 units.
pub fn town(leverage: u32, test: impl FnOnce()) {
	let people = PEOPLE.map(account);
	run(NetworkParameters { max_leverage: leverage, ..LOCAL }, &people, || {
		admit(1, 1, &people);
		for who in [op(), two()] {
			operator(&who, 500);
		}
		back(&op(), &op(), NATIVE, 1_000 * STAY + 1);
		back(&ann(), &op(), NATIVE, 3_000 * STAY + 7);
		back(&bea(), &op(), GOLD, 500 * STAY + 3);
		back(&bea(), &op(), PoolKind::Stake, 300 * STAY);
		back(&ann(), &two(), NATIVE, 777 * STAY + 5);
		back(&bea(), &two(), GOLD, 100 * STAY + 9);
		test();
	});
}
