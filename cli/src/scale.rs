//! Decodes SCALE to JSON by the types in the chain's metadata, in the form of docs/json-rpc.md.
//!
//! Fields and variants are written in `camelCase`. Names of the chain itself stay unchanged: an error is
//! `Pallet.Error`, the reason of a hold `Pallet.Reason`, and an event has the names of its pallet and of itself.

use crate::output::is_plain;
use heck::ToLowerCamelCase;
use primitive_types::{U256, U512};
use scale_info::{form::PortableForm, TypeDef, TypeDefPrimitive, TypeDefTuple};
use serde_json::{json, Map, Value as Json};
use subxt::{
	ext::scale_value::{scale::decode_as_type, Composite, Primitive, Value, ValueDef, Variant},
	metadata::Metadata,
	utils::AccountId32,
};

/// Decodes a value of type `id`.
pub fn decode(mut bytes: &[u8], id: u32, metadata: &Metadata) -> Result<Json, String> {
	let value = decode_as_type(&mut bytes, id, metadata.types()).map_err(|error| error.to_string())?;
	Ok(json_of(&value, metadata))
}

/// The bytes of a value that consists of bytes.
fn bytes<T>(value: &Value<T>) -> Option<Vec<u8>> {
	let ValueDef::Composite(Composite::Unnamed(parts)) = &value.value else { return None };
	match parts.as_slice() {
		// A wrapper around a list, for instance `BoundedVec`.
		[inner] if matches!(inner.value, ValueDef::Composite(_)) => bytes(inner),
		parts => parts.iter().map(byte).collect(),
	}
}

fn byte<T>(value: &Value<T>) -> Option<u8> {
	match value.value {
		ValueDef::Primitive(Primitive::U128(byte)) => byte.try_into().ok(),
		_ => None,
	}
}

/// What a type is.
fn definition(id: u32, metadata: &Metadata) -> Option<&TypeDef<PortableForm>> {
	metadata.types().resolve(id).map(|ty| &ty.type_def)
}

/// The last segment of a type's path; empty for a list, a tuple or a number.
fn type_name(id: u32, metadata: &Metadata) -> &str {
	metadata.types().resolve(id).and_then(|ty| ty.path.segments.last()).map_or("", String::as_str)
}

/// Whether the type is one byte.
fn is_byte(id: u32, metadata: &Metadata) -> bool {
	matches!(definition(id, metadata), Some(TypeDef::Primitive(TypeDefPrimitive::U8)))
}

/// Whether numbers of this type are written as strings, because JavaScript would round them.
fn is_wide(id: u32, metadata: &Metadata) -> bool {
	use TypeDefPrimitive::{I128, I64, U128, U64};
	match definition(id, metadata) {
		Some(TypeDef::Primitive(U64 | U128 | I64 | I128)) => true,
		Some(TypeDef::Compact(inner)) => is_wide(inner.type_param.id, metadata),
		_ => false,
	}
}

fn json_of(value: &Value<u32>, metadata: &Metadata) -> Json {
	match &value.value {
		ValueDef::Primitive(primitive) => match primitive {
			Primitive::Bool(value) => (*value).into(),
			Primitive::Char(value) => value.to_string().into(),
			Primitive::String(value) => value.clone().into(),
			Primitive::U128(number) if is_wide(value.context, metadata) => number.to_string().into(),
			Primitive::I128(number) if is_wide(value.context, metadata) => number.to_string().into(),
			Primitive::U128(number) => {
				u64::try_from(*number).map_or_else(|_| number.to_string().into(), Json::from)
			},
			Primitive::I128(number) => {
				i64::try_from(*number).map_or_else(|_| number.to_string().into(), Json::from)
			},
			Primitive::U256(bytes) | Primitive::I256(bytes) => hexadecimal(bytes),
		},
		ValueDef::BitSequence(bits) => {
			bits.iter().map(|bit| if bit { '1' } else { '0' }).collect::<String>().into()
		},
		ValueDef::Composite(composite) => composite_json(composite, value.context, metadata),
		ValueDef::Variant(variant) => variant_json(variant, value.context, metadata),
	}
}

