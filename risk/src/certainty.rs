//! Whether numbers are known.

use serde::{ser::SerializeMap, Serialize, Serializer};

/// Whether numbers are known, and why not. In JSON: `certified`, and `reason` if they are not.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Certainty(Option<String>);

impl Certainty {
	/// Numbers that are unknown for this reason, or known where there is none.
	pub(crate) fn unless(reason: Option<String>) -> Self {
		Self(reason)
	}

	/// Whether the numbers are known.
	pub fn is_certified(&self) -> bool {
		self.0.is_none()
	}

	/// Why they are not.
	pub fn reason(&self) -> Option<&str> {
		self.0.as_deref()
	}
}

impl Serialize for Certainty {
	fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
		let mut map = serializer.serialize_map(None)?;
		map.serialize_entry("certified", &self.is_certified())?;
		if let Some(reason) = self.reason() {
			map.serialize_entry("reason", reason)?;
		}
		map.end()
	}
}
