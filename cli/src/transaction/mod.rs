//! From a call to its outcome in a final block: the dry run, the confirmation, the signature, the wait.

mod approval;
mod dry_run;
mod failure;
mod fee;
mod follow;
mod lost;
mod outcome;
mod scan;
mod send;
mod signed;

pub use failure::Failure;
pub use fee::weight;
use follow::follow;
pub use follow::stop_signal;
pub use lost::Lost;
pub use signed::Signed;

use crate::{
	chain::AtBlock,
	context::Context,
	error::Error,
	events,
	explain::Refusal,
	guard,
	keys::{self, KeyError, Sender},
	output::plain,
	runtime::{pallet_proxy, pallet_utility, RuntimeCall},
	scale::{hex_of, Event},
	values,
};
use approval::Approval;
use dry_run::{dry_run, signed_length, Effects};
use outcome::Found;
use send::{sign, Finality};
use serde_json::{json, Value};
use subxt::{
	ext::scale_encode::EncodeAsType,
	utils::{AccountId32, MultiAddress},
};

/// An action that a command performs.
pub struct Action {
	/// In words, in the imperative: "stake 100 STAY behind //Alice".
	pub title: String,
	/// The calls. More than one are one transaction, all or nothing.
	pub calls: Vec<RuntimeCall>,
	/// The risks, as `name`, `text`, for people.
	pub exposure: Vec<(String, String)>,
	/// The same for programs.
	pub exposure_json: Value,
	/// Whether the signer itself makes the calls, and not the account for which it acts.
	pub is_signers: bool,
	/// Whether it has no dry run: the chain tries no call whose weight has no bound, as that of new code.
	pub is_untried: bool,
}

impl Action {
	/// An action of one call, without risks.
	pub fn new(title: impl Into<String>, call: RuntimeCall) -> Self {
		Self::all(title, vec![call])
	}

	/// An action of several calls, all of them or none.
	pub fn all(title: impl Into<String>, calls: Vec<RuntimeCall>) -> Self {
		let (title, exposure, exposure_json) = (title.into(), vec![], Value::Null);
		Self { title, calls, exposure, exposure_json, is_signers: false, is_untried: false }
	}

	/// An action of the signer, whatever account it acts for otherwise.
	pub fn of_signer(title: impl Into<String>, call: RuntimeCall) -> Self {
		Self { is_signers: true, ..Self::new(title, call) }
	}

	fn call(self) -> Result<RuntimeCall, Error> {
		let mut calls = self.calls;
		match calls.len() {
			0 => Err(Error::Usage("no change was given".into())),
			1 => Ok(calls.remove(0)),
			_ => Ok(RuntimeCall::Utility(pallet_utility::pallet::Call::batch_all { calls })),
		}
	}
}

/// The result of an action.
pub struct Done {
	/// The action's title.
	title: String,
	/// The events that happened; the expected ones if it was not sent, or not waited for.
	pub events: Vec<Event>,
	/// The transaction and its block.
	sent: Option<(Signed, Found)>,
	/// The signature for a multisig, if it is one.
	approval: Option<Approval>,
}

impl Done {
	/// Whether it was sent.
	pub fn is_sent(&self) -> bool {
		self.sent.is_some()
	}

	/// Whether it was sent, and does not wait for other signatures.
	pub fn is_made(&self) -> bool {
		self.is_sent() && self.approval.as_ref().is_none_or(Approval::executes)
	}

	/// For programs.
	pub fn json(&self) -> Value {
		let Some((signed, found)) = &self.sent else { return Value::Null };
		let mut json = json!({ "title": self.title, "from": signed.who.to_string() });
		// Without waiting, its events have not happened yet.
		let happened = if found.block.is_some() { self.events.as_slice() } else { &[] };
		if let (Some(json), Value::Object(rest)) = (json.as_object_mut(), found.json(happened)) {
			json.extend(rest);
			// The outcome is still open: `resend` finds it with this.
			if !found.is_final {
				json.extend(signed.json());
			}
		}
		if let Some(approval) = &self.approval {
			json["multisig"] = approval.json();
		}
		json
	}

	/// Prints the result, if it was sent.
	async fn print(&self, context: &Context) {
		match context.out.is_json() {
			true if self.is_sent() => context.out.json(&self.json()),
			true => {},
			false => self.tell(context).await,
		}
	}

	/// Like [`Self::print`], with more: for programs `json` in the field `name`, for people `rows` below a heading, if
	/// there are any and the action is made.
	pub async fn tell_with(
		&self,
		context: &Context,
		(name, json): (&str, Value),
		heading: &str,
		rows: &[(String, String)],
	) {
		if !self.is_sent() {
			return;
		}
		if context.out.is_json() {
			let mut answer = self.json();
			answer[name] = json;
			return context.out.json(&answer);
		}
		self.tell(context).await;
		if !rows.is_empty() && self.is_made() {
			context.out.note(heading);
			context.out.note_rows(rows);
		}
	}

