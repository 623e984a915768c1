//! The call of an action, and its sender.

use super::*;

pub fn account(who: Who) -> AccountId {
	PEOPLE.get(who).map_or(AccountId::from([9; 32]), |key| key.to_account_id())
}

pub fn signed(who: Who) -> RuntimeOrigin {
	RuntimeOrigin::signed(account(who))
}

/// The resolver: an account, or governance.
fn resolved(who: Who) -> Resolver<AccountId> {
	if who == GOVERNANCE {
		return Resolver::Governance;
	}
	account(who).into()
}

/// The holder of an asset account to freeze: one of the people, custody, or rewards' account.
pub fn holder(who: Who) -> AccountId {
	match who.checked_sub(PEOPLE.len()) {
		None => account(who),
		Some(0) => OperatorDelegation::custody(),
		Some(_) => Rewards::account(),
	}
}

pub fn one<T>(all: impl Iterator<Item = T>, pick: Pick) -> Option<T> {
	let mut all: Vec<T> = all.collect();
	(!all.is_empty()).then(|| all.swap_remove(pick % all.len()))
}

pub fn kinds(accepted: Vec<(usize, Multiplier)>) -> Kinds<Runtime> {
	let kinds: Vec<_> = accepted.into_iter().map(|(kind, multiplier)| (KINDS[kind], multiplier)).collect();
	kinds.try_into().expect("at most three kinds")
}

pub fn destination(index: usize) -> Destination<AccountId> {
	match index {
		0 => Destination::Burn,
		1 => Destination::Treasury,
		2 => Destination::Account(account(5)),
		_ => Destination::Account(account(NOBODY)),
	}
}

pub fn set(pick: Pick) -> Option<OperatorSetId> {
	one(Sets::<Runtime>::iter_keys(), pick)
}

pub fn condition(pick: Pick) -> Option<(OperatorSetId, ConditionId)> {
	one(Conditions::<Runtime>::iter_keys(), pick)
}

pub fn service(pick: Pick) -> Option<AvsId> {
	one(Avses::<Runtime>::iter_keys(), pick)
}

pub fn as_owner(avs: AvsId, by: Usurper) -> Option<RuntimeOrigin> {
	let owner = Avses::<Runtime>::get(avs)?.owner;
	Some(by.map_or_else(|| RuntimeOrigin::signed(owner), signed))
}

/// The amount of an exit from a position of `shares`.
pub fn exit_amount(at: &(AccountId, AccountId, PoolKind), shares: u128, leaving: Leaving) -> ExitAmount {
	let part = |whole: u128, part: Part| whole / 1_000_000 * u128::from(part);
	match leaving {
		Leaving::All => ExitAmount::All,
		Leaving::Shares(ppm) => ExitAmount::Shares(part(shares, ppm)),
		Leaving::Value(ppm) => {
			let value = OperatorDelegation::position_value(at.0.clone(), at.1.clone(), at.2);
			ExitAmount::Value(part(value, ppm))
		},
		Leaving::Exactly(shares) => ExitAmount::Shares(shares),
	}
}

/// The call of an action and its origin, or `None` if its object does not exist.
pub fn stake_call(action: Action) -> Option<(RuntimeOrigin, RuntimeCall)> {
	use mainstay_operator_delegation::Call;
	let (origin, call): (_, Call<Runtime>) = match action {
		Action::Register(who, commission) => (signed(who), Call::register { commission }),
		Action::SetCommission(who, commission) => (signed(who), Call::set_commission { commission }),
		Action::SetPromise(who, max_commission, notice) => {
			(signed(who), Call::set_promise { max_commission, notice })
		},
		Action::Describe(who) => {
			let call = Call::set_metadata { name: vec![0; 64].try_into().ok()?, link: Default::default() };
			(signed(who), call)
		},
		Action::Retire(who) => (signed(who), Call::retire {}),
		Action::SetPolicy(who, policy) => (signed(who), Call::set_policy { policy }),
		Action::Allow(who, delegator) => (signed(who), Call::allow { delegator: account(delegator) }),
		Action::Disallow(by, entry) => {
			let (operator, delegator, _) = one(Allowed::<Runtime>::iter(), entry)?;
			(by.map_or_else(|| RuntimeOrigin::signed(operator), signed), Call::disallow { delegator })
		},
		Action::Stake(who, operator, amount) => {
			(signed(who), Call::stake { operator: account(operator), amount, least_shares: 0 })
		},
		Action::Exit(position, leaving) => {
			let (at, position) = one(Positions::<Runtime>::iter(), position)?;
			let amount = exit_amount(&at, position.shares, leaving);
			let (who, operator, kind) = at;
			(RuntimeOrigin::signed(who), Call::exit { operator, kind, amount })
		},
		Action::Claim(who, claim) => {
			let (owner, operator, kind, queued) = one(Claims::<Runtime>::iter_keys(), claim)?;
			(signed(who), Call::claim { owner, operator, kind, queued })
		},
		other => return consensus_call(other),
	};
	Some((origin, call.into()))
}

