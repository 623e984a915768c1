//! Sentences about events that happened, or would happen.

use crate::{
	chain::{Chain, Currency},
	commands::governance::{ballot::Ballot, tracks::name_of},
	explain, keys,
	read::{self, Coin},
	runtime::built_in,
	scale::Event,
	template::{fill, Record},
	values::{grouped, BasisPoints, Part, STAY_DECIMALS},
};
use heck::ToKebabCase;
use serde_json::Value;
use std::collections::{BTreeMap, BTreeSet};
use subxt::{metadata::Metadata, utils::AccountId32};

/// The sentences of events, in the language of [`crate::template`]. The formats are those of [`Told::format`].
#[rustfmt::skip]
const SENTENCES: &[(&str, &str)] = &[
	("OperatorDelegation.OperatorRegistered", "{operator} becomes an operator, with a commission of {commission:bps}"),
	("OperatorDelegation.CommissionSet", "the commission of {operator} changes from {old:bps} to {new:bps}, from era {effective} on"),
	("OperatorDelegation.PromiseSet", "{operator} promises a commission of at most {promise.maxCommission:bps}, and a notice of {promise.notice:count era} before a higher one; what is weaker than before takes effect in era {effective}"),
	("OperatorDelegation.MetadataSet", "{operator} has a new name and link"),
	("OperatorDelegation.PolicySet", "{operator} takes deposits from {policy?open=everyone|allowList=itself and the accounts on its list}"),
	("OperatorDelegation.Allowed", "{who:whole} is added to the list of accounts that may delegate to {operator}"),
	("OperatorDelegation.Disallowed", "{who:whole} is removed from the list of accounts that may delegate to {operator}; its positions stay"),
	("OperatorDelegation.OperatorRetired", "{operator} retires, for good: it takes no more deposits"),
	("OperatorDelegation.Deposited", "{amount:money} enter the {kind} pool of {operator}, for {shares:shares} shares[ of {who:other}]"),
	("OperatorDelegation.OptedIn", "{amount:money} go from the stake pool of {operator} to its native pool, for {minted:shares} shares[ of {who:other}]"),
	("OperatorDelegation.ExitQueued", "{amount:money}[ of {who:other}] leave the {kind} pool of {operator}, to be claimed from era {matures} on, less what slashes for era {queued} or earlier take until then"),
	("OperatorDelegation.Claimed", "{amount:money} that left the {kind} pool of {operator} in era {queued} are paid to {who}"),
	("OperatorDelegation.Compounded", "of a reward, {stake:money} enter the stake pool of {operator} and {native:money} its native pool; its commission is {commission:money}"),
	("OperatorDelegation.Taken", "a slash for era {capture} takes {pool:money} of the {kind} pool of {operator}, and {exits:money} of its exits since then"),
	("OperatorDelegation.PoolWiped", "a slash takes all of the {kind} pool of {operator}: its shares are void, and it takes deposits again from era {since} on"),

	("Staking.EraBegan", "era {era} begins"),
	("Staking.Elected", "{validators:count validator} will serve in era {era}, with a total stake of {stake:money}"),
	("Staking.ElectionUnused", "only {electable} validators could be elected for era {era}: the current ones continue"),
	("Staking.CandidateJoined", "{who} stands for election as a validator"),
	("Staking.CandidateLeft", "{who} no longer stands for election: {reason?chilled=by its own call|retired=it retires|silent=it made no blocks for too long|displaced=a candidate with more stake takes its place}"),
	("Staking.ValidatorCountSet", "there will be up to {count} validators"),
	("Staking.MinSelfStakeSet", "a validator must have {amount:money} of its own at stake"),

	("AvsRegistry.AvsRegistered", "service {avs} is registered, and {owner} owns it"),
	("AvsRegistry.MetadataSet", "service {avs} has a new name and link"),
	("AvsRegistry.OwnershipOffered", "service {avs} is {nextOwner?null=no longer offered to anyone|*=offered to}[ {nextOwner:whole}]"),
	("AvsRegistry.OwnershipTransferred", "service {avs} passes from {old} to {new:whole}"),
	("AvsRegistry.AvsDeregistered", "service {avs} is deregistered"),
	("AvsRegistry.SetCreated", "set {set} is created"),
	("AvsRegistry.KindsSet", "set {set} accepts {kinds:weights}, from era {effective} on; kinds that it no longer accepts are dropped at once"),
	("AvsRegistry.AdmissionSet", "{admission?open=every operator|approved=operators that the owner approves|paused=nobody} may join set {set}"),
	("AvsRegistry.MinStakeSet", "joining set {set} needs an allocation of {minStake:money}, by the weights of its kinds"),
	("AvsRegistry.SlasherSet", "{slasher:whole} may report slashes for set {set}, from era {effective} on"),
	("AvsRegistry.ConditionAdded", "set {set} has condition {id}, for eras from {since} on: up to {terms.maxFraction:part} with one slash, after {terms.vetoWindow:count era}[ in which {terms.resolver} may veto]"),
	("AvsRegistry.ConditionChanged", "condition {id} of set {set} allows up to {terms.maxFraction:part} with one slash, after {terms.vetoWindow:count era}[ in which {terms.resolver} may veto]; all of it takes effect in era {effective}"),
	("AvsRegistry.SetWindingDown", "set {set} winds down: nobody can join it any more, its members can be slashed for eras up to {until}, and it can be closed from era {closes} on"),
	("AvsRegistry.SetClosed", "set {set} is closed"),
	("AvsRegistry.ConditionRemoved", "condition {id} of set {set} is removed"),
	("AvsRegistry.OperatorApproved", "{operator} may join set {set}"),
	("AvsRegistry.ApprovalRevoked", "{operator} may no longer join set {set}"),
	("AvsRegistry.OperatorJoined", "{operator} joins set {set}, and serves it from era {from} on"),
	("AvsRegistry.OperatorLeft", "{operator} leaves set {set}: {reason?left=by its own call|ejected=the owner removes it|retired=it retires|stopped=it stops serving all sets|closed=the set is closed|displaced=an operator with more weight takes its place}[; it can be slashed for eras up to {until}]"),

	("Restaking.AssetAdded", "asset {id} can be restaked, up to {cap:money} in all, in deposits of {minDeposit:money} and more"),
	("Restaking.AssetChanged", "asset {id} can be restaked up to {cap:money} in all, and {deposits?true=takes|false=takes no} deposits"),
	("Restaking.AllocationChanged", "set {set} may slash {magnitude:part} of the {kind} pool of {operator}, from era {effective} on"),
	("Restaking.AllocationCut", "a slash by set {set} lowers its allocation in the {kind} pool of {operator}, by {cut:part} of the pool"),
	("Restaking.Stopped", "{operator} leaves {left:count set}, and from era {effective} on no set may slash its pools"),
	("Restaking.LeverageSet", "the leverage limit of {operator} changes from {old:percent} to {new:percent}, from era {effective} on"),

	("Slashing.SlashReported", "slash {id} of {operator} will be executed in era {due}, for era {capture}: [{lane.consensus.fraction:part} of its native stake, for a consensus offence][set {lane.attested.set} takes {lane.attested.parts:parts}, of what is allocated to it, for its condition {lane.attested.condition}][; {lane.attested.resolver} may veto it]"),
	("Slashing.SlashRaised", "slash {id} is raised from {old:part} to {new:part}: there are more offenders"),
	("Slashing.SlashCancelled", "slash {id} of {operator} is cancelled"),
	("Slashing.SlashVetoed", "slash {id} of {operator} is vetoed: {reason:text}"),
	("Slashing.SlashAppealed", "slash {id} is appealed by {by}, and delayed to era {due}: {reason:text}"),
	("Slashing.AppealClosed", "the appeal of {by} against slash {id} is over, and the bond of {bond:money} {forfeited?true=goes to the treasury|false=is released}"),
	("Slashing.SlashReinstated", "slash {id} of {operator} is reinstated, and will be executed in era {due}"),
	("Slashing.SlashExecuted", "slash {id} of {operator} takes {taken:sums} in all"),
	("Slashing.ExecutionFailed", "slash {id} could not be executed: {error:error}"),
	("Slashing.PaidOut", "{payout.amount:money} of slash {id} {payout.destination?burn=are burnt|account=go to|treasury=go to the treasury}[ {payout.destination.account:whole}]"),
	("Slashing.PayoutFailed", "what slash {id} took in {currency:symbol} could not be paid out: {error:error}"),
	("Slashing.OffenceTooOld", "an offence of {operator} in session {session} was reported too late, and is not slashed"),

	("Rewards.EraRewarded", "era {era} pays {pot:money} to its validators, by {points:count point}"),
	("Rewards.ValidatorPaid", "{validator} gets {amount:money} for era {era}, commission included"),
	("Rewards.ValidatorUnpaid", "{validator} gets nothing for era {era}: {error:error}"),
	("Rewards.SetPaid", "set {set} is paid {amount:money}[ by {from:other}]"),
	("Rewards.OperatorsPaid", "operators of set {set} are paid {amount:money} in all[, by {from:other}]"),
	("Rewards.StreamOpened", "stream {id} pays set {set} {rate:money} for every era from {from} on, out of {funds:money}[ of {payer:other}]"),
	("Rewards.StreamToppedUp", "stream {id} gets {amount:money}[ from {from:other}]"),
	("Rewards.StreamStopped", "stream {id} stops: era {until} is the first that it does not pay for"),
	("Rewards.StreamPaid", "stream {id} pays set {set} {amount:money}, for era {era}"),
	("Rewards.StreamReturned", "stream {id} returns {amount:money} to {payer}, for {eras:count era} that it could not pay for"),
	("Rewards.StreamEnded", "stream {id} is over: {reason?stopped=it was stopped|unfunded=its funds do not pay for more|setClosed=its set is closed}; {refund:money} are credited to {payer}"),
	("Rewards.StreamUnpaid", "stream {id} could not pay: {error:error}"),
	("Rewards.CarryReturned", "{amount:money} that were left over of payments to set {set} are credited to {owner}"),
	("Rewards.Collected", "{amount:money} of rewards[ of {who:other}] are paid to {to:whole}"),
	("Rewards.NotCollected", "{amount:money} of rewards[ of {who:other}] stay credited: {error:error}"),
	("Rewards.MorePositions", "there are more positions[ of {who:other}] than one call can settle: collect again"),
	("Rewards.MoreCurrencies", "there is credit[ of {who:other}] in more currencies than were to be paid: collect again"),
	("Rewards.PayoutAccountSet", "rewards[ of {who:other}] go to {to?null=the account itself|*=}[{to:whole}]"),

	("ChainTreasury.Received", "the treasury gets {amount:money}: {source?slash=slashed funds|fee=fees|dust=dust|bond=a bond}"),
	("ChainTreasury.Spent", "the treasury pays {amount:money} to {to:whole}"),

	("Referenda.Submitted", "referendum {index} is submitted, on the track {track:track}"),
	("Referenda.DecisionDepositPlaced", "{amount:money}[ of {who:other}] are deposited for the decision of referendum {index}"),
	("Referenda.DecisionDepositRefunded", "the deposit for the decision of referendum {index} is released: {amount:money}[ of {who:other}]"),
	("Referenda.DepositSlashed", "a deposit of {amount:money}[ of {who:other}] is lost"),
	("Referenda.DecisionStarted", "referendum {index} is being decided"),
	("Referenda.ConfirmStarted", "referendum {index} has enough votes, and is approved if that stays so"),
	("Referenda.ConfirmAborted", "referendum {index} no longer has enough votes"),
	("Referenda.Confirmed", "referendum {index} is approved"),
	("Referenda.Rejected", "referendum {index} is rejected"),
	("Referenda.TimedOut", "referendum {index} is over: nobody deposited for its decision in time"),
	("Referenda.Cancelled", "referendum {index} is cancelled"),
	("Referenda.Killed", "referendum {index} is cancelled, and its deposits are lost"),
	("Referenda.SubmissionDepositRefunded", "the deposit for the submission of referendum {index} is released: {amount:money}[ of {who:other}]"),
	("Referenda.MetadataSet", "referendum {index} has the text with the hash {hash:hash}"),
	("Referenda.MetadataCleared", "referendum {index} no longer has the text with the hash {hash:hash}"),

	("ConvictionVoting.Delegated", "{0} delegates its votes on the track {2:track} to {1:whole}"),
	("ConvictionVoting.Undelegated", "{0} no longer delegates its votes on the track {1:track}"),
	("ConvictionVoting.Voted", "{who} votes in referendum {pollIndex}: {vote:vote}"),
	("ConvictionVoting.VoteRemoved", "{who} no longer votes in referendum {pollIndex}; it was {vote:vote}"),
	("ConvictionVoting.VoteUnlocked", "the lock of {who} for the track {class:track} is renewed"),

	("TechnicalCommittee.Proposed", "{account} proposes motion {proposalIndex} to the committee, {proposalHash:hash}; it needs {threshold:count aye}"),
	("TechnicalCommittee.Voted", "{account} votes {voted?true=aye|false=nay} on the motion {proposalHash:hash}: {yes:count aye}, {no:count nay}"),
	("TechnicalCommittee.Approved", "the committee approves the motion {proposalHash:hash}"),
	("TechnicalCommittee.Disapproved", "the committee rejects the motion {proposalHash:hash}"),
	("TechnicalCommittee.Executed", "the call of the motion {proposalHash:hash} is made[, and fails: {result.err:error}]"),
	("TechnicalCommittee.MemberExecuted", "a member makes the call {proposalHash:hash}[, and it fails: {result.err:error}]"),
	("TechnicalCommittee.Killed", "the motion {proposalHash:hash} is cancelled"),

	("StakeVoting.Renewed", "{frozen:money} stay frozen[ of {who:other}], which stake does not cover of the lock of votes"),
	("Whitelist.CallWhitelisted", "the call {callHash:hash} is whitelisted"),
	("Whitelist.WhitelistedCallRemoved", "the call {callHash:hash} is no longer whitelisted"),
	("Whitelist.WhitelistedCallDispatched", "the whitelisted call {callHash:hash} is made, as root"),
	("Whitelist.DispatchDeferred", "the call {callHash:hash} waits until the committee has whitelisted it; then anyone may have it made"),
	("Whitelist.DeferredDispatchRemoved", "the call {callHash:hash} no longer waits for the committee"),

	("Preimage.Noted", "the preimage {hash:hash} is stored"),
	("Preimage.Requested", "the preimage {hash:hash} is needed"),
	("Preimage.Cleared", "the preimage {hash:hash} is removed"),

	("Balances.DustLost", "{amount:money} of {account} are too little to keep the account, and are lost"),
	("Balances.Transfer", "{amount:money} go from {from} to {to:whole}"),
	("Balances.BalanceSet", "{who} has {free:money} now"),
	("Balances.Reserved", "{amount:money}[ of {who:other}] are reserved as a deposit"),
	("Balances.Unreserved", "{amount:money} of a deposit are released[ to {who:other}]"),
	("Balances.ReserveRepatriated", "{amount:money} of a deposit of {from} go to {to:whole}"),
	("Balances.Slashed", "{who} loses {amount:money}"),
	("Balances.Held", "{amount:money}[ of {who:other}] are held {reason:hold}"),
	("Balances.BurnedHeld", "{amount:money}[ of {who:other}] that were held {reason:hold} are burnt"),
	("Balances.Released", "{amount:money}[ of {who:other}] that were held {reason:hold} are released"),
	("Balances.Locked", "{amount:money}[ of {who:other}] are locked"),
	("Balances.Unlocked", "{amount:money}[ of {who:other}] are no longer locked"),
	("Balances.Frozen", "{amount:money}[ of {who:other}] are frozen"),
	("Balances.Thawed", "{amount:money}[ of {who:other}] are no longer frozen"),

	("Assets.Issued", "{amount:money} are issued to {owner}"),
	("Assets.Transferred", "{amount:money} go from {from} to {to:whole}"),
	("Assets.TransferredApproved", "{amount:money} go from {owner} to {destination:whole}"),
	("Assets.ApprovedTransfer", "{delegate:whole} may take {amount:money} of {source}"),
	("Assets.Burned", "{balance:money} of {owner} are destroyed"),

	("Session.ValidatorDisabled", "validator {validator} is disabled"),
	("Session.ValidatorReenabled", "validator {validator} is no longer disabled"),

	("Utility.BatchInterrupted", "the calls from number {index} on are not made: {error:error}"),
	("Utility.ItemFailed", "one of the calls fails: {error:error}"),
	("Utility.IfElseFallbackCalled", "the second call is made, as the first one fails: {mainError:error}"),

	("Multisig.NewMultisig", "a call of {multisig} waits for the other signatories"),
	("Multisig.MultisigApproval", "{approving} approves a call of {multisig}"),
	("Multisig.MultisigExecuted", "the call of {multisig} is made"),
	("Multisig.MultisigCancelled", "a call of {multisig} is cancelled"),

	("Proxy.PureCreated", "the account {pure:whole} is created, with {who} as its {proxyType:words} proxy"),
	("Proxy.PureKilled", "{pure:whole} is removed, with all its funds"),
	("Proxy.Announced", "{proxy} announces a call of {real}"),
	("Proxy.ProxyAdded", "{delegatee:whole} may act for {delegator}, as its {proxyType:words} proxy{proxyType?any=, which can do everything that its own key can|avs=, which can spend its whole free balance|restaking=, which can put all its funds at a service's risk|*=}{delay?0=|*=, after an announcement}"),
	("Proxy.ProxyRemoved", "{delegatee:whole} may no longer act for {delegator}, as its {proxyType:words} proxy"),

	("System.CodeUpdated", "the chain has a new runtime"),
	("System.UpgradeAuthorized", "the code with the hash {codeHash:hash} may become the chain's runtime: anyone may send it"),
];

