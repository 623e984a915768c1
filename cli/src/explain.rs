//! Explains why the chain refused a call, from the pallets' own documentation, which is in the chain's metadata.

use serde_json::{json, Value};
use std::fmt;
use subxt::metadata::Metadata;

/// A refused call.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Refusal {
	/// The error's name, `Pallet.Error` or the chain's own.
	pub name: String,
	/// What it means.
	pub meaning: String,
	/// What to do, if anything can be done.
	pub remedy: Option<String>,
	/// The number of the call in a batch, counted from 0.
	pub item: Option<u32>,
}

impl Refusal {
	/// For programs.
	pub fn json(&self) -> Value {
		json!({ "name": self.name, "meaning": self.meaning, "remedy": self.remedy, "item": self.item })
	}
}

impl fmt::Display for Refusal {
	fn fmt(&self, f: &mut fmt::Formatter) -> fmt::Result {
		if let Some(item) = self.item {
			write!(f, "of the batch, the call with number {item}, counted from 0: ")?;
		}
		write!(f, "{} ({})", self.meaning, self.name)?;
		match &self.remedy {
			Some(remedy) => write!(f, "\n\n{remedy}"),
			None => Ok(()),
		}
	}
}

const LEAVE_DEPOSIT: &str = "Leave the existential deposit, 0.001 STAY, in it.";
const LESS: &str = "Look at `mainstay-cli show account`; send less, or more to it first.";
const REPORT: &str = "Do not try again; please report it.";
const SIGNATORIES: &str = "Name the other signatories only, each once, sorted by their public keys.";
const TIMEPOINT: &str =
	"Give the command again: with `--multisig` it finds the transaction that began the call. In a call of your own, name \
	 that transaction by its block and index, and none to begin a call.";

