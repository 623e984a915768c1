//! Every call of accounts, services and operators, sent in each way in which an account can act: by its key, in a
//! batch, by a proxy, by a proxy of the narrowest type that may send the call, by a multisig, and as a pure proxy,
//! which has no key. One script of calls runs once in each way, and some of its calls fail at each check. All runs must
//! agree: the same success or error of each call, and at the end the same funds and state. So no call needs the
//! account's own key, and no check can be bypassed.

use codec::Encode;
use frame_support::{
	storage::with_storage_layer,
	traits::{
		fungibles::Mutate, schedule::DispatchTime, GetCallMetadata, Hooks, InstanceFilter, StorePreimage,
	},
	weights::Weight,
};
use mainstay_avs_registry::{Admission, Call as Registry};
use mainstay_economy_tests::{
	chain,
	services::{account, admit, genesis, next_era, owned, run_hooks, signed, value, ISSUER, PURSE},
};
use mainstay_operator_delegation::{Call as Delegation, Pools};
use mainstay_origins::Origin;
use mainstay_primitives::{
	traits::EraClock, AccountId, Balance, Currency, Destination, ExitAmount, NetworkParameters,
	OperatorSetId, PoolKind, STAY, WAD,
};
use mainstay_restaking::Call as Restake;
use mainstay_rewards::Call as Reward;
use mainstay_runtime::{
	configs::{
		accounts::{ByteDeposit, ItemDeposit, ProxyType},
		tracks::PARAMETERS,
	},
	Assets, Multisig, NativeAndAssets, OperatorDelegation, OriginCaller, Preimage, Proxy, Rewards, Runtime,
	RuntimeCall, RuntimeEvent, RuntimeOrigin, SessionKeys, Slashing, StakeVoting, Staking, System,
};
use mainstay_slashing::Call as Slash;
use mainstay_staking::Call as Stake;
use pallet_conviction_voting::{AccountVote, Conviction, Vote as ConvictionVote};
use sp_keystore::{testing::MemoryKeystore, KeystoreExt};
use sp_runtime::{traits::Dispatchable, DispatchError, DispatchResult};
use std::collections::{BTreeMap, BTreeSet};

type Poll = pallet_referenda::Call<Runtime>;
type Renewal = mainstay_stake_voting::Call<Runtime>;
type Voting = pallet_conviction_voting::Call<Runtime>;

const STAKE: PoolKind = PoolKind::Stake;
const NATIVE: PoolKind = PoolKind::Native;
const GOLD: PoolKind = PoolKind::Asset(1);
const SET: OperatorSetId = OperatorSetId { avs: 0, index: 0 };
/// The name of this dispatch error.
const BAD_ORIGIN: &str = "Bad origin";

/// The accounts of the script. All of them act in the same way in one run.
const CAST: [&str; 7] = ["op", "ann", "bea", "owner", "heir", "resolver", "stranger"];

/// The way in which an account acts.
#[derive(Clone, Copy, Debug, PartialEq)]
enum Way {
	Key,
	Batch,
	Proxy,
	TypedProxy,
	Multisig,
	Pure,
}

/// The types of proxies except `Any`, each before the types that include it.
const TYPES: [ProxyType; 7] = [
	ProxyType::Collect,
	ProxyType::Restaking,
	ProxyType::Voting,
	ProxyType::Avs,
	ProxyType::Operator,
	ProxyType::Staking,
	ProxyType::NonTransfer,
];

/// The accounts of all parts, and how they act.
#[derive(Clone)]
struct Cast {
	way: Way,
	accounts: BTreeMap<&'static str, AccountId>,
}

/// A helper account of the part: a proxy or a signatory.
fn agent(part: &str, number: u8) -> AccountId {
	account(&format!("{part}, {number}"))
}

/// The signatories of a part's multisig, in the order that the pallet asks for. Two of the three suffice.
fn signatories(part: &str) -> Vec<AccountId> {
	let mut all: Vec<_> = (1..=3).map(|number| agent(part, number)).collect();
	all.sort();
	all
}

