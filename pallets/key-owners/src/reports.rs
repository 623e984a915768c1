//! The bound on offence reports in a block.

use crate::{Config, Pallet, Reports};
use alloc::vec::Vec;
use core::marker::PhantomData;
use frame_support::traits::Get;
use sp_staking::offence::{Offence, OffenceError, ReportOffence};

/// The error of a report for which its block has no more room. The SDK's calls turn it into `DuplicateOffenceReport`.
const NO_ROOM: OffenceError = OffenceError::Other(1);

/// Passes at most [`Config::MaxReports`] reports in a block to `Inner`. Further ones fail, so they pay their fees.
///
/// An accepted report is free. A validator that has already lost the maximum for an offence in an era could sign pairs
/// of votes for any number of rounds. Without the bound, reports of these would fill every block without fees, and stay
/// in storage. The reports of a block's author come first in the block, so honest reports have room.
pub struct FewReports<T, Inner>(PhantomData<(T, Inner)>);

impl<T, Inner, Reporter, Offender, O> ReportOffence<Reporter, Offender, O> for FewReports<T, Inner>
where
	T: Config,
	O: Offence<Offender>,
	Inner: ReportOffence<Reporter, Offender, O>,
{
	fn report_offence(reporters: Vec<Reporter>, offence: O) -> Result<(), OffenceError> {
		let now = frame_system::Pallet::<T>::block_number();
		let taken = Pallet::<T>::reports_in(now);
		if taken >= T::MaxReports::get() {
			return Err(NO_ROOM);
		}
		Inner::report_offence(reporters, offence)?;
		Reports::<T>::put((now, taken.saturating_add(1)));
		Ok(())
	}

	fn is_known_offence(offenders: &[Offender], slot: &O::Slot) -> bool {
		Inner::is_known_offence(offenders, slot)
	}
}

impl<T: Config> Pallet<T> {
	/// The number of reports that block `number` accepted, if it is the last block that accepted any; otherwise 0.
	fn reports_in(number: frame_system::pallet_prelude::BlockNumberFor<T>) -> u32 {
		Reports::<T>::get().filter(|(block, _)| *block == number).map_or(0, |(_, count)| count)
	}
}
