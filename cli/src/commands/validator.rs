//! Validating the chain: from an account with funds and a running node to a validator that makes blocks.

use crate::{
	chain::{cause, Chain, Currency},
	context::Context,
	error::Error,
	output::{duration, units_in, Clock},
	runtime::{
		self, mainstay_operator_delegation::pallet::Call as Delegation,
		mainstay_staking::pallet::Call as Staking, pallet_session::pallet::Call as Session, RuntimeCall,
		SessionKeys,
	},
	transaction::{hex_of, perform, Action},
	values::{Amount, BasisPoints, STAY_DECIMALS},
};
use clap::{Args, Subcommand};
use serde_json::json;
use std::time::Duration;
use subxt::utils::AccountId32;

/// Validate the chain.
#[derive(Debug, Subcommand)]
pub enum ValidatorCommand {
	/// Make keys on your node, set them, become an operator, stake and stand for election, in one transaction; then show
	/// how it goes until the first block
	///
	/// What is done already is left out, so that the command can be given again. The node must be yours, run with
	/// --validator, and take calls that only its owner may make: give --node its address on its own machine.
	Join(Join),
	/// Make new keys on your node and set them; the old ones are used until the session after the next
	Rotate(Node),
	/// Stand for election no more. Keep the node running until it is out of the set
	Leave,
	/// Give up the session keys and have their deposit back, once out of the set
	PurgeKeys,
	/// Show how a validator stands
	Status {
		/// The operator; the signer unless given
		operator: Option<String>,
	},
}

/// Where the validator runs.
#[derive(Args, Debug)]
pub struct Node {
	/// The validator's own node, where the keys are made; the one of --url unless given
	#[arg(long, env = "MAINSTAY_NODE", value_name = "URL")]
	pub node: Option<String>,
}

/// The arguments of `join`.
#[derive(Args, Debug)]
pub struct Join {
	/// Where it runs
	#[command(flatten)]
	pub node: Node,
	/// What it takes of what its delegators earn, if it is no operator yet
	#[arg(long, value_name = "PERCENT", default_value = "5%")]
	pub commission: BasisPoints,
	/// How much STAY of its own it puts at stake; what is missing to the least unless given
	#[arg(long, value_name = "AMOUNT")]
	pub stake: Option<Amount>,
	/// Do not wait for the election and the first block
	#[arg(long)]
	pub no_wait: bool,
}

impl ValidatorCommand {
	/// Does it.
	pub async fn run(self, context: &Context) -> Result<(), Error> {
		match self {
			Self::Join(command) => join(context, command).await,
			Self::Rotate(node) => rotate(context, &node).await,
			Self::Leave => {
				let call = RuntimeCall::Staking(Staking::chill);
				perform(context, Action::new("stand for election no more", call)).await?;
				context.out.note(
					"Keep the node running until it is out of the set: `mainstay-cli validator status`.",
				);
				Ok(())
			},
			Self::PurgeKeys => {
				let call = RuntimeCall::Session(Session::purge_keys {});
				perform(context, Action::new("give up the session keys", call)).await.map(|_| ())
			},
			Self::Status { operator } => {
				let operator = context.account(operator.as_deref())?;
				super::show::validator(context, &operator).await
			},
		}
	}
}

/// Has the node make keys for `owner`, and gives the call that sets them.
async fn make_keys(context: &Context, node: &Node, owner: &AccountId32) -> Result<RuntimeCall, Error> {
	let other = match &node.node {
		Some(url) => Some(Chain::connect(url).await?),
		None => None,
	};
	let node = other.as_ref().unwrap_or(&context.chain);
	if node.api.genesis_hash() != context.chain.api.genesis_hash() {
		return Err(Error::Usage(format!(
			"the node at {} is on another chain than {}",
			node.url(),
			context.chain.url()
		)));
	}
	let roles = node.request("system_nodeRoles", json!([])).await?;
	if roles != json!(["Authority"]) {
		return Err(Error::Usage(format!(
			"the node at {} is no validator: start it with --validator",
			node.url()
		)));
	}
	if let Some(other) = validates_for(context, node, owner).await? {
		return Err(Error::Usage(format!(
			"the node at {} validates for {} already, and signs with one set of keys: run another node for this account",
			node.url(),
			context.name(&other)
		)));
	}
	let made = node.request("author_rotateKeysWithOwner", json!([hex_of(&owner.0)])).await.map_err(|error| match error {
		Error::Node { code: Some(code), method, message } if code == -32601 || message.contains("unsafe") => Error::Node {
			method,
			code: Some(code),
			message: format!("{message}. Only the owner of a node may make keys on it: give --node its address on its own machine"),
		},
		error => error,
	})?;
	let bytes = |field: &str| {
		let text = made[field].as_str().and_then(|text| text.strip_prefix("0x"));
		text.and_then(|text| hex::decode(text).ok())
			.ok_or_else(|| Error::Incompatible(format!("the node made keys without '{field}'")))
	};
	let (keys, proof) = (bytes("keys")?, bytes("proof")?);
	let [babe, grandpa, authority_discovery] = three(&keys).ok_or_else(|| {
		Error::Incompatible(format!("the node made {} bytes of keys, and not 96", keys.len()))
	})?;
	let keys = SessionKeys {
		babe: runtime::sp_consensus_babe::app::Public(babe),
		grandpa: runtime::sp_consensus_grandpa::app::Public(grandpa),
		authority_discovery: runtime::sp_authority_discovery::app::Public(authority_discovery),
	};
	Ok(RuntimeCall::Session(Session::set_keys { keys, proof }))
}

