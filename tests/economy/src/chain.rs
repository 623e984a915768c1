//! A chain without a node: blocks are executed by the runtime's own executive, on a preset's genesis, with the digests
//! and inherents that a node would give them.

use codec::Encode;
use frame_support::{
	storage::with_storage_layer,
	traits::{fungible::Inspect, DisabledValidators, Get},
};
use mainstay_operator_delegation::{Exits, Pools, Slashed};
use mainstay_primitives::{traits::EraClock, AccountId, Balance, Currency, Era};
use mainstay_runtime::{
	configs::clock::SessionSlots, genesis_config_presets, Babe, Balances, BuildStorage, Executive, Header,
	OperatorDelegation, Rewards, Runtime, RuntimeCall, RuntimeGenesisConfig, Session, Slashing, Staking,
	System, UncheckedExtrinsic,
};
use pallet_session::{QueuedChanged, QueuedKeys};
use serde_json::Value;
use sp_consensus_babe::{
	digests::{PreDigest, SecondaryPlainPreDigest},
	BABE_ENGINE_ID,
};
use sp_core::storage::StateVersion;
use sp_keystore::{testing::MemoryKeystore, KeystoreExt};
use sp_runtime::{traits::Header as _, Digest, DigestItem, DispatchResult};

/// The first slot after genesis. Any number does.
const FIRST_SLOT: u64 = 1_000_000;

/// A chain of blocks in the externalities of a test.
pub struct Chain {
	header: Header,
	slot: u64,
	/// Validators whose blocks are missing from now on.
	pub silent: Vec<AccountId>,
}

/// Runs `test` on the genesis of a preset, and checks the invariants of all pallets after it.
pub fn run(preset: &str, test: impl FnOnce(&mut Chain)) {
	let patch = genesis_config_presets::get_preset(&preset.into()).expect("a preset of the runtime");
	let mut genesis = serde_json::to_value(RuntimeGenesisConfig::default()).expect("genesis is JSON");
	merge(&mut genesis, serde_json::from_slice(&patch).expect("a preset is JSON"));
	let genesis: RuntimeGenesisConfig = serde_json::from_value(genesis).expect("a preset is a genesis");
	let mut ext: sp_io::TestExternalities = genesis.build_storage().expect("genesis builds").into();
	ext.register_extension(KeystoreExt::new(MemoryKeystore::new()));
	ext.execute_with(|| {
		let header =
			Header::new(0, Default::default(), Default::default(), Default::default(), Default::default());
		let mut chain = Chain { header, slot: FIRST_SLOT, silent: vec![] };
		test(&mut chain);
		try_state();
	});
}

fn merge(base: &mut Value, patch: Value) {
	match (base, patch) {
		(Value::Object(base), Value::Object(patch)) => {
			for (key, value) in patch {
				merge(base.entry(key).or_insert(Value::Null), value);
			}
		},
		(base, patch) => *base = patch,
	}
}

/// Checks what always holds in each of our pallets, and that the accounts that hold funds hold what the ledgers say and
/// not a unit more: no test sends them any.
pub fn try_state() {
	OperatorDelegation::do_try_state().expect("operator-delegation's invariants hold");
	Staking::do_try_state().expect("staking's invariants hold");
	Slashing::do_try_state().expect("slashing's invariants hold");
	Rewards::do_try_state().expect("rewards' invariants hold");

	let least = Balances::minimum_balance();
	let pools: Balance = Pools::<Runtime>::iter_values().map(|pool| pool.funds.amount).sum();
	let exits: Balance = Exits::<Runtime>::iter_values().map(|exit| exit.funds.amount).sum();
	let slashed = Slashed::<Runtime>::get(Currency::Native);
	assert_eq!(Balances::total_balance(&OperatorDelegation::custody()), pools + exits + slashed + least);
	let credit: Balance = mainstay_rewards::Credit::<Runtime>::iter().map(|(_, _, amount)| amount).sum();
	assert_eq!(Balances::total_balance(&Rewards::account()), credit + least);
}

impl Chain {
	/// Executes a block in the next slot whose turn is not a silent validator's. Its transactions are what `calls`
	/// does, between the inherents and the end of the block.
	pub fn block(&mut self, calls: impl FnOnce()) {
		let author = loop {
			self.slot += 1;
			// The first block of a session is authored by the set that begins in it, which forgets who was disabled
			// if it differs from the one before.
			let rotates = self.slot >= *Babe::current_epoch_start() + SessionSlots::get();
			let validators = match rotates {
				true => QueuedKeys::<Runtime>::get().into_iter().map(|(who, _)| who).collect(),
				false => Session::validators(),
			};
			let turn = self.slot as usize % validators.len();
			let disabled = Session::is_disabled(turn as u32) && !(rotates && QueuedChanged::<Runtime>::get());
			if !self.silent.contains(&validators[turn]) && !disabled {
				break turn as u32;
			}
		};
		let digest = PreDigest::SecondaryPlain(SecondaryPlainPreDigest {
			authority_index: author,
			slot: self.slot.into(),
		});
		let header = Header::new(
			self.header.number + 1,
			Default::default(),
			Default::default(),
			self.header.hash(),
			Digest { logs: vec![DigestItem::PreRuntime(BABE_ENGINE_ID, digest.encode())] },
		);
		Executive::initialize_block(&header);
		let now = self.slot * Babe::slot_duration();
		let inherent = RuntimeCall::Timestamp(pallet_timestamp::Call::set { now });
		Executive::apply_extrinsic(UncheckedExtrinsic::new_bare(inherent))
			.expect("the timestamp is valid")
			.expect("the timestamp applies");
		calls();
		self.header = Executive::finalize_block();
		assert_eq!(System::block_number(), self.header.number);
	}

	/// Executes a block with one call, which may be refused: then it must leave the state as it was.
	pub fn attempt(&mut self, call: impl FnOnce() -> DispatchResult) {
		self.block(|| {
			let root = || sp_io::storage::root(StateVersion::V1);
			let before = root();
			if with_storage_layer(call).is_err() {
				assert_eq!(root(), before, "a refused call changed the state");
			}
		});
	}

	/// Executes a block with one call, which must succeed.
	pub fn submit(&mut self, call: impl FnOnce() -> DispatchResult) {
		self.block(|| call().expect("the call succeeds"));
	}

	/// Executes empty blocks until `era` is active, and two more, in which the era before is paid.
	pub fn to_era(&mut self, era: Era) {
		assert!(Staking::active() < era, "era {era} is not to come");
		while Staking::active() < era {
			self.block(|| {});
		}
		self.block(|| {});
		self.block(|| {});
		try_state();
		assert!(!mainstay_rewards::Due::<Runtime>::exists(), "the era is paid two blocks after its end");
	}
}
