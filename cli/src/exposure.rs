//! The risks of a deposit into a pool, shown before it is signed.

use crate::{
	chain::Currency,
	output::is_plain,
	read::{self, number},
	values::{BasisPoints, WAD},
};
use serde_json::Value;
use subxt::utils::AccountId32;

/// The pending slashes that the chain lists, at most.
const MAX_PENDING: usize = 16;

/// The answer of `restaking_entering`, as names and texts. `whole` is the largest magnitude of the pool that can be
/// allocated, and other magnitudes are parts of it; an era lasts `era_millis`.
pub fn rows(
	entry: &Value,
	whole: u64,
	currency: &Currency,
	era_millis: Option<u64>,
) -> Vec<(String, String)> {
	let mut rows = vec![];
	let mut say = |name: &str, texts: Vec<String>| {
		let names = std::iter::once(name).chain(std::iter::repeat(""));
		rows.extend(names.zip(texts).map(|(name, text)| (name.to_string(), text)));
	};
	let consensus = entry["consensus"] == true;
	let services = list(&entry["services"]);
	say("refused now", entry["refused"].as_str().map(String::from).into_iter().collect());
	say("commission", vec![commission(entry)]);
	say("slashes", pending(list(&entry["pending"]), currency));
	say("consensus", vec![match consensus {
		true => "offences in making or finalizing blocks take up to 10% while at most a third of the validators offend \
		         at once, up to all of it beyond"
			.into(),
		false => "offences in making or finalizing blocks take nothing of it".into(),
	}]);
	say(
		"services",
		match services {
			[] => vec!["none may slash it".into()],
			services => services.iter().map(|of| service(of, whole)).collect(),
		},
	);
	if !services.is_empty() {
		say("worst case", vec![worst(entry, currency, consensus)]);
	}
	say("exit", entry["exitDelay"].as_u64().map(|eras| exit(eras, era_millis)).into_iter().collect());
	rows
}

/// The accounts that may mint, freeze or seize an asset, as names and texts. `name` is how an account is written.
pub fn issuers(issuers: &Value, name: impl Fn(&AccountId32) -> String) -> Vec<(String, String)> {
	let names: Vec<_> = list(issuers).iter().filter_map(read::account).map(|who| name(&who)).collect();
	match names.is_empty() {
		true => vec![],
		false => vec![("issuer".into(), format!("{} may mint, freeze or seize the asset", names.join(", ")))],
	}
}

fn list(value: &Value) -> &[Value] {
	value.as_array().map_or(&[], Vec::as_slice)
}

fn commission(entry: &Value) -> String {
	let points =
		|field: &str| entry[field].as_u64().and_then(|points| points.try_into().ok()).map(BasisPoints);
	match (points("commission"), points("commissionWithinExit")) {
		(Some(now), Some(most)) if now == most => {
			format!("{now} of what it earns, and no more before you could be out")
		},
		(Some(now), Some(most)) => {
			format!("{now} of what it earns, and up to {most} before you could be out")
		},
		_ => "not known".into(),
	}
}

fn pending(slashes: &[Value], currency: &Currency) -> Vec<String> {
	let slash = |slash: &Value| {
		format!("slash {} takes {} in era {}", slash["id"], amount(&slash["value"], currency), slash["due"])
	};
	let mut texts: Vec<_> = slashes.iter().map(slash).collect();
	match slashes.len() {
		0 => texts.push("no pending slash would take from it".into()),
		MAX_PENDING.. => texts.push("and more may".into()),
		_ => (),
	}
	texts
}

