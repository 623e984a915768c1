//! What every command needs: the global options, the node, and the output.

use crate::{
	chain::{Chain, Currency},
	error::Error,
	keys::{self, KeyOptions, Keypair, Prefixes, Scheme, Sender},
	multisig::{Multisig, MultisigArg},
	output::Out,
	values::Amount,
};
use clap::builder::FalseyValueParser;
use std::cell::{OnceCell, RefCell};
use subxt::{config::substrate::H256, utils::AccountId32};
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
	/// The key that signs: a name of the keystore, a key file, //Alice on a development chain, `-` or @FILE for a seed
	/// phrase
	#[arg(long, global = true, env = "MAINSTAY_FROM", value_name = "KEY", hide_env_values = true)]
	pub from: Option<String>,
	/// Accept addresses with another network's prefix, for the account of the same key here
	#[arg(long, global = true)]
	pub any_prefix: bool,
	/// The signature scheme of a key from a seed phrase, and of //Alice as --from: sr25519 unless given. A key file knows
	/// its own
	#[arg(
		long,
		global = true,
		value_enum,
		hide_possible_values = true,
		value_name = "sr25519|ed25519|ecdsa"
	)]
	pub scheme: Option<Scheme>,
	/// Act for this account, as its proxy
	#[arg(long, global = true, value_name = "ACCOUNT")]
	pub on_behalf_of: Option<String>,
	/// Sign for a multisig: how many have to sign, and who may. The call is made once so many have given the same command.
	/// With --on-behalf-of, the multisig is the proxy
	#[arg(long, global = true, env = "MAINSTAY_MULTISIG", value_name = "THRESHOLD:ACCOUNT,ACCOUNT")]
	pub multisig: Option<MultisigArg>,
	/// Read the key's password from the first line of a file, `-` for standard input
	#[arg(long, global = true, env = "MAINSTAY_PASSWORD_FILE", value_name = "FILE")]
	pub password_file: Option<String>,
	/// Show the fee, the effect and the risks; sign and send nothing
	#[arg(long, global = true)]
	pub dry_run: bool,
	/// Print the call in hex, for another signer; sign and send nothing
	#[arg(long, global = true, conflicts_with = "dry_run")]
	pub print_call: bool,
	/// Do not ask before signing. Without a terminal, nothing is signed unless this is given
	#[arg(long, short, global = true, env = "MAINSTAY_YES", value_parser = FalseyValueParser::new())]
	pub yes: bool,
	/// The chain's genesis block: a node of another chain is refused. Unless given, the program remembers the first
	/// chain that it finds at a URL, and refuses another chain there
	#[arg(long, global = true, env = "MAINSTAY_GENESIS", value_name = "HASH")]
	pub genesis: Option<H256>,
	/// Sign for this version of the chain's runtime, although this program was not made for it. The node then decides
	/// what the signed call means
	#[arg(long, global = true, value_name = "VERSION")]
	pub accept_runtime: Option<u32>,
	/// How long to wait for the transaction
	#[arg(long, global = true, value_enum, default_value_t = Wait::Finalized)]
	pub wait: Wait,
	/// A tip for the author of the block, on top of the fee, in STAY
	#[arg(long, global = true, value_name = "AMOUNT", default_value = "0")]
	pub tip: Amount,
	/// Print one JSON document on standard output, with amounts in the smallest unit
	#[arg(long, global = true)]
	pub json: bool,
	/// Print no colours and no progress animation
	#[arg(long, global = true)]
	pub plain: bool,
}

impl Global {
	/// The options for reading a key.
	pub fn key_options(&self) -> KeyOptions {
		KeyOptions {
			password_file: self.password_file.clone(),
			prefixes: self.prefixes(),
			scheme: self.scheme,
		}
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
	/// Until its block is final and cannot be undone.
	Finalized,
	/// Until it is in a block, which may still be replaced.
	Block,
	/// Only until the node has it.
	None,
}

/// The state of a running command.
pub struct Context {
	/// The global options.
	pub global: Global,
	/// The node.
	pub chain: Chain,
	/// The output.
	pub out: Out,
	/// The signing key, once it was needed: standard input is read once, and a password is asked once.
	pub signer: OnceCell<Keypair>,
	/// The hashes of this command's transactions that are done.
	pub sent: RefCell<Vec<String>>,
	/// Notified when something is sent: from then on, an interruption has to report what was sent.
	pub sending: Notify,
}

impl Context {
	/// Records a finished transaction. After that, no failure may suggest to send it again.
	pub fn add_sent(&self, transaction: &str) {
		self.sent.borrow_mut().push(transaction.into());
	}

	/// The local name of an account, or its address.
	pub fn name(&self, who: &AccountId32) -> String {
		keys::label(who).unwrap_or_else(|| who.to_string())
	}

	/// The account that `text` names. Every account on the command line is parsed here.
	///
	/// # Errors It names no account, or is an address of another network, which needs `--any-prefix`.
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

	/// The signing key. May ask for its password.
	pub fn signer(&self) -> Result<&Keypair, Error> {
		if let Some(signer) = self.signer.get() {
			return Ok(signer);
		}
		let signer = keys::signer(self.from()?, &self.global.key_options())?;
		Ok(self.signer.get_or_init(|| signer))
	}

	/// The signing account, and the scheme of its key. The secret is read only if nothing else tells the account: a dry
	/// run needs no secret.
	pub fn sender(&self) -> Result<Sender, Error> {
		match keys::sender(self.from()?, &self.global.key_options())? {
			Some(sender) => Ok(sender),
			None => Ok(self.signer()?.public().into()),
		}
	}

	/// The signing account.
	pub fn signs(&self) -> Result<AccountId32, Error> {
		Ok(self.sender()?.account)
	}

	/// The multisig for which the signer signs, if any.
	pub fn multisig(&self) -> Result<Option<Multisig>, Error> {
		self.global.multisig.as_ref().map(|multisig| multisig.resolve(|who| self.address(who))).transpose()
	}

	/// The account for which the command acts: the signer, the multisig for which it signs, or the principal for which
	/// either is the proxy.
	pub fn actor(&self) -> Result<AccountId32, Error> {
		if let Some(real) = self.global.on_behalf_of.as_deref() {
			return self.address(real);
		}
		match self.multisig()? {
			Some(multisig) => Ok(multisig.account()),
			None => self.signs(),
		}
	}

	/// The given account, or the one for which the command acts.
	pub fn account(&self, given: Option<&str>) -> Result<AccountId32, Error> {
		let Global { from, on_behalf_of, multisig, .. } = &self.global;
		match given {
			Some(who) => self.address(who),
			None if from.is_none() && on_behalf_of.is_none() && multisig.is_none() => {
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
