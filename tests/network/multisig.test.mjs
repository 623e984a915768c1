// Multisigs from the command line: signatures in turn, calls that wait, calls that fail, cancelling, a multisig as proxy,
// signatures from other wallets. Keys of all three schemes sign, and their files go to polkadot.js and come from it.
// docs/multisigs.md runs as it is written.
import assert from 'node:assert/strict';
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { after } from 'node:test';
import { Keyring } from '@polkadot/api';
import { blake2AsHex, createKeyMulti, encodeAddress } from '@polkadot/util-crypto';
import { STAY, account, connect, eventOf, freeBalance, submit } from './lib/chain.mjs';
import { CommandLine, ends, eventsOf } from './lib/cli.mjs';
import { Reader } from './lib/docs.mjs';
import { storyteller } from './lib/story.mjs';
import { waitFor } from './lib/wait.mjs';

const SS58 = 42;
const PAGE = 'docs/multisigs.md';
const TEAM = '2://Alice,//Bob,//Charlie';
const WAIT_SECONDS = 30;
const PHRASE = 'bottom drive obey lake curtain smoke basket hold race lonely fit walk';
const PASSWORD = 'correct horse';
/** The deposit of a call that waits for two signatures: 0.1 STAY and 0.0001 for each. */
const DEPOSIT = STAY(1002) / 10_000n;

const [alice, bob, charlie, dave, ferdie] = ['//Alice', '//Bob', '//Charlie', '//Dave', '//Ferdie'].map(account);
/** Sorted by their bytes. */
const [first, second, third] = [bob, charlie, alice].map(({ address }) => address);
const team = encodeAddress(createKeyMulti([alice.address, bob.address, charlie.address], 2), SS58);

const { network, story } = storyteller();
const apis = [];
const lines = [];
after(async () => {
	for (const line of lines) line.remove();
	await Promise.all(apis.map((api) => api.disconnect()));
});

let api;
let cli;
let node;

async function start(name, when) {
	const node = await network.seal(name, when);
	const api = await connect(node);
	apis.push(api);
	const cli = new CommandLine(node.url);
	lines.push(cli);
	return { api, cli, node };
}

const pending = async (...args) => (await cli.json('multisig', 'pending', ...args)).value;
const reserved = async (who) => (await api.query.system.account(who)).data.reserved.toBigInt();
const by = (who) => ['--multisig', TEAM, '--from', who];

story('the account of a multisig is that of polkadot.js, and what is none is refused', async () => {
	({ api, cli, node } = await start('multisig', 'instant'));
	assert.equal(team, '5DjYJStmdZ2rcqXbXGX7TW85JsrW6uG4y9MUcLq2BoPMpRA7');
	// It needs no node.
	const shown = await cli.json('multisig', 'show', '2://Charlie,//Alice,//Bob', '--url', 'ws://127.0.0.1:1');
	assert.deepEqual(shown, { address: team, threshold: 2, signatories: [first, second, third] });
	assert.deepEqual(await cli.json('multisig', 'show', '--multisig', TEAM), shown);
	const { stdout } = await cli.runs(['multisig', 'show', TEAM]);
	assert.match(stdout, new RegExp(`address +${team}`));
	assert.match(stdout, /threshold +2 of 3/);

	const many = [...Array(101).keys()].map((number) => encodeAddress(new Uint8Array(32).fill(number), SS58));
	for (const [given, why] of [
		['//Alice,//Bob', /is not a multisig/],
		['0://Alice,//Bob', /1 to 2 have to sign, and not 0/],
		['3://Alice,//Bob', /1 to 2 have to sign, and not 3/],
		['1://Alice', /2 signatories or more/],
		['2://Alice,//Bob,//Alice', /given twice/],
		[`2:${many.join(',')}`, /at most 100 signatories/],
	]) {
		assert.match(await cli.fails(2, ['multisig', 'show', given]), why);
	}
	const stranger = await cli.fails(2, ['transfer', '//Eve', '1', ...by('//Dave')]);
	assert.match(stranger, new RegExp(`${dave.address} is no signatory of the multisig ${team}`));
	assert.match(await cli.fails(2, ['transfer', '//Eve', '1', '--multisig', TEAM]), /--from/);
	assert.match(await cli.fails(2, ['multisig', 'pending']), /which multisig/);
	await cli.runs(['transfer', team, '1000', '--from', '//Eve']);
});

