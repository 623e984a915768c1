import assert from 'node:assert/strict';
import { submit } from './chain.mjs';
import { Chronicle } from './chronicle.mjs';
import { ERA_SECONDS, activeEra } from './eras.mjs';
import { Replay } from './replay.mjs';
import { waitFor } from './wait.mjs';

/** A chain, and a ledger that records every action on it. */
export class Stage {
	constructor(api, ledger) {
		this.api = api;
		this.ledger = ledger;
		this.replay = new Replay(api, ledger);
		this.chronicle = new Chronicle(api, (block) => this.replay.apply(block));
	}

	/** Sends calls, several in one batch. Returns their events and their block, which the ledger has applied. */
	async send(signer, calls) {
		const call = calls.length === 1 ? calls[0] : this.api.tx.utility.batchAll(calls);
		const { block, events } = await submit(this.api, signer, call);
		return { events, block: await this.chronicle.block(block) };
	}

	/** Sends a call that the chain has to refuse for this reason. */
	refused(signer, call, why) {
		return assert.rejects(submit(this.api, signer, call), why);
	}

	/** Waits until an era has begun, or another condition that the ledger knows of is met. */
	async until(what, eras, condition) {
		await waitFor(what, eras * ERA_SECONDS, async () => {
			await this.chronicle.catchUp();
			return condition();
		});
	}

	async eraBegins(era) {
		await this.chronicle.catchUp();
		await this.until(`era ${era}`, Math.max(1, era - this.ledger.era + 1), () => this.ledger.era >= era);
	}

	/** Waits until there are `count` events of a type that meet a condition, and returns the last of them. */
	event(what, eras, type, { condition, count = 1 } = {}) {
		return this.chronicle.waitFor(what, eras * ERA_SECONDS, type, condition, count);
	}

	at({ hash }) {
		return this.api.at(hash);
	}

	async eraOf(block) {
		return activeEra(await this.at(block));
	}

	/** By how much a value that `read` finds in the state grew in a block. */
	async growth(block, read) {
		const { before, after } = await this.chronicle.around(block);
		return (await read(after)) - (await read(before));
	}

	/** Checks that the chain and the ledger agree on everything now. */
	async audit() {
		await this.chronicle.catchUp();
		await this.replay.audit(this.chronicle.last);
	}
}
