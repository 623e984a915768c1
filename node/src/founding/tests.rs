//! Files that are accepted, files that are refused with their reasons, and the committed one.

use super::{file, network, spec};
use crate::chain_spec::{wasm, GenericChainSpec};
use codec::Encode;
use sc_chain_spec::ChainType;
use serde_json::{json, Value};
use sp_core::{
	bytes::to_hex, crypto::Ss58Codec, ed25519, proof_of_possession::statement_of_ownership, sr25519, Pair,
};
use sp_runtime::{AccountId32, BuildStorage};

const NAMES: [&str; 4] = ["Vera", "Walter", "Xenia", "Yuri"];

fn account_of(name: &str) -> AccountId32 {
	sr25519::Pair::from_string(&format!("//{name}"), None).expect("a secret").public().0.into()
}

fn address(name: &str) -> String {
	account_of(name).to_ss58check()
}

/// The entry of a validator, with keys of its name that have signed for `owner`.
fn entry(name: &str, owner: &str) -> String {
	let sr25519 =
		|part: &str| sr25519::Pair::from_string(&format!("//{name}//{part}"), None).expect("a secret");
	let (babe, discovery) = (sr25519("babe"), sr25519("discovery"));
	let grandpa = ed25519::Pair::from_string(&format!("//{name}//grandpa"), None).expect("a secret");
	let statement = statement_of_ownership(&account_of(owner).encode());
	let proof = (babe.sign(&statement), grandpa.sign(&statement), discovery.sign(&statement)).encode();
	let hex = |bytes: &[u8]| to_hex(bytes, false);
	format!(
		r#"
[[validators]]
name = "{name}"
account = "{}"
stake = "10_000 STAY"
commission = "5%"
babe = "{}"
grandpa = "{}"
authority_discovery = "{}"
proof = "{}"
"#,
		address(name),
		hex(&babe.public().0),
		hex(&grandpa.public().0),
		hex(&discovery.public().0),
		hex(&proof)
	)
}

/// The file without the entry of a validator.
fn without(text: &str, name: &str) -> String {
	let from = text.find(&format!("\n[[validators]]\nname = \"{name}\"")).expect("an entry");
	let to = text[from + 1..].find("\n[[validators]]").map_or(text.len(), |to| from + 1 + to);
	format!("{}{}", &text[..from], &text[to..])
}

/// A file of four founders and a treasurer that is accepted.
fn sound() -> String {
	let balances: String =
		NAMES.iter().map(|name| format!("\"{}\" = \"20_000 STAY\"\n", address(name))).collect();
	let validators: String = NAMES.iter().map(|name| entry(name, name)).collect();
	let members: Vec<_> = NAMES.iter().map(|name| format!("\"{}\"", address(name))).collect();
	format!(
		r#"
name = "Test Network"
id = "test_network"
kind = "live"
supply = "1_000_000 STAY"
bootnodes = ["/dns/vera.example/tcp/30333/p2p/12D3KooWEyoppNCUx8Yx66oV9fJnriXwCcXwDDUA2kj6vnc6iDEp"]
telemetry = [["wss://telemetry.example/submit/", 0]]

[staking]
validator_count = 10
min_self_stake = "1_000 STAY"

[parameters]
slot_millis = 2000

[balances]
"{}" = "rest"
{balances}
[committee]
members = [{}]
{validators}"#,
		address("Treasurer"),
		members.join(", ")
	)
}

fn reasons(text: &str) -> Vec<String> {
	match network::read(file::parse(text).expect("TOML of this form")) {
		Ok(_) => vec![],
		Err(reasons) => reasons,
	}
}

/// The reasons against the sound file with `to` in place of `from`.
fn reasons_with(from: &str, to: &str) -> Vec<String> {
	let text = sound();
	assert!(text.contains(from), "{from}");
	reasons(&text.replacen(from, to, 1))
}

#[track_caller]
fn refused(from: &str, to: &str, reason: &str) {
	let reasons = reasons_with(from, to);
	assert!(reasons.len() == 1 && reasons[0].contains(reason), "{reason}\n{reasons:#?}");
}

