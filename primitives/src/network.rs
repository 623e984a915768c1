//! The parameters that differ between networks.
//!
//! The same WASM serves every network. Genesis writes these values to storage, and the runtime reads them from there,
//! so no build feature changes timing. [`NetworkParameters::check`] tests every relation among them; a genesis that
//! breaks one is refused with its text.

use crate::{Balance, Bps, Era, BPS, MILLI};
use codec::{Decode, DecodeWithMemTracking, Encode, Input, MaxEncodedLen};
use scale_info::TypeInfo;
use serde::{Deserialize, Serialize};

/// Times, delays and bounds of one network. Delays are in eras.
#[derive(
	Clone,
	PartialEq,
	Eq,
	Debug,
	Encode,
	DecodeWithMemTracking,
	MaxEncodedLen,
	TypeInfo,
	Serialize,
	Deserialize,
)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct NetworkParameters {
	/// Length of a slot in milliseconds. Even, because a block's timestamp may lie half a slot apart.
	pub slot_millis: u64,
	/// Slots of a session, which is also BABE's epoch.
	pub session_slots: u32,
	/// Sessions of an era.
	pub era_sessions: u32,
	/// Eras from an exit to its claim. Stake that backed an era can be slashed for this long.
	pub exit_delay: Era,
	/// The longest veto window a slash may have.
	pub max_veto_window: Era,
	/// Eras between a consensus offence and its slash. The slash can be cancelled in this time.
	pub consensus_deferral: Era,
	/// Eras until a larger allocation binds. Delegators see the new risk before it counts.
	pub allocation_delay: Era,
	/// Eras until a higher commission binds.
	pub commission_delay: Era,
	/// Eras until a smaller allocation binds. An allocation thus lasts longer than every exit that it covers.
	pub deallocation_delay: Era,
	/// Eras until changed terms of an operator set bind.
	pub terms_delay: Era,
	/// The largest sum of an operator's magnitudes on one pool, in whole pools.
	pub max_leverage: u32,
	/// The smallest validator set. An election of fewer is not used, and the previous set continues.
	pub least_validators: u32,
	/// The minimum amount of STAY that may enter a pool in one call.
	pub min_deposit: Balance,
	/// The number of eras for which points, rewards and records of slashes are stored.
	pub history: Era,
	/// The minimum native stake of an elected validator, in basis points of the mean stake of all that are elected. At
	/// most 10,000; 0 sets no minimum.
	pub seat_fraction: Bps,
}

/// The layout before the seat fraction was added.
#[derive(Decode)]
struct Layout1 {
	slot_millis: u64,
	session_slots: u32,
	era_sessions: u32,
	exit_delay: Era,
	max_veto_window: Era,
	consensus_deferral: Era,
	allocation_delay: Era,
	commission_delay: Era,
	deallocation_delay: Era,
	terms_delay: Era,
	max_leverage: u32,
	least_validators: u32,
	min_deposit: Balance,
	history: Era,
}

/// The shortest era of a live network, in milliseconds. Networks with shorter eras are for tests.
const SHORTEST_LIVE_ERA: u64 = 60 * 60 * 1_000;

// After an upgrade, the new runtime reads the old layout until the next block migrates it, for instance to check that
// block's timestamp. So layout 1 can be decoded too. A network of layout 1 gets the seat fraction of production, or
// none if its eras are shorter than an hour, as on test networks.
impl Decode for NetworkParameters {
	fn decode<I: Input>(input: &mut I) -> Result<Self, codec::Error> {
		let stored = Layout1::decode(input)?;
		let mut network = Self {
			slot_millis: stored.slot_millis,
			session_slots: stored.session_slots,
			era_sessions: stored.era_sessions,
			exit_delay: stored.exit_delay,
			max_veto_window: stored.max_veto_window,
			consensus_deferral: stored.consensus_deferral,
			allocation_delay: stored.allocation_delay,
			commission_delay: stored.commission_delay,
			deallocation_delay: stored.deallocation_delay,
			terms_delay: stored.terms_delay,
			max_leverage: stored.max_leverage,
			least_validators: stored.least_validators,
			min_deposit: stored.min_deposit,
			history: stored.history,
			seat_fraction: 0,
		};
		network.seat_fraction = match input.remaining_len()? {
			Some(0) if network.era_millis() < SHORTEST_LIVE_ERA => 0,
			Some(0) => Self::PRODUCTION.seat_fraction,
			_ => Bps::decode(input)?,
		};
		Ok(network)
	}
}

