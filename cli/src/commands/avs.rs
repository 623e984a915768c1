//! Running a service: its operator sets, conditions, payments and slashes.

use super::{
	show::{self, At, PartOfKind},
	stream::StreamCommand,
};
use crate::{
	context::Context,
	error::Error,
	read,
	runtime::{
		bounded_collections::bounded_vec::BoundedVec,
		mainstay_avs_registry::{pallet::Call as Registry, types::Admission},
		mainstay_primitives::ids::{Destination, PoolKind, Resolver},
		mainstay_rewards::pallet::Call as Rewards,
		mainstay_slashing::pallet::Call as Slashing,
		RuntimeCall,
	},
	transaction::{perform, Action},
	values::{currency_of, Amount, KindArg, Part, SetArg},
};
use clap::{Args, Subcommand, ValueEnum};
use serde_json::{json, Value};
use std::str::FromStr;
use subxt::utils::AccountId32;

/// Run a service.
#[derive(Debug, Subcommand)]
pub enum AvsCommand {
	/// Register a service; 100 STAY are held until it is deregistered
	Register(Metadata),
	/// Rename a service
	Rename {
		/// The service's id
		avs: u32,
		/// The new name and link
		#[command(flatten)]
		metadata: Metadata,
	},
	/// Create an operator set: the kinds it accepts, its slasher, and the destination of slashed funds
	CreateSet(CreateSet),
	/// Change an operator set
	ChangeSet(ChangeSet),
	/// Manage a set's conditions: what it may slash for, and how much
	#[command(subcommand)]
	Condition(ConditionCommand),
	/// Let an operator join a set that takes only approved operators; 0.1 STAY are held for the approval
	Approve(OfSet),
	/// Revoke an approval
	Revoke(OfSet),
	/// Remove an operator from a set
	Eject(OfSet),
	/// Pay a set now: all members by weight, or operators by name
	Pay(Pay),
	/// Pay a set every era
	#[command(subcommand)]
	Stream(StreamCommand),
	/// Report an operator that broke a condition; the slash is executed when the veto window is over
	Slash(Slash),
	/// Veto a slash, as the resolver of its condition
	Veto(Reasoned),
	/// Ask governance to cancel a slash, for a bond. An appeal delays the slash; there is one for each slash
	Appeal(Reasoned),
	/// Execute a slash that is due, if the chain has not done so yet
	Execute {
		/// The slash
		id: u32,
	},
	/// Pay slashed funds to their destination, if that failed when the slash was executed
	Payout {
		/// The slash
		id: u32,
		/// This asset instead of STAY
		#[arg(long, value_name = "ID")]
		asset: Option<u32>,
	},
	/// Wind down a set: nobody can join it any more, and it can be closed when its members can no longer be slashed
	WindDown {
		/// The set, 0/1
		set: SetArg,
	},
	/// Close a set that was wound down, some of its members with each transaction
	Close {
		/// The set, 0/1
		set: SetArg,
		/// How many members to release in this transaction
		#[arg(long, default_value_t = 50)]
		most: u32,
	},
	/// Offer a service to another account, or withdraw the offer
	Transfer {
		/// The service's id
		avs: u32,
		/// The account that may accept it, or `nobody`
		#[arg(value_name = "ACCOUNT")]
		to: String,
	},
	/// Accept a service that was offered
	Accept {
		/// The service's id
		avs: u32,
	},
	/// Deregister a service that has no sets, and get the deposit back
	Deregister {
		/// The service's id
		avs: u32,
	},
}

/// The name of a service.
#[derive(Args, Debug)]
pub struct Metadata {
	/// Its name
	pub name: String,
	/// Where to read more
	#[arg(long, default_value = "")]
	pub link: String,
}

/// Who may join.
#[derive(Clone, Copy, Debug, ValueEnum)]
pub enum AdmissionArg {
	/// Every operator
	Open,
	/// Those that the owner approved
	Approved,
	/// Nobody for now
	Paused,
}