fn service(service: &Value, whole: u64) -> String {
	let set = format!("set {}/{}", service["set"]["avs"], service["set"]["index"]);
	let name = match service["name"].as_str() {
		Some(name) if is_plain(name) => format!("{set} of {name}"),
		_ => set,
	};
	let Some(part) = fraction(&service["magnitude"]).zip(fraction(&service["maxFraction"])) else {
		return format!("{name}: how much it may slash is not known");
	};
	// A magnitude is a part of the pool before services slashed it, and a slash takes from the rest.
	let part = (part.0 * part.1).div_ceil(u128::from(whole).max(1)).min(WAD.into());
	let window = match service["leastWindow"].as_u64() {
		None => return format!("{name}: nothing until it declares a condition"),
		Some(0) => "without a veto".into(),
		Some(1) => "with at least 1 era for a veto".into(),
		Some(eras) => format!("with at least {eras} eras for a veto"),
	};
	let account = if service["redistributes"] == true { "; it goes to an account" } else { "" };
	format!("{name}: up to {} with one slash, {window}{account}", percent(part))
}

fn worst(entry: &Value, currency: &Currency, consensus: bool) -> String {
	let mut text = match (fraction(&entry["worst"]), number(&entry["value"])) {
		(Some(part), Some(value)) => {
			format!(
				"up to {} by one slash of each service, {}",
				percent(part),
				currency.show(share(value, part))
			)
		},
		(Some(part), None) => format!("up to {} by one slash of each service", percent(part)),
		_ => "not known".into(),
	};
	if consensus {
		text += "; all of it by offences in making or finalizing blocks";
	}
	text
}

fn exit(eras: u64, era_millis: Option<u64>) -> String {
	let count = format!("{eras} {} from an exit to its claim", if eras == 1 { "era" } else { "eras" });
	match era_millis.and_then(|millis| millis.checked_mul(eras)) {
		Some(millis) => format!("{count}, {}", span(millis)),
		None => count,
	}
}

/// The approximate length of a time.
fn span(millis: u64) -> String {
	let seconds = millis.div_ceil(1_000);
	let (minutes, hours) = (seconds.div_ceil(60), seconds.div_ceil(3_600));
	match seconds {
		0..120 => format!("about {seconds} seconds"),
		120..7_200 => format!("about {minutes} minutes"),
		7_200..172_800 => format!("about {hours} hours"),
		_ => format!("about {hours} hours, {} days", hours.div_ceil(24)),
	}
}

fn amount(value: &Value, currency: &Currency) -> String {
	number(value).map_or_else(|| "an amount".into(), |units| currency.show(units))
}

/// A part of a whole, in units of [`WAD`].
fn fraction(value: &Value) -> Option<u128> {
	number(value).filter(|part| *part <= WAD.into())
}

/// The part of an amount, rounded up.
fn share(units: u128, part: u128) -> u128 {
	let whole = u128::from(WAD);
	// In two steps, because the product could be too large.
	units / whole * part + (units % whole * part).div_ceil(whole)
}

/// A part in percent with two decimals, rounded up.
fn percent(part: u128) -> String {
	let points = part.div_ceil(u128::from(WAD) / 10_000);
	points.try_into().map_or_else(|_| "all of it".into(), |points| BasisPoints(points).to_string())
}

#[cfg(test)]
mod tests {
	use super::*;
	use serde_json::json;

	#[test]
	fn who_could_take_an_asset_is_named() {
		let who = AccountId32([7; 32]).to_string();
		let name = |who: &AccountId32| format!("account {}", who.0[0]);
		let row = ("issuer".into(), "account 7, account 7 may mint, freeze or seize the asset".into());
		assert_eq!(issuers(&json!([who, who]), name), [row]);
		assert!(issuers(&json!([]), name).is_empty() && issuers(&Value::Null, name).is_empty());
	}

	fn text(entry: &Value, era_millis: Option<u64>) -> Vec<String> {
		rows(entry, WAD, &Currency::stay(), era_millis)
			.into_iter()
			.map(|(name, text)| format!("{name}: {text}"))
			.collect()
	}

