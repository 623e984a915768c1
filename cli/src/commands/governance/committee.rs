//! The technical committee: its members, and motions that two thirds of them approve.

use super::{
	calls::{hash_in, hash_of, Call},
	code,
	propose::written,
	rules::Rules,
};
use crate::{
	chain::{stored, stored_bytes, AtBlock},
	context::Context,
	error::Error,
	read,
	runtime::{
		frame_system::pallet::Call as System, pallet_collective::pallet::Call as Committee,
		pallet_whitelist::pallet::Call as Whitelist, RuntimeCall,
	},
	scale::hex_of,
	transaction::{encode, perform, weight, Action},
};
use clap::{Subcommand, ValueEnum};
use serde_json::{json, Value};
use subxt::{config::substrate::H256, utils::AccountId32};

/// The pallet of the committee.
const COMMITTEE: &str = "TechnicalCommittee";

/// The technical committee, which whitelists calls for the fast lane of referenda.
#[derive(Debug, Subcommand)]
pub enum CommitteeCommand {
	/// Show its members
	Members,
	/// Show its motions
	List,
	/// Propose to whitelist a call, as a member: that of the upgrade to a code, or one by its hash
	Whitelist {
		/// The file with the code, or the hash of the call
		#[arg(value_name = "FILE.wasm|HASH")]
		what: String,
	},
	/// Have a whitelisted call made that a referendum approved before it was whitelisted. Anyone may do it, within the exit
	/// delay
	Dispatch {
		/// The file with the code of an upgrade, or the whitelisted call in hex
		#[arg(value_name = "FILE.wasm|HEX")]
		what: String,
	},
	/// Propose any call, as a member
	Propose {
		/// The call in hex
		#[arg(value_name = "HEX")]
		call: String,
		/// How many ayes it needs; two thirds of the members unless given
		#[arg(long, value_name = "MEMBERS")]
		threshold: Option<u32>,
	},
	/// Vote on a motion, as a member
	Vote {
		/// The motion's number or hash
		motion: String,
		/// What to vote
		#[arg(value_enum)]
		side: Side,
	},
	/// Close a motion, which makes its call if it was approved. Anyone may do it
	Close {
		/// The motion's number or hash
		motion: String,
	},
}

/// What a member votes.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub enum Side {
	/// For it
	Aye,
	/// Against it
	Nay,
}

/// A motion.
struct Motion {
	hash: H256,
	index: u32,
	threshold: u32,
	ayes: Vec<AccountId32>,
	nays: Vec<AccountId32>,
	/// The block from which it can be closed whatever the votes.
	end: u32,
	/// Its call, encoded.
	bytes: Vec<u8>,
}

impl Motion {
	fn of(hash: H256, voting: &Value, bytes: Vec<u8>) -> Option<Self> {
		let accounts = |list: &Value| list.as_array()?.iter().map(read::account).collect::<Option<Vec<_>>>();
		Some(Self {
			hash,
			index: read::unsigned(&voting["index"])?,
			threshold: read::unsigned(&voting["threshold"])?,
			ayes: accounts(&voting["ayes"])?,
			nays: accounts(&voting["nays"])?,
			end: read::unsigned(&voting["end"])?,
			bytes,
		})
	}

	/// How it stands, in a word.
	fn stands(&self, members: usize, now: u32) -> &'static str {
		let needed = usize::try_from(self.threshold).unwrap_or(usize::MAX);
		if self.ayes.len() >= needed {
			"approved: close it"
		} else if members.saturating_sub(self.nays.len()) < needed {
			"rejected: close it"
		} else if now >= self.end {
			"over: close it"
		} else {
			"open"
		}
	}
}

