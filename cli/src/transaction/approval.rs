//! A signatory's approval of a call that a multisig makes.

use super::{
	dry_run::{dry_run, Effects},
	fee::weight,
	outcome::Found,
};
use crate::{
	chain::{constant, AtBlock},
	context::Context,
	error::Error,
	events,
	explain::Refusal,
	multisig::{operation, operations, Multisig, Operation},
	runtime::{
		pallet_multisig::{pallet::Call as Calls, Timepoint},
		sp_weights::weight_v2::Weight,
		RuntimeCall,
	},
	scale::{hex_of, Event},
	values::{grouped, STAY_DECIMALS},
};
use serde_json::{json, Value};
use sp_crypto_hashing::blake2_256;
use std::time::Duration;
use subxt::{config::substrate::H256, utils::AccountId32};

/// How long the node may take to tell the state behind the signature.
const ANSWER_TIMEOUT: Duration = Duration::from_secs(20);

/// A call of a multisig's account that a signatory signs.
pub struct Approval {
	multisig: Multisig,
	signer: AccountId32,
	/// The call, encoded.
	call: Vec<u8>,
	hash: [u8; 32],
	/// The call as it waits on the chain. None if nobody signed it, or one signature makes it.
	pending: Option<Operation>,
	/// The deposit for a call that begins to wait, in the smallest unit of STAY.
	deposit: u128,
	/// How many other calls of the multisig wait, if this one begins to.
	others: usize,
	/// Whether this signature makes the call.
	executes: bool,
	/// What the call would do if it were made now, or why that is not known. None if this signature makes it.
	effect: Option<Result<Effects, String>>,
}

impl Approval {
	/// The approval of an encoded call.
	///
	/// # Errors The signer is no signatory, or the node does not answer.
	pub async fn of(
		at: &AtBlock,
		multisig: Multisig,
		signer: AccountId32,
		call: Vec<u8>,
	) -> Result<Self, Error> {
		multisig.others(&signer)?;
		let (account, hash) = (multisig.account(), blake2_256(&call));
		let (mut pending, mut others) = (None, 0);
		if multisig.threshold() > 1 {
			pending = operation(at, &account, hash).await?;
			if pending.is_none() {
				others = operations(at, &account).await?.len();
			}
		}
		let part = |name| constant::<u128>(at, "Multisig", name).unwrap_or(0);
		let deposit = part("DepositFactor").saturating_mul(multisig.threshold().into());
		let deposit = deposit.saturating_add(part("DepositBase"));
		let mut approval =
			Self { multisig, signer, call, hash, pending, deposit, others, executes: false, effect: None };
		approval.executes = approval.multisig.remaining(&approval.approvals()) == 0;
		if !approval.executes {
			approval.effect = Some(approval.foresee(at).await?);
		}
		Ok(approval)
	}

	/// What the call would do if it were made now. The dry run takes a fee from the multisig, which signatures do not.
	async fn foresee(&self, at: &AtBlock) -> Result<Result<Effects, String>, Error> {
		let length = u32::try_from(self.call.len()).unwrap_or(u32::MAX);
		match dry_run(at, &self.multisig.account(), &self.call, length, 0).await {
			Ok(mut effects) => {
				let fee = effects.fee.take().unwrap_or(0);
				let without_fee = |(before, after): (u128, u128)| (before, after.saturating_add(fee));
				effects.spendable = effects.spendable.map(without_fee);
				Ok(Ok(effects))
			},
			Err(Error::CannotPay(_)) => {
				Ok(Err("the multisig lacks the fee that a dry run takes, and that signatures do not".into()))
			},
			Err(Error::NotTaken(why)) => Ok(Err(why)),
			Err(error) => Err(error),
		}
	}

	/// The signatory's call, around the call of the multisig, which is the one that was given to [`Self::of`].
	///
	/// # Errors The chain does not say how much the call weighs.
	pub async fn wrap(&self, at: &AtBlock, call: RuntimeCall) -> Result<RuntimeCall, Error> {
		self.call_of(call, weight(at, &self.call).await)
	}

