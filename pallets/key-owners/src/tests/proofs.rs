//! Proofs that are made, and proofs that are refused.

use super::*;
use frame_support::traits::KeyOwnerProofSystem;
use sp_core::crypto::key_types::DUMMY;
use sp_session::MembershipProof;

#[test]
fn a_proof_is_the_session_and_its_number_of_validators() {
	execute(|| {
		to_session(2);
		let proof = MembershipProof { session: 2, trie_nodes: vec![], validator_count: 4 };
		assert_eq!(KeyOwners::prove((DUMMY, key(1))), Some(proof.clone()));
		assert_eq!(check(1, proof), Some(1));
	});
}

#[test]
fn a_proof_of_a_past_session_holds_in_every_later_one_in_time() {
	execute(|| {
		to_session(1);
		NextSet::set(Some(vec![1, 2, 3]));
		set_key(1, 11);
		to_session(3);
		let proof = prove_in(2, 1).unwrap();
		assert_eq!(proof.validator_count, 4);
		while *in_time().start() <= 2 {
			assert_eq!(check(1, proof.clone()), Some(1));
			assert_eq!(prove_in(2, 1).unwrap().validator_count, 4);
			to_session(Session::current_index() + 1);
		}
		assert_eq!(check(1, proof), None, "the session is too old");
		assert_eq!(
			prove_in(2, 2).map(|_| ()),
			None,
			"a proof for session 2 is refused although key 2 is still in force"
		);
	});
}

#[test]
fn a_proof_that_says_something_else_is_refused() {
	execute(|| {
		to_session(1);
		purge_key(4);
		set_key(1, 11);
		to_session(3);
		let proof =
			|session, validator_count| MembershipProof { session, trie_nodes: vec![], validator_count };
		assert_eq!((check(1, proof(2, 4)), check(11, proof(3, 3))), (Some(1), Some(1)));
		assert_eq!(
			(check(1, proof(2, 3)), check(11, proof(3, 4))),
			(None, None),
			"the validator count of another set"
		);
		assert_eq!(
			(check(1, proof(3, 3)), check(11, proof(2, 4))),
			(None, None),
			"the key was not in force in that session"
		);
		assert_eq!(check(2, proof(4, 3)), None, "the session has not begun");
		assert_eq!(check(9, proof(3, 3)), None, "nobody's key");
		let padded = MembershipProof { trie_nodes: vec![vec![0]], ..proof(2, 4) };
		assert_eq!(check(1, padded), None);
		let other_type = KeyOwners::check_proof((sp_core::crypto::key_types::BABE, key(1)), proof(2, 4));
		assert_eq!(other_type, None);
	});
}

#[test]
fn within_a_range_the_first_owner_is_proved_in_the_last_session_of_its_tenure() {
	execute(|| {
		to_session(1);
		purge_key(1);
		set_key(2, 1);
		to_session(5);
		// Validator 1 held the key up to session 2, and validator 2 holds it from session 3 on.
		let within = |first, last| {
			let proof = KeyOwners::prove_within(first, last, DUMMY, key(1).as_ref())?;
			Some((proof.session, check(1, proof)?))
		};
		assert_eq!(within(0, 4), Some((2, 1)));
		assert_eq!(within(0, 1), Some((1, 1)));
		assert_eq!(within(3, 4), Some((4, 2)));
		assert_eq!(within(3, 100), Some((5, 2)), "the running session is the last one");
		assert_eq!(within(6, 100), None);
		let of_2 =
			|first, last| KeyOwners::prove_within(first, last, DUMMY, key(2).as_ref()).map(|p| p.session);
		assert_eq!((of_2(0, 5), of_2(3, 5)), (Some(2), None));
		// Sessions that are too old are left out.
		to_session(8);
		assert_eq!((within(0, 2), within(0, 7)), (None, Some((7, 2))));
	});
}