/// Sets new keys, and says when they count.
async fn rotate(context: &Context, node: &Node) -> Result<(), Error> {
	if context.global.dry_run {
		return Err(Error::Usage("keys are made on the node: there is no dry run of that".into()));
	}
	let keys = make_keys(context, node, &context.actor()?).await?;
	if !perform(context, Action::new("set new session keys", keys)).await?.sent {
		return Ok(());
	}
	let era = super::era(context).await?;
	let (session, sessions) = (era["session"].as_u64().unwrap_or(0), era["sessions"].as_u64().unwrap_or(0));
	let until = Clock::of(&era).and_then(|clock| until_next_but_one(&clock, sessions));
	let until = until.map_or_else(String::new, |millis| format!(", in about {}", duration(millis)));
	context.out.note(&format!(
		"They count from session {} on{until}. Keep the node running that has the old ones until then.",
		session.saturating_add(2)
	));
	Ok(())
}

/// How long it is until the session after the next begins, where an era has so many.
fn until_next_but_one(clock: &Clock, sessions: u64) -> Option<u64> {
	let session = clock.millis.checked_div(sessions)?;
	session.checked_mul(2)?.checked_sub(clock.elapsed.checked_rem(session)?)
}

/// The validator of the running era, other than `owner`, whose session keys the node has.
async fn validates_for(
	context: &Context,
	node: &Chain,
	owner: &AccountId32,
) -> Result<Option<AccountId32>, Error> {
	let era = super::era(context).await?["era"].clone();
	let validators =
		context.chain.read("staking_validators", json!({ "era": era })).await?.unwrap_or_default();
	let at = context.chain.at_best().await?;
	let incompatible = |error: &dyn std::error::Error| Error::Incompatible(cause(error));
	let entry = subxt::dynamic::storage::<_, subxt::dynamic::Value>("Session", "NextKeys");
	let keys = at.storage().entry(entry).map_err(|error| incompatible(&error))?;
	for validator in validators.as_array().into_iter().flatten() {
		let who: Option<AccountId32> = validator["operator"].as_str().and_then(|who| who.parse().ok());
		let Some(who) = who.filter(|who| who != owner) else { continue };
		let keys = keys.try_fetch((who,)).await.map_err(|error| incompatible(&error))?;
		let Some(keys) = keys else { continue };
		if node.request("author_hasSessionKeys", json!([hex_of(keys.bytes())])).await? == true {
			return Ok(Some(who));
		}
	}
	Ok(None)
}

/// Three keys of 32 bytes.
fn three(bytes: &[u8]) -> Option<[[u8; 32]; 3]> {
	let mut keys = bytes.chunks_exact(32).map(|key| key.try_into().ok());
	let keys = [keys.next()??, keys.next()??, keys.next()??];
	(bytes.len() == 96).then_some(keys)
}

async fn join(context: &Context, join: Join) -> Result<(), Error> {
	let owner = context.actor()?;
	let asked = json!({ "operator": owner.to_string() });
	let operator = context.chain.read("operators_operator", asked.clone()).await?;
	let status = context.chain.read("staking_validator", asked).await?.unwrap_or_default();
	let era = super::era(context).await?;

	let has_keys = status["hasKeys"] == true;
	let candidate = status["candidate"] == true;
	if candidate && has_keys && join.stake.is_none() {
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
		// Keys stay on the node once made, and a candidate needs them: a dry run has neither.
		if !context.global.dry_run {
			if !has_keys {
				calls.push(make_keys(context, &join.node, &owner).await?);
			}
			if !candidate {
				// Without a free place, who has the least stake makes room: to look for it costs more.
				let places = crate::runtime::constant("Staking", "MaxCandidates");
				let full = places.is_some_and(|places| era["candidates"].as_u64() >= Some(places));
				let stand = if full { Staking::validate_displacing } else { Staking::validate };
				calls.push(RuntimeCall::Staking(stand));
			}
		}
		let title = format!("validate with {} of its own at stake", Currency::stay().show(stake));
		let done = perform(context, Action::all(title, calls)).await?;
		if context.global.dry_run {
			context.out.note(
				"Session keys and the candidacy are not in a dry run: the keys would be made on the node.",
			);
		}
		if !done.sent {
			return Ok(());
		}
	}
	match join.no_wait {
		true => Ok(()),
		false => first_block(context, &owner).await,
	}
}

/// Tells how it goes until the validator made a block.
async fn first_block(context: &Context, owner: &AccountId32) -> Result<(), Error> {
	let step = context.out.progress("stands for election; this may be left with Ctrl-C, it goes on without");
	let mut said = String::new();
	loop {
		let asked = json!({ "operator": owner.to_string() });
		let status = context.chain.read("staking_validator", asked).await?.unwrap_or_default();
		let era = super::era(context).await?;
		let number = era["era"].as_u64().unwrap_or(0);
		let points = status["points"].as_u64().unwrap_or(0);
		let is = |field: &str| status[field] == true;
		if is("active") && points > 0 {
			step.done();
			let text = format!("made its first block in era {number}");
			context
				.out
				.value(&json!({ "operator": owner.to_string(), "era": number, "points": points }), &text);
			return Ok(());
		}
		let now = if !is("candidate") {
			return Err(Error::NotFound("it does not stand for election any more".into()));
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

	#[test]
	fn keys_are_three_of_32_bytes() {
		let bytes: Vec<u8> = (0..96).collect();
		let keys = three(&bytes).unwrap();
		assert_eq!((keys[0][0], keys[1][0], keys[2][31]), (0, 32, 95));
		assert!(three(&bytes[..95]).is_none());
		assert!(three(&[bytes.as_slice(), &[0]].concat()).is_none());
	}
}
