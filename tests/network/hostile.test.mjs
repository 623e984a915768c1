// Hostile clients: whatever they send and however many they are, they get an error with a code, and their validator
// keeps making blocks.
import assert from 'node:assert/strict';
import { after } from 'node:test';
import { setTimeout as sleep } from 'node:timers/promises';
import { Worker } from 'node:worker_threads';
import { UNIT, account, connect, submit } from './lib/chain.mjs';
import { attempts, parameters } from './lib/malformed.mjs';
import { NATIVE, WAD } from './lib/services.mjs';
import { record } from './lib/slots.mjs';
import { storyteller } from './lib/story.mjs';
import { waitFor } from './lib/wait.mjs';
import { BUSY, STATE_PRUNED, UNKNOWN_METHOD, Wire } from './lib/wire.mjs';

const MEGABYTE = 2 ** 20;
/** The longest request, and the longest answer. */
const LONGEST = 15 * MEGABYTE;

const PARSE_ERROR = -32700;
const INVALID_REQUEST = -32600;
const INVALID_PARAMS = -32602;
const REQUEST_TOO_BIG = -32007;
const BATCH_TOO_LONG = -32010;
const UNKNOWN_BLOCK = 20001;
const NOT_FINAL = 20004;

/** A module of WASM that imports nothing, and whose `Core_version` never ends: `(loop $again (br $again))`. */
const ENDLESS =
	'0x0061736d0100000001070160027f7f017e0302010004040170000105030100140607017f004180080b074304066d656d6f727902000b5f5f686561' +
	'705f626173650300195f5f696e6469726563745f66756e6374696f6e5f7461626c6501000c436f72655f76657273696f6e00000a0b01090003400c00' +
	'0b42000b';

const MOST = 100;
/** The number of states that the node keeps that is asked for older ones. */
const STATES = 32;

const CONNECTIONS = 200;
const ASKING_SECONDS = 30;
const SUBSCRIPTIONS = 2_000;
const SUBSCRIBED_SECONDS = 40;
/** The number of connections that never read, and how often each asks for an answer of a tenth of a megabyte first. */
const DEAF = 20;
const STUFFING = 80;
const MOST_GROWTH = 512 * MEGABYTE;
/** The maximum number of blocks from the last final one to the best. */
const FINALITY_LAG = 10;

const [alice, eve, ferdie] = ['//Alice', '//Eve', '//Ferdie'].map(account);
const [service, restaker, nobody] = ['//Eve//stash', '//Ferdie//stash', '//Nobody'].map(account);
const SET = { avs: 0, index: 0 };

let api, wire, outside, document;
after(async () => {
	wire?.close();
	outside?.close();
	await api?.disconnect();
});

const { network, story } = storyteller();

story('four validators that take many connections start, and a node as one opens it to strangers', async () => {
	await network.start([], ['--rpc-max-connections', String(CONNECTIONS + 50)]);
	const node = await network.join('outside', [
		...['--state-pruning', String(STATES), '--rpc-methods', 'safe', '--name', 'outside'],
	]);
	// Nobody attacks Bob's node, so it shows what becomes of Alice.
	api = await connect(network.node('bob'));
	[wire, outside] = [await Wire.open(network.node('alice').url), await Wire.open(node.url)];
	document = await wire.call('rpc.discover');
	// Strangers are refused the owner's methods, whatever the parameters: see below.
	document.methods = document.methods.filter((method) => !method['x-owner']);
	assert.ok(document.methods.length > 30);
});

