import assert from 'node:assert/strict';
import { once } from 'node:events';
import { after, before, test } from 'node:test';
import { setTimeout as sleep } from 'node:timers/promises';
import { WebSocketServer } from 'ws';
import { createMainstayClient } from '../dist/index.js';

const BLOCKS = 300;
const METHODS = ['rpc_methods', 'system_chain', 'slashing_subscribeSlashes', 'slashing_unsubscribeSlashes'];
const hash = (number) => `0x${number.toString(16).padStart(64, '0')}`;

/** Speaks as a node does, whose final blocks up to `BLOCKS` each have an item. */
let server;
/** Subscriptions that are open, and all `from`s that were asked for. */
let open = new Set();
let begun = [];
let sent = 0;

before(async () => {
	server = new WebSocketServer({ host: '127.0.0.1', port: 0 });
	server.on('connection', (socket) => {
		socket.on('message', async (text) => {
			const { id, method, params } = JSON.parse(text);
			const answer = (result) => socket.send(JSON.stringify({ jsonrpc: '2.0', id, result }));
			if (method === 'slashing_unsubscribeSlashes') return answer(open.delete(params[0]));
			if (method === 'rpc_methods') return answer({ methods: METHODS });
			if (method !== 'slashing_subscribeSlashes') return answer(null);
			const subscription = `s${begun.length}`;
			const from = params.from ? Number(BigInt(params.from)) : 0;
			begun.push(from);
			open.add(subscription);
			answer(subscription);
			for (let number = from + 1; number <= BLOCKS && open.has(subscription); number += 1) {
				const result = { at: hash(number), number, changes: [] };
				socket.send(JSON.stringify({ jsonrpc: '2.0', method: 'slashing_slashes', params: { subscription, result } }));
				sent += 1;
				// What the other side says is heard between items.
				await sleep(1);
			}
		});
	});
	await once(server, 'listening');
});
after(() => {
	for (const socket of server.clients) socket.terminate();
	server.close();
});

test('rpc 6: for a reader that does not read, a bounded number of items waits, and none is lost', async () => {
	const client = createMainstayClient(`ws://127.0.0.1:${server.address().port}`);
	try {
		const items = client.slashing.subscribeSlashes({}, { maxWaiting: 20 });
		while (sent === 0 || open.size > 0) await sleep(10);
		const early = sent;
		assert.ok(early >= 20 && early < 100, `${early} items were sent before the node was asked to stop`);
		await sleep(200);
		assert.equal(sent, early, 'nothing more comes while nobody reads');

		const numbers = [];
		for await (const { number } of items) {
			numbers.push(number);
			if (number === BLOCKS) break;
		}
		assert.deepEqual(numbers, Array.from({ length: BLOCKS }, (_, index) => index + 1));
		// It went on behind the last item that came, each time.
		assert.deepEqual(begun.slice(0, 2), [0, 20]);
	} finally {
		client.destroy();
	}
});
