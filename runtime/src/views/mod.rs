//! The implementations of the runtime APIs for clients, one file for each API of [`mainstay_primitives::runtime_api`],
//! which describes the answers. They read the storage of the pallets.
//!
//! Views never write. Every answer is bounded, by the bounds of the storage that it reads or by the length of a page.

pub mod asked;
pub mod calls;
pub mod changes;
mod columns;
pub mod operators;
pub mod restaking;
pub mod rewards;
pub mod services;
pub mod slashing;
pub mod stakes;
pub mod staking;

use crate::{AllPalletsWithSystem, Runtime};
use alloc::vec::Vec;
use frame_support::traits::PalletsInfoAccess;
use mainstay_primitives::{
	runtime_api::{services::Resolver, Page, Text, MAX_PAGE},
	AccountId, AvsId,
};
use sp_runtime::DispatchError;

/// The maximum number of entries that one page reads to find those that it shows.
const MAX_LOOKED: usize = 1_000;

/// A page of the entries that have an item. Entries with `None` are skipped, so the page can be short or empty although
/// there is a next one.
pub(crate) fn sift<Item, Cursor>(
	entries: impl Iterator<Item = (Cursor, Option<Item>)>,
	limit: u32,
) -> Page<Item, Cursor> {
	let limit = limit.clamp(1, MAX_PAGE) as usize;
	let (mut items, mut last) = (Vec::new(), None);
	for (looked, (cursor, item)) in entries.enumerate() {
		if items.len() == limit || looked == MAX_LOOKED {
			return Page { items, next: last };
		}
		items.extend(item);
		last = Some(cursor);
	}
	Page { items, next: None }
}

/// The name of an operator; empty if it has none.
pub(crate) fn operator_name(operator: &AccountId) -> Text {
	let metadata = mainstay_operator_delegation::OperatorMetadata::<Runtime>::get(operator);
	metadata.map_or_else(Text::default, |metadata| metadata.name.into_inner().into())
}

/// The name of a service; empty if it has none.
pub(crate) fn service_name(avs: AvsId) -> Text {
	let metadata = mainstay_avs_registry::Metadata::<Runtime>::get(avs);
	metadata.map_or_else(Text::default, |metadata| metadata.name.into_inner().into())
}

/// Converts a resolver to its form in answers.
pub(crate) fn resolver(resolver: mainstay_primitives::Resolver<AccountId>) -> Resolver {
	match resolver {
		mainstay_primitives::Resolver::Account(account) => Resolver::Account(account.into()),
		mainstay_primitives::Resolver::Governance => Resolver::Governance,
	}
}

/// The name of an error, as `Pallet.Error` if it belongs to a pallet.
pub(crate) fn error_name(error: DispatchError) -> Text {
	let DispatchError::Module(module) = error else {
		return Text::from(<&'static str>::from(error));
	};
	let pallets = AllPalletsWithSystem::infos();
	let pallet = pallets.iter().find(|pallet| pallet.index == usize::from(module.index));
	let names = [pallet.map_or("", |pallet| pallet.name), module.message.unwrap_or("")];
	Text::from(names.join(".").into_bytes())
}
