//! The minimum hardware.

use sc_sysinfo::{HwBench, Metric, Requirement, Requirements, Throughput};
use std::path::Path;

/// The minimum hardware for a validator that authors in time: a modern two-core virtual machine with a solid-state
/// disk.
///
/// The weight of a block is the time that its execution may take on hardware of about this speed, so a slower machine
/// falls behind once blocks are full. The disk throughput is what the state of full blocks needs, with room for a
/// node that is catching up.
fn requirements() -> Requirements {
	let every_node = |metric, minimum| Requirement { metric, minimum, validator_only: false };
	let validator = |metric, minimum| Requirement { metric, minimum, validator_only: true };
	Requirements(vec![
		every_node(Metric::Blake2256, Throughput::from_mibs(500.0)),
		validator(Metric::Blake2256Parallel { num_cores: 2 }, Throughput::from_mibs(400.0)),
		every_node(Metric::Sr25519Verify, Throughput::from_kibs(400.0)),
		every_node(Metric::MemCopy, Throughput::from_gibs(4.0)),
		every_node(Metric::DiskSeqWrite, Throughput::from_mibs(200.0)),
		every_node(Metric::DiskRndWrite, Throughput::from_mibs(80.0)),
	])
}

/// Measures this machine, including the disk of `scratch`, and logs the result. Below the minimum, the node only
/// warns: its operator may know better.
pub fn check(scratch: Option<&Path>, is_authority: bool) -> HwBench {
	let requirements = requirements();
	let measured = sc_sysinfo::gather_hwbench(scratch, &requirements);
	sc_sysinfo::print_hwbench(&measured);
	if let Err(failures) = requirements.check_hardware(&measured, is_authority) {
		let role = if is_authority { "validator" } else { "full node" };
		log::warn!("⚠️  This machine is below the minimum for a {role}. {failures}");
	}
	measured
}
