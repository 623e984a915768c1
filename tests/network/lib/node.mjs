import { spawn } from 'node:child_process';
import { closeSync, openSync, readFileSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import { base58Encode, ed25519PairFromSeed } from '@polkadot/util-crypto';
import { BINARY } from './binary.mjs';
import { call } from './rpc.mjs';
import { waitFor } from './wait.mjs';

const START_SECONDS = 120;
const STOP_SECONDS = 20;

// A protobuf message {type: ed25519, key} inside an identity multihash: the form of a peer id for such a short key.
const PEER_ID_PREFIX = [0x00, 0x24, 0x08, 0x01, 0x12, 0x20];

function peerId(key) {
	const { publicKey } = ed25519PairFromSeed(Buffer.from(key, 'hex'));
	return base58Encode(Uint8Array.from([...PEER_ID_PREFIX, ...publicKey]));
}

/** One node as a process, which can be killed and restarted on the same data. */
export class Node {
	#process;
	#ended;
	// Whether it was stopped on purpose.
	#asked = false;

	/**
	 * `index` determines the network key, unless `keyFile` holds it and `peer` is its peer id; `flags` are those of this
	 * node only, for instance `--alice`.
	 */
	constructor({ name, index, keyFile, peer, folder, ports: [rpcPort, p2pPort], flags }) {
		this.name = name;
		this.basePath = join(folder, name);
		this.logFile = join(folder, `${name}.log`);
		this.key = index?.toString(16).padStart(64, '0');
		this.keyFlags = keyFile ? ['--node-key-file', keyFile] : ['--node-key', this.key];
		this.flags = flags;
		this.rpcPort = rpcPort;
		this.p2pPort = p2pPort;
		this.address = `/ip4/127.0.0.1/tcp/${p2pPort}/p2p/${peer ?? peerId(this.key)}`;
	}

	get url() {
		return `ws://127.0.0.1:${this.rpcPort}`;
	}

	/** The address for the owner's methods. */
	get ownersUrl() {
		const chains = join(this.basePath, 'chains');
		const [chain] = readdirSync(chains);
		return readFileSync(join(chains, chain, 'owner'), 'utf8').trim();
	}

	/** The process, while it runs: `setpriv` becomes the node. */
	get pid() {
		return this.#process?.pid;
	}

	get running() {
		return this.#process !== undefined;
	}

	/** How much memory the process holds, in bytes. */
	get memory() {
		const [, kilobytes] = readFileSync(`/proc/${this.#process.pid}/status`, 'utf8').match(/^VmRSS:\s+(\d+) kB$/m);
		return Number(kilobytes) * 1024;
	}

	/** Starts the process and waits until it answers. Without a list of boot nodes, however short, it listens to no peers. */
	async start(bootnodes) {
		const peers = (bootnodes ?? []).filter((address) => address !== this.address);
		this.#spawn([
			...['--base-path', this.basePath, ...this.keyFlags, '--rpc-port', String(this.rpcPort)],
			...(bootnodes ? ['--listen-addr', `/ip4/127.0.0.1/tcp/${this.p2pPort}`] : []),
			...['--no-mdns', '--no-hardware-benchmarks', '--no-telemetry', '--no-prometheus'],
			...(peers.length > 0 ? ['--bootnodes', ...peers] : []),
			...this.flags,
		]);
		await waitFor(`${this.name} to answer`, START_SECONDS, () => {
			this.assertRunning();
			return this.rpc('system_health');
		});
	}

	#spawn(args) {
		const log = openSync(this.logFile, 'a');
		// The kernel ends the node when this process ends.
		const child = spawn('setpriv', ['--pdeathsig', 'KILL', BINARY, ...args], { stdio: ['ignore', log, log] });
		closeSync(log);
		this.#asked = false;
		this.#process = child;
		this.#ended = new Promise((resolve) => {
			const end = () => {
				this.#process = undefined;
				resolve();
			};
			child.once('exit', end);
			child.once('error', end);
		});
	}

	/** Makes a wait fail at once when the node has ended. */
	assertRunning() {
		if (!this.running && !this.#asked) {
			throw Object.assign(new Error(`${this.name} has ended by itself:\n${this.logTail()}`), { fatal: true });
		}
	}

	/** Ends the process with SIGKILL, as a power cut would. */
	async kill() {
		this.#asked = true;
		this.#process?.kill('SIGKILL');
		await this.#ended;
	}

	/** Suspends the process: its connections stay, and it answers nothing. */
	pause() {
		this.#process?.kill('SIGSTOP');
	}

	/** Resumes a suspended process. */
	resume() {
		this.#process?.kill('SIGCONT');
	}

	/** Asks the process to end, and kills it if it does not. */
	async stop() {
		this.#asked = true;
		this.#process?.kill('SIGTERM');
		const insist = setTimeout(() => this.#process?.kill('SIGKILL'), STOP_SECONDS * 1000);
		await this.#ended;
		clearTimeout(insist);
	}

	rpc(method, ...params) {
		return call(`http://127.0.0.1:${this.rpcPort}`, method, params);
	}

	/** Like `rpc`, as the node's owner. */
	ownersRpc(method, ...params) {
		return call(this.ownersUrl.replace(/^ws/, 'http'), method, params);
	}

	async bestNumber() {
		return Number((await this.rpc('chain_getHeader')).number);
	}

	async finalizedNumber() {
		return Number((await this.rpc('chain_getHeader', await this.rpc('chain_getFinalizedHead'))).number);
	}

	async peerCount() {
		return (await this.rpc('system_health')).peers;
	}

	log() {
		return readFileSync(this.logFile, 'utf8');
	}

	logTail(lines = 20) {
		return this.log().trimEnd().split('\n').slice(-lines).join('\n');
	}
}
