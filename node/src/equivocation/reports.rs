//! Keeps evidence and reports it, until the chain has it or it is too late.

use crate::client::{FullClient, FullPool};
use codec::{Decode, Encode};
use futures::StreamExt;
use mainstay_runtime::{
	opaque::UncheckedExtrinsic,
	reports::{Evidence, Place},
	AccountId, BlockNumber, Hash,
};
use sc_client_api::{AuxStore, BlockchainEvents};
use sc_transaction_pool_api::{TransactionPool, TransactionSource};
use sp_api::{ApiError, CallApiAt, ProvideRuntimeApi};
use sp_blockchain::HeaderBackend;
use sp_consensus_babe::BabeApi;
use sp_consensus_grandpa::GrandpaApi;
use sp_core::{crypto::KeyTypeId, sr25519, traits::CallContext};
use sp_keystore::KeystorePtr;
use sp_runtime::transaction_validity::{InvalidTransaction, TransactionValidityError};
use sp_session::MembershipProof;
use sp_transaction_pool::runtime_api::TaggedTransactionQueue;
use std::sync::{Arc, Mutex, PoisonError};
use substrate_frame_rpc_system::AccountNonceApi;

/// The type of the keys with which a node signs reports, sr25519. The account of the first such key in the keystore
/// pays the fees. `mainstay key insert --key-type rprt --scheme sr25519` adds one.
pub const REPORTER: KeyTypeId = KeyTypeId(*b"rprt");

/// The key of the evidence in the database.
const STORE_KEY: &[u8] = b"mainstay/equivocations";

/// The pieces of evidence that are kept, at most. A validator authors few slots, and none once it is reported and
/// disabled.
const MAX_KEPT: usize = 1_000;

/// Blocks in which validators can include an unsigned report before a signed one is sent, which costs a fee if it
/// comes too late.
const SIGN_AFTER: BlockNumber = 5;

/// Blocks after which a report is sent again if the chain does not have it.
const RETRY_AFTER: BlockNumber = 8;

/// Blocks after which evidence is dropped if nothing can be proved about it. Until then the node's chain may just be
/// behind.
const FORGET_AFTER: BlockNumber = 100;

/// Evidence, and the best block when it was found.
#[derive(Clone, PartialEq, Debug, Encode, Decode)]
struct Kept {
	evidence: Evidence,
	found: BlockNumber,
}

/// A list of evidence in the database, with each offence once.
struct Evidences<Store> {
	store: Arc<Store>,
	kept: Mutex<Vec<Kept>>,
}

impl<Store: AuxStore> Evidences<Store> {
	/// Reads the list from `store`.
	fn open(store: Arc<Store>) -> sp_blockchain::Result<Self> {
		let bytes = store.get_aux(STORE_KEY)?;
		let kept =
			bytes.map(|bytes| Vec::<Kept>::decode(&mut &bytes[..])).transpose().unwrap_or_else(|error| {
				log::warn!("cannot read the evidence of equivocations that an older node kept: {error}");
				None
			});
		Ok(Self { store, kept: Mutex::new(kept.unwrap_or_default()) })
	}

	fn change(&self, change: impl FnOnce(&mut Vec<Kept>)) -> sp_blockchain::Result<()> {
		let mut kept = self.kept.lock().unwrap_or_else(PoisonError::into_inner);
		change(&mut kept);
		self.store.insert_aux(&[(STORE_KEY, &kept.encode()[..])], &[])
	}

	fn all(&self) -> Vec<Kept> {
		self.kept.lock().unwrap_or_else(PoisonError::into_inner).clone()
	}

	/// Adds evidence. Returns whether it is new.
	fn add(&self, evidence: Evidence, found: BlockNumber) -> sp_blockchain::Result<bool> {
		let id = evidence.id();
		let known = self.all();
		if known.len() >= MAX_KEPT || known.iter().any(|kept| kept.evidence.id() == id) {
			return Ok(false);
		}
		self.change(|kept| kept.push(Kept { evidence, found }))?;
		Ok(true)
	}

	fn remove(&self, evidence: &Evidence) -> sp_blockchain::Result<()> {
		self.change(|kept| kept.retain(|kept| kept.evidence != *evidence))
	}
}

/// What to do with evidence in a round of reports.
enum Next {
	/// A report of it is finalized.
	In,
	/// It is too late: nothing can be proved about it any more.
	OutOfTime,
	/// A report is in the best chain but not final, or the node's chain is behind.
	Wait,
	/// It is to be reported, with this proof of the key's owner.
	Report(MembershipProof),
}

/// Evidence of equivocations, kept until the chain has a report of it.
pub struct Reports {
	client: Arc<FullClient>,
	evidence: Evidences<FullClient>,
}

impl Reports {
	/// Includes what was kept when the node stopped.
	pub fn open(client: Arc<FullClient>) -> sp_blockchain::Result<Self> {
		let evidence = Evidences::open(client.clone())?;
		Ok(Self { client, evidence })
	}

