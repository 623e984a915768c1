//! Tests by subject.

use crate::{mock::*, *};

mod proofs;
mod reports;
mod tenures;