story('a service with a member, and accounts with positions', async () => {
	const { avsRegistry, operatorDelegation, restaking, utility } = api.tx;
	const operators = ['//Alice', '//Bob', '//Charlie', '//Dave'].map((uri) => account(uri).address);
	const stake = (who) => {
		const calls = operators.map((operator) => operatorDelegation.stake(operator, 100n * UNIT, 0));
		return submit(api, who, utility.batchAll(calls));
	};
	const open = [
		avsRegistry.register('A service under attack', 'https://service.example'),
		avsRegistry.createSet(SET.avs, [[NATIVE, 1]], 'Open', 0, service.address, 'Burn'),
		avsRegistry.addCondition(SET, 'the service was not served', WAD / 2n, 1, null),
	];
	await Promise.all([
		submit(api, service, utility.batchAll(open)),
		submit(api, restaker, restaking.restake(alice.address, NATIVE, 1_000n * UNIT, 0)),
		stake(eve),
		stake(ferdie),
	]);
	await submit(api, alice, utility.batchAll([restaking.allocate(NATIVE, SET, WAD), avsRegistry.join(SET)]));
	const { value } = await wire.call('avs_members', SET);
	assert.deepEqual(value.items.map(({ operator }) => operator), [alice.address]);
});

/** Ends a subscription. The server may need a moment after a subscription began before it can end it. */
function unsubscribed(unsubscribe, id) {
	return waitFor(unsubscribe, 10, () => wire.call(unsubscribe, id));
}

/** The error in the reply to a valid request, if there is one. */
function objection(method, reply) {
	if (method['x-subscription']) return typeof reply === 'string' ? undefined : 'no id of a subscription';
	if (!/^0x[0-9a-f]{64}$/.test(reply.at)) return 'no block';
	if ((reply.value?.items ?? reply.value ?? []).length > MOST) return 'a page too long';
}

story('whatever the parameters, every method has an answer or says what is wrong with them', async () => {
	let count = 0;
	for (const method of document.methods) {
		for (const { what, params, right, unknownBlock } of attempts(document, method)) {
			const { result, error } = await wire.ask(method.name, params);
			const expected = unknownBlock ? UNKNOWN_BLOCK : right ? undefined : INVALID_PARAMS;
			const said = `${method.name}, ${what}: ${JSON.stringify(error ?? result).slice(0, 200)}`;
			assert.equal(error?.code, expected, said);
			if (result) assert.equal(objection(method, result), undefined, said);
			const { unsubscribe } = method['x-subscription'] ?? {};
			if (result && unsubscribe) await unsubscribed(unsubscribe, result);
			count += 1;
		}
	}
	assert.ok(count > 5_000, `${count} attempts`);
	console.log(`${count} attempts on ${document.methods.length} methods`);
});

story('nor does it matter what is no subscription, no method, no request, or no JSON', async () => {
	for (const { 'x-subscription': subscription } of document.methods.filter((method) => method['x-subscription'])) {
		for (const params of ['[]', '["x"]', '[5]', '[null]', '{}', '[[]]', `["${'a'.repeat(MEGABYTE)}"]`]) {
			assert.equal((await wire.ask(subscription.unsubscribe, params)).result, false);
		}
	}
	for (const name of ['', 'staking_', 'staking_none', 'rpc.', '\u0000', 'a'.repeat(MEGABYTE)]) {
		assert.equal((await wire.ask(name)).error.code, UNKNOWN_METHOD, name.slice(0, 20));
	}
	const request = (rest) => `{"jsonrpc":"2.0","id":"own",${rest}}`;
	const broken = Buffer.from(request('"method":"staking_validator","params":["?"]'));
	broken[broken.indexOf('?')] = 0xff;
	for (const [code, data] of [
		[PARSE_ERROR, ''],
		[PARSE_ERROR, ' '],
		[PARSE_ERROR, 'hello'],
		[PARSE_ERROR, '7'],
		[PARSE_ERROR, '{}'],
		[PARSE_ERROR, '{"jsonrpc":"2.0","id":1,"method":"staking_era"'],
		[PARSE_ERROR, Buffer.from([0xff, 0xfe, 0x00])],
		[PARSE_ERROR, '{"a":'.repeat(100_000)],
		[INVALID_REQUEST, '[]'],
		[INVALID_REQUEST, '{"id":"own","method":"staking_era"}'],
		[INVALID_REQUEST, '{"jsonrpc":"1.0","id":"own","method":"staking_era"}'],
		[INVALID_REQUEST, request('"method":7')],
		[INVALID_REQUEST, broken],
		[BATCH_TOO_LONG, `[${'7,'.repeat(300_000)}7]`],
	]) {
		const { error } = await wire.askAnything(data);
		assert.equal(error.code, code, String(data).slice(0, 60));
	}
	const batch = await wire.askAnything(`[${request('"method":"staking_era"')},7,${request('"method":"staking_none"')}]`);
	assert.deepEqual(batch.map(({ error }) => error?.code), [undefined, INVALID_REQUEST, UNKNOWN_METHOD]);
});

