//! Claims exits. For those that cannot be claimed, it says why.

use super::show::{self, At};
use crate::{
	context::Context,
	error::Error,
	output::{duration, Clock, View},
	read,
	runtime::{mainstay_operator_delegation::pallet::Call as Delegation, RuntimeCall},
	transaction::{carry_out, Action},
};
use serde_json::{json, Value};
use subxt::utils::AccountId32;

/// Exits that are listed one by one, at most.
const MAX_LISTED: usize = 20;

/// Pay out exits that have matured
#[derive(clap::Args, Debug)]
pub struct Claim {
	/// Whose exits: anyone may claim for anyone, and the owner is paid
	#[arg(long, value_name = "ACCOUNT")]
	pub owner: Option<String>,
	/// How many exits to claim in one transaction, at most
	#[arg(long, default_value_t = 50, value_parser = clap::value_parser!(u16).range(1..=200))]
	pub most: u16,
}

impl Claim {
	/// Claims everything that can be claimed.
	pub async fn run(self, context: &Context) -> Result<(), Error> {
		let owner = context.account(self.owner.as_deref())?;
		// All queries are at one block.
		let at = At { at: Some(context.chain.at_best().await?.block_hash()) };
		let exits = show::exits(context, &owner, &at).await?;
		let era = show::era(context, &at).await?;
		let (claimable, rest): (Vec<_>, Vec<_>) =
			exits.iter().partition(|exit| exit["exit"]["claimable"] == true);
		let unclaimable = Unclaimable::of(context, &rest, &era, &at).await?;
		let calls: Vec<_> =
			claimable.iter().take(self.most.into()).filter_map(|exit| call(owner, exit)).collect();
		if calls.is_empty() {
			return Err(Error::NotFound(match exits.is_empty() {
				true => format!("{} has no exits", context.name(&owner)),
				false => unclaimable.nothing(&context.name(&owner)),
			}));
		}
		let left = claimable.len().saturating_sub(calls.len());
		let exits = if calls.len() == 1 { "one exit".to_string() } else { format!("{} exits", calls.len()) };
		let mut action = Action::all(format!("claim {exits} of {}", context.name(&owner)), calls);
		action.exposure = unclaimable.rows();
		action.exposure_json = json!({ "notClaimable": unclaimable.json });
		let done = carry_out(context, action).await;
		let done = done.map_err(|error| error.by_anyone("claim", &owner))?;
		let rows = unclaimable.rows();
		done.tell_with(
			context,
			("notClaimable", unclaimable.json.into()),
			"What cannot be claimed yet:",
			&rows,
		)
		.await;
		match left {
			left @ 1.. if done.is_made() => Err(Error::left(format!(
				"the transaction claims {exits}, and {left} more can be claimed: once it is final, give the command again, or \
				 claim more at once with --most"
			))),
			_ => Ok(()),
		}
	}
}

fn call(owner: AccountId32, exit: &Value) -> Option<RuntimeCall> {
	Some(RuntimeCall::OperatorDelegation(Delegation::claim {
		owner,
		operator: read::account(&exit["operator"])?,
		kind: read::kind(&exit["kind"])?,
		queued: read::unsigned(&exit["exit"]["queued"])?,
	}))
}

/// The exits that cannot be claimed, and why.
#[derive(Default)]
struct Unclaimable {
	/// Exits that a slash holds, and why.
	held: Vec<(String, String)>,
	/// How many exits mature later.
	maturing: usize,
	/// When the next of them matures.
	next: String,
	/// For programs.
	json: Vec<Value>,
}

impl Unclaimable {
	async fn of(context: &Context, exits: &[&Value], status: &Value, at: &At) -> Result<Self, Error> {
		let mut unclaimable = Self::default();
		let era = status["era"].as_u64().unwrap_or(0);
		let view = View::of(&context.chain, &context.out, &json!(exits), []).await?;
		let mut slashes: Vec<(&Value, Vec<Value>)> = vec![];
		let mut next = None;
		for exit in exits {
			let matures = exit["exit"]["matures"].as_u64().unwrap_or(0);
			if matures > era {
				unclaimable.maturing += 1;
				next = Some(next.map_or(matures, |next: u64| next.min(matures)));
				let why = format!("matures in era {matures}");
				unclaimable.json.push(
					json!({ "operator": exit["operator"], "kind": exit["kind"], "exit": exit["exit"], "why": why }),
				);
				continue;
			}
			let operator = &exit["operator"];
			if !slashes.iter().any(|(of, _)| *of == operator) {
				let who = operator.as_str().and_then(|who| who.parse().ok());
				let pending = match who {
					Some(who) => show::pending_slashes(context, &who, at).await?,
					None => vec![],
				};
				slashes.push((operator, pending));
			}
			let pending =
				slashes.iter().find(|(of, _)| *of == operator).map(|(_, pending)| pending.as_slice());
			let why = held_by(exit, pending.unwrap_or_default());
			let what = format!(
				"{} from {} ({})",
				view.money_of(&exit["kind"], &exit["exit"]["value"]),
				view.account(operator),
				view.kind(&exit["kind"])
			);
			unclaimable.json.push(
				json!({ "operator": operator, "kind": exit["kind"], "exit": exit["exit"], "why": why }),
			);
			unclaimable.held.push((what, why));
		}
		if let Some(next) = next {
			let until = Clock::of(status).and_then(|clock| clock.until(next));
			let until = until.map_or_else(String::new, |millis| format!(", in about {}", duration(millis)));
			unclaimable.next = format!("in era {next}{until}, now is era {era}");
		}
		Ok(unclaimable)
	}

