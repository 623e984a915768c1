//! The traits by which the pallets meet. Knowledge points one way, `operator-delegation <- {staking, avs-registry} <-
//! restaking <- {slashing, rewards}`; [`EraClock`], [`SlashGate`], [`SettleRewards`], [`OnPoolWiped`],
//! [`OnOperatorRetired`], [`OnSetClosed`] and [`InspectExposures::announced`] are the hooks that point back.

use crate::{
	AssetId, Balance, Bps, ConditionId, ConditionTerms, Currency, Destination, Era, ExitAmount, Fraction,
	Income, Magnitude, Multiplier, OperatorSetId, Pool, PoolKind, Position,
};
use alloc::vec::Vec;
use core::marker::PhantomData;
use frame_support::traits::Get;
use sp_runtime::{DispatchError, DispatchResult};
use sp_staking::SessionIndex;

/// The one clock, and the lengths of time that several pallets count on it and must agree on. Implemented by staking.
pub trait EraClock {
	/// The era that is running.
	fn active() -> Era;
	/// The last era whose validators are elected: the running one, or in its last session the next. Exits are filed under
	/// it, because what elected a validator answers for the era it was elected for.
	fn planned() -> Era;
	/// The era a session belongs to; `None` for a session that has not begun or whose era is no longer kept.
	fn era_of(session: SessionIndex) -> Option<Era>;
	/// How many validators serve in `era`; 0 for an era that is not kept.
	fn set_size(era: Era) -> u32;
	/// Eras between an exit and its claim: for as long, a past era can be slashed. At least 1.
	fn exit_delay() -> Era;
	/// Eras for which points, rewards, offences and records of slashes are kept. More than the exit delay.
	fn history() -> Era;
	/// The longest notice that may be promised, in eras.
	fn max_notice() -> Era {
		Self::history()
	}
}

/// Who works for others' stake. Implemented by operator-delegation.
pub trait InspectOperators<AccountId> {
	/// Whether `who` is an operator, retired or not.
	fn is_operator(who: &AccountId) -> bool;

	/// Whether `operator` is registered and has not retired.
	fn is_active_operator(operator: &AccountId) -> bool;

	/// The commission of `operator` that binds now; `None` if it is not an operator.
	fn commission(operator: &AccountId) -> Option<Bps>;
}

/// Reads the pools behind operators, and the positions in them. Implemented by operator-delegation, as are the six traits
/// that follow: each gives one power over the money, so that the `Config` of a pallet says what that pallet can do with it.
pub trait InspectPools<AccountId> {
	/// The live pool of `operator` and `kind`, if one was ever opened.
	fn pool(operator: &AccountId, kind: PoolKind) -> Option<Pool>;

	/// The position of `who`, live or void.
	fn position(who: &AccountId, operator: &AccountId, kind: PoolKind) -> Option<Position>;

	/// At most `limit` positions of `who`, live or void, in the order of storage and behind `after`.
	fn positions(
		who: &AccountId,
		after: Option<(AccountId, PoolKind)>,
		limit: u32,
	) -> Vec<(AccountId, PoolKind, Position)>;

	/// All positions, live or void: `(who, operator, kind)`. They are as many as delegators have, so this is for checks of
	/// all of the state alone.
	fn all_positions() -> Vec<(AccountId, AccountId, PoolKind, Position)>;

	/// All of an asset that pools, exits and slashes that are not paid out hold. What was merely sent to custody is not in
	/// it.
	fn held(id: AssetId) -> Balance;

	/// The STAY that elects `operator`: its `Stake` and `Native` pools.
	fn native_stake(operator: &AccountId) -> Balance;

	/// What `operator` itself has in those two pools.
	fn self_stake(operator: &AccountId) -> Balance;
}

/// Brings funds into pools, at their owners' request.
///
/// Not transactional: on an error, earlier writes remain, and callers undo them, as every call of a pallet does by itself.
pub trait EnterPools<AccountId> {
	/// Makes an empty pool where there is none.
	fn open(operator: &AccountId, kind: PoolKind);