	#[test]
	fn stake_answers_for_consensus_only() {
		let entry = json!({
			"refused": null, "shares": "1", "value": "100000000000000", "commission": 500, "commissionWithinExit": 500,
			"pending": [], "consensus": true, "services": [], "worst": "0", "exitDelay": 28,
		});
		assert_eq!(
			text(&entry, Some(21_600_000)),
			[
				"commission: 5% of what it earns, and no more before you could be out",
				"slashes: no pending slash would take from it",
				"consensus: offences in making or finalizing blocks take up to 10% while at most a third of the \
				 validators offend at once, up to all of it beyond",
				"services: none may slash it",
				"exit: 28 eras from an exit to its claim, about 168 hours, 7 days",
			]
		);
	}

	#[test]
	fn services_are_named_with_what_they_may_take() {
		let service = |index: u32, name: &str, window: Value, redistributes: bool| {
			json!({
				"set": { "avs": 0, "index": index }, "name": name, "magnitude": "500000000000000000",
				"maxFraction": if window.is_null() { "0" } else { "333333333333333333" },
				"leastWindow": window, "redistributes": redistributes,
			})
		};
		let entry = json!({
			"refused": "OperatorDelegation.NotAllowed", "value": "100000000000000", "commission": 500,
			"commissionWithinExit": 10_000, "consensus": false, "worst": "300000000000000000", "exitDelay": 4,
			"pending": [{ "id": 4, "due": 12, "value": "2500000000000" }, { "id": 9, "due": 13, "value": "1" }],
			"services": [
				service(0, "Oracle", json!(1), false),
				service(1, "\u{1b}[2J", json!(0), true),
				service(2, "Bridge", json!(null), false),
			],
		});
		assert_eq!(
			text(&entry, Some(30_000)),
			[
				"refused now: OperatorDelegation.NotAllowed",
				"commission: 5% of what it earns, and up to 100% before you could be out",
				"slashes: slash 4 takes 2.5 STAY in era 12",
				": slash 9 takes 0.000000000001 STAY in era 13",
				"consensus: offences in making or finalizing blocks take nothing of it",
				"services: set 0/0 of Oracle: up to 16.67% with one slash, with at least 1 era for a veto",
				": set 0/1: up to 16.67% with one slash, without a veto; it goes to an account",
				": set 0/2 of Bridge: nothing until it declares a condition",
				"worst case: up to 30% by one slash of each service, 30 STAY",
				"exit: 4 eras from an exit to its claim, about 2 minutes",
			]
		);
	}

	#[test]
	fn many_slashes_may_be_more() {
		let slashes: Vec<_> = (0..16).map(|id| json!({ "id": id, "due": 1, "value": "1" })).collect();
		assert_eq!(pending(&slashes, &Currency::stay()).last().unwrap(), "and more may");
		assert_eq!(pending(&slashes[1..], &Currency::stay()).len(), 15);
	}

	#[test]
	fn parts_are_never_said_smaller_than_they_are() {
		assert_eq!(percent(0), "0%");
		assert_eq!(percent(1), "0.01%");
		assert_eq!(percent(WAD.into()), "100%");
		assert_eq!(share(u128::MAX, WAD.into()), u128::MAX);
		assert_eq!(share(10, 1), 1);
		assert_eq!(share(100, u128::from(WAD) / 4), 25);
	}

	#[test]
	fn spans_are_in_the_unit_that_suits() {
		assert_eq!(span(1), "about 1 seconds");
		assert_eq!(span(90_000), "about 90 seconds");
		assert_eq!(span(3_600_000), "about 60 minutes");
		assert_eq!(span(21_600_000), "about 6 hours");
	}

	#[test]
	fn an_answer_of_another_runtime_breaks_nothing() {
		for strange in [
			json!(null),
			json!({}),
			json!({ "services": [{}], "pending": [{}], "worst": 7, "exitDelay": u64::MAX }),
		] {
			assert!(!rows(&strange, 0, &Currency::stay(), Some(u64::MAX)).is_empty());
		}
	}
}