#[test]
fn a_sound_file_becomes_specs_of_one_genesis() {
	let network = network::read(file::parse(&sound()).expect("TOML")).expect("sound");
	if wasm().is_err() {
		assert!(spec::build(&network).is_err());
		return;
	}
	let specs = spec::build(&network).unwrap_or_else(|reasons| panic!("{reasons:?}"));
	let [plain, raw] = [&specs.plain, &specs.raw]
		.map(|text| GenericChainSpec::from_json_bytes(text.clone().into_bytes()).expect("a chain spec"));
	assert_eq!(plain.build_storage().expect("plain").top, raw.build_storage().expect("raw").top);
	assert_eq!(
		(raw.name(), raw.id(), raw.protocol_id()),
		("Test Network", "test_network", Some("test-network"))
	);
	assert_eq!(raw.boot_nodes().len(), 1);
	assert_eq!(raw.telemetry_endpoints().iter().count(), 1);
	assert_eq!(raw.properties()["tokenSymbol"], "STAY");
	let json: Value = serde_json::from_str(&specs.raw).expect("JSON");
	assert_eq!(json["chainType"], serde_json::to_value(ChainType::Live).expect("JSON"));
	assert_eq!(specs.code.0, sp_io::hashing::blake2_256(wasm().expect("there")));
	// The same file gives the same network.
	let again = spec::build(&network).unwrap_or_else(|reasons| panic!("{reasons:?}"));
	assert_eq!((again.genesis, again.raw), (specs.genesis, specs.raw));
}

#[test]
fn names_are_checked() {
	refused("\"Test Network\"", "\" \"", "name: it is empty");
	for id in ["", "Test", "test-network", "../x", "1st", &"a".repeat(65)] {
		refused("\"test_network\"", &format!("\"{id}\""), "is not 1 to 64 of a-z, 0-9 and _");
	}
	refused("\"test_network\"", "\"mainstay_local\"", "is the chain that is built in");
	refused("/tcp/30333/p2p", "/tcp/30333/peer", "is no address of a node");
	refused("wss://telemetry", "telemetry", "a server is written [\"wss://NAME/submit/\", 0]");
	refused(
		"[balances]",
		"[properties]\ntokenDecimals = 18\n[balances]",
		"properties.tokenDecimals: it is 12 on every",
	);
	assert_eq!(reasons_with("[balances]", "[properties]\nexplorer = \"https://x\"\n[balances]"), [""; 0]);
}

#[test]
fn parameters_have_their_reasons() {
	refused("slot_millis = 2000", "slot_millis = 2001", "parameters: slot_millis must be even and positive");
	refused(
		"slot_millis = 2000",
		"max_veto_window = 28",
		"parameters: max_veto_window must be less than exit_delay",
	);
	refused("slot_millis = 2000", "slot = 2000", "parameters.slot: there is no such parameter");
	refused(
		"slot_millis = 2000",
		"max_veto_window = 0",
		"parameters: max_veto_window is too short for a vote about a slash that was appealed",
	);
}

#[test]
fn a_live_network_has_no_sudo_key() {
	let sudo = |name: &str| format!("sudo = \"{}\"\nbootnodes", address(name));
	refused("bootnodes", &sudo("Vera"), "sudo: a live network has no such key");
	let local = sound().replace("\"live\"", "\"local\"");
	assert_eq!(reasons(&local.replacen("bootnodes", &sudo("Vera"), 1)), [""; 0]);
	let reasons = reasons(&local.replacen("bootnodes", &sudo("Alice"), 1));
	assert_eq!(
		reasons,
		["sudo: everybody has the secret of this key (//Alice); only `kind = \"development\"` takes it"]
	);
}

#[test]
fn well_known_keys_are_for_development() {
	let with_bob = sound().replace(&address("Treasurer"), &address("Bob"));
	let place = format!("balances.{}: everybody has the secret of this key (//Bob)", address("Bob"));
	for kind in ["live", "local"] {
		let reasons = reasons(&with_bob.replace("\"live\"", &format!("\"{kind}\"")));
		assert!(reasons.len() == 1 && reasons[0].starts_with(&place), "{reasons:#?}");
	}
	assert_eq!(reasons(&with_bob.replace("\"live\"", "\"development\"")), [""; 0]);
	// In each of the places, of either scheme.
	let alice = sr25519::Pair::from_string("//Alice", None).expect("a secret").public();
	let grandpa = ed25519::Pair::from_string("//Alice", None).expect("a secret").public();
	let mut text = sound();
	for (field, key) in [("babe", alice.0), ("grandpa", grandpa.0), ("authority_discovery", alice.0)] {
		let at = text.find(&format!("\n{field} = ")).expect("there") + field.len() + 5;
		text.replace_range(at..at + 66, &to_hex(&key, false));
	}
	let text = text.replace(
		&format!("members = [\"{}\"", address("Vera")),
		&format!("members = [\"{}\"", address("Eve")),
	);
	let reasons = reasons(&text);
	for place in [
		"committee",
		"validators: Vera: babe",
		"validators: Vera: grandpa",
		"validators: Vera: authority_discovery",
	] {
		let place = format!("{place}: everybody has the secret");
		assert!(reasons.iter().any(|reason| reason.starts_with(&place)), "{place}\n{reasons:#?}");
	}
}