impl From<AdmissionArg> for Admission {
	fn from(admission: AdmissionArg) -> Self {
		match admission {
			AdmissionArg::Open => Self::Open,
			AdmissionArg::Approved => Self::Approved,
			AdmissionArg::Paused => Self::Paused,
		}
	}
}

/// A kind that a set accepts, and the weight of a unit of it: `native`, `asset:7=3`.
#[derive(Clone, Debug)]
pub struct AcceptedKind(KindArg, u32);

impl FromStr for AcceptedKind {
	type Err = String;

	fn from_str(text: &str) -> Result<Self, String> {
		let (kind, counts) = text.split_once('=').unwrap_or((text, "1"));
		let counts =
			counts.parse().map_err(|_| format!("'{counts}' is not a whole number: write asset:7=3"))?;
		Ok(Self(kind.parse()?, counts))
	}
}

fn accepted(kinds: Vec<AcceptedKind>) -> BoundedVec<(PoolKind, u32)> {
	BoundedVec(kinds.into_iter().map(|AcceptedKind(kind, counts)| (kind.0, counts)).collect())
}

/// The arguments of `create-set`.
#[derive(Args, Debug)]
pub struct CreateSet {
	/// The service's id
	pub avs: u32,
	/// A kind of pool that it accepts, and the weight of a unit of it: native, asset:7=3
	#[arg(long, value_name = "KIND[=WEIGHT]", required = true)]
	pub kind: Vec<AcceptedKind>,
	/// Who may join
	#[arg(long, value_enum, default_value_t = AdmissionArg::Open)]
	pub admission: AdmissionArg,
	/// The minimum weighted stake that an operator must allocate to the set to join it. With 0, a place costs only its
	/// deposit
	#[arg(long, value_name = "AMOUNT", default_value = "100")]
	pub min_stake: Amount,
	/// The account that reports slashes; the owner unless given
	#[arg(long, value_name = "ACCOUNT")]
	pub slasher: Option<String>,
	/// The destination of slashed funds: burn, treasury, or an account. It cannot be changed later. With an account,
	/// the set cannot accept native STAY, and its pools cannot be shared with other sets
	#[arg(long, value_name = "WHERE", default_value = "burn")]
	pub destination: String,
}

/// The arguments of `change-set`. Each given one is changed, all in one transaction.
#[derive(Args, Debug)]
pub struct ChangeSet {
	/// The set, 0/1
	pub set: SetArg,
	/// All kinds that it accepts. Takes effect after the delay for changed terms
	#[arg(long, value_name = "KIND[=WEIGHT]")]
	pub kind: Vec<AcceptedKind>,
	/// Who may join
	#[arg(long, value_enum)]
	pub admission: Option<AdmissionArg>,
	/// The minimum weighted stake that an operator must allocate to the set to join it
	#[arg(long, value_name = "AMOUNT")]
	pub min_stake: Option<Amount>,
	/// The account that reports slashes. Takes effect after the delay for changed terms
	#[arg(long, value_name = "ACCOUNT")]
	pub slasher: Option<String>,
}

/// A set and an operator.
#[derive(Args, Debug)]
pub struct OfSet {
	/// The set, 0/1
	pub set: SetArg,
	/// The operator
	pub operator: String,
}

/// The conditions of a set.
#[derive(Debug, Subcommand)]
pub enum ConditionCommand {
	/// Add a condition. It takes effect after the delay for changed terms, or at once if no operator ever joined the
	/// set or allocated to it
	Add {
		/// The set, 0/1
		set: SetArg,
		/// What an operator must not do
		text: String,
		/// The terms
		#[command(flatten)]
		terms: Terms,
	},
	/// Change the terms of a condition. Milder terms take effect at once, others after the delay for changed terms
	Change {
		/// The set, 0/1
		set: SetArg,
		/// The condition's number
		id: u32,
		/// The largest part that one slash may take; unchanged unless given
		#[arg(long, value_name = "PART")]
		max: Option<Part>,
		/// The veto window: eras between a report and its execution; unchanged unless given
		#[arg(long, value_name = "ERAS")]
		veto_window: Option<u32>,
		/// Who may veto in that time: an account, `governance` or `nobody`; unchanged unless given
		#[arg(long, value_name = "WHO")]
		resolver: Option<String>,
	},
	/// Remove a condition
	Remove {
		/// The set, 0/1
		set: SetArg,
		/// The condition's number
		id: u32,
	},
}

