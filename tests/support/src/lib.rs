//! The shared parts of mock runtimes: the pallets of the SDK ([`runtime!`]), numbered accounts and their funds at
//! genesis ([`actors`]), a clock that tests set ([`clock`]), stand-ins for pallets that a runtime lacks
//! ([`stand_ins`]), and the setup of benchmarks ([`benchmark_helper!`]).
//!
//! Pallets use this crate as a dev-dependency. It depends on no pallet of ours: otherwise a pallet's tests would have a
//! second copy of that pallet, with different types. A pallet itself offers its `config_preludes` to tests and its
//! `setup` to benchmarks.

use frame_support::traits::{
	fungible::{NativeFromLeft, UnionOf},
	OriginTrait, UnfilteredDispatchable,
};
use mainstay_primitives::{AccountId, Currency};
use sp_runtime::DispatchResult;

pub mod actors;
mod benchmarks;
pub mod clock;
mod runtime;
pub mod stand_ins;

pub use actors::{account, ExistentialDeposit, PURSE};

/// STAY and every asset through one interface, of these pallets.
pub type NativeAndAssets<Balances, Assets> = UnionOf<Balances, Assets, NativeFromLeft, Currency, AccountId>;

/// Dispatches `call` from `origin`, as a block would.
pub fn dispatch<Call: UnfilteredDispatchable>(origin: Call::RuntimeOrigin, call: Call) -> DispatchResult {
	call.dispatch_bypass_filter(origin).map(drop).map_err(|refused| refused.error)
}

/// Dispatches `call` from account `who`.
pub fn send<Call>(who: u8, call: Call) -> DispatchResult
where
	Call: UnfilteredDispatchable<RuntimeOrigin: OriginTrait<AccountId = AccountId>>,
{
	dispatch(Call::RuntimeOrigin::signed(account(who)), call)
}

/// Dispatches `call` as governance.
pub fn govern<Call>(call: Call) -> DispatchResult
where
	Call: UnfilteredDispatchable<RuntimeOrigin: OriginTrait>,
{
	dispatch(Call::RuntimeOrigin::root(), call)
}

/// The events of one pallet since the last call. Events of other pallets are dropped.
pub fn events<T: frame_system::Config, Event>() -> Vec<Event>
where
	T::RuntimeEvent: TryInto<Event>,
{
	let events = frame_system::Pallet::<T>::read_events_for_pallet::<Event>();
	frame_system::Pallet::<T>::reset_events();
	events
}
