//! The genesis of the networks that this runtime knows by name.

use crate::{
	configs::{accounts::ExistentialDeposit, clock, tracks},
	*,
};
use alloc::{vec, vec::Vec};
use frame_support::{build_struct_json_patch, genesis_builder_helper};
use mainstay_primitives::{Bps, NetworkParameters, STAY};
use sp_consensus_babe::{AllowedSlots, BabeEpochConfiguration};
use sp_genesis_builder::PresetId;
use sp_keyring::{Ed25519Keyring, Sr25519Keyring};

/// A quarter of the slots have a primary author by lot. Every slot has a secondary author by turn, so none is empty.
pub const BABE_EPOCH: BabeEpochConfiguration =
	BabeEpochConfiguration { c: (1, 4), allowed_slots: AllowedSlots::PrimaryAndSecondaryVRFSlots };

/// The issuance of STAY at genesis.
pub const GENESIS_SUPPLY: Balance = 1_000_000_000 * STAY;

/// The self-stake of each validator.
const SELF_STAKE: Balance = 1_000_000 * STAY;
/// The minimum self-stake of a validator.
const MIN_SELF_STAKE: Balance = 1_000 * STAY;
/// The validators' commission.
const COMMISSION: Bps = 500;
/// The maximum number of validators that an election chooses.
const VALIDATOR_COUNT: u32 = 10;

/// Name of the preset for four validators on one machine.
pub const LOCAL_TESTNET: &str = "local_testnet";

/// The accounts with funds: Alice, Bob, Charlie, Dave, Eve and Ferdie, and their stashes.
fn endowed() -> Vec<AccountId> {
	Sr25519Keyring::well_known().map(|key| key.to_account_id()).collect()
}

/// The session keys of a validator, all derived from its name.
fn session_keys(name: Sr25519Keyring) -> SessionKeys {
	let grandpa: Ed25519Keyring = match name {
		Sr25519Keyring::Alice => Ed25519Keyring::Alice,
		Sr25519Keyring::Bob => Ed25519Keyring::Bob,
		Sr25519Keyring::Charlie => Ed25519Keyring::Charlie,
		Sr25519Keyring::Dave => Ed25519Keyring::Dave,
		other => panic!("{other:?} validates in no preset"),
	};
	SessionKeys {
		babe: name.public().into(),
		grandpa: grandpa.public().into(),
		authority_discovery: name.public().into(),
	}
}

/// A validator of the first era.
pub struct Founder {
	/// Its account, which is an operator and its own delegator.
	pub account: AccountId,
	/// Its commission, in basis points.
	pub commission: Bps,
	/// Its self-stake, which comes out of its balance.
	pub stake: Balance,
	/// Its session keys. A genesis holds no proof that the account owns them: whoever writes one checks that.
	pub keys: SessionKeys,
}

/// The content of a network's genesis.
pub struct Founding {
	/// Timing, delays and bounds.
	pub parameters: NetworkParameters,
	/// The maximum number of validators that an election chooses.
	pub validator_count: u32,
	/// The minimum self-stake of a validator.
	pub min_self_stake: Balance,
	/// The accounts with STAY, and their balances. The [`own_accounts`] are not among them: they get theirs anyway.
	pub balances: Vec<(AccountId, Balance)>,
	/// The validators of the first era.
	pub founders: Vec<Founder>,
	/// The members of the technical committee.
	pub committee: Vec<AccountId>,
	/// The account of the sudo key, which is root. A live network has none.
	pub sudo: Option<AccountId>,
}

impl Founding {
	/// The genesis, as a JSON patch of the default one.
	pub fn patch(&self) -> serde_json::Value {
		let operators: Vec<_> =
			self.founders.iter().map(|who| (who.account.clone(), who.commission, who.stake)).collect();
		let candidates: Vec<_> = self.founders.iter().map(|who| who.account.clone()).collect();
		let keys: Vec<_> = self
			.founders
			.iter()
			.map(|who| (who.account.clone(), who.account.clone(), who.keys.clone()))
			.collect();

		build_struct_json_patch!(RuntimeGenesisConfig {
			balances: BalancesConfig { balances: self.balances.clone() },
			babe: BabeConfig { epoch_config: BABE_EPOCH },
			operator_delegation: OperatorDelegationConfig { operators },
			staking: StakingConfig {
				parameters: self.parameters.clone(),
				validator_count: self.validator_count,
				min_self_stake: self.min_self_stake,
				candidates,
			},
			session: SessionConfig { keys },
			technical_committee: TechnicalCommitteeConfig { members: self.committee.clone() },
			sudo: SudoConfig { key: self.sudo.clone() },
		})
	}
}

/// The account of the sudo key in the current state, if there is one.
pub fn sudo_key() -> Option<AccountId> {
	pallet_sudo::Key::<Runtime>::get()
}

/// The chain's own accounts that exist from genesis, each with the existential deposit.
pub fn own_accounts() -> [AccountId; 3] {
	[OperatorDelegation::custody(), Rewards::account(), ChainTreasury::account()]
}

/// A network of `validators` with their own stake, this technical committee, and Alice as the sudo key.
fn genesis(
	validators: &[Sr25519Keyring],
	committee: &[Sr25519Keyring],
	parameters: NetworkParameters,
) -> serde_json::Value {
	let endowed = endowed();
	let supply = GENESIS_SUPPLY - own_accounts().len() as Balance * ExistentialDeposit::get();
	let each = supply / endowed.len() as Balance;
	let rest = supply % endowed.len() as Balance;
	let balances = endowed
		.into_iter()
		.enumerate()
		.map(|(n, who)| (who, if n == 0 { each + rest } else { each }))
		.collect();
	let founders = validators
		.iter()
		.map(|name| Founder {
			account: name.to_account_id(),
			commission: COMMISSION,
			stake: SELF_STAKE,
			keys: session_keys(*name),
		})
		.collect();
	let founding = Founding {
		parameters,
		validator_count: VALIDATOR_COUNT,
		min_self_stake: MIN_SELF_STAKE,
		balances,
		founders,
		committee: committee.iter().map(|name| name.to_account_id()).collect(),
		sudo: Some(Sr25519Keyring::Alice.to_account_id()),
	};
	founding.patch()
}

/// The genesis of a preset, as a JSON patch of the default one.
pub fn get_preset(id: &PresetId) -> Option<Vec<u8>> {
	use Sr25519Keyring::{Alice, Bob, Charlie, Dave};
	let patch = match id.as_ref() {
		sp_genesis_builder::DEV_RUNTIME_PRESET => genesis(&[Alice], &[Alice], NetworkParameters::DEVELOPMENT),
		LOCAL_TESTNET => {
			genesis(&[Alice, Bob, Charlie, Dave], &[Alice, Bob, Charlie], NetworkParameters::LOCAL)
		},
		_ => return None,
	};
	Some(serde_json::to_string(&patch).expect("a preset is JSON").into_bytes())
}

/// Builds the state of a genesis, if a network that begins with it can work. The error says why not.
pub fn build(config: Vec<u8>) -> sp_genesis_builder::Result {
	genesis_builder_helper::build_state::<RuntimeGenesisConfig>(config)?;
	tracks::check(&clock::parameters()).map_err(|reason| alloc::format!("network parameters: {reason}"))
}

/// The names of the presets.
pub fn preset_names() -> Vec<PresetId> {
	vec![PresetId::from(sp_genesis_builder::DEV_RUNTIME_PRESET), PresetId::from(LOCAL_TESTNET)]
}
