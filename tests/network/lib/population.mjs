import { execFile } from 'node:child_process';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { WsProvider } from '@polkadot/api';
import { BINARY } from './binary.mjs';
import { account, connect, submit } from './chain.mjs';
import { Node } from './node.mjs';
import { freePorts } from './ports.mjs';
import { NATIVE, WAD } from './services.mjs';
import { waitFor } from './wait.mjs';

// A node with a crowd in its genesis. tests/economy/src/crowd.rs describes the accounts, and their names.

const run = promisify(execFile);

/** The slot of a development chain. Each slot has a block. */
export const SLOT_MILLIS = 1000;

const ERA_SECONDS = 30;
/** The generator takes half a minute for the largest state on an idle machine. The node reads it faster. */
const BUILD_MILLIS = 600_000;

/** The first conditions of these sets have a window of one era, so that their slashes are soon executed. */
const HASTY = { services: [0, 1, 4, 5], condition: 0 };
/** The third conditions of these sets have a window of three eras. */
const PATIENT = { services: [2, 3, 6, 7], condition: 2 };
/** The maximum number of pending slashes of one set for an operator. */
const SLASHES_OF_SET = 4;
/** The fraction of a slash, so small that the stake hardly changes. */
const FRACTION = WAD / 1000n;
/** The number of exits for which a block has room. */
const EXITS_OF_BATCH = 25;

const numbered = (name, number) => `//${name}-${String(number).padStart(5, '0')}`;

export const delegator = (number) => account(numbered('delegator', number)).address;
export const operator = (number) => account(numbered('operator', number)).address;

/** Writes the template that the generator needs, with the node under test. */
export async function exportTemplate(folder) {
	const file = join(folder, 'template.json');
	await run(BINARY, ['export-chain-spec', '--chain', 'dev', '--raw', '--output', file], { timeout: BUILD_MILLIS });
	return file;
}

/** A crowd of a given size, and the node of its chain. */
export class Population {
	constructor(name, positions) {
		this.name = name;
		this.size = { positions, operators: positions / 10, services: positions / 100 };
	}

	/** Writes the state, starts the node, and waits until its blocks are final. */
	async start(generator, template, folder, index) {
		const spec = join(folder, `${this.name}.json`);
		const size = Object.entries(this.size).flatMap(([what, count]) => [`--${what}`, String(count)]);
		await run(generator, ['--template', template, '--output', spec, ...size], { timeout: BUILD_MILLIS });
		const flags = ['--chain', spec, '--alice', '--force-authoring'];
		this.node = new Node({ name: this.name, index, folder, ports: await freePorts(2), flags });
		await this.node.start([]);
		await this.waitFor('its first final block', 120, async () => (await this.node.finalizedNumber()) > 0);
		this.api = await connect(this.node);
		this.wire = await this.connect();
	}

	/** One more connection. */
	async connect() {
		const wire = new WsProvider(this.node.url, false);
		await wire.connect();
		await wire.isReady;
		return wire;
	}

	async stop() {
		await this.wire?.disconnect();
		await this.api?.disconnect();
		await this.node?.stop();
	}

	waitFor(what, seconds, condition) {
		return waitFor(`${this.name}: ${what}`, seconds, () => {
			this.node.assertRunning();
			return condition();
		});
	}

	/** The value of an answer. */
	async ask(method, params = {}) {
		return (await this.wire.send(method, params)).value;
	}

	/** Waits for an era, and for the payments of the era before. */
	async eraPaid(era) {
		const paid = async () => (await this.ask('staking_era')).era >= era && (await this.ask('rewards_era', { era: era - 1 }));
		// Slots can stay empty while the machine is busy.
		await this.waitFor(`era ${era}`, 2 * ERA_SECONDS * (era + 1), paid);
	}

	/** Opens the maximum number of slashes of operator 1 for each of these sets, by its slasher. */
	async #report({ services, condition }) {
		const { era } = await this.ask('staking_era');
		const report = (avs) => {
			const fractions = [[NATIVE, FRACTION]];
			return this.api.tx.slashing.report({ avs, index: 0 }, operator(1), condition, fractions, era);
		};
		const reports = services.map((avs) => {
			const call = this.api.tx.utility.batchAll(Array(SLASHES_OF_SET).fill(report(avs)));
			return submit(this.api, account(numbered('service', avs)), call);
		});
		await Promise.all(reports);
	}

	/**
	 * Lets delegator 0 exit with parts of positions, and slashes be executed. The chain pays the streams of all sets
	 * meanwhile.
	 */
	async liveOn() {
		const { api } = this;
		const page = await this.ask('operators_positions', { who: delegator(0), most: 100 });
		const exits = page.items.map(({ operator, kind }) => {
			const of = typeof kind === 'string' ? kind[0].toUpperCase() + kind.slice(1) : { Asset: kind.asset };
			return api.tx.operatorDelegation.exit(operator, of, { Value: 10n ** 12n });
		});
		const batches = Array.from({ length: Math.ceil(exits.length / EXITS_OF_BATCH) }, (_, n) => {
			return api.tx.utility.batchAll(exits.slice(n * EXITS_OF_BATCH, (n + 1) * EXITS_OF_BATCH));
		});
		await Promise.all(batches.map((batch) => submit(api, account(numbered('delegator', 0)), batch)));
		await this.#report(HASTY);
		const decided = async () => (await this.ask('slashing_past', { filter: { operator: operator(1) } })).items.length > 0;
		await this.waitFor('slashes to be executed', 4 * ERA_SECONDS, decided);
	}

	/** Makes sure that slashes of operator 1 are pending. Returns their ids. */
	async pendingSlashes() {
		const pending = async () => {
			const page = await this.ask('slashing_pending', { filter: { operator: operator(1) }, most: 100 });
			return page.items.map(({ id }) => id);
		};
		const known = await pending();
		if (known.length === PATIENT.services.length * SLASHES_OF_SET) return known;
		// They were reported in one era, or in two adjacent ones, so the rest are executed soon after the others.
		const executed = async () => (await pending()).length === 0;
		if (known.length > 0) await this.waitFor('the rest of the slashes to be executed', 4 * ERA_SECONDS, executed);
		await this.#report(PATIENT);
		return pending();
	}
}