	/// Keeps evidence until it is reported or too late. The caller has verified its signatures.
	pub fn keep(&self, evidence: Evidence) {
		match self.evidence.add(evidence, self.client.info().best_number) {
			Ok(true) => log::info!("found an equivocation: its evidence is kept until it is reported"),
			Ok(false) => {},
			Err(error) => log::error!("cannot keep the evidence of an equivocation: {error}"),
		}
	}

	/// A proof of the key's owner, in the state after block `at`.
	fn prove(&self, at: Hash, evidence: &Evidence) -> Result<Option<MembershipProof>, ApiError> {
		let api = self.client.runtime_api();
		Ok(match evidence {
			Evidence::Blocks(two) => {
				let proof = BabeApi::generate_key_ownership_proof(&*api, at, two.slot, two.offender.clone())?;
				proof.and_then(|proof| proof.decode())
			},
			Evidence::Votes(two) => {
				let (set, offender) = (two.set_id(), two.offender().clone());
				let proof = GrandpaApi::generate_key_ownership_proof(&*api, at, set, offender)?;
				proof.and_then(|proof| proof.decode())
			},
		})
	}

	/// Whether the chain has the offence on record, in the state after block `at`.
	fn is_known(&self, at: Hash, evidence: &Evidence, owner: MembershipProof) -> Result<bool, ApiError> {
		let report: UncheckedExtrinsic = evidence.clone().unsigned(owner).into();
		let validity =
			self.client.runtime_api().validate_transaction(at, TransactionSource::Local, report, at)?;
		Ok(validity == Err(TransactionValidityError::Invalid(InvalidTransaction::Stale)))
	}

	fn next(&self, Kept { evidence, found }: &Kept) -> Result<Next, ApiError> {
		let chain = self.client.info();
		if let Some(owner) = self.prove(chain.finalized_hash, evidence)? {
			if self.is_known(chain.finalized_hash, evidence, owner)? {
				return Ok(Next::In);
			}
		}
		match self.prove(chain.best_hash, evidence)? {
			Some(owner) if self.is_known(chain.best_hash, evidence, owner.clone())? => Ok(Next::Wait),
			Some(owner) => Ok(Next::Report(owner)),
			None if chain.best_number > found.saturating_add(FORGET_AFTER) => Ok(Next::OutOfTime),
			None => Ok(Next::Wait),
		}
	}
}

/// When each report was last sent, and how often.
type Sent = std::collections::HashMap<Vec<u8>, (BlockNumber, u32)>;

/// Whether to send a report after block `best` that the chain does not have: it was never sent, or it was lost since
/// block `last`.
fn is_due(last: BlockNumber, times: u32, best: BlockNumber) -> bool {
	times == 0 || best >= last.saturating_add(RETRY_AFTER)
}

/// Sends reports.
pub struct Reporter {
	/// The evidence.
	pub reports: Arc<Reports>,
	/// Gives access to the chain.
	pub client: Arc<FullClient>,
	/// The transaction pool.
	pub pool: Arc<FullPool>,
	/// The keystore, which may have a key to sign reports.
	pub keystore: KeystorePtr,
	/// Whether this node authors blocks.
	pub authors: bool,
}

impl Reporter {
	/// Handles all evidence after each new best block.
	pub async fn run(self) {
		let mut blocks = self.client.import_notification_stream();
		let mut sent = Sent::new();
		while let Some(block) = blocks.next().await {
			if !block.is_new_best {
				continue;
			}
			let kept = self.reports.evidence.all();
			sent.retain(|id, _| kept.iter().any(|kept| kept.evidence.id() == *id));
			for each in kept {
				let evidence = each.evidence.clone();
				match self.reports.next(&each) {
					Ok(Next::Wait) => {},
					Ok(Next::In) => self.remove(&evidence, "is reported"),
					Ok(Next::OutOfTime) => self.remove(&evidence, "is too old to be reported"),
					Ok(Next::Report(owner)) => self.report(each, owner, &mut sent).await,
					Err(error) => log::warn!("cannot check whether an equivocation is reported: {error}"),
				}
			}
		}
	}

	fn remove(&self, evidence: &Evidence, why: &str) {
		log::info!("an equivocation {why}");
		if let Err(error) = self.reports.evidence.remove(evidence) {
			log::warn!("cannot remove the evidence of an equivocation that {why}: {error}");
		}
	}

