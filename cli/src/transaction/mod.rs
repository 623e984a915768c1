//! From a call to its end in a final block: what it would do, the question whether it should, the signature, the wait.

mod dry_run;
mod outcome;
mod send;

pub use send::Wait;

use crate::{
	chain::AtBlock,
	context::Context,
	error::Error,
	events, keys,
	runtime::{pallet_proxy, pallet_utility, RuntimeCall},
	scale::Event,
	values,
};
use dry_run::{dry_run, Effects};
use outcome::fee_of;
use send::send;
use serde_json::{json, Value};
use std::io::{IsTerminal, Write};
use subxt::{
	ext::scale_encode::EncodeAsType,
	utils::{AccountId32, MultiAddress},
};

/// What somebody wants done.
pub struct Action {
	/// In words, in the imperative: "stake 100 STAY behind //Alice".
	pub title: String,
	/// The calls. More than one are one transaction, all or nothing.
	pub calls: Vec<RuntimeCall>,
	/// What one becomes exposed to, as `name`, `text`, for people.
	pub exposure: Vec<(String, String)>,
	/// The same for programs.
	pub exposure_json: Value,
}

impl Action {
	/// An action of one call, without exposure.
	pub fn new(title: impl Into<String>, call: RuntimeCall) -> Self {
		Self { title: title.into(), calls: vec![call], exposure: vec![], exposure_json: Value::Null }
	}

	/// An action of several calls, all of them or none.
	pub fn all(title: impl Into<String>, calls: Vec<RuntimeCall>) -> Self {
		Self { title: title.into(), calls, exposure: vec![], exposure_json: Value::Null }
	}

	fn call(self) -> Result<RuntimeCall, Error> {
		let mut calls = self.calls;
		match calls.len() {
			0 => Err(Error::Usage("nothing to change was given".into())),
			1 => Ok(calls.remove(0)),
			_ => Ok(RuntimeCall::Utility(pallet_utility::pallet::Call::batch_all { calls })),
		}
	}
}

/// What became of an action.
pub struct Done {
	/// What happened. Empty for what was not sent.
	pub events: Vec<Event>,
	/// Whether it was sent.
	pub sent: bool,
}

/// An account as an address.
pub fn address(who: AccountId32) -> MultiAddress<AccountId32, ()> {
	MultiAddress::Id(who)
}

/// Says what the action would do, asks, signs, sends and waits, each as the command line wants it. What was asked for on
/// the command line is printed; nothing else needs to be.
pub async fn perform(context: &Context, action: Action) -> Result<Done, Error> {
	let global = &context.global;
	let at = context.chain.at_best().await?;
	let (title, exposure, exposure_json) =
		(action.title.clone(), action.exposure.clone(), action.exposure_json.clone());
	let call = action.call()?;

	if global.print_call {
		let bytes = encode(&wrapped(context, call)?, &at)?;
		context.out.value(&json!({ "call": hex_of(&bytes) }), &hex_of(&bytes));
		return Ok(Done { events: vec![], sent: false });
	}

	let who = context.signs()?;
	let bytes = encode(&wrapped(context, call)?, &at)?;
	let (nonce, tip) = (context.chain.nonce(&who).await?, global.tip_units()?);
	let effects = dry_run(&at, &who, &bytes, nonce, tip).await?;

	let asks =
		!global.yes && !global.dry_run && std::io::stdin().is_terminal() && std::io::stderr().is_terminal();
	if global.dry_run || asks {
		preview(context, &title, &who, &effects, &exposure).await;
	}
	if global.dry_run {
		if context.out.is_json() {
			context.out.json(&json!({
				"dryRun": true,
				"title": title,
				"from": who.to_string(),
				"fee": effects.fee.map(|fee| fee.to_string()),
				"spendable": effects.spendable.map(|(before, after)| json!({
					"before": before.to_string(), "after": after.to_string(),
				})),
				"refused": effects.refusal.as_ref().map(|refusal| json!({
					"name": refusal.name, "meaning": refusal.meaning, "remedy": refusal.remedy,
				})),
				"events": effects.events.iter().map(Event::json).collect::<Vec<_>>(),
				"exposure": exposure_json,
			}));
		}
		return match effects.refusal {
			Some(refusal) => Err(Error::Refused(Box::new(refusal))),
			None => Ok(Done { events: effects.events, sent: false }),
		};
	}
	// It would be refused, and cost the fee: then it is not sent.
	if let Some(refusal) = effects.refusal {
		return Err(Error::Refused(Box::new(refusal)));
	}
	if asks {
		confirm()?;
	}

	let (events, found) = send(context, context.signer()?, &who, &bytes).await?;
	let fee = fee_of(&events);
	if context.out.is_json() {
		context.out.json(&json!({
			"title": title,
			"from": who.to_string(),
			"transaction": found.transaction,
			"block": found.block,
			"number": found.number,
			"final": found.is_final,
			"fee": fee.map(|fee| fee.to_string()),
			"events": events.iter().map(Event::json).collect::<Vec<_>>(),
		}));
	} else if let Some(number) = found.number {
		context.out.line(&format!("done: {title}"));
		for line in events::lines(context, &events).await {
			context.out.long_line(&format!("  {line}"));
		}
		let state = if found.is_final { "final" } else { "not final yet" };
		context.out.line(&format!("  block {number}, {state}; transaction {}", found.transaction));
	} else {
		context.out.line(&format!("sent: {}", found.transaction));
	}
	Ok(Done { events, sent: true })
}

