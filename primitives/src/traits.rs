//! The traits through which pallets call each other. Dependencies point one way, `operator-delegation <- {staking,
//! avs-registry} <- restaking <- {slashing, rewards}` and `operator-delegation <- stake-voting`; [`EraClock`],
//! [`SlashGate`], [`SettleRewards`], [`OnPoolWiped`], [`OnOperatorRetired`], [`OnNativeMoved`], [`OnSetClosed`] and
//! [`InspectExposures::announced`] are hooks that point back: a lower pallet calls them, a higher one implements them.

use crate::{
	AssetId, Balance, Bps, ConditionId, ConditionTerms, Currency, Destination, Era, ExitAmount, Fraction,
	Income, Magnitude, Multiplier, OperatorSetId, Pool, PoolKind, Position,
};
use alloc::vec::Vec;
use core::marker::PhantomData;
use frame_support::{traits::Get, weights::Weight};
use sp_runtime::{DispatchError, DispatchResult};
use sp_staking::SessionIndex;

/// The chain's clock, and the delays on which several pallets must agree. Implemented by staking.
pub trait EraClock {
	/// The era that is running.
	fn active() -> Era;
	/// The last era whose validators are elected: the running one, or in its last session the next. Exits are filed
	/// under it, because the stake that elected a validator answers for the era of that election.
	fn planned() -> Era;
	/// The era to which a session belongs; `None` for a session that has not begun or whose era is no longer stored.
	fn era_of(session: SessionIndex) -> Option<Era>;
	/// The number of validators that serve in `era`; 0 for an era that is not stored.
	fn set_size(era: Era) -> u32;
	/// Eras between an exit and its claim. A past era can be slashed for this long. At least 1.
	fn exit_delay() -> Era;
	/// The number of eras for which points, rewards, offences and records of slashes are stored. More than the exit
	/// delay.
	fn history() -> Era;
	/// The longest notice that operators and streams may promise, in eras.
	fn max_notice() -> Era {
		Self::history()
	}
}

/// Reads who is an operator. Implemented by operator-delegation.
pub trait InspectOperators<AccountId> {
	/// Whether `who` is an operator, retired or not.
	fn is_operator(who: &AccountId) -> bool;

	/// Whether `operator` is registered and has not retired.
	fn is_active_operator(operator: &AccountId) -> bool;

	/// The commission of `operator` that binds now; `None` if it is not an operator.
	fn commission(operator: &AccountId) -> Option<Bps>;
}

/// Reads operators' pools, and the positions in them. Implemented by operator-delegation, like the seven traits that
/// follow. Each trait gives one power over the funds, so the `Config` of a pallet says what that pallet can do with
/// them.
pub trait InspectPools<AccountId> {
	/// The live pool of `operator` and `kind`; `None` if none was ever opened.
	fn pool(operator: &AccountId, kind: PoolKind) -> Option<Pool>;

	/// The position of `who`, live or void.
	fn position(who: &AccountId, operator: &AccountId, kind: PoolKind) -> Option<Position>;

	/// At most `limit` positions of `who`, live or void, in the order of storage, starting after `after`.
	fn positions(
		who: &AccountId,
		after: Option<(AccountId, PoolKind)>,
		limit: u32,
	) -> Vec<(AccountId, PoolKind, Position)>;

	/// All positions, live or void: `(who, operator, kind)`. Their number is not bounded, so this is only for checks of
	/// the whole state.
	fn all_positions() -> Vec<(AccountId, AccountId, PoolKind, Position)>;

	/// The total of an asset in pools, in exits, and in slashes that are not paid out yet. It does not include what
	/// somebody merely sent to the custody account.
	fn held(id: AssetId) -> Balance;

	/// The STAY that counts for `operator` in elections: the sum of its `Stake` and `Native` pools.
	fn native_stake(operator: &AccountId) -> Balance;

	/// The value of the operator's own positions in those two pools.
	fn self_stake(operator: &AccountId) -> Balance;
}

/// Reads the STAY that one account has with operators.
///
/// The bounds are on what is read, in the order of storage. An entry that is void, or of an asset, is read too and counts
/// nothing. So an account with more entries than the bound may be told less than it has, and never more.
pub trait InspectStakes<AccountId> {
	/// The value of those of the first `limit` positions of `who` that are live and of kind `Stake` or `Native`.
	fn staked(who: &AccountId, limit: u32) -> Balance;

	/// The value of those of the first `limit` exits of `who` that are of kind `Stake` or `Native`, whether or not they
	/// can be claimed yet.
	fn leaving(who: &AccountId, limit: u32) -> Balance;
}

