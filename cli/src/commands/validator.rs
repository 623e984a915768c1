//! Validating: from an account with funds and a running node to a validator that makes blocks.

mod genesis;
mod node;

use super::show::{self, At};
use crate::{
	chain::Currency,
	context::Context,
	error::Error,
	output::{duration, units_in, Clock},
	runtime::{
		mainstay_operator_delegation::pallet::Call as Delegation, mainstay_staking::pallet::Call as Staking,
		pallet_session::pallet::Call as Session, RuntimeCall,
	},
	transaction::{carry_out, perform, Action},
	values::{Amount, BasisPoints, STAY_DECIMALS},
};
use clap::{Args, Subcommand};
pub use genesis::GenesisEntry;
use node::{Keys, OwnNode};
use serde_json::{json, Value};
use std::time::Duration;
use subxt::utils::AccountId32;

/// Validate the chain.
#[derive(Debug, Subcommand)]
pub enum ValidatorCommand {
	/// Make keys on your node, set them, become an operator, stake and stand for election, in one transaction; then
	/// show the progress until the first block
	///
	/// Steps that are already done are skipped, so that you can repeat the command: after a reinstallation, it makes
	/// the keys that the node has lost. The node must be yours and not validate for another account, be synced, and run
	/// with --validator. For the methods that only its owner may call, give --node the address in the file `owner` of
	/// its folder.
	Join(Join),
	/// Make new keys on your node and set them. The old ones are used until the session after the next begins
	Rotate(Node),
	/// Stop standing for election. Keep the node running until it is out of the set
	Leave,
	/// Remove the session keys and get their deposit back, once out of the set
	PurgeKeys,
	/// Show the status of a validator
	Status {
		/// The operator; the signer unless given
		operator: Option<String>,
	},
	/// Print your part of the file that founds a network: your keys, and the proof that they are yours
	///
	/// The keys are those in a node's keystore, or new ones on a running node. Only public keys and signatures are printed.
	/// `mainstay network new` makes the chain spec from the parts of all founders.
	GenesisEntry(GenesisEntry),
}

/// The node of the validator.
#[derive(Args, Debug)]
pub struct Node {
	/// The validator's own node, on which the keys are made; that of --url unless given
	#[arg(long, env = "MAINSTAY_NODE", value_name = "URL")]
	pub node: Option<String>,
}

/// The arguments of `join`.
#[derive(Args, Debug)]
pub struct Join {
	/// The node
	#[command(flatten)]
	pub node: Node,
	/// The commission: the part of its delegators' rewards that the operator keeps. Used only if the account is not an
	/// operator yet
	#[arg(long, value_name = "PERCENT", default_value = "5%")]
	pub commission: BasisPoints,
	/// The STAY to stake of its own; unless given, as much as it needs to reach the least self-stake
	#[arg(long, value_name = "AMOUNT")]
	pub stake: Option<Amount>,
	/// Do not wait for the election and the first block
	#[arg(long)]
	pub no_wait: bool,
}

impl ValidatorCommand {
	/// Runs the command.
	pub async fn run(self, context: &Context) -> Result<(), Error> {
		match self {
			Self::Join(command) => join(context, command).await,
			Self::Rotate(node) => rotate(context, &node).await,
			Self::Leave => {
				let call = RuntimeCall::Staking(Staking::chill);
				perform(context, Action::new("stop standing for election", call)).await?;
				context.out.note(
					"Keep the node running until it is out of the set: `mainstay-cli validator status`.",
				);
				Ok(())
			},
			Self::PurgeKeys => {
				let call = RuntimeCall::Session(Session::purge_keys {});
				perform(context, Action::new("remove the session keys", call)).await.map(|_| ())
			},
			Self::Status { operator } => {
				let operator = context.account(operator.as_deref())?;
				show::validator(context, &operator).await
			},
			// It needs no network, see `commands::run`.
			Self::GenesisEntry(_) => Ok(()),
		}
	}
}

/// Sets new keys, and says when they are used.
async fn rotate(context: &Context, node: &Node) -> Result<(), Error> {
	if context.global.dry_run {
		return Err(Error::Usage("this command makes keys on the node, so it has no dry run".into()));
	}
	let owner = context.actor()?;
	let node = OwnNode::connect(context, node.node.as_deref()).await?;
	node.refuse_others(context, &owner).await?;
	let keys = node.make_keys(&owner).await?;
	if !perform(context, Action::new("set new session keys", keys)).await?.is_made() {
		return Ok(());
	}
	note_when_keys_count(context).await
}

/// Says from which session on keys are used that are set now.
async fn note_when_keys_count(context: &Context) -> Result<(), Error> {
	let era = show::era(context, &At::default()).await?;
	let (session, sessions) = (era["session"].as_u64().unwrap_or(0), era["sessions"].as_u64().unwrap_or(0));
	let until = Clock::of(&era).and_then(|clock| until_next_but_one(&clock, sessions));
	let until = until.map_or_else(String::new, |millis| format!(", in about {}", duration(millis)));
	context.out.note(&format!(
		"The keys are used from session {} on{until}. Keep the node with the old keys running until then.",
		session.saturating_add(2)
	));
	Ok(())
}

/// The time until the session after the next begins, with this many sessions in an era.
fn until_next_but_one(clock: &Clock, sessions: u64) -> Option<u64> {
	let session = clock.millis.checked_div(sessions)?;
	session.checked_mul(2)?.checked_sub(clock.elapsed.checked_rem(session)?)
}

