//! Random scenes and schedules.

use super::*;

fn part() -> impl Strategy<Value = Part> {
	prop_oneof![
		2 => Just(Part::All),
		1 => Just(Part::Half),
		1 => (1..3_000 * STAY).prop_map(Part::Units),
		1 => (1..10u128).prop_map(Part::Units),
	]
}

fn kind() -> impl Strategy<Value = PoolKind> {
	prop_oneof![4 => Just(NATIVE), 2 => Just(ASSET), 1 => Just(PoolKind::Stake)]
}

fn restaked() -> impl Strategy<Value = PoolKind> {
	prop_oneof![2 => Just(NATIVE), 1 => Just(ASSET)]
}

fn deposit() -> impl Strategy<Value = Balance> {
	prop_oneof![STAY / 1_000..STAY, STAY..5_000 * STAY, Just(100_000 * STAY)]
}

fn fraction() -> impl Strategy<Value = u64> {
	prop_oneof![3 => Just(WAD), 1 => Just(WAD / 2), 1 => Just(WAD - 1), 1 => Just(1), 2 => 1..=WAD]
}

fn fraction_of_offence() -> impl Strategy<Value = u64> {
	prop_oneof![2 => Just(WAD / 10), 1 => Just(WAD), 1 => 1..=WAD]
}

fn magnitude() -> impl Strategy<Value = u64> {
	prop_oneof![Just(0), Just(WAD / 2), Just(WAD / 4), Just(WAD), 0..=WAD]
}

fn returned() -> impl Strategy<Value = Returned> {
	prop_oneof![Just(Returned::Nothing), Just(Returned::Assets), Just(Returned::Everything)]
}

/// The limit of a call: small, or none.
fn limit() -> impl Strategy<Value = u32> {
	prop_oneof![0..3u32, Just(u32::MAX)]
}

fn caller() -> impl Strategy<Value = Caller> {
	prop_oneof![Just(Caller::Owner), Just(Caller::Stranger)]
}

fn movement() -> impl Strategy<Value = Move> {
	let who = || 0..PEOPLE.len();
	prop_oneof![
		8 => (who(), kind(), part()).prop_map(|(who, kind, part)| Move::Exit(who, kind, part)),
		3 => (who(), kind()).prop_map(|(who, kind)| Move::Refresh(who, kind)),
		5 => (who(), kind(), deposit()).prop_map(|(who, kind, amount)| Move::Deposit(who, kind, amount)),
		2 => (kind(), deposit()).prop_map(|(kind, amount)| Move::Split(kind, amount)),
		2 => (who(), part()).prop_map(|(who, part)| Move::OptIn(who, part)),
		2 => (who(), kind(), 1..4u32).prop_map(|(who, kind, era)| Move::Claim(who, kind, era)),
		1 => Just(Move::Join),
		2 => Just(Move::Leave),
		1 => Just(Move::Skim),
		3 => (restaked(), magnitude()).prop_map(|(kind, magnitude)| Move::Allocate(kind, magnitude)),
		1 => (0..=10_000u16).prop_map(Move::Commission),
		1 => (1..=300u32).prop_map(Move::Leverage),
		1 => Just(Move::Retire),
		1 => Just(Move::Stop),
		3 => (magnitude(), returned()).prop_map(|(magnitude, returned)| Move::Found(magnitude, returned)),
		3 => (0..3u8, restaked(), magnitude())
			.prop_map(|(set, kind, magnitude)| Move::AllocateSham(set, kind, magnitude)),
		1 => (0..3u8).prop_map(Move::LeaveSham),
		10 => (0..3u8, restaked(), fraction(), 0..2u8, 0..3u32)
			.prop_map(|(set, kind, fraction, condition, ago)| Move::Slash(set, kind, fraction, condition, ago)),
		3 => (who(), kind(), limit(), caller())
			.prop_map(|(who, kind, currencies, by)| Move::Collect(who, kind, currencies, by)),
		1 => (who(), limit(), limit(), caller())
			.prop_map(|(who, positions, currencies, by)| Move::CollectAll(who, positions, currencies, by)),
	]
}

fn via() -> impl Strategy<Value = Via> {
	prop_oneof![
		3 => Just(Via::Sender),
		1 => Just(Via::Batch),
		1 => Just(Via::Proxy),
		1 => Just(Via::BatchOfProxy)
	]
}

/// A schedule: moves, each with the stop at which it is made.
pub(super) type Schedule = Vec<(usize, Move, Via)>;

pub(super) fn schedule() -> impl Strategy<Value = Schedule> {
	proptest::collection::vec((0..16usize, movement(), via()), 1..12)
}

pub(super) fn scene() -> impl Strategy<Value = Scene> {
	let magnitudes = prop_oneof![
		Just([WAD / 2, WAD / 2]),
		Just([WAD, WAD]),
		Just([WAD / 4, WAD / 10]),
		Just([WAD - 1, 1]),
		(1..=WAD, 1..=WAD).prop_map(|(native, asset)| [native, asset])
	];
	let times = (0..4u32).prop_flat_map(|wait| (Just(wait), 0..4 - wait));
	let fraction = prop_oneof![4 => fraction(), 1 => Just(0)];
	let offence = prop_oneof![2 => Just(0), 3 => fraction_of_offence()];
	(1..=3u32, any::<bool>(), magnitudes, 0..=WAD, fraction, times, offence, 0..4u32).prop_map(
		|(leverage, restaked, magnitudes, sham, fraction, (wait, window), offence, found)| {
			let most = magnitudes[0].max(magnitudes[1]);
			let sham = match leverage {
				1 => WAD - most,
				_ => sham,
			};
			Scene { leverage, restaked, magnitudes, sham, fraction, wait, window, offence, found }
		},
	)
}