fn variant_json(variant: &Variant<u32>, id: u32, metadata: &Metadata) -> Json {
	match (type_name(id, metadata), variant.name.as_str()) {
		("Option", _) => fields_json(&variant.values, metadata),
		("DispatchError", "Module") => {
			module_error(variant, metadata).unwrap_or_else(|| variant.name.clone()).into()
		},
		("DispatchError" | "RuntimeHoldReason" | "RuntimeFreezeReason", name) => match inner(variant) {
			Some(inner) => format!("{name}.{}", inner.name).into(),
			None => name.into(),
		},
		("RuntimeEvent", pallet) => match inner(variant) {
			Some(event) => {
				let fields = fields_json(&event.values, metadata);
				Event { pallet: pallet.into(), name: event.name.clone(), fields }.json()
			},
			None => Json::Null,
		},
		("NativeOrWithId", "WithId") => json!({ "asset": fields_json(&variant.values, metadata) }),
		(_, name) if variant.values.is_empty() => camel_case(name).into(),
		(_, name) => json!({ camel_case(name): fields_json(&variant.values, metadata) }),
	}
}

/// The variant inside another one, if that has nothing else.
fn inner(variant: &Variant<u32>) -> Option<&Variant<u32>> {
	let Composite::Unnamed(parts) = &variant.values else { return None };
	match parts.as_slice() {
		[Value { value: ValueDef::Variant(inner), .. }] => Some(inner),
		_ => None,
	}
}

/// The name of a pallet's error, `Pallet.Error`; `Module` and its numbers if it is not in the metadata.
fn module_error(variant: &Variant<u32>, metadata: &Metadata) -> Option<String> {
	let Composite::Unnamed(parts) = &variant.values else { return None };
	let ValueDef::Composite(Composite::Named(fields)) = &parts.first()?.value else { return None };
	let field = |name: &str| fields.iter().find(|(known, _)| known == name).map(|(_, value)| value);
	let index = byte(field("index")?)?;
	// The first of its four bytes is the index of the error.
	let error = *bytes(field("error")?)?.first()?;
	let pallet = metadata.pallet_by_error_index(index);
	let known = pallet.and_then(|pallet| Some((pallet.name(), &pallet.error_variant_by_index(error)?.name)));
	Some(match known {
		Some((pallet, error)) => format!("{pallet}.{error}"),
		None => format!("Module.{index}.{error}"),
	})
}

fn fields_json(composite: &Composite<u32>, metadata: &Metadata) -> Json {
	match composite {
		Composite::Named(fields) => {
			let fields = fields.iter().map(|(name, value)| (camel_case(name), json_of(value, metadata)));
			Json::Object(fields.collect::<Map<_, _>>())
		},
		Composite::Unnamed(fields) if fields.is_empty() => Json::Null,
		Composite::Unnamed(fields) if fields.len() == 1 => json_of(&fields[0], metadata),
		Composite::Unnamed(fields) => fields.iter().map(|field| json_of(field, metadata)).collect(),
	}
}

fn composite_json(composite: &Composite<u32>, id: u32, metadata: &Metadata) -> Json {
	let Composite::Unnamed(parts) = composite else { return fields_json(composite, metadata) };
	match (definition(id, metadata), type_name(id, metadata)) {
		// A byte list of variable length is text, if it is valid text. A byte array of fixed length never is: it is a
		// hash or a key.
		(Some(TypeDef::Sequence(list)), _) if is_byte(list.type_param.id, metadata) => text(all_bytes(parts)),
		(Some(TypeDef::Array(list)), _) if is_byte(list.type_param.id, metadata) => {
			hexadecimal(&all_bytes(parts))
		},
		// A list stays a list, whatever its length; a wrapper of one value is that value.
		(Some(TypeDef::Sequence(_) | TypeDef::Array(_)), _) => {
			parts.iter().map(|part| json_of(part, metadata)).collect()
		},
		(_, "AccountId32") => match parts.first().and_then(bytes).and_then(|bytes| bytes.try_into().ok()) {
			Some(account) => AccountId32(account).to_string().into(),
			None => Json::Null,
		},
		(_, name @ ("U256" | "U512")) => limbs(parts).and_then(|limbs| decimal(name, limbs)).into(),
		(Some(TypeDef::Tuple(pair)), _) => match (pair_names(pair, metadata), parts.as_slice()) {
			(Some(names), [one, two]) => {
				let [one, two] = [one, two].map(|part| json_of(part, metadata));
				json!({ names[0]: one, names[1]: two })
			},
			_ => fields_json(composite, metadata),
		},
		_ => fields_json(composite, metadata),
	}
}

fn all_bytes(parts: &[Value<u32>]) -> Vec<u8> {
	parts.iter().filter_map(byte).collect()
}

fn text(bytes: Vec<u8>) -> Json {
	match String::from_utf8(bytes) {
		Ok(text) if text.is_empty() || is_plain(&text) => text.into(),
		Ok(text) => hexadecimal(text.as_bytes()),
		Err(error) => hexadecimal(error.as_bytes()),
	}
}

