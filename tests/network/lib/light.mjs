import { execFileSync } from 'node:child_process';
import { appendFileSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { Worker, isMainThread, workerData } from 'node:worker_threads';
import { start } from 'smoldot';
import { run } from 'smoldot/worker';
import { BINARY } from './binary.mjs';

// A thread of its own for each client, to be ended: a client that is stopped leaves timers, for which a process waits.
if (!isMainThread) run(workerData);

const ANSWER_SECONDS = 60;
/** smoldot's requests and what came of them, but not every packet. */
const LOG_LEVEL = 4;
/** Finalized blocks that can be read; smoldot ends the subscription of who keeps too many. */
const KEPT_BLOCKS = 16;
/** How long to ask again where no proof was had: a node can be some blocks behind, or not have said that it is not. */
const INSIST_SECONDS = 5;
const RETRY_MS = 250;
const INACCESSIBLE = 'no node gave a proof that holds';

/** The raw spec of chain `local`. */
export function rawSpec() {
	const options = { stdio: ['ignore', 'pipe', 'ignore'], maxBuffer: 2 ** 26 };
	return JSON.parse(execFileSync(BINARY, ['export-chain-spec', '--chain', 'local', '--raw'], options));
}

/**
 * smoldot, in this process. It is given a chain spec and nothing else: what it says of the chain it asked of nodes, by
 * their network and not their RPC, and checked.
 */
export class LightClient {
	#worker;
	#client;
	#chain;
	#requests = 0;
	/** By id: who waits for an answer. */
	#answers = new Map();
	/** By id: what goes on after the answer to its start. */
	#operations = new Map();
	#subscription;
	#finalized = [];

	/** `isWebPage` leaves it only the connections that a web page can open: not plain TCP. */
	constructor({ name, folder, isWebPage }) {
		this.name = name;
		this.logFile = join(folder, `${name}.log`);
		const began = performance.now();
		const { port1, port2 } = new MessageChannel();
		this.#worker = new Worker(new URL(import.meta.url), { workerData: port2, transferList: [port2] });
		this.#client = start({
			portToWorker: port1,
			forbidTcp: isWebPage,
			maxLogLevel: LOG_LEVEL,
			logCallback: (level, target, message) => {
				const seconds = ((performance.now() - began) / 1000).toFixed(3);
				appendFileSync(this.logFile, `${seconds} ${level} ${target} ${message}\n`);
			},
		});
	}

	/** Begins to sync; `bootnode` is the only address it knows. */
	async start(spec, bootnode) {
		this.#chain = await this.#client.addChain({ chainSpec: JSON.stringify({ ...spec, bootNodes: [bootnode] }) });
		this.#listen();
		await this.#follow();
	}

	async stop() {
		await this.#client.terminate();
		await this.#worker.terminate();
	}

	log() {
		return readFileSync(this.logFile, 'utf8');
	}

	/** The last block it takes for final, none while it has not synced. */
	get finalizedHash() {
		return this.#finalized.at(-1);
	}

	/** The encoded header of a block. */
	header(hash) {
		return this.#request('chainHead_v1_header', this.#subscription, hash);
	}

	/** What is stored under a key after a block, null where nothing is. */
	async storage(hash, key) {
		const items = await this.#operate('chainHead_v1_storage', hash, [{ key, type: 'value' }], null);
		return items.find((item) => item.key === key)?.value ?? null;
	}

	/** What a function of the runtime returns after a block. */
	call(hash, name, parameters) {
		return this.#operate('chainHead_v1_call', hash, name, parameters);
	}

	async #follow() {
		this.#finalized = [];
		this.#subscription = await this.#request('chainHead_v1_follow', true);
	}

	async #listen() {
		// Ends with an error when the client is stopped.
		try {
			for await (const text of this.#chain.jsonRpcResponses) this.#told(JSON.parse(text));
		} catch (error) {
			if (error.name !== 'AlreadyDestroyedError') throw error;
		}
	}

	#told({ id, result, error, params }) {
		if (id !== undefined) {
			const { resolve, reject } = this.#answers.get(id);
			this.#answers.delete(id);
			if (error) reject(new Error(error.message));
			else resolve(result);
		} else {
			this.#happened(params.result);
		}
	}

	#happened({ event, finalizedBlockHashes, prunedBlockHashes = [], operationId, items, output, error }) {
		switch (event) {
			case 'initialized':
			case 'finalized': {
				this.#finalized.push(...finalizedBlockHashes);
				const old = [...prunedBlockHashes, ...this.#finalized.splice(0, this.#finalized.length - KEPT_BLOCKS)];
				if (old.length > 0) this.#request('chainHead_v1_unpin', this.#subscription, old).catch(() => {});
				break;
			}
			case 'operationStorageItems':
				this.#operation(operationId).items.push(...items);
				break;
			case 'operationStorageDone':
				this.#operation(operationId).resolve(this.#operation(operationId).items);
				break;
			case 'operationCallDone':
				this.#operation(operationId).resolve(output);
				break;
			case 'operationError':
			case 'operationInaccessible':
				this.#operation(operationId).reject(new Error(error ?? INACCESSIBLE));
				break;
			case 'stop':
				// It fell behind, or left out blocks: what it follows begins anew.
				this.#follow().catch(() => {});
		}
	}

	#request(method, ...params) {
		const id = String(++this.#requests);
		const answer = within(ANSWER_SECONDS, method);
		this.#answers.set(id, answer);
		this.#chain.sendJsonRpc(JSON.stringify({ jsonrpc: '2.0', id, method, params }));
		return answer.promise;
	}

	async #operate(method, hash, ...params) {
		const deadline = Date.now() + INSIST_SECONDS * 1000;
		for (;;) {
			const { result, operationId } = await this.#request(method, this.#subscription, hash, ...params);
			if (result !== 'started') throw new Error(`${method}: ${result}`);
			try {
				return await this.#operation(operationId).promise;
			} catch (error) {
				if (error.message !== INACCESSIBLE || Date.now() > deadline) throw error;
			}
			await sleep(RETRY_MS);
		}
	}

	#operation(id) {
		if (!this.#operations.has(id)) this.#operations.set(id, { ...within(ANSWER_SECONDS, 'an operation'), items: [] });
		return this.#operations.get(id);
	}
}

/** A promise to keep from outside, in time. */
function within(seconds, what) {
	const settle = {};
	settle.promise = new Promise((resolve, reject) => {
		const timer = setTimeout(() => reject(new Error(`${what}: no answer in ${seconds} s`)), seconds * 1000);
		const ending = (end) => (value) => {
			clearTimeout(timer);
			end(value);
		};
		Object.assign(settle, { resolve: ending(resolve), reject: ending(reject) });
	});
	return settle;
}
