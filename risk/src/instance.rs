//! The graph in integers, for searches: all amounts in one unit, of which everything is a multiple.

use crate::graph::{Graph, Model};
use num_bigint::BigInt;
use num_integer::Integer;
use num_rational::BigRational;
use num_traits::{One, Signed, ToPrimitive, Zero};
use std::{
	fmt::Debug,
	ops::{AddAssign, SubAssign},
};

/// Prices per unit of weight are fixed-point numbers with this many bits behind the point.
pub(crate) const PRICE_BITS: usize = 24;

/// An integer of a search: machine integers where all of it fits, else of any size.
pub(crate) trait Int:
	Integer + Signed + Clone + Debug + for<'a> AddAssign<&'a Self> + for<'a> SubAssign<&'a Self>
{
	/// Of a value that fits.
	fn of(value: &BigInt) -> Self;
	/// As a value of any size.
	fn big(&self) -> BigInt;
	/// Times 2 to the power of [`PRICE_BITS`].
	fn raised(&self) -> Self;
	/// Divided by that, rounded down.
	fn lowered(&self) -> Self;
	/// The highest price that can be multiplied by `total`. `None` where there is no limit.
	fn price_limit(total: &Self) -> Option<Self>;
}

impl Int for BigInt {
	fn of(value: &BigInt) -> Self {
		value.clone()
	}
	fn big(&self) -> BigInt {
		self.clone()
	}
	fn raised(&self) -> Self {
		self << PRICE_BITS
	}
	fn lowered(&self) -> Self {
		self >> PRICE_BITS
	}
	fn price_limit(_total: &Self) -> Option<Self> {
		None
	}
}

impl Int for i128 {
	fn of(value: &BigInt) -> Self {
		value.to_i128().unwrap_or(Self::MAX)
	}
	fn big(&self) -> BigInt {
		(*self).into()
	}
	fn raised(&self) -> Self {
		self << PRICE_BITS
	}
	fn lowered(&self) -> Self {
		self >> PRICE_BITS
	}
	fn price_limit(total: &Self) -> Option<Self> {
		Some((1 << 124) / (total + 1))
	}
}

/// The graph in integers.
#[derive(Clone, Debug)]
pub(crate) struct Instance<N> {
	pub(crate) model: Model,
	/// π of each service.
	pub(crate) profit: Vec<N>,
	/// K of each service: the weight that corrupts it.
	pub(crate) need: Vec<N>,
	/// σ of each operator.
	pub(crate) stake: Vec<N>,
	/// The services of each operator, with the weight; none of weight 0.
	pub(crate) edges: Vec<Vec<Link<N>>>,
	/// More than the sum of all amounts.
	pub(crate) total: N,
}

/// An operator's edge.
#[derive(Clone, Debug)]
pub(crate) struct Link<N> {
	pub(crate) service: usize,
	/// w.
	pub(crate) weight: N,
	/// θw: by how much K falls when the operator is gone.
	pub(crate) relief: N,
}

/// An instance, in integers that hold it.
pub(crate) enum Fitted {
	Small(Instance<i128>),
	Large(Instance<BigInt>),
}

/// Runs code with the instance inside a [`Fitted`], whatever its integers.
macro_rules! with_instance {
	($sized:expr, $instance:ident => $code:expr) => {
		match $sized {
			$crate::instance::Fitted::Small($instance) => $code,
			$crate::instance::Fitted::Large($instance) => $code,
		}
	};
}
pub(crate) use with_instance;

/// The integers of a graph, and the unit they are in: an amount is its integer divided by `unit`.
pub(crate) struct Scaled {
	pub(crate) instance: Instance<BigInt>,
	pub(crate) unit: BigInt,
}

/// The least common multiple of denominators.
fn common<'a>(values: impl Iterator<Item = &'a BigRational>) -> BigInt {
	values.fold(BigInt::one(), |all, value| match value.denom().is_one() {
		true => all,
		false => all.lcm(value.denom()),
	})
}

