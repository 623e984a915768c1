//! Whether the chain is what this program takes it for: asked before anything is signed, since a signature holds for what the
//! bytes mean to the chain, and not for what was printed.

use crate::{
	chain::AtBlock,
	context::Context,
	error::Error,
	networks::Networks,
	runtime::{built_in, METADATA},
	scale::{bytes_of, hex_of},
};
use codec::{Decode, Encode};
use serde_json::json;
use subxt::ext::frame_metadata::{v16::RuntimeMetadataV16, RuntimeMetadata, RuntimeMetadataPrefixed};

/// The version of metadata in `clients/artifacts/`, as the runtime API takes it.
const METADATA_VERSION: u32 = 16;
/// How many differences are named.
const MAX_NAMED: usize = 3;

/// What to say where the runtime of the chain is another than the one this program knows.
pub fn mismatch(at: &AtBlock) -> Option<String> {
	let (theirs, ours) = (at.spec_version(), built_in().map(|known| known.spec_version));
	(Some(theirs) != ours).then(|| {
		let ours = ours.map_or_else(|| "another".into(), |ours| ours.to_string());
		format!("the chain runs runtime {theirs}, this program was made for {ours}")
	})
}

/// Makes sure that what is encoded at `at` means to the chain what it means here.
///
/// # Errors
/// The node is of another chain than before, says other things of the runtime that this program was made for, or the chain
/// runs another one and that was not allowed.
pub async fn check(context: &Context, at: &AtBlock) -> Result<(), Error> {
	genesis(context)?;
	runtime(context, at).await
}

/// Makes sure that the chain is the one that was named, or was found at this address before. The first one found there is
/// remembered.
///
/// # Errors
/// It is another one, or which one was there is not known.
pub fn genesis(context: &Context) -> Result<(), Error> {
	let (networks, url, found) = (Networks::of_user(), context.chain.url(), context.chain.genesis());
	let path = || networks.path().map_or_else(|| "networks.json".into(), |path| path.display().to_string());
	let known = match context.global.genesis {
		Some(wanted) if wanted != found => {
			return Err(Error::Incompatible(format!(
				"the node at {url} is of the chain with genesis block {found:?}, and not of that with {wanted:?}, which \
				 --genesis names: nothing is signed"
			)));
		},
		Some(_) => None,
		None => networks.genesis(url).map_err(|error| {
			Error::Io(format!(
				"{} cannot be read, so which chain was at {url} is not known: {error}. Mend or remove it, or name the chain \
				 with --genesis {found:?}",
				path()
			))
		})?,
	};
	match known {
		Some(known) if known == found => return Ok(()),
		Some(known) => {
			return Err(Error::Incompatible(format!(
				"the node at {url} is of another chain than before: its genesis block is {found:?}, and was {known:?}. Nothing \
				 is signed.\n\nIf another chain is meant to be there now, a development chain of a new build say, give \
				 --genesis {found:?} once: {} remembers it",
				path()
			)));
		},
		None => {},
	}
	if let Err(error) = networks.remember(url, found) {
		context.out.note(&format!("note: which chain is at {url} is not remembered: {error}"));
	}
	Ok(())
}

/// The runtime is the one that this program was made for, or the one that was allowed beside it.
async fn runtime(context: &Context, at: &AtBlock) -> Result<(), Error> {
	let url = context.chain.url();
	if let Some(mismatch) = mismatch(at) {
		let theirs = at.spec_version();
		// A dry run signs nothing.
		if context.global.accept_runtime == Some(theirs) || context.global.dry_run {
			return Ok(());
		}
		return Err(Error::Incompatible(format!(
			"{mismatch}: only the node can tell what a call means there. Nothing is signed.\n\nUse the \
			 mainstay-cli of that runtime; or, if you trust the node at {url}, give --accept-runtime {theirs}"
		)));
	}
	let transactions = built_in().map(|known| known.transaction_version);
	let differences = match Some(at.transaction_version()) == transactions {
		true => differences(METADATA, &metadata_of(context, at).await?).map_err(Error::Incompatible)?,
		false => vec!["the version of its transactions".into()],
	};
	if differences.is_empty() {
		return Ok(());
	}
	let (version, named) = (at.spec_version(), differences[..differences.len().min(MAX_NAMED)].join(", "));
	let more = if differences.len() > MAX_NAMED { " and more" } else { "" };
	Err(Error::Incompatible(format!(
		"the node at {url} says of runtime {version} what is not so: {named}{more} differ from the runtime {version} that this \
		 program was made for. Nothing is signed.\n\nUse another node; on a chain of your own whose runtime you changed, give it \
		 another version, or build mainstay-cli anew after scripts/metadata"
	)))
}