impl Cast {
	/// Creates the accounts, and gives each [`PURSE`] of STAY.
	fn new(way: Way) -> Self {
		let mut accounts = BTreeMap::new();
		for part in CAST {
			for agent in signatories(part) {
				fund(&agent, STAY * 1_000);
			}
			let who = match way {
				Way::Key | Way::Batch | Way::Proxy | Way::TypedProxy => account(part),
				Way::Multisig => Multisig::multi_account_id(&signatories(part), 2),
				Way::Pure => {
					Proxy::create_pure(signed(&agent(part, 1)), Default::default(), 0, 0).expect("funded");
					Proxy::pure_account(&agent(part, 1), &Default::default(), 0, None)
				},
			};
			fund(&who, PURSE - owned(&who, Currency::Native));
			accounts.insert(part, who);
		}
		for (part, who) in &accounts {
			let types: &[ProxyType] = match way {
				Way::Proxy => &[ProxyType::Any],
				Way::TypedProxy => &TYPES,
				_ => &[],
			};
			for of in types {
				Proxy::add_proxy(signed(who), agent(part, 1).into(), *of, 0).expect("funded");
			}
		}
		Self { way, accounts }
	}

	fn get(&self, part: &str) -> AccountId {
		self.accounts[part].clone()
	}

	/// Sends a call for the account of `part`. Returns the result of this call, and not of a call that contains it.
	fn send(&self, part: &str, call: RuntimeCall) -> DispatchResult {
		let who = self.get(part);
		let sent = |sender: &AccountId, call: RuntimeCall| {
			with_storage_layer(|| call.dispatch(signed(sender)).map(|_| ()).map_err(|e| e.error))
		};
		System::reset_events();
		match self.way {
			Way::Key => sent(&who, call)?,
			Way::Batch => sent(&who, pallet_utility::Call::batch_all { calls: vec![call] }.into())?,
			Way::Proxy | Way::TypedProxy | Way::Pure => {
				let narrowest = TYPES.into_iter().find(|of| of.filter(&call));
				let force_proxy_type = narrowest.filter(|_| self.way == Way::TypedProxy);
				if self.way == Way::TypedProxy && force_proxy_type.is_none() {
					// No typed proxy may send this call, so the account sends it itself.
					return sent(&who, call);
				}
				let call =
					pallet_proxy::Call::proxy { real: who.into(), force_proxy_type, call: Box::new(call) };
				sent(&agent(part, 1), call.into())?
			},
			Way::Multisig => {
				let (all, mut timepoint) = (signatories(part), None);
				for signatory in &all[..2] {
					let call = pallet_multisig::Call::as_multi {
						threshold: 2,
						other_signatories: all.iter().filter(|other| *other != signatory).cloned().collect(),
						maybe_timepoint: timepoint,
						call: Box::new(call.clone()),
						max_weight: Weight::MAX,
					};
					sent(signatory, call.into())?;
					timepoint = Some(Multisig::timepoint());
				}
			},
		}
		// A call to a proxy or a multisig succeeds even if the call inside it is refused.
		let carried = System::events().into_iter().find_map(|record| match record.event {
			RuntimeEvent::Proxy(pallet_proxy::Event::ProxyExecuted { result }) => Some(result),
			RuntimeEvent::Multisig(pallet_multisig::Event::MultisigExecuted { result, .. }) => Some(result),
			_ => None,
		});
		carried.unwrap_or(Ok(()))
	}
}

fn fund(who: &AccountId, amount: Balance) {
	<NativeAndAssets as Mutate<_>>::mint_into(Currency::Native, who, amount).expect("it is minted");
}

/// A step of the script.
enum Step {
	/// The account of a part sends a call, which succeeds or is refused with an error of this name.
	Call(&'static str, fn(&Cast) -> RuntimeCall, Option<&'static str>),
	/// Eras pass, and the hooks of a block run in each.
	Eras(u32),
	/// An era begins, and no hook has run yet.
	Turn,
	/// The hooks of a block run.
	Hooks,
	/// Root or an issuer, who are not in the cast, act.
	Other(fn(&Cast)),
}

fn ok(part: &'static str, call: fn(&Cast) -> RuntimeCall) -> Step {
	Step::Call(part, call, None)
}

fn no(part: &'static str, call: fn(&Cast) -> RuntimeCall, error: &'static str) -> Step {
	Step::Call(part, call, Some(error))
}

