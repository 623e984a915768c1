// Many clients of one node, in a separate thread, so that they do not slow down the measurements. Messages control
// them: `{ what, ... }`, each answered once when it is done.
import { parentPort } from 'node:worker_threads';
import { performance } from 'node:perf_hooks';
import { Wire } from './wire.mjs';

const wires = [];
/** The errors of answers by code, and those that ended subscriptions by code. */
const [errors, ended] = [new Map(), new Map()];
/** The number of items by notification. */
const items = new Map();
let answers = 0;
let asking = false;
let loops = [];

const count = (map, key) => map.set(key, (map.get(key) ?? 0) + 1);

function take(method, { error }) {
	if (error) count(ended, error.code);
	else count(items, method);
}

async function ask(wire, questions, start) {
	for (let i = start; asking && !wire.gone; i++) {
		const [method, params] = questions[i % questions.length];
		const { error } = await wire.ask(method, params);
		answers += 1;
		if (error) count(errors, error.code);
	}
}

const deeds = {
	async connect({ url, connections }) {
		while (wires.length < connections) {
			const wire = await Wire.open(url);
			wire.onItem = take;
			wires.push(wire);
		}
	},

	/** Every connection makes one query after another, from now until `rest`. */
	async ask({ questions }) {
		asking = true;
		loops = wires.map((wire, i) => ask(wire, questions, i));
	},

	async rest() {
		asking = false;
		await Promise.all(loops);
		return { answers, errors };
	},

	/**
	 * Shares `count` subscriptions among the connections. `deaf` of them then read no more, after they have asked for
	 * more than the buffers between them and the node can hold.
	 */
	async subscribe({ subscriptions, count: all, deaf, stuffing }) {
		const refused = new Map();
		const subscribing = Array.from({ length: all }, async (_, i) => {
			const [method, params] = subscriptions[i % subscriptions.length];
			const { error } = await wires[i % wires.length].ask(method, params);
			if (error) count(refused, error.code);
		});
		await Promise.all(subscribing);
		for (const wire of wires.slice(0, deaf)) wire.stuff(stuffing);
		return { refused };
	},

	async state() {
		const gone = wires.filter((wire) => wire.gone).map((wire) => wire.gone);
		return { gone, items, ended, busy: performance.eventLoopUtilization().utilization };
	},

	async leave() {
		for (const wire of wires) wire.close();
	},
};

parentPort.on('message', async ({ what, ...how }) => {
	try {
		parentPort.postMessage({ done: await deeds[what](how) });
	} catch (error) {
		parentPort.postMessage({ failed: error.message });
	}
});
