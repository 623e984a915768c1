//! Each origin passes its own check and no other, in a runtime of this pallet alone.

use crate as mainstay_origins;
use crate::*;
use codec::{Decode, Encode};
use frame_support::{derive_impl, traits::EnsureOrigin};

frame_support::construct_runtime! {
	pub struct Test {
		System: frame_system,
		Origins: mainstay_origins,
	}
}

#[derive_impl(frame_system::config_preludes::TestDefaultConfig)]
impl frame_system::Config for Test {
	type Block = frame_system::mocking::MockBlock<Test>;
}

impl crate::Config for Test {}

/// A name, the origin, its index, and its check.
type Named = (&'static str, Origin, u8, fn(RuntimeOrigin) -> bool);

fn passes<E: EnsureOrigin<RuntimeOrigin>>(origin: RuntimeOrigin) -> bool {
	E::try_origin(origin).is_ok()
}

fn all() -> [Named; 7] {
	[
		("WhitelistedCaller", Origin::WhitelistedCaller, 0, passes::<WhitelistedCaller>),
		("Parameters", Origin::Parameters, 1, passes::<Parameters>),
		("SlashDisputes", Origin::SlashDisputes, 2, passes::<SlashDisputes>),
		("SmallSpender", Origin::SmallSpender, 3, passes::<SmallSpender>),
		("BigSpender", Origin::BigSpender, 4, passes::<BigSpender>),
		("ReferendumCanceller", Origin::ReferendumCanceller, 5, passes::<ReferendumCanceller>),
		("ReferendumKiller", Origin::ReferendumKiller, 6, passes::<ReferendumKiller>),
	]
}

#[test]
fn an_origin_passes_its_own_check_alone() {
	for (name, origin, ..) in all() {
		for (other, .., check) in all() {
			assert_eq!(check(origin.into()), name == other, "{name} before the check of {other}");
		}
	}
}

#[test]
fn nobody_else_passes() {
	for (name, .., check) in all() {
		for origin in [RuntimeOrigin::root(), RuntimeOrigin::signed(1), RuntimeOrigin::none()] {
			assert!(!check(origin.clone()), "{origin:?} before the check of {name}");
		}
	}
}

#[test]
fn a_refused_origin_comes_back_as_it_was() {
	let origin = RuntimeOrigin::from(Origin::BigSpender);
	let refused = SmallSpender::try_origin(origin).map_err(|origin| origin.caller);
	assert_eq!(refused, Err(OriginCaller::Origins(Origin::BigSpender)));
}

/// Referenda and scheduled calls store origins, so their encoding must not change.
#[test]
fn indices_are_fixed() {
	for (name, origin, index, _) in all() {
		assert_eq!(origin.encode(), [index], "{name}");
		assert_eq!(Origin::decode(&mut [index].as_slice()), Ok(origin), "{name}");
	}
	assert!(Origin::decode(&mut [all().len() as u8].as_slice()).is_err());
}

#[cfg(feature = "runtime-benchmarks")]
#[test]
fn benchmarks_get_an_origin_that_passes() {
	fn own<E: EnsureOrigin<RuntimeOrigin>>() -> RuntimeOrigin {
		E::try_successful_origin().unwrap()
	}
	let own: [fn() -> RuntimeOrigin; 7] = [
		own::<WhitelistedCaller>,
		own::<Parameters>,
		own::<SlashDisputes>,
		own::<SmallSpender>,
		own::<BigSpender>,
		own::<ReferendumCanceller>,
		own::<ReferendumKiller>,
	];
	for ((name, .., check), own) in all().into_iter().zip(own) {
		assert!(check(own()), "{name}");
	}
}