/// The metadata that the node gives for a block.
async fn metadata_of(context: &Context, at: &AtBlock) -> Result<Vec<u8>, Error> {
	let version = hex_of(&METADATA_VERSION.encode());
	let params = json!(["Metadata_metadata_at_version", version, hex_of(&at.block_hash().0)]);
	let answer = context.chain.request("state_call", params).await?;
	let metadata =
		bytes_of(&answer).and_then(|bytes| Option::<Vec<u8>>::decode(&mut bytes.as_slice()).ok().flatten());
	metadata.ok_or_else(|| Error::Incompatible("the node gives no metadata of its runtime".into()))
}

/// What is different in two runtimes' metadata, by name. What constants are does not count: networks differ in them.
fn differences(ours: &[u8], theirs: &[u8]) -> Result<Vec<String>, String> {
	if ours == theirs {
		return Ok(vec![]);
	}
	let (ours, theirs) = (without_values(ours)?, without_values(theirs)?);
	if ours.encode() == theirs.encode() {
		return Ok(vec![]);
	}
	let mut names = vec![];
	for (one, two) in
		ours.pallets.iter().zip(&theirs.pallets).filter(|(one, two)| one.encode() != two.encode())
	{
		names.push(match one.name == two.name {
			true => format!("pallet {}", one.name),
			false => format!("pallet {} in the place of {}", two.name, one.name),
		});
	}
	for (one, two) in ours.types.types.iter().zip(&theirs.types.types).filter(|(one, two)| one != two) {
		names.push(format!(
			"type {}",
			match one.ty.path.segments.join("::").as_str() {
				"" => two.id.to_string(),
				path => path.into(),
			}
		));
	}
	if names.is_empty() {
		names.push("what is in its metadata".into());
	}
	Ok(names)
}

fn without_values(bytes: &[u8]) -> Result<RuntimeMetadataV16, String> {
	let unreadable = |why: String| format!("metadata cannot be read: {why}");
	let metadata =
		RuntimeMetadataPrefixed::decode(&mut &bytes[..]).map_err(|error| unreadable(error.to_string()))?;
	let RuntimeMetadata::V16(mut metadata) = metadata.1 else {
		return Err(unreadable(format!("it is not of version {METADATA_VERSION}")));
	};
	for constant in metadata.pallets.iter_mut().flat_map(|pallet| &mut pallet.constants) {
		constant.value.clear();
	}
	Ok(metadata)
}

#[cfg(test)]
mod tests {
	use super::*;

	fn changed(change: impl FnOnce(&mut RuntimeMetadataV16)) -> Vec<u8> {
		let mut metadata = RuntimeMetadataPrefixed::decode(&mut &METADATA[..]).unwrap();
		let RuntimeMetadata::V16(inner) = &mut metadata.1 else { panic!("another version") };
		change(inner);
		metadata.encode()
	}

	fn found(change: impl FnOnce(&mut RuntimeMetadataV16)) -> Vec<String> {
		differences(METADATA, &changed(change)).unwrap()
	}

	// sending 2
	#[test]
	fn a_swapped_index_is_found() {
		let balances = found(|metadata| {
			let pallet = metadata.pallets.iter_mut().find(|pallet| pallet.name == "Balances").unwrap();
			pallet.index ^= 1;
		});
		assert_eq!(balances, ["pallet Balances"]);
		let calls = found(|metadata| {
			let types = &mut metadata.types.types;
			let call = types
				.iter_mut()
				.find(|ty| ty.ty.path.segments == ["pallet_balances", "pallet", "Call"])
				.unwrap();
			let scale_info::TypeDef::Variant(calls) = &mut call.ty.type_def else { panic!("no enum") };
			let first = calls.variants[0].index;
			calls.variants[0].index = calls.variants[1].index;
			calls.variants[1].index = first;
		});
		assert_eq!(calls, ["type pallet_balances::pallet::Call"]);
		let pallets = found(|metadata| metadata.pallets.swap(3, 4));
		assert!(pallets.len() == 2 && pallets[0].contains(" in the place of "), "{pallets:?}");
		assert_eq!(found(|metadata| metadata.extrinsic.versions = vec![5]), ["what is in its metadata"]);
		assert!(found(|metadata| metadata.pallets.truncate(5)).contains(&"what is in its metadata".into()));
	}

	#[test]
	fn what_networks_differ_in_is_no_difference() {
		assert!(found(|_| {}).is_empty());
		assert!(found(|metadata| metadata.pallets.iter_mut().for_each(|pallet| {
			pallet.constants.iter_mut().for_each(|constant| constant.value.push(1));
		}))
		.is_empty());
		assert!(differences(METADATA, &METADATA[..METADATA.len() / 2]).is_err());
	}
}
