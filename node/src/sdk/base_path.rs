//! Where a node's data is.
//!
//! For a user without a home, as that of many a container, `BasePath::from_project` of `sc-service` 0.62 panics. To be
//! dropped when it returns an error.

use sc_cli::Error;
use sc_service::BasePath;

/// The name of the folder with the data, in the user's home.
pub const PROJECT: &str = "mainstay";

/// `named`, or the folder in the user's home that a command takes which names none.
///
/// The error says that there is no home.
pub fn or_default(named: Option<BasePath>) -> Result<BasePath, Error> {
	if let Some(named) = named {
		return Ok(named);
	}
	// As the SDK looks for it: HOME, else the user's entry in the list of users.
	if std::env::home_dir().is_none_or(|home| home.as_os_str().is_empty()) {
		return Err("this user has no home folder to keep data in: name a folder with --base-path".into());
	}
	Ok(BasePath::from_project("", "", PROJECT))
}