impl CommitteeCommand {
	/// Runs the command.
	pub async fn run(self, context: &Context) -> Result<(), Error> {
		let at = context.chain.at_best().await?;
		let members = members(&at).await?;
		match self {
			Self::Members => {
				show_members(context, &at, &members);
				Ok(())
			},
			Self::List => list(context, &at, members.len()).await,
			Self::Whitelist { what } => {
				let (title, call_hash) = whitelisted(&at, &what)?;
				let call = RuntimeCall::Whitelist(Whitelist::whitelist_call { call_hash });
				propose(context, &at, &title, call, two_thirds(members.len())).await
			},
			Self::Dispatch { what } => {
				let (sentence, call) = match what.starts_with("0x") {
					true => written(context, &what).await?,
					false => (format!("authorize the runtime in {what}"), upgrade_to(&what)?),
				};
				let call = Whitelist::dispatch_whitelisted_call_with_preimage { call: Box::new(call) };
				let title = format!("have a whitelisted call made: {sentence}");
				perform(context, Action::new(title, RuntimeCall::Whitelist(call))).await.map(|_| ())
			},
			Self::Propose { call, threshold } => {
				let (sentence, call) = written(context, &call).await?;
				let threshold = threshold.unwrap_or_else(|| two_thirds(members.len()));
				propose(context, &at, &sentence, call, threshold).await
			},
			Self::Vote { motion, side } => {
				let motion = found(&at, &motion).await?;
				let sentence = Call::of(context, &at, &motion.bytes).await.sentence;
				let approve = side == Side::Aye;
				let call = Committee::vote { proposal: motion.hash, index: motion.index, approve };
				let word = if approve { "aye" } else { "nay" };
				act(context, format!("vote {word} on the motion to {sentence}"), call, &motion).await
			},
			Self::Close { motion } => {
				let motion = found(&at, &motion).await?;
				let sentence = Call::of(context, &at, &motion.bytes).await.sentence;
				let weight = weight(&at, &motion.bytes).await.ok_or_else(|| {
					Error::Incompatible("the chain cannot say what the motion's call weighs".into())
				})?;
				let call = Committee::close {
					proposal_hash: motion.hash,
					index: motion.index,
					proposal_weight_bound: weight,
					length_bound: u32::try_from(motion.bytes.len()).unwrap_or(u32::MAX),
				};
				act(context, format!("close the motion to {sentence}"), call, &motion).await
			},
		}
	}
}

/// Two thirds of the members, rounded up: what the whitelist takes.
fn two_thirds(members: usize) -> u32 {
	u32::try_from(members.saturating_mul(2).div_ceil(3)).unwrap_or(u32::MAX).max(1)
}

async fn members(at: &AtBlock) -> Result<Vec<AccountId32>, Error> {
	let members = stored(at, COMMITTEE, "Members", ()).await?;
	Ok(members.as_array().into_iter().flatten().filter_map(read::account).collect())
}

fn show_members(context: &Context, at: &AtBlock, members: &[AccountId32]) {
	let needed = two_thirds(members.len());
	let addresses: Vec<_> = members.iter().map(ToString::to_string).collect();
	let value = json!({ "members": addresses, "twoThirds": needed });
	let text = match members {
		[] => "The committee has no members: nothing can be whitelisted.".into(),
		members => {
			let names: Vec<_> = members.iter().map(|who| context.name(who)).collect();
			format!("{}\n\nA call is whitelisted by {needed} of them.", names.join("\n"))
		},
	};
	context.out.value(&json!({ "at": format!("{:?}", at.block_hash()), "value": value }), &text);
}

/// The hash of the call that is to be whitelisted, and what whitelisting it is for.
fn whitelisted(at: &AtBlock, what: &str) -> Result<(String, H256), Error> {
	if what.starts_with("0x") {
		let hash = hash_in(&what.into())
			.ok_or_else(|| Error::Usage(format!("'{what}' is not a hash: write 0x and 64 digits")))?;
		return Ok((format!("whitelist the call with the hash {what}"), hash));
	}
	Ok((format!("whitelist the upgrade to {what}"), hash_of(&encode(&upgrade_to(what)?, at)?)))
}

/// The call that authorizes the code in a file.
fn upgrade_to(file: &str) -> Result<RuntimeCall, Error> {
	Ok(RuntimeCall::System(System::authorize_upgrade { code_hash: code::hash_of_file(file)? }))
}

async fn propose(
	context: &Context,
	at: &AtBlock,
	title: &str,
	call: RuntimeCall,
	threshold: u32,
) -> Result<(), Error> {
	let bytes = encode(&call, at)?;
	let proposal = Committee::propose {
		threshold,
		proposal: Box::new(call),
		length_bound: u32::try_from(bytes.len()).unwrap_or(u32::MAX),
	};
	let title = format!("propose to the committee to {title}");
	let mut action = Action::new(title, RuntimeCall::TechnicalCommittee(proposal));
	action.exposure.push((
		"needs".into(),
		match threshold {
			..=1 => "one aye, which is yours: the call is made at once".into(),
			threshold => format!("{threshold} ayes, of which none is cast by this"),
		},
	));
	action.exposure.push(("hash of the motion".into(), hex_of(&hash_of(&bytes).0)));
	perform(context, action).await.map(|_| ())
}

