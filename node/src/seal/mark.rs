//! A mark in the database of a chain whose blocks are made on command. Its blocks are final without votes, so GRANDPA
//! could not continue that chain. Nor could a chain on command continue one of validators, whose blocks are final by
//! votes.

use crate::client::FullClient;
use sc_client_api::AuxStore;
use sc_service::Error;
use sp_blockchain::HeaderBackend;

const KEY: &[u8] = b"mainstay/seal";

/// Refuses a database whose blocks were made without `--seal` if `sealed`, or with it if not. A database without
/// blocks is marked accordingly.
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