fn hexadecimal(bytes: &[u8]) -> Json {
	hex_of(bytes).into()
}

/// The limbs of a wide number, the lowest first.
fn limbs(parts: &[Value<u32>]) -> Option<Vec<u64>> {
	let [Value { value: ValueDef::Composite(Composite::Unnamed(limbs)), .. }] = parts else { return None };
	limbs.iter().map(|limb| limb.as_u128()?.try_into().ok()).collect()
}

/// A wide number in decimal digits.
fn decimal(name: &str, limbs: Vec<u64>) -> Option<String> {
	Some(match name {
		"U256" => U256(limbs.try_into().ok()?).to_string(),
		_ => U512(limbs.try_into().ok()?).to_string(),
	})
}

/// The JSON-RPC names of the parts of a pair, by their types; none for an unknown pair.
fn pair_names(pair: &TypeDefTuple<PortableForm>, metadata: &Metadata) -> Option<[&'static str; 2]> {
	let [one, two] = pair.fields.as_slice() else { return None };
	let name = type_name(two.id, metadata);
	match (type_name(one.id, metadata), definition(two.id, metadata)?) {
		("NativeOrWithId", TypeDef::Primitive(TypeDefPrimitive::U128)) => Some(["currency", "amount"]),
		("PoolKind", TypeDef::Primitive(TypeDefPrimitive::U32)) => Some(["kind", "multiplier"]),
		("PoolKind", TypeDef::Primitive(TypeDefPrimitive::U64)) => Some(["kind", "fraction"]),
		("AccountId32", _) if name == "PoolKind" => Some(["operator", "kind"]),
		_ => None,
	}
}

/// A name in the spelling of clients: `max_fraction` is `maxFraction`, `NonTransfer` is `nonTransfer`.
pub fn camel_case(name: &str) -> String {
	name.to_lower_camel_case()
}

/// `0x` and hexadecimal digits.
pub fn hex_of(bytes: &[u8]) -> String {
	format!("0x{}", hex::encode(bytes))
}

/// Decodes bytes as [`hex_of`] writes them.
pub fn bytes_of(answer: &Json) -> Option<Vec<u8>> {
	hex::decode(answer.as_str()?.strip_prefix("0x")?).ok()
}

/// An event of the chain.
#[derive(Clone, Debug, PartialEq)]
pub struct Event {
	/// The pallet.
	pub pallet: String,
	/// The event's name in the pallet.
	pub name: String,
	/// The event's fields.
	pub fields: Json,
}

impl Event {
	/// An event from its JSON.
	pub fn of(event: &Json) -> Option<Self> {
		let name = |field: &str| event[field].as_str().map(Into::into);
		Some(Self { pallet: name("pallet")?, name: name("name")?, fields: event["fields"].clone() })
	}

	/// `Pallet.Name`.
	pub fn path(&self) -> String {
		format!("{}.{}", self.pallet, self.name)
	}

	/// As JSON, for programs.
	pub fn json(&self) -> Json {
		json!({ "pallet": self.pallet, "name": self.name, "fields": self.fields })
	}
}

#[cfg(test)]
mod tests {
	use super::*;
	use subxt::ext::codec::{Compact, Encode};

	fn metadata() -> Metadata {
		Metadata::decode_from(crate::runtime::METADATA).unwrap()
	}

	/// The type of a field of an event.
	fn field(metadata: &Metadata, pallet: &str, event: &str, field: &str) -> u32 {
		let variants = metadata.pallet_by_name(pallet).unwrap().event_variants().unwrap();
		let event = variants.iter().find(|variant| variant.name == event).unwrap();
		event.fields.iter().find(|known| known.name.as_deref() == Some(field)).unwrap().ty.id
	}

	/// The first type with this property.
	fn ty(metadata: &Metadata, is: impl Fn(&scale_info::Type<PortableForm>) -> bool) -> u32 {
		metadata.types().types.iter().find(|ty| is(&ty.ty)).unwrap().id
	}

	fn named(metadata: &Metadata, name: &str) -> u32 {
		ty(metadata, |ty| ty.path.segments.last().is_some_and(|last| last == name))
	}

	/// The numbers of a pallet and of its event.
	fn numbers(metadata: &Metadata, pallet: &str, event: &str) -> (u8, u8) {
		let pallet = metadata.pallet_by_name(pallet).unwrap();
		let event = pallet.event_variants().unwrap().iter().find(|known| known.name == event).unwrap();
		(pallet.event_index(), event.index)
	}