	/// Brings `amount` of the kind's currency from `who` into a pool, for `least_shares` or more. What may enter at
	/// all is the caller's to check; errors as `operator-delegation`'s `stake`.
	fn deposit(
		who: &AccountId,
		operator: &AccountId,
		kind: PoolKind,
		amount: Balance,
		least_shares: u128,
	) -> DispatchResult;

	/// Moves part of a position from the operator's `Stake` pool to its `Native` pool, at once.
	fn opt_in(
		who: &AccountId,
		operator: &AccountId,
		amount: ExitAmount,
		least_shares: u128,
	) -> DispatchResult;
}

/// Brings positions and pools up to date with what services paid. Moves no funds.
pub trait SettlePositions<AccountId> {
	/// Settles a position of `who`, live or void: credits what it has earned, and lets those of its shares that came in an
	/// earlier era earn like the others. Nothing without a position.
	fn settle(who: &AccountId, operator: &AccountId, kind: PoolKind);

	/// Before a service pays a pool: writes down where shares that came in an earlier era begin to earn, unless that was
	/// done. See [`SettleRewards::fresh_ended`].
	fn end_fresh(operator: &AccountId, kind: PoolKind);
}

/// Adds rewards of consensus to pools.
pub trait Compound<AccountId> {
	/// Moves a reward of `amount` STAY from account `from` into the operator's native pools, in proportion to what
	/// they hold, and leaves the operator's commission with `from`. Returns that commission.
	///
	/// Errors where the operator is unknown, nothing stands behind it, or a pool would pass `u128::MAX`. Not transactional:
	/// callers undo what was written before an error.
	fn compound(operator: &AccountId, from: &AccountId, amount: Balance) -> Result<Balance, DispatchError>;
}

/// Slashes all that backed an era, whoever it is allocated to: what consensus offences do.
pub trait SlashPools<AccountId> {
	/// Takes `fraction` of all that backed era `capture` in the pool `(operator, kind)`: the live
	/// pool, unless its generation is younger, and the exits queued in that era or later. Returns what was taken,
	/// which stays in custody until [`PaySlashed::pay_slashed`].
	fn take(operator: &AccountId, kind: PoolKind, fraction: Fraction, capture: Era) -> Balance;
}

/// Slashes a part that is allocated to a service. For restaking, which books what is allocated of pools.
pub trait SlashAllocated<AccountId> {
	/// As [`SlashPools::take`], of the part that is allocated to a service: `fraction` of `magnitude`, and no more than is
	/// left of each exit's and of the pool's magnitude, which the cut lowers. Cuts are rounded down to units of magnitude.
	/// What is taken is not, so that it can be worth a unit more than what is cut, unless `whole` is set: then it is worth
	/// no more.
	fn take_allocated(
		operator: &AccountId,
		kind: PoolKind,
		magnitude: Magnitude,
		fraction: Fraction,
		capture: Era,
		whole: bool,
	) -> ServiceCut;
}

/// What a service's slash did to one pool.
#[derive(Clone, Copy, Default, PartialEq, Eq, Debug)]
pub struct ServiceCut {
	/// What was taken, from exits and the live pool together.
	pub taken: Balance,
	/// How much of the magnitude is gone.
	pub cut: Magnitude,
	/// What is left of the live pool's magnitude, 0 where the slash took all of it; `None` where the live pool is of
	/// a later generation and did not answer.
	pub left: Option<Magnitude>,
	/// The generation of the pool that answered: its first era, and the first era of the next one, `Era::MAX` for the
	/// running one.
	pub eras: (Era, Era),
}

/// Pays out what was slashed.
pub trait PaySlashed<AccountId> {
	/// Pays slashed funds out of custody. Fails where the destination cannot receive them. Not transactional: callers undo
	/// what was written before an error.
	fn pay_slashed(currency: Currency, amount: Balance, to: &Destination<AccountId>) -> DispatchResult;
}

/// The account that holds what the chain itself owns. Implemented by treasury.
pub trait Treasury<AccountId> {
	/// The account.
	fn account() -> AccountId;

	/// Books `amount` of `currency`, which reached the account already, under where it came from.
	fn note(source: Income, currency: Currency, amount: Balance);
}

/// A treasury that keeps no books; `Account` says where it is. For the runtimes of tests.
pub struct Unbooked<Account>(PhantomData<Account>);