/// The meaning of errors, and what to do about them. Errors of our own pallets have that in their documentation; they
/// are listed here only if the remedy in this program differs. A kind alone, or a pallet, stands for all its errors
/// that are not listed.
#[rustfmt::skip]
const ERRORS: &[(&str, &str, &str)] = &[
	("Other", "The chain gives no reason.", "If it should work, please report it."),
	("CannotLookup", "The chain does not know this address.", "Name the account by its address, 5…"),
	("BadOrigin", "The account may not make this call.", "Sign with the account that may: the owner, the operator, or governance."),
	("ConsumerRemaining", "The account cannot be removed: something still needs it.", LEAVE_DEPOSIT),
	("NoProviders", "The account does not exist, and this alone cannot create it.", "Send it 0.001 STAY first."),
	("TooManyConsumers", "No more can depend on the account than does already.", "Use another account, or first end what this one has: an asset, a deposit."),
	("Exhausted", "This is more than the chain can do at once.", "Do it in parts."),
	("Corruption", "The state of the chain is damaged.", REPORT),
	("Unavailable", "Something that this needs is not available now.", "Try again later."),
	("RootNotAllowed", "Root may not make this call.", "Send it from an account."),
	("Trie", "A proof is wrong.", REPORT),

	("Token.FundsUnavailable", "The account lacks the funds.", LESS),
	("Token.OnlyProvider", "Nothing would be left that keeps the account alive.", LEAVE_DEPOSIT),
	("Token.BelowMinimum", "The amount is too small to keep an account with.", "Send at least the existential deposit, 0.001 STAY, or the minimum balance of the asset."),
	("Token.CannotCreate", "The account that would receive does not exist, and this alone cannot create it.", "Send it 0.001 STAY first."),
	("Token.UnknownAsset", "There is no such asset.", "Look up its id: `mainstay-cli show assets`."),
	("Token.Frozen", "The funds are there, but frozen.", "Ask the issuer of the asset, or wait until the lock ends."),
	("Token.Unsupported", "The asset does not allow this.", "Ask the issuer of the asset."),
	("Token.CannotCreateHold", "The account cannot exist with a held balance alone.", "Send it 0.001 STAY first."),
	("Token.NotExpendable", "This would remove the account, and something still needs it.", LEAVE_DEPOSIT),
	("Token.Blocked", "The account cannot receive this asset: its issuer blocked it.", "Choose another account, or ask the issuer."),

	("Arithmetic.Underflow", "More would be taken than there is.", LESS),
	("Arithmetic.Overflow", "A number would become larger than it can be.", "Try a smaller amount."),
	("Arithmetic.DivisionByZero", "The chain would divide by 0.", REPORT),

	("Transactional.LimitReached", "Too many calls are wrapped in one another.", "Send them one by one."),
	("Transactional.NoLayer", "The chain lost track of what it would undo.", REPORT),

	("System.CallFiltered", "The chain does not accept this call, or not from a proxy of this type.", "Use a proxy whose type covers it, or sign with the account itself."),

	("System.InvalidSpecName", "The code is that of another chain.", "Use the code of this chain's next runtime."),
	("System.SpecVersionNeedsToIncrease", "The version of the code is not higher than that of the running one.", "Use the code of the chain's next runtime."),
	("System.FailedToExtractRuntimeVersion", "The code does not say its version.", "Use a code that the node's build made."),
	("System.NothingAuthorized", "No upgrade is authorized.", "First propose one: `mainstay-cli governance propose upgrade`."),
	("System.Unauthorized", "The code has another hash than the authorized one.", "Use the code that was authorized."),

	("Balances.VestingBalance", "The funds are still vesting.", "Look at `mainstay-cli show account` for what can be spent."),
	("Balances.LiquidityRestrictions", "The funds are locked or held.", "Look at `mainstay-cli show account` for what can be spent."),
	("Balances.InsufficientBalance", "The account lacks the funds.", LESS),
	("Balances.ExistentialDeposit", "The amount is too small to make an account with.", "Send at least the existential deposit, 0.001 STAY."),
	("Balances.Expendability", "The account would be left with less than the existential deposit.", LEAVE_DEPOSIT),
	("Balances.ExistingVestingSchedule", "Funds of this account are vesting already.", "Wait until they have vested."),
	("Balances.DeadAccount", "The account that would receive does not exist.", "Send it 0.001 STAY first."),
	("Balances.TooManyReserves", "The account has as many reserves as it may have.", "First end one: a proxy, a multisig call, an asset."),
	("Balances.TooManyHolds", "The account has as many holds as it may have.", "First end one: a service, a stream, an appeal."),
	("Balances.TooManyFreezes", "The account has as many freezes as it may have.", "First end one of them."),
	("Balances.IssuanceDeactivated", "The issuance is deactivated already.", "Do nothing."),
	("Balances.DeltaZero", "The change is 0.", "Give an amount above 0."),

	("Session.InvalidProof", "The session keys are not proven, or were proven for another account.", "Make them for this account: `mainstay-cli validator rotate --from` the operator."),
	("Session.NoAssociatedValidatorId", "No validator belongs to the account.", "Run `mainstay-cli validator join`."),
	("Session.DuplicatedKey", "Another account uses one of these session keys.", "Make new ones: `mainstay-cli validator rotate`."),
	("Session.NoKeys", "The account has no session keys.", "Run `mainstay-cli validator rotate`."),
	("Session.NoAccount", "The account does not exist on the chain.", "Send it some STAY first."),

	("Assets.BalanceLow", "The account has less of the asset than that.", LESS),
	("Assets.NoAccount", "The account has none of the asset.", "Look up its id: `mainstay-cli show assets`."),
	("Assets.NoPermission", "The account may not do this with the asset.", "Ask the owner, the issuer or the admin of the asset."),
	("Assets.Unknown", "There is no such asset.", "Look up its id: `mainstay-cli show assets`."),
	("Assets.Frozen", "The account, or the asset, is frozen.", "Ask the issuer of the asset."),
	("Assets.MinBalanceZero", "The minimum balance is 0.", "Give one above 0."),
	("Assets.UnavailableConsumer", "The account that would receive does not exist, or holds as many assets as it may hold.", "Send it 0.001 STAY first."),
	("Assets.Unapproved", "The owner did not approve this transfer.", "Ask the owner to approve it with `assets.approveTransfer`."),
	("Assets.WouldDie", "The account would be left with less than the asset's minimum balance.", "Leave that much, or send everything."),
	("Assets.AssetNotLive", "The asset is being destroyed, or is frozen.", "Ask the owner of the asset."),
	("Assets.InUse", "There is an asset with this id already.", "Choose another id."),

	("Utility.TooManyCalls", "There are too many calls in one transaction.", "Do it in parts."),

	("Proxy.TooMany", "The account has as many proxies, or announcements, as it may have.", "First remove one with `proxy.removeProxy`."),
	("Proxy.NotFound", "There is no such proxy, or announcement.", "Give the account, the type and the delay as they were registered."),
	("Proxy.NotProxy", "The account is not a proxy of the other one, or not for calls like this.", "Let the other account add it with `mainstay-cli proxy add` and a type that covers the call."),
	("Proxy.Unproxyable", "The type of the proxy does not cover this call.", "Let the other account add a proxy of a type that does, with `mainstay-cli proxy add`."),
	("Proxy.Duplicate", "The account is such a proxy already.", "Do nothing."),
	("Proxy.NoPermission", "A proxy may not do this: it would give itself more rights.", "Sign with the account itself."),
	("Proxy.Unannounced", "The proxy has a delay, and announced the call too recently or not at all.", "Announce it with `proxy.announce`, wait for the delay, then send `proxy.proxyAnnounced`."),
	("Proxy.NoSelfProxy", "An account cannot be a proxy of itself.", "Name another account."),

	("Multisig.MinimumThreshold", "The threshold is below 2.", "Give a threshold of 2 or more; one signature needs no multisig."),
	("Multisig.AlreadyApproved", "The account approved this call already.", "Wait for the others."),
	("Multisig.NoApprovalsNeeded", "The call has all approvals that it needs.", "Send it once more with `multisig.asMulti`, with the call itself."),
	("Multisig.TooFewSignatories", "There are too few signatories.", SIGNATORIES),
	("Multisig.TooManySignatories", "There are too many signatories.", SIGNATORIES),
	("Multisig.SignatoriesOutOfOrder", "The signatories are not in order.", SIGNATORIES),
	("Multisig.SenderInSignatories", "The sender is among the other signatories.", SIGNATORIES),
	("Multisig.NotFound", "No such call waits for approvals.", "Give the same call, threshold and signatories as whoever began it: `mainstay-cli multisig pending` lists what waits."),
	("Multisig.NotOwner", "Only the account that began the call may do this.", "Ask that account."),
	("Multisig.NoTimepoint", "The call was begun already, and when that was is not given.", TIMEPOINT),
	("Multisig.WrongTimepoint", "The call was begun in another transaction than the one given.", TIMEPOINT),
	("Multisig.UnexpectedTimepoint", "The call was not begun yet, but a time is given.", TIMEPOINT),
	("Multisig.MaxWeightTooLow", "The call weighs more than the largest weight that is given.", "Give a higher `maxWeight`."),
	("Multisig.AlreadyStored", "The call is stored already.", "Do nothing."),

	("OperatorDelegation.TooFewShares", "The deposit would buy fewer shares than the given minimum: the price rose meanwhile.", "Try again, or with a higher `--tolerance`."),
	("OperatorDelegation.InsufficientShares", "The position is smaller than that, or there is none.", "Look at `mainstay-cli show positions`, and exit at most what is there, or `all`. A slash that took all of a pool leaves no position."),
	("OperatorDelegation.NotOperator", "The account is not an operator.", "Look at `mainstay-cli show operators`, or become one with `mainstay-cli operator register`."),
	("AvsRegistry.UnknownSet", "There is no such operator set.", "Look at `mainstay-cli show services` and `mainstay-cli show service` for the sets there are."),
	("Restaking.UnknownSet", "There is no such operator set.", "Look at `mainstay-cli show services` and `mainstay-cli show service` for the sets there are."),
	("Rewards.UnknownSet", "There is no such operator set.", "Look at `mainstay-cli show services` and `mainstay-cli show service` for the sets there are."),
	("Slashing.UnknownSet", "There is no such operator set.", "Look at `mainstay-cli show services` and `mainstay-cli show service` for the sets there are."),
	("Staking.NoSessionKeys", "The account has no session keys, with which its node signs blocks.", "Run `mainstay-cli validator join`: it makes them on your node, and sets them."),
	("AvsRegistry.BadFraction", "The largest fraction of a condition is 0, or more than the whole.", "Give a part above 0%, up to 100%."),
	("Slashing.BadFraction", "A fraction of the slash is 0, or more than the whole.", "Give a part above 0%, up to 100%."),

	("Referenda.NotOngoing", "The referendum is over, or there is none of this number.", "Look at `mainstay-cli governance list`."),
	("Referenda.HasDeposit", "The decision deposit is placed already.", "Do nothing."),
	("Referenda.BadTrack", "There is no such track.", "Look at `mainstay-cli governance tracks`."),
	("Referenda.Full", "As many referenda wait on the track as may wait there.", "Wait until one of them is decided: `mainstay-cli governance list`."),
	("Referenda.QueueEmpty", "No referendum waits on the track.", "Do nothing."),
	("Referenda.BadReferendum", "There is no referendum of this number.", "Look at `mainstay-cli governance list`."),
	("Referenda.NothingToDo", "There is nothing to do for the referendum.", "Do nothing."),
	("Referenda.NoTrack", "No track makes calls with this origin.", "Look at `mainstay-cli governance tracks`."),
	("Referenda.Unfinished", "The deposit stays until the referendum is over.", "Look at `mainstay-cli governance show`, and wait."),
	("Referenda.NoPermission", "The referendum is another account's.", "If `mainstay-cli governance propose --deposit` met this, another referendum came first and nothing was done: give the command again."),
	("Referenda.NoDeposit", "There is no deposit to release.", "Look at `mainstay-cli governance show`."),
	("Referenda.BadStatus", "The deposit of a submission is released only if the referendum was approved or cancelled.", "Do nothing: it stays."),
	("Referenda.PreimageNotExist", "The text is not stored.", "First store it with `preimage.notePreimage`."),
	("Referenda.PreimageStoredWithDifferentLength", "The call is stored, but it has another length than the one given.", "Give the length of the stored call."),

	("ConvictionVoting.NotOngoing", "The referendum is over, or there is none of this number.", "Look at `mainstay-cli governance list`."),
	("ConvictionVoting.NotVoter", "The account has no vote in the referendum.", "Look at `mainstay-cli governance votes`."),
	("ConvictionVoting.NoPermission", "Only the account itself may remove its vote while the referendum goes on.", "Wait until the referendum is over."),
	("ConvictionVoting.NoPermissionYet", "The vote still locks, so only the account itself may remove it.", "Wait until the lock is over: `mainstay-cli governance votes`."),
	("ConvictionVoting.AlreadyDelegating", "The account delegates its votes on this track.", "First end that with `mainstay-cli governance undelegate`."),
	("ConvictionVoting.AlreadyVoting", "The account has votes on this track, and can delegate only without.", "First remove them with `mainstay-cli governance remove-vote`."),
	("ConvictionVoting.InsufficientFunds", "The account can vote with less than that: with the STAY that it has free and with operators.", "Look at `mainstay-cli governance votes`, and vote with less."),
	("ConvictionVoting.NotDelegating", "The account does not delegate its votes on this track.", "Look at `mainstay-cli governance votes`."),
	("ConvictionVoting.Nonsense", "An account cannot delegate to itself.", "Name another account."),
	("ConvictionVoting.MaxVotesReached", "The account has as many votes on this track as it may have.", "Remove those that are over with `mainstay-cli governance unlock`."),
	("ConvictionVoting.ClassNeeded", "The referendum is over, and its track is not given.", "Use `mainstay-cli governance remove-vote`, which finds the track."),
	("ConvictionVoting.BadClass", "There is no such track.", "Look at `mainstay-cli governance tracks`."),

	("TechnicalCommittee.NotMember", "The account is not a member of the committee.", "Sign as a member: `mainstay-cli governance committee members`."),
	("TechnicalCommittee.DuplicateProposal", "The committee has this motion already.", "Vote on it: `mainstay-cli governance committee list`."),
	("TechnicalCommittee.ProposalMissing", "There is no such motion.", "Look at `mainstay-cli governance committee list`."),
	("TechnicalCommittee.WrongIndex", "The motion of this hash has another number.", "Look at `mainstay-cli governance committee list`."),
	("TechnicalCommittee.DuplicateVote", "The member voted like this already.", "Do nothing."),
	("TechnicalCommittee.AlreadyInitialized", "The committee has its members already.", "Do nothing."),
	("TechnicalCommittee.TooEarly", "The motion has too few votes to be closed before its end.", "Wait for more votes, or for the end: `mainstay-cli governance committee list`."),
	("TechnicalCommittee.TooManyProposals", "The committee has as many motions as it may have.", "First close one with `mainstay-cli governance committee close`."),
	("TechnicalCommittee.WrongProposalWeight", "The motion's call weighs more than the bound that is given.", "Use `mainstay-cli governance committee close`, which asks the chain for the weight."),
	("TechnicalCommittee.WrongProposalLength", "The motion's call is longer than the bound that is given.", "Use `mainstay-cli governance committee close`, which gives the length."),
	("TechnicalCommittee.PrimeAccountNotMember", "The prime member is not among the members.", "Name one of the members."),
	("TechnicalCommittee.ProposalActive", "The motion is still open.", "Wait until it is closed."),

	("Whitelist.UnavailablePreImage", "The call is not stored.", "First store it with `preimage.notePreimage`."),
	("Whitelist.UndecodableCall", "What is stored is no call of this chain.", "Store one that is."),
	("Whitelist.InvalidCallWeightWitness", "The call weighs more than the bound that is given.", "Give a higher bound."),
	("Whitelist.CallIsNotWhitelisted", "The committee has not whitelisted the call.", "Look at `mainstay-cli governance committee list`."),
	("Whitelist.CallAlreadyWhitelisted", "The call is whitelisted already.", "Do nothing."),
	("Whitelist.DeferredDispatchNotFound", "No referendum has approved the call, or its time is over.", "First propose it on the track of whitelisted calls: `mainstay-cli governance propose call --track`."),
	("Whitelist.DeferredDispatchNotExpired", "The committee may still whitelist the call.", "Wait until its time is over."),
	("Whitelist.AlreadyDeferred", "The call waits for the committee already.", "Ask the committee to whitelist it."),
	("Whitelist.DeferredDispatchExpired", "The committee did not whitelist the call in time.", "Propose it again."),

	("Preimage.TooBig", "A preimage has at most 4 MiB.", "Use a shorter call."),
	("Preimage.AlreadyNoted", "The preimage is stored already.", "Do nothing."),
	("Preimage.NotAuthorized", "Another account stored the preimage.", "Ask that account."),
	("Preimage.NotNoted", "The preimage is not stored.", "Do nothing."),
	("Preimage.Requested", "Something needs the preimage: a referendum, or the scheduler.", "Wait until that is over."),
	("Preimage.NotRequested", "Nothing needs the preimage.", "Do nothing."),
	("Preimage.TooMany", "There are too many hashes in one call.", "Do it in parts."),
	("Preimage.TooFew", "There is no hash in the call.", "Name one."),

	("Sudo.RequireSudo", "Only the account that governs this chain may do this.", "Sign with that account."),
];

