//! Proposes a referendum: the calls of governance's powers, each on the track of its origin.

use super::{
	calls::Call,
	code,
	submit::{submit, Proposal},
	tracks::TrackArg,
};
use crate::{
	chain::stored,
	commands::show::{assets, slash},
	context::Context,
	error::Error,
	read,
	runtime::{
		bounded_collections::bounded_vec::BoundedVec, frame_system::pallet::Call as System,
		mainstay_restaking::pallet::Call as Restaking, mainstay_slashing::pallet::Call as Slashing,
		mainstay_staking::pallet::Call as Staking, mainstay_treasury::pallet::Call as Treasury,
		pallet_referenda::pallet::Call as Referenda, pallet_whitelist::pallet::Call as Whitelist,
		RuntimeCall,
	},
	values::{currency_of, Amount, STAY_DECIMALS},
};
use clap::{Args, Subcommand};
use serde_json::Value;
use subxt::ext::scale_decode::DecodeAsType;

/// What the track of small payments may spend at once, in the smallest unit of STAY, and no asset.
const SMALL_SPEND: u128 = 10_000 * 10u128.pow(STAY_DECIMALS as u32);

/// The arguments of `propose`.
#[derive(Args, Debug)]
pub struct Propose {
	/// The call
	#[command(subcommand)]
	pub what: What,
	/// Also place the decision deposit of the track, which is released at the end. Without it, nothing is decided until
	/// somebody places it
	#[arg(long, global = true)]
	pub deposit: bool,
	/// Make the call no sooner than this many blocks after the approval
	#[arg(long, global = true, value_name = "BLOCKS", default_value_t = 0)]
	pub enact_after: u32,
}

/// What a referendum is to do.
#[derive(Debug, Subcommand)]
pub enum What {
	/// Cancel a pending slash
	CancelSlash {
		/// The slash
		id: u32,
	},
	/// Put a vetoed slash back, before the era in which it was due
	ReinstateSlash {
		/// The slash
		id: u32,
	},
	/// Veto a slash whose condition names governance as its resolver
	VetoSlash {
		/// The slash
		id: u32,
		/// The reason, which is kept on record
		reason: String,
	},
	/// Admit an asset for restaking
	AdmitAsset(AdmitAsset),
	/// Set how much of an asset may be restaked in all. What is restaked already stays
	CapAsset {
		/// The asset
		#[arg(value_name = "ASSET")]
		id: u32,
		/// The maximum, in the asset's own unit
		cap: Amount,
	},
	/// Close an asset to new deposits. What is restaked of it can leave at any time
	CloseAsset {
		/// The asset
		#[arg(value_name = "ASSET")]
		id: u32,
	},
	/// Open a closed asset to deposits again
	OpenAsset {
		/// The asset
		#[arg(value_name = "ASSET")]
		id: u32,
	},
	/// Pay an amount from the treasury
	Spend {
		/// The amount
		amount: Amount,
		/// The account that gets it
		#[arg(value_name = "ACCOUNT")]
		to: String,
		/// An asset instead of STAY
		#[arg(long, value_name = "ID")]
		asset: Option<u32>,
	},
	/// Set how many validators there are at most
	SetValidatorCount {
		/// How many
		count: u32,
	},
	/// Set what a validator must have of its own at stake
	SetMinSelfStake {
		/// How much STAY
		amount: Amount,
	},
	/// Authorize a new runtime. Once that takes effect, `apply-upgrade` brings the code onto the chain
	Upgrade {
		/// The file with the code, as the node's build makes it
		#[arg(value_name = "FILE.wasm")]
		file: String,
		/// On the track of whitelisted calls, if the technical committee whitelists the call: hours instead of days
		#[arg(long)]
		fast_lane: bool,
	},
	/// Cancel another referendum, and return its deposits
	CancelReferendum {
		/// The referendum
		#[arg(value_name = "REFERENDUM")]
		index: u32,
	},
	/// Cancel another referendum, and take its deposits
	KillReferendum {
		/// The referendum
		#[arg(value_name = "REFERENDUM")]
		index: u32,
	},
	/// Make any call, with the origin of a track
	Call {
		/// The call in hex, as --print-call and polkadot.js print it
		#[arg(value_name = "HEX")]
		call: String,
		/// The track
		#[arg(long, value_enum)]
		track: TrackArg,
	},
}

/// The arguments of `admit-asset`. Amounts are in the asset's own unit.
#[derive(Args, Debug)]
pub struct AdmitAsset {
	/// The asset
	#[arg(value_name = "ASSET")]
	pub id: u32,
	/// How much may be restaked in all
	#[arg(long, value_name = "AMOUNT")]
	pub cap: Amount,
	/// The account that pays the asset's minimum balance to each account of the chain that will hold it
	#[arg(long, value_name = "ACCOUNT")]
	pub funder: String,
	/// How much a deposit must be at least. It never changes
	#[arg(long, value_name = "AMOUNT")]
	pub min_deposit: Amount,
	/// Admit it although accounts that are not the chain's can mint, freeze or seize it
	#[arg(long)]
	pub trusted: bool,
}

