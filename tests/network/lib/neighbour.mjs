// One hostile connection, in a separate thread, so that it does not slow down the measurements. Messages control it:
// `{ what, ... }`, each answered once when it is done.
import { parentPort } from 'node:worker_threads';
import { setTimeout as sleep } from 'node:timers/promises';
import WebSocket from 'ws';

const PAUSE_MS = 20;
/** The time limit for the answers to a flood. After it the next flood is sent. */
const PATIENCE_MS = 2_000;

let socket;
let gone;
let lastId = 0;
let [sent, answered] = [0, 0];
/** The errors of answers, by code. */
const errors = new Map();
/** The number of notifications, by method. */
const items = new Map();
const waiting = new Map();

const count = (map, key) => map.set(key, (map.get(key) ?? 0) + 1);

function take(message) {
	if (message.method) return count(items, message.method);
	for (const { id, error, result } of [message].flat()) {
		answered += 1;
		if (error) count(errors, error.code);
		waiting.get(id)?.({ error, result });
		waiting.delete(id);
	}
}

function text(method, params) {
	return `{"jsonrpc":"2.0","id":${(lastId += 1)},"method":"${method}","params":${JSON.stringify(params)}}`;
}

function send(data, calls = 1) {
	sent += calls;
	socket.send(data);
}

function ask(method, params) {
	const request = text(method, params);
	return new Promise((resolve) => {
		waiting.set(lastId, resolve);
		send(request);
	});
}

/** Sends this many calls at once. Then it waits for the answers to earlier calls, with a time limit. */
async function flood(questions, length) {
	const before = sent;
	for (let i = 0; i < length && !gone; i++) send(text(...questions[i % questions.length]));
	const until = Date.now() + PATIENCE_MS;
	while (answered < before && Date.now() < until && !gone) await sleep(PAUSE_MS);
}

const deeds = {
	async connect({ url }) {
		socket = new WebSocket(url, { perMessageDeflate: false, maxPayload: 2 ** 28 });
		socket.on('message', (data) => take(JSON.parse(data)));
		socket.on('close', (code) => {
			gone = `closed, ${code}`;
			for (const settle of waiting.values()) settle({ error: { code: gone } });
		});
		socket.on('error', (error) => (gone = error.message));
		await new Promise((resolve, reject) => socket.once('open', resolve).once('error', reject));
	},

	/** Subscribes this many times. Returns how many were accepted, and by code how many were refused. */
	async subscribe({ subscriptions, times }) {
		const refused = new Map();
		const each = Array.from({ length: times }, (_, i) => ask(...subscriptions[i % subscriptions.length]));
		let taken = 0;
		for (const { error } of await Promise.all(each)) {
			if (error) count(refused, error.code);
			else taken += 1;
		}
		return { taken, refused };
	},

	/** Floods the node with queries and batches of queries, for some time. */
	async flood({ questions, length, seconds }) {
		const until = Date.now() + seconds * 1000;
		while (Date.now() < until && !gone) {
			await flood(questions, length);
			const batch = questions.map((question) => text(...question));
			send(`[${batch.join(',')}]`, batch.length);
		}
	},

	/** Follows the head as light clients do, and starts as many operations as it may, for some time. */
	async operate({ method, params, seconds }) {
		const { result: follow } = await ask('chainHead_v1_follow', [true]);
		const { result: hash } = await ask('chain_getFinalizedHead', []);
		const until = Date.now() + seconds * 1000;
		let began = 0;
		while (Date.now() < until && !gone) {
			const each = Array.from({ length: 32 }, () => ask(method, [follow, hash, ...params]));
			for (const { result } of await Promise.all(each)) began += result?.result === 'started' ? 1 : 0;
		}
		return { began };
	},

	/** Asks for the longest answers and does not read them, for some time. Then it reads again. */
	async stuff({ question, times, seconds }) {
		socket.pause();
		for (let i = 0; i < times; i++) send(text(...question));
		await sleep(seconds * 1000);
		socket.resume();
	},

	async state() {
		return { gone, sent, answered, errors, items };
	},

	async leave() {
		socket.terminate();
	},
};

parentPort.on('message', async ({ what, ...how }) => {
	try {
		parentPort.postMessage({ done: await deeds[what](how) });
	} catch (error) {
		parentPort.postMessage({ failed: error.message });
	}
});
