//! From a call to its end in a final block: what it would do, the question whether it should, the signature, the wait.

use crate::{
	chain::{cause, AtBlock},
	context::Context,
	error::Error,
	events,
	explain::{self, Refusal},
	keys,
	runtime::{pallet_proxy, pallet_utility, RuntimeCall},
	scale::{self, Event},
	values,
};
use serde_json::{json, Value};
use std::io::{IsTerminal, Write};
use subxt::{
	config::DefaultExtrinsicParamsBuilder,
	ext::{
		codec::{Compact, Encode},
		scale_encode::EncodeAsType,
	},
	tx::TransactionStatus,
	utils::{AccountId32, MultiAddress},
	SubstrateConfig,
};

/// For how many blocks a signed transaction can be taken.
const MORTALITY: u64 = 64;
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

/// What a call would do, or did.
struct Effects {
	refusal: Option<Refusal>,
	events: Vec<Event>,
	fee: Option<u128>,
	spendable: Option<(u128, u128)>,
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
			context.out.line(&format!("  {line}"));
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

/// How long a signed extrinsic is: its length, version, address, signature, mortality, nonce, tip, whether a hash of the
/// metadata is signed, and the call.
fn signed_length(call: usize, nonce: u64, tip: u128) -> u32 {
	let body = 1 + 33 + 65 + 2 + Compact(nonce).encoded_size() + Compact(tip).encoded_size() + 1 + call;
	let body = u32::try_from(body).unwrap_or(u32::MAX);
	body.saturating_add(Compact(body).encoded_size() as u32)
}

async fn dry_run(
	at: &AtBlock,
	who: &AccountId32,
	call: &[u8],
	nonce: u64,
	tip: u128,
) -> Result<Effects, Error> {
	let metadata = at.metadata_ref();
	let incompatible =
		|what: String| Error::Incompatible(format!("the chain cannot say what a call would do: {what}"));
	let method = metadata
		.runtime_api_trait_by_name("CallsApi")
		.and_then(|api| api.method_by_name("dry_run").map(|method| method.output_ty()))
		.ok_or_else(|| incompatible("its runtime has no CallsApi".into()))?;
	let length = signed_length(call.len(), nonce, tip);
	let parameters = [who.0.as_slice(), call, &length.encode()].concat();
	let answer = at
		.runtime_apis()
		.call_raw("CallsApi_dry_run", Some(&parameters))
		.await
		.map_err(|error| incompatible(cause(&error)))?;
	let answer = scale::decode(&answer, method, metadata).map_err(incompatible)?;
	if let Some(error) = answer.get("Err") {
		return Err(Error::NotTaken(not_taken(error)));
	}
	let effects = &answer["Ok"];
	let events: Vec<_> = effects["events"].as_array().into_iter().flatten().filter_map(Event::of).collect();
	let number = |field: &str| effects[field].as_str().and_then(|number| number.parse().ok());
	let own = effects["result"].get("Err").map(|error| explain::refusal(error, metadata));
	Ok(Effects {
		refusal: own.or_else(|| refusal_of(&events, at)),
		fee: fee_of(&events),
		spendable: number("spendableBefore").zip(number("spendableAfter")),
		events,
	})
}

/// Why a transaction is not taken, by what the chain says of its validity.
fn not_taken(error: &Value) -> String {
	let (kind, what) = error
		.as_object()
		.and_then(|error| error.iter().next())
		.map_or(("", ""), |(kind, what)| (kind.as_str(), what.as_str().unwrap_or("Custom")));
	match (kind, what) {
		("Invalid", "Payment") => {
			"the account cannot pay the fee. Look at `mainstay-cli show account`".into()
		},
		("Invalid", "ExhaustsResources") => "it is too heavy for one block. Do it in parts".into(),
		("Invalid", "Stale") => "the account sent another transaction meanwhile. Try again".into(),
		(kind, what) => format!("{kind} {what}"),
	}
}

/// A refusal inside of what succeeded: of the call that a proxy made.
fn refusal_of(events: &[Event], at: &AtBlock) -> Option<Refusal> {
	events.iter().find_map(|event| {
		let result = match event.path().as_str() {
			"System.ExtrinsicFailed" => Some(&event.fields["dispatchError"]),
			"Proxy.ProxyExecuted" => event.fields["result"].get("Err"),
			"Sudo.Sudid" => event.fields["sudoResult"].get("Err"),
			"Multisig.MultisigExecuted" => event.fields["result"].get("Err"),
			_ => None,
		};
		result.map(|error| explain::refusal(error, at.metadata_ref()))
	})
}

fn fee_of(events: &[Event]) -> Option<u128> {
	let paid = events.iter().find(|event| event.path() == "TransactionPayment.TransactionFeePaid")?;
	paid.fields["actualFee"].as_str()?.parse().ok()
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
	context.out.note(&format!("{title}:"));
	context.out.note_rows(&rows);
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

/// Where a transaction came in.
struct Found {
	transaction: String,
	block: Option<String>,
	number: Option<u64>,
	is_final: bool,
}

/// How long to wait for a command.
#[derive(Clone, Copy, Debug, PartialEq, Eq, clap::ValueEnum)]
pub enum Wait {
	/// Until the block it is in is final: nothing can undo it.
	Finalized,
	/// Until it is in a block, which may be replaced by another still.
	Block,
	/// Not at all, once the node has it.
	None,
}

async fn send(
	context: &Context,
	signer: &subxt_signer::sr25519::Keypair,
	who: &AccountId32,
	call: &[u8],
) -> Result<(Vec<Event>, Found), Error> {
	let at = context.chain.at_final().await?;
	let incompatible = |error: subxt::error::ExtrinsicError| Error::Incompatible(cause(&error));
	let mut transactions = at.tx();
	let payload = transactions.from_call_data_bytes(call).map_err(incompatible)?;
	let params = DefaultExtrinsicParamsBuilder::<SubstrateConfig>::new()
		.nonce(context.chain.nonce(who).await?)
		.mortal(MORTALITY)
		.tip(context.global.tip_units()?)
		.build();
	let signed = transactions.create_signed(&payload, signer, params).await.map_err(incompatible)?;
	let transaction = hex_of(&signed.hash().0);
	let mut found = Found { transaction: transaction.clone(), block: None, number: None, is_final: false };

	let refused = |error: subxt::error::ExtrinsicError| Error::NotTaken(cause(&error));
	if context.global.wait == Wait::None {
		signed.submit().await.map_err(refused)?;
		return Ok((vec![], found));
	}
	let mut progress = signed.submit_and_watch().await.map_err(refused)?;
	let step = context.out.progress("sent, waiting for a block");
	let unknown = |why: &str| Error::Unknown(format!("{why}; transaction {transaction}"));
	while let Some(status) = progress.next().await {
		let block = match status.map_err(|error| unknown(&cause(&error)))? {
			TransactionStatus::InBestBlock(_) if context.global.wait != Wait::Block => {
				step.say("in a block, waiting until it is final");
				continue;
			},
			TransactionStatus::InBestBlock(block) => block,
			TransactionStatus::InFinalizedBlock(block) => {
				found.is_final = true;
				block
			},
			TransactionStatus::Error { message } | TransactionStatus::Dropped { message } => {
				return Err(unknown(&message))
			},
			TransactionStatus::Invalid { message } => return Err(Error::NotTaken(message)),
			_ => continue,
		};
		step.done();
		found.block = Some(hex_of(&block.block_hash().0));
		let at = block.at().await.map_err(|error| unknown(&cause(&error)))?;
		found.number = Some(at.block_number());
		let happened = block.fetch_events().await.map_err(|error| unknown(&cause(&error)))?;
		let metadata = at.metadata_ref();
		let mut events = vec![];
		for event in happened.iter() {
			let event = event.map_err(|error| unknown(&cause(&error)))?;
			// What `bytes` gives begins with the phase, and ends with topics.
			let bytes = [&[event.pallet_index(), event.event_index()], event.field_bytes()].concat();
			let json = scale::decode(&bytes, metadata.outer_enums().event_enum_ty(), metadata);
			events.extend(json.ok().as_ref().and_then(Event::of));
		}
		return match refusal_of(&events, &at) {
			Some(refusal) => Err(Error::Failed(Box::new(refusal))),
			None => Ok((events, found)),
		};
	}
	Err(unknown("the node stopped telling of it"))
}
