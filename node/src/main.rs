//! The Mainstay node: `mainstay --help` lists what it does.

mod arguments;
mod base_path;
mod chain_spec;
mod cli;
mod clock;
mod command;
mod database;
mod equivocation;
mod error;
mod essential;
mod hardware;
mod key;
mod own_keys;
mod ports;
mod rpc;
mod seal;
mod secrets;
mod service;
mod tasks;

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
