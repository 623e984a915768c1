//! The setup of benchmarks of other pallets.

use crate::{pallet::Config, Admission, NextAvsId, Pallet};
use alloc::vec::Vec;
use frame_support::traits::Get;
use frame_system::RawOrigin;
use mainstay_primitives::{Destination, OperatorSetId, PoolKind, WAD};

/// Creates a service of `owner`, who must have the deposit, with one set. The set accepts `Native` and assets 1 to
/// `kinds - 1`, and any operator. Its slasher and resolver are `owner`, and its condition 0 allows any fraction and has
/// the longest veto window.
pub fn operator_set<T: Config>(owner: &T::AccountId, kinds: u32) -> OperatorSetId {
	let origin = || RawOrigin::Signed(owner.clone()).into();
	let set = OperatorSetId { avs: NextAvsId::<T>::get(), index: 0 };
	let kinds: Vec<_> = Some(PoolKind::Native)
		.into_iter()
		.chain((1..kinds).map(PoolKind::Asset))
		.map(|kind| (kind, 1))
		.collect();
	let kinds = kinds.try_into().expect("within the bound");
	Pallet::<T>::register(origin(), Default::default(), Default::default()).expect("funded");
	// A payment to an account costs more than a burn.
	let destination = Destination::Treasury;
	Pallet::<T>::create_set(origin(), set.avs, kinds, Admission::Open, 0, owner.clone(), destination)
		.expect("the owner's");
	let (window, resolver) = (T::MaxVetoWindow::get(), Some(owner.clone().into()));
	Pallet::<T>::add_condition(origin(), set, Default::default(), WAD, window, resolver)
		.expect("the owner's");
	set
}