pub fn consensus_call(action: Action) -> Option<(RuntimeOrigin, RuntimeCall)> {
	use mainstay_staking::Call;
	let root = RuntimeOrigin::root;
	let (origin, call): (_, Call<Runtime>) = match action {
		Action::SetKeys(who) => {
			let keys = SessionKeys::generate(&codec::Encode::encode(&account(who)), None);
			let proof = codec::Encode::encode(&keys.proof);
			return Some((signed(who), pallet_session::Call::set_keys { keys: keys.keys, proof }.into()));
		},
		Action::PurgeKeys(who) => return Some((signed(who), pallet_session::Call::purge_keys {}.into())),
		Action::Validate(who) => (signed(who), Call::validate {}),
		Action::Chill(who) => (signed(who), Call::chill {}),
		Action::SetValidatorCount(count) => (root(), Call::set_validator_count { count }),
		Action::SetMinSelfStake(amount) => (root(), Call::set_min_self_stake { amount }),
		other => return restaking_call(other),
	};
	Some((origin, call.into()))
}

pub fn restaking_call(action: Action) -> Option<(RuntimeOrigin, RuntimeCall)> {
	use mainstay_restaking::Call;
	let root = RuntimeOrigin::root;
	let (origin, call): (_, Call<Runtime>) = match action {
		Action::AddAsset(id, cap, funder, trusted) => {
			let (funder, min_deposit) = (account(funder), STAY);
			(root(), Call::add_asset { id, cap, funder, trusted, min_deposit })
		},
		Action::SetAsset(id, cap, deposits) => (root(), Call::set_asset { id, cap, deposits }),
		Action::Restake(who, operator, kind, amount) => {
			let (operator, kind) = (account(operator), KINDS[kind]);
			(signed(who), Call::restake { operator, kind, amount, least_shares: 0 })
		},
		Action::OptIn(position, leaving) => {
			let staked = Positions::<Runtime>::iter().filter(|((_, _, kind), _)| *kind == PoolKind::Stake);
			let (at, position) = one(staked, position)?;
			let amount = exit_amount(&at, position.shares, leaving);
			(RuntimeOrigin::signed(at.0), Call::opt_in { operator: at.1, amount, least_shares: 0 })
		},
		Action::Allocate(who, kind, at, magnitude) => {
			(signed(who), Call::allocate { kind: KINDS[kind], set: set(at)?, magnitude })
		},
		Action::SetLeverage(who, percent) => (signed(who), Call::set_leverage { percent }),
		Action::Stop(who) => (signed(who), Call::stop {}),
		other => return asset_call(other),
	};
	Some((origin, call.into()))
}

pub fn asset_call(action: Action) -> Option<(RuntimeOrigin, RuntimeCall)> {
	use pallet_assets::Call;
	let admin = |id: AssetId| <Assets as Roles<_>>::admin(id).map(RuntimeOrigin::signed);
	let (origin, call): (_, Call<Runtime>) = match action {
		Action::Freeze(id) => (admin(id)?, Call::freeze_asset { id: id.into() }),
		Action::Thaw(id) => (admin(id)?, Call::thaw_asset { id: id.into() }),
		Action::FreezeAccount(id, who) => {
			(admin(id)?, Call::freeze { id: id.into(), who: holder(who).into() })
		},
		Action::ThawAccount(id, who) => (admin(id)?, Call::thaw { id: id.into(), who: holder(who).into() }),
		other => return service_call(other),
	};
	Some((origin, call.into()))
}

