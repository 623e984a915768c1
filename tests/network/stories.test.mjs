// Stories on one real network of four validators, in order.
import assert from 'node:assert/strict';
import { after } from 'node:test';
import { UNIT, account, connect, eventOf, freeBalance, submit } from './lib/chain.mjs';
import { ERA_SECONDS, activeEra, eraOf, paidEra, pot, share } from './lib/eras.mjs';
import { STAKE, poolOf, sharesOf, worth } from './lib/ledger.mjs';
import { NATIVE, WAD, assetKind, sharePayment, slashed, weight } from './lib/services.mjs';
import { storyteller } from './lib/story.mjs';

const EXIT_DELAY = 4;
const COMMISSION_BPS = 1_000n;

let api;
after(() => api?.disconnect());

const { network, story } = storyteller();
// The payer and the delegator are no validators, because validators' balances also receive fees.
const payer = account('//Ferdie');
const delegator = account('//Eve');
const newcomer = account('//Newcomer');
/** The service's accounts: its owner, its resolver, its operator, and a restaker with that operator. */
const service = account('//Service');
const resolver = account('//Resolver');
const operator = account('//Operator');
const restaker = account('//Restaker');
const SERVICE_BPS = 500n;
const ASSET = 1;
/** In eras. With a window of one era, a veto that takes some seconds could come too late. */
const VETO_WINDOW = 2;
const VETO_REASON = 'the service was served';
const SET = { avs: 0, index: 0 };
/** The stake with the operator, and the part of it that is allocated to the set. */
const restaked = [
	{ kind: NATIVE, multiplier: 1, amount: 3_000n * UNIT, magnitude: WAD, fraction: WAD / 10n },
	{ kind: assetKind(ASSET), multiplier: 2, amount: 1_000n * UNIT + 7n, magnitude: WAD / 2n, fraction: WAD / 3n },
];
/** The slash that is not vetoed. */
let slash;
/** The delegator's exits, with amount and era, from the story that queues them to the one that claims them. */
const exits = [];

story('four validators start and finalize blocks', async () => {
	await network.start();
	api = await connect(network.node('alice'));
	assert.equal((await api.query.session.validators()).length, 4);
});

story('balances move and finalize', async () => {
	const receiver = account('//Receiver').address;
	const before = await freeBalance(api, payer.address);
	const { block, events } = await submit(api, payer, api.tx.balances.transferKeepAlive(receiver, 100n * UNIT));
	const at = await api.at(block);
	const fee = eventOf(events, api.events.transactionPayment.TransactionFeePaid).actualFee.toBigInt();
	assert.equal(await freeBalance(at, receiver), 100n * UNIT);
	assert.equal(await freeBalance(at, payer.address), before - 100n * UNIT - fee);
	// Every validator has the same final block.
	const number = (await api.rpc.chain.getHeader(block)).number.toNumber();
	for (const node of network.nodes) {
		await network.waitFor(`${node.name} to finalize it`, 20, async () => (await node.finalizedNumber()) >= number);
		assert.equal(await node.rpc('chain_getBlockHash', number), block);
	}
});

story('a service opens an operator set, and an operator allocates restaked value to it', async () => {
	const { assets, avsRegistry, balances, operatorDelegation, restaking, sudo, utility } = api.tx;
	const fund = [service, resolver, operator, restaker].map(({ address }) => balances.transferKeepAlive(address, 5_000n * UNIT));
	await submit(api, payer, utility.batchAll(fund));

	const kinds = restaked.map(({ kind, multiplier }) => [kind, multiplier]);
	await submit(
		api,
		service,
		utility.batchAll([
			assets.create(ASSET, service.address, 1),
			assets.mint(ASSET, service.address, 10n * UNIT),
			assets.mint(ASSET, restaker.address, 5_000n * UNIT),
			avsRegistry.register('Story service', 'https://service.example'),
			avsRegistry.createSet(SET.avs, kinds, 'Open', 0, service.address, 'Burn'),
			avsRegistry.addCondition(SET, 'the service was not served', WAD / 2n, VETO_WINDOW, { Account: resolver.address }),
		]),
	);
	// The service could mint, freeze and seize its asset, so governance has to confirm that it trusts the service.
	const restake = restaked.map(({ kind, amount }) => restaking.restake(operator.address, kind, amount, amount));
	await submit(api, operator, operatorDelegation.register(SERVICE_BPS));
	await assert.rejects(submit(api, restaker, restake[1]), /restaking\.NotRestakeable/);
	await submit(api, account('//Alice'), sudo.sudo(restaking.addAsset(ASSET, 10n ** 30n, service.address, true, 10n ** 9n)));
	await submit(api, restaker, utility.batchAll(restake));

	await assert.rejects(submit(api, payer, api.tx.rewards.paySet(SET, NATIVE, UNIT)), /rewards\.NoWeight/);
	const allocate = restaked.map(({ kind, magnitude }) => restaking.allocate(kind, SET, magnitude));
	const { events } = await submit(api, operator, utility.batchAll([...allocate, avsRegistry.join(SET)]));
	const joined = eventOf(events, api.events.avsRegistry.OperatorJoined);
	assert.equal(joined.operator.toString(), operator.address);
});

