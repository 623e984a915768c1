//! The presets, and properties of the composed runtime.

use crate::{
	configs::{accounts::ProxyType, clock},
	genesis_config_presets::{get_preset, preset_names, GENESIS_SUPPLY},
	*,
};
use codec::{Decode, Encode};
use frame_support::{
	assert_ok,
	dispatch::{DispatchInfo, GetDispatchInfo},
	traits::{
		fungible::{Balanced, Inspect},
		Get, Hooks, InstanceFilter, IntegrityTest, OnUnbalanced,
	},
};
use mainstay_primitives::{
	traits::EraClock, Currency, Income, NetworkParameters, OperatorSetId, PoolKind, MILLI, STAY,
};
use mainstay_treasury::WeightInfo as _;
use serde_json::{json, Value};
use sp_keyring::Sr25519Keyring::{Alice, Bob, Charlie};
use sp_runtime::traits::{OpaqueKeys, TransactionExtension};

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

/// The whole genesis of a preset, with `patch` on top of it.
fn genesis(preset: &str, patch: Value) -> Vec<u8> {
	let mut genesis = serde_json::to_value(RuntimeGenesisConfig::default()).unwrap();
	merge(&mut genesis, serde_json::from_slice(&get_preset(&preset.into()).expect("a preset")).unwrap());
	merge(&mut genesis, patch);
	serde_json::to_vec(&genesis).unwrap()
}

fn build(preset: &str, patch: Value) -> sp_genesis_builder::Result {
	genesis_config_presets::build(genesis(preset, patch))
}

fn with_preset(preset: &str, test: impl FnOnce()) {
	sp_io::TestExternalities::default().execute_with(|| {
		assert_ok!(build(preset, json!({})));
		test();
		OperatorDelegation::do_try_state().unwrap();
		Staking::do_try_state().unwrap();
		Slashing::do_try_state().unwrap();
		Rewards::do_try_state().unwrap();
		ChainTreasury::do_try_state().unwrap();
		KeyOwners::do_try_state().unwrap();
		StakeVoting::do_try_state().unwrap();
	});
}

/// The metadata's constants come from the network's parameters, which stay as genesis wrote them.
#[test]
fn metadata_depends_on_no_state_but_the_networks_parameters() {
	use mainstay_staking::Parameters;
	let tell = || metadata::of_code(|| [14, 15, 16].map(Runtime::metadata_at_version));
	for preset in ["development", "local_testnet"] {
		sp_io::TestExternalities::default().execute_with(|| {
			assert_ok!(build(preset, json!({})));
			let (whole, parameters) = (tell(), Parameters::<Runtime>::get());
			let mut key = vec![];
			while let Some(next) = sp_io::storage::next_key(&key) {
				sp_io::storage::clear(&next);
				key = next;
			}
			assert!(tell() != whole, "without them the constants differ");
			Parameters::<Runtime>::put(parameters);
			assert!(tell() == whole);
		});
	}
}

#[test]
fn every_preset_builds_a_state_that_holds_its_rules() {
	for (preset, validators) in [("development", 1), ("local_testnet", 4)] {
		assert!(preset_names().contains(&preset.into()));
		with_preset(preset, || {
			assert_eq!(mainstay_staking::Parameters::<Runtime>::get().check(), Ok(()));
			assert_eq!(Balances::total_issuance(), GENESIS_SUPPLY);
			assert_eq!(Session::validators().len(), validators);
			assert_eq!(Babe::authorities().len(), validators);
			assert_eq!(Grandpa::grandpa_authorities().len(), validators);
			assert_eq!(AuthorityDiscovery::authorities().len(), validators);
			assert!(Session::validators().contains(&Alice.to_account_id()));
			assert_eq!(
				OperatorDelegation::position_value(
					Alice.to_account_id(),
					Alice.to_account_id(),
					PoolKind::Stake
				),
				1_000_000 * STAY
			);
			assert_eq!(pallet_sudo::Key::<Runtime>::get(), Some(Alice.to_account_id()));
			let committee = pallet_collective::Members::<Runtime, pallet_collective::Instance1>::get();
			let expected = if validators == 1 { vec![Alice] } else { vec![Alice, Bob, Charlie] };
			let mut expected: Vec<_> = expected.into_iter().map(|name| name.to_account_id()).collect();
			expected.sort();
			assert_eq!(committee, expected);
		});
	}
	assert_eq!(preset_names().len(), 2);
	assert_eq!(get_preset(&"production".into()), None);
}

