//! The steps of a referendum, from its submission to its enactment, on the local network.

use codec::Encode;
use frame_support::{
	assert_ok,
	dispatch::GetDispatchInfo,
	traits::{schedule::DispatchTime, Get, StorePreimage},
};
use mainstay_economy_tests::chain::{self, Chain};
use mainstay_primitives::{AccountId, Balance, BlockNumber, Hash, STAY};
use mainstay_runtime::{
	configs::clock::SessionSlots, genesis_config_presets::LOCAL_TESTNET, Babe, Balances, ConvictionVoting,
	Hashing, OriginCaller, Preimage, Referenda, Runtime, RuntimeCall, RuntimeEvent, RuntimeOrigin, Session,
	StakeVoting, System, TechnicalCommittee,
};
use pallet_collective::{Event::Executed, Instance1, ProposalCount};
use pallet_conviction_voting::{AccountVote, Conviction, TallyOf, Vote};
use pallet_referenda::{ReferendumCount, ReferendumInfo, ReferendumInfoFor, ReferendumInfoOf};
use pallet_scheduler::Event::Dispatched;
use sp_keyring::Sr25519Keyring::{
	self, Alice, AliceStash, Bob, BobStash, Charlie, CharlieStash, Dave, DaveStash,
};
use sp_runtime::{traits::Hash as _, DispatchResult};

/// Voters with two thirds of all STAY.
pub const CROWD: [Sr25519Keyring; 8] =
	[Alice, Bob, Charlie, Dave, AliceStash, BobStash, CharlieStash, DaveStash];
/// No referendum takes this many blocks.
const PATIENCE: usize = 500;

/// Runs `test` on the local network, in block 1, and checks the invariants of all pallets afterwards.
pub fn run(test: impl FnOnce(&mut Chain)) {
	chain::run(LOCAL_TESTNET, |chain| {
		chain.block(|| {});
		test(chain);
	});
}

pub fn id(who: Sr25519Keyring) -> AccountId {
	who.to_account_id()
}

pub fn signed(who: Sr25519Keyring) -> RuntimeOrigin {
	RuntimeOrigin::signed(id(who))
}

/// The origin of root's track.
pub fn root() -> OriginCaller {
	OriginCaller::system(frame_system::RawOrigin::Root)
}

/// A new account with this balance.
pub fn newcomer(name: &str, balance: Balance) -> AccountId {
	let who = mainstay_economy_tests::services::account(name);
	assert_ok!(Balances::transfer_allow_death(signed(Dave), who.clone().into(), balance));
	who
}

/// Submits a referendum for `who`, to dispatch `call` with an origin as soon as its track allows. Returns its index.
pub fn submit(who: Sr25519Keyring, origin: impl Into<OriginCaller>, call: impl Into<RuntimeCall>) -> u32 {
	let index = ReferendumCount::<Runtime>::get();
	let proposal = Preimage::bound(call.into()).expect("it has no bound");
	let origin = Box::new(origin.into());
	assert_ok!(Referenda::submit(signed(who), origin, proposal, DispatchTime::After(0)));
	index
}

/// Submits a referendum and places its decision deposit, both for `who`, in a block of its own.
pub fn propose(
	chain: &mut Chain,
	who: Sr25519Keyring,
	origin: impl Into<OriginCaller>,
	call: impl Into<RuntimeCall>,
) -> u32 {
	let mut index = 0;
	chain.block(|| {
		index = submit(who, origin, call);
		assert_ok!(Referenda::place_decision_deposit(signed(who), index));
	});
	index
}

/// A vote with one direction.
pub fn ballot(aye: bool, conviction: Conviction, balance: Balance) -> AccountVote<Balance> {
	AccountVote::Standard { vote: Vote { aye, conviction }, balance }
}

/// These vote with all that they have, in a block of its own.
pub fn vote_all(chain: &mut Chain, index: u32, aye: bool, voters: &[Sr25519Keyring]) {
	chain.block(|| {
		for who in voters {
			let all = StakeVoting::votes_of(id(*who));
			assert_ok!(ConvictionVoting::vote(signed(*who), index, ballot(aye, Conviction::Locked1x, all)));
		}
	});
}

/// The state of a referendum.
pub fn info(index: u32) -> ReferendumInfoOf<Runtime, ()> {
	ReferendumInfoFor::<Runtime>::get(index).expect("it was submitted")
}