story('two of three send a transfer, which waits in between', async () => {
	const sending = ['transfer', '//Dave', '25'];
	const call = api.tx.balances.transferKeepAlive(dave.address, STAY(25)).method.toHex();
	const before = { team: await freeBalance(api, team), dave: await freeBalance(api, dave.address) };

	// A dry run needs no secret, changes nothing, and shows what the call would do for the multisig.
	const told = await cli.json(...sending, ...by(alice.address), '--dry-run');
	assert.deepEqual([told.from, told.refused], [alice.address, null]);
	const { effect, ...multisig } = told.multisig;
	assert.deepEqual(multisig, {
		...{ address: team, threshold: 2, signatories: [first, second, third] },
		...{ callHash: blake2AsHex(call), call, executes: false },
		...{ approvals: [alice.address], missing: [first, second], remaining: 1 },
		...{ timepoint: null, depositor: alice.address, deposit: String(DEPOSIT) },
	});
	assert.equal(effect.refused, null);
	assert.deepEqual(eventsOf(effect, 'Balances.Transfer').map(({ from, to, amount }) => [from, to, amount]), [
		[team, dave.address, String(STAY(25))],
	]);
	assert.equal(BigInt(effect.spendable.before) - BigInt(effect.spendable.after), STAY(25));
	assert.deepEqual(await pending(TEAM), { address: team, threshold: 2, signatories: [first, second, third], items: [] });

	const signed = await cli.json(...sending, ...by('//Alice'));
	assert.equal(eventsOf(signed, 'Multisig.NewMultisig').length, 1);
	assert.deepEqual(
		[signed.from, signed.multisig.executes, signed.multisig.approvals, signed.multisig.timepoint.height],
		[alice.address, false, [alice.address], signed.number],
	);
	assert.equal(await freeBalance(api, team), before.team);
	assert.equal(await reserved(alice.address), DEPOSIT);

	const { items } = await pending(TEAM);
	const { timepoint } = signed.multisig;
	const waits = { callHash: blake2AsHex(call), call, timepoint, depositor: alice.address, deposit: String(DEPOSIT) };
	assert.deepEqual(items, [{ ...waits, approvals: [alice.address], missing: [first, second], remaining: 1 }]);
	// Of the address alone, the signatories are not known.
	const address = await pending(team);
	assert.deepEqual([address.threshold, address.signatories], [null, null]);
	assert.deepEqual(address.items, [{ ...waits, approvals: [alice.address], missing: null, remaining: null }]);
	const { stdout, stderr } = await cli.runs(['multisig', 'pending', '--multisig', TEAM]);
	assert.match(stdout, /signed +\/\/Alice\n.*missing +1, of \/\/Bob, \/\/Charlie\n/);
	assert.match(stdout, new RegExp(`hash +${blake2AsHex(call)}\n`));
	assert.match(stdout, /transferKeepAlive/);
	assert.ok(stderr.includes(`mainstay-cli call ${call} --multisig 2:${first},${second},${third} --from KEY`), stderr);

	const again = JSON.parse(await cli.fails(4, [...sending, ...by('//Alice'), '--json'])).error;
	assert.equal(again.name, 'Multisig.AlreadyApproved');
	assert.match(again.remedy, /1 more, of \/\/Bob, \/\/Charlie/);

	const done = await cli.json(...sending, ...by('//Bob'));
	assert.deepEqual(
		[done.multisig.executes, done.multisig.approvals, done.multisig.remaining, done.multisig.effect],
		[true, [alice.address, bob.address], 0, null],
	);
	assert.deepEqual(eventsOf(done, 'Multisig.MultisigExecuted').map(({ result }) => result), [{ ok: null }]);
	assert.deepEqual(eventsOf(done, 'Balances.Transfer').map(({ from, to }) => [from, to]), [[team, dave.address]]);
	// Signers pay their fees, and the multisig none. The deposit came back.
	assert.equal(await freeBalance(api, team), before.team - STAY(25));
	assert.equal(await freeBalance(api, dave.address), before.dave + STAY(25));
	assert.equal(await reserved(alice.address), 0n);
	assert.deepEqual((await pending(TEAM)).items, []);
});