/// The commands of this program for the calls that the pallets' documentation names.
#[rustfmt::skip]
const COMMANDS: &[(&str, &str)] = &[
	("operatorDelegation.register", "operator register"),
	("operatorDelegation.setCommission", "operator terms --commission"),
	("operatorDelegation.setMetadata", "operator terms --name"),
	("operatorDelegation.retire", "operator retire"),
	("operatorDelegation.stake", "stake"),
	("operatorDelegation.exit", "exit"),
	("operatorDelegation.claim", "claim"),
	("operatorDelegation.setPolicy", "operator terms --deposits"),
	("operatorDelegation.allow", "operator terms --allow"),
	("operatorDelegation.disallow", "operator terms --disallow"),
	("operatorDelegation.setPromise", "operator terms --max-commission"),
	("staking.validate", "validator join"),
	("staking.chill", "validator leave"),
	("session.setKeys", "validator rotate"),
	("session.purgeKeys", "validator purge-keys"),
	("avsRegistry.register", "avs register"),
	("avsRegistry.setMetadata", "avs rename"),
	("avsRegistry.transferOwnership", "avs transfer"),
	("avsRegistry.acceptOwnership", "avs accept"),
	("avsRegistry.deregister", "avs deregister"),
	("avsRegistry.createSet", "avs create-set"),
	("avsRegistry.setKinds", "avs change-set --kind"),
	("avsRegistry.setAdmission", "avs change-set --admission"),
	("avsRegistry.setMinStake", "avs change-set --min-stake"),
	("avsRegistry.setSlasher", "avs change-set --slasher"),
	("avsRegistry.addCondition", "avs condition add"),
	("avsRegistry.changeCondition", "avs condition change"),
	("avsRegistry.removeCondition", "avs condition remove"),
	("avsRegistry.approve", "avs approve"),
	("avsRegistry.revoke", "avs revoke"),
	("avsRegistry.join", "operator join"),
	("avsRegistry.leave", "operator leave"),
	("avsRegistry.eject", "avs eject"),
	("avsRegistry.windDown", "avs wind-down"),
	("avsRegistry.closeSet", "avs close"),
	("restaking.restake", "restake"),
	("restaking.optIn", "opt-in"),
	("restaking.allocate", "operator allocate"),
	("restaking.setLeverage", "operator terms --leverage"),
	("restaking.stop", "operator stop"),
	("rewards.collect", "collect"),
	("rewards.collectAll", "collect"),
	("rewards.setPayoutAccount", "payout-account"),
	("rewards.paySet", "avs pay"),
	("rewards.payOperators", "avs pay --to"),
	("rewards.openStream", "avs stream open"),
	("rewards.topUp", "avs stream top-up"),
	("rewards.stopStream", "avs stream stop"),
	("rewards.distribute", "avs stream distribute"),
	("slashing.report", "avs slash"),
	("slashing.veto", "avs veto"),
	("slashing.appeal", "avs appeal"),
	("slashing.execute", "avs execute"),
	("slashing.payout", "avs payout"),
	("slashing.cancel", "governance propose cancel-slash"),
	("slashing.reinstate", "governance propose reinstate-slash"),
	("restaking.addAsset", "governance propose admit-asset"),
	("restaking.setAsset", "governance propose cap-asset"),
	("staking.setValidatorCount", "governance propose set-validator-count"),
	("staking.setMinSelfStake", "governance propose set-min-self-stake"),
	("chainTreasury.spend", "governance propose spend"),
	("convictionVoting.removeVote", "governance remove-vote"),
	("convictionVoting.unlock", "governance unlock"),
	("stakeVoting.renew", "governance unlock"),
];

