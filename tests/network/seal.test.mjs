// A chain whose blocks are made on command, by a timer, or as soon as transactions are ready. Its state equals that
// of a chain whose validator waits for its slots.
import assert from 'node:assert/strict';
import { execFileSync, spawnSync } from 'node:child_process';
import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { after } from 'node:test';
import { setTimeout as sleep } from 'node:timers/promises';
import { xxhashAsHex } from '@polkadot/util-crypto';
import { BINARY } from './lib/binary.mjs';
import { UNIT, account, connect, freeBalance, submit } from './lib/chain.mjs';
import { CommandLine } from './lib/cli.mjs';
import { NATIVE, WAD } from './lib/services.mjs';
import { storyteller } from './lib/story.mjs';
import { waitFor } from './lib/wait.mjs';

const COPY = new URL('../../clients/artifacts/openrpc.json', import.meta.url);
const SLOT = 1_000;
/** The slots of a session, and the sessions of an era. */
const [SLOTS, SESSIONS] = [10, 3];
const MOST_SLOTS = 1_000_000;
const BLOCK_POINTS = 20;
const NO_VOTES = /NoVotes\. The blocks of this chain are made on command/;

const [alice, bob, charlie, dave] = ['//Alice', '//Bob', '//Charlie', '//Dave'].map(account);

const { network, story } = storyteller();
const apis = [];
const lines = [];
after(async () => {
	for (const line of lines) line.remove();
	await Promise.all(apis.map((api) => api.disconnect()));
});

/** The chain whose blocks are made on command. */
let manual;

const hex = (bytes) => `0x${Buffer.from(bytes).toString('hex')}`;
const ask = async (node, method, ...params) => (await node.rpc(method, ...params)).value;
const tell = (node, method, ...params) => node.ownersRpc(method, ...params);

async function connected(node) {
	const api = await connect(node);
	apis.push(api);
	return api;
}

/** Starts a node that must refuse to start, and returns its error. */
function refused(...args) {
	const { status, stderr } = spawnSync(BINARY, args, { encoding: 'utf8', timeout: 60_000 });
	assert.equal(status, 1, `${args.join(' ')}\n${stderr}`);
	return stderr.split('\n').find((line) => line.startsWith('Error: '));
}

story('a chain on command stands still until it is told to go on', async () => {
	manual = await network.seal('manual', 'manual');
	const before = Date.now();
	await sleep(2 * SLOT);
	assert.equal(await manual.bestNumber(), 0);

	const first = await tell(manual, 'dev_newBlocks');
	const { number, era, session, time, nextTime } = first.value;
	assert.deepEqual({ number, era, session }, { number: 1, era: 0, session: 0 });
	// The chain begins at the start of the current slot.
	assert.ok(time % SLOT === 0 && time > before - SLOT && time <= Date.now(), `${time}`);
	assert.equal(nextTime, time + SLOT);
	assert.equal(first.at, await manual.rpc('chain_getBlockHash'));

	// Each block takes the next slot, and is final. The tenth block after the first begins a session.
	const later = await tell(manual, 'dev_newBlocks', SLOTS);
	assert.deepEqual(
		later.value,
		{ number: 1 + SLOTS, era: 0, session: 1, time: time + SLOTS * SLOT, nextTime: nextTime + SLOTS * SLOT },
	);
	assert.equal(await manual.finalizedNumber(), 1 + SLOTS);
	// The head has the reported time.
	const now = await manual.rpc('state_getStorage', storageKey('Timestamp', 'Now'), later.at);
	assert.equal(Buffer.from(now.slice(2), 'hex').readBigUInt64LE(), BigInt(later.value.time));
});