/// The terms of a condition.
#[derive(Args, Debug)]
pub struct Terms {
	/// The largest part of an allocation to the set that one slash may take
	#[arg(long, value_name = "PART")]
	pub max: Part,
	/// The veto window: eras between a report and its execution
	#[arg(long, value_name = "ERAS", default_value_t = 0)]
	pub veto_window: u32,
	/// Who may veto in that time: an account, `governance`, or nobody unless given
	#[arg(long, value_name = "WHO")]
	pub resolver: Option<String>,
}

/// Parses who may veto.
fn resolver(context: &Context, who: Option<&str>) -> Result<Option<Resolver<AccountId32>>, Error> {
	Ok(match who {
		None | Some("nobody") => None,
		Some("governance") => Some(Resolver::Governance),
		Some(who) => Some(Resolver::Account(context.address(who)?)),
	})
}

/// The arguments of `pay`.
#[derive(Args, Debug)]
pub struct Pay {
	/// The set, 0/1
	pub set: SetArg,
	/// How much the whole set gets
	#[arg(required_unless_present = "to", conflicts_with = "to")]
	pub amount: Option<Amount>,
	/// Pay this operator the amount instead; can be given more than once
	#[arg(long, value_name = "OPERATOR=AMOUNT")]
	pub to: Vec<String>,
	/// An asset to pay in, instead of STAY
	#[arg(long, value_name = "ID")]
	pub asset: Option<u32>,
}

/// The arguments of `slash`.
#[derive(Args, Debug)]
pub struct Slash {
	/// The set, 0/1
	pub set: SetArg,
	/// The operator that broke the condition
	pub operator: String,
	/// The number of the condition it broke
	pub condition: u32,
	/// The part to take of its allocation to the set, for each kind
	#[arg(required_unless_present = "kind", conflicts_with = "kind")]
	pub part: Option<Part>,
	/// The part to take of one kind; can be given more than once
	#[arg(long, value_name = "KIND=PART")]
	pub kind: Vec<PartOfKind>,
	/// The capture era, on whose stake the work relied; the running one unless given
	#[arg(long, value_name = "ERA")]
	pub capture: Option<u32>,
}

/// A slash, and a reason.
#[derive(Args, Debug)]
pub struct Reasoned {
	/// The slash
	pub id: u32,
	/// The reason, which is kept on record
	pub reason: String,
}

fn text(text: String) -> BoundedVec<u8> {
	BoundedVec(text.into_bytes())
}

fn registry(title: impl Into<String>, call: Registry) -> Action {
	Action::new(title, RuntimeCall::AvsRegistry(call))
}

fn slashing(title: impl Into<String>, call: Slashing) -> Action {
	Action::new(title, RuntimeCall::Slashing(call))
}

