// Problems of operators with a node: ports, key files, secrets on disk, containers, clocks, log noise. Each story is
// about a problem that once occurred, with an id like `node 3`.
import assert from 'node:assert/strict';
import { execFileSync } from 'node:child_process';
import { chmodSync, copyFileSync, existsSync, mkdirSync, mkdtempSync, readFileSync, readdirSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, test } from 'node:test';
import { setTimeout as sleep } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';
import { BINARY } from './lib/binary.mjs';
import { freePorts } from './lib/ports.mjs';
import { Process, run } from './lib/process.mjs';
import { call } from './lib/rpc.mjs';
import { listeningPorts } from './lib/sockets.mjs';

const LOGGED = /^\d{4}-\d{2}-\d{2} /;
const READY = /Running JSON-RPC server/;
const IMPORTED = /Imported #3 /;
/** The time limit of a start on a busy machine. */
const START_SECONDS = 120;
const STORY = { timeout: 5 * 60 * 1000 };

const folder = mkdtempSync(join(tmpdir(), 'mainstay-node-'));
const inFolder = (name) => join(folder, name);
const running = new Set();

after(async () => {
	await Promise.all([...running].map((node) => node.stop()));
	rmSync(folder, { recursive: true, force: true });
});

/** Starts a node on free ports. */
async function start(args, options) {
	const [rpc, p2p, metrics] = await freePorts(3);
	const ports = ['--rpc-port', rpc, '--port', p2p, '--prometheus-port', metrics].map(String);
	const node = new Process([...args, ...ports, '--no-mdns', '--no-telemetry'], options);
	running.add(node);
	node.ended.then(() => running.delete(node));
	return Object.assign(node, { ports: { rpc, p2p, metrics }, rpc: (method, ...params) => call(`http://127.0.0.1:${rpc}`, method, params) });
}

/** Expects the node to end with an error that matches `what`, in the only line that is not a line of the log. */
async function refuses(what, args, options) {
	const { code, stdout, stderr } = await run(args, options);
	assert.ok(Number.isInteger(code) && code !== 0, `exit code ${code}\n${stderr}`);
	const said = stderr.trimEnd().split('\n').filter((line) => !LOGGED.test(line));
	assert.equal(said.length, 1, stderr);
	assert.match(said[0], what);
	return stdout;
}

async function succeeds(args, options) {
	const { code, stdout, stderr } = await run(args, options);
	assert.equal(code, 0, stderr);
	return { stdout, stderr };
}

const mode = (path) => statSync(path).mode & 0o777;

/** All files and folders in a folder. */
const below = (path) => readdirSync(path, { recursive: true }).map((name) => join(path, name));

/** Runs `work` with the usual umask of users. */
async function withUsualUmask(work) {
	const before = process.umask(0o022);
	try {
		return await work();
	} finally {
		process.umask(before);
	}
}

function listener(port, host) {
	const server = createServer();
	return new Promise((resolve, reject) => {
		server.once('error', reject);
		server.listen({ port, host }, () => resolve(server.unref()));
	});
}

test('node 1: nothing listens but on the ports that were asked for', STORY, async () => {
	const node = await start(['--chain', 'local', '--tmp', '--rpc-external', '--rpc-methods', 'safe', '--prometheus-external']);
	await node.says(READY, START_SECONDS);
	await node.says(/Prometheus exporter started/, 10);
	const { rpc, p2p, metrics } = node.ports;
	assert.deepEqual(listeningPorts(node.pid), [rpc, p2p, metrics].sort((a, b) => a - b));
	for (const host of ['127.0.0.1', '[::1]']) {
		const answer = await fetch(`http://${host}:${metrics}/metrics`);
		assert.match(await answer.text(), /substrate_block_height/, host);
	}
	await node.stop();
});

test('node 2: a port that is taken, or is not of this machine, is refused', STORY, async () => {
	const [port] = await freePorts(1);
	const server = await listener(port, '127.0.0.1');
	const args = ['--chain', 'local', '--tmp', '--no-mdns'];
	const metrics = [...args, '--no-hardware-benchmarks', '--port', '0', '--rpc-port', '0'];
	await refuses(new RegExp(`^Error: another process listens on 127\\.0\\.0\\.1:${port}: choose another --prometheus-port`), [...metrics, '--prometheus-port', String(port)]);
	await refuses(new RegExp(`^Error: another process listens on \\[::\\]:${port}: `), [...metrics, '--prometheus-port', String(port), '--prometheus-external']);
	await refuses(new RegExp(`^Error: another process listens on /ip4/127\\.0\\.0\\.1/tcp/${port}: `), [...args, '--no-prometheus', '--listen-addr', `/ip4/127.0.0.1/tcp/${port}`]);
	const rpc = [...args, '--no-hardware-benchmarks', '--no-prometheus', '--port', '0', '--rpc-port', String(port)];
	await refuses(new RegExp(`^Error: another process listens on 127\\.0\\.0\\.1:${port}: choose another --rpc-port`), rpc);
	server.close();
	await refuses(/^Error: cannot listen on \/ip4\/192\.0\.2\.1\/tcp\/30333: .*choose another --port or --listen-addr/, [...args, '--no-prometheus', '--listen-addr', '/ip4/192.0.2.1/tcp/30333']);
});

