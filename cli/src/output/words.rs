//! How people read the node's answers: the meaning of numbers, the names of fields, the records that are sentences,
//! and the columns of tables. Everything else comes from the OpenRPC document.

/// The meaning of a number, or of a missing value.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Meaning {
	/// The meaning of its type: a count, or an amount of the record's currency.
	Plain,
	/// An era, by its index.
	Era,
	/// A length of time in eras.
	Eras,
	/// A length of time in milliseconds.
	Millis,
	/// A time, in milliseconds since 1970.
	Time,
	/// A part of a whole in 10,000.
	BasisPoints,
	/// A part of a whole in 100.
	Percent,
	/// A part of a whole in 1,000,000.
	Millionths,
	/// Whole pools.
	Pools,
	/// Shares of a pool, without a unit.
	Shares,
	/// Amounts times the weights of their kinds.
	Weight,
	/// An amount of the currency of a payment, next to one of the kind that earned it.
	Paid,
	/// Why something would be refused, if it would.
	Refusal,
	/// A list in one row, though its entries could be a table.
	Row,
	/// A list that is left out if it is empty.
	Filled,
}

use Meaning::*;

/// Fields whose meaning or name differs from the document: `Type.field`, the name, the meaning.
pub const FIELDS: &[(&str, &str, Meaning)] = &[
	("AllocationDetails.slashable", "slashable now", Plain),
	("AssetDetails.cap", "deposit cap", Plain),
	("AssetDetails.deposits", "takes deposits", Plain),
	("AssetDetails.issuers", "may mint or seize it", Plain),
	("AssetDetails.minDeposit", "minimum deposit", Plain),
	("Backer.shares", "", Shares),
	("Cause.attested.resolver", "", Plain),
	("ConditionDetails.since", "binds since", Era),
	("DueRewards.credit", "credited", Plain),
	("DueRewards.positions", "earned by positions", Plain),
	("DueRewards.to", "paid to", Plain),
	("Entry.commission", "", BasisPoints),
	("Entry.commissionWithinExit", "could rise within the exit delay to", BasisPoints),
	("Entry.consensus", "consensus offences take from it", Plain),
	("Entry.exitDelay", "exit delay", Eras),
	("Entry.pending", "pending slashes that take from it", Plain),
	("Entry.refused", "would be refused", Refusal),
	("Entry.services", "services that may slash it", Plain),
	("Entry.shares", "", Shares),
	("Entry.worst", "services could take, one slash each", Plain),
	("EntryLoss.due", "", Era),
	("EntryService.leastWindow", "shortest veto window", Eras),
	("EraReward.paid", "paid so far", Plain),
	("EraReward.points", "points of all", Plain),
	("EraReward.pot", "shared by points", Plain),
	("EraStatus.candidates", "candidates for the next", Plain),
	("EraStatus.issuance", "STAY in all", Plain),
	("EraStatus.last", "last era that paid", Plain),
	("EraStatus.millis", "lasts", Millis),
	("EraStatus.minSelfStake", "minimum self-stake", Plain),
	("EraStatus.sessions", "sessions of an era", Plain),
	("EraStatus.stake", "elected by", Plain),
	("EraStatus.start", "began", Time),
	("EraStatus.validatorCount", "maximum validators", Plain),
	("ExitDetails.claimable", "can be claimed", Plain),
	("ExitDetails.held", "held by a slash", Plain),
	("ExitDetails.matures", "", Era),
	("ExitDetails.queued", "", Era),
	("ExitImpact.queued", "", Era),
	("Impact.due", "falls due", Era),
	("Impact.pools", "what it takes of pools", Plain),
	("Impact.positions", "what it takes of the account", Filled),
	("Impact.refused", "would be refused", Refusal),
	("KindReturn.whole", "yearly return", Plain),
	("LeastStake.allocations", "and allocate all they may to others", Row),
	("LeastStake.capture", "capture era", Era),
	("LeastStake.consensus", "and consensus offences take all", Row),
	("LeastStake.reachable", "can be slashed until", Era),
	("LeastStake.services", "and other sets slash all they can", Row),
	("LeastStake.until", "asked until", Era),
	("LeastStake.withdrawals", "whatever delegators withdraw", Row),
	("MemberDetails.from", "answers since", Era),
	("MemberDetails.next", "announced", Plain),
	("MemberDetails.weight", "", Weight),
	("MemberStake.weight", "", Weight),
	("MembersItem.weight", "", Weight),
	("OperatorDetails.commission", "", BasisPoints),
	("OperatorDetails.executed", "slashes executed", Plain),
	("OperatorDetails.leverage", "maximum leverage", Percent),
	("OperatorDetails.open", "open to everyone", Plain),
	("OperatorDetails.pending", "slashes pending", Plain),
	("OperatorDetails.promise", "promises", Plain),
	("OperatorDetails.spared", "slashes called off", Plain),
	("OperatorDetails.validator", "as a validator", Plain),
	("OperatorSummary.commission", "", BasisPoints),
	("PaidReturn.amount", "paid in all", Plain),
	("PaidReturn.kinds", "returns", Plain),
	("PaidReturn.streams", "streams pay for an era", Plain),
	("Parameters.allocationDelay", "a larger allocation binds after", Eras),
	("Parameters.commissionDelay", "a higher commission binds after", Eras),
	("Parameters.consensusDeferral", "a consensus slash waits", Eras),
	("Parameters.deallocationDelay", "a smaller allocation binds after", Eras),
	("Parameters.eraSessions", "sessions of an era", Plain),
	("Parameters.exitDelay", "exit delay", Eras),
	("Parameters.history", "history is kept for", Eras),
	("Parameters.leastValidators", "minimum validators", Plain),
	("Parameters.maxLeverage", "maximum leverage", Pools),
	("Parameters.maxVetoWindow", "longest veto window", Eras),
	("Parameters.minDeposit", "minimum deposit", Plain),
	("Parameters.seatFraction", "a seat takes, of the mean stake of who is elected", BasisPoints),
	("Parameters.sessionSlots", "slots of a session", Plain),
	("Parameters.slotMillis", "a slot lasts", Millis),
	("Parameters.termsDelay", "changed terms of a set bind after", Eras),
	("PendingLoss.due", "", Era),
	("PoolDetails.fresh", "earn from the next era", Shares),
	("PoolDetails.leverage", "allocated in all", Percent),
	("PoolDetails.maxMagnitude", "can be allocated", Plain),
	("PoolDetails.own", "of it the operator's own", Plain),
	("PoolDetails.shares", "", Shares),
	("PoolDetails.since", "answers since", Era),
	("PositionDetails.exits", "", Plain),
	("PositionDetails.fresh", "earn from the next era", Shares),
	("PositionDetails.pending", "pending slashes", Plain),
	("PositionDetails.rewards", "rewards not credited", Plain),
	("PositionDetails.shares", "", Shares),
	("PromiseTerms.maxCommission", "", BasisPoints),
	("PromiseTerms.notice", "", Eras),
	("Return.earned", "", Paid),
	("Return.eras", "", Eras),
	("Return.millionths", "", Millionths),
	("ServiceDetails.deposit", "deposit of the owner", Plain),
	("ServiceSummary.weight", "", Weight),
	("SetDetails.minStake", "minimum weight to join", Weight),
	("SetDetails.name", "service", Plain),
	("SetDetails.until", "winds down, answers until", Era),
	("SetDetails.weight", "", Weight),
	("SetReturn.from", "from", Era),
	("SetReturn.paid", "", Plain),
	("SetReturn.until", "until", Era),
	("SetStake.capture", "capture era", Era),
	("SetStake.weight", "", Weight),
	("SetSummary.until", "answers until", Era),
	("SlashDetails.capture", "capture era", Era),
	("SlashDetails.due", "", Era),
	("SlashDetails.reported", "", Era),
	("SlashState.cancelled.era", "", Era),
	("SlashState.executed.era", "", Era),
	("SlashState.vetoed.era", "", Era),
	("Stay.from", "", Era),
	("StreamDetails.ends", "", Era),
	("StreamDetails.notice", "goes on after a stop for", Eras),
	("StreamDetails.rate", "an era", Plain),
	("Terms.vetoWindow", "", Eras),
	("ValidatorReturn.commission", "commission now", BasisPoints),
	("ValidatorReturn.delegators", "yearly return of delegators", Plain),
	("ValidatorReturn.from", "from", Era),
	("ValidatorReturn.served", "eras in which it served", Plain),
	("ValidatorReturn.until", "until", Era),
	("ValidatorReturn.whole", "yearly return", Plain),
	("ValidatorStatus.active", "validates in this era", Plain),
	("ValidatorStatus.barred", "may stand again from", Era),
	("ValidatorStatus.candidate", "stands for election", Plain),
	("ValidatorStatus.disabled", "disabled for an offence", Plain),
	("ValidatorStatus.hasKeys", "has session keys", Plain),
	("ValidatorStatus.next", "elected for the next era", Plain),
	("ValidatorStatus.points", "points in this era", Plain),
	("ValidatorStatus.selfStake", "own stake", Plain),
	("ValidatorStatus.silent", "eras without points", Plain),
	("ValidatorStatus.stake", "stake that elects it", Plain),
];