story('it says what it has not: peers, votes, proofs of finality, anything for light clients', async () => {
	assert.deepEqual(await manual.rpc('system_localListenAddresses'), []);
	const health = await manual.rpc('system_health');
	assert.deepEqual(health, { peers: 0, isSyncing: false, shouldHavePeers: false });
	const stranger = '/ip4/127.0.0.1/tcp/30333/p2p/12D3KooWEyoppNCUx8Yx66oV9fJnriXwCcXwDDUA2kj6vnc6iDEp';
	await assert.rejects(tell(manual, 'system_addReservedPeer', stranger), /talks to no peers/);

	const { methods } = await manual.rpc('rpc_methods');
	assert.deepEqual(methods.filter((name) => /^(grandpa|sync_state)_/.test(name)), []);
	assert.deepEqual(methods.filter((name) => name.startsWith('dev_')), ['dev_newBlocks', 'dev_nextEra', 'dev_setTime']);
	await assert.rejects(manual.rpc('grandpa_proveFinality', 1), NO_VOTES);
	await assert.rejects(manual.rpc('grandpa_roundState'), NO_VOTES);
	await assert.rejects(manual.rpc('sync_state_genSyncSpec', true), NO_VOTES);
	assert.match(manual.log(), /Blocks are made only on command.* This node talks to no peers.* no proofs of finality/);

	// The method descriptions are the same as on any node.
	assert.deepEqual(JSON.parse(readFileSync(COPY, 'utf8')), await manual.rpc('rpc.discover'));
});

story('only its owner tells it anything, within bounds', async () => {
	for (const [method, ...params] of [['dev_newBlocks'], ['dev_nextEra'], ['dev_setTime', 1]]) {
		await assert.rejects(manual.rpc(method, ...params), /unsafe to be called externally/);
	}
	const number = await manual.bestNumber();
	for (const [method, ...params] of [
		['dev_newBlocks', 0],
		['dev_newBlocks', 10_001],
		['dev_newBlocks', -1],
		['dev_newBlocks', '1'],
		['dev_newBlocks', 1, 2],
		['dev_nextEra', 101],
		['dev_nextEra', 1, 0],
		['dev_setTime'],
		['dev_setTime', -1],
		['dev_setTime', 'now'],
	]) {
		await assert.rejects(tell(manual, method, ...params), /Invalid params: /, `${method} ${params}`);
	}
	await assert.rejects(tell(manual, 'dev_newBlocks', 10_001), /expected a number from 1 to 10000/);
	assert.equal(await manual.bestNumber(), number);
});

story('its clock goes forward only, and not too far', async () => {
	const { value: head } = await tell(manual, 'dev_newBlocks');
	const most = head.nextTime + MOST_SLOTS * SLOT;
	const times = `can be from ${head.nextTime} to ${most}, in milliseconds since 1970`;
	for (const wrong of [0, head.time, head.nextTime - 1, most + 1, Number.MAX_SAFE_INTEGER]) {
		await assert.rejects(tell(manual, 'dev_setTime', wrong), new RegExp(`WrongTime: .*${times}`));
	}
	// A time in the middle of a slot.
	const asked = head.nextTime + 5 * SLOT + 123;
	assert.deepEqual((await tell(manual, 'dev_setTime', asked)).value, { ...head, nextTime: asked });
	const { value: there } = await tell(manual, 'dev_newBlocks', 1);
	assert.equal(there.time, asked);
	assert.equal(there.nextTime, head.nextTime + 6 * SLOT);

	// A day without blocks has no sessions, because BABE skips them.
	const day = 24 * 60 * 60 * SLOT;
	await tell(manual, 'dev_setTime', there.time + day);
	const { value: dayAfter } = await tell(manual, 'dev_newBlocks');
	assert.equal(dayAfter.time, there.time + day);
	assert.ok(dayAfter.session - there.session <= 1, `${there.session} to ${dayAfter.session}`);
	// The chain continues from there.
	const { value: on } = await tell(manual, 'dev_nextEra', 2);
	assert.equal(on.era, dayAfter.era + 2);
});

