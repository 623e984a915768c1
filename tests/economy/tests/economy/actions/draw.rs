//! The possible actions and their frequencies.

use super::*;

/// The actor, by index into [`PEOPLE`].
pub type Who = usize;
/// An account that acts in place of the only one that may, if any does.
pub type Usurper = Option<Who>;
/// One of the existing objects, however many there are.
pub type Pick = usize;
/// A part in millionths.
pub type Part = u32;

/// Governance in place of an account.
pub const GOVERNANCE: Who = PEOPLE.len();

/// The terms of a condition: maximum fraction, veto window, resolver.
pub type Terms = (u64, Era, Option<Who>);

#[derive(Clone, Debug)]
pub enum Action {
	Register(Who, Bps),
	SetCommission(Who, Bps),
	SetPromise(Who, Bps, Era),
	Describe(Who),
	Retire(Who),
	SetPolicy(Who, Policy),
	Allow(Who, Who),
	Disallow(Usurper, Pick),
	Stake(Who, Who, Balance),
	Exit(Pick, Leaving),
	Claim(Who, Pick),

	SetKeys(Who),
	PurgeKeys(Who),
	Validate(Who),
	Chill(Who),
	SetValidatorCount(u32),
	SetMinSelfStake(Balance),

	AddAsset(AssetId, Balance, Who, bool),
	SetAsset(AssetId, Balance, bool),
	Freeze(AssetId),
	Thaw(AssetId),
	/// An asset account of one of the people, of custody, or of rewards.
	FreezeAccount(AssetId, Who),
	ThawAccount(AssetId, Who),
	Restake(Who, Who, usize, Balance),
	OptIn(Pick, Leaving),
	Allocate(Who, usize, Pick, u64),
	Stop(Who),
	SetLeverage(Who, u32),

	RegisterAvs(Who),
	DescribeAvs(Usurper, Pick),
	Offer(Usurper, Pick, Option<Who>),
	Accept(Usurper, Pick),
	Deregister(Usurper, Pick),
	CreateSet(Usurper, Pick, Vec<(usize, Multiplier)>, Admission, Balance, Who, usize),
	SetKinds(Usurper, Pick, Vec<(usize, Multiplier)>),
	SetAdmission(Usurper, Pick, Admission),
	SetMinStake(Usurper, Pick, Balance),
	SetSlasher(Usurper, Pick, Who),
	AddCondition(Usurper, Pick, Terms),
	ChangeCondition(Usurper, Pick, Terms),
	RemoveCondition(Usurper, Pick),
	Approve(Usurper, Pick, Who),
	Revoke(Usurper, Pick),
	Join(Who, Pick),
	Leave(Pick),
	Eject(Usurper, Pick),
	WindDown(Usurper, Pick),
	/// One of the sets that are winding down, if there are any.
	CloseSet(Who, Pick, u32),

	/// A membership, one of its set's conditions, the kinds with their fractions, and the age of the capture era in
	/// eras.
	Report(Usurper, Pick, Pick, Vec<(usize, Part)>, Era),
	Veto(Usurper, Pick),
	Appeal(Who, Pick),
	/// A vetoed slash, or any other record.
	Reinstate(Pick),
	/// Executes a slash in the first block of the next era, before the hook runs.
	Execute(Who, Pick),
	/// A payout, after everything frozen was thawed if the flag says so.
	Payout(Who, Pick, bool),
	Cancel(Pick),
	/// A double block, reported to the offences pallet.
	Equivocate(Who),
	/// An offence in block production or finality, reported to the queue: the fraction that it costs, and its age in
	/// eras.
	Offend(Who, u64, Era),

	/// With a limit on currencies.
	Collect(Who, Pick, u32),
	/// With limits on positions and on currencies.
	CollectAll(Who, Who, u32, u32),
	SetPayoutAccount(Who, Option<Who>),
	PaySet(Who, Pick, usize, Balance),
	/// Members of a set, by index.
	PayOperators(Who, Pick, usize, Vec<(Pick, Balance)>),
	/// The amount for an era, and the number of eras that the funds pay for.
	OpenStream(Usurper, Pick, usize, Balance, u32, Era),
	TopUp(Who, Pick, Balance),
	StopStream(Usurper, Pick),
	Distribute(Who, Pick),
	/// An amount up to what the treasury has.
	Spend(usize, Balance, Who),

