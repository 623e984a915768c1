//! Checks arguments that the SDK accepts though they are wrong, or refuses without naming them.
//!
//! `sc-cli` 0.63 gives log filters to a parser whose errors name no filter, and accepts any text as an origin. To be
//! removed when it refuses both, by name.

use sc_cli::{Cors, Error, SharedParams};
use tracing_subscriber::filter::Directive;

/// Refuses log filters that cannot be parsed, in one line that names the filter and where it was given.
pub fn ensure_log_filters(shared: &SharedParams) -> Result<(), Error> {
	let environment = std::env::var("RUST_LOG").ok();
	let given = (shared.log.iter().map(|filters| ("--log", filters)))
		.chain(shared.tracing_targets.iter().map(|filters| ("--tracing-targets", filters)))
		.chain(environment.iter().map(|filters| ("RUST_LOG", filters)));
	for (place, filters) in given.filter(|(_, filters)| !filters.is_empty()) {
		for filter in filters.split(',') {
			filter
				.parse::<Directive>()
				.map_err(|error| format!("`{filter}` in {place} is not a log filter: {error}"))?;
		}
	}
	Ok(())
}

/// Refuses a value of `--rpc-cors` that is no origin. The server compares it letter by letter with what a browser
/// sends, except for `:*` in place of any port, so it would never match.
pub fn ensure_origins(cors: Option<&Cors>) -> Result<(), Error> {
	let Some(Cors::List(origins)) = cors else { return Ok(()) };
	match origins.iter().find(|origin| !is_origin(origin)) {
		None => Ok(()),
		Some(wrong) => Err(format!(
			"`{wrong}` in --rpc-cors is not an origin as browsers send it: `https://example.org`, with `:PORT` after it if \
			 it is not the usual one or `:*` for any, and no path; or `all`"
		)
		.into()),
	}
}

/// Whether a browser could send `text` as an origin: a scheme, a host, and perhaps a port.
fn is_origin(text: &str) -> bool {
	// The origin of a page from a file.
	if text == "null" {
		return true;
	}
	let Some((scheme, place)) = text.split_once("://") else { return false };
	let scheme_fits = scheme.starts_with(|first: char| first.is_ascii_lowercase())
		&& scheme
			.chars()
			.all(|each| each.is_ascii_lowercase() || each.is_ascii_digit() || "+-.".contains(each));
	// The colons of an IPv6 address are in brackets.
	let (host, port) = match place.rsplit_once(':') {
		Some((host, port)) if !port.ends_with(']') => (host, Some(port)),
		_ => (place, None),
	};
	let host_fits = !host.is_empty()
		&& !host.contains(|each: char| {
			each.is_whitespace() || each.is_control() || each.is_uppercase() || "/\\?#@*,".contains(each)
		});
	scheme_fits && host_fits && port.is_none_or(|port| port == "*" || port.parse::<u16>().is_ok())
}

#[cfg(test)]
mod tests {
	use super::*;

	/// node 10
	#[test]
	fn an_origin_is_what_browsers_send() {
		for right in [
			"null",
			"http://localhost",
			"http://localhost:3000",
			"http://localhost:*",
			"https://polkadot.js.org",
			"http://127.0.0.1:80",
			"http://[::1]:80",
			"http://[::1]",
			"chrome-extension://abcdef",
		] {
			assert!(is_origin(right), "{right}");
		}
		for wrong in [
			"",
			"http//",
			"http://",
			"localhost",
			"localhost:3000",
			"https://example.org/",
			"https://example.org/page",
			"https://*.example.org",
			"http://localhost:**",
			"http://localhost:x",
			"https://Example.org",
			" https://example.org",
			"https://me@example.org",
		] {
			assert!(!is_origin(wrong), "{wrong}");
		}
	}

	/// node 10
	#[test]
	fn a_wrong_origin_is_named() {
		let list = |origins: &str| Cors::List(origins.split(',').map(Into::into).collect());
		let refusal = ensure_origins(Some(&list("http://localhost,http//"))).unwrap_err().to_string();
		assert!(refusal.contains("`http//` in --rpc-cors is not an origin"), "{refusal}");
		for fine in [None, Some(&Cors::All), Some(&list("null,https://example.org"))] {
			assert!(ensure_origins(fine).is_ok());
		}
	}
}