/// The commands that show the storage and constants that the documentation names.
#[rustfmt::skip]
const LOOKUPS: &[(&str, &str)] = &[
	("operatorDelegation.operators", "show operators"),
	("operatorDelegation.pools", "show operator"),
	("operatorDelegation.positions", "show positions"),
	("operatorDelegation.claims", "show exits"),
	("operatorDelegation.exits", "show exits"),
	("operatorDelegation.exitDelay", "show parameters"),
	("staking.activeEra", "show era"),
	("staking.candidates", "show operators --candidate"),
	("staking.minSelfStake", "show era"),
	("staking.parameters", "show parameters"),
	("avsRegistry.avses", "show services"),
	("avsRegistry.sets", "show set"),
	("avsRegistry.conditions", "show set"),
	("avsRegistry.members", "show members"),
	("avsRegistry.joined", "show operator"),
	("avsRegistry.maxVetoWindow", "show parameters"),
	("avsRegistry.termsDelay", "show parameters"),
	("restaking.assets", "show assets"),
	("restaking.exposures", "show operator"),
	("restaking.leverage", "show operator"),
	("rewards.streams", "show streams"),
	("rewards.streamsOf", "show streams"),
	("slashing.slashes", "show slashes"),
	("slashing.pendingOf", "show slashes"),
	("slashing.records", "show slashes --past"),
	("stakeVoting.locks", "governance votes"),
];

