//! Answers for people: records as names and values, lists as tables, and each value by its meaning.

use super::{
	clock::{self, Clock},
	grid, heading, pairs, plain,
	schema::Type,
	words::{self, Cell, Meaning},
	Out,
};
use crate::{
	chain::{Chain, Currency},
	error::Error,
	keys,
	read::{self, Coin},
	template::{fill, Record},
	values,
};
use serde_json::{json, Value};
use std::{
	collections::{BTreeMap, BTreeSet},
	str::FromStr,
};
use subxt::utils::AccountId32;

/// The decimals of an amount in a table. The record's own view and JSON have all of them.
const TABLE_DIGITS: u8 = 4;
/// The decimals of a percentage in a table.
const TABLE_PERCENT_DIGITS: u8 = 2;
/// How many letters of an address a narrow table shows, at its beginning and its end.
const ADDRESS_ENDS: (usize, usize) = (8, 4);

/// What is needed to write answers for people, read once for each answer.
#[derive(Debug)]
pub struct View {
	currencies: BTreeMap<u32, Currency>,
	clock: Option<Clock>,
	width: u16,
	bold: bool,
}

/// How much space a value has.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Width {
	/// A row of its own.
	Row,
	/// A cell of a table.
	Cell,
	/// A cell of a table that would be too wide with whole addresses.
	Narrow,
}

/// The currencies of amounts.
#[derive(Clone, Copy, Debug, Default)]
struct Units {
	/// The currency or kind that the record names.
	own: Coin,
	/// The currency of payments, inside a record that names it.
	paid: Option<Coin>,
}

impl Units {
	/// The currencies of the amounts in a record inside another one.
	fn within(self, ty: Type, record: &Value) -> Self {
		let currency = Coin::of(&record["currency"]);
		let kind = Coin::of(&record["kind"]);
		let id = match ty.name().as_str() {
			"AssetDetails" => read::unsigned(&record["id"]).map(Coin::Asset),
			_ => None,
		};
		Self { own: kind.or(currency).or(id).unwrap_or(self.own), paid: currency.or(self.paid) }
	}
}

/// A value in an answer, with its type and meaning.
#[derive(Clone, Copy)]
struct Place<'a> {
	ty: Type,
	value: &'a Value,
	meaning: Meaning,
	units: Units,
}

impl<'a> Place<'a> {
	fn new(ty: Type, value: &'a Value, meaning: Meaning, units: Units) -> Self {
		Self { ty, value, meaning, units: units.within(ty, value) }
	}

	fn field(&self, name: &str) -> Self {
		let record = self.ty.name();
		let meaning = match self.ty.is_announced() {
			// An announced value has the meaning of its field.
			true => self.meaning,
			false => words::meaning(&record, name),
		};
		Self::new(self.ty.field(name), &self.value[name], meaning, self.units)
	}

	fn at(&self, path: &str) -> Self {
		path.split('.').fold(*self, |place, name| place.field(name))
	}

	fn entries(&self) -> impl Iterator<Item = Place<'a>> + '_ {
		let entries = self.value.as_array().into_iter().flatten();
		entries.map(|entry| Place::new(self.ty.items(), entry, self.meaning, self.units))
	}

	/// For a page, the list in it.
	fn behind_page(self) -> Self {
		if self.ty.is_page() {
			self.field("items")
		} else {
			self
		}
	}

	/// The names of fields: first those in the document, then those that only the node knows.
	fn names(&self) -> Vec<&'a str> {
		let known: Vec<&str> = self.ty.fields().collect();
		let all = self.value.as_object().into_iter().flatten().map(|(name, _)| name.as_str());
		let newer: Vec<&str> = all.filter(|name| !known.contains(name)).collect();
		known.into_iter().chain(newer).collect()
	}
}

/// A heading, and the text below it.
struct Section {
	title: String,
	body: String,
}