/// Events, and pallets, without a sentence: fees, transfers that another event describes, and events that only say
/// that a call succeeded. An event that says that it failed is a refusal.
const SILENT: &[&str] = &[
	"System",
	"TransactionPayment",
	"Historical",
	"Balances.Endowed",
	"Balances.Deposit",
	"Balances.Withdraw",
	"Balances.Minted",
	"Balances.MintedCredit",
	"Balances.Burned",
	"Balances.BurnedDebt",
	"Balances.Suspended",
	"Balances.Restored",
	"Balances.Upgraded",
	"Balances.Issued",
	"Balances.Rescinded",
	"Balances.TotalIssuanceForced",
	"Balances.TransferOnHold",
	"Balances.TransferAndHold",
	"Balances.Unexpected",
	"Assets.Deposited",
	"Assets.Withdrawn",
	"Assets.IssuedCredit",
	"Assets.BurnedCredit",
	"Assets.IssuedDebt",
	"Assets.BurnedDebt",
	// `Slashing.PaidOut` has the sentence.
	"OperatorDelegation.SlashPaid",
	"Session.NewSession",
	"Session.NewQueued",
	"Utility.BatchCompleted",
	"Utility.BatchCompletedWithErrors",
	"Utility.ItemCompleted",
	"Utility.DispatchedAs",
	"Utility.IfElseMainSuccess",
	"Multisig.DepositPoked",
	"Proxy.ProxyExecuted",
	"Proxy.DepositPoked",
	// `Referenda.Confirmed` has the sentence; this event is never made.
	"Referenda.Approved",
	// The votes are told as they come.
	"TechnicalCommittee.Closed",
	"TechnicalCommittee.ProposalCostBurned",
	"TechnicalCommittee.ProposalCostReleased",
	"Whitelist.DeferredDispatchExecuted",
	// The alarms of referenda. What the scheduler does later is in no transaction.
	"Scheduler.Scheduled",
	"Scheduler.Canceled",
	"Sudo.Sudid",
	"Sudo.SudoAsDone",
];