#[test]
fn presets_survive_serialisation() {
	for preset in preset_names() {
		let json = genesis(preset.as_ref(), json!({}));
		let config: RuntimeGenesisConfig = serde_json::from_slice(&json).unwrap();
		let again = serde_json::to_value(&config).unwrap();
		assert_eq!(again, serde_json::from_slice::<Value>(&json).unwrap());
		assert_eq!(again["staking"]["parameters"]["slotMillis"], json!(1_000));
	}
}

#[test]
fn genesis_without_a_preset_has_no_root() {
	let config = serde_json::to_value(RuntimeGenesisConfig::default()).unwrap();
	assert_eq!(config["sudo"]["key"], Value::Null);
	assert_eq!(config["staking"]["parameters"]["slotMillis"], json!(6_000));
}

#[test]
fn a_genesis_with_an_unknown_field_is_refused() {
	sp_io::TestExternalities::default().execute_with(|| {
		let text = build("development", json!({ "staking": { "parameters": { "slots": 1 } } })).unwrap_err();
		assert!(text.contains("unknown field `slots`"), "{text}");
		let text = build("development", json!({ "stakng": {} })).unwrap_err();
		assert!(text.contains("unknown field `stakng`"), "{text}");
	});
}

#[test]
#[should_panic(expected = "network parameters: max_veto_window must be less than exit_delay")]
fn a_genesis_whose_parameters_contradict_each_other_is_refused_with_the_reason() {
	sp_io::TestExternalities::default().execute_with(|| {
		let _ = build("local_testnet", json!({ "staking": { "parameters": { "maxVetoWindow": 4 } } }));
	});
}

#[test]
fn a_genesis_that_leaves_no_time_for_votes_is_refused_with_the_reason() {
	sp_io::TestExternalities::default().execute_with(|| {
		let refused = build("local_testnet", json!({ "staking": { "parameters": { "maxVetoWindow": 0 } } }));
		let reason = "max_veto_window is too short for a vote about a slash that was appealed";
		assert_eq!(refused, Err(format!("network parameters: {reason}")));
	});
}

#[test]
#[should_panic(expected = "is no operator")]
fn a_genesis_candidate_that_is_no_operator_is_refused() {
	sp_io::TestExternalities::default().execute_with(|| {
		let _ = build("development", json!({ "staking": { "candidates": [Bob.to_account_id()] } }));
	});
}

#[test]
fn parameters_come_from_storage_and_are_productions_on_empty_state() {
	sp_io::TestExternalities::default().execute_with(|| {
		assert_eq!(clock::SlotMillis::get(), 6_000);
		assert_eq!(clock::SessionSlots::get(), 600);
		assert_eq!(clock::EraMillis::get(), 6 * 60 * 60 * 1_000);
		assert_eq!(Staking::exit_delay(), NetworkParameters::PRODUCTION.exit_delay);
		assert_eq!(clock::ReportLongevity::get(), 28 * 6 * 600);
		// The constants of all pallets agree with each other on empty state.
		<AllPalletsWithSystem as IntegrityTest>::integrity_test();
	});
	with_preset("local_testnet", || {
		assert_eq!(Babe::slot_duration(), 1_000);
		assert_eq!(clock::MinimumPeriod::get(), 500);
		assert_eq!(clock::SessionSlots::get(), 10);
		assert_eq!(Staking::exit_delay(), 4);
		// They agree on a network with its own parameters as well.
		<AllPalletsWithSystem as IntegrityTest>::integrity_test();
	});
}

#[test]
fn session_keys_are_in_the_order_of_their_pallets() {
	assert_eq!(
		SessionKeys::key_ids(),
		&[
			sp_core::crypto::key_types::BABE,
			sp_core::crypto::key_types::GRANDPA,
			sp_core::crypto::key_types::AUTHORITY_DISCOVERY
		]
	);
	type Handler = <Runtime as pallet_session::Config>::SessionHandler;
	assert_eq!(<Handler as pallet_session::SessionHandler<AccountId>>::KEY_TYPE_IDS, SessionKeys::key_ids());
}

