import assert from 'node:assert/strict';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Node } from './node.mjs';
import { freePorts } from './ports.mjs';
import { waitFor } from './wait.mjs';

const VALIDATORS = ['alice', 'bob', 'charlie', 'dave'];
const ORPHAN_CHECK_MS = 1000;

/** Ends this process, and every node with it, when the test runner that started it has ended. */
function endWithParent() {
	const parent = process.ppid;
	setInterval(() => process.ppid === parent || process.exit(1), ORPHAN_CHECK_MS).unref();
}

/** A network of real nodes on this machine: four validators of chain `local`, and nodes that join them. */
export class Network {
	nodes = [];

	constructor() {
		endWithParent();
		this.folder = mkdtempSync(join(tmpdir(), 'mainstay-network-'));
	}

	/**
	 * Starts the four validators and waits until they finalize blocks. `preferredPorts` are RPC ports, `flags` are for
	 * all of them.
	 */
	async start(preferredPorts = [], flags = []) {
		const ports = await freePorts(2 * VALIDATORS.length, preferredPorts);
		for (const [i, name] of VALIDATORS.entries()) {
			this.#add(name, [ports[i], ports[VALIDATORS.length + i]], [`--${name}`, ...flags]);
		}
		this.bootnodes = this.nodes.map((node) => node.address);
		await Promise.all(this.nodes.map((node) => node.start(this.bootnodes)));
		await this.waitFor('the first finalized block', 120, async () => (await this.node('alice').finalizedNumber()) > 0);
	}

	/** Starts one more node with these flags, of the chain of a spec file or of `local`. */
	async join(name, flags, chain) {
		const node = this.#add(name, await freePorts(2), flags, chain);
		await node.start(this.bootnodes);
		return node;
	}

	/** Starts a node of a separate chain, `dev` or `local`, whose blocks are made on command, or as `when` says. */
	async seal(name, when, flags = [], chain = 'dev') {
		const node = this.#add(name, await freePorts(2), ['--seal', when, ...flags], chain);
		await node.start();
		return node;
	}

	/** Starts the only validator of a separate development chain. */
	async develop(name) {
		const node = this.#add(name, await freePorts(2), ['--alice', '--force-authoring'], 'dev');
		await node.start([]);
		return node;
	}

	#add(name, ports, flags, chain = 'local') {
		const { folder } = this;
		const index = this.nodes.length + 1;
		const node = new Node({ name, index, folder, ports, flags: ['--chain', chain, ...flags] });
		this.nodes.push(node);
		return node;
	}

	/** Restarts a killed node on its data. */
	restart(node) {
		return node.start(this.bootnodes);
	}

	node(name) {
		return this.nodes.find((node) => node.name === name);
	}

	/** Like `waitFor`, but fails at once when one of `nodes` ends by itself; by default all running nodes. */
	waitFor(what, seconds, condition, nodes = this.nodes.filter((node) => node.running)) {
		return waitFor(what, seconds, () => {
			for (const node of nodes) node.assertRunning();
			return condition();
		});
	}

	/** Waits until `node` has finalized the current best block of `witness`, and compares the block. */
	async catchUp(node, witness) {
		const target = await witness.bestNumber();
		await this.waitFor(`${node.name} to finalize block ${target}`, 90, async () => (await node.finalizedNumber()) >= target);
		const [here, there] = await Promise.all([node, witness].map((each) => each.rpc('chain_getBlockHash', target)));
		assert.equal(here, there, `${node.name} and ${witness.name} finalized different blocks`);
	}

	async stop() {
		await Promise.all(this.nodes.map((node) => node.stop()));
	}

	/** Deletes the data and the logs. */
	remove() {
		rmSync(this.folder, { recursive: true, force: true });
	}

	/** Prints the last lines of every log. */
	report() {
		for (const node of this.nodes) {
			console.error(`--- ${node.logFile}, ${node.running ? 'running' : 'not running'}\n${node.logTail()}`);
		}
	}
}
