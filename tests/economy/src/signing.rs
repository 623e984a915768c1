//! Transactions that are signed as a wallet signs them.

use mainstay_primitives::{AccountId, Nonce};
use mainstay_runtime::{
	Runtime, RuntimeCall, SignedPayload, System, TxExtension, UncheckedExtrinsic, VERSION,
};
use sp_core::{sr25519::Pair, Pair as _};
use sp_runtime::{
	generic::Era,
	traits::{IdentifyAccount, TransactionExtension},
	MultiSigner,
};

/// The account of a key.
pub fn account_of(key: &Pair) -> AccountId {
	MultiSigner::from(key.public()).into_account()
}

/// The transaction extension for this nonce and mortality, without a tip.
pub fn extension(nonce: Nonce, era: Era) -> TxExtension {
	(
		frame_system::AuthorizeCall::new(),
		frame_system::CheckNonZeroSender::new(),
		frame_system::CheckSpecVersion::new(),
		frame_system::CheckTxVersion::new(),
		frame_system::CheckGenesis::new(),
		frame_system::CheckEra::from(era),
		frame_system::CheckNonce::from(nonce.into()),
		frame_system::CheckWeight::new(),
		pallet_transaction_payment::ChargeTransactionPayment::<Runtime>::from(0),
		frame_metadata_hash_extension::CheckMetadataHash::new(false),
		frame_system::WeightReclaim::new(),
	)
}

/// A signed transaction that is valid for the runtime `spec_version`, in the current state.
pub fn sign_for(
	spec_version: u32,
	key: &Pair,
	call: impl Into<RuntimeCall>,
	nonce: Nonce,
	era: Era,
) -> UncheckedExtrinsic {
	let (call, extension) = (call.into(), extension(nonce, era));
	let mut implicit = extension.implicit().expect("the block of its birth is known");
	implicit.2 = spec_version;
	let payload = SignedPayload::from_raw(call, extension, implicit);
	let signature = codec::Encode::using_encoded(&payload, |payload| key.sign(payload));
	let (call, extension, _) = payload.deconstruct();
	UncheckedExtrinsic::new_signed(call, account_of(key).into(), signature.into(), extension)
}

/// A signed transaction that is valid in the current state.
pub fn sign(key: &Pair, call: impl Into<RuntimeCall>, nonce: Nonce, era: Era) -> UncheckedExtrinsic {
	sign_for(VERSION.spec_version, key, call, nonce, era)
}

/// A signed, immortal transaction with the account's next nonce.
pub fn next(key: &Pair, call: impl Into<RuntimeCall>) -> UncheckedExtrinsic {
	sign(key, call, *System::account_nonce(account_of(key)), Era::Immortal)
}
