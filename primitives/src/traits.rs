//! The traits by which the pallets meet. Knowledge points one way, `operator-delegation <- staking <- slashing,
//! rewards`; [`EraClock`], [`SlashGate`] and [`OnOperatorRetired`] are the hooks that point back.

use crate::{Balance, Currency, Destination, Era, Kind};
use sp_runtime::{DispatchError, DispatchResult};
use sp_staking::SessionIndex;

/// The one clock. Implemented by staking.
pub trait EraClock {
	/// The era that is running.
	fn active() -> Era;
	/// The era a session belongs to; `None` for a session that has not begun or whose era is no longer kept.
	fn era_of(session: SessionIndex) -> Option<Era>;
	/// How many validators serve in `era`; 0 for an era that is not kept.
	fn set_size(era: Era) -> u32;
}

/// The money behind operators. Implemented by operator-delegation.
pub trait Pools<AccountId> {
	/// Whether `operator` is registered and has not retired.
	fn is_active_operator(operator: &AccountId) -> bool;

	/// The STAY that elects `operator`: its `Stake` and `Native` pools.
	fn native_stake(operator: &AccountId) -> Balance;

	/// What `operator` itself has in those two pools.
	fn self_stake(operator: &AccountId) -> Balance;

	/// Moves a reward of `amount` STAY from account `from` into the operator's native pools, in proportion to what
	/// they hold, and leaves the operator's commission with `from`. Returns that commission.
	///
	/// Errors where the operator is unknown, nothing stands behind it, or a pool would pass `u128::MAX`.
	fn compound(operator: &AccountId, from: &AccountId, amount: Balance) -> Result<Balance, DispatchError>;

	/// Takes `fraction` (parts of `WAD`) of all that backed era `capture` in the pool `(operator, kind)`: the live
	/// pool, unless its generation is younger, and the exits queued in that era or later. Returns what was taken,
	/// which stays in custody until [`Self::pay_slashed`].
	fn take(operator: &AccountId, kind: Kind, fraction: u64, capture: Era) -> Balance;

	/// Pays slashed funds out of custody. Fails where the destination cannot receive them.
	fn pay_slashed(currency: Currency, amount: Balance, to: &Destination<AccountId>) -> DispatchResult;
}

/// Which claims a pending slash holds back. Implemented by slashing.
pub trait SlashGate<AccountId> {
	/// Whether a pending slash may still take from exits of `(operator, kind)` queued in era `queued`.
	fn covers(operator: &AccountId, kind: Kind, queued: Era) -> bool;

	/// Whether slashes have fallen due that are not executed yet. Rewards wait for them.
	fn any_due() -> bool;
}

impl<AccountId> SlashGate<AccountId> for () {
	fn covers(_: &AccountId, _: Kind, _: Era) -> bool {
		false
	}

	fn any_due() -> bool {
		false
	}
}

/// Told when an operator retires, so that what it serves lets it go.
#[impl_trait_for_tuples::impl_for_tuples(5)]
pub trait OnOperatorRetired<AccountId> {
	/// `operator` takes no deposits any more.
	fn on_operator_retired(operator: &AccountId);
}

/// Told when an era has ended. Implemented by rewards, called by staking.
pub trait EraEnded<AccountId> {
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
	/// Queues `amount` of the operator's own native stake to leave.
	fn exit_stake(operator: &AccountId, amount: Balance);
}