	fn call_of(&self, call: RuntimeCall, weight: Option<Weight>) -> Result<RuntimeCall, Error> {
		let (other_signatories, call) = (self.multisig.others(&self.signer)?, Box::new(call));
		let threshold = self.multisig.threshold();
		if threshold == 1 {
			return Ok(RuntimeCall::Multisig(Calls::as_multi_threshold_1 { other_signatories, call }));
		}
		// Each signature may be the last one, if others sign meanwhile. What is not used is refunded.
		let max_weight = weight.ok_or_else(|| {
			Error::Incompatible("the chain does not say how much the call of the multisig weighs".into())
		})?;
		let maybe_timepoint = self
			.pending
			.as_ref()
			.map(|pending| Timepoint { height: pending.when.height, index: pending.when.index });
		Ok(RuntimeCall::Multisig(Calls::as_multi {
			threshold,
			other_signatories,
			maybe_timepoint,
			call,
			max_weight,
		}))
	}

	/// Whether this signature makes the call, or made it.
	pub fn executes(&self) -> bool {
		self.executes
	}

	/// Reads the result of the signature in its block. What cannot be read stays as it was expected.
	pub async fn observe(&mut self, context: &Context, events: &[Event], found: &Found) {
		let Some(block) = &found.block else { return };
		self.executes = events.iter().any(|event| {
			event.path() == "Multisig.MultisigExecuted" && event.fields["callHash"] == hex_of(&self.hash)
		});
		if self.executes {
			return;
		}
		let (account, hash) = (self.multisig.account(), self.hash);
		let read = async {
			let block: H256 = serde_json::from_value(block.as_str().into()).ok()?;
			operation(&context.chain.at(block).await.ok()?, &account, hash).await.ok()?
		};
		// The transaction is done: no silence of the node may keep that from the user.
		if let Ok(Some(pending)) = tokio::time::timeout(ANSWER_TIMEOUT, read).await {
			self.pending = Some(pending);
		}
	}

	/// Who signed, this signature included.
	fn approvals(&self) -> Vec<AccountId32> {
		let mut approvals = self.pending.as_ref().map_or_else(Vec::new, |pending| pending.approvals.clone());
		if !approvals.contains(&self.signer) {
			approvals.push(self.signer);
		}
		approvals
	}

	/// The refusal of a signature, with those who can sign in place of the signer.
	pub fn explain(&self, context: &Context, refusal: Refusal) -> Refusal {
		match refusal.name == "Multisig.AlreadyApproved" {
			true => {
				let remedy = format!("It waits for others to sign: {}.", self.missing(context));
				Refusal { remedy: Some(remedy), ..refusal }
			},
			false => refusal,
		}
	}

	/// Who is missing, in words.
	fn missing(&self, context: &Context) -> String {
		let approvals = self.approvals();
		let names: Vec<_> = self.multisig.missing(&approvals).iter().map(|who| context.name(who)).collect();
		missing(self.multisig.remaining(&approvals), &names)
	}

	/// For people.
	pub fn rows(&self, context: &Context) -> Vec<(String, String)> {
		let approvals = self.approvals();
		let names: Vec<_> = approvals.iter().map(|who| context.name(who)).collect();
		let (threshold, signatories) = (self.multisig.threshold(), self.multisig.signatories().len());
		let mut rows = vec![
			("multisig".to_string(), context.name(&self.multisig.account())),
			(String::new(), format!("{threshold} of {signatories} signatories have to sign")),
			("signed".into(), names.join(", ")),
			(
				"missing".into(),
				if self.executes {
					"nobody: this signature makes the call".into()
				} else {
					self.missing(context)
				},
			),
			("hash".into(), hex_of(&self.hash)),
		];
		if threshold > 1 {
			let (begun, deposit, depositor) = match &self.pending {
				Some(Operation { when, deposit, depositor, .. }) => (when.told(), *deposit, *depositor),
				None => ("with this signature".into(), self.deposit, self.signer),
			};
			rows.push(("begun".into(), begun));
			let until =
				if self.executes { "which comes back" } else { "held until the call is made or cancelled" };
			rows.push((
				"deposit".into(),
				format!("{} of {}, {until}", stay(deposit), context.name(&depositor)),
			));
		}
		if self.others > 0 {
			let others = match self.others {
				1 => "another call".to_string(),
				others => format!("{others} other calls"),
			};
			// A call that differs in anything is another one.
			let which = "is it one of those that you mean? `mainstay-cli multisig pending`";
			rows.push(("waiting".into(), format!("{others} of the multisig: {which}")));
		}
		rows
	}