impl View {
	/// Reads what is needed for an answer of this node. `assets` are those that the answer does not name itself.
	pub async fn of(
		chain: &Chain,
		out: &Out,
		value: &Value,
		assets: impl IntoIterator<Item = u32>,
	) -> Result<Self, Error> {
		let mut assets: BTreeSet<u32> = assets.into_iter().collect();
		collect_assets(value, &mut assets);
		let mut currencies = BTreeMap::new();
		for id in assets {
			currencies.insert(id, chain.currency(Some(id)).await?);
		}
		let clock = chain.read("staking_era", json!({})).await?.as_ref().and_then(Clock::of);
		Ok(Self { currencies, clock, width: out.width(), bold: out.is_bold() })
	}

	/// A view without a node.
	#[cfg(test)]
	pub fn fixed(currencies: BTreeMap<u32, Currency>, clock: Clock, width: u16) -> Self {
		Self { currencies, clock: Some(clock), width, bold: false }
	}

	/// The answer of a method. Amounts whose record names no currency are in `asset`, or in STAY.
	pub fn answer(&self, method: &str, value: &Value, asset: Option<u32>) -> String {
		self.show(Type::answer(method), value, asset)
	}

	fn show(&self, ty: Type, value: &Value, asset: Option<u32>) -> String {
		let units = Units { own: asset.into(), paid: None };
		let mut sections = Vec::new();
		self.lay_out(Place::new(ty, value, Meaning::Plain, units), "", &mut sections);
		let texts = sections.iter().map(|Section { title, body }| match title.as_str() {
			"" => body.clone(),
			title => format!("{}\n{body}", heading(title, self.bold)),
		});
		texts.collect::<Vec<_>>().join("\n\n")
	}

	/// A value in one line, if possible.
	fn line(&self, ty: Type, value: &Value, own: Coin) -> String {
		let place = Place::new(ty, value, Meaning::Plain, Units { own, paid: None });
		self.text(place, Width::Row).unwrap_or_else(|| plain(&value.to_string()))
	}

	/// A sentence about a record of the type `name`, with the record's fields in place of `{field}`.
	pub fn sentence(&self, sentence: &str, name: &str, record: &Value) -> String {
		let place = Place::new(Type::named(name), record, Meaning::Plain, Units::default());
		self.filled(sentence, place, Width::Row)
	}

	/// An amount of STAY, or of an asset.
	pub fn amount(&self, units: u128, asset: Option<u32>) -> String {
		self.currency(asset.into()).show(units)
	}

	/// An amount, as an answer has it with its currency.
	pub fn money(&self, money: &Value) -> String {
		self.line(Type::named("Money"), money, Coin::Stay)
	}

	/// An account.
	pub fn account(&self, account: &Value) -> String {
		self.line(Type::named("Account"), account, Coin::Stay)
	}

	/// A kind of pool.
	pub fn kind(&self, kind: &Value) -> String {
		self.line(Type::named("PoolKind"), kind, Coin::Stay)
	}

	/// An amount of a kind's currency.
	pub fn money_of(&self, kind: &Value, amount: &Value) -> String {
		self.line(Type::named("PoolAmount").field("amount"), amount, Coin::of(kind).unwrap_or_default())
	}

	fn lay_out(&self, place: Place, title: &str, sections: &mut Vec<Section>) {
		let place = place.behind_page();
		if let Some(body) = self.list(place) {
			return sections.push(Section { title: title.into(), body });
		}
		if place.value.is_array() {
			return self.lay_out_entries(place, title, sections);
		}
		if !place.value.is_object() {
			let body = self.text(place, Width::Row).unwrap_or_default();
			return sections.push(Section { title: title.into(), body });
		}
		let (record, mut rows, mut rest) = (place.ty.name(), Vec::new(), Vec::new());
		let said = words::title(&record).unwrap_or_default();
		for name in place.names().into_iter().filter(|name| !said.contains(&format!("{{{name}}}"))) {
			let (field, label) = (place.field(name).behind_page(), words::label(&record, name));
			if field.meaning == Meaning::Filled && is_empty(field.value) {
				continue;
			}
			match self.list(field).is_none().then(|| self.text(field, Width::Row)).flatten() {
				Some(text) => rows.push((plain(&label), text)),
				None => rest.push((plain(&label), field)),
			}
		}
		if !rows.is_empty() {
			sections.push(Section { title: title.into(), body: pairs(&rows, self.width, self.bold) });
		}
		for (label, field) in rest {
			self.lay_out(field, &joined(title, &label), sections);
		}
	}