story('thirty eras take seconds, and have in them what eras have', async () => {
	const { value: before } = await tell(manual, 'dev_nextEra');
	const [began, issued] = [Date.now(), BigInt((await ask(manual, 'staking_era')).issuance)];
	let head;
	// One era at a time, because a call has a deadline and the machine may be busy.
	for (let eras = 0; eras < 30; eras++) ({ value: head } = await tell(manual, 'dev_nextEra'));
	console.log(`30 eras of ${SESSIONS * SLOTS} blocks took ${((Date.now() - began) / 1000).toFixed(1)} s`);

	assert.equal(head.era, before.era + 30);
	assert.equal(head.session, before.session + 30 * SESSIONS);
	assert.equal(head.number, before.number + 30 * SESSIONS * SLOTS);
	assert.equal(head.time, before.time + 30 * SESSIONS * SLOTS * SLOT);
	assert.equal(await manual.finalizedNumber(), head.number);
	// The head begins the era, but its own time is set only after that.
	const status = await ask(manual, 'staking_era');
	assert.deepEqual([status.era, status.start, status.validators], [head.era, head.time - SLOT, 1]);
	for (const era of [head.era - 1, head.era - 15]) {
		const [{ operator, points }] = await ask(manual, 'staking_validators', era);
		assert.deepEqual([operator, points], [alice.address, SESSIONS * SLOTS * BLOCK_POINTS]);
		assert.ok(BigInt((await ask(manual, 'rewards_era', era)).pot) > 0n);
	}
	assert.ok(BigInt(status.issuance) > issued);

	// With fewer blocks a session, eras are made faster, and are as long.
	const { value: quick } = await tell(manual, 'dev_nextEra', 10, 1);
	assert.equal(quick.number, head.number + 10 * SESSIONS);
	assert.equal(quick.time, head.time + 10 * SESSIONS * SLOTS * SLOT);
	assert.equal(quick.era, head.era + 10);
});

story('a second validator is elected and has its slots, and one whose keys are elsewhere is passed over', async () => {
	const api = await connected(manual);
	const { balances, operatorDelegation, session, staking } = api.tx;
	const eve = account('//Eve');
	/** Sends a call and makes the block that includes it. */
	const send = async (signer, ...calls) => {
		const sent = submit(api, signer, calls.length === 1 ? calls[0] : api.tx.utility.batchAll(calls));
		await waitFor('the transaction', 20, async () => (await manual.rpc('author_pendingExtrinsics')).length > 0);
		await tell(manual, 'dev_newBlocks', 2);
		return sent;
	};
	await send(bob, operatorDelegation.register(100), operatorDelegation.stake(bob.address, 5_000n * UNIT, 0));
	const { keys, proof } = await tell(manual, 'author_rotateKeysWithOwner', hex(bob.publicKey));
	await send(bob, session.setKeys(keys, proof), staking.validate());
	const { value: elected } = await tell(manual, 'dev_nextEra', 3);
	const points = Object.fromEntries(
		(await ask(manual, 'staking_validators', elected.era - 1)).map(({ operator, points }) => [operator, points]),
	);
	assert.deepEqual(Object.keys(points).sort(), [alice.address, bob.address].sort());
	assert.equal(points[alice.address] + points[bob.address], SESSIONS * SLOTS * BLOCK_POINTS);
	assert.ok(points[alice.address] > 0 && points[bob.address] > 0, JSON.stringify(points));

	// Eve's keys are on another node.
	const other = await network.seal('other', 'manual');
	await send(eve, operatorDelegation.register(100), operatorDelegation.stake(eve.address, 5_000n * UNIT, 0));
	const elsewhere = await tell(other, 'author_rotateKeysWithOwner', hex(eve.publicKey));
	await send(eve, session.setKeys(elsewhere.keys, elsewhere.proof), staking.validate());
	const { value: silent } = await tell(manual, 'dev_nextEra', 3);
	const three = await ask(manual, 'staking_validators', silent.era - 1);
	assert.equal(three.find(({ operator }) => operator === eve.address).points, 0);
	// Her slots stay empty, as on any chain, and she is chilled for silence.
	const all = three.reduce((sum, { points: won }) => sum + won, 0);
	assert.ok(all > 0 && all < SESSIONS * SLOTS * BLOCK_POINTS, `${all}`);
	await tell(manual, 'dev_nextEra', 3);
	assert.equal((await ask(manual, 'staking_validator', eve.address)).candidate, false);
	await send(bob, balances.transferKeepAlive(eve.address, UNIT));
});