impl Scaled {
	/// A profit that is not declared is 0 in it: no number that needs it may be told.
	pub(crate) fn of(graph: &Graph) -> Self {
		let amounts = graph.services.iter().filter_map(|service| service.profit.as_ref());
		let amounts = amounts.chain(graph.operators.iter().map(|operator| &operator.stake));
		let amounts = amounts.chain(graph.edges.iter().map(|edge| &edge.weight));
		let parts = common(graph.services.iter().map(|service| &service.threshold));
		let unit = common(amounts) * parts;
		let scale = |value: &BigRational| value.numer() * (&unit / value.denom());
		let profits = graph.services.iter().map(|service| service.profit.as_ref());
		let profit: Vec<_> = profits.map(|profit| profit.map(scale).unwrap_or_default()).collect();
		let stake: Vec<_> = graph.operators.iter().map(|operator| scale(&operator.stake)).collect();
		let mut need = vec![BigInt::zero(); graph.services.len()];
		let mut edges = vec![Vec::new(); graph.operators.len()];
		for edge in graph.edges.iter().filter(|edge| !edge.weight.is_zero()) {
			let weight = scale(&edge.weight);
			let threshold = &graph.services[edge.service].threshold;
			let relief = &weight / threshold.denom() * threshold.numer();
			need[edge.service] += &relief;
			edges[edge.operator].push(Link { service: edge.service, weight, relief });
		}
		let mut instance = Instance { model: graph.model, profit, need, stake, edges, total: BigInt::zero() };
		instance.total = instance.sum();
		Self { instance, unit }
	}

	/// An amount of the instance, as it is in the graph.
	pub(crate) fn amount(&self, value: &BigInt) -> BigRational {
		crate::number::reduced(value.clone(), self.unit.clone())
	}
}

impl Instance<BigInt> {
	fn sum(&self) -> BigInt {
		let weights: BigInt = self.edges.iter().flatten().map(|link| &link.weight).sum();
		self.profit.iter().sum::<BigInt>() + self.stake.iter().sum::<BigInt>() + weights + 1
	}

	/// The same with profits times `profit` and all else times `cost`.
	pub(crate) fn scaled(&self, profit: &BigInt, cost: &BigInt) -> Self {
		let mut scaled = self.clone();
		for value in &mut scaled.profit {
			*value *= profit;
		}
		let links = scaled.edges.iter_mut().flatten().flat_map(|link| [&mut link.weight, &mut link.relief]);
		for value in links.chain(&mut scaled.need).chain(&mut scaled.stake) {
			*value *= cost;
		}
		scaled.total = scaled.sum();
		scaled
	}

	/// In integers that hold it, and what a search makes of it: products of prices and amounts, added over operators.
	pub(crate) fn sized(self) -> Fitted {
		let operators = u64::BITS - (self.stake.len() as u64).leading_zeros();
		let bits = self.total.bits() + u64::from(operators) + PRICE_BITS as u64;
		match bits < 124 {
			true => Fitted::Small(self.in_machine_integers()),
			false => Fitted::Large(self),
		}
	}

	/// What is left without these operators.
	pub(crate) fn without(&self, gone: &[usize]) -> Self {
		let mut left = self.clone();
		for operator in gone {
			for link in std::mem::take(&mut left.edges[*operator]) {
				left.need[link.service] -= link.relief;
			}
			left.stake[*operator] = BigInt::zero();
		}
		left.total = left.sum();
		left
	}

	fn in_machine_integers(&self) -> Instance<i128> {
		let all = |values: &[BigInt]| values.iter().map(i128::of).collect();
		let link = |link: &Link<BigInt>| Link {
			service: link.service,
			weight: i128::of(&link.weight),
			relief: i128::of(&link.relief),
		};
		Instance {
			model: self.model,
			profit: all(&self.profit),
			need: all(&self.need),
			stake: all(&self.stake),
			edges: self.edges.iter().map(|links| links.iter().map(link).collect()).collect(),
			total: i128::of(&self.total),
		}
	}
}
