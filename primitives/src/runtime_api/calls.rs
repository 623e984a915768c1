//! Dry runs of calls, for wallets to show before a call is signed.

use crate::{AccountId, Balance};
use alloc::vec::Vec;
use codec::{Codec, Decode, Encode};
use scale_info::TypeInfo;
use sp_runtime::{transaction_validity::TransactionValidityError, DispatchError};

/// The effects of a signed call in a dry run.
#[derive(Clone, PartialEq, Eq, Debug, Encode, Decode, TypeInfo)]
pub struct CallEffects<Event> {
	/// Whether the call succeeds. If it fails, it changes nothing, but the account pays the fee all the same.
	pub result: Result<(), DispatchError>,
	/// The events, in order, including that of the fee. A dry run has no block author, so the author's part of the fee
	/// is burnt in it.
	pub events: Vec<Event>,
	/// The account's spendable balance before the call, in the smallest unit of STAY.
	pub spendable_before: Balance,
	/// The account's spendable balance after the call, in the smallest unit of STAY.
	pub spendable_after: Balance,
}

sp_api::decl_runtime_apis! {
	/// Dry runs of calls.
	pub trait CallsApi<Call, Event> where Call: Codec, Event: Codec {
		/// The effects of `call` as the first transaction of the next block, sent by `who`, mortal and without a tip.
		/// The call is executed in the state of the given block, with all checks of a transaction, and rolled back.
		///
		/// `length` is the length of the signed extrinsic in bytes, on which the fee depends.
		///
		/// # Errors
		/// The transaction would not be accepted: the account cannot pay the fee, or the call is too heavy for a block.
		/// The weight is that of the calls themselves, and not one that an origin chooses: a call in
		/// `sudo.sudoUncheckedWeight` above a transaction's share of a block is refused here, although a block would
		/// accept it. So are calls that set code or write raw storage keys, which no weight bounds.
		///
		/// A call that is nested too deep, or that needs too much memory, is not decoded, and the runtime API call
		/// fails.
		fn dry_run(
			who: AccountId,
			call: Call,
			length: u32,
		) -> Result<CallEffects<Event>, TransactionValidityError>;
	}
}
