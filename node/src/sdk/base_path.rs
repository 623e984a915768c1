//! The folder with a node's data.
//!
//! For a user without a home folder, as in many containers, `BasePath::from_project` of `sc-service` 0.62 panics. To
//! be removed when it returns an error.

use sc_cli::Error;
use sc_service::BasePath;

/// The name of the data folder in the user's home.
pub const PROJECT: &str = "mainstay";

/// `named`, or the default folder in the user's home.
///
/// Fails if the user has no home.
pub fn or_default(named: Option<BasePath>) -> Result<BasePath, Error> {
	if let Some(named) = named {
		return Ok(named);
	}
	// Like the SDK: HOME, or the home in the system's list of users.
	if std::env::home_dir().is_none_or(|home| home.as_os_str().is_empty()) {
		return Err("this user has no home folder to keep data in: name a folder with --base-path".into());
	}
	Ok(BasePath::from_project("", "", PROJECT))
}