/// The refusal for a dispatch error, by its name: `Pallet.Error`, or the chain's own.
pub fn refusal(error: &Value, metadata: &Metadata) -> Refusal {
	let name = error.as_str().unwrap_or("Other");
	let of_pallet = || {
		let (pallet, error) = name.split_once('.')?;
		let mut errors = metadata.pallet_by_name(pallet)?.error_variants()?.iter();
		errors.find(|known| known.name == error).map(|error| error.docs.as_slice())
	};
	explained(name.into(), of_pallet().unwrap_or_default())
}

/// The refusal for an error, from its name and documentation.
fn explained(name: String, docs: &[String]) -> Refusal {
	let known = |name: &str| ERRORS.iter().find(|(known, ..)| *known == name);
	let known = known(&name).or_else(|| known(name.split('.').next()?));
	let (meaning, remedy) = match known {
		Some((_, meaning, remedy)) => (meaning.to_string(), Some(remedy.to_string())),
		None => paragraphs(docs),
	};
	Refusal {
		meaning: if meaning.is_empty() {
			"The chain says no more about it.".into()
		} else {
			in_commands(&meaning)
		},
		remedy: remedy.map(|remedy| in_commands(&remedy)),
		item: None,
		name,
	}
}

/// The first paragraph of a piece of documentation, and what follows it.
pub fn paragraphs(docs: &[String]) -> (String, Option<String>) {
	let join = |lines: &[String]| {
		lines.iter().map(|line| line.trim()).collect::<Vec<_>>().join(" ").trim().to_string()
	};
	match docs.iter().position(|line| line.trim().is_empty()) {
		Some(end) => (join(&docs[..end]), Some(join(&docs[end..])).filter(|rest| !rest.is_empty())),
		None => (join(docs), None),
	}
}

