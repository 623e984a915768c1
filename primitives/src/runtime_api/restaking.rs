//! What secures services: admitted assets, what a set can slash, and what entering a pool exposes one to.

use super::{Account, Amount, Fraction, Page, Text};
use crate::{AccountId, AssetId, Bps, Era, Multiplier, OperatorSetId, PoolKind, SlashId};
use alloc::vec::Vec;

plain! {
	/// An asset that can be restaked.
	struct AssetDetails {
		/// Its id.
		id: AssetId,
		/// The most that pools and exits may hold of it after a deposit.
		cap: Amount,
		/// What pools and exits hold of it. What was merely sent to custody is not part of it.
		held: Amount,
		/// The least that may enter a pool in one call.
		min_deposit: Amount,
		/// Whether it takes new deposits.
		deposits: bool,
	}
}

plain! {
	/// What a set can slash.
	struct SetStake {
		/// The era whose stake answers.
		capture: Era,
		/// How many operators answer for that era.
		members: u32,
		/// By kind, in the order of the set's kinds.
		kinds: Vec<KindStake>,
		/// All of it, each unit counted as its kind's multiplier says.
		weight: Amount,
		/// Whether that is all. Of operators that left the set, 1,000 are looked at.
		complete: bool,
	}
}

plain! {
	/// What a set can slash of one kind.
	struct KindStake {
		/// The kind.
		kind: PoolKind,
		/// How much a unit of it counts in the set now.
		multiplier: Multiplier,
		/// How much it is, in the kind's currency: of the live pools, and of what left them since.
		slashable: Amount,
	}
}

plain! {
	/// What a member of a set can be slashed of.
	struct MemberStake {
		/// The operator.
		operator: Account,
		/// By kind; kinds of which nothing is allocated are left out.
		kinds: Vec<MemberKind>,
		/// All of it, each unit counted as its kind's multiplier says.
		weight: Amount,
	}
}

plain! {
	/// What a member of a set can be slashed of one kind.
	struct MemberKind {
		/// The kind.
		kind: PoolKind,
		/// What is allocated to the set in the capture era, less cuts since.
		magnitude: Fraction,
		/// What that is now, in the kind's currency: of the live pool, and of what left it since.
		slashable: Amount,
	}
}

plain! {
	/// The least that a slash for the running era can find when it is executed in a later era, whatever happens until then.
	///
	/// What backs the running era cannot leave its reach before the exit delay is over: who exits answers for this era
	/// still, and an allocation that ends or a member that leaves does so for later eras only. So nothing that delegators
	/// and operators can withdraw lowers it. Other slashes can, and each bound here allows for more of them than the one
	/// before. Slashes of the set itself that are still to be reported are not allowed for: they are its own to count.
	///
	/// A slash rounds down each part of what it takes. So of each operator's part in a kind, one unit is left out for each
	/// era under which exits can be filed until then, the era after it included, and two for each pending slash.
	struct LeastStake {
		/// The capture era: the one that is running.
		capture: Era,
		/// The last era in which a slash for it can be executed.
		reachable: Era,
		/// The era that was asked for. Where it is behind `reachable`, all bounds are 0.
		until: Era,
		/// Whatever delegators and operators withdraw, end or leave, and if every slash is executed that is pending and
		/// falls due until then.
		withdrawals: Vec<KindStake>,
		/// And if all other sets slashed all they can of the same pools: of what is allocated to them, was in an era that can
		/// still be slashed, or is announced.
		services: Vec<KindStake>,
		/// And if operators allocated all they may to others as well, which slashed that, too. It binds after the allocation
		/// delay, and can be at most the leverage that an operator can come to have until then. So this is less than
		/// `services` from then on, for pools that may be promised more than once; a set that gives what it slashes to an
		/// account shares no unit with others.
		allocations: Vec<KindStake>,
		/// And if consensus offences took all native stake.
		consensus: Vec<KindStake>,
	}
}

plain! {
	/// What entering a pool now would expose one to.
	struct Entry {
		/// Why a deposit would be refused now, if it would: a pallet's error, as `Pallet.Error`, or what else the chain
		/// says.
		refused: Option<Text>,
		/// What one would have for the amount that was asked about: shares. Also where the deposit is refused, for want of
		/// funds say; 0 where the pool itself cannot take it.
		shares: Amount,
		/// What these would be worth at once, after rounding.
		value: Amount,
		/// The operator's commission now, in basis points.
		commission: Bps,
		/// The highest it can become with no more notice than the exit delay, in basis points.
		commission_within_exit: Bps,
		/// Slashes that are pending and would take from the deposit too, the first 16 by id: who enters a pool enters its
		/// past. Empty where the pool cannot take it.
		pending: Vec<EntryLoss>,
		/// Whether consensus offences of the operator take from it.
		consensus: bool,
		/// The services that may slash it.
		services: Vec<EntryService>,
		/// The largest part of the deposit that these services could take together with one slash each.
		worst: Fraction,
		/// Eras from an exit to its claim.
		exit_delay: Era,
	}
}

plain! {
	/// What a pending slash would take of a deposit.
	struct EntryLoss {
		/// The slash.
		id: SlashId,
		/// The era in which it is executed.
		due: Era,
		/// What it would take of the deposit if it were executed right after it, before all others.
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
		/// The most that it may take of the pool: of what is allocated now, was in an era that can still be slashed, or will
		/// be when an announced change binds.
		magnitude: Fraction,
		/// The largest fraction of it that one slash of any condition can take, announced terms included.
		max_fraction: Fraction,
		/// The shortest veto window among the conditions, in eras, announced terms included; none without conditions.
		least_window: Option<Era>,
		/// Whether what it slashes goes to an account.
		redistributes: bool,
	}
}

sp_api::decl_runtime_apis! {
	/// What secures services.
	pub trait RestakingApi {
		/// The assets that can be restaked, all of them.
		fn assets() -> Vec<AssetDetails>;

		/// What a set can slash for a capture era, the running one unless told: of all members, by kind. None for a set
		/// that does not exist, and for an era to come or that is out of reach.
		fn set_stake(set: OperatorSetId, capture: Option<Era>) -> Option<SetStake>;

		/// The same by member, of all who answer for the capture era. A page can be short, or empty, and have a next one.
		fn member_stakes(
			set: OperatorSetId,
			capture: Option<Era>,
			after: Option<AccountId>,
			most: u32,
		) -> Option<Page<MemberStake, Account>>;

		/// The least that a slash for the running era can find if it is executed in era `until` or before. None for a set
		/// that does not exist.
		fn least_stake(set: OperatorSetId, until: Era) -> Option<LeastStake>;

		/// What entering a pool with `amount` now would expose one to. None for an account that is no operator.
		fn entering(who: AccountId, operator: AccountId, kind: PoolKind, amount: crate::Balance) -> Option<Entry>;
	}
}
