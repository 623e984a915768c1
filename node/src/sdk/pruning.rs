//! Reads the pruning mode of a database from the error that another mode was given.
//!
//! `sc-client-db` and `sc-state-db` only have it in the text of the error. To be removed when the error carries it.

/// The value of `--state-pruning` with which a database was made, if `error` says that another value was given.
pub fn stored_pruning(error: &str) -> Option<String> {
	let (_, modes) = error.split_once("Incompatible pruning modes [stored: ")?;
	let (stored, _) = modes.split_once("; requested: ")?;
	let blocks = |text: &str| Some(text.split_once("max_blocks: Some(")?.1.split_once(')')?.0.to_owned());
	match stored {
		"ArchiveAll" => Some("archive".into()),
		"ArchiveCanonical" => Some("archive-canonical".into()),
		constrained => blocks(constrained),
	}
}

#[cfg(test)]
mod tests {
	use super::*;

	/// node 10
	#[test]
	fn another_pruning_is_read_from_the_error() {
		let error = |stored| {
			stored_pruning(&format!(
				"State Database error: Incompatible pruning modes [stored: {stored}; requested: ArchiveAll]"
			))
		};
		let constrained = sc_service::PruningMode::blocks_pruning(256);
		assert_eq!(error(format!("{constrained:?}")).as_deref(), Some("256"));
		let archives = [sc_service::PruningMode::ArchiveAll, sc_service::PruningMode::ArchiveCanonical];
		let [all, canonical] = archives.map(|mode| error(format!("{mode:?}")).unwrap());
		assert_eq!((&all[..], &canonical[..]), ("archive", "archive-canonical"));
		assert_eq!(stored_pruning("Permission denied"), None);
	}
}