story('as soon as transactions are ready, and not before', async () => {
	const node = await network.seal('instant', 'instant', ['--detailed-log-output']);
	const api = await connected(node);
	assert.equal(await node.bestNumber(), 0);
	const to = account('//Nobody').address;
	// Each transfer waits for the block of the one before, so each has its own block. Two more blocks begin sessions.
	for (let sent = 1; sent <= 12; sent++) {
		await submit(api, alice, api.tx.balances.transferKeepAlive(to, UNIT));
		assert.equal(await freeBalance(api, to), BigInt(sent) * UNIT);
		assert.equal((await node.rpc('system_accountNextIndex', alice.address)), sent);
	}
	const number = await node.bestNumber();
	assert.ok(number >= 12 && number <= 12 + 2, `${number} blocks`);

	// Many transfers at once share blocks, in order.
	const nonce = await node.rpc('system_accountNextIndex', bob.address);
	const burst = await Promise.all(
		Array.from({ length: 50 }, (_, i) =>
			api.tx.balances.transferKeepAlive(to, UNIT).signAsync(bob, { nonce: nonce + i, era: 0 }),
		),
	);
	await Promise.all(burst.map((transfer) => node.rpc('author_submitExtrinsic', transfer.toHex())));
	await waitFor('all of them', 30, async () => (await freeBalance(api, to)) === 62n * UNIT);
	assert.deepEqual(await node.rpc('author_pendingExtrinsics'), []);
	assert.ok((await node.bestNumber()) - number <= 52);

	// A transaction that must wait for an earlier nonce makes no block.
	const quiet = await node.bestNumber();
	const ahead = await api.tx.balances.transferKeepAlive(to, UNIT).signAsync(charlie, { nonce: 1, era: 0 });
	await node.rpc('author_submitExtrinsic', ahead.toHex());
	await sleep(2 * SLOT);
	assert.equal(await node.bestNumber(), quiet);
	// Commands work as well.
	assert.equal((await tell(node, 'dev_newBlocks', 3)).value.number, quiet + 3);
	const warnings = node.log().split('\n').filter((line) => / (ERROR|WARN) /.test(line));
	assert.deepEqual(warnings.filter((line) => !line.includes('litep2p started with no listen addresses')), []);
	await node.stop();
});

story('every so often', async () => {
	const node = await network.seal('interval', '200');
	await waitFor('some blocks', 20, async () => (await node.bestNumber()) >= 10);
	const began = Date.now();
	const first = await tell(node, 'dev_newBlocks');
	await sleep(3_000);
	const { value: last } = await tell(node, 'dev_newBlocks');
	const blocks = last.number - first.value.number;
	// There can be fewer blocks on a busy machine, but never more.
	assert.ok(blocks >= 4 && blocks <= (Date.now() - began) / 200 + 2, `${blocks} blocks`);
	// The chain's clock advances by slots, and not with the machine's clock.
	assert.equal(last.time - first.value.time, blocks * SLOT);
	await node.stop();
});

const storageKey = (pallet, item) => xxhashAsHex(pallet, 128) + xxhashAsHex(item, 128).slice(2);

/** Items that differ between two chains with the same blocks: hashes, because only one of them has seals. */
const OF_HASHES = ['BlockHash', 'ParentHash', 'Digest'].map((item) => storageKey('System', item));

/** The whole state at a block, without these items. */
async function stateOf(node, hash) {
	const pairs = await node.ownersRpc('state_getPairs', '0x', hash);
	return new Map(pairs.filter(([key]) => !OF_HASHES.some((prefix) => key.startsWith(prefix))));
}

