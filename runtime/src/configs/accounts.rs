//! Balances and assets, and calls on behalf of other accounts.

use super::{economy::DustToTreasury, governance::Governance, system::RuntimeBlockWeights};
use crate::*;
use codec::{Decode, DecodeWithMemTracking, Encode, MaxEncodedLen};
use frame_support::{
	parameter_types,
	traits::{
		fungible::HoldConsideration, AsEnsureOriginWithArg, ConstU32, EqualPrivilegeOnly, InstanceFilter,
		LinearStoragePrice,
	},
	weights::Weight,
};
use frame_system::EnsureSigned;
use mainstay_primitives::{AssetId, MILLI, STAY};
use scale_info::TypeInfo;
use sp_runtime::{traits::BlakeTwo256, Perbill};

parameter_types! {
	/// An account with less is removed.
	pub const ExistentialDeposit: Balance = MILLI;
	/// Price of an item in storage, given back with it.
	pub const ItemDeposit: Balance = STAY / 10;
	/// Price of a byte in storage, given back with it.
	pub const ByteDeposit: Balance = MILLI / 10;
	/// Price of an asset.
	pub const AssetDeposit: Balance = 10 * STAY;
	/// What the scheduler may use of a block.
	pub SchedulerWeight: Weight = Perbill::from_percent(50) * RuntimeBlockWeights::get().max_block;
	/// Why a preimage's deposit is held.
	pub const PreimageHoldReason: RuntimeHoldReason =
		RuntimeHoldReason::Preimage(pallet_preimage::HoldReason::Preimage);
}

impl pallet_balances::Config for Runtime {
	type RuntimeEvent = RuntimeEvent;
	type RuntimeHoldReason = RuntimeHoldReason;
	type RuntimeFreezeReason = RuntimeFreezeReason;
	type Balance = Balance;
	type DustRemoval = DustToTreasury;
	type ExistentialDeposit = ExistentialDeposit;
	type AccountStore = System;
	type ReserveIdentifier = [u8; 8];
	type FreezeIdentifier = RuntimeFreezeReason;
	type MaxLocks = ConstU32<16>;
	type MaxReserves = ConstU32<16>;
	type MaxFreezes = frame_support::traits::VariantCountOf<RuntimeFreezeReason>;
	type DoneSlashHandler = ();
	type WeightInfo = pallet_balances::weights::SubstrateWeight<Runtime>;
}

impl pallet_assets::Config for Runtime {
	type RuntimeEvent = RuntimeEvent;
	type Balance = Balance;
	type RemoveItemsLimit = ConstU32<1_000>;
	type AssetId = AssetId;
	type AssetIdParameter = codec::Compact<AssetId>;
	type ReserveData = ();
	type Currency = Balances;
	type CreateOrigin = AsEnsureOriginWithArg<EnsureSigned<AccountId>>;
	type ForceOrigin = Governance;
	type AssetDeposit = AssetDeposit;
	type AssetAccountDeposit = ItemDeposit;
	type MetadataDepositBase = ItemDeposit;
	type MetadataDepositPerByte = ByteDeposit;
	type ApprovalDeposit = ItemDeposit;
	type StringLimit = ConstU32<64>;
	type Freezer = ();
	type Holder = ();
	type Extra = ();
	type CallbackHandle = ();
	type AssetIdAllocator = ();
	type WeightInfo = pallet_assets::weights::SubstrateWeight<Runtime>;
	#[cfg(feature = "runtime-benchmarks")]
	type BenchmarkHelper = ();
}

impl pallet_utility::Config for Runtime {
	type RuntimeEvent = RuntimeEvent;
	type RuntimeCall = RuntimeCall;
	type PalletsOrigin = OriginCaller;
	type WeightInfo = pallet_utility::weights::SubstrateWeight<Runtime>;
}

impl pallet_multisig::Config for Runtime {
	type RuntimeEvent = RuntimeEvent;
	type RuntimeCall = RuntimeCall;
	type Currency = Balances;
	type DepositBase = ItemDeposit;
	type DepositFactor = ByteDeposit;
	type MaxSignatories = ConstU32<100>;
	type BlockNumberProvider = System;
	type WeightInfo = pallet_multisig::weights::SubstrateWeight<Runtime>;
}

/// What a proxy may do for its principal.
#[derive(
	Copy,
	Clone,
	Default,
	Eq,
	PartialEq,
	Ord,
	PartialOrd,
	Encode,
	Decode,
	DecodeWithMemTracking,
	Debug,
	MaxEncodedLen,
	TypeInfo,
)]
pub enum ProxyType {
	/// Everything.
	#[default]
	#[codec(index = 0)]
	Any,
	/// Everything that moves no funds to another account's free balance. It can appeal a slash, whose bond goes to the
	/// treasury where that is in vain.
	#[codec(index = 1)]
	NonTransfer,
	/// Being a validator or a delegator: stake, restake, exit, claim, collect, and all that an operator does. Not
	/// where rewards are paid.
	#[codec(index = 2)]
	Staking,
	/// Running an operator: its terms, allocations, memberships, candidacy and session keys, appeals of its slashes, and
	/// collecting for it. Not its stake, nor where its rewards are paid, nor its retirement, which is for good.
	#[codec(index = 3)]
	Operator,
	/// Running a service: its registration, sets, members and conditions, reports, vetoes, payments and streams. Not
	/// giving it away, nor ending it.
	#[codec(index = 4)]
	Avs,
	/// Collecting rewards and claiming exits, which pay the principal or its payout account.
	#[codec(index = 5)]
	Collect,
}