/// Brings funds into pools, at the request of their owners.
///
/// Not transactional: on an error, earlier writes remain. Callers must undo them, as the dispatch of every call does.
pub trait EnterPools<AccountId> {
	/// Creates an empty pool if there is none.
	fn open(operator: &AccountId, kind: PoolKind);

	/// Moves `amount` of the kind's currency from `who` into a pool, and mints at least `least_shares`. The caller
	/// checks whether the kind may be deposited. Errors are those of the call `stake` of operator-delegation.
	fn deposit(
		who: &AccountId,
		operator: &AccountId,
		kind: PoolKind,
		amount: Balance,
		least_shares: u128,
	) -> DispatchResult;

	/// The weight of [`OnNativeMoved::entering`] in a deposit of `kind`, at most.
	fn max_renewal(kind: PoolKind) -> Weight;

	/// The weight of [`OnNativeMoved::entering`] in a deposit of `kind` by `who`.
	fn renewal_of(who: &AccountId, kind: PoolKind) -> Weight;

	/// Moves a part of a position from the operator's `Stake` pool to its `Native` pool, at once, and mints at least
	/// `least_shares` there.
	fn opt_in(
		who: &AccountId,
		operator: &AccountId,
		amount: ExitAmount,
		least_shares: u128,
	) -> DispatchResult;
}

/// Brings positions and pools up to date with services' payments. Moves no funds.
pub trait SettlePositions<AccountId> {
	/// Settles a position of `who`, live or void: credits what it has earned, and lets its shares of an earlier era
	/// earn like the others. Does nothing without a position.
	fn settle(who: &AccountId, operator: &AccountId, kind: PoolKind);

	/// Must be called before a service pays a pool. Stores the point from which shares of an earlier era earn, unless
	/// it is stored already. See [`SettleRewards::fresh_ended`].
	fn end_fresh(operator: &AccountId, kind: PoolKind);
}

/// Adds validators' rewards to pools.
pub trait Compound<AccountId> {
	/// Moves a reward of `amount` STAY from account `from` into the operator's native pools, in proportion to their
	/// funds. The operator's commission stays with `from`. Returns that commission.
	///
	/// Errors: the operator is unknown, it has no native stake, or a pool would exceed `u128::MAX`. Not transactional:
	/// on an error, earlier writes remain, and callers must undo them.
	fn compound(operator: &AccountId, from: &AccountId, amount: Balance) -> Result<Balance, DispatchError>;
}

/// Slashes everything that backed an era, whether or not it is allocated to services. For consensus offences.
pub trait SlashPools<AccountId> {
	/// Takes `fraction` of everything that backed era `capture` in the pool `(operator, kind)`: of the live pool,
	/// unless its generation is younger, and of the exits queued in that era or later. Returns the amount taken, which
	/// stays in custody until [`PaySlashed::pay_slashed`].
	fn take(operator: &AccountId, kind: PoolKind, fraction: Fraction, capture: Era) -> Balance;
}

/// Slashes the part of a pool that is allocated to a service. For restaking, which stores the allocations.
pub trait SlashAllocated<AccountId> {
	/// Like [`SlashPools::take`], but takes only the part that is allocated to a service: `fraction` of `magnitude`,
	/// and at most what is left of the magnitude of each exit and of the pool. The cut lowers those. A cut is rounded
	/// down to whole units of magnitude; the amount taken is not, so it can be worth up to a unit more than the cut. If
	/// `whole` is set, it is worth no more than the cut.
	fn take_allocated(
		operator: &AccountId,
		kind: PoolKind,
		magnitude: Magnitude,
		fraction: Fraction,
		capture: Era,
		whole: bool,
	) -> ServiceCut;
}

/// The effect of a service's slash on one pool.
#[derive(Clone, Copy, Default, PartialEq, Eq, Debug)]
pub struct ServiceCut {
	/// The amount taken, from exits and the live pool together.
	pub taken: Balance,
	/// By how much the magnitude was cut.
	pub cut: Magnitude,
	/// The magnitude that is left of the live pool, 0 if the slash took all of it; `None` if the live pool is of a
	/// later generation and did not answer.
	pub left: Option<Magnitude>,
	/// The generation of the pool that answered: its first era, and the first era of the next generation, or `Era::MAX`
	/// if it is the running one.
	pub eras: (Era, Era),
}

/// Pays out what was slashed.
pub trait PaySlashed<AccountId> {
	/// Pays slashed funds out of custody. Fails if the destination cannot receive them. Not transactional: on an error,
	/// earlier writes remain, and callers must undo them.
	fn pay_slashed(currency: Currency, amount: Balance, to: &Destination<AccountId>) -> DispatchResult;
}

