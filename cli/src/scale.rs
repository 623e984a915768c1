//! What SCALE says, as JSON: by the types in the chain's metadata, as docs/json-rpc.md writes values.

use scale_info::{form::PortableForm, TypeDef, TypeDefPrimitive};
use serde_json::{json, Map, Value as Json};
use subxt::{
	ext::{
		codec::Decode,
		scale_value::{scale::decode_as_type, Composite, Primitive, Value, ValueDef},
	},
	metadata::Metadata,
	utils::AccountId32,
};

/// Decodes a value of type `id`.
pub fn decode(mut bytes: &[u8], id: u32, metadata: &Metadata) -> Result<Json, String> {
	let value = decode_as_type(&mut bytes, id, metadata.types()).map_err(|error| error.to_string())?;
	Ok(json_of(&value, metadata))
}

/// The bytes that a value of bytes has.
fn bytes<T>(value: &Value<T>) -> Option<Vec<u8>> {
	let ValueDef::Composite(Composite::Unnamed(parts)) = &value.value else { return None };
	match parts.as_slice() {
		// What wraps a list, `BoundedVec` say.
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

/// The last name of a type's path; none of a list, a tuple or a number.
fn type_name(id: u32, metadata: &Metadata) -> &str {
	metadata.types().resolve(id).and_then(|ty| ty.path.segments.last()).map_or("", String::as_str)
}

/// Whether the type is one byte.
fn is_byte(id: u32, metadata: &Metadata) -> bool {
	matches!(definition(id, metadata), Some(TypeDef::Primitive(TypeDefPrimitive::U8)))
}

/// Whether a number of this type is written as a string: JavaScript would round it.
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
			Primitive::U256(bytes) | Primitive::I256(bytes) => format!("0x{}", hex::encode(bytes)).into(),
		},
		ValueDef::BitSequence(bits) => {
			bits.iter().map(|bit| if bit { '1' } else { '0' }).collect::<String>().into()
		},
		ValueDef::Composite(composite) => composite_json(composite, value.context, metadata),
		ValueDef::Variant(variant) => match (variant.name.as_str(), &variant.values) {
			("None", _) if is_option(value.context, metadata) => Json::Null,
			("Some", inner) if is_option(value.context, metadata) => fields_json(inner, metadata),
			(name, values) if values.is_empty() => name.into(),
			(name, values) => json!({ name: fields_json(values, metadata) }),
		},
	}
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

fn is_option(id: u32, metadata: &Metadata) -> bool {
	type_name(id, metadata) == "Option"
}

fn composite_json(composite: &Composite<u32>, id: u32, metadata: &Metadata) -> Json {
	let Composite::Unnamed(parts) = composite else { return fields_json(composite, metadata) };
	match (definition(id, metadata), type_name(id, metadata)) {
		// Bytes of any number are a text, where they are one. So many and no others are none: a hash, a key.
		(Some(TypeDef::Sequence(list)), _) if is_byte(list.type_param.id, metadata) => text(all_bytes(parts)),
		(Some(TypeDef::Array(list)), _) if is_byte(list.type_param.id, metadata) => {
			hexadecimal(&all_bytes(parts))
		},
		// A list stays a list, whatever its length; what wraps one value is that value.
		(Some(TypeDef::Sequence(_) | TypeDef::Array(_)), _) => {
			parts.iter().map(|part| json_of(part, metadata)).collect()
		},
		(_, "AccountId32") => match parts.first().and_then(bytes).and_then(|bytes| bytes.try_into().ok()) {
			Some(account) => AccountId32(account).to_string().into(),
			None => Json::Null,
		},
		(_, "U256" | "U512") => limbs(parts).map_or(Json::Null, |limbs| decimal(limbs).into()),
		_ => fields_json(composite, metadata),
	}
}

fn all_bytes(parts: &[Value<u32>]) -> Vec<u8> {
	parts.iter().filter_map(byte).collect()
}

fn text(bytes: Vec<u8>) -> Json {
	match String::from_utf8(bytes) {
		Ok(text) if text.is_empty() || crate::chain::is_plain(&text) => text.into(),
		Ok(text) => hexadecimal(text.as_bytes()),
		Err(error) => hexadecimal(error.as_bytes()),
	}
}

fn hexadecimal(bytes: &[u8]) -> Json {
	format!("0x{}", hex::encode(bytes)).into()
}

/// The limbs of a wide number, the lowest first.
fn limbs(parts: &[Value<u32>]) -> Option<Vec<u64>> {
	let [Value { value: ValueDef::Composite(Composite::Unnamed(limbs)), .. }] = parts else { return None };
	limbs.iter().map(|limb| limb.as_u128()?.try_into().ok()).collect()
}

/// A wide number in decimal digits.
fn decimal(mut limbs: Vec<u64>) -> String {
	/// As many digits as one limb has room for.
	const BASE: u128 = 10_000_000_000_000_000_000;
	let mut groups = vec![];
	while limbs.iter().any(|limb| *limb != 0) {
		let mut rest = 0;
		for limb in limbs.iter_mut().rev() {
			let part = (rest << 64) | u128::from(*limb);
			// The rest is below the base, so this fits.
			*limb = (part / BASE) as u64;
			rest = part % BASE;
		}
		groups.push(rest);
	}
	let lower = groups.iter().rev().skip(1).map(|group| format!("{group:019}"));
	groups
		.last()
		.map(u128::to_string)
		.into_iter()
		.chain(lower)
		.reduce(|all, group| all + &group)
		.unwrap_or("0".into())
}

