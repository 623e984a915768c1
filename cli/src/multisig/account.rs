//! The account of a multisig, from its threshold and its signatories.

use codec::Encode;
use serde_json::{json, Value};
use sp_crypto_hashing::blake2_256;
use std::{fmt, str::FromStr};
use subxt::utils::AccountId32;

/// The signatories of a multisig, at most: the chain's `multisig.maxSignatories`.
pub const MAX_SIGNATORIES: usize = 100;
/// The chain takes no fewer: one signatory alone signs for its own account.
const MIN_SIGNATORIES: usize = 2;

/// What is wrong with a multisig.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum MultisigError {
	/// It has too few signatories.
	#[error("a multisig has {least} signatories or more, and {0} is given", least = MIN_SIGNATORIES)]
	TooFewSignatories(usize),
	/// It has too many signatories.
	#[error("a multisig has at most {most} signatories, and {0} are given", most = MAX_SIGNATORIES)]
	TooManySignatories(usize),
	/// A signatory is given twice.
	#[error("{0} is given twice among the signatories of the multisig")]
	DuplicateSignatory(AccountId32),
	/// The threshold cannot be met, or is 0.
	#[error(
		"of the {signatories} signatories of a multisig, 1 to {signatories} have to sign, and not {threshold}"
	)]
	BadThreshold {
		/// The threshold.
		threshold: u16,
		/// How many signatories there are.
		signatories: usize,
	},
	/// The signer is none of the signatories.
	#[error(
		"{signer} is no signatory of the multisig {account}, so it cannot sign for it: give --from one of its signatories"
	)]
	NotASignatory {
		/// Who would sign.
		signer: AccountId32,
		/// The account of the multisig.
		account: AccountId32,
	},
}

/// A multisig as it is written: `2:ACCOUNT,ACCOUNT,ACCOUNT`.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct MultisigArg {
	threshold: u16,
	signatories: Vec<String>,
}

impl FromStr for MultisigArg {
	type Err = String;

	fn from_str(text: &str) -> Result<Self, String> {
		let wrong = || {
			format!("'{text}' is not a multisig: write how many have to sign, and who may: 2://Alice,//Bob,//Charlie")
		};
		let (threshold, signatories) = text.split_once(':').ok_or_else(wrong)?;
		let signatories: Vec<_> = signatories.split(',').map(|who| who.trim().to_owned()).collect();
		let threshold = threshold.trim().parse().map_err(|_| wrong())?;
		if signatories.iter().any(String::is_empty) {
			return Err(wrong());
		}
		Ok(Self { threshold, signatories })
	}
}

impl MultisigArg {
	/// The multisig, whose signatories `address` looks up.
	///
	/// # Errors Those of `address`, and those of [`Multisig::new`].
	pub fn resolve<E: From<MultisigError>>(
		&self,
		address: impl FnMut(&str) -> Result<AccountId32, E>,
	) -> Result<Multisig, E> {
		let signatories = self.signatories.iter().map(String::as_str).map(address);
		Ok(Multisig::new(self.threshold, signatories.collect::<Result<_, _>>()?)?)
	}
}

/// A multisig.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Multisig {
	threshold: u16,
	/// Sorted by their bytes, each once.
	signatories: Vec<AccountId32>,
}

impl Multisig {
	/// The multisig of these signatories, in any order.
	///
	/// # Errors There are too few signatories or too many, one is there twice, or the threshold is not between 1 and their
	/// number.
	pub fn new(threshold: u16, mut signatories: Vec<AccountId32>) -> Result<Self, MultisigError> {
		let count = signatories.len();
		if count < MIN_SIGNATORIES {
			return Err(MultisigError::TooFewSignatories(count));
		}
		if count > MAX_SIGNATORIES {
			return Err(MultisigError::TooManySignatories(count));
		}
		signatories.sort_unstable();
		if let Some(pair) = signatories.windows(2).find(|pair| pair[0] == pair[1]) {
			return Err(MultisigError::DuplicateSignatory(pair[0]));
		}
		if threshold == 0 || usize::from(threshold) > count {
			return Err(MultisigError::BadThreshold { threshold, signatories: count });
		}
		Ok(Self { threshold, signatories })
	}

	/// How many signatories have to sign.
	pub fn threshold(&self) -> u16 {
		self.threshold
	}

	/// The signatories, sorted.
	pub fn signatories(&self) -> &[AccountId32] {
		&self.signatories
	}

	/// Its account, as `pallet-multisig` derives it.
	pub fn account(&self) -> AccountId32 {
		let signatories: Vec<[u8; 32]> = self.signatories.iter().map(|who| who.0).collect();
		AccountId32((b"modlpy/utilisuba", signatories, self.threshold).using_encoded(blake2_256))
	}

	/// The signatories besides the one that signs, as calls name them.
	///
	/// # Errors The signer is no signatory.
	pub fn others(&self, signer: &AccountId32) -> Result<Vec<AccountId32>, MultisigError> {
		match self.signatories.contains(signer) {
			true => Ok(self.signatories.iter().filter(|who| *who != signer).copied().collect()),
			false => Err(MultisigError::NotASignatory { signer: *signer, account: self.account() }),
		}
	}

	/// The signatories that are not among those who approved.
	pub fn missing(&self, approvals: &[AccountId32]) -> Vec<AccountId32> {
		self.signatories.iter().filter(|who| !approvals.contains(who)).copied().collect()
	}

	/// How many of them still have to sign, after these approvals.
	pub fn remaining(&self, approvals: &[AccountId32]) -> usize {
		usize::from(self.threshold).saturating_sub(approvals.len())
	}

