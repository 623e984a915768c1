//! Transfers of STAY or an asset: an amount, or all that can be sent.

use super::show;
use crate::{
	chain::{stored, AtBlock, Currency},
	context::Context,
	error::Error,
	events::hold,
	output::{units_in, View},
	runtime::{
		pallet_assets::pallet::Call as Assets, pallet_balances::pallet::Call as Balances, RuntimeCall,
	},
	transaction::{address, carry_out, perform, Action},
	values::AmountOrAll,
};
use serde_json::{json, Value};
use subxt::utils::AccountId32;

/// Send STAY or an asset to an account
#[derive(clap::Args, Debug)]
pub struct Transfer {
	/// The receiving account
	#[arg(value_name = "ACCOUNT")]
	pub to: String,
	/// The amount, or `all` that can be sent; then the command says what stays, and why
	pub amount: AmountOrAll,
	/// This asset instead of STAY
	#[arg(long, value_name = "ID")]
	pub asset: Option<u32>,
	/// Let the account be removed: `all` also sends the existential deposit. If an amount leaves less than that, the
	/// rest is lost
	#[arg(long)]
	pub allow_death: bool,
}

impl Transfer {
	/// Sends it.
	pub async fn run(self, context: &Context) -> Result<(), Error> {
		let to = context.address(&self.to)?;
		let currency = context.chain.currency(self.asset).await?;
		let amount = self.amount.units(currency.decimals).map_err(Error::Usage)?;
		let title = match amount {
			None => format!("all {} that can be sent", currency.symbol),
			Some(amount) => currency.show(amount),
		};
		let mut action = Action::new(format!("send {title} to {}", context.name(&to)), self.call(to, amount));
		// A call that is printed for another signer may be about any account.
		if amount.is_some() || context.global.print_call {
			return perform(context, action).await.map(|_| ());
		}
		let retained = self.retained(context, &currency).await?;
		action.exposure = retained.rows();
		action.exposure_json = json!({ "stays": retained.json() });
		let done = carry_out(context, action).await?;
		done.tell_with(context, ("stays", retained.json()), "What was not sent:", &retained.rows()).await;
		Ok(())
	}

	fn call(&self, to: AccountId32, amount: Option<u128>) -> RuntimeCall {
		let (dest, keep_alive) = (address(to), !self.allow_death);
		match (self.asset, amount) {
			(None, None) => RuntimeCall::Balances(Balances::transfer_all { dest, keep_alive }),
			(None, Some(value)) if keep_alive => {
				RuntimeCall::Balances(Balances::transfer_keep_alive { dest, value })
			},
			(None, Some(value)) => RuntimeCall::Balances(Balances::transfer_allow_death { dest, value }),
			(Some(id), None) => RuntimeCall::Assets(Assets::transfer_all { id, dest, keep_alive }),
			(Some(id), Some(amount)) if keep_alive => {
				RuntimeCall::Assets(Assets::transfer_keep_alive { id, target: dest, amount })
			},
			(Some(id), Some(amount)) => RuntimeCall::Assets(Assets::transfer { id, target: dest, amount }),
		}
	}

	/// The balance that a transfer of `all` does not send.
	///
	/// # Errors Nothing can be sent.
	async fn retained(&self, context: &Context, currency: &Currency) -> Result<Retained, Error> {
		let who = context.actor()?;
		let at = context.chain.at_best().await?;
		let overview = show::overview(context, &who, at.block_hash()).await?;
		let view = View::of(&context.chain, &context.out, &overview, self.asset).await?;
		let mut retained = Retained::of(currency.clone());
		let sendable = match self.asset {
			None => retained.of_stay(&at, &who, &overview, self.allow_death).await?,
			Some(id) => retained.of_asset(&at, &who, id, self.allow_death).await?,
		};
		retained.elsewhere(&view, &overview, self.asset);
		match sendable {
			0 => Err(Error::NotFound(format!(
				"{} has no {} that can be sent{}",
				context.name(&who),
				currency.symbol,
				retained.sentence()
			))),
			_ => Ok(retained),
		}
	}
}

