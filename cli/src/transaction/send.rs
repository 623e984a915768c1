//! Signing, sending, and waiting for the end.

use super::{hex_of, outcome::refusal_of};
use crate::{
	chain::{cause, AtBlock},
	context::Context,
	error::Error,
	scale::{self, Event},
};
use std::time::Duration;
use subxt::{
	config::DefaultExtrinsicParamsBuilder, tx::TransactionStatus, utils::AccountId32, SubstrateConfig,
};
use subxt_signer::sr25519::Keypair;

/// For how many blocks a signed transaction can be taken. The chain's dry run counts on it.
const MORTALITY: u64 = 64;

/// After so long without news somebody should be told.
const STILL: Duration = Duration::from_secs(30);

/// Where a transaction came in.
pub struct Found {
	/// Its hash.
	pub transaction: String,
	/// The hash of the block, if it was waited for.
	pub block: Option<String>,
	/// The number of the block.
	pub number: Option<u64>,
	/// Whether the block is final.
	pub is_final: bool,
}

/// How long to wait for a command.
#[derive(Clone, Copy, Debug, PartialEq, Eq, clap::ValueEnum)]
pub enum Wait {
	/// Until the block it is in is final: nothing can undo it.
	Finalized,
	/// Until it is in a block, which may be replaced by another still.
	Block,
	/// Not at all, once the node has it.
	None,
}

/// The block from which on a transaction can be taken: the last final one, which nothing replaces; the best one while
/// finality lags so far behind that the transaction would soon be too old.
async fn base(context: &Context) -> Result<AtBlock, Error> {
	let is_final = context.chain.at_final().await?;
	let best = context.chain.at_best().await?;
	let lag = best.block_number().saturating_sub(is_final.block_number());
	Ok(if lag > MORTALITY / 2 { best } else { is_final })
}

/// Signs a call, sends it, and waits as long as the command line says. Gives what happened, and where.
pub async fn send(
	context: &Context,
	signer: &Keypair,
	who: &AccountId32,
	call: &[u8],
) -> Result<(Vec<Event>, Found), Error> {
	let at = base(context).await?;
	let incompatible = |error: subxt::error::ExtrinsicError| Error::Incompatible(cause(&error));
	let mut transactions = at.tx();
	let payload = transactions.from_call_data_bytes(call).map_err(incompatible)?;
	let params = DefaultExtrinsicParamsBuilder::<SubstrateConfig>::new()
		.nonce(context.chain.nonce(who).await?)
		.mortal(MORTALITY)
		.tip(context.global.tip_units()?)
		.build();
	let signed = transactions.create_signed(&payload, signer, params).await.map_err(incompatible)?;
	let transaction = hex_of(&signed.hash().0);
	let mut found = Found { transaction: transaction.clone(), block: None, number: None, is_final: false };

	let refused = |error: subxt::error::ExtrinsicError| Error::NotTaken(cause(&error));
	if context.global.wait == Wait::None {
		signed.submit().await.map_err(refused)?;
		return Ok((vec![], found));
	}
	let mut progress = signed.submit_and_watch().await.map_err(refused)?;
	let step = context.out.progress("sent, waiting for a block");
	let unknown = |why: &str| Error::Unknown(format!("{why}; transaction {transaction}"));
	let mut waited = 0;
	loop {
		let Ok(status) = tokio::time::timeout(STILL, progress.next()).await else {
			waited += STILL.as_secs();
			step.say(&format!(
				"nothing new for {waited} s: are blocks made and finalized? Ctrl-C leaves it to its fate"
			));
			continue;
		};
		let Some(status) = status else { return Err(unknown("the node stopped telling of it")) };
		waited = 0;
		let block = match status.map_err(|error| unknown(&cause(&error)))? {
			TransactionStatus::InBestBlock(_) if context.global.wait != Wait::Block => {
				step.say("in a block, waiting until it is final");
				continue;
			},
			TransactionStatus::InBestBlock(block) => block,
			TransactionStatus::InFinalizedBlock(block) => {
				found.is_final = true;
				block
			},
			TransactionStatus::Error { message } | TransactionStatus::Dropped { message } => {
				return Err(unknown(&message))
			},
			TransactionStatus::Invalid { message } => return Err(Error::NotTaken(message)),
			_ => continue,
		};
		step.done();
		found.block = Some(hex_of(&block.block_hash().0));
		let at = block.at().await.map_err(|error| unknown(&cause(&error)))?;
		found.number = Some(at.block_number());
		let happened = block.fetch_events().await.map_err(|error| unknown(&cause(&error)))?;
		let metadata = at.metadata_ref();
		let mut events = vec![];
		for event in happened.iter() {
			let event = event.map_err(|error| unknown(&cause(&error)))?;
			// What `bytes` gives begins with the phase, and ends with topics.
			let bytes = [&[event.pallet_index(), event.event_index()], event.field_bytes()].concat();
			let json = scale::decode(&bytes, metadata.outer_enums().event_enum_ty(), metadata);
			events.extend(json.ok().as_ref().and_then(Event::of));
		}
		return match refusal_of(&events, &at) {
			Some(refusal) => Err(Error::Failed(Box::new(refusal))),
			None => Ok((events, found)),
		};
	}
}