	/// A referendum, on one of the tracks of [`calls::proposal`], with a number that its call uses.
	Submit(Who, usize, Pick),
	/// The decision deposit of a referendum that is ongoing.
	PlaceDeposit(Who, Pick),
	/// A vote in a referendum, aye, nay or split, with a conviction, and with a part of what the voter has.
	Vote(Who, Pick, u8, u8, Part),
	/// Delegates the votes on a track.
	Delegate(Who, Who, usize, u8, Part),
	Undelegate(Who, usize),
	/// A vote of the account in one of the referenda, ongoing or not.
	RemoveVote(Who, Pick),
	/// Unlocks what another account's votes on a track no longer lock.
	Unlock(Who, usize, Who),
	Renew(Who, Who),

	/// Blocks without a call.
	Wait(u8),
	/// An action in the last session of an era, after the next validators are elected.
	AfterElection(Box<Action>),
}

/// The part of a position that exits.
#[derive(Clone, Debug)]
pub enum Leaving {
	All,
	/// A part of its shares.
	Shares(Part),
	/// A part of its value.
	Value(Part),
	/// This number of shares, whatever the position has.
	Exactly(u128),
}

pub fn amount() -> impl Strategy<Value = Balance> {
	prop_oneof![0..10u128.pow(10), STAY..10_000 * STAY, 1_000_000 * STAY..80_000_000 * STAY]
}

pub fn leaving() -> impl Strategy<Value = Leaving> {
	let part = || 0..1_100_000u32;
	prop_oneof![
		1 => Just(Leaving::All),
		2 => part().prop_map(Leaving::Shares),
		2 => part().prop_map(Leaving::Value),
		1 => amount().prop_map(Leaving::Exactly),
	]
}

pub fn magnitude() -> impl Strategy<Value = u64> {
	prop_oneof![
		1 => Just(0),
		1 => Just(WAD),
		4 => 1..=WAD,
		1 => any::<u64>(),
	]
}

pub fn who() -> impl Strategy<Value = Who> {
	0..PEOPLE.len()
}

/// People that may retire or lose their keys while enough validators are left.
pub fn newcomer() -> impl Strategy<Value = Who> {
	4..PEOPLE.len()
}

pub fn usurper() -> impl Strategy<Value = Usurper> {
	prop_oneof![
		9 => Just(None),
		1 => who().prop_map(Some),
	]
}

pub fn pick() -> impl Strategy<Value = Pick> {
	0..1_000usize
}

/// The limit of a call: small, or none.
pub fn limit() -> impl Strategy<Value = u32> {
	prop_oneof![0..3u32, Just(u32::MAX)]
}

pub fn asset() -> impl Strategy<Value = AssetId> {
	1..5u32
}

pub fn cap() -> impl Strategy<Value = Balance> {
	prop_oneof![3 => Just(Balance::MAX), 1 => amount()]
}

pub fn terms() -> impl Strategy<Value = Terms> {
	(magnitude(), 0..5u32, proptest::option::of(0..=GOVERNANCE))
}

pub fn accepted() -> impl Strategy<Value = Vec<(usize, Multiplier)>> {
	let multiplier = prop_oneof![4 => 1..100u32, 1 => Just(0), 1 => Just(Multiplier::MAX)];
	let restakeable = prop_oneof![20 => 0..4usize, 1 => 4..KINDS.len()];
	let any = proptest::collection::vec((restakeable, multiplier), 0..4);
	prop_oneof![3 => Just(vec![(0, 1), (1, 2), (2, 3)]), 3 => any]
}

pub fn fractions() -> impl Strategy<Value = Vec<(usize, Part)>> {
	let part = prop_oneof![4 => 1..=1_000_000u32, 2 => Just(1_000_000), 1 => 0..1_100_000u32];
	proptest::collection::vec((kind(), part), 1..4)
}

/// The fraction that an offence costs: rarely all.
pub fn offence() -> impl Strategy<Value = u64> {
	prop_oneof![4 => 1..WAD / 10, 1 => 1..=WAD, 1 => Just(WAD)]
}

/// Mostly a kind that is admitted from the beginning.
pub fn kind() -> impl Strategy<Value = usize> {
	prop_oneof![8 => 0..3usize, 1 => 3..KINDS.len()]
}

pub fn policy() -> impl Strategy<Value = Policy> {
	prop_oneof![Just(Policy::Open), Just(Policy::AllowList)]
}

pub fn admission() -> impl Strategy<Value = Admission> {
	prop_oneof![
		6 => Just(Admission::Open),
		3 => Just(Admission::Approved),
		1 => Just(Admission::Paused)
	]
}