impl<AccountId, Account: Get<AccountId>> Treasury<AccountId> for Unbooked<Account> {
	fn account() -> AccountId {
		Account::get()
	}

	fn note(_: Income, _: Currency, _: Balance) {}
}

/// An account that holds funds. Implemented by operator-delegation, rewards and treasury.
pub trait Vault<AccountId> {
	/// Moves the least balance of `currency` from `funder` to the account. It belongs to nobody and stays: without
	/// it, the last of the funds would be lost to dust.
	fn open_account(currency: Currency, funder: &AccountId) -> DispatchResult;
}

impl<AccountId, A: Vault<AccountId>, B: Vault<AccountId>> Vault<AccountId> for (A, B) {
	fn open_account(currency: Currency, funder: &AccountId) -> DispatchResult {
		A::open_account(currency.clone(), funder)?;
		B::open_account(currency, funder)
	}
}

/// Told before the shares of a position change. Implemented by rewards; touches nothing but rewards' storage and
/// cannot fail.
///
/// Shares that came in the running era are **fresh**: services' payments of that era are not shared over them. Before the
/// first payment or deposit of a later era, [`Self::fresh_ended`] says that they begin to earn.
pub trait SettleRewards<AccountId> {
	/// Credits what `position`, as it is stored, has earned since it was settled last.
	fn settle(who: &AccountId, operator: &AccountId, kind: PoolKind, position: &Position);

	/// A position of `who` begins in `generation` of the pool. It has no part in what was paid before.
	fn begin(who: &AccountId, operator: &AccountId, kind: PoolKind, generation: u32);

	/// Forgets a position that was settled and has no shares left.
	fn close(who: &AccountId, operator: &AccountId, kind: PoolKind);

	/// The shares of `generation` that came in `era` begin to earn now. `holders` positions hold some of them that were
	/// not settled since; at least one.
	fn fresh_ended(operator: &AccountId, kind: PoolKind, generation: u32, era: Era, holders: u32);

	/// One of the positions that hold shares of `generation` that came in `era`, which is over, was settled. Returns
	/// whether [`Self::fresh_ended`] was told of them.
	fn fresh_settled(operator: &AccountId, kind: PoolKind, generation: u32, era: Era) -> bool;
}

impl<AccountId> SettleRewards<AccountId> for () {
	fn settle(_: &AccountId, _: &AccountId, _: PoolKind, _: &Position) {}
	fn begin(_: &AccountId, _: &AccountId, _: PoolKind, _: u32) {}
	fn close(_: &AccountId, _: &AccountId, _: PoolKind) {}
	fn fresh_ended(_: &AccountId, _: PoolKind, _: u32, _: Era, _: u32) {}
	fn fresh_settled(_: &AccountId, _: PoolKind, _: u32, _: Era) -> bool {
		false
	}
}

/// Told when a slash took all of a pool. Implemented by restaking.
#[impl_trait_for_tuples::impl_for_tuples(4)]
pub trait OnPoolWiped<AccountId> {
	/// What the pool had allocated is void from era `since` on, the first of its new generation.
	fn on_pool_wiped(operator: &AccountId, kind: PoolKind, since: Era);
}

/// Which claims a pending slash holds back. Implemented by slashing.
pub trait SlashGate<AccountId> {
	/// The earliest capture era of the slashes that are pending for `(operator, kind)`.
	fn oldest_capture(operator: &AccountId, kind: PoolKind) -> Option<Era>;

	/// Whether slashes have fallen due that are not executed yet. Rewards wait for them.
	fn any_due() -> bool;

	/// Whether a slash of `operator` by `set` is pending.
	fn is_pending(operator: &AccountId, set: OperatorSetId) -> bool;

	/// Whether a pending slash may still take from exits of `(operator, kind)` queued in era `queued`.
	fn covers(operator: &AccountId, kind: PoolKind, queued: Era) -> bool {
		Self::oldest_capture(operator, kind).is_some_and(|capture| capture <= queued)
	}
}

impl<AccountId> SlashGate<AccountId> for () {
	fn oldest_capture(_: &AccountId, _: PoolKind) -> Option<Era> {
		None
	}

	fn any_due() -> bool {
		false
	}

