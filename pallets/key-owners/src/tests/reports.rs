//! The bound on reports in a block.

use super::*;
use sp_runtime::Perbill;
use sp_staking::offence::{Kind, Offence, OffenceError, ReportOffence};
use sp_staking::SessionIndex;

/// An offence in a slot.
struct InSlot(u64);
impl Offence<u64> for InSlot {
	const ID: Kind = *b"test:offence____";
	type Slot = u64;

	fn offenders(&self) -> Vec<u64> {
		vec![1]
	}
	fn session_index(&self) -> SessionIndex {
		0
	}
	fn validator_set_count(&self) -> u32 {
		4
	}
	fn slot(&self) -> u64 {
		self.0
	}
	fn slash_fraction(&self, _: u32) -> Perbill {
		Perbill::from_percent(10)
	}
}

/// Knows an offence in slot 0 already, and accepts all others.
struct Inner;
impl ReportOffence<u64, u64, InSlot> for Inner {
	fn report_offence(_: Vec<u64>, offence: InSlot) -> Result<(), OffenceError> {
		match offence.0 {
			0 => Err(OffenceError::DuplicateReport),
			_ => Ok(()),
		}
	}
	fn is_known_offence(_: &[u64], slot: &u64) -> bool {
		*slot == 0
	}
}

type Limited = FewReports<Test, Inner>;

fn report(slot: u64) -> Result<(), OffenceError> {
	Limited::report_offence(vec![], InSlot(slot))
}

#[test]
fn a_block_takes_so_many_reports_and_the_next_as_many() {
	new_test_ext().execute_with(|| {
		for block in 1..4 {
			System::set_block_number(block);
			assert_eq!(
				report(0),
				Err(OffenceError::DuplicateReport),
				"a refused report does not count towards the bound"
			);
			for slot in 1..=u64::from(MAX_REPORTS) {
				assert_eq!(report(slot), Ok(()));
			}
			assert_eq!(report(9), Err(OffenceError::Other(1)));
			assert_eq!(report(9), Err(OffenceError::Other(1)));
		}
		assert_eq!(Reports::<Test>::get(), Some((3, MAX_REPORTS)));
	});
}

#[test]
fn what_is_known_is_known() {
	new_test_ext().execute_with(|| {
		assert!(Limited::is_known_offence(&[1], &0));
		assert!(!Limited::is_known_offence(&[1], &1));
	});
}