/// The account with the chain's own funds. Implemented by treasury.
pub trait Treasury<AccountId> {
	/// The account.
	fn account() -> AccountId;

	/// Records `amount` of `currency`, which is already in the account, under its source.
	fn note(source: Income, currency: Currency, amount: Balance);
}

/// A treasury without records, at `Account`. For mock runtimes.
pub struct Unbooked<Account>(PhantomData<Account>);

impl<AccountId, Account: Get<AccountId>> Treasury<AccountId> for Unbooked<Account> {
	fn account() -> AccountId {
		Account::get()
	}

	fn note(_: Income, _: Currency, _: Balance) {}
}

/// An account that holds funds for others. Implemented by operator-delegation, rewards and treasury.
pub trait Vault<AccountId> {
	/// Moves the minimum balance of `currency` from `funder` to the account. It belongs to nobody and stays there:
	/// without it, the last funds in the account would be removed as dust.
	fn open_account(currency: Currency, funder: &AccountId) -> DispatchResult;
}

impl<AccountId, A: Vault<AccountId>, B: Vault<AccountId>> Vault<AccountId> for (A, B) {
	fn open_account(currency: Currency, funder: &AccountId) -> DispatchResult {
		A::open_account(currency.clone(), funder)?;
		B::open_account(currency, funder)
	}
}

/// Called before the shares of a position change. Implemented by rewards. It writes only the storage of rewards, and
/// cannot fail.
///
/// Shares that came in the running era are **fresh**: services' payments of that era are not shared over them.
/// [`Self::fresh_ended`] is called before the first payment or deposit of a later era, and they begin to earn.
pub trait SettleRewards<AccountId> {
	/// Credits what `position`, as it is stored, has earned since it was last settled.
	fn settle(who: &AccountId, operator: &AccountId, kind: PoolKind, position: &Position);

	/// A position of `who` begins in `generation` of the pool. It has no part in earlier payments.
	fn begin(who: &AccountId, operator: &AccountId, kind: PoolKind, generation: u32);

	/// Forgets a position that was settled and has no shares left.
	fn close(who: &AccountId, operator: &AccountId, kind: PoolKind);

	/// The shares of `generation` that came in `era` begin to earn now. `holders` is the number of positions that hold
	/// some of them and were not settled since; at least one.
	fn fresh_ended(operator: &AccountId, kind: PoolKind, generation: u32, era: Era, holders: u32);

	/// A position was settled that holds shares of `generation` that came in `era`, which is over. Returns whether
	/// [`Self::fresh_ended`] was called for these shares.
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

/// Called when a slash took all of a pool. Implemented by restaking.
#[impl_trait_for_tuples::impl_for_tuples(4)]
pub trait OnPoolWiped<AccountId> {
	/// The pool's allocations are void from era `since` on, which is the first of its new generation.
	fn on_pool_wiped(operator: &AccountId, kind: PoolKind, since: Era);
}

/// Called when STAY moves between the balance of its owner and operators' pools. Implemented by stake-voting, which holds
/// locks on both together; cannot fail.
pub trait OnNativeMoved<AccountId> {
	/// `amount` of the balance of `who` is about to move into a pool of kind `Stake` or `Native`. The position has it
	/// already. If the move then fails, the caller undoes what this function wrote.
	fn entering(who: &AccountId, amount: Balance);

	/// An exit of kind `Stake` or `Native` was claimed: `amount` has moved to the balance of its owner `who`, and the
	/// exit is gone.
	fn claimed(who: &AccountId, amount: Balance);

	/// The weight of either function, at most.
	fn max_weight() -> Weight;

	/// The weight of either function for `who`.
	fn weight_of(who: &AccountId) -> Weight;
}

impl<AccountId> OnNativeMoved<AccountId> for () {
	fn entering(_: &AccountId, _: Balance) {}
	fn claimed(_: &AccountId, _: Balance) {}
	fn max_weight() -> Weight {
		Weight::zero()
	}
	fn weight_of(_: &AccountId) -> Weight {
		Weight::zero()
	}
}

/// Tells which claims must wait for a pending slash. Implemented by slashing.
pub trait SlashGate<AccountId> {
	/// The earliest capture era of the pending slashes of `(operator, kind)`; `None` if none is pending.
	fn oldest_capture(operator: &AccountId, kind: PoolKind) -> Option<Era>;

