import WebSocket from 'ws';

// The node's error codes, see docs/json-rpc.md.
export const UNKNOWN_METHOD = -32601;
export const STATE_PRUNED = 20002;
export const BUSY = 20005;

/** The time limit of an answer. The node itself answers `Busy` after ten seconds of waiting. */
const PATIENCE_MS = 60_000;

/** A plain WebSocket to a node, which neither checks what it sends nor hides what comes. */
export class Wire {
	#socket;
	#asked = new Map();
	#strays = new Set();
	#lastId = 0;
	/** Called with every notification: its method and its params. */
	onItem = () => {};
	/** Why the connection was lost, if it was. */
	gone;

	static open(url) {
		return new Promise((resolve, reject) => {
			const wire = new Wire();
			wire.#socket = new WebSocket(url, { perMessageDeflate: false, maxPayload: 2 ** 28 });
			wire.#socket.once('open', () => resolve(wire));
			wire.#socket.on('message', (message) => wire.#take(JSON.parse(message)));
			const end = (why) => {
				wire.gone ??= why;
				reject(new Error(why));
				for (const { fail } of [...wire.#asked.values(), ...wire.#strays]) fail(new Error(`the connection is gone: ${wire.gone}`));
			};
			wire.#socket.once('error', (error) => end(error.message));
			wire.#socket.once('close', (code, reason) => end(`closed, ${code} ${reason}`));
		});
	}

	#take(message) {
		if (message.method) return this.onItem(message.method, message.params);
		const [stray] = this.#strays;
		(this.#asked.get(message.id) ?? stray)?.answer(message);
	}

	#wait(keep, drop) {
		return new Promise((resolve, reject) => {
			const timer = setTimeout(() => fail(new Error(`no answer within ${PATIENCE_MS / 1000} s`)), PATIENCE_MS);
			const settle = (how) => (what) => {
				clearTimeout(timer);
				drop();
				how(what);
			};
			const [answer, fail] = [settle(resolve), settle(reject)];
			keep({ answer, fail });
		});
	}

	/** Calls a method with parameters in JSON text. Resolves with `result` or `error`. */
	ask(method, params = '[]') {
		const id = ++this.#lastId;
		const waiting = this.#wait((entry) => this.#asked.set(id, entry), () => this.#asked.delete(id));
		this.send(`{"jsonrpc":"2.0","id":${id},"method":${JSON.stringify(method)},"params":${params}}`);
		return waiting;
	}

	/** Like `ask`, but throws the node's error. */
	async call(method, ...params) {
		const { result, error } = await this.ask(method, JSON.stringify(params));
		if (error) throw Object.assign(new Error(`${method}: ${error.message}`), { code: error.code });
		return result;
	}

	/** Sends any text. Its answer is the next one without a known id. */
	askAnything(data) {
		let entry;
		const waiting = this.#wait((it) => this.#strays.add((entry = it)), () => this.#strays.delete(entry));
		this.send(data);
		return waiting;
	}

	send(data) {
		this.#socket.send(data);
	}

	/** Requests the longest answer a number of times and stops reading, so that the node has to keep the answers. */
	stuff(times) {
		this.#socket.pause();
		for (let i = 0; i < times; i++) this.send('{"jsonrpc":"2.0","id":"stuffing","method":"rpc.discover"}');
	}

	/** Resumes reading. */
	resume() {
		this.#socket.resume();
	}

	close() {
		this.#socket.terminate();
	}
}
