// A service buys the security of two operators and their delegators, pays for it, slashes one of them, and leaves.
// Meanwhile the other operator runs its validator twice. docs/marketplace.md has the same story with the same
// numbers.
//
// A separate ledger records every call, recomputes every amount that moves, and compares it with the chain; an audit
// compares the whole state. The stories add the checks that a person would make.
import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { after } from 'node:test';
import { UNIT, account, connect, eventOf, feePaid } from './lib/chain.mjs';
import { assetBalance, freeBalance, heldBalance, palletAccount, treasuryIncome } from './lib/chain.mjs';
import { elected } from './lib/eras.mjs';
import { Ledger, STAKE, poolOf, worth } from './lib/ledger.mjs';
import { amountsOf, checkedTables, written } from './lib/page.mjs';
import { Book, NATIVE, WAD, assetCurrency, assetKind, assetName, slashed } from './lib/services.mjs';
import { Stage } from './lib/stage.mjs';
import { storyteller } from './lib/story.mjs';

const PAGE = new URL('../../docs/marketplace.md', import.meta.url);

// Values of chain `local`: eras, STAY, basis points.
const EXIT_DELAY = 4;
const CONSENSUS_DEFERRAL = 1;
const APPEAL_WINDOW = 3;
const SELF_STAKE = 1_000_000n * UNIT;
const REGISTRATION = 100n * UNIT;
const STREAM_DEPOSIT = 10n * UNIT;
const APPEAL_BOND = 100n * UNIT;
const VALIDATOR_BPS = 500;

/** The fraction of an equivocation of one validator in four. */
const EQUIVOCATION = WAD / 10n;
const BABE_EQUIVOCATION = 'babe:equivocatio';

const [alice, bob, charlie, dave] = ['//Alice', '//Bob', '//Charlie', '//Dave'].map(account);
/** Sends and pays for calls that anyone may send. */
const payer = account('//Ferdie');
const cast = (name) => account(`//Market/${name}`);
const [service, slasher, resolver] = ['Service', 'Slasher', 'Resolver'].map(cast);
const [opal, dina, emil] = ['Opal', 'Dina', 'Emil'].map(cast);
/** The operators' payout accounts. Their own balances also receive fees when they author blocks. */
const tills = new Map([opal, bob].map(({ address }) => [address, cast(`till/${address}`).address]));

const ASSET = 7;
const GEM = assetName(ASSET);
/** The chain's names for the ledger's names. */
const KINDS = { [STAKE]: STAKE, [NATIVE]: NATIVE, [GEM]: assetKind(ASSET) };
const CURRENCIES = { [NATIVE]: NATIVE, [GEM]: assetCurrency(ASSET) };

const SET = { avs: 0, index: 0 };
const MULTIPLIERS = { [NATIVE]: 1, [GEM]: 2 };
const VETO_WINDOW = 2;
const CONDITIONS = [
	{ text: 'it gave no answer', most: WAD / 2n, resolver: { Account: resolver.address } },
	{ text: 'it gave two answers', most: WAD, resolver: 'Governance' },
];
const OPAL_BPS = 1_000;
/** `optIn`: the amount is staked first, and then opted in to services. */
const DEPOSITS = [
	{ who: opal, operator: opal, kind: STAKE, amount: 500_000n * UNIT },
	{ who: dina, operator: opal, kind: NATIVE, amount: 600_000n * UNIT },
	{ who: emil, operator: opal, kind: NATIVE, amount: 300_000n * UNIT, optIn: true },
	{ who: dina, operator: opal, kind: GEM, amount: 100_000n * UNIT },
	{ who: emil, operator: opal, kind: GEM, amount: 200_000n * UNIT },
	{ who: dina, operator: bob, kind: NATIVE, amount: 100_000n * UNIT },
	{ who: emil, operator: bob, kind: STAKE, amount: 600_000n * UNIT },
	{ who: dina, operator: bob, kind: GEM, amount: 250_000n * UNIT },
];
const ALLOCATIONS = [
	{ operator: opal, kind: NATIVE, magnitude: (WAD * 8n) / 10n },
	{ operator: opal, kind: GEM, magnitude: WAD / 2n },
	{ operator: bob, kind: GEM, magnitude: (WAD * 9n) / 10n },
];

const ONE_OFF = 1_470n * UNIT;
const BY_NAME = 102n * UNIT;
const STREAM = { rate: 100n * UNIT, funds: 1_000n * UNIT, notice: 2 };

