//! Why a graph is refused.

use crate::number::NumberError;

/// Why a file is no graph, or a question about it has no answer.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum Error {
	/// The text is not JSON, or not of the form of the file: a field is missing, unknown, or of another type.
	#[error("not a graph: {0}")]
	Form(String),
	/// A number is not a non-negative integer or rational.
	#[error("{at}: {why}")]
	Number {
		/// Whose number it is, such as `stake of operator "a"`.
		at: String,
		/// What is wrong with it.
		why: NumberError,
	},
	/// Two services have one name.
	#[error("service {0:?} is listed twice")]
	DuplicateService(String),
	/// Two operators have one name.
	#[error("operator {0:?} is listed twice")]
	DuplicateOperator(String),
	/// Two edges join the same operator to the same service.
	#[error("the edge from operator {operator:?} to service {service:?} is listed twice")]
	DuplicateEdge {
		/// The operator.
		operator: String,
		/// The service.
		service: String,
	},
	/// An edge, a position or a question names a service that the graph does not have.
	#[error("there is no service {0:?}")]
	UnknownService(String),
	/// An edge, a position or a question names an operator that the graph does not have.
	#[error("there is no operator {0:?}")]
	UnknownOperator(String),
	/// A threshold is 0 or above 1.
	#[error("threshold {threshold} of service {service:?} is not above 0 and at most 1")]
	Threshold {
		/// The service.
		service: String,
		/// What its threshold is.
		threshold: String,
	},
	/// A service could slash more than the operator has.
	#[error("service {service:?} has weight {weight} of operator {operator:?}, whose stake is {stake}")]
	WeightAboveStake {
		/// The operator.
		operator: String,
		/// The service.
		service: String,
		/// The edge's weight.
		weight: String,
		/// The operator's stake.
		stake: String,
	},
	/// The parts by kind do not add up to the whole.
	#[error("{at}: its kinds add up to {sum}, not to {whole}")]
	KindsDoNotAddUp {
		/// Whose kinds they are.
		at: String,
		/// The sum of the parts.
		sum: String,
		/// What they should add up to.
		whole: String,
	},
	/// A service can slash more of a kind than the operator has of it.
	#[error("service {service:?} has more of kind {kind:?} of operator {operator:?} than the operator has")]
	KindAboveStake {
		/// The operator.
		operator: String,
		/// The service.
		service: String,
		/// The kind.
		kind: String,
	},
	/// The operator's kinds are named, and those of an edge that has a weight of its own are not.
	#[error("the edge from operator {operator:?} to service {service:?} has a weight, and not by kind")]
	KindsMissing {
		/// The operator.
		operator: String,
		/// The service.
		service: String,
	},
	/// More is on its way out than there is.
	#[error("operator {operator:?} has {leaving} on its way out, of a stake of {stake}")]
	LeavingAboveStake {
		/// The operator.
		operator: String,
		/// What leaves, in all eras.
		leaving: String,
		/// The operator's stake.
		stake: String,
	},
	/// A shock is not a part of the stake: it is above 1.
	#[error("a shock is a part of the stake, between 0 and 1, and not {0}")]
	Shock(String),
}
