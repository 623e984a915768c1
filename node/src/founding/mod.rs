//! The subcommand `network`: founding a network from a file that people read and agree on.
//!
//! [`file`] is what is written, [`network`] what that means or all the reasons against it, [`spec`] what nodes start from.

mod balances;
mod file;
mod known;
mod network;
mod parameters;
mod reasons;
mod spec;
#[cfg(test)]
mod tests;
mod validators;
mod values;

use network::Network;
use sc_cli::Error;
use sp_io::hashing::sha2_256;
use std::{
	fs::{self, File},
	io::Read,
	path::{Path, PathBuf},
};

/// Bytes of a file that are read: a thousand validators and as many balances fit many times.
const MOST: u64 = 4 * 1024 * 1024;

/// What `network` does.
#[derive(Debug, clap::Subcommand)]
pub enum NetworkSubcommand {
	/// Make the chain specs of a new network, plain and raw, from a file that describes it
	New(New),
}

impl NetworkSubcommand {
	/// Does it.
	pub fn run(&self) -> Result<(), Error> {
		match self {
			Self::New(command) => command.run(),
		}
	}
}

/// Makes the chain specs of a network.
#[derive(Debug, clap::Args)]
pub struct New {
	/// The file: names, parameters, balances, validators, committee, bootnodes. docs/founders.md tells what it may say.
	#[arg(value_name = "FILE.toml")]
	file: PathBuf,

	/// The folder for ID.json, ID-raw.json and their checksums in ID.sha256. None of them must exist yet.
	#[arg(long, value_name = "FOLDER", default_value = ".")]
	output: PathBuf,

	/// Write only ID.json, with nothing in place of the runtime: what the file says and no more. No node starts with it.
	#[arg(long)]
	without_code: bool,
}

impl New {
	fn run(&self) -> Result<(), Error> {
		let network = self.read()?;
		let id = &network.id;
		let [plain, raw, sums] = [".json", "-raw.json", ".sha256"].map(|end| format!("{id}{end}"));
		if self.without_code {
			return self.write(&[(plain, spec::without_code(&network)?)]);
		}
		let specs = spec::build(&network).map_err(|reasons| self.refusal(&reasons))?;
		let specs_and_names = [(plain, specs.plain), (raw, specs.raw)];
		let checksums = checksums(&specs_and_names);
		let [plain, raw] = specs_and_names;
		self.write(&[plain, raw, (sums, checksums.clone())])?;
		println!("network     {} ({id})", network.name);
		println!("genesis     {:?}", specs.genesis);
		println!(
			"runtime     version {}, BLAKE2-256 {:?}",
			mainstay_runtime::VERSION.spec_version,
			specs.code
		);
		println!("supply      {}", values::shown(network.supply));
		println!("validators  {}", network.founding.founders.len());
		println!("committee   {}", network.founding.committee.len());
		for line in checksums.lines() {
			println!("SHA-256     {line}");
		}
		Ok(())
	}

	/// The network that the file describes.
	fn read(&self) -> Result<Network, Error> {
		let shown = self.file.display();
		let mut text = String::new();
		let read = File::open(&self.file).and_then(|file| file.take(MOST).read_to_string(&mut text));
		read.map_err(|error| format!("{shown}: {error}"))?;
		let file = file::parse(&text).map_err(|error| format!("{shown}: {error}"))?;
		network::read(file).map_err(|reasons| self.refusal(&reasons))
	}

	/// Tells all reasons, one a line, and gives the last line.
	fn refusal(&self, reasons: &[String]) -> Error {
		let shown = self.file.display();
		for reason in reasons {
			eprintln!("{shown}: {reason}");
		}
		let reasons = match reasons.len() {
			1 => "the reason is".into(),
			n => format!("{n} reasons are"),
		};
		format!("{shown} describes no network that would work: {reasons} above, and nothing was written")
			.into()
	}

	/// Writes files that do not exist, or none of them.
	fn write(&self, files: &[(String, String)]) -> Result<(), Error> {
		let paths: Vec<_> = files.iter().map(|(name, text)| (self.output.join(name), text)).collect();
		if let Some((path, _)) = paths.iter().find(|(path, _)| path.exists()) {
			return Err(format!(
				"{} exists already, and is not overwritten: a network is founded once",
				path.display()
			)
			.into());
		}
		let failed = |path: &Path, error| Error::from(format!("{}: {error}", path.display()));
		fs::create_dir_all(&self.output).map_err(|error| failed(&self.output, error))?;
		paths.iter().try_for_each(|(path, text)| fs::write(path, text).map_err(|error| failed(path, error)))
	}
}

/// Lines as `sha256sum --check` reads them.
fn checksums(files: &[(String, String)]) -> String {
	let line = |(name, text): &(String, String)| {
		format!("{}  {name}\n", sp_core::hexdisplay::HexDisplay::from(&sha2_256(text.as_bytes())))
	};
	files.iter().map(line).collect()
}