/// Actions of operators and their delegators.
pub fn of_stake() -> impl Strategy<Value = Action> {
	use Action::*;
	prop_oneof![
		3 => (who(), 0..12_000u16).prop_map(|(who, bps)| Register(who, bps)),
		2 => (who(), 0..12_000u16).prop_map(|(who, bps)| SetCommission(who, bps)),
		2 => (who(), 0..12_000u16, 0..100u32)
			.prop_map(|(who, most, notice)| SetPromise(who, most, notice)),
		1 => who().prop_map(Describe),
		1 => newcomer().prop_map(Retire),
		2 => (who(), policy()).prop_map(|(who, policy)| SetPolicy(who, policy)),
		2 => (who(), who()).prop_map(|(who, delegator)| Allow(who, delegator)),
		1 => (usurper(), pick()).prop_map(|(by, entry)| Disallow(by, entry)),
		12 => (who(), who(), amount()).prop_map(|(who, operator, amount)| Stake(who, operator, amount)),
		10 => (pick(), leaving()).prop_map(|(position, leaving)| Exit(position, leaving)),
		8 => (who(), pick()).prop_map(|(who, claim)| Claim(who, claim)),
		12 => (who(), who(), kind(), amount())
			.prop_map(|(who, operator, kind, amount)| Restake(who, operator, kind, amount)),
		5 => (pick(), leaving()).prop_map(|(position, leaving)| OptIn(position, leaving)),
		8 => (who(), kind(), pick(), magnitude())
			.prop_map(|(who, kind, set, magnitude)| Allocate(who, kind, set, magnitude)),
		2 => (who(), 0..350u32).prop_map(|(who, percent)| SetLeverage(who, percent)),
		1 => who().prop_map(Stop),
	]
}

/// Actions of validators and root.
pub fn of_consensus() -> impl Strategy<Value = Action> {
	use Action::*;
	prop_oneof![
		3 => who().prop_map(SetKeys),
		1 => newcomer().prop_map(PurgeKeys),
		3 => prop_oneof![newcomer(), who()].prop_map(Validate),
		2 => newcomer().prop_map(Chill),
		1 => (3..12u32).prop_map(SetValidatorCount),
		1 => (0..2_000 * STAY).prop_map(SetMinSelfStake),
		3 => who().prop_map(Equivocate),
		2 => (who(), offence(), 0..5u32).prop_map(|(who, fraction, ago)| Offend(who, fraction, ago)),
		2 => (asset(), cap(), who(), any::<bool>())
			.prop_map(|(id, cap, funder, trusted)| AddAsset(id, cap, funder, trusted)),
		2 => (asset(), cap(), any::<bool>()).prop_map(|(id, cap, open)| SetAsset(id, cap, open)),
		2 => asset().prop_map(Freeze),
		2 => asset().prop_map(Thaw),
		1 => (asset(), 0..PEOPLE.len() + 2).prop_map(|(id, who)| FreezeAccount(id, who)),
		1 => (kind(), amount(), 0..=NOBODY).prop_map(|(kind, amount, to)| Spend(kind, amount, to)),
		2 => (asset(), 0..PEOPLE.len() + 2).prop_map(|(id, who)| ThawAccount(id, who)),
	]
}

/// Actions of those who propose and vote.
pub fn of_votes() -> impl Strategy<Value = Action> {
	use Action::*;
	let track = || 0..TRACKS.len();
	let part = || prop_oneof![3 => 0..1_100_000u32, 1 => Just(1_000_000)];
	prop_oneof![
		4 => (who(), track(), pick()).prop_map(|(who, track, number)| Submit(who, track, number)),
		4 => (who(), pick()).prop_map(|(who, poll)| PlaceDeposit(who, poll)),
		8 => (who(), pick(), 0..4u8, 0..8u8, part())
			.prop_map(|(who, poll, side, conviction, part)| Vote(who, poll, side, conviction, part)),
		2 => (who(), who(), track(), 0..7u8, part())
			.prop_map(|(who, to, track, conviction, part)| Delegate(who, to, track, conviction, part)),
		2 => (who(), track()).prop_map(|(who, track)| Undelegate(who, track)),
		3 => (who(), pick()).prop_map(|(who, poll)| RemoveVote(who, poll)),
		3 => (who(), track(), who()).prop_map(|(who, track, target)| Unlock(who, track, target)),
		3 => (who(), who()).prop_map(|(who, target)| Renew(who, target)),
	]
}

