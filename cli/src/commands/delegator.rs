//! The commands of delegators: stake, restake, exit, collect.

use super::show::{self, At};
use crate::{
	chain::Currency,
	context::Context,
	error::Error,
	exposure,
	output::units_in,
	read,
	runtime::{
		mainstay_operator_delegation::pallet::Call as Delegation,
		mainstay_primitives::ids::{ExitAmount, PoolKind},
		mainstay_restaking::pallet::Call as Restaking,
		mainstay_rewards::pallet::Call as Rewards,
		RuntimeCall,
	},
	scale::Event,
	transaction::{carry_out, perform, Action, Done},
	values::{Amount, AmountOrAll, KindArg, Part, WAD},
};
use serde_json::{json, Value};
use subxt::utils::AccountId32;

/// The pages of positions that one command collects, at most.
const MAX_PAGES: usize = 100;

/// How many fewer shares than expected a deposit may buy: the pool can earn, or be slashed, before the deposit is
/// executed.
#[derive(clap::Args, Debug)]
pub struct Tolerance {
	/// How many fewer shares than at the current price the deposit may buy; with fewer, the chain refuses it
	#[arg(long, value_name = "PART", default_value = "1%")]
	pub tolerance: Part,
}

impl Tolerance {
	fn least(&self, shares: u128) -> u128 {
		// The number of shares of STAY is small enough for this product. A larger number belongs to no pool.
		let kept = u128::from(WAD - self.tolerance.0) / 1_000_000_000;
		shares.checked_mul(kept).map_or(0, |shares| shares / 1_000_000_000)
	}
}

/// The effects of a deposit into a pool now: the shares, and rows that describe the risks.
async fn entering(
	context: &Context,
	operator: &AccountId32,
	kind: &KindArg,
	amount: u128,
) -> Result<(u128, Vec<(String, String)>, Value), Error> {
	let asked = json!({
		"who": context.actor()?.to_string(), "operator": operator.to_string(), "kind": kind.json(),
		"amount": amount.to_string(),
	});
	let mut entry = context
		.chain
		.read("restaking_entering", asked)
		.await?
		.ok_or_else(|| Error::NotFound(format!("{} is not an operator", context.name(operator))))?;
	// The dry run says whether the call would be refused. `restaking_entering` is about a deposit, which not every call
	// is.
	entry["refused"].take();
	let shares = units_in(&entry["shares"]);
	let millis = show::era(context, &At::default()).await?["millis"].as_u64();
	let currency = context.chain.currency(kind.asset()).await?;
	let asked = json!({ "operator": operator.to_string() });
	let pools = context.chain.read("operators_operator", asked).await?.unwrap_or_default();
	let pool = pools["pools"].as_array().into_iter().flatten().find(|pool| pool["kind"] == kind.json());
	let whole = pool.and_then(|pool| pool["maxMagnitude"].as_str()?.parse().ok()).unwrap_or(WAD);
	let mut rows = exposure::rows(&entry, whole, &currency, millis);
	if let Some(id) = kind.asset() {
		let assets = show::assets(context).await?;
		let asset = assets.iter().find(|asset| read::unsigned(&asset["id"]) == Some(id));
		let issuers = asset.map(|asset| asset["issuers"].clone()).unwrap_or_default();
		rows.extend(exposure::issuers(&issuers, |who| context.name(who)));
		entry["issuers"] = issuers;
	}
	Ok((shares, rows, entry))
}

/// An action that deposits.
async fn deposit(
	context: &Context,
	title: String,
	operator: &AccountId32,
	kind: &KindArg,
	amount: u128,
	call: impl FnOnce(u128) -> RuntimeCall,
	tolerance: &Tolerance,
) -> Result<(), Error> {
	let (shares, exposure, exposure_json) = entering(context, operator, kind, amount).await?;
	let calls = vec![call(tolerance.least(shares))];
	let action = Action { exposure, exposure_json, ..Action::all(title, calls) };
	perform(context, action).await.map(|_| ())
}