#[test]
fn there_are_enough_validators_and_not_too_many() {
	let three = without(&sound(), "Yuri");
	assert_eq!(
		reasons(&three),
		["validators: there are 3, and 4 are the least (parameters.least_validators)"]
	);
	refused("validator_count = 10", "validator_count = 301", "it is 301, and the chain has 300 at most");
	let two = reasons_with("validator_count = 10", "validator_count = 2");
	assert_eq!(
		two,
		[
			"staking.validator_count: it is 2, and an election of fewer than 4 is not used (parameters.least_validators)",
			"validators: there are 4, and an election chooses 2 (staking.validator_count)"
		]
	);
}

#[test]
fn a_committee_is_there_for_the_fast_lane() {
	let text = sound();
	let from = text.find("[committee]").expect("there");
	let to = from + text[from..].find("\n\n").expect("an empty line");
	let without = format!("{}{}", &text[..from], &text[to..]);
	assert_eq!(
		reasons(&without),
		["committee: it has no members, and the fast lane for upgrades needs a committee"]
	);
	assert_eq!(reasons(&without.replace("\"live\"", "\"development\"")), [""; 0]);

	let twice = format!("members = [\"{}\", ", address("Vera"));
	refused("members = [", &twice, &format!("committee: {} is there twice", address("Vera")));
	let many: String = (0..14).map(|n| format!("\"{}\",", address(&format!("Member{n}")))).collect();
	let listed = &text[from..to];
	refused(
		listed,
		&format!("[committee]\nmembers = [{many}]"),
		"committee: it has 14 members, and 13 are the most",
	);
	refused("members = [\"5", "members = [\"6", "is no address");
}

#[test]
fn the_committee_is_in_the_genesis() {
	let network = network::read(file::parse(&sound()).expect("TOML")).expect("sound");
	let members: Vec<_> = NAMES.iter().map(|name| account_of(name)).collect();
	assert_eq!(network.founding.committee, members);
	let patch = network.founding.patch();
	assert_eq!(patch["technicalCommittee"], json!({ "members": members }));
}

#[test]
fn the_supply_adds_up_to_the_unit() {
	refused(
		"\"1_000_000 STAY\"",
		"\"79_000 STAY\"",
		"are 80000.003 STAY, and the supply is 79000 STAY: 1000.003 STAY too much",
	);
	refused(
		"\"1_000_000 STAY\"",
		"\"80_000.003 STAY\"",
		"less is left for the `rest` than an account must have, 0.001 STAY",
	);
	refused("\"rest\"", "\"1 STAY\"", ": 919998.997 STAY belong to nobody; give one account the `rest`");
	assert_eq!(
		reasons_with("\"rest\"", "\"919_999.997 STAY\""),
		[""; 0],
		"without a rest it can add up as well"
	);
	refused("\"20_000 STAY\"", "\"rest\"", "a second account with the `rest`");
	let dust = reasons_with("\"rest\"", "\"0.0001 STAY\"");
	assert!(dust[0].contains("0.0001 STAY is less than an account must have, 0.001 STAY"), "{dust:#?}");
	let own = mainstay_runtime::genesis_config_presets::own_accounts()[0].to_ss58check();
	refused(
		&format!("\"{}\" = \"rest\"", address("Treasurer")),
		&format!("\"{own}\" = \"rest\""),
		"an account of the chain itself",
	);
}

#[test]
fn validators_stake_what_they_have_with_keys_of_their_own() {
	refused(
		"\"10_000 STAY\"",
		"\"999 STAY\"",
		"validators: Vera: it stakes 999 STAY, and must stake 1000 STAY",
	);
	refused(
		"\"10_000 STAY\"",
		"\"20_000 STAY\"",
		"validators: Vera: it stakes 20000 STAY and has 20000 STAY, of which 0.001 STAY must stay",
	);
	assert_eq!(reasons_with("\"10_000 STAY\"", "\"19_999.999 STAY\""), [""; 0]);
	refused(
		&format!("\"{}\" = \"20_000 STAY\"", address("Vera")),
		"",
		"Vera: its account has no balance to stake 10000 STAY of",
	);
	refused(
		"commission = \"5%\"",
		"commission = \"101%\"",
		"validators: Vera: commission: `101%` is no part of a whole",
	);

	let text = sound();
	let twice = reasons(&format!("{text}{}", entry("Vera", "Vera")));
	assert!(twice[0].ends_with("validates twice"), "{twice:#?}");
	assert!(twice[1].contains("is also that of validator number 1"), "{twice:#?}");
	assert_eq!(twice.len(), 4, "once for each key: {twice:#?}");
}