/// Why a balance is held.
const HOLDS: &[(&str, &str)] = &[
	("OperatorDelegation.Operator", "for being an operator"),
	("OperatorDelegation.Metadata", "for an operator's name and link"),
	("OperatorDelegation.AllowList", "for an account on an operator's list"),
	("AvsRegistry.Registration", "for the registration of a service"),
	("AvsRegistry.Place", "for a place in a set"),
	("AvsRegistry.Approval", "for the approval of an operator"),
	("Rewards.Stream", "for a stream"),
	("Slashing.Appeal", "as the bond of an appeal"),
	("Session.Keys", "for session keys"),
	("Preimage.Preimage", "for a preimage"),
	("TechnicalCommittee.ProposalSubmission", "for a motion of the committee"),
];

/// The pallets whose accounts hold pools and rewards: their own events describe payments to them and by them.
const CUSTODY: [&str; 2] = ["OperatorDelegation", "Rewards"];
/// The pallet whose own events describe its payments.
const TREASURY: &str = "ChainTreasury";

/// Why a balance is held, by the name of the reason: "for session keys".
pub fn hold(reason: &str) -> String {
	let known = HOLDS.iter().find(|(name, _)| reason == *name);
	let pallet = reason.split('.').next().unwrap_or_default();
	known.map_or_else(|| format!("for {pallet}"), |(_, why)| why.to_string())
}

