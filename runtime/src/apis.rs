//! The runtime APIs for nodes and clients.

use crate::{metadata, views::asked::AskedCall, *};
use alloc::vec::Vec;
use frame_support::{genesis_builder_helper::get_preset, traits::Get, weights::Weight};
use mainstay_primitives::{
	runtime_api::{
		calls::CallEffects, changes::*, operators::*, restaking::*, rewards::*, services::*, slashing::*,
		staking::*, Account, Page,
	},
	AvsId, Era, OperatorSetId, PoolKind, SlashId,
};
use sp_api::impl_runtime_apis;
use sp_core::OpaqueMetadata;
use sp_runtime::{
	traits::Block as BlockT,
	transaction_validity::{TransactionSource, TransactionValidity, TransactionValidityError},
	ApplyExtrinsicResult, ExtrinsicInclusionMode,
};
use sp_session::OpaqueGeneratedSessionKeys;

type LazyBlock = <Block as BlockT>::LazyBlock;

impl_runtime_apis! {
	impl sp_api::Core<Block> for Runtime {
		fn version() -> RuntimeVersion {
			VERSION
		}

		fn execute_block(block: LazyBlock) {
			Executive::execute_block(block)
		}

		fn initialize_block(header: &Header) -> ExtrinsicInclusionMode {
			Executive::initialize_block(header)
		}
	}

	impl sp_api::Metadata<Block> for Runtime {
		fn metadata() -> OpaqueMetadata {
			OpaqueMetadata::new(metadata::of_code(Runtime::metadata).into())
		}

		fn metadata_at_version(version: u32) -> Option<OpaqueMetadata> {
			metadata::of_code(|| Runtime::metadata_at_version(version))
		}

		fn metadata_versions() -> Vec<u32> {
			Runtime::metadata_versions()
		}
	}

	impl frame_support::view_functions::runtime_api::RuntimeViewFunction<Block> for Runtime {
		fn execute_view_function(
			id: frame_support::view_functions::ViewFunctionId,
			input: Vec<u8>,
		) -> Result<Vec<u8>, frame_support::view_functions::ViewFunctionDispatchError> {
			Runtime::execute_view_function(id, input)
		}
	}

	impl sp_block_builder::BlockBuilder<Block> for Runtime {
		fn apply_extrinsic(extrinsic: UncheckedExtrinsic) -> ApplyExtrinsicResult {
			Executive::apply_extrinsic(extrinsic)
		}

		fn finalize_block() -> Header {
			Executive::finalize_block()
		}

		fn inherent_extrinsics(data: sp_inherents::InherentData) -> Vec<UncheckedExtrinsic> {
			data.create_extrinsics()
		}

		fn check_inherents(
			block: LazyBlock,
			data: sp_inherents::InherentData,
		) -> sp_inherents::CheckInherentsResult {
			data.check_extrinsics(&block)
		}
	}

	impl sp_transaction_pool::runtime_api::TaggedTransactionQueue<Block> for Runtime {
		fn validate_transaction(
			source: TransactionSource,
			transaction: UncheckedExtrinsic,
			block_hash: Hash,
		) -> TransactionValidity {
			Executive::validate_transaction(source, transaction, block_hash)
		}
	}

	impl sp_offchain::OffchainWorkerApi<Block> for Runtime {
		fn offchain_worker(header: &Header) {
			Executive::offchain_worker(header)
		}
	}

	impl sp_consensus_babe::BabeApi<Block> for Runtime {
		fn configuration() -> sp_consensus_babe::BabeConfiguration {
			let epoch = Babe::epoch_config().unwrap_or(genesis_config_presets::BABE_EPOCH);
			sp_consensus_babe::BabeConfiguration {
				slot_duration: Babe::slot_duration(),
				epoch_length: configs::clock::SessionSlots::get(),
				c: epoch.c,
				authorities: Babe::authorities().to_vec(),
				randomness: Babe::randomness(),
				allowed_slots: epoch.allowed_slots,
			}
		}

		fn current_epoch_start() -> sp_consensus_babe::Slot {
			Babe::current_epoch_start()
		}

		fn current_epoch() -> sp_consensus_babe::Epoch {
			Babe::current_epoch()
		}

		fn next_epoch() -> sp_consensus_babe::Epoch {
			Babe::next_epoch()
		}

		fn generate_key_ownership_proof(
			slot: sp_consensus_babe::Slot,
			authority: sp_consensus_babe::AuthorityId,
		) -> Option<sp_consensus_babe::OpaqueKeyOwnershipProof> {
			// The session is that of the slot, not that of this state, so any later state can be used.
			let session = configs::consensus::session_of_slot(slot);
			let proof = KeyOwners::prove_in(session, sp_consensus_babe::KEY_TYPE, authority.as_ref())?;
			Some(sp_consensus_babe::OpaqueKeyOwnershipProof::new(codec::Encode::encode(&proof)))
		}

		fn submit_report_equivocation_unsigned_extrinsic(
			proof: sp_consensus_babe::EquivocationProof<Header>,
			key_owner: sp_consensus_babe::OpaqueKeyOwnershipProof,
		) -> Option<()> {
			Babe::submit_unsigned_equivocation_report(proof, key_owner.decode()?)
		}
	}

	impl sp_consensus_grandpa::GrandpaApi<Block> for Runtime {
		fn grandpa_authorities() -> sp_consensus_grandpa::AuthorityList {
			Grandpa::grandpa_authorities()
		}

		fn current_set_id() -> sp_consensus_grandpa::SetId {
			Grandpa::current_set_id()
		}

		fn submit_report_equivocation_unsigned_extrinsic(
			proof: sp_consensus_grandpa::EquivocationProof<Hash, BlockNumber>,
			key_owner: sp_consensus_grandpa::OpaqueKeyOwnershipProof,
		) -> Option<()> {
			Grandpa::submit_unsigned_equivocation_report(proof, key_owner.decode()?)
		}

		fn generate_key_ownership_proof(
			set: sp_consensus_grandpa::SetId,
			authority: sp_consensus_grandpa::AuthorityId,
		) -> Option<sp_consensus_grandpa::OpaqueKeyOwnershipProof> {
			let (first, last) = configs::consensus::sessions_of_set(set)?;
			let key = sp_consensus_grandpa::KEY_TYPE;
			let proof = KeyOwners::prove_within(first, last, key, authority.as_ref())?;
			Some(sp_consensus_grandpa::OpaqueKeyOwnershipProof::new(codec::Encode::encode(&proof)))
		}
	}

	impl sp_authority_discovery::AuthorityDiscoveryApi<Block> for Runtime {
		fn authorities() -> Vec<sp_authority_discovery::AuthorityId> {
			AuthorityDiscovery::authorities()
		}
	}

	impl sp_session::SessionKeys<Block> for Runtime {
		fn generate_session_keys(owner: Vec<u8>, seed: Option<Vec<u8>>) -> OpaqueGeneratedSessionKeys {
			SessionKeys::generate(&owner, seed).into()
		}

		fn decode_session_keys(encoded: Vec<u8>) -> Option<Vec<(Vec<u8>, sp_core::crypto::KeyTypeId)>> {
			SessionKeys::decode_into_raw_public_keys(&encoded)
		}
	}

	impl frame_system_rpc_runtime_api::AccountNonceApi<Block, AccountId, Nonce> for Runtime {
		fn account_nonce(account: AccountId) -> Nonce {
			*System::account_nonce(account)
		}
	}

	impl pallet_transaction_payment_rpc_runtime_api::TransactionPaymentApi<Block, Balance> for Runtime {
		fn query_info(
			transaction: UncheckedExtrinsic,
			length: u32,
		) -> pallet_transaction_payment_rpc_runtime_api::RuntimeDispatchInfo<Balance> {
			TransactionPayment::query_info(transaction, length)
		}

		fn query_fee_details(
			transaction: UncheckedExtrinsic,
			length: u32,
		) -> pallet_transaction_payment::FeeDetails<Balance> {
			TransactionPayment::query_fee_details(transaction, length)
		}

		fn query_weight_to_fee(weight: Weight) -> Balance {
			TransactionPayment::weight_to_fee(weight)
		}

		fn query_length_to_fee(length: u32) -> Balance {
			TransactionPayment::length_to_fee(length)
		}
	}

	impl pallet_transaction_payment_rpc_runtime_api::TransactionPaymentCallApi<Block, Balance, AskedCall>
		for Runtime
	{
		fn query_call_info(
			call: AskedCall,
			length: u32,
		) -> pallet_transaction_payment::RuntimeDispatchInfo<Balance> {
			TransactionPayment::query_call_info(call.0, length)
		}

		fn query_call_fee_details(
			call: AskedCall,
			length: u32,
		) -> pallet_transaction_payment::FeeDetails<Balance> {
			TransactionPayment::query_call_fee_details(call.0, length)
		}

		fn query_weight_to_fee(weight: Weight) -> Balance {
			TransactionPayment::weight_to_fee(weight)
		}

		fn query_length_to_fee(length: u32) -> Balance {
			TransactionPayment::length_to_fee(length)
		}
	}

	impl mainstay_primitives::runtime_api::operators::OperatorsApi<Block> for Runtime {
		fn operator(operator: AccountId) -> Option<OperatorDetails> {
			views::operators::operator(operator)
		}

		fn operators(after: Option<AccountId>, most: u32) -> Page<OperatorSummary, Account> {
			views::operators::operators(after, most)
		}

		fn position(who: AccountId, operator: AccountId, kind: PoolKind) -> Option<PositionDetails> {
			views::operators::position(who, operator, kind)
		}

		fn positions(who: AccountId, after: Option<PositionKey>, most: u32) -> Page<PositionDetails, PositionKey> {
			views::operators::positions(who, after, most)
		}

		fn exits(who: AccountId, after: Option<ExitKey>, most: u32) -> Page<AccountExit, ExitKey> {
			views::operators::exits(who, after, most)
		}

		fn backers(operator: AccountId, kind: PoolKind, after: Option<AccountId>, most: u32) -> Page<Backer, Account> {
			views::operators::backers(operator, kind, after, most)
		}
	}

	impl mainstay_primitives::runtime_api::restaking::RestakingApi<Block> for Runtime {
		fn assets() -> Vec<AssetDetails> {
			views::restaking::assets()
		}

		fn set_stake(set: OperatorSetId, capture: Option<Era>) -> Option<SetStake> {
			views::stakes::set_stake(set, capture)
		}

		fn member_stakes(set: OperatorSetId, capture: Option<Era>, after: Option<AccountId>, most: u32) -> Option<Page<MemberStake, Account>> {
			views::stakes::member_stakes(set, capture, after, most)
		}

		fn least_stake(set: OperatorSetId, until: Era) -> Option<LeastStake> {
			views::stakes::least_stake(set, until)
		}

		fn entering(who: AccountId, operator: AccountId, kind: PoolKind, amount: crate::Balance) -> Option<Entry> {
			views::restaking::entering(who, operator, kind, amount)
		}
	}

	impl mainstay_primitives::runtime_api::services::ServicesApi<Block> for Runtime {
		fn service(avs: AvsId) -> Option<ServiceDetails> {
			views::services::service(avs)
		}

		fn services(after: Option<AvsId>, most: u32) -> Page<ServiceSummary, AvsId> {
			views::services::services(after, most)
		}

		fn set(set: OperatorSetId) -> Option<SetDetails> {
			views::services::set(set)
		}

		fn members(set: OperatorSetId, after: Option<AccountId>, most: u32) -> Option<Page<MemberDetails, Account>> {
			views::services::members(set, after, most)
		}

		fn member(set: OperatorSetId, operator: AccountId) -> Option<MemberDetails> {
			views::services::member(set, operator)
		}
	}

	impl mainstay_primitives::runtime_api::slashing::SlashingApi<Block> for Runtime {
		fn slash(id: SlashId) -> Option<SlashDetails> {
			views::slashing::slash(id)
		}

		fn pending(filter: SlashFilter, after: Option<SlashId>, most: u32) -> Page<SlashDetails, SlashId> {
			views::slashing::pending(filter, after, most)
		}

		fn past(filter: SlashFilter, after: Option<PastKey>, most: u32) -> Page<SlashDetails, PastKey> {
			views::slashing::past(filter, after, most)
		}

		fn consequences(id: SlashId, who: Option<AccountId>) -> Option<Impact> {
			views::slashing::consequences(id, who)
		}

		fn dry_run(slash: Supposed, who: Option<AccountId>) -> Impact {
			views::slashing::dry_run(slash, who)
		}
	}

	impl mainstay_primitives::runtime_api::staking::StakingApi<Block> for Runtime {
		fn era() -> EraStatus {
			views::staking::era()
		}

		fn parameters() -> Parameters {
			views::staking::parameters()
		}

		fn validators(era: Era) -> Vec<EraValidator> {
			views::staking::validators(era)
		}

		fn validator(operator: AccountId) -> Option<ValidatorStatus> {
			views::staking::validator(operator)
		}

		fn validator_return(operator: AccountId, eras: Era) -> Option<ValidatorReturn> {
			views::staking::validator_return(operator, eras)
		}
	}

	impl mainstay_primitives::runtime_api::rewards::RewardsApi<Block> for Runtime {
		fn due(who: AccountId, after: Option<PositionKey>, most: u32) -> DueRewards {
			views::rewards::due(who, after, most)
		}

		fn era_reward(era: Era) -> Option<EraReward> {
			views::rewards::era_reward(era)
		}

		fn streams(set: OperatorSetId) -> Option<Vec<StreamDetails>> {
			views::rewards::streams(set)
		}

		fn set_return(set: OperatorSetId, eras: Era) -> Option<SetReturn> {
			views::rewards::set_return(set, eras)
		}
	}

	impl mainstay_primitives::runtime_api::changes::ChangesApi<Block> for Runtime {
		fn of_block() -> BlockChanges {
			views::changes::of_block()
		}
	}

	impl mainstay_primitives::runtime_api::calls::CallsApi<Block, AskedCall, RuntimeEvent> for Runtime {
		fn dry_run(
			who: AccountId,
			call: AskedCall,
			length: u32,
		) -> Result<CallEffects<RuntimeEvent>, TransactionValidityError> {
			views::calls::dry_run(who, call.0, length)
		}
	}

	impl sp_genesis_builder::GenesisBuilder<Block> for Runtime {
		fn build_state(config: Vec<u8>) -> sp_genesis_builder::Result {
			genesis_config_presets::build(config)
		}

		fn get_preset(id: &Option<sp_genesis_builder::PresetId>) -> Option<Vec<u8>> {
			get_preset::<RuntimeGenesisConfig>(id, genesis_config_presets::get_preset)
		}

		fn preset_names() -> Vec<sp_genesis_builder::PresetId> {
			genesis_config_presets::preset_names()
		}
	}

	#[cfg(feature = "runtime-benchmarks")]
	impl frame_benchmarking::Benchmark<Block> for Runtime {
		fn benchmark_metadata(
			extra: bool,
		) -> (Vec<frame_benchmarking::BenchmarkList>, Vec<frame_support::traits::StorageInfo>) {
			benchmarks::metadata(extra)
		}

		fn dispatch_benchmark(
			config: frame_benchmarking::BenchmarkConfig,
		) -> Result<Vec<frame_benchmarking::BenchmarkBatch>, alloc::string::String> {
			benchmarks::dispatch(config)
		}
	}

	#[cfg(feature = "try-runtime")]
	impl frame_try_runtime::TryRuntime<Block> for Runtime {
		fn on_runtime_upgrade(checks: frame_try_runtime::UpgradeCheckSelect) -> (Weight, Weight) {
			let weight = Executive::try_runtime_upgrade(checks).expect("the upgrade passes its checks");
			(weight, configs::system::RuntimeBlockWeights::get().max_block)
		}

		fn execute_block(
			block: LazyBlock,
			state_root_check: bool,
			signature_check: bool,
			select: frame_try_runtime::TryStateSelect,
		) -> Weight {
			Executive::try_execute_block(block, state_root_check, signature_check, select)
				.expect("the block executes")
		}
	}
}