pub fn service_call(action: Action) -> Option<(RuntimeOrigin, RuntimeCall)> {
	use mainstay_avs_registry::Call;
	let (name, link) = (vec![0; 64].try_into().ok()?, Default::default());
	let text = vec![0; 256].try_into().ok()?;
	let (origin, call): (_, Call<Runtime>) = match action {
		Action::RegisterAvs(who) => (signed(who), Call::register { name, link }),
		Action::DescribeAvs(by, at) => {
			let avs = service(at)?;
			(as_owner(avs, by)?, Call::set_metadata { avs, name, link })
		},
		Action::Offer(by, at, to) => {
			let avs = service(at)?;
			(as_owner(avs, by)?, Call::transfer_ownership { avs, next_owner: to.map(account) })
		},
		Action::Accept(by, at) => {
			let offered = Avses::<Runtime>::iter().filter_map(|(avs, at)| Some((avs, at.next_owner?)));
			let (avs, to) = one(offered, at)?;
			(by.map_or_else(|| RuntimeOrigin::signed(to), signed), Call::accept_ownership { avs })
		},
		Action::Deregister(by, at) => {
			let (avs, _) = one(Avses::<Runtime>::iter().filter(|(_, at)| at.sets == 0 || by.is_some()), at)?;
			(as_owner(avs, by)?, Call::deregister { avs })
		},
		Action::CreateSet(by, at, accepted, admission, min_stake, slasher, to) => {
			let (avs, kinds) = (service(at)?, kinds(accepted));
			let (slasher, destination) = (account(slasher), destination(to));
			let call = Call::create_set { avs, kinds, admission, min_stake, slasher, destination };
			(as_owner(avs, by)?, call)
		},
		Action::SetKinds(by, at, accepted) => {
			let set = set(at)?;
			(as_owner(set.avs, by)?, Call::set_kinds { set, kinds: kinds(accepted) })
		},
		Action::SetAdmission(by, at, admission) => {
			let set = set(at)?;
			(as_owner(set.avs, by)?, Call::set_admission { set, admission })
		},
		Action::SetMinStake(by, at, min_stake) => {
			let set = set(at)?;
			(as_owner(set.avs, by)?, Call::set_min_stake { set, min_stake })
		},
		Action::SetSlasher(by, at, slasher) => {
			let set = set(at)?;
			(as_owner(set.avs, by)?, Call::set_slasher { set, slasher: account(slasher) })
		},
		Action::AddCondition(by, at, (max_fraction, veto_window, resolver)) => {
			let (set, resolver) = (set(at)?, resolver.map(resolved));
			(as_owner(set.avs, by)?, Call::add_condition { set, text, max_fraction, veto_window, resolver })
		},
		Action::ChangeCondition(by, at, (max_fraction, veto_window, resolver)) => {
			let ((set, id), resolver) = (condition(at)?, resolver.map(resolved));
			(as_owner(set.avs, by)?, Call::change_condition { set, id, max_fraction, veto_window, resolver })
		},
		Action::RemoveCondition(by, at) => {
			let (set, id) = condition(at)?;
			(as_owner(set.avs, by)?, Call::remove_condition { set, id })
		},
		Action::Approve(by, at, who) => {
			let set = set(at)?;
			(as_owner(set.avs, by)?, Call::approve { set, operator: account(who) })
		},
		Action::Revoke(by, at) => {
			let (set, operator, _) = one(Approvals::<Runtime>::iter(), at)?;
			(as_owner(set.avs, by)?, Call::revoke { set, operator })
		},
		Action::Join(who, at) => (signed(who), Call::join { set: set(at)? }),
		Action::Leave(at) => {
			let (set, operator) = one(Memberships::<Runtime>::iter_keys(), at)?;
			(RuntimeOrigin::signed(operator), Call::leave { set })
		},
		Action::Eject(by, at) => {
			let (set, operator) = one(Memberships::<Runtime>::iter_keys(), at)?;
			(as_owner(set.avs, by)?, Call::eject { set, operator })
		},
		Action::WindDown(by, at) => {
			// Rarely one of the initial sets, because other actions need them.
			let late = |set: &OperatorSetId| set.avs > 1 || set.index > 0 || at % 8 == 0;
			let set = one(Sets::<Runtime>::iter_keys().filter(late), at)?;
			(as_owner(set.avs, by)?, Call::wind_down { set })
		},
		Action::CloseSet(who, at, most) => {
			let ending = Sets::<Runtime>::iter().filter(|(_, set)| set.until.is_some());
			let set = one(ending.map(|(id, _)| id), at).or_else(|| set(at))?;
			(signed(who), Call::close_set { set, most })
		},
		other => return slash_call(other),
	};
	Some((origin, call.into()))
}