story('the state is that of a chain whose validator waits for its slots', async () => {
	const real = await network.develop('real');
	const api = await connected(real);
	await waitFor('the first block', 60, async () => (await real.bestNumber()) > 0);
	const { avsRegistry, operatorDelegation, restaking, rewards, slashing, utility } = api.tx;
	const set = { avs: 0, index: 0 };
	// Immortal, so that it is valid in any block of any chain with this genesis.
	const send = async (signer, ...calls) => {
		const nonce = await real.rpc('system_accountNextIndex', signer.address);
		const sent = await (calls.length === 1 ? calls[0] : utility.batchAll(calls)).signAsync(signer, { nonce, era: 0 });
		await real.rpc('author_submitExtrinsic', sent.toHex());
		await waitFor(
			'the transaction to be in',
			30,
			async () => (await api.query.system.account(signer.address)).nonce.toNumber() > nonce,
		);
		const failed = (await api.query.system.events()).filter(({ event }) => api.events.system.ExtrinsicFailed.is(event));
		assert.deepEqual(failed.map(({ event }) => event.toHuman()), []);
	};
	const era = async () => (await ask(real, 'staking_era')).era;
	const eraBegins = (number) => waitFor(`era ${number}`, 100, async () => (await era()) >= number);

	await send(
		dave,
		avsRegistry.register('Oracle', ''),
		avsRegistry.createSet(0, [[NATIVE, 1]], 'Open', 0, dave.address, 'Burn'),
		avsRegistry.addCondition(set, 'it is gone', WAD, 0, null),
		rewards.openStream(set, 'Native', 10n * UNIT, 100n * UNIT, 1),
	);
	await send(
		charlie,
		operatorDelegation.stake(alice.address, 6_000n * UNIT, 0),
		restaking.restake(alice.address, NATIVE, 4_000n * UNIT, 0),
	);
	await send(alice, restaking.allocate(NATIVE, set, WAD / 2n), avsRegistry.join(set));
	const joined = await era();
	await eraBegins(joined + 2);
	await send(dave, slashing.report(set, alice.address, 0, [[NATIVE, WAD / 10n]], joined + 1));
	await send(charlie, operatorDelegation.exit(alice.address, NATIVE, { Value: 1_000n * UNIT }));
	await eraBegins(joined + 4);
	const hash = await real.rpc('chain_getFinalizedHead');
	const { number } = await real.rpc('chain_getHeader', hash);

	// The same blocks at the same times, made as fast as possible.
	const copy = await network.seal('copy', 'manual');
	const began = Date.now();
	for (let block = 1; block <= Number(number); block++) {
		const { block: found } = await real.rpc('chain_getBlock', await real.rpc('chain_getBlockHash', block));
		const [inherent, ...sent] = found.extrinsics;
		const time = api.createType('Extrinsic', inherent).method.args[0].toNumber();
		await tell(copy, 'dev_setTime', time);
		for (const extrinsic of sent) await copy.rpc('author_submitExtrinsic', extrinsic);
		const made = await tell(copy, 'dev_newBlocks');
		assert.deepEqual([made.value.number, made.value.time], [block, time]);
		const { block: copied } = await copy.rpc('chain_getBlock', made.at);
		assert.deepEqual(copied.extrinsics, found.extrinsics, `block ${block}`);
	}
	console.log(`${Number(number)} blocks again in ${((Date.now() - began) / 1000).toFixed(1)} s`);
	const [there, here] = await Promise.all([
		stateOf(real, hash),
		stateOf(copy, await copy.rpc('chain_getFinalizedHead')),
	]);
	assert.deepEqual([...here.keys()].sort(), [...there.keys()].sort());
	const different = [...there].filter(([key, value]) => here.get(key) !== value).map(([key]) => key);
	assert.deepEqual(different, []);
	// The state contains results of the actions.
	const [executed] = await ask(copy, 'slashing_past', { operator: alice.address }).then(({ items }) => items);
	assert.ok(executed.state.executed, JSON.stringify(executed));
	const [stream] = await ask(copy, 'rewards_streams', set);
	assert.ok(BigInt(stream.funds) < 100n * UNIT, JSON.stringify(stream));
	assert.equal((await ask(copy, 'operators_exits', charlie.address)).items.length, 1);
	await Promise.all([real.stop(), copy.stop()]);
});