/// Lets `who` be the author of the block.
fn author(who: &AccountId) {
	let key = frame_support::storage::storage_prefix(b"Authorship", b"Author");
	frame_support::storage::unhashed::put(&key, who);
}

/// What the treasury received from `source`.
fn received(source: Income) -> Balance {
	mainstay_treasury::Received::<Runtime>::get(source, Currency::Native)
}

/// Charges a fee and a tip.
fn charge(fee: Balance, tip: Balance) {
	let (fee, tip) = (Balances::issue(fee), Balances::issue(tip));
	configs::fees::SharedFees::on_unbalanceds([fee, tip].into_iter());
}

#[test]
fn a_fifth_of_a_fee_is_the_treasurys_a_fifth_and_the_tip_the_authors_and_the_rest_burnt() {
	with_preset("development", || {
		author(&Bob.to_account_id());
		let balance = |who: &AccountId| Balances::balance(who);
		let (treasury, bob) = (ChainTreasury::account(), Bob.to_account_id());
		let before = (Balances::total_issuance(), balance(&treasury), balance(&bob));
		let gained = || {
			(Balances::total_issuance() - before.0, balance(&treasury) - before.1, balance(&bob) - before.2)
		};
		charge(1_000, 50);
		assert_eq!(gained(), (450, 200, 250));
		assert_eq!(received(Income::Fee), 200);
		// The remainder of rounding goes to the author.
		charge(3, 0);
		assert_eq!(gained(), (452, 201, 251));
		charge(0, 7);
		assert_eq!(gained(), (459, 201, 258));
		assert_eq!(received(Income::Fee), 201);
	});
}

#[test]
fn what_treasury_and_author_cannot_receive_of_a_fee_is_burnt() {
	sp_io::TestExternalities::default().execute_with(|| {
		assert_ok!(build("development", json!({})));
		let issuance = Balances::total_issuance();
		// The block has no author.
		charge(1_000, 50);
		assert_eq!(Balances::total_issuance(), issuance + 200);
		// The author is an account that does not exist, which the share is too small to create.
		let pauper = AccountId::from([50; 32]);
		author(&pauper);
		charge(1_000, 50);
		assert_eq!(Balances::total_issuance(), issuance + 400);
		assert_eq!(Balances::balance(&pauper), 0);
		// The treasury's account does not exist either.
		let all = Balances::balance(&ChainTreasury::account());
		let (from, to) = (ChainTreasury::account().into(), Bob.to_account_id().into());
		assert_ok!(Balances::force_transfer(RuntimeOrigin::root(), from, to, all));
		charge(1_000, 50);
		assert_eq!(Balances::total_issuance(), issuance + 400);
		assert_eq!(received(Income::Fee), 400);
	});
}

#[test]
fn dust_goes_to_the_treasury() {
	with_preset("development", || {
		let least = configs::accounts::ExistentialDeposit::get();
		let poor = AccountId::from([50; 32]);
		let issuance = Balances::total_issuance();
		let signed = |who: &AccountId| RuntimeOrigin::signed(who.clone());
		for (n, to) in (1..).zip([Bob.to_account_id(), ChainTreasury::account()]) {
			let send = |from: &AccountId, to: &AccountId, amount| {
				assert_ok!(Balances::transfer_allow_death(signed(from), to.clone().into(), amount));
			};
			let before = Balances::balance(&to);
			send(&Charlie.to_account_id(), &poor, 2 * least);
			send(&poor, &to, least + 1);
			assert!(!System::account_exists(&poor));
			assert_eq!(received(Income::Dust), n * (least - 1));
			// The treasury keeps the dust of the sender in addition to what it is sent.
			let dust = if to == ChainTreasury::account() { least - 1 } else { 0 };
			assert_eq!(Balances::balance(&to), before + least + 1 + dust);
		}
		assert_eq!(Balances::total_issuance(), issuance);
		// The treasury can also spend what it was sent.
		assert_eq!(ChainTreasury::balance_of(Currency::Native), 2 * (least - 1) + least + 1);
	});
}