/// Actions of services and their members.
pub fn of_services() -> impl Strategy<Value = Action> {
	use Action::*;
	prop_oneof![
		2 => who().prop_map(RegisterAvs),
		1 => (usurper(), pick()).prop_map(|(by, avs)| DescribeAvs(by, avs)),
		2 => (usurper(), pick(), proptest::option::weighted(0.9, who()))
			.prop_map(|(by, avs, to)| Offer(by, avs, to)),
		2 => (usurper(), pick()).prop_map(|(by, avs)| Accept(by, avs)),
		1 => (usurper(), pick()).prop_map(|(by, avs)| Deregister(by, avs)),
		2 => (usurper(), pick(), accepted(), admission(), amount(), who(), 0..4usize).prop_map(
			|(by, avs, kinds, admission, least, slasher, to)| {
				CreateSet(by, avs, kinds, admission, least, slasher, to)
			}
		),
		2 => (usurper(), pick(), accepted()).prop_map(|(by, set, kinds)| SetKinds(by, set, kinds)),
		1 => (usurper(), pick(), admission()).prop_map(|(by, set, admission)| SetAdmission(by, set, admission)),
		1 => (usurper(), pick(), amount()).prop_map(|(by, set, least)| SetMinStake(by, set, least)),
		1 => (usurper(), pick(), who()).prop_map(|(by, set, slasher)| SetSlasher(by, set, slasher)),
		3 => (usurper(), pick(), terms()).prop_map(|(by, set, terms)| AddCondition(by, set, terms)),
		2 => (usurper(), pick(), terms()).prop_map(|(by, at, terms)| ChangeCondition(by, at, terms)),
		1 => (usurper(), pick()).prop_map(|(by, at)| RemoveCondition(by, at)),
		2 => (usurper(), pick(), who()).prop_map(|(by, set, who)| Approve(by, set, who)),
		1 => (usurper(), pick()).prop_map(|(by, at)| Revoke(by, at)),
		5 => (who(), pick()).prop_map(|(who, set)| Join(who, set)),
		1 => pick().prop_map(Leave),
		1 => (usurper(), pick()).prop_map(|(by, at)| Eject(by, at)),
		12 => (usurper(), pick(), pick(), fractions(), 0..4u32)
			.prop_map(|(by, at, condition, fractions, ago)| Report(by, at, condition, fractions, ago)),
		4 => (usurper(), pick()).prop_map(|(by, slash)| Veto(by, slash)),
		3 => (who(), pick()).prop_map(|(who, slash)| Appeal(who, slash)),
		4 => pick().prop_map(Reinstate),
		1 => (usurper(), pick()).prop_map(|(by, set)| WindDown(by, set)),
		2 => (who(), pick(), 0..4u32).prop_map(|(who, set, most)| CloseSet(who, set, most)),
		3 => (who(), pick()).prop_map(|(who, slash)| Execute(who, slash)),
		6 => (who(), pick(), any::<bool>()).prop_map(|(who, unpaid, thaw)| Payout(who, unpaid, thaw)),
		1 => pick().prop_map(Cancel),
		8 => (who(), pick(), kind(), amount())
			.prop_map(|(who, set, currency, amount)| PaySet(who, set, currency, amount)),
		3 => (who(), pick(), kind(), proptest::collection::vec((pick(), amount()), 0..3))
			.prop_map(|(who, set, currency, payments)| PayOperators(who, set, currency, payments)),
		4 => (usurper(), pick(), kind(), amount(), 0..5u32, 0..100u32).prop_map(
			|(by, set, currency, rate, eras, notice)| {
				OpenStream(by, set, currency, rate, eras, if notice < 90 { notice % 4 } else { notice })
			}
		),
		2 => (who(), pick(), amount()).prop_map(|(who, stream, amount)| TopUp(who, stream, amount)),
		1 => (usurper(), pick()).prop_map(|(by, stream)| StopStream(by, stream)),
		2 => (who(), pick()).prop_map(|(who, stream)| Distribute(who, stream)),
		4 => (who(), pick(), limit()).prop_map(|(who, position, currencies)| Collect(who, position, currencies)),
		2 => (who(), who(), limit(), limit())
			.prop_map(|(who, owner, positions, currencies)| CollectAll(who, owner, positions, currencies)),
		1 => (who(), proptest::option::of(0..=NOBODY)).prop_map(|(who, to)| SetPayoutAccount(who, to)),
	]
}

pub fn action() -> impl Strategy<Value = Action> {
	let elected = prop_oneof![1 => of_stake(), 1 => of_services()];
	prop_oneof![
		32 => of_stake(),
		14 => of_consensus(),
		37 => of_services(),
		14 => of_votes(),
		6 => elected.prop_map(|action| Action::AfterElection(Box::new(action))),
		11 => (1..40u8).prop_map(Action::Wait),
	]
}