/// Records that are one sentence: the type, the sentence, and a shorter one for tables.
pub const SENTENCES: &[(&str, &str, &str)] = &[
	("Appeal", "by {by}, bond {bond}", "by {by}"),
	("Cause.attested", "condition {condition} of set {set}: {parts}", "set {set}, condition {condition}"),
	("Cause.consensus", "consensus offence: {fraction} of stake and native", "consensus, {fraction}"),
	("KindFraction", "{fraction} of {kind}", "{fraction} of {kind}"),
	("KindStake", "{slashable} of {kind}", "{slashable} of {kind}"),
	("KindWeight", "{kind} × {multiplier}", "{kind} × {multiplier}"),
	("MemberKind", "{slashable} ({magnitude} of {kind})", "{slashable} of {kind}"),
	("Money", "{amount}", "{amount}"),
	("NextMagnitude", "{magnitude.value} of {kind} from {magnitude.from}", "{magnitude.value} of {kind}"),
	("Part", "{fraction} of {magnitude} of {kind}", "{fraction} of {kind}"),
	("PendingLoss", "slash {id} would take {value} and {exits} of exits, {due}", "slash {id}"),
	("PoolAmount", "{amount} as {kind}", "{amount} as {kind}"),
	("PositionKey", "{operator} {kind}", "{operator} {kind}"),
	("PromiseTerms", "at most {maxCommission}, {notice} of notice", "at most {maxCommission}"),
	("Return", "{millionths}: earned {earned} on {stake}, added up over {eras}", "{millionths}"),
	("SlashState.cancelled", "cancelled in {era}", "cancelled"),
	("SlashState.executed", "executed in {era}, took {taken}; not paid out: {unpaid}", "executed"),
	("SlashState.vetoed", "vetoed in {era}: {reason}", "vetoed"),
	("Stay", "{set} since {from}", "{set}"),
	("Terms", "up to {maxFraction}, veto window {vetoWindow}, resolver {resolver}", "up to {maxFraction}"),
];