test('node 3: a network key may have white space and 0x about it', STORY, async () => {
	const hex = '1f'.repeat(32);
	const file = inFolder('node-key');
	const ids = new Set();
	for (const text of [hex, `${hex}\n`, `0x${hex}\r\n`]) {
		writeFileSync(file, text);
		ids.add((await succeeds(['key', 'inspect-node-key', '--file', file])).stdout.trim());
		const node = await start(['--chain', 'local', '--tmp', '--no-hardware-benchmarks', '--node-key-file', file]);
		await node.says(READY, START_SECONDS);
		ids.add(await node.rpc('system_localPeerId'));
		await node.stop();
	}
	assert.equal(ids.size, 1, [...ids].join(' '));

	writeFileSync(file, 'no key');
	const named = new RegExp(`^Error: ${file}: not a network key`);
	await refuses(named, ['--chain', 'local', '--base-path', inFolder('unused'), '--node-key-file', file]);
	await refuses(named, ['key', 'inspect-node-key', '--file', file]);
	assert.ok(!existsSync(inFolder('unused')));
});

test('node 4: secrets are their owner\'s alone and nothing is overwritten', STORY, () =>
	withUsualUmask(async () => {
		const file = inFolder('generated');
		const { stderr } = await succeeds(['key', 'generate-node-key', '--file', file]);
		const key = readFileSync(file, 'utf8');
		assert.equal(mode(file), 0o600);
		await refuses(/generated exists already, and a secret is not overwritten/, ['key', 'generate-node-key', '--file', file]);
		assert.equal(readFileSync(file, 'utf8'), key);
		const id = stderr.trimEnd().split('\n').at(-1);
		assert.equal((await succeeds(['key', 'inspect-node-key', '--file', file])).stdout.trim(), id);

		const basePath = inFolder('private');
		const at = ['--chain', 'local', '--base-path', basePath];
		await succeeds(['key', 'generate-node-key', ...at]);
		await refuses(/secret_ed25519 exists already/, ['key', 'generate-node-key', ...at]);
		await succeeds(['key', 'insert', '--key-type', 'babe', '--suri', '//Alice', ...at]);
		// An older node left files with this mode.
		const [, secret] = [...below(basePath)].filter((path) => /\/(keystore|network)\/[0-9a-z_]+$/.test(path));
		chmodSync(secret, 0o644);
		const node = await start(['--validator', '--no-hardware-benchmarks', ...at]);
		await node.says(READY, START_SECONDS);
		await node.says(/Others could read the secret in .*; now they cannot/, 10);
		await node.stop();
		const open = below(basePath).filter((path) => mode(path) & 0o077);
		assert.deepEqual(open, []);
		assert.ok(below(basePath).some((path) => path.includes('/paritydb/')) && mode(basePath) === 0o700);

		// Exported files are for other users, and are not overwritten either.
		const [spec, blocks] = [inFolder('spec.json'), inFolder('blocks')];
		await succeeds(['export-chain-spec', '--chain', 'local', '--output', spec]);
		assert.equal(mode(spec), 0o644);
		await refuses(/spec\.json exists already/, ['export-chain-spec', '--chain', 'local', '--output', spec]);
		// There are no blocks to export, so no file is created.
		await refuses(/Invalid block range/, ['export-blocks', ...at, blocks]);
		assert.ok(!existsSync(blocks));
		writeFileSync(blocks, 'mine');
		await refuses(/blocks exists already/, ['export-blocks', ...at, blocks]);
		assert.equal(readFileSync(blocks, 'utf8'), 'mine');
	}));

