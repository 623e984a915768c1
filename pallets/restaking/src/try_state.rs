//! The invariants of the pallet.

use crate::*;
use frame_support::{ensure, traits::Get};
use mainstay_primitives::{
	traits::{AssetRegistry, InspectOperators, InspectPools},
	PoolKind, WAD,
};
use sp_runtime::TryRuntimeError;

impl<T: Config> Pallet<T> {
	/// Checks, over all of the state:
	///
	/// * an exposure belongs to a pool that exists, of a kind that may be restaked;
	/// * no present or pending magnitude is more than what is left of its pool;
	/// * histories are in ascending order of eras, and include the present magnitude;
	/// * an allocation of a generation of a pool binds in no era before that generation;
	/// * minimum deposits are at least [`LEAST_MIN_DEPOSIT`];
	/// * leverage limits are within their bounds.
	pub fn do_try_state() -> Result<(), TryRuntimeError> {
		for (operator, kind, _) in Exposures::<T>::iter() {
			ensure!(kind != PoolKind::Stake, "an exposure of stake that is not restaked");
			ensure!(Self::is_registered(&kind.currency()), "an exposure of an asset that is not admitted");
			let pool = T::Pools::pool(&operator, kind).ok_or("an exposure of no pool")?;
			for allocation in Self::exposure(&operator, kind).allocations.values() {
				ensure!(allocation.current <= pool.max_magnitude, "more is allocated than is left");
				ensure!(
					allocation.pending.is_none_or(|(pending, _)| pending <= pool.max_magnitude),
					"more will be allocated than is left"
				);
				ensure!(
					allocation.pending.is_none_or(|(_, effective)| effective >= pool.since),
					"more will be allocated of a generation that is gone"
				);
				ensure!(
					allocation.history.windows(2).all(|pair| pair[0].0 < pair[1].0),
					"a history out of order"
				);
				ensure!(
					allocation.history.iter().all(|(_, magnitude)| *magnitude <= WAD),
					"a magnitude is out of bounds"
				);
				let last = allocation.history.last().map_or(0, |(_, magnitude)| *magnitude);
				ensure!(allocation.current <= last, "an allocation that no history knows");
			}
		}
		for (operator, own) in Leverage::<T>::iter() {
			ensure!(T::Pools::is_operator(&operator), "a limit of no operator");
			ensure!(own.value > 0, "a limit of nothing");
			ensure!(own.next.is_none_or(|(higher, _)| higher > own.value), "an increase that is none");
		}
		ensure!(
			Assets::<T>::iter_values().all(|terms| terms.min_deposit >= LEAST_MIN_DEPOSIT),
			"a least deposit of almost nothing"
		);
		ensure!(Assets::<T>::count() <= T::MaxAssets::get(), "more assets than there may be");
		Ok(())
	}
}
