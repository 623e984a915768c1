//! Places for referenda in the scheduler's agenda.
//!
//! A referendum moves on by alarms: scheduled calls that begin, confirm and end it, and that free its place in its track. If
//! the scheduler has no place in the block of an alarm, pallet-referenda drops the alarm. Then the referendum sleeps until
//! somebody votes, and the place in the track is never free again. A dropped enactment is an approved referendum without
//! effect. So [`LatePlaces`] looks for a later block instead.
//!
//! Who submits many referenda can fill the agenda of a block with their alarms, and each costs a submission deposit. An
//! agenda of the next few blocks would be as cheap to fill. So each further block is drawn from a wider range, by the hash
//! of the parent block: whoever wants an alarm to be dropped has to fill most of the widest range.

use crate::*;
use codec::Encode;
use frame_support::traits::{
	schedule::{
		v3::{Anon, Named, TaskName},
		DispatchTime, Period, Priority,
	},
	Bounded,
};
use pallet_scheduler::{Agenda, TaskAddress};
use sp_runtime::{traits::Hash as _, DispatchError};

/// The number of calls that can be scheduled for a block.
pub const PLACES: u32 = 512;
/// The number of these places that alarms leave free, for enactments.
pub const KEPT: u32 = 64;
/// The ranges of blocks after the wanted one, from each of which one is drawn when all blocks before are full.
pub const RANGES: [BlockNumber; 4] = [16, 256, 4_096, 65_536];

/// The scheduler of referenda: pallet-scheduler, with a later place where the block that was asked for is full.
pub struct LatePlaces;

/// The number of calls that are scheduled for a block. The agenda can have holes, which are counted only if it is long
/// enough to matter.
fn taken(block: BlockNumber, room: u32) -> u32 {
	let length = Agenda::<Runtime>::decode_len(block).unwrap_or(0) as u32;
	if length < room {
		return length;
	}
	Agenda::<Runtime>::get(block).iter().flatten().count() as u32
}

/// A number below `range`. It differs for each call that is scheduled in a block, and nobody knows it before the parent
/// block.
fn drawn(wanted: BlockNumber, range: BlockNumber) -> BlockNumber {
	let seed = (System::parent_hash(), System::event_count(), wanted, range).encode();
	let hash = Hashing::hash(&seed);
	let number = hash.as_bytes().iter().take(4).fold(0u32, |number, byte| (number << 8) | u32::from(*byte));
	number % range
}

/// Schedules by `put` in a block that has fewer than `room` calls: the one that was asked for, or the next one if that has
/// begun, or else one that is drawn. Fails if each of five blocks is full.
fn place<Address>(
	when: DispatchTime<BlockNumber>,
	room: u32,
	put: impl Fn(DispatchTime<BlockNumber>) -> Result<Address, DispatchError>,
) -> Result<Address, DispatchError> {
	let now = System::block_number();
	let wanted = when.evaluate(now).max(now.saturating_add(1));
	let later = RANGES.iter().map(|range| wanted.saturating_add(1).saturating_add(drawn(wanted, *range)));
	for block in core::iter::once(wanted).chain(later) {
		if taken(block, room) < room {
			return put(DispatchTime::At(block));
		}
	}
	Err(DispatchError::Exhausted)
}

impl Anon<BlockNumber, RuntimeCall, OriginCaller> for LatePlaces {
	type Address = TaskAddress<BlockNumber>;
	type Hasher = Hashing;

	/// Alarms have no names.
	fn schedule(
		when: DispatchTime<BlockNumber>,
		maybe_periodic: Option<Period<BlockNumber>>,
		priority: Priority,
		origin: OriginCaller,
		call: Bounded<RuntimeCall, Hashing>,
	) -> Result<Self::Address, DispatchError> {
		place(when, PLACES - KEPT, |at| {
			let (origin, call) = (origin.clone(), call.clone());
			<Scheduler as Anon<BlockNumber, RuntimeCall, OriginCaller>>::schedule(
				at,
				maybe_periodic,
				priority,
				origin,
				call,
			)
		})
	}

