//! A mark in the database of a chain that is made on command. Its blocks are final without a vote, so GRANDPA could not go
//! on with it, and validators' blocks are final by votes of which a chain on command would know nothing.

use crate::client::FullClient;
use sc_client_api::AuxStore;
use sc_service::Error;
use sp_blockchain::HeaderBackend;

const KEY: &[u8] = b"mainstay/seal";

/// Refuses a database whose blocks were made otherwise than with `--seal`, if `sealed`, or with it, if not. One without
/// blocks becomes what it is opened as.
pub fn ensure(client: &FullClient, sealed: bool) -> Result<(), Error> {
	let (marked, begun) = (client.get_aux(KEY)?.is_some(), client.info().best_number > 0);
	let other = "take another --base-path, or delete the database with `mainstay purge-chain`";
	match (sealed, marked) {
		(true, false) if begun => {
			Err(format!("validators made the blocks of this database, not --seal: {other}").into())
		},
		(false, true) if begun => {
			Err(format!("--seal made the blocks of this database: start with --seal, {other}").into())
		},
		(true, false) => client.insert_aux(&[(KEY, &[1][..])], &[]).map_err(Error::from),
		(false, true) => client.insert_aux(&[], &[KEY]).map_err(Error::from),
		_ => Ok(()),
	}
}