	/// Prints the result for people.
	pub async fn tell(&self, context: &Context) {
		let Some((_, found)) = &self.sent else { return };
		let Some(number) = found.number else {
			return context.out.line(&format!("sent: {}", found.transaction));
		};
		context.out.line(&format!("{}: {}", if self.is_made() { "done" } else { "signed" }, self.title));
		for line in events::lines(&context.chain, context.actor().ok(), &self.events).await {
			context.out.long_line(&format!("  {line}"));
		}
		let state = if found.is_final { "final" } else { "not final yet" };
		context.out.line(&format!("  block {number}, {state}; transaction {}", found.transaction));
		if let Some(approval) = &self.approval {
			context.out.rows(&approval.rows(context));
			if let Some(instruction) = approval.instruction() {
				context.out.note(&instruction);
			}
		}
	}
}

/// An account as an address.
pub fn address(who: AccountId32) -> MultiAddress<AccountId32, ()> {
	MultiAddress::Id(who)
}

/// Does the same as [`carry_out`], and prints the result.
pub async fn perform(context: &Context, action: Action) -> Result<Done, Error> {
	let done = carry_out(context, action).await?;
	done.print(context).await;
	Ok(done)
}

/// Shows what the action would do, asks, signs, sends and waits, each as the command line says. It prints the answer
/// of a dry run and a call that is only to be printed, but not the result of a transaction.
pub async fn carry_out(context: &Context, action: Action) -> Result<Done, Error> {
	let global = &context.global;
	let at = context.chain.at_best().await?;
	guard::check(context, &at).await?;
	let (title, exposure, exposure_json) =
		(action.title.clone(), action.exposure.clone(), action.exposure_json.clone());
	let is_untried = action.is_untried;
	let (call, mut approval) = match action.is_signers {
		true => (action.call()?, None),
		false => wrapped(context, &at, action.call()?).await?,
	};
	let bytes = encode(&call, &at)?;
	let unsent = |events, approval| Done { title: title.clone(), events, sent: None, approval };

	if global.print_call {
		let mut json = json!({ "call": hex_of(&bytes) });
		if let Some(approval) = &approval {
			json["multisig"] = approval.json();
		}
		context.out.value(&json, &hex_of(&bytes));
		return Ok(unsent(vec![], approval));
	}

	let Sender { account: who, scheme } = context.sender()?;
	let (nonce, tip) = (context.chain.nonce(&who).await?, global.tip_units()?);
	let signature = scheme.unwrap_or_default().signature_length();
	let length = signed_length(bytes.len(), signature, nonce, tip);
	let mut effects = match is_untried {
		true => Effects::default(),
		false => dry_run(&at, &who, &bytes, length, tip).await?,
	};
	if let Some(approval) = &approval {
		effects.refusal = effects.refusal.map(|refusal| approval.explain(context, refusal));
	}

	let finality = Finality::of(context, &at).await?;
	if let Some(note) = finality.note() {
		context.out.note(&note);
	}
	if global.dry_run {
		if !context.out.is_json() {
			context.out.line(&format!("{title}:"));
			context.out.rows(&preview(context, &who, &effects, approval.as_ref(), &exposure).await);
		} else {
			let mut json = json!({
				"dryRun": true,
				"title": title,
				"from": who.to_string(),
				"fee": effects.fee.map(|fee| fee.to_string()),
				"spendable": effects.spendable_json(),
				"refused": effects.refusal.as_ref().map(Refusal::json),
				"events": effects.events.iter().map(Event::json).collect::<Vec<_>>(),
				"exposure": exposure_json,
				"finalityLag": finality.lag,
			});
			if let Some(approval) = &approval {
				json["multisig"] = approval.json();
			}
			context.out.json(&json);
		}
		return match effects.refusal {
			Some(refusal) => Err(Error::Refused(Box::new(refusal))),
			None => Ok(unsent(effects.events, approval)),
		};
	}
	// The call would fail and cost the fee, so it is not sent.
	if let Some(refusal) = effects.refusal {
		return Err(Error::Refused(Box::new(refusal)));
	}
	if !global.yes {
		let rows = preview(context, &who, &effects, approval.as_ref(), &exposure).await;
		confirm(&title, &context.out.question_rows(&rows))?;
	} else if let Some(warning) = approval.as_ref().and_then(Approval::warning) {
		context.out.note(&warning);
	}

	let signed = sign(context, context.signer()?, &who, &bytes, at.spec_version()).await?;
	let (events, found) = follow(context, &signed, false).await?;
	context.add_sent(&signed.hash);
	let events = if found.block.is_some() { events } else { effects.events };
	if let Some(approval) = &mut approval {
		approval.observe(context, &events, &found).await;
	}
	Ok(Done { title, events, sent: Some((signed, found)), approval })
}