fn set_kinds(kinds: &[(PoolKind, u32)]) -> mainstay_avs_registry::Kinds<Runtime> {
	kinds.to_vec().try_into().expect("few kinds")
}

fn create_set(c: &Cast) -> RuntimeCall {
	Registry::create_set {
		avs: 0,
		kinds: set_kinds(&[(NATIVE, 1), (GOLD, 2)]),
		admission: Admission::Open,
		min_stake: 0,
		slasher: c.get("owner"),
		destination: Destination::Burn,
	}
	.into()
}

fn condition(c: &Cast) -> RuntimeCall {
	Registry::add_condition {
		set: SET,
		text: Default::default(),
		max_fraction: WAD / 2,
		veto_window: 2,
		resolver: Some(c.get("resolver").into()),
	}
	.into()
}

fn report(c: &Cast) -> RuntimeCall {
	Slash::report {
		set: SET,
		operator: c.get("op"),
		condition: 0,
		fractions: vec![(NATIVE, WAD / 10), (GOLD, WAD / 10)].try_into().expect("two"),
		capture: Staking::active(),
	}
	.into()
}

fn keys(c: &Cast) -> RuntimeCall {
	let keys = SessionKeys::generate(&c.get("op").encode(), None);
	pallet_session::Call::set_keys { keys: keys.keys, proof: keys.proof.encode() }.into()
}

fn restake(operator: AccountId, kind: PoolKind, amount: Balance) -> RuntimeCall {
	Restake::restake { operator, kind, amount, least_shares: 0 }.into()
}

fn exit(operator: AccountId, kind: PoolKind, amount: ExitAmount) -> RuntimeCall {
	Delegation::exit { operator, kind, amount }.into()
}

fn collect(c: &Cast) -> RuntimeCall {
	Reward::collect { owner: c.get("ann"), operator: c.get("op"), kind: NATIVE, currencies: 33 }.into()
}

/// Freezes or thaws custody's account of the asset. While it is frozen, none of the asset can be paid out.
fn frozen(freeze: bool) {
	let (issuer, custody) = (account(ISSUER), OperatorDelegation::custody());
	let result = match freeze {
		true => Assets::freeze(signed(&issuer), 1.into(), custody.into()),
		false => Assets::thaw(signed(&issuer), 1.into(), custody.into()),
	};
	result.expect("the issuer can");
}

/// The script for an operator and its delegators.
fn of_operators() -> Vec<Step> {
	vec![
		ok("op", |_| Delegation::register { commission: 500 }.into()),
		no("op", |_| Delegation::register { commission: 500 }.into(), "AlreadyOperator"),
		ok("op", |_| {
			let name = b"North".to_vec().try_into().expect("short");
			Delegation::set_metadata { name, link: Default::default() }.into()
		}),
		ok("op", |_| Delegation::set_promise { max_commission: 2_000, notice: 2 }.into()),
		ok("op", |_| Delegation::set_commission { commission: 600 }.into()),
		no("op", |_| Delegation::set_commission { commission: 2_001 }.into(), "PromiseBroken"),
		ok("op", |_| {
			Delegation::set_policy { policy: mainstay_operator_delegation::Policy::AllowList }.into()
		}),
		ok("op", |c| Delegation::allow { delegator: c.get("ann") }.into()),
		ok("op", |c| Delegation::allow { delegator: c.get("bea") }.into()),
		ok("op", |c| Delegation::disallow { delegator: c.get("bea") }.into()),
		no("stranger", |c| Delegation::disallow { delegator: c.get("ann") }.into(), "NotListed"),
		ok("ann", |c| {
			Delegation::stake { operator: c.get("op"), amount: 1_000 * STAY, least_shares: 0 }.into()
		}),
		no(
			"bea",
			|c| Delegation::stake { operator: c.get("op"), amount: STAY, least_shares: 0 }.into(),
			"NotAllowed",
		),
		no("bea", |c| restake(c.get("op"), NATIVE, STAY), "NotAllowed"),
		ok("ann", |c| restake(c.get("op"), NATIVE, 3_000 * STAY)),
		ok("ann", |c| restake(c.get("op"), GOLD, 700 * STAY)),
		no("ann", |c| restake(c.get("op"), STAKE, STAY), "NotRestakeable"),
		ok("ann", |c| {
			let amount = ExitAmount::Value(400 * STAY);
			Restake::opt_in { operator: c.get("op"), amount, least_shares: 0 }.into()
		}),
		ok("op", |c| {
			Delegation::stake { operator: c.get("op"), amount: 2_000 * STAY, least_shares: 0 }.into()
		}),
		no("op", |_| Stake::validate {}.into(), "NoSessionKeys"),
		ok("op", keys),
		no("bea", keys, "InvalidProof"),
		ok("op", |_| Stake::validate {}.into()),
		no("stranger", |_| Stake::validate {}.into(), "NotOperator"),
		ok("op", |_| Stake::chill {}.into()),
		ok("op", |_| pallet_session::Call::purge_keys {}.into()),
		no("stranger", |_| Stake::set_validator_count { count: 1 }.into(), BAD_ORIGIN),
		no("stranger", |_| Stake::set_min_self_stake { amount: 1 }.into(), BAD_ORIGIN),
		no(
			"stranger",
			|c| {
				let (funder, min_deposit) = (c.get("ann"), STAY);
				Restake::add_asset { id: 2, cap: 1, funder, trusted: true, min_deposit }.into()
			},
			BAD_ORIGIN,
		),
		no("stranger", |_| Restake::set_asset { id: 1, cap: 0, deposits: false }.into(), BAD_ORIGIN),
		no(
			"stranger",
			|c| {
				let to = c.get("stranger");
				mainstay_treasury::Call::spend { currency: Currency::Native, amount: 1, to }.into()
			},
			BAD_ORIGIN,
		),
	]
}

