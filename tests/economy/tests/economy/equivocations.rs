//! Reports of equivocations on the local network's genesis: the owner of the key in the session of the offence is
//! slashed, whoever owns the key at the time of the report.

use codec::Encode;
use frame_support::{
	assert_noop, assert_ok,
	traits::{fungible::Inspect, KeyOwnerProofSystem},
};
use mainstay_economy_tests::chain::{self, Chain};
use mainstay_operator_delegation::Pools;
use mainstay_primitives::{traits::EraClock, Balance, Era, PoolKind, STAY};
use mainstay_runtime::{
	configs::{clock::ReportSessions, consensus::session_of_slot},
	reports, Babe, Balances, Block, Executive, Grandpa, Hash, Header, KeyOwners, OperatorDelegation, Runtime,
	RuntimeCall, RuntimeEvent, RuntimeOrigin, Session, SessionKeys, Staking, System, UncheckedExtrinsic,
	VERSION,
};
use mainstay_slashing::Offences;
use sp_consensus_babe::{
	digests::{CompatibleDigestItem, PreDigest, SecondaryPlainPreDigest},
	runtime_decl_for_babe_api::BabeApiV2 as BabeApi,
	Slot,
};
use sp_consensus_grandpa::{runtime_decl_for_grandpa_api::GrandpaApiV3 as GrandpaApi, SetId};
use sp_core::{crypto::Pair, Get};
use sp_keyring::Sr25519Keyring::{self, Dave, Eve, Ferdie};
use sp_runtime::{
	traits::Header as _,
	transaction_validity::{InvalidTransaction, TransactionValidityError},
	ApplyExtrinsicResult, Digest, DigestItem, DispatchResult,
};
use sp_session::MembershipProof;
use sp_staking::SessionIndex;
use std::collections::BTreeSet;

/// The seed of Dave's keys at genesis, and of his new ones.
const OLD: &str = "//Dave";
const NEW: &str = "//Dave//new";

type BabePair = sp_consensus_babe::AuthorityPair;
type GrandpaPair = sp_consensus_grandpa::AuthorityPair;
type Blocks = sp_consensus_babe::EquivocationProof<Header>;
type Votes = sp_consensus_grandpa::EquivocationProof<Hash, u32>;

/// Two signatures that contradict each other.
#[derive(Clone)]
enum Evidence {
	Blocks(Blocks),
	Votes(Votes),
}

fn signed(who: Sr25519Keyring) -> RuntimeOrigin {
	RuntimeOrigin::signed(who.to_account_id())
}

fn babe(seed: &str) -> BabePair {
	BabePair::from_string(seed, None).expect("a seed")
}

fn grandpa(seed: &str) -> GrandpaPair {
	GrandpaPair::from_string(seed, None).expect("a seed")
}

/// Two blocks of `slot`, sealed with the key of `seed`.
fn blocks(seed: &str, slot: Slot) -> Blocks {
	let pair = babe(seed);
	let block = |state: u8| {
		let digest = PreDigest::SecondaryPlain(SecondaryPlainPreDigest { authority_index: 0, slot });
		let digest = Digest { logs: vec![<DigestItem as CompatibleDigestItem>::babe_pre_digest(digest)] };
		let root = Hash::repeat_byte(state);
		let mut header = Header::new(1, Default::default(), root, Default::default(), digest);
		let seal = pair.sign(header.hash().as_ref());
		header.digest_mut().push(<DigestItem as CompatibleDigestItem>::babe_seal(seal));
		header
	};
	Blocks { offender: pair.public(), slot, first_header: block(1), second_header: block(2) }
}

/// Two votes in round `round` of `set`, signed with the key of `seed`.
fn votes(seed: &str, set: SetId, round: u64) -> Votes {
	let pair = grandpa(seed);
	let vote = |target: u8| {
		let vote = finality_grandpa::Prevote { target_hash: Hash::repeat_byte(target), target_number: 1 };
		let message = finality_grandpa::Message::Prevote(vote.clone());
		let signature = pair.sign(&sp_consensus_grandpa::localized_payload(round, set, &message));
		(vote, signature)
	};
	let equivocation = finality_grandpa::Equivocation {
		round_number: round,
		identity: pair.public(),
		first: vote(1),
		second: vote(2),
	};
	Votes::new(set, equivocation.into())
}