story('people read who has signed and who is missing', async () => {
	const sending = ['transfer', '//Dave', '2'];
	const dry = (await cli.runs([...sending, ...by('//Bob'), '--dry-run'])).stdout;
	assert.match(dry, /signed by +5FHneW46/);
	assert.match(dry, /2 of 3 signatories have to sign/);
	assert.match(dry, /missing +1 more, of \/\/Charlie, \/\/Alice/);
	assert.match(dry, /deposit +0\.1002 STAY of \/\/Bob/);
	assert.match(dry, /the call +2 STAY go from .* to \/\/Dave/);

	const { stdout, stderr } = await cli.runs([...sending, ...by('//Bob')]);
	assert.match(stdout, /^signed: send 2 STAY to \/\/Dave$/m);
	assert.match(stdout, /missing +1 more, of \/\/Charlie, \/\/Alice/);
	assert.match(stdout, /begun +block \d+, transaction \d+/);
	const rows = stdout.split('\n').filter((line) => !line.includes('transaction 0x'));
	assert.ok(rows.every((line) => line.length <= 80), stdout);
	assert.match(stderr, /sign exactly this call:\n +mainstay-cli call 0x[0-9a-f]+ --multisig 2:/);
	// A call that differs in anything is another one, and the command says that one waits already.
	const other = await cli.runs(['transfer', '//Dave', '3', ...by('//Charlie'), '--dry-run']);
	assert.match(other.stdout, /waiting +another call of the multisig/);
	const [{ call }] = (await pending(TEAM)).items;
	assert.match((await cli.runs(['call', call, ...by('//Charlie')])).stdout, /^done: send a call$/m);

	const asked = await cli.atTerminal(['transfer', '//Dave', '2', ...by('//Alice')], { input: 'n\n' });
	assert.equal(asked.code, 9, asked.stdout);
	assert.match(asked.stdout.replace(/\x1b\[\d*m/g, ''), /missing +1 more, of \/\/Bob, \/\/Charlie/);
});

story('a call that would fail is a warning at first, and refused when it would be made', async () => {
	const sending = ['transfer', '//Dave', '5000'];
	const first = await cli.runs([...sending, ...by('//Alice')]);
	assert.match(first.stderr, /as things are now, the call would fail: .*\(Token\.FundsUnavailable\)/);
	const [{ callHash, approvals }] = (await pending(TEAM)).items;
	assert.deepEqual(approvals, [alice.address]);
	const before = await freeBalance(api, bob.address);
	const refused = JSON.parse(await cli.fails(4, [...sending, ...by('//Bob'), '--json'])).error;
	assert.deepEqual([refused.exitCode, refused.name], [4, 'Token.FundsUnavailable']);
	assert.equal(await freeBalance(api, bob.address), before);

	// Only who began it cancels it.
	const cancel = ['multisig', 'cancel', callHash];
	const other = JSON.parse(await cli.fails(4, [...cancel, ...by('//Bob'), '--json'])).error;
	assert.equal(other.name, 'Multisig.NotOwner');
	assert.match(await cli.fails(2, [...cancel, '--from', '//Alice']), /which multisig/);
	assert.match(await cli.fails(2, [...cancel, ...by('//Alice'), '--on-behalf-of', '//Eve']), /--on-behalf-of/);
	assert.match(await cli.fails(7, ['multisig', 'cancel', `0x${'ab'.repeat(32)}`, ...by('//Alice')]), /no call of/);
	const cancelled = await cli.json(...cancel, ...by('//Alice'));
	assert.deepEqual(eventsOf(cancelled, 'Multisig.MultisigCancelled').map((event) => event.callHash), [callHash]);
	assert.equal(cancelled.multisig, undefined);
	assert.equal(await reserved(alice.address), 0n);
	assert.deepEqual((await pending(TEAM)).items, []);
	assert.match(await cli.fails(7, [...cancel, ...by('//Alice')]), /no call of/);
});

story('a call that fails in its block is an error, with the name of its own refusal', async () => {
	const { api, cli, node } = await start('manual', 'manual');
	const pooled = (count) => async () => (await node.rpc('author_pendingExtrinsics')).length >= count;
	/** Runs what sends transactions, and makes a block once so many are ready. */
	const inBlock = async (count, run) => {
		const running = run();
		await waitFor(`${count} transactions`, WAIT_SECONDS, pooled(count));
		await node.ownersRpc('dev_newBlocks', 1);
		return running;
	};
	const { balances, sudo } = api.tx;
	await inBlock(1, () => submit(api, dave, balances.transferKeepAlive(team, STAY(10))));
	const sending = ['transfer', '//Eve', '8'];
	const signed = ends(await inBlock(1, () => cli.run([...sending, ...by('//Charlie'), '--json'])), 0);
	assert.equal(signed.multisig.effect.refused, null);

	// While the last signature is under way, the multisig loses its balance: that transaction pays for its place.
	await sudo.sudo(balances.forceSetBalance(team, STAY(1))).signAndSend(alice, { tip: STAY(1) });
	const failed = ends(await inBlock(2, () => cli.run([...sending, ...by('//Bob'), '--json'])), 4);
	assert.equal(failed.name, 'Token.FundsUnavailable');
	const [{ result }] = eventsOf(failed.done, 'Multisig.MultisigExecuted');
	assert.deepEqual(result, { err: 'Token.FundsUnavailable' });
	// The call does not wait any more, and the deposit came back.
	assert.deepEqual((await cli.json('multisig', 'pending', TEAM)).value.items, []);
	assert.equal((await api.query.system.account(charlie.address)).data.reserved.toBigInt(), 0n);
});

story('one of two suffices if the threshold is one', async () => {
	const either = '1://Alice,//Bob';
	const { address } = await cli.json('multisig', 'show', either);
	assert.equal(address, encodeAddress(createKeyMulti([alice.address, bob.address], 1), SS58));
	await cli.runs(['transfer', address, '10', '--from', '//Eve']);
	const done = await cli.json('transfer', '//Dave', '4', '--multisig', either, '--from', '//Bob');
	assert.deepEqual([done.multisig.executes, done.multisig.deposit], [true, null]);
	assert.deepEqual(eventsOf(done, 'Balances.Transfer').map(({ from }) => from), [address]);
	const refused = await cli.fails(4, ['transfer', '//Dave', '40', '--multisig', either, '--from', '//Alice', '--json']);
	assert.equal(JSON.parse(refused).error.name, 'Token.FundsUnavailable');
});

story('a multisig acts as the proxy of an account', async () => {
	await cli.runs(['proxy', 'add', team, '--type', 'staking', '--from', '//Ferdie']);
	const acting = ['stake', '//Alice', '10', '--on-behalf-of', '//Ferdie'];
	const signed = await cli.json(...acting, ...by('//Alice'));
	assert.deepEqual(eventsOf(signed.multisig.effect, 'OperatorDelegation.Deposited').map(({ who }) => who), [ferdie.address]);
	const decoded = api.createType('Call', signed.multisig.call);
	assert.deepEqual([decoded.section, decoded.method, decoded.args[0].toString()], ['proxy', 'proxy', ferdie.address]);

	const done = await cli.json('call', signed.multisig.call, ...by('//Charlie'));
	assert.deepEqual(eventsOf(done, 'OperatorDelegation.Deposited').map(({ who }) => who), [ferdie.address]);
	assert.deepEqual(eventsOf(done, 'Proxy.ProxyExecuted').map(({ result }) => result), [{ ok: null }]);

	// What the type does not cover fails inside two calls, and is found there.
	const sending = ['transfer', '//Eve', '1', '--on-behalf-of', '//Ferdie'];
	const warned = await cli.json(...sending, ...by('//Alice'));
	assert.equal(warned.multisig.effect.refused.name, 'System.CallFiltered');
	const refused = await cli.fails(4, [...sending, ...by('//Bob'), '--json']);
	assert.equal(JSON.parse(refused).error.name, 'System.CallFiltered');
	await cli.runs(['multisig', 'cancel', warned.multisig.callHash, ...by('//Alice')]);
});

story('a signatory may be a multisig itself', async () => {
	const outer = `2:${team},//Dave`;
	const { address } = await cli.json('multisig', 'show', outer);
	await cli.runs(['transfer', address, '10', '--from', '//Eve']);
	const sending = ['transfer', '//Eve', '3', '--multisig', outer];
	await cli.runs([...sending, '--from', '//Dave']);
	const { call } = await cli.json(...sending, '--from', team, '--print-call');
	assert.equal((await cli.json('call', call, ...by('//Alice'))).multisig.executes, false);
	const done = await cli.json('call', call, ...by('//Bob'));
	assert.deepEqual(eventsOf(done, 'Multisig.MultisigExecuted').map(({ multisig, result }) => [multisig, result]), [
		[address, { ok: null }],
		[team, { ok: null }],
	]);
	assert.deepEqual(eventsOf(done, 'Balances.Transfer').map(({ from }) => from), [address]);
});

story('signatures from other wallets count, and calls are those of polkadot.js', async () => {
	const inner = api.tx.balances.transferKeepAlive(dave.address, STAY(6));
	const others = [first, second];
	const { weight } = await api.call.transactionPaymentCallApi.queryCallInfo(inner.method, inner.method.encodedLength);
	const printed = await cli.json('transfer', '//Dave', '6', ...by(alice.address), '--print-call');
	assert.equal(printed.call, api.tx.multisig.asMulti(2, others, null, inner, weight).method.toHex());
	assert.equal(printed.multisig.call, inner.method.toHex());

	// Another wallet approves the hash only.
	const { hash } = inner.method;
	const { events } = await submit(api, alice, api.tx.multisig.approveAsMulti(2, others, null, hash, { refTime: 0, proofSize: 0 }));
	assert.equal(eventOf(events, api.events.multisig.NewMultisig).callHash.toHex(), hash.toHex());
	const [waits] = (await pending(TEAM)).items;
	assert.deepEqual([waits.callHash, waits.call], [hash.toHex(), null]);
	assert.match((await cli.runs(['multisig', 'pending', TEAM])).stdout, /the call +not known: ask who began it/);
	const next = await cli.json('transfer', '//Dave', '6', ...by(bob.address), '--print-call');
	assert.equal(next.call, api.tx.multisig.asMulti(2, [second, third], waits.timepoint, inner, weight).method.toHex());
	const done = await cli.json('transfer', '//Dave', '6', ...by('//Bob'));
	assert.deepEqual(eventsOf(done, 'Multisig.MultisigExecuted').map(({ result }) => result), [{ ok: null }]);
});

story('keys of ed25519 and ecdsa sign, and their files are those of polkadot.js', async () => {
	const file = join(cli.folder, 'password');
	writeFileSync(file, `${PASSWORD}\n`, { mode: 0o600 });
	const withPassword = ['--password-file', file];
	for (const scheme of ['ed25519', 'ecdsa', 'sr25519']) {
		const keyring = new Keyring({ type: scheme, ss58Format: SS58 });
		const pair = keyring.addFromUri(`${PHRASE}//Schemes//7`);
		const importing = ['key', 'import', scheme, '--scheme', scheme, ...withPassword, '--json'];
		const made = ends(await cli.run(importing, { input: `${PHRASE}//Schemes//7\n` }), 0);
		const publicKey = `0x${Buffer.from(pair.publicKey).toString('hex')}`;
		assert.deepEqual([made.address, made.publicKey, made.scheme], [pair.address, publicKey, scheme]);
		assert.equal((await cli.json('key', 'show', '//Schemes//7', '--scheme', scheme)).address, pair.address);

		// From here to polkadot.js.
		const exported = (await cli.json('key', 'export', scheme)).contents;
		const there = new Keyring({ ss58Format: SS58 }).createFromJson(exported);
		there.decodePkcs8(PASSWORD);
		assert.deepEqual([there.type, there.address], [scheme, pair.address]);
		const message = Buffer.from('a message');
		assert.ok(pair.verify(message, there.sign(message), pair.publicKey), scheme);
		// And from there to here.
		const theirs = join(cli.folder, `${scheme}.json`);
		writeFileSync(theirs, JSON.stringify(pair.toJson(PASSWORD)), { mode: 0o600 });
		const back = await cli.json('key', 'import', `${scheme}-2`, '--keyfile', theirs, ...withPassword);
		assert.deepEqual([back.address, back.publicKey, back.scheme], [pair.address, publicKey, scheme]);

		await cli.runs(['transfer', scheme, '100', '--from', '//Eve']);
		const sending = ['transfer', '//Dave', '1', '--from', `${scheme}-2`];
		const told = await cli.json(...sending, '--dry-run');
		const sent = await cli.json(...sending, ...withPassword);
		// A signature of ecdsa is a byte longer, and the fee with it.
		assert.deepEqual([sent.from, sent.final, sent.fee], [pair.address, true, told.fee]);
		const of = ['--from', '//Schemes//7', '--scheme', scheme];
		const waiting = await cli.json('transfer', '//Dave', '1', ...of, '--wait', 'none');
		const { signed, until, genesis } = waiting;
		const resent = await cli.json('resend', signed, '--until', String(until), '--genesis', genesis);
		assert.deepEqual([resent.from, resent.final], [pair.address, true]);
	}
	const wrong = ['transfer', '//Dave', '1', '--from', 'ecdsa', '--scheme', 'ed25519', ...withPassword];
	assert.match(await cli.fails(6, wrong), /holds a key of ecdsa, and not of ed25519/);
	assert.match(await cli.fails(6, ['key', 'show', '//Alice/soft', '--scheme', 'ecdsa']), /no soft derivation/);
	const { keys } = await cli.json('key', 'list');
	assert.deepEqual(keys.map(({ name, scheme }) => [name.replace(/-2$/, ''), scheme]).filter(([name, scheme]) => name !== scheme), []);

	// Signatories need not have the same scheme.
	const mixed = '2:ed25519,ecdsa';
	const { address } = await cli.json('multisig', 'show', mixed);
	await cli.runs(['transfer', address, '10', '--from', '//Eve']);
	const asked = ['transfer', '//Dave', '3', '--multisig', mixed, ...withPassword];
	assert.equal((await cli.json(...asked, '--from', 'ecdsa')).multisig.executes, false);
	const done = await cli.json(...asked, '--from', 'ed25519');
	assert.deepEqual(eventsOf(done, 'Balances.Transfer').map(({ from }) => from), [address]);
});

story('a raw seed signs for its own account, and not for the one that looks like it', async () => {
	const seed = `0x${'5e'.repeat(32)}`;
	const pair = new Keyring({ type: 'sr25519', ss58Format: SS58 }).addFromUri(seed);
	await cli.runs(['transfer', pair.address, '10', '--from', '//Eve']);
	const told = await cli.json('transfer', '//Dave', '1', '--from', seed, '--dry-run');
	assert.equal(told.from, pair.address);
	assert.equal((await cli.json('transfer', '//Dave', '1', '--from', seed)).from, pair.address);
});

story('the page about multisigs is right', async () => {
	const { node } = await start('page', 'instant');
	const reader = new Reader(PAGE, { MAINSTAY_URL: node.url });
	try {
		await reader.read();
	} finally {
		await reader.stop();
	}
});
