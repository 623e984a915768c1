//! Weights of referenda and of votes: those of the SDK, and what costs more here.
//!
//! * The SDK measured an agenda of 50 calls. Here it has [`PLACES`], and an alarm that finds no place in the block it asks
//!   for looks at others. Two agendas are counted for each alarm. A third is read only after two full ones.
//! * The tracks are computed from the network's parameters, which are read from storage.
//! * A vote lets its referendum be looked at in the next block, by the scheduler. The voter does not pay for that. But votes
//!   weigh so much that a block full of them takes less than the scheduler's part of the next one, see the test.
//! * The balance of a voter is its stake as well, which is read from many entries.

use super::agenda::PLACES;
use crate::*;
use frame_support::weights::{constants::ParityDbWeight, Weight};
use mainstay_stake_voting::WeightInfo as _;
use pallet_scheduler::WeightInfo as _;

type Voting = pallet_conviction_voting::weights::SubstrateWeight<Runtime>;
type Agenda = pallet_scheduler::weights::SubstrateWeight<Runtime>;
type Stake = <Runtime as mainstay_stake_voting::Config>::WeightInfo;

/// The weight of taking alarms back and of setting others, and of reading the network's parameters.
fn alarms(cancelled: u64, set: u64) -> Weight {
	let cancelled = Agenda::cancel(PLACES).saturating_mul(cancelled);
	let set = Agenda::schedule(PLACES).saturating_mul(2).saturating_mul(set);
	ParityDbWeight::get().reads(1).saturating_add(cancelled).saturating_add(set)
}

macro_rules! referenda_weights {
	($($name:ident: $cancelled:literal, $set:literal;)*) => {
		/// Weights of referenda.
		pub struct ReferendaWeight;
		impl pallet_referenda::WeightInfo for ReferendaWeight {
			$(fn $name() -> Weight {
				pallet_referenda::weights::SubstrateWeight::<Runtime>::$name()
					.saturating_add(alarms($cancelled, $set))
			})*
		}
	};
}

// The alarms that each cancels, and those that it sets. A nudge is an alarm, so it has none to cancel.
referenda_weights! {
	submit: 0, 1;
	place_decision_deposit_preparing: 1, 1;
	place_decision_deposit_queued: 1, 0;
	place_decision_deposit_not_queued: 1, 0;
	place_decision_deposit_passing: 1, 1;
	place_decision_deposit_failing: 1, 1;
	refund_decision_deposit: 0, 0;
	refund_submission_deposit: 0, 0;
	cancel: 1, 1;
	kill: 1, 1;
	one_fewer_deciding_queue_empty: 0, 0;
	one_fewer_deciding_failing: 1, 1;
	one_fewer_deciding_passing: 1, 1;
	nudge_referendum_requeued_insertion: 0, 0;
	nudge_referendum_requeued_slide: 0, 0;
	nudge_referendum_queued: 0, 0;
	nudge_referendum_not_queued: 0, 0;
	nudge_referendum_no_deposit: 0, 1;
	nudge_referendum_preparing: 0, 1;
	nudge_referendum_timed_out: 0, 0;
	nudge_referendum_begin_deciding_failing: 0, 1;
	nudge_referendum_begin_deciding_passing: 0, 1;
	nudge_referendum_begin_confirming: 0, 1;
	nudge_referendum_end_confirming: 0, 1;
	nudge_referendum_continue_not_confirming: 0, 1;
	nudge_referendum_continue_confirming: 0, 1;
	nudge_referendum_approved: 0, 2;
	nudge_referendum_rejected: 0, 1;
	set_some_metadata: 0, 0;
	clear_metadata: 0, 0;
}

/// The weight of moving a poll's alarm to the next block, after its tally changed.
fn tallied() -> Weight {
	alarms(1, 1)
}

/// Weights of votes.
pub struct VotingWeight;
impl pallet_conviction_voting::WeightInfo for VotingWeight {
	fn vote_new() -> Weight {
		Voting::vote_new().saturating_add(tallied()).saturating_add(Stake::vote())
	}

	fn vote_existing() -> Weight {
		Voting::vote_existing().saturating_add(tallied()).saturating_add(Stake::vote())
	}

	fn remove_vote() -> Weight {
		Voting::remove_vote().saturating_add(tallied())
	}

	/// An account may remove its own votes in this way, too, of polls that are ongoing.
	fn remove_other_vote() -> Weight {
		Voting::remove_other_vote().max(Voting::remove_vote()).saturating_add(tallied())
	}

	fn delegate(votes: u32) -> Weight {
		Voting::delegate(votes)
			.saturating_add(tallied().saturating_mul(votes.into()))
			.saturating_add(Stake::vote())
	}

	fn undelegate(votes: u32) -> Weight {
		Voting::undelegate(votes).saturating_add(tallied().saturating_mul(votes.into()))
	}

	fn unlock() -> Weight {
		Voting::unlock().saturating_add(Stake::renewal())
	}
}

#[cfg(test)]
mod tests {
	use super::*;
	use crate::configs::{accounts::SchedulerWeight, system::RuntimeBlockWeights};
	use frame_support::{dispatch::DispatchClass, traits::Get};
	use pallet_conviction_voting::WeightInfo as _;
	use pallet_referenda::WeightInfo as _;

	/// Otherwise votes could delay all referenda more and more.
	#[test]
	fn a_block_full_of_votes_is_looked_at_in_the_next_one() {
		sp_io::TestExternalities::default().execute_with(|| {
			let looks = [
				ReferendaWeight::nudge_referendum_begin_confirming(),
				ReferendaWeight::nudge_referendum_end_confirming(),
				ReferendaWeight::nudge_referendum_continue_confirming(),
				ReferendaWeight::nudge_referendum_continue_not_confirming(),
				ReferendaWeight::nudge_referendum_requeued_insertion(),
				ReferendaWeight::nudge_referendum_requeued_slide(),
			];
			let look = looks.iter().map(|weight| weight.ref_time()).max().expect("some");
			let votes = <Runtime as pallet_conviction_voting::Config>::MaxVotes::get();
			let each = [
				VotingWeight::vote_new(),
				VotingWeight::vote_existing(),
				VotingWeight::remove_vote(),
				VotingWeight::remove_other_vote(),
				VotingWeight::delegate(votes) / u64::from(votes),
				VotingWeight::undelegate(votes) / u64::from(votes),
			];
			let limits = RuntimeBlockWeights::get();
			let normal = limits.get(DispatchClass::Normal).max_total.expect("a limit").ref_time();
			for weight in each {
				let in_a_block = normal / weight.ref_time();
				assert!(in_a_block * look < SchedulerWeight::get().ref_time(), "{weight}");
			}
		});
	}
}
