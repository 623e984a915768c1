//! A test in Rust, with subxt, on a chain of its own: `cargo run --example testing`. docs/testing.md is about it.

use serde_json::Value as Json;
use std::{
	env,
	error::Error,
	io::{BufRead, BufReader},
	process::{Child, Command, Stdio},
	thread,
};
use subxt::{
	dynamic::transaction,
	rpcs::{rpc_params, RpcClient},
	OnlineClient, SubstrateConfig,
};
use subxt_signer::sr25519::dev;

const STAY: u128 = 1_000_000_000_000;

/// A chain that makes a block as soon as a transaction is ready. Its node stops when this is dropped.
struct Chain {
	node: Child,
	rpc: RpcClient,
	api: OnlineClient<SubstrateConfig>,
}

impl Chain {
	async fn start() -> Result<Self, Box<dyn Error>> {
		let program = env::var("MAINSTAY_BIN").unwrap_or_else(|_| "mainstay".into());
		let mut node = Command::new(program)
			.args([
				"--dev",
				"--seal",
				"instant",
				"--rpc-methods",
				"unsafe",
				"--rpc-port",
				"0",
				"--no-prometheus",
			])
			.stderr(Stdio::piped())
			.spawn()?;
		let mut log = BufReader::new(node.stderr.take().ok_or("no log")?).lines().map_while(Result::ok);
		let listening = |line: String| Some(line.split_once("addr=")?.1.split(',').next()?.to_owned());
		let address = log.find_map(listening).ok_or("the node has ended")?;
		// The rest of the log has to be read, too: the node would block when the pipe is full.
		thread::spawn(move || log.for_each(drop));
		let rpc = RpcClient::from_insecure_url(format!("ws://{address}")).await?;
		let api = OnlineClient::from_rpc_client(rpc.clone()).await?;
		Ok(Self { node, rpc, api })
	}

	async fn next_era(&self, count: u32) -> Result<(), Box<dyn Error>> {
		self.rpc.request::<Json>("dev_nextEra", rpc_params![count]).await?;
		Ok(())
	}

	/// The value of an account's stake with an operator.
	async fn stake_of(&self, who: &str, operator: &str) -> Result<u128, Box<dyn Error>> {
		let reply: Json = self.rpc.request("operators_position", rpc_params![who, operator, "stake"]).await?;
		Ok(reply["value"]["value"].as_str().ok_or("no position")?.parse()?)
	}
}

impl Drop for Chain {
	fn drop(&mut self) {
		let _ = self.node.kill();
		let _ = self.node.wait();
	}
}

#[tokio::main]
async fn main() -> Result<(), Box<dyn Error>> {
	let chain = Chain::start().await?;
	let (alice, bob) = (dev::alice().public_key().to_account_id(), dev::bob());
	// The operator, the amount, and the least number of shares to accept.
	let stake = transaction("OperatorDelegation", "stake", (alice.0, 1_000 * STAY, 0_u128));
	let mut transactions = chain.api.at_current_block().await?.tx();
	let progress = transactions.sign_and_submit_then_watch_default(&stake, &bob).await?;
	progress.wait_for_finalized_success().await?;

	// A month of eras, each of which compounds.
	let (who, operator) = (bob.public_key().to_account_id().to_string(), alice.to_string());
	let before = chain.stake_of(&who, &operator).await?;
	chain.next_era(30).await?;
	let after = chain.stake_of(&who, &operator).await?;
	assert!(after > before, "{before} to {after}");
	println!("{before} became {after}");
	Ok(())
}