pub fn slash_call(action: Action) -> Option<(RuntimeOrigin, RuntimeCall)> {
	use mainstay_slashing::Call;
	let (origin, call): (_, Call<Runtime>) = match action {
		Action::Report(by, at, rule, fractions, ago) => {
			let (set, operator) = one(Memberships::<Runtime>::iter_keys(), at)?;
			let (condition, rule) = one(Conditions::<Runtime>::iter_prefix(set), rule)?;
			let most = u128::from(rule.terms.value.max_fraction);
			let fraction = |part: Part| (most * u128::from(part) / 1_000_000) as u64;
			// A report that names a kind twice is refused, so that happens rarely.
			let mut fractions: Vec<_> =
				fractions.into_iter().map(|(kind, part)| (KINDS[kind], fraction(part))).collect();
			if ago > 0 {
				fractions.sort();
				fractions.dedup_by_key(|(kind, _)| *kind);
			}
			let fractions = fractions.try_into().expect("at most three kinds");
			let slasher = AvsRegistry::slasher(set)?;
			// Mostly an era that can still be slashed for.
			let reach = Staking::exit_delay() - rule.terms.value.veto_window;
			let ago = if by.is_some() { ago } else { ago % reach };
			let capture = Staking::active().saturating_sub(ago);
			let call = Call::report { set, operator, condition, fractions, capture };
			(by.map_or_else(|| RuntimeOrigin::signed(slasher), signed), call)
		},
		Action::Veto(by, at) => {
			let (id, slash) = one(Slashes::<Runtime>::iter(), at)?;
			let resolver = match slash.lane {
				Lane::Attested { resolver, .. } => resolver,
				Lane::Consensus { .. } => None,
			};
			let origin = match (by, resolver) {
				(Some(usurper), _) => signed(usurper),
				(None, Some(Resolver::Account(resolver))) => RuntimeOrigin::signed(resolver),
				(None, Some(Resolver::Governance)) => RuntimeOrigin::root(),
				(None, None) => signed(0),
			};
			(origin, Call::veto { id, reason: reason() })
		},
		Action::Appeal(who, at) => {
			let id = one(Slashes::<Runtime>::iter_keys(), at)?;
			(signed(who), Call::appeal { id, reason: reason() })
		},
		Action::Reinstate(at) => {
			let vetoed = |record: &Record<Runtime>| matches!(record.outcome, Outcome::Vetoed(_));
			let records = || Records::<Runtime>::iter().map(|(era, id, record)| (era, id, vetoed(&record)));
			let (vetoed, id, _) =
				one(records().filter(|(_, _, vetoed)| *vetoed), at).or_else(|| one(records(), at))?;
			(RuntimeOrigin::root(), Call::reinstate { id, vetoed })
		},
		Action::Execute(who, at) => {
			let due = Slashes::<Runtime>::iter().filter(|(_, slash)| slash.due <= Staking::active());
			let due: Vec<_> = due.map(|(id, _)| id).collect();
			let id = one(due.into_iter(), at).or_else(|| one(Slashes::<Runtime>::iter_keys(), at))?;
			(signed(who), Call::execute { id })
		},
		Action::Payout(who, at, _) => {
			let (id, currency) = one(Unpaid::<Runtime>::iter_keys(), at)?;
			(signed(who), Call::payout { id, currency })
		},
		Action::Cancel(at) => {
			(RuntimeOrigin::root(), Call::cancel { id: one(Slashes::<Runtime>::iter_keys(), at)? })
		},
		other => return reward_call(other),
	};
	Some((origin, call.into()))
}