#[test]
fn the_dust_of_a_dead_treasury_is_burnt() {
	sp_io::TestExternalities::default().execute_with(|| {
		assert_ok!(build("development", json!({})));
		let (issuance, all) = (Balances::total_issuance(), Balances::balance(&ChainTreasury::account()));
		let (from, to) = (ChainTreasury::account().into(), Bob.to_account_id().into());
		assert_ok!(Balances::force_transfer(RuntimeOrigin::root(), from, to, all - 1));
		assert_eq!(Balances::balance(&ChainTreasury::account()), 0);
		assert_eq!(Balances::total_issuance(), issuance - 1);
		assert_eq!(received(Income::Dust), 0);
	});
}

#[test]
fn the_treasurys_account_is_one_of_the_chains() {
	use frame_support::{traits::Contains, PalletId};
	use sp_runtime::traits::AccountIdConversion;
	let account: AccountId = PalletId(*b"may/trsy").into_account_truncating();
	assert_eq!(ChainTreasury::account(), account);
	for account in [account, OperatorDelegation::custody(), Rewards::account()] {
		assert!(configs::economy::ChainAccounts::contains(&account));
	}
	assert!(!configs::economy::ChainAccounts::contains(&Alice.to_account_id()));
}

#[test]
fn a_transfer_costs_some_thousandths_of_a_stay() {
	with_preset("development", || {
		let call = RuntimeCall::Balances(pallet_balances::Call::transfer_keep_alive {
			dest: Bob.to_account_id().into(),
			value: STAY,
		});
		let extension_weight = extension().weight(&call);
		let info = DispatchInfo { extension_weight, ..call.get_dispatch_info() };
		let fee = TransactionPayment::compute_fee(150, &info, 0);
		assert!((8 * MILLI..9 * MILLI).contains(&fee), "{fee}");
		// The extension's weight covers the record of the treasury's part.
		assert!(mainstay_treasury::weights::Measured::<Runtime>::note().all_lt(extension_weight));
	});
}

/// What a transaction carries besides its call.
fn extension() -> TxExtension {
	(
		frame_system::AuthorizeCall::new(),
		frame_system::CheckNonZeroSender::new(),
		frame_system::CheckSpecVersion::new(),
		frame_system::CheckTxVersion::new(),
		frame_system::CheckGenesis::new(),
		frame_system::CheckEra::from(sp_runtime::generic::Era::mortal(64, 7)),
		frame_system::CheckNonce::from(3u32.into()),
		frame_system::CheckWeight::new(),
		ChargeTransactionPayment::from(5),
		CheckMetadataHash::new(false),
		frame_system::WeightReclaim::new(),
	)
}

