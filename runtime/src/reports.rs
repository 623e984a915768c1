//! Reports of equivocations, of which nodes make transactions.
//!
//! A report is a call of BABE or GRANDPA. An unsigned report is not gossiped, so only the node that made it can include
//! it in a block. A node that makes no blocks signs the report instead, for a fee that is refunded if the report
//! succeeds.

use crate::*;
use alloc::boxed::Box;
use codec::{Decode, Encode};
use sp_runtime::{generic::Era, traits::LazyExtrinsic};
use sp_session::MembershipProof;

/// Blocks for which a signed report is valid.
const SIGNED_FOR: u64 = 64;

/// Two blocks of one slot.
pub type TwoBlocks = sp_consensus_babe::EquivocationProof<Header>;
/// Two votes in one round.
pub type TwoVotes = sp_consensus_grandpa::EquivocationProof<Hash, BlockNumber>;

/// Two signatures by one key that contradict each other.
#[derive(Clone, PartialEq, Eq, Debug, Encode, Decode)]
pub enum Evidence {
	/// Signatures of two blocks of one slot.
	Blocks(Box<TwoBlocks>),
	/// Signatures of two votes in one round.
	Votes(Box<TwoVotes>),
}

/// The chain data to which a signature binds a transaction.
pub struct Place {
	/// The first block of the chain.
	pub genesis: Hash,
	/// The block after which the transaction is valid.
	pub block: Hash,
	/// Its number.
	pub number: BlockNumber,
	/// The signer's next nonce there.
	pub nonce: Nonce,
	/// The version of the runtime there, and of its transactions.
	pub versions: (u32, u32),
}

impl Evidence {
	/// The evidence of a report, signed or not.
	pub fn of_report(extrinsic: &[u8]) -> Option<Self> {
		match UncheckedExtrinsic::decode_unprefixed(extrinsic).ok()?.function {
			RuntimeCall::Babe(
				pallet_babe::Call::report_equivocation { equivocation_proof, .. }
				| pallet_babe::Call::report_equivocation_unsigned { equivocation_proof, .. },
			) => Some(Self::Blocks(equivocation_proof)),
			RuntimeCall::Grandpa(
				pallet_grandpa::Call::report_equivocation { equivocation_proof, .. }
				| pallet_grandpa::Call::report_equivocation_unsigned { equivocation_proof, .. },
			) => Some(Self::Votes(equivocation_proof)),
			_ => None,
		}
	}

	/// Whether the two signatures contradict each other and are by the named key.
	pub fn is_sound(&self) -> bool {
		match self.clone() {
			Self::Blocks(proof) => sp_consensus_babe::check_equivocation_proof(*proof),
			Self::Votes(proof) => sp_consensus_grandpa::check_equivocation_proof(*proof),
		}
	}

	/// The identity of the offence: the chain counts all signatures with this identity as one offence of the key.
	pub fn id(&self) -> Vec<u8> {
		match self {
			Self::Blocks(proof) => (0u8, &proof.offender, proof.slot).encode(),
			Self::Votes(proof) => (1u8, proof.offender(), proof.set_id(), proof.round()).encode(),
		}
	}

	/// The unsigned report, for a block of the reporting node.
	pub fn unsigned(self, key_owner_proof: MembershipProof) -> UncheckedExtrinsic {
		UncheckedExtrinsic::new_bare(match self {
			Self::Blocks(equivocation_proof) => {
				pallet_babe::Call::report_equivocation_unsigned { equivocation_proof, key_owner_proof }.into()
			},
			Self::Votes(equivocation_proof) => {
				pallet_grandpa::Call::report_equivocation_unsigned { equivocation_proof, key_owner_proof }
					.into()
			},
		})
	}

	/// The report for any node's block, signed by `sign` with the key of `who`. `None` if `sign` gives no signature.
	pub fn signed(
		self,
		key_owner_proof: MembershipProof,
		who: AccountId,
		place: Place,
		sign: impl FnOnce(&[u8]) -> Option<Signature>,
	) -> Option<UncheckedExtrinsic> {
		let call: RuntimeCall = match self {
			Self::Blocks(equivocation_proof) => {
				pallet_babe::Call::report_equivocation { equivocation_proof, key_owner_proof }.into()
			},
			Self::Votes(equivocation_proof) => {
				pallet_grandpa::Call::report_equivocation { equivocation_proof, key_owner_proof }.into()
			},
		};
		let extension: TxExtension = (
			frame_system::AuthorizeCall::new(),
			frame_system::CheckNonZeroSender::new(),
			frame_system::CheckSpecVersion::new(),
			frame_system::CheckTxVersion::new(),
			frame_system::CheckGenesis::new(),
			frame_system::CheckEra::from(Era::mortal(SIGNED_FOR, place.number.into())),
			frame_system::CheckNonce::from(place.nonce.into()),
			frame_system::CheckWeight::new(),
			ChargeTransactionPayment::from(0),
			CheckMetadataHash::new(false),
			frame_system::WeightReclaim::new(),
		);
		let implicit =
			((), (), place.versions.0, place.versions.1, place.genesis, place.block, (), (), (), None, ());
		let payload = SignedPayload::from_raw(call, extension, implicit);
		let signature = payload.using_encoded(sign)?;
		let (call, extension, _) = payload.deconstruct();
		Some(UncheckedExtrinsic::new_signed(call, who.into(), signature, extension))
	}
}
