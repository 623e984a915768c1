//! Streams: a service's payments to a set in every era.

use crate::{
	context::Context,
	error::Error,
	runtime::{mainstay_rewards::pallet::Call as Rewards, RuntimeCall},
	transaction::Action,
	values::{currency_of, Amount, SetArg},
};
use clap::{Args, Subcommand};

/// Pay a set every era.
#[derive(Debug, Subcommand)]
pub enum StreamCommand {
	/// Open a stream, as the service's owner; 10 STAY are held while it runs
	Open(Open),
	/// Add to a stream's funds
	TopUp {
		/// The stream
		id: u32,
		/// How much
		amount: Amount,
	},
	/// Stop a stream after its notice, and get the rest back
	Stop {
		/// The stream
		id: u32,
	},
	/// Pay what a stream owes for the running era, if the chain has not done so yet
	Distribute {
		/// The stream
		id: u32,
	},
}

/// The arguments of `open`.
#[derive(Args, Debug)]
pub struct Open {
	/// The set, 0/1
	pub set: SetArg,
	/// The payment for each era
	pub rate: Amount,
	/// The funds to pay from; anyone can add to them later
	#[arg(long, value_name = "AMOUNT")]
	pub funds: Amount,
	/// The notice: for how many eras the stream still pays after it is stopped
	#[arg(long, value_name = "ERAS", default_value_t = 0)]
	pub notice: u32,
	/// An asset to pay in, instead of STAY
	#[arg(long, value_name = "ID")]
	pub asset: Option<u32>,
}

impl StreamCommand {
	/// The action for the chain.
	pub async fn action(self, context: &Context) -> Result<Action, Error> {
		let (title, call) = match self {
			Self::Open(Open { set, rate, funds, notice, asset }) => {
				let (rate, currency) = context.units(&rate, asset).await?;
				let (funds, _) = context.units(&funds, asset).await?;
				let title =
					format!("pay set {set} {} an era, out of {}", currency.show(rate), currency.show(funds));
				(
					title,
					Rewards::open_stream { set: set.0, currency: currency_of(asset), rate, funds, notice },
				)
			},
			Self::TopUp { id, amount } => {
				let coin = context.chain.stream_coin(id, None).await?;
				let coin = coin.ok_or_else(|| Error::NotFound(format!("there is no stream {id}")))?;
				let (amount, currency) = context.units(&amount, coin.asset()).await?;
				(format!("add {} to stream {id}", currency.show(amount)), Rewards::top_up { id, amount })
			},
			Self::Stop { id } => (format!("stop stream {id}"), Rewards::stop_stream { id }),
			Self::Distribute { id } => {
				(format!("pay what stream {id} owes for this era"), Rewards::distribute { id })
			},
		};
		Ok(Action::new(title, RuntimeCall::Rewards(call)))
	}
}