story('code that is given to a dry run is not run', async () => {
	const dryRun = (call) => {
		const spec = api.createType('u32', api.runtimeVersion.specVersion).toHex(true).slice(2);
		const who = Buffer.from(alice.publicKey).toString('hex');
		return wire.call('state_call', 'CallsApi_dry_run', `0x${who}${call.method.toHex().slice(2)}${spec}`);
	};
	// Alice has the sudo key, and a dry run needs no signature. The code has no version section, so reading its version
	// would run it.
	const { sudo, system } = api.tx;
	for (let times = 0; times < 4; times++) await dryRun(sudo.sudo(system.setCode(ENDLESS)));
	assert.match(await dryRun(system.remark('0x00')), /^0x/);
});

story('a request of the longest length is answered, and a longer one refused', async () => {
	const padded = (method, length) => {
		const request = `{"jsonrpc":"2.0","id":"own","method":"${method}"`;
		return `${request}${' '.repeat(length - request.length - 1)}}`;
	};
	const text = (length) => `{"text":"${'a'.repeat(length - 200)}"}`;
	for (const method of ['staking_era', 'slashing_pending', 'avs_search']) {
		assert.ok((await wire.askAnything(padded(method, LONGEST))).result, method);
		assert.equal((await wire.askAnything(padded(method, LONGEST + 1))).error.code, REQUEST_TOO_BIG);
	}
	assert.equal((await wire.ask('operators_search', text(LONGEST))).result.value.total, 0);
	assert.equal((await wire.ask('staking_validator', `["${'A'.repeat(LONGEST - 200)}"]`)).error.code, INVALID_PARAMS);
	// No request has closed the connection.
	assert.equal(wire.gone, undefined);
});

story('subscriptions do not begin behind a block that is not final', async () => {
	const subscriptions = document.methods.filter((method) => method['x-subscription']);
	for (const method of subscriptions) {
		const { unsubscribe } = method['x-subscription'];
		// The best block can become final between two requests. Then the next best block is not final.
		await waitFor(`${method.name} to be refused`, 20, async () => {
			const best = await wire.call('chain_getBlockHash');
			const { result, error } = await wire.ask(method.name, parameters(document, method, { from: best }));
			if (result) await unsubscribed(unsubscribe, result);
			else assert.equal(error.code, NOT_FINAL);
			return error;
		});
	}
});

story('every method says so where the state of a block is gone', async () => {
	const node = network.node('outside');
	// A subscription does not read the state of the block that it starts from, so the states of the next blocks have to
	// be gone too.
	const [old, later] = [await outside.call('chain_getBlockHash', 1), await outside.call('chain_getBlockHash', 4)];
	await network.waitFor('the states of the first blocks to go', 90, async () => {
		const { error } = await outside.ask('staking_era', JSON.stringify([later]));
		return error?.code === STATE_PRUNED;
	});
	assert.ok((await node.finalizedNumber()) > STATES);
	const reading = document.methods.filter(({ params }) => params.some(({ name }) => name === 'at'));
	assert.ok(reading.length > 25);
	for (const method of reading) {
		const { error } = await outside.ask(method.name, parameters(document, method, { at: old }));
		assert.equal(error?.code, STATE_PRUNED, method.name);
	}
	for (const method of document.methods.filter((method) => method['x-subscription'])) {
		const items = [];
		outside.onItem = (_, item) => items.push(item);
		const { result, error } = await outside.ask(method.name, parameters(document, method, { from: old }));
		if (error) {
			assert.equal(error.code, STATE_PRUNED, method.name);
			continue;
		}
		// A subscription that needs no state to start fails when it reads the next block.
		await waitFor(`${method.name} to end`, 10, () => items.length > 0);
		assert.equal(items[0].subscription, result);
		assert.equal(items[0].error?.code, STATE_PRUNED, method.name);
	}
});

