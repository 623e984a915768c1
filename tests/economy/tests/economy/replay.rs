//! The runtime equals the specification on forty traces, or on those in the folder `MAINSTAY_TRACES`.

use mainstay_economy_tests::replay::{replay, Trace};
use std::{fs, path::Path, process::Command};

const SEEDS: std::ops::Range<u32> = 0..40;
const CALLS: &str = "400";

fn parse(json: &[u8], origin: &str) -> Trace {
	serde_json::from_slice(json).unwrap_or_else(|e| panic!("{origin} is no trace: {e}"))
}

fn generate(seed: u32) -> Trace {
	let script = Path::new(env!("CARGO_MANIFEST_DIR")).join("../model/trace.py");
	let seed = seed.to_string();
	let output = Command::new("python3")
		.arg(script)
		.args(["--seed", &seed, "--calls", CALLS])
		.output()
		.expect("python3 runs the specification");
	assert!(output.status.success(), "{}", String::from_utf8_lossy(&output.stderr));
	parse(&output.stdout, &format!("the output for seed {seed}"))
}

#[test]
fn replay_equals_the_specification() {
	let Some(folder) = std::env::var_os("MAINSTAY_TRACES") else {
		SEEDS.for_each(|seed| assert!(replay(&generate(seed)), "seed {seed} ended early"));
		println!("{} traces of {CALLS} calls replayed", SEEDS.len());
		return;
	};
	let mut files: Vec<_> = fs::read_dir(&folder)
		.expect("MAINSTAY_TRACES is a folder")
		.map(|entry| entry.expect("the folder can be read").path())
		.filter(|path| path.extension().is_some_and(|extension| extension == "json"))
		.collect();
	files.sort();
	assert!(!files.is_empty(), "no traces in {folder:?}");
	let mut ended = 0;
	for file in &files {
		println!("{}", file.display());
		let trace = parse(&fs::read(file).expect("the trace can be read"), &file.display().to_string());
		ended += usize::from(replay(&trace));
	}
	println!("{} traces replayed, {ended} of them to their end", files.len());
}
