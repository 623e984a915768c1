// Four people found a network: each makes keys in a base path of its own, they agree on a file, each makes the same chain spec
// from it, and the network starts, finalizes, pays for an era and is upgraded. Its parameters are production's, except for
// slots of 1 s and sessions of 10 slots.
import assert from 'node:assert/strict';
import { execFileSync } from 'node:child_process';
import { existsSync, mkdirSync, readFileSync, readdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { after } from 'node:test';
import { blake2AsHex } from '@polkadot/util-crypto';
import { account, connect, eventOf, submit } from './lib/chain.mjs';
import { CommandLine } from './lib/cli.mjs';
import { activeEra } from './lib/eras.mjs';
import { Node } from './lib/node.mjs';
import { freePorts } from './lib/ports.mjs';
import { run } from './lib/process.mjs';
import { storyteller } from './lib/story.mjs';

const NAMES = ['vera', 'walter', 'xenia', 'yuri'];
const ID = 'mainstay_founders';
const SUPPLY = '1_000_000_000 STAY';
/** Seconds of an era: 6 sessions of 10 slots, and some in which slots may go by without a block. */
const ERA_SECONDS = 90;
/** The storage key of a chain's code. */
const CODE = '0x3a636f6465';

const { network, story } = storyteller();
const commandLine = new CommandLine('ws://127.0.0.1:9');
const founders = [];
let api;

after(async () => {
	await api?.disconnect();
	commandLine.remove();
});

/** The node's program, which must succeed. */
async function node(...args) {
	const { code, stdout, stderr } = await run(args);
	assert.equal(code, 0, stderr);
	return { stdout, stderr };
}

/** The file that the founders agree on. */
const describe = ({ kind = 'local', who = founders, first = '', rest = founders[0].address }) => `
name = "Mainstay Founders"
id = "${ID}"
kind = "${kind}"
supply = "${SUPPLY}"
${first}
bootnodes = [${who.map(({ bootnode }) => `"${bootnode}"`).join(', ')}]

[parameters]
slot_millis = 1000
session_slots = 10

[staking]
validator_count = 10
min_self_stake = "1_000 STAY"

[balances]
"${rest}" = "rest"
${founders.map(({ address }) => (address === rest ? '' : `"${address}" = "20_000 STAY"`)).join('\n')}

[committee]
members = [${founders.map(({ address }) => `"${address}"`).join(', ')}]

${who.map(({ entry }) => entry).join('\n')}`;

/** Writes the file, and has the chain specs made of it into a folder. */
function found(folder, description) {
	mkdirSync(folder);
	writeFileSync(join(folder, 'network.toml'), description);
	return run(['network', 'new', join(folder, 'network.toml'), '--output', folder]);
}

story('each founder makes keys on a base path of its own, and prints its part of the file', async () => {
	const ports = await freePorts(2 * NAMES.length);
	for (const [n, name] of NAMES.entries()) {
		const base = join(network.folder, name);
		const [keys, keyFile] = [join(base, 'keys'), join(base, 'network-key')];
		mkdirSync(base);
		const peer = (await node('key', 'generate-node-key', '--file', keyFile)).stderr.trim().split('\n').at(-1);
		await node('key', 'generate-session-keys', '--keystore-path', keys);
		const made = JSON.parse((await node('key', 'generate', '--output-type', 'json')).stdout);
		const [phrase, address] = [made.secretPhrase, made.ss58Address];

		const entry = ['validator', 'genesis-entry', address, '--stake', '10_000', '--name', name, '--keystore-path', keys];
		const { stdout } = await commandLine.runs(entry);
		assert.match(stdout, new RegExp(`^\\[\\[validators\\]\\]\nname = "${name}"\naccount = "${address}"\nstake = "10000 STAY"`));
		const secrets = readdirSync(keys).map((file) => JSON.parse(readFileSync(join(keys, file), 'utf8')));
		assert.equal(secrets.length, 3);
		for (const secret of secrets) assert.ok(!stdout.includes(secret), 'a secret leaves the keystore');

		const bootnode = `/ip4/127.0.0.1/tcp/${ports[2 * n + 1]}/p2p/${peer}`;
		founders.push({ name, keys, keyFile, peer, phrase, address, bootnode, entry: stdout, ports: ports.slice(2 * n, 2 * n + 2) });
	}
	// A second set of keys in the same place would make it unclear whose part is whose.
	const again = await run(['key', 'generate-session-keys', '--keystore-path', founders[0].keys]);
	assert.equal(again.code, 1);
	assert.match(again.stderr, /there are session keys already/);
});

story('what would not work is refused, each reason in a line', async () => {
	const folder = join(network.folder, 'refused');
	const alice = account('//Alice').address;
	const first = `sudo = "${founders[0].address}"`;
	// The supply leaves nothing to Alice, because one more than it is named.
	const description = describe({ kind: 'live', who: founders.slice(1), first, rest: alice }).replace(SUPPLY, '79_999 STAY');
	const { code, stdout, stderr } = await found(folder, description);
	assert.deepEqual([code, stdout], [1, '']);
	const lines = stderr.trim().split('\n');
	for (const reason of [
		/network\.toml: sudo: a live network has no such key/,
		/network\.toml: validators: there are 3, and 4 are the least/,
		/network\.toml: balances\.5\w+: everybody has the secret of this key \(\/\/Alice\)/,
		/network\.toml: supply: .* 1\.003 STAY too much/,
		/^Error: .*network\.toml describes no network that would work: 4 reasons are above, and nothing was written$/,
	]) {
		assert.equal(lines.filter((line) => reason.test(line)).length, 1, `${reason}\n${stderr}`);
	}
	assert.equal(lines.length, 5, stderr);
	assert.deepEqual(readdirSync(folder), ['network.toml']);

	// A part of the file under another account is no part of it.
	const [vera, walter] = founders;
	const stolen = { ...vera, entry: vera.entry.replace(vera.address, walter.address) };
	const refused = await found(join(network.folder, 'stolen'), describe({ who: [stolen, ...founders.slice(2)] }));
	assert.match(refused.stderr, /validators: vera: proof: the keys have not signed for 5/);
});

story('each makes the same chain spec of their file', async () => {
	// One of them can upgrade it, until the chain has a committee and referenda.
	const description = describe({ first: `sudo = "${founders[0].address}"` });
	const made = [];
	for (const name of ['one', 'two']) {
		const folder = join(network.folder, name);
		const { code, stdout, stderr } = await found(folder, description);
		assert.equal(code, 0, stderr);
		execFileSync('sha256sum', ['--check', '--strict', '--quiet', `${ID}.sha256`], { cwd: folder });
		made.push({ stdout, files: [`${ID}.json`, `${ID}-raw.json`].map((file) => readFileSync(join(folder, file), 'utf8')) });
	}
	assert.deepEqual(made[0], made[1]);
	const again = await run(['network', 'new', join(network.folder, 'one/network.toml'), '--output', join(network.folder, 'one')]);
	assert.match(again.stderr, /exists already, and is not overwritten: a network is founded once/);
	const [plain] = made[0].files.map((file) => JSON.parse(file));
	assert.deepEqual([plain.name, plain.id, plain.chainType], ['Mainstay Founders', ID, 'Local']);
	founders.genesis = made[0].stdout.match(/^genesis +(0x[0-9a-f]{64})$/m)[1];
});

story('a node starts no live chain with a sudo key', async () => {
	// What the kind of a chain is, its genesis does not say.
	const spec = JSON.parse(readFileSync(join(network.folder, 'one', `${ID}-raw.json`), 'utf8'));
	const file = join(network.folder, 'live.json');
	writeFileSync(file, JSON.stringify({ ...spec, chainType: 'Live' }));
	const { code, stderr } = await run(['--chain', file, '--base-path', join(network.folder, 'live')]);
	assert.equal(code, 1, stderr);
	const refusal = `Error: the genesis of the live chain \`${ID}\` has a sudo key, ${founders[0].address}, whose holder could take`;
	assert.ok(stderr.includes(refusal), stderr);
});

story('their nodes find each other by it, and finalize', async () => {
	const spec = join(network.folder, 'one', `${ID}-raw.json`);
	for (const { name, keys, keyFile, peer, ports } of founders) {
		const flags = ['--chain', spec, '--validator', '--keystore-path', keys];
		network.nodes.push(new Node({ name, keyFile, peer, folder: network.folder, ports, flags }));
	}
	await Promise.all(network.nodes.map((each) => each.start([])));
	for (const each of network.nodes) {
		await network.waitFor(`${each.name} to finalize`, 60, async () => (await each.finalizedNumber()) >= 5);
	}
	assert.equal(await network.nodes[0].rpc('chain_getBlockHash', 0), founders.genesis);
	api = await connect(network.nodes[1]);
	const validators = (await api.query.session.validators()).map(String);
	assert.deepEqual(validators.toSorted(), founders.map(({ address }) => address).toSorted());
	const { exitDelay, eraSessions, leastValidators, seatFraction } = await api.query.staking.parameters();
	const numbers = [exitDelay, eraSessions, leastValidators, seatFraction].map((parameter) => parameter.toNumber());
	assert.deepEqual(numbers, [28, 6, 4, 2_500]);
	assert.equal((await api.query.balances.totalIssuance()).toBigInt(), 10n ** 21n);
});

story('an era ends, and is paid to all four', async () => {
	await network.waitFor('the second era', ERA_SECONDS, async () => (await activeEra(api)) >= 1);
	await network.waitFor('the first era to be paid', 30, async () => (await api.query.rewards.due()).isNone);
	for (const { address } of founders) {
		const pool = (await api.query.operatorDelegation.pools(address, 'Stake')).unwrap();
		assert.ok(pool.funds.amount.toBigInt() > 10_000n * 10n ** 12n, `${address} earned nothing`);
	}
});

story('the network is upgraded, and goes on', async () => {
	const [first, second] = founders.map(({ phrase }) => account(phrase));
	const before = await network.nodes[0].rpc('state_getStorage', CODE);
	// The same runtime with other bytes: a frame that unpacking leaves out is behind it. Versions are another story's.
	const skipped = Buffer.concat([Buffer.from('502a4d18', 'hex'), Buffer.from([8, 0, 0, 0]), Buffer.from('founders')]);
	const code = before + skipped.toString('hex');
	const hash = blake2AsHex(code, 256);
	const { sudo, system } = api.tx;
	await submit(api, first, sudo.sudo(system.authorizeUpgradeWithoutChecks(hash)));
	// Whoever has the code may bring it, once its hash is authorized.
	const { events } = await submit(api, second, system.applyAuthorizedUpgrade(code));
	eventOf(events, api.events.system.CodeUpdated);
	for (const each of network.nodes) {
		const target = (await each.bestNumber()) + 5;
		await network.waitFor(`${each.name} to go on`, 60, async () => (await each.finalizedNumber()) >= target);
		assert.equal(await each.rpc('state_getStorage', CODE), code);
	}
	assert.ok(existsSync(join(network.nodes[0].basePath, 'chains', ID, 'owner')), 'its data is in a folder of its id');
});