/// The proof of who held the BABE key of `seed` at `slot`, as a node gets it now.
fn prove_block(seed: &str, slot: Slot) -> Option<MembershipProof> {
	<Runtime as BabeApi<Block>>::generate_key_ownership_proof(slot, babe(seed).public())?.decode()
}

/// The proof of who held the GRANDPA key of `seed` in `set`, as a node gets it now.
fn prove_vote(seed: &str, set: SetId) -> Option<MembershipProof> {
	<Runtime as GrandpaApi<Block>>::generate_key_ownership_proof(set, grandpa(seed).public())?.decode()
}

impl Evidence {
	fn prove(&self) -> Option<MembershipProof> {
		match self {
			Self::Blocks(proof) => {
				<Runtime as BabeApi<Block>>::generate_key_ownership_proof(proof.slot, proof.offender.clone())?
					.decode()
			},
			Self::Votes(proof) => <Runtime as GrandpaApi<Block>>::generate_key_ownership_proof(
				proof.set_id(),
				proof.offender().clone(),
			)?
			.decode(),
		}
	}

	/// The report in the form in which a node puts it into its own block.
	fn unsigned(&self, key_owner_proof: MembershipProof) -> RuntimeCall {
		match self.clone() {
			Self::Blocks(proof) => pallet_babe::Call::report_equivocation_unsigned {
				equivocation_proof: Box::new(proof),
				key_owner_proof,
			}
			.into(),
			Self::Votes(proof) => pallet_grandpa::Call::report_equivocation_unsigned {
				equivocation_proof: Box::new(proof),
				key_owner_proof,
			}
			.into(),
		}
	}

	/// Reports it with this proof, in a block by neither Dave nor Eve.
	fn report_with(&self, chain: &mut Chain, owner: MembershipProof) -> ApplyExtrinsicResult {
		let mut result = None;
		chain.silent = [Dave, Eve].map(|who| who.to_account_id()).to_vec();
		chain.block(|| {
			let extrinsic = UncheckedExtrinsic::new_bare(self.unsigned(owner));
			result = Some(Executive::apply_extrinsic(extrinsic));
		});
		chain.silent.clear();
		result.expect("the block was made")
	}

	/// Reports it as a node does that asks for the proof now.
	fn report(&self, chain: &mut Chain) -> ApplyExtrinsicResult {
		let owner = self.prove().expect("the key was in force and is in time");
		self.report_with(chain, owner)
	}
}

/// Whether an offence of `who` in era `capture` is known.
fn offended(capture: Era, who: Sr25519Keyring) -> bool {
	Offences::<Runtime>::contains_key(capture, who.to_account_id())
}

/// Registers the session keys of `seed` for `who`.
fn register(who: Sr25519Keyring, seed: &str) -> DispatchResult {
	let keys = SessionKeys::generate(&who.to_account_id().encode(), Some(seed.as_bytes().to_vec()));
	Session::set_keys(signed(who), keys.keys, keys.proof.encode())
}

/// A block of the chain, with what its state says.
#[derive(Clone, Debug)]
struct Seen {
	slot: Slot,
	session: SessionIndex,
	set: SetId,
	/// The keys in force, for blocks and for votes.
	blocks: BTreeSet<&'static str>,
	votes: BTreeSet<&'static str>,
}

