// Inputs to the command line that once gave a wrong result, against a development node. Stories are named by the kind
// of the case and its number.
import assert from 'node:assert/strict';
import { execFile } from 'node:child_process';
import { chmodSync, copyFileSync, existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { after, test } from 'node:test';
import { fileURLToPath } from 'node:url';
import { STAY, UNIT, account, connect, eventOf, freeBalance, submit } from './lib/chain.mjs';
import { CommandLine, eventsOf } from './lib/cli.mjs';
import { ERA_SECONDS } from './lib/eras.mjs';
import { Node } from './lib/node.mjs';
import { freePorts } from './lib/ports.mjs';
import { Proxy } from './lib/proxy.mjs';
import { NATIVE, WAD } from './lib/services.mjs';
import { storyteller } from './lib/story.mjs';
import { STATE_PRUNED } from './lib/wire.mjs';

const ROOT = join(dirname(fileURLToPath(import.meta.url)), '../..');
const [alice, bob, charlie] = ['//Alice', '//Bob', '//Charlie'].map(account);
/** //Alice with the prefix of Polkadot. */
const ELSEWHERE = '15oF4uVJwmo4TdGW7VfQxNLavjCXviqxT9S1MgbjMNHr6Sp5';

const { network, story } = storyteller();
let api;
let cli;
let node;
let set;
let slash;
after(() => {
	cli?.remove();
	return api?.disconnect();
});

const ask = async (method, ...params) => (await node.rpc(method, ...params)).value;
const era = async () => (await ask('staking_era')).era;

/** Starts one more node of the chain. */
async function start(name, flags, bootnodes = [node.address]) {
	const { folder } = network;
	const index = network.nodes.length + 1;
	const more = new Node({ name, index, folder, ports: await freePorts(2), flags: ['--chain', 'dev', ...flags] });
	network.nodes.push(more);
	await more.start(bootnodes);
	return more;
}

const synced = (more) =>
	network.waitFor(`${more.name} to have all blocks`, 120, async () => {
		const { peers, isSyncing } = await more.rpc('system_health');
		return peers > 0 && !isSyncing && (await more.bestNumber()) + 2 >= (await node.bestNumber());
	});

story('a development node starts, on which an operator serves a set', async () => {
	node = await start('dev', ['--dev'], []);
	api = await connect(node);
	cli = new CommandLine(node.url);
	await network.waitFor('a final block', 60, async () => (await node.finalizedNumber()) > 0);

	const { avsRegistry, restaking, utility } = api.tx;
	await cli.runs(['restake', '//Alice', '100', '--from', '//Bob']);
	await cli.runs(['stake', '//Alice', '100', '--from', '//Bob']);
	const { events } = await submit(api, charlie, avsRegistry.register('Cases', ''));
	const avs = eventOf(events, api.events.avsRegistry.AvsRegistered).avs.toNumber();
	set = { avs, index: 0 };
	const create = avsRegistry.createSet(avs, [[NATIVE, 1]], 'Open', 0, charlie.address, 'Burn');
	const condition = avsRegistry.addCondition(set, 'it was not served', WAD / 10n, 3, null);
	await submit(api, charlie, utility.batchAll([create, condition]));
	await submit(api, alice, utility.batchAll([restaking.allocate(NATIVE, set, WAD / 2n), avsRegistry.join(set)]));
	await network.waitFor('the allocation to bind', 4 * ERA_SECONDS, async () => {
		const member = await ask('avs_member', set, alice.address);
		return member.from < (await era()) && BigInt(member.weight) > 0n;
	});
});

story('two exits are on their way, and a slash that was appealed waits for one of them', async () => {
	// Two exits in one era before its last session: one that a service's slash reaches, and one that it does not.
	const last = await era();
	await network.waitFor('a new era', 2 * ERA_SECONDS, async () => (await era()) > last);
	await cli.runs(['exit', '//Alice', 'native', '10', '--from', '//Bob', '--wait', 'block']);
	await cli.runs(['exit', '//Alice', 'stake', '10', '--from', '//Bob', '--wait', 'block']);
	const report = api.tx.slashing.report(set, alice.address, 0, [[NATIVE, WAD / 20n]], last + 1);
	slash = eventOf((await submit(api, charlie, report)).events, api.events.slashing.SlashReported).id.toNumber();
	await cli.runs(['avs', 'appeal', String(slash), 'it was served', '--from', '//Alice']);
	assert.match(await cli.fails(7, ['claim', '--from', '//Bob']), /no exit of \/\/Bob has matured: the next one does in era \d+/);
});

story('accounts 2: an address of another network is refused wherever one is taken, and shown as it is here', async () => {
	const from = ['--from', '//Bob'];
	for (const args of [
		['transfer', ELSEWHERE, '1', ...from],
		['transfer', ELSEWHERE, 'all', ...from],
		['stake', ELSEWHERE, '1', ...from],
		['payout-account', ELSEWHERE, ...from],
		['claim', '--owner', ELSEWHERE, ...from],
		['proxy', 'add', ELSEWHERE, '--type', 'any', ...from],
		['operator', 'terms', '--allow', ELSEWHERE, ...from],
		['avs', 'transfer', '0', ELSEWHERE, ...from],
		['avs', 'pay', '0/0', '--to', `${ELSEWHERE}=1`, ...from],
		['avs', 'create-set', '0', '--kind', 'native', '--destination', ELSEWHERE, ...from],
		['avs', 'condition', 'add', '0/0', 'x', '--max', '1%', '--resolver', ELSEWHERE, ...from],
		['show', 'account', ELSEWHERE],
		['show', 'slashes', '--operator', ELSEWHERE],
		['watch', 'slashes', '--who', ELSEWHERE],
		['transfer', '//Eve', '1', '--from', ELSEWHERE],
		['transfer', '//Eve', '1', ...from, '--on-behalf-of', ELSEWHERE],
	]) {
		const said = await cli.fails(6, args);
		assert.match(said, /is an address of another network/, args.join(' '));
		assert.ok(said.includes(alice.address) && said.includes('--any-prefix'), said);
	}
	for (const args of [[alice.address], [ELSEWHERE, '--any-prefix']]) {
		const [to, ...more] = args;
		const sent = await cli.json('transfer', to, '1', ...from, ...more);
		assert.deepEqual(eventsOf(sent, 'Balances.Transfer').map(({ to, amount }) => [to, amount]), [[alice.address, String(STAY(1))]]);
	}
	// `key show` converts an address to the format of this chain.
	assert.equal((await cli.json('key', 'show', ELSEWHERE)).address, alice.address);
});

story('accounts 3: all is sent but what stays, which is told with why, and an account ends where that was said', async () => {
	const fund = (uri, units) => cli.runs(['transfer', uri, String(units), '--from', '//Eve']);
	const [stays, ends, holds] = ['//Cases/stays', '//Cases/ends', '//Cases/holds'];
	await fund(stays, 5);
	await fund(ends, 5);
	await fund(holds, 5);

	const told = await cli.json('transfer', '//Dave', 'all', '--from', stays, '--dry-run');
	const [kept, ...others] = told.exposure.stays;
	assert.deepEqual([kept.amount, others], [String(UNIT / 1000n), []]);
	assert.match(kept.why, /to keep the account: --allow-death/);
	const { stderr } = await cli.runs(['transfer', '//Dave', 'all', '--from', stays]);
	assert.match(stderr, /stays +0\.001 STAY to keep the account/);
	const left = await freeBalance(api, account(stays).address);
	assert.ok(left >= UNIT / 1000n && left < UNIT / 500n, `${left} is left`);
	assert.match(await cli.fails(7, ['transfer', '//Dave', 'all', '--from', account(stays).address, '--dry-run']), /no STAY that can be sent: 0\.001 STAY/);

	const sent = await cli.json('transfer', '//Dave', 'all', '--allow-death', '--from', ends);
	assert.deepEqual(sent.stays, []);
	assert.equal(eventsOf(sent, 'System.KilledAccount')[0].account, account(ends).address);
	assert.equal(await freeBalance(api, account(ends).address), 0n);

	await cli.runs(['proxy', 'add', '//Dave', '--type', 'collect', '--from', holds]);
	const { stdout } = await cli.runs(['transfer', '//Dave', 'all', '--allow-death', '--from', holds, '--dry-run']);
	assert.match(stdout, /stays +0\.\d+ STAY kept as other deposits: of proxies/);
	assert.match(stdout.replace(/\s+/g, ' '), /0\.001 STAY to keep the account, which cannot be removed while/);
	// Funds that belong to the account without being on it are listed with the command that gets them.
	const staked = await cli.runs(['transfer', '//Dave', 'all', '--from', '//Bob', '--dry-run']);
	assert.match(staked.stdout.replace(/\s+/g, ' '), /not on it .* STAY with operators, as stake: `mainstay-cli exit`/);

	// A transfer of an amount may end an account as well, and then says what is lost.
	const gone = await cli.json('transfer', '//Dave', '1', '--from', '//Bob', '--allow-death', '--dry-run');
	assert.equal(eventsOf(gone, 'Balances.Transfer')[0].amount, String(STAY(1)));
});

story('fees 1: who cannot pay is told what is missing, and that others may collect and claim', async () => {
	const poor = '//Cases/poor';
	await cli.runs(['transfer', poor, '0.003', '--from', '//Eve']);
	const said = await cli.fails(5, ['collect', '--owner', '//Alice', '--operator', '//Alice', '--kind', 'stake', '--from', poor]);
	assert.match(said, /cannot pay the fee\. The chain charges 0\.\d+ STAY in advance/);
	assert.match(said, /can spend 0\.002 STAY: 0\.\d+ STAY are missing\. Anyone who has the fee may collect for the owner/);
	assert.ok(said.includes(`mainstay-cli collect --owner ${alice.address}`), said);
	// A command that only the owner can send has no such advice.
	assert.doesNotMatch(await cli.fails(5, ['operator', 'register', '--commission', '5%', '--from', poor]), /Anyone/);
});

story('rpc 5: a list says of which block it is, and all pages are of one', async () => {
	for (const args of [['operators'], ['services'], ['positions', '//Bob'], ['exits', '//Bob']]) {
		const { stderr } = await cli.runs(['show', ...args]);
		assert.match(stderr, /As of block [\d,]+ \(\d+ (ms|s).* ago/, args.join(' '));
	}
	const none = await cli.runs(['show', 'operators', 'nobody-is-called-this']);
	assert.match(none.stdout, /no operators match/);
	const { at } = await cli.json('show', 'positions', '//Bob', '--all');
	assert.equal((await cli.json('show', 'positions', '//Bob', '--all', '--at', at)).at, at);
});

story('sending 4: what can be claimed is claimed, and what a slash holds is listed with why', async () => {
	// The exits mature two eras before the slash falls due, because an appeal postponed the slash.
	const exits = async () => (await ask('operators_exits', bob.address)).items.map(({ exit }) => exit);
	await network.waitFor('the exits to mature', 6 * ERA_SECONDS, async () => (await exits()).some(({ claimable }) => claimable));
	const now = await era();
	assert.deepEqual((await exits()).map(({ held, matures }) => [held, matures <= now]).sort(), [[false, true], [true, true]]);

	const told = await cli.json('claim', '--from', '//Bob', '--dry-run');
	assert.deepEqual(told.exposure.notClaimable.map(({ kind, why }) => [kind, why.replace(/\d+$/, '')]), [
		['native', `held by slash ${slash}, which is due in era `],
	]);
	const { stdout, stderr } = await cli.runs(['claim', '--from', '//Bob']);
	assert.match(stdout, /done: claim one exit of \/\/Bob/);
	assert.match(stderr.replace(/\s+/g, ' '), new RegExp(`10 STAY from //Alice \\(native\\) held by slash ${slash}`));
	assert.match(await cli.fails(7, ['claim', '--from', '//Bob']), new RegExp(`no exit of //Bob can be claimed: .*held by slash ${slash}`));
});

story('sending 6: rewards that came in one more currency are left to collect, and that is told', async () => {
	const asset = 7;
	const { assets, restaking, rewards, sudo, utility } = api.tx;
	await submit(api, charlie, utility.batchAll([assets.create(asset, charlie.address, 1), assets.mint(asset, charlie.address, UNIT)]));
	await submit(api, alice, sudo.sudo(restaking.addAsset(asset, 10n ** 30n, charlie.address, true, 10n ** 9n)));
	// A block has no room for both payments.
	for (const currency of [NATIVE, { WithId: asset }]) await submit(api, charlie, rewards.paySet(set, currency, UNIT / 10n));
	// The proxy hides the asset when the command counts the currencies.
	const proxy = await Proxy.before(node, ({ method, answered, answer }) => {
		if (method !== 'rewards_due' || !answered) return undefined;
		const stay = (sums) => sums.filter(({ currency }) => currency === 'native');
		const items = answer.result.value.positions.items.map((item) => ({ ...item, earned: stay(item.earned) }));
		const value = { ...answer.result.value, positions: { items, next: null } };
		return { result: { ...answer.result, value: { ...value, credit: stay(value.credit) } } };
	});
	try {
		const collect = ['collect', '--owner', '//Bob', '--from', '//Charlie', '--json'];
		const { code, stdout, stderr } = await cli.run([...collect, '--url', proxy.url]);
		assert.equal(code, 10, stderr);
		const left = JSON.parse(stdout);
		assert.deepEqual(eventsOf(left, 'Rewards.Collected').map(({ currency }) => currency), ['native']);
		const { error } = JSON.parse(stderr.trim().split('\n').at(-1));
		assert.deepEqual([error.exitCode, error.transactions], [10, [left.transaction]]);
		assert.match(error.message, /more currencies .* collect again/);
		const rest = JSON.parse((await cli.runs(collect)).stdout);
		assert.ok(eventsOf(rest, 'Rewards.Collected').some(({ currency }) => currency.asset === asset));
	} finally {
		proxy.close();
	}
});

story('rpc 6 and 1: it follows on behind a state that a node lacks, tells a gap, and that a node is behind', async () => {
	let items;
	// The number of following subscriptions from a block that the proxy still refuses.
	let lacking;
	const proxy = await Proxy.before(node, ({ method, params, item, answered }) => {
		if (item?.positions) {
			items += 1;
			return { params: { ...params, result: { ...item, behind: 60 } } };
		}
		if (answered || method !== 'operators_subscribePositions' || !params.from || lacking === 0) return undefined;
		lacking -= 1;
		return { error: { code: STATE_PRUNED, message: 'The node no longer has the state of the block' } };
	});
	try {
		// The first connection breaks after an item. Then the node lacks the state, for some attempts or for good.
		for (const [times, gap] of [[2, false], [Infinity, true]]) {
			[items, lacking] = [0, times];
			const watching = cli.run(['watch', 'positions', '//Ferdie', '--json', '--count', '2', '--url', proxy.url]);
			await network.waitFor('the first item', 30, () => items > 0);
			proxy.cut();
			if (!gap) await cli.runs(['stake', '//Alice', '3', '--from', '//Ferdie']);
			const { code, stdout, stderr } = await watching;
			assert.equal(code, 0, stderr);
			const said = stderr.trim().split('\n').map((line) => JSON.parse(line));
			assert.ok(said.some(({ behind }) => behind === 60), stderr);
			const refused = said.filter(({ interrupted }) => interrupted?.includes(String(STATE_PRUNED)));
			assert.ok(refused.length >= 2, stderr);
			const told = stdout.trim().split('\n').map((line) => JSON.parse(line));
			assert.equal(said.filter((line) => line.gap).length, gap ? 1 : 0, stderr);
			if (gap) assert.ok(told.some(({ at }) => at === said.find((line) => line.gap).gap.after));
		}
	} finally {
		proxy.close();
	}
});

story('validators 1: a node is refused whose keys are those of another account, in the running set or not', async () => {
	const alone = await start('alone', ['--validator'], []);
	const join = (from, where, ...more) => ['validator', 'join', '--no-wait', '--from', from, '--node', where.ownersUrl, ...more];
	assert.match(await cli.fails(2, join('//Charlie', alone)), /has no blocks yet/);
	assert.match(await cli.fails(3, join('//Charlie', { ownersUrl: 'ws://127.0.0.1:1' })), /ws:\/\/127\.0\.0\.1:1/);
	assert.match(await cli.fails(2, join('//Charlie', node)), /validates for \/\/Alice already/);

	const shared = await start('shared', ['--validator']);
	await synced(shared);
	const done = await cli.json(...join('//Charlie', shared));
	assert.equal(eventsOf(done, 'Staking.CandidateAdded').length + eventsOf(done, 'OperatorDelegation.OperatorRegistered').length > 0, true);
	// Charlie does not validate in the running era yet.
	assert.ok(!(await ask('staking_validators', await era())).some(({ operator }) => operator === charlie.address));
	const said = await cli.fails(2, join('//Dave', shared));
	assert.match(said, /validates for \/\/Charlie already, or has the session keys to/);
	assert.match(await cli.fails(2, ['validator', 'rotate', '--from', '//Dave', '--node', shared.ownersUrl]), /\/\/Charlie/);
	assert.ok((await api.query.session.nextKeys(account('//Dave').address)).isNone);
});

story('validators 2: keys on the chain that the node does not have are replaced in the same transaction', async () => {
	const before = (await api.query.session.nextKeys(charlie.address)).toHex();
	const again = ['validator', 'join', '--no-wait', '--from', '//Charlie', '--node'];
	// If the keys are on the node, there is nothing to do. Without a node, the command does not say so.
	const shared = network.node('shared');
	assert.match((await cli.runs([...again, shared.ownersUrl])).stderr, /stands for election already/);
	assert.match(await cli.fails(3, [...again, 'ws://127.0.0.1:1']), /no answer from the node/);
	assert.match(await cli.fails(2, [...again, network.node('alone').ownersUrl]), /has no blocks yet/);
	assert.equal((await api.query.session.nextKeys(charlie.address)).toHex(), before);

	const fresh = await start('fresh', ['--validator']);
	await synced(fresh);
	const { stdout, stderr } = await cli.runs([...again, fresh.ownersUrl]);
	assert.match(stdout.replace(/\s+/g, ' '), /with new session keys: those on the chain are not on the node/);
	assert.match(stderr, /The keys are used from session \d+ on/);
	const after = (await api.query.session.nextKeys(charlie.address)).toHex();
	assert.notEqual(after, before);
	assert.equal(await fresh.ownersRpc('author_hasSessionKeys', after), true);
});

test('validators 4: packages come with their digests and run nothing, and root is asked for', async () => {
	for (const folder of ['tests/network', 'clients/typescript']) {
		const { packages } = JSON.parse(readFileSync(join(ROOT, folder, 'package-lock.json'), 'utf8'));
		for (const [name, { integrity, link }] of Object.entries(packages)) {
			assert.ok(name === '' || link || integrity?.startsWith('sha512-'), `${folder}: ${name} has no digest`);
		}
		assert.match(readFileSync(join(ROOT, folder, '.npmrc'), 'utf8'), /^ignore-scripts=true$/m);
	}

	// A machine with few programs, without a terminal or with a user who answers no.
	const folder = mkdtempSync(join(tmpdir(), 'mainstay-setup-'));
	try {
		const programs = join(folder, 'bin');
		for (const name of ['bin', 'scripts']) mkdirSync(join(folder, name));
		copyFileSync(join(ROOT, 'scripts/setup'), join(folder, 'scripts/setup'));
		// The real file finds the programs of this machine.
		writeFileSync(join(folder, 'env.sh'), '');
		const stub = (name, text) => {
			writeFileSync(join(programs, name), `#!/bin/sh\n${text}\n`);
			chmodSync(join(programs, name), 0o755);
		};
		for (const name of ['bash', 'cat', 'dirname', 'env', 'mktemp', 'rm', 'sh', 'uname']) {
			const at = ['/usr/bin', '/bin'].map((place) => join(place, name)).find(existsSync);
			symlinkSync(at, join(programs, name));
		}
		const log = join(folder, 'log');
		for (const name of ['sudo', 'apt-get']) stub(name, `echo "${name} $*" >>${log}; exit 1`);
		const did = () => (existsSync(log) ? readFileSync(log, 'utf8') : '');
		const setUp = (user, terminal, answer = '', more = {}) => {
			stub('id', `echo ${user}`);
			const script = join(folder, 'scripts/setup');
			const [file, args] = terminal
				? ['/usr/bin/script', ['--quiet', '--return', '--command', `${programs}/bash ${script}`, '/dev/null']]
				: [join(programs, 'bash'), [script]];
			const env = { PATH: programs, HOME: folder, SHELL: join(programs, 'sh'), ...more };
			return new Promise((resolve) => {
				const child = execFile(file, args, { env, timeout: 60_000 }, (error, stdout, stderr) =>
					resolve({ code: error?.code ?? 0, said: stdout + stderr }),
				);
				child.stdin.end(answer);
			});
		};

		for (const [user, terminal, answer, reason] of [
			[1000, false, '', /no terminal to ask/],
			[1000, true, 'n\n', /nothing was done as root/],
			[0, true, '\n', /nothing was done as root/],
		]) {
			const { code, said } = await setUp(user, terminal, answer);
			assert.notEqual(code, 0, said);
			assert.match(said, /this has to run as root:\s+apt-get update\s+apt-get install -y --no-install-recommends git /);
			assert.match(said, reason);
			assert.equal(did(), '', said);
		}
		await setUp(1000, true, 'y\n');
		assert.match(did(), /^sudo apt-get -q update\n/);
		rmSync(log);
		await setUp(1000, false, '', { MAINSTAY_SETUP_YES: '1' });
		assert.match(did(), /^sudo apt-get -q update\n/);
		rmSync(log);
		await setUp(0, false);
		assert.match(did(), /^apt-get -q update\n/);
	} finally {
		rmSync(folder, { recursive: true, force: true });
	}
});