/// A name as clients write it: `max_fraction` is `maxFraction`.
pub fn camel_case(name: &str) -> String {
	let mut parts = name.split('_');
	let first = parts.next().unwrap_or_default().to_string();
	parts.fold(first, |mut name, part| {
		let mut letters = part.chars();
		name.extend(letters.next().map(|letter| letter.to_ascii_uppercase()));
		name.extend(letters);
		name
	})
}

/// Something that happened on the chain.
#[derive(Clone, Debug, PartialEq)]
pub struct Event {
	/// The pallet.
	pub pallet: String,
	/// What happened, as the pallet calls it.
	pub name: String,
	/// With what.
	pub fields: Json,
}

impl Event {
	/// An event from the JSON of the runtime's events: `{Pallet: {Name: fields}}`.
	pub fn of(event: &Json) -> Option<Self> {
		let (pallet, event) = event.as_object()?.iter().next()?;
		let (name, fields) = match event {
			Json::String(name) => (name, Json::Null),
			event => event.as_object()?.iter().next().map(|(name, fields)| (name, fields.clone()))?,
		};
		Some(Self { pallet: pallet.clone(), name: name.clone(), fields })
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

/// Decodes a value whose type is known here.
pub fn known<T: Decode>(mut bytes: &[u8]) -> Result<T, String> {
	T::decode(&mut bytes).map_err(|error| error.to_string())
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

	/// The first type that is so.
	fn ty(metadata: &Metadata, is: impl Fn(&scale_info::Type<PortableForm>) -> bool) -> u32 {
		metadata.types().types.iter().find(|ty| is(&ty.ty)).unwrap().id
	}

	fn named(metadata: &Metadata, name: &str) -> u32 {
		ty(metadata, |ty| ty.path.segments.last().is_some_and(|last| last == name))
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
		// As many bytes as there can be, all of them printable: no text.
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
		check(kinds, vec![(1u8, 1u32)], json!([["Native", 1]]), &metadata);
		let both = [(1u8, 1u32).encode(), (2u8, 7u32, 3u32).encode()];
		let both = [Compact(2u32).encode(), both.concat()].concat();
		assert_eq!(decode(&both, kinds, &metadata), Ok(json!([["Native", 1], [{ "Asset": 7 }, 3]])));
		let taken = field(&metadata, "Slashing", "SlashExecuted", "taken");
		check(taken, vec![(0u8, 5u128)], json!([["Native", "5"]]), &metadata);
		check(taken, Vec::<u8>::new(), json!([]), &metadata);
	}

	#[test]
	fn variants_are_named() {
		let metadata = metadata();
		let kind = field(&metadata, "OperatorDelegation", "Deposited", "kind");
		check(kind, 0u8, json!("Stake"), &metadata);
		check(kind, (2u8, 7u32), json!({ "Asset": 7 }), &metadata);
		let lane = field(&metadata, "Slashing", "SlashReported", "lane");
		check(lane, (0u8, 5u64), json!({ "Consensus": { "fraction": "5" } }), &metadata);
		// Set 1 of service 0, condition 2, which governance may veto; all of what is allocated of `Native`.
		let attested = (1u8, (0u32, 1u32), 2u32, (1u8, 1u8), vec![(1u8, 10u64, 20u64)]);
		let parts = json!([{ "kind": "Native", "fraction": "10", "magnitude": "20" }]);
		let expected = json!({ "Attested": {
			"set": { "avs": 0, "index": 1 }, "condition": 2, "resolver": "Governance", "parts": parts,
		} });
		check(lane, attested, expected, &metadata);
	}

	#[test]
	fn results_are_ok_or_an_error() {
		let metadata = metadata();
		let result = field(&metadata, "Proxy", "ProxyExecuted", "result");
		check(result, Ok::<_, u8>(()), json!({ "Ok": null }), &metadata);
		check(result, Err::<(), _>(2u8), json!({ "Err": "BadOrigin" }), &metadata);
		check(result, Err::<(), _>((7u8, 0u8)), json!({ "Err": { "Token": "FundsUnavailable" } }), &metadata);
		let module = json!({ "Err": { "Module": { "index": 10, "error": "0x03000000" } } });
		check(result, Err::<(), _>((3u8, 10u8, [3u8, 0, 0, 0])), module, &metadata);
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
		let began = (11u8, 0u8, 7u32).encode();
		let json = decode(&began, metadata.outer_enums().event_enum_ty(), &metadata).unwrap();
		let event = Event::of(&json).unwrap();
		assert_eq!((event.path().as_str(), &event.fields), ("Staking.EraBegan", &json!({ "era": 7 })));
		let bare = Event::of(&json!({ "Utility": "BatchCompleted" })).unwrap();
		assert_eq!((bare.path().as_str(), bare.fields), ("Utility.BatchCompleted", Json::Null));
		assert_eq!(Event::of(&json!("Utility")), None);
	}
}