/// The call as the one who signs makes it: of the account that it is a proxy of, if it is asked to act for one.
fn wrapped(context: &Context, call: RuntimeCall) -> Result<RuntimeCall, Error> {
	let Some(real) = &context.global.on_behalf_of else { return Ok(call) };
	Ok(RuntimeCall::Proxy(pallet_proxy::pallet::Call::proxy {
		real: address(keys::address(real)?),
		force_proxy_type: None,
		call: Box::new(call),
	}))
}

/// The call as the chain reads it, by the names in the chain's own metadata.
fn encode(call: &RuntimeCall, at: &AtBlock) -> Result<Vec<u8>, Error> {
	let metadata = at.metadata_ref();
	call.encode_as_type(metadata.outer_enums().call_enum_ty(), metadata.types()).map_err(|error| {
		Error::Incompatible(format!(
			"the chain's runtime {} does not have this call as this program knows it: {error}",
			at.spec_version()
		))
	})
}

/// `0x` and hexadecimal digits.
pub fn hex_of(bytes: &[u8]) -> String {
	format!("0x{}", hex::encode(bytes))
}

/// Tells what a call would do.
async fn preview(
	context: &Context,
	title: &str,
	who: &AccountId32,
	effects: &Effects,
	exposure: &[(String, String)],
) {
	let stay = |units: u128| format!("{} STAY", values::grouped(units, values::STAY_DECIMALS));
	let mut rows = vec![("signed by".to_string(), who.to_string())];
	rows.extend(keys::label(who).map(|name| (String::new(), name)));
	if let Some(real) = &context.global.on_behalf_of {
		rows.push(("for".into(), real.clone()));
	}
	if let Some(fee) = effects.fee {
		rows.push(("fee".into(), stay(fee)));
	}
	if let Some(tip) = context.global.tip_units().ok().filter(|tip| *tip > 0) {
		rows.push(("tip, beside it".into(), stay(tip)));
	}
	if let Some((before, after)) = effects.spendable {
		rows.push(("can spend now".into(), stay(before)));
		rows.push(("and afterwards".into(), stay(after)));
	}
	let mut effect = "effect";
	for line in events::lines(context, &effects.events).await {
		rows.push((std::mem::take(&mut effect).into(), line));
	}
	rows.extend(exposure.iter().cloned());
	// The answer of a dry run, and something said on the way to a signature.
	if context.global.dry_run {
		if !context.out.is_json() {
			context.out.line(&format!("{title}:"));
			context.out.rows(&rows);
		}
	} else {
		context.out.note(&format!("{title}:"));
		context.out.note_rows(&rows);
	}
}

fn confirm() -> Result<(), Error> {
	let mut err = std::io::stderr();
	write!(err, "\nSign and send? [y/N] ")?;
	err.flush()?;
	let mut answer = String::new();
	std::io::stdin().read_line(&mut answer)?;
	match answer.trim() {
		"y" | "Y" | "yes" => Ok(()),
		_ => Err(Error::Declined),
	}
}