	/// Whether there are due slashes that are not executed yet. Rewards wait for them.
	fn any_due() -> bool;

	/// Whether a slash of `operator` by `set` is pending.
	fn is_pending(operator: &AccountId, set: OperatorSetId) -> bool;

	/// Whether a pending slash may still take a part of the exits of `(operator, kind)` queued in era `queued`.
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

/// Services' operator sets. Implemented by avs-registry.
pub trait OperatorSets<AccountId> {
	/// Whether the set exists.
	fn exists(set: OperatorSetId) -> bool;

	/// The kinds that the set accepts now, each with its multiplier. At most four.
	fn kinds(set: OperatorSetId) -> Vec<(PoolKind, Multiplier)>;

	/// The members of the set now. At most `MaxOperators` of avs-registry.
	fn members(set: OperatorSetId) -> Vec<AccountId>;

	/// The operators that answer to the set for the running era, in ascending order: the members at the beginning of
	/// the era. Those that left since are included, those that joined since are not. At most `MaxOperators` of
	/// avs-registry.
	fn answering(set: OperatorSetId) -> Vec<AccountId>;

	/// Whether `operator` is a member of the set, or may join it.
	fn admits(set: OperatorSetId, operator: &AccountId) -> bool;

	/// Records that an operator allocated to the set. From now on, changes of the set's terms bind after their delay,
	/// because they concern somebody.
	fn note_audience(set: OperatorSetId);

	/// Whether `operator` answers to the set for what it did in `era`.
	fn was_member(set: OperatorSetId, operator: &AccountId, era: Era) -> bool;

	/// The owner of the set's service.
	fn owner(set: OperatorSetId) -> Option<AccountId>;

	/// The account that may report slashes for the set now.
	fn slasher(set: OperatorSetId) -> Option<AccountId>;

	/// A condition as it bound in era `capture`, with all easings since; `None` if it was removed.
	fn condition(set: OperatorSetId, id: ConditionId, capture: Era) -> Option<ConditionTerms<AccountId>>;

	/// The destination of what the set slashes. Fixed at the set's creation.
	fn destination(set: OperatorSetId) -> Option<Destination<AccountId>>;

	/// Takes `operator` out of all its sets. It still answers for this era. Returns the number of sets, at most
	/// `MaxSetsPerOperator` of avs-registry.
	fn leave_all(operator: &AccountId) -> u32;
}

/// Called when an operator set is closed, for each member and then for the whole set. Implemented by restaking and
/// rewards; cannot fail.
#[impl_trait_for_tuples::impl_for_tuples(3)]
pub trait OnSetClosed<AccountId> {
	/// No slash by `set` can take any more from what `operator` allocated to it of these kinds.
	fn on_member_released(set: OperatorSetId, operator: &AccountId, kinds: &[PoolKind]);

	/// The set is removed. Funds that were kept for its members, and can no longer be shared out, go to `owner`, the
	/// service's owner.
	fn on_set_closed(set: OperatorSetId, owner: &AccountId);
}

/// Reads operators' allocations to services. Implemented by restaking.
pub trait InspectExposures<AccountId> {
	/// The magnitude of the pool `(operator, kind)` that `set` may slash for `era`, less the cuts since. A deallocation
	/// since then does not lower it.
	fn slashable_magnitude(operator: &AccountId, kind: PoolKind, set: OperatorSetId, era: Era) -> Magnitude;

	/// The magnitude that is allocated to `set` now.
	fn allocated(operator: &AccountId, kind: PoolKind, set: OperatorSetId) -> Magnitude;

	/// The magnitude that is allocated to `set`, or that will be when an announced change binds. Called by
	/// avs-registry.
	fn announced(operator: &AccountId, kind: PoolKind, set: OperatorSetId) -> Magnitude;
}

/// Slashes operators' allocations to services. Implemented by restaking.
pub trait SlashExposures<AccountId> {
	/// Stores a change of the allocation to `set` that has come to bind. Reads give the same result before and after.
	fn mature(operator: &AccountId, kind: PoolKind, set: OperatorSetId);

	/// Slashes `fraction` of what `set` was allocated of the pool `(operator, kind)` in era `capture`. `reported` is
	/// that magnitude when the slash was reported; cuts since then lower it. The set's allocation is cut, and all
	/// others are capped at what is left of the pool. If the set gives what it slashes to an account, the amount taken
	/// is rounded down to whole units of magnitude.
	///
	/// Returns the amount taken, which stays in custody until [`PaySlashed::pay_slashed`].
	fn slash(
		operator: &AccountId,
		kind: PoolKind,
		set: OperatorSetId,
		reported: Magnitude,
		fraction: Fraction,
		capture: Era,
	) -> Balance;
}

/// The assets that governance has admitted. Implemented by restaking.
pub trait AssetRegistry {
	/// Whether `currency` is STAY or an admitted asset.
	fn is_registered(currency: &Currency) -> bool;