#[test]
fn keys_are_proved_to_be_the_validators_own() {
	let text = sound();
	let others = format!("{}{}", without(&text, "Vera"), entry("Vera", "Mallory"));
	let refusal = format!("validators: Vera: proof: the keys have not signed for {}", address("Vera"));
	let told = reasons(&others);
	assert!(told.len() == 1 && told[0].starts_with(&refusal), "{told:#?}");

	let at = text.find("\nproof = ").expect("there");
	let end = at + 1 + text[at + 1..].find('\n').expect("a line");
	let without = format!("{}{}", &text[..at], &text[end..]);
	assert_eq!(
		reasons(&without),
		["validators: Vera: proof: it is missing: `mainstay-cli validator genesis-entry` writes it"]
	);
	assert_eq!(reasons(&without.replace("\"live\"", "\"development\"")), [""; 0]);
	refused("\nproof = \"0x", "\nproof = \"0xzz", "validators: Vera: proof: it is not hexadecimal");
	refused("\nbabe = \"0x", "\nbabe = \"", "validators: Vera: babe: `");
}

#[test]
fn a_stake_that_is_not_worth_a_seat_shows_in_the_state() {
	if wasm().is_err() {
		return;
	}
	// Five validators, of which the last has less than a quarter of the mean.
	let text = sound().replace("\"rest\"", "\"2_000 STAY\"").replace("1_000_000 STAY", "82_000.003 STAY");
	let text = format!("{text}{}", entry("Treasurer", "Treasurer").replace("10_000", "1_500"));
	let network =
		network::read(file::parse(&text).expect("TOML")).unwrap_or_else(|reasons| panic!("{reasons:?}"));
	let Err(reasons) = spec::build(&network) else { panic!("it would not be elected") };
	assert_eq!(reasons.len(), 1);
	assert!(
		reasons[0].contains(&address("Treasurer"))
			&& reasons[0].contains("1500 STAY is less than a seat costs")
	);
}

#[test]
fn all_reasons_are_told_at_once() {
	let text = sound()
		.replacen("\"Test Network\"", "\"\"", 1)
		.replacen("slot_millis = 2000", "slot_millis = 1", 1)
		.replacen("\"10_000 STAY\"", "\"much\"", 1)
		.replacen("\"1_000_000 STAY\"", "\"1 STAY\"", 1)
		.replacen("members = [\"5", "members = [\"?", 1);
	let reasons = reasons(&text);
	let begins =
		["name: ", "parameters: slot_millis", "committee: `?", "supply: ", "validators: Vera: stake: `much`"];
	assert_eq!(reasons.len(), begins.len(), "{reasons:#?}");
	for (reason, begin) in reasons.iter().zip(begins) {
		assert!(reason.starts_with(begin), "{reason}");
	}
}

#[test]
fn what_is_no_such_file_is_told_with_its_line() {
	let refusal = |text: &str| match file::parse(text) {
		Ok(_) => panic!("no such file"),
		Err(refusal) => refusal,
	};
	assert!(refusal("name = \"x\"\nid = \n").starts_with("line 2: "));
	let unknown = refusal(&sound().replace("[staking]", "[staking]\nvalidators = 3"));
	assert!(
		unknown.contains("unknown field `validators`, expected `validator_count` or `min_self_stake`"),
		"{unknown}"
	);
	let kind = refusal(&sound().replace("\"live\"", "\"main\""));
	assert!(kind.starts_with("line 4: ") && kind.contains("unknown variant `main`"), "{kind}");
	assert!(refusal("").contains("missing field `name`"));
}

/// `chain-specs/README.md` describes the committed file, which `scripts/chain-specs` writes.
#[test]
fn the_committed_testnet_is_what_its_file_says() {
	let folder = concat!(env!("CARGO_MANIFEST_DIR"), "/../chain-specs");
	let read = |name: &str| std::fs::read_to_string(format!("{folder}/{name}")).expect(name);
	let network = network::read(file::parse(&read("testnet.toml")).expect("TOML"))
		.unwrap_or_else(|reasons| panic!("{reasons:#?}"));
	let made: Value = serde_json::from_str(&spec::without_code(&network).expect("a spec")).expect("JSON");
	let committed: Value = serde_json::from_str(&read("mainstay_testnet.json")).expect("JSON");
	assert_eq!(made, committed, "run scripts/chain-specs");
	assert_eq!(network.kind, file::Kind::Live);
	if wasm().is_ok() {
		spec::build(&network).unwrap_or_else(|reasons| panic!("{reasons:#?}"));
	}
}
