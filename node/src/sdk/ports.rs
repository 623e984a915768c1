//! Refuses to start if an address is not available.
//!
//! The network library (`litep2p` 0.15) shares a TCP port with other processes that listen on it, so that a second
//! validator would get half of the first one's connections. It stops without an error if a UDP port is taken, or if
//! an address does not belong to this machine. It has an option not to share (paritytech/litep2p#69), which
//! `sc-network` 0.60 does not set. `sc-service` 0.62 starts without metrics if their port is taken. To be removed
//! when the SDK fails to start on such an address, and names it.

use sc_network::{multiaddr::Protocol, Multiaddr};
use sc_service::{Configuration, Error};
use std::{
	io::{ErrorKind, Result as IoResult},
	net::{IpAddr, Ipv4Addr, SocketAddr, TcpListener, UdpSocket},
};

/// Tries the addresses of the peer-to-peer network and of metrics. The JSON-RPC server checks its own when it
/// listens.
///
/// The error names the first address that is not available. On a machine without IPv6, metrics for every IPv6 address
/// are served over IPv4 instead, by a change of `config`.
pub fn ensure_free(config: &mut Configuration) -> Result<(), Error> {
	for address in &config.network.listen_addresses {
		match bind(address) {
			// Without an option, a node listens on both families, and runs without IPv6 as well.
			Err(error) if is_any_ipv6(address) && error.kind() != ErrorKind::AddrInUse => {},
			bound => refuse(bound, address, "--port or --listen-addr")?,
		}
	}
	if let Some(metrics) = &mut config.prometheus_config {
		metrics.port = with_ipv4(metrics.port, |address| TcpListener::bind(address).map(drop));
		let bound = TcpListener::bind(metrics.port).map(drop);
		refuse(bound, metrics.port, "--prometheus-port, or do without metrics: --no-prometheus")?;
	}
	Ok(())
}

fn refuse(bound: IoResult<()>, address: impl std::fmt::Display, other: &str) -> Result<(), Error> {
	match bound {
		Ok(()) => Ok(()),
		Err(error) if error.kind() == ErrorKind::AddrInUse => {
			Err(format!("another process listens on {address}: choose another {other}").into())
		},
		Err(error) => Err(format!("cannot listen on {address}: {error}; choose another {other}").into()),
	}
}

/// `address`. If it stands for every IPv6 address and `bind` finds that the machine has none, the same port of every
/// IPv4 address. On Linux, a socket for every IPv6 address also accepts IPv4.
fn with_ipv4(address: SocketAddr, bind: impl Fn(SocketAddr) -> IoResult<()>) -> SocketAddr {
	let everywhere = address.is_ipv6() && address.ip().is_unspecified();
	match bind(address) {
		Err(error) if everywhere && error.kind() != ErrorKind::AddrInUse => {
			SocketAddr::new(Ipv4Addr::UNSPECIFIED.into(), address.port())
		},
		_ => address,
	}
}

fn is_any_ipv6(address: &Multiaddr) -> bool {
	matches!(address.iter().next(), Some(Protocol::Ip6(ip)) if ip.is_unspecified())
}

/// Listens on `address` for a moment, if it is a TCP or UDP address.
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
		let refusal = refuse(bind(&address), &address, "one").expect_err("taken").to_string();
		assert!(refusal.contains(&format!("/tcp/{port}/ws: choose another one")), "{refusal}");

		drop(taken);
		assert!(refuse(bind(&address), &address, "one").is_ok());
	}

	#[test]
	fn an_address_without_a_port_is_left_alone() {
		let address: Multiaddr = "/dns/localhost/tcp/1".parse().expect("valid");
		assert!(bind(&address).is_ok());
	}

	/// node 1
	#[test]
	fn an_address_of_another_machine_is_refused() {
		// An address range for documentation, which no machine has.
		let address: Multiaddr = "/ip4/192.0.2.1/tcp/0".parse().expect("valid");
		let refusal = refuse(bind(&address), &address, "one").expect_err("not here").to_string();
		assert!(refusal.contains("cannot listen on /ip4/192.0.2.1/tcp/0: "), "{refusal}");
	}

	/// node 1
	#[test]
	fn without_ipv6_metrics_keep_their_port() {
		let [v6, v4, own] = ["[::]:9615", "0.0.0.0:9615", "[2001:db8::1]:9615"]
			.map(|address| address.parse::<SocketAddr>().expect("valid"));
		let none = |_| Err(ErrorKind::AddrNotAvailable.into());
		assert_eq!(with_ipv4(v6, none), v4);
		assert_eq!(with_ipv4(own, none), own, "that one was asked for");
		assert_eq!(with_ipv4(v6, |_| Ok(())), v6);
		assert_eq!(with_ipv4(v6, |_| Err(ErrorKind::AddrInUse.into())), v6);
	}
}
