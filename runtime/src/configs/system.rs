//! Blocks, weights, time and upgrades.

use super::clock;
use crate::*;
use frame_support::{
	derive_impl,
	dispatch::DispatchClass,
	parameter_types,
	storage::transactional::TRANSACTION_LEVEL_KEY,
	storage::unhashed,
	traits::{ConstU32, Contains, Get},
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

/// The most storage layers in which a call may be sent that [`NotTooDeep`] is about. Each call opens a layer.
const MOST_LAYERS: u32 = 16;

/// Refuses some calls deep inside of others. These calls dispatch what governance has decided, for anyone who sends them,
/// and count it as done even if it fails. At most 255 layers of storage can be open: whoever sent such a call inside of as
/// many batches would use up a decision without its effect.
///
/// Root's calls are not filtered, and the scheduler sends calls of referenda in few layers.
pub struct NotTooDeep;
impl Contains<RuntimeCall> for NotTooDeep {
	fn contains(call: &RuntimeCall) -> bool {
		use pallet_collective::Call as Committee;
		use pallet_whitelist::Call as List;
		let dispatches = matches!(
			call,
			RuntimeCall::TechnicalCommittee(Committee::close { .. })
				| RuntimeCall::Whitelist(
					List::dispatch_whitelisted_call { .. }
						| List::dispatch_whitelisted_call_with_preimage { .. }
				)
		);
		!dispatches || unhashed::get_or_default::<u32>(TRANSACTION_LEVEL_KEY) <= MOST_LAYERS
	}
}

/// No migrations here: `Executive` runs those of `migrations.rs` in the first block of this version.
type SingleBlockMigrations = ();

#[derive_impl(frame_system::config_preludes::SolochainDefaultConfig)]
impl frame_system::Config for Runtime {
	type Block = Block;
	type BaseCallFilter = NotTooDeep;
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