	fn is_pending(_: &AccountId, _: OperatorSetId) -> bool {
		false
	}
}

/// The operator sets of services. Implemented by avs-registry.
pub trait OperatorSets<AccountId> {
	/// Whether there is such a set.
	fn exists(set: OperatorSetId) -> bool;

	/// The kinds that the set accepts now and what a unit of each counts. At most four.
	fn kinds(set: OperatorSetId) -> Vec<(PoolKind, Multiplier)>;

	/// Who serves the set now. At most `MaxOperators` of avs-registry.
	fn members(set: OperatorSetId) -> Vec<AccountId>;

	/// Who answers to the set for the running era, in ascending order: its members when the era began, those who left
	/// since included and those who joined since not. At most `MaxOperators` of avs-registry.
	fn answering(set: OperatorSetId) -> Vec<AccountId>;

	/// Whether `operator` serves the set, or may join it.
	fn admits(set: OperatorSetId, operator: &AccountId) -> bool;

	/// Writes down that an operator allocated to the set: from now on there is someone to warn, and its terms wait.
	fn note_audience(set: OperatorSetId);

	/// Whether `operator` answers to the set for what it did in `era`.
	fn was_member(set: OperatorSetId, operator: &AccountId, era: Era) -> bool;

	/// Who owns the service of the set.
	fn owner(set: OperatorSetId) -> Option<AccountId>;

	/// Who may report slashes for the set now.
	fn slasher(set: OperatorSetId) -> Option<AccountId>;

	/// A condition as it bound in era `capture`, if it is still there; what was eased since binds too.
	fn condition(set: OperatorSetId, id: ConditionId, capture: Era) -> Option<ConditionTerms<AccountId>>;

	/// Where what the set slashes goes. Fixed at its creation.
	fn destination(set: OperatorSetId) -> Option<Destination<AccountId>>;

	/// Ends all stays of `operator`, which answers for this era still. Returns how many there were, at most
	/// `MaxSetsPerOperator` of avs-registry.
	fn leave_all(operator: &AccountId) -> u32;
}

/// Told when an operator set is closed for good, member by member and then as a whole. Implemented by restaking and
/// rewards; cannot fail.
#[impl_trait_for_tuples::impl_for_tuples(3)]
pub trait OnSetClosed<AccountId> {
	/// No slash can ask any more for what `operator` allocated to `set` of these kinds.
	fn on_member_released(set: OperatorSetId, operator: &AccountId, kinds: &[PoolKind]);

	/// The set is gone. What was set aside for its members and cannot be shared out any more goes to `owner`, who
	/// owns the service.
	fn on_set_closed(set: OperatorSetId, owner: &AccountId);
}

/// Reads what operators have allocated to services. Implemented by restaking.
pub trait InspectExposures<AccountId> {
	/// The magnitude of the pool `(operator, kind)` that `set` may slash for `era`, less the cuts since. What was
	/// deallocated since counts in full.
	fn slashable_magnitude(operator: &AccountId, kind: PoolKind, set: OperatorSetId, era: Era) -> Magnitude;

	/// The magnitude that is allocated to `set` now.
	fn allocated(operator: &AccountId, kind: PoolKind, set: OperatorSetId) -> Magnitude;

	/// The magnitude that is allocated to `set`, or will be when a change that was announced binds. Asked by
	/// avs-registry.
	fn announced(operator: &AccountId, kind: PoolKind, set: OperatorSetId) -> Magnitude;
}

/// Slashes what operators have allocated to services. Implemented by restaking.
pub trait SlashExposures<AccountId> {
	/// Writes down a change of what is allocated to `set` that came to bind. No reading tells the difference.
	fn mature(operator: &AccountId, kind: PoolKind, set: OperatorSetId);

	/// Lets `set` slash `fraction` of what it was allocated of the pool `(operator, kind)` in era `capture`, of which
	/// `reported` was there when the slash was reported: cuts since lower it. The set's allocation is cut, all others are
	/// capped at what is left of the pool. Of a set that gives what it slashes to an account, what is taken is rounded down
	/// to whole units of magnitude.
	///
	/// Returns what was taken, which stays in custody until [`PaySlashed::pay_slashed`].
	fn slash(
		operator: &AccountId,
		kind: PoolKind,
		set: OperatorSetId,
		reported: Magnitude,
		fraction: Fraction,
		capture: Era,
	) -> Balance;
}

