// Runs the pages of docs/ for validators, delegators, services and integrators, all at the same time and exactly as
// written. The validator's page runs on a network of validators; the others, which only need eras, on a chain four
// times as fast.
import assert from 'node:assert/strict';
import { after, before, describe, test } from 'node:test';
import { UNIT, account, connect, eventOf, heldBalance, submit } from './lib/chain.mjs';
import { Reader, eventsSoFar, pageExists, rpc } from './lib/docs.mjs';
import { ERA_SECONDS, activeEra } from './lib/eras.mjs';
import { Network } from './lib/network.mjs';
import { NATIVE, WAD, sharePayment } from './lib/services.mjs';
import { waitFor } from './lib/wait.mjs';

const PAGE_MS = 10 * 60 * 1000;
/** The commission of the validators in genesis. */
const GENESIS_BPS = 500n;

const [alice, bob] = ['//Alice', '//Bob'].map(account);
/** What the operator is paid while the delegator stakes with him. */
const payment = 100n * UNIT;

const network = new Network();
/** The node of the fast chain. */
let fast;
/** Clients of the fast chain, and of the validators' chain. */
let api, validators;
/** Pages that were started, and are not finished. */
const unread = new Set();

before(async () => {
	await network.start();
	fast = await network.seal('fast', '250', [], 'local');
	[api, validators] = [await connect(fast), await connect(network.node('alice'))];
});

after(async () => {
	await Promise.all([api?.disconnect(), validators?.disconnect()]);
	if (unread.size > 0) network.report();
	await network.stop();
	if (unread.size > 0) console.error(`the nodes' logs and data are in ${network.folder}`);
	else network.remove();
});

const asking = (node) => async (method, ...params) => (await rpc(node().url, method, ...params)).value;
const ask = asking(() => fast);
const askValidators = asking(() => network.node('alice'));

/** Runs the commands of a page on the chain of a node, and then checks the result. */
function page(path, node, facts, meanwhile = () => {}) {
	test(path, { timeout: PAGE_MS, skip: !pageExists(path) }, async (context) => {
		const reader = new Reader(path, { MAINSTAY_URL: node().url, BOOTNODE: network.bootnodes.join(' ') });
		unread.add(path);
		try {
			await Promise.all([reader.read(), meanwhile(reader)]);
			await facts(reader);
			unread.delete(path);
		} finally {
			for (const { command, seconds } of reader.done) context.diagnostic(`${seconds.toFixed(0).padStart(3)} s  ${command}`);
			await reader.stop();
		}
	});
}