impl InstanceFilter<RuntimeCall> for ProxyType {
	fn filter(&self, call: &RuntimeCall) -> bool {
		use mainstay_avs_registry::Call as Registry;
		use mainstay_operator_delegation::Call as Delegation;
		use mainstay_restaking::Call as Restake;
		use mainstay_rewards::Call as Reward;
		let collects = matches!(
			call,
			RuntimeCall::Rewards(
				mainstay_rewards::Call::collect { .. } | mainstay_rewards::Call::collect_all { .. }
			) | RuntimeCall::OperatorDelegation(Delegation::claim { .. })
		);
		let validates = matches!(
			call,
			RuntimeCall::Staking(
				mainstay_staking::Call::validate { .. } | mainstay_staking::Call::chill { .. }
			) | RuntimeCall::Session(..)
		);
		let operates = validates
			|| matches!(
				call,
				RuntimeCall::OperatorDelegation(
					Delegation::register { .. }
						| Delegation::set_commission { .. }
						| Delegation::set_metadata { .. }
						| Delegation::set_policy { .. }
						| Delegation::allow { .. }
						| Delegation::disallow { .. }
						| Delegation::set_promise { .. }
				) | RuntimeCall::Restaking(
					Restake::allocate { .. } | Restake::set_leverage { .. } | Restake::stop { .. }
				) | RuntimeCall::AvsRegistry(Registry::join { .. } | Registry::leave { .. })
					| RuntimeCall::Slashing(mainstay_slashing::Call::appeal { .. })
			);
		let delegates = matches!(
			call,
			RuntimeCall::OperatorDelegation(..)
				| RuntimeCall::Restaking(Restake::restake { .. } | Restake::opt_in { .. })
		);
		// A batch is filtered call by call. What a proxy's or a multisig's call carries is not, because it
		// has another origin, so those two stay out.
		let batches = matches!(
			call,
			RuntimeCall::Utility(
				pallet_utility::Call::batch { .. }
					| pallet_utility::Call::batch_all { .. }
					| pallet_utility::Call::force_batch { .. }
			)
		);
		match self {
			Self::Any => true,
			Self::NonTransfer => {
				batches
					|| collects || operates
					|| delegates || matches!(
					call,
					RuntimeCall::System(..)
						| RuntimeCall::AvsRegistry(..)
						| RuntimeCall::Slashing(..)
						| RuntimeCall::Preimage(..)
				)
			},
			Self::Staking => batches || collects || operates || delegates,
			Self::Operator => batches || collects || operates,
			Self::Avs => {
				batches
					|| match call {
						RuntimeCall::AvsRegistry(call) => !matches!(
							call,
							Registry::join { .. }
								| Registry::leave { .. } | Registry::transfer_ownership { .. }
								| Registry::wind_down { .. }
								| Registry::deregister { .. }
						),
						RuntimeCall::Slashing(call) => {
							!matches!(call, mainstay_slashing::Call::appeal { .. })
						},
						RuntimeCall::Rewards(call) => matches!(
							call,
							Reward::pay_set { .. }
								| Reward::pay_operators { .. }
								| Reward::open_stream { .. }
								| Reward::top_up { .. } | Reward::stop_stream { .. }
								| Reward::distribute { .. }
						),
						_ => false,
					}
			},
			Self::Collect => batches || collects,
		}
	}

	fn is_superset(&self, other: &Self) -> bool {
		match (self, other) {
			(a, b) if a == b => true,
			(Self::Any, _) => true,
			// A service's proxy neither collects nor is it contained in another's: it pays.
			(Self::Avs, _) | (_, Self::Avs | Self::Any) => false,
			(_, Self::Collect) | (Self::NonTransfer, _) | (Self::Staking, Self::Operator) => true,
			_ => false,
		}
	}
}

impl pallet_proxy::Config for Runtime {
	type RuntimeEvent = RuntimeEvent;
	type RuntimeCall = RuntimeCall;
	type Currency = Balances;
	type ProxyType = ProxyType;
	type ProxyDepositBase = ItemDeposit;
	type ProxyDepositFactor = ByteDeposit;
	type MaxProxies = ConstU32<32>;
	type MaxPending = ConstU32<32>;
	type CallHasher = BlakeTwo256;
	type AnnouncementDepositBase = ItemDeposit;
	type AnnouncementDepositFactor = ByteDeposit;
	type BlockNumberProvider = System;
	type WeightInfo = pallet_proxy::weights::SubstrateWeight<Runtime>;
}

impl pallet_preimage::Config for Runtime {
	type RuntimeEvent = RuntimeEvent;
	type Currency = Balances;
	type ManagerOrigin = Governance;
	type Consideration = HoldConsideration<
		AccountId,
		Balances,
		PreimageHoldReason,
		LinearStoragePrice<ItemDeposit, ByteDeposit, Balance>,
	>;
	type WeightInfo = pallet_preimage::weights::SubstrateWeight<Runtime>;
}

impl pallet_scheduler::Config for Runtime {
	type RuntimeEvent = RuntimeEvent;
	type RuntimeOrigin = RuntimeOrigin;
	type PalletsOrigin = OriginCaller;
	type RuntimeCall = RuntimeCall;
	type MaximumWeight = SchedulerWeight;
	type ScheduleOrigin = Governance;
	type OriginPrivilegeCmp = EqualPrivilegeOnly;
	type MaxScheduledPerBlock = ConstU32<50>;
	type Preimages = Preimage;
	type BlockNumberProvider = System;
	type WeightInfo = pallet_scheduler::weights::SubstrateWeight<Runtime>;
}

impl pallet_sudo::Config for Runtime {
	type RuntimeEvent = RuntimeEvent;
	type RuntimeCall = RuntimeCall;
	type WeightInfo = pallet_sudo::weights::SubstrateWeight<Runtime>;
}
