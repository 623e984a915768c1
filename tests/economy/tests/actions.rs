//! A state machine over everything that people, services, consensus and root can do, in random order, block by block.
//! After every action:
//!
//! * the invariants of all pallets hold, and nothing panicked;
//! * of STAY and of every asset there is what there was, and what eras minted, less what slashes burnt;
//! * a call that was refused changed nothing, and no hook failed;
//! * neither a call nor the hooks of a block used more of the database than their weight says.
//!
//! Every call of our pallets succeeds somewhere in the runs that CI makes. `MAINSTAY_CASES` sets how many runs of
//! [`ACTIONS`] actions there are, and draws new ones.

use frame_support::{
	assert_ok,
	dispatch::GetDispatchInfo,
	traits::{
		fungibles::{self, roles::Inspect as Roles},
		Get, GetCallMetadata,
	},
	weights::Weight,
};
use mainstay_avs_registry::{Admission, Approvals, Avses, Conditions, Kinds, Memberships, Sets};
use mainstay_economy_tests::{
	chain::{self, Chain},
	meter::{measure, Used},
};
use mainstay_operator_delegation::{Allowed, Claims, Exits, Policy, Positions};
use mainstay_primitives::{
	traits::{EraClock, OperatorSets},
	AccountId, AssetId, AvsId, Balance, Bps, ConditionId, Currency, Destination, Era, ExitAmount, Kind,
	Multiplier, OperatorSetId, STAY, WAD,
};
use mainstay_rewards::{EraRewards, YEAR_MILLIS};
use mainstay_runtime::{
	configs::{clock::ExitDelay, system::RuntimeBlockWeights},
	Assets, AvsRegistry, Babe, Balances, NativeAndAssets, Offences, OperatorDelegation, Rewards, Runtime,
	RuntimeCall, RuntimeEvent, RuntimeOrigin, Session, SessionKeys, Staking, System,
};
use mainstay_slashing::{Lane, Slashes, Unpaid};
use pallet_babe::EquivocationOffence;
use proptest::{
	prelude::*,
	test_runner::{RngAlgorithm, TestRng, TestRunner},
};
use sp_keyring::Sr25519Keyring::{self, Alice, Bob, Charlie, Dave, Eve, Ferdie};
use sp_runtime::traits::Dispatchable;
use sp_staking::offence::ReportOffence;
use std::{cell::RefCell, collections::BTreeMap};

/// Actions of one run.
const ACTIONS: usize = 200;
/// Four validators of genesis, and two who may join them. Eve and Ferdie own services.
const PEOPLE: [Sr25519Keyring; 6] = [Alice, Bob, Charlie, Dave, Eve, Ferdie];
/// The index of an account that has nothing.
const NOBODY: Who = PEOPLE.len();
/// The pallets whose calls are all to succeed at least once.
const OURS: [&str; 6] = ["OperatorDelegation", "Staking", "Slashing", "Rewards", "AvsRegistry", "Restaking"];
/// Kinds of pools that exist, and one that root may admit.
const KINDS: [Kind; 5] = [Kind::Native, Kind::Asset(1), Kind::Asset(2), Kind::Asset(3), Kind::Stake];
/// The assets there are. Root admits the first two before a run begins.
const ASSETS: [AssetId; 3] = [1, 2, 3];
/// What each of the people owns of each asset.
const PURSE: Balance = 1_000_000_000 * STAY;

/// Who acts, by index into [`PEOPLE`].
type Who = usize;
/// Who acts in place of the only one who may, if someone does.
type Usurper = Option<Who>;
/// One of the things there are, whatever their number.
type Pick = usize;
/// A part in a million.
type Part = u32;

/// What a set asks of who breaks a rule: largest fraction, veto window, resolver.
type Terms = (u64, Era, Option<Who>);

#[derive(Clone, Debug)]
enum Action {
	Register(Who, Bps),
	SetCommission(Who, Bps),
	Describe(Who),
	Retire(Who),
	SetPolicy(Who, Policy),
	Allow(Who, Who),
	Disallow(Usurper, Pick),
	Stake(Who, Who, Balance),
	Exit(Pick, Leaving),
	Claim(Who, Pick),

	SetKeys(Who),
	PurgeKeys(Who),
	Validate(Who),
	Chill(Who),
	SetValidatorCount(u32),
	SetMinSelfStake(Balance),

	AddAsset(AssetId, Balance, Who, bool),
	SetAsset(AssetId, Balance, bool),
	Freeze(AssetId),
	Thaw(AssetId),
	/// Custody's, the rewards' or someone's account of an asset.
	FreezeAccount(AssetId, Who),
	ThawAccount(AssetId, Who),
	Restake(Who, Who, usize, Balance),
	OptIn(Pick, Leaving),
	Allocate(Who, usize, Pick, u64),
	SetLeverage(Who, u32),

	RegisterAvs(Who),
	DescribeAvs(Usurper, Pick),
	Offer(Usurper, Pick, Option<Who>),
	Accept(Usurper, Pick),
	Deregister(Usurper, Pick),
	CreateSet(Usurper, Pick, Vec<(usize, Multiplier)>, Admission, Balance, Who, usize),
	SetKinds(Usurper, Pick, Vec<(usize, Multiplier)>),
	SetAdmission(Usurper, Pick, Admission),
	SetMinStake(Usurper, Pick, Balance),
	SetSlasher(Usurper, Pick, Who),
	AddCondition(Usurper, Pick, Terms),
	ChangeCondition(Usurper, Pick, Terms),
	RemoveCondition(Usurper, Pick),
	Approve(Usurper, Pick, Who),
	Revoke(Usurper, Pick),
	Join(Who, Pick),
	Leave(Pick),
	Eject(Usurper, Pick),