/// Delegate STAY to an operator, at the risk of consensus offences only
#[derive(clap::Args, Debug)]
pub struct Stake {
	/// The operator
	#[arg(value_name = "OPERATOR")]
	pub operator: String,
	/// How much STAY
	pub amount: Amount,
	/// How much the price may change
	#[command(flatten)]
	pub tolerance: Tolerance,
}

impl Stake {
	/// Stakes.
	pub async fn run(self, context: &Context) -> Result<(), Error> {
		let operator = context.address(&self.operator)?;
		let (amount, stay) = context.units(&self.amount, None).await?;
		let title = format!("stake {} with {}", stay.show(amount), context.name(&operator));
		let to = operator;
		let call = |least_shares| {
			RuntimeCall::OperatorDelegation(Delegation::stake { operator: to, amount, least_shares })
		};
		deposit(context, title, &operator, &KindArg(PoolKind::Stake), amount, call, &self.tolerance).await
	}
}

/// Delegate STAY or an asset to an operator, for services to rely on
#[derive(clap::Args, Debug)]
pub struct Restake {
	/// The operator
	#[arg(value_name = "OPERATOR")]
	pub operator: String,
	/// How much
	pub amount: Amount,
	/// This asset instead of STAY
	#[arg(long, value_name = "ID")]
	pub asset: Option<u32>,
	/// How much the price may change
	#[command(flatten)]
	pub tolerance: Tolerance,
}

impl Restake {
	/// Restakes.
	pub async fn run(self, context: &Context) -> Result<(), Error> {
		let operator = context.address(&self.operator)?;
		let (amount, currency) = context.units(&self.amount, self.asset).await?;
		let kind = || self.asset.map_or(PoolKind::Native, PoolKind::Asset);
		let title = format!("restake {} with {}", currency.show(amount), context.name(&operator));
		let to = operator;
		let call = |least_shares| {
			RuntimeCall::Restaking(Restaking::restake { operator: to, kind: kind(), amount, least_shares })
		};
		deposit(context, title, &operator, &KindArg(kind()), amount, call, &self.tolerance).await
	}
}

/// The amount of an exit, as the chain takes it.
fn exit_amount(amount: &AmountOrAll, currency: &Currency) -> Result<ExitAmount, Error> {
	let units = amount.units(currency.decimals).map_err(Error::Usage)?;
	Ok(units.map_or(ExitAmount::All, ExitAmount::Value))
}

/// The amount of an exit, in words.
fn told(amount: &ExitAmount, currency: &Currency) -> String {
	match amount {
		ExitAmount::All => "everything".into(),
		ExitAmount::Shares(shares) => format!("{shares} shares"),
		ExitAmount::Value(amount) => currency.show(*amount),
	}
}

/// Move your stake with an operator into its restaked pool, so that services rely on it
#[derive(clap::Args, Debug)]
pub struct OptIn {
	/// The operator
	#[arg(value_name = "OPERATOR")]
	pub operator: String,
	/// How much STAY, or `all`
	pub amount: AmountOrAll,
	/// How much the price may change
	#[command(flatten)]
	pub tolerance: Tolerance,
}

impl OptIn {
	/// Moves it.
	pub async fn run(self, context: &Context) -> Result<(), Error> {
		let operator = context.address(&self.operator)?;
		let stay = Currency::stay();
		let amount = exit_amount(&self.amount, &stay)?;
		let value = match &amount {
			ExitAmount::Value(value) => *value,
			// The whole position at its current value.
			_ => {
				let (who, kind) = (context.actor()?.to_string(), "stake");
				let asked = json!({ "who": who, "operator": operator.to_string(), "kind": kind });
				let position = context.chain.read("operators_position", asked).await?;
				let value = position.and_then(|position| read::number(&position["value"]));
				value.ok_or_else(|| {
					Error::NotFound(format!("you have no stake with {}", context.name(&operator)))
				})?
			},
		};
		let title =
			format!("restake {} that is staked with {}", told(&amount, &stay), context.name(&operator));
		let to = operator;
		let call =
			|least_shares| RuntimeCall::Restaking(Restaking::opt_in { operator: to, amount, least_shares });
		deposit(context, title, &operator, &KindArg(PoolKind::Native), value, call, &self.tolerance).await
	}
}

