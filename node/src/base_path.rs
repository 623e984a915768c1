//! Where a node's data is.

use crate::cli::Cli;
use sc_cli::{Error, SubstrateCli};
use sc_service::BasePath;

/// `named`, or the folder in the user's home that a command takes which names none.
///
/// The error says that there is no home, as for the user of many a container, where the SDK would panic.
pub fn or_default(named: Option<BasePath>) -> Result<BasePath, Error> {
	if let Some(named) = named {
		return Ok(named);
	}
	// As the SDK looks for it: HOME, else the user's entry in the list of users.
	if std::env::home_dir().is_none_or(|home| home.as_os_str().is_empty()) {
		return Err("this user has no home folder to keep data in: name a folder with --base-path".into());
	}
	Ok(BasePath::from_project("", "", &Cli::executable_name()))
}