	fn cancel(address: Self::Address) -> Result<(), DispatchError> {
		<Scheduler as Anon<BlockNumber, RuntimeCall, OriginCaller>>::cancel(address)
	}

	fn reschedule(
		address: Self::Address,
		when: DispatchTime<BlockNumber>,
	) -> Result<Self::Address, DispatchError> {
		place(when, PLACES - KEPT, |at| {
			<Scheduler as Anon<BlockNumber, RuntimeCall, OriginCaller>>::reschedule(address, at)
		})
	}

	fn next_dispatch_time(address: Self::Address) -> Result<BlockNumber, DispatchError> {
		<Scheduler as Anon<BlockNumber, RuntimeCall, OriginCaller>>::next_dispatch_time(address)
	}
}

impl Named<BlockNumber, RuntimeCall, OriginCaller> for LatePlaces {
	type Address = TaskAddress<BlockNumber>;
	type Hasher = Hashing;

	/// Enactments have names.
	fn schedule_named(
		id: TaskName,
		when: DispatchTime<BlockNumber>,
		maybe_periodic: Option<Period<BlockNumber>>,
		priority: Priority,
		origin: OriginCaller,
		call: Bounded<RuntimeCall, Hashing>,
	) -> Result<Self::Address, DispatchError> {
		place(when, PLACES, |at| {
			let (origin, call) = (origin.clone(), call.clone());
			<Scheduler as Named<BlockNumber, RuntimeCall, OriginCaller>>::schedule_named(
				id,
				at,
				maybe_periodic,
				priority,
				origin,
				call,
			)
		})
	}

	fn cancel_named(id: TaskName) -> Result<(), DispatchError> {
		<Scheduler as Named<BlockNumber, RuntimeCall, OriginCaller>>::cancel_named(id)
	}

	fn reschedule_named(
		id: TaskName,
		when: DispatchTime<BlockNumber>,
	) -> Result<Self::Address, DispatchError> {
		place(when, PLACES, |at| {
			<Scheduler as Named<BlockNumber, RuntimeCall, OriginCaller>>::reschedule_named(id, at)
		})
	}

	fn next_dispatch_time(id: TaskName) -> Result<BlockNumber, DispatchError> {
		<Scheduler as Named<BlockNumber, RuntimeCall, OriginCaller>>::next_dispatch_time(id)
	}
}

#[cfg(test)]
mod tests {
	use super::*;
	use frame_support::traits::StorePreimage;
	use frame_system::RawOrigin;
	use std::collections::BTreeSet;

	type Address = TaskAddress<BlockNumber>;

	fn call() -> Bounded<RuntimeCall, Hashing> {
		let call = RuntimeCall::System(frame_system::Call::remark { remark: vec![] });
		Preimage::bound(call).expect("it is short")
	}

	fn alarm(when: BlockNumber) -> Result<Address, DispatchError> {
		let origin = OriginCaller::system(RawOrigin::Root);
		<LatePlaces as Anon<BlockNumber, RuntimeCall, OriginCaller>>::schedule(
			DispatchTime::At(when),
			None,
			128,
			origin,
			call(),
		)
	}

	fn enactment(name: u32, when: BlockNumber) -> Result<Address, DispatchError> {
		let id = sp_io::hashing::blake2_256(&name.encode());
		let origin = OriginCaller::system(RawOrigin::Root);
		<LatePlaces as Named<BlockNumber, RuntimeCall, OriginCaller>>::schedule_named(
			id,
			DispatchTime::At(when),
			None,
			63,
			origin,
			call(),
		)
	}

	/// Fills a block with as many alarms as fit.
	fn fill(block: BlockNumber) {
		for _ in taken(block, PLACES)..PLACES - KEPT {
			assert_eq!(alarm(block).map(|(at, _)| at), Ok(block));
		}
	}

	fn test(test: impl FnOnce()) {
		sp_io::TestExternalities::default().execute_with(|| {
			System::set_block_number(10);
			test();
		});
	}