/// The longest reason.
fn reason() -> Reason<Runtime> {
	Reason::<Runtime>::truncate_from(vec![0; 256])
}

pub fn reward_call(action: Action) -> Option<(RuntimeOrigin, RuntimeCall)> {
	use mainstay_rewards::Call;
	let (origin, call): (_, Call<Runtime>) = match action {
		Action::Collect(who, at, currencies) => {
			let (owner, operator, kind) = one(Positions::<Runtime>::iter_keys(), at)?;
			(signed(who), Call::collect { owner, operator, kind, currencies })
		},
		Action::CollectAll(who, owner, positions, currencies) => {
			(signed(who), Call::collect_all { owner: account(owner), after: None, positions, currencies })
		},
		Action::SetPayoutAccount(who, to) => (signed(who), Call::set_payout_account { to: to.map(account) }),
		Action::PaySet(who, at, kind, amount) => {
			let (set, currency) = (set(at)?, KINDS[kind].currency());
			// Only the owner of a service may pay in assets. Mostly it pays, but sometimes another account tries.
			let owner = AvsRegistry::owner(set).map(RuntimeOrigin::signed);
			let origin = owner.filter(|_| currency != Currency::Native && who > 0).unwrap_or(signed(who));
			(origin, Call::pay_set { set, currency, amount })
		},
		Action::PayOperators(who, at, kind, payments) => {
			let (set, currency) = (set(at)?, KINDS[kind].currency());
			let members = AvsRegistry::members(set);
			let payments = payments
				.into_iter()
				.filter_map(|(place, amount)| Some((one(members.iter().cloned(), place)?, amount)));
			let payments = payments.collect::<Vec<_>>().try_into().ok()?;
			let owner = AvsRegistry::owner(set).map(RuntimeOrigin::signed);
			let origin = owner.filter(|_| currency != Currency::Native && who > 0).unwrap_or(signed(who));
			(origin, Call::pay_operators { set, currency, payments })
		},
		Action::OpenStream(by, at, kind, rate, eras, notice) => {
			let (set, currency) = (set(at)?, KINDS[kind].currency());
			let funds = rate.saturating_mul(eras.into());
			(as_owner(set.avs, by)?, Call::open_stream { set, currency, rate, funds, notice })
		},
		Action::TopUp(who, at, amount) => {
			(signed(who), Call::top_up { id: one(Streams::<Runtime>::iter_keys(), at)?, amount })
		},
		Action::StopStream(by, at) => {
			let (id, stream) = one(Streams::<Runtime>::iter(), at)?;
			let origin = by.map_or_else(|| RuntimeOrigin::signed(stream.payer), signed);
			(origin, Call::stop_stream { id })
		},
		Action::Distribute(who, at) => {
			let due = Streams::<Runtime>::iter().filter(|(_, stream)| stream.next < Staking::active());
			let id = one(due.map(|(id, _)| id), at).or_else(|| one(Streams::<Runtime>::iter_keys(), at))?;
			(signed(who), Call::distribute { id })
		},
		Action::Spend(kind, amount, to) => {
			let call = mainstay_treasury::Call::<Runtime>::spend {
				currency: KINDS[kind].currency(),
				amount,
				to: account(to),
			};
			return Some((RuntimeOrigin::root(), call.into()));
		},
		other => return vote_call(other),
	};
	Some((origin, call.into()))
}

/// The call of a referendum on a track, whose effect may be big or small.
fn proposal(track: TrackId, number: Pick) -> RuntimeCall {
	match track {
		PARAMETERS => {
			let amount = number as Balance * STAY;
			mainstay_staking::Call::set_min_self_stake { amount }.into()
		},
		SLASH_DISPUTES => {
			let id = one(Slashes::<Runtime>::iter_keys(), number).unwrap_or(0);
			mainstay_slashing::Call::cancel { id }.into()
		},
		SMALL_SPENDER => {
			let (currency, to) = (Currency::Native, account(number % PEOPLE.len()));
			mainstay_treasury::Call::spend { currency, amount: number as Balance, to }.into()
		},
		_ => pallet_referenda::Call::<Runtime>::kill { index: one_poll(number, true).unwrap_or(0) }.into(),
	}
}