	/// The minimum of an admitted asset that may enter a pool in one call, in units of the asset. For any other asset
	/// it is the largest number, so that nothing may enter.
	fn min_deposit(id: AssetId) -> Balance;
}

/// Called when an operator retires, so that other pallets release it.
#[impl_trait_for_tuples::impl_for_tuples(5)]
pub trait OnOperatorRetired<AccountId> {
	/// `operator` takes no deposits any more.
	fn on_operator_retired(operator: &AccountId);
}

/// Called by staking when an era ends. Implemented by rewards.
pub trait EraEnded<AccountId> {
	/// `era` is about to end. The clock still says `era`.
	fn era_ending(_era: Era) {}

	/// Era `era` has ended. It lasted `millis` milliseconds; `points` has the validators that earned points, with their
	/// number. At most `MaxValidators` of staking, none with zero points.
	fn era_ended(era: Era, points: &[(AccountId, u32)], millis: u64);
}

impl<AccountId> EraEnded<AccountId> for () {
	fn era_ended(_: Era, _: &[(AccountId, u32)], _: u64) {}
}

/// Prepares accounts for benchmarks.
#[cfg(feature = "runtime-benchmarks")]
pub trait BenchmarkHelper<AccountId> {
	/// Gives `validator` session keys.
	fn set_keys(validator: &AccountId);
	/// Moves the clock by `eras`. The hooks at the end of an era need not run.
	fn advance_eras(eras: Era);
	/// Makes `operator` an operator with a commission and `amount` of its own native stake, in STAY. Creates the funds.
	fn operator_with_stake(operator: &AccountId, amount: Balance);
	/// Exits with `amount` of the operator's own stake from pool `(operator, kind)`.
	fn exit_stake(operator: &AccountId, kind: PoolKind, amount: Balance);
	/// Makes `operator` a candidate for block production, and a member of as many sets as possible, if the runtime has
	/// candidates and sets.
	fn engage(_operator: &AccountId) {}
	/// Gives `who` this number of positions and of exits, of kind `Stake`, each with `amount` of STAY, if the runtime has
	/// pools. No two positions have the same operator, and no two exits. Creates the funds.
	fn staker(_who: &AccountId, _positions: u32, _exits: u32, _amount: Balance) {}
	/// Gives `who` `amount` of an admitted asset, and returns it; `None` if the runtime has none.
	fn restakeable(_who: &AccountId, _amount: Balance) -> Option<crate::AssetId> {
		None
	}
	/// Allocates the operator's pool of `kind` to `set` and to as many other sets as possible, with the longest
	/// possible histories, if the runtime has allocations.
	fn allocated(_operator: &AccountId, _kind: PoolKind, _set: OperatorSetId) {}
	/// Fills what other pallets keep for `set`, whose service `owner` owns, until it is closed.
	fn leave_behind(_owner: &AccountId, _set: OperatorSetId) {}
	/// Lets services pay the delegators of pool `(operator, kind)` in as many assets as one pool can owe. Moves the
	/// clock by an era first, so that existing shares earn.
	fn pay_delegators(operator: &AccountId, kind: PoolKind);
}

/// Prepares services for benchmarks.
#[cfg(feature = "runtime-benchmarks")]
pub trait ServiceBenchmarkHelper<AccountId>: BenchmarkHelper<AccountId> {
	/// Gives `who` `amount` of a currency, and returns it: STAY for index 0, else an admitted asset.
	fn currency(index: u32, who: &AccountId, amount: Balance) -> Currency;
	/// Creates an asset that the chain itself owns and that is not admitted, and gives some of it to `funder`.
	fn asset(funder: &AccountId) -> crate::AssetId;
	/// Creates an operator set that accepts `Native` and the assets of currencies 1 to `kinds - 1`. Its slasher and
	/// resolver are `owner`. Its condition 0 allows any fraction and has the longest veto window.
	fn operator_set(owner: &AccountId, kinds: u32) -> OperatorSetId;
	/// Gives `operator` a pool of `amount` or more of each kind that `set` accepts, lets it join the set, and allocates
	/// a sixteenth of each pool to the set. The allocations bind when the clock has moved.
	fn serve(operator: &AccountId, set: OperatorSetId, amount: Balance);
}