impl Propose {
	/// Submits the referendum.
	pub async fn run(self, context: &Context) -> Result<(), Error> {
		let proposal = self.what.proposal(context).await?;
		submit(context, proposal, self.deposit, self.enact_after).await
	}
}

impl What {
	async fn proposal(self, context: &Context) -> Result<Proposal, Error> {
		let disputes = |title: String, call| (title, RuntimeCall::Slashing(call), TrackArg::SlashDisputes);
		let parameters = |title: String, call| (title, call, TrackArg::Parameters);
		let mut rows = vec![];
		let (title, call, track) = match self {
			Self::CancelSlash { id } => {
				rows.push(the_slash(context, id).await?.1);
				disputes(format!("cancel slash {id}"), Slashing::cancel { id })
			},
			Self::ReinstateSlash { id } => {
				let (slash, row) = the_slash(context, id).await?;
				rows.push(row);
				let vetoed = read::unsigned(&slash["state"]["vetoed"]["era"])
					.ok_or_else(|| Error::Usage(format!("slash {id} was not vetoed")))?;
				disputes(format!("reinstate slash {id}"), Slashing::reinstate { id, vetoed })
			},
			Self::VetoSlash { id, reason } => {
				rows.push(the_slash(context, id).await?.1);
				let title = format!("veto slash {id}: {reason}");
				disputes(title, Slashing::veto { id, reason: BoundedVec(reason.into_bytes()) })
			},
			Self::AdmitAsset(admit) => {
				let (title, call) = admit.call(context, &mut rows).await?;
				parameters(title, call)
			},
			Self::CapAsset { id, cap } => {
				let (_, deposits) = terms(context, id).await?;
				let (cap, currency) = context.units(&cap, Some(id)).await?;
				let title = format!("let asset {id} be restaked up to {}", currency.show(cap));
				parameters(title, set_asset(id, cap, deposits))
			},
			Self::CloseAsset { id } => {
				let (cap, _) = terms(context, id).await?;
				parameters(format!("close asset {id} to deposits"), set_asset(id, cap, false))
			},
			Self::OpenAsset { id } => {
				let (cap, _) = terms(context, id).await?;
				parameters(format!("open asset {id} to deposits"), set_asset(id, cap, true))
			},
			Self::Spend { amount, to, asset } => {
				let (amount, currency) = context.units(&amount, asset).await?;
				let to = context.address(&to)?;
				let title =
					format!("pay {} from the treasury to {}", currency.show(amount), context.name(&to));
				let call = Treasury::spend { currency: currency_of(asset), amount, to };
				(title, RuntimeCall::ChainTreasury(call), spender(amount, asset))
			},
			Self::SetValidatorCount { count } => {
				let now = read::unsigned(&staking(context, "ValidatorCount").await?);
				let title = format!("have up to {count} validators");
				let call = RuntimeCall::Staking(Staking::set_validator_count { count });
				(title, call, validator_set(now.is_some_and(|now: u32| count < now)))
			},
			Self::SetMinSelfStake { amount } => {
				let (amount, currency) = context.units(&amount, None).await?;
				let now = read::number(&staking(context, "MinSelfStake").await?);
				let title = format!("ask validators for at least {} of their own", currency.show(amount));
				let call = RuntimeCall::Staking(Staking::set_min_self_stake { amount });
				(title, call, validator_set(now.is_some_and(|now| amount > now)))
			},
			Self::Upgrade { file, fast_lane } => {
				let code_hash = code::hash_of_file(&file)?;
				rows.push(("hash of the code".to_string(), format!("{code_hash:?}")));
				let call = RuntimeCall::System(System::authorize_upgrade { code_hash });
				let title = format!("authorize the runtime in {file}");
				match fast_lane {
					true => {
						rows.push((
							"needs besides".into(),
							format!("the committee's whitelist: `mainstay-cli governance committee whitelist {file}`"),
						));
						let call =
							Whitelist::dispatch_whitelisted_call_with_preimage { call: Box::new(call) };
						(title, RuntimeCall::Whitelist(call), TrackArg::WhitelistedCaller)
					},
					false => (title, call, TrackArg::Root),
				}
			},
			Self::CancelReferendum { index } => (
				format!("cancel referendum {index}"),
				RuntimeCall::Referenda(Referenda::cancel { index }),
				TrackArg::ReferendumCanceller,
			),
			Self::KillReferendum { index } => (
				format!("cancel referendum {index} and take its deposits"),
				RuntimeCall::Referenda(Referenda::kill { index }),
				TrackArg::ReferendumKiller,
			),
			Self::Call { call, track } => {
				let (title, call) = written(context, &call).await?;
				(title, call, track)
			},
		};
		Ok(Proposal { title, call, track, rows })
	}
}

/// A value that staking stores.
async fn staking(context: &Context, name: &'static str) -> Result<Value, Error> {
	stored(&context.chain.at_best().await?, "Staking", name, ()).await
}

/// The track of a change of the validator set: what shuts validators out is root's alone.
fn validator_set(shuts_out: bool) -> TrackArg {
	match shuts_out {
		true => TrackArg::Root,
		false => TrackArg::Parameters,
	}
}

