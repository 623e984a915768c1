//! The Mainstay node: `mainstay --help` lists what it does.

mod base;
mod chain_spec;
mod cli;
mod client;
mod command;
mod consensus;
mod database;
mod equivocation;
mod error;
mod executor;
mod founding;
mod genesis;
mod hardware;
mod help;
mod key;
mod network;
mod own_keys;
mod rpc;
mod sdk;
mod seal;
mod secrets;
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
