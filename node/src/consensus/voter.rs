//! GRANDPA: its protocol, warp sync, and voting.

use super::import::{GrandpaLink, JUSTIFICATION_PERIOD};
use crate::{
	base::Base,
	chain_spec,
	client::FullBackend,
	equivocation::Reports,
	network::{Library, Network, Setup},
	rpc::Votes,
	sdk::engine_reports,
};
use futures::FutureExt;
use mainstay_runtime::opaque::Block;
use sc_client_api::BlockBackend;
use sc_consensus_grandpa::{
	warp_proof::NetworkProvider, Config, FinalityProofProvider, GrandpaParams, SharedVoterState,
	VotingRulesBuilder,
};
use sc_network::{NotificationService, ProtocolName};
use sc_service::{Configuration, Error, WarpSyncConfig};
use sp_core::traits::SpawnEssentialNamed;
use std::{sync::Arc, time::Duration};

/// How long GRANDPA allows a message to reach every voter.
const GOSSIP_DURATION: Duration = Duration::from_millis(333);

/// A voter before it votes.
pub struct Voter {
	link: GrandpaLink,
	state: SharedVoterState,
	protocol: ProtocolName,
	notifications: Box<dyn NotificationService>,
}

impl Voter {
	/// Adds GRANDPA's protocol to a network before it starts.
	pub fn new(
		config: &Configuration,
		base: &Base,
		link: GrandpaLink,
		network: &mut Setup,
	) -> Result<Self, Error> {
		let genesis = base.client.block_hash(0)?.ok_or("the database has no genesis block")?;
		let protocol = sc_consensus_grandpa::protocol_standard_name(&genesis, &config.chain_spec);
		let (added, notifications) = sc_consensus_grandpa::grandpa_peers_set_config::<Block, Library>(
			protocol.clone(),
			network.metrics.clone(),
			network.protocols.peer_store_handle(),
		);
		network.protocols.add_notification_protocol(added);
		Ok(Self { link, state: SharedVoterState::empty(), protocol, notifications })
	}

	/// The provider of warp sync: it proves to peers who the voters were, and checks such proofs.
	pub fn warp_sync(
		&self,
		config: &Configuration,
		backend: Arc<FullBackend>,
	) -> Result<WarpSyncConfig<Block>, Error> {
		let forced = chain_spec::forced_changes(&*config.chain_spec)?;
		let provider = NetworkProvider::new(backend, self.link.shared_authority_set().clone(), forced);
		Ok(WarpSyncConfig::WithProvider(Arc::new(provider)))
	}

	/// What the JSON-RPC methods about votes need.
	pub fn votes(&self, backend: Arc<FullBackend>) -> Votes {
		let authority_set = self.link.shared_authority_set().clone();
		Votes {
			authority_set: authority_set.clone(),
			voter_state: self.state.clone(),
			justifications: self.link.justification_stream(),
			finality_proofs: FinalityProofProvider::new_for_service(backend, Some(authority_set)),
		}
	}

	/// Starts the voter in an essential task. On a validator it votes with the key in the keystore; on other nodes it
	/// follows the votes of others.
	pub fn start(
		self,
		config: &Configuration,
		base: &Base,
		network: &Network,
		reports: &Arc<Reports>,
	) -> Result<(), Error> {
		let voter = sc_consensus_grandpa::run_grandpa_voter(GrandpaParams {
			config: Config {
				gossip_duration: GOSSIP_DURATION,
				justification_generation_period: JUSTIFICATION_PERIOD,
				observer_enabled: false,
				local_role: config.role,
				name: Some(config.network.node_name.clone()),
				keystore: config.role.is_authority().then(|| base.keystore()),
				telemetry: base.telemetry_handle(),
				protocol_name: self.protocol,
			},
			link: self.link,
			network: network.service.clone(),
			sync: network.sync.clone(),
			notification_service: self.notifications,
			voting_rule: VotingRulesBuilder::default().build(),
			prometheus_registry: config.prometheus_registry().cloned(),
			shared_voter_state: self.state,
			telemetry: base.telemetry_handle(),
			offchain_tx_pool_factory: engine_reports::pool(reports),
		})?;
		base.essential.spawn_essential_blocking("grandpa-voter", None, voter.boxed());
		Ok(())
	}
}
