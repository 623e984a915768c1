//! The pallets that every mock runtime has.

/// Defines a runtime `Test` of `System`, `Balances`, `Assets` and the pallets that are named after them, and configures
/// the first three: accounts and balances have the same types as on chain, and the items in braces are added.
/// `NativeAndAssets` is STAY and every asset through one interface.
///
/// The calling crate must depend on these pallets, and have `frame_support::derive_impl` in scope.
///
/// ```text
/// mainstay_test_support::runtime! {
///     System: {},
///     Assets: { type ForceOrigin = EnsureRoot<AccountId>; },
///     Treasury: mainstay_treasury,
/// }
/// ```
#[macro_export]
macro_rules! runtime {
	(
		System: { $($system:tt)* },
		Assets: { $($assets:tt)* },
		$($pallets:tt)+
	) => {
		frame_support::construct_runtime! {
			pub struct Test {
				System: frame_system,
				Balances: pallet_balances,
				Assets: pallet_assets,
				$($pallets)+
			}
		}

		pub type NativeAndAssets = $crate::NativeAndAssets<Balances, Assets>;

		#[derive_impl(frame_system::config_preludes::TestDefaultConfig)]
		impl frame_system::Config for Test {
			type AccountId = mainstay_primitives::AccountId;
			type Lookup = sp_runtime::traits::IdentityLookup<Self::AccountId>;
			type Block = frame_system::mocking::MockBlock<Test>;
			type AccountData = pallet_balances::AccountData<mainstay_primitives::Balance>;
			$($system)*
		}

		#[derive_impl(pallet_balances::config_preludes::TestDefaultConfig)]
		impl pallet_balances::Config for Test {
			type AccountStore = System;
			type Balance = mainstay_primitives::Balance;
			type ExistentialDeposit = $crate::actors::ExistentialDeposit;
		}

		#[derive_impl(pallet_assets::config_preludes::TestDefaultConfig)]
		impl pallet_assets::Config for Test {
			type Balance = mainstay_primitives::Balance;
			type Currency = Balances;
			type CreateOrigin =
				frame_support::traits::AsEnsureOriginWithArg<frame_system::EnsureSigned<Self::AccountId>>;
			$($assets)*
		}
	};
}
