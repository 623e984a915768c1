//! The moves that the offenders can make, and how they send the calls.

use super::*;

/// A part of a position.
#[derive(Clone, Copy, Debug)]
pub(super) enum Part {
	All,
	Half,
	Units(Balance),
}

/// The kinds that a set of the offenders' own gives back to them.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(super) enum Returned {
	Nothing,
	/// Assets, the only kind that it accepts.
	Assets,
	/// Assets and native stake.
	Everything,
}

/// A move of the offenders.
#[derive(Clone, Debug)]
pub(super) enum Move {
	Exit(usize, PoolKind, Part),
	/// Exits with all of one kind, and deposits the same amount again from other funds.
	Refresh(usize, PoolKind),
	Deposit(usize, PoolKind, Balance),
	/// Deposits of the newcomers in equal amounts.
	Split(PoolKind, Balance),
	OptIn(usize, Part),
	Claim(usize, PoolKind, Era),
	Join,
	Leave,
	/// Joins the honest set, lets its stream pay, and leaves.
	Skim,
	Allocate(PoolKind, u64),
	Commission(Bps),
	Leverage(u32),
	Retire,
	/// Ends all memberships and allocations.
	Stop,
	/// Creates another set of the offenders' own, joins it, and allocates this magnitude of each kind to it.
	Found(u64, Returned),
	AllocateSham(u8, PoolKind, u64),
	LeaveSham(u8),
	/// A report by the sham set's slasher, under the condition without a veto window or with one of one era, for a
	/// capture era this many eras ago.
	Slash(u8, PoolKind, u64, u8, Era),
	/// Collects the earnings of one position, with a limit on currencies.
	Collect(usize, PoolKind, u32, Caller),
	/// Collects with limits on positions and on currencies.
	CollectAll(usize, u32, u32, Caller),
}

/// The sender of a call that anyone may send.
#[derive(Clone, Copy, Debug)]
pub(super) enum Caller {
	Owner,
	Stranger,
}

impl Caller {
	pub(super) fn account(self, owner: usize) -> AccountId {
		match self {
			Self::Owner => person(owner),
			Self::Stranger => account(LOOT),
		}
	}
}

/// The way in which a call is sent.
#[derive(Clone, Copy, Debug)]
pub(super) enum Via {
	Sender,
	Batch,
	Proxy,
	BatchOfProxy,
}

fn exit_amount(who: usize, kind: PoolKind, part: Part) -> ExitAmount {
	match part {
		Part::All => ExitAmount::All,
		Part::Half => {
			let shares = Positions::<Runtime>::get((person(who), op(), kind)).map_or(0, |p| p.shares);
			ExitAmount::Shares(shares / 2)
		},
		Part::Units(amount) => ExitAmount::Value(amount),
	}
}