/// A text in which this program's commands replace the names of calls, storage and constants.
fn in_commands(text: &str) -> String {
	let mut told = String::new();
	for (index, part) in text.split('`').enumerate() {
		if index % 2 == 0 {
			told.push_str(part);
			continue;
		}
		match COMMANDS.iter().chain(LOOKUPS).find(|(name, _)| *name == part) {
			Some((_, command)) => {
				let before =
					["the storage ", "the constant "].iter().find_map(|what| told.strip_suffix(what));
				told.truncate(before.map_or(told.len(), str::len));
				told.push_str(&format!("`mainstay-cli {command}`"));
			},
			None => told.push_str(&format!("`{part}`")),
		}
	}
	told
}

#[cfg(test)]
mod tests {
	use super::*;
	use crate::{cli::Cli, scale::camel_case};
	use clap::CommandFactory;
	use std::collections::BTreeSet;
	use subxt::metadata::PalletMetadata;

	/// The pallets of this chain.
	const OURS: [&str; 8] = [
		"OperatorDelegation",
		"Staking",
		"AvsRegistry",
		"Restaking",
		"Slashing",
		"Rewards",
		"ChainTreasury",
		"StakeVoting",
	];
	/// Calls of other pallets that the documentation of ours names.
	const OTHERS: [&str; 4] =
		["session.setKeys", "session.purgeKeys", "convictionVoting.removeVote", "convictionVoting.unlock"];