	/// The text if nothing can be claimed.
	fn nothing(&self, owner: &str) -> String {
		let held: Vec<_> =
			self.held.iter().take(MAX_LISTED).map(|(what, why)| format!("{what}: {why}")).collect();
		let more = match self.held.len().saturating_sub(MAX_LISTED) {
			0 => String::new(),
			more => format!("; and {more} more"),
		};
		match (self.held.is_empty(), self.maturing) {
			(true, _) => format!("no exit of {owner} has matured: the next one does {}", self.next),
			(false, 0) => format!("no exit of {owner} can be claimed: {}{more}", held.join("; ")),
			(false, _) => format!(
				"no exit of {owner} can be claimed: {}{more}; the next of the others matures {}",
				held.join("; "),
				self.next
			),
		}
	}

	/// For people.
	fn rows(&self) -> Vec<(String, String)> {
		let mut rows: Vec<_> = self.held.iter().take(MAX_LISTED).cloned().collect();
		if let more @ 1.. = self.held.len().saturating_sub(MAX_LISTED) {
			rows.push((
				format!("{more} more"),
				"held by slashes: `mainstay-cli show exits` lists them".into(),
			));
		}
		match self.maturing {
			0 => {},
			1 => rows.push(("1 exit".into(), format!("matures {}", self.next))),
			many => rows.push((format!("{many} exits"), format!("mature later, the next {}", self.next))),
		}
		rows
	}
}

/// The slash that holds a mature exit, among the slashes pending for its operator. A slash covers exits of its
/// capture era or later, of the kinds that it slashes. The chain has already decided whether an exit is held
/// (`SlashGate::covers`): its rule is repeated here only to name the slash.
fn held_by(exit: &Value, pending: &[Value]) -> String {
	let queued = exit["exit"]["queued"].as_u64();
	let covers = |slash: &&Value| {
		let takes = match slash["cause"]["attested"]["parts"].as_array() {
			Some(parts) => parts.iter().any(|part| part["kind"] == exit["kind"]),
			// Consensus offences slash native stake, of both kinds.
			None => exit["kind"].is_string(),
		};
		takes && slash["capture"].as_u64() <= queued
	};
	let slashes: Vec<_> = pending
		.iter()
		.filter(covers)
		.map(|slash| format!("slash {}, which is due in era {}", slash["id"], slash["due"]))
		.collect();
	match slashes.is_empty() {
		true => "held by a slash that is due and not executed yet: try again in a moment".into(),
		false => format!("held by {}", slashes.join(", and ")),
	}
}

#[cfg(test)]
mod tests {
	use super::*;

	/// sending 4
	#[test]
	fn what_holds_an_exit_is_named() {
		let exit = |kind: Value, queued: u32| json!({ "operator": "5G", "kind": kind, "exit": { "queued": queued } });
		let consensus =
			json!({ "id": 1, "capture": 5, "due": 9, "cause": { "consensus": { "fraction": "1" } } });
		let parts = json!([{ "kind": { "asset": 7 }, "fraction": "1" }]);
		let attested =
			json!({ "id": 2, "capture": 4, "due": 8, "cause": { "attested": { "parts": parts } } });
		let pending = [consensus, attested];
		assert_eq!(held_by(&exit("native".into(), 5), &pending), "held by slash 1, which is due in era 9");
		assert_eq!(held_by(&exit("stake".into(), 6), &pending), "held by slash 1, which is due in era 9");
		assert_eq!(
			held_by(&exit(json!({ "asset": 7 }), 4), &pending),
			"held by slash 2, which is due in era 8"
		);
		for free in [exit("native".into(), 4), exit(json!({ "asset": 7 }), 3), exit(json!({ "asset": 8 }), 9)]
		{
			assert!(held_by(&free, &pending).contains("try again in a moment"), "{free}");
		}
	}

	/// sending 4
	#[test]
	fn what_cannot_be_claimed_is_told() {
		let mut unclaimable =
			Unclaimable { maturing: 2, next: "in era 9, now is era 5".into(), ..Default::default() };
		assert_eq!(
			unclaimable.nothing("bob"),
			"no exit of bob has matured: the next one does in era 9, now is era 5"
		);
		unclaimable.held = (0..22).map(|slash| (format!("{slash} STAY"), "held by slash 1".into())).collect();
		assert!(unclaimable
			.nothing("bob")
			.contains("; 19 STAY: held by slash 1; and 2 more; the next of the others matures"));
		let rows = unclaimable.rows();
		assert_eq!((rows.len(), rows[20].0.as_str(), rows[21].0.as_str()), (22, "2 more", "2 exits"));
		unclaimable.maturing = 0;
		assert!(unclaimable.nothing("bob").ends_with("and 2 more"));
		assert!(Unclaimable::default().rows().is_empty());
	}
}