	/// Records that are too long for a table, each with its own heading.
	fn lay_out_entries(&self, place: Place, title: &str, sections: &mut Vec<Section>) {
		for (index, entry) in place.entries().enumerate() {
			match words::title(&entry.ty.name()) {
				Some(own) => self.lay_out(entry, &self.filled(own, entry, Width::Row), sections),
				None => self.lay_out(entry, &joined(title, &(index + 1).to_string()), sections),
			}
		}
	}

	/// A list that is a table.
	fn list(&self, place: Place) -> Option<String> {
		let columns = words::columns(&place.ty.items().name())?;
		let filled =
			place.meaning != Meaning::Row && place.value.as_array().is_some_and(|list| !list.is_empty());
		filled.then(|| self.list_of(place, columns))
	}

	fn list_of(&self, place: Place, columns: &[(&str, Cell)]) -> String {
		let cells = |width| -> Vec<Vec<String>> {
			place
				.entries()
				.map(|entry| columns.iter().map(|(_, cell)| self.cell(entry, *cell, width)).collect())
				.collect()
		};
		let header: Vec<&str> = columns.iter().map(|(head, _)| *head).collect();
		let wide = cells(Width::Cell);
		let rows =
			if natural_width(&header, &wide) <= self.width.into() { wide } else { cells(Width::Narrow) };
		let numbers: Vec<bool> = columns.iter().map(|(_, cell)| is_number(place.ty.items(), *cell)).collect();
		grid(&header, &numbers, rows, self.width, self.bold)
	}

	fn cell(&self, entry: Place, cell: Cell, width: Width) -> String {
		match cell {
			Cell::Field(path) => {
				let field = entry.at(path);
				// An empty list leaves its cell empty.
				match is_empty(field.value) {
					true => String::new(),
					false => self.text(field, width).unwrap_or_else(|| "…".into()),
				}
			},
			Cell::Count(path) => match entry.at(path).value.as_array().map_or(0, Vec::len) {
				0 => String::new(),
				count => count.to_string(),
			},
			Cell::Sum(list, field) => {
				let list = entry.at(list);
				let amounts = list.entries().map(|part| units_in(part.field(field).value));
				match amounts.reduce(u128::saturating_add) {
					Some(sum) => self.coins(sum, list.units.own, width),
					None => String::new(),
				}
			},
			Cell::First(flags) => {
				let first = flags.iter().find(|(flag, _)| entry.at(flag).value == &Value::Bool(true));
				first.map_or_else(String::new, |(_, text)| text.to_string())
			},
		}
	}

	/// A value in a line. None for records without a sentence, and for lists of such records.
	fn text(&self, place: Place, width: Width) -> Option<String> {
		let text = match place.value {
			Value::Null if place.meaning == Meaning::Refusal => "no".into(),
			Value::Null => "-".into(),
			Value::Bool(true) => "yes".into(),
			Value::Bool(false) => "no".into(),
			Value::Number(number) => match number.as_u64() {
				Some(number) => self.number(number, place.meaning, width),
				None => number.to_string(),
			},
			Value::String(text) => self.string(text, place, width),
			Value::Array(entries) if entries.is_empty() => "none".into(),
			Value::Array(_) => {
				let texts: Option<Vec<_>> = place.entries().map(|entry| self.text(entry, width)).collect();
				let texts = texts?;
				// Entries that contain commas are separated by semicolons.
				texts.join(if texts.iter().any(|text| text.contains(", ")) { "; " } else { ", " })
			},
			Value::Object(_) => return self.object(place, width),
		};
		Some(text)
	}