/// Executes blocks until `session` begins, and adds them to `seen`.
fn watch(chain: &mut Chain, session: SessionIndex, seen: &mut Vec<Seen>) {
	assert!(Session::current_index() < session, "session {session} is not to come");
	while Session::current_index() < session {
		chain.block(|| {});
		let (authors, voters) = (Babe::authorities(), Grandpa::grandpa_authorities());
		let of = |is: &dyn Fn(&str) -> bool| [OLD, NEW].into_iter().filter(|seed| is(seed)).collect();
		seen.push(Seen {
			slot: Babe::current_slot(),
			session: Session::current_index(),
			set: Grandpa::current_set_id(),
			blocks: of(&|seed| authors.iter().any(|(key, _)| *key == babe(seed).public())),
			votes: of(&|seed| voters.iter().any(|(key, _)| *key == grandpa(seed).public())),
		});
	}
}

/// The first session that can still be reported for.
fn oldest() -> SessionIndex {
	Session::current_index().saturating_sub(ReportSessions::get())
}

/// Compares the proofs that can be made now, for every slot and every set in `seen`, with who had the keys then.
fn check_proofs(seen: &[Seen]) {
	for then in seen {
		assert_eq!(session_of_slot(then.slot), then.session, "{then:?}");
		for seed in [OLD, NEW] {
			let in_time = then.session >= oldest();
			let proof = prove_block(seed, then.slot);
			let expected = in_time && then.blocks.contains(seed);
			assert_eq!(proof.is_some(), expected, "{seed} at {then:?} in {}", Session::current_index());
			if let Some(proof) = proof {
				assert_eq!(proof.session, then.session);
				let key = (sp_consensus_babe::KEY_TYPE, babe(seed).public());
				assert_eq!(KeyOwners::check_proof(key, proof), Some((Dave.to_account_id(), ())));
			}

			// A set can be reported for while one of its sessions can be, and a proof names such a session.
			let set = then.set;
			let sessions = || seen.iter().filter(move |other| other.set == set).map(|other| other.session);
			let in_time = sessions().any(|session| session >= oldest());
			let proof = prove_vote(seed, then.set);
			let expected = in_time && then.votes.contains(seed);
			assert_eq!(proof.is_some(), expected, "{seed} in {then:?} in {}", Session::current_index());
			if let Some(proof) = proof {
				assert!(sessions().any(|session| session == proof.session));
				let key = (sp_consensus_grandpa::KEY_TYPE, grandpa(seed).public());
				assert_eq!(KeyOwners::check_proof(key, proof), Some((Dave.to_account_id(), ())));
			}
		}
	}
}

#[test]
fn keys_are_proved_for_every_slot_and_set_in_time_and_no_others() {
	chain::run("local_testnet", |chain| {
		let mut seen = vec![];
		watch(chain, 4, &mut seen);
		chain.submit(|| register(Dave, NEW));
		watch(chain, 7, &mut seen);
		chain.submit(|| register(Dave, OLD));
		for session in 8..=25 {
			watch(chain, session, &mut seen);
			check_proofs(&seen);
		}
		// Dave's new keys were in force for these sessions only.
		let with = |seed: &'static str| {
			seen.iter().filter(move |then| then.blocks.contains(seed)).map(|then| then.session)
		};
		assert_eq!((with(NEW).min(), with(NEW).max()), (Some(6), Some(8)));
		assert_eq!((seen[0].session, oldest()), (0, 13));
	});
}

#[test]
fn slots_after_a_standstill_belong_to_the_session_that_they_were_in() {
	chain::run("local_testnet", |chain| {
		let mut seen = vec![];
		for (session, slots) in [(3, 25), (5, 7), (6, 100), (9, 0)] {
			watch(chain, session, &mut seen);
			chain.stand_still(slots);
		}
		assert!(!Babe::skipped_epochs().is_empty());
		for then in seen {
			assert_eq!(session_of_slot(then.slot), then.session, "{then:?}");
			assert!(prove_block(OLD, then.slot).is_some());
		}
	});
}