impl AvsCommand {
	/// Runs the command.
	pub async fn run(self, context: &Context) -> Result<(), Error> {
		let action = match self {
			Self::Register(Metadata { name, link }) => registry(
				format!("register the service '{name}'"),
				Registry::register { name: text(name), link: text(link) },
			),
			Self::Rename { avs, metadata: Metadata { name, link } } => registry(
				format!("call service {avs} '{name}'"),
				Registry::set_metadata { avs, name: text(name), link: text(link) },
			),
			Self::CreateSet(create) => create.action(context)?,
			Self::ChangeSet(change) => change.action(context)?,
			Self::Condition(command) => command.action(context).await?,
			Self::Approve(OfSet { set, operator }) => {
				let operator = context.address(&operator)?;
				let title = format!("let {} join set {set}", context.name(&operator));
				registry(title, Registry::approve { set: set.0, operator })
			},
			Self::Revoke(OfSet { set, operator }) => {
				let operator = context.address(&operator)?;
				let title = format!("revoke the approval of {} for set {set}", context.name(&operator));
				registry(title, Registry::revoke { set: set.0, operator })
			},
			Self::Eject(OfSet { set, operator }) => {
				let operator = context.address(&operator)?;
				let title = format!("remove {} from set {set}", context.name(&operator));
				registry(title, Registry::eject { set: set.0, operator })
			},
			Self::Pay(pay) => pay.action(context).await?,
			Self::Stream(command) => command.action(context).await?,
			Self::Slash(slash) => slash.action(context).await?,
			Self::Veto(Reasoned { id, reason }) => {
				slashing(format!("veto slash {id}"), Slashing::veto { id, reason: text(reason) })
			},
			Self::Appeal(Reasoned { id, reason }) => slashing(
				format!("appeal slash {id}, for a bond"),
				Slashing::appeal { id, reason: text(reason) },
			),
			Self::Execute { id } => slashing(format!("execute slash {id}"), Slashing::execute { id }),
			Self::Payout { id, asset } => slashing(
				format!("pay out the funds of slash {id}"),
				Slashing::payout { id, currency: currency_of(asset) },
			),
			Self::WindDown { set } => {
				registry(format!("wind down set {set}"), Registry::wind_down { set: set.0 })
			},
			Self::Close { set, most } => {
				registry(format!("close set {set}"), Registry::close_set { set: set.0, most })
			},
			Self::Transfer { avs, to } => {
				let next_owner = (to != "nobody").then(|| context.address(&to)).transpose()?;
				let to = next_owner.as_ref().map_or(to, |to| context.name(to));
				registry(
					format!("offer service {avs} to {to}"),
					Registry::transfer_ownership { avs, next_owner },
				)
			},
			Self::Accept { avs } => {
				registry(format!("accept service {avs}"), Registry::accept_ownership { avs })
			},
			Self::Deregister { avs } => {
				registry(format!("deregister service {avs}"), Registry::deregister { avs })
			},
		};
		perform(context, action).await.map(|_| ())
	}
}

impl CreateSet {
	fn action(self, context: &Context) -> Result<Action, Error> {
		let slasher = context.account(self.slasher.as_deref())?;
		let destination = match self.destination.as_str() {
			"burn" => Destination::Burn,
			"treasury" => Destination::Treasury,
			who => Destination::Account(context.address(who)?),
		};
		let call = Registry::create_set {
			avs: self.avs,
			kinds: accepted(self.kind),
			admission: self.admission.into(),
			min_stake: self.min_stake.units(crate::values::STAY_DECIMALS).map_err(Error::Usage)?,
			slasher,
			destination,
		};
		Ok(registry(format!("create an operator set of service {}", self.avs), call))
	}
}

impl ChangeSet {
	fn action(self, context: &Context) -> Result<Action, Error> {
		let set = || self.set.0.clone();
		let mut calls = vec![];
		if !self.kind.is_empty() {
			calls.push(Registry::set_kinds { set: set(), kinds: accepted(self.kind) });
		}
		if let Some(admission) = self.admission {
			calls.push(Registry::set_admission { set: set(), admission: admission.into() });
		}
		if let Some(amount) = self.min_stake {
			let min_stake = amount.units(crate::values::STAY_DECIMALS).map_err(Error::Usage)?;
			calls.push(Registry::set_min_stake { set: set(), min_stake });
		}
		if let Some(who) = self.slasher {
			calls.push(Registry::set_slasher { set: set(), slasher: context.address(&who)? });
		}
		let calls = calls.into_iter().map(RuntimeCall::AvsRegistry).collect();
		Ok(Action::all(format!("change set {}", self.set), calls))
	}
}

