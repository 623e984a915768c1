//! Multisigs: their accounts, and the calls that wait for signatures.

use super::show::At;
use crate::{
	chain::AtBlock,
	context::{Context, Global},
	error::Error,
	keys,
	multisig::{call_of, operation, operations, Multisig, MultisigArg, Operation},
	output::{plain, Out},
	runtime::{
		pallet_multisig::{pallet::Call as Calls, Timepoint},
		RuntimeCall,
	},
	scale::{self, hex_of},
	transaction::{perform, Action},
	values::{grouped, STAY_DECIMALS},
};
use clap::{Args, Subcommand};
use serde_json::{json, Value};
use subxt::{config::substrate::H256, utils::AccountId32};

/// Show a multisig and the calls that wait for its signatures, or cancel one.
#[derive(Debug, Subcommand)]
pub enum MultisigCommand {
	/// Show the account of a multisig. Needs no node
	Show(Show),
	/// List the calls of a multisig that wait for signatures
	///
	/// The calls themselves are read from the transactions that began them, if these have them; the chain stores only their
	/// hashes.
	Pending(Pending),
	/// Cancel a call that waits, as the signatory who began it. The deposit comes back
	Cancel(Cancel),
}

/// The arguments of `show`.
#[derive(Args, Debug)]
pub struct Show {
	/// How many have to sign, and who may: 2://Alice,//Bob,//Charlie; that of --multisig unless given
	#[arg(value_name = "THRESHOLD:ACCOUNT,ACCOUNT")]
	pub of: Option<MultisigArg>,
}

/// The arguments of `pending`.
#[derive(Args, Debug)]
pub struct Pending {
	/// The multisig, as for --multisig, or only its address; that of --multisig unless given. With the signatories, those
	/// are shown who have not signed
	#[arg(value_name = "MULTISIG")]
	pub of: Option<String>,
	/// The block.
	#[command(flatten)]
	pub at: At,
}

/// The arguments of `cancel`.
#[derive(Args, Debug)]
pub struct Cancel {
	/// The hash of the call, as `pending` shows it
	#[arg(value_name = "HASH")]
	pub call: H256,
}

impl MultisigCommand {
	/// Runs the command.
	pub async fn run(self, context: &Context) -> Result<(), Error> {
		match self {
			// It needs no node, see `commands::run`.
			Self::Show(command) => command.run(&context.global, &context.out),
			Self::Pending(command) => command.run(context).await,
			Self::Cancel(command) => command.run(context).await,
		}
	}
}

/// The error if no multisig is given.
fn unnamed() -> Error {
	Error::Usage("which multisig? Give --multisig THRESHOLD:ACCOUNT,ACCOUNT".into())
}

fn name(who: &AccountId32) -> String {
	keys::label(who).unwrap_or_else(|| who.to_string())
}

fn names(accounts: &[AccountId32]) -> String {
	match accounts {
		[] => "nobody".into(),
		accounts => accounts.iter().map(name).collect::<Vec<_>>().join(", "),
	}
}

impl Show {
	/// Prints the account.
	pub fn run(self, global: &Global, out: &Out) -> Result<(), Error> {
		let prefixes = global.key_options().prefixes;
		let given = self.of.as_ref().or(global.multisig.as_ref()).ok_or_else(unnamed)?;
		let multisig: Multisig = given.resolve(|who| Ok::<_, Error>(keys::address(who, prefixes)?))?;
		match out.is_json() {
			true => out.json(&multisig.json()),
			false => out.rows(&rows(&multisig)),
		}
		Ok(())
	}
}

/// A multisig for people.
fn rows(multisig: &Multisig) -> Vec<(String, String)> {
	let count = multisig.signatories().len();
	let mut rows = vec![
		("address".to_string(), multisig.account().to_string()),
		("threshold".into(), format!("{} of {count}", multisig.threshold())),
	];
	for (index, who) in multisig.signatories().iter().enumerate() {
		let label = keys::label(who).map(|label| format!("  {label}")).unwrap_or_default();
		let name = if index == 0 { "signatories" } else { "" };
		rows.push((name.into(), format!("{who}{label}")));
	}
	rows
}

/// A multisig, or only its account.
enum Of {
	Multisig(Multisig),
	Account(AccountId32),
}

impl Of {
	fn account(&self) -> AccountId32 {
		match self {
			Self::Multisig(multisig) => multisig.account(),
			Self::Account(account) => *account,
		}
	}

