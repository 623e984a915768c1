//! Writes the state of a crowd as a raw chain spec, in which a node of the template's chain can start:
//!
//!     mainstay export-chain-spec --chain dev --raw --output dev.json
//!     crowd --template dev.json --output crowd.json --positions 100000 --operators 10000 --services 1000
//!     mainstay --chain crowd.json --alice --force-authoring --tmp --unsafe-force-node-key-generation
//!
//! The template provides what native code lacks: the runtime's WASM, and the parts of a chain spec besides the state.
//! It must be of the same runtime. `--backers` and `--held` set how many positions the largest operator's pool and the
//! largest delegator have. The defaults are a tenth and a hundredth of all positions.

use frame_system::LastRuntimeUpgrade;
use mainstay_economy_tests::crowd::{self, Size};
use mainstay_runtime::Runtime;
use serde_json::{Map, Value};
use sp_core::bytes::to_hex;
use sp_io::TestExternalities;
use sp_state_machine::Backend;
use std::{
	fs::File,
	io::{self, BufReader, BufWriter, Write},
	time::Instant,
};

/// The prefix of well-known keys like `:code`, which the node reads without the runtime.
const WELL_KNOWN: &str = "0x3a";

struct Arguments {
	size: Size,
	template: String,
	output: String,
}

fn arguments() -> Arguments {
	let mut given = std::env::args().skip(1);
	let (mut template, mut output) = (None, None);
	let (mut positions, mut operators, mut services) = (100_000, 10_000, 1_000);
	let (mut backers, mut held) = (None, None);
	while let Some(name) = given.next() {
		let value = given.next().unwrap_or_else(|| panic!("{name} has a value"));
		let number = || value.parse::<u32>().unwrap_or_else(|_| panic!("{name} is a number"));
		match name.as_str() {
			"--positions" => positions = number(),
			"--operators" => operators = number(),
			"--services" => services = number(),
			"--backers" => backers = Some(number()),
			"--held" => held = Some(number()),
			"--template" => template = Some(value),
			"--output" => output = Some(value),
			_ => panic!("unknown argument {name}"),
		}
	}
	let size = Size::new(positions, operators, services);
	Arguments {
		size: Size { backers: backers.unwrap_or(size.backers), held: held.unwrap_or(size.held), ..size },
		template: template.expect("--template names a raw chain spec"),
		output: output.expect("--output names a file"),
	}
}

/// Refuses a template of another runtime, with which the node would misread the state.
fn check(top: &Map<String, Value>, ext: &TestExternalities) {
	let state = |key: &[u8]| ext.backend.storage(key).expect("the trie is whole");
	for key in top.keys().filter(|key| !key.starts_with(WELL_KNOWN)) {
		let bytes = sp_core::bytes::from_hex(key).expect("keys are hex");
		assert!(state(&bytes).is_some(), "the template has a key that the state lacks: {key}");
	}
	let version = LastRuntimeUpgrade::<Runtime>::hashed_key();
	let native = state(&version).map(|value| Value::from(to_hex(&value, false)));
	assert_eq!(top.get(&to_hex(&version, false)), native.as_ref(), "the template is of another runtime");
}

/// Writes the spec without ever holding its state as JSON in memory. Returns the number of keys.
fn write(mut spec: Map<String, Value>, ext: TestExternalities, mut to: impl Write) -> io::Result<usize> {
	let genesis = spec.remove("genesis").unwrap_or_default();
	let template = genesis["raw"]["top"].as_object().expect("the template is a raw chain spec");
	check(template, &ext);

	let well_known = template.iter().filter(|(key, _)| key.starts_with(WELL_KNOWN));
	let well_known = well_known.map(|(key, value)| (key.clone(), value.clone()));
	let pairs = ext.backend.pairs(Default::default()).expect("the trie is whole");
	let pairs = pairs.map(|pair| pair.expect("the trie is whole"));
	let pairs = pairs.map(|(key, value)| (to_hex(&key, false), Value::from(to_hex(&value, false))));
	let state = pairs.filter(|(key, _)| !key.starts_with(WELL_KNOWN));

	write!(to, "{{")?;
	for (field, value) in spec {
		write!(to, "{}:{value},", Value::from(field))?;
	}
	write!(to, "\"genesis\":{{\"raw\":{{\"top\":{{")?;
	let mut keys = 0;
	for (key, value) in well_known.chain(state) {
		let comma = if keys > 0 { "," } else { "" };
		write!(to, "{comma}\n\"{key}\":{value}")?;
		keys += 1;
	}
	write!(to, "}},\"childrenDefault\":{{}}}}}}}}")?;
	to.flush()?;
	Ok(keys)
}

fn main() -> io::Result<()> {
	let Arguments { size, template, output } = arguments();
	let spec: Map<String, Value> = serde_json::from_reader(BufReader::new(File::open(template)?))?;
	println!("{size:?}");

	let begin = Instant::now();
	let mut ext = crowd::state(&size);
	println!("built and checked in {:.1} s:", begin.elapsed().as_secs_f64());
	for (what, count) in crowd::counts(&mut ext) {
		println!("{count:>10} {what}");
	}

	let begin = Instant::now();
	let keys = write(spec, ext, BufWriter::new(File::create(&output)?))?;
	let megabytes = std::fs::metadata(&output)?.len() as f64 / 1e6;
	println!(
		"{keys:>10} keys written in {:.1} s: {output}, {megabytes:.1} MB",
		begin.elapsed().as_secs_f64()
	);
	Ok(())
}