/// The lines for the events that matter to the sender of a call; `own` is the reader's account.
pub async fn lines(chain: &Chain, own: Option<AccountId32>, events: &[Event]) -> Vec<String> {
	let mut facts = Facts::of(chain, own, events).await;
	let fails = |event: &Event| {
		["error", "mainError"].iter().any(|field| event.fields.get(field).is_some())
			|| event.fields["result"].get("err").is_some()
	};
	let at = if events.iter().any(fails) { chain.at_best().await.ok() } else { None };
	facts.metadata = at.as_ref().map(|at| at.metadata_ref());
	events.iter().filter_map(|event| facts.line(event)).collect()
}

/// The stream that an event is about.
fn stream_of(event: &Event) -> Option<u32> {
	let is = event.pallet == "Rewards" && event.name.starts_with("Stream");
	is.then(|| read::unsigned(&event.fields["id"])).flatten()
}

/// Whether an event is about funds that move into or out of the chain's custody.
fn is_custody(event: &Event) -> bool {
	if !["Balances", "Assets"].contains(&event.pallet.as_str()) {
		return false;
	}
	let is = |field: &str, pallets: &[&str]| {
		let account = read::account(&event.fields[field]);
		account.is_some_and(|account| pallets.iter().any(|pallet| is_account_of(pallet, &account)))
	};
	is("from", &[CUSTODY[0], CUSTODY[1], TREASURY])
		|| ["to", "who", "owner"].iter().any(|field| is(field, &CUSTODY))
}

/// Whether an account belongs to a pallet: it is derived from the id in the pallet's constants.
fn is_account_of(pallet: &str, AccountId32(account): &AccountId32) -> bool {
	let pallet = built_in().and_then(|known| known.metadata.pallet_by_name(pallet));
	let id = pallet.as_ref().and_then(|pallet| pallet.constant_by_name("PalletId")).map(|id| id.value());
	id.is_some_and(|id| account.strip_prefix(b"modl").is_some_and(|account| account.starts_with(id)))
}

/// What the sentences need besides the events.
#[derive(Default)]
pub struct Facts<'a> {
	/// The reader's account.
	own: Option<AccountId32>,
	/// How amounts of assets are written.
	currencies: BTreeMap<u32, Currency>,
	/// The currencies of streams.
	streams: BTreeMap<u32, Coin>,
	/// The metadata, which explains errors.
	metadata: Option<&'a Metadata>,
}

impl Facts<'_> {
	/// Reads what the sentences of these events need, but for the metadata.
	pub async fn of(chain: &Chain, own: Option<AccountId32>, events: &[Event]) -> Self {
		let mut facts = Self { own, ..Default::default() };
		for event in events {
			let Some(id) = stream_of(event) else { continue };
			if let Ok(Some(coin)) = chain.stream_coin(id, Coin::of(&event.fields["currency"])).await {
				facts.streams.insert(id, coin);
			}
		}
		let assets: BTreeSet<u32> = events.iter().flat_map(|event| facts.assets_of(event)).collect();
		for id in assets {
			if let Ok(currency) = chain.currency(Some(id)).await {
				facts.currencies.insert(id, currency);
			}
		}
		facts
	}

	/// A sentence, filled with the fields of an event, or of a call as if it were one; none if a field is missing.
	pub fn filled(&self, sentence: &str, event: &Event) -> Option<String> {
		fill(sentence, &Told { facts: self, event })
	}

	/// The sentence of an event, if it has one.
	fn line(&self, event: &Event) -> Option<String> {
		let path = event.path();
		if is_custody(event) {
			return None;
		}
		match SENTENCES.iter().find(|(known, _)| *known == path) {
			// An event of another runtime is at least named.
			Some((_, sentence)) => Some(self.filled(sentence, event).unwrap_or(path)),
			None => (!SILENT.iter().any(|silent| *silent == path || *silent == event.pallet)).then_some(path),
		}
	}

	/// The currency of an event's amounts; none if it is not known.
	fn coin_of(&self, event: &Event) -> Option<Coin> {
		let fields = &event.fields;
		if let Some(currency) = fields.get("currency").or(fields.get("kind")) {
			return Coin::of(currency);
		}
		match (event.pallet.as_str(), event.name.as_str()) {
			("Assets", _) => read::unsigned(&fields["assetId"]).map(Coin::Asset),
			("Restaking", "AssetAdded" | "AssetChanged") | ("restaking", "addAsset" | "setAsset") => {
				read::unsigned(&fields["id"]).map(Coin::Asset)
			},
			_ => match stream_of(event) {
				Some(stream) => self.streams.get(&stream).copied(),
				None => Some(Coin::Stay),
			},
		}
	}

	/// The assets in whose amounts an event is.
	fn assets_of(&self, event: &Event) -> BTreeSet<u32> {
		let taken = event.fields["taken"].as_array().into_iter().flatten();
		let coins = taken.map(|money| Coin::of(&money["currency"])).chain([self.coin_of(event)]);
		coins.filter_map(|coin| coin?.asset()).collect()
	}

	fn currency(&self, coin: Coin) -> Option<Currency> {
		match coin {
			Coin::Stay => Some(Currency::stay()),
			Coin::Asset(id) => self.currencies.get(&id).cloned(),
		}
	}
}