	fn metadata() -> Metadata {
		Metadata::decode_from(crate::runtime::METADATA).unwrap()
	}

	fn calls(pallet: &PalletMetadata) -> Vec<String> {
		let calls = pallet.call_variants().into_iter().flatten();
		calls.map(|call| format!("{}.{}", camel_case(pallet.name()), camel_case(&call.name))).collect()
	}

	/// Everything that the documentation may name.
	fn names(metadata: &Metadata) -> BTreeSet<String> {
		let mut names = BTreeSet::from(["author_rotateKeysWithOwner".to_string()]);
		for pallet in metadata.pallets() {
			names.extend(calls(&pallet));
			let storage =
				pallet.storage().into_iter().flat_map(|storage| storage.entries()).map(|entry| entry.name());
			let constants = pallet.constants().map(|constant| constant.name());
			let items = storage.chain(constants).map(camel_case);
			let events = pallet.event_variants().into_iter().flatten().map(|event| event.name.clone());
			names.extend(items.chain(events).map(|item| format!("{}.{item}", camel_case(pallet.name()))));
		}
		names
	}

	/// The texts between backticks.
	fn quoted(text: &str) -> impl Iterator<Item = &str> {
		text.split('`').skip(1).step_by(2)
	}

	/// Whether these words are a command of the program, and its options.
	fn is_command(line: &str) -> bool {
		let mut command = Cli::command();
		// The options for every command are added when the program is built.
		command.build();
		line.split(' ').all(|word| match word.strip_prefix("--") {
			Some(option) => command.get_arguments().any(|known| known.get_long() == Some(option)),
			None => match command.find_subcommand(word).cloned() {
				Some(found) => {
					command = found;
					true
				},
				None => false,
			},
		})
	}

	#[test]
	fn all_errors_of_ours_are_explained() {
		let metadata = metadata();
		let names = names(&metadata);
		for pallet in OURS {
			let pallet = metadata.pallet_by_name(pallet).unwrap();
			for error in pallet.error_variants().unwrap() {
				let found = refusal(&json!(format!("{}.{}", pallet.name(), error.name)), &metadata);
				assert!(found.meaning.ends_with('.') && found.meaning.len() > 20, "{found:?}");
				assert!(found.remedy.as_ref().is_some_and(|remedy| remedy.ends_with('.')), "{found:?}");
			}
			for error in pallet.error_variants().unwrap() {
				let docs = error.docs.join(" ");
				// Pages have a dot in their names, too.
				for name in quoted(&docs).filter(|name| name.contains('.') && !name.starts_with("docs/")) {
					assert!(names.contains(name), "{}.{}: {name}", pallet.name(), error.name);
				}
			}
		}
	}

	#[test]
	fn all_errors_of_the_chain_are_explained() {
		use scale_info::TypeDef;
		let metadata = metadata();
		let error = metadata
			.types()
			.types
			.iter()
			.find(|ty| ty.ty.path.segments.last().unwrap_or(&"".into()) == "DispatchError");
		let TypeDef::Variant(kinds) = &error.unwrap().ty.type_def else { panic!("no variants") };
		let mut names = BTreeSet::new();
		for kind in kinds.variants.iter().filter(|kind| kind.name != "Module") {
			let inner =
				kind.fields.first().map(|field| &metadata.types().resolve(field.ty.id).unwrap().type_def);
			let errors: Vec<_> = match inner {
				Some(TypeDef::Variant(inner)) => inner
					.variants
					.iter()
					.map(|error| json!(format!("{}.{}", kind.name, error.name)))
					.collect(),
				_ => vec![json!(kind.name)],
			};
			for error in errors {
				let found = refusal(&error, &metadata);
				assert!(found.remedy.is_some(), "{error}");
				names.insert(found.name);
			}
		}
		for pallet in metadata.pallets() {
			names.extend(
				pallet
					.error_variants()
					.into_iter()
					.flatten()
					.map(|error| format!("{}.{}", pallet.name(), error.name)),
			);
			// All errors of these pallets, as people see them.
			const ALL: [&str; 11] = [
				"Balances",
				"Session",
				"Proxy",
				"Utility",
				"Multisig",
				"Sudo",
				"Referenda",
				"ConvictionVoting",
				"TechnicalCommittee",
				"Whitelist",
				"Preimage",
			];
			if ALL.contains(&pallet.name()) {
				for error in pallet.error_variants().into_iter().flatten() {
					assert!(
						explained(format!("{}.{}", pallet.name(), error.name), &[]).remedy.is_some(),
						"{}",
						error.name
					);
				}
			}
		}
		for (known, meaning, remedy) in ERRORS {
			assert!(*known == "Trie" || names.contains(*known), "no error {known}");
			assert!(meaning.ends_with('.') && (remedy.ends_with('.') || remedy.ends_with('…')), "{known}");
			assert_eq!(ERRORS.iter().filter(|(name, ..)| name == known).count(), 1, "{known}");
		}
	}