/** The methods that only a node's owner may call, with parameters that would have an effect. */
const UNSAFE = {
	author_hasKey: ['0x00', 'babe'],
	author_hasSessionKeys: ['0x00'],
	author_insertKey: ['babe', '//Alice', '0x00'],
	author_removeExtrinsic: [[]],
	author_rotateKeys: [],
	author_rotateKeysWithOwner: ['0x00'],
	babe_epochAuthorship: [],
	dev_newBlocks: [1],
	dev_nextEra: [1],
	dev_setTime: [2_000_000_000_000],
	offchain_localStorageClear: ['PERSISTENT', '0x00'],
	offchain_localStorageGet: ['PERSISTENT', '0x00'],
	offchain_localStorageSet: ['PERSISTENT', '0x00', '0x00'],
	state_callRecorded: ['Core_version', '0x', `0x${'00'.repeat(32)}`],
	state_getPairs: ['0x'],
	state_queryStorage: [[], `0x${'00'.repeat(32)}`],
	state_traceBlock: [`0x${'00'.repeat(32)}`, null, null, null],
	system_addLogFilter: ['trace'],
	system_addReservedPeer: ['/ip4/127.0.0.1/tcp/1/p2p/12D3KooWEyoppNCUx8Yx66oV9fJnriXwCcXwDDUA2kj6vnc6iDEp'],
	system_dryRun: ['0x00'],
	system_dryRunAt: ['0x00'],
	system_peers: [],
	system_removeReservedPeer: ['12D3KooWEyoppNCUx8Yx66oV9fJnriXwCcXwDDUA2kj6vnc6iDEp'],
	system_resetLogFilter: [],
	system_unstable_networkState: [],
};

/** The methods of these that refuse with an error code of their own. */
const REFUSALS = { state_callRecorded: 4005, state_getPairs: 4003, state_queryStorage: 4003, state_traceBlock: 4003 };

story('what only its owner may do, a node refuses to others', async () => {
	const { methods } = await outside.call('rpc_methods');
	for (const [method, params] of Object.entries(UNSAFE)) {
		assert.ok(methods.includes(method), method);
		const { result, error } = await outside.ask(method, JSON.stringify(params));
		assert.equal(result, undefined, method);
		assert.match(error.message, /unsafe/i, `${method}: ${JSON.stringify(error)}`);
		assert.equal(error.code, REFUSALS[method] ?? UNKNOWN_METHOD, method);
	}
	// This would subscribe to the whole storage.
	assert.match((await outside.ask('state_subscribeStorage')).error.message, /unsafe/i);
	// Every reading method is open to everyone.
	for (const method of document.methods) {
		assert.ok(methods.includes(method.name), method.name);
		const { error } = await outside.ask(method.name, parameters(document, method));
		assert.equal(error, undefined, `${method.name}: ${error?.message}`);
	}
});

/** A crowd of clients, and the orders that it takes. */
class Crowd {
	#worker = new Worker(new URL('lib/crowd.mjs', import.meta.url));

	tell(what, how) {
		return new Promise((resolve, reject) => {
			this.#worker.once('message', ({ done, failed }) => (failed ? reject(new Error(failed)) : resolve(done)));
			this.#worker.once('error', reject);
			this.#worker.postMessage({ what, ...how });
		});
	}

	end() {
		return this.#worker.terminate();
	}
}

/** Calls `each` at this interval until the returned function ends it. That function throws what failed in `each`. */
function meanwhile(millis, each) {
	let over = false;
	const running = (async () => {
		while (!over) {
			await each();
			await sleep(millis);
		}
	})();
	running.catch(() => {});
	return () => {
		over = true;
		return running;
	};
}

const percentile = (sorted, part) => sorted[Math.min(sorted.length - 1, Math.floor(sorted.length * part))];
const megabytes = (bytes) => `${Math.round(bytes / MEGABYTE)} MB`;

