//! Checks that the chain is the one that this program expects. This comes before anything is signed, because a
//! signature covers the meaning of the bytes on the chain, and not the text that was printed.

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

/// The version of the metadata in `clients/artifacts/`, a parameter of the runtime API.
const METADATA_VERSION: u32 = 16;
/// The differences that are named, at most.
const MAX_NAMED: usize = 3;

/// The message if the chain's runtime is not the one that this program knows.
pub fn mismatch(at: &AtBlock) -> Option<String> {
	let (theirs, ours) = (at.spec_version(), built_in().map(|known| known.spec_version));
	(Some(theirs) != ours).then(|| {
		let ours = ours.map_or_else(|| "another".into(), |ours| ours.to_string());
		format!("the chain runs runtime {theirs}, this program was made for {ours}")
	})
}

/// Makes sure that bytes encoded for `at` have the same meaning on the chain as here.
///
/// # Errors The node is of another chain than before, its metadata of this program's runtime differs, or the chain
/// has another runtime and that was not allowed.
pub async fn check(context: &Context, at: &AtBlock) -> Result<(), Error> {
	genesis(context)?;
	runtime(context, at).await
}

/// Makes sure that the chain is the given one, or the one found at this address before. The first one is remembered.
///
/// # Errors It is another chain, or it is not known which one was there.
pub fn genesis(context: &Context) -> Result<(), Error> {
	let (networks, url, found) = (Networks::of_user(), context.chain.url(), context.chain.genesis());
	let path = || networks.path().map_or_else(|| "networks.json".into(), |path| path.display().to_string());
	let known = match context.global.genesis {
		Some(wanted) if wanted != found => {
			return Err(Error::Incompatible(format!(
				"the node at {url} is of the chain with genesis block {found:?}, and not of the one with {wanted:?}, which \
				 --genesis names: nothing is signed"
			)));
		},
		Some(_) => None,
		None => networks.genesis(url).map_err(|error| {
			Error::Io(format!(
				"{} cannot be read, so it is not known which chain was at {url}: {error}. Repair or remove the file, or name the chain \
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
				 is signed.\n\nIf another chain is expected there, for instance a development chain of a new build, give \
				 --genesis {found:?} once: {} remembers it",
				path()
			)));
		},
		None => {},
	}
	if let Err(error) = networks.remember(url, found) {
		context.out.note(&format!("note: cannot remember which chain is at {url}: {error}"));
	}
	Ok(())
}

/// Makes sure that the runtime is the one that this program was made for, or the one that was allowed in addition.
async fn runtime(context: &Context, at: &AtBlock) -> Result<(), Error> {
	let url = context.chain.url();
	if let Some(mismatch) = mismatch(at) {
		let theirs = at.spec_version();
		// A dry run signs nothing.
		if context.global.accept_runtime == Some(theirs) || context.global.dry_run {
			return Ok(());
		}
		return Err(Error::Incompatible(format!(
			"{mismatch}: only the node knows what a call means there. Nothing is signed.\n\nUse the \
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

/// The node's metadata for a block. It holds the values that constants have there.
pub async fn metadata_of(context: &Context, at: &AtBlock) -> Result<Vec<u8>, Error> {
	let version = hex_of(&METADATA_VERSION.encode());
	let params = json!(["Metadata_metadata_at_version", version, hex_of(&at.block_hash().0)]);
	let answer = context.chain.request("state_call", params).await?;
	let metadata =
		bytes_of(&answer).and_then(|bytes| Option::<Vec<u8>>::decode(&mut bytes.as_slice()).ok().flatten());
	metadata.ok_or_else(|| Error::Incompatible("the node gives no metadata of its runtime".into()))
}

/// The differences between the metadata of two runtimes, by name. Values of constants do not count: they differ
/// between networks.
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