	/// A membership, one of its set's conditions, the kinds with their fractions, and how many eras ago.
	Report(Usurper, Pick, Pick, Vec<(usize, Part)>, Era),
	Veto(Usurper, Pick),
	/// In the block in which the next era begins, before the hook's turn.
	Execute(Who, Pick),
	/// After whatever is frozen was thawed, or not.
	Payout(Who, Pick, bool),
	Cancel(Pick),
	/// A doubled block, reported to the offences pallet.
	Equivocate(Who),

	Collect(Who, Pick),
	CollectAll(Who, Who),
	SetPayoutAccount(Who, Option<Who>),
	PaySet(Who, Pick, usize, Balance),

	/// Blocks without a call.
	Wait(u8),
}

/// How much of a position leaves.
#[derive(Clone, Debug)]
enum Leaving {
	All,
	/// Of its shares.
	Shares(Part),
	/// Of what it is worth.
	Value(Part),
	/// This many shares, whatever it has.
	Exactly(u128),
}

fn amount() -> impl Strategy<Value = Balance> {
	prop_oneof![0..10u128.pow(10), STAY..10_000 * STAY, 1_000_000 * STAY..80_000_000 * STAY]
}

fn leaving() -> impl Strategy<Value = Leaving> {
	let part = || 0..1_100_000u32;
	prop_oneof![
		1 => Just(Leaving::All),
		2 => part().prop_map(Leaving::Shares),
		2 => part().prop_map(Leaving::Value),
		1 => amount().prop_map(Leaving::Exactly),
	]
}

fn magnitude() -> impl Strategy<Value = u64> {
	prop_oneof![
		1 => Just(0),
		1 => Just(WAD),
		4 => 1..=WAD,
		1 => any::<u64>(),
	]
}

fn who() -> impl Strategy<Value = Who> {
	0..PEOPLE.len()
}

/// People who may retire or lose their keys, and enough validators are left.
fn newcomer() -> impl Strategy<Value = Who> {
	4..PEOPLE.len()
}

fn usurper() -> impl Strategy<Value = Usurper> {
	prop_oneof![
		9 => Just(None),
		1 => who().prop_map(Some),
	]
}

fn pick() -> impl Strategy<Value = Pick> {
	0..1_000usize
}

fn asset() -> impl Strategy<Value = AssetId> {
	1..5u32
}

fn cap() -> impl Strategy<Value = Balance> {
	prop_oneof![3 => Just(Balance::MAX), 1 => amount()]
}

fn terms() -> impl Strategy<Value = Terms> {
	(magnitude(), 0..5u32, proptest::option::of(who()))
}

fn accepted() -> impl Strategy<Value = Vec<(usize, Multiplier)>> {
	let multiplier = prop_oneof![4 => 1..100u32, 1 => Just(0), 1 => Just(Multiplier::MAX)];
	let restakeable = prop_oneof![20 => 0..4usize, 1 => 4..KINDS.len()];
	let any = proptest::collection::vec((restakeable, multiplier), 0..4);
	prop_oneof![3 => Just(vec![(0, 1), (1, 2), (2, 3)]), 3 => any]
}

fn fractions() -> impl Strategy<Value = Vec<(usize, Part)>> {
	let part = prop_oneof![4 => 1..=1_000_000u32, 2 => Just(1_000_000), 1 => 0..1_100_000u32];
	proptest::collection::vec((kind(), part), 1..4)
}

/// Mostly of what is admitted from the beginning.
fn kind() -> impl Strategy<Value = usize> {
	prop_oneof![8 => 0..3usize, 1 => 3..KINDS.len()]
}

fn policy() -> impl Strategy<Value = Policy> {
	prop_oneof![Just(Policy::Open), Just(Policy::AllowList)]
}

fn admission() -> impl Strategy<Value = Admission> {
	prop_oneof![2 => Just(Admission::Open), 1 => Just(Admission::Approved)]
}

/// What operators and their delegators do.
fn of_stake() -> impl Strategy<Value = Action> {
	use Action::*;
	prop_oneof![
		3 => (who(), 0..12_000u16).prop_map(|(who, bps)| Register(who, bps)),
		2 => (who(), 0..12_000u16).prop_map(|(who, bps)| SetCommission(who, bps)),
		1 => who().prop_map(Describe),
		1 => newcomer().prop_map(Retire),
		2 => (who(), policy()).prop_map(|(who, policy)| SetPolicy(who, policy)),
		2 => (who(), who()).prop_map(|(who, delegator)| Allow(who, delegator)),
		1 => (usurper(), pick()).prop_map(|(by, entry)| Disallow(by, entry)),
		12 => (who(), who(), amount()).prop_map(|(who, operator, amount)| Stake(who, operator, amount)),
		10 => (pick(), leaving()).prop_map(|(position, leaving)| Exit(position, leaving)),
		8 => (who(), pick()).prop_map(|(who, claim)| Claim(who, claim)),
		12 => (who(), who(), kind(), amount())
			.prop_map(|(who, operator, kind, amount)| Restake(who, operator, kind, amount)),
		5 => (pick(), leaving()).prop_map(|(position, leaving)| OptIn(position, leaving)),
		8 => (who(), kind(), pick(), magnitude())
			.prop_map(|(who, kind, set, magnitude)| Allocate(who, kind, set, magnitude)),
		2 => (who(), 0..350u32).prop_map(|(who, percent)| SetLeverage(who, percent)),
	]
}

