//! The setup of benchmarks.

/// Defines a `Helper` that prepares accounts of the runtime `Test` for benchmarks, as the chain's helper does. `Test`
/// must have operator-delegation, avs-registry and restaking, the caller must depend on their crates, and the clock
/// must be that of this crate. The argument is the function with which services pay the delegators of a pool.
#[macro_export]
macro_rules! benchmark_helper {
	($pay_delegators:expr) => {
		pub use helper::Helper;
		mod helper {
			use super::*;
			use frame_support::traits::Get;
			use mainstay_primitives::{
				traits::{BenchmarkHelper, ServiceBenchmarkHelper},
				AccountId, AssetId, Balance, Currency, Era, OperatorSetId, PoolKind,
			};

			pub struct Helper;

			impl BenchmarkHelper<AccountId> for Helper {
				fn set_keys(_: &AccountId) {}
				fn advance_eras(eras: Era) {
					$crate::clock::Now::mutate(|now| *now += eras);
				}
				fn operator_with_stake(operator: &AccountId, amount: Balance) {
					mainstay_operator_delegation::setup::operator_with_stake::<Test>(operator, amount);
				}
				fn exit_stake(operator: &AccountId, kind: PoolKind, amount: Balance) {
					mainstay_operator_delegation::setup::exit_stake::<Test>(operator, kind, amount);
				}
				fn pay_delegators(operator: &AccountId, kind: PoolKind) {
					let pay: fn(&AccountId, PoolKind) = $pay_delegators;
					pay(operator, kind);
				}
			}

			impl ServiceBenchmarkHelper<AccountId> for Helper {
				fn currency(index: u32, who: &AccountId, amount: Balance) -> Currency {
					let issuer = $crate::stand_ins::Treasury::get();
					mainstay_restaking::setup::currency::<Test, Balances>(&issuer, index, who, amount)
				}
				fn asset(funder: &AccountId) -> AssetId {
					let issuer = $crate::stand_ins::Treasury::get();
					mainstay_restaking::setup::asset::<Test>(&issuer, 1_000, funder)
				}
				fn operator_set(owner: &AccountId, kinds: u32) -> OperatorSetId {
					let deposit = <Test as mainstay_avs_registry::Config>::RegistrationDeposit::get();
					for index in 0..kinds {
						Self::currency(index, owner, deposit);
					}
					mainstay_avs_registry::setup::operator_set::<Test>(owner, kinds)
				}
				fn serve(operator: &AccountId, set: OperatorSetId, amount: Balance) {
					mainstay_restaking::setup::allocate::<Test>(operator, set, amount);
					AvsRegistry::join(RuntimeOrigin::signed(operator.clone()), set).unwrap();
				}
			}
		}
	};
}
