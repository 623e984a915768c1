//! How many reports of offences a block takes.

use crate::{Config, Pallet, Reports};
use alloc::vec::Vec;
use core::marker::PhantomData;
use frame_support::traits::Get;
use sp_staking::offence::{Offence, OffenceError, ReportOffence};

/// Why a report fails for which its block has no more room. What the SDK's calls make of it is `DuplicateOffenceReport`.
const NO_ROOM: OffenceError = OffenceError::Other(1);

/// Lets `Inner` take [`Config::MaxReports`] reports in a block. Further ones fail, so that they pay their fees.
///
/// A report that is taken is free, and a validator that has lost what there is to lose for an offence in an era could sign
/// pairs of votes for any number of rounds: its reports would fill every block for nothing, and stay in storage. Reports by
/// the authors of blocks come first in their blocks, so honest ones have room.
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
	/// How many reports block `number` took, if it is the last that took any.
	fn reports_in(number: frame_system::pallet_prelude::BlockNumberFor<T>) -> u32 {
		Reports::<T>::get().filter(|(block, _)| *block == number).map_or(0, |(_, count)| count)
	}
}
