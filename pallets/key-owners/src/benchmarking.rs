//! Benchmarks of storing owners and of checking proofs, each in its most expensive state.

use crate::*;
use alloc::vec::Vec;
use codec::Decode;
use frame_benchmarking::v2::*;
use frame_support::traits::{Get, KeyOwnerProofSystem};
use pallet_session::CurrentIndex;
use sp_runtime::traits::{BlakeTwo256, Hash, OpaqueKeys, TrailingZeroInput};
use sp_staking::SessionIndex;

/// Keys that differ from those of every other `seed`.
fn keys<T: Config>(seed: u32) -> T::Keys {
	let bytes: Vec<u8> =
		T::Keys::key_ids().iter().flat_map(|_| BlakeTwo256::hash_of(&seed).to_fixed_bytes()).collect();
	T::Keys::decode(&mut TrailingZeroInput::new(&bytes)).expect("any bytes are keys")
}

/// A set of `n` validators of the seeds from `first` on.
fn set<T: Config>(first: u32, n: u32) -> Vec<(T::ValidatorId, T::Keys)> {
	let id = |seed| T::ValidatorId::try_from(account::<T::AccountId>("validator", seed, 0)).ok();
	(first..first.saturating_add(n))
		.map(|seed| (id(seed).expect("an account is a validator's id"), keys::<T>(seed)))
		.collect()
}

/// Lets `session` begin with `set`.
fn begin<T: Config>(session: SessionIndex, set: Vec<(T::ValidatorId, T::Keys)>) {
	CurrentIndex::<T>::put(session);
	pallet_session::Validators::<T>::put(set.iter().map(|(who, _)| who.clone()).collect::<Vec<_>>());
	Pallet::<T>::note(session, set);
}

/// Clears all stored owners.
fn clear<T: Config>() {
	InForce::<T>::kill();
	Sets::<T>::kill();
	let _ = Owners::<T>::clear(u32::MAX, None);
	let _ = Ended::<T>::clear(u32::MAX, None);
}

#[benchmarks]
mod benchmarks {
	use super::*;

	/// All validators are replaced, and all keys of another set of the same size are out of time.
	#[benchmark]
	fn note(n: Linear<1, 300>) {
		clear::<T>();
		let first = 10;
		let last = first + 1 + T::ReportSessions::get();
		begin::<T>(first, set::<T>(0, n));
		begin::<T>(first + 1, set::<T>(1_000, n));
		CurrentIndex::<T>::put(last);
		let others = set::<T>(2_000, n);
		pallet_session::QueuedKeys::<T>::put(&others);
		#[block]
		{
			Pallet::<T>::note(last, pallet_session::QueuedKeys::<T>::get());
		}
		assert_eq!(InForce::<T>::get(), others);
		assert!(!Ended::<T>::contains_key(first + 1), "what was out of time is forgotten");
		assert!(Ended::<T>::contains_key(last));
	}

	/// Of a key that changed its owner in every session.
	#[benchmark]
	fn check_proof() {
		clear::<T>();
		let last = T::ReportSessions::get();
		for session in 0..=last {
			let mut validators = set::<T>(session % 2, 1);
			validators[0].1 = keys::<T>(7);
			begin::<T>(session, validators);
		}
		let id = T::Keys::key_ids()[0];
		let key = keys::<T>(7).get_raw(id).to_vec();
		let proof = Pallet::<T>::prove_in(last, id, &key).expect("it is in force");
		let owner;
		#[block]
		{
			owner = Pallet::<T>::check_proof((id, &key), proof);
		}
		assert!(owner.is_some());
		assert_eq!(Owners::<T>::get(id, &key).len() as u32, last + 1);
	}

	impl_benchmark_test_suite!(Pallet, crate::mock::new_test_ext(), crate::mock::Test);
}
