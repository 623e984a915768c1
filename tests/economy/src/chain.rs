//! A chain without a node: the runtime's own executive executes blocks on a preset's genesis, with the digests and
//! inherents that a node would give them.

use crate::meter::{measure, without_root, Used};
use codec::Encode;
use frame_support::{
	storage::with_storage_layer,
	traits::{fungibles::Inspect, DisabledValidators, Get, Hooks},
	weights::Weight,
};
use mainstay_operator_delegation::{Exits, Pools, Positions, Slashed};
use mainstay_primitives::{traits::EraClock, AccountId, Balance, BlockNumber, Currency, Era};
use mainstay_rewards::{Accruals, Carried, Credit, Streams};
use mainstay_runtime::{
	configs::clock::SessionSlots, genesis_config_presets, AvsRegistry, Babe, BuildStorage, ChainTreasury,
	Executive, Header, KeyOwners, NativeAndAssets, OperatorDelegation, Restaking, Rewards, Runtime,
	RuntimeCall, RuntimeGenesisConfig, Session, Slashing, StakeVoting, Staking, System, UncheckedExtrinsic,
};
use mainstay_treasury::{Received, Spent};
use pallet_session::{QueuedChanged, QueuedKeys};
use serde_json::Value;
use sp_consensus_babe::{
	digests::{PreDigest, SecondaryPlainPreDigest},
	BABE_ENGINE_ID,
};
use sp_core::storage::StateVersion;
use sp_keystore::{testing::MemoryKeystore, KeystoreExt};
use sp_runtime::{traits::Header as _, Digest, DigestItem, DispatchError};
use std::{collections::BTreeMap, fmt::Debug};

/// The first slot after genesis, an arbitrary number.
const FIRST_SLOT: u64 = 1_000_000;