/// An event whose sentence is filled.
struct Told<'a> {
	facts: &'a Facts<'a>,
	event: &'a Event,
}

impl Record for Told<'_> {
	fn value(&self, path: &str) -> Option<&Value> {
		path.split('.').try_fold(&self.event.fields, |value, name| match name.parse::<usize>() {
			// A field without a name.
			Ok(at) => value.get(at),
			Err(_) => value.get(name),
		})
	}

	fn written(&self, path: &str, format: &str) -> Option<String> {
		self.format(self.value(path)?, format)
	}
}

impl Told<'_> {
	/// A value in one of the formats; none for a value that is none.
	fn format(&self, value: &Value, format: &str) -> Option<String> {
		let currency = || self.facts.coin_of(self.event).and_then(|coin| self.facts.currency(coin));
		let list = |item: &dyn Fn(&Value) -> Option<String>| {
			let items: Option<Vec<_>> = value.as_array()?.iter().map(item).collect();
			items.map(|items| if items.is_empty() { "nothing".into() } else { items.join(" and ") })
		};
		match format {
			"" => shown_alone(value),
			// An amount with its currency, and only the currency's name.
			"money" => Some(shown(read::number(value)?, currency())),
			"symbol" => Some(currency().map_or_else(|| "its currency".into(), |currency| currency.symbol)),
			"sums" => list(&|money| {
				let coin = Coin::of(&money["currency"]);
				Some(shown(read::number(&money["amount"])?, coin.and_then(|coin| self.facts.currency(coin))))
			}),
			// Shares. At the beginning, a share is one unit of the currency.
			"shares" => {
				let decimals = currency().map_or(STAY_DECIMALS, |currency| currency.decimals);
				Some(grouped(read::number(value)?, decimals))
			},
			// Basis points, parts of 10^18 and percent.
			"bps" => Some(BasisPoints(read::number(value)?.try_into().ok()?).to_string()),
			"part" => Some(Part(read::number(value)?.try_into().ok()?).to_string()),
			"percent" => Some(format!("{}%", read::number(value)?)),
			// The fraction of each kind that a slash takes, and the weight of each kind.
			"parts" => list(&|part| {
				let fraction = self.format(&part["fraction"], "part")?;
				Some(format!("{fraction} of {}", shown_alone(&part["kind"])?))
			}),
			"weights" => list(&|weight| {
				let (kind, multiplier) = (shown_alone(&weight["kind"])?, weight["multiplier"].as_u64()?);
				Some(if multiplier == 1 { kind } else { format!("{kind} × {multiplier}") })
			}),
			// A whole address, because the account receives something, and an account other than the reader's.
			"whole" => read::account(value).map(|who| keys::label(&who).unwrap_or_else(|| who.to_string())),
			"other" => {
				read::account(value).filter(|who| self.facts.own.as_ref() != Some(who)).map(|who| short(&who))
			},
			"hold" => value.as_str().map(hold),
			"hash" => value.as_str().map(String::from),
			// The name of a track, and what an account votes.
			"track" => read::unsigned(value)?.try_into().ok().map(name_of),
			"vote" => Ballot::of(value).map(Ballot::text),
			"error" => Some(match self.facts.metadata.map(|metadata| explain::refusal(value, metadata)) {
				Some(refusal) => format!("{} ({})", refusal.meaning.trim_end_matches('.'), refusal.name),
				None => value.as_str()?.into(),
			}),
			"text" => value.as_str().map(String::from),
			// A variant's name, spelled as in the options of the command line.
			"words" => value.as_str().map(ToKebabCase::to_kebab_case),
			format => {
				let (number, noun) = (read::number(value)?, format.strip_prefix("count ")?);
				Some(format!("{} {noun}{}", grouped(number, 0), if number == 1 { "" } else { "s" }))
			},
		}
	}
}

/// A value that needs no format: a number, an account, a set, a kind and other variants.
fn shown_alone(value: &Value) -> Option<String> {
	match value {
		Value::Number(number) => Some(number.to_string()),
		Value::String(text) => Some(read::account(value).map_or_else(|| text.clone(), |who| short(&who))),
		Value::Object(fields) => match (fields.get("avs"), fields.get("index"), fields.iter().next()) {
			(Some(avs), Some(index), _) => Some(format!("{avs}/{index}")),
			(_, _, Some((_, inner))) if read::account(inner).is_some() => shown_alone(inner),
			(_, _, Some((variant, inner))) => Some(format!("{variant}:{}", shown_alone(inner)?)),
			_ => None,
		},
		_ => None,
	}
}

fn shown(units: u128, currency: Option<Currency>) -> String {
	currency.map_or_else(|| format!("{} units", grouped(units, 0)), |currency| currency.show(units))
}

/// The local name of an account, or enough of its address to recognize it.
fn short(who: &AccountId32) -> String {
	keys::label(who).unwrap_or_else(|| {
		let address = who.to_string();
		format!("{}…{}", &address[..6], &address[address.len() - 6..])
	})
}

/// Facts for tests.
#[cfg(test)]
pub mod testing {
	use super::*;

	/// Asset 7 has two decimals.
	pub fn facts() -> Facts<'static> {
		let currencies = BTreeMap::from([(7, Currency { symbol: "USDX".into(), decimals: 2 })]);
		Facts { currencies, ..Default::default() }
	}
}

#[cfg(test)]
mod tests {
	use super::*;
	use crate::{
		scale::{self, camel_case},
		template::{holes, Hole},
	};
	use scale_info::{form::PortableForm, TypeDef, TypeDefPrimitive, Variant};
	use serde_json::json;