/// Follows a transaction that was signed before, and prints the result.
///
/// # Errors Those of [`follow()`]. The chain is not the one that it was signed for, or that one is not known: the
/// blocks of another chain say nothing about it.
pub async fn resume(context: &Context, signed: &Signed) -> Result<(), Error> {
	if signed.genesis.is_none() {
		return Err(Error::Usage(
			"for which chain was it signed? Give --genesis, as in the message about the transaction".into(),
		));
	}
	guard::genesis(context)?;
	let (events, found) = follow(context, signed, true).await?;
	context.add_sent(&signed.hash);
	let title = "send the transaction again".into();
	Done { title, events, sent: Some((signed.clone(), found)), approval: None }.print(context).await;
	Ok(())
}

/// The call as the signer makes it: in a proxy call if it acts for another account, and that in the call of a multisig
/// if it signs for one. So the multisig is the proxy, and not a signatory.
async fn wrapped(
	context: &Context,
	at: &AtBlock,
	call: RuntimeCall,
) -> Result<(RuntimeCall, Option<Approval>), Error> {
	let call = match &context.global.on_behalf_of {
		None => call,
		Some(real) => RuntimeCall::Proxy(pallet_proxy::pallet::Call::proxy {
			real: address(context.address(real)?),
			force_proxy_type: None,
			call: Box::new(call),
		}),
	};
	let Some(multisig) = context.multisig()? else { return Ok((call, None)) };
	let approval = Approval::of(at, multisig, context.signs()?, encode(&call, at)?).await?;
	Ok((approval.wrap(at, call).await?, Some(approval)))
}

/// The call encoded by the names in the chain's own metadata.
pub fn encode(call: &RuntimeCall, at: &AtBlock) -> Result<Vec<u8>, Error> {
	let metadata = at.metadata_ref();
	call.encode_as_type(metadata.outer_enums().call_enum_ty(), metadata.types()).map_err(|error| {
		Error::Incompatible(format!(
			"the chain's runtime {} does not have this call in the form that this program knows: {error}",
			at.spec_version()
		))
	})
}

/// The effects of a call, for people.
async fn preview(
	context: &Context,
	who: &AccountId32,
	effects: &Effects,
	approval: Option<&Approval>,
	exposure: &[(String, String)],
) -> Vec<(String, String)> {
	let stay = |units: u128| format!("{} STAY", values::grouped(units, values::STAY_DECIMALS));
	let mut rows = vec![("signed by".to_string(), who.to_string())];
	rows.extend(keys::label(who).map(|name| (String::new(), name)));
	if let Some(real) = &context.global.on_behalf_of {
		// The address as it is written here, whatever prefix it was given with.
		let written = context.address(real).map_or_else(|_| real.clone(), |real| context.name(&real));
		rows.push(("for".into(), written));
	}
	if let Some(approval) = approval {
		rows.extend(approval.rows(context));
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
	for line in events::lines(&context.chain, context.actor().ok(), &effects.events).await {
		rows.push((std::mem::take(&mut effect).into(), line));
	}
	if let Some(approval) = approval {
		rows.extend(approval.effect_rows(context).await);
	}
	// The only thing in a call that the node decides: the name and the decimals of a currency.
	for (id, currency) in context.chain.known_assets() {
		let unit = values::grouped(10u128.saturating_pow(currency.decimals.into()), 0);
		rows.push((
			format!("asset {id}"),
			format!("1 {} is {unit} of its smallest unit, according to the node", currency.symbol),
		));
	}
	rows.extend(exposure.iter().cloned());
	rows
}

/// Asks at the terminal, even if the command's input or output is redirected.
fn confirm(title: &str, rows: &str) -> Result<(), Error> {
	const INSTEAD: &str = "--yes";
	let question = format!("{}:\n{rows}\n\nSign and send? [y/N] ", plain(title));
	match keys::prompt(&question, INSTEAD) {
		Ok(answer) if matches!(answer.as_str(), "y" | "Y" | "yes") => Ok(()),
		Ok(_) => Err(Error::Declined),
		Err(KeyError::NoTerminal { .. }) => Err(Error::Usage(
			"there is no terminal to ask whether to sign: give --yes, or set MAINSTAY_YES=1, to sign without a question; \
			 --dry-run shows what would happen"
				.into(),
		)),
		Err(error) => Err(error.into()),
	}
}

#[cfg(test)]
mod tests {
	use super::*;

	// sending 1
	#[test]
	fn what_is_not_final_says_how_to_ask_for_its_end() {
		let done = |is_final| {
			let found = Found { transaction: "0xcd".into(), block: None, number: None, is_final };
			let sent = Some((Signed::example(), found));
			Done { title: "send 1 STAY".into(), events: vec![], sent, approval: None }
		};
		let json = done(false).json();
		assert!(Signed::example().json().into_iter().all(|(name, value)| json[name] == value), "{json}");
		assert!(done(true).json().get("signed").is_none());
	}
}