	/// For programs.
	pub fn json(&self) -> Value {
		json!({
			"address": self.account().to_string(),
			"threshold": self.threshold,
			"signatories": self.signatories.iter().map(ToString::to_string).collect::<Vec<_>>(),
		})
	}
}

/// As it is written on the command line, with addresses.
impl fmt::Display for Multisig {
	fn fmt(&self, f: &mut fmt::Formatter) -> fmt::Result {
		let signatories: Vec<_> = self.signatories.iter().map(ToString::to_string).collect();
		write!(f, "{}:{}", self.threshold, signatories.join(","))
	}
}

#[cfg(test)]
mod tests {
	use super::*;
	use crate::runtime::built_in;

	const ALICE: &str = "5GrwvaEF5zXb26Fz9rcQpDWS57CtERHpNehXCPcNoHGKutQY";
	const BOB: &str = "5FHneW46xGXgs5mUiveU4sbTyGBzmstUspZC92UhjJM694ty";
	const CHARLIE: &str = "5FLSigC9HGRKVhB9FiEo4Y3koPsNmBmLJbpXg2mp1hXcS59Y";

	fn multisig(text: &str) -> Result<Multisig, MultisigError> {
		text.parse::<MultisigArg>().unwrap().resolve(|who| Ok(who.parse().unwrap()))
	}

	fn accounts(count: usize) -> Vec<AccountId32> {
		(0..count).map(|number| AccountId32([number as u8; 32])).collect()
	}

	#[test]
	fn the_account_is_that_of_polkadot_js() {
		// In whatever order the signatories are given.
		for text in [[ALICE, BOB, CHARLIE], [CHARLIE, ALICE, BOB], [BOB, CHARLIE, ALICE]] {
			let multisig = multisig(&format!("2:{}", text.join(","))).unwrap();
			assert_eq!(multisig.account().to_string(), "5DjYJStmdZ2rcqXbXGX7TW85JsrW6uG4y9MUcLq2BoPMpRA7");
			// Their bytes begin with 8e, 90 and d4.
			assert_eq!(multisig.signatories(), [BOB, CHARLIE, ALICE].map(|who| who.parse().unwrap()));
			assert_eq!(multisig.to_string(), format!("2:{BOB},{CHARLIE},{ALICE}"));
		}
		let of = |threshold: u16| Multisig::new(threshold, accounts(3)).unwrap().account();
		assert!(of(1) != of(2) && of(2) != of(3));
	}

	#[test]
	fn what_is_no_multisig_is_refused() {
		for wrong in
			["", "2", "2:", ":a,b", "2:a,", "2:,a", "2:a,,b", "two:a,b", "-1:a,b", "65536:a,b", "2 a,b"]
		{
			let error = wrong.parse::<MultisigArg>().unwrap_err();
			assert!(error.contains(&format!("'{wrong}' is not a multisig")), "{error}");
		}
		let spaced: MultisigArg = " 2 : a, b ".parse().unwrap();
		assert_eq!(spaced, MultisigArg { threshold: 2, signatories: vec!["a".into(), "b".into()] });

		for count in [0, 1] {
			let refused = Multisig::new(1, accounts(count));
			assert_eq!(refused, Err(MultisigError::TooFewSignatories(count)));
		}
		assert!(Multisig::new(100, accounts(MAX_SIGNATORIES)).is_ok());
		let refused = Multisig::new(2, accounts(MAX_SIGNATORIES + 1));
		assert_eq!(refused, Err(MultisigError::TooManySignatories(MAX_SIGNATORIES + 1)));
		for threshold in [0, 4, u16::MAX] {
			let refused = Multisig::new(threshold, accounts(3));
			assert_eq!(refused, Err(MultisigError::BadThreshold { threshold, signatories: 3 }));
		}
		assert!((1..=3).all(|threshold| Multisig::new(threshold, accounts(3)).is_ok()));

		let twice = multisig(&format!("2:{ALICE},{BOB},{ALICE}"));
		assert_eq!(twice, Err(MultisigError::DuplicateSignatory(ALICE.parse().unwrap())));
	}

	#[test]
	fn only_a_signatory_signs() {
		let multisig = multisig(&format!("2:{ALICE},{BOB},{CHARLIE}")).unwrap();
		let [alice, bob, charlie]: [AccountId32; 3] = [ALICE, BOB, CHARLIE].map(|who| who.parse().unwrap());
		assert_eq!(multisig.others(&alice), Ok(vec![bob, charlie]));
		assert_eq!(multisig.others(&charlie), Ok(vec![bob, alice]));
		// The multisig itself is no signatory of itself.
		for signer in [AccountId32([7; 32]), multisig.account()] {
			let refused = multisig.others(&signer).unwrap_err();
			assert_eq!(refused, MultisigError::NotASignatory { signer, account: multisig.account() });
			assert!(refused.to_string().contains(&signer.to_string()), "{refused}");
		}
		assert_eq!(multisig.missing(&[bob]), [charlie, alice]);
		assert_eq!(
			[&[][..], &[bob], &[bob, alice], &[bob, alice, charlie]].map(|of| multisig.remaining(of)),
			[2, 1, 0, 0]
		);
	}

	#[test]
	fn the_bound_is_that_of_the_chain() {
		let pallet = built_in().unwrap().metadata.pallet_by_name("Multisig").unwrap();
		let bound = pallet.constant_by_name("MaxSignatories").unwrap().value().to_vec();
		assert_eq!(bound, u32::try_from(MAX_SIGNATORIES).unwrap().encode());
	}
}