/// What validators and root do.
fn of_consensus() -> impl Strategy<Value = Action> {
	use Action::*;
	prop_oneof![
		3 => who().prop_map(SetKeys),
		1 => newcomer().prop_map(PurgeKeys),
		3 => prop_oneof![newcomer(), who()].prop_map(Validate),
		2 => newcomer().prop_map(Chill),
		1 => (3..12u32).prop_map(SetValidatorCount),
		1 => (0..2_000 * STAY).prop_map(SetMinSelfStake),
		3 => who().prop_map(Equivocate),
		2 => (asset(), cap(), who(), any::<bool>())
			.prop_map(|(id, cap, funder, trusted)| AddAsset(id, cap, funder, trusted)),
		2 => (asset(), cap(), any::<bool>()).prop_map(|(id, cap, open)| SetAsset(id, cap, open)),
		1 => asset().prop_map(Freeze),
		2 => asset().prop_map(Thaw),
		1 => (asset(), 0..PEOPLE.len() + 2).prop_map(|(id, who)| FreezeAccount(id, who)),
		2 => (asset(), 0..PEOPLE.len() + 2).prop_map(|(id, who)| ThawAccount(id, who)),
	]
}

/// What services and their members do.
fn of_services() -> impl Strategy<Value = Action> {
	use Action::*;
	prop_oneof![
		2 => who().prop_map(RegisterAvs),
		1 => (usurper(), pick()).prop_map(|(by, avs)| DescribeAvs(by, avs)),
		2 => (usurper(), pick(), proptest::option::weighted(0.9, who()))
			.prop_map(|(by, avs, to)| Offer(by, avs, to)),
		2 => (usurper(), pick()).prop_map(|(by, avs)| Accept(by, avs)),
		1 => (usurper(), pick()).prop_map(|(by, avs)| Deregister(by, avs)),
		2 => (usurper(), pick(), accepted(), admission(), amount(), who(), 0..4usize).prop_map(
			|(by, avs, kinds, admission, least, slasher, to)| {
				CreateSet(by, avs, kinds, admission, least, slasher, to)
			}
		),
		2 => (usurper(), pick(), accepted()).prop_map(|(by, set, kinds)| SetKinds(by, set, kinds)),
		1 => (usurper(), pick(), admission()).prop_map(|(by, set, admission)| SetAdmission(by, set, admission)),
		1 => (usurper(), pick(), amount()).prop_map(|(by, set, least)| SetMinStake(by, set, least)),
		1 => (usurper(), pick(), who()).prop_map(|(by, set, slasher)| SetSlasher(by, set, slasher)),
		3 => (usurper(), pick(), terms()).prop_map(|(by, set, terms)| AddCondition(by, set, terms)),
		2 => (usurper(), pick(), terms()).prop_map(|(by, at, terms)| ChangeCondition(by, at, terms)),
		1 => (usurper(), pick()).prop_map(|(by, at)| RemoveCondition(by, at)),
		2 => (usurper(), pick(), who()).prop_map(|(by, set, who)| Approve(by, set, who)),
		1 => (usurper(), pick()).prop_map(|(by, at)| Revoke(by, at)),
		5 => (who(), pick()).prop_map(|(who, set)| Join(who, set)),
		1 => pick().prop_map(Leave),
		1 => (usurper(), pick()).prop_map(|(by, at)| Eject(by, at)),
		12 => (usurper(), pick(), pick(), fractions(), 0..4u32)
			.prop_map(|(by, at, condition, fractions, ago)| Report(by, at, condition, fractions, ago)),
		2 => (usurper(), pick()).prop_map(|(by, slash)| Veto(by, slash)),
		3 => (who(), pick()).prop_map(|(who, slash)| Execute(who, slash)),
		3 => (who(), pick(), any::<bool>()).prop_map(|(who, unpaid, thaw)| Payout(who, unpaid, thaw)),
		1 => pick().prop_map(Cancel),
		8 => (who(), pick(), kind(), amount())
			.prop_map(|(who, set, currency, amount)| PaySet(who, set, currency, amount)),
		4 => (who(), pick()).prop_map(|(who, position)| Collect(who, position)),
		2 => (who(), who()).prop_map(|(who, owner)| CollectAll(who, owner)),
		1 => (who(), proptest::option::of(0..=NOBODY)).prop_map(|(who, to)| SetPayoutAccount(who, to)),
	]
}

fn action() -> impl Strategy<Value = Action> {
	prop_oneof![
		35 => of_stake(),
		14 => of_consensus(),
		40 => of_services(),
		11 => (1..40u8).prop_map(Action::Wait),
	]
}

fn account(who: Who) -> AccountId {
	PEOPLE.get(who).map_or(AccountId::from([9; 32]), |key| key.to_account_id())
}

fn signed(who: Who) -> RuntimeOrigin {
	RuntimeOrigin::signed(account(who))
}

/// The account of an asset that is frozen: custody and the rewards' beyond the people's.
fn holder(who: Who) -> AccountId {
	match who.checked_sub(PEOPLE.len()) {
		None => account(who),
		Some(0) => OperatorDelegation::custody(),
		Some(_) => Rewards::account(),
	}
}