/** The fractions of what is allocated: half of the STAY and a third of the GEM. */
const FRACTIONS = { [NATIVE]: WAD / 2n, [GEM]: WAD / 3n };
/** Exits from Opal. The stories add the era in which each was queued. */
const EXIT_BEFORE = { who: dina, kind: NATIVE, amount: 100_000n * UNIT };
const EXITS_AFTER = [
	{ who: emil, kind: NATIVE, amount: 60_000n * UNIT },
	{ who: emil, kind: GEM, amount: 50_000n * UNIT },
];
/** Emil's exit from Bob. */
const BOB_EXIT = 10_000n * UNIT;

let api, stage, replay;
after(() => api?.disconnect());

const { network, story } = storyteller();
const book = new Book();
const ledger = new Ledger(book, MULTIPLIERS);
for (const { address } of [alice, bob, charlie, dave]) {
	ledger.commission.set(address, BigInt(VALIDATOR_BPS));
	ledger.deposit(address, address, STAKE, SELF_STAKE);
}

const sum = (amounts) => amounts.reduce((all, amount) => all + amount, 0n);
/** The sum of the amounts of `rows` that match `of`. */
const total = (rows, of) => {
	const matching = rows.filter((row) => Object.entries(of).every(([key, value]) => row[key] === value));
	return sum(matching.map(({ amount }) => amount));
};
const exitOf = ({ address }, kind, amount) =>
	api.tx.operatorDelegation.exit(address, KINDS[kind], { Value: amount });
const free = ({ address }) => (at) => freeBalance(at, address);
const all = (events, type) => events.filter((event) => type.is(event)).map(({ data }) => data);

/** The tables of the page, as lists of cells, by their names on the page. */
const page = {};
/** Other amounts that the page tells. */
const told = [SELF_STAKE, STREAM.rate, STREAM.funds, BOB_EXIT];
const POOLS = { [STAKE]: 'staked STAY', [NATIVE]: 'restaked STAY', [GEM]: 'GEM' };
const names = new Map([[opal, 'Opal'], [bob, 'Bob'], [dina, 'Dina'], [emil, 'Emil']]);
const row = (name, ...amounts) => [name, ...amounts.map(written)];

story('four validators and a node that is to validate start', async () => {
	await network.start();
	await network.join('opal', ['--validator', '--name', 'opal']);
	api = await connect(network.node('alice'));
	stage = new Stage(api, ledger);
	({ replay } = stage);
	await stage.audit();
});

story('governance admits an asset, and a service opens a set with two conditions', async () => {
	const { assets, avsRegistry, balances, operatorDelegation, restaking, staking, sudo, utility } = api.tx;
	const funds = [[service, 5_000n], [slasher, 100n], [resolver, 100n], [opal, 501_000n], [dina, 701_000n]];
	await stage.send(payer, [
		...[...funds, [emil, 901_000n]].map(([{ address }, stay]) => balances.transferKeepAlive(address, stay * UNIT)),
		...[...tills.values()].map((till) => balances.transferKeepAlive(till, UNIT)),
		// More stake for the others, so that Dave stays the fifth of five, whatever the validators earn.
		...[alice, charlie].map(({ address }) => operatorDelegation.stake(address, 10_000n * UNIT, 0)),
	]);

	const kinds = Object.entries(MULTIPLIERS).map(([kind, multiplier]) => [KINDS[kind], multiplier]);
	const conditions = CONDITIONS.map(({ text, most, resolver: who }) =>
		avsRegistry.addCondition(SET, text, most, VETO_WINDOW, who),
	);
	const { block, events } = await stage.send(service, [
		assets.create(ASSET, service.address, 1),
		assets.setMetadata(ASSET, 'Gem', 'GEM', 12),
		assets.mint(ASSET, service.address, 1_000n * UNIT),
		...[dina, emil].map((who) => assets.mint(ASSET, who.address, total(DEPOSITS, { who, kind: GEM }))),
		avsRegistry.register('Oracle', 'https://oracle.example'),
		avsRegistry.createSet(SET.avs, kinds, 'Open', 100_000n * UNIT, service.address, 'Treasury'),
		...conditions,
		avsRegistry.setSlasher(SET, slasher.address),
	]);
	// Terms bind at once while the set has no members.
	assert.equal(eventOf(events, api.events.avsRegistry.SlasherSet).effective.toNumber(), await stage.eraOf(block));
	assert.equal(await heldBalance(await stage.at(block), service.address, 'AvsRegistry'), REGISTRATION);

	await stage.refused(emil, restaking.restake(bob.address, KINDS[GEM], UNIT, 0), /restaking\.NotRestakeable/);
	// The service issues the asset, so governance has to say that it trusts it. From now on four are elected.
	const add = restaking.addAsset(ASSET, 10n ** 30n, service.address, true, 10n ** 9n);
	await stage.send(alice, [sudo.sudo(utility.batchAll([add, staking.setValidatorCount(4)]))]);
	assert.ok((await api.query.restaking.assets(ASSET)).isSome);
	assert.equal((await api.query.staking.validatorCount()).toNumber(), 4);
});

