//! The balances at genesis, whose sum must be the supply.

use super::{
	file::{Kind, REST},
	known,
	reasons::Reasons,
	values::{account, amount, shown},
};
use mainstay_primitives::{AccountId, Balance};
use mainstay_runtime::{configs::accounts::ExistentialDeposit, genesis_config_presets::own_accounts};
use std::collections::BTreeMap;

/// The balances of a file.
pub struct Balances {
	/// All balances, in the order of the addresses. `None` if one of them could not be read.
	pub whole: Option<Vec<(AccountId, Balance)>>,
	/// The accounts with a balance, each with its amount unless that could not be read.
	pub known: BTreeMap<AccountId, Option<Balance>>,
}

/// Reads the balances. One of them may be [`REST`]: what the others leave of the supply.
pub fn read(
	written: &BTreeMap<String, String>,
	supply: Option<Balance>,
	kind: Kind,
	reasons: &mut Reasons,
) -> Balances {
	let mut read: Vec<(AccountId, Option<Balance>)> = vec![];
	let (mut sound, mut rest) = (true, None);
	for (address, text) in written {
		let place = format!("balances.{address}");
		let who = reasons.take(&place, account(address));
		let has = match text.as_str() {
			REST => Some(None),
			text => reasons.take(&place, amount(text)).map(Some),
		};
		sound &= who.is_some() && has.is_some();
		let Some(who) = who else { continue };
		known::refuse(&place, who.as_ref(), kind, reasons);
		reasons.unless(!own_accounts().contains(&who), || {
			format!(
				"{place}: it is an account of the chain itself, which has {} without being named",
				least()
			)
		});
		reasons.unless(has.flatten().is_none_or(|has| has >= ExistentialDeposit::get()), || {
			format!("{place}: {text} is less than an account must have, {}", least())
		});
		if has == Some(None) {
			reasons.unless(rest.is_none(), || format!("{place}: a second account with the `{REST}`"));
			rest = Some(read.len());
		}
		read.push((who, has.flatten()));
	}
	if let (true, Some(supply)) = (sound, supply) {
		let left = what_is_left(&read, supply, rest.is_some(), reasons);
		if let Some((_, has)) = rest.and_then(|rest| read.get_mut(rest)) {
			*has = left;
		}
	}
	let all: Option<Vec<_>> = read.iter().map(|(who, has)| Some((who.clone(), (*has)?))).collect();
	Balances { whole: all.filter(|_| sound), known: read.into_iter().collect() }
}

/// The amount of the account with the rest. Without such an account, the balances and those of the chain's own accounts must
/// be the supply to the unit.
fn what_is_left(
	balances: &[(AccountId, Option<Balance>)],
	supply: Balance,
	rest: bool,
	reasons: &mut Reasons,
) -> Option<Balance> {
	let own = own_accounts().len() as Balance * ExistentialDeposit::get();
	let named = balances.iter().try_fold(0, |sum: Balance, (_, has)| sum.checked_add(has.unwrap_or(0)));
	let Some(sum) = named.and_then(|named| named.checked_add(own)) else {
		reasons.add("supply: the balances are more than the chain can count".into());
		return None;
	};
	let added = format!(
		"the balances and the {} of the chain's own accounts are {}, and the supply is {}",
		shown(own),
		shown(sum),
		shown(supply)
	);
	match supply.checked_sub(sum) {
		None => reasons.add(format!("supply: {added}: {} too much", shown(sum - supply))),
		Some(left) if rest && left < ExistentialDeposit::get() => {
			reasons.add(format!(
				"supply: {added}: less is left for the `{REST}` than an account must have, {}",
				least()
			));
		},
		Some(left) if rest => return Some(left),
		Some(0) => {},
		Some(left) => {
			reasons.add(format!(
				"supply: {added}: {} belong to nobody; give one account the `{REST}`",
				shown(left)
			));
		},
	}
	None
}

/// The existential deposit, as messages show it.
fn least() -> String {
	shown(ExistentialDeposit::get())
}
