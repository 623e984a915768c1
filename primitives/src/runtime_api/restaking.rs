//! The security of services: admitted assets, the stake that sets can slash, and the risks of a deposit.

use super::{Account, Amount, Fraction, Page, Text};
use crate::{AccountId, AssetId, Bps, Era, Multiplier, OperatorSetId, PoolKind, SlashId};
use alloc::vec::Vec;

plain! {
	/// An asset that can be restaked.
	struct AssetDetails {
		/// Its id.
		id: AssetId,
		/// The maximum that pools and exits may hold of it after a deposit.
		cap: Amount,
		/// The amount that pools and exits hold. Funds that were merely sent to custody are not included.
		held: Amount,
		/// The minimum that may enter a pool in one call.
		min_deposit: Amount,
		/// Whether it takes new deposits.
		deposits: bool,
		/// The accounts outside of the chain that can mint, burn, freeze or seize it: its owner, issuer, admin and
		/// freezer, each once. What is restaked of it is as safe as these accounts. None if nobody has such a power.
		issuers: Vec<Account>,
	}
}

plain! {
	/// The stake that a set can slash.
	struct SetStake {
		/// The era whose stake answers.
		capture: Era,
		/// The number of operators that answer for that era.
		members: u32,
		/// The stake by kind, in the order of the set's kinds.
		kinds: Vec<KindStake>,
		/// The weight of all of it: the sum of each amount times its kind's multiplier.
		weight: Amount,
		/// Whether the answer includes all operators. At most 1,000 former members are read.
		complete: bool,
	}
}

plain! {
	/// The stake of one kind that a set can slash.
	struct KindStake {
		/// The kind.
		kind: PoolKind,
		/// Its multiplier in the set now.
		multiplier: Multiplier,
		/// The amount in the kind's currency, from live pools and from exits since the capture era.
		slashable: Amount,
	}
}

plain! {
	/// The stake of one member that a set can slash.
	struct MemberStake {
		/// The operator.
		operator: Account,
		/// The stake by kind. Kinds of which nothing is allocated are left out.
		kinds: Vec<MemberKind>,
		/// The weight of all of it: the sum of each amount times its kind's multiplier.
		weight: Amount,
	}
}

plain! {
	/// The stake of one member and kind that a set can slash.
	struct MemberKind {
		/// The kind.
		kind: PoolKind,
		/// The magnitude that was allocated to the set in the capture era, less the cuts since.
		magnitude: Fraction,
		/// Its value now in the kind's currency, in the live pool and in exits since the capture era.
		slashable: Amount,
	}
}

plain! {
	/// Lower bounds of the stake that a slash for the running era can still take when it is executed in a later era.
	///
	/// Stake that backs the running era stays within reach until the exit delay is over: exits still answer for this
	/// era, and an allocation that ends, or a member that leaves, ends only for later eras. So no withdrawal by
	/// delegators or operators lowers these bounds. Other slashes can, and each bound here allows for more of them than
	/// the one before. Slashes that the set itself will report later are not included: the service has to count these
	/// itself.
	///
	/// A slash rounds down each part of what it takes. So the bounds subtract, from each operator's stake of a kind,
	/// one unit for each era under which exits can be filed until `until`, including the era after it, and two units
	/// for each pending slash.
	struct LeastStake {
		/// The capture era: the running one.
		capture: Era,
		/// The last era in which a slash for it can be executed.
		reachable: Era,
		/// The requested era. If it is after `reachable`, all bounds are 0.
		until: Era,
		/// The bound for any withdrawals, ended allocations and ended memberships, if every pending slash that falls
		/// due until then is executed.
		withdrawals: Vec<KindStake>,
		/// In addition, if all other sets slash all they can of the same pools: of what is allocated to them, was
		/// allocated in an era that can still be slashed, or is announced.
		services: Vec<KindStake>,
		/// In addition, if operators allocate as much as they may to other sets, and these slash that too. Such
		/// allocations bind after the allocation delay, up to the leverage that an operator can reach until then. So
		/// from then on this is less than `services` for pools with more than one claim on a unit. A set that gives
		/// what it slashes to an account shares no unit with other sets.
		allocations: Vec<KindStake>,
		/// In addition, if consensus offences take all native stake.
		consensus: Vec<KindStake>,
	}
}

plain! {
	/// The risks of a deposit into a pool now.
	struct Entry {
		/// The reason for which the deposit would be refused now, if it would: a pallet's error, as `Pallet.Error`, or
		/// another error of the chain.
		refused: Option<Text>,
		/// The shares that the deposit would mint. Also given if it would be refused, for instance for lack of funds; 0
		/// if the pool itself cannot take it.
		shares: Amount,
		/// The value of these shares right after the deposit, after rounding.
		value: Amount,
		/// The operator's commission now, in basis points.
		commission: Bps,
		/// The highest commission that can come to bind with no more notice than the exit delay, in basis points.
		commission_within_exit: Bps,
		/// Pending slashes that would take from the deposit too, because a deposit shares the pool's past; the first 16
		/// by id. Empty if the pool cannot take the deposit.
		pending: Vec<EntryLoss>,
		/// Whether consensus offences of the operator take from the deposit.
		consensus: bool,
		/// The services that may slash the deposit.
		services: Vec<EntryService>,
		/// The largest fraction of the deposit that these services could take together with one slash each.
		worst: Fraction,
		/// Eras from an exit to its claim.
		exit_delay: Era,
	}
}

plain! {
	/// The loss of a deposit through a pending slash.
	struct EntryLoss {
		/// The slash.
		id: SlashId,
		/// The era in which it is executed.
		due: Era,
		/// What it would take of the deposit if it were executed right after the deposit, before all other slashes.
		value: Amount,
	}
}

plain! {
	/// A service that may slash a pool.
	struct EntryService {
		/// The set.
		set: OperatorSetId,
		/// The service's name.
		name: Text,
		/// The largest magnitude of the pool that it may slash: the largest of what is allocated now, was allocated in
		/// an era that can still be slashed, and will be allocated when an announced change binds.
		magnitude: Fraction,
		/// The largest fraction of the magnitude that one slash under any condition can take, announced terms included.
		max_fraction: Fraction,
		/// The shortest veto window of the conditions in eras, announced terms included; none without conditions.
		least_window: Option<Era>,
		/// Whether what it slashes goes to an account.
		redistributes: bool,
	}
}

sp_api::decl_runtime_apis! {
	/// The security of services.
	pub trait RestakingApi {
		/// All assets that can be restaked.
		fn assets() -> Vec<AssetDetails>;

		/// The stake of all members that a set can slash for a capture era, by kind; the running era unless given. None
		/// for a set that does not exist, and for an era that is to come or that slashes can no longer reach.
		fn set_stake(set: OperatorSetId, capture: Option<Era>) -> Option<SetStake>;

		/// The same for each operator that answers for the capture era. A page can be short or empty although there is
		/// a next one.
		fn member_stakes(
			set: OperatorSetId,
			capture: Option<Era>,
			after: Option<AccountId>,
			most: u32,
		) -> Option<Page<MemberStake, Account>>;

		/// Lower bounds of the stake that a slash for the running era can take if it is executed in era `until` or
		/// before. None for a set that does not exist.
		fn least_stake(set: OperatorSetId, until: Era) -> Option<LeastStake>;

		/// The risks of a deposit of `amount` into a pool now. None if `operator` is not an operator.
		fn entering(who: AccountId, operator: AccountId, kind: PoolKind, amount: crate::Balance) -> Option<Entry>;
	}
}
