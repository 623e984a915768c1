//! The changes of a block, for clients that follow the chain.

use super::slashing;
use crate::{AvsRegistry, Runtime, RuntimeEvent, Staking, System};
use alloc::{collections::BTreeSet, vec::Vec};
use mainstay_avs_registry::{Event as Registry, LeaveReason, Memberships};
use mainstay_operator_delegation::{Event as Delegation, Pools};
use mainstay_primitives::{
	runtime_api::changes::*,
	traits::{EraClock, OperatorSets},
	AccountId, Era, OperatorSetId, PoolKind, SlashId,
};
use mainstay_restaking::Event as Restaking;
use mainstay_rewards::{Event as Rewards, StreamId, Streams};
use mainstay_slashing::Event as Slashing;
use mainstay_staking::Event as Clock;

/// See [`ChangesApi`](mainstay_primitives::runtime_api::changes::ChangesApi).
pub fn of_block() -> BlockChanges {
	let mut touched = Touched::default();
	for record in System::read_events_no_consensus() {
		match record.event {
			RuntimeEvent::OperatorDelegation(event) => touched.delegation(event),
			RuntimeEvent::Restaking(event) => touched.restaking(event),
			RuntimeEvent::AvsRegistry(event) => touched.registry(event),
			RuntimeEvent::Slashing(event) => touched.slashing(event),
			RuntimeEvent::Rewards(event) => touched.rewards(event),
			RuntimeEvent::Staking(Clock::EraBegan { .. }) => touched.era_began = true,
			_ => {},
		}
	}
	touched.into_changes()
}

/// What a block changed, collected from its events.
#[derive(Default)]
struct Touched {
	era_began: bool,
	slashes: Vec<(SlashEvent, SlashId)>,
	pools: BTreeSet<(AccountId, PoolKind)>,
	accounts: BTreeSet<AccountId>,
	sets: BTreeSet<OperatorSetId>,
	/// Sets that were paid, with the eras for which they were paid.
	paid: BTreeSet<(OperatorSetId, Era)>,
	/// Operators that left a set. They may have been paid before that.
	left: BTreeSet<(OperatorSetId, AccountId)>,
}

impl Touched {
	fn pool(&mut self, operator: AccountId, kind: PoolKind) {
		self.pools.insert((operator, kind));
	}

	fn delegation(&mut self, event: Delegation<Runtime>) {
		match event {
			Delegation::Deposited { who, operator, kind, .. }
			| Delegation::ExitQueued { who, operator, kind, .. }
			| Delegation::Claimed { who, operator, kind, .. } => {
				self.accounts.insert(who);
				self.pool(operator, kind);
			},
			Delegation::OptedIn { who, operator, .. } => {
				self.accounts.insert(who);
				self.pool(operator.clone(), PoolKind::Stake);
				self.pool(operator, PoolKind::Native);
			},
			Delegation::Compounded { operator, stake, native, commission } => {
				for (kind, amount) in [(PoolKind::Stake, stake), (PoolKind::Native, native)] {
					if amount > 0 {
						self.pool(operator.clone(), kind);
					}
				}
				if commission > 0 {
					self.accounts.insert(operator);
				}
			},
			Delegation::Taken { operator, kind, .. } | Delegation::PoolWiped { operator, kind, .. } => {
				self.pool(operator, kind)
			},
			_ => {},
		}
	}

	fn restaking(&mut self, event: Restaking<Runtime>) {
		match event {
			Restaking::AllocationChanged { operator, kind, set, .. }
			| Restaking::AllocationCut { operator, kind, set, .. } => {
				self.pool(operator, kind);
				self.sets.insert(set);
			},
			_ => {},
		}
	}

	fn registry(&mut self, event: Registry<Runtime>) {
		match event {
			Registry::OperatorLeft { set, operator, reason, .. } => {
				self.sets.insert(set);
				if reason == LeaveReason::Closed {
					// The operator's allocations to the set ended without an event, and the set may be removed already.
					let kinds: Vec<_> = Pools::<Runtime>::iter_key_prefix(&operator).collect();
					kinds.into_iter().for_each(|kind| self.pool(operator.clone(), kind));
				}
				self.left.insert((set, operator));
			},
			Registry::SetCreated { set }
			| Registry::KindsSet { set, .. }
			| Registry::AdmissionSet { set, .. }
			| Registry::MinStakeSet { set, .. }
			| Registry::SlasherSet { set, .. }
			| Registry::ConditionAdded { set, .. }
			| Registry::ConditionChanged { set, .. }
			| Registry::ConditionRemoved { set, .. }
			| Registry::SetWindingDown { set, .. }
			| Registry::SetClosed { set }
			| Registry::OperatorJoined { set, .. } => {
				self.sets.insert(set);
			},
			_ => {},
		}
	}

