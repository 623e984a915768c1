//! A call in a sentence: what a referendum would do, or a motion.

use crate::{
	chain::{stored, stored_bytes, AtBlock},
	context::Context,
	error::Error,
	events::Facts,
	output::plain,
	read,
	scale::{self, bytes_of, hex_of, Event},
};
use codec::Decode;
use serde_json::{json, Value};
use std::thread;
use subxt::{
	config::{
		substrate::{BlakeTwo256, H256},
		Hasher,
	},
	Metadata,
};

/// The largest call that is decoded, in bytes. Calls can be wrapped in one another, which a decoder follows, and anyone
/// can store one: two bytes are one more wrapper.
const LARGEST: usize = 1_024;
/// The stack on which a call is decoded. Each wrapper takes some kilobytes of it.
const STACK: usize = 64 << 20;
/// How many values of a call may lie in one another. A wrapper is three.
const DEEPEST: usize = 64;
/// How many wrappers a sentence goes into.
const DEPTH: u8 = 4;
/// The letters of the arguments of a call without a sentence.
const MAX_ARGUMENTS: usize = 200;

/// The sentences of calls that governance makes, in the imperative, in the language of [`crate::template`].
#[rustfmt::skip]
const SENTENCES: &[(&str, &str)] = &[
	("slashing.cancel", "cancel slash {id}"),
	("slashing.reinstate", "reinstate slash {id}, which was vetoed in era {vetoed}"),
	("slashing.veto", "veto slash {id}: {reason:text}"),
	("restaking.addAsset", "admit asset {id} for restaking, up to {cap:money} in all, in deposits of {minDeposit:money} and more; {funder:whole} pays its minimum balances{trusted?true=. Accounts that are not the chain's may mint, freeze or seize it, and are trusted|*=}"),
	("restaking.setAsset", "let asset {id} be restaked up to {cap:money} in all, {deposits?true=and open it to deposits|*=and close it to deposits}"),
	("staking.setValidatorCount", "have up to {count} validators"),
	("staking.setMinSelfStake", "ask validators for at least {amount:money} of their own at stake"),
	("chainTreasury.spend", "pay {amount:money} from the treasury to {to:whole}"),
	("system.authorizeUpgrade", "let the code with the hash {codeHash:hash} become the chain's runtime"),
	("system.authorizeUpgradeWithoutChecks", "let the code with the hash {codeHash:hash} become the chain's runtime, whatever its name and its version"),
	("system.remark", "leave a remark"),
	("system.remarkWithEvent", "leave a remark"),
	("referenda.cancel", "cancel referendum {index}, and return its deposits"),
	("referenda.kill", "cancel referendum {index}, and take its deposits"),
	("whitelist.whitelistCall", "whitelist the call with the hash {callHash:hash}"),
	("whitelist.removeWhitelistedCall", "no longer whitelist the call with the hash {callHash:hash}"),
	("whitelist.dispatchWhitelistedCall", "if the committee whitelists it, make the call with the hash {callHash:hash} as root"),
];

/// The call of a referendum or a motion.
#[derive(Clone, Debug)]
pub struct Call {
	/// Its hash.
	pub hash: H256,
	/// Its length in bytes; none if it is not known.
	pub length: Option<usize>,
	/// The call in JSON; `null` if it is not stored, cannot be decoded or is too long for that.
	pub json: Value,
	/// The call in a sentence, in the imperative.
	pub sentence: String,
}

impl Call {
	/// A call from its bytes.
	pub async fn of(context: &Context, at: &AtBlock, bytes: &[u8]) -> Self {
		let metadata = at.metadata_ref();
		let decoded = match bytes.len() <= LARGEST {
			true => decoded(bytes, metadata),
			false => Err(Unreadable::Large),
		};
		let sentence = match &decoded {
			Ok(call) => {
				let facts = Facts::of(&context.chain, None, &made_by(call, DEPTH)).await;
				sentence(&facts, call, DEPTH)
			},
			Err(why) => beginning(at, bytes, why),
		};
		let json = decoded.unwrap_or_default();
		Self { hash: hash_of(bytes), length: Some(bytes.len()), json, sentence: plain(&sentence) }
	}

