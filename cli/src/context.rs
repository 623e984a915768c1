//! What every command has at hand: the global options, the node, and where to write.

use crate::{
	chain::{Chain, Currency},
	error::Error,
	keys::{self, KeyOptions, Prefixes},
	output::Out,
	values::Amount,
};
use clap::builder::FalseyValueParser;
use std::cell::{OnceCell, RefCell};
use subxt::{config::substrate::H256, utils::AccountId32};
use subxt_signer::sr25519::Keypair;
use tokio::sync::Notify;

/// Options that every command takes.
#[derive(clap::Args, Debug)]
#[command(next_help_heading = "Options for every command")]
pub struct Global {
	/// The node's WebSocket
	#[arg(
		long,
		global = true,
		env = "MAINSTAY_URL",
		value_name = "URL",
		default_value = "ws://127.0.0.1:9944"
	)]
	pub url: String,
	/// Who signs: a name of the keystore, a key file, //Alice on a development chain, `-` or @FILE for a seed phrase
	#[arg(long, global = true, env = "MAINSTAY_FROM", value_name = "KEY", hide_env_values = true)]
	pub from: Option<String>,
	/// Accept addresses with another network's prefix: they mean the account of the same key here
	#[arg(long, global = true)]
	pub any_prefix: bool,
	/// Act for this account, as its proxy
	#[arg(long, global = true, value_name = "ACCOUNT")]
	pub on_behalf_of: Option<String>,
	/// Read the key's password from the first line of a file, `-` for standard input
	#[arg(long, global = true, env = "MAINSTAY_PASSWORD_FILE", value_name = "FILE")]
	pub password_file: Option<String>,
	/// Show the fee, the effect and the risks; sign and send nothing
	#[arg(long, global = true)]
	pub dry_run: bool,
	/// Print the call in hex, for another signer or a multisig; sign and send nothing
	#[arg(long, global = true, conflicts_with = "dry_run")]
	pub print_call: bool,
	/// Do not ask before signing. Without a terminal to ask at, nothing is signed unless this is given
	#[arg(long, short, global = true, env = "MAINSTAY_YES", value_parser = FalseyValueParser::new())]
	pub yes: bool,
	/// The chain's genesis block: a node of another chain is refused. Unless given, the first chain that is found at a URL is
	/// remembered, and another chain there is refused
	#[arg(long, global = true, env = "MAINSTAY_GENESIS", value_name = "HASH")]
	pub genesis: Option<H256>,
	/// Sign for this version of the chain's runtime, although this program was not made for it: then the node decides what
	/// the signed call means
	#[arg(long, global = true, value_name = "VERSION")]
	pub accept_runtime: Option<u32>,
	/// How long to wait
	#[arg(long, global = true, value_enum, default_value_t = Wait::Finalized)]
	pub wait: Wait,
	/// A tip for the author of the block, on top of the fee, in STAY
	#[arg(long, global = true, value_name = "AMOUNT", default_value = "0")]
	pub tip: Amount,
	/// Print one JSON document on standard output, with amounts in the smallest unit
	#[arg(long, global = true)]
	pub json: bool,
	/// Print no colours, and nothing that moves
	#[arg(long, global = true)]
	pub plain: bool,
}

impl Global {
	/// What reading a key needs.
	pub fn key_options(&self) -> KeyOptions {
		KeyOptions { password_file: self.password_file.clone(), prefixes: self.prefixes() }
	}

	/// How addresses may be written.
	fn prefixes(&self) -> Prefixes {
		match self.any_prefix {
			true => Prefixes::Any,
			false => Prefixes::Ours,
		}
	}

	/// The tip in the smallest unit.
	pub fn tip_units(&self) -> Result<u128, Error> {
		self.tip.units(crate::values::STAY_DECIMALS).map_err(Error::Usage)
	}
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

/// What a command works with.
pub struct Context {
	/// The global options.
	pub global: Global,
	/// The node.
	pub chain: Chain,
	/// Where to write.
	pub out: Out,
	/// The key that signs, once it was needed: standard input is read once, and a password asked for once.
	pub signer: OnceCell<Keypair>,
	/// The transactions of this command that are done, by their hashes.
	pub sent: RefCell<Vec<String>>,
	/// Told once something is sent: from then on, what ends the command says what it leaves.
	pub sending: Notify,
}

impl Context {
	/// Notes that a transaction is done: whatever fails behind it is no reason to send it again.
	pub fn add_sent(&self, transaction: &str) {
		self.sent.borrow_mut().push(transaction.into());
	}

	/// An account by what it is called here, or by its address.
	pub fn name(&self, who: &AccountId32) -> String {
		keys::label(who).unwrap_or_else(|| who.to_string())
	}

	/// The account that `text` names. All that is written on the command line goes through here.
	///
	/// # Errors
	/// It names none, or is an address of another network, which takes `--any-prefix`.
	pub fn address(&self, text: &str) -> Result<AccountId32, Error> {
		Ok(keys::address(text, self.global.prefixes())?)
	}

	fn from(&self) -> Result<&str, Error> {
		self.global.from.as_deref().ok_or_else(|| {
			Error::Usage(
				"who signs? Give --from KEY: a name from `mainstay-cli key list`, or see `mainstay-cli key --help`".into(),
			)
		})
	}

	/// The key that signs. May ask for its password.
	pub fn signer(&self) -> Result<&Keypair, Error> {
		if let Some(signer) = self.signer.get() {
			return Ok(signer);
		}
		let signer = keys::signer(self.from()?, &self.global.key_options())?;
		Ok(self.signer.get_or_init(|| signer))
	}

	/// The account that signs. A secret is read only where nothing else tells: what would happen needs none.
	pub fn signs(&self) -> Result<AccountId32, Error> {
		match self.address(self.from()?) {
			Ok(who) => Ok(who),
			Err(_) => Ok(self.signer()?.public_key().to_account_id()),
		}
	}

	/// The account that the command acts for: the signer, or who made it a proxy.
	pub fn actor(&self) -> Result<AccountId32, Error> {
		match self.global.on_behalf_of.as_deref() {
			Some(real) => self.address(real),
			None => self.signs(),
		}
	}

	/// An account that was given, or the one that the command acts for.
	pub fn account(&self, given: Option<&str>) -> Result<AccountId32, Error> {
		match given {
			Some(who) => self.address(who),
			None if self.global.from.is_none() && self.global.on_behalf_of.is_none() => {
				Err(Error::Usage("which account? Name it, or give --from".into()))
			},
			None => self.actor(),
		}
	}

	/// An amount of STAY or of an asset, in its smallest unit, and how it is written.
	pub async fn units(&self, amount: &Amount, asset: Option<u32>) -> Result<(u128, Currency), Error> {
		let currency = self.chain.currency(asset).await?;
		Ok((amount.units(currency.decimals).map_err(Error::Usage)?, currency))
	}
}