/// The balance that is not sent, and why.
struct Retained {
	currency: Currency,
	/// The amounts that stay on the account, in the smallest unit, and why.
	stays: Vec<(u128, String)>,
	/// Funds of the account that are not in its balance, and the command that moves them there.
	elsewhere: Vec<(String, &'static str)>,
}

impl Retained {
	fn of(currency: Currency) -> Self {
		Self { currency, stays: vec![], elsewhere: vec![] }
	}

	fn stay(&mut self, units: u128, why: impl Into<String>) {
		if units > 0 {
			self.stays.push((units, why.into()));
		}
	}

	/// For STAY. Returns what can be sent, before the fee.
	async fn of_stay(
		&mut self,
		at: &AtBlock,
		who: &AccountId32,
		overview: &Value,
		allow_death: bool,
	) -> Result<u128, Error> {
		let balance = &overview["balance"];
		let units = |name: &str| units_in(&balance[name]);
		let mut other = units("held");
		for part in balance["holds"].as_array().into_iter().flatten() {
			let amount = units_in(&part["amount"]);
			other = other.saturating_sub(amount);
			self.stay(amount, format!("held {}", hold(part["reason"].as_str().unwrap_or_default())));
		}
		self.stay(other, "kept as other deposits: of proxies, multisigs and assets");
		// The frozen balance can overlap the held one.
		let frozen = units("frozen").saturating_sub(units("held"));
		self.stay(frozen, "frozen");

		let account = stored(at, "System", "Account", (*who,)).await?;
		let count = |name: &str| account[name].as_u64().unwrap_or(0);
		let bound = count("consumers") > 0 && count("providers") <= 1;
		let least = match allow_death && !bound {
			true => 0,
			false => show::existential_deposit(at).min(units("free")).saturating_sub(frozen),
		};
		self.stay(
			least,
			match allow_death {
				true => "to keep the account, which cannot be removed while it has deposits, session keys or assets",
				false => "to keep the account: --allow-death sends it, too",
			},
		);
		Ok(units("free").saturating_sub(frozen).saturating_sub(least))
	}

	/// For an asset. Returns what can be sent.
	async fn of_asset(
		&mut self,
		at: &AtBlock,
		who: &AccountId32,
		id: u32,
		allow_death: bool,
	) -> Result<u128, Error> {
		let balance = units_in(&stored(at, "Assets", "Account", (id, *who)).await?["balance"]);
		let least = match allow_death {
			true => 0,
			false => units_in(&stored(at, "Assets", "Asset", (id,)).await?["minBalance"]).min(balance),
		};
		self.stay(least, "to keep the account of the asset: --allow-death sends it, too");
		Ok(balance.saturating_sub(least))
	}

	/// The account's delegated funds, exits and rewards in the currency.
	fn elsewhere(&mut self, view: &View, overview: &Value, asset: Option<u32>) {
		let of = |kind: &Value| kind["asset"].as_u64() == asset.map(u64::from);
		let list = |path: &str| overview.pointer(path).and_then(Value::as_array).into_iter().flatten();
		for sum in list("/positions").filter(|sum| of(&sum["kind"])) {
			let text = format!("with operators, as {}", view.kind(&sum["kind"]));
			self.elsewhere.push((format!("{} {text}", view.money_of(&sum["kind"], &sum["value"])), "exit"));
		}
		for sum in list("/exits").filter(|sum| of(&sum["kind"])) {
			let value = view.money_of(&sum["kind"], &sum["value"]);
			self.elsewhere.push((format!("{value} in exits"), "claim"));
		}
		for money in list("/rewards/due").filter(|money| of(&money["currency"])) {
			self.elsewhere.push((format!("{} of rewards", view.money(money)), "collect"));
		}
	}

	fn texts(&self) -> impl Iterator<Item = String> + '_ {
		self.stays.iter().map(|(units, why)| format!("{} {why}", self.currency.show(*units)))
	}

