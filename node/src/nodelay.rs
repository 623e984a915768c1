//! Answers that leave at once.
//!
//! `sc-rpc-server` 33 accepts connections without TCP_NODELAY, and writes an answer of more than 8 KiB in two parts: the
//! second then waits for the client's acknowledgement of the first, which a client holds back for some 40 ms. On Linux a
//! connection has what its listening socket had, so it is set there. To be dropped when the SDK sets it.

use nix::sys::socket::{
	getsockopt, setsockopt,
	sockopt::{AcceptConn, TcpNoDelay},
};

/// Sets TCP_NODELAY on the sockets of this process that listen. Those of the network have it in any case.
pub fn set_on_listeners() {
	let Ok(files) = std::fs::read_dir("/proc/self/fd") else { return };
	let numbers = files.flatten().filter_map(|file| file.file_name().to_str()?.parse().ok());
	for number in numbers {
		if getsockopt(number, AcceptConn) == Ok(true) {
			let _ = setsockopt(number, TcpNoDelay, &true);
		}
	}
}

#[cfg(test)]
mod tests {
	use super::*;
	use std::{
		net::{TcpListener, TcpStream},
		os::fd::AsRawFd,
	};

	#[test]
	fn connections_have_what_their_listener_has() {
		let listener = TcpListener::bind("127.0.0.1:0").unwrap();
		assert!(!getsockopt(listener.as_raw_fd(), TcpNoDelay).unwrap());
		set_on_listeners();
		let _client = TcpStream::connect(listener.local_addr().unwrap()).unwrap();
		let (accepted, _) = listener.accept().unwrap();
		assert!(accepted.nodelay().unwrap());
	}
}
