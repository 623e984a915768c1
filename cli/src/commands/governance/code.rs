//! The code of a runtime: its hash, and the transaction that brings an authorized one onto the chain.

use super::calls::{hash_in, hash_of};
use crate::{
	chain::stored,
	context::Context,
	error::Error,
	runtime::{frame_system::pallet::Call as System, RuntimeCall},
	transaction::{perform, Action},
};
use subxt::config::substrate::H256;

/// What the code of a runtime begins with: plain, and compressed.
const BEGINNINGS: [&[u8]; 2] = [b"\0asm", &[0x52, 0xbc, 0x53, 0x76, 0x46, 0xdb, 0x8e, 0x05]];

/// The code in a file.
///
/// # Errors It cannot be read, or is no code of a runtime.
fn read(file: &str) -> Result<Vec<u8>, Error> {
	let code = std::fs::read(file).map_err(|error| Error::Io(format!("cannot read {file}: {error}")))?;
	match BEGINNINGS.iter().any(|beginning| code.starts_with(beginning)) {
		true => Ok(code),
		false => Err(Error::Usage(format!(
			"{file} is not the code of a runtime: neither WebAssembly nor that compressed"
		))),
	}
}

/// The hash of the code in a file, by which an upgrade is authorized.
///
/// # Errors It cannot be read, or is no code of a runtime.
pub fn hash_of_file(file: &str) -> Result<H256, Error> {
	Ok(hash_of(&read(file)?))
}

/// Brings the code of an authorized upgrade onto the chain.
pub async fn apply(context: &Context, file: &str) -> Result<(), Error> {
	let code = read(file)?;
	let hash = hash_of(&code);
	let authorized = stored(&context.chain.at_best().await?, "System", "AuthorizedUpgrade", ()).await?;
	match hash_in(&authorized["codeHash"]) {
		Some(authorized) if authorized == hash => {},
		Some(authorized) => {
			return Err(Error::Usage(format!(
				"the chain takes the code with the hash {authorized:?}, and {file} has the hash {hash:?}"
			)));
		},
		None => {
			return Err(Error::NotFound(
				"no upgrade is authorized: see `mainstay-cli governance propose upgrade`".into(),
			));
		},
	}
	let mut action = Action::new(
		format!("replace the chain's runtime by {file}"),
		RuntimeCall::System(System::apply_authorized_upgrade { code }),
	);
	action.is_untried = true;
	action.exposure.extend([
		("hash of the code".to_string(), format!("{hash:?}")),
		("fee".into(), "by its length, charged in advance, and returned if the chain takes the code".into()),
		("effect".into(), "not tried before: the code itself would run".into()),
	]);
	perform(context, action).await.map(|_| ())
}

#[cfg(test)]
mod tests {
	use super::*;

	#[test]
	fn only_code_is_taken_for_code() {
		let file = |name: &str, bytes: &[u8]| {
			let file = std::env::temp_dir().join(format!("mainstay-cli-{}-{name}", std::process::id()));
			std::fs::write(&file, bytes).unwrap();
			file.display().to_string()
		};
		let (plain, packed) = (b"\0asm\x01".as_slice(), BEGINNINGS[1]);
		let files = [file("plain", plain), file("packed", packed), file("text", b"asm")];
		assert_eq!(hash_of_file(&files[0]).unwrap(), hash_of(plain));
		assert_eq!(hash_of_file(&files[1]).unwrap(), hash_of(packed));
		assert_eq!(hash_of_file(&files[2]).unwrap_err().code(), 2);
		for file in &files {
			std::fs::remove_file(file).unwrap();
		}
		assert_eq!(hash_of_file(&files[0]).unwrap_err().code(), 1);
	}
}