story('two operators promise what they take, and two delegators back them', async () => {
	const { operatorDelegation, rewards, session } = api.tx;
	const publicKey = `0x${Buffer.from(opal.publicKey).toString('hex')}`;
	const { keys, proof } = await network.node('opal').ownersRpc('author_rotateKeysWithOwner', publicKey);
	const terms = ({ address }, bps) => [
		operatorDelegation.setPromise(bps, 2),
		rewards.setPayoutAccount(tills.get(address)),
	];
	const register = [session.setKeys(keys, proof), operatorDelegation.register(OPAL_BPS)];
	await Promise.all([
		stage.send(opal, [...register, ...terms(opal, OPAL_BPS)]),
		stage.send(bob, terms(bob, VALIDATOR_BPS)),
	]);
	const more = (bps) => operatorDelegation.setCommission(bps + 1);
	const back = (who) => stage.send(who, DEPOSITS.filter((deposit) => deposit.who === who).flatMap(put));
	await Promise.all([
		stage.refused(opal, more(OPAL_BPS), /operatorDelegation\.PromiseBroken/),
		stage.refused(bob, more(VALIDATOR_BPS), /operatorDelegation\.PromiseBroken/),
		...[opal, dina, emil].map(back),
	]);
	// No rewards have come to Opal's pools yet, so one share is worth one unit.
	for (const kind of [STAKE, NATIVE, GEM]) {
		const amount = total(DEPOSITS, { operator: opal, kind });
		assert.deepEqual(await poolOf(api, opal.address, KINDS[kind]), { shares: amount, amount });
	}
	page.deposits = DEPOSITS.map(({ who, operator, kind, amount }) =>
		[names.get(who), names.get(operator), POOLS[kind], written(amount)]);
	await stage.audit();
});

/** The calls of a deposit. */
function put({ operator: { address }, kind, amount, optIn }) {
	const { operatorDelegation, restaking } = api.tx;
	const stake = operatorDelegation.stake(address, amount, 0);
	if (optIn) return [stake, restaking.optIn(address, { Value: amount }, amount)];
	return [kind === STAKE ? stake : restaking.restake(address, KINDS[kind], amount, amount)];
}

story('they allocate to the set, join it, and answer to it from the next era on', async () => {
	const { avsRegistry, restaking } = api.tx;
	const serve = async (operator) => {
		const own = ALLOCATIONS.filter((allocation) => allocation.operator === operator);
		const calls = own.map(({ kind, magnitude }) => restaking.allocate(KINDS[kind], SET, magnitude));
		const { events, block } = await stage.send(operator, [...calls, avsRegistry.join(SET)]);
		const next = (await stage.eraOf(block)) + 1;
		assert.equal(eventOf(events, api.events.avsRegistry.OperatorJoined).from.toNumber(), next);
		for (const { kind } of own) assert.equal(ledger.allocations.get(operator.address, kind).effective, next);
		return next;
	};
	await stage.eraBegins(Math.max(...(await Promise.all([opal, bob].map(serve)))));
});

story('the service pays once, one operator by name, and opens a stream', async () => {
	const { rewards } = api.tx;
	replay.named = opal.address;
	const { events, block } = await stage.send(service, [
		rewards.paySet(SET, NATIVE, ONE_OFF),
		rewards.payOperators(SET, CURRENCIES[GEM], [[opal.address, BY_NAME]]),
		rewards.openStream(SET, NATIVE, STREAM.rate, STREAM.funds, STREAM.notice),
	]);
	const spent = ONE_OFF + STREAM.funds + STREAM_DEPOSIT + feePaid(api, events);
	assert.equal(await stage.growth(block, free(service)), -spent);
	assert.equal(await stage.growth(block, (at) => assetBalance(at, ASSET, service.address)), -BY_NAME);
	assert.equal(await heldBalance(await stage.at(block), service.address, 'Rewards'), STREAM_DEPOSIT);
	tellWeights();
	await stage.audit();

	// From here on this runs in the background.
	runsTwice = runBobTwice();
	runsTwice.catch(() => {});
});