story('the command line drives it', async () => {
	const cli = new CommandLine(manual.ownersUrl);
	const stranger = new CommandLine(manual.url);
	lines.push(cli, stranger);
	const before = (await cli.json('dev', 'new-blocks')).value;
	const { value: blocks } = await cli.json('dev', 'new-blocks', '3');
	assert.equal(blocks.number, before.number + 3);
	const { value: eras } = await cli.json('dev', 'next-era', '2', '--session-blocks', '2');
	assert.equal(eras.era, blocks.era + 2);
	const { value: set } = await cli.json('dev', 'set-time', '+1h');
	assert.deepEqual([set.number, set.nextTime], [eras.number, eras.time + 3_600_000]);
	const { stdout } = await cli.run(['dev', 'new-blocks']);
	assert.match(stdout, new RegExp(`^block ${eras.number + 1} of .* UTC, session \\d+, era \\d+; the next is of .* UTC`));

	const fails = async (line, code, args, says) => {
		const ended = await line.run(args);
		assert.equal(ended.code, code, `${args}: ${ended.stderr}`);
		assert.match(ended.stderr, says);
	};
	await fails(stranger, 3, ['dev', 'next-era'], /unsafe to be called.* --rpc-methods unsafe/s);
	await fails(cli, 3, ['dev', 'set-time', '5'], /WrongTime.*\(error 20008\)/s);
	await fails(cli, 2, ['dev', 'set-time', 'tomorrow'], /neither milliseconds since 1970 nor a length of time/);
	await fails(cli, 2, ['dev', 'new-blocks', '0'], /0 is not in 1\.\./);
	await fails(cli, 2, ['dev', 'new-blocks', '--dry-run'], /it is not a transaction/);
});

story('it goes on where it was, and only with --seal', async () => {
	const before = await tell(manual, 'dev_newBlocks');
	await manual.stop();
	const same = ['--base-path', manual.basePath, '--chain', 'dev', '--no-prometheus', '--rpc-port', '0'];
	const validating = ['--alice', '--node-key', manual.key, '--listen-addr', '/ip4/127.0.0.1/tcp/0'];
	assert.match(refused(...same, ...validating), /--seal made the blocks of this database/);
	await network.restart(manual);
	assert.equal(await manual.rpc('chain_getBlockHash'), before.at);
	const after = await tell(manual, 'dev_newBlocks');
	assert.deepEqual([after.value.number, after.value.time], [before.value.number + 1, before.value.nextTime]);

	// A database with blocks of validators is refused.
	const real = network.node('real');
	const theirs = refused('--base-path', real.basePath, '--chain', 'dev', '--seal', 'manual', '--no-prometheus', '--rpc-port', '0');
	assert.match(theirs, /validators made the blocks of this database, not --seal/);

	// A public chain is refused as well.
	const spec = JSON.parse(execFileSync(BINARY, ['export-chain-spec', '--chain', 'dev', '--raw'], { maxBuffer: 2 ** 28 }));
	const file = join(network.folder, 'live.json');
	// With a sudo key, it would be refused for that.
	delete spec.genesis.raw.top[storageKey('Sudo', 'Key')];
	writeFileSync(file, JSON.stringify({ ...spec, name: 'Public', chainType: 'Live' }));
	const live = refused('--base-path', join(network.folder, 'live'), '--chain', file, '--seal', 'instant', '--no-prometheus', '--rpc-port', '0');
	assert.match(live, /--seal is only for chains of type Development or Local, and `Public` is of type Live/);
});