	/// The call of a referendum, from the JSON of its `Bounded`. It may be a preimage that is not stored.
	pub async fn of_proposal(context: &Context, at: &AtBlock, proposal: &Value) -> Result<Self, Error> {
		if let Some(bytes) = list_of_bytes(&proposal["inline"]) {
			return Ok(Self::of(context, at, &bytes).await);
		}
		let (hash, length) = match proposal["lookup"].is_object() {
			true => (&proposal["lookup"]["hash"], read::unsigned(&proposal["lookup"]["len"])),
			false => (&proposal["legacy"]["hash"], None),
		};
		let hash = hash_in(hash).ok_or_else(|| {
			Error::Incompatible("the chain has a call in a form that this program does not know".into())
		})?;
		if let Some(bytes) = preimage(at, hash, length).await? {
			return Ok(Self::of(context, at, &bytes).await);
		}
		Ok(Self {
			hash,
			length: length.map(|length| length as usize),
			json: Value::Null,
			sentence: format!("make the call with the hash {}, which is not stored", hex_of(&hash.0)),
		})
	}

	/// For programs.
	pub fn json(&self) -> Value {
		json!({
			"hash": hex_of(&self.hash.0), "length": self.length, "decoded": self.json, "sentence": self.sentence,
		})
	}
}

/// The hash of a call, of a code or of another preimage.
pub fn hash_of(bytes: &[u8]) -> H256 {
	BlakeTwo256.hash(bytes)
}

/// A hash, as JSON has it.
pub fn hash_in(hash: &Value) -> Option<H256> {
	let bytes: [u8; 32] = bytes_of(hash)?.try_into().ok()?;
	Some(H256(bytes))
}

/// A list of bytes, which is text in JSON if it can be, and hexadecimal otherwise. A call is never text that begins with
/// `0x`: no pallet has the number of a zero.
fn list_of_bytes(list: &Value) -> Option<Vec<u8>> {
	let text = list.as_str()?;
	Some(bytes_of(list).unwrap_or_else(|| text.as_bytes().to_vec()))
}

/// The bytes of a stored preimage; none if it is not stored.
async fn preimage(at: &AtBlock, hash: H256, length: Option<u32>) -> Result<Option<Vec<u8>>, Error> {
	let length = match length {
		Some(length) => Some(length),
		None => stored_length(at, hash).await?,
	};
	let Some(length) = length else { return Ok(None) };
	let found = stored_bytes(at, "Preimage", "PreimageFor", ((hash, length),)).await?;
	Ok(found.and_then(|(bytes, _)| Vec::<u8>::decode(&mut bytes.as_slice()).ok()))
}

/// The length of a stored preimage; none if it is not stored.
pub async fn stored_length(at: &AtBlock, hash: H256) -> Result<Option<u32>, Error> {
	let status = stored(at, "Preimage", "RequestStatusFor", (hash,)).await?;
	let length = [&status["unrequested"]["len"], &status["requested"]["maybeLen"]]
		.into_iter()
		.find_map(read::unsigned);
	Ok(length)
}

/// The pallet, the name and the arguments of a call.
fn taken_apart(call: &Value) -> Option<(&str, &str, &Value)> {
	let (pallet, call) = call.as_object()?.iter().next()?;
	match call {
		Value::String(name) => Some((pallet.as_str(), name.as_str(), &Value::Null)),
		call => {
			call.as_object()?.iter().next().map(|(name, fields)| (pallet.as_str(), name.as_str(), fields))
		},
	}
}

/// The calls inside of a call.
fn inner(path: &str, fields: &Value) -> Option<Vec<Value>> {
	match path {
		"utility.batch" | "utility.batchAll" | "utility.forceBatch" => fields["calls"].as_array().cloned(),
		"whitelist.dispatchWhitelistedCallWithPreimage" => Some(vec![fields["call"].clone()]),
		_ => None,
	}
}

/// The calls that a call consists of, as if they were events, for the lookup of what their sentences need.
fn made_by(call: &Value, depth: u8) -> Vec<Event> {
	let Some((pallet, name, fields)) = taken_apart(call) else { return vec![] };
	match inner(&format!("{pallet}.{name}"), fields) {
		Some(calls) if depth > 0 => calls.iter().flat_map(|call| made_by(call, depth - 1)).collect(),
		_ => vec![event(pallet, name, fields)],
	}
}

fn event(pallet: &str, name: &str, fields: &Value) -> Event {
	Event { pallet: pallet.into(), name: name.into(), fields: fields.clone() }
}