/// Take an amount out of an operator's pool; it can be claimed after the exit delay
#[derive(clap::Args, Debug)]
pub struct Exit {
	/// The operator
	#[arg(value_name = "OPERATOR")]
	pub operator: String,
	/// The pool: stake, native or asset:7
	pub kind: KindArg,
	/// How much, or `all`
	pub amount: AmountOrAll,
}

impl Exit {
	/// Queues the exit.
	pub async fn run(self, context: &Context) -> Result<(), Error> {
		let operator = context.address(&self.operator)?;
		let currency = context.chain.currency(self.kind.asset()).await?;
		let amount = exit_amount(&self.amount, &currency)?;
		let title = format!(
			"take {} out of the {} pool of {}",
			told(&amount, &currency),
			self.kind,
			context.name(&operator)
		);
		let call = Delegation::exit { operator, kind: self.kind.0, amount };
		perform(context, Action::new(title, RuntimeCall::OperatorDelegation(call))).await.map(|_| ())
	}
}

/// Pay out rewards
#[derive(clap::Args, Debug)]
pub struct Collect {
	/// Whose rewards: anyone may collect for anyone, and the owner is paid
	#[arg(long, value_name = "ACCOUNT")]
	pub owner: Option<String>,
	/// Only of the position with this operator
	#[arg(long, requires = "kind")]
	pub operator: Option<String>,
	/// Only of the position in this pool: stake, native or asset:7
	#[arg(long, requires = "operator")]
	pub kind: Option<KindArg>,
}

impl Collect {
	/// Collects one position's rewards, or all.
	pub async fn run(self, context: &Context) -> Result<(), Error> {
		let owner = context.account(self.owner.as_deref())?;
		let (positions, currencies) = show::due_of(context, &owner).await?;
		if let (Some(operator), Some(kind)) = (self.operator, self.kind) {
			let operator = context.address(&operator)?;
			let title =
				format!("collect what {} earned with {}", context.name(&owner), context.name(&operator));
			let call = RuntimeCall::Rewards(Rewards::collect {
				owner,
				operator,
				kind: kind.0,
				currencies: currencies.max(1),
			});
			let done = perform(context, Action::new(title, call)).await;
			let done = done.map_err(|error| error.by_anyone("collect", &owner))?;
			return all_paid(done.is_made(), &done.events);
		}
		if currencies == 0 {
			return Err(Error::NotFound(format!("nothing is due to {}", context.name(&owner))));
		}
		let mut pages = vec![];
		let end = collect_pages(context, &owner, (positions, currencies), &mut pages).await;
		// One JSON document, even if the last page failed.
		if context.out.is_json() {
			match pages.as_slice() {
				[] => {},
				[page] => context.out.json(&page.json()),
				pages => {
					let pages: Vec<_> = pages.iter().map(Done::json).collect();
					context.out.json(&json!({ "owner": owner.to_string(), "transactions": pages }));
				},
			}
		}
		end
	}
}