/// The name of a record that has its own heading in a list.
pub const TITLES: &[(&str, &str)] = &[
	("ConditionDetails", "condition {id}"),
	("PaidReturn", "paid in {currency}"),
	("PoolDetails", "pool {kind}"),
];

/// The content of a column.
#[derive(Clone, Copy, Debug)]
pub enum Cell {
	/// A field, by its path.
	Field(&'static str),
	/// The number of entries of a list.
	Count(&'static str),
	/// The sum of a field, an amount, over a list's entries.
	Sum(&'static str, &'static str),
	/// The text for the first of these fields that is true.
	First(&'static [(&'static str, &'static str)]),
}

use Cell::*;

/// The columns of lists, by the type of their entries. They fit 80 columns.
pub const TABLES: &[(&str, &[(&str, Cell)])] = &[
	(
		"AccountExit",
		&[
			("operator", Field("operator")),
			("kind", Field("kind")),
			("value", Field("exit.value")),
			("queued", Field("exit.queued")),
			("matures", Field("exit.matures")),
			("", First(EXIT_STATES)),
		],
	),
	(
		"AllocationDetails",
		&[("set", Field("set")), ("magnitude", Field("magnitude")), ("slashable now", Field("slashable"))],
	),
	(
		"AssetDetails",
		&[
			("asset", Field("id")),
			("held", Field("held")),
			("at most", Field("cap")),
			("minimum deposit", Field("minDeposit")),
			("open", Field("deposits")),
			("may mint or seize it", Field("issuers")),
		],
	),
	("Backer", &[("who", Field("who")), ("value", Field("value")), ("shares", Field("shares"))]),
	("EntryLoss", &[("slash", Field("id")), ("due", Field("due")), ("takes", Field("value"))]),
	(
		"EntryService",
		&[
			("set", Field("set")),
			("service", Field("name")),
			("magnitude", Field("magnitude")),
			("largest slash", Field("maxFraction")),
			("veto window", Field("leastWindow")),
			("redistributes", Field("redistributes")),
		],
	),
	(
		"EraValidator",
		&[
			("operator", Field("operator")),
			("stake", Field("stake")),
			("points", Field("points")),
			("reward", Field("reward")),
		],
	),
	(
		"ExitDetails",
		&[
			("queued", Field("queued")),
			("value", Field("value")),
			("matures", Field("matures")),
			("", First(&[("claimable", "claimable"), ("held", "held by a slash")])),
		],
	),
	("ExitImpact", &[("queued", Field("queued")), ("worth", Field("before")), ("it takes", Field("taken"))]),
	(
		"KindReturn",
		&[("kind", Field("kind")), ("yearly return", Field("whole")), ("eras", Field("whole.eras"))],
	),
	(
		"KindStake",
		&[("kind", Field("kind")), ("multiplier", Field("multiplier")), ("slashable", Field("slashable"))],
	),
	(
		"MemberDetails",
		&[
			("operator", Field("operator")),
			("name", Field("name")),
			("answers since", Field("from")),
			("slashable", Field("kinds")),
			("weight", Field("weight")),
		],
	),
	(
		"MemberKind",
		&[("kind", Field("kind")), ("magnitude", Field("magnitude")), ("slashable", Field("slashable"))],
	),
	(
		"MemberStake",
		&[("operator", Field("operator")), ("slashable", Field("kinds")), ("weight", Field("weight"))],
	),
	(
		"OperatorSummary",
		&[
			("operator", Field("operator")),
			("name", Field("name")),
			("takes", Field("commission")),
			("stake", Field("stake")),
			("sets", Field("sets")),
			("", First(&[("retired", "retired"), ("active", "validates"), ("candidate", "candidate")])),
			("open", Field("open")),
		],
	),
	(
		"PendingLoss",
		&[
			("slash", Field("id")),
			("due", Field("due")),
			("takes of shares", Field("value")),
			("of exits", Field("exits")),
		],
	),
	(
		"PoolImpact",
		&[
			("kind", Field("kind")),
			("in the pool", Field("before")),
			("it takes", Field("taken")),
			("", First(&[("wiped", "all")])),
			("and of exits", Sum("exits", "taken")),
		],
	),
	(
		"PositionDetails",
		&[
			("operator", Field("operator")),
			("kind", Field("kind")),
			("value", Field("value")),
			("leaving", Sum("exits", "value")),
			("slashes", Count("pending")),
			("rewards", Field("rewards")),
		],
	),
	("PositionDue", &[("operator", Field("operator")), ("kind", Field("kind")), ("earned", Field("earned"))]),
	(
		"PositionImpact",
		&[
			("kind", Field("kind")),
			("shares' value", Field("before")),
			("it takes", Field("taken")),
			("and of exits", Sum("exits", "taken")),
		],
	),
	(
		"ServiceSummary",
		&[
			("avs", Field("avs")),
			("name", Field("name")),
			("owner", Field("owner")),
			("sets", Field("sets")),
			("members", Field("members")),
			("weight", Field("weight")),
		],
	),
	(
		"SetSummary",
		&[
			("set", Field("set")),
			("members", Field("members")),
			("conditions", Field("conditions")),
			("answers until", Field("until")),
		],
	),
	(
		"SlashDetails",
		&[
			("id", Field("id")),
			("operator", Field("operator")),
			("for", Field("cause")),
			("capture", Field("capture")),
			("due", Field("due")),
			("state", Field("state")),
		],
	),
	(
		"StreamDetails",
		&[
			("id", Field("id")),
			("payer", Field("payer")),
			("an era", Field("rate")),
			("funds", Field("funds")),
			("owed now", Field("owed")),
			("ends", Field("ends")),
			("", First(&[("stopped", "stopped")])),
		],
	),
];

const EXIT_STATES: &[(&str, &str)] = &[("exit.claimable", "claimable"), ("exit.held", "held by a slash")];

/// The meaning of a field.
pub fn meaning(record: &str, field: &str) -> Meaning {
	match (of_field(record, field), field) {
		(Some((_, meaning)), _) => meaning,
		(None, "from") if record.starts_with("Later_") => Era,
		(None, _) => Plain,
	}
}

/// The name of a field.
pub fn label(record: &str, field: &str) -> String {
	match of_field(record, field) {
		Some((label, _)) if !label.is_empty() => label.into(),
		_ => words(field),
	}
}

fn of_field(record: &str, field: &str) -> Option<(&'static str, Meaning)> {
	let is_it = |path: &str| path.strip_prefix(record).and_then(|rest| rest.strip_prefix('.')) == Some(field);
	FIELDS.iter().find(|(path, ..)| is_it(path)).map(|(_, label, meaning)| (*label, *meaning))
}

/// `minSelfStake` as words.
fn words(name: &str) -> String {
	let mut words = String::new();
	for letter in name.chars() {
		if letter.is_ascii_uppercase() {
			words.push(' ');
		}
		words.push(letter.to_ascii_lowercase());
	}
	words
}

/// The sentence of a record, a short or a whole one.
pub fn sentence(record: &str, short: bool) -> Option<&'static str> {
	let found = SENTENCES.iter().find(|(name, ..)| *name == record);
	found.map(|(_, whole, brief)| if short { *brief } else { *whole })
}

/// The columns of a list of such records.
pub fn columns(record: &str) -> Option<&'static [(&'static str, Cell)]> {
	TABLES.iter().find(|(name, _)| *name == record).map(|(_, columns)| *columns)
}

