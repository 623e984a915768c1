//! Running an operator: its terms, its allocations to services, the sets that it serves.

use super::show::{self, At};
use crate::{
	context::Context,
	error::Error,
	runtime::{
		bounded_collections::bounded_vec::BoundedVec,
		mainstay_avs_registry::pallet::Call as Registry,
		mainstay_operator_delegation::{pallet::Call as Delegation, types::Policy},
		mainstay_restaking::pallet::Call as Restaking,
		RuntimeCall,
	},
	transaction::{perform, Action},
	values::{BasisPoints, KindArg, Part, SetArg},
};
use clap::{Args, Subcommand, ValueEnum};
use serde_json::json;
use std::time::Duration;

/// Run an operator.
#[derive(Debug, Subcommand)]
pub enum OperatorCommand {
	/// Become an operator
	Register(Register),
	/// Change the operator's terms: commission, promise, name, who may delegate to it, leverage
	Terms(Terms),
	/// Set which part of a pool an operator set may slash
	///
	/// A higher allocation takes effect after the allocation delay, so that delegators see it before. A lower one takes
	/// effect only when every exit that the allocation covered has matured.
	Allocate(Allocate),
	/// Serve an operator set from the next era on, and be slashable by it; 0.1 STAY are held while you do
	Join(Join),
	/// Stop serving an operator set; it can still slash you for your work until then
	Leave {
		/// The operator set, 0/1
		set: SetArg,
	},
	/// Leave every operator set and end every allocation, in one call
	Stop,
	/// Retire as an operator, for good. It takes no more deposits, and everyone can leave as before
	Retire,
	/// Show an operator with its pools, sets, points and slashes
	Status {
		/// The operator; the signer unless given
		operator: Option<String>,
	},
}

/// The arguments of `register`.
#[derive(Args, Debug)]
pub struct Register {
	/// The commission: the part of its delegators' rewards that the operator keeps
	#[arg(long, value_name = "PERCENT")]
	pub commission: BasisPoints,
	/// Its name; 0.1 STAY, and 0.0001 for each byte of name and link, are held for it
	#[arg(long)]
	pub name: Option<String>,
	/// Where to read more
	#[arg(long, default_value = "", requires = "name")]
	pub link: String,
}

/// Who may delegate to an operator.
#[derive(Clone, Copy, Debug, ValueEnum)]
pub enum PolicyArg {
	/// Everyone
	Open,
	/// The accounts on its list
	AllowList,
}

/// The arguments of `terms`. Each given one is changed, all in one transaction.
#[derive(Args, Debug)]
pub struct Terms {
	/// The commission: the part of its delegators' rewards that the operator keeps. A higher one takes effect after the
	/// commission delay, a lower one at once
	#[arg(long, value_name = "PERCENT")]
	pub commission: Option<BasisPoints>,
	/// Its name; 0.1 STAY, and 0.0001 for each byte of name and link, are held for it
	#[arg(long)]
	pub name: Option<String>,
	/// Where to read more
	#[arg(long, default_value = "", requires = "name")]
	pub link: String,
	/// Promise a highest commission
	#[arg(long, value_name = "PERCENT", requires = "notice")]
	pub max_commission: Option<BasisPoints>,
	/// Promise to announce a higher commission this many eras before it takes effect
	#[arg(long, value_name = "ERAS", requires = "max_commission")]
	pub notice: Option<u32>,
	/// Who may delegate to it
	#[arg(long, value_enum)]
	pub deposits: Option<PolicyArg>,
	/// Add an account to the list; 0.1 STAY are held for it
	#[arg(long, value_name = "ACCOUNT")]
	pub allow: Vec<String>,
	/// Remove an account from the list, and get the deposit back
	#[arg(long, value_name = "ACCOUNT")]
	pub disallow: Vec<String>,
	/// The most that all sets together may slash of one pool: with 100% no unit is allocated twice, 300% is the chain's
	/// limit
	#[arg(long, value_name = "PERCENT", value_parser = leverage)]
	pub leverage: Option<u32>,
}

fn leverage(text: &str) -> Result<u32, String> {
	let percent = text.strip_suffix('%').and_then(|percent| percent.parse().ok());
	percent.ok_or_else(|| format!("'{text}' is not a whole percentage: write 150%"))
}

