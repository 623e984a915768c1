//! Identifiers, units and small types that several pallets use.

use frame_support::traits::tokens::fungible::NativeOrWithId;
use serde::{Deserialize, Serialize};
use sp_runtime::{
	traits::{BlakeTwo256, IdentifyAccount, Verify},
	MultiSignature,
};

/// Signature of a transaction: sr25519, ed25519 or ecdsa.
pub type Signature = MultiSignature;
/// An account, as 32 bytes.
pub type AccountId = <<Signature as Verify>::Signer as IdentifyAccount>::AccountId;
/// An amount in the smallest unit of its currency. `10^12` units are one STAY.
pub type Balance = u128;
/// The number of transactions that an account has sent.
pub type Nonce = u32;
/// Height of a block.
pub type BlockNumber = u32;
/// The hash function of blocks, tries and calls.
pub type Hashing = BlakeTwo256;
/// A hash of [`Hashing`].
pub type Hash = sp_core::H256;
/// Id of an asset of pallet-assets.
pub type AssetId = u32;
/// Any currency: STAY or an asset.
pub type Currency = NativeOrWithId<AssetId>;
/// Index of an era, the unit of all delays. Genesis starts era 0.
pub type Era = u32;
/// Hundredths of a percent: 10,000 is the whole.
pub type Bps = u16;
/// Id of a slash, counted from 0 in the order of reports.
pub type SlashId = u32;
/// Id of an actively validated service (AVS), counted from 0 in the order of registration.
pub type AvsId = u32;
/// Id of a condition within its operator set, counted from 0.
pub type ConditionId = u32;
/// The weight of one unit of a kind in an operator set, relative to the other kinds.
pub type Multiplier = u32;

/// One STAY.
pub const STAY: Balance = 1_000_000_000_000;
/// A thousandth of a STAY.
pub const MILLI: Balance = STAY / 1_000;
/// The whole in [`Bps`].
pub const BPS: Bps = 10_000;
/// The whole in fractions and magnitudes, `10^18`.
pub const WAD: u64 = 1_000_000_000_000_000_000;
/// A year of 365.25 days, in milliseconds.
pub const YEAR_MILLIS: u64 = 31_557_600_000;
/// The largest number of kinds that an operator set can accept, and that one of its slashes can name.
pub const MAX_KINDS: u32 = 4;

/// The kind of a pool: its currency, and the offences for which it answers.
#[frame_support::stored]
#[derive(Copy, PartialOrd, Ord, Serialize, Deserialize)]
#[cfg_attr(feature = "std", derive(schemars::JsonSchema))]
#[serde(rename_all = "camelCase")]
pub enum PoolKind {
	/// STAY that answers only for consensus offences.
	#[codec(index = 0)]
	Stake,
	/// STAY that is also restaked: it answers for consensus offences and to services.
	#[codec(index = 1)]
	Native,
	/// A restakeable asset, which answers only to services.
	#[codec(index = 2)]
	Asset(AssetId),
}

impl PoolKind {
	/// The kinds that count for a validator's election, and that consensus offences slash.
	pub const CONSENSUS: [PoolKind; 2] = [PoolKind::Native, PoolKind::Stake];

	/// The currency of a pool of this kind.
	pub fn currency(&self) -> Currency {
		match self {
			PoolKind::Stake | PoolKind::Native => Currency::Native,
			PoolKind::Asset(id) => Currency::WithId(*id),
		}
	}
}

/// The id of an operator set.
#[frame_support::stored]
#[derive(Copy, PartialOrd, Ord, Serialize, Deserialize)]
#[cfg_attr(feature = "std", derive(schemars::JsonSchema))]
#[serde(deny_unknown_fields)]
pub struct OperatorSetId {
	/// The service to which it belongs.
	pub avs: AvsId,
	/// Its number within the service, counted from 0.
	pub index: u32,
}

/// The part of a position that leaves its pool.
#[frame_support::stored]
#[derive(Copy)]
pub enum ExitAmount {
	/// The whole position.
	#[codec(index = 0)]
	All,
	/// This number of shares.
	#[codec(index = 1)]
	Shares(u128),
	/// The smallest number of shares that is worth this amount now.
	#[codec(index = 2)]
	Value(Balance),
}

/// The account or origin that may veto a service's slash.
#[frame_support::stored(no_skip_type_params)]
pub enum Resolver<AccountId> {
	/// An account: a person's, a multisig's or a pure proxy's.
	#[codec(index = 0)]
	Account(AccountId),
	/// The origin of governance.
	#[codec(index = 1)]
	Governance,
}

impl<AccountId> From<AccountId> for Resolver<AccountId> {
	fn from(account: AccountId) -> Self {
		Self::Account(account)
	}
}

/// The terms of an operator set's condition.
#[frame_support::stored(no_skip_type_params)]
pub struct ConditionTerms<AccountId> {
	/// The maximum fraction of the allocation that one slash may take, in parts of `WAD`.
	pub max_fraction: u64,
	/// Eras between a report and its execution.
	pub veto_window: Era,
	/// The resolver, who may veto within the window.
	pub resolver: Option<Resolver<AccountId>>,
}

impl<AccountId: Clone> ConditionTerms<AccountId> {
	/// These terms, with those of `other` that ease them: a lower fraction, a longer veto window, a resolver if there
	/// is none.
	pub fn eased_by(&self, other: &Self) -> Self {
		Self {
			max_fraction: self.max_fraction.min(other.max_fraction),
			veto_window: self.veto_window.max(other.veto_window),
			resolver: self.resolver.clone().or_else(|| other.resolver.clone()),
		}
	}
}

/// The destination of slashed funds.
#[frame_support::stored(no_skip_type_params)]
#[derive(Serialize, Deserialize)]
pub enum Destination<AccountId> {
	/// The funds are burnt.
	#[codec(index = 0)]
	Burn,
	/// The funds go to an account.
	#[codec(index = 1)]
	Account(AccountId),
	/// The funds go to the chain's treasury.
	#[codec(index = 2)]
	Treasury,
}

impl<AccountId> Destination<AccountId> {
	/// Whether the funds go to an account. That account may belong to the slashed operator or its friends.
	pub fn is_account(&self) -> bool {
		matches!(self, Self::Account(_))
	}
}

/// The source of the treasury's income.
#[frame_support::stored]
#[derive(Copy, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub enum Income {
	/// Slashed funds whose [`Destination`] is the treasury.
	#[codec(index = 0)]
	Slash,
	/// The treasury's part of transaction fees.
	#[codec(index = 1)]
	Fee,
	/// The balances of accounts that fell below the existential deposit.
	#[codec(index = 2)]
	Dust,
	/// Forfeited bonds of appeals.
	#[codec(index = 3)]
	Bond,
}