impl AdmitAsset {
	async fn call(
		self,
		context: &Context,
		rows: &mut Vec<(String, String)>,
	) -> Result<(String, RuntimeCall), Error> {
		let Self { id, cap, funder, min_deposit, trusted } = self;
		let funder = context.address(&funder)?;
		let (cap, currency) = context.units(&cap, Some(id)).await?;
		let (min_deposit, _) = context.units(&min_deposit, Some(id)).await?;
		let details = stored(&context.chain.at_best().await?, "Assets", "Asset", (id,)).await?;
		if details.is_null() {
			return Err(Error::NotFound(format!("there is no asset {id}")));
		}
		for (role, power) in [
			("owner", "names the others"),
			("issuer", "mints it"),
			("admin", "seizes it"),
			("freezer", "freezes it"),
		] {
			if let Some(who) = read::account(&details[role]) {
				rows.push((format!("its {role}"), format!("{}, who {power}", context.name(&who))));
			}
		}
		let title = format!("admit asset {id} for restaking, up to {}", currency.show(cap));
		Ok((title, RuntimeCall::Restaking(Restaking::add_asset { id, cap, funder, trusted, min_deposit })))
	}
}

/// A slash, and its row.
async fn the_slash(context: &Context, id: u32) -> Result<(Value, (String, String)), Error> {
	let (slash, said) = slash(context, id).await?;
	Ok((slash, (format!("slash {id}"), said)))
}

/// The cap of a restaked asset in its smallest unit, and whether it takes deposits.
async fn terms(context: &Context, id: u32) -> Result<(u128, bool), Error> {
	let assets = assets(context).await?;
	let asset = assets.iter().find(|asset| read::unsigned(&asset["id"]) == Some(id));
	let asset = asset.ok_or_else(|| Error::NotFound(format!("asset {id} cannot be restaked")))?;
	Ok((read::number(&asset["cap"]).unwrap_or(0), asset["deposits"] == true))
}

fn set_asset(id: u32, cap: u128, deposits: bool) -> RuntimeCall {
	RuntimeCall::Restaking(Restaking::set_asset { id, cap, deposits })
}

/// The track that may spend this amount of STAY, or of an asset.
fn spender(amount: u128, asset: Option<u32>) -> TrackArg {
	match asset {
		None if amount <= SMALL_SPEND => TrackArg::SmallSpender,
		_ => TrackArg::BigSpender,
	}
}

/// A call in hex, and what it does.
pub async fn written(context: &Context, text: &str) -> Result<(String, RuntimeCall), Error> {
	let wrong = |error: String| Error::Usage(format!("this is not a call of the chain: {error}"));
	let bytes =
		hex::decode(text.strip_prefix("0x").unwrap_or(text)).map_err(|error| wrong(error.to_string()))?;
	let at = context.chain.at_best().await?;
	let metadata = at.metadata_ref();
	let mut rest = bytes.as_slice();
	let call =
		RuntimeCall::decode_as_type(&mut rest, metadata.outer_enums().call_enum_ty(), metadata.types())
			.map_err(|error| wrong(error.to_string()))?;
	if !rest.is_empty() {
		return Err(wrong("there are bytes after it".into()));
	}
	Ok((Call::of(context, &at, &bytes).await.sentence, call))
}

#[cfg(test)]
mod tests {
	use super::*;
	use crate::cli::Cli;
	use clap::Parser;

	#[test]
	fn amounts_choose_their_track() {
		assert_eq!(spender(SMALL_SPEND, None), TrackArg::SmallSpender);
		assert_eq!(spender(SMALL_SPEND + 1, None), TrackArg::BigSpender);
		assert_eq!(spender(1, Some(7)), TrackArg::BigSpender);
		assert_eq!(SMALL_SPEND, 10_000_000_000_000_000);
	}

	#[test]
	fn every_power_can_be_proposed() {
		let parsed = |line: &str| {
			let line = format!("mainstay-cli governance propose {line}");
			Cli::try_parse_from(line.split(' ').collect::<Vec<_>>())
		};
		for line in [
			"cancel-slash 3",
			"cancel-slash 3 --deposit",
			"--deposit reinstate-slash 3",
			"veto-slash 3 no",
			"admit-asset 7 --cap 1_000 --funder //Alice --min-deposit 0.5 --trusted",
			"cap-asset 7 1000",
			"close-asset 7",
			"open-asset 7",
			"spend 10 //Bob --asset 7",
			"set-validator-count 12",
			"set-min-self-stake 100",
			"upgrade new.wasm --fast-lane --deposit",
			"upgrade new.wasm --enact-after 100",
			"cancel-referendum 3",
			"kill-referendum 3",
			"call 0x0000 --track root",
			"call 0x0000 --track slash_disputes",
		] {
			let parsed = parsed(line);
			assert!(parsed.is_ok(), "{line}: {}", parsed.unwrap_err());
		}
		for wrong in
			["call 0x0000", "call 0x0000 --track council", "admit-asset 7", "spend 10", "upgrade", ""]
		{
			assert!(parsed(wrong).is_err(), "{wrong}");
		}
	}
}