fn one<T>(all: impl Iterator<Item = T>, pick: Pick) -> Option<T> {
	let mut all: Vec<T> = all.collect();
	(!all.is_empty()).then(|| all.swap_remove(pick % all.len()))
}

fn kinds(accepted: Vec<(usize, Multiplier)>) -> Kinds<Runtime> {
	let kinds: Vec<_> = accepted.into_iter().map(|(kind, multiplier)| (KINDS[kind], multiplier)).collect();
	kinds.try_into().expect("at most three kinds")
}

fn destination(index: usize) -> Destination<AccountId> {
	match index {
		0 => Destination::Burn,
		1 => Destination::Treasury,
		2 => Destination::Account(account(5)),
		_ => Destination::Account(account(NOBODY)),
	}
}

fn set(pick: Pick) -> Option<OperatorSetId> {
	one(Sets::<Runtime>::iter_keys(), pick)
}

fn condition(pick: Pick) -> Option<(OperatorSetId, ConditionId)> {
	one(Conditions::<Runtime>::iter_keys(), pick)
}

fn service(pick: Pick) -> Option<AvsId> {
	one(Avses::<Runtime>::iter_keys(), pick)
}

fn as_owner(avs: AvsId, by: Usurper) -> Option<RuntimeOrigin> {
	let owner = Avses::<Runtime>::get(avs)?.owner;
	Some(by.map_or_else(|| RuntimeOrigin::signed(owner), signed))
}

/// How much of a position of `shares` leaves.
fn exit_amount(at: &(AccountId, AccountId, Kind), shares: u128, leaving: Leaving) -> ExitAmount {
	let part = |whole: u128, part: Part| whole / 1_000_000 * u128::from(part);
	match leaving {
		Leaving::All => ExitAmount::All,
		Leaving::Shares(ppm) => ExitAmount::Shares(part(shares, ppm)),
		Leaving::Value(ppm) => {
			let value = OperatorDelegation::position_value(at.0.clone(), at.1.clone(), at.2);
			ExitAmount::Value(part(value, ppm))
		},
		Leaving::Exactly(shares) => ExitAmount::Shares(shares),
	}
}

/// What an action calls, and as whom. `None` where there is nothing to call it for.
fn stake_call(action: Action) -> Option<(RuntimeOrigin, RuntimeCall)> {
	use mainstay_operator_delegation::Call;
	let (origin, call): (_, Call<Runtime>) = match action {
		Action::Register(who, commission) => (signed(who), Call::register { commission }),
		Action::SetCommission(who, commission) => (signed(who), Call::set_commission { commission }),
		Action::Describe(who) => {
			let call = Call::set_metadata { name: vec![0; 64].try_into().ok()?, link: Default::default() };
			(signed(who), call)
		},
		Action::Retire(who) => (signed(who), Call::retire {}),
		Action::SetPolicy(who, policy) => (signed(who), Call::set_policy { policy }),
		Action::Allow(who, delegator) => (signed(who), Call::allow { delegator: account(delegator) }),
		Action::Disallow(by, entry) => {
			let (operator, delegator, ()) = one(Allowed::<Runtime>::iter(), entry)?;
			(by.map_or_else(|| RuntimeOrigin::signed(operator), signed), Call::disallow { delegator })
		},
		Action::Stake(who, operator, amount) => {
			(signed(who), Call::stake { operator: account(operator), amount, least_shares: 0 })
		},
		Action::Exit(position, leaving) => {
			let (at, position) = one(Positions::<Runtime>::iter(), position)?;
			let amount = exit_amount(&at, position.shares, leaving);
			let (who, operator, kind) = at;
			(RuntimeOrigin::signed(who), Call::exit { operator, kind, amount })
		},
		Action::Claim(who, claim) => {
			let (owner, operator, kind, queued) = one(Claims::<Runtime>::iter_keys(), claim)?;
			(signed(who), Call::claim { owner, operator, kind, queued })
		},
		other => return consensus_call(other),
	};
	Some((origin, call.into()))
}

fn consensus_call(action: Action) -> Option<(RuntimeOrigin, RuntimeCall)> {
	use mainstay_staking::Call;
	let root = RuntimeOrigin::root;
	let (origin, call): (_, Call<Runtime>) = match action {
		Action::SetKeys(who) => {
			let keys = SessionKeys::generate(&codec::Encode::encode(&account(who)), None);
			let proof = codec::Encode::encode(&keys.proof);
			return Some((signed(who), pallet_session::Call::set_keys { keys: keys.keys, proof }.into()));
		},
		Action::PurgeKeys(who) => return Some((signed(who), pallet_session::Call::purge_keys {}.into())),
		Action::Validate(who) => (signed(who), Call::validate {}),
		Action::Chill(who) => (signed(who), Call::chill {}),
		Action::SetValidatorCount(count) => (root(), Call::set_validator_count { count }),
		Action::SetMinSelfStake(amount) => (root(), Call::set_min_self_stake { amount }),
		other => return restaking_call(other),
	};
	Some((origin, call.into()))
}

