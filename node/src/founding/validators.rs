//! The validators of the first era.

use super::{
	file::{Kind, Validator},
	known,
	reasons::Reasons,
	values::{account, amount, key, part, shown},
};
use codec::Encode;
use mainstay_primitives::{AccountId, Balance};
use mainstay_runtime::{configs::accounts::ExistentialDeposit, genesis_config_presets::Founder, SessionKeys};
use sp_core::{ed25519, sr25519};
use sp_runtime::traits::OpaqueKeys;
use std::collections::{BTreeMap, BTreeSet};

/// Reads the validators. Each stakes at least `least`, out of its balance. `None` if one of them could not be read.
pub fn read(
	written: &[Validator],
	balances: &BTreeMap<AccountId, Option<Balance>>,
	least: Option<Balance>,
	kind: Kind,
	reasons: &mut Reasons,
) -> Option<Vec<Founder>> {
	let mut accounts = BTreeSet::new();
	let mut keys = BTreeMap::new();
	let mut founders = Some(vec![]);
	for (n, validator) in written.iter().enumerate() {
		let place = match &validator.name {
			Some(name) => format!("validators: {name}"),
			None => format!("validators: number {}", n + 1),
		};
		let founder = founder(validator, &place, kind, reasons);
		let (who, stake) = (&founder.account, founder.stake);
		if let (Some(stake), Some(least)) = (stake, least) {
			reasons.unless(stake >= least, || {
				format!("{place}: it stakes {}, and must stake {} to be elected", shown(stake), shown(least))
			});
		}
		if let Some(who) = who {
			reasons.unless(accounts.insert(who.clone()), || format!("{place}: {who} validates twice"));
			if let Some(stake) = stake {
				check_balance(&place, balances.get(who), stake, reasons);
			}
		}
		for key in founder.own_keys.iter() {
			let other = keys.insert(*key, n).filter(|other| *other != n);
			if let Some(other) = other {
				let key = sp_core::bytes::to_hex(key, false);
				reasons.add(format!("{place}: its key {key} is also that of validator number {}", other + 1));
			}
		}
		let whole = founder.whole();
		founders = founders.zip(whole).map(|(mut founders, founder)| {
			founders.push(founder);
			founders
		});
	}
	founders
}

/// The fields of a validator that could be read.
struct Draft {
	account: Option<AccountId>,
	commission: Option<u16>,
	stake: Option<Balance>,
	keys: Option<SessionKeys>,
	/// Its keys that could be read, each once.
	own_keys: BTreeSet<[u8; 32]>,
}

impl Draft {
	fn whole(self) -> Option<Founder> {
		Some(Founder {
			account: self.account?,
			commission: self.commission?,
			stake: self.stake?,
			keys: self.keys?,
		})
	}
}

fn founder(validator: &Validator, place: &str, kind: Kind, reasons: &mut Reasons) -> Draft {
	let account = reasons.take(&format!("{place}: account"), account(&validator.account));
	if let Some(account) = &account {
		known::refuse(&format!("{place}: account"), account.as_ref(), kind, reasons);
	}
	let stake = reasons.take(&format!("{place}: stake"), amount(&validator.stake));
	let commission = reasons.take(&format!("{place}: commission"), part(&validator.commission));
	let mut own_keys = BTreeSet::new();
	let mut read = |name: &str, text: &str| {
		let place = format!("{place}: {name}");
		let key = reasons.take(&place, key(text))?;
		known::refuse(&place, &key, kind, reasons);
		own_keys.insert(key);
		Some(key)
	};
	let babe = read("babe", &validator.babe);
	let grandpa = read("grandpa", &validator.grandpa);
	let discovery = read("authority_discovery", &validator.authority_discovery);
	let keys = babe.zip(grandpa).zip(discovery).map(|((babe, grandpa), discovery)| SessionKeys {
		babe: sr25519::Public::from_raw(babe).into(),
		grandpa: ed25519::Public::from_raw(grandpa).into(),
		authority_discovery: sr25519::Public::from_raw(discovery).into(),
	});
	if let (Some(account), Some(keys)) = (&account, &keys) {
		let proof = check_proof(account, keys, validator.proof.as_deref(), kind);
		reasons.take(&format!("{place}: proof"), proof);
	}
	Draft { account, commission, stake, keys, own_keys }
}

/// Checks that the keys signed the account. Without that, a founder could enter the keys of another as its own.
fn check_proof(who: &AccountId, keys: &SessionKeys, proof: Option<&str>, kind: Kind) -> Result<(), String> {
	let Some(proof) = proof else {
		return match kind {
			Kind::Development => Ok(()),
			_ => Err("it is missing: `mainstay-cli validator genesis-entry` writes it".into()),
		};
	};
	let proof = sp_core::bytes::from_hex(proof).map_err(|_| "it is not hexadecimal")?;
	match keys.ownership_proof_is_valid(&who.encode(), &proof) {
		true => Ok(()),
		false => Err(format!(
			"the keys have not signed for {who}: the entry was changed, or made for another account"
		)),
	}
}

/// Checks that the balance covers the stake and the existential deposit. A balance that could not be read is already a reason.
fn check_balance(place: &str, balance: Option<&Option<Balance>>, stake: Balance, reasons: &mut Reasons) {
	let least = ExistentialDeposit::get();
	match balance {
		None => reasons.add(format!("{place}: its account has no balance to stake {} of", shown(stake))),
		Some(None) => {},
		Some(Some(balance)) => {
			reasons.unless(balance.checked_sub(stake).is_some_and(|left| left >= least), || {
				format!(
					"{place}: it stakes {} and has {}, of which {} must stay in the account",
					shown(stake),
					shown(*balance),
					shown(least)
				)
			})
		},
	}
}