/** Adds to the page the weight of each pool, and what the first two payments bring each account. */
function tellWeights() {
	const [{ parts }] = replay.payments;
	assert.equal(parts.length, ALLOCATIONS.length);
	page.weights = ALLOCATIONS.map(({ operator, kind, magnitude }) => {
		const amount = total(DEPOSITS, { operator, kind });
		const slashable = (amount * magnitude) / WAD;
		const weight = slashable * BigInt(MULTIPLIERS[kind]);
		assert.equal(partOf(parts, operator, kind).weight, weight);
		return row(`${names.get(operator)}, ${POOLS[kind]}`, amount, slashable, weight);
	});
	const earned = (who, { operator, kind, commission, delegators }) => {
		const shares = ledger.positions.get(who.address, operator, kind);
		const own = (shares * delegators) / ledger.pool(operator, kind).shares;
		return own + (operator === who.address ? commission : 0n);
	};
	const brings = (payment, who) => sum(payment.parts.map((part) => earned(who, part)));
	page.split = [opal, bob, dina, emil].map((who) =>
		// The first instalment of the stream comes together with these payments.
		row(names.get(who), ...replay.payments.slice(0, 2).map((payment) => brings(payment, who))),
	);
	page.split.push(row('paid', ONE_OFF, BY_NAME));
}

const partOf = (parts, { address }, kind) => parts.find((part) => part.operator === address && part.kind === kind);

/** Settles when the chain knows of two blocks by Bob in one slot. */
let runsTwice;

/**
 * Runs a second node with Bob's session keys, until the chain has recorded an offence of his in block production. Emil
 * exits with a small amount from Bob in every era meanwhile, so that every era has an exit.
 */
async function runBobTwice() {
	const left = new Set();
	const leave = async () => {
		const { events } = await stage.send(emil, [exitOf(bob, STAKE, BOB_EXIT)]);
		left.add(eventOf(events, api.events.operatorDelegation.ExitQueued).queued.toNumber());
	};
	await leave();
	const twin = await network.join('twin', ['--bob', '--name', 'twin']);
	try {
		await stage.until('Bob to be reported', 4, async () => {
			if (!left.has(ledger.era)) await leave();
			return offenceOfBob() && reportsInTime().length > 0;
		});
	} finally {
		await twin.stop();
	}
}

const offenceOfBob = () => {
	const isBabe = ({ kind }) => kind.toUtf8() === BABE_EQUIVOCATION;
	return stage.chronicle.all(api.events.offences.Offence, isBabe)[0];
};
const reportsOfBob = () => [...replay.slashes.values()].filter(({ operator }) => operator === bob.address);
/** The reports that came in the era of their offence. */
const reportsInTime = () => reportsOfBob().filter(({ capture, due }) => due === capture + CONSENSUS_DEFERRAL);

story('two instalments are paid without a hand; the service stops the stream, and a delegator leaves', async () => {
	const { StreamPaid, StreamStopped } = api.events.rewards;
	const paid = await stage.event('two instalments', 3, StreamPaid, { count: 2 });
	const [stopped, left] = await Promise.all([
		stage.send(service, [api.tx.rewards.stopStream(paid.data.id)]),
		stage.send(EXIT_BEFORE.who, [exitOf(opal, EXIT_BEFORE.kind, EXIT_BEFORE.amount)]),
	]);
	// The stream pays for the running era, and for the notice.
	const until = eventOf(stopped.events, StreamStopped).until.toNumber();
	assert.equal(until, (await stage.eraOf(stopped.block)) + STREAM.notice + 1);
	checkExits([EXIT_BEFORE], left);
});

/** Finds the exits among the events, and records their eras. */
function checkExits(exits, { events }) {
	for (const [i, { amount, queued, matures }] of all(events, api.events.operatorDelegation.ExitQueued).entries()) {
		assert.equal(amount.toBigInt(), exits[i].amount);
		assert.equal(matures.toNumber(), queued.toNumber() + EXIT_DELAY);
		exits[i].queued = queued.toNumber();
	}
}

/** Ids of the slashes: one is vetoed, one is executed, one is appealed and cancelled. */
let vetoed, executed, appealed;
/** The first era in which the set can be closed. */
let closes;