/** The queries that take a node the longest to answer. */
function heavy() {
	const [who, operator] = [eve.address, alice.address];
	const attested = { set: SET, operator, condition: 0, fractions: [{ kind: 'native', fraction: String(WAD / 2n) }] };
	return [
		['operators_positions', { who, most: MOST }],
		['rewards_due', { who, most: MOST }],
		['operators_operator', { operator }],
		['operators_backers', { operator, kind: 'stake', most: MOST }],
		['operators_search', { text: '5', by: 'commission', most: MOST }],
		['avs_search', { text: 'attack', most: MOST }],
		['avs_members', { set: SET, most: MOST }],
		['restaking_memberStakes', { set: SET, most: MOST }],
		['restaking_leastStake', { set: SET, until: 2 ** 32 - 1 }],
		['restaking_entering', { who, operator, kind: 'native', amount: String(UNIT) }],
		['slashing_dryRun', { slash: { attested: { ...attested, capture: 1 } }, who }],
		['slashing_dryRun', { slash: { consensus: { operator, fraction: String(WAD / 2n), capture: 1 } }, who }],
		['staking_validatorReturn', { operator, eras: 2 ** 32 - 1 }],
	].map(([method, params]) => [method, JSON.stringify(params)]);
}

/** All kinds of subscriptions, with all filters. `from` is a final block. */
function following(from) {
	const [who, operator] = [eve.address, alice.address];
	return [
		['slashing_subscribeSlashes', {}],
		['slashing_subscribeSlashes', { operator, avs: 0, who }],
		['slashing_subscribeSlashes', { avs: 2 ** 32 - 1 }],
		['slashing_subscribeSlashes', { who, from }],
		['avs_subscribeMembers', { set: SET }],
		['avs_subscribeMembers', { set: { avs: 9, index: 9 } }],
		['avs_subscribeMembers', { set: SET, from }],
		['operators_subscribePositions', { who }],
		['operators_subscribePositions', { who: ferdie.address }],
		['operators_subscribePositions', { who: operator }],
		['operators_subscribePositions', { who: nobody.address }],
		['operators_subscribePositions', { who, from }],
	].map(([method, params]) => [method, JSON.stringify(params)]);
}

/** Follows Eve's positions. Returns the blocks that had an item, and keeps adding to them. */
async function followEve(wire) {
	const blocks = new Set();
	wire.onItem = (method, { result, error }) => {
		if (method !== 'operators_positionsChanged') return;
		if (error) blocks.error = error;
		else blocks.add(result.at);
	};
	await wire.call('operators_subscribePositions', eve.address);
	return blocks;
}