/// The tally of a referendum that is ongoing.
pub fn tally(index: u32) -> TallyOf<Runtime> {
	match info(index) {
		ReferendumInfo::Ongoing(status) => status.tally,
		other => panic!("{other:?}"),
	}
}

/// Executes blocks until a referendum is decided.
pub fn decided(chain: &mut Chain, index: u32) -> ReferendumInfoOf<Runtime, ()> {
	for _ in 0..PATIENCE {
		match info(index) {
			ReferendumInfo::Ongoing(_) => chain.block(|| {}),
			decided => return decided,
		}
	}
	panic!("referendum {index} was not decided in {PATIENCE} blocks");
}

/// Executes blocks until a referendum is decided, which must be approved. Returns the block of the approval.
pub fn approved(chain: &mut Chain, index: u32) -> BlockNumber {
	match decided(chain, index) {
		ReferendumInfo::Approved(at, ..) => at,
		other => panic!("{other:?}"),
	}
}

/// The name of the enactment of a referendum in the scheduler.
pub fn enactment(index: u32) -> [u8; 32] {
	(*b"assembly", "enactment", index).using_encoded(sp_io::hashing::blake2_256)
}

/// The outcome of the enactment of a referendum in the last block, if it was in it.
fn outcome(index: u32) -> Option<DispatchResult> {
	let name = enactment(index);
	System::read_events_no_consensus().find_map(|record| match record.event {
		RuntimeEvent::Scheduler(Dispatched { id: Some(id), result, .. }) if id == name => Some(result),
		_ => None,
	})
}

/// Executes blocks until a referendum is enacted. Returns the block and the outcome of its call.
pub fn enacted(chain: &mut Chain, index: u32) -> (BlockNumber, DispatchResult) {
	for _ in 0..PATIENCE {
		if let Some(result) = outcome(index) {
			return (System::block_number(), result);
		}
		chain.block(|| {});
	}
	panic!("referendum {index} was not enacted in {PATIENCE} blocks: {:?}", info(index));
}

/// Lets the first two of the three members of the committee vote for a call, in a block of its own. Returns its outcome.
pub fn committee_sends(chain: &mut Chain, call: impl Into<RuntimeCall>) -> DispatchResult {
	let call: RuntimeCall = call.into();
	let (hash, index) = (Hashing::hash_of(&call), ProposalCount::<Runtime, Instance1>::get());
	let (weight, length) = (call.get_dispatch_info().call_weight, call.encoded_size() as u32);
	let mut outcome = None;
	chain.block(|| {
		assert_ok!(TechnicalCommittee::propose(signed(Alice), 2, Box::new(call), length));
		for member in [Alice, Bob] {
			assert_ok!(TechnicalCommittee::vote(signed(member), hash, index, true));
		}
		assert_ok!(TechnicalCommittee::close(signed(Alice), hash, index, weight, length));
		outcome = System::read_events_no_consensus().find_map(|record| match record.event {
			RuntimeEvent::TechnicalCommittee(Executed { result, .. }) => Some(result),
			_ => None,
		});
	});
	outcome.expect("two of three suffice")
}

/// Executes blocks until the next one is the last of an era.
pub fn before_last_of_era(chain: &mut Chain) {
	let sessions = mainstay_staking::Parameters::<Runtime>::get().era_sessions;
	loop {
		let next_session = *Babe::current_epoch_start() + SessionSlots::get();
		let last_session = (Session::current_index() + 1).is_multiple_of(sessions);
		if last_session && *Babe::current_slot() + 2 == next_session {
			return;
		}
		chain.block(|| {});
	}
}

/// The hash of some code that a test authorizes.
pub fn code() -> Hash {
	Hash::repeat_byte(7)
}

/// Authorizes [`code`].
pub fn authorize() -> RuntimeCall {
	frame_system::Call::<Runtime>::authorize_upgrade { code_hash: code() }.into()
}

/// The code that is authorized now.
pub fn authorized() -> Option<Hash> {
	System::authorized_upgrade().map(|authorized| *authorized.code_hash())
}

/// Gives the treasury `amount`, as if it were fees.
pub fn fill_treasury(amount: Balance) {
	use frame_support::traits::fungible::Balanced;
	use mainstay_runtime::configs::economy::to_treasury;
	to_treasury(mainstay_primitives::Income::Fee, <Balances as Balanced<AccountId>>::issue(amount));
}

/// A round amount that everybody in the tests has.
pub const SOME: Balance = 1_000 * STAY;
