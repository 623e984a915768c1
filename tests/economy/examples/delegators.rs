//! Prints the cost of slashes, payments, elections and claims for an operator with 1,000 and 100,000 delegators, and
//! with 1.
//!
//! Arguments give other numbers. Sizes and operations alternate in every round, so that other load on the machine
//! affects all of them equally. The time is the median of the rounds.

use mainstay_economy_tests::delegators::{Operation, State};
use std::time::Duration;

const SIZES: [u32; 3] = [1, 1_000, 100_000];
const ROUNDS: usize = 1_001;
/// Uncounted rounds at the start, which fill the caches.
const WARM_UP: usize = 20;
/// The largest difference from the time of the first size, in percent.
const TOLERANCE: f64 = 5.0;

fn median(times: &mut [Duration]) -> f64 {
	times.sort();
	times[times.len() / 2].as_secs_f64() * 1e6
}

fn main() {
	let given: Vec<u32> =
		std::env::args().skip(1).map(|arg| arg.parse().expect("a number of delegators")).collect();
	let sizes = if given.is_empty() { SIZES.to_vec() } else { given };
	let states: Vec<_> = sizes
		.iter()
		.map(|size| {
			eprintln!("building the state of {size} delegators");
			State::new(*size)
		})
		.collect();

	println!("median of {ROUNDS} rounds");
	println!(
		"{:<16}{:>12}{:>8}{:>8}{:>12}{:>12}",
		"operation", "delegators", "reads", "writes", "time, µs", "to first"
	);
	let mut verdicts = Vec::new();
	for operation in Operation::ALL {
		let mut times = vec![Vec::with_capacity(ROUNDS); states.len()];
		for round in 0..WARM_UP + ROUNDS {
			// Each round starts with another size.
			for turn in 0..states.len() {
				let n = (turn + round) % states.len();
				let time = states[n].time(operation);
				if round >= WARM_UP {
					times[n].push(time);
				}
			}
		}
		let medians: Vec<_> = times.iter_mut().map(|times| median(times)).collect();
		let used: Vec<_> = states.iter().map(|state| state.run(operation)).collect();
		for (n, state) in states.iter().enumerate() {
			let size = state.delegators();
			let change = (medians[n] / medians[0] - 1.0) * 100.0;
			let name = format!("{operation:?}");
			println!(
				"{name:<16}{size:>12}{:>8}{:>8}{:>12.1}{change:>+11.1}%",
				used[n].reads, used[n].writes, medians[n]
			);
			verdicts.push((change.abs() <= TOLERANCE, used[n] == used[0]));
		}
	}
	let verdict = |holds: bool| if holds { "yes" } else { "NO" };
	println!("the same reads and writes: {}", verdict(verdicts.iter().all(|(_, same)| *same)));
	println!("times within {TOLERANCE} %: {}", verdict(verdicts.iter().all(|(close, _)| *close)));
}
