// The command line as a process, with its own home folder.
import assert from 'node:assert/strict';
import { execFile } from 'node:child_process';
import { existsSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { BINARY } from './binary.mjs';

/** The command line under test. */
export const CLI = process.env.MAINSTAY_CLI ?? join(dirname(BINARY), 'mainstay-cli');
/** The time limit of a command. Some wait for two eras. */
const COMMAND_MS = 150_000;

if (!existsSync(CLI)) {
	console.error(`no command line at ${CLI}; build it with 'make build', or set MAINSTAY_CLI`);
	process.exit(1);
}

/** Answers questions with yes: a test has no terminal, or somebody else's. */
const UNASKED = { MAINSTAY_YES: '1' };

/** Runs commands against one node, with keys in a separate folder. */
export class CommandLine {
	constructor(url) {
		this.folder = mkdtempSync(join(tmpdir(), 'mainstay-cli-'));
		const { PATH } = process.env;
		this.env = { PATH, HOME: this.folder, MAINSTAY_URL: url, MAINSTAY_KEYS: join(this.folder, 'keys') };
	}

	remove() {
		rmSync(this.folder, { recursive: true, force: true });
	}

	/** The output of a command, and its exit code. Standard input is empty unless given. */
	run(args, { input = '', env = {}, signal } = {}) {
		return this.#run(CLI, args, input, { ...UNASKED, ...env }, signal);
	}

	/** Like `run`, in a shell, with text after the command, for instance a redirection. */
	inShell(args, behind, { input = '', env = {} } = {}) {
		return this.#run('bash', ['-c', `set -o pipefail; ${quoted(args)} ${behind}`], input, { ...UNASKED, ...env });
	}

	/** Like `run`, without a terminal, and without --yes. */
	withoutTerminal(args) {
		return this.#run('setsid', ['--wait', CLI, ...args], '', {});
	}

	/** Like `run`, at a terminal of a usual width. Its two outputs come as one text. */
	atTerminal(args, { input = '', env = {}, behind = '' } = {}) {
		const narrow = `stty cols 80; ${quoted(args)} ${behind}`;
		return this.#run('script', ['--quiet', '--return', '--command', narrow, '/dev/null'], input, { TERM: 'xterm', ...env });
	}

	/** Runs a command that must end with this exit code, and returns its standard error. */
	async fails(code, args, options) {
		const { stderr } = await this.#ends(code, args, options);
		return stderr;
	}

	/** Runs a command that must succeed, and returns its output. */
	runs(args, options) {
		return this.#ends(0, args, options);
	}

	/** The JSON document that a command prints; it must succeed. */
	async json(...args) {
		const { stdout } = await this.runs([...args, '--json']);
		return JSON.parse(stdout);
	}

	async #ends(code, args, options) {
		const ended = await this.run(args, options);
		assert.equal(ended.code, code, `mainstay-cli ${args.join(' ')}\n${ended.stdout}\n${ended.stderr}`);
		return ended;
	}

	#run(file, args, input, env, signal) {
		return new Promise((resolve) => {
			const options = { env: { ...this.env, ...env }, timeout: COMMAND_MS, maxBuffer: 2 ** 24 };
			const child = execFile(file, args, options, (error, stdout, stderr) =>
				resolve({ code: error ? (error.code ?? error.signal) : 0, stdout, stderr }),
			);
			// `signal` resolves to the signal to send to the process.
			signal?.then((name) => child.kill(name));
			child.stdin.on('error', () => {});
			child.stdin.end(input);
		});
	}
}

/** The answer or the error of a command with `--json`, which must have ended with this exit code. */
export function ends(ended, code) {
	assert.equal(ended.code, code, `${ended.stdout}\n${ended.stderr}`);
	return code === 0 ? JSON.parse(ended.stdout) : JSON.parse(ended.stderr.trim().split('\n').at(-1)).error;
}

/** The fields of an answer's events of one kind, for instance `Balances.Transfer`. */
export const eventsOf = (answer, kind) =>
	answer.events.filter(({ pallet, name }) => `${pallet}.${name}` === kind).map(({ fields }) => fields);

const quoted = (args) => [CLI, ...args].map((arg) => `'${arg.replaceAll("'", `'\\''`)}'`).join(' ');