story('three slashes are reported: one is vetoed, one appealed and cancelled, and one goes on', async () => {
	const { slashing, staking } = api.tx;
	// After the third instalment, a whole era is left until the next one weighs the pools.
	await stage.event('three instalments', 2, api.events.rewards.StreamPaid, { count: 3 });
	await stage.eraBegins(EXIT_BEFORE.queued + 1);
	const capture = ledger.era;
	const report = (condition, fractions) => {
		const asked = Object.entries(fractions).map(([kind, fraction]) => [KINDS[kind], fraction]);
		return slashing.report(SET, opal.address, condition, asked, capture);
	};
	const [reported, left] = await Promise.all([
		stage.send(slasher, [report(0, FRACTIONS), report(0, FRACTIONS), report(1, { [NATIVE]: WAD })]),
		stage.send(emil, EXITS_AFTER.map(({ kind, amount }) => exitOf(opal, kind, amount))),
		// Opal becomes a candidate with all of its stake, before the slash is due.
		stage.send(opal, [staking.validate()]),
	]);
	checkExits(EXITS_AFTER, left);
	for (const { queued } of EXITS_AFTER) assert.ok(queued >= capture);
	const reports = all(reported.events, api.events.slashing.SlashReported);
	const now = await stage.eraOf(reported.block);
	for (const { due } of reports) assert.equal(due.toNumber(), now + VETO_WINDOW);
	[vetoed, executed, appealed] = reports.map(({ id }) => id.toNumber());
	await Promise.all([vetoOne(), appealAnother(), windDown()]);
});

async function vetoOne() {
	const { slashing } = api.tx;
	const REASON = 'it was the network that gave no answer';
	await stage.refused(resolver, slashing.veto(appealed, REASON), /slashing\.NotResolver/);
	const { block } = await stage.send(resolver, [slashing.veto(vetoed, REASON)]);
	assert.equal((await outcomeOf(vetoed, block)).asVetoed.toUtf8(), REASON);
}

async function appealAnother() {
	const { slashing, sudo } = api.tx;
	const due = replay.slashes.get(appealed).due + APPEAL_WINDOW;
	const appeal = await stage.send(dina, [slashing.appeal(appealed, 'the two answers are of two questions')]);
	const at = await stage.at(appeal.block);
	assert.equal((await at.query.slashing.slashes(appealed)).unwrap().due.toNumber(), due);
	assert.equal(await stage.growth(appeal.block, free(dina)), -APPEAL_BOND - feePaid(api, appeal.events));
	assert.equal(await heldBalance(at, dina.address, 'Slashing'), APPEAL_BOND);

	const { block } = await stage.send(alice, [sudo.sudo(slashing.cancel(appealed))]);
	assert.ok((await outcomeOf(appealed, block)).isCancelled);
	assert.equal(await stage.growth(block, free(dina)), APPEAL_BOND);
	assert.equal(await heldBalance(await stage.at(block), dina.address, 'Slashing'), 0n);
}

async function windDown() {
	const { avsRegistry } = api.tx;
	const { events, block } = await stage.send(service, [avsRegistry.windDown(SET)]);
	closes = eventOf(events, api.events.avsRegistry.SetWindingDown).closes.toNumber();
	assert.equal(closes, (await stage.eraOf(block)) + EXIT_DELAY);
	await stage.refused(payer, avsRegistry.closeSet(SET, 10), /avsRegistry\.StillAnswering/);
	await stage.refused(payer, claimOf(EXITS_AFTER[0]), /operatorDelegation\.NotMatured/);
}

const claimOf = ({ who, kind, queued }) =>
	api.tx.operatorDelegation.claim(who.address, opal.address, KINDS[kind], queued);

/** The outcome of a slash that was decided in a block. */
async function outcomeOf(id, block) {
	const at = await stage.at(block);
	assert.ok((await at.query.slashing.slashes(id)).isNone);
	return (await at.query.slashing.records(await stage.eraOf(block), id)).unwrap().outcome;
}

story('the nodes saw that Bob ran twice, the chain disabled him, and slashes him when due', async () => {
	await runsTwice;
	// A node reported it, in a transaction without a signature.
	const { phase, block: { hash } } = offenceOfBob();
	const report = (await api.rpc.chain.getBlock(hash)).block.extrinsics[phase.asApplyExtrinsic.toNumber()];
	assert.deepEqual([report.isSigned, report.method.method], [false, 'reportEquivocationUnsigned']);
	for (const { lane, block } of reportsInTime()) {
		assert.equal(lane.asConsensus.fraction.toBigInt(), EQUIVOCATION);
		const at = await stage.at(block);
		const place = (await at.query.session.validators()).findIndex((who) => who.eq(bob.address));
		const disabled = (await at.query.session.disabledValidators()).map(([index]) => index.toNumber());
		assert.ok(disabled.includes(place), `Bob's place, ${place}, is not among ${disabled}`);
	}
	await stage.until('Bob to be slashed', 3, () => reportsOfBob().every((slash) => slash.executed));
	const blocks = new Set(reportsOfBob().map(({ executed: { block } }) => block));
	for (const block of blocks) await checkConsensusSlashes(block);
	// Emil's exit in the era of the offence answered for it.
	const answered = ({ exit, taken }) => exit !== null && taken > 0n;
	assert.ok(reportsOfBob().some((slash) => slash.executed.parts.some(answered)));
	await stage.audit();
});