	fn number(&self, number: u64, meaning: Meaning, width: Width) -> String {
		match meaning {
			Meaning::Era => self.era(number, width),
			Meaning::Eras => self.eras(number, width),
			Meaning::Millis => clock::duration(number),
			Meaning::Time => {
				let ago = clock::duration(clock::now().saturating_sub(number));
				format!("{} ({ago} ago)", clock::time(number))
			},
			Meaning::BasisPoints => format!("{}%", values::decimal(number.into(), 2)),
			Meaning::Percent => format!("{number}%"),
			Meaning::Millionths => format!("{}%", values::grouped(number.into(), 4)),
			Meaning::Pools => format!("{number} × the pool"),
			_ => number.to_string(),
		}
	}

	fn era(&self, era: u64, width: Width) -> String {
		let (name, about) = if width == Width::Row { ("era ", "about ") } else { ("", "") };
		match self.clock {
			Some(clock) if clock.era == era => format!("{name}{era} (now)"),
			Some(clock) => match clock.until(era) {
				Some(0) => format!("{name}{era} (in a moment)"),
				Some(millis) => format!("{name}{era} (in {about}{})", clock::duration(millis)),
				None => format!("{name}{era}"),
			},
			None => format!("{name}{era}"),
		}
	}

	fn eras(&self, eras: u64, width: Width) -> String {
		let text = if eras == 1 { "1 era".into() } else { format!("{eras} eras") };
		let lasting =
			self.clock.and_then(|clock| clock.lasting(eras)).filter(|_| eras > 0 && width == Width::Row);
		match lasting {
			Some(millis) => format!("{text} (about {})", clock::duration(millis)),
			None => text,
		}
	}

	fn string(&self, text: &str, place: Place, width: Width) -> String {
		match (place.ty.name().as_str(), text.parse::<u128>()) {
			("Amount", Ok(units)) => match place.meaning {
				Meaning::Weight => rounded(units, values::STAY_DECIMALS, TABLE_DIGITS, width),
				// At the beginning, a share is one unit.
				Meaning::Shares => {
					rounded(units, self.currency(place.units.own).decimals, TABLE_DIGITS, width)
				},
				Meaning::Paid => self.coins(units, place.units.paid.unwrap_or(place.units.own), width),
				_ => self.coins(units, place.units.own, width),
			},
			("Fraction", Ok(units)) => format!("{}%", rounded(units, 16, TABLE_PERCENT_DIGITS, width)),
			("Account", _) => account(text, width),
			("Coin", _) if text == "native" => Currency::stay().symbol,
			("Text", _) if text.is_empty() => "-".into(),
			_ => plain(text),
		}
	}

	fn object(&self, place: Place, width: Width) -> Option<String> {
		let name = place.ty.name();
		match name.as_str() {
			"PoolKind" => return Coin::of(place.value)?.asset().map(|id| format!("asset:{id}")),
			"Coin" => {
				return Coin::of(place.value).map(|coin| plain(&self.currency(coin).symbol));
			},
			"OperatorSetId" => {
				return Some(format!("{}/{}", place.value["avs"].as_u64()?, place.value["index"].as_u64()?));
			},
			_ if place.ty.is_announced() => return self.announced(place, width),
			_ => {},
		}
		if let Some(sentence) = words::sentence(&name, width != Width::Row) {
			return Some(self.filled(sentence, place, width));
		}
		// A variant of an enum: its name, and what it carries.
		let (variant, carried) = place.value.as_object().filter(|fields| fields.len() == 1)?.iter().next()?;
		let ty = Some(place.ty.variant(variant)).filter(|ty| !ty.name().is_empty())?;
		let place = Place::new(ty, carried, Meaning::Plain, place.units);
		self.text(place, width)
	}

