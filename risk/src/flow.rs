//! The largest flow through a network, and its smallest cut (Dinic). Capacities are integers of any size, which rules out
//! the one of petgraph: that one copies them.

use crate::budget::Budget;
use num_bigint::BigInt;
use num_traits::{Signed, Zero};
use std::collections::VecDeque;

/// A network with a capacity on each arc.
#[derive(Clone, Debug)]
pub(crate) struct Network {
	/// The arcs that leave each node.
	leaving: Vec<Vec<usize>>,
	/// Where each arc leads. An arc and its reverse are neighbours: their numbers differ in the last bit.
	to: Vec<usize>,
	/// What still fits through each arc.
	left: Vec<BigInt>,
}

impl Network {
	pub(crate) fn new(nodes: usize) -> Self {
		Self { leaving: vec![Vec::new(); nodes], to: Vec::new(), left: Vec::new() }
	}

	pub(crate) fn arc(&mut self, from: usize, to: usize, capacity: BigInt) {
		self.leaving[from].push(self.to.len());
		self.to.push(to);
		self.left.push(capacity);
		self.leaving[to].push(self.to.len());
		self.to.push(from);
		self.left.push(BigInt::zero());
	}

	/// How many arcs each node is from `source`, over arcs that are not full.
	fn distances(&self, source: usize) -> Vec<Option<usize>> {
		let mut distance = vec![None; self.leaving.len()];
		distance[source] = Some(0);
		let mut queue = VecDeque::from([(source, 0)]);
		while let Some((node, far)) = queue.pop_front() {
			for arc in &self.leaving[node] {
				let to = self.to[*arc];
				if distance[to].is_none() && self.left[*arc].is_positive() {
					distance[to] = Some(far + 1);
					queue.push_back((to, far + 1));
				}
			}
		}
		distance
	}

	/// Sends as much as fits. `None` where the budget did not suffice.
	pub(crate) fn fill(&mut self, source: usize, sink: usize, budget: &Budget) -> Option<BigInt> {
		let mut flow = BigInt::zero();
		loop {
			let distance = self.distances(source);
			if distance[sink].is_none() {
				return Some(flow);
			}
			let mut next = vec![0; self.leaving.len()];
			// A path from the source, by its arcs. It grows towards the sink, and steps back from where no arc leads on.
			let mut path: Vec<usize> = Vec::new();
			loop {
				let node = path.last().map_or(source, |arc| self.to[*arc]);
				if node == sink {
					if !budget.step() {
						return None;
					}
					let sent = path.iter().map(|arc| &self.left[*arc]).min().cloned().unwrap_or_default();
					for arc in &path {
						self.left[*arc] -= &sent;
						self.left[*arc ^ 1] += &sent;
					}
					flow += sent;
					let full = path.iter().position(|arc| self.left[*arc].is_zero()).unwrap_or(0);
					path.truncate(full);
					continue;
				}
				let onward = |arc: &usize| {
					self.left[*arc].is_positive()
						&& distance[self.to[*arc]] == distance[node].map(|distance| distance + 1)
				};
				let leaving = &self.leaving[node];
				match (next[node]..leaving.len()).find(|index| onward(&leaving[*index])) {
					Some(index) => {
						next[node] = index;
						path.push(leaving[index]);
					},
					None => match path.pop() {
						Some(arc) => next[self.to[arc ^ 1]] += 1,
						None => break,
					},
				}
			}
		}
	}

	/// Which nodes are on the source's side of the smallest cut, once [`Network::fill`] is done.
	pub(crate) fn side(&self, source: usize) -> Vec<bool> {
		self.distances(source).iter().map(Option::is_some).collect()
	}
}

#[cfg(test)]
mod tests {
	use super::*;

	fn network(nodes: usize, arcs: &[(usize, usize, u32)]) -> Network {
		let mut network = Network::new(nodes);
		for (from, to, capacity) in arcs {
			network.arc(*from, *to, (*capacity).into());
		}
		network
	}

	#[test]
	fn a_flow_takes_back_what_it_sent_the_wrong_way() {
		let arcs = [(0, 1, 10), (0, 2, 10), (1, 2, 1), (1, 3, 8), (2, 3, 5)];
		let mut network = network(4, &arcs);
		assert_eq!(network.fill(0, 3, &Budget::steps(100)), Some(13.into()));
		assert_eq!(network.side(0), [true, true, true, false]);
	}

	#[test]
	fn it_stops_when_the_budget_is_used_up() {
		let mut network = network(2, &[(0, 1, 1)]);
		assert_eq!(network.fill(0, 1, &Budget::steps(0)), None);
	}

	#[test]
	fn nothing_flows_where_nothing_leads() {
		let mut network = network(3, &[(0, 1, 1)]);
		assert_eq!(network.fill(0, 2, &Budget::steps(10)), Some(BigInt::zero()));
		assert_eq!(network.side(0), [true, true, false]);
	}
}
