//! The subcommand `key`.

mod network;
mod session;

pub use network::settle as settle_network_key;

use sc_cli::Error;

/// The subcommands of `key`.
#[derive(Debug, clap::Subcommand)]
pub enum KeySubcommand {
	/// Make a network key and write it to a file or print it. The peer id goes to stderr
	GenerateNodeKey(network::Generate),

	/// Print the peer id of a network key
	InspectNodeKey(network::Inspect),

	/// Make an account and print its seed phrase
	Generate(sc_cli::GenerateCmd),

	/// Print the public key and the address of a secret, or of a public key
	Inspect(sc_cli::InspectKeyCmd),

	/// Make the session keys of a validator for a network that does not run yet
	GenerateSessionKeys(session::GenerateSessionKeys),

	/// Put a key into the keystore of a node
	Insert(session::Insert),
}

impl KeySubcommand {
	/// Runs the subcommand.
	pub fn run(&self) -> Result<(), Error> {
		match self {
			Self::GenerateNodeKey(command) => command.run(),
			Self::InspectNodeKey(command) => command.run(),
			Self::Generate(command) => command.run(),
			Self::Inspect(command) => command.run(),
			Self::GenerateSessionKeys(command) => command.run(),
			Self::Insert(command) => command.run(),
		}
	}
}