fn restaking_call(action: Action) -> Option<(RuntimeOrigin, RuntimeCall)> {
	use mainstay_restaking::Call;
	let root = RuntimeOrigin::root;
	let (origin, call): (_, Call<Runtime>) = match action {
		Action::AddAsset(id, cap, funder, trusted) => {
			(root(), Call::add_asset { id, cap, funder: account(funder), trusted })
		},
		Action::SetAsset(id, cap, deposits) => (root(), Call::set_asset { id, cap, deposits }),
		Action::Restake(who, operator, kind, amount) => {
			let (operator, kind) = (account(operator), KINDS[kind]);
			(signed(who), Call::restake { operator, kind, amount, least_shares: 0 })
		},
		Action::OptIn(position, leaving) => {
			let staked = Positions::<Runtime>::iter().filter(|((_, _, kind), _)| *kind == Kind::Stake);
			let (at, position) = one(staked, position)?;
			let amount = exit_amount(&at, position.shares, leaving);
			(RuntimeOrigin::signed(at.0), Call::opt_in { operator: at.1, amount, least_shares: 0 })
		},
		Action::Allocate(who, kind, at, magnitude) => {
			(signed(who), Call::allocate { kind: KINDS[kind], set: set(at)?, magnitude })
		},
		Action::SetLeverage(who, percent) => (signed(who), Call::set_leverage { percent }),
		other => return asset_call(other),
	};
	Some((origin, call.into()))
}

fn asset_call(action: Action) -> Option<(RuntimeOrigin, RuntimeCall)> {
	use pallet_assets::Call;
	let admin = |id: AssetId| <Assets as Roles<_>>::admin(id).map(RuntimeOrigin::signed);
	let (origin, call): (_, Call<Runtime>) = match action {
		Action::Freeze(id) => (admin(id)?, Call::freeze_asset { id: id.into() }),
		Action::Thaw(id) => (admin(id)?, Call::thaw_asset { id: id.into() }),
		Action::FreezeAccount(id, who) => {
			(admin(id)?, Call::freeze { id: id.into(), who: holder(who).into() })
		},
		Action::ThawAccount(id, who) => (admin(id)?, Call::thaw { id: id.into(), who: holder(who).into() }),
		other => return service_call(other),
	};
	Some((origin, call.into()))
}

fn service_call(action: Action) -> Option<(RuntimeOrigin, RuntimeCall)> {
	use mainstay_avs_registry::Call;
	let (name, link) = (vec![0; 64].try_into().ok()?, Default::default());
	let text = vec![0; 256].try_into().ok()?;
	let (origin, call): (_, Call<Runtime>) = match action {
		Action::RegisterAvs(who) => (signed(who), Call::register { name, link }),
		Action::DescribeAvs(by, at) => {
			let avs = service(at)?;
			(as_owner(avs, by)?, Call::set_metadata { avs, name, link })
		},
		Action::Offer(by, at, to) => {
			let avs = service(at)?;
			(as_owner(avs, by)?, Call::transfer_ownership { avs, next_owner: to.map(account) })
		},
		Action::Accept(by, at) => {
			let offered = Avses::<Runtime>::iter().filter_map(|(avs, at)| Some((avs, at.next_owner?)));
			let (avs, to) = one(offered, at)?;
			(by.map_or_else(|| RuntimeOrigin::signed(to), signed), Call::accept_ownership { avs })
		},
		Action::Deregister(by, at) => {
			let (avs, _) = one(Avses::<Runtime>::iter().filter(|(_, at)| at.sets == 0 || by.is_some()), at)?;
			(as_owner(avs, by)?, Call::deregister { avs })
		},
		Action::CreateSet(by, at, accepted, admission, min_stake, slasher, to) => {
			let (avs, kinds) = (service(at)?, kinds(accepted));
			let (slasher, destination) = (account(slasher), destination(to));
			let call = Call::create_set { avs, kinds, admission, min_stake, slasher, destination };
			(as_owner(avs, by)?, call)
		},
		Action::SetKinds(by, at, accepted) => {
			let set = set(at)?;
			(as_owner(set.avs, by)?, Call::set_kinds { set, kinds: kinds(accepted) })
		},
		Action::SetAdmission(by, at, admission) => {
			let set = set(at)?;
			(as_owner(set.avs, by)?, Call::set_admission { set, admission })
		},
		Action::SetMinStake(by, at, min_stake) => {
			let set = set(at)?;
			(as_owner(set.avs, by)?, Call::set_min_stake { set, min_stake })
		},
		Action::SetSlasher(by, at, slasher) => {
			let set = set(at)?;
			(as_owner(set.avs, by)?, Call::set_slasher { set, slasher: account(slasher) })
		},
		Action::AddCondition(by, at, (max_fraction, veto_window, resolver)) => {
			let (set, resolver) = (set(at)?, resolver.map(account));
			(as_owner(set.avs, by)?, Call::add_condition { set, text, max_fraction, veto_window, resolver })
		},
		Action::ChangeCondition(by, at, (max_fraction, veto_window, resolver)) => {
			let ((set, id), resolver) = (condition(at)?, resolver.map(account));
			(as_owner(set.avs, by)?, Call::change_condition { set, id, max_fraction, veto_window, resolver })
		},
		Action::RemoveCondition(by, at) => {
			let (set, id) = condition(at)?;
			(as_owner(set.avs, by)?, Call::remove_condition { set, id })
		},
		Action::Approve(by, at, who) => {
			let set = set(at)?;
			(as_owner(set.avs, by)?, Call::approve { set, operator: account(who) })
		},
		Action::Revoke(by, at) => {
			let (set, operator, ()) = one(Approvals::<Runtime>::iter(), at)?;
			(as_owner(set.avs, by)?, Call::revoke { set, operator })
		},
		Action::Join(who, at) => (signed(who), Call::join { set: set(at)? }),
		Action::Leave(at) => {
			let (set, operator) = one(Memberships::<Runtime>::iter_keys(), at)?;
			(RuntimeOrigin::signed(operator), Call::leave { set })
		},
		Action::Eject(by, at) => {
			let (set, operator) = one(Memberships::<Runtime>::iter_keys(), at)?;
			(as_owner(set.avs, by)?, Call::eject { set, operator })
		},
		other => return slash_call(other),
	};
	Some((origin, call.into()))
}