/// A chain of blocks in a test's externalities.
pub struct Chain {
	header: Header,
	slot: u64,
	/// Validators that author no blocks from now on.
	pub silent: Vec<AccountId>,
	/// The storage use of our hooks at the beginning of the last block, and the weight that they returned.
	pub hooks: [(&'static str, Used, Weight); 3],
}

/// The genesis state of a preset.
pub fn genesis(preset: &str) -> sp_io::TestExternalities {
	let patch = genesis_config_presets::get_preset(&preset.into()).expect("a preset of the runtime");
	let mut genesis = serde_json::to_value(RuntimeGenesisConfig::default()).expect("genesis is JSON");
	merge(&mut genesis, serde_json::from_slice(&patch).expect("a preset is JSON"));
	let genesis: RuntimeGenesisConfig = serde_json::from_value(genesis).expect("a preset is a genesis");
	let mut ext: sp_io::TestExternalities = genesis.build_storage().expect("genesis builds").into();
	ext.register_extension(KeystoreExt::new(MemoryKeystore::new()));
	ext
}

/// Runs `test` on the genesis of a preset, and checks the invariants of all pallets afterwards.
pub fn run(preset: &str, test: impl FnOnce(&mut Chain)) {
	genesis(preset).execute_with(|| {
		let header =
			Header::new(0, Default::default(), Default::default(), Default::default(), Default::default());
		let mut chain = Chain { header, slot: FIRST_SLOT, silent: vec![], hooks: Default::default() };
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

/// Checks the invariants of each of our pallets, and that the accounts with funds hold exactly what the ledgers record.
/// No test sends them other funds.
pub fn try_state() {
	OperatorDelegation::do_try_state().expect("operator-delegation's invariants hold");
	Staking::do_try_state().expect("staking's invariants hold");
	Slashing::do_try_state().expect("slashing's invariants hold");
	Rewards::do_try_state().expect("rewards' invariants hold");
	AvsRegistry::do_try_state().expect("avs-registry's invariants hold");
	Restaking::do_try_state().expect("restaking's invariants hold");
	ChainTreasury::do_try_state().expect("treasury's invariants hold");
	KeyOwners::do_try_state().expect("key-owners' invariants hold");
	StakeVoting::do_try_state().expect("stake-voting's invariants hold");

	let mut pools = BTreeMap::<Currency, Balance>::new();
	for (_, kind, pool) in Pools::<Runtime>::iter() {
		*pools.entry(kind.currency()).or_default() += pool.funds.amount;
	}
	for ((_, kind, _), exit) in Exits::<Runtime>::iter() {
		*pools.entry(kind.currency()).or_default() += exit.funds.amount;
	}
	for (currency, amount) in Slashed::<Runtime>::iter() {
		*pools.entry(currency).or_default() += amount;
	}
	let mut owed = BTreeMap::<Currency, Balance>::new();
	for (_, currency, amount) in Credit::<Runtime>::iter() {
		*owed.entry(currency).or_default() += amount;
	}
	for stream in Streams::<Runtime>::iter_values() {
		*owed.entry(stream.currency).or_default() += stream.funds;
	}
	for (_, currency, amount) in Carried::<Runtime>::iter() {
		*owed.entry(currency).or_default() += amount;
	}
	for ((who, operator, kind), position) in Positions::<Runtime>::iter() {
		for (currency, amount) in Rewards::unsettled(&who, &operator, kind, &position) {
			*owed.entry(currency).or_default() += amount;
		}
	}

	let registered = mainstay_restaking::Assets::<Runtime>::iter_keys().map(Currency::WithId);
	for currency in registered.chain([Currency::Native]) {
		let balance = |who: AccountId| {
			let kept = NativeAndAssets::minimum_balance(currency.clone());
			NativeAndAssets::total_balance(currency.clone(), &who).saturating_sub(kept)
		};
		let held = pools.get(&currency).copied().unwrap_or(0);
		assert_eq!(balance(OperatorDelegation::custody()), held, "custody of {currency:?}");
		// The remainder of services' payments after rounding stays in the account and is owed to nobody.
		let (held, owed) = (balance(Rewards::account()), owed.get(&currency).copied().unwrap_or(0));
		assert!(held >= owed, "{held} of {currency:?} for {owed}");
		if Accruals::<Runtime>::iter().next().is_none() {
			assert_eq!(held, owed, "rewards' account of {currency:?}");
		}
		let received: Balance = Received::<Runtime>::iter()
			.filter_map(|(_, of, amount)| (of == currency).then_some(amount))
			.sum();
		let kept = received - Spent::<Runtime>::get(&currency);
		assert_eq!(balance(ChainTreasury::account()), kept, "treasury's account of {currency:?}");
	}
}

/// Runs our hooks as the next block will, and rolls them back. The hooks of other pallets that run before them do not
/// change our storage.
fn rehearse(block: BlockNumber) -> [(&'static str, Used, Weight); 3] {
	let mut hooks = Default::default();
	let _ = with_storage_layer::<(), DispatchError, _>(|| {
		let slashing = measure(None, || Slashing::on_initialize(block));
		let rewards = measure(None, || Rewards::on_initialize(block));
		let streams = measure(None, || Rewards::on_idle(block, Weight::MAX));
		hooks = [
			("Slashing.on_initialize", slashing.used, slashing.result),
			("Rewards.on_initialize", rewards.used, rewards.result),
			("Rewards.on_idle", streams.used, streams.result),
		];
		Err("only a rehearsal".into())
	});
	hooks
}

impl Chain {
	/// Executes a block in the next slot whose author is not silent. `calls` runs between the inherents and the end of
	/// the block, in place of transactions.
	pub fn block(&mut self, calls: impl FnOnce()) {
		let author = loop {
			self.slot += 1;
			// The set that begins in a session authors the session's first block. If it differs from the set before,
			// nobody is disabled any more.
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
		self.hooks = rehearse(header.number);
		Executive::initialize_block(&header);
		let now = self.slot * Babe::slot_duration();
		let inherent = RuntimeCall::Timestamp(pallet_timestamp::Call::set { now });
		Executive::apply_extrinsic(UncheckedExtrinsic::new_bare(inherent))
			.expect("the timestamp is valid")
			.expect("the timestamp applies");
		calls();
		self.header = without_root(Executive::finalize_block);
		assert_eq!(System::block_number(), self.header.number);
	}

	/// Executes a block with one call. If the call fails, it must leave the state unchanged.
	pub fn attempt<R, E: From<DispatchError>>(&mut self, call: impl FnOnce() -> Result<R, E>) {
		self.block(|| {
			let root = || sp_io::storage::root(StateVersion::V1);
			let before = root();
			if with_storage_layer(call).is_err() {
				assert_eq!(root(), before, "a refused call changed the state");
			}
		});
	}

	/// Executes a block with one call, which must succeed.
	pub fn submit<R, E: Debug>(&mut self, call: impl FnOnce() -> Result<R, E>) {
		self.block(|| drop(call().expect("the call succeeds")));
	}

	/// Skips `slots` slots without a block.
	pub fn stand_still(&mut self, slots: u64) {
		self.slot += slots;
	}

	/// Executes empty blocks until `era` is active, and two more, which pay the era before.
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