/// The script for a service and its sets.
fn of_services() -> Vec<Step> {
	vec![
		ok("owner", |_| Registry::register { name: Default::default(), link: Default::default() }.into()),
		ok("owner", |_| {
			Registry::set_metadata { avs: 0, name: Default::default(), link: Default::default() }.into()
		}),
		ok("owner", create_set),
		no("stranger", create_set, "NotOwner"),
		ok("owner", condition),
		no("stranger", condition, "NotOwner"),
		ok("owner", condition),
		ok("owner", |c| {
			Registry::change_condition {
				set: SET,
				id: 1,
				max_fraction: WAD / 4,
				veto_window: 3,
				resolver: Some(c.get("resolver").into()),
			}
			.into()
		}),
		ok("owner", |_| Registry::remove_condition { set: SET, id: 1 }.into()),
		ok("owner", |_| Registry::set_admission { set: SET, admission: Admission::Approved }.into()),
		ok("owner", |_| Registry::set_min_stake { set: SET, min_stake: STAY }.into()),
		no("op", |_| Registry::join { set: SET }.into(), "NotApproved"),
		ok("owner", |c| Registry::approve { set: SET, operator: c.get("op") }.into()),
		ok("owner", |c| Registry::revoke { set: SET, operator: c.get("op") }.into()),
		ok("owner", |c| Registry::approve { set: SET, operator: c.get("op") }.into()),
		no("stranger", |_| Registry::join { set: SET }.into(), "NotOperator"),
		no("op", |_| Registry::join { set: SET }.into(), "StakeTooLow"),
		ok("op", |_| Restake::allocate { kind: NATIVE, set: SET, magnitude: WAD / 2 }.into()),
		ok("op", |_| Restake::allocate { kind: GOLD, set: SET, magnitude: WAD }.into()),
		ok("op", |_| Registry::join { set: SET }.into()),
		no("ann", |_| Restake::allocate { kind: GOLD, set: SET, magnitude: WAD }.into(), "NotOperator"),
		ok("op", |_| Restake::set_leverage { percent: 200 }.into()),
		ok("owner", |_| Registry::set_kinds { set: SET, kinds: set_kinds(&[(NATIVE, 2), (GOLD, 2)]) }.into()),
		ok("owner", |c| Registry::set_slasher { set: SET, slasher: c.get("heir") }.into()),
		ok("owner", |c| Registry::transfer_ownership { avs: 0, next_owner: Some(c.get("heir")) }.into()),
		no("stranger", |_| Registry::accept_ownership { avs: 0 }.into(), "NotNextOwner"),
		ok("heir", |_| Registry::accept_ownership { avs: 0 }.into()),
		no(
			"owner",
			|_| Registry::set_admission { set: SET, admission: Admission::Paused }.into(),
			"NotOwner",
		),
		Step::Eras(2),
	]
}