#[test]
fn a_proxy_does_what_its_type_says_and_no_more() {
	use mainstay_operator_delegation::Call as Delegation;
	let who = || Charlie.to_account_id();
	let transfer =
		RuntimeCall::Balances(pallet_balances::Call::transfer_all { dest: who().into(), keep_alive: false });
	let stake =
		RuntimeCall::OperatorDelegation(Delegation::stake { operator: who(), amount: 1, least_shares: 0 });
	let exit = RuntimeCall::OperatorDelegation(Delegation::exit {
		operator: who(),
		kind: PoolKind::Stake,
		amount: mainstay_primitives::ExitAmount::All,
	});
	let terms = RuntimeCall::OperatorDelegation(Delegation::set_commission { commission: 1 });
	let validate = RuntimeCall::Staking(mainstay_staking::Call::validate {});
	let count = RuntimeCall::Staking(mainstay_staking::Call::set_validator_count { count: 1 });
	let collect = RuntimeCall::Rewards(mainstay_rewards::Call::collect {
		owner: who(),
		operator: who(),
		kind: PoolKind::Native,
		currencies: 1,
	});
	let payout = RuntimeCall::Rewards(mainstay_rewards::Call::set_payout_account { to: Some(who()) });
	let set = OperatorSetId { avs: 0, index: 0 };
	let allocate = RuntimeCall::Restaking(mainstay_restaking::Call::allocate {
		kind: PoolKind::Native,
		set,
		magnitude: 1,
	});
	let restake = RuntimeCall::Restaking(mainstay_restaking::Call::restake {
		operator: who(),
		kind: PoolKind::Native,
		amount: 1,
		least_shares: 0,
	});
	let join = RuntimeCall::AvsRegistry(mainstay_avs_registry::Call::join { set });
	let eject = RuntimeCall::AvsRegistry(mainstay_avs_registry::Call::eject { set, operator: who() });
	let give = RuntimeCall::AvsRegistry(mainstay_avs_registry::Call::transfer_ownership {
		avs: 0,
		next_owner: None,
	});
	let veto = RuntimeCall::Slashing(mainstay_slashing::Call::veto { id: 0, reason: Default::default() });
	let pay =
		RuntimeCall::Rewards(mainstay_rewards::Call::pay_set { set, currency: Currency::Native, amount: 1 });
	let promise = RuntimeCall::OperatorDelegation(Delegation::set_promise { max_commission: 1, notice: 1 });
	let allow = RuntimeCall::OperatorDelegation(Delegation::allow { delegator: who() });
	let stop = RuntimeCall::Restaking(mainstay_restaking::Call::stop {});
	let appeal = RuntimeCall::Slashing(mainstay_slashing::Call::appeal { id: 0, reason: Default::default() });
	let wind_down = RuntimeCall::AvsRegistry(mainstay_avs_registry::Call::wind_down { set });
	let stream = RuntimeCall::Rewards(mainstay_rewards::Call::open_stream {
		set,
		currency: mainstay_primitives::Currency::Native,
		rate: 1,
		funds: 1,
		notice: 0,
	});
	let named = RuntimeCall::Rewards(mainstay_rewards::Call::pay_operators {
		set,
		currency: mainstay_primitives::Currency::Native,
		payments: Default::default(),
	});
	let ballot = pallet_conviction_voting::AccountVote::Split { aye: 1, nay: 1 };
	let vote =
		RuntimeCall::ConvictionVoting(pallet_conviction_voting::Call::vote { poll_index: 0, vote: ballot });
	let delegate = RuntimeCall::ConvictionVoting(pallet_conviction_voting::Call::delegate {
		class: 0,
		to: who().into(),
		conviction: pallet_conviction_voting::Conviction::Locked1x,
		balance: 1,
	});
	let remove =
		RuntimeCall::ConvictionVoting(pallet_conviction_voting::Call::remove_vote { class: None, index: 0 });
	let renew = RuntimeCall::StakeVoting(mainstay_stake_voting::Call::renew { who: who() });
	let submit = RuntimeCall::Referenda(pallet_referenda::Call::submit {
		proposal_origin: Box::new(OriginCaller::system(frame_system::RawOrigin::Root)),
		proposal: frame_support::traits::Bounded::Inline(Default::default()),
		enactment_moment: frame_support::traits::schedule::DispatchTime::After(0),
	});
	let proxied = RuntimeCall::Proxy(pallet_proxy::Call::proxy {
		real: who().into(),
		force_proxy_type: None,
		call: Box::new(transfer.clone()),
	});
	let shared = RuntimeCall::Multisig(pallet_multisig::Call::as_multi_threshold_1 {
		other_signatories: vec![who()],
		call: Box::new(transfer.clone()),
	});
	let all = [
		ProxyType::Any,
		ProxyType::NonTransfer,
		ProxyType::Staking,
		ProxyType::Operator,
		ProxyType::Avs,
		ProxyType::Collect,
		ProxyType::Restaking,
		ProxyType::Voting,
	];
	let allowed = [
		(&transfer, [true, false, false, false, false, false, false, false]),
		(&stake, [true, true, true, false, false, false, false, false]),
		(&restake, [true, false, false, false, false, false, true, false]),
		(&exit, [true, true, true, false, false, false, false, false]),
		(&terms, [true, true, true, true, false, false, false, false]),
		(&validate, [true, true, true, true, false, false, false, false]),
		(&allocate, [true, false, false, false, false, false, true, false]),
		(&join, [true, false, false, false, false, false, true, false]),
		(&eject, [true, false, false, false, true, false, false, false]),
		(&give, [true, false, false, false, false, false, false, false]),
		(&veto, [true, false, false, false, true, false, false, false]),
		(&pay, [true, false, false, false, true, false, false, false]),
		(&allow, [true, true, true, true, false, false, false, false]),
		(&promise, [true, true, true, true, false, false, false, false]),
		(&stop, [true, true, true, true, false, false, false, false]),
		(&appeal, [true, false, false, false, false, false, false, false]),
		(&wind_down, [true, false, false, false, false, false, false, false]),
		(&stream, [true, false, false, false, true, false, false, false]),
		(&named, [true, false, false, false, true, false, false, false]),
		(&payout, [true, false, false, false, false, false, false, false]),
		(&collect, [true, true, true, true, false, true, false, false]),
		(&count, [true, false, false, false, false, false, false, false]),
		(&vote, [true, false, false, false, false, false, false, true]),
		(&delegate, [true, false, false, false, false, false, false, true]),
		(&remove, [true, false, false, false, false, false, false, true]),
		(&renew, [true, false, false, false, false, false, false, true]),
		(&submit, [true, false, false, false, false, false, false, false]),
		(&proxied, [true, false, false, false, false, false, false, false]),
		(&shared, [true, false, false, false, false, false, false, false]),
	];
	for (call, by_type) in allowed {
		for (proxy, allowed) in all.iter().zip(by_type) {
			assert_eq!(proxy.filter(call), allowed, "{proxy:?} {call:?}");
		}
	}

	// A proxy that can create a proxy of another type can do no more through it.
	for (a, b) in all.iter().flat_map(|a| all.iter().map(move |b| (a, b))) {
		if a.is_superset(b) {
			assert!(allowed.iter().all(|(call, _)| a.filter(call) || !b.filter(call)), "{a:?} covers {b:?}");
		}
	}
}

