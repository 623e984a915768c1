import assert from 'node:assert/strict';
import { waitFor } from './wait.mjs';

/** All finalized blocks of a chain in order, with their events. */
export class Chronicle {
	blocks = [];
	#api;
	#onBlock;
	#reading;

	/** Calls `onBlock` with each block, in order. */
	constructor(api, onBlock = () => {}) {
		this.#api = api;
		this.#onBlock = onBlock;
	}

	/** The last block that was read: `{ number, hash, parent, events: [{ event, phase }] }`. */
	get last() {
		return this.blocks.at(-1);
	}

	/** Reads the blocks that were finalized since the last time. */
	catchUp() {
		this.#reading ??= this.#read().finally(() => (this.#reading = undefined));
		return this.#reading;
	}

	/** The block of this hash, which is final. */
	async block(hash) {
		const find = () => this.blocks.find((block) => block.hash === hash);
		// A read that is already running may end before this block.
		for (let turn = 0; turn < 2 && !find(); turn++) await this.catchUp();
		return find() ?? assert.fail(`block ${hash} is not final`);
	}

	async #read() {
		const { chain } = this.#api.rpc;
		const head = (await chain.getHeader(await chain.getFinalizedHead())).number.toNumber();
		for (let number = (this.last?.number ?? 0) + 1; number <= head; number++) {
			const hash = (await chain.getBlockHash(number)).toHex();
			const events = [...(await (await this.#api.at(hash)).query.system.events())];
			const parent = this.last?.hash ?? this.#api.genesisHash.toHex();
			const block = { number, hash, parent, events };
			await this.#onBlock(block);
			this.blocks.push(block);
		}
	}

	/** The events of a type that meet `condition`, in order, each with its block: `{ data, phase, block }`. */
	all(type, condition = () => true) {
		return this.blocks.flatMap((block) =>
			block.events
				.filter(({ event }) => type.is(event) && condition(event.data))
				.map(({ event: { data }, phase }) => ({ data, phase, block })),
		);
	}

	/** Waits until there are `count` such events, and returns the last of them. */
	waitFor(what, seconds, type, condition, count = 1) {
		return waitFor(what, seconds, async () => {
			await this.catchUp();
			return this.all(type, condition)[count - 1];
		});
	}

	/** The state before a block, and after it. */
	async around({ parent, hash }) {
		return { before: await this.#api.at(parent), after: await this.#api.at(hash) };
	}
}