impl ConditionCommand {
	async fn action(self, context: &Context) -> Result<Action, Error> {
		Ok(match self {
			Self::Add { set, text: offence, terms } => registry(
				format!("let set {set} slash up to {} for: {offence}", terms.max),
				Registry::add_condition {
					set: set.0,
					text: text(offence),
					max_fraction: terms.max.0,
					veto_window: terms.veto_window,
					resolver: resolver(context, terms.resolver.as_deref())?,
				},
			),
			Self::Change { set, id, max, veto_window, resolver: who } => {
				let found =
					context.chain.read("avs_set", json!({ "set": set.json() })).await?.unwrap_or_default();
				let condition =
					found["conditions"].as_array().into_iter().flatten().find(|known| known["id"] == id);
				let condition =
					condition.ok_or_else(|| Error::NotFound(format!("set {set} has no condition {id}")))?;
				// A change is based on the terms that were announced last.
				let terms = &condition["terms"];
				let terms =
					[&terms["next"]["value"], &terms["now"]].into_iter().find(|terms| terms.is_object());
				let terms = terms.cloned().unwrap_or_default();
				let max_fraction =
					terms["maxFraction"].as_str().and_then(|part| part.parse().ok()).unwrap_or(0);
				let known = match &terms["resolver"] {
					Value::String(_) => Some("governance".to_string()),
					resolver => resolver["account"].as_str().map(Into::into),
				};
				let call = Registry::change_condition {
					set: set.0.clone(),
					id,
					max_fraction: max.map_or(max_fraction, |max| max.0),
					veto_window: veto_window.or_else(|| read::unsigned(&terms["vetoWindow"])).unwrap_or(0),
					resolver: resolver(context, who.or(known).as_deref())?,
				};
				registry(format!("change condition {id} of set {set}"), call)
			},
			Self::Remove { set, id } => registry(
				format!("remove condition {id} of set {set}"),
				Registry::remove_condition { set: set.0, id },
			),
		})
	}
}

impl Pay {
	async fn action(self, context: &Context) -> Result<Action, Error> {
		let set = self.set;
		if let Some(amount) = &self.amount {
			let (amount, currency) = context.units(amount, self.asset).await?;
			let title =
				format!("pay {} to the operators of set {set} and their delegators", currency.show(amount));
			let call = Rewards::pay_set { set: set.0, currency: currency_of(self.asset), amount };
			return Ok(Action::new(title, RuntimeCall::Rewards(call)));
		}
		let mut payments = vec![];
		for to in &self.to {
			let (operator, amount) = to
				.split_once('=')
				.ok_or_else(|| Error::Usage(format!("'{to}' is not a payment: write OPERATOR=AMOUNT")))?;
			let amount: Amount = amount.parse().map_err(Error::Usage)?;
			payments.push((context.address(operator)?, context.units(&amount, self.asset).await?.0));
		}
		let title = format!("pay operators of set {set} by name, {} in all", payments.len());
		let call = Rewards::pay_operators {
			set: set.0,
			currency: currency_of(self.asset),
			payments: BoundedVec(payments),
		};
		Ok(Action::new(title, RuntimeCall::Rewards(call)))
	}
}

impl Slash {
	async fn action(self, context: &Context) -> Result<Action, Error> {
		let operator = context.address(&self.operator)?;
		let now = At::default();
		let capture = show::capture_era(context, self.capture, &now).await?;
		let each = self.part.map(PartOfKind::each);
		let parts: Vec<_> = self.kind.into_iter().chain(each).collect();
		let fractions = show::fractions(context, &self.set, &parts, &now).await?;
		// The chain computes what the slash would take.
		let supposed = json!({
			"set": self.set.json(), "operator": operator.to_string(), "condition": self.condition,
			"fractions": fractions, "capture": capture,
		});
		let impact = context
			.chain
			.read("slashing_dryRun", json!({ "slash": { "attested": supposed } }))
			.await?
			.unwrap_or_default();
		let title = format!(
			"report {} to set {} for what it did in era {capture}",
			context.name(&operator),
			self.set
		);
		let call = Slashing::report {
			set: self.set.0,
			operator,
			condition: self.condition,
			fractions: BoundedVec(
				fractions
					.iter()
					.filter_map(|part| {
						Some((read::kind(&part["kind"])?, part["fraction"].as_str()?.parse().ok()?))
					})
					.collect(),
			),
			capture,
		};
		let exposure = show::impact(context, &impact).await;
		Ok(Action { exposure, exposure_json: impact, ..slashing(title, call) })
	}
}