/// Reports evidence of an offence in session 4, the second of era 1, `wait` sessions later. `registered` runs before
/// the offence and right after it, and `then` makes the report.
fn offence_in_session_4(
	wait: SessionIndex,
	evidence: impl Fn(&Seen) -> Evidence,
	registered: impl Fn(&mut Chain),
	then: impl Fn(&mut Chain, &Evidence),
) {
	chain::run("local_testnet", |chain| {
		let mut seen = vec![];
		watch(chain, 3, &mut seen);
		registered(chain);
		watch(chain, 4, &mut seen);
		let evidence = evidence(seen.last().expect("a block"));
		registered(chain);
		if wait > 0 {
			watch(chain, 4 + wait, &mut seen);
		}
		then(chain, &evidence);
	});
}

#[test]
fn an_offence_is_reported_until_it_is_out_of_time_though_the_keys_changed() {
	let kinds: [fn(&Seen) -> Evidence; 2] =
		[|seen| Evidence::Blocks(blocks(OLD, seen.slot)), |seen| Evidence::Votes(votes(OLD, seen.set, 7))];
	for evidence in kinds {
		// Session 14 is the last of era 4, the last era in which stake that exited in era 1 is still there.
		for wait in [0, 1, 2, 3, 5, 10, 11, 12] {
			let seed = core::cell::Cell::new(0);
			// Dave registers new keys before the offence, which are queued when it happens, and others right after it.
			let register_another = |chain: &mut Chain| {
				seed.set(seed.get() + 1);
				let fresh = format!("{NEW}//{}", seed.get());
				chain.submit(|| register(Dave, &fresh));
			};
			offence_in_session_4(wait, evidence, register_another, |chain, evidence| {
				assert!(!offended(1, Dave));
				assert_eq!(evidence.report(chain), Ok(Ok(())), "after {wait} sessions");
				let in_time = Staking::active() < 1 + Staking::exit_delay();
				assert_eq!(offended(1, Dave), in_time, "after {wait} sessions");
				let too_old = System::events().into_iter().any(|record| {
					matches!(
						record.event,
						RuntimeEvent::Slashing(mainstay_slashing::Event::OffenceTooOld { .. })
					)
				});
				assert_eq!(too_old, !in_time);
				// A second report of the same offence is refused.
				let again = evidence.report(chain);
				assert_eq!(again, Err(TransactionValidityError::Invalid(InvalidTransaction::Stale)));
			});
		}
		// For a session that is too old, no proof can be made.
		offence_in_session_4(15, evidence, |_| {}, |_, evidence| assert_eq!(evidence.prove(), None));
	}
}

#[test]
fn the_first_and_the_last_slot_of_an_era_belong_to_it() {
	chain::run("local_testnet", |chain| {
		let mut seen = vec![];
		watch(chain, 9, &mut seen);
		let of_session = |session| seen.iter().filter(move |then| then.session == session);
		let first = of_session(3).next().expect("a block").slot;
		let last = of_session(5).next_back().expect("a block").slot;
		// Every slot has a block.
		assert_eq!(*last - *first + 1, 30);
		chain.submit(|| register(Dave, NEW));
		for (slot, session) in [(first, 3), (last, 5), (Slot::from(*first - 1), 2), (last + 1, 6)] {
			let evidence = Evidence::Blocks(blocks(OLD, slot));
			assert_eq!(evidence.prove().map(|proof| proof.session), Some(session));
			assert_eq!(evidence.report(chain), Ok(Ok(())));
			assert!(offended(session / 3, Dave));
			assert_eq!(
				Offences::<Runtime>::iter_keys().map(|(era, _)| era).max(),
				Some((session / 3).max(1))
			);
		}
	});
}

