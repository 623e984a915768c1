//! Refusing to start on an address that another process listens on.
//!
//! The network library shares a TCP port with whoever else listens on it, so that a second validator would get
//! half of the first one's connections, and stops without a word when a UDP port is taken.

use sc_network::{multiaddr::Protocol, Multiaddr};
use sc_service::{Configuration, Error};
use std::{
	io::{ErrorKind, Result as IoResult},
	net::{IpAddr, SocketAddr, TcpListener, UdpSocket},
};

/// Tries the addresses of the peer-to-peer network, and of RPC where no other port would do.
///
/// The error names the first address that is taken.
pub fn ensure_free(config: &Configuration) -> Result<(), Error> {
	for address in &config.network.listen_addresses {
		refuse_taken(bind(address), address, "--port or --listen-addr")?;
	}
	for endpoint in config.rpc.addr.iter().flatten() {
		if !endpoint.retry_random_port && !endpoint.is_optional {
			let address = endpoint.listen_addr;
			refuse_taken(TcpListener::bind(address).map(drop), address, "RPC port")?;
		}
	}
	Ok(())
}

fn refuse_taken(bound: IoResult<()>, address: impl std::fmt::Display, other: &str) -> Result<(), Error> {
	match bound {
		Err(error) if error.kind() == ErrorKind::AddrInUse => {
			Err(format!("another process listens on {address}: choose another {other}").into())
		},
		// Whatever else is wrong with an address, the SDK knows better whether it matters: a machine without
		// IPv6 runs well.
		_ => Ok(()),
	}
}

/// Listens on `address` for a moment, if it is one of TCP or UDP.
fn bind(address: &Multiaddr) -> IoResult<()> {
	let mut protocols = address.iter();
	let ip = match protocols.next() {
		Some(Protocol::Ip4(ip)) => IpAddr::from(ip),
		Some(Protocol::Ip6(ip)) => IpAddr::from(ip),
		_ => return Ok(()),
	};
	match protocols.next() {
		Some(Protocol::Tcp(port)) => TcpListener::bind(SocketAddr::new(ip, port)).map(drop),
		Some(Protocol::Udp(port)) => UdpSocket::bind(SocketAddr::new(ip, port)).map(drop),
		_ => Ok(()),
	}
}

#[cfg(test)]
mod tests {
	use super::*;

	#[test]
	fn a_taken_port_is_refused() {
		let taken = TcpListener::bind("127.0.0.1:0").expect("a free port");
		let port = taken.local_addr().expect("bound").port();
		let address: Multiaddr = format!("/ip4/127.0.0.1/tcp/{port}/ws").parse().expect("valid");
		let refusal = refuse_taken(bind(&address), &address, "one").expect_err("taken").to_string();
		assert!(refusal.contains(&format!("/tcp/{port}/ws: choose another one")), "{refusal}");

		drop(taken);
		assert!(refuse_taken(bind(&address), &address, "one").is_ok());
	}

	#[test]
	fn an_address_without_a_port_is_left_alone() {
		let address: Multiaddr = "/dns/localhost/tcp/1".parse().expect("valid");
		assert!(bind(&address).is_ok());
	}
}