	/// Sends a report, unless one was sent a few blocks ago, or it would be signed and validators have not had time to
	/// report.
	async fn report(&self, Kept { evidence, found }: Kept, owner: MembershipProof, sent: &mut Sent) {
		let (best, id) = (self.client.info().best_number, evidence.id());
		let (last, times) = sent.get(&id).copied().unwrap_or((0, 0));
		if !is_due(last, times, best) || (!self.authors && best < found.saturating_add(SIGN_AFTER)) {
			return;
		}
		sent.insert(id, (best, times.saturating_add(1)));

		// A validator that did not include the report itself may be out of the set.
		if !self.authors || times > 0 {
			let signed = self.sign(evidence.clone(), owner.clone()).map_err(|error| error.to_string());
			match signed {
				Ok(Some(report)) => self.submit(report).await,
				Ok(None) if !self.authors && times == 0 => log::warn!(
					"this node found an equivocation, and cannot report it: it authors no blocks and has no key of type \
					 rprt. It keeps the evidence."
				),
				Ok(None) => {},
				Err(error) => log::warn!("cannot sign the report of an equivocation: {error}"),
			}
		}
		if self.authors {
			self.submit(evidence.unsigned(owner).into()).await;
		}
	}

	async fn submit(&self, report: UncheckedExtrinsic) {
		let best = self.client.info().best_hash;
		match self.pool.submit_one(best, TransactionSource::Local, report).await {
			Ok(_) => log::info!("sent the report of an equivocation"),
			Err(error) => log::debug!("cannot send the report of an equivocation: {error}"),
		}
	}

	/// A signed report; `None` if there is no key to sign it.
	fn sign(
		&self,
		evidence: Evidence,
		owner: MembershipProof,
	) -> Result<Option<UncheckedExtrinsic>, Box<dyn std::error::Error>> {
		let Some(key) = self.keystore.sr25519_public_keys(REPORTER).into_iter().next() else {
			return Ok(None);
		};
		let chain = self.client.info();
		let who = AccountId::from(key);
		let version = self.client.runtime_version_at(chain.best_hash, CallContext::Offchain)?;
		let place = Place {
			genesis: chain.genesis_hash,
			block: chain.best_hash,
			number: chain.best_number,
			nonce: self.client.runtime_api().account_nonce(chain.best_hash, who.clone())?,
			versions: (version.spec_version, version.transaction_version),
		};
		let sign = |payload: &[u8]| -> Option<mainstay_runtime::Signature> {
			let signature: sr25519::Signature =
				self.keystore.sr25519_sign(REPORTER, &key, payload).ok()??;
			Some(signature.into())
		};
		Ok(evidence.signed(owner, who, place, sign).map(Into::into))
	}
}

#[cfg(test)]
mod tests {
	use super::*;
	use crate::sdk::double_blocks::sealed::tests::Memory;
	use mainstay_runtime::reports::TwoBlocks;
	use sp_runtime::traits::Header as _;

	fn evidence(slot: u64, number: u32) -> Evidence {
		let header = |number| {
			mainstay_runtime::opaque::Header::new(
				number,
				Default::default(),
				Default::default(),
				Default::default(),
				Default::default(),
			)
		};
		let offender = sr25519::Public::default().into();
		let (first_header, second_header) = (header(number), header(number + 1));
		Evidence::Blocks(Box::new(TwoBlocks { offender, slot: slot.into(), first_header, second_header }))
	}

	/// validators 3
	#[test]
	fn a_report_that_is_lost_is_sent_again_and_again() {
		let (mut last, mut times, mut sent) = (0, 0, Vec::new());
		for best in 100..130 {
			if is_due(last, times, best) {
				(last, times) = (best, times + 1);
				sent.push(best);
			}
		}
		assert_eq!(sent, [100, 108, 116, 124]);
	}

	/// validators 3
	#[test]
	fn evidence_survives_a_restart_until_it_is_removed() {
		let store = Arc::new(Memory::default());
		let open = || Evidences::open(store.clone()).unwrap();
		assert!(open().add(evidence(7, 1), 3).unwrap());
		assert!(open().add(evidence(8, 1), 4).unwrap());
		assert!(
			!open().add(evidence(7, 5), 5).unwrap(),
			"two other blocks of that slot are the same offence"
		);
		let slots = || -> Vec<_> { open().all().into_iter().map(|kept| kept.found).collect() };
		assert_eq!(slots(), [3, 4]);
		open().remove(&evidence(7, 1)).unwrap();
		assert_eq!(slots(), [4]);
	}

	#[test]
	fn evidence_has_a_bound() {
		let evidences = Evidences::open(Arc::new(Memory::default())).unwrap();
		let added =
			(0..2 * MAX_KEPT as u64).filter(|slot| evidences.add(evidence(*slot, 1), 0).unwrap()).count();
		assert_eq!((added, evidences.all().len()), (MAX_KEPT, MAX_KEPT));
	}

	#[test]
	fn what_cannot_be_read_is_no_reason_not_to_start() {
		let store = Arc::new(Memory::default());
		store.insert_aux(&[(STORE_KEY, &[255u8; 3][..])], &[]).unwrap();
		assert_eq!(Evidences::open(store).unwrap().all(), []);
	}

	#[test]
	fn headers_without_seals_are_no_evidence() {
		assert!(!evidence(7, 1).is_sound());
		let report: UncheckedExtrinsic = evidence(7, 1).unsigned(Default::default()).into();
		assert_eq!(Evidence::of_report(report.inner()), Some(evidence(7, 1)));
	}
}