	#[test]
	fn a_block_with_room_is_the_one_that_was_asked_for() {
		test(|| {
			assert_eq!(alarm(20), Ok((20, 0)));
			assert_eq!(alarm(20), Ok((20, 1)));
			assert_eq!(enactment(0, 20), Ok((20, 2)));
			// A block that has begun is too late.
			assert_eq!((alarm(10), alarm(0)), (Ok((11, 0)), Ok((11, 1))));
			assert_eq!(alarm(BlockNumber::MAX), Ok((BlockNumber::MAX, 0)));
		});
	}

	#[test]
	fn an_alarm_finds_a_later_place_and_leaves_those_of_enactments() {
		test(|| {
			fill(20);
			let (late, _) = alarm(20).expect("a later place");
			assert!((21..=36).contains(&late), "{late}");
			for n in 0..KEPT {
				assert_eq!(enactment(n, 20), Ok((20, PLACES - KEPT + n)));
			}
			let (late, _) = enactment(KEPT, 20).expect("a later place");
			assert!((21..=36).contains(&late), "{late}");
			assert_eq!(taken(20, 0), PLACES);
			// The same name is not scheduled twice, and no other block is tried for it.
			assert_eq!(enactment(0, 30), Err(pallet_scheduler::Error::<Runtime>::FailedToSchedule.into()));
		});
	}

	#[test]
	fn a_hole_is_a_place() {
		test(|| {
			fill(20);
			for n in 0..KEPT {
				assert_eq!(enactment(n, 20).map(|(at, _)| at), Ok(20));
			}
			<LatePlaces as Anon<BlockNumber, RuntimeCall, OriginCaller>>::cancel((20, 7))
				.expect("it is there");
			assert_eq!(alarm(20).map(|(at, _)| at == 20), Ok(false), "the agenda is one short of full");
			for n in 8..8 + KEPT {
				<LatePlaces as Anon<BlockNumber, RuntimeCall, OriginCaller>>::cancel((20, n))
					.expect("it is there");
			}
			assert_eq!(alarm(20), Ok((20, 7)));
		});
	}

	/// A former version tried the next three blocks only, so 1,792 alarms in four blocks stopped a track for good.
	#[test]
	fn consecutive_full_blocks_delay_an_alarm_and_lose_none() {
		test(|| {
			(20..24).for_each(fill);
			let found: BTreeSet<_> = (0..100).map(|_| alarm(20).expect("a later place").0).collect();
			assert!(found.iter().all(|at| *at >= 24), "{found:?}");
			let near = found.iter().filter(|at| **at <= 36).count();
			assert!(near > 5, "they are drawn from the first range, and not in a row: {found:?}");

			// With the whole first range full, at a price of 7,616 alarms, most go to the next one.
			(24..37).for_each(fill);
			let found: Vec<_> = (0..100).map(|_| alarm(20).expect("a later place").0).collect();
			assert!(found.iter().all(|at| *at >= 37), "{found:?}");
			assert!(found.iter().filter(|at| **at <= 20 + 256).count() > 80, "{found:?}");
		});
	}

	#[test]
	fn the_parent_block_decides_where() {
		let late = |parent: u8| {
			let mut late = vec![];
			test(|| {
				System::initialize(&11, &Hash::repeat_byte(parent), &Default::default());
				fill(20);
				late = (0..8).map(|_| alarm(20).expect("a later place").0).collect();
			});
			late
		};
		assert_eq!(late(1), late(1));
		assert_ne!(late(1), late(2));
	}

	#[test]
	fn an_alarm_fails_only_if_all_five_blocks_are_full() {
		test(|| {
			let full = |room| place(DispatchTime::At(20), room, |_| Ok::<(), DispatchError>(()));
			assert_eq!(full(1), Ok(()));
			// A block with room for nothing is always full.
			assert_eq!(full(0), Err(DispatchError::Exhausted));
		});
	}

	/// Weights of referenda count on it.
	#[test]
	fn no_more_than_five_blocks_are_looked_at() {
		assert_eq!(RANGES.len() + 1, 5);
	}
}