impl Move {
	/// The calls that make up the move, each with its sender.
	pub(super) fn calls(&self) -> Vec<(AccountId, RuntimeCall)> {
		use mainstay_avs_registry::Call as Registry;
		use mainstay_operator_delegation::Call as Delegation;
		use mainstay_restaking::Call as Restake;
		let deposit = |who: usize, kind: PoolKind, amount: Balance| {
			let call = match kind {
				PoolKind::Stake => Delegation::stake { operator: op(), amount, least_shares: 0 }.into(),
				_ => Restake::restake { operator: op(), kind, amount, least_shares: 0 }.into(),
			};
			(person(who), call)
		};
		let exit = |who: usize, kind: PoolKind, part: Part| {
			let amount = exit_amount(who, kind, part);
			(person(who), Delegation::exit { operator: op(), kind, amount }.into())
		};
		let allocate = |kind: PoolKind, set: OperatorSetId, magnitude: u64| {
			(op(), Restake::allocate { kind, set, magnitude }.into())
		};
		match *self {
			Move::Exit(who, kind, part) => vec![exit(who, kind, part)],
			Move::Refresh(who, kind) => {
				vec![exit(who, kind, Part::All), deposit(who, kind, value(&person(who), &op(), kind))]
			},
			Move::Deposit(who, kind, amount) => vec![deposit(who, kind, amount)],
			Move::Split(kind, amount) => {
				(NEWCOMERS..PEOPLE.len()).map(|who| deposit(who, kind, amount)).collect()
			},
			Move::OptIn(who, part) => {
				let amount = exit_amount(who, PoolKind::Stake, part);
				vec![(person(who), Restake::opt_in { operator: op(), amount, least_shares: 0 }.into())]
			},
			Move::Claim(who, kind, queued) => {
				let call = Delegation::claim { owner: person(who), operator: op(), kind, queued };
				vec![(person(who), call.into())]
			},
			Move::Join => vec![(op(), Registry::join { set: honest() }.into())],
			Move::Leave => vec![(op(), Registry::leave { set: honest() }.into())],
			Move::Skim => {
				let distribute = Reward::distribute { id: 0 };
				vec![
					(op(), Registry::join { set: honest() }.into()),
					(op(), distribute.into()),
					(op(), Registry::leave { set: honest() }.into()),
				]
			},
			Move::Allocate(kind, magnitude) => vec![allocate(kind, honest(), magnitude)],
			Move::Commission(commission) => vec![(op(), Delegation::set_commission { commission }.into())],
			Move::Leverage(percent) => vec![(op(), Restake::set_leverage { percent }.into())],
			Move::Retire => vec![(op(), Delegation::retire {}.into())],
			Move::Stop => vec![(op(), Restake::stop {}.into())],
			Move::Found(magnitude, returned) => {
				let avs = NextAvsId::<Runtime>::get();
				let set = OperatorSetId { avs, index: 0 };
				let friend = account(FRIEND);
				let destination = match returned {
					Returned::Nothing => Destination::Burn,
					_ => Destination::Account(account(LOOT)),
				};
				let kinds: &[PoolKind] = if returned == Returned::Assets { &KINDS[1..] } else { &KINDS };
				let accepted: Vec<_> = kinds.iter().map(|kind| (*kind, 1)).collect();
				let condition = |veto_window| Registry::add_condition {
					set,
					text: Default::default(),
					max_fraction: WAD,
					veto_window,
					resolver: None,
				};
				let founding = [
					Registry::register { name: Default::default(), link: Default::default() },
					Registry::create_set {
						avs,
						kinds: accepted.try_into().expect("two kinds"),
						admission: Admission::Open,
						min_stake: 0,
						slasher: friend.clone(),
						destination,
					},
					condition(0),
					condition(1),
				];
				let mut calls: Vec<_> = founding.map(|call| (friend.clone(), call.into())).to_vec();
				calls.push((op(), Registry::join { set }.into()));
				calls.extend(kinds.iter().map(|kind| allocate(*kind, set, magnitude)));
				calls
			},
			Move::AllocateSham(index, kind, magnitude) => vec![allocate(kind, sham(index), magnitude)],
			Move::LeaveSham(index) => vec![(op(), Registry::leave { set: sham(index) }.into())],
			Move::Slash(index, kind, fraction, condition, ago) => {
				let call = mainstay_slashing::Call::report {
					set: sham(index),
					operator: op(),
					condition: condition.into(),
					fractions: vec![(kind, fraction)].try_into().expect("one kind"),
					capture: Staking::active().saturating_sub(ago),
				};
				vec![(account(FRIEND), call.into())]
			},
			Move::Collect(who, kind, currencies, by) => {
				let call = Reward::collect { owner: person(who), operator: op(), kind, currencies };
				vec![(by.account(who), call.into())]
			},
			Move::CollectAll(who, positions, currencies, by) => {
				let call = Reward::collect_all { owner: person(who), after: None, positions, currencies };
				vec![(by.account(who), call.into())]
			},
		}
	}

	/// Makes the move. Either all of its calls succeed, or none has an effect.
	pub(super) fn make(&self, via: Via, progress: &mut Progress) -> DispatchResult {
		System::reset_events();
		let result = with_storage_layer(|| -> DispatchResult {
			self.calls().into_iter().try_for_each(|(who, call)| dispatch(who, call, via))?;
			// Collecting is never refused. If nothing was due, it does not count as a move.
			let collects = matches!(self, Move::Collect(..) | Move::CollectAll(..));
			if collects && System::event_count() == 0 {
				return Err("nothing is due".into());
			}
			Ok(())
		});
		// A slash without a veto window is due at once, and the next block's hook executes it before any other call.
		if result.is_ok() && matches!(self, Move::Slash(_, _, _, 0, _)) {
			execute_due(&progress.watch);
		}
		if result.is_ok() {
			progress.moves.push((Staking::active(), elected(), self.clone()));
			progress.start.note_collected();
			progress.look();
		}
		result
	}
}

/// Whether the validators of the next era have been elected.
fn elected() -> bool {
	mainstay_staking::EraValidators::<Runtime>::contains_key(Staking::active() + 1)
}

pub(super) fn dispatch(who: AccountId, call: RuntimeCall, via: Via) -> DispatchResult {
	use sp_runtime::traits::Dispatchable;
	let proxied = |call: RuntimeCall| {
		let call = Box::new(call);
		RuntimeCall::from(pallet_proxy::Call::proxy {
			real: who.clone().into(),
			force_proxy_type: None,
			call,
		})
	};
	let batch = |call| RuntimeCall::from(pallet_utility::Call::batch_all { calls: vec![call] });
	// The friend sends its own calls, because it has no proxy.
	let known = PEOPLE.iter().any(|name| account(name) == who);
	let (sender, call) = match via {
		Via::Proxy if known => (account(AGENT), proxied(call)),
		Via::BatchOfProxy if known => (account(AGENT), batch(proxied(call))),
		Via::Sender => (who, call),
		_ => (who, batch(call)),
	};
	let seen = System::event_count() as usize;
	call.dispatch(signed(&sender)).map_err(|e| e.error)?;
	// A proxy call succeeds even if the call inside it is refused.
	let refused = System::events().into_iter().skip(seen).find_map(|record| match record.event {
		RuntimeEvent::Proxy(pallet_proxy::Event::ProxyExecuted { result }) => result.err(),
		_ => None,
	});
	refused.map_or(Ok(()), Err)
}