#[test]
fn a_proof_that_names_another_session_count_or_owner_is_refused() {
	chain::run("local_testnet", |chain| {
		let mut seen = vec![];
		watch(chain, 4, &mut seen);
		chain.submit(|| register(Dave, NEW));
		watch(chain, 7, &mut seen);
		// Dave's old keys were in force up to session 5.
		let then = seen.iter().find(|then| then.session == 4).expect("a block").clone();
		let bad = Err(TransactionValidityError::Invalid(InvalidTransaction::BadProof));
		for evidence in [Evidence::Blocks(blocks(OLD, then.slot)), Evidence::Votes(votes(OLD, then.set, 3))] {
			let good = evidence.prove().expect("in force");
			assert_eq!((good.validator_count, good.trie_nodes.len()), (4, 0));
			for wrong in [
				MembershipProof { validator_count: 3, ..good.clone() },
				MembershipProof { validator_count: 300, ..good.clone() },
				MembershipProof { trie_nodes: vec![vec![0; 32]], ..good.clone() },
				MembershipProof { session: 6, ..good.clone() },
				MembershipProof { session: 8, ..good.clone() },
				MembershipProof { session: u32::MAX, ..good.clone() },
			] {
				assert_eq!(evidence.report_with(chain, wrong), bad);
			}
			// The key was in force in the session of the proof, but the slot, or the set, is of another session.
			let other = MembershipProof { session: 1, ..good.clone() };
			let refused = evidence.report_with(chain, other.clone()).expect("the pool would take it");
			let by_hand = |proof| match evidence.clone() {
				Evidence::Blocks(two) => Babe::report_equivocation(signed(Ferdie), Box::new(two), proof),
				Evidence::Votes(two) => Grandpa::report_equivocation(signed(Ferdie), Box::new(two), proof),
			};
			match &evidence {
				Evidence::Blocks(_) => {
					let error = || pallet_babe::Error::<Runtime>::InvalidKeyOwnershipProof;
					assert_eq!(refused, Err(error().into()));
					assert_noop!(by_hand(other), error());
				},
				Evidence::Votes(_) => {
					let error = || pallet_grandpa::Error::<Runtime>::InvalidEquivocationProof;
					assert_eq!(refused, Err(error().into()));
					assert_noop!(by_hand(other), error());
				},
			}
			assert!(!offended(1, Dave));
			// An account that signs a report with a valid proof itself pays no fee.
			let info =
				frame_support::storage::with_storage_layer(|| by_hand(good.clone()).map_err(|e| e.error));
			assert_eq!(info.map(|info| info.pays_fee), Ok(frame_support::dispatch::Pays::No));
			assert!(offended(1, Dave));
			Offences::<Runtime>::remove(1, Dave.to_account_id());
			mainstay_slashing::Slashes::<Runtime>::iter_keys().collect::<Vec<_>>().into_iter().for_each(
				|id| {
					assert_ok!(mainstay_runtime::Slashing::cancel(RuntimeOrigin::root(), id));
				},
			);
		}

		// Another key's signatures, with the proof of Dave's key.
		let proof = prove_block(OLD, then.slot).expect("in force");
		let strangers = Evidence::Blocks(blocks("//Eve", then.slot));
		assert_eq!(strangers.report_with(chain, proof), bad);
	});
}

#[test]
fn a_report_that_a_node_signs_is_free_and_goes_into_anyones_block() {
	chain::run("local_testnet", |chain| {
		let mut seen = vec![];
		watch(chain, 4, &mut seen);
		let two = [
			Evidence::Blocks(blocks(OLD, Babe::current_slot())),
			Evidence::Votes(votes(OLD, Grandpa::current_set_id(), 3)),
		];
		chain.submit(|| register(Dave, NEW));
		watch(chain, 7, &mut seen);
		chain.silent = vec![Dave.to_account_id()];
		let ferdie = Ferdie.to_account_id();
		for evidence in two {
			let evidence = match evidence {
				Evidence::Blocks(proof) => reports::Evidence::Blocks(Box::new(proof)),
				Evidence::Votes(proof) => reports::Evidence::Votes(Box::new(proof)),
			};
			assert!(evidence.is_sound());
			let before = Balances::balance(&ferdie);
			let mut result = None;
			chain.block(|| {
				let owner = match &evidence {
					reports::Evidence::Blocks(proof) => prove_block(OLD, proof.slot),
					reports::Evidence::Votes(proof) => prove_vote(OLD, proof.set_id()),
				};
				let place = reports::Place {
					genesis: System::block_hash(0),
					block: System::block_hash(System::block_number() - 1),
					number: System::block_number() - 1,
					nonce: *System::account_nonce(&ferdie),
					versions: (VERSION.spec_version, VERSION.transaction_version),
				};
				let owner = owner.expect("in force then");
				let sign = |payload: &[u8]| Some(Ferdie.pair().sign(payload).into());
				let report = evidence.clone().signed(owner, ferdie.clone(), place, sign).expect("signed");
				// The evidence can be read from the report.
				let bytes = sp_runtime::OpaqueExtrinsic::from(report.clone());
				assert_eq!(reports::Evidence::of_report(bytes.inner()), Some(evidence.clone()));
				result = Some(Executive::apply_extrinsic(report));
			});
			assert_eq!(result, Some(Ok(Ok(()))));
			assert_eq!(Balances::balance(&ferdie), before);
		}
		chain.silent.clear();
		assert!(offended(1, Dave));
	});
}

