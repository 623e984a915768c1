//! Proxies: other keys that sign for an account, and can do less than its own key.

use crate::{
	context::Context,
	error::Error,
	runtime::{pallet_proxy::pallet::Call as Proxy, ProxyType, RuntimeCall},
	transaction::{address, perform, Action},
};
use clap::{Args, Subcommand, ValueEnum};

/// Let another key sign for the account.
#[derive(Debug, Subcommand)]
pub enum ProxyCommand {
	/// Let an account make calls of one type for this one; about 0.1 STAY are held for it
	Add(Delegate),
	/// Remove a proxy
	Remove(Delegate),
}

/// A proxy and its type.
#[derive(Args, Debug)]
pub struct Delegate {
	/// The account that may sign, with --on-behalf-of this account
	#[arg(value_name = "ACCOUNT")]
	pub delegate: String,
	/// Which calls it may make
	#[arg(long = "type", value_enum)]
	pub kind: Type,
}

/// Which calls a proxy may make.
#[derive(Clone, Copy, Debug, ValueEnum)]
pub enum Type {
	/// All of them
	Any,
	/// Like staking, and remarks and preimages; it cannot run a service, nor put funds at a service's risk
	NonTransfer,
	/// Stake, exit, claim and collect for the account itself, and run an operator; it cannot restake
	Staking,
	/// Run an operator and its validator; it cannot exit, join or allocate to services, or choose where rewards are paid
	Operator,
	/// Run a service, and pay for it: it can spend the account's whole free balance
	Avs,
	/// Claim and collect
	Collect,
	/// Restake, opt in, allocate and join: it can lose everything that it puts at risk to a sham service
	Restaking,
	/// Vote in referenda and delegate votes; it can lock the account's whole balance for the longest conviction
	Voting,
}

impl Type {
	fn encoded(self) -> ProxyType {
		match self {
			Self::Any => ProxyType::Any,
			Self::NonTransfer => ProxyType::NonTransfer,
			Self::Staking => ProxyType::Staking,
			Self::Operator => ProxyType::Operator,
			Self::Avs => ProxyType::Avs,
			Self::Collect => ProxyType::Collect,
			Self::Restaking => ProxyType::Restaking,
			Self::Voting => ProxyType::Voting,
		}
	}
}

impl ProxyCommand {
	/// Runs the command.
	pub async fn run(self, context: &Context) -> Result<(), Error> {
		let (title, call) = match self {
			Self::Add(Delegate { delegate: who, kind }) => {
				let who = context.address(&who)?;
				let (delegate, proxy_type) = (address(who), kind.encoded());
				(
					format!("let {} sign for the account", context.name(&who)),
					Proxy::add_proxy { delegate, proxy_type, delay: 0 },
				)
			},
			Self::Remove(Delegate { delegate: who, kind }) => {
				let who = context.address(&who)?;
				let (delegate, proxy_type) = (address(who), kind.encoded());
				(
					format!("let {} no longer sign for the account", context.name(&who)),
					Proxy::remove_proxy { delegate, proxy_type, delay: 0 },
				)
			},
		};
		perform(context, Action::new(title, RuntimeCall::Proxy(call))).await.map(|_| ())
	}
}