	/// What the call will do once it is made, for people. Empty if this signature makes it.
	pub async fn effect_rows(&self, context: &Context) -> Vec<(String, String)> {
		let effects = match &self.effect {
			None => return vec![],
			Some(Err(why)) => return vec![("the call".into(), format!("its effect is not known: {why}"))],
			Some(Ok(effects)) => effects,
		};
		if let Some(refusal) = &effects.refusal {
			return vec![(
				"the call".into(),
				format!("would fail now: {} ({})", refusal.meaning, refusal.name),
			)];
		}
		let mut rows = vec![];
		let mut name = "the call";
		for line in events::lines(&context.chain, context.actor().ok(), &effects.events).await {
			rows.push((std::mem::take(&mut name).into(), line));
		}
		if let Some((before, after)) = effects.spendable {
			rows.push(("it can spend now".into(), stay(before)));
			rows.push(("and afterwards".into(), stay(after)));
		}
		rows
	}

	/// The warning if the call would fail now, for those who are not shown its effect.
	pub fn warning(&self) -> Option<String> {
		let refusal = self.effect.as_ref()?.as_ref().ok()?.refusal.as_ref()?;
		Some(format!("note: as things are now, the call would fail: {} ({})", refusal.meaning, refusal.name))
	}

	/// How the other signatories sign; none if the call is made.
	pub fn instruction(&self) -> Option<String> {
		(!self.executes).then(|| {
			format!(
				"The other signatories sign exactly this call:\n  mainstay-cli call {} --multisig {} --from KEY",
				hex_of(&self.call),
				self.multisig
			)
		})
	}

	/// For programs. `approvals`, `missing` and `remaining` count this signature.
	pub fn json(&self) -> Value {
		let approvals = self.approvals();
		let addresses =
			|accounts: &[AccountId32]| accounts.iter().map(ToString::to_string).collect::<Vec<_>>();
		let mut json = self.multisig.json();
		json["callHash"] = hex_of(&self.hash).into();
		json["call"] = hex_of(&self.call).into();
		json["executes"] = self.executes.into();
		json["approvals"] = addresses(&approvals).into();
		json["missing"] = addresses(&self.multisig.missing(&approvals)).into();
		json["remaining"] = self.multisig.remaining(&approvals).into();
		json["timepoint"] = self.pending.as_ref().map_or(Value::Null, |pending| pending.when.json());
		let (depositor, deposit) = match &self.pending {
			Some(pending) => (Some(pending.depositor), Some(pending.deposit)),
			None if self.multisig.threshold() > 1 => (Some(self.signer), Some(self.deposit)),
			None => (None, None),
		};
		json["depositor"] = depositor.map(|who| who.to_string()).into();
		json["deposit"] = deposit.map(|units| units.to_string()).into();
		json["effect"] = match &self.effect {
			None => Value::Null,
			Some(Err(why)) => json!({ "unknown": why }),
			Some(Ok(effects)) => json!({
				"refused": effects.refusal.as_ref().map(Refusal::json),
				"spendable": effects.spendable_json(),
				"events": effects.events.iter().map(Event::json).collect::<Vec<_>>(),
			}),
		};
		json
	}
}

fn stay(units: u128) -> String {
	format!("{} STAY", grouped(units, STAY_DECIMALS))
}

/// Who is missing, in words: "1 more, of //Bob and //Charlie".
fn missing(remaining: usize, names: &[String]) -> String {
	match (remaining, names) {
		(0, _) => "nobody".into(),
		(_, [name]) => name.clone(),
		(remaining, names) if remaining == names.len() => names.join(" and "),
		(remaining, names) => format!("{remaining} more, of {}", names.join(", ")),
	}
}

#[cfg(test)]
mod tests {
	use super::*;
	use crate::{
		multisig::Timepoint as When,
		runtime::{built_in, pallet_balances::pallet::Call as Balances},
	};
	use subxt::{ext::scale_encode::EncodeAsType, utils::MultiAddress};

	fn account(number: u8) -> AccountId32 {
		AccountId32([number; 32])
	}