#[test]
fn who_held_a_key_that_changed_hands_answers_for_its_sessions() {
	chain::run("local_testnet", |chain| {
		let mut seen = vec![];
		watch(chain, 4, &mut seen);
		let (slot, set) = (Babe::current_slot(), Grandpa::current_set_id());
		// Dave gives its keys to Eve, who becomes a candidate with them.
		chain.submit(|| {
			Session::purge_keys(signed(Dave))?;
			register(Eve, OLD)?;
			OperatorDelegation::register(signed(Eve), 1_000)?;
			let stake = 50_000 * STAY;
			OperatorDelegation::stake(signed(Eve), Eve.to_account_id(), stake, stake)
				.map_err(|refused| refused.error)?;
			Staking::validate(signed(Eve)).map(drop).map_err(|refused| refused.error)
		});
		watch(chain, 10, &mut seen);
		assert!(!Session::validators().contains(&Dave.to_account_id()));
		assert!(Session::validators().contains(&Eve.to_account_id()));
		let owners = |slot: Slot, set| {
			let block = prove_block(OLD, slot).expect("in force");
			let vote = prove_vote(OLD, set).expect("in force");
			let block = KeyOwners::check_proof((sp_consensus_babe::KEY_TYPE, babe(OLD).public()), block);
			let vote = KeyOwners::check_proof((sp_consensus_grandpa::KEY_TYPE, grandpa(OLD).public()), vote);
			[block, vote].map(|owner| owner.expect("a sound proof").0)
		};
		let (later, later_set) = (Babe::current_slot(), Grandpa::current_set_id());
		assert_eq!(owners(slot, set), [Dave, Dave].map(|who| who.to_account_id()));
		assert_eq!(owners(later, later_set), [Eve, Eve].map(|who| who.to_account_id()));
		// The key changes its owner from one session to the next, at the start of an era.
		for then in &seen {
			let owner = if then.session < 6 { Dave } else { Eve };
			assert_eq!(
				owners(then.slot, then.set),
				[owner, owner].map(|who| who.to_account_id()),
				"{then:?}"
			);
		}

		assert_eq!(Evidence::Blocks(blocks(OLD, slot)).report(chain), Ok(Ok(())));
		assert_eq!((offended(1, Dave), offended(1, Eve)), (true, false));
		let era = Staking::era_of(Session::current_index()).expect("it runs");
		assert_eq!(Evidence::Votes(votes(OLD, later_set, 1)).report(chain), Ok(Ok(())));
		assert_eq!((offended(era, Dave), offended(era, Eve)), (false, true));

		// Dave's slash takes its own stake, although it is no validator any more.
		let stake = |who: Sr25519Keyring| -> Balance {
			Pools::<Runtime>::get(who.to_account_id(), PoolKind::Stake).map_or(0, |pool| pool.funds.amount)
		};
		let before = stake(Dave);
		chain.to_era(era + 2);
		assert_eq!(stake(Dave), before - before / 10);
	});
}