	/// An operation for programs.
	fn json(&self, hash: [u8; 32], operation: &Operation, call: Option<&[u8]>) -> Value {
		let addresses =
			|accounts: &[AccountId32]| accounts.iter().map(ToString::to_string).collect::<Vec<_>>();
		let Operation { when, deposit, depositor, approvals } = operation;
		let (missing, remaining) = match self {
			Self::Account(_) => (None, None),
			Self::Multisig(multisig) => {
				(Some(addresses(&multisig.missing(approvals))), Some(multisig.remaining(approvals)))
			},
		};
		json!({
			"callHash": hex_of(&hash),
			"call": call.map(hex_of),
			"timepoint": when.json(),
			"depositor": depositor.to_string(),
			"deposit": deposit.to_string(),
			"approvals": addresses(approvals),
			"missing": missing,
			"remaining": remaining,
		})
	}

	/// An operation for people.
	fn rows(&self, hash: [u8; 32], operation: &Operation) -> Vec<(String, String)> {
		let Operation { when, deposit, depositor, approvals } = operation;
		let mut rows = vec![("hash".to_string(), hex_of(&hash)), ("begun".into(), when.told())];
		rows.push(("signed".into(), names(approvals)));
		if let Self::Multisig(multisig) = self {
			let missing = names(&multisig.missing(approvals));
			rows.push((
				"missing".into(),
				match multisig.remaining(approvals) {
					// They signed only its hash, and somebody has to send the call itself.
					0 => "no signature: any signatory can make the call".into(),
					remaining => format!("{remaining}, of {missing}"),
				},
			));
		}
		let deposit = grouped(*deposit, STAY_DECIMALS);
		rows.push(("deposit".into(), format!("{deposit} STAY of {}", name(depositor))));
		rows
	}
}

impl Pending {
	/// Lists the calls.
	pub async fn run(self, context: &Context) -> Result<(), Error> {
		let of = match self.of.as_deref() {
			Some(text) if text.contains(':') => {
				let given: MultisigArg = text.parse().map_err(Error::Usage)?;
				Of::Multisig(given.resolve(|who| context.address(who))?)
			},
			Some(address) => Of::Account(context.address(address)?),
			None => Of::Multisig(context.multisig()?.ok_or_else(unnamed)?),
		};
		let at = match self.at.at {
			Some(at) => context.chain.at(at).await?,
			None => context.chain.at_best().await?,
		};
		let mut found = vec![];
		for (hash, operation) in operations(&at, &of.account()).await? {
			let call = call_of(&context.chain, &at, operation.when, hash).await;
			found.push((hash, operation, call));
		}
		if context.out.is_json() {
			let items: Vec<_> = found
				.iter()
				.map(|(hash, operation, call)| of.json(*hash, operation, call.as_deref()))
				.collect();
			let mut value = match &of {
				Of::Multisig(multisig) => multisig.json(),
				Of::Account(account) => {
					json!({ "address": account.to_string(), "threshold": null, "signatories": null })
				},
			};
			value["items"] = items.into();
			context.out.json(&json!({ "at": at.block_hash(), "value": value }));
			return Ok(());
		}
		if found.is_empty() {
			context.out.line(&format!("no call of {} waits for signatures", name(&of.account())));
		}
		for (index, (hash, operation, call)) in found.iter().enumerate() {
			if index > 0 {
				context.out.line("");
			}
			let mut rows = of.rows(*hash, operation);
			rows.push(("the call".into(), told(&at, call.as_deref())));
			context.out.rows(&rows);
			if let (Some(call), Of::Multisig(multisig)) = (call, &of) {
				let call = hex_of(call);
				context.out.note(&format!(
					"  to sign it: mainstay-cli call {call} --multisig {multisig} --from KEY"
				));
			}
		}
		Ok(())
	}
}

/// A call for people.
fn told(at: &AtBlock, call: Option<&[u8]>) -> String {
	let Some(call) = call else {
		return "not known: ask who began it. Only its hash is on the chain".into();
	};
	let metadata = at.metadata_ref();
	match scale::decode(call, metadata.outer_enums().call_enum_ty(), metadata) {
		Ok(json) => plain(&json.to_string()),
		Err(_) => hex_of(call),
	}
}