/** The slash takes a tenth of both native pools, and of exits from the capture era on, and nothing of the asset. */
async function checkConsensusSlashes(block) {
	const { before, after } = await stage.chronicle.around(block);
	const slashes = reportsOfBob().filter(({ executed }) => executed.block === block);
	const events = all(block.events.map(({ event }) => event), api.events.operatorDelegation.Taken);
	for (const kind of [NATIVE, STAKE]) {
		let pool = (await poolOf(before, bob.address, kind)).amount;
		const queued = await before.query.operatorDelegation.exits.entries(bob.address, kind);
		const amountOf = (exit) => exit.unwrap().funds.amount.toBigInt();
		const exits = new Map(queued.map(([{ args: [, , era] }, exit]) => [era.toNumber(), amountOf(exit)]));
		// An offence at the end of an era can be reported in the next, and fall due together with one of that era.
		for (const { lane, capture } of slashes) {
			const tenth = (amount) => (amount * lane.asConsensus.fraction.toBigInt()) / WAD;
			const answering = [...exits].filter(([era]) => era >= capture);
			const own = events.filter((each) => each.kind.type === kind && each.operator.eq(bob.address));
			const taken = own.find((each) => each.capture.eq(capture));
			assert.equal(taken.pool.toBigInt(), tenth(pool));
			assert.equal(taken.exits.toBigInt(), sum(answering.map(([, amount]) => tenth(amount))));
			pool -= tenth(pool);
			for (const [era, amount] of answering) exits.set(era, amount - tenth(amount));
		}
	}
	assert.deepEqual(await poolOf(after, bob.address, KINDS[GEM]), await poolOf(before, bob.address, KINDS[GEM]));
}

story('the stream ends after its notice, its rest is refunded, and everyone collects', async () => {
	const { StreamEnded, StreamPaid, StreamReturned } = api.events.rewards;
	const ended = await stage.event('the stream to end', 3, StreamEnded);
	assert.ok(ended.data.reason.isStopped);
	const instalments = stage.chronicle.all(StreamPaid);
	// The set is winding down, so nobody answers for the last era.
	const returned = stage.chronicle.all(StreamReturned);
	assert.deepEqual(returned.map(({ data }) => [data.eras.toNumber(), data.amount.toBigInt()]), [[1, STREAM.rate]]);
	for (const { phase } of [...instalments, ...returned, ended]) assert.ok(phase.isFinalization, 'a transaction paid');
	const refund = STREAM.funds - BigInt(instalments.length + 1) * STREAM.rate;
	assert.equal(ended.data.refund.toBigInt(), refund);
	assert.equal(returned[0].block.hash, ended.block.hash);
	const creditOf = async (at) => (await at.query.rewards.credit(service.address, NATIVE)).toBigInt();
	assert.equal(await stage.growth(ended.block, creditOf), STREAM.rate + refund);
	assert.equal(await stage.growth(ended.block, free(service)), STREAM_DEPOSIT);

	const everyone = [opal, bob, dina, emil];
	const { block } = await stage.send(payer, everyone.map(({ address }) => api.tx.rewards.collectAll(address, null, 64, 33)));
	for (const { address } of everyone) {
		const to = tills.get(address) ?? address;
		const got = { [NATIVE]: (at) => freeBalance(at, to), [GEM]: (at) => assetBalance(at, ASSET, to) };
		for (const currency of [NATIVE, GEM]) {
			const income = ['service', 'blocks'].map((source) => book.income.get(source, address, currency));
			assert.equal(await stage.growth(block, got[currency]), sum(income));
		}
	}
	tellPayments();
	tellCollected(everyone);
	page.held = [
		['registration of the service', REGISTRATION],
		['an open stream', STREAM_DEPOSIT],
		['an appeal', APPEAL_BOND],
		['instalment given back', STREAM.rate],
		['refund of the stream', refund],
	].map(([what, amount]) => row(what, amount));
	await stage.audit();
});

function tellPayments() {
	const titles = { set: 'one-off', name: 'by name', stream: 'instalment' };
	page.payments = replay.payments.map(({ from, amount, parts }) => {
		const shared = ALLOCATIONS.map(({ operator, kind }) => partOf(parts, operator, kind)?.part ?? 0n);
		return row(titles[from], amount, ...shared);
	});
}

