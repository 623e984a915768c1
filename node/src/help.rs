//! Completions and man pages, made from the definition of the command line.

use clap_complete::Shell;
use sc_cli::Error;
use std::{
	io::{self, Write},
	path::PathBuf,
};

/// Prints a script that completes the command line in a shell.
#[derive(Debug, clap::Args)]
pub struct Completions {
	/// The shell
	#[arg(value_enum)]
	shell: Shell,
}

impl Completions {
	/// Prints the script.
	pub fn run(&self, mut program: clap::Command) -> Result<(), Error> {
		// Into memory first, because the generator panics if it cannot write.
		let mut script = vec![];
		clap_complete::generate(self.shell, &mut program, "mainstay", &mut script);
		Ok(io::stdout().lock().write_all(&script)?)
	}
}

/// Writes the man pages into a folder.
#[derive(Debug, clap::Args)]
pub struct Man {
	/// The folder, which is created if it does not exist
	folder: PathBuf,
}

impl Man {
	/// Writes a page for each command.
	pub fn run(&self, program: clap::Command) -> Result<(), Error> {
		let write = || {
			std::fs::create_dir_all(&self.folder)?;
			clap_mangen::generate_to(program, &self.folder)
		};
		write().map_err(|error| format!("{}: {error}", self.folder.display()).into())
	}
}

#[cfg(test)]
mod tests {
	use super::*;
	use crate::cli::Cli;
	use clap::CommandFactory;
	use sc_cli::SubstrateCli;

	#[test]
	fn every_command_has_its_page() {
		let folder = tempfile::tempdir().unwrap();
		let program = || Cli::setup_command(Cli::command());
		Man { folder: folder.path().join("man1") }.run(program()).unwrap();
		let page =
			|name: &str| std::fs::read_to_string(folder.path().join("man1").join(name)).unwrap_or_default();
		assert!(page("mainstay.1").contains("no\\-hardware\\-benchmarks"));
		assert!(page("mainstay-network-new.1").contains("without\\-code"));
		let file = folder.path().join("file");
		std::fs::write(&file, "").unwrap();
		let refusal = Man { folder: file.clone() }.run(program()).unwrap_err().to_string();
		assert!(refusal.contains(&file.display().to_string()), "{refusal}");
	}
}