/// A referendum, of those that are ongoing if there are any and it shall be.
fn one_poll(pick: Pick, ongoing: bool) -> Option<u32> {
	let open = ReferendumInfoFor::<Runtime>::iter()
		.filter(|(_, info)| matches!(info, ReferendumInfo::Ongoing(_)))
		.map(|(index, _)| index);
	let open = if ongoing { one(open, pick) } else { None };
	open.or_else(|| one(ReferendumInfoFor::<Runtime>::iter_keys(), pick))
}

/// A part of what an account can vote with.
fn votes(who: Who, part: Part) -> Balance {
	StakeVoting::votes_of(account(who)) / 1_000_000 * Balance::from(part)
}

fn conviction(strength: u8) -> Conviction {
	Conviction::try_from(strength).unwrap_or(Conviction::None)
}

pub fn vote_call(action: Action) -> Option<(RuntimeOrigin, RuntimeCall)> {
	use pallet_conviction_voting::Call;
	let (origin, call): (_, Call<Runtime>) = match action {
		Action::Submit(who, track, number) => {
			let (id, origin) = TRACKS[track];
			let call = pallet_referenda::Call::<Runtime>::submit {
				proposal_origin: Box::new(origin.into()),
				proposal: Preimage::bound(proposal(id, number)).ok()?,
				enactment_moment: DispatchTime::After(number as u32 % 4),
			};
			return Some((signed(who), call.into()));
		},
		Action::PlaceDeposit(who, poll) => {
			let waits = |info: &ReferendumInfoOf<Runtime, ()>| match info {
				ReferendumInfo::Ongoing(status) => status.decision_deposit.is_none(),
				_ => false,
			};
			let waiting = ReferendumInfoFor::<Runtime>::iter().filter(|(_, info)| waits(info));
			let index = one(waiting.map(|(index, _)| index), poll).or_else(|| one_poll(poll, true))?;
			let call = pallet_referenda::Call::<Runtime>::place_decision_deposit { index };
			return Some((signed(who), call.into()));
		},
		Action::Vote(who, poll, side, strength, part) => {
			let (poll_index, balance) = (one_poll(poll, poll % 8 > 0)?, votes(who, part));
			let vote = match side {
				3 => AccountVote::SplitAbstain { aye: balance / 3, nay: balance / 3, abstain: balance / 3 },
				2 => AccountVote::Split { aye: balance / 2, nay: balance / 2 },
				side => {
					let vote = Vote { aye: side == 0, conviction: conviction(strength) };
					AccountVote::Standard { vote, balance }
				},
			};
			(signed(who), Call::vote { poll_index, vote })
		},
		Action::Delegate(who, to, track, strength, part) => {
			let (class, to, balance) = (TRACKS[track].0, account(to).into(), votes(who, part));
			(signed(who), Call::delegate { class, to, conviction: conviction(strength), balance })
		},
		Action::Undelegate(who, track) => (signed(who), Call::undelegate { class: TRACKS[track].0 }),
		Action::RemoveVote(who, poll) => {
			let voted =
				VotingFor::<Runtime>::iter_prefix(account(who)).filter_map(|(class, voting)| match voting {
					Voting::Casting(casting) => Some((class, casting.votes)),
					Voting::Delegating(_) => None,
				});
			let voted =
				voted.flat_map(|(class, votes)| votes.into_iter().map(move |(index, _)| (class, index)));
			let (class, index) = one(voted, poll)?;
			(signed(who), Call::remove_vote { class: Some(class), index })
		},
		Action::Unlock(who, track, target) => {
			(signed(who), Call::unlock { class: TRACKS[track].0, target: account(target).into() })
		},
		Action::Renew(who, target) => {
			let call = mainstay_stake_voting::Call::<Runtime>::renew { who: account(target) };
			return Some((signed(who), call.into()));
		},
		other => unreachable!("{other:?} is no call"),
	};
	Some((origin, call.into()))
}
