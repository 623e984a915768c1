//! Dry runs: executes a call, reads its effects, and rolls it back.
//!
//! Anyone can ask, in the name of any account and without a fee. So [`super::asked`] bounds the call, and not the
//! weight that it declares.

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

/// The number of blocks for which clients let a transaction be valid. A mortal transaction has another fee, because
/// checking its mortality has a weight.
const MORTALITY: u64 = 64;

/// The transaction extension of the next transaction of `who`, without a tip.
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
		// As at the beginning of a block: weight and events of the block before are cleared.
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