async fn act(context: &Context, title: String, call: Committee, motion: &Motion) -> Result<(), Error> {
	let mut action = Action::new(title, RuntimeCall::TechnicalCommittee(call));
	action.exposure.push(("motion".into(), format!("{}, {}", motion.index, hex_of(&motion.hash.0))));
	let votes = format!("{} ayes of {}, {} nays", motion.ayes.len(), motion.threshold, motion.nays.len());
	action.exposure.push(("votes so far".into(), votes));
	perform(context, action).await.map(|_| ())
}

/// All motions, in the order in which they are stored.
async fn motions(at: &AtBlock) -> Result<Vec<Motion>, Error> {
	let mut motions = vec![];
	for hash in stored(at, COMMITTEE, "Proposals", ()).await?.as_array().into_iter().flatten() {
		let Some(hash) = hash_in(hash) else { continue };
		let voting = stored(at, COMMITTEE, "Voting", (hash,)).await?;
		let call = stored_bytes(at, COMMITTEE, "ProposalOf", (hash,)).await?;
		motions.extend(call.and_then(|(bytes, _)| Motion::of(hash, &voting, bytes)));
	}
	Ok(motions)
}

/// The motion of a number or a hash.
async fn found(at: &AtBlock, name: &str) -> Result<Motion, Error> {
	let is_it = |motion: &Motion| motion.index.to_string() == name || hex_of(&motion.hash.0) == name;
	let found = motions(at).await?.into_iter().find(is_it);
	found.ok_or_else(|| {
		Error::NotFound(format!(
			"there is no motion {name}: look at `mainstay-cli governance committee list`"
		))
	})
}

async fn list(context: &Context, at: &AtBlock, members: usize) -> Result<(), Error> {
	let rules = Rules::of(context, at).await?;
	let (mut json, mut rows) = (vec![], vec![]);
	for motion in motions(at).await? {
		let call = Call::of(context, at, &motion.bytes).await;
		let addresses = |list: &[AccountId32]| list.iter().map(ToString::to_string).collect::<Vec<_>>();
		let stands = motion.stands(members, rules.now);
		json.push(json!({
			"index": motion.index, "call": call.json(), "threshold": motion.threshold, "end": motion.end,
			"ayes": addresses(&motion.ayes), "nays": addresses(&motion.nays), "stands": stands,
		}));
		let names =
			|list: &[AccountId32]| list.iter().map(|who| context.name(who)).collect::<Vec<_>>().join(", ");
		rows.push(vec![
			motion.index.to_string(),
			call.sentence,
			format!("{} of {}: {}", motion.ayes.len(), motion.threshold, names(&motion.ayes)),
			names(&motion.nays),
			stands.to_string(),
			rules.when(motion.end),
		]);
	}
	if context.out.is_json() {
		context.out.json(&json!({ "at": format!("{:?}", at.block_hash()), "value": json }));
	} else if rows.is_empty() {
		context.out.line("no motions");
	} else {
		context.out.table(&["", "is to", "ayes", "nays", "stands", "ends"], rows);
	}
	Ok(())
}

#[cfg(test)]
mod tests {
	use super::*;

	#[test]
	fn two_thirds_are_rounded_up() {
		let thirds = [0, 1, 2, 3, 4, 5, 6, 7, 13].map(two_thirds);
		assert_eq!(thirds, [1, 1, 2, 2, 3, 4, 4, 5, 9]);
		// As the chain compares them: three times the ayes against twice the members.
		for members in 1..=13usize {
			let ayes = two_thirds(members) as usize;
			assert!(3 * ayes >= 2 * members && 3 * (ayes - 1) < 2 * members, "{members}");
		}
	}

	#[test]
	fn motions_stand_as_their_votes_say() {
		let who = |n: u8| AccountId32([n; 32]).to_string();
		let motion = |ayes: &[u8], nays: &[u8]| {
			let list = |of: &[u8]| of.iter().map(|n| who(*n)).collect::<Vec<_>>();
			let voting =
				json!({ "index": 4, "threshold": 2, "ayes": list(ayes), "nays": list(nays), "end": 100 });
			Motion::of(H256([1; 32]), &voting, vec![]).unwrap()
		};
		assert_eq!(motion(&[], &[]).stands(3, 99), "open");
		assert_eq!(motion(&[], &[]).stands(3, 100), "over: close it");
		assert_eq!(motion(&[1, 2], &[3]).stands(3, 99), "approved: close it");
		assert_eq!(motion(&[1], &[2, 3]).stands(3, 99), "rejected: close it");
		assert_eq!(motion(&[1], &[2]).stands(3, 99), "open");
		assert!(Motion::of(H256([1; 32]), &Value::Null, vec![]).is_none());
	}
}
