//! The genesis of the networks that this runtime knows by name.

use crate::{configs::accounts::ExistentialDeposit, *};
use alloc::{vec, vec::Vec};
use frame_support::build_struct_json_patch;
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

/// A network of `validators` with their own stake, and Alice as the sudo key.
fn genesis(validators: &[Sr25519Keyring], parameters: NetworkParameters) -> serde_json::Value {
	let endowed = endowed();
	// Operator-delegation, Rewards and ChainTreasury open an account each, with the existential deposit.
	let supply = GENESIS_SUPPLY - 3 * ExistentialDeposit::get();
	let each = supply / endowed.len() as Balance;
	let rest = supply % endowed.len() as Balance;
	let balances: Vec<_> = endowed
		.into_iter()
		.enumerate()
		.map(|(n, who)| (who, if n == 0 { each + rest } else { each }))
		.collect();
	let accounts: Vec<AccountId> = validators.iter().map(|name| name.to_account_id()).collect();
	let keys: Vec<_> = validators
		.iter()
		.map(|name| (name.to_account_id(), name.to_account_id(), session_keys(*name)))
		.collect();

	build_struct_json_patch!(RuntimeGenesisConfig {
		balances: BalancesConfig { balances },
		babe: BabeConfig { epoch_config: BABE_EPOCH },
		operator_delegation: OperatorDelegationConfig {
			operators: accounts.iter().cloned().map(|who| (who, COMMISSION, SELF_STAKE)).collect::<Vec<_>>(),
		},
		staking: StakingConfig {
			parameters,
			validator_count: VALIDATOR_COUNT,
			min_self_stake: MIN_SELF_STAKE,
			candidates: accounts,
		},
		session: SessionConfig { keys },
		sudo: SudoConfig { key: Some(Sr25519Keyring::Alice.to_account_id()) },
	})
}

/// The genesis of a preset, as a JSON patch of the default one.
pub fn get_preset(id: &PresetId) -> Option<Vec<u8>> {
	use Sr25519Keyring::{Alice, Bob, Charlie, Dave};
	let patch = match id.as_ref() {
		sp_genesis_builder::DEV_RUNTIME_PRESET => genesis(&[Alice], NetworkParameters::DEVELOPMENT),
		LOCAL_TESTNET => genesis(&[Alice, Bob, Charlie, Dave], NetworkParameters::LOCAL),
		_ => return None,
	};
	Some(serde_json::to_string(&patch).expect("a preset is JSON").into_bytes())
}

/// The names of the presets.
pub fn preset_names() -> Vec<PresetId> {
	vec![PresetId::from(sp_genesis_builder::DEV_RUNTIME_PRESET), PresetId::from(LOCAL_TESTNET)]
}