test('node 5: a key of no use is not taken', STORY, async () => {
	const insert = (...args) => ['key', 'insert', '--chain', 'local', '--base-path', inFolder('keys'), '--suri', '//Alice', ...args];
	await refuses(/keys of type gran are ed25519, not sr25519/, insert('--key-type', 'gran', '--scheme', 'sr25519'));
	await refuses(/keys of type babe are sr25519, not ed25519/, insert('--key-type', 'babe', '--scheme', 'ed25519'));
	await refuses(/no keys of type `xxxx`, but babe, gran, audi and rprt/, insert('--key-type', 'xxxx', '--scheme', 'sr25519'));
	assert.ok(!existsSync(inFolder('keys')));
	await succeeds(insert('--key-type', 'gran'));
	await succeeds(insert('--key-type', 'xxxx', '--scheme', 'sr25519', '--any-type'));
	const types = readdirSync(join(inFolder('keys'), 'chains/mainstay_local/keystore')).map((name) => name.slice(0, 8));
	assert.deepEqual(types.sort(), ['gran', 'xxxx'].map((type) => Buffer.from(type).toString('hex')));
});

test('node 6: a user without a home is asked for a base path', { ...STORY, skip: process.getuid() !== 0 && 'it takes root to be somebody else' }, async () => {
	const NOBODY = 54_321;
	chmodSync(folder, 0o755);
	const binary = inFolder('mainstay');
	copyFileSync(BINARY, binary);
	chmodSync(binary, 0o755);
	const env = { PATH: process.env.PATH };
	const as = { binary, env, uid: NOBODY, gid: NOBODY, cwd: '/' };
	const asked = /^Error: this user has no home folder to keep data in: name a folder with --base-path$/;
	await refuses(asked, ['--chain', 'local'], as);
	await refuses(asked, ['key', 'generate-node-key', '--chain', 'local', '--default-base-path'], as);
	await refuses(asked, ['key', 'insert', '--chain', 'local', '--suri', '//Alice', '--key-type', 'babe'], as);
	await refuses(asked, ['purge-chain', '-y', '--chain', 'local'], as);
	// A folder that cannot be written to is named.
	await refuses(/^Error: \/nowhere\/\.local/, ['--chain', 'local'], { ...as, env: { ...env, HOME: '/nowhere' } });
});