describe('the pages', { concurrency: true }, () => {
	page('docs/service.md', () => fast, async (reader) => {
		const avs = Number(reader.variable('AVS'));
		const { items: slashes } = await ask('slashing_past', { avs });
		const outcomes = slashes.map(({ state }) => Object.keys(state)[0]);
		assert.deepEqual(outcomes.sort(), ['executed', 'vetoed']);
		const [{ state }] = slashes.filter((slash) => slash.state.executed);
		assert.ok(BigInt(state.executed.taken[0].amount) > 0n && state.executed.unpaid.length === 0);
		// The service is removed, and its deposits came back.
		assert.equal(await ask('avs_service', avs), null);
		for (const holder of ['AvsRegistry', 'Rewards']) {
			assert.equal(await heldBalance(api, account('//Oracle').address, holder), 0n);
		}
	});

	page('docs/integrator.md', () => fast, async () => {
		const sent = await eventsSoFar(api, api.events.balances.Transfer);
		const ofPage = sent.filter(({ from, to }) => from.eq(alice.address) && to.eq(bob.address));
		assert.deepEqual(ofPage.map(({ amount }) => amount.toBigInt()), [5n * UNIT]);
	});

	page('docs/validator.md', () => network.node('alice'), async (reader) => {
		const vera = reader.address('vera');
		const operator = await askValidators('operators_operator', vera);
		assert.deepEqual([operator.name, operator.link], ['Vera', 'https://vera.example']);
		assert.deepEqual(operator.promise.now, { maxCommission: 1_000, notice: 8 });
		assert.equal(operator.commission.now, 500);
		assert.equal(operator.commission.next.value, 800);
		assert.equal(operator.retired, true);

		// The validator served, authored blocks, never two in one slot, and has left.
		const era = await activeEra(validators);
		const sets = await Promise.all([...Array(era + 1).keys()].map((past) => askValidators('staking_validators', past)));
		const served = sets.flat().filter(({ operator: who }) => who === vera);
		assert.ok(served.some(({ points }) => points > 0), 'it made no block');
		assert.equal(operator.validator.active, false);
		assert.deepEqual([operator.pending, operator.executed], [[], 0]);

		// The last keys in force are on the second node only, and its owner has removed them from the chain.
		assert.ok((await validators.query.session.nextKeys(vera)).isNone);
		const keys = await lastKeys(vera);
		const own = await Promise.all(reader.nodes.map(({ owner }) => rpc(owner(), 'author_hasSessionKeys', keys)));
		assert.deepEqual(own, [false, true]);

		const { items: exits } = await askValidators('operators_exits', vera);
		assert.equal(exits.length, 1);
		assert.ok(BigInt(exits[0].exit.value) > 2_000n * UNIT, 'its stake did not grow');
	});

	/** The session keys of an account in the last block in whose state it had some. */
	async function lastKeys(who) {
		for (let number = (await validators.rpc.chain.getHeader()).number.toNumber(); number > 0; number--) {
			const { query } = await validators.at(await validators.rpc.chain.getBlockHash(number));
			const keys = await query.session.nextKeys(who);
			if (keys.isSome) return keys.toHex();
		}
		throw new Error(`${who} never had session keys`);
	}

	/** The actions of the service that the delegator's operator serves. */
	async function service(reader) {
		const [owner, resolver] = ['//Docs/Service', '//Docs/Resolver'].map(account);
		const { avsRegistry, balances, restaking, rewards, slashing, utility } = api.tx;
		const fund = [owner, resolver].map(({ address }) => balances.transferKeepAlive(address, 1_000n * UNIT));
		await submit(api, account('//Alice//stash'), utility.batchAll(fund));
		const { events } = await submit(api, owner, avsRegistry.register('Docs', ''));
		const avs = eventOf(events, api.events.avsRegistry.AvsRegistered).avs.toNumber();
		const set = { avs, index: 0 };
		await submit(
			api,
			owner,
			utility.batchAll([
				avsRegistry.createSet(avs, [[NATIVE, 1]], 'Open', 0, owner.address, 'Burn'),
				avsRegistry.addCondition(set, 'it was not served', WAD / 10n, 2, { Account: resolver.address }),
			]),
		);
		await submit(api, bob, utility.batchAll([restaking.allocate(NATIVE, set, WAD / 2n), avsRegistry.join(set)]));
		const binds = async () => BigInt((await ask('avs_member', set, bob.address)).weight) > 0n;
		await waitFor('the delegator to restake, and the allocation to bind', 4 * ERA_SECONDS, binds);
		// Shares earn payments from the era after the one in which they came.
		const came = await activeEra(api);
		await waitFor('her shares to earn', 2 * ERA_SECONDS, async () => (await activeEra(api)) > came);
		await waitFor('the delegator to watch', ERA_SECONDS, () => reader.watches.length > 0);
		await submit(api, owner, rewards.paySet(set, NATIVE, payment));

		const report = slashing.report(set, bob.address, 0, [[NATIVE, WAD / 20n]], await activeEra(api));
		const { id } = eventOf((await submit(api, owner, report)).events, api.events.slashing.SlashReported);
		await submit(api, resolver, slashing.veto(id, 'it was'));
	}

	const facts = async (reader) => {
		const dina = reader.address('dina');
		const of = (events) => events.filter(({ who }) => who.toString() === dina);
		const [collected] = of(await eventsSoFar(api, api.events.rewards.Collected));
		// Nobody else restakes with him.
		const { earned } = sharePayment(payment, [{ weight: 1n, shares: UNIT }], GENESIS_BPS);
		const dust = earned[0] - collected.amount.toBigInt();
		assert.ok(dust === 0n || dust === 1n, `${dust}`);
		assert.equal(collected.to.toString(), account('//Eve').address);

		// She exited with everything, and the claims pay all exits. An exit of the era after can be claimed an era
		// later.
		const { items: positions } = await ask('operators_positions', dina);
		assert.deepEqual(positions.filter(({ shares }) => shares !== '0'), []);
		const queued = of(await eventsSoFar(api, api.events.operatorDelegation.ExitQueued));
		const claimed = of(await eventsSoFar(api, api.events.operatorDelegation.Claimed));
		assert.equal(queued.length, 3);
		const byKind = (events) => Object.fromEntries(events.map(({ kind, amount }) => [kind.type, amount.toBigInt()]));
		const [first, second] = queued;
		assert.ok(claimed.length === 2 || !second.matures.eq(first.matures), 'one that had matured was left');
		assert.deepEqual(byKind(claimed), byKind(claimed.length === 1 ? [first] : [first, second]));
	};
	page('docs/delegator.md', () => fast, facts, service);
});