story('200 connections that ask, 2,000 subscriptions, some of which never read: the validator hardly notices', async () => {
	const [attacked, witness] = [network.node('alice'), network.node('bob')];
	const crowd = new Crowd();
	const ends = [];
	const [follower, sleeper] = [await Wire.open(attacked.url), await Wire.open(attacked.url)];
	try {
		const [seen, seenLate] = [await followEve(follower), await followEve(sleeper)];
		const first = await witness.finalizedNumber();
		const before = attacked.memory;

		const [sizes, lags, times, codes] = [[], [], [], []];
		ends.push(
			meanwhile(500, () => sizes.push(attacked.memory)),
			meanwhile(1_000, async () => {
				const [best, finalized] = await Promise.all([witness.bestNumber(), witness.finalizedNumber()]);
				lags.push(best - finalized);
			}),
			meanwhile(250, async () => {
				const asked = Date.now();
				const { error } = await wire.ask('staking_era');
				times.push(Date.now() - asked);
				codes.push(error?.code);
			}),
		);
		// The blocks with changes in the meantime.
		const changes = [];
		const change = async (who, call) => {
			const { block } = await submit(api, who, call);
			if (who === eve) changes.push(block);
		};
		const { operatorDelegation } = api.tx;
		ends.push(
			meanwhile(0, () => change(eve, operatorDelegation.stake(alice.address, 10n * UNIT, 0))),
			meanwhile(0, () => change(ferdie, operatorDelegation.exit(alice.address, 'Stake', { Value: UNIT }))),
		);

		await crowd.tell('connect', { url: attacked.url, connections: CONNECTIONS });
		await crowd.tell('ask', { questions: heavy() });
		await sleep(ASKING_SECONDS * 1000);
		const { answers, errors } = await crowd.tell('rest');
		const asking = attacked.memory;

		const from = await wire.call('chain_getFinalizedHead');
		sleeper.stuff(STUFFING);
		const subscribing = { subscriptions: following(from), count: SUBSCRIPTIONS, deaf: DEAF, stuffing: STUFFING };
		const { refused } = await crowd.tell('subscribe', subscribing);
		await sleep(SUBSCRIBED_SECONDS * 1000);
		const { gone, items, ended, busy } = await crowd.tell('state');
		for (const end of ends) await end();
		const last = await witness.finalizedNumber();

		const subscribed = attacked.memory;
		const most = Math.max(...sizes);
		const { validators, slots, blocks } = await record(api, first, last);
		times.sort((a, b) => a - b);
		console.log(`memory: ${megabytes(before)}, asked ${megabytes(asking)}, followed ${megabytes(subscribed)}, most ${megabytes(most)}`);
		console.log(`${answers} answers to the crowd, errors`, errors, 'items', items, 'ended', ended, 'gone', gone.length);
		console.log(`another client's ${times.length} calls: ${[0.5, 0.9, 0.99, 1].map((part) => percentile(times, part)).join(', ')} ms`);
		console.log(`${blocks} blocks in ${slots} slots`, Object.fromEntries(validators), `lag at most ${Math.max(...lags)}`);
		console.log(`the crowd's thread was busy for ${Math.round(busy * 100)} %, ${changes.length} changes`);

		// No client was refused a connection, and none was disconnected.
		for (const code of errors.keys()) assert.equal(code, BUSY);
		assert.equal(refused.size, 0, `refused ${[...refused]}`);
		assert.deepEqual(gone, []);
		assert.deepEqual([...ended], []);
		for (const notification of ['slashing_slashes', 'avs_members', 'operators_positionsChanged']) {
			assert.ok(items.get(notification) >= SUBSCRIPTIONS / 6, notification);
		}
		for (const code of codes) assert.ok(code === undefined || code === BUSY, code);
		assert.ok(codes.includes(undefined));
		assert.ok(most - before < MOST_GROWTH, `from ${megabytes(before)} to ${megabytes(most)}`);

		// Blocks continued, and the validator authored its part of them.
		const own = validators.get(alice.address);
		assert.ok(own.kept >= (own.kept + own.empty) / 2, `Alice: ${JSON.stringify(own)}`);
		assert.ok(blocks >= slots / 2, `${blocks} blocks in ${slots} slots`);
		assert.ok(Math.max(...lags) <= FINALITY_LAG, `finality was ${Math.max(...lags)} blocks behind`);

		// A client that reads has heard of all changes. A client that did not read gets them when it does.
		assert.ok(changes.length >= 5, `${changes.length} changes`);
		const all = (blocks) => changes.every((block) => blocks.has(block));
		await waitFor('items of every change', 20, () => all(seen));
		assert.ok(!all(seenLate), 'the sleeper has read');
		sleeper.resume();
		await waitFor('items of every change, late', 60, () => all(seenLate));
		assert.deepEqual([seen.error, seenLate.error], [undefined, undefined]);
	} finally {
		await Promise.allSettled(ends.map((end) => end()));
		await crowd.tell('leave').catch(() => {});
		await crowd.end();
		follower.close();
		sleeper.close();
	}
});

story('when they have left, it answers as before', async () => {
	const node = network.node('alice');
	await network.catchUp(node, network.node('bob'));
	const asked = Date.now();
	assert.equal((await wire.ask('staking_era')).error, undefined);
	console.log(`answered in ${Date.now() - asked} ms, ${megabytes(node.memory)}`);
	assert.ok(!/panicked/.test(node.log()));
});
