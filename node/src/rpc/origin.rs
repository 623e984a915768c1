//! Which web pages may call the node.
//!
//! A browser sends with each request of a page's script the origin of that page. For plain HTTP, the browser itself
//! withholds answers from pages of other origins. For WebSockets it leaves that to the server, so the node refuses
//! such connections at the handshake. Programs other than browsers send no origin.

/// The origins that may call the node.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Origins {
	/// All origins.
	All,
	/// These origins. One that ends with `:*` stands for any port.
	List(Vec<String>),
}

impl Origins {
	/// From the value of `--rpc-cors`; `None` allows all origins.
	pub fn new(cors: Option<&[String]>) -> Self {
		cors.map_or(Self::All, |list| Self::List(list.iter().map(|origin| origin.to_lowercase()).collect()))
	}

	/// Whether a page of this origin may call the node.
	pub fn allow(&self, origin: &[u8]) -> bool {
		let Self::List(list) = self else { return true };
		let Ok(origin) = std::str::from_utf8(origin) else { return false };
		let origin = origin.to_lowercase();
		list.iter().any(|allowed| match allowed.strip_suffix(":*") {
			None => *allowed == origin,
			Some(any_port) => origin.strip_prefix(any_port).is_some_and(|rest| {
				let port = rest.strip_prefix(':').unwrap_or("80");
				(rest.is_empty() || rest.starts_with(':')) && port.parse::<u16>().is_ok()
			}),
		})
	}
}

#[cfg(test)]
mod tests {
	use super::*;

	fn these(list: &[&str]) -> Origins {
		let list: Vec<_> = list.iter().map(|origin| origin.to_string()).collect();
		Origins::new(Some(&list))
	}

	#[test]
	fn rpc_4_a_page_that_is_not_allowed_may_not_ask() {
		// What the SDK allows by default.
		let usual = these(&["http://localhost:*", "https://127.0.0.1:*", "https://polkadot.js.org"]);
		for origin in
			["http://localhost", "http://localhost:3000", "HTTPS://127.0.0.1:8080", "https://polkadot.js.org"]
		{
			assert!(usual.allow(origin.as_bytes()), "{origin}");
		}
		for origin in [
			"https://evil.example",
			"null",
			"",
			"http://localhost.evil.example",
			"http://localhost:",
			"http://localhost:80.evil.example",
			"http://localhost:3000:1",
			"http://polkadot.js.org",
			"https://polkadot.js.org.evil.example",
			"https://polkadot.js.org:444",
		] {
			assert!(!usual.allow(origin.as_bytes()), "{origin}");
		}
		assert!(!usual.allow(&[0xff]));
		assert!(!these(&[]).allow(b"https://polkadot.js.org"));
		assert!(Origins::new(None).allow(b"https://evil.example"));
	}
}