	/// The reason why session keys hold a deposit, in SCALE.
	fn hold(metadata: &Metadata) -> (u8, u8) {
		let number = |id: u32, name: &str| {
			let Some(TypeDef::Variant(of)) = definition(id, metadata) else { panic!("no variants") };
			let found = of.variants.iter().find(|variant| variant.name == name).unwrap();
			(found.index, found.fields.first().map(|field| field.ty.id))
		};
		let (session, reasons) = number(named(metadata, "RuntimeHoldReason"), "Session");
		(session, number(reasons.unwrap(), "Keys").0)
	}

	fn check(id: u32, bytes: impl Encode, expected: Json, metadata: &Metadata) {
		assert_eq!(decode(&bytes.encode(), id, metadata), Ok(expected));
	}

	#[test]
	fn accounts_are_addresses() {
		let metadata = metadata();
		let bob = subxt_signer::sr25519::dev::bob().public_key().0;
		let address = "5FHneW46xGXgs5mUiveU4sbTyGBzmstUspZC92UhjJM694ty";
		check(named(&metadata, "AccountId32"), bob, json!(address), &metadata);
		let to = field(&metadata, "Rewards", "PayoutAccountSet", "to");
		check(to, Some(bob), json!(address), &metadata);
		check(to, None::<[u8; 32]>, Json::Null, &metadata);
	}

	#[test]
	fn numbers_are_exact() {
		let metadata = metadata();
		let amount = field(&metadata, "OperatorDelegation", "Deposited", "amount");
		check(amount, u128::MAX, json!(u128::MAX.to_string()), &metadata);
		check(field(&metadata, "Slashing", "SlashRaised", "new"), 7u64, json!("7"), &metadata);
		check(field(&metadata, "Staking", "EraBegan", "era"), u32::MAX, json!(u32::MAX), &metadata);
		let compact = |inner| {
			ty(&metadata, |ty| matches!(&ty.type_def, TypeDef::Compact(of) if of.type_param.id == inner))
		};
		check(compact(amount), Compact(u128::MAX), json!(u128::MAX.to_string()), &metadata);
		let u32s = field(&metadata, "Staking", "EraBegan", "era");
		check(compact(u32s), Compact(7u32), json!(7), &metadata);
		let wide = named(&metadata, "U256");
		check(wide, [0u64; 4], json!("0"), &metadata);
		check(wide, [0u64, 1, 0, 0], json!("18446744073709551616"), &metadata);
		check(wide, [10_000_000_000_000_000_000u64, 0, 0, 0], json!("10000000000000000000"), &metadata);
		let most = "115792089237316195423570985008687907853269984665640564039457584007913129639935";
		check(wide, [u64::MAX; 4], json!(most), &metadata);
	}

	#[test]
	fn bytes_are_text_where_they_are_one() {
		let metadata = metadata();
		let reason = field(&metadata, "Slashing", "SlashVetoed", "reason");
		for text in ["it was no fault", "ä€", "a", ""] {
			check(reason, text.as_bytes(), json!(text), &metadata);
		}
		check(reason, b"a\x1b[2J".as_slice(), json!("0x611b5b324a"), &metadata);
		check(reason, [0xffu8, 0xfe].as_slice(), json!("0xfffe"), &metadata);
		// The maximum number of bytes, all printable, but not text.
		check(named(&metadata, "H256"), [b'a'; 32], json!(format!("0x{}", "61".repeat(32))), &metadata);
		check(
			named(&metadata, "ModuleError"),
			(12u8, *b"abcd"),
			json!({ "index": 12, "error": "0x61626364" }),
			&metadata,
		);
	}

	#[test]
	fn lists_stay_lists() {
		let metadata = metadata();
		let kinds = field(&metadata, "AvsRegistry", "KindsSet", "kinds");
		// `Native` with multiplier 1, `Asset(7)` with 3.
		let native = json!({ "kind": "native", "multiplier": 1 });
		check(kinds, vec![(1u8, 1u32)], json!([native]), &metadata);
		let both = [(1u8, 1u32).encode(), (2u8, 7u32, 3u32).encode()];
		let both = [Compact(2u32).encode(), both.concat()].concat();
		assert_eq!(
			decode(&both, kinds, &metadata),
			Ok(json!([native, { "kind": { "asset": 7 }, "multiplier": 3 }]))
		);
		let taken = field(&metadata, "Slashing", "SlashExecuted", "taken");
		check(taken, vec![(0u8, 5u128)], json!([{ "currency": "native", "amount": "5" }]), &metadata);
		let asset = json!([{ "currency": { "asset": 7 }, "amount": "5" }]);
		check(taken, vec![(1u8, 7u32, 5u128)], asset, &metadata);
		check(taken, Vec::<u8>::new(), json!([]), &metadata);
	}

