//! Genesis, and genesis configurations that are refused.

use super::*;
use mainstay_primitives::NetworkParameters;

#[test]
fn genesis_writes_the_parameters_and_elects_the_first_set() {
	execute(|| {
		assert_eq!(Parameters::<Test>::get(), network().parameters);
		assert_eq!((ValidatorCount::<Test>::get(), MinSelfStake::<Test>::get()), (4, 500 * STAY));
		assert_eq!(candidates(), accounts(&[1, 2, 3, 4]));
		assert_eq!(set_of(0), accounts(&[4, 3, 2, 1]));
		assert_eq!(ActiveEra::<Test>::get(), Some(ActiveEraInfo { index: 0, start: None }));
		assert_eq!(CurrentEra::<Test>::get(), Some(0));
	});
}

#[test]
#[should_panic(expected = "network parameters: slot_millis must be even and positive")]
fn parameters_that_break_a_rule_are_refused_with_its_text() {
	let parameters = NetworkParameters { slot_millis: 999, ..network().parameters };
	new_network(crate::GenesisConfig { parameters, ..network() });
}

#[test]
#[should_panic(expected = "validator_count exceeds MaxValidators")]
fn a_validator_count_above_the_largest_set_is_refused() {
	new_network(crate::GenesisConfig { validator_count: 6, ..network() });
}

#[test]
#[should_panic(expected = "is no operator")]
fn a_candidate_that_is_no_operator_is_refused() {
	new_network(crate::GenesisConfig { candidates: accounts(&[9]), ..network() });
}

#[test]
#[should_panic(expected = "more candidates than MaxCandidates")]
fn more_candidates_than_may_be_are_refused() {
	new_network(crate::GenesisConfig { candidates: accounts(&[1, 2, 3, 4, 5, 6, 7]), ..network() });
}
