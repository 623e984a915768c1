//! What a call would do: it is done, looked at, and undone.
//!
//! Anyone may ask, in the name of any account, and pays nothing. So what is asked is bounded by what [`super::asked`] says
//! of it, and not by what the call says of itself.

use super::asked;
use crate::*;
use codec::Encode;
use frame_support::{
	dispatch::GetDispatchInfo,
	traits::{
		fungible::Inspect,
		tokens::{Fortitude, Preservation},
	},
};
use mainstay_primitives::{rolled_back, runtime_api::calls::CallEffects};
use sp_runtime::{
	traits::{DispatchTransaction, TransactionExtension},
	transaction_validity::TransactionValidityError,
};

/// For how many blocks clients let a transaction live. To check that weighs something: a mortal one has another fee.
const MORTALITY: u64 = 64;

/// What a transaction of `who` checks and pays, next in turn and without a tip.
pub fn extension(who: &AccountId) -> TxExtension {
	let last = System::block_number().saturating_sub(1);
	(
		frame_system::AuthorizeCall::new(),
		frame_system::CheckNonZeroSender::new(),
		frame_system::CheckSpecVersion::new(),
		frame_system::CheckTxVersion::new(),
		frame_system::CheckGenesis::new(),
		frame_system::CheckEra::from(generic::Era::mortal(MORTALITY, last.into())),
		frame_system::CheckNonce::from(System::account_nonce(who)),
		frame_system::CheckWeight::new(),
		ChargeTransactionPayment::from(0),
		CheckMetadataHash::new(false),
		frame_system::WeightReclaim::new(),
	)
}

/// See [`mainstay_primitives::runtime_api::calls::CallsApi`].
pub fn dry_run(
	who: AccountId,
	call: RuntimeCall,
	length: u32,
) -> Result<CallEffects<RuntimeEvent>, TransactionValidityError> {
	asked::ensure_bounded(&call)?;
	let length = length.max(call.encoded_size() as u32);
	rolled_back(|| {
		// As at the beginning of a block: what the one before it weighed and what happened in it are forgotten.
		System::initialize(
			&System::block_number().saturating_add(1),
			&System::parent_hash(),
			&Default::default(),
		);
		System::reset_events();

		let spendable = || Balances::reducible_balance(&who, Preservation::Preserve, Fortitude::Polite);
		let spendable_before = spendable();
		let extension = extension(&who);
		let mut info = call.get_dispatch_info();
		info.extension_weight = extension.weight(&call);
		let origin = RuntimeOrigin::signed(who.clone());
		let result = extension.dispatch_transaction(origin, call, &info, length as usize, 0);
		result.map(|result| CallEffects {
			result: result.map(|_| ()).map_err(|refused| refused.error),
			events: System::read_events_no_consensus().map(|record| record.event).collect(),
			spendable_before,
			spendable_after: spendable(),
		})
	})
}