	/// The approval by signatory 2 of 1, 2 and 3.
	fn approval(threshold: u16, before: Option<&[u8]>) -> Approval {
		let multisig = Multisig::new(threshold, [3, 1, 2].map(account).to_vec()).unwrap();
		let pending = before.map(|before| Operation {
			when: When { height: 12, index: 3 },
			deposit: 40,
			depositor: account(before[0]),
			approvals: before.iter().copied().map(account).collect(),
		});
		let (call, hash) = (vec![0xab, 0xcd], blake2_256(&[0xab, 0xcd]));
		let (signer, deposit, others) = (account(2), 50, 0);
		let mut approval = Approval {
			multisig,
			signer,
			call,
			hash,
			pending,
			deposit,
			others,
			executes: false,
			effect: None,
		};
		approval.executes = approval.multisig.remaining(&approval.approvals()) == 0;
		approval
	}

	#[test]
	fn a_signature_counts_once() {
		let of = |threshold, before| {
			let json = approval(threshold, before).json();
			let count = |field: &str| json[field].as_array().unwrap().len();
			(
				count("approvals"),
				count("missing"),
				json["remaining"].as_u64().unwrap(),
				json["executes"] == true,
			)
		};
		assert_eq!(of(2, None), (1, 2, 1, false));
		assert_eq!(of(3, Some(&[1])), (2, 1, 1, false));
		// A second signature of the same signatory adds nothing.
		assert_eq!(of(3, Some(&[1, 2])), (2, 1, 1, false));
		assert_eq!(of(2, Some(&[1])), (2, 1, 0, true));
		assert_eq!(of(3, Some(&[1, 3])), (3, 0, 0, true));
		assert_eq!(of(1, None), (1, 2, 0, true));
		// All approved its hash, and nobody sent the call yet.
		assert_eq!(of(2, Some(&[2, 3])), (2, 1, 0, true));
	}

	#[test]
	fn the_deposit_is_that_of_who_began() {
		let of = |threshold, before| {
			let json = approval(threshold, before).json();
			json!([json["depositor"], json["deposit"], json["timepoint"]])
		};
		let [one, two] = [1, 2].map(|number| account(number).to_string());
		assert_eq!(of(2, None), json!([two, "50", null]));
		assert_eq!(of(3, Some(&[1])), json!([one, "40", { "height": 12, "index": 3 }]));
		assert_eq!(of(1, None), json!([null, null, null]));
	}

	#[test]
	fn who_is_missing_is_named() {
		let names =
			|count: usize| ["a", "b", "c"][..count].iter().map(ToString::to_string).collect::<Vec<_>>();
		assert_eq!(missing(0, &names(2)), "nobody");
		assert_eq!(missing(1, &names(1)), "a");
		assert_eq!(missing(2, &names(2)), "a and b");
		assert_eq!(missing(1, &names(3)), "1 more, of a, b, c");
		let instruction = approval(2, None).instruction().unwrap();
		assert!(instruction.contains("mainstay-cli call 0xabcd --multisig 2:"), "{instruction}");
		assert!(approval(1, None).instruction().is_none());
	}

	/// Encoded by the chain's metadata, as `pallet-multisig` decodes it.
	#[test]
	fn the_call_is_wrapped_as_the_pallet_takes_it() {
		let metadata = &built_in().unwrap().metadata;
		let encoded = |call: RuntimeCall| {
			call.encode_as_type(metadata.outer_enums().call_enum_ty(), metadata.types()).unwrap()
		};
		let index = metadata.pallet_by_name("Multisig").unwrap().call_index();
		let inner = || {
			RuntimeCall::Balances(Balances::transfer_keep_alive {
				dest: MultiAddress::Id(account(7)),
				value: 5,
			})
		};
		let others = [account(1), account(3)].map(|who| who.0).concat();
		let one = approval(1, None).call_of(inner(), None).unwrap();
		assert_eq!(encoded(one), [&[index, 0, 2 << 2][..], &others, &encoded(inner())].concat());
		let weight = || Some(Weight { ref_time: 1, proof_size: 2 });
		for (before, timepoint) in [(None, vec![0]), (Some(&[1u8][..]), vec![1, 12, 0, 0, 0, 3, 0, 0, 0])] {
			let call = approval(3, before).call_of(inner(), weight()).unwrap();
			let expected =
				[&[index, 1, 3, 0, 2 << 2][..], &others, &timepoint, &encoded(inner()), &[1 << 2, 2 << 2]];
			assert_eq!(encoded(call), expected.concat());
		}
		assert!(approval(2, None).call_of(inner(), None).is_err());
	}
}