impl NetworkParameters {
	/// A public network: slots of 6 s, eras of 6 h, exits after a week.
	pub const PRODUCTION: Self = Self {
		slot_millis: 6_000,
		session_slots: 600,
		era_sessions: 6,
		exit_delay: 28,
		max_veto_window: 12,
		consensus_deferral: 8,
		allocation_delay: 4,
		commission_delay: 4,
		deallocation_delay: 29,
		terms_delay: 29,
		max_leverage: 3,
		least_validators: 4,
		min_deposit: MILLI,
		history: 84,
		seat_fraction: 2_500,
	};

	/// Four validators on one machine: slots of 1 s, eras of 30 s, exits after two minutes.
	pub const LOCAL: Self = Self {
		slot_millis: 1_000,
		session_slots: 10,
		era_sessions: 3,
		exit_delay: 4,
		max_veto_window: 3,
		consensus_deferral: 1,
		allocation_delay: 1,
		commission_delay: 1,
		deallocation_delay: 5,
		terms_delay: 5,
		seat_fraction: 0,
		..Self::PRODUCTION
	};

	/// Like [`Self::LOCAL`], with one validator.
	pub const DEVELOPMENT: Self = Self { least_validators: 1, ..Self::LOCAL };

	/// Length of an era in milliseconds, if every slot has its block in time.
	pub fn era_millis(&self) -> u64 {
		self.slot_millis.saturating_mul(self.session_slots.into()).saturating_mul(self.era_sessions.into())
	}

	/// Tests every relation on which the pallets rely. The error names the first that fails.
	pub fn check(&self) -> Result<(), &'static str> {
		self.broken().next().map_or(Ok(()), Err)
	}

	/// The relations that [`Self::check`] asks for and that do not hold, in words.
	pub fn broken(&self) -> impl Iterator<Item = &'static str> {
		let rules = [
			(
				self.slot_millis >= 2 && self.slot_millis.is_multiple_of(2),
				"slot_millis must be even and positive",
			),
			(self.session_slots >= 2, "session_slots must be at least 2"),
			(self.era_sessions >= 2, "era_sessions must be at least 2: a set is elected one session ahead"),
			(self.exit_delay >= 1, "exit_delay must be at least 1"),
			(self.max_veto_window < self.exit_delay, "max_veto_window must be less than exit_delay"),
			(self.consensus_deferral < self.exit_delay, "consensus_deferral must be less than exit_delay"),
			(self.allocation_delay >= 1, "allocation_delay must be at least 1"),
			(self.commission_delay >= 1, "commission_delay must be at least 1"),
			(self.deallocation_delay > self.exit_delay, "deallocation_delay must exceed exit_delay"),
			(
				self.terms_delay >= self.deallocation_delay,
				"terms_delay must not be less than deallocation_delay",
			),
			(self.max_leverage >= 1, "max_leverage must be at least 1"),
			(self.least_validators >= 1, "least_validators must be at least 1"),
			(self.min_deposit >= 1, "min_deposit must be at least 1"),
			(self.history > self.deallocation_delay, "history must exceed deallocation_delay"),
			(self.history <= 1_000, "history must be at most 1,000 eras"),
			(self.exit_delay < 128, "exit_delay must be less than 128 eras"),
			(self.seat_fraction <= BPS, "seat_fraction must be at most 10,000 basis points"),
		];
		rules.into_iter().filter(|(holds, _)| !holds).map(|(_, text)| text)
	}
}

