//! The Mainstay node: `mainstay --help` lists what it does.

mod chain_spec;
mod cli;
mod command;
mod database;
mod equivocation;
mod error;
mod hardware;
mod nodelay;
mod ports;
mod rpc;
mod service;

use std::process::ExitCode;

fn main() -> ExitCode {
	let cli = match cli::parse() {
		Ok(cli) => cli,
		Err(refused) => return refused,
	};
	match command::run(&cli) {
		Ok(()) => ExitCode::SUCCESS,
		Err(error) => {
			eprintln!("Error: {}", error::line(&error));
			ExitCode::FAILURE
		},
	}
}
