// The README's tour, exactly as written, on a new development chain.
import assert from 'node:assert/strict';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, test } from 'node:test';
import { UNIT, account, connect } from './lib/chain.mjs';
import { Reader, eventsSoFar, rpc, stepsOf } from './lib/docs.mjs';
import { Node } from './lib/node.mjs';
import { freePorts } from './lib/ports.mjs';
import { WAD, sharePayment, weight } from './lib/services.mjs';

const PAGE = 'README.md';
const MOST_COMMANDS = 10;
const TOUR_MS = 5 * 60 * 1000;

const [bob, charlie, dave] = ['//Bob', '//Charlie', '//Dave'].map((uri) => account(uri).address);

const steps = stepsOf(PAGE);
const lines = steps.flatMap(({ commands }) => commands.map(({ text }) => text));

const folder = mkdtempSync(join(tmpdir(), 'mainstay-tour-'));
// Blocks are made five times as fast as on the reader's chain, because consensus is not tested here.
const flags = ['--dev', '--seal', '200'];
const node = new Node({ name: 'dev', index: 1, folder, ports: await freePorts(2), flags });
const reader = new Reader(PAGE, { MAINSTAY_URL: node.url });

after(async () => {
	await reader.stop();
	await node.stop();
	rmSync(folder, { recursive: true, force: true });
});

/** An amount on the page, in the only line that matches `pattern`. */
function told(pattern) {
	const found = lines.map((line) => pattern.exec(line)).filter(Boolean);
	assert.equal(found.length, 1, `${pattern}`);
	return BigInt(found[0][1]);
}

test('the tour has one block, of at most ten commands', () => {
	assert.equal(steps.length, 1);
	assert.ok(lines.length <= MOST_COMMANDS, `${lines.length} commands`);
});

test('it goes from nothing to a restaked position, a service that pays and a reward', { timeout: TOUR_MS }, async (context) => {
	await node.start();
	await reader.read(steps);
	for (const { command, seconds } of reader.done) context.diagnostic(`${seconds.toFixed(0).padStart(3)} s  ${command}`);

	const restaked = told(/^mainstay-cli restake \/\/Dave (\d+) --from \/\/Bob$/) * UNIT;
	const paid = told(/^mainstay-cli avs pay 0\/0 (\d+) --from \/\/Charlie$/) * UNIT;
	const commissionBps = told(/^mainstay-cli operator register --commission (\d+)% /) * 100n;
	const magnitude = (told(/^mainstay-cli operator allocate 0\/0 native (\d+)% /) * WAD) / 100n;

	// The chain's development validator is Alice. Dave's pool has only what Bob put there.
	const { value: position } = await rpc(node.url, 'operators_position', bob, dave, 'native');
	assert.deepEqual([position.shares, position.value], [restaked, restaked].map(String));

	const api = await connect(node);
	const payments = await eventsSoFar(api, api.events.rewards.SetPaid);
	const collected = await eventsSoFar(api, api.events.rewards.Collected);
	await api.disconnect();

	assert.equal(payments.length, 1);
	assert.deepEqual([payments[0].from.toString(), payments[0].amount.toBigInt()], [charlie, paid]);
	const pools = [{ weight: weight(1, restaked, magnitude), shares: restaked }];
	const { commission, earned } = sharePayment(paid, pools, commissionBps);
	assert.equal(collected.length, 1);
	const { who, to, amount } = collected[0];
	assert.deepEqual([who, to].map(String), [bob, bob]);
	assert.equal(amount.toBigInt(), earned[0]);
	// Rounding lost nothing, so the page can say so.
	assert.equal(commission + earned[0], paid);
});