/// The name of such a record in a heading.
pub fn title(record: &str) -> Option<&'static str> {
	TITLES.iter().find(|(name, _)| *name == record).map(|(_, title)| *title)
}

#[cfg(test)]
mod tests {
	use super::{super::schema::Type, *};
	use crate::template::holes;

	/// The type of a record, or of an enum's variant.
	fn record(name: &str) -> Type {
		match name.split_once('.') {
			Some((name, variant)) => Type::named(name).variant(variant),
			None => Type::named(name),
		}
	}

	fn assert_has(record: Type, path: &str) {
		let mut found = record;
		for field in path.split('.') {
			assert!(found.fields().any(|name| name == field), "{} has no {path}", record.name());
			found = found.field(field);
		}
	}

	#[test]
	fn every_field_spoken_of_is_in_the_document() {
		for (path, ..) in FIELDS {
			let (of, field) = path.rsplit_once('.').unwrap();
			assert_has(record(of), field);
		}
		let sentences = SENTENCES.iter().flat_map(|(name, whole, brief)| [(name, whole), (name, brief)]);
		for (name, sentence) in sentences.chain(TITLES.iter().map(|(name, title)| (name, title))) {
			for (hole, in_brackets) in holes(sentence) {
				assert_has(record(name), hole.path);
				// The document states no formats, and these sentences have no optional part.
				assert_eq!((hole.format, in_brackets), ("", false), "{name}: {sentence}");
			}
		}
		for (name, columns) in TABLES {
			for (_, cell) in *columns {
				match cell {
					Field(path) | Count(path) => assert_has(record(name), path),
					Sum(list, field) => assert_has(record(name).field(list).items(), field),
					First(flags) => flags.iter().for_each(|(flag, _)| assert_has(record(name), flag)),
				}
			}
		}
	}

	#[test]
	fn addresses_fit_beside_the_names_of_fields() {
		// Of 80 columns, 48 are for the address and the spaces around it.
		for record in super::super::schema::records() {
			let fields = || record.fields().map(|name| (name, record.field(name)));
			if fields().any(|(_, ty)| matches!(ty.name().as_str(), "Account" | "Announced_Account")) {
				for (name, _) in fields().filter(|(_, ty)| words_alone(*ty)) {
					let label = label(&record.name(), name);
					assert!(label.chars().count() <= 26, "{}: {label}", record.name());
				}
			}
		}
	}

	/// Whether the value stands beside its name instead of below it.
	fn words_alone(ty: Type) -> bool {
		columns(&ty.items().name()).is_none()
	}

	#[test]
	fn names_become_words() {
		assert_eq!(label("SlashDetails", "id"), "id");
		assert_eq!(label("ServiceDetails", "nextOwner"), "next owner");
		assert_eq!(label("ValidatorStatus", "hasKeys"), "has session keys");
		assert_eq!(label("", "newerField"), "newer field");
		assert_eq!(meaning("PoolDetails", "leverage"), Percent);
		assert_eq!(meaning("Pool", "leverage"), Plain);
	}
}