/// The script for a service's payments.
fn of_payments() -> Vec<Step> {
	vec![
		ok("bea", |_| Reward::pay_set { set: SET, currency: Currency::Native, amount: 100 * STAY }.into()),
		no("bea", |_| Reward::pay_set { set: SET, currency: GOLD.currency(), amount: 1 }.into(), "NotOwner"),
		ok("heir", |_| Reward::pay_set { set: SET, currency: GOLD.currency(), amount: 10 * STAY }.into()),
		ok("heir", |c| {
			let payments = vec![(c.get("op"), 5 * STAY)].try_into().expect("one");
			Reward::pay_operators { set: SET, currency: Currency::Native, payments }.into()
		}),
		ok("heir", |_| {
			let (currency, rate, funds) = (Currency::Native, STAY, 10 * STAY);
			Reward::open_stream { set: SET, currency, rate, funds, notice: 0 }.into()
		}),
		no(
			"stranger",
			|_| {
				let (currency, rate, funds) = (Currency::Native, STAY, 10 * STAY);
				Reward::open_stream { set: SET, currency, rate, funds, notice: 0 }.into()
			},
			"NotOwner",
		),
		ok("bea", |_| Reward::top_up { id: 0, amount: STAY }.into()),
		ok("stranger", |_| Reward::distribute { id: 0 }.into()),
		no("stranger", |_| Reward::distribute { id: 0 }.into(), "NothingDue"),
		Step::Eras(1),
		ok("stranger", |_| Reward::distribute { id: 0 }.into()),
		no("stranger", |_| Reward::stop_stream { id: 0 }.into(), "NotOwner"),
		ok("heir", |_| Reward::stop_stream { id: 0 }.into()),
		ok("ann", |c| Reward::set_payout_account { to: Some(c.get("bea")) }.into()),
		ok("stranger", collect),
		ok("stranger", |c| {
			Reward::collect_all { owner: c.get("op"), after: None, positions: 64, currencies: 33 }.into()
		}),
	]
}

/// The script for slashes, vetoes and appeals.
fn of_slashes() -> Vec<Step> {
	vec![
		ok("owner", report),
		ok("owner", report),
		ok("owner", report),
		no("stranger", report, "NotSlasher"),
		no("stranger", |_| Slash::veto { id: 0, reason: Default::default() }.into(), "NotResolver"),
		ok("resolver", |_| Slash::veto { id: 0, reason: Default::default() }.into()),
		no("stranger", |_| Slash::cancel { id: 1 }.into(), BAD_ORIGIN),
		no("stranger", |_| Slash::reinstate { id: 0, vetoed: Staking::active() }.into(), BAD_ORIGIN),
		ok("ann", |_| Slash::appeal { id: 1, reason: Default::default() }.into()),
		no("bea", |_| Slash::appeal { id: 1, reason: Default::default() }.into(), "AlreadyAppealed"),
		ok("ann", |c| exit(c.get("op"), NATIVE, ExitAmount::Value(1_000 * STAY))),
		no("bea", |c| exit(c.get("op"), NATIVE, ExitAmount::All), "InsufficientShares"),
		no("stranger", |_| Slash::execute { id: 2 }.into(), "NotDue"),
		Step::Eras(1),
		Step::Other(|_| frozen(true)),
		Step::Turn,
		ok("stranger", |_| Slash::execute { id: 2 }.into()),
		Step::Hooks,
		no("stranger", |_| Slash::payout { id: 2, currency: Currency::Native }.into(), "NothingToPay"),
		Step::Other(|_| frozen(false)),
		ok("stranger", |_| Slash::payout { id: 2, currency: GOLD.currency() }.into()),
		no(
			"stranger",
			|c| {
				let queued = Staking::active() - 2;
				Delegation::claim { owner: c.get("ann"), operator: c.get("op"), kind: NATIVE, queued }.into()
			},
			"NotMatured",
		),
		Step::Other(|_| {
			Slashing::cancel(RuntimeOrigin::root(), 1).expect("pending");
		}),
		Step::Eras(2),
		ok("stranger", |c| {
			let queued = Staking::active() - 4;
			Delegation::claim { owner: c.get("ann"), operator: c.get("op"), kind: NATIVE, queued }.into()
		}),
	]
}