story('a node that was not in genesis joins, validates, and authors finalized blocks', async () => {
	const node = await network.join('newcomer', ['--validator', '--name', 'newcomer']);
	const minimum = (await api.query.staking.minSelfStake()).toBigInt();
	const selfStake = minimum + 1_000n * UNIT;
	await submit(api, payer, api.tx.balances.transferKeepAlive(newcomer.address, selfStake + 1_000n * UNIT));

	const { keys, proof } = await node.ownersRpc('author_rotateKeysWithOwner', `0x${Buffer.from(newcomer.publicKey).toString('hex')}`);
	assert.equal(await node.ownersRpc('author_hasSessionKeys', keys), true);
	const { operatorDelegation, session, staking } = api.tx;
	await assert.rejects(submit(api, newcomer, session.setKeys(keys, '0x')), /session\.InvalidProof/);
	await submit(api, newcomer, session.setKeys(keys, proof));
	await assert.rejects(submit(api, newcomer, staking.validate()), /staking\.NotOperator/);
	await submit(api, newcomer, operatorDelegation.register(COMMISSION_BPS));
	await assert.rejects(submit(api, newcomer, staking.validate()), /staking\.SelfStakeTooLow/);
	await submit(api, newcomer, operatorDelegation.stake(newcomer.address, selfStake, selfStake));
	await submit(api, newcomer, staking.validate());

	await network.waitFor('the newcomer to be in the set', 4 * ERA_SECONDS, async () =>
		(await api.query.session.validators()).some((who) => who.eq(newcomer.address)),
	);
	assert.equal((await api.query.session.validators()).length, 5);
	await network.waitFor('a finalized block of the newcomer', 2 * ERA_SECONDS, async () => {
		const head = await api.rpc.chain.getFinalizedHead();
		return (await api.derive.chain.getHeader(head)).author?.eq(newcomer.address);
	});
});

story('a delegator stakes behind it, and its position grows with an era', async () => {
	const amount = 5_000n * UNIT;
	const { block } = await submit(api, delegator, api.tx.operatorDelegation.stake(newcomer.address, amount, 0));
	const at = await api.at(block);
	const pool = await poolOf(at, newcomer.address);
	const shares = await sharesOf(at, delegator.address, newcomer.address);
	assert.equal(shares, (amount * (pool.shares - shares)) / (pool.amount - amount));

	await growsWithAnEra(await activeEra(at));
});

/** Recomputes the payment of an era from the state before its end, and compares it with the state after. */
async function growsWithAnEra(era) {
	const { before, after: paid } = await paidEra(api, era);
	const issuance = (await before.query.balances.totalIssuance()).toBigInt();
	const began = eraOf(await before.query.staking.activeEra()).start.unwrap().toBigInt();
	const ended = eraOf(await paid.query.staking.activeEra()).start.unwrap().toBigInt();
	const reward = (await paid.query.rewards.eraRewards(era)).unwrap();
	assert.equal(reward.pot.toBigInt(), pot(issuance, ended - began));

	const points = await pointsOf(paid, era);
	assert.equal(reward.points.toBigInt(), [...points.values()].reduce((sum, own) => sum + own, 0n));
	const own = points.get(newcomer.address) ?? 0n;
	assert.ok(own > 0n, 'the newcomer authored nothing in a whole era');

	const { commission, compounds } = share(reward.pot.toBigInt(), own, reward.points.toBigInt(), COMMISSION_BPS);
	const [old, grown] = [await poolOf(before, newcomer.address), await poolOf(paid, newcomer.address)];
	assert.deepEqual(grown, { shares: old.shares, amount: old.amount + compounds });
	assert.equal((await creditOf(paid)) - (await creditOf(before)), commission);

	const shares = await sharesOf(paid, delegator.address, newcomer.address);
	const expected = (shares * (old.amount + compounds)) / old.shares;
	assert.equal(worth(grown, shares), expected);
	assert.ok(expected > worth(old, shares), 'the position did not grow');
}

