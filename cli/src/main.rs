//! `mainstay-cli`: stake, restake, run operators and services on a Mainstay chain from a command line.

mod chain;
mod cli;
mod commands;
mod context;
mod error;
mod events;
mod explain;
mod exposure;
mod guard;
mod keys;
mod multisig;
mod networks;
mod output;
mod read;
mod runtime;
mod scale;
mod template;
mod transaction;
mod values;

use clap::{CommandFactory, Parser};
use cli::Cli;
use error::Error;
use std::process::ExitCode;

#[tokio::main(flavor = "current_thread")]
async fn main() -> ExitCode {
	let cli = match Cli::try_parse() {
		Ok(cli) => cli,
		// With --json, errors are JSON as well, whatever else is wrong.
		Err(error) if error.use_stderr() && std::env::args().any(|argument| argument == "--json") => {
			return told(&Error::Usage(in_short(&error.to_string()).into()), true);
		},
		Err(error) => return shown(&error),
	};
	let json = cli.global.json;
	match commands::run(cli.command, cli.global, Cli::command()).await {
		Ok(()) => ExitCode::SUCCESS,
		Err(error) => told(&error, json),
	}
}

/// Prints an error, and returns its exit code.
fn told(error: &Error, json: bool) -> ExitCode {
	match json {
		true => output::say_json(&error.json()),
		false => output::say(&error.human()),
	}
	ExitCode::from(error.code())
}

/// Prints the help or the version, which are errors to clap, or the error about the arguments.
fn shown(error: &clap::Error) -> ExitCode {
	let printed = error.print().or_else(|error| output::unwritten(&error));
	match printed {
		Err(unwritten) if !error.use_stderr() => told(&unwritten, false),
		_ => ExitCode::from(u8::try_from(error.exit_code()).unwrap_or(2)),
	}
}

/// The error about the arguments, without clap's further text.
fn in_short(error: &str) -> &str {
	let error = error.strip_prefix("error: ").unwrap_or(error);
	error.split_once("\n\n").map_or(error, |(first, _)| first).trim_end()
}

#[cfg(test)]
mod tests {
	use super::*;

	#[test]
	fn what_is_wrong_is_told_without_the_usage() {
		let error =
			Cli::try_parse_from(["mainstay-cli", "transfer", "//Bob", "1", "--tip", "much"]).unwrap_err();
		assert!(in_short(&error.to_string()).starts_with("invalid value 'much' for '--tip <AMOUNT>'"));
		assert!(!in_short(&error.to_string()).contains('\n'));
	}
}