/** Adds to the page what was paid: what was collected, and what rounding left over. */
function tellCollected(everyone) {
	const currencies = [NATIVE, GEM];
	const paid = currencies.map((currency) => total(replay.payments, { currency }));
	const rows = everyone.map((who) =>
		[names.get(who), ...currencies.map((currency) => book.income.get('service', who.address, currency))]);
	rows.push(['carried', ...currencies.map((currency) => book.carried.get(currency))]);
	const dust = currencies.map((_, i) => paid[i] - sum(rows.map((cells) => cells[i + 1])));
	// Each settlement of a position, and the carry of each pool, keeps less than two units.
	for (const lost of dust) assert.ok(lost >= 0n && lost < 16n, `${lost} units are dust`);
	page.collected = [...rows, ['dust', ...dust], ['paid', ...paid]].map((cells) => row(...cells));
}

story('the slash of the service is executed when due, without a hand, and the treasury has it', async () => {
	const slash = replay.slashes.get(executed);
	await stage.eraBegins(slash.due);
	await stage.until('the slash to be executed', 1, () => slash.executed);
	const { block, parts } = slash.executed;
	const isIt = ({ id }) => id.toNumber() === executed;
	const [{ phase }] = stage.chronicle.all(api.events.slashing.SlashExecuted, isIt);
	assert.ok(phase.isInitialization, 'a transaction executed it');
	const outcome = (await outcomeOf(executed, block)).asExecuted.map(([, amount]) => amount.toBigInt());

	const { before, after } = await stage.chronicle.around(block);
	const rows = [];
	for (const [i, kind] of [NATIVE, GEM].entries()) {
		const { magnitude } = ALLOCATIONS.find((each) => each.operator === opal && each.kind === kind);
		const take = (amount) => slashed(amount, magnitude, FRACTIONS[kind]);
		const pool = (await poolOf(before, opal.address, KINDS[kind])).amount;
		const exit = await exitAt(before, EXITS_AFTER[i]);
		const taken = parts.filter((part) => part.kind === kind).map((part) => part.taken);
		assert.deepEqual(taken, [take(exit), take(pool)]);
		assert.equal(await exitAt(after, EXITS_AFTER[i]), exit - take(exit));
		assert.equal(outcome[i], take(exit) + take(pool));
		rows.push([`${POOLS[kind]} in the pool`, pool, take(pool)]);
		rows.push([`${POOLS[kind]} that left later`, exit, take(exit)]);
	}
	const spared = await exitAt(before, EXIT_BEFORE);
	assert.equal(await exitAt(after, EXIT_BEFORE), spared);
	rows.push([`${POOLS[EXIT_BEFORE.kind]} that left before`, spared, 0n]);
	page.slash = rows.map(([what, amount, taken]) => row(what, amount, taken, amount - taken));

	await checkTreasury(block, outcome);
	tellLosses(parts);
	await stage.audit();
});

async function exitAt(at, { kind, queued }) {
	const exit = await at.query.operatorDelegation.exits(opal.address, KINDS[kind], queued);
	return exit.unwrap().funds.amount.toBigInt();
}

/** The treasury has recorded and received what the slash took. */
async function checkTreasury(block, [stay, gem]) {
	const treasury = palletAccount(api, 'chainTreasury');
	const booked = (currency) => async (at) => (await at.query.chainTreasury.received('Slash', currency)).toBigInt();
	assert.equal(await stage.growth(block, booked(CURRENCIES[NATIVE])), stay);
	assert.equal(await stage.growth(block, booked(CURRENCIES[GEM])), gem);
	assert.equal(await stage.growth(block, (at) => assetBalance(at, ASSET, treasury)), gem);
	// The treasury also receives its part of the fees in STAY.
	const income = await stage.growth(block, treasuryIncome);
	assert.equal(await stage.growth(block, (at) => freeBalance(at, treasury)), income);
	told.push(stay, gem);
}

/** Adds to the page the value of each delegator's part before and after the slash. */
function tellLosses(parts) {
	const sharesIn = ({ address }, { kind, exit }) =>
		exit === null
			? ledger.positions.get(address, opal.address, kind)
			: ledger.claims.get(address, opal.address, kind, exit);
	const worthOf = (who, kind, pool) =>
		sum(parts.filter((part) => part.kind === kind).map((part) => worth(pool(part), sharesIn(who, part))));
	const then = ({ before }) => before;
	const now = ({ before: { shares, amount }, taken }) => ({ shares, amount: amount - taken });
	page.losses = [NATIVE, GEM].flatMap((kind) =>
		[dina, emil].map((who) => {
			const [was, is] = [worthOf(who, kind, then), worthOf(who, kind, now)];
			return row(`${names.get(who)}, ${POOLS[kind]}`, was, was - is, is);
		}),
	);
}