fn sentence(facts: &Facts, call: &Value, depth: u8) -> String {
	let Some((pallet, name, fields)) = taken_apart(call) else { return "make an unknown call".into() };
	let path = format!("{pallet}.{name}");
	if let Some(calls) = inner(&path, fields).filter(|_| depth > 0) {
		let said: Vec<_> = calls.iter().map(|call| sentence(facts, call, depth - 1)).collect();
		return match (path.as_str(), said.as_slice()) {
			(_, []) => "do nothing".into(),
			("whitelist.dispatchWhitelistedCallWithPreimage", [call]) => {
				format!("if the committee whitelists it, as root {call}")
			},
			(_, [call]) => call.clone(),
			("utility.batchAll", calls) => format!("do all of this, or nothing: {}", calls.join("; ")),
			("utility.batch", calls) => {
				format!("do this in order, until something fails: {}", calls.join("; "))
			},
			(_, calls) => format!("do as much of this as succeeds: {}", calls.join("; ")),
		};
	}
	let known = SENTENCES.iter().find(|(known, _)| *known == path);
	let said = known.and_then(|(_, sentence)| facts.filled(sentence, &event(pallet, name, fields)));
	said.unwrap_or_else(|| match fields {
		Value::Null => format!("call {path}"),
		fields => format!("call {path} with {}", shortened(&fields.to_string())),
	})
}

fn shortened(text: &str) -> String {
	match text.char_indices().nth(MAX_ARGUMENTS) {
		Some((end, _)) => format!("{}…", &text[..end]),
		None => text.into(),
	}
}

/// Why a call is not shown with its arguments.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Unreadable {
	/// It is too long, or has too many calls in one another.
	Large,
	/// The chain cannot read it either.
	Wrong,
}

/// A call in JSON. It is decoded in a thread of its own, because a decoder needs stack for each call inside of another.
fn decoded(bytes: &[u8], metadata: &Metadata) -> Result<Value, Unreadable> {
	let decode = || {
		let call = scale::decode(bytes, metadata.outer_enums().call_enum_ty(), metadata);
		let call = call.map_err(|_| Unreadable::Wrong)?;
		if depth(&call) > DEEPEST {
			return Err(Unreadable::Large);
		}
		Ok(call)
	};
	thread::scope(|scope| {
		let decoding = thread::Builder::new().stack_size(STACK).spawn_scoped(scope, decode);
		decoding.map_or(Err(Unreadable::Large), |thread| thread.join().unwrap_or(Err(Unreadable::Large)))
	})
}

/// How many values lie in one another.
fn depth(value: &Value) -> usize {
	let inner = match value {
		Value::Array(items) => items.iter().map(depth).max(),
		Value::Object(fields) => fields.values().map(depth).max(),
		_ => None,
	};
	1 + inner.unwrap_or(0)
}

/// What the first bytes of a call say that is not decoded.
fn beginning(at: &AtBlock, bytes: &[u8], why: &Unreadable) -> String {
	let metadata = at.metadata_ref();
	let named = || {
		let pallet = metadata.pallet_by_call_index(*bytes.first()?)?;
		let call = pallet.call_variant_by_index(*bytes.get(1)?)?;
		Some(format!("{}.{}", scale::camel_case(pallet.name()), scale::camel_case(&call.name)))
	};
	match (named(), why) {
		(Some(path), Unreadable::Large) => {
			format!("call {path}, with {} bytes of arguments", bytes.len() - 2)
		},
		(Some(path), Unreadable::Wrong) => {
			format!("call {path}, with arguments that it does not have, so that nothing happens")
		},
		(None, _) => "make a call that the chain does not have, so that nothing happens".into(),
	}
}

#[cfg(test)]
mod tests {
	use super::*;
	use crate::{events, runtime::built_in, scale::camel_case, template::holes};

	fn says(call: Value, expected: &str) {
		assert_eq!(sentence(&events::testing::facts(), &call, DEPTH), expected);
	}

	#[test]
	fn the_sentences_name_what_their_calls_have() {
		let metadata = &built_in().unwrap().metadata;
		for (path, sentence) in SENTENCES {
			let (pallet, name) = path.split_once('.').unwrap();
			let pallet = metadata.pallets().find(|known| camel_case(known.name()) == pallet).unwrap();
			let mut calls = pallet.call_variants().unwrap().iter();
			let call =
				calls.find(|call| camel_case(&call.name) == name).unwrap_or_else(|| panic!("no {path}"));
			for (hole, _) in holes(sentence) {
				let has =
					|name: &Option<String>| name.as_ref().is_some_and(|name| camel_case(name) == hole.path);
				assert!(call.fields.iter().any(|field| has(&field.name)), "{path} has no {}", hole.path);
			}
		}
	}