	fn slashing(&mut self, event: Slashing<Runtime>) {
		let (change, id) = match event {
			Slashing::SlashReported { id, .. } => (SlashEvent::Reported, id),
			Slashing::SlashRaised { id, .. } => (SlashEvent::Raised, id),
			Slashing::SlashAppealed { id, by, .. } => {
				self.accounts.insert(by);
				(SlashEvent::Appealed, id)
			},
			Slashing::SlashVetoed { id, .. } => (SlashEvent::Vetoed, id),
			Slashing::SlashCancelled { id, .. } => (SlashEvent::Cancelled, id),
			Slashing::SlashReinstated { id, .. } => (SlashEvent::Reinstated, id),
			Slashing::SlashExecuted { id, .. } => (SlashEvent::Executed, id),
			Slashing::ExecutionFailed { id, .. } => (SlashEvent::Failed, id),
			Slashing::AppealClosed { by, .. } => {
				self.accounts.insert(by);
				return;
			},
			_ => return,
		};
		self.slashes.push((change, id));
	}

	fn rewards(&mut self, event: Rewards<Runtime>) {
		match event {
			Rewards::SetPaid { set, .. } | Rewards::OperatorsPaid { set, .. } => {
				self.paid.insert((set, Staking::active()));
			},
			Rewards::StreamPaid { set, era, .. } => {
				self.paid.insert((set, era));
			},
			Rewards::StreamReturned { id, payer, .. } => {
				self.accounts.insert(payer);
				self.sets.extend(set_of(id));
			},
			Rewards::StreamOpened { set, .. } => {
				self.sets.insert(set);
			},
			Rewards::StreamToppedUp { id, .. } | Rewards::StreamStopped { id, .. } => {
				self.sets.extend(set_of(id))
			},
			Rewards::StreamEnded { payer: who, .. }
			| Rewards::CarryReturned { owner: who, .. }
			| Rewards::Collected { who, .. }
			| Rewards::NotCollected { who, .. }
			| Rewards::MorePositions { who, .. }
			| Rewards::PayoutAccountSet { who, .. } => {
				self.accounts.insert(who);
			},
			_ => {},
		}
	}

	/// Adds the pools and accounts that payments changed: a payment accrues on the pools of the operators that answer
	/// to the set for the era, and credits their commissions.
	fn share_payments(&mut self) {
		for (set, era) in core::mem::take(&mut self.paid) {
			let kinds = AvsRegistry::kinds(set);
			let mut paid: BTreeSet<_> = AvsRegistry::answering(set).into_iter().collect();
			if era != Staking::active() {
				// The payment was made as its era ended, in this block.
				let stays = Memberships::<Runtime>::iter_prefix(set);
				paid.extend(stays.filter(|(_, stay)| stay.covers(era)).map(|(operator, _)| operator));
			}
			paid.extend(
				self.left.iter().filter(|(left, _)| *left == set).map(|(_, operator)| operator.clone()),
			);
			for operator in paid {
				for (kind, _) in &kinds {
					self.pool(operator.clone(), *kind);
				}
				self.accounts.insert(operator);
			}
		}
	}

	fn into_changes(mut self) -> BlockChanges {
		self.share_payments();
		let slashes = self.slashes.into_iter();
		BlockChanges {
			era: Staking::active(),
			era_began: self.era_began,
			slashes: slashes
				.filter_map(|(change, id)| Some(SlashChange { change, slash: slashing::slash(id)? }))
				.collect(),
			pools: self
				.pools
				.into_iter()
				.map(|(operator, kind)| PoolKey { operator: operator.into(), kind })
				.collect(),
			accounts: self.accounts.into_iter().map(Into::into).collect(),
			sets: self.sets.into_iter().collect(),
		}
	}
}

/// The set that a stream pays; `None` if the stream has ended.
fn set_of(stream: StreamId) -> Option<OperatorSetId> {
	Streams::<Runtime>::get(stream).map(|stream| stream.set)
}