async function pointsOf(at, era) {
	const entries = await at.query.staking.eraPoints.entries(era);
	return new Map(entries.map(([key, points]) => [key.args[1].toString(), points.toBigInt()]));
}

async function creditOf(at) {
	return (await at.query.rewards.credit(newcomer.address, 'Native')).toBigInt();
}

story('its operator collects the commission', async () => {
	const call = api.tx.rewards.collect(newcomer.address, newcomer.address, STAKE, 1);
	const { block, events } = await submit(api, payer, call);
	const { who, amount } = eventOf(events, api.events.rewards.Collected);
	assert.equal(who.toString(), newcomer.address);
	assert.ok(amount.toBigInt() > 0n);
	assert.equal(await creditOf(await api.at(block)), 0n);
});

story('the service pays its operator and the restaker, to the unit', async () => {
	// The allocations bind since the era after they were made, which is over.
	const amount = 100n * UNIT + 1n;
	const { block } = await submit(api, payer, api.tx.rewards.paySet(SET, NATIVE, amount));
	const at = await api.at(block);
	const pools = await Promise.all(
		restaked.map(async ({ kind, multiplier, magnitude }) => {
			const pool = await poolOf(at, operator.address, kind);
			return { weight: weight(multiplier, pool.amount, magnitude), shares: pool.shares };
		}),
	);
	const { commission, earned } = sharePayment(amount, pools, SERVICE_BPS);
	for (const [who, expected] of [[operator, commission], [restaker, earned[0] + earned[1]]]) {
		const before = await freeBalance(api, who.address);
		const { events } = await submit(api, payer, api.tx.rewards.collectAll(who.address, null, 64, 33));
		assert.equal(eventOf(events, api.events.rewards.Collected).amount.toBigInt(), expected);
		assert.equal((await freeBalance(api, who.address)) - before, expected);
	}
});

story('the service reports two slashes, and one of them is vetoed', async () => {
	const fractions = restaked.map(({ kind, fraction }) => [kind, fraction]);
	const report = async () => {
		const call = api.tx.slashing.report(SET, operator.address, 0, fractions, await activeEra(api));
		const { block, events } = await submit(api, service, call);
		const reported = eventOf(events, api.events.slashing.SlashReported);
		assert.equal(reported.due.toNumber(), (await activeEra(await api.at(block))) + VETO_WINDOW);
		return reported;
	};
	const vetoed = await report();
	const veto = api.tx.slashing.veto(vetoed.id, VETO_REASON);
	await assert.rejects(submit(api, operator, veto), /slashing\.NotResolver/);
	const { block } = await submit(api, resolver, veto);
	const at = await api.at(block);
	assert.ok((await at.query.slashing.slashes(vetoed.id)).isNone);
	const record = (await at.query.slashing.records(await activeEra(at), vetoed.id)).unwrap();
	assert.equal(record.outcome.asVetoed.toUtf8(), VETO_REASON);
	slash = await report();
});

story('the delegator leaves in two steps', async () => {
	for (const what of [{ Value: 2_000n * UNIT }, 'All']) {
		const call = api.tx.operatorDelegation.exit(newcomer.address, STAKE, what);
		const { block, events } = await submit(api, delegator, call);
		const exit = eventOf(events, api.events.operatorDelegation.ExitQueued);
		const [shares, amount] = [exit.shares.toBigInt(), exit.amount.toBigInt()];
		const left = await poolOf(await api.at(block), newcomer.address);
		assert.equal(amount, worth({ shares: left.shares + shares, amount: left.amount + amount }, shares));
		assert.equal(exit.matures.toNumber(), exit.queued.toNumber() + EXIT_DELAY);
		exits.push({ amount, queued: exit.queued.toNumber() });
	}
	// The exit takes the minimum number of shares that are worth the requested value, so it exceeds that by less than
	// the price of two shares.
	assert.ok(exits[0].amount >= 2_000n * UNIT && exits[0].amount < 2_000n * UNIT + 4n);
	assert.equal(await sharesOf(api, delegator.address, newcomer.address), 0n);
	await assert.rejects(submit(api, payer, claim(exits[0].queued)), /operatorDelegation\.NotMatured/);
});