fn slash_call(action: Action) -> Option<(RuntimeOrigin, RuntimeCall)> {
	use mainstay_slashing::Call;
	let (origin, call): (_, Call<Runtime>) = match action {
		Action::Report(by, at, rule, fractions, ago) => {
			let (set, operator) = one(Memberships::<Runtime>::iter_keys(), at)?;
			let (condition, rule) = one(Conditions::<Runtime>::iter_prefix(set), rule)?;
			let most = u128::from(rule.terms.value.max_fraction);
			let fraction = |part: Part| (most * u128::from(part) / 1_000_000) as u64;
			// A kind that is named twice is refused, so that happens rarely.
			let mut fractions: Vec<_> =
				fractions.into_iter().map(|(kind, part)| (KINDS[kind], fraction(part))).collect();
			if ago > 0 {
				fractions.sort();
				fractions.dedup_by_key(|(kind, _)| *kind);
			}
			let fractions = fractions.try_into().expect("at most three kinds");
			let slasher = AvsRegistry::slasher(set)?;
			// Mostly in time.
			let reach = ExitDelay::get() - rule.terms.value.veto_window;
			let ago = if by.is_some() { ago } else { ago % reach };
			let capture = Staking::active().saturating_sub(ago);
			let call = Call::report { set, operator, condition, fractions, capture };
			(by.map_or_else(|| RuntimeOrigin::signed(slasher), signed), call)
		},
		Action::Veto(by, at) => {
			let (id, slash) = one(Slashes::<Runtime>::iter(), at)?;
			let resolver = match slash.lane {
				Lane::Attested { resolver, .. } => resolver,
				Lane::Consensus { .. } => None,
			};
			let resolver = by.map(account).or(resolver).unwrap_or(account(0));
			(RuntimeOrigin::signed(resolver), Call::veto { id })
		},
		Action::Execute(who, at) => {
			let due = Slashes::<Runtime>::iter().filter(|(_, slash)| slash.due <= Staking::active());
			let due: Vec<_> = due.map(|(id, _)| id).collect();
			let id = one(due.into_iter(), at).or_else(|| one(Slashes::<Runtime>::iter_keys(), at))?;
			(signed(who), Call::execute { id })
		},
		Action::Payout(who, at, _) => {
			let (id, currency) = one(Unpaid::<Runtime>::iter_keys(), at)?;
			(signed(who), Call::payout { id, currency })
		},
		Action::Cancel(at) => {
			(RuntimeOrigin::root(), Call::cancel { id: one(Slashes::<Runtime>::iter_keys(), at)? })
		},
		other => return reward_call(other),
	};
	Some((origin, call.into()))
}

fn reward_call(action: Action) -> Option<(RuntimeOrigin, RuntimeCall)> {
	use mainstay_rewards::Call;
	let (origin, call): (_, Call<Runtime>) = match action {
		Action::Collect(who, at) => {
			let (owner, operator, kind) = one(Positions::<Runtime>::iter_keys(), at)?;
			(signed(who), Call::collect { owner, operator, kind })
		},
		Action::CollectAll(who, owner) => {
			(signed(who), Call::collect_all { owner: account(owner), after: None })
		},
		Action::SetPayoutAccount(who, to) => (signed(who), Call::set_payout_account { to: to.map(account) }),
		Action::PaySet(who, at, kind, amount) => {
			let (set, currency) = (set(at)?, KINDS[kind].currency());
			// Only the service's owner pays in assets. Let it, and sometimes another try.
			let owner = AvsRegistry::owner(set).map(RuntimeOrigin::signed);
			let origin = owner.filter(|_| currency != Currency::Native && who > 0).unwrap_or(signed(who));
			(origin, Call::pay_set { set, currency, amount })
		},
		other => unreachable!("{other:?} is no call"),
	};
	Some((origin, call.into()))
}

/// What was seen over all runs.
#[derive(Default)]
struct Seen {
	/// By pallet and call, how many succeeded and how many were refused.
	calls: BTreeMap<(&'static str, &'static str), (u64, u64)>,
	/// Why calls were refused.
	refusals: BTreeMap<(&'static str, &'static str), BTreeMap<&'static str, u64>>,
	/// The most reads and the most writes, by call or hook.
	most: BTreeMap<String, Used>,
	/// What cost the most more than its weight said, by call or hook.
	underpaid: BTreeMap<String, (u64, String)>,
}

impl Seen {
	fn weigh(&mut self, what: &str, used: Used, said: Weight, of: &str) {
		let most = self.most.entry(what.into()).or_default();
		*most = Used { reads: most.reads.max(used.reads), writes: most.writes.max(used.writes) };
		let missing = used.weight().ref_time().saturating_sub(said.ref_time());
		let most = self.underpaid.entry(what.into()).or_default();
		if missing > most.0 {
			let text = format!(
				"{what}: {} reads and {} writes take {} µs, the {of} weight is {} µs",
				used.reads,
				used.writes,
				used.weight().ref_time() / 1_000_000,
				said.ref_time() / 1_000_000
			);
			*most = (missing, text);
		}
	}
}