	#[test]
	fn variants_are_named() {
		let metadata = metadata();
		let kind = field(&metadata, "OperatorDelegation", "Deposited", "kind");
		check(kind, 0u8, json!("stake"), &metadata);
		check(kind, (2u8, 7u32), json!({ "asset": 7 }), &metadata);
		let currency = field(&metadata, "Rewards", "Collected", "currency");
		check(currency, 0u8, json!("native"), &metadata);
		check(currency, (1u8, 7u32), json!({ "asset": 7 }), &metadata);
		check(field(&metadata, "Proxy", "ProxyAdded", "proxy_type"), 1u8, json!("nonTransfer"), &metadata);
		check(
			field(&metadata, "Balances", "Held", "reason"),
			hold(&metadata),
			json!("Session.Keys"),
			&metadata,
		);
		let lane = field(&metadata, "Slashing", "SlashReported", "lane");
		check(lane, (0u8, 5u64), json!({ "consensus": { "fraction": "5" } }), &metadata);
		// Set 1 of service 0, condition 2, which governance may veto; all of what is allocated of `Native`.
		let attested = (1u8, (0u32, 1u32), 2u32, (1u8, 1u8), vec![(1u8, 10u64, 20u64)]);
		let parts = json!([{ "kind": "native", "fraction": "10", "magnitude": "20" }]);
		let expected = json!({ "attested": {
			"set": { "avs": 0, "index": 1 }, "condition": 2, "resolver": "governance", "parts": parts,
		} });
		check(lane, attested, expected, &metadata);
	}

	#[test]
	fn results_are_ok_or_an_error() {
		let metadata = metadata();
		let result = field(&metadata, "Proxy", "ProxyExecuted", "result");
		check(result, Ok::<_, u8>(()), json!({ "ok": null }), &metadata);
		check(result, Err::<(), _>(2u8), json!({ "err": "BadOrigin" }), &metadata);
		check(result, Err::<(), _>((7u8, 0u8)), json!({ "err": "Token.FundsUnavailable" }), &metadata);
		let balances = metadata.pallet_by_name("Balances").unwrap();
		let error =
			balances.error_variants().unwrap().iter().find(|error| error.name == "DeadAccount").unwrap();
		let module = (3u8, balances.error_index(), [error.index, 0, 0, 0]);
		check(result, Err::<(), _>(module), json!({ "err": "Balances.DeadAccount" }), &metadata);
		// An error of a newer runtime.
		check(
			result,
			Err::<(), _>((3u8, 250u8, [9u8, 0, 0, 0])),
			json!({ "err": "Module.250.9" }),
			&metadata,
		);
	}

	#[test]
	fn what_is_cut_off_is_an_error() {
		let metadata = metadata();
		assert!(decode(&[1, 2], named(&metadata, "AccountId32"), &metadata).is_err());
		assert!(decode(&[], named(&metadata, "RuntimeEvent"), &metadata).is_err());
	}

	#[test]
	fn events_are_taken_apart() {
		let metadata = metadata();
		let began = (numbers(&metadata, "Staking", "EraBegan"), 7u32).encode();
		let json = decode(&began, metadata.outer_enums().event_enum_ty(), &metadata).unwrap();
		let event = Event::of(&json).unwrap();
		assert_eq!((event.path().as_str(), &event.fields), ("Staking.EraBegan", &json!({ "era": 7 })));
		let (utility, completed) = numbers(&metadata, "Utility", "BatchCompleted");
		let json = decode(&[utility, completed], metadata.outer_enums().event_enum_ty(), &metadata).unwrap();
		let bare = Event::of(&json).unwrap();
		assert_eq!((bare.path().as_str(), &bare.fields), ("Utility.BatchCompleted", &Json::Null));
		assert_eq!(bare.json(), json);
		assert_eq!(Event::of(&json!("Utility")), None);
	}

	#[test]
	fn bytes_are_read_as_they_are_written() {
		assert_eq!(bytes_of(&hex_of(&[0, 255]).into()), Some(vec![0, 255]));
		for none in [json!("00ff"), json!("0x0"), json!("0xgg"), json!(7), Json::Null] {
			assert_eq!(bytes_of(&none), None, "{none}");
		}
	}
}