	fn announced(&self, place: Place, width: Width) -> Option<String> {
		let (now, next) = (self.text(place.field("now"), width)?, place.field("next"));
		if next.value.is_null() {
			return Some(now);
		}
		let value = Place { meaning: place.meaning, ..next.field("value") };
		let (from, later) = (self.text(next.field("from"), width)?, self.text(value, width)?);
		Some(match width {
			Width::Row => format!("{now}; from {from} on {later}"),
			_ => format!("{now}, then {later}"),
		})
	}

	/// A sentence filled with a record's fields.
	fn filled(&self, sentence: &str, place: Place, width: Width) -> String {
		fill(sentence, &Shown { view: self, place, width }).unwrap_or_else(|| "…".into())
	}

	fn currency(&self, coin: Coin) -> Currency {
		let Some(id) = coin.asset() else { return Currency::stay() };
		let known = self.currencies.get(&id).cloned();
		known.unwrap_or_else(|| Currency { symbol: format!("of asset {id}"), decimals: 0 })
	}

	fn coins(&self, units: u128, coin: Coin, width: Width) -> String {
		let Currency { symbol, decimals } = self.currency(coin);
		format!("{} {}", rounded(units, decimals, TABLE_DIGITS, width), plain(&symbol))
	}
}

/// A record whose fields fill a sentence.
struct Shown<'a> {
	view: &'a View,
	place: Place<'a>,
	width: Width,
}

impl Record for Shown<'_> {
	fn value(&self, path: &str) -> Option<&Value> {
		Some(self.place.at(path).value)
	}

	/// The document defines the meaning of values, so there are no formats. A value that cannot be shown is replaced by
	/// an ellipsis.
	fn written(&self, path: &str, _: &str) -> Option<String> {
		Some(self.view.text(self.place.at(path), self.width).unwrap_or_else(|| "…".into()))
	}
}

/// The local name of an account, or its address.
fn account(address: &str, width: Width) -> String {
	let Ok(account) = AccountId32::from_str(address) else { return plain(address) };
	if let Some(name) = keys::label(&account) {
		return name;
	}
	let (first, last) = ADDRESS_ENDS;
	match width {
		Width::Narrow if address.len() > first + last => {
			format!("{}…{}", &address[..first], &address[address.len() - last..])
		},
		_ => address.into(),
	}
}

/// A number with its last `decimals` digits after the point. In a table, it is rounded down to `digits` decimals, and
/// a smaller number is marked as such.
fn rounded(units: u128, decimals: u8, digits: u8, width: Width) -> String {
	let cut = decimals.saturating_sub(digits);
	if width == Width::Row || cut == 0 || units == 0 {
		return values::grouped(units, decimals);
	}
	match 10u128.checked_pow(cut.into()).map_or(0, |unit| units / unit) {
		0 => format!("<{}", values::decimal(1, digits)),
		units => values::grouped(units, digits),
	}
}

/// The digits of an amount.
pub fn units_in(amount: &Value) -> u128 {
	read::number(amount).unwrap_or(0)
}

fn is_empty(list: &Value) -> bool {
	list.as_array().is_some_and(Vec::is_empty)
}

fn is_number(record: Type, cell: Cell) -> bool {
	match cell {
		Cell::Field(path) => {
			let (of, name) = path.rsplit_once('.').unwrap_or(("", path));
			let of = of.split('.').filter(|name| !name.is_empty()).fold(record, |ty, name| ty.field(name));
			of.field(name).is_number()
				&& !matches!(words::meaning(&of.name(), name), Meaning::Era | Meaning::Eras)
		},
		Cell::Count(_) | Cell::Sum(..) => true,
		Cell::First(_) => false,
	}
}

/// The natural width of a table. Each column has a blank on both sides.
fn natural_width(header: &[&str], rows: &[Vec<String>]) -> usize {
	let column = |index: usize| {
		let cells = rows.iter().filter_map(|row| row.get(index)).map(|cell| cell.chars().count());
		cells.chain([header[index].chars().count()]).max().unwrap_or(0) + 2
	};
	(0..header.len()).map(column).sum()
}