/// Dispatches the call of an action, if there is something to call it for. Whether it succeeds is not the question here,
/// but a refused one must change nothing, and what either used is held against its weight.
fn dispatch(seen: &RefCell<Seen>, action: Action) {
	let Some((origin, call)) = stake_call(action) else { return };
	let meta = call.get_call_metadata();
	let name = (meta.pallet_name, meta.function_name);
	let ours = OURS.contains(&meta.pallet_name);
	let declared = call.get_dispatch_info().call_weight;
	let payer = frame_system::ensure_signed(origin.clone()).ok();
	let measured = measure(payer.as_ref(), || call.clone().dispatch(origin));

	let (post, refused) = match measured.result {
		Ok(post) => (post, None),
		Err(e) => (e.post_info, Some(e.error)),
	};
	let mut seen = seen.borrow_mut();
	let counts = seen.calls.entry(name).or_default();
	match &refused {
		None => counts.0 += 1,
		Some(error) => {
			counts.1 += 1;
			*seen.refusals.entry(name).or_default().entry((*error).into()).or_default() += 1;
			let kept = &measured.changed;
			assert!(kept.is_empty(), "{call:?} was refused and changed the state: {kept:?}");
		},
	}
	if ours {
		let what = format!("{}.{}", name.0, name.1);
		seen.weigh(&what, measured.used, declared, "declared");
		let charged = post.actual_weight.unwrap_or(declared);
		seen.weigh(&what, measured.used, charged, "charged");
	}
}

/// A chain, and the books that are kept on it from outside.
struct Run<'a> {
	chain: &'a mut Chain,
	seen: &'a RefCell<Seen>,
	/// What there was of each currency, with what slashes burnt since.
	books: BTreeMap<Currency, (Balance, Balance)>,
	/// What eras minted.
	minted: BTreeMap<Era, Balance>,
}

impl<'a> Run<'a> {
	/// Opens the books on a chain with services, assets and stake that is restaked.
	fn begin(chain: &'a mut Chain, seen: &'a RefCell<Seen>) -> Self {
		chain.block(prepare);
		let mut books = BTreeMap::from([(Currency::Native, (Balances::total_issuance(), 0))]);
		for currency in ASSETS.map(Currency::WithId) {
			let issuance = <NativeAndAssets as fungibles::Inspect<_>>::total_issuance(currency.clone());
			books.insert(currency, (issuance, 0));
		}
		let mut run = Self { chain, seen, books, minted: BTreeMap::new() };
		while Staking::active() < 2 {
			run.block(|| {});
		}
		run
	}

	/// Executes a block and reads its events.
	fn block(&mut self, calls: impl FnOnce()) {
		self.chain.block(calls);
		for (hook, used, said) in self.chain.hooks {
			self.seen.borrow_mut().weigh(hook, used, said, "returned");
			assert!(
				said.all_lte(RuntimeBlockWeights::get().max_block / 2),
				"{hook} takes half a block: {said}"
			);
		}
		for record in System::read_events_no_consensus() {
			match record.event {
				RuntimeEvent::OperatorDelegation(mainstay_operator_delegation::Event::SlashPaid {
					currency,
					amount,
					destination: Destination::Burn,
				}) => self.books.get_mut(&currency).expect("a currency there is").1 += amount,
				RuntimeEvent::Slashing(mainstay_slashing::Event::ExecutionFailed { id, error }) => {
					panic!("slash {id} failed: {error:?}")
				},
				_ => {},
			}
		}
	}

	/// Runs an action.
	fn act(&mut self, action: Action) {
		match action {
			Action::Wait(blocks) => return (0..blocks).for_each(|_| self.block(|| {})),
			Action::Equivocate(who) => return self.equivocate(PEOPLE[who]),
			Action::Execute(..) if Slashes::<Runtime>::iter().next().is_some() => {
				let (era, seen) = (Staking::active(), self.seen);
				while Staking::active() == era {
					self.block(|| {
						if Staking::active() > era {
							dispatch(seen, action.clone());
						}
					});
				}
				return;
			},
			Action::Payout(_, _, true) => self.block(thaw_all),
			_ => {},
		}
		let seen = self.seen;
		self.block(|| dispatch(seen, action));
	}

	fn equivocate(&mut self, who: Sr25519Keyring) {
		// Only a validator can, and its own block would disable its author.
		if !Session::validators().contains(&who.to_account_id()) {
			return;
		}
		self.chain.silent = vec![who.to_account_id()];
		self.block(|| {
			let _ = Offences::report_offence(
				vec![],
				EquivocationOffence {
					slot: Babe::current_slot(),
					session_index: Session::current_index(),
					validator_set_count: Session::validators().len() as u32,
					offender: (who.to_account_id(), ()),
				},
			);
		});
		self.chain.silent.clear();
	}

	/// All there is of a currency is what there was, and what eras minted, less what slashes burnt.
	fn check(&mut self) {
		chain::try_state();
		self.minted.extend(EraRewards::<Runtime>::iter().map(|(era, reward)| (era, reward.paid)));
		let minted: Balance = self.minted.values().sum();
		for (currency, (start, burnt)) in &self.books {
			let minted = if *currency == Currency::Native { minted } else { 0 };
			let issuance = <NativeAndAssets as fungibles::Inspect<_>>::total_issuance(currency.clone());
			assert_eq!(issuance, start + minted - burnt, "issuance of {currency:?}");
		}
		// An era of at most 45 s cannot mint more than its part of a year's 5 %, of a supply that has hardly grown.
		let genesis = self.books[&Currency::Native].0;
		let most = genesis / 20 * 45_000 / u128::from(YEAR_MILLIS) * 101 / 100;
		assert!(self.minted.values().all(|paid| *paid <= most));
		assert!(!Session::validators().is_empty(), "an empty set stops the chain");
	}
}