	const ALICE: &str = "5GrwvaEF5zXb26Fz9rcQpDWS57CtERHpNehXCPcNoHGKutQY";
	const BOB: &str = "5FHneW46xGXgs5mUiveU4sbTyGBzmstUspZC92UhjJM694ty";
	/// An account without an owner: the bytes 0 to 31.
	const STRANGER: &str = "5C4iA2und8WV6mbvTBYupm2eZwtxk3wCYUM2SFHXSyQuapGp";

	fn metadata() -> Metadata {
		Metadata::decode_from(crate::runtime::METADATA).unwrap()
	}

	fn line_with(facts: &Facts, path: &str, fields: Value) -> Option<String> {
		let (pallet, name) = path.split_once('.').unwrap();
		facts.line(&Event { pallet: pallet.into(), name: name.into(), fields })
	}

	/// The sentence for Bob. Asset 7 has two decimals, and stream 70 pays in it.
	fn line(path: &str, fields: Value) -> Option<String> {
		let metadata = metadata();
		let streams = BTreeMap::from([(70, Coin::Asset(7)), (71, Coin::Stay)]);
		let facts = Facts { own: BOB.parse().ok(), streams, metadata: Some(&metadata), ..testing::facts() };
		line_with(&facts, path, fields)
	}

	fn says(path: &str, fields: Value, sentence: &str) {
		assert_eq!(line(path, fields).as_deref(), Some(sentence));
	}

	fn events(metadata: &Metadata) -> Vec<(String, &Variant<PortableForm>)> {
		let mut events = vec![];
		for pallet in metadata.pallets() {
			let of = pallet.event_variants().into_iter().flatten();
			events.extend(of.map(|event| (format!("{}.{}", pallet.name(), event.name), event)));
		}
		events
	}

	/// The type of a value, or the inner type of an option, and whether it is an option.
	fn bare(mut id: u32, metadata: &Metadata) -> (u32, bool) {
		let mut is_option = false;
		loop {
			let ty = metadata.types().resolve(id).unwrap();
			match ty.path.segments.last().map(String::as_str) {
				Some("Option") => {
					is_option = true;
					id = ty.type_params[0].ty.unwrap().id;
				},
				_ => return (id, is_option),
			}
		}
	}

	/// The type of the value at a path, and whether it can be none.
	fn resolved(event: &Variant<PortableForm>, path: &str, metadata: &Metadata) -> Option<(u32, bool)> {
		let of = |fields: &[scale_info::Field<PortableForm>], name: &str| {
			let named = |field: &&scale_info::Field<PortableForm>| {
				field.name.as_ref().is_some_and(|known| camel_case(known) == name)
			};
			let at = || fields.get(name.parse::<usize>().ok()?).filter(|field| field.name.is_none());
			fields.iter().find(named).or_else(at).map(|field| field.ty.id)
		};
		let mut names = path.split('.');
		let mut found = bare(of(&event.fields, names.next()?)?, metadata);
		while let Some(name) = names.next() {
			found = match &metadata.types().resolve(found.0)?.type_def {
				TypeDef::Composite(composite) => {
					let (id, is_option) = bare(of(&composite.fields, name)?, metadata);
					(id, is_option || found.1)
				},
				// If the value has another variant than this one, it is none.
				TypeDef::Variant(variants) => {
					let mut variants = variants.variants.iter();
					let variant = variants.find(|variant| camel_case(&variant.name) == name)?;
					match (variant.fields.as_slice(), names.next()) {
						([field], None) if field.name.is_none() => (bare(field.ty.id, metadata).0, true),
						(fields, Some(name)) => (bare(of(fields, name)?, metadata).0, true),
						_ => return None,
					}
				},
				_ => return None,
			};
		}
		Some(found)
	}

	/// Whether a value of this type can have this format.
	fn suits(id: u32, format: &str, metadata: &Metadata) -> bool {
		use TypeDefPrimitive::{U128, U16, U32, U64};
		let ty = metadata.types().resolve(id).unwrap();
		let name = ty.path.segments.last().map_or("", String::as_str);
		let is = |primitive: TypeDefPrimitive| ty.type_def == TypeDef::Primitive(primitive);
		match format {
			"money" | "shares" => is(U128),
			"part" => is(U64),
			"bps" => is(U16),
			"percent" => is(U32),
			"whole" | "other" => name == "AccountId32",
			"error" => name == "DispatchError",
			"hold" => name == "RuntimeHoldReason",
			"symbol" => name == "NativeOrWithId",
			"sums" | "parts" | "weights" => name == "BoundedVec",
			"text" => name == "BoundedVec",
			"words" => name == "ProxyType",
			"hash" => name == "H256",
			"track" => is(U16),
			"vote" => name == "AccountVote",
			// Amounts and fractions always need a format.
			"" => is(U32) || ["AccountId32", "OperatorSetId", "PoolKind", "Resolver"].contains(&name),
			format => format.starts_with("count ") && is(U32),
		}
	}

	#[test]
	fn every_event_has_one_sentence_or_none() {
		let metadata = metadata();
		let events = events(&metadata);
		for pallet in [
			"OperatorDelegation",
			"Staking",
			"AvsRegistry",
			"Restaking",
			"Slashing",
			"Rewards",
			"ChainTreasury",
			"Balances",
			"TransactionPayment",
			"Session",
			"Utility",
			"Proxy",
			"Multisig",
			"System",
			"Referenda",
			"ConvictionVoting",
			"TechnicalCommittee",
			"Whitelist",
			"StakeVoting",
			"Preimage",
		] {
			for (path, _) in events.iter().filter(|(path, _)| path.split('.').next() == Some(pallet)) {
				let sentences = SENTENCES.iter().filter(|(known, _)| known == path).count();
				let silent = SILENT.iter().filter(|silent| *silent == path).count();
				let silent_pallet = usize::from(SILENT.contains(&pallet) && sentences == 0);
				assert_eq!(sentences + silent + silent_pallet, 1, "{path}");
			}
		}
		for known in SENTENCES.iter().map(|(path, _)| path).chain(SILENT) {
			let is = |path: &str| path == *known || path.split('.').next() == Some(known);
			assert!(events.iter().any(|(path, _)| is(path)), "no event {known}");
		}
	}

