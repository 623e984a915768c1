//! Balances and assets, and calls on behalf of other accounts.

use super::{
	agenda::PLACES,
	economy::DustToTreasury,
	governance::{Root, RootIsAbove},
	system::RuntimeBlockWeights,
};
use crate::*;
use frame_support::{
	parameter_types,
	traits::{
		fungible::HoldConsideration, AsEnsureOriginWithArg, ConstU32, InstanceFilter, LinearStoragePrice,
	},
	weights::Weight,
};
use frame_system::EnsureSigned;
use mainstay_primitives::{AssetId, MILLI, STAY};
use sp_runtime::{traits::BlakeTwo256, Perbill};

parameter_types! {
	/// An account with less is removed.
	pub const ExistentialDeposit: Balance = MILLI;
	/// The deposit for an item in storage, released when it is removed.
	pub const ItemDeposit: Balance = STAY / 10;
	/// The deposit for a byte in storage, released when it is removed.
	pub const ByteDeposit: Balance = MILLI / 10;
	/// The deposit for an asset.
	pub const AssetDeposit: Balance = 10 * STAY;
	/// The weight that the scheduler may use of a block.
	pub SchedulerWeight: Weight = Perbill::from_percent(50) * RuntimeBlockWeights::get().max_block;
	/// The hold reason of a preimage's deposit.
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
	// An asset's team can move what lies in custody, so only root can change it by force.
	type ForceOrigin = Root;
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

/// The calls that a proxy may send for its principal.
///
/// A type contains calls by their name, whatever their arguments: the filter does not see who owns a service or
/// controls an operator. Only three types contain calls that can give the principal's funds to an account of the
/// proxy's choice: [`Self::Any`], [`Self::Avs`], whose purpose is to pay, and [`Self::Restaking`], whose purpose is to
/// put funds at a service's risk. `docs/proxies.md` lists every call with the types that may send it, and the worst
/// case of each type. A test compares it with this code.
#[frame_support::stored]
#[derive(Copy, Default, Ord, PartialOrd)]
pub enum ProxyType {
	/// All calls.
	#[default]
	#[codec(index = 0)]
	Any,
	/// The calls of `Staking`, remarks, preimages, and calls that anyone may send: none that gives funds to an account
	/// of the proxy's choice. It does not include running a service, because a service's streams pay the members of its
	/// sets.
	#[codec(index = 1)]
	NonTransfer,
	/// Work as a validator or delegator: stake, exit, claim, collect, and all calls of operators. Not restaking, and
	/// not the choice of the payout account.
	#[codec(index = 2)]
	Staking,
	/// Running an operator: its terms, candidacy and session keys, leaving services, and collecting for it. Not its
	/// stake, not what puts stake at a service's risk, not the choice of its payout account, and not its retirement,
	/// which is permanent.
	#[codec(index = 3)]
	Operator,
	/// Running a service: its registration, sets, members and conditions, reports, vetoes, payments and streams. Not
	/// transferring or closing it. It can pay any set, and so spend the whole free balance of the account.
	#[codec(index = 4)]
	Avs,
	/// Collecting rewards and claiming exits, which pay the principal or its payout account.
	#[codec(index = 5)]
	Collect,
	/// Calls that put funds or stake at a service's risk: restake, opt in, allocate and join. Through a fake service,
	/// the proxy can give away what it puts at risk, so only `Any` includes this type.
	#[codec(index = 6)]
	Restaking,
	/// Votes in referenda, and delegation of votes. A vote gives no funds away. But it is a power over the chain of its
	/// own, and a conviction can lock the principal's whole balance for a long time. Nobody who was trusted with less
	/// should get that, so only `Any` includes this type.
	#[codec(index = 7)]
	Voting,
}

impl InstanceFilter<RuntimeCall> for ProxyType {
	// Every call is named here: a new call is only in `Any`.
	fn filter(&self, call: &RuntimeCall) -> bool {
		use mainstay_avs_registry::Call as Registry;
		use mainstay_operator_delegation::Call as Delegation;
		use mainstay_restaking::Call as Restake;
		use mainstay_rewards::Call as Reward;
		use mainstay_slashing::Call as Slash;
		let collects = matches!(
			call,
			RuntimeCall::Rewards(Reward::collect { .. } | Reward::collect_all { .. })
				| RuntimeCall::OperatorDelegation(Delegation::claim { .. })
		);
		let validates = matches!(
			call,
			RuntimeCall::Staking(
				mainstay_staking::Call::validate { .. } | mainstay_staking::Call::chill { .. }
			) | RuntimeCall::Session(
				pallet_session::Call::set_keys { .. } | pallet_session::Call::purge_keys { .. }
			)
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
				) | RuntimeCall::Restaking(Restake::set_leverage { .. } | Restake::stop { .. })
					| RuntimeCall::AvsRegistry(Registry::leave { .. })
			);
		let delegates = matches!(
			call,
			RuntimeCall::OperatorDelegation(
				Delegation::stake { .. } | Delegation::exit { .. } | Delegation::retire { .. }
			)
		);
		let restakes = matches!(
			call,
			RuntimeCall::Restaking(
				Restake::restake { .. } | Restake::opt_in { .. } | Restake::allocate { .. }
			) | RuntimeCall::AvsRegistry(Registry::join { .. })
		);
		// Calls that anyone may send, about a service's slashes and sets.
		let tidies = matches!(
			call,
			RuntimeCall::Slashing(Slash::execute { .. } | Slash::payout { .. })
				| RuntimeCall::AvsRegistry(Registry::close_set { .. })
		);
		let serves = matches!(
			call,
			RuntimeCall::AvsRegistry(
				Registry::register { .. }
					| Registry::set_metadata { .. }
					| Registry::accept_ownership { .. }
					| Registry::create_set { .. }
					| Registry::set_kinds { .. }
					| Registry::set_admission { .. }
					| Registry::set_min_stake { .. }
					| Registry::set_slasher { .. }
					| Registry::add_condition { .. }
					| Registry::change_condition { .. }
					| Registry::remove_condition { .. }
					| Registry::approve { .. }
					| Registry::revoke { .. }
					| Registry::eject { .. }
			) | RuntimeCall::Slashing(Slash::report { .. } | Slash::veto { .. })
				| RuntimeCall::Rewards(
					Reward::pay_set { .. }
						| Reward::pay_operators { .. }
						| Reward::open_stream { .. }
						| Reward::top_up { .. }
						| Reward::stop_stream { .. }
						| Reward::distribute { .. }
				)
		);
		let notes = matches!(
			call,
			RuntimeCall::System(
				frame_system::Call::remark { .. } | frame_system::Call::remark_with_event { .. }
			) | RuntimeCall::Preimage(
				pallet_preimage::Call::note_preimage { .. } | pallet_preimage::Call::unnote_preimage { .. }
			)
		);
		let votes = matches!(
			call,
			RuntimeCall::ConvictionVoting(
				pallet_conviction_voting::Call::vote { .. }
					| pallet_conviction_voting::Call::delegate { .. }
					| pallet_conviction_voting::Call::undelegate { .. }
					| pallet_conviction_voting::Call::unlock { .. }
					| pallet_conviction_voting::Call::remove_vote { .. }
			) | RuntimeCall::StakeVoting(mainstay_stake_voting::Call::renew { .. })
		);
		// The calls in a batch are filtered one by one. Calls inside a proxy's or a multisig's call are not, because
		// they have another origin, so those two are excluded.
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
			Self::NonTransfer => batches || collects || operates || delegates || tidies || notes,
			Self::Staking => batches || collects || operates || delegates,
			Self::Operator => batches || collects || operates,
			Self::Avs => batches || serves || tidies,
			Self::Collect => batches || collects,
			Self::Restaking => batches || restakes,
			Self::Voting => batches || votes,
		}
	}

	fn is_superset(&self, other: &Self) -> bool {
		match (self, other) {
			(a, b) if a == b => true,
			(Self::Any, _) => true,
			(_, Self::Any) => false,
			// Two of these types can give funds away, by paying or by putting them at risk, and one votes. None can
			// collect. So they include no other type, and only `Any` includes them.
			(Self::Avs | Self::Restaking | Self::Voting, _) => false,
			(_, Self::Avs | Self::Restaking | Self::Voting) => false,
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
	type ManagerOrigin = Root;
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
	type ScheduleOrigin = Root;
	type OriginPrivilegeCmp = RootIsAbove;
	type MaxScheduledPerBlock = ConstU32<PLACES>;
	type Preimages = Preimage;
	type BlockNumberProvider = System;
	type WeightInfo = pallet_scheduler::weights::SubstrateWeight<Runtime>;
}

impl pallet_sudo::Config for Runtime {
	type RuntimeEvent = RuntimeEvent;
	type RuntimeCall = RuntimeCall;
	type WeightInfo = pallet_sudo::weights::SubstrateWeight<Runtime>;
}
