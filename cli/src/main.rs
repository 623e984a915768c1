//! `mainstay-cli`: stake, restake, run operators and services on a Mainstay chain from a command line.

mod chain;
mod cli;
mod commands;
mod context;
mod error;
mod events;
mod explain;
mod exposure;
mod keys;
mod output;
mod runtime;
mod scale;
mod transaction;
mod values;

use clap::Parser;
use std::process::ExitCode;

#[tokio::main(flavor = "current_thread")]
async fn main() -> ExitCode {
	let cli = cli::Cli::parse();
	let json = cli.global.json;
	match commands::run(cli).await {
		Ok(()) => ExitCode::SUCCESS,
		Err(error) => {
			match json {
				true => eprintln!("{}", error.json()),
				false => eprintln!("{}", error.human()),
			}
			ExitCode::from(error.code())
		},
	}
}
