//! What an account votes: aye, nay, abstention, or a split; and its conviction.

use crate::{
	read,
	runtime::pallet_conviction_voting::{
		conviction::Conviction,
		vote::{AccountVote, Vote},
	},
	values::{grouped, STAY_DECIMALS},
};
use clap::ValueEnum;
use serde_json::{json, Value};

/// In the byte of a vote, whether it is an aye. The other bits are the conviction.
const AYE: u8 = 0b1000_0000;

/// How much more votes count, and for how long they lock what they are cast with.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub enum ConvictionArg {
	/// A tenth of the amount, without a lock after the end
	None,
	/// The amount, locked for one period after the end if the result is as voted
	#[value(name = "1x")]
	Locked1x,
	/// Twice the amount, locked for 2 periods
	#[value(name = "2x")]
	Locked2x,
	/// Three times the amount, locked for 4 periods
	#[value(name = "3x")]
	Locked3x,
	/// Four times the amount, locked for 8 periods
	#[value(name = "4x")]
	Locked4x,
	/// Five times the amount, locked for 16 periods
	#[value(name = "5x")]
	Locked5x,
	/// Six times the amount, locked for 32 periods
	#[value(name = "6x")]
	Locked6x,
}

impl ConvictionArg {
	/// Its number, 0 to 6, which is also how often an amount counts.
	fn number(self) -> u8 {
		self as u8
	}

	/// The conviction of this number; none if there is none.
	fn of_number(number: u8) -> Option<Self> {
		Self::value_variants().get(usize::from(number)).copied()
	}

	/// From the name that the chain gives it; none for another.
	pub fn of(name: &Value) -> Option<Self> {
		match name.as_str()? {
			"none" => Some(Self::None),
			name => Self::of_number(name.strip_prefix("locked")?.strip_suffix(['x', 'X'])?.parse().ok()?),
		}
	}

	/// As the chain takes it.
	pub fn encoded(self) -> Conviction {
		match self {
			Self::None => Conviction::None,
			Self::Locked1x => Conviction::Locked1x,
			Self::Locked2x => Conviction::Locked2x,
			Self::Locked3x => Conviction::Locked3x,
			Self::Locked4x => Conviction::Locked4x,
			Self::Locked5x => Conviction::Locked5x,
			Self::Locked6x => Conviction::Locked6x,
		}
	}

	/// For how many periods it locks.
	pub fn periods(self) -> u32 {
		match self {
			Self::None => 0,
			conviction => 1 << (conviction.number() - 1),
		}
	}

	/// How many votes an amount is.
	pub fn votes(self, amount: u128) -> u128 {
		match self {
			Self::None => amount / 10,
			conviction => amount.saturating_mul(conviction.number().into()),
		}
	}

	/// As on the command line.
	pub fn name(self) -> String {
		self.to_possible_value().map_or_else(String::new, |value| value.get_name().into())
	}
}

/// The vote of an account in one referendum. Amounts are in the smallest unit of STAY.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Ballot {
	/// For or against, with a conviction.
	Standard {
		/// Whether it is for.
		aye: bool,
		/// The conviction.
		conviction: ConvictionArg,
		/// The amount.
		balance: u128,
	},
	/// Parts for, against and neither, each as with the conviction `none`.
	Split {
		/// For.
		aye: u128,
		/// Against.
		nay: u128,
		/// Neither: it counts for the support only.
		abstain: u128,
	},
}

impl Ballot {
	/// A vote, from the JSON that [`crate::scale`] decodes; none for something else.
	pub fn of(vote: &Value) -> Option<Self> {
		let (kind, fields) = vote.as_object()?.iter().next()?;
		let amount = |name: &str| read::number(&fields[name]);
		match kind.as_str() {
			"standard" => {
				let byte: u8 = read::unsigned(&fields["vote"])?.try_into().ok()?;
				Some(Self::Standard {
					aye: byte & AYE != 0,
					conviction: ConvictionArg::of_number(byte & !AYE)?,
					balance: amount("balance")?,
				})
			},
			"split" => Some(Self::Split { aye: amount("aye")?, nay: amount("nay")?, abstain: 0 }),
			"splitAbstain" => {
				Some(Self::Split { aye: amount("aye")?, nay: amount("nay")?, abstain: amount("abstain")? })
			},
			_ => None,
		}
	}

	/// As the chain takes it.
	pub fn encoded(self) -> AccountVote<u128> {
		match self {
			Self::Standard { aye, conviction, balance } => {
				AccountVote::Standard { vote: Vote(conviction.number() | if aye { AYE } else { 0 }), balance }
			},
			Self::Split { aye, nay, abstain } => AccountVote::SplitAbstain { aye, nay, abstain },
		}
	}

	/// What it locks while it stands.
	pub fn balance(self) -> u128 {
		match self {
			Self::Standard { balance, .. } => balance,
			Self::Split { aye, nay, abstain } => aye.saturating_add(nay).saturating_add(abstain),
		}
	}

	/// For how many periods it locks after the referendum ended, with or without approval.
	pub fn periods(self, approved: bool) -> u32 {
		match self {
			Self::Standard { aye, conviction, .. } if aye == approved => conviction.periods(),
			_ => 0,
		}
	}