test('node 7: a clock that is wrong is told, with by how much and until when', STORY, async () => {
	const shim = inFolder('clock.so');
	const source = fileURLToPath(new URL('lib/clock.c', import.meta.url));
	execFileSync('cc', ['-shared', '-fPIC', '-O1', '-o', shim, source]);
	const at = (seconds) => ({ env: { ...process.env, LD_PRELOAD: shim, CLOCK_OFFSET: String(seconds) } });
	const dev = ['--dev', '--base-path', inFolder('clock')];

	// The clock is ahead at first, and right later.
	const before = await start(dev, at(120));
	await before.says(IMPORTED, START_SECONDS);
	await before.stop();
	const author = await start(dev);
	const [, ahead, until] = await author.says(/The head, block #\d+, lies (\d+) s in the future .* continues in (\d+) s/, START_SECONDS);
	assert.ok(Number(ahead) > 10 && Number(ahead) <= 120, ahead);
	assert.ok(Math.abs(until - ahead) <= 2, `${until} and ${ahead}`);
	await author.stop();

	// Nodes with wrong clocks beside one with a right clock.
	const right = await start(['--dev']);
	await right.says(READY, START_SECONDS);
	const address = `/ip4/127.0.0.1/tcp/${right.ports.p2p}/p2p/${await right.rpc('system_localPeerId')}`;
	const beside = ['--chain', 'dev', '--tmp', '--no-hardware-benchmarks', '--bootnodes', address];
	const [behind, early] = await Promise.all([start(beside, at(-60)), start(beside, at(60))]);
	const [, future] = await behind.says(/Block #\d+ from another node lies (\d+) s in the future by this machine's clock/, START_SECONDS);
	assert.ok(Number(future) > 5 && Number(future) <= 60, future);
	await early.says(/The last 3 blocks from other nodes came late, #\d+ 6\d s after its time/, START_SECONDS);
	await Promise.all([behind, early, right].map((node) => node.stop()));
	assert.doesNotMatch(right.output, /⏰/, 'a right clock is not told of');
});

test('node 8: clean ends say nothing of failures', STORY, async () => {
	const clean = (text) => assert.doesNotMatch(text, /fail|error|panic/i);
	const at = ['--chain', 'dev', '--base-path', inFolder('ends')];
	for (const signal of ['SIGTERM', 'SIGINT', 'SIGTERM']) {
		const node = await start(['--dev', '--base-path', inFolder('ends')]);
		await node.says(signal === 'SIGINT' ? READY : /Imported #/, START_SECONDS);
		const before = node.output.length;
		assert.equal(await node.stop(signal), 0, node.output);
		clean(node.output.slice(before));
	}
	const spec = inFolder('state.json');
	for (const args of [['export-blocks', ...at, '--to', '2', inFolder('exported')], ['check-block', ...at, '1'], ['export-state', ...at, '1'], ['revert', ...at, '1']]) {
		const { stdout, stderr } = await succeeds(args);
		clean(stderr);
		if (args[0] === 'export-state') writeFileSync(spec, stdout);
	}
	const copy = ['--chain', 'dev', '--base-path', inFolder('copy')];
	clean((await succeeds(['import-blocks', ...copy, inFolder('exported')])).stderr);

	// node 9: no chain can start from the file that export-state writes.
	const genesis = /^Error: chain `mainstay_dev` cannot begin with this state, which is that of a chain after block 1: /;
	await refuses(genesis, ['--chain', spec, '--base-path', inFolder('again'), '--no-hardware-benchmarks', '--no-prometheus', '--port', '0', '--rpc-port', '0']);
	assert.match((await succeeds(['export-state', '--help'])).stdout, /to test upgrades\. No chain can start from it/);

	// node 10: a database keeps its pruning mode.
	const stays = /^Error: the database at .*ends.* was made with `--state-pruning 256`, and stays so: /;
	await refuses(stays, ['export-blocks', ...at, '--state-pruning', 'archive', '--to', '1']);
	const pruned = ['--dev', '--base-path', inFolder('ends'), '--state-pruning', 'archive', '--no-prometheus', '--port', '0', '--rpc-port', '0'];
	await refuses(stays, pruned);

	for (const input of ['', 'n\n', '\n']) {
		await refuses(/^Error: nothing is deleted: the answer was not `y`/, ['purge-chain', ...at], { input });
		assert.ok(existsSync(join(inFolder('ends'), 'chains/mainstay_dev/paritydb/full')));
	}
	await succeeds(['purge-chain', ...at], { input: 'y\n' });
	assert.ok(!existsSync(join(inFolder('ends'), 'chains/mainstay_dev/paritydb')));
});

test('node 10: what cannot be meant is refused by its name', STORY, async () => {
	const args = ['--chain', 'local', '--tmp'];
	await refuses(/^Error: `http\/\/` in --rpc-cors is not an origin/, [...args, '--rpc-cors', 'http://localhost,http//']);
	await refuses(/^Error: `https:\/\/example\.org\/` in --rpc-cors is not an origin/, [...args, '--rpc-cors', 'https://example.org/']);
	await refuses(/^Error: `foo=bar` in --log is not a log filter/, [...args, '-l', 'sync=debug,foo=bar']);
	await refuses(/^Error: `foo=bar` in --tracing-targets is not a log filter/, [...args, '--tracing-targets', 'foo=bar']);
	await refuses(/^Error: `foo=bar` in RUST_LOG is not a log filter/, args, { env: { ...process.env, RUST_LOG: 'foo=bar' } });
	await refuses(/^Error: `foo=bar` in --log is not a log filter/, ['chain-info', '--chain', 'local', '-l', 'foo=bar']);
});

test('node 11: a development chain starts without measuring the hardware', STORY, async () => {
	const node = await start(['--dev']);
	await node.says(/Imported #/, START_SECONDS);
	await node.stop();
	assert.doesNotMatch(node.output, /score|below the minimum/i);
	const make = readFileSync(new URL('../../scripts/dev', import.meta.url), 'utf8');
	assert.match(make, /^scripts\/build node$/m, 'the command line is built when the node runs');
});

test('validators 1: a node says that it has the keys of two validators', STORY, async () => {
	const at = ['--chain', 'local', '--base-path', inFolder('two')];
	await succeeds(['key', 'generate-node-key', ...at]);
	const insert = (type, suri) => succeeds(['key', 'insert', '--key-type', type, '--suri', suri, ...at]);
	await insert('babe', '//Alice');
	const one = await start(['--validator', '--no-hardware-benchmarks', ...at]);
	await one.says(READY, START_SECONDS);
	await sleep(3_000);
	await one.stop();
	assert.doesNotMatch(one.output, /This node has the keys of/);
	await insert('babe', '//Bob');
	const two = await start(['--validator', '--no-hardware-benchmarks', ...at]);
	await two.says(/This node has the keys of 2 validators of the set\. .*nothing becomes final/, START_SECONDS);
	await two.says(/This node has the keys of 2 validators of the next set\./, 10);
	await two.stop();
});