/// The script for leaving and closing.
fn of_ends() -> Vec<Step> {
	vec![
		ok("op", |_| Registry::leave { set: SET }.into()),
		no("op", |_| Registry::leave { set: SET }.into(), "NotMember"),
		ok("op", |_| Registry::join { set: SET }.into()),
		ok("heir", |c| Registry::eject { set: SET, operator: c.get("op") }.into()),
		ok("op", |_| Restake::stop {}.into()),
		no("ann", |_| Restake::stop {}.into(), "NotOperator"),
		ok("heir", |_| Registry::wind_down { set: SET }.into()),
		no("heir", |_| Registry::wind_down { set: SET }.into(), "WindingDown"),
		no("stranger", |_| Registry::close_set { set: SET, most: 10 }.into(), "StillAnswering"),
		no("heir", |_| Registry::deregister { avs: 0 }.into(), "HasSets"),
		Step::Eras(4),
		ok("stranger", |_| Registry::close_set { set: SET, most: 10 }.into()),
		ok("heir", |_| Registry::deregister { avs: 0 }.into()),
		ok("op", |_| Delegation::retire {}.into()),
		no("ann", |c| restake(c.get("op"), NATIVE, STAY), "OperatorRetired"),
		ok("ann", |c| exit(c.get("op"), GOLD, ExitAmount::All)),
	]
}

fn vote(balance: Balance) -> RuntimeCall {
	let vote = ConvictionVote { aye: true, conviction: Conviction::Locked1x };
	Voting::vote { poll_index: 0, vote: AccountVote::Standard { vote, balance } }.into()
}

/// The script for those who propose and vote.
fn of_votes() -> Vec<Step> {
	let all = |c: &Cast| vote(StakeVoting::votes_of(c.get("ann")));
	vec![
		ok("bea", |_| {
			let call = frame_system::Call::<Runtime>::remark { remark: vec![] };
			Poll::submit {
				proposal_origin: Box::new(OriginCaller::Origins(Origin::Parameters)),
				proposal: Preimage::bound(call.into()).expect("it is short"),
				enactment_moment: DispatchTime::After(0),
			}
			.into()
		}),
		ok("bea", |_| Poll::place_decision_deposit { index: 0 }.into()),
		no("bea", |_| Poll::place_decision_deposit { index: 0 }.into(), "HasDeposit"),
		no("stranger", |_| Poll::cancel { index: 0 }.into(), BAD_ORIGIN),
		no("stranger", |_| Poll::kill { index: 0 }.into(), BAD_ORIGIN),
		ok("ann", all),
		ok("ann", |_| Voting::remove_vote { class: None, index: 0 }.into()),
		ok("ann", all),
		no("stranger", |_| vote(2 * PURSE), "InsufficientFunds"),
		ok("owner", |c| {
			let (to, conviction) = (c.get("ann").into(), Conviction::None);
			Voting::delegate { class: PARAMETERS, to, conviction, balance: STAY }.into()
		}),
		no("owner", |_| vote(STAY), "AlreadyDelegating"),
		ok("owner", |_| Voting::undelegate { class: PARAMETERS }.into()),
		no("owner", |_| Voting::undelegate { class: PARAMETERS }.into(), "NotDelegating"),
		no("stranger", |c| Renewal::renew { who: c.get("ann") }.into(), "NoChange"),
		Step::Other(|c| Rewards::reward_base(&c.get("op"), 100 * STAY).expect("it has a pool")),
		ok("stranger", |c| Renewal::renew { who: c.get("ann") }.into()),
		no("stranger", |c| Renewal::renew { who: c.get("bea") }.into(), "NotLocked"),
		ok("ann", |c| {
			let target = c.get("ann").into();
			Voting::remove_other_vote { target, class: PARAMETERS, index: 0 }.into()
		}),
		ok("stranger", |c| Voting::unlock { class: PARAMETERS, target: c.get("ann").into() }.into()),
	]
}

