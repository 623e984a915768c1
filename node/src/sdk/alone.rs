//! Keeps peers away from a chain whose blocks are made on command, which no other node can follow.
//!
//! Several parts of an SDK node (`sc-service` 0.62: the pool's gossip, offchain workers, `system_*`, the informant)
//! need its network. So the network exists, and neither listens nor connects. To be removed when a node can be built
//! without one.

use futures::StreamExt;
use mainstay_runtime::opaque::Block;
use sc_network::config::{NonReservedPeerMode, SetConfig, TransportConfig};
use sc_rpc::system::{error::Error as SystemError, Request};
use sc_service::{Configuration, SpawnTaskHandle};
use sc_utils::mpsc::{tracing_unbounded, TracingUnboundedSender};

/// The number of waiting requests at which the SDK warns.
const QUEUE_WARNING_SIZE: usize = 10_000;

/// Removes from `config` everything with which the node finds peers or they find it, and the telemetry servers.
pub fn isolate(config: &mut Configuration) {
	let network = &mut config.network;
	network.boot_nodes.clear();
	network.listen_addresses.clear();
	network.public_addresses.clear();
	network.default_peers_set = SetConfig {
		in_peers: 0,
		out_peers: 0,
		reserved_nodes: Vec::new(),
		non_reserved_mode: NonReservedPeerMode::Deny,
	};
	network.default_peers_set_num_full = 0;
	network.transport = TransportConfig::Normal { enable_mdns: false, allow_private_ip: false };
	network.enable_dht_random_walk = false;
	config.telemetry_endpoints = None;
}

/// Forwards the requests of JSON-RPC methods to the network, except those to add a peer.
pub fn without_peers(
	spawn: &SpawnTaskHandle,
	network: TracingUnboundedSender<Request<Block>>,
) -> TracingUnboundedSender<Request<Block>> {
	let (sender, mut requests) = tracing_unbounded("mpsc_system_rpc_alone", QUEUE_WARNING_SIZE);
	spawn.spawn("system-rpc-alone", Some("networking"), async move {
		while let Some(request) = requests.next().await {
			match request {
				Request::NetworkAddReservedPeer(_, reply) => {
					let why = "this node talks to no peers: its blocks are made on command (--seal)";
					let _ = reply.send(Err(SystemError::Internal(why.into())));
				},
				other => {
					if network.unbounded_send(other).is_err() {
						return;
					}
				},
			}
		}
	});
	sender
}