/// The assets that governance admitted. Implemented by restaking.
pub trait AssetRegistry {
	/// Whether `currency` is STAY or an admitted asset.
	fn is_registered(currency: &Currency) -> bool;

	/// The least of an admitted asset that may enter a pool in one call; the largest number for any other, of which
	/// nothing may.
	fn min_deposit(id: AssetId) -> Balance;
}

/// Told when an operator retires, so that what it serves lets it go.
#[impl_trait_for_tuples::impl_for_tuples(5)]
pub trait OnOperatorRetired<AccountId> {
	/// `operator` takes no deposits any more.
	fn on_operator_retired(operator: &AccountId);
}

/// Told when an era ends. Implemented by rewards, called by staking.
pub trait EraEnded<AccountId> {
	/// The clock is about to leave `era`, and still says it.
	fn era_ending(_era: Era) {}

	/// Era `era` lasted `millis` milliseconds; `points` are its validators with the points they earned. At most
	/// staking's `MaxValidators` entries, none with zero points.
	fn era_ended(era: Era, points: &[(AccountId, u32)], millis: u64);
}

impl<AccountId> EraEnded<AccountId> for () {
	fn era_ended(_: Era, _: &[(AccountId, u32)], _: u64) {}
}

/// Brings accounts into the state that benchmarks start from.
#[cfg(feature = "runtime-benchmarks")]
pub trait BenchmarkHelper<AccountId> {
	/// Gives `validator` session keys.
	fn set_keys(validator: &AccountId);
	/// Moves the clock by `eras`. What happens at the end of an era need not happen.
	fn advance_eras(eras: Era);
	/// Makes `operator` an operator that takes a commission and has `amount` of native stake of its own. Creates the
	/// funds.
	fn operator_with_stake(operator: &AccountId, amount: Balance);
	/// Queues `amount` of the operator's own stake to leave pool `(operator, kind)`.
	fn exit_stake(operator: &AccountId, kind: PoolKind, amount: Balance);
	/// Makes `operator` a candidate for block production and a member of as many sets as it can be, where there are
	/// such things.
	fn engage(_operator: &AccountId) {}
	/// An admitted asset of which `who` gets `amount`, where there are any.
	fn restakeable(_who: &AccountId, _amount: Balance) -> Option<crate::AssetId> {
		None
	}
	/// Lets `operator` have its pool of `kind` allocated to `set` and to as many others as it can, with histories as long
	/// as they get, where there are such things.
	fn allocated(_operator: &AccountId, _kind: PoolKind, _set: OperatorSetId) {}
	/// Fills what others keep for `set` of the service of `owner`, until it is closed.
	fn leave_behind(_owner: &AccountId, _set: OperatorSetId) {}
	/// Lets services pay the delegators of pool `(operator, kind)` in as many assets as one pool can owe. The clock moves by
	/// an era for it, so that what came before earns.
	fn pay_delegators(operator: &AccountId, kind: PoolKind);
}

/// Brings services into the state that benchmarks start from.
#[cfg(feature = "runtime-benchmarks")]
pub trait ServiceBenchmarkHelper<AccountId>: BenchmarkHelper<AccountId> {
	/// A currency of which `who` gets `amount`: STAY for 0, else an asset that is registered and minted.
	fn currency(index: u32, who: &AccountId, amount: Balance) -> Currency;
	/// A new asset of the chain's own, not registered, of which `funder` has some.
	fn asset(funder: &AccountId) -> crate::AssetId;
	/// A new operator set that accepts `Native` and the assets of currencies 1 to `kinds - 1`, whose slasher and
	/// resolver are `owner`, and whose condition 0 allows any fraction and has the longest veto window.
	fn operator_set(owner: &AccountId, kinds: u32) -> OperatorSetId;
	/// Gives each kind that `set` accepts a pool of `amount` or more behind `operator`, lets the operator join the
	/// set and allocates a sixteenth of each pool to it. The clock must move for that to bind.
	fn serve(operator: &AccountId, set: OperatorSetId, amount: Balance);
}
