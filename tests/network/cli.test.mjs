// Mistakes on the command line: each gives one clear line and a non-zero exit.
import assert from 'node:assert/strict';
import { execFile } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, test } from 'node:test';
import { BINARY } from './lib/binary.mjs';
import { Node } from './lib/node.mjs';
import { freePorts } from './lib/ports.mjs';

const EXIT_MS = 60_000;
const LOGGED = /^\d{4}-\d{2}-\d{2} /;

const folder = mkdtempSync(join(tmpdir(), 'mainstay-cli-'));
const inFolder = (name) => join(folder, name);
const node = new Node({ name: 'full', index: 1, folder, ports: await freePorts(2), flags: ['--chain', 'local'] });

after(async () => {
	await node.stop();
	rmSync(folder, { recursive: true, force: true });
});

function run(...args) {
	return new Promise((resolve) => {
		execFile(BINARY, args, { timeout: EXIT_MS, killSignal: 'SIGKILL', maxBuffer: 2 ** 26 }, (error, stdout, stderr) =>
			resolve({ code: error ? error.code : 0, stdout, stderr }),
		);
	});
}

/**
 * Runs the node and expects it to end with an error that matches `what`, in the only line that is not a line of its
 * log.
 */
async function refuses(what, ...args) {
	const { code, stderr } = await run(...args);
	assert.ok(Number.isInteger(code) && code !== 0, `exit code ${code}\n${stderr}`);
	const said = stderr.trimEnd().split('\n').filter((line) => !LOGGED.test(line));
	assert.equal(said.length, 1, stderr);
	assert.match(said[0], what);
}

async function chainSpec(...flags) {
	const { code, stdout, stderr } = await run('export-chain-spec', '--chain', 'local', ...flags);
	assert.equal(code, 0, stderr);
	return JSON.parse(stdout);
}

test('a wrong flag', () => refuses(/^Error: unexpected argument '--chian' found/, '--chian', 'local'));

test('no chain', () => refuses(/^Error: no chain was given/, '--base-path', inFolder('none')));

test('a validator without its network key', () =>
	refuses(
		/^Error: a validator needs a network key .*mainstay key generate-node-key/,
		...['--validator', '--chain', 'local', '--base-path', inFolder('keyless')],
	));

test('a file that is no chain spec', () => {
	const file = inFolder('spec.json');
	writeFileSync(file, '{"not": "a chain spec"}');
	return refuses(/^Error: .*spec\.json` is not a chain spec/, '--chain', file, '--base-path', inFolder('other'));
});

test('a chain spec of another project', async () => {
	const file = inFolder('foreign.json');
	const spec = await chainSpec('--raw');
	const EMPTY_WASM = '0x0061736d01000000';
	const CODE_KEY = `0x${Buffer.from(':code').toString('hex')}`;
	spec.genesis.raw.top[CODE_KEY] = EMPTY_WASM;
	writeFileSync(file, JSON.stringify(spec));
	await refuses(/^Error: .*genesis runtime of chain `mainstay_local`/, '--chain', file, '--base-path', inFolder('foreign'));
});

test('a base path that another node has open', async () => {
	await node.start([]);
	await refuses(/^Error: the database at .* is in use/, '--chain', 'local', '--base-path', node.basePath);
	// The node that used the port first is not affected.
	assert.equal(await node.bestNumber(), 0);
	await node.stop();
});

test('a base path that belongs to another chain', async () => {
	const file = inFolder('changed.json');
	const spec = await chainSpec('--raw');
	spec.genesis.raw.top['0x6368616e676564'] = '0x01';
	writeFileSync(file, JSON.stringify(spec));
	await refuses(/^Error: the database at .* belongs to another chain/, '--chain', file, '--base-path', node.basePath);
});

test('the subcommands work on a stopped node', async () => {
	const { stdout } = await run('chain-info', '--chain', 'local', '--base-path', node.basePath);
	assert.equal(JSON.parse(stdout).best_number, 0);
	assert.equal((await run('purge-chain', '-y', '--chain', 'local', '--base-path', node.basePath)).code, 0);
	await refuses(/^Error: there is no database/, 'chain-info', '--chain', 'local', '--base-path', node.basePath);
});