	/// For people, with the commands that release the funds.
	fn rows(&self) -> Vec<(String, String)> {
		let stays =
			self.texts().enumerate().map(|(index, text)| (if index == 0 { "stays" } else { "" }, text));
		let elsewhere = self.elsewhere.iter().enumerate().map(|(index, (text, command))| {
			(if index == 0 { "not on it" } else { "" }, format!("{text}: `mainstay-cli {command}`"))
		});
		stays.chain(elsewhere).map(|(name, text)| (name.to_string(), text)).collect()
	}

	/// For people, as the end of a sentence.
	fn sentence(&self) -> String {
		let elsewhere = self.elsewhere.iter().map(|(text, command)| format!("{text} (`{command}`)"));
		let texts: Vec<_> = self.texts().chain(elsewhere).collect();
		if texts.is_empty() {
			String::new()
		} else {
			format!(": {}", texts.join("; "))
		}
	}

	/// For programs, amounts in the smallest unit.
	fn json(&self) -> Value {
		let stays = self.stays.iter().map(|(units, why)| json!({ "amount": units.to_string(), "why": why }));
		stays.collect()
	}
}

#[cfg(test)]
mod tests {
	use super::*;

	fn transfer(amount: &str, asset: Option<u32>, allow_death: bool) -> Transfer {
		Transfer { to: "//Bob".into(), amount: amount.parse().unwrap(), asset, allow_death }
	}

	/// accounts 3
	#[test]
	fn an_account_ends_only_where_that_was_said() {
		let to = AccountId32([7; 32]);
		let call =
			|amount: Option<u128>, asset, allow_death| transfer("1", asset, allow_death).call(to, amount);
		use RuntimeCall::{Assets as OfAssets, Balances as OfBalances};
		assert!(matches!(
			call(Some(1), None, false),
			OfBalances(Balances::transfer_keep_alive { value: 1, .. })
		));
		assert!(matches!(
			call(Some(1), None, true),
			OfBalances(Balances::transfer_allow_death { value: 1, .. })
		));
		assert!(matches!(
			call(None, None, false),
			OfBalances(Balances::transfer_all { keep_alive: true, .. })
		));
		assert!(matches!(
			call(None, None, true),
			OfBalances(Balances::transfer_all { keep_alive: false, .. })
		));
		assert!(matches!(call(Some(1), Some(7), false), OfAssets(Assets::transfer_keep_alive { id: 7, .. })));
		assert!(matches!(call(Some(1), Some(7), true), OfAssets(Assets::transfer { id: 7, .. })));
		let all = |allow_death| call(None, Some(7), allow_death);
		assert!(matches!(all(false), OfAssets(Assets::transfer_all { id: 7, keep_alive: true, .. })));
		assert!(matches!(all(true), OfAssets(Assets::transfer_all { id: 7, keep_alive: false, .. })));
	}

	/// accounts 3
	#[test]
	fn what_stays_is_told_with_why() {
		let mut retained = Retained::of(Currency::stay());
		assert!(retained.rows().is_empty() && retained.sentence().is_empty());
		retained.stay(0, "nothing");
		retained.stay(100_000_000_000, "held for session keys");
		retained.stay(1_000_000_000, "to keep the account");
		retained.elsewhere.push(("5 STAY in exits".into(), "claim"));
		let rows = retained.rows();
		let rows: Vec<_> = rows.iter().map(|(name, text)| (name.as_str(), text.as_str())).collect();
		assert_eq!(
			rows,
			[
				("stays", "0.1 STAY held for session keys"),
				("", "0.001 STAY to keep the account"),
				("not on it", "5 STAY in exits: `mainstay-cli claim`"),
			]
		);
		assert_eq!(
			retained.sentence(),
			": 0.1 STAY held for session keys; 0.001 STAY to keep the account; 5 STAY in exits (`claim`)"
		);
		assert_eq!(retained.json()[0], json!({ "amount": "100000000000", "why": "held for session keys" }));
	}
}