impl Terms {
	fn calls(self, context: &Context) -> Result<Vec<RuntimeCall>, Error> {
		let mut calls = vec![];
		let mut delegation = |call| calls.push(RuntimeCall::OperatorDelegation(call));
		if let (Some(max), Some(notice)) = (self.max_commission, self.notice) {
			delegation(Delegation::set_promise { max_commission: max.0, notice });
		}
		if let Some(commission) = self.commission {
			delegation(Delegation::set_commission { commission: commission.0 });
		}
		if let Some(name) = self.name {
			delegation(metadata(name, self.link));
		}
		if let Some(policy) = self.deposits {
			let policy = match policy {
				PolicyArg::Open => Policy::Open,
				PolicyArg::AllowList => Policy::AllowList,
			};
			delegation(Delegation::set_policy { policy });
		}
		for who in &self.allow {
			delegation(Delegation::allow { delegator: context.address(who)? });
		}
		for who in &self.disallow {
			delegation(Delegation::disallow { delegator: context.address(who)? });
		}
		if let Some(percent) = self.leverage {
			calls.push(RuntimeCall::Restaking(Restaking::set_leverage { percent }));
		}
		Ok(calls)
	}
}

fn metadata(name: String, link: String) -> Delegation {
	Delegation::set_metadata { name: BoundedVec(name.into_bytes()), link: BoundedVec(link.into_bytes()) }
}

/// The arguments of `allocate`.
#[derive(Args, Debug)]
pub struct Allocate {
	/// The operator set, 0/1
	pub set: SetArg,
	/// The pool: native or asset:7
	pub kind: KindArg,
	/// The part of the pool that the set may slash; 0% ends the allocation
	pub part: Part,
}

/// The arguments of `join`.
#[derive(Args, Debug)]
pub struct Join {
	/// The operator set, 0/1
	pub set: SetArg,
	/// Wait until the operator serves the set and its allocation is in effect
	#[arg(long)]
	pub until_active: bool,
}

impl OperatorCommand {
	/// Runs the command.
	pub async fn run(self, context: &Context) -> Result<(), Error> {
		let action = match self {
			Self::Register(Register { commission, name, link }) => {
				let mut calls =
					vec![RuntimeCall::OperatorDelegation(Delegation::register { commission: commission.0 })];
				calls.extend(name.map(|name| RuntimeCall::OperatorDelegation(metadata(name, link))));
				Action::all(format!("become an operator with a commission of {commission}"), calls)
			},
			Self::Terms(terms) => Action::all("change the operator's terms", terms.calls(context)?),
			Self::Allocate(Allocate { set, kind, part }) => {
				let title = format!("let set {set} slash {part} of the {kind} pool");
				let call = Restaking::allocate { kind: kind.0, set: set.0, magnitude: part.0 };
				Action::new(title, RuntimeCall::Restaking(call))
			},
			Self::Join(Join { set, until_active }) => return join(context, set, until_active).await,
			Self::Leave { set } => Action::new(
				format!("leave set {set}"),
				RuntimeCall::AvsRegistry(Registry::leave { set: set.0 }),
			),
			Self::Stop => Action::new(
				"leave every set and end every allocation",
				RuntimeCall::Restaking(Restaking::stop),
			),
			Self::Retire => Action::new(
				"retire the operator, for good",
				RuntimeCall::OperatorDelegation(Delegation::retire),
			),
			Self::Status { operator } => {
				let operator = context.account(operator.as_deref())?;
				return show::operator(context, &operator).await;
			},
		};
		perform(context, action).await.map(|_| ())
	}
}

async fn join(context: &Context, set: SetArg, until_active: bool) -> Result<(), Error> {
	let title = format!("serve set {set}");
	let call = RuntimeCall::AvsRegistry(Registry::join { set: set.0.clone() });
	let done = perform(context, Action::new(title, call)).await?;
	if !until_active || !done.is_made() {
		return Ok(());
	}
	let operator = context.actor()?;
	let step = context.out.progress("joined, waiting for the era in which it serves");
	let mut said = None;
	loop {
		let asked = json!({ "set": set.json(), "operator": operator.to_string() });
		let member = context.chain.read("avs_member", asked).await?;
		let era = show::era(context, &At::default()).await?["era"].as_u64().unwrap_or(0);
		let Some(member) = member else {
			return Err(Error::NotFound("the operator no longer serves the set".into()));
		};
		let from = member["from"].as_u64().unwrap_or(u64::MAX);
		let weighs = member["weight"].as_str().is_some_and(|weight| weight != "0");
		if from <= era && weighs {
			step.done();
			context.out.note(&format!("serves set {set}, era {era}"));
			return Ok(());
		}
		// An operator without an allocation to the set would wait for ever.
		if from <= era && member["next"].as_array().is_none_or(|next| next.is_empty()) {
			return Err(Error::NotFound(format!(
				"the operator serves set {set}, but has allocated nothing to it: `mainstay-cli operator allocate {set} native 50%`"
			)));
		}
		if said.replace(era) != Some(era) {
			step.say(&format!("now is era {era}; the operator serves from era {from} on, with the allocations in effect by then"));
		}
		tokio::time::sleep(Duration::from_secs(2)).await;
	}
}
