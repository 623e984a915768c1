//! Completions and man pages, made from the commands themselves.

use crate::{error::Error, output::Out};
use clap_complete::Shell;
use std::path::PathBuf;

/// Print a script that completes commands in a shell
#[derive(clap::Args, Debug)]
pub struct Completions {
	/// The shell
	#[arg(value_enum)]
	pub shell: Shell,
}

impl Completions {
	/// Prints it.
	pub fn run(self, out: &Out, mut program: clap::Command) -> Result<(), Error> {
		// The script is made in memory first, since the generator panics if it cannot write.
		let mut script = vec![];
		clap_complete::generate(self.shell, &mut program, "mainstay-cli", &mut script);
		out.raw(&script);
		Ok(())
	}
}

/// Write the man pages into a folder
#[derive(clap::Args, Debug)]
pub struct Man {
	/// The folder, which is created if it does not exist
	pub folder: PathBuf,
}

impl Man {
	/// Writes a page for each command.
	pub fn run(self, program: clap::Command) -> Result<(), Error> {
		std::fs::create_dir_all(&self.folder)?;
		Ok(clap_mangen::generate_to(program, &self.folder)?)
	}
}