async fn join(context: &Context, join: Join) -> Result<(), Error> {
	let owner = context.actor()?;
	let asked = json!({ "operator": owner.to_string() });
	let operator = context.chain.read("operators_operator", asked.clone()).await?;
	let status = context.chain.read("staking_validator", asked).await?.unwrap_or_default();
	let era = show::era(context, &At::default()).await?;

	let candidate = status["candidate"] == true;
	// An account with keys on the chain may lack them on the node, if that is new or has lost its disk.
	let (node, keys) = match context.global.dry_run {
		// Keys that were made stay on the node, so a dry run neither makes nor checks keys.
		true if status["hasKeys"] == true => (None, Keys::OnNode),
		true => (None, Keys::None),
		false => {
			let node = OwnNode::connect(context, join.node.node.as_deref()).await?;
			node.refuse_others(context, &owner).await?;
			let keys = node.keys_of(&owner).await?;
			(Some(node), keys)
		},
	};
	let mut answer = json!({ "operator": owner.to_string() });
	if candidate && keys == Keys::OnNode && join.stake.is_none() {
		context.out.note("It stands for election already. New keys: `mainstay-cli validator rotate`.");
	} else {
		let mut calls = vec![];
		if operator.is_none() {
			calls.push(RuntimeCall::OperatorDelegation(Delegation::register {
				commission: join.commission.0,
			}));
		}
		let missing = units_in(&era["minSelfStake"]).saturating_sub(units_in(&status["selfStake"]));
		let stake = match &join.stake {
			Some(stake) => stake.units(STAY_DECIMALS).map_err(Error::Usage)?,
			None => missing,
		};
		if stake > 0 {
			let call = Delegation::stake { operator: owner, amount: stake, least_shares: 0 };
			calls.push(RuntimeCall::OperatorDelegation(call));
		}
		let mut title = format!("validate with {} of its own at stake", Currency::stay().show(stake));
		// A candidate needs keys. A dry run makes none, so it has no candidacy either.
		if let Some(node) = node {
			if keys != Keys::OnNode {
				calls.push(node.make_keys(&owner).await?);
			}
			if keys == Keys::Elsewhere {
				title = format!(
					"{title}, with new session keys: those on the chain are not on the node at {}",
					node.url()
				);
			}
			if !candidate {
				calls.push(RuntimeCall::Staking(Staking::validate));
			}
		}
		let mut action = Action::all(title, calls);
		if join.stake.is_none() {
			let least = Currency::stay().show(units_in(&era["minSelfStake"]));
			action.exposure.push((
				"minimum stake".into(),
				format!("{least}, according to the node; --stake sets another"),
			));
		}
		let done = carry_out(context, action).await?;
		if context.global.dry_run {
			context.out.note(
				"The dry run leaves out session keys and the candidacy, because the keys would be made on the node.",
			);
		}
		if !done.is_sent() {
			return Ok(());
		}
		match context.out.is_json() {
			true => answer = done.json(),
			false => done.tell(context).await,
		}
		if !done.is_made() {
			if context.out.is_json() {
				context.out.json(&answer);
			}
			return Ok(());
		}
	}
	let end = see_to(context, &owner, keys, &join, &mut answer).await;
	// One JSON document, whatever the result of the wait.
	if context.out.is_json() {
		context.out.json(&answer);
	}
	end
}

/// Says from which session on new keys are used, waits for the first block, and adds that to the answer.
async fn see_to(
	context: &Context,
	owner: &AccountId32,
	keys: Keys,
	join: &Join,
	answer: &mut Value,
) -> Result<(), Error> {
	if keys == Keys::Elsewhere {
		note_when_keys_count(context).await?;
	}
	if !join.no_wait {
		answer["firstBlock"] = first_block(context, owner).await?;
	}
	Ok(())
}

/// Shows the progress until the validator has made a block. Returns the era of that block, for programs.
async fn first_block(context: &Context, owner: &AccountId32) -> Result<Value, Error> {
	let step = context
		.out
		.progress("stands for election; you can press Ctrl-C, the election continues without this command");
	let mut said = String::new();
	loop {
		let asked = json!({ "operator": owner.to_string() });
		let status = context.chain.read("staking_validator", asked).await?.unwrap_or_default();
		let era = show::era(context, &At::default()).await?;
		let number = era["era"].as_u64().unwrap_or(0);
		let points = status["points"].as_u64().unwrap_or(0);
		let is = |field: &str| status[field] == true;
		if is("active") && points > 0 {
			step.done();
			if !context.out.is_json() {
				context.out.line(&format!("made its first block in era {number}"));
			}
			return Ok(json!({ "era": number, "points": points }));
		}
		let now = if !is("candidate") {
			return Err(Error::NotFound("the account no longer stands for election".into()));
		} else if is("active") {
			format!("serves in era {number}, waiting for its first block")
		} else if is("next") {
			format!("elected: it serves from era {} on", number + 1)
		} else {
			let hours = era["millis"].as_u64().unwrap_or(0) as f64 / 3_600_000.0;
			let length =
				if hours < 1.0 { format!("{:.0} s", hours * 3600.0) } else { format!("{hours:.1} h") };
			format!("stands for election, which is in the last session of an era; now is era {number}, of {length}")
		};
		if now != said {
			step.say(&now);
			said = now;
		}
		tokio::time::sleep(Duration::from_secs(1)).await;
	}
}

#[cfg(test)]
mod tests {
	use super::*;

	#[test]
	fn the_session_after_the_next_is_one_to_two_sessions_away() {
		let until =
			|elapsed, sessions| until_next_but_one(&Clock { era: 7, millis: 30_000, elapsed }, sessions);
		assert_eq!(
			[0, 1, 9_999, 10_000, 29_000].map(|elapsed| until(elapsed, 3)),
			[20_000, 19_999, 10_001, 20_000, 11_000].map(Some)
		);
		assert_eq!(until(5, 0), None);
	}
}
