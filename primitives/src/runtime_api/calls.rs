//! What a call would do, asked before it is signed.

use crate::{AccountId, Balance};
use alloc::vec::Vec;
use codec::{Codec, Decode, Encode};
use scale_info::TypeInfo;
use sp_runtime::{transaction_validity::TransactionValidityError, DispatchError};

/// What a signed call did, before it was undone.
#[derive(Clone, PartialEq, Eq, Debug, Encode, Decode, TypeInfo)]
pub struct CallEffects<Event> {
	/// Whether it succeeded. If it did not, it changed nothing, and the account paid the fee nevertheless.
	pub result: Result<(), DispatchError>,
	/// What happened, in order; the fee is among it. There is no author of a block yet: its part of the fee is burnt.
	pub events: Vec<Event>,
	/// What the account could spend before, in the smallest unit of STAY.
	pub spendable_before: Balance,
	/// What it could spend afterwards.
	pub spendable_after: Balance,
}

sp_api::decl_runtime_apis! {
	/// What a call would do.
	pub trait CallsApi<Call, Event> where Call: Codec, Event: Codec {
		/// What `call` would do, were it the first transaction of the next block, sent by `who`, mortal and without a tip. It is done
		/// in the state of the block that is asked, by all the rules that a transaction passes, and undone.
		///
		/// `length` is that of the signed extrinsic in bytes; it has a part in the fee.
		///
		/// # Errors
		/// The transaction would not be taken: the account cannot pay the fee, or the call is too heavy for a block. What calls
		/// weigh is counted for that, and not what an origin that may choose a weight says: `sudo.sudoUncheckedWeight` of
		/// more than a transaction's share of a block is too heavy to be asked for, though it would be taken.
		/// So is what brings code or writes storage by its keys, which no weight bounds.
		///
		/// What is nested too deep, or needs too much memory, is not read at all, and the answer is a failure of the
		/// runtime.
		fn dry_run(
			who: AccountId,
			call: Call,
			length: u32,
		) -> Result<CallEffects<Event>, TransactionValidityError>;
	}
}
