// Runs a page of the documentation like a user who types its commands.
//
// A fenced block whose info string begins with `sh` is run by bash line by line, each exactly as written, in the
// repository's root, without a terminal. A line that ends with `\` continues in the next one, a line that begins with
// `#` is a comment, and exports last for the rest of the page. The test sets the environment: the programs, an empty
// home folder, and variables such as MAINSTAY_URL, which a page may also export, with the value that its readers
// need.
//
// MAINSTAY_YES answers the question whether to sign.
//
//     sh            every line ends with exit code 0
//     sh fails=4    with this one
//     sh until      it is repeated until it ends with 0: what it waits for takes some eras
//     sh node       the last line starts a node that runs to the end of the page; the test waits until it has synced. Its
//                   ports, and nothing else in any line, are replaced by free ones
//     sh watch      runs in the background, and is stopped at the end of the page
//
// A block `text` or `json` directly after it shows the output: all of its lines occur, in this order. `…` stands for
// anything.
import assert from 'node:assert/strict';
import { spawn } from 'node:child_process';
import { existsSync, mkdirSync, mkdtempSync, openSync, closeSync, readFileSync, rmSync, symlinkSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';
import { BINARY } from './binary.mjs';
import { freePorts } from './ports.mjs';
import { call } from './rpc.mjs';
import { waitFor } from './wait.mjs';

const ROOT = fileURLToPath(new URL('../../..', import.meta.url));
/** The command line under test. */
const CLI = process.env.MAINSTAY_CLI ?? join(dirname(BINARY), 'mainstay-cli');

/** The time limit of one line. */
const LINE_SECONDS = 180;
/** The time limit of what happens by itself, for instance an exit that matures. */
const UNTIL_SECONDS = 300;
const NODE_SECONDS = 120;
const PAUSE_MS = 2_000;
const LOG_LINES = 20;

const FENCE = /^```(.*)$/;
const EXPORT = /^export ([A-Z_]+)=/;
const PORT = /(--(?:rpc-|prometheus-)?port) \d+/g;
const BASE_PATH = /--base-path (\S+)/;

/** Calls a node at the address that the command line uses. */
export const rpc = (url, method, ...params) => call(url.replace(/^ws/, 'http'), method, params);

/** All events of one kind in the final chain. */
export async function eventsSoFar(api, type) {
	const found = [];
	let hash = await api.rpc.chain.getFinalizedHead();
	for (;;) {
		const { number, parentHash } = await api.rpc.chain.getHeader(hash);
		if (number.toNumber() === 0) return found;
		const at = await api.at(hash);
		const events = (await at.query.system.events()).map(({ event }) => event);
		found.unshift(...events.filter((event) => type.is(event)).map(({ data }) => data));
		hash = parentHash;
	}
}

export const pageExists = (path) => existsSync(join(ROOT, path));

/** The fenced blocks of a page, `{ words, lines: [{ text, number }], follows }`: whether nothing stands before it but a block. */
function fences(markdown) {
	const found = [];
	let open;
	let follows = false;
	for (const [index, text] of markdown.split('\n').entries()) {
		const fence = FENCE.exec(text);
		if (fence && open) {
			open = undefined;
			follows = true;
		} else if (fence) {
			open = { words: fence[1].trim().split(/\s+/), lines: [], follows };
			found.push(open);
		} else if (open) {
			open.lines.push({ text, number: index + 1 });
		} else if (text.trim() !== '') {
			follows = false;
		}
	}
	assert.ok(!open, 'a block without an end');
	return found;
}

/** The commands of a block, with continued lines joined. */
function commandsOf({ lines }) {
	const commands = [];
	let goesOn = false;
	for (const { text, number } of lines) {
		if (goesOn) commands.at(-1).text += `\n${text}`;
		else if (text.trim() !== '' && !text.startsWith('#')) commands.push({ text, number });
		else continue;
		goesOn = text.endsWith('\\');
	}
	return commands;
}

/** The steps of a page, `{ mode, code, commands, shows }`, block by block. `shows` is the expected output. */
export function stepsOf(path) {
	const steps = [];
	const blocks = fences(readFileSync(join(ROOT, path), 'utf8'));
	for (const [index, block] of blocks.entries()) {
		const [language, ...words] = block.words;
		if (language === 'sh') {
			const fails = words.find((word) => word.startsWith('fails='));
			const mode = words.find((word) => word !== fails) ?? 'run';
			steps.push({ mode, code: fails ? Number(fails.slice('fails='.length)) : 0, commands: commandsOf(block), shows: [] });
		} else if (['text', 'json'].includes(language) && block.follows && blocks[index - 1].words[0] === 'sh') {
			steps.at(-1).shows = block.lines.map(({ text }) => text).filter((text) => text.trim() !== '');
		}
	}
	return steps;
}

const escaped = (text) => text.replace(/[.*+?^${}()|[\]\\]/g, '\\$&');
/** Widths of tables vary with their content: one blank stands for any number of blanks. */
const squeezed = (text) => text.trim().replace(/\s+/g, ' ');

/** The first of these lines that does not occur in the output after the line before it. */
function missing(shows, output) {
	const lines = output.split('\n').map(squeezed);
	let from = 0;
	for (const show of shows) {
		const pattern = new RegExp(`^${squeezed(show).split('…').map(escaped).join('.*')}$`);
		const found = lines.findIndex((line, index) => index >= from && pattern.test(line));
		if (found < 0) return show;
		from = found + 1;
	}
	return undefined;
}

/** A reader who follows a page. */
export class Reader {
	/** The commands so far, `{ command, output, seconds }`. */
	done = [];
	/** The nodes that the page started, `{ url, owner }`: the address for all and the owner's; and what it watches. */
	nodes = [];
	watches = [];
	#folder = mkdtempSync(join(tmpdir(), 'mainstay-docs-'));
	#given;
	#environment;
	#children = new Set();
	#stopped = false;
	#logs = 0;

	/** `variables` is the environment besides the programs and a home folder. */
	constructor(path, variables) {
		this.path = path;
		const [programs, home] = ['bin', 'home'].map((name) => join(this.#folder, name));
		for (const folder of [programs, home]) mkdirSync(folder);
		assert.ok(existsSync(CLI), `no command line at ${CLI}; build it with 'make build', or set MAINSTAY_CLI`);
		symlinkSync(BINARY, join(programs, 'mainstay'));
		symlinkSync(CLI, join(programs, 'mainstay-cli'));
		const { PATH, LANG = 'C.UTF-8' } = process.env;
		this.#environment = { PATH: `${programs}:${PATH}`, HOME: home, LANG, MAINSTAY_YES: '1', ...variables };
		this.#given = new Set(Object.keys(this.#environment));
	}

	/** Runs all steps of the page, or these. */
	async read(steps = stepsOf(this.path)) {
		for (const step of steps) await this.#take(step);
		for (const watch of this.watches) await this.#endWatch(watch);
	}

	/** A variable that the page exported. */
	variable(name) {
		return this.#environment[name];
	}

	/** The address of a key that the page made. */
	address(name) {
		const file = join(this.#environment.HOME, '.config/mainstay/keys', `${name}.json`);
		return JSON.parse(readFileSync(file, 'utf8')).address;
	}

	/** Stops everything that still runs, and removes the home folder. */
	async stop() {
		this.#stopped = true;
		await Promise.all([...this.#children].map((child) => child.end('SIGKILL')));
		rmSync(this.#folder, { recursive: true, force: true });
	}

	async #take({ mode, code, commands, shows }) {
		let output = '';
		for (const command of commands) {
			const exported = EXPORT.exec(command.text);
			if (exported) {
				if (!this.#given.has(exported[1])) await this.#export(command, exported[1]);
			} else if (mode === 'node' && command === commands.at(-1)) {
				await this.#startNode(command);
			} else if (mode === 'watch') {
				this.watches.push(Object.assign(this.#start(command.text), { command, shows }));
			} else if (mode === 'until') {
				output += await this.#until(command);
			} else {
				assert.ok(['run', 'node'].includes(mode), `${this.#at(command)}: unknown mode`);
				output += await this.#run(command, code);
			}
		}
		if (mode === 'watch') return;
		const line = missing(shows, output);
		assert.ok(line === undefined, `${this.#at(commands.at(-1))} does not print\n${line}\nbut\n${output}`);
	}

	#at({ number }) {
		return `${this.path}:${number}`;
	}

	async #export({ text, number }, name) {
		const output = await this.#run({ text: `${text}\nprintf '\\0%s' "$${name}"`, number }, 0);
		const end = output.lastIndexOf('\0');
		const value = output.slice(end + 1);
		assert.notEqual(value, '', `${this.#at({ number })}: nothing to export\n$ ${text}\n${output}`);
		Object.assign(this.done.at(-1), { command: text, output: output.slice(0, end) });
		this.#environment[name] = value;
	}

	async #run(command, code) {
		const { code: ended, output } = await this.#once(command);
		assert.equal(ended, code, `${this.#at(command)}: exit code ${ended}, not ${code}\n$ ${command.text}\n${output}`);
		return output;
	}

	async #once({ text }) {
		const began = performance.now();
		const child = this.#start(text);
		const timer = setTimeout(() => child.end('SIGKILL'), LINE_SECONDS * 1000);
		const code = await child.ended;
		clearTimeout(timer);
		const output = child.output();
		this.done.push({ command: text, output, seconds: (performance.now() - began) / 1000 });
		return { code, output };
	}

	async #until(command) {
		const began = performance.now();
		for (;;) {
			const { code, output } = await this.#once(command);
			const seconds = (performance.now() - began) / 1000;
			if (code === 0) {
				this.done.at(-1).seconds = seconds;
				return output;
			}
			assert.ok(seconds < UNTIL_SECONDS, `${this.#at(command)}: still exit code ${code}\n$ ${command.text}\n${output}`);
			this.done.pop();
			await sleep(PAUSE_MS);
		}
	}

	async #startNode(command) {
		const ports = await freePorts(3);
		let rpcPort;
		const text = command.text.replace(PORT, (_, flag) => {
			const port = ports.pop();
			if (flag === '--rpc-port') rpcPort = port;
			return `${flag} ${port}`;
		});
		assert.ok(rpcPort && ports.length === 0, `${this.#at(command)}: a node in a test needs --port, --rpc-port and --prometheus-port`);
		const child = this.#start(text);
		const url = `ws://127.0.0.1:${rpcPort}`;
		assert.ok(BASE_PATH.test(text), `${this.#at(command)}: a node in a test needs --base-path`);
		const [, base] = BASE_PATH.exec(text);
		const file = join(base.replace(/^~/, this.#environment.HOME), 'chains/mainstay_local/owner');
		this.nodes.push(Object.assign(child, { url, owner: () => readFileSync(file, 'utf8').trim() }));
		const caughtUp = async () => {
			if (!child.running) throw Object.assign(new Error('it has ended'), { fatal: true });
			const { peers, isSyncing } = await rpc(url, 'system_health');
			return peers > 0 && !isSyncing;
		};
		await waitFor('it to catch up', NODE_SECONDS, caughtUp).catch((cause) => {
			const log = child.output().trimEnd().split('\n').slice(-LOG_LINES).join('\n');
			throw new Error(`${this.#at(command)}: the node does not run\n${log}`, { cause });
		});
	}

	async #endWatch({ command, shows, ...watch }) {
		await waitFor(`what ${this.#at(command)} shows`, LINE_SECONDS, () => missing(shows, watch.output()) === undefined);
		assert.equal(await watch.end('SIGINT'), 0, `${this.#at(command)}: ${watch.output()}`);
	}

	/** Runs a line in a separate session without a terminal. The kernel ends it when this process ends. */
	#start(text) {
		assert.ok(!this.#stopped, 'nobody reads any more');
		const file = join(this.#folder, `${(this.#logs += 1)}.log`);
		const log = openSync(file, 'a');
		const bash = ['--pdeathsig', 'KILL', 'bash', '-euo', 'pipefail', '-c', text];
		const options = { cwd: ROOT, env: this.#environment, stdio: ['ignore', log, log], detached: true };
		const process_ = spawn('setpriv', bash, options);
		closeSync(log);
		const child = { running: true, output: () => readFileSync(file, 'utf8') };
		this.#children.add(child);
		child.ended = new Promise((resolve, reject) => {
			process_.once('error', reject);
			process_.once('exit', (code, signal) => {
				child.running = false;
				this.#children.delete(child);
				resolve(code ?? signal);
			});
		});
		// The whole process group: a pipeline is several processes.
		child.end = (signal) => {
			if (child.running) process.kill(-process_.pid, signal);
			return child.ended;
		};
		return child;
	}
}