#[test]
fn a_transaction_extension_decodes_as_it_encodes() {
	let bytes = extension().encode();
	assert_eq!(TxExtension::decode(&mut &bytes[..]).unwrap().encode(), bytes);
}

#[test]
fn the_hooks_of_an_idle_block_leave_room_for_transactions() {
	with_preset("local_testnet", || {
		System::set_block_number(2);
		let used = Slashing::on_initialize(2).saturating_add(Rewards::on_initialize(2));
		let limit = configs::system::RuntimeBlockWeights::get().max_block;
		assert!(used.ref_time() * 100 < limit.ref_time(), "{used:?}");
	});
}

/// Work at the start of a session is not charged in addition to the block that the session pallet claims for it.
#[test]
fn noting_a_whole_new_set_takes_at_most_two_fifths_of_the_block_that_starts_a_session() {
	use mainstay_key_owners::{weights::Measured, WeightInfo as _};
	sp_io::TestExternalities::default().execute_with(|| {
		let note = Measured::<Runtime>::note(configs::economy::MaxValidators::get());
		let limit = configs::system::RuntimeBlockWeights::get().max_block;
		assert!(note.ref_time() * 5 < limit.ref_time() * 2, "{note:?}");
	});
}

#[test]
fn a_report_costs_the_same_however_many_validators_its_reporter_claims() {
	use configs::consensus::{BabeWeight, GrandpaWeight};
	let babe = |count| <BabeWeight as pallet_babe::WeightInfo>::report_equivocation(count, 0);
	let grandpa = |count| <GrandpaWeight as pallet_grandpa::WeightInfo>::report_equivocation(count, 0);
	sp_io::TestExternalities::default().execute_with(|| {
		assert_eq!((babe(0), grandpa(0)), (babe(u32::MAX), grandpa(u32::MAX)));
	});
}

#[cfg(feature = "try-runtime")]
#[test]
fn all_pallets_state_is_sound_at_genesis() {
	use frame_support::traits::{TryState, TryStateSelect};
	with_preset("local_testnet", || {
		assert_ok!(AllPalletsWithSystem::try_state(0, TryStateSelect::All));
	});
}
