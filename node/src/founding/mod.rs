//! The subcommand `network`: it founds a network from a file that people read and agree on.
//!
//! [`file`] has the content of the file, [`network`] checks it and gives all reasons against it, and [`spec`] makes the chain
//! specs, from which nodes start.

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

/// The maximum size of a file in bytes. A thousand validators and as many balances need less than a quarter of it.
const MAX_FILE: u64 = 4 * 1024 * 1024;

/// The subcommands of `network`.
#[derive(Debug, clap::Subcommand)]
pub enum NetworkSubcommand {
	/// Make the chain specs of a new network, plain and raw, from a file that describes it
	New(New),
}

impl NetworkSubcommand {
	/// Runs the subcommand.
	pub fn run(&self) -> Result<(), Error> {
		match self {
			Self::New(command) => command.run(),
		}
	}
}

/// Makes the chain specs of a network.
#[derive(Debug, clap::Args)]
pub struct New {
	/// The file: names, parameters, balances, validators, committee, bootnodes. docs/founders.md explains its fields.
	#[arg(value_name = "FILE.toml")]
	file: PathBuf,

	/// The folder for ID.json, ID-raw.json and their checksums in ID.sha256. None of them must exist yet.
	#[arg(long, value_name = "FOLDER", default_value = ".")]
	output: PathBuf,

	/// Write only ID.json, without the runtime. No node can start from it.
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

	/// Reads and checks the file.
	fn read(&self) -> Result<Network, Error> {
		let shown = self.file.display();
		let mut text = String::new();
		let read = File::open(&self.file).and_then(|file| file.take(MAX_FILE).read_to_string(&mut text));
		read.map_err(|error| format!("{shown}: {error}"))?;
		let file = file::parse(&text).map_err(|error| format!("{shown}: {error}"))?;
		network::read(file).map_err(|reasons| self.refusal(&reasons))
	}

	/// Prints all reasons, one a line, and returns the error of the command.
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

	/// Writes the files, unless one of them exists.
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

/// The checksums, in the format that `sha256sum --check` reads.
fn checksums(files: &[(String, String)]) -> String {
	let line = |(name, text): &(String, String)| {
		format!("{}  {name}\n", sp_core::hexdisplay::HexDisplay::from(&sha2_256(text.as_bytes())))
	};
	files.iter().map(line).collect()
}
