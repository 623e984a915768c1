//! Services, their operator sets, and who serves them.

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
		/// Who decides for it.
		owner: Account,
		/// How many sets it has.
		sets: u32,
		/// How many members they have together.
		members: u32,
		/// The weight of what is allocated to them now.
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
		/// Where to read more.
		link: Text,
		/// Who decides for it.
		owner: Account,
		/// To whom it is offered.
		next_owner: Option<Account>,
		/// What is held of the owner's balance.
		deposit: Amount,
		/// Its sets, at most 64: those among the last 1,024 that it created.
		sets: Vec<SetSummary>,
	}
}

plain! {
	/// An operator set in a list.
	struct SetSummary {
		/// Its id.
		set: OperatorSetId,
		/// How many operators serve it.
		members: u32,
		/// How many conditions it has.
		conditions: u32,
		/// The last era for which members answer, where it is being wound down.
		until: Option<Era>,
	}
}

plain! {
	/// How much a unit of a kind counts.
	struct KindWeight {
		/// The kind.
		kind: PoolKind,
		/// How much a unit of it counts, next to a unit of another.
		multiplier: Multiplier,
	}
}

plain! {
	/// Who may join a set.
	#[derive(Copy)]
	enum Admission {
		/// Every operator with enough stake.
		Open,
		/// Those of them whom the owner approved.
		Approved,
		/// Nobody, for now.
		Paused,
	}
}

plain! {
	/// Where slashed funds go.
	enum Destination {
		/// Out of existence.
		Burn,
		/// To an account.
		Account(Account),
		/// To the chain's treasury.
		Treasury,
	}
}

plain! {
	/// Who may veto a slash.
	enum Resolver {
		/// An account.
		Account(Account),
		/// Whoever governs the chain.
		Governance,
	}
}

plain! {
	/// What a condition allows.
	struct Terms {
		/// The largest part of what is allocated that one slash may take.
		max_fraction: Fraction,
		/// Eras between a report and its execution.
		veto_window: Era,
		/// Who may veto within the window.
		resolver: Option<Resolver>,
	}
}

plain! {
	/// A declared offence.
	struct ConditionDetails {
		/// Its id within the set.
		id: ConditionId,
		/// What the offence is.
		text: Text,
		/// The first capture era for which it binds.
		since: Era,
		/// Its terms. What was announced binds by capture era.
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
		/// Who decides for it.
		owner: Account,
		/// The kinds it accepts.
		kinds: Announced<Vec<KindWeight>>,
		/// Who may join.
		admission: Admission,
		/// The least that who joins has allocated to the set or announced, weighted.
		min_stake: Amount,
		/// Who may report slashes.
		slasher: Announced<Account>,
		/// Where what it slashes goes.
		destination: Destination,
		/// The offences it declares.
		conditions: Vec<ConditionDetails>,
		/// How many operators serve it.
		members: u32,
		/// What is allocated to it, each unit counted as its kind's multiplier says.
		weight: Amount,
		/// The ids of its streams of payments.
		streams: Vec<u32>,
		/// The last era for which members answer, where it is being wound down.
		until: Option<Era>,
	}
}

plain! {
	/// Who serves a set.
	struct MemberDetails {
		/// The operator.
		operator: Account,
		/// Its name.
		name: Text,
		/// The first era for which it answers.
		from: Era,
		/// What it has allocated to the set, by kind.
		kinds: Vec<MemberKind>,
		/// All of it, each unit counted as its kind's multiplier says.
		weight: Amount,
		/// What was announced: by kind, what will be allocated.
		next: Vec<NextMagnitude>,
	}
}

plain! {
	/// A magnitude that was announced.
	struct NextMagnitude {
		/// The kind.
		kind: PoolKind,
		/// The magnitude, and the era from which it binds.
		magnitude: Later<Fraction>,
	}
}

sp_api::decl_runtime_apis! {
	/// Services, their operator sets, and who serves them.
	pub trait ServicesApi {
		/// A service with its sets.
		fn service(avs: AvsId) -> Option<ServiceDetails>;

		/// All services. A page of services with many members can be shorter than asked for while there is a next one.
		fn services(after: Option<AvsId>, most: u32) -> Page<ServiceSummary, AvsId>;

		/// An operator set with its terms and conditions.
		fn set(set: OperatorSetId) -> Option<SetDetails>;

		/// Who serves a set, in the order of their accounts.
		fn members(
			set: OperatorSetId,
			after: Option<AccountId>,
			most: u32,
		) -> Option<Page<MemberDetails, Account>>;

		/// One member of a set.
		fn member(set: OperatorSetId, operator: AccountId) -> Option<MemberDetails>;
	}
}
