//! Stand-ins for pallets that a mock runtime lacks. They return what tests set, and record what they are told.

// `parameter_types!` generates an undocumented constant for a documented `static`.
#![allow(missing_docs)]

use crate::actors::ExistentialDeposit;
use frame_support::{parameter_types, traits::ValidatorRegistration, weights::Weight};
use mainstay_primitives::{
	traits::{self, AssetRegistry, SlashGate},
	AccountId, AssetId, Balance, Currency, Era, Income, OperatorSetId, PoolKind,
};
use pallet_session::SessionInterface;
use sp_runtime::{testing::UintAuthorityId, DispatchResult, Perbill};
use sp_staking::{offence::OffenceSeverity, SessionIndex};

parameter_types! {
	/// The account of the treasury.
	pub const Treasury: AccountId = AccountId::new([200; 32]);
	/// The income that [`Books`] recorded.
	pub static Noted: Vec<(Income, Currency, Balance)> = vec![];
	/// Pools with pending slashes, with the capture eras of these.
	pub static PendingSlashes: Vec<(AccountId, PoolKind, Era)> = vec![];
	/// Members with pending slashes.
	pub static PendingMembers: Vec<(AccountId, OperatorSetId)> = vec![];
	/// Whether there are due slashes that are not executed yet.
	pub static AnyDue: bool = false;
	/// Offenders that [`Sessions`] was told of, with the severity of the offence.
	pub static Disabled: Vec<(AccountId, Perbill)> = vec![];
}

/// Resets all of them.
pub(crate) fn reset() {
	Noted::take();
	PendingSlashes::take();
	PendingMembers::take();
	AnyDue::set(false);
	Disabled::take();
}

/// A treasury that records income.
pub struct Books;
impl traits::Treasury<AccountId> for Books {
	fn account() -> AccountId {
		Treasury::get()
	}
	fn note(source: Income, currency: Currency, amount: Balance) {
		Noted::mutate(|noted| noted.push((source, currency, amount)));
	}
}

/// A slashing pallet with the pending slashes of [`PendingSlashes`], [`PendingMembers`] and [`AnyDue`].
pub struct Gate;
impl SlashGate<AccountId> for Gate {
	fn oldest_capture(operator: &AccountId, kind: PoolKind) -> Option<Era> {
		let pending = PendingSlashes::get().into_iter().filter(|(o, k, _)| o == operator && *k == kind);
		pending.map(|(_, _, capture)| capture).min()
	}
	fn any_due() -> bool {
		AnyDue::get()
	}
	fn is_pending(operator: &AccountId, set: OperatorSetId) -> bool {
		PendingMembers::get().contains(&(operator.clone(), set))
	}
}

/// A registry in which every asset is admitted, with the same minimum deposit.
pub struct Registry;
impl AssetRegistry for Registry {
	fn is_registered(_: &Currency) -> bool {
		true
	}
	fn min_deposit(_: AssetId) -> Balance {
		ExistentialDeposit::get()
	}
}

/// The sessions of a chain without blocks. Every account has keys.
pub struct Sessions;
impl SessionInterface for Sessions {
	type ValidatorId = AccountId;
	type AccountId = AccountId;
	type Keys = UintAuthorityId;

	fn validators() -> Vec<AccountId> {
		vec![]
	}
	fn prune_up_to(_: SessionIndex) {}
	fn report_offence(offender: AccountId, severity: OffenceSeverity) {
		Disabled::mutate(|disabled| disabled.push((offender, severity.0)));
	}
	fn set_keys(_: &AccountId, _: UintAuthorityId) -> DispatchResult {
		Ok(())
	}
	fn purge_keys(_: &AccountId) -> DispatchResult {
		Ok(())
	}
	fn set_keys_weight() -> Weight {
		Weight::zero()
	}
	fn purge_keys_weight() -> Weight {
		Weight::zero()
	}
}
impl ValidatorRegistration<AccountId> for Sessions {
	fn is_registered(_: &AccountId) -> bool {
		true
	}
}
