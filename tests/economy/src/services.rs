//! A small economy without blocks: accounts with funds, assets, operators, and services with one operator set each. The
//! tests move the clock themselves, through staking's entry point, and run the hooks that follow.
//!
//! All functions except [`genesis`], [`run`], [`elect`] and [`next_era`] work on a [`chain`] as well.

use crate::chain;
use frame_support::{
	storage::with_storage_layer,
	traits::{
		fungibles::{Inspect, Mutate},
		Get, Hooks,
	},
};
use mainstay_avs_registry::{Admission, NextAvsId, Sets};
use mainstay_operator_delegation::{Exits, Pools};
use mainstay_primitives::{
	traits::{EraClock, OperatorSets},
	AccountId, AssetId, Balance, Bps, ConditionId, Currency, Destination, Era, ExitAmount, NetworkParameters,
	OperatorSetId, PoolKind, SlashId, STAY,
};
use mainstay_runtime::{
	configs::clock::MinDeposit, Assets, AvsRegistry, NativeAndAssets, OperatorDelegation, Restaking, Rewards,
	Runtime, RuntimeOrigin, Slashing, Staking, System,
};
use mainstay_slashing::NextId;
use mainstay_staking::Parameters;
use pallet_session::SessionManager;
use sp_runtime::{BuildStorage, DispatchError, DispatchResult};

/// The balance of every account of STAY and of each asset: more than any test can spend.
pub const PURSE: Balance = 1_000_000_000_000 * STAY;

/// Owner, issuer, admin and freezer of all assets.
pub const ISSUER: &str = "the issuer";

/// The account of a name: its hash.
pub fn account(name: &str) -> AccountId {
	sp_io::hashing::blake2_256(name.as_bytes()).into()
}

/// The origin of a transaction that `who` signed.
pub fn signed(who: &AccountId) -> RuntimeOrigin {
	RuntimeOrigin::signed(who.clone())
}

/// A state in which `people` own [`PURSE`] each, and nothing else exists.
pub fn genesis(parameters: NetworkParameters, people: &[AccountId]) -> sp_io::TestExternalities {
	let mut storage =
		frame_system::GenesisConfig::<Runtime>::default().build_storage().expect("system's genesis");
	let issuer = account(ISSUER);
	let balances = people.iter().chain([&issuer]).map(|who| (who.clone(), PURSE)).collect();
	pallet_balances::GenesisConfig::<Runtime> { balances, ..Default::default() }
		.assimilate_storage(&mut storage)
		.expect("balances' genesis");
	mainstay_operator_delegation::GenesisConfig::<Runtime>::default()
		.assimilate_storage(&mut storage)
		.expect("operator-delegation's genesis");
	mainstay_staking::GenesisConfig::<Runtime> { parameters, ..Default::default() }
		.assimilate_storage(&mut storage)
		.expect("staking's genesis");
	mainstay_rewards::GenesisConfig::<Runtime>::default()
		.assimilate_storage(&mut storage)
		.expect("rewards' genesis");
	mainstay_treasury::GenesisConfig::<Runtime>::default()
		.assimilate_storage(&mut storage)
		.expect("treasury's genesis");
	storage.into()
}

/// Runs `test` in era 0 of [`genesis`], and checks the invariants of all pallets afterwards.
pub fn run(parameters: NetworkParameters, people: &[AccountId], test: impl FnOnce()) {
	genesis(parameters, people).execute_with(|| {
		System::set_block_number(1);
		test();
		chain::try_state();
	});
}

/// Elects the validators of the next era, as in the last session of the running one.
pub fn elect() {
	let era_sessions = Parameters::<Runtime>::get().era_sessions;
	let _ = <Staking as SessionManager<AccountId>>::new_session((Staking::active() + 1) * era_sessions);
}

/// Begins the next era, and runs the hooks at the beginning of a block: due slashes, then payments.
pub fn next_era() {
	Staking::begin_era(Staking::active() + 1);
	run_hooks();
}

/// Runs the hooks at the beginning of a block: due slashes, then payments.
pub fn run_hooks() {
	let block = System::block_number() + 1;
	System::set_block_number(block);
	Slashing::on_initialize(block);
	Rewards::on_initialize(block);
}

/// Begins eras until `era` is active.
pub fn to_era(era: Era) {
	assert!(Staking::active() < era, "era {era} is not to come");
	while Staking::active() < era {
		next_era();
	}
}

/// Creates asset `id` with the minimum balance `least`, gives [`PURSE`] of it to each of `holders`, and admits it for
/// restaking.
pub fn admit(id: AssetId, least: Balance, holders: &[AccountId]) {
	let issuer = account(ISSUER);
	Assets::force_create(RuntimeOrigin::root(), id.into(), issuer.clone().into(), true, least)
		.expect("the asset is new");
	for who in holders {
		Assets::mint(signed(&issuer), id.into(), who.clone().into(), PURSE).expect("the asset is minted");
	}
	Restaking::add_asset(
		RuntimeOrigin::root(),
		id,
		Balance::MAX,
		holders[0].clone(),
		true,
		MinDeposit::get(),
	)
	.expect("the asset is admitted");
}

