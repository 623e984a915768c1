import { spawn } from 'node:child_process';
import { setTimeout as sleep } from 'node:timers/promises';
import { BINARY } from './binary.mjs';

const PAUSE_MS = 100;
const STOP_SECONDS = 30;
const RUN_SECONDS = 90;

/**
 * The node's program with its own arguments, and its output. The kernel ends it with this process, however this one
 * ends.
 */
export class Process {
	#child;

	/** `options` are those of `spawn`; `binary` is another copy of the program. */
	constructor(args, { binary = BINARY, ...options } = {}) {
		this.output = '';
		this.stdout = '';
		this.#child = spawn('setpriv', ['--pdeathsig', 'KILL', binary, ...args], { stdio: 'pipe', ...options });
		this.#child.stdout?.on('data', (text) => (this.stdout += text));
		this.#child.stderr.on('data', (text) => (this.output += text));
		/** Its exit code, or the signal that ended it. */
		this.ended = new Promise((resolve, reject) => {
			this.#child.once('error', reject);
			this.#child.once('close', (code, signal) => resolve((this.code = code ?? signal)));
		});
	}

	get pid() {
		return this.#child.pid;
	}

	/** Waits for a line of its output, up to a time limit. Fails at once if the process ends first. */
	async says(what, seconds) {
		for (const end = Date.now() + seconds * 1000; Date.now() < end; await sleep(PAUSE_MS)) {
			const said = this.output.match(what);
			if (said) return said;
			if (this.code !== undefined) throw new Error(`it ended with ${this.code} and did not say ${what}\n${this.output}`);
		}
		throw new Error(`after ${seconds} s it has not said ${what}\n${this.output}`);
	}

	/** Asks it to end and waits for that, and kills it if it does not. */
	async stop(signal = 'SIGTERM') {
		if (this.code === undefined) this.#child.kill(signal);
		const insist = setTimeout(() => this.#child.kill('SIGKILL'), STOP_SECONDS * 1000);
		const code = await this.ended;
		clearTimeout(insist);
		return code;
	}

	/** Writes to its input and closes it. The process may have ended before it reads that. */
	answer(text) {
		this.#child.stdin.on('error', () => {});
		this.#child.stdin.end(text);
	}
}

/** Runs the program until it ends. If it does not, it is killed, and its code is the signal. */
export async function run(args, { input = '', ...options } = {}) {
	const process = new Process(args, options);
	process.answer(input);
	const insist = setTimeout(() => process.stop('SIGKILL'), RUN_SECONDS * 1000);
	const code = await process.ended;
	clearTimeout(insist);
	return { code, stdout: process.stdout, stderr: process.output };
}
