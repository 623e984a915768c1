//! Keeping a chain that is made on command from peers: nobody could follow it.
//!
//! What runs on a node of the SDK (`sc-service` 0.62: the pool's gossip, offchain workers, `system_*`, the informant) cannot be
//! had without its network, so the network is there, and neither listens nor looks for anyone. To be dropped when a node can be
//! put together without one.

use futures::StreamExt;
use mainstay_runtime::opaque::Block;
use sc_network::config::{NonReservedPeerMode, SetConfig, TransportConfig};
use sc_rpc::system::{error::Error as SystemError, Request};
use sc_service::{Configuration, SpawnTaskHandle};
use sc_utils::mpsc::{tracing_unbounded, TracingUnboundedSender};

/// Requests that wait before it is warned of.
const QUEUE_WARNING_SIZE: usize = 10_000;

/// Takes from `config` all by which peers could be found, or find this node, and where it would report to.
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

/// Passes on what JSON-RPC asks of the network, but to add a peer.
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
