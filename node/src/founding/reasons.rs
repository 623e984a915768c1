//! Why a file describes no network that would work.

/// All the reasons, in the order of the file.
#[derive(Debug, Default)]
pub struct Reasons(Vec<String>);

impl Reasons {
	/// Adds one.
	pub fn add(&mut self, reason: String) {
		self.0.push(reason);
	}

	/// Adds one unless `holds`.
	pub fn unless(&mut self, holds: bool, reason: impl FnOnce() -> String) {
		if !holds {
			self.0.push(reason());
		}
	}

	/// What was read of `place`; its error is a reason.
	pub fn take<T>(&mut self, place: &str, read: Result<T, String>) -> Option<T> {
		read.map_err(|error| self.add(format!("{place}: {error}"))).ok()
	}

	/// One a line.
	pub fn into_list(self) -> Vec<String> {
		self.0
	}
}