/// Makes `who` an operator.
pub fn operator(who: &AccountId, commission: Bps) {
	OperatorDelegation::register(signed(who), commission).expect("the operator is new");
}

/// Gives `who` one STAY for deposits, and makes it an operator.
pub fn newcomer(who: &AccountId, commission: Bps) {
	<NativeAndAssets as Mutate<_>>::mint_into(Currency::Native, who, STAY).expect("far below the bound");
	operator(who, commission);
}

/// Deposits `amount` of `who` with `operator`.
pub fn back(who: &AccountId, operator: &AccountId, kind: PoolKind, amount: Balance) {
	match kind {
		PoolKind::Stake => OperatorDelegation::stake(signed(who), operator.clone(), amount, 0),
		_ => Restaking::restake(signed(who), operator.clone(), kind, amount, 0),
	}
	.expect("the deposit is taken");
}

/// Exits with a part of a position.
pub fn exit(who: &AccountId, operator: &AccountId, kind: PoolKind, amount: ExitAmount) -> DispatchResult {
	with_storage_layer(|| OperatorDelegation::exit(signed(who), operator.clone(), kind, amount))
}

/// Claims an exit for its owner.
pub fn claim(who: &AccountId, operator: &AccountId, kind: PoolKind, queued: Era) -> DispatchResult {
	with_storage_layer(|| OperatorDelegation::claim(signed(who), who.clone(), operator.clone(), kind, queued))
		.map(drop)
		.map_err(|refused| refused.error)
}

/// Creates a service with one operator set that any operator may join. `kinds` have equal multipliers, and each of
/// `conditions` is a maximum fraction and a veto window, in which `owner` may veto.
pub fn service(
	owner: &AccountId,
	slasher: &AccountId,
	kinds: &[PoolKind],
	destination: Destination<AccountId>,
	conditions: &[(u64, Era)],
) -> OperatorSetId {
	let avs = NextAvsId::<Runtime>::get();
	AvsRegistry::register(signed(owner), Default::default(), Default::default())
		.expect("the owner has the deposit");
	let kinds: Vec<_> = kinds.iter().map(|kind| (*kind, 1)).collect();
	let kinds = kinds.try_into().expect("at most four kinds");
	AvsRegistry::create_set(signed(owner), avs, kinds, Admission::Open, 0, slasher.clone(), destination)
		.expect("the set is created");
	let set = OperatorSetId { avs, index: 0 };
	for (fraction, window) in conditions {
		let resolver = Some(owner.clone().into());
		AvsRegistry::add_condition(signed(owner), set, Default::default(), *fraction, *window, resolver)
			.expect("the condition is declared");
	}
	set
}

/// Lets `operator` allocate these magnitudes to `set`, which may have a minimum stake, and join it. It answers from the
/// next era on, and the allocations bind after the allocation delay.
pub fn serve(operator: &AccountId, set: OperatorSetId, magnitudes: &[(PoolKind, u64)]) {
	for (kind, magnitude) in magnitudes {
		Restaking::allocate(signed(operator), *kind, set, *magnitude).expect("the magnitude is allocated");
	}
	AvsRegistry::join(signed(operator), set).expect("the operator joins");
}

/// Reports `operator` for `set`, as its slasher.
pub fn report(
	set: OperatorSetId,
	operator: &AccountId,
	condition: ConditionId,
	fractions: &[(PoolKind, u64)],
	capture: Era,
) -> Result<SlashId, DispatchError> {
	let id = NextId::<Runtime>::get();
	let slasher = AvsRegistry::slasher(set).expect("the set has a slasher");
	let fractions = fractions.to_vec().try_into().expect("at most four kinds");
	with_storage_layer(|| {
		Slashing::report(signed(&slasher), set, operator.clone(), condition, fractions, capture)
	})?;
	Ok(id)
}

/// The sets whose services `owner` owns, in the order of their creation.
pub fn sets_of(owner: &AccountId) -> Vec<OperatorSetId> {
	let owns = |avs| mainstay_avs_registry::Avses::<Runtime>::get(avs).is_some_and(|avs| avs.owner == *owner);
	let mut sets: Vec<_> = Sets::<Runtime>::iter_keys().filter(|set| owns(set.avs)).collect();
	sets.sort();
	sets
}

/// The amount in a pool.
pub fn pool(operator: &AccountId, kind: PoolKind) -> Balance {
	Pools::<Runtime>::get(operator, kind).map_or(0, |pool| pool.funds.amount)
}

/// The amount in the exits of one era.
pub fn exits(operator: &AccountId, kind: PoolKind, queued: Era) -> Balance {
	Exits::<Runtime>::get((operator, kind, queued)).map_or(0, |exit| exit.funds.amount)
}

/// The value of the position of `who` in a pool now.
pub fn value(who: &AccountId, operator: &AccountId, kind: PoolKind) -> Balance {
	OperatorDelegation::value_of(who, operator, kind)
}

/// The balance of `who` outside of pools and exits, including held funds.
pub fn owned(who: &AccountId, currency: Currency) -> Balance {
	NativeAndAssets::total_balance(currency, who)
}

/// The total of a currency that was ever slashed.
pub fn slashed(currency: Currency) -> Balance {
	mainstay_slashing::TotalSlashed::<Runtime>::get(currency)
}
