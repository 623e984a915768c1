//! The reasons why a file describes no network that would work.

/// All reasons, in the order of the checks.
#[derive(Debug, Default)]
pub struct Reasons(Vec<String>);

impl Reasons {
	/// Adds a reason.
	pub fn add(&mut self, reason: String) {
		self.0.push(reason);
	}

	/// Adds a reason unless `holds`.
	pub fn unless(&mut self, holds: bool, reason: impl FnOnce() -> String) {
		if !holds {
			self.0.push(reason());
		}
	}

	/// The value of `place`. If it could not be read, the error is a reason.
	pub fn take<T>(&mut self, place: &str, read: Result<T, String>) -> Option<T> {
		read.map_err(|error| self.add(format!("{place}: {error}"))).ok()
	}

	/// The reasons, each of one line.
	pub fn into_list(self) -> Vec<String> {
		self.0
	}
}