fn joined(title: &str, label: &str) -> String {
	if title.is_empty() {
		label.into()
	} else {
		format!("{title}: {label}")
	}
}

fn collect_assets(value: &Value, assets: &mut BTreeSet<u32>) {
	match value {
		Value::Array(entries) => entries.iter().for_each(|entry| collect_assets(entry, assets)),
		Value::Object(fields) => {
			assets.extend(Coin::of(value).and_then(Coin::asset));
			fields.values().for_each(|field| collect_assets(field, assets));
		},
		_ => {},
	}
}

#[cfg(test)]
mod tests {
	use super::{super::testing::*, *};
	use crate::output::{schema, steers};

	const ALICE: &str = "5GrwvaEF5zXb26Fz9rcQpDWS57CtERHpNehXCPcNoHGKutQY";

	fn methods() -> impl Iterator<Item = &'static str> {
		let methods = schema::document()["methods"].as_array().unwrap().iter();
		methods
			.filter(|method| method["x-subscription"].is_null())
			.map(|method| method["name"].as_str().unwrap())
	}

	#[test]
	fn every_answer_fits_80_columns_and_steers_no_terminal() {
		for method in methods() {
			for variant in 0..24 {
				let text = view().answer(method, &answer(method, variant), Some(7));
				for line in text.lines() {
					assert!(line.chars().count() <= 80, "{method} {variant}:\n{text}");
					assert!(!line.chars().any(steers), "{method}: {line:?}");
				}
				// Every value can be shown.
				assert!(
					!text.lines().any(|line| line.trim_end().ends_with(" …")),
					"{method} {variant}:\n{text}"
				);
			}
		}
	}

	#[test]
	fn a_record_is_names_and_values() {
		let position = json!({
			"who": ALICE, "operator": ADDRESS, "kind": { "asset": 7 }, "shares": "3000000000", "value": "2416666667",
			"fresh": "1000000000",
			"exits": [{ "queued": 9, "value": "1500000", "matures": 16, "held": false, "claimable": false }],
			"pending": [],
			"rewards": [{ "currency": "native", "amount": "1" }, { "currency": { "asset": 7 }, "amount": "2500000" }],
		});
		let expected = format!(
			"   who                     //Alice
   operator                {ADDRESS}
   kind                    asset:7
   shares                  3,000
   value                   2,416.666667 GEM
   pending slashes         none
   rewards not credited    0.000000000001 STAY, 2.5 GEM
   earn from the next era  1,000

Exits
 QUEUED    VALUE  MATURES
 9       1.5 GEM  16 (in 1 min 50 s)"
		);
		assert_eq!(view().answer("operators_position", &position, None), expected);
	}

	#[test]
	fn a_list_is_a_table() {
		let operator = |operator: &str, stake: &str, active: bool| {
			json!({
				"operator": operator, "name": "Opal", "commission": 275, "open": true, "retired": false,
				"candidate": true, "active": active, "stake": stake, "pools": [], "sets": 2,
			})
		};
		let items = [operator(ADDRESS, "1234567891234567890", true), operator(ALICE, "1", false)];
		let found = json!({ "total": 2, "next": null, "items": items });
		let expected = " OPERATOR                                          NAME  TAKES                STAKE  SETS             OPEN";
		let wide = View::fixed(Default::default(), Clock { era: 1, millis: 1, elapsed: 0 }, 120);
		assert_eq!(wide.answer("operators_search", &found, None).lines().next(), Some(expected));
		let expected = " OPERATOR       NAME  TAKES                STAKE  SETS             OPEN
 5HpG9w8E…SWFc  Opal  2.75%  1,234,567.8912 STAY     2  validates  yes
 //Alice        Opal  2.75%         <0.0001 STAY     2  candidate  yes";
		assert_eq!(view().answer("operators_search", &found, None), expected);
	}

	#[test]
	fn what_is_announced_says_when() {
		let operator = |value: Value| view().sentence("{commission}, {leverage}", "OperatorDetails", &value);
		let announced = json!({ "now": 500, "next": { "value": 1000, "from": 13 } });
		let settled = json!({ "now": 300, "next": null });
		assert_eq!(
			operator(json!({ "commission": announced, "leverage": settled })),
			"5%; from era 13 (in about 20 s) on 10%, 300%"
		);
	}

	#[test]
	fn amounts_are_of_what_the_record_says() {
		// A payment in one currency is a return on stake in another one.
		let whole =
			json!({ "millionths": 12_345, "earned": "5000000000000", "stake": "2000000", "eras": 28 });
		let paid = json!({ "currency": "native", "amount": "1", "streams": "0", "kinds": [
			{ "kind": { "asset": 7 }, "whole": whole },
		] });
		let kind = Place::new(Type::named("PaidReturn"), &paid, Meaning::Plain, Units::default());
		let kind = kind.field("kinds").entries().next().unwrap();
		let text = view().filled("{whole}", kind, Width::Row);
		assert_eq!(text, "1.2345%: earned 5 STAY on 2 GEM, added up over 28 eras (about 14 min)");

		let slash = json!({ "cause": { "attested": {
			"set": { "avs": 3, "index": 1 }, "condition": 2, "resolver": null,
			"parts": [{ "kind": "native", "fraction": "250000000000000000", "magnitude": "500000000000000000" }],
		} }, "state": { "executed": { "era": 9, "taken": [{ "currency": { "asset": 7 }, "amount": "7" }], "unpaid": [] } } });
		assert_eq!(
			view().sentence("{cause} | {state}", "SlashDetails", &slash),
			"condition 2 of set 3/1: 25% of 50% of native | executed in era 9, took 0.000007 GEM; not paid out: none"
		);
		// The currency of asset 8 was not read.
		assert_eq!(view().amount(5, Some(8)), "5 of asset 8");
	}

	#[test]
	fn fields_of_a_newer_node_are_shown() {
		let slash =
			json!({ "id": 3, "newerField": "\u{1b}[1m", "more": [1, 2], "evenMore": { "deep\u{7}": true } });
		let text = view().answer("slashing_slash", &slash, None);
		assert!(text.contains("newer field  \\u{1b}[1m"), "{text}");
		assert!(text.contains("more         1, 2"), "{text}");
		assert!(text.contains("Even more\n   deep\\u{7}  yes"), "{text}");
		assert!(!text.chars().any(|letter| letter != '\n' && steers(letter)), "{text}");
	}

	#[test]
	fn tables_round_down_and_say_when_little_is_not_nothing() {
		let cell = |units| rounded(units, 12, 4, Width::Cell);
		assert_eq!(cell(0), "0");
		assert_eq!(cell(1), "<0.0001");
		assert_eq!(cell(99_999_999), "<0.0001");
		assert_eq!(cell(100_000_000), "0.0001");
		assert_eq!(cell(1_999_999_999_999), "1.9999");
		assert_eq!(rounded(1_999_999_999_999, 12, 4, Width::Row), "1.999999999999");
		assert_eq!(rounded(1_234_567, 2, 4, Width::Cell), "12,345.67");
		assert_eq!(rounded(u128::MAX, 255, 4, Width::Cell), "<0.0001");
	}

	#[test]
	fn addresses_are_whole_where_they_fit() {
		assert_eq!(account(ALICE, Width::Narrow), "//Alice");
		assert_eq!(account(ADDRESS, Width::Narrow), "5HpG9w8E…SWFc");
		assert_eq!(account(ADDRESS, Width::Cell), ADDRESS);
		assert_eq!(account("\u{1b}[1mnobody", Width::Narrow), "\\u{1b}[1mnobody");
	}
}