	#[test]
	fn every_call_has_its_command() {
		let metadata = metadata();
		let of_calls: BTreeSet<_> = OURS
			.iter()
			.flat_map(|pallet| calls(&metadata.pallet_by_name(pallet).unwrap()))
			.chain(OTHERS.map(String::from))
			.collect();
		let known = COMMANDS.iter().map(|(call, _)| call.to_string()).collect();
		assert_eq!(of_calls, known);
	}

	#[test]
	fn the_commands_exist() {
		let names = names(&metadata());
		for (name, command) in COMMANDS.iter().chain(LOOKUPS) {
			assert!(names.contains(*name) && is_command(command), "{name}: {command}");
		}
		for (error, meaning, remedy) in ERRORS {
			for name in quoted(meaning).chain(quoted(remedy)) {
				let known = match name.strip_prefix("mainstay-cli ") {
					Some(command) => is_command(command),
					None => names.contains(name) || !name.contains('.'),
				};
				assert!(known, "{error}: {name}");
			}
		}
	}

	#[test]
	fn a_refusal_says_what_to_do() {
		let metadata = metadata();
		let of = |pallet: &str, error: &str| {
			let errors = metadata.pallet_by_name(pallet).unwrap().error_variants().unwrap();
			assert!(errors.iter().any(|known| known.name == error), "{pallet}.{error}");
			refusal(&json!(format!("{pallet}.{error}")), &metadata)
		};
		let found = of("AvsRegistry", "NotNextOwner");
		assert_eq!(found.name, "AvsRegistry.NotNextOwner");
		assert_eq!(found.meaning, "The service is not on offer to this account.");
		assert_eq!(
			found.remedy.unwrap(),
			"Ask the service's owner to offer it to you with `mainstay-cli avs transfer`, then accept it."
		);
		assert_eq!(
			of("AvsRegistry", "UnknownAvs").remedy.unwrap(),
			"Look up the id in `mainstay-cli show services`; a service that was deregistered does not come back."
		);
		assert_eq!(of("Balances", "InsufficientBalance").remedy.unwrap(), LESS);
		// An error that is not in the table has its pallet's text.
		let found = of("Babe", "InvalidEquivocationProof");
		assert_eq!((found.meaning.is_empty(), found.remedy), (false, None));

		assert_eq!(refusal(&json!("BadOrigin"), &metadata).name, "BadOrigin");
		assert_eq!(refusal(&json!("Arithmetic.Overflow"), &metadata).name, "Arithmetic.Overflow");
		assert_eq!(refusal(&json!("Trie.DecodeError"), &metadata).meaning, "A proof is wrong.");
		// For an error that no chain knows, no text is invented.
		for strange in [json!(null), json!(7), json!({}), json!("New"), json!("Module.250.9"), json!("New.")]
		{
			assert!(!refusal(&strange, &metadata).meaning.is_empty());
		}
	}

	#[test]
	fn documentation_has_paragraphs() {
		let lines = |text: &[&str]| paragraphs(&text.iter().map(|line| line.to_string()).collect::<Vec<_>>());
		assert_eq!(lines(&[" One", " goes on.", "", " Two."]), ("One goes on.".into(), Some("Two.".into())));
		assert_eq!(lines(&["One."]), ("One.".into(), None));
		assert_eq!(lines(&["One.", ""]), ("One.".into(), None));
		assert_eq!(lines(&[]), (String::new(), None));
	}
}