	/// In words: "aye, 100 STAY with conviction 2x".
	pub fn text(self) -> String {
		match self {
			Self::Standard { aye, conviction, balance } => {
				format!("{}, {} with conviction {}", side(aye), stay(balance), conviction.name())
			},
			Self::Split { aye, nay, abstain } => {
				let parts = [("aye", aye), ("nay", nay), ("abstain", abstain)].into_iter();
				let parts: Vec<_> = parts
					.filter(|(_, amount)| *amount > 0)
					.map(|(side, amount)| format!("{side} {}", stay(amount)))
					.collect();
				if parts.is_empty() {
					"nothing".into()
				} else {
					parts.join(", ")
				}
			},
		}
	}

	/// For programs.
	pub fn json(self) -> Value {
		match self {
			Self::Standard { aye, conviction, balance } => json!({
				"side": side(aye), "balance": balance.to_string(), "conviction": conviction.name(),
				"votes": conviction.votes(balance).to_string(),
			}),
			Self::Split { aye, nay, abstain } => json!({
				"side": "split", "aye": aye.to_string(), "nay": nay.to_string(), "abstain": abstain.to_string(),
			}),
		}
	}
}

fn side(aye: bool) -> &'static str {
	if aye {
		"aye"
	} else {
		"nay"
	}
}

/// An amount of STAY.
pub fn stay(units: u128) -> String {
	format!("{} STAY", grouped(units, STAY_DECIMALS))
}

#[cfg(test)]
mod tests {
	use super::*;

	const HUNDRED: u128 = 100_000_000_000_000;

	#[test]
	fn convictions_count_and_lock_as_on_chain() {
		let all = ConvictionArg::value_variants();
		let names: Vec<_> = all.iter().map(|conviction| conviction.name()).collect();
		assert_eq!(names, ["none", "1x", "2x", "3x", "4x", "5x", "6x"]);
		let periods: Vec<_> = all.iter().map(|conviction| conviction.periods()).collect();
		assert_eq!(periods, [0, 1, 2, 4, 8, 16, 32]);
		let votes: Vec<_> = all.iter().map(|conviction| conviction.votes(15)).collect();
		assert_eq!(votes, [1, 15, 30, 45, 60, 75, 90]);
		for (number, conviction) in all.iter().enumerate() {
			assert_eq!(ConvictionArg::of_number(number as u8), Some(*conviction));
			let name = if number == 0 { json!("none") } else { json!(format!("locked{number}x")) };
			assert_eq!(ConvictionArg::of(&name), Some(*conviction));
		}
		for none in [json!("locked7x"), json!("locked"), json!(1)] {
			assert_eq!(ConvictionArg::of(&none), None);
		}
		assert_eq!(ConvictionArg::of_number(7), None);
	}

	#[test]
	fn votes_are_read_as_the_chain_encodes_them() {
		let amount = HUNDRED.to_string();
		let standard = |byte: u32| Ballot::of(&json!({ "standard": { "vote": byte, "balance": amount } }));
		let aye = Ballot::Standard { aye: true, conviction: ConvictionArg::Locked2x, balance: HUNDRED };
		assert_eq!(standard(0b1000_0010), Some(aye));
		let nay = Ballot::Standard { aye: false, conviction: ConvictionArg::None, balance: HUNDRED };
		assert_eq!(standard(0), Some(nay));
		assert_eq!((standard(7), standard(256)), (None, None));
		let AccountVote::Standard { vote, balance } = aye.encoded() else { panic!("no standard vote") };
		assert_eq!((vote.0, balance), (0b1000_0010, HUNDRED));

		let split = Ballot::of(&json!({ "split": { "aye": "1", "nay": "2" } })).unwrap();
		assert_eq!(split, Ballot::Split { aye: 1, nay: 2, abstain: 0 });
		let three =
			Ballot::of(&json!({ "splitAbstain": { "aye": "1", "nay": "2", "abstain": "3" } })).unwrap();
		assert_eq!((split.balance(), three.balance(), aye.balance()), (3, 6, HUNDRED));
		assert_eq!(Ballot::of(&json!({ "later": {} })), None);
		assert_eq!(Ballot::of(&json!(null)), None);
	}

	#[test]
	fn who_is_outvoted_is_not_locked() {
		let vote = |aye| Ballot::Standard { aye, conviction: ConvictionArg::Locked3x, balance: HUNDRED };
		assert_eq!(
			[(true, true), (true, false), (false, true), (false, false)]
				.map(|(aye, approved)| vote(aye).periods(approved)),
			[4, 0, 0, 4]
		);
		assert_eq!(Ballot::Split { aye: 1, nay: 0, abstain: 0 }.periods(true), 0);
	}

	#[test]
	fn votes_are_told() {
		let aye = Ballot::Standard { aye: true, conviction: ConvictionArg::Locked2x, balance: HUNDRED };
		assert_eq!(aye.text(), "aye, 100 STAY with conviction 2x");
		let expected = json!({ "side": "aye", "balance": "100000000000000", "conviction": "2x", "votes": "200000000000000" });
		assert_eq!(aye.json(), expected);
		let abstain = Ballot::Split { aye: 0, nay: 0, abstain: HUNDRED };
		assert_eq!(abstain.text(), "abstain 100 STAY");
		let split = Ballot::Split { aye: HUNDRED, nay: 1, abstain: 0 };
		assert_eq!(split.text(), "aye 100 STAY, nay 0.000000000001 STAY");
		assert_eq!(split.json()["side"], "split");
	}
}
