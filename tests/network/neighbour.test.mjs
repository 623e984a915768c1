// One hostile connection uses all methods and an expensive subscription, and other connections hardly notice. Also:
// clients that must be refused, which are web pages, and strangers who call the owner's methods. The cases are those
// of rpc and node.
import assert from 'node:assert/strict';
import { mkdtempSync, rmSync, statSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, before, test } from 'node:test';
import { setTimeout as sleep } from 'node:timers/promises';
import { Worker } from 'node:worker_threads';
import WebSocket from 'ws';
import { account } from './lib/chain.mjs';
import { parameters } from './lib/malformed.mjs';
import { Node } from './lib/node.mjs';
import { freePorts } from './lib/ports.mjs';
import { waitFor } from './lib/wait.mjs';
import { BUSY, STATE_PRUNED, UNKNOWN_METHOD, Wire } from './lib/wire.mjs';

const MEGABYTE = 2 ** 20;
const TOO_MANY_SUBSCRIPTIONS = -32006;

/** The maximum number of our subscriptions on one connection. */
const MOST_FOLLOWED = 64;
const SUBSCRIPTIONS = 1_000;
/** The number of queries in a flood, more than a connection may have waiting. */
const FLOOD = 1_500;
const IDLE_SECONDS = 10;
const FLOOD_SECONDS = 15;
const OPERATE_SECONDS = 10;
const STUFF_SECONDS = 15;
/** The pause between two queries of an honest client. */
const PAUSE_MS = 25;

/**
 * How long an honest client waits in 99 of 100 cases, in milliseconds: the aim, which is printed, and the limit. A busy
 * machine is slower. Before connections had equal shares, it was ten seconds.
 */
const [AIM_MS, MOST_MS] = [100, 1_000];
/** The maximum memory that one connection costs. */
const MOST_GROWTH = 256 * MEGABYTE;
/** The minimum part of slots that have a block. */
const KEPT = 0.7;
const FINALITY_LAG = 10;

const STORY_MS = 3 * 60 * 1000;

const [alice, bob] = ['//Alice', '//Bob'].map((uri) => account(uri).address);
const folder = mkdtempSync(join(tmpdir(), 'mainstay-neighbour-'));
const [rpcPort, p2pPort] = await freePorts(2);
const flags = ['--chain', 'dev', '--alice', '--force-authoring', '--rpc-max-connections', '50'];
const node = new Node({ name: 'attacked', index: 1, folder, ports: [rpcPort, p2pPort], flags });
const ends = [];

before(() => node.start([]));
after(async () => {
	for (const end of ends) await end();
	await node.stop();
	rmSync(folder, { recursive: true, force: true });
});

const percentile = (times, part) => {
	const sorted = [...times].sort((a, b) => a - b);
	return sorted[Math.min(sorted.length - 1, Math.floor(sorted.length * part))];
};
const megabytes = (bytes) => `${Math.round(bytes / MEGABYTE)} MB`;

/** A client that makes one query after another on its own connection. */
class Honest {
	/** How long the answers took, until `rest` of the last measurement. */
	#times = [];
	#errors = [];
	#over = false;

	static async begin(method, params) {
		const honest = new Honest();
		honest.method = method;
		honest.wire = await Wire.open(node.url);
		honest.ended = honest.#run(params);
		honest.ended.catch(() => {});
		return honest;
	}

