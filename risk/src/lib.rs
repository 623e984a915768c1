//! The restaking graph, and what it tells about how far a failure spreads.
//!
//! Operators have stake, services can slash parts of it, and corrupting a service yields what its owner declares. Of that
//! graph this crate computes how much slack there is before an attack pays, the best attack, what is lost after shocks, how
//! much depends on few, what reuse of stake gives, and what a delegator can lose. It reads a graph from a file
//! ([`Graph::from_json`]), and prints a report in a fixed form ([`Graph::report`], which serde writes as JSON).
//!
//! All numbers are exact: integers and rationals of any size, without floating point. What takes a search is anytime: it
//! ends with its [`Budget`], and gives the best it has found and a bound that nothing exceeds. What would need a profit
//! that nobody has declared is not certified, and says so.
//!
//! The theory is that of Durvasula and Roughgarden, *Robust Restaking Networks* (arXiv 2407.21785; model `allOrNothing`),
//! and of Bar-Zur and Eyal, *Elastic Restaking Networks* (arXiv 2503.00170; model `elastic`).
//!
//! ```
//! use mainstay_risk::{Budget, Graph, Question};
//!
//! let graph = Graph::from_json(
//!     r#"{"model": "elastic",
//!     "services": [{"id": "x", "profit": "100", "threshold": "1/2"}],
//!     "operators": [{"id": "a", "stake": "300"}],
//!     "edges": [{"operator": "a", "service": "x"}]}"#,
//! )?;
//! let report = graph.report(&Question::default(), &Budget::steps(1_000))?;
//! assert_eq!(report.gamma.exact.map(|gamma| gamma.to_string()), Some("1/2".into()));
//! # Ok::<(), mainstay_risk::Error>(())
//! ```

mod attack;
mod budget;
mod certainty;
mod certificates;
mod concentration;
mod error;
mod file;
mod flow;
mod graph;
mod instance;
mod loss;
mod number;
mod positions;
mod report;
mod reuse;
mod search;
mod shocks;
mod split;

pub use budget::Budget;
pub use certainty::Certainty;
pub use certificates::{Binding, Certificate, Certificates, OperatorReport, ServiceReport, WorstLoss};
pub use concentration::{Concentration, ConcentrationReport, OfService, Overlap};
pub use error::Error;
pub use graph::{Edge, Graph, Model, Operator, Position, Service};
pub use number::{parse, Number, NumberError, MAX_DIGITS};
pub use positions::{DelegatorReport, PositionReport};
pub use report::{
	AttackReport, BestAttack, Bindings, Gamma, LossReport, Question, Report, Reuse, ShockBound, Shocks,
};
pub use shocks::{Shock, ShockReport};