/// The outcome of a script: each call's name with its success or error, and the funds of all accounts at the end.
#[derive(Debug, PartialEq)]
struct Outcome {
	calls: Vec<(&'static str, &'static str, Result<(), DispatchError>)>,
	funds: BTreeMap<(&'static str, &'static str), Balance>,
}

fn play(way: Way) -> Outcome {
	let mut ext = genesis(NetworkParameters::LOCAL, &[]);
	ext.register_extension(KeystoreExt::new(MemoryKeystore::new()));
	ext.execute_with(|| {
		System::set_block_number(1);
		let cast = Cast::new(way);
		admit(1, 1, &cast.accounts.values().cloned().collect::<Vec<_>>());
		let mut calls = vec![];
		let script = [of_operators(), of_services(), of_payments(), of_slashes(), of_ends(), of_votes()];
		for step in script.into_iter().flatten() {
			match step {
				Step::Call(part, call, expected) => {
					let call = call(&cast);
					let name = call.get_call_metadata();
					let result = cast.send(part, call);
					// An error that is decoded from an event has no name any more. Such errors are compared by number
					// at the end.
					if way == Way::Key {
						let error = result.err().map(<&str>::from);
						assert_eq!(error, expected, "{part}: {}.{}", name.pallet_name, name.function_name);
					}
					calls.push((name.pallet_name, name.function_name, result));
				},
				Step::Eras(eras) => (0..eras).for_each(|_| next_era()),
				Step::Turn => Staking::begin_era(Staking::active() + 1),
				Step::Hooks => run_hooks(),
				Step::Other(act) => act(&cast),
			}
			chain::try_state();
		}
		Rewards::on_idle(System::block_number(), Weight::MAX);
		let mut funds = BTreeMap::new();
		for (part, who) in &cast.accounts {
			funds.insert((*part, "STAY"), owned(who, Currency::Native));
			funds.insert((*part, "gold"), owned(who, GOLD.currency()));
			// Deposits for stored items, for instance an operator's own, its name and its allow list.
			let held: Balance =
				pallet_balances::Holds::<Runtime>::get(who).iter().map(|hold| hold.amount).sum();
			funds.insert((*part, "held"), held);
			for (name, kind) in [("stake", STAKE), ("native", NATIVE), ("asset", GOLD)] {
				funds.insert((*part, name), value(who, &cast.get("op"), kind));
			}
		}
		for (name, kind) in [("stake", STAKE), ("native", NATIVE), ("asset", GOLD)] {
			let pool = Pools::<Runtime>::get(cast.get("op"), kind).map_or(0, |pool| pool.funds.amount);
			funds.insert(("pool", name), pool);
		}
		Outcome { calls, funds }
	})
}

#[test]
fn every_call_comes_to_the_same_whoever_sends_it_for_an_account() {
	let plain = play(Way::Key);
	// The operator has a name, and an account on its allow list.
	assert_eq!(plain.funds[&("op", "held")], 3 * ItemDeposit::get() + 5 * ByteDeposit::get());
	for way in [Way::Batch, Way::Proxy, Way::TypedProxy, Way::Multisig, Way::Pure] {
		assert_eq!(play(way), plain, "{way:?}");
	}

	// The script has every call: calls of accounts succeed at least once, and calls of governance are refused.
	let succeeded: BTreeSet<_> =
		plain.calls.iter().filter(|(_, _, result)| result.is_ok()).map(|(p, c, _)| (*p, *c)).collect();
	let refused: BTreeSet<_> = plain
		.calls
		.iter()
		.filter(|(_, _, result)| *result == Err(DispatchError::BadOrigin))
		.map(|(p, c, _)| (*p, *c))
		.collect();
	for pallet in [
		"OperatorDelegation",
		"Staking",
		"Slashing",
		"Rewards",
		"AvsRegistry",
		"Restaking",
		"ChainTreasury",
		"ConvictionVoting",
		"StakeVoting",
	] {
		for call in <RuntimeCall as GetCallMetadata>::get_call_names(pallet) {
			let one = succeeded.contains(&(pallet, *call)) || refused.contains(&(pallet, *call));
			assert!(one, "{pallet}.{call} is not in the script");
		}
	}
}
