// The command line's reports compared with what happened, through a proxy that cuts connections, changes answers, is
// slow and falls silent: whatever happens to a connection, a payment is made once or not at all, and the exit code
// says which.
import assert from 'node:assert/strict';
import { readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { after, before, describe, test } from 'node:test';
import { setTimeout as sleep } from 'node:timers/promises';
import { STAY, account, connect, freeBalance, submit } from './lib/chain.mjs';
import { CommandLine, ends } from './lib/cli.mjs';
import { STEPS, SUBMIT, happened, through as between, when } from './lib/cuts.mjs';
import { readCopy } from './lib/metadata.mjs';
import { Network } from './lib/network.mjs';
import { Node } from './lib/node.mjs';
import { freePorts } from './lib/ports.mjs';
import { Proxy } from './lib/proxy.mjs';
import { waitFor } from './lib/wait.mjs';

const STORY_MS = 170_000;
const ESCAPE = '\x1b[2J\x1b]0;gone\x07';
/** The number of positions in a page of `collect`. */
const PAGE = 64;
/** An address without a listener. */
const NOWHERE = 'ws://127.0.0.1:1';
/** Accounts that have some STAY to send. */
const SENDERS = 80;

const network = new Network();
let api;
let cli;
let node;

before(async () => {
	const ports = await freePorts(2);
	node = new Node({ name: 'dev', index: 1, folder: network.folder, ports, flags: ['--dev'] });
	network.nodes.push(node);
	await node.start([]);
	api = await connect(node);
	cli = new CommandLine(node.url);
	await network.waitFor('a final block', 60, async () => (await node.finalizedNumber()) > 0);
	const senders = Array.from({ length: SENDERS }, (_, index) => account(`//Sending/${index}`));
	const named = ['solo', 'many'].map((name) => account(`//Sending/${name}`));
	const fund = [
		...senders.map(({ address }) => api.tx.balances.transferKeepAlive(address, STAY(1_000))),
		...named.map(({ address }) => api.tx.balances.transferKeepAlive(address, STAY(100_000))),
	];
	await submit(api, account('//Alice//stash'), api.tx.utility.batchAll(fund));
});

after(async () => {
	cli?.remove();
	await api?.disconnect();
	if (failed) network.report();
	await network.stop();
	if (failed) console.error(`the nodes' logs and data are in ${network.folder}`);
	else network.remove();
});

let failed = false;

/** A test case. Many of them run at a time. */
function story(name, run) {
	test(name, { timeout: STORY_MS }, async () => {
		try {
			await run();
		} catch (error) {
			failed = true;
			throw error;
		}
	});
}

let taken = 0;
/** A sender that no other case uses. */
function sender() {
	assert.ok(taken < SENDERS, 'more senders are taken than were funded');
	const uri = `//Sending/${taken++}`;
	return { uri, address: account(uri).address };
}

let made = 0;
/** An account without funds. */
const receiver = () => account(`//Receiving/${made++}`).address;

const nonceOf = async (address) => (await api.query.system.account(address)).nonce.toNumber();

/**
 * Runs a command through a proxy with a rule. Returns how it ended, and how many transactions the signer sent in the
 * meantime.
 */
const through = (rule, from, args, options) => between({ api, cli, node }, rule, from, args, options);

/** The fields by which a transaction can be resent or looked for while its result is not final or not known. */
const followed = ({ transaction, from, nonce, until, genesis, signed }) => ({ transaction, from, nonce, until, genesis, signed });

/** The arguments of `resend` for a transaction. */
const resend = ({ signed, until, genesis }) => ['resend', signed, '--until', String(until), '--genesis', genesis, '--json'];

/** What a command with `--json` printed about the transaction before sending it. */
function announced({ stderr }) {
	const [{ sending }] = stderr.split('\n').filter((line) => line.startsWith('{"sending"')).map((line) => JSON.parse(line));
	return sending;
}

/** A rule that changes the call in dry runs, so that the node simulates another call than the one sent. */
function liesOfDryRun() {
	const remark = api.tx.system.remark('').method.toU8a();
	const other = ({ params: [method, asked, at] }) => {
		if (method !== 'CallsApi_dry_run') return undefined;
		const bytes = Buffer.from(asked.slice(2), 'hex');
		return { params: [method, `0x${Buffer.concat([bytes.subarray(0, 32), remark, bytes.subarray(-4)]).toString('hex')}`, at] };
	};
	return when('state_call', other, { times: Infinity });
}

/** The documented table of exit codes: whether the command can safely be given again. */
function documented() {
	const page = readFileSync(new URL('../../docs/integrator.md', import.meta.url), 'utf8');
	const table = page.slice(page.indexOf('| exit code |')).split('\n\n')[0].split('\n').slice(2);
	const rows = table.flatMap((row) => {
		const [, codes, , again] = row.split('|').map((cell) => cell.trim());
		return codes.split(', ').map((code) => [Number(code), again.split(/[,:]/)[0]]);
	});
	return Object.fromEntries(rows);
}
/** The rows that a case has confirmed. */
const proved = {};

/**
 * Checks, for a payment that ended with an exit code after which it can be sent again, that nothing was paid, and that
 * it is then paid once.
 */
async function canBeSentAgain(code, from, to, again = () => cli.run(['transfer', to, '10', '--from', from.uri])) {
	assert.equal(await freeBalance(api, to), 0n);
	const ended = await again();
	assert.equal(ended.code, 0, ended.stderr);
	assert.equal(await freeBalance(api, to), STAY(10));
	proved[code] = 'yes';
}

describe('sending', { concurrency: 24 }, () => {
	describe('sending 1: a payment is made once, cut', { concurrency: 24 }, () => {
		for (const [step, [make, ...waits]] of Object.entries(STEPS)) {
			for (const wait of waits) {
				story(`${step}, --wait ${wait}`, async () => {
					const [from, to, rule] = [sender(), receiver(), make()];
					const had = await freeBalance(api, from.address);
					const ended = await through(rule, from.uri, ['transfer', to, '10', '--wait', wait]);
					const done = ends(ended, 0);
					assert.ok(happened(rule), `${rule.given} times`);
					if (!done.final) assert.deepEqual(followed(done), announced(ended));
					if (wait === 'none') await waitFor('the payment', 30, async () => (await nonceOf(from.address)) > 0 && (await freeBalance(api, to)) > 0n);
					else assert.equal(ended.sent, 1);
					// A second transaction would be included by now.
					await sleep(3_000);
					assert.equal(await freeBalance(api, to), STAY(10));
					if (wait !== 'none') {
						assert.equal(had - (await freeBalance(api, from.address)), STAY(10) + BigInt(done.fee));
						assert.equal(done.final || wait === 'block', true);
						const { block } = await node.rpc('chain_getBlock', done.block);
						assert.ok(block.extrinsics.some((extrinsic) => api.createType('Extrinsic', extrinsic).hash.toHex() === done.transaction));
					}
					proved[0] = 'no';
				});
			}
		}
	});

	story('sending 1: what the node refuses was not taken, and can be sent again', async () => {
		const [from, to] = [sender(), receiver()];
		const refusal = { error: { code: 1010, message: 'Invalid Transaction', data: 'Transaction has a bad signature' } };
		const error = ends(await through(when(SUBMIT, refusal), from.uri, ['transfer', to, '10']), 5);
		// finality 1: a node that does not know the block of the transaction's birth rejects the signature.
		assert.match(error.message, /it was not signed for the node's chain/);
		await canBeSentAgain(5, from, to);
	});

	story('sending 1: an end that is not known is told as that, and the same transaction can be sent again', async () => {
		const [from, to] = [sender(), receiver()];
		// The transaction is sent, no answer comes back, and then the user interrupts the command.
		const rule = (told) => (told.method === SUBMIT && told.answered ? 'hold' : undefined);
		const signal = (proxy) => waitFor('it to be sent', 30, () => proxy.asked.includes(SUBMIT)).then(() => 'SIGINT');
		const error = ends(await through(rule, from.uri, ['transfer', to, '10'], { signal }), 8);
		assert.match(error.message, /^interrupted/);
		const [, printed] = /: mainstay-cli (resend .*)$/.exec(error.message);
		for (const args of [[...printed.split(' '), '--json'], resend(error)]) {
			const done = ends(await cli.run(args), 0);
			assert.deepEqual([done.transaction, done.from, done.final], [error.transaction, from.address, true]);
		}
		assert.equal(await freeBalance(api, to), STAY(10));
		proved[8] = 'no';
	});

	story('sending 1: whatever keeps `resend` from its answer leaves the end unknown', async () => {
		const [from, to] = [sender(), receiver()];
		const sent = ends(await through(undefined, from.uri, ['transfer', to, '10', '--wait', 'none']), 0);
		const args = resend(sent);
		const other = `0x${'5a'.repeat(32)}`;
		const without = args.filter((arg) => arg !== '--genesis' && arg !== sent.genesis);
		for (const [asked, genesis, reason] of [
			[[...args, '--url', NOWHERE], sent.genesis, /^no answer from the node at ws:\/\/127\.0\.0\.1:1: /],
			[[...args, '--url', 'http://127.0.0.1:1'], sent.genesis, /WebSocket/],
			[resend({ ...sent, genesis: other }), other, new RegExp(`genesis block ${sent.genesis}, and not of the one with ${other}`)],
			[without, null, /^for which chain was it signed\? Give --genesis/],
		]) {
			const error = ends(await cli.run(asked), 8);
			assert.match(error.message, reason);
			assert.match(error.message, /do not give the command again/);
			assert.deepEqual(followed(error), { ...followed(sent), genesis });
		}
		// An invalid transaction is refused before any query.
		for (const [signed, until] of [['0xzz', sent.until], [sent.signed.slice(0, -2), sent.until], [sent.signed, sent.until + 1]]) {
			ends(await cli.run(resend({ ...sent, signed, until })), 2);
		}
		const done = ends(await cli.run(args), 0);
		assert.deepEqual([done.transaction, done.final], [sent.transaction, true]);
		assert.equal(await freeBalance(api, to), STAY(10));
	});

	story('sending 1: one that is killed has said what it sends', async () => {
		const [from, to] = [sender(), receiver()];
		const rule = (told) => (told.method === SUBMIT && told.answered ? 'hold' : undefined);
		const signal = (proxy) => waitFor('it to be sent', 30, () => proxy.asked.includes(SUBMIT)).then(() => 'SIGKILL');
		const killed = await through(rule, from.uri, ['transfer', to, '10'], { signal });
		assert.deepEqual([killed.code, killed.stdout], ['SIGKILL', '']);
		const done = ends(await cli.run(resend(announced(killed))), 0);
		assert.equal(done.transaction, announced(killed).transaction);
		assert.equal(await freeBalance(api, to), STAY(10));
	});

	story('sending 1: a node that is gone for good leaves the end unknown, in time', async () => {
		const [from, to] = [sender(), receiver()];
		const proxy = await Proxy.before(node);
		proxy.rule = (told) => {
			if (told.method !== SUBMIT || told.answered) return undefined;
			proxy.down = true;
			return 'cut';
		};
		const begun = Date.now();
		const ended = await cli.run(['transfer', to, '10', '--from', from.uri, '--url', proxy.url, '--json']);
		proxy.close();
		const error = ends(ended, 8);
		assert.ok(Date.now() - begun < 110_000);
		assert.match(error.message, /the node had no new block for 6\d s/);
		// It was never sent. When blocks after its last valid one are final, it can never be included.
		await network.waitFor('its life to be over', 90, async () => (await node.finalizedNumber()) > error.until);
		const over = ends(await cli.run(resend(error)), 5);
		assert.match(over.message, /no block up to \d+ includes it, all of them are final/);
		assert.equal(await freeBalance(api, to), 0n);
	});

	story('sending 1: nothing is sent again for what fails behind it', async () => {
		const from = sender();
		// The proxy cuts all later reads after the first block was read back.
		let done = false;
		const rule = (told) => {
			if (told.method === 'state_getStorage' && told.answered) done = true;
			return done && /^(staking|operators)_/.test(told.method) ? 'cut' : undefined;
		};
		ends(await through(undefined, from.uri, ['operator', 'register', '--commission', '5%']), 0);
		// A command that reads after its transaction: here it waits for the era.
		const set = await aSet();
		const error = ends(await through(rule, from.uri, ['operator', 'join', set, '--until-active']), 10);
		assert.equal(error.transactions.length, 1);
		assert.match(error.message, /is sent and must not be sent again; the rest of the command is not done: no answer from the node/);
		proved[10] = 'no';
	});

	story('finality 1: where finality lags it is born at the parent of the best block, says so, and does not wait for ever', async () => {
		const [from, refused, to, other] = [sender(), sender(), receiver(), receiver()];
		await network.waitFor('twenty blocks', 60, async () => (await node.bestNumber()) > 20);
		const genesis = await node.rpc('chain_getBlockHash', 0);
		const lags = () => when('chain_getFinalizedHead', { result: genesis }, { answered: true, times: Infinity });
		const proxy = await Proxy.before(node, lags());
		const ended = await cli.run(['transfer', to, '10', '--from', from.uri, '--url', proxy.url, '--wait', 'block']);
		assert.equal(ended.code, 0, ended.stderr);
		assert.match(ended.stderr, /finality lags\. The last final block is 0, \d+ blocks behind/);
		assert.equal(await freeBalance(api, to), STAY(10));
		const begun = await node.bestNumber();
		// sending 3: a call that fails in a block that is not final may succeed in another, so the command reports no
		// final result.
		const [lag, lie] = [lags(), liesOfDryRun()];
		const tooMuch = ['transfer', other, '1_000_000_000', '--wait', 'block'];
		const [waited, failed] = await Promise.all([
			through(lags(), from.uri, ['transfer', other, '10']),
			through((told) => lag(told) ?? lie(told), refused.uri, tooMuch),
		]);
		const error = ends(waited, 8);
		proxy.close();
		assert.match(ends(failed, 8).message, /^it is in block \d+, where its call failed, and which is not final: finality stands/);
		assert.match(error.message, /^it is in block \d+, which is not final: finality stands at block 0/);
		// It was born at the best block or its parent, and the command waited until it expired.
		assert.ok(error.until - 63 >= begun - 1 && error.until - 63 <= begun + 3, `${error.until} ${begun}`);
		assert.ok((await node.bestNumber()) <= error.until + 25);
		assert.equal(await freeBalance(api, other), STAY(10));
	});

	story('sending 2: a node that says other things of the runtime is refused', async () => {
		const [from, to] = [sender(), receiver()];
		const transfer = ['transfer', to, '10'];
		// The node's metadata swaps two calls.
		const swapped = readCopy().toString('latin1').replace('transfer_keep_alive', 'transfer_keep_alivE');
		const lie = (told) => (told.params[0] === 'Metadata_metadata_at_version' ? { result: optionOf(Buffer.from(swapped, 'latin1')) } : undefined);
		const lying = () => when('state_call', lie, { answered: true, times: Infinity });
		const error = ends(await through(lying(), from.uri, transfer), 3);
		assert.match(error.message, /says of runtime \d+ what is not so: type pallet_balances::pallet::Call/);
		assert.equal(ends(await through(lying(), from.uri, [...transfer, '--print-call']), 3).exitCode, 3);

		// Another runtime version needs a flag, and a transaction signed for it is invalid on this chain.
		const { specVersion } = await node.rpc('state_getRuntimeVersion');
		const newer = () => {
			const version = (told) => (told.params[0] === 'Core_version' ? { result: withSpecVersion(told.answer.result, specVersion + 1) } : undefined);
			return when('state_call', version, { answered: true, times: Infinity });
		};
		const other = ends(await through(newer(), from.uri, transfer), 3);
		assert.match(other.message, new RegExp(`--accept-runtime ${specVersion + 1}`));
		const refused = ends(await through(newer(), from.uri, [...transfer, '--accept-runtime', String(specVersion + 1)]), 5);
		assert.match(refused.message, /the runtime was upgraded meanwhile/);
		await canBeSentAgain(3, from, to);
	});

	story('sending 2: another chain at the same address is refused, until it is named', async () => {
		const [from, to] = [sender(), receiver()];
		const proxy = await Proxy.before(node);
		const transfer = ['transfer', to, '10', '--from', from.uri, '--url', proxy.url];
		assert.equal((await cli.run(transfer)).code, 0);
		const genesis = await node.rpc('chain_getBlockHash', 0);
		const other = `0x${'5a'.repeat(32)}`;
		const settings = join(cli.folder, '.config/mainstay/networks.json');
		assert.equal(JSON.parse(readFileSync(settings, 'utf8'))[proxy.url], genesis);
		proxy.rule = ({ method, params, answered }) =>
			method === 'chain_getBlockHash' && answered && [params[0]].flat()[0] === 0 ? { result: other } : undefined;
		const refused = await cli.run(transfer);
		assert.equal(refused.code, 3, refused.stderr);
		assert.match(refused.stderr, new RegExp(`is of another chain than before.*--genesis ${other} once`, 's'));
		proxy.rule = () => undefined;
		assert.equal((await cli.run([...transfer, '--genesis', other])).code, 3);
		assert.equal((await cli.run([...transfer, '--genesis', genesis])).code, 0);
		assert.equal(await freeBalance(api, to), STAY(20));
		proxy.close();
	});

	story('sending 3: an item of a batch that fails is told, before it is sent and behind', async () => {
		const [from, to] = [sender(), receiver()];
		const { balances, utility } = api.tx;
		const calls = [balances.transferKeepAlive(to, STAY(10)), balances.transferKeepAlive(to, STAY(1_000_000_000))];
		for (const [method, item] of [['batch', 1], ['forceBatch', 1]]) {
			const hex = utility[method](calls).method.toHex();
			for (const more of [[], ['--dry-run']]) {
				const error = ends(await through(undefined, from.uri, ['call', hex, ...more]), 4);
				assert.deepEqual([error.item, error.name], [item, 'Arithmetic.Underflow'], method);
			}
		}
		assert.equal(await freeBalance(api, to), 0n);
		// The state can change between the dry run and the block. Here the dry run simulates another call.
		const hex = utility.batch(calls).method.toHex();
		for (const [times, wait] of ['finalized', 'block'].entries()) {
			const sent = await through(liesOfDryRun(), from.uri, ['call', hex, '--wait', wait]);
			const error = ends(sent, 4);
			assert.deepEqual([error.item, error.name, sent.sent], [1, 'Arithmetic.Underflow', 1]);
			assert.ok(error.done.final && error.done.events.some(({ name }) => name === 'Transfer'));
			// When the command is given again, the completed items are paid again.
			assert.equal(await freeBalance(api, to), STAY(10 * (times + 1)));
		}
		proved[4] = 'no';
	});

	story('sending 5: it asks at the terminal there is, and without one takes --yes', async () => {
		const [from, to] = [sender(), receiver()];
		const transfer = ['transfer', to, '10', '--from', from.uri];
		const unasked = await cli.withoutTerminal(transfer);
		assert.equal(unasked.code, 2, unasked.stderr);
		assert.match(unasked.stderr, /no terminal to ask.*--yes/s);
		await canBeSentAgain(2, from, to, () => cli.withoutTerminal([...transfer, '--yes']));
		const asked = sender();
		const there = receiver();
		const behind = `2>${join(cli.folder, 'log')} >${join(cli.folder, 'answer')}`;
		const no = await cli.atTerminal(['transfer', there, '10', '--from', asked.uri], { input: 'n\n', behind });
		assert.equal(no.code, 9, no.stdout);
		assert.match(no.stdout, /Sign and send\? \[y\/N\]/);
		await canBeSentAgain(9, asked, there, () => cli.atTerminal(['transfer', there, '10', '--from', asked.uri], { input: 'y\n', behind }));
	});

	story('sending 6: what is collected in pages is collected to the end, and told in one document', async () => {
		const many = '//Sending/many';
		const { operatorDelegation, balances, utility } = api.tx;
		const operators = Array.from({ length: PAGE + 2 }, (_, index) => derivative(account(many).address, index));
		const each = (call) => utility.batchAll(operators.map((address, index) => call(address, index)));
		await submit(api, account(many), each((address) => balances.transferKeepAlive(address, STAY(2))));
		await submit(api, account(many), each((_, index) => utility.asDerivative(index, operatorDelegation.register(500))));
		await submit(api, account(many), each((address) => operatorDelegation.stake(address, STAY(1), 0)));
		// Nothing is due, which is no error on the chain. The command asks the node first, which gives a false answer.
		const due = { at: await node.rpc('chain_getFinalizedHead'), value: { to: account(many).address, credit: [{ currency: 'native', amount: '1' }], positions: { items: [], next: null } } };
		const rule = () => when('rewards_due', { result: due }, { times: Infinity });
		for (const wait of ['none', 'finalized']) {
			const nonce = await nonceOf(account(many).address);
			const told = ends(await through(rule(), many, ['collect', '--wait', wait]), 0);
			assert.equal(told.transactions.length, 2, wait);
			await waitFor('both pages', 30, async () => (await nonceOf(account(many).address)) === nonce + 2);
		}
	});

	story('sending 7: what a node says steers no terminal', async () => {
		const from = sender();
		const lies = { error: { code: -32_000, message: `${ESCAPE}no`, data: ESCAPE } };
		for (const method of ['staking_era', 'system_accountNextIndex', SUBMIT]) {
			const args = method === 'staking_era' ? ['show', 'era'] : ['transfer', receiver(), '1', '--from', from.uri];
			for (const more of [[], ['--json']]) {
				const proxy = await Proxy.before(node, when(method, lies));
				const { stdout, stderr } = await cli.run([...args, ...more, '--url', proxy.url]);
				proxy.close();
				assert.doesNotMatch(stdout + stderr, /[\x07\x1b]/, method);
			}
		}
	});

	story('clients 2: an answer that cannot be written is told, and never as done', async () => {
		for (const args of [['show', 'era'], ['show', 'era', '--json'], ['key', 'list'], ['--help'], ['--version'], ['completions', 'bash'], ['help', 'stake']]) {
			const { code, stderr } = await cli.inShell(args, '>/dev/full');
			assert.deepEqual([args, code], [args, 1]);
			assert.match(stderr, /the answer could not be written to standard output: /, args.join(' '));
			// A closed pipe is no error: the reader has enough.
			const closed = await cli.inShell(args, '| head -c 1');
			assert.deepEqual([args, closed.code, closed.stderr], [args, 0, '']);
		}
		const from = sender();
		const [to, other] = [receiver(), receiver()];
		const unwritten = await cli.inShell(['transfer', to, '10', '--from', from.uri], '>/dev/full');
		assert.equal(unwritten.code, 10, unwritten.stderr);
		assert.match(unwritten.stderr, /is sent and must not be sent again; the rest of the command is not done: the answer could not be written/);
		assert.equal(await freeBalance(api, to), STAY(10));
		// Nor does an error on standard error end the command before it is done.
		const unseen = await cli.inShell(['transfer', other, '10', '--from', from.uri], '2>/dev/full | true');
		assert.equal(unseen.code, 0);
		assert.equal(await freeBalance(api, other), STAY(10));
	});

	story('exit codes 1, 6 and 7: nothing was sent, and once that is mended it can be', async () => {
		const broken = new CommandLine(node.url);
		const [from, to] = [sender(), receiver()];
		const settings = join(broken.folder, '.config/mainstay');
		await broken.run(['transfer', receiver(), '1', '--from', from.uri]);
		writeFileSync(join(settings, 'networks.json'), '{');
		const unread = await broken.run(['transfer', to, '10', '--from', from.uri]);
		assert.equal(unread.code, 1, unread.stderr);
		rmSync(join(settings, 'networks.json'));
		await canBeSentAgain(1, from, to, () => broken.run(['transfer', to, '10', '--from', from.uri]));
		const there = receiver();
		assert.equal((await broken.run(['transfer', there, '10', '--from', 'nobody'])).code, 6);
		await canBeSentAgain(6, from, there);
		assert.equal((await broken.run(['claim', '--from', from.uri])).code, 7);
		await canBeSentAgain(7, from, receiver());
		broken.remove();
	});

});

test('every row of the documented exit codes was shown to hold', () => {
	assert.deepEqual(documented(), proved);
});

/** The SCALE encoding of an optional list of bytes. */
function optionOf(bytes) {
	const length = Buffer.alloc(4);
	length.writeUInt32LE((bytes.length << 2) | 2);
	return `0x01${length.toString('hex')}${bytes.toString('hex')}`;
}

/**
 * The version of a runtime with another `spec_version`, which is encoded after two names of eight letters and the
 * authoring version.
 */
function withSpecVersion(hex, version) {
	const bytes = Buffer.from(hex.slice(2), 'hex');
	bytes.writeUInt32LE(version, 22);
	return `0x${bytes.toString('hex')}`;
}

/** The account for which `utility.asDerivative` signs. */
function derivative(address, index) {
	const parts = api.createType('(Bytes, AccountId, u16)', ['', address, index]).toU8a().subarray(1);
	return api.createType('AccountId', api.registry.hash(Buffer.concat([Buffer.from('modlpy/utilisuba'), parts]))).toString();
}

/** A set that every operator may join for its deposit alone. */
async function aSet() {
	const { avsRegistry } = api.tx;
	const owner = account('//Sending/solo');
	const { events } = await submit(api, owner, avsRegistry.register('Vera', ''));
	const avs = events.find((event) => api.events.avsRegistry.AvsRegistered.is(event)).data.avs.toNumber();
	await submit(api, owner, avsRegistry.createSet(avs, [['Native', 1]], 'Open', 0, owner.address, 'Burn'));
	return `${avs}/0`;
}