/// Thaws every asset and every account that can be frozen.
fn thaw_all() {
	for id in ASSETS {
		for who in 0..PEOPLE.len() + 2 {
			dispatch_quietly(Action::ThawAccount(id, who));
		}
		dispatch_quietly(Action::Thaw(id));
	}
}

fn dispatch_quietly(action: Action) {
	if let Some((origin, call)) = stake_call(action) {
		let _ = call.dispatch(origin);
	}
}

/// Makes three assets, of which one has an owner whom root must trust, one is not sufficient for an account's life and
/// one is not admitted, and two services with members.
fn prepare() {
	let chains = mainstay_runtime::configs::economy::TreasuryAccount::get();
	let root = RuntimeOrigin::root;
	for (id, owner, sufficient, least) in
		[(1, account(0), true, 1), (2, chains, false, 1_000), (3, account(1), true, 1)]
	{
		assert_ok!(Assets::force_create(root(), id.into(), owner.into(), sufficient, least));
		for who in 0..PEOPLE.len() {
			let currency = Currency::WithId(id);
			assert_ok!(<NativeAndAssets as fungibles::Mutate<_>>::mint_into(currency, &account(who), PURSE));
		}
	}
	let mut calls = vec![
		Action::AddAsset(1, Balance::MAX, 0, true),
		Action::AddAsset(2, Balance::MAX, 0, false),
		Action::Register(4, 1_000),
		Action::Stake(4, 4, 10_000 * STAY),
		Action::SetKeys(4),
		Action::RegisterAvs(4),
		Action::RegisterAvs(5),
		Action::CreateSet(None, 0, vec![(0, 1), (1, 2), (2, 3)], Admission::Open, 0, 4, 0),
		Action::CreateSet(None, 1, vec![(0, 1), (1, 1)], Admission::Open, 0, 5, 1),
	];
	for set in 0..2 {
		for terms in [(WAD, 1, Some(5)), (WAD / 2, 0, None), (WAD / 10, 3, Some(0))] {
			calls.push(Action::AddCondition(None, set, terms));
		}
		for operator in 0..3 {
			calls.push(Action::Join(operator, set));
		}
	}
	for operator in 0..3 {
		for kind in 0..3 {
			calls.push(Action::Restake(operator + 3, operator, kind, 1_000_000 * STAY));
			calls.push(Action::Allocate(operator, kind, 0, WAD / 2));
			if kind < 2 {
				calls.push(Action::Allocate(operator, kind, 1, WAD));
			}
		}
	}
	for action in calls {
		let text = format!("{action:?}");
		let (origin, call) = stake_call(action).unwrap_or_else(|| panic!("nothing to do for {text}"));
		if let Err(e) = call.dispatch(origin) {
			panic!("{text}: {e:?}");
		}
	}
}

#[test]
fn whatever_happens_the_books_balance_and_the_chain_goes_on() {
	let chosen = std::env::var("MAINSTAY_CASES").ok().map(|cases| cases.parse().expect("a number of runs"));
	let cases = chosen.unwrap_or(50);
	let config = ProptestConfig {
		cases,
		max_shrink_iters: 200,
		failure_persistence: None,
		..ProptestConfig::default()
	};
	// The same runs every time, unless a number of them is asked for: then others every time.
	let mut runner = match chosen {
		Some(_) => TestRunner::new(config),
		None => TestRunner::new_with_rng(config, TestRng::deterministic_rng(RngAlgorithm::ChaCha)),
	};
	let seen = RefCell::new(Seen::default());
	let actions = proptest::collection::vec(action(), ACTIONS);
	let result = runner.run(&actions, |actions| {
		chain::run("local_testnet", |chain| {
			let mut run = Run::begin(chain, &seen);
			for action in actions {
				run.act(action);
				run.check();
			}
			assert!(Exits::<Runtime>::iter_values().all(|exit| exit.funds.amount > 0));
		});
		Ok(())
	});
	result.unwrap_or_else(|failure| panic!("{failure}"));
	println!("{cases} runs of {ACTIONS} actions");

	let seen = seen.into_inner();
	for ((pallet, call), (succeeded, refused)) in &seen.calls {
		println!("{pallet}.{call}: {succeeded} succeeded, {refused} refused");
		for (error, count) in seen.refusals.get(&(*pallet, *call)).into_iter().flatten() {
			println!("    {error}: {count}");
		}
	}
	for (what, Used { reads, writes }) in &seen.most {
		println!("{what}: at most {reads} reads, at most {writes} writes");
	}
	let underpaid: Vec<_> =
		seen.underpaid.into_values().filter(|(missing, _)| *missing > 0).map(|(_, text)| text).collect();
	assert!(underpaid.is_empty(), "weights are below what was used:\n{}", underpaid.join("\n"));
	if cases >= 50 {
		for pallet in OURS {
			for call in RuntimeCall::get_call_names(pallet) {
				let succeeded = seen.calls.get(&(pallet, *call)).map_or(0, |(succeeded, _)| *succeeded);
				assert!(succeeded > 0, "{pallet}.{call} never succeeded");
			}
		}
	}
}