impl Default for NetworkParameters {
	fn default() -> Self {
		Self::PRODUCTION
	}
}

#[cfg(test)]
mod tests {
	use super::*;

	#[test]
	fn every_network_we_ship_holds_its_rules() {
		for network in
			[NetworkParameters::PRODUCTION, NetworkParameters::LOCAL, NetworkParameters::DEVELOPMENT]
		{
			assert_eq!(network.check(), Ok(()));
		}
		assert_eq!(NetworkParameters::PRODUCTION.era_millis(), 6 * 60 * 60 * 1_000);
		assert_eq!(NetworkParameters::LOCAL.era_millis(), 30_000);
	}

	#[test]
	fn each_broken_rule_is_named() {
		let broken = |change: fn(&mut NetworkParameters)| {
			let mut network = NetworkParameters::LOCAL;
			change(&mut network);
			network.check().unwrap_err()
		};
		assert_eq!(broken(|n| n.slot_millis = 999), "slot_millis must be even and positive");
		assert_eq!(broken(|n| n.max_veto_window = 4), "max_veto_window must be less than exit_delay");
		assert_eq!(broken(|n| n.consensus_deferral = 4), "consensus_deferral must be less than exit_delay");
		assert_eq!(broken(|n| n.deallocation_delay = 4), "deallocation_delay must exceed exit_delay");
		assert_eq!(broken(|n| n.terms_delay = 4), "terms_delay must not be less than deallocation_delay");
		assert_eq!(broken(|n| n.least_validators = 0), "least_validators must be at least 1");
		assert_eq!(broken(|n| n.history = 5), "history must exceed deallocation_delay");
		assert_eq!(broken(|n| n.max_leverage = 0), "max_leverage must be at least 1");
		assert_eq!(broken(|n| n.seat_fraction = 10_001), "seat_fraction must be at most 10,000 basis points");
		assert_eq!(
			broken(|n| n.era_sessions = 1),
			"era_sessions must be at least 2: a set is elected one session ahead"
		);
		let two = NetworkParameters { slot_millis: 999, history: 5, ..NetworkParameters::LOCAL };
		assert_eq!(
			two.broken().collect::<Vec<_>>(),
			["slot_millis must be even and positive", "history must exceed deallocation_delay"]
		);
	}

	#[test]
	fn what_is_stored_is_read_again() {
		for network in
			[NetworkParameters::PRODUCTION, NetworkParameters::LOCAL, NetworkParameters::DEVELOPMENT]
		{
			assert_eq!(NetworkParameters::decode(&mut &network.encode()[..]), Ok(network));
		}
	}

	#[test]
	fn a_network_of_the_layout_before_gets_the_seat_fraction_of_its_kind() {
		let before = |network: &NetworkParameters| {
			let mut bytes = network.encode();
			bytes.truncate(bytes.len() - network.seat_fraction.encode().len());
			bytes
		};
		let read = |network: &NetworkParameters| NetworkParameters::decode(&mut &before(network)[..]);
		for network in
			[NetworkParameters::PRODUCTION, NetworkParameters::LOCAL, NetworkParameters::DEVELOPMENT]
		{
			assert_eq!(read(&network), Ok(network));
		}
		// An hour is a live network's era, anything shorter a test's.
		let of = |session_slots| NetworkParameters { session_slots, ..NetworkParameters::PRODUCTION };
		assert_eq!((of(100).era_millis(), of(99).era_millis()), (3_600_000, 3_564_000));
		assert_eq!(read(&of(100)).unwrap().seat_fraction, 2_500);
		assert_eq!(read(&of(99)).unwrap().seat_fraction, 0);

		let (stored, short) = (before(&NetworkParameters::LOCAL), &before(&NetworkParameters::LOCAL)[1..]);
		assert!(NetworkParameters::decode(&mut &stored[..stored.len() - 1]).is_err());
		assert!(NetworkParameters::decode(&mut &short[..]).is_err());
	}
}
