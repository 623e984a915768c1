//! Services, their operator sets, and the sets' members.

use super::{
	operators::{Announced, Later},
	restaking::MemberKind,
	Account, Amount, Fraction, Page, Text,
};
use crate::{AccountId, AvsId, ConditionId, Era, Multiplier, OperatorSetId, PoolKind};
use alloc::vec::Vec;

plain! {
	/// A service in a list.
	struct ServiceSummary {
		/// Its id.
		avs: AvsId,
		/// Its name.
		name: Text,
		/// The owner.
		owner: Account,
		/// The number of its sets.
		sets: u32,
		/// The number of members of all its sets.
		members: u32,
		/// The weight of all present allocations to its sets.
		weight: Amount,
	}
}

plain! {
	/// A service.
	struct ServiceDetails {
		/// Its id.
		avs: AvsId,
		/// Its name.
		name: Text,
		/// The address of a page about it.
		link: Text,
		/// The owner.
		owner: Account,
		/// The account to which it is offered, if any.
		next_owner: Option<Account>,
		/// The deposit that is held of the owner's balance, in STAY.
		deposit: Amount,
		/// Its sets, at most 64. Only the last 1,024 that it created are searched.
		sets: Vec<SetSummary>,
	}
}

plain! {
	/// An operator set in a list.
	struct SetSummary {
		/// Its id.
		set: OperatorSetId,
		/// The number of its members.
		members: u32,
		/// The number of its conditions.
		conditions: u32,
		/// The last era for which members answer, if it is being wound down.
		until: Option<Era>,
	}
}

plain! {
	/// The multiplier of a kind.
	struct KindWeight {
		/// The kind.
		kind: PoolKind,
		/// The weight of one unit of it, relative to the other kinds.
		multiplier: Multiplier,
	}
}

plain! {
	/// Which operators may join a set.
	#[derive(Copy)]
	enum Admission {
		/// Every operator with the minimum stake.
		Open,
		/// Operators with the minimum stake that the owner approved.
		Approved,
		/// Nobody, for now.
		Paused,
	}
}

plain! {
	/// The destination of slashed funds.
	enum Destination {
		/// The funds are burnt.
		Burn,
		/// The funds go to an account.
		Account(Account),
		/// The funds go to the chain's treasury.
		Treasury,
	}
}

plain! {
	/// The account or origin that may veto a slash.
	enum Resolver {
		/// An account.
		Account(Account),
		/// The origin of governance.
		Governance,
	}
}

plain! {
	/// The terms of a condition.
	struct Terms {
		/// The maximum fraction of the allocation that one slash may take.
		max_fraction: Fraction,
		/// Eras between a report and its execution.
		veto_window: Era,
		/// The resolver, who may veto within the window.
		resolver: Option<Resolver>,
	}
}

plain! {
	/// A declared offence.
	struct ConditionDetails {
		/// Its id within the set.
		id: ConditionId,
		/// A description of the offence.
		text: Text,
		/// The first capture era for which it binds.
		since: Era,
		/// Its terms. Announced ones bind for capture eras from an era on.
		terms: Announced<Terms>,
	}
}

plain! {
	/// An operator set.
	struct SetDetails {
		/// Its id.
		set: OperatorSetId,
		/// The name of its service.
		name: Text,
		/// The owner.
		owner: Account,
		/// The kinds that it accepts.
		kinds: Announced<Vec<KindWeight>>,
		/// Which operators may join.
		admission: Admission,
		/// The minimum weight of an operator that joins.
		min_stake: Amount,
		/// The account that may report slashes.
		slasher: Announced<Account>,
		/// The destination of what it slashes.
		destination: Destination,
		/// The conditions, which declare offences.
		conditions: Vec<ConditionDetails>,
		/// The number of its members.
		members: u32,
		/// The weight of all present allocations to it: the sum of each amount times its kind's multiplier.
		weight: Amount,
		/// The ids of its streams of payments.
		streams: Vec<u32>,
		/// The last era for which members answer, if it is being wound down.
		until: Option<Era>,
	}
}

plain! {
	/// A member of a set.
	struct MemberDetails {
		/// The operator.
		operator: Account,
		/// Its name.
		name: Text,
		/// The first era for which it answers.
		from: Era,
		/// Its allocations to the set, by kind.
		kinds: Vec<MemberKind>,
		/// Its weight: the sum of each amount times its kind's multiplier.
		weight: Amount,
		/// The announced allocations, by kind.
		next: Vec<NextMagnitude>,
	}
}

plain! {
	/// An announced magnitude.
	struct NextMagnitude {
		/// The kind.
		kind: PoolKind,
		/// The magnitude, and the era from which it binds.
		magnitude: Later<Fraction>,
	}
}

sp_api::decl_runtime_apis! {
	/// Services, their operator sets, and the sets' members.
	pub trait ServicesApi {
		/// A service with its sets.
		fn service(avs: AvsId) -> Option<ServiceDetails>;

		/// All services. A page with many members and sets can be shorter than requested although there is a next one.
		fn services(after: Option<AvsId>, most: u32) -> Page<ServiceSummary, AvsId>;

		/// An operator set with its terms and conditions.
		fn set(set: OperatorSetId) -> Option<SetDetails>;

		/// The members of a set, in ascending order of their accounts.
		fn members(
			set: OperatorSetId,
			after: Option<AccountId>,
			most: u32,
		) -> Option<Page<MemberDetails, Account>>;

		/// One member of a set.
		fn member(set: OperatorSetId, operator: AccountId) -> Option<MemberDetails>;
	}
}