function claim(queued) {
	return api.tx.operatorDelegation.claim(delegator.address, newcomer.address, STAKE, queued);
}

story('one of five validators is killed, finality goes on, and it catches up when it is back', async () => {
	const [witness, victim] = [network.node('alice'), network.node('bob')];
	const last = await witness.finalizedNumber();
	await victim.kill();
	await network.waitFor('finality to go on', 60, async () => (await witness.finalizedNumber()) >= last + 10);
	await network.restart(victim);
	await network.catchUp(victim, witness);
});

story('the other slash falls due and is executed without a hand, to the unit', async () => {
	await network.waitFor('the slash to be executed', (VETO_WINDOW + 1) * ERA_SECONDS, async () =>
		(await api.at(await api.rpc.chain.getFinalizedHead()).then((at) => at.query.slashing.slashes(slash.id))).isNone,
	);
	const [[, record]] = (await api.query.slashing.records.entries(slash.due)).filter(([key]) => key.args[1].eq(slash.id));
	const taken = restaked.map(({ amount, magnitude, fraction }) => slashed(amount, magnitude, fraction));
	assert.deepEqual(record.unwrap().outcome.asExecuted.map(([, amount]) => amount.toBigInt()), taken);
	for (const [index, { kind, amount }] of restaked.entries()) {
		const pool = await poolOf(api, operator.address, kind);
		assert.deepEqual(pool, { shares: amount, amount: amount - taken[index] });
	}
	const supply = (await api.query.assets.asset(ASSET)).unwrap().supply.toBigInt();
	assert.equal(supply, 5_010n * UNIT - taken[1]);
});

story('two of five are killed, finality stops, and resumes when both are back', async () => {
	const witness = network.node('alice');
	const victims = [network.node('charlie'), network.node('dave')];
	await Promise.all(victims.map((node) => node.kill()));
	await finalityStops(witness);
	await Promise.all(victims.map((node) => network.restart(node)));
	const best = await witness.bestNumber();
	await network.waitFor('finality to resume', 90, async () => (await witness.finalizedNumber()) > best);
	for (const node of victims) await network.catchUp(node, witness);
});

/** Waits until `blocks` more blocks were made while none was finalized. */
async function finalityStops(witness, blocks = 10) {
	let since = { finalized: -1, best: 0 };
	await network.waitFor('finality to stop while blocks go on', 90, async () => {
		const now = { finalized: await witness.finalizedNumber(), best: await witness.bestNumber() };
		if (now.finalized !== since.finalized) since = now;
		return now.best >= since.best + blocks;
	});
}

story('a node that syncs by warp proof reaches the head', async () => {
	const node = await network.join('warp', ['--sync', 'warp', '--name', 'warp']);
	await network.catchUp(node, network.node('alice'));
	assert.match(node.log(), /Warp sync is complete/);
});

story('the delegator claims its exits after the exit delay, to the unit', async () => {
	const matured = Math.max(...exits.map(({ queued }) => queued)) + EXIT_DELAY;
	await network.waitFor('the exits to mature', (EXIT_DELAY + 1) * ERA_SECONDS, async () => (await activeEra(api)) >= matured);
	const before = await freeBalance(api, delegator.address);
	// Anyone may send a claim; it pays the owner of the exit.
	for (const queued of new Set(exits.map((exit) => exit.queued))) await submit(api, payer, claim(queued));
	const owed = exits.reduce((sum, { amount }) => sum + amount, 0n);
	assert.equal((await freeBalance(api, delegator.address)) - before, owed);
	await assert.rejects(submit(api, payer, claim(exits[0].queued)), /operatorDelegation\.NothingToClaim/);
});