/// Collects page by page, each with its number of positions and currencies. Finished pages are added to `pages`, and
/// shown to people.
///
/// # Errors Those of a page, and [`Error::Left`] if there are more pages than a command collects, or more currencies
/// than the last page pays.
async fn collect_pages(
	context: &Context,
	owner: &AccountId32,
	(positions, currencies): (u32, u32),
	pages: &mut Vec<Done>,
) -> Result<(), Error> {
	let mut after = None;
	for _ in 0..MAX_PAGES {
		let title = format!("collect what {} earned", context.name(owner));
		let call = RuntimeCall::Rewards(Rewards::collect_all {
			owner: *owner,
			after: after.take(),
			positions,
			currencies,
		});
		let done = carry_out(context, Action::new(title, call)).await;
		let done = done.map_err(|error| error.by_anyone("collect", owner))?;
		// Without waiting, or in a dry run, the expected events say whether there is more.
		let more = done.events.iter().find(|event| event.path() == "Rewards.MorePositions");
		after = more.and_then(|more| {
			Some((read::account(&more.fields["operator"])?, read::kind(&more.fields["kind"])?))
		});
		if !done.is_sent() {
			if after.is_some() {
				context.out.note("This is the first page: the others follow in transactions of their own.");
			}
			return Ok(());
		}
		if !context.out.is_json() {
			done.tell(context).await;
		}
		// The next page pays what a page leaves, so only what the last one leaves counts.
		let end = all_paid(true, &done.events);
		pages.push(done);
		if after.is_none() {
			return end;
		}
	}
	Err(Error::left(format!(
		"the transactions collect {MAX_PAGES} pages of rewards, and there are more: once they are final, give the command again for \
		 the rest"
	)))
}

/// Checks that all currencies are paid: the call names a number of currencies, and rewards in another one can arrive
/// meanwhile.
///
/// # Errors [`Error::Left`] if the call was sent, and there is credit in more currencies than it pays.
fn all_paid(is_sent: bool, events: &[Event]) -> Result<(), Error> {
	match is_sent && events.iter().any(|event| event.path() == "Rewards.MoreCurrencies") {
		true => Err(Error::left(
			"there is credit in more currencies than the transaction pays: once it is final, collect again for the rest",
		)),
		false => Ok(()),
	}
}

/// Choose another account to which rewards are paid
#[derive(clap::Args, Debug)]
pub struct PayoutAccount {
	/// The account, or `self`
	#[arg(value_name = "ACCOUNT")]
	pub to: String,
}

impl PayoutAccount {
	/// Sets it.
	pub async fn run(self, context: &Context) -> Result<(), Error> {
		let to = match self.to.as_str() {
			"self" => None,
			to => Some(context.address(to)?),
		};
		let title = match &to {
			Some(to) => format!("have rewards paid to {}", context.name(to)),
			None => "have rewards paid to the account itself".into(),
		};
		perform(context, Action::new(title, RuntimeCall::Rewards(Rewards::set_payout_account { to })))
			.await
			.map(|_| ())
	}
}

#[cfg(test)]
mod tests {
	use super::*;

	#[test]
	fn the_tolerance_is_a_part_of_the_shares() {
		let least = |part: &str, shares| Tolerance { tolerance: part.parse().unwrap() }.least(shares);
		assert_eq!(least("1%", 1_000_000), 990_000);
		assert_eq!(least("0%", 1_000_000), 1_000_000);
		assert_eq!(least("100%", 1_000_000), 0);
		assert_eq!(least("1%", u128::MAX), 0);
	}

	/// The error about the rest has its own exit code, and says how to continue.
	#[test]
	fn credit_in_more_currencies_is_left_to_collect() {
		let event = |name: &str| Event { pallet: "Rewards".into(), name: name.into(), fields: json!({}) };
		let (paid, more) = (vec![event("Collected")], vec![event("MoreCurrencies"), event("Collected")]);
		assert!(all_paid(true, &paid).is_ok() && all_paid(false, &more).is_ok());
		let left = all_paid(true, &more).unwrap_err().after(vec!["0xab".into()]);
		assert_eq!((left.code(), &left.json()["error"]["transactions"]), (10, &json!(["0xab"])));
		assert!(left.to_string().ends_with("collect again for the rest"), "{left}");
	}
}
