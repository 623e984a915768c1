import { execFileSync } from 'node:child_process';
import { appendFileSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { Worker, isMainThread, workerData } from 'node:worker_threads';
import { start } from 'smoldot';
import { run } from 'smoldot/worker';
import { BINARY } from './binary.mjs';

// Each client has a thread that can be ended, because a stopped client leaves timers for which a process would wait.
if (!isMainThread) run(workerData);

const ANSWER_SECONDS = 60;
/** A level that logs smoldot's requests and their results, but not every packet. */
const LOG_LEVEL = 4;
/** How many finalized blocks stay pinned. smoldot ends a subscription that pins too many. */
const KEPT_BLOCKS = 16;
/**
 * How long to repeat a request without a valid proof: a node can be some blocks behind, or not have announced yet that
 * it is not.
 */
const INSIST_SECONDS = 5;
const RETRY_MS = 250;
const INACCESSIBLE = 'no node gave a proof that holds';

/** The raw spec of chain `local`. */
export function rawSpec() {
	const options = { stdio: ['ignore', 'pipe', 'ignore'], maxBuffer: 2 ** 26 };
	return JSON.parse(execFileSync(BINARY, ['export-chain-spec', '--chain', 'local', '--raw'], options));
}

/**
 * smoldot, in this process. It knows nothing but a chain spec. It reads the chain from nodes, by their peer-to-peer
 * network and not their RPC, and verifies it.
 */
export class LightClient {
	#worker;
	#client;
	#chain;
	#requests = 0;
	/** The waiting callers, by request id. */
	#answers = new Map();
	/** The operations that go on after their start was answered, by id. */
	#operations = new Map();
	#subscription;
	#finalized = [];

	/** `isWebPage` restricts it to connections that a web page can open, which excludes plain TCP. */
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

	/** Starts to sync. `bootnode` is the only address that it knows. */
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

	/** The last block that it takes for final, or none before it has synced. */
	get finalizedHash() {
		return this.#finalized.at(-1);
	}

	/** The encoded header of a block. */
	header(hash) {
		return this.#request('chainHead_v1_header', this.#subscription, hash);
	}

	/** The value under a key after a block, or null if there is none. */
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
		// The loop ends with an error when the client is stopped.
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
				// The client fell behind, or skipped blocks, so the subscription starts again.
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

/** A promise that is settled from outside, with a time limit. */
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
