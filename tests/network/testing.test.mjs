// docs/testing.md: the programs that it shows are files that run, and its commands do what it says.
import assert from 'node:assert/strict';
import { execFile } from 'node:child_process';
import { existsSync, readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { test } from 'node:test';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import { startChain } from './examples/chain.mjs';
import { BINARY } from './lib/binary.mjs';
import { Reader } from './lib/docs.mjs';

const ROOT = join(dirname(fileURLToPath(import.meta.url)), '../..');
const PAGE = 'docs/testing.md';
const JS = ['tests/network/examples/chain.mjs', 'tests/network/examples/service.test.mjs'];
const RUST = 'cli/examples/testing.rs';
/** Where cargo puts the program, beside the node. */
const RUST_PROGRAM = join(dirname(BINARY), 'examples/testing');
const EXAMPLE_MS = 120_000;

const run = promisify(execFile);
const env = { ...process.env, MAINSTAY_BIN: BINARY };
const text = (file) => readFileSync(join(ROOT, file), 'utf8');

test('the page shows the examples as they are', () => {
	const page = text(PAGE);
	const shown = [...page.matchAll(/^```(?:js|rust)\n([\s\S]*?)^```$/gm)].map(([, code]) => code);
	for (const file of [...JS, RUST]) assert.ok(shown.includes(text(file)), `${PAGE} does not show ${file} as it is`);
});

test('the example in JavaScript passes', { timeout: EXAMPLE_MS }, async () => {
	// The test runner of this file would otherwise take the other one for a part of itself.
	const { NODE_TEST_CONTEXT, ...outside } = env;
	await run(process.execPath, ['--test', join(ROOT, JS[1])], { env: outside });
});

test('the example in Rust passes', { timeout: EXAMPLE_MS, skip: !existsSync(RUST_PROGRAM) }, async () => {
	const { stdout } = await run(RUST_PROGRAM, [], { env });
	assert.match(stdout, /^\d+ became \d+$/m);
});

test('the commands do what the page says', { timeout: 2 * EXAMPLE_MS }, async () => {
	process.env.MAINSTAY_BIN = BINARY;
	const chain = await startChain();
	const reader = new Reader(PAGE, { MAINSTAY_URL: chain.url });
	try {
		await reader.read();
	} finally {
		await reader.stop();
		await chain.stop();
	}
});
