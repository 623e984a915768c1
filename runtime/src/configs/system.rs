//! Blocks, weights, time and upgrades.

use super::clock;
use crate::*;
use frame_support::{
	derive_impl,
	dispatch::DispatchClass,
	parameter_types,
	traits::{ConstU32, Get},
	weights::{
		constants::{ParityDbWeight, WEIGHT_REF_TIME_PER_MILLIS},
		Weight,
	},
};
use frame_system::limits::{BlockLength, BlockWeights};
use scale_info::TypeInfo;
use sp_runtime::{type_with_default::TypeWithDefault, Perbill};

/// The part of a block that normal transactions may fill. The rest is for operational calls and hooks.
const NORMAL_RATIO: Perbill = Perbill::from_percent(75);
/// The weight of a block: half a second of execution, so that authors of 1 s slots have the other half for distributing
/// the block. It is the same on every network. Proof size is not bounded, because nobody validates this chain from
/// proofs.
const MAXIMUM_BLOCK_WEIGHT: Weight = Weight::from_parts(500 * WEIGHT_REF_TIME_PER_MILLIS, u64::MAX);
/// The maximum length of a block, in bytes.
const MAXIMUM_BLOCK_LENGTH: u32 = 5 * 1024 * 1024;

parameter_types! {
	/// The number of past blocks whose hashes are stored, which is also the longest mortality of a transaction.
	pub const BlockHashCount: BlockNumber = 2_400;
	/// The version of this code.
	pub const Version: RuntimeVersion = VERSION;
	/// The prefix of addresses.
	pub const SS58Prefix: u16 = 42;
	/// The weight limits of a block.
	pub RuntimeBlockWeights: BlockWeights =
		BlockWeights::with_sensible_defaults(MAXIMUM_BLOCK_WEIGHT, NORMAL_RATIO);
	/// The length limits of a block.
	pub RuntimeBlockLength: BlockLength = BlockLength::builder()
		.max_length(MAXIMUM_BLOCK_LENGTH)
		.modify_max_length_for_class(DispatchClass::Normal, |length| *length = NORMAL_RATIO * *length)
		.build();
}

/// The nonce with which an account begins, see [`mainstay_nonces`].
#[derive(Debug, TypeInfo)]
pub struct NonceStart;
impl Get<Nonce> for NonceStart {
	fn get() -> Nonce {
		Nonces::start()
	}
}

impl mainstay_nonces::Config for Runtime {}

/// No migrations here: `Executive` runs those of `migrations.rs` in the first block of this version.
type SingleBlockMigrations = ();

#[derive_impl(frame_system::config_preludes::SolochainDefaultConfig)]
impl frame_system::Config for Runtime {
	type Block = Block;
	type BlockWeights = RuntimeBlockWeights;
	type BlockLength = RuntimeBlockLength;
	type AccountId = AccountId;
	// In SCALE and in the metadata it is a plain number.
	type Nonce = TypeWithDefault<Nonce, NonceStart>;
	type OnKilledAccount = Nonces;
	type Hash = Hash;
	type Hashing = Hashing;
	type Lookup = sp_runtime::traits::AccountIdLookup<AccountId, ()>;
	type BlockHashCount = BlockHashCount;
	// The node stores its state only in ParityDB.
	type DbWeight = ParityDbWeight;
	type Version = Version;
	type AccountData = pallet_balances::AccountData<Balance>;
	type SS58Prefix = SS58Prefix;
	type MaxConsumers = ConstU32<64>;
	type SingleBlockMigrations = SingleBlockMigrations;
}

impl pallet_timestamp::Config for Runtime {
	type Moment = u64;
	type OnTimestampSet = Babe;
	type MinimumPeriod = clock::MinimumPeriod;
	type WeightInfo = pallet_timestamp::weights::SubstrateWeight<Runtime>;
}

impl<C> frame_system::offchain::CreateTransactionBase<C> for Runtime
where
	RuntimeCall: From<C>,
{
	type Extrinsic = UncheckedExtrinsic;
	type RuntimeCall = RuntimeCall;
}

impl<C> frame_system::offchain::CreateBare<C> for Runtime
where
	RuntimeCall: From<C>,
{
	fn create_bare(call: RuntimeCall) -> UncheckedExtrinsic {
		UncheckedExtrinsic::new_bare(call)
	}
}