	#[test]
	fn sentences_name_what_their_events_have() {
		let metadata = metadata();
		for (path, event) in events(&metadata) {
			let Some((_, sentence)) = SENTENCES.iter().find(|(known, _)| *known == path) else { continue };
			assert_eq!(sentence.matches(['{', '[']).count(), sentence.matches(['}', ']']).count(), "{path}");
			for (hole, in_brackets) in holes(sentence) {
				let Hole { path: field, format, cases } = hole;
				let (id, can_be_none) =
					resolved(event, field, &metadata).unwrap_or_else(|| panic!("{path} has no {field}"));
				let Some(cases) = cases else {
					assert!(suits(id, format, &metadata), "{path}: {field} is not written as '{format}'");
					assert!(
						in_brackets || !(can_be_none || format == "other"),
						"{path}: {field} can be none"
					);
					continue;
				};
				let cases: Vec<_> = cases.split('|').map(|case| case.split_once('=').unwrap().0).collect();
				let variants: Vec<_> = match &metadata.types().resolve(id).unwrap().type_def {
					TypeDef::Variant(variants) => {
						variants.variants.iter().map(|variant| camel_case(&variant.name)).collect()
					},
					TypeDef::Primitive(TypeDefPrimitive::Bool) => vec!["true".into(), "false".into()],
					_ => vec!["anything".into()],
				};
				for variant in &variants {
					assert!(
						cases.contains(&variant.as_str()) || cases.contains(&"*"),
						"{path}: {field} can be {variant}"
					);
				}
				for case in &cases {
					let known =
						variants.iter().any(|variant| variant == case) || ["*", "null", "0"].contains(case);
					assert!(known, "{path}: {field} is never {case}");
				}
			}
		}
	}

	#[test]
	fn every_hold_has_its_reason() {
		let metadata = metadata();
		let reasons = metadata
			.types()
			.types
			.iter()
			.find(|ty| ty.ty.path.segments.last().is_some_and(|name| name == "RuntimeHoldReason"));
		let TypeDef::Variant(pallets) = &reasons.unwrap().ty.type_def else { panic!("no variants") };
		let mut count = 0;
		for pallet in &pallets.variants {
			let TypeDef::Variant(reasons) =
				&metadata.types().resolve(pallet.fields[0].ty.id).unwrap().type_def
			else {
				panic!("no variants")
			};
			for reason in &reasons.variants {
				count += 1;
				assert!(
					HOLDS.iter().any(|(name, _)| *name == format!("{}.{}", pallet.name, reason.name)),
					"{}",
					pallet.name
				);
			}
		}
		assert_eq!(count, HOLDS.len());
	}

	/// The account of a pallet.
	fn pot(id: &[u8; 8]) -> AccountId32 {
		let mut account = [0; 32];
		account[..12].copy_from_slice(&[b"modl".as_slice(), id].concat());
		AccountId32(account)
	}

	#[test]
	fn custody_is_where_the_chain_says() {
		let ids = [b"may/cust", b"may/rewd", b"may/trsy"];
		let pallets = [CUSTODY[0], CUSTODY[1], TREASURY];
		for (at, pallet) in pallets.iter().enumerate() {
			for (of, id) in ids.iter().enumerate() {
				assert_eq!(is_account_of(pallet, &pot(id)), at == of, "{pallet}");
			}
			assert!(!is_account_of(pallet, &BOB.parse().unwrap()));
		}
		assert!(!is_account_of("Balances", &pot(ids[0])));
	}

	#[test]
	fn deposits_and_exits_are_told() {
		let deposited = |who: &str, kind: Value| json!({ "who": who, "operator": ALICE, "kind": kind, "amount": "100000000000000", "shares": "99500000000000" });
		let path = "OperatorDelegation.Deposited";
		says(
			path,
			deposited(BOB, json!("native")),
			"100 STAY enter the native pool of //Alice, for 99.5 shares",
		);
		says(
			path,
			deposited(ALICE, json!("stake")),
			"100 STAY enter the stake pool of //Alice, for 99.5 shares of //Alice",
		);
		says(
			path,
			deposited(STRANGER, json!({ "asset": 7 })),
			"1,000,000,000,000 USDX enter the asset:7 pool of //Alice, for 995,000,000,000 shares of 5C4iA2…QuapGp",
		);
		let exit = json!({
			"who": BOB, "operator": ALICE, "kind": "stake", "shares": "5", "amount": "2500000000000", "queued": 3, "matures": 7,
		});
		says(
			"OperatorDelegation.ExitQueued",
			exit,
			"2.5 STAY leave the stake pool of //Alice, to be claimed from era 7 on, less what slashes for era 3 or earlier \
			 take until then",
		);
	}

	#[test]
	fn terms_are_told() {
		let set = json!({ "avs": 0, "index": 1 });
		let condition = |resolver: Value| {
			let terms = json!({ "maxFraction": "250000000000000000", "vetoWindow": 1, "resolver": resolver });
			json!({ "set": set, "id": 2, "terms": terms, "since": 9 })
		};
		let path = "AvsRegistry.ConditionAdded";
		let sentence = "set 0/1 has condition 2, for eras from 9 on: up to 25% with one slash, after 1 era";
		says(path, condition(Value::Null), sentence);
		says(path, condition(json!("governance")), &format!("{sentence} in which governance may veto"));
		says(path, condition(json!({ "account": ALICE })), &format!("{sentence} in which //Alice may veto"));

		let kinds =
			json!([{ "kind": "native", "multiplier": 1 }, { "kind": { "asset": 7 }, "multiplier": 3 }]);
		says(
			"AvsRegistry.KindsSet",
			json!({ "set": set, "kinds": kinds, "effective": 5 }),
			"set 0/1 accepts native and asset:7 × 3, from era 5 on; kinds that it no longer accepts are dropped at once",
		);
		let path = "AvsRegistry.OwnershipOffered";
		says(
			path,
			json!({ "avs": 3, "nextOwner": STRANGER }),
			&format!("service 3 is offered to {STRANGER}"),
		);
		says(path, json!({ "avs": 3, "nextOwner": null }), "service 3 is no longer offered to anyone");
		let path = "Rewards.PayoutAccountSet";
		says(path, json!({ "who": BOB, "to": ALICE }), "rewards go to //Alice");
		says(path, json!({ "who": ALICE, "to": null }), "rewards of //Alice go to the account itself");
		says(
			"OperatorDelegation.CommissionSet",
			json!({ "operator": BOB, "old": 500, "new": 275, "effective": 4 }),
			"the commission of //Bob changes from 5% to 2.75%, from era 4 on",
		);
	}