	async #run(params) {
		while (!this.#over) {
			const asked = performance.now();
			const { error } = await this.wire.ask(this.method, JSON.stringify(params));
			this.#times.push(performance.now() - asked);
			if (error) this.#errors.push(error);
			await sleep(PAUSE_MS);
		}
	}

	/** The measurements since the last call. */
	measured() {
		const [times, errors] = [this.#times, this.#errors];
		[this.#times, this.#errors] = [[], []];
		return { times, errors };
	}

	async end() {
		this.#over = true;
		await this.ended;
		this.wire.close();
	}
}

class Neighbour {
	#worker = new Worker(new URL('lib/neighbour.mjs', import.meta.url));

	tell(what, how) {
		return new Promise((resolve, reject) => {
			this.#worker.once('message', ({ done, failed }) => (failed ? reject(new Error(failed)) : resolve(done)));
			this.#worker.removeAllListeners('error').once('error', reject);
			this.#worker.postMessage({ what, ...how });
		});
	}

	end() {
		return this.#worker.terminate();
	}
}

/** The status with which a WebSocket is refused, or the node's reply on whether a method may be called over it. */
function knock(url, origin) {
	return new Promise((resolve, reject) => {
		const socket = new WebSocket(url, origin === undefined ? {} : { origin });
		socket.once('unexpected-response', (_, { statusCode }) => resolve(statusCode));
		socket.once('error', reject);
		socket.once('open', () => {
			socket.once('message', (message) => {
				resolve(JSON.parse(message));
				socket.terminate();
			});
			socket.send('{"jsonrpc":"2.0","id":1,"method":"system_peers"}');
		});
	});
}

test('rpc 4: pages of other origins are refused, and only the owner has what is the owner\'s', { timeout: STORY_MS }, async () => {
	const owners = node.ownersUrl;
	assert.match(owners, new RegExp(`^ws://127\\.0\\.0\\.1:${rpcPort}/owner-[0-9a-f]{64}$`));
	assert.equal(statSync(join(node.basePath, 'chains', 'mainstay_dev', 'owner')).mode & 0o777, 0o600);

	for (const url of [node.url, owners]) {
		for (const origin of ['https://evil.example', 'null', 'http://localhost.evil.example']) {
			assert.equal(await knock(url, origin), 403, `${origin} by ${url}`);
		}
	}
	const page = await fetch(node.url.replace('ws', 'http'), {
		method: 'POST',
		headers: { 'content-type': 'application/json', origin: 'https://evil.example' },
		body: '{"jsonrpc":"2.0","id":1,"method":"staking_era"}',
	});
	assert.equal(page.status, 403);
	for (const origin of [undefined, 'http://localhost:3000', 'https://polkadot.js.org']) {
		assert.equal((await knock(node.url, origin)).error.code, UNKNOWN_METHOD);
		assert.deepEqual((await knock(owners, origin)).result, []);
	}
	await assert.rejects(node.rpc('author_rotateKeysWithOwner', '0x00'), /unsafe/);
	assert.equal(await knock(`${node.url}/owner-${'0'.repeat(64)}`), 403);
	assert.match(await node.ownersRpc('author_rotateKeys'), /^0x[0-9a-f]{192}$/);
	assert.match(node.log(), /address for this node's owner is in .*owner/);
});

/** Waits for `count` final blocks. */
async function finalBlocks(count) {
	const from = await node.finalizedNumber();
	await waitFor(`${count} final blocks`, 4 * count, async () => (await node.finalizedNumber()) >= from + count);
}

test('rpc 5: a search says its age, and its pages are of one block', { timeout: STORY_MS }, async () => {
	const wire = await Wire.open(node.url);
	ends.push(() => wire.close());
	const search = async (params) => (await wire.ask('operators_search', JSON.stringify(params))).result;
	await search({});
	await finalBlocks(20);
	const fresh = await search({ most: 1 });
	assert.ok(fresh.value.behind <= 16, `${fresh.value.behind} blocks behind`);
	assert.equal(fresh.at, await node.rpc('chain_getBlockHash', fresh.value.number));
	await finalBlocks(10);
	const page = await search({ most: 1, skip: 1, at: fresh.at });
	assert.deepEqual([page.at, page.value.number], [fresh.at, fresh.value.number]);
	assert.ok(page.value.behind >= 9, `${page.value.behind} blocks behind`);
	// No search was made at the block after it, so its lists were never read.
	const next = await wire.call('chain_getBlockHash', fresh.value.number + 1);
	assert.equal((await wire.ask('operators_search', JSON.stringify({ at: next }))).error.code, STATE_PRUNED);
});

test('rpc 1, 2, 3: one connection does its worst, and others hardly notice', { timeout: STORY_MS }, async () => {
	const neighbour = new Neighbour();
	ends.push(() => neighbour.end());
	const honest = await Promise.all([
		Honest.begin('staking_era', []),
		Honest.begin('operators_positions', { who: alice }),
		Honest.begin('chain_getHeader', []),
		Honest.begin('state_getStorage', ['0x26aa394eea5630e07c48ae0c9558cef7b99d880ec681799c0cf30e8886371da9']),
		Honest.begin('state_call', ['Core_version', '0x']),
		Honest.begin('system_health', []),
	]);
	ends.push(() => Promise.allSettled(honest.map((each) => each.end())));
	const follower = await Wire.open(node.url);
	ends.push(() => follower.close());
	const behind = [];
	follower.onItem = (_, { result }) => behind.push(result.behind);
	await follower.call('slashing_subscribeSlashes');
	await follower.call('operators_subscribePositions', bob);

	const sizes = [];
	const watch = setInterval(() => sizes.push(node.memory), 250);
	ends.push(() => clearInterval(watch));
	const table = [];
	/** The measurements of all honest clients while `deed` runs. */
	const during = async (what, deed) => {
		for (const each of honest) each.measured();
		const [began, first] = [Date.now(), await node.bestNumber()];
		const told = await deed();
		const [slots, blocks] = [(Date.now() - began) / 1000, (await node.bestNumber()) - first];
		const lag = (await node.bestNumber()) - (await node.finalizedNumber());
		for (const each of honest) {
			const { times, errors } = each.measured();
			assert.ok(times.length > 0, `${what}: ${each.method} had no answer`);
			assert.deepEqual(errors, [], `${what}: ${each.method}`);
			table.push({ what, method: each.method, asked: times.length, median: percentile(times, 0.5), p99: percentile(times, 0.99) });
		}
		console.log(`${what}: ${blocks} blocks in ${slots.toFixed(1)} slots, ${lag} not final, ${megabytes(node.memory)}`);
		assert.ok(blocks >= slots * KEPT - 1, `${what}: ${blocks} blocks in ${slots} slots`);
		assert.ok(lag <= FINALITY_LAG, `${what}: ${lag} blocks are not final`);
		return told;
	};

	await during('idle', () => sleep(IDLE_SECONDS * 1000));
	const before = node.memory;
	await neighbour.tell('connect', { url: node.url });

	const positions = ['operators_subscribePositions', { who: alice }];
	const { taken, refused } = await during('subscribe', () =>
		neighbour.tell('subscribe', { subscriptions: [positions], times: SUBSCRIPTIONS }),
	);
	assert.equal(taken, MOST_FOLLOWED);
	for (const code of refused.keys()) assert.ok([BUSY, TOO_MANY_SUBSCRIPTIONS].includes(code), code);

	const document = await follower.call('rpc.discover');
	const single = document.methods.filter((method) => !method['x-subscription'] && !method['x-owner']);
	const own = single.map((method) => [method.name, JSON.parse(parameters(document, method))]);
	const floods = {
		'our positions': [['operators_positions', { who: alice, most: 100 }]],
		'all of our methods': [...own, ['staking_era', []], ['staking_validators', { era: 1 }], ['operators_search', { text: 'a' }]],
		'runtime calls': [['state_call', ['Metadata_metadata', '0x']], ['state_getMetadata', []]],
		'storage': [['state_getKeysPaged', ['0x', 1000]], ['chain_getBlock', []], ['state_getReadProof', [['0x3a636f6465']]]],
		'transactions': [['author_submitExtrinsic', [`0x${'84'.repeat(200)}`]], ['author_pendingExtrinsics', []]],
	};
	for (const [what, questions] of Object.entries(floods)) {
		const seconds = FLOOD_SECONDS / (what === 'our positions' ? 1 : 2);
		await during(what, () => neighbour.tell('flood', { questions, length: FLOOD, seconds }));
	}
	const operation = { method: 'chainHead_v1_call', params: ['Metadata_metadata', '0x'], seconds: OPERATE_SECONDS };
	const { began } = await during('operations', () => neighbour.tell('operate', operation));
	assert.ok(began > 0, 'no operation began');
	const stuffing = { question: ['state_getMetadata', []], times: FLOOD, seconds: STUFF_SECONDS };
	await during('never reads', () => neighbour.tell('stuff', stuffing));

	const { gone, sent, answered, errors, items } = await neighbour.tell('state');
	const most = Math.max(...sizes);
	console.table(table.map(({ median, p99, ...row }) => ({ ...row, median: median.toFixed(1), p99: p99.toFixed(1) })));
	console.log(`the neighbour sent ${sent} calls and had ${answered} answers, errors`, errors, 'items', items, gone ?? '');
	console.log(`memory: ${megabytes(before)} before, at most ${megabytes(most)}`);
	const slow = table.filter(({ p99 }) => p99 > AIM_MS).map(({ what, method, p99 }) => `${method} (${what}): ${p99.toFixed(0)} ms`);
	console.log(slow.length === 0 ? `all within ${AIM_MS} ms` : `over ${AIM_MS} ms: ${slow.join(', ')}`);

	// Queries beyond the limit of waiting ones were refused, and the rest were answered.
	assert.ok(errors.get(BUSY) > 0, 'nothing was refused');
	for (const { what, method, p99 } of table) assert.ok(p99 <= MOST_MS, `${what}: ${method} took ${p99} ms`);
	assert.ok(most - before < MOST_GROWTH, `from ${megabytes(before)} to ${megabytes(most)}`);
	// The subscription to the chain is up to date.
	assert.ok(behind.length > 0 && behind.every((blocks) => blocks <= FINALITY_LAG), `behind: ${behind}`);
	await neighbour.tell('leave');
	// The runtime logs this for a transaction that cannot be decoded, but the node must not.
	assert.doesNotMatch(node.log(), /^Thread '.*' panicked/m);
});
