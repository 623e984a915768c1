import { MainstayError, createMainstayClient } from '../../../clients/typescript/dist/index.js';

export { MainstayError };

const ANSWER_MS = 20_000;

/** The TypeScript client of a node, called by the names of the JSON-RPC methods. */
export class Client {
	/** The methods that any client has called. */
	static asked = new Set();
	/** How often the connection was made, and how often it was lost. */
	connected = 0;
	lost = 0;
	#client;

	constructor({ url }) {
		const onStatusChanged = ({ type }) => {
			if (type === 'CONNECTED') this.connected += 1;
			if (type === 'ERROR') this.lost += 1;
		};
		this.#client = createMainstayClient(url, { onStatusChanged });
	}

	#method(method) {
		Client.asked.add(method);
		const [namespace, name] = method.split('_');
		return this.#client[namespace][name];
	}

	/** `{ at, value }`. */
	ask(method, params) {
		return this.#method(method)(params, { signal: AbortSignal.timeout(ANSWER_MS) });
	}

	follow(method, params) {
		return new Following(this.#method(method)(params));
	}

	destroy() {
		this.#client.destroy();
	}
}

/** Reads a subscription continuously. */
class Following {
	items = [];
	/** The error with which it ended, if it was not stopped. */
	failed;
	#subscription;

	constructor(subscription) {
		this.#subscription = subscription;
		this.ended = this.#read();
	}

	async #read() {
		try {
			for await (const item of this.#subscription) this.items.push(item);
		} catch (error) {
			this.failed = error;
		}
	}

	/** The items from one block on. */
	since(number) {
		return this.items.filter((item) => item.number >= number);
	}

	stop() {
		this.#subscription.unsubscribe();
		return this.ended;
	}
}