	#[test]
	fn slashes_are_told() {
		let reported =
			|lane: Value| json!({ "id": 4, "operator": ALICE, "lane": lane, "capture": 8, "due": 10 });
		let path = "Slashing.SlashReported";
		says(
			path,
			reported(json!({ "consensus": { "fraction": "100000000000000000" } })),
			"slash 4 of //Alice will be executed in era 10, for era 8: 10% of its native stake, for a consensus offence",
		);
		let part =
			|kind: Value, fraction: &str| json!({ "kind": kind, "fraction": fraction, "magnitude": "1" });
		let parts = json!([
			part(json!("native"), "500000000000000000"),
			part(json!({ "asset": 7 }), "1000000000000000000")
		]);
		let lane = json!({ "set": { "avs": 0, "index": 1 }, "condition": 2, "resolver": { "account": BOB }, "parts": parts });
		says(
			path,
			reported(json!({ "attested": lane })),
			"slash 4 of //Alice will be executed in era 10, for era 8: set 0/1 takes 50% of native and 100% of asset:7, of \
			 what is allocated to it, for its condition 2; //Bob may veto it",
		);
		let path = "Slashing.SlashExecuted";
		let money = |currency: Value, amount: &str| json!({ "currency": currency, "amount": amount });
		let asset = |id: u32| json!({ "asset": id });
		let taken = [money(json!("native"), "1000000000000"), money(asset(7), "150"), money(asset(8), "9")];
		says(
			path,
			json!({ "id": 4, "operator": ALICE, "taken": taken }),
			"slash 4 of //Alice takes 1 STAY and 1.5 USDX and 9 units in all",
		);
		says(
			path,
			json!({ "id": 4, "operator": ALICE, "taken": [] }),
			"slash 4 of //Alice takes nothing in all",
		);
		let path = "Slashing.PaidOut";
		let paid = |destination: Value| json!({ "id": 4, "currency": "native", "payout": { "amount": "1000000000000", "destination": destination } });
		says(path, paid(json!("burn")), "1 STAY of slash 4 are burnt");
		says(path, paid(json!({ "account": STRANGER })), &format!("1 STAY of slash 4 go to {STRANGER}"));
		says(
			"Slashing.PayoutFailed",
			json!({ "id": 4, "currency": { "asset": 7 }, "error": "Token.Blocked" }),
			"what slash 4 took in USDX could not be paid out: The account cannot receive this asset: its issuer blocked it \
			 (Token.Blocked)",
		);
		// Text that other accounts chose is not shown as an account or a number.
		for reason in [ALICE, "123"] {
			says(
				"Slashing.SlashVetoed",
				json!({ "id": 4, "operator": ALICE, "reason": reason }),
				&format!("slash 4 of //Alice is vetoed: {reason}"),
			);
		}
	}

	#[test]
	fn streams_are_in_their_own_currency() {
		let path = "Rewards.StreamToppedUp";
		says(
			path,
			json!({ "id": 70, "amount": "150", "from": ALICE }),
			"stream 70 gets 1.5 USDX from //Alice",
		);
		says(path, json!({ "id": 71, "amount": "1500000000000", "from": BOB }), "stream 71 gets 1.5 STAY");
		says(path, json!({ "id": 72, "amount": "150", "from": BOB }), "stream 72 gets 150 units");
		says(
			"Rewards.StreamPaid",
			json!({ "id": 71, "set": { "avs": 2, "index": 0 }, "era": 9, "amount": "1" }),
			"stream 71 pays set 2/0 0.000000000001 STAY, for era 9",
		);
	}

	#[test]
	fn custody_and_fees_are_not_told() {
		let pot = |id| pot(id).to_string();
		let custody = [b"may/cust", b"may/rewd"];
		let transfer = |from: &str, to: &str| json!({ "from": from, "to": to, "amount": "1000000000000" });
		let path = "Balances.Transfer";
		says(path, transfer(BOB, STRANGER), &format!("1 STAY go from //Bob to {STRANGER}"));
		for id in custody {
			assert_eq!(line(path, transfer(BOB, &pot(id))), None);
			assert_eq!(line(path, transfer(&pot(id), BOB)), None);
		}
		assert_eq!(line(path, transfer(&pot(b"may/trsy"), BOB)), None);
		assert!(line(path, transfer(BOB, &pot(b"may/trsy"))).is_some());
		let transfer = json!({ "assetId": 7, "from": BOB, "to": pot(custody[0]), "amount": "150" });
		assert_eq!(line("Assets.Transferred", transfer), None);
		let transfer = json!({ "assetId": 7, "from": BOB, "to": ALICE, "amount": "150" });
		says("Assets.Transferred", transfer, "1.5 USDX go from //Bob to //Alice");

		let held = json!({ "reason": "Session.Keys", "who": BOB, "amount": "100000000000" });
		says("Balances.Held", held, "0.1 STAY are held for session keys");
		let fee = json!({ "who": BOB, "actualFee": "1", "tip": "0" });
		assert_eq!(line("TransactionPayment.TransactionFeePaid", fee), None);
		assert_eq!(line("Balances.Withdraw", json!({ "who": BOB, "amount": "1" })), None);
		assert_eq!(line("Utility.BatchCompleted", Value::Null), None);
	}

	#[test]
	fn what_is_not_known_is_named() {
		says("Council.Voted", json!({ "who": BOB }), "Council.Voted");
		says("OperatorDelegation.Deposited", json!({ "who": BOB }), "OperatorDelegation.Deposited");
		says("OperatorDelegation.Deposited", Value::Null, "OperatorDelegation.Deposited");
	}

	#[test]
	fn what_the_chain_encodes_is_told() {
		use subxt::ext::codec::Encode;
		let metadata = metadata();
		let alice: AccountId32 = ALICE.parse().unwrap();
		let bob: AccountId32 = BOB.parse().unwrap();
		let index = |pallet: &str, event: &str| {
			let pallet = metadata.pallet_by_name(pallet).unwrap();
			let event = pallet.event_variants().unwrap().iter().find(|known| known.name == event).unwrap();
			(pallet.event_index(), event.index)
		};
		let encoded =
			(index("OperatorDelegation", "Claimed"), bob.0, alice.0, 1u8, 3u32, 2_000_000_000_000u128)
				.encode();
		let json = scale::decode(&encoded, metadata.outer_enums().event_enum_ty(), &metadata).unwrap();
		let event = Event::of(&json).unwrap();
		assert_eq!(
			Facts::default().line(&event).unwrap(),
			"2 STAY that left the native pool of //Alice in era 3 are paid to //Bob"
		);
	}
}