	#[test]
	fn calls_of_governance_are_told() {
		says(json!({ "slashing": { "cancel": { "id": 4 } } }), "cancel slash 4");
		let who = "5FHneW46xGXgs5mUiveU4sbTyGBzmstUspZC92UhjJM694ty";
		let spend = |currency: Value| json!({ "chainTreasury": { "spend": { "currency": currency, "amount": "150", "to": who } } });
		says(spend(json!({ "asset": 7 })), "pay 1.5 USDX from the treasury to //Bob");
		says(spend(json!("native")), "pay 0.00000000015 STAY from the treasury to //Bob");
		let asset = |trusted: bool| {
			json!({ "restaking": { "addAsset": {
			"id": 7, "cap": "100000", "funder": who, "trusted": trusted, "minDeposit": "100",
		} } })
		};
		let admits = "admit asset 7 for restaking, up to 1,000 USDX in all, in deposits of 1 USDX and more; //Bob pays its \
		              minimum balances";
		says(asset(false), admits);
		says(
			asset(true),
			&format!(
				"{admits}. Accounts that are not the chain's may mint, freeze or seize it, and are trusted"
			),
		);
		says(
			json!({ "restaking": { "setAsset": { "id": 7, "cap": "100", "deposits": false } } }),
			"let asset 7 be restaked up to 1 USDX in all, and close it to deposits",
		);
		says(
			json!({ "referenda": { "kill": { "index": 3 } } }),
			"cancel referendum 3, and take its deposits",
		);
	}

	#[test]
	fn calls_inside_of_others_are_told() {
		let cancel = |id: u32| json!({ "slashing": { "cancel": { "id": id } } });
		let batch = |name: &str, calls: Vec<Value>| json!({ "utility": { name: { "calls": calls } } });
		says(
			batch("batchAll", vec![cancel(1), cancel(2)]),
			"do all of this, or nothing: cancel slash 1; cancel slash 2",
		);
		says(batch("batch", vec![cancel(1)]), "cancel slash 1");
		says(batch("forceBatch", vec![]), "do nothing");
		let fast =
			|call: Value| json!({ "whitelist": { "dispatchWhitelistedCallWithPreimage": { "call": call } } });
		says(fast(cancel(1)), "if the committee whitelists it, as root cancel slash 1");
		// Deep down, a call is named with what it contains.
		let mut deep = cancel(1);
		for _ in 0..=DEPTH {
			deep = batch("batchAll", vec![deep]);
		}
		says(deep.clone(), r#"call utility.batchAll with {"calls":[{"slashing":{"cancel":{"id":1}}}]}"#);
		assert_eq!(made_by(&deep, DEPTH).len(), 1);
	}

	#[test]
	fn what_has_no_sentence_is_named() {
		says(json!({ "staking": "chill" }), "call staking.chill");
		says(json!({ "slashing": { "cancel": {} } }), "call slashing.cancel with {}");
		says(json!({ "assets": { "burn": { "id": 7 } } }), r#"call assets.burn with {"id":7}"#);
		says(json!("strange"), "make an unknown call");
		let long = json!({ "assets": { "burn": "x".repeat(500) } });
		assert!(sentence(&events::testing::facts(), &long, DEPTH).chars().count() < 250);
	}

	#[test]
	fn bytes_are_read_from_text_too() {
		assert_eq!(list_of_bytes(&json!("ab")), Some(vec![97, 98]));
		assert_eq!(list_of_bytes(&json!("0x00ff")), Some(vec![0, 255]));
		assert_eq!(list_of_bytes(&json!(null)), None);
		// What would be ambiguous: a call whose bytes are the text `0x…`.
		let metadata = &built_in().unwrap().metadata;
		let pallet = metadata.pallet_by_call_index(b'0');
		assert!(pallet.is_none_or(|pallet| pallet.call_variant_by_index(b'x').is_none()));
		assert_eq!(hash_in(&json!(hex_of(&[7; 32]))), Some(H256([7; 32])));
		assert_eq!(hash_in(&json!("0x07")), None);
	}

	/// The longest call that is decoded, wrapped as often as possible, and some that are wrapped less.
	#[test]
	fn no_call_is_too_deep() {
		let metadata = &built_in().unwrap().metadata;
		let sudo = metadata.pallet_by_name("Sudo").unwrap();
		let wrapper = [sudo.call_index(), sudo.call_variant_by_name("sudo").unwrap().index];
		let system = metadata.pallet_by_name("System").unwrap();
		let remark = [system.call_index(), system.call_variant_by_name("remark").unwrap().index, 0];
		let wrapped = |times: usize| {
			let mut bytes = wrapper.repeat(times);
			bytes.extend(remark);
			decoded(&bytes, metadata)
		};
		assert_eq!(wrapped((LARGEST - remark.len()) / 2), Err(Unreadable::Large));
		assert_eq!(wrapped(30), Err(Unreadable::Large));
		let call = wrapped(10).unwrap();
		assert!(sentence(&events::testing::facts(), &call, DEPTH).starts_with("call sudo.sudo with"));
		assert_eq!(decoded(&wrapper, metadata), Err(Unreadable::Wrong));
	}
}