story('the next election has Opal out, and Dave in', async () => {
	const { due, executed: { block, parts } } = replay.slashes.get(executed);
	const condition = ({ era }) => era.toNumber() === due + 1;
	const election = await stage.event('the next election', 2, api.events.staking.Elected, { condition });
	const at = await stage.at(election.block);
	const setOf = async (era) => (await at.query.staking.eraValidators(era)).map((who) => who.toString());
	assert.deepEqual(await setOf(due + 1), await elected(at));
	const and = (fourth) => [alice, bob, charlie, fourth].map(({ address }) => address).sort();
	assert.deepEqual((await setOf(due)).sort(), and(opal));
	assert.deepEqual((await setOf(due + 1)).sort(), and(dave));

	const { before } = await stage.chronicle.around(block);
	const pools = await Promise.all([STAKE, NATIVE].map((kind) => poolOf(before, opal.address, kind)));
	const stake = sum(pools.map(({ amount }) => amount));
	const [{ taken }] = parts.filter(({ kind, exit }) => kind === NATIVE && exit === null);
	page.election = [row('before', stake), row('after', stake - taken)];
	await stage.eraBegins(due + 1);
	assert.deepEqual((await api.query.session.validators()).map((who) => who.toString()).sort(), and(dave));
});

story('the exits mature, and anyone claims them for their owners', async () => {
	const claims = ledger.claims.entries().map(([[who, operator, kind, queued], shares]) => {
		const amount = worth(ledger.exits.get(operator, kind, queued), shares);
		return { who, operator, kind, queued: Number(queued), amount };
	});
	await stage.eraBegins(Math.max(...claims.map(({ queued }) => queued)) + EXIT_DELAY);
	page.claims = [EXIT_BEFORE, ...EXITS_AFTER].map(({ who, kind, amount, queued }) => {
		const paid = total(claims, { who: who.address, operator: opal.address, kind, queued });
		return row(`${names.get(who)}, ${POOLS[kind]}`, amount, amount - paid, paid);
	});

	const { claim } = api.tx.operatorDelegation;
	const calls = claims.map(({ who, operator, kind, queued }) => claim(who, operator, KINDS[kind], queued));
	const { block } = await stage.send(payer, calls);
	for (const { address } of [dina, emil]) {
		const stay = [STAKE, NATIVE].map((kind) => total(claims, { who: address, kind }));
		assert.equal(await stage.growth(block, (at) => freeBalance(at, address)), sum(stay));
		const gems = total(claims, { who: address, kind: GEM });
		assert.equal(await stage.growth(block, (at) => assetBalance(at, ASSET, address)), gems);
	}
	assert.deepEqual([ledger.claims.entries(), ledger.exits.entries()], [[], []]);
	await stage.audit();
});

story('the set is closed, and the service gets its deposit back', async () => {
	const { avsRegistry, rewards } = api.tx;
	await stage.refused(service, avsRegistry.deregister(SET.avs), /avsRegistry\.HasSets/);
	await stage.eraBegins(closes);
	const back = book.income.get('refund', service.address, NATIVE) + book.carried.get(NATIVE);
	const collect = rewards.collectAll(service.address, null, 64, 33);
	const closed = await stage.send(payer, [avsRegistry.closeSet(SET, 10), collect]);
	assert.equal(await stage.growth(closed.block, free(service)), back);
	const at = await stage.at(closed.block);
	assert.ok((await at.query.avsRegistry.sets(SET)).isNone);
	for (const { operator: { address }, kind } of ALLOCATIONS) {
		assert.equal((await at.query.avsRegistry.joined(address)).length, 0);
		assert.equal((await at.query.restaking.exposures(address, KINDS[kind])).allocations.size, 0);
	}
	const { events, block } = await stage.send(service, [avsRegistry.deregister(SET.avs)]);
	assert.equal(await stage.growth(block, free(service)), REGISTRATION - feePaid(api, events));
	assert.equal(await heldBalance(await stage.at(block), service.address, 'AvsRegistry'), 0n);
	await stage.audit();
});

story('docs/marketplace.md tells the same numbers', () => {
	const text = readFileSync(PAGE, 'utf8');
	assert.deepEqual(checkedTables(text), page);
	// Every amount in the sentences of the page is in one of the tables, or in `told`.
	const known = new Set([...told.map(written), ...Object.values(page).flat(2)]);
	assert.deepEqual(amountsOf(text).filter((amount) => !known.has(amount)), []);
});