impl Cancel {
	/// Cancels the call.
	pub async fn run(self, context: &Context) -> Result<(), Error> {
		let multisig = context.multisig()?.ok_or_else(unnamed)?;
		if context.global.on_behalf_of.is_some() {
			let why = "a signatory cancels with its own key, so --on-behalf-of has no meaning here";
			return Err(Error::Usage(why.into()));
		}
		let other_signatories = multisig.others(&context.signs()?)?;
		let (account, call_hash) = (multisig.account(), self.call.0);
		let waiting = operation(&context.chain.at_best().await?, &account, call_hash).await?;
		let Operation { when, .. } = waiting.ok_or_else(|| {
			Error::NotFound(format!(
				"no call of {} with the hash {} waits for signatures",
				context.name(&account),
				hex_of(&call_hash)
			))
		})?;
		let call = Calls::cancel_as_multi {
			threshold: multisig.threshold(),
			other_signatories,
			timepoint: Timepoint { height: when.height, index: when.index },
			call_hash,
		};
		let title = format!("cancel the call {} of {}", hex_of(&call_hash), context.name(&account));
		perform(context, Action::of_signer(title, RuntimeCall::Multisig(call))).await.map(|_| ())
	}
}

#[cfg(test)]
mod tests {
	use super::*;
	use crate::{cli::Cli, multisig::Timepoint as When};
	use clap::Parser;

	fn account(number: u8) -> AccountId32 {
		AccountId32([number; 32])
	}

	fn waits(approvals: &[u8]) -> Operation {
		Operation {
			when: When { height: 12, index: 3 },
			deposit: 20_100_000_000_000,
			depositor: account(approvals[0]),
			approvals: approvals.iter().copied().map(account).collect(),
		}
	}

	#[test]
	fn the_commands_can_be_written() {
		let hash = format!("0x{}", "ab".repeat(32));
		for command in [
			"multisig show 2://Alice,//Bob,//Charlie",
			"multisig pending 2://Alice,//Bob --at 0x0000000000000000000000000000000000000000000000000000000000000000",
			"multisig pending --multisig 2://Alice,//Bob",
			&format!("multisig cancel {hash} --multisig 2://Alice,//Bob --from //Alice"),
			"transfer //Dave 1 --multisig 2://Alice,//Bob --from //Alice --scheme ecdsa",
			"--multisig 2://Alice,//Bob stake //Alice 1",
		] {
			let parsed = Cli::try_parse_from(["mainstay-cli"].into_iter().chain(command.split(' ')));
			assert!(parsed.is_ok(), "{command}: {}", parsed.unwrap_err());
		}
		for wrong in ["multisig show //Alice", "multisig cancel 0xab", "show era --multisig //Alice,//Bob"] {
			let words = ["mainstay-cli"].into_iter().chain(wrong.split(' '));
			assert!(Cli::try_parse_from(words).is_err(), "{wrong}");
		}
	}

	#[test]
	fn who_is_missing_is_told_if_the_signatories_are_given() {
		let multisig = Multisig::new(2, [1, 2, 3].map(account).to_vec()).unwrap();
		let (known, address) = (Of::Multisig(multisig.clone()), Of::Account(multisig.account()));
		assert_eq!(known.account(), address.account());
		let [one, two, three] = [1, 2, 3].map(|number| account(number).to_string());
		let json = known.json([0xab; 32], &waits(&[2]), Some(&[7, 8]));
		assert_eq!(
			json,
			json!({
				"callHash": format!("0x{}", "ab".repeat(32)), "call": "0x0708",
				"timepoint": { "height": 12, "index": 3 }, "depositor": two, "deposit": "20100000000000",
				"approvals": [two], "missing": [one, three], "remaining": 1,
			})
		);
		let json = address.json([0xab; 32], &waits(&[2]), None);
		assert_eq!(json!([json["missing"], json["remaining"], json["call"]]), json!([null, null, null]));

		let row = |of: &Of, approvals: &[u8], name: &str| {
			let rows = of.rows([0xab; 32], &waits(approvals));
			rows.into_iter().find(|(known, _)| known == name).map(|(_, text)| text)
		};
		assert_eq!(row(&known, &[2], "missing"), Some(format!("1, of {one}, {three}")));
		assert!(row(&known, &[2, 3], "missing").unwrap().starts_with("no signature"));
		assert_eq!(row(&address, &[2], "missing"), None);
		assert_eq!(row(&address, &[2], "signed"), Some(two.clone()));
		assert_eq!(row(&address, &[2], "deposit"), Some(format!("20.1 STAY of {two}")));
		assert_eq!(row(&address, &[2], "begun").unwrap(), "block 12, transaction 3");
	}

	#[test]
	fn a_multisig_is_shown_with_its_signatories() {
		let shown = rows(&Multisig::new(2, [3, 1].map(account).to_vec()).unwrap());
		let names: Vec<_> = shown.iter().map(|(name, _)| name.as_str()).collect();
		assert_eq!(names, ["address", "threshold", "signatories", ""]);
		assert_eq!((shown[1].1.as_str(), &shown[3].1), ("2 of 2", &account(3).to_string()));
	}
}
