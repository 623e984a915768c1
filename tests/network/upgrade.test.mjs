// A network that started with the previous runtime is upgraded to the current one, and continues.
import assert from 'node:assert/strict';
import { execFileSync } from 'node:child_process';
import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { after } from 'node:test';
import { brotliDecompressSync } from 'node:zlib';
import { xxhashAsHex } from '@polkadot/util-crypto';
import { BINARY } from './lib/binary.mjs';
import { UNIT, account, connect, eventOf, freeBalance, submit, treasuryIncome } from './lib/chain.mjs';
import { activeEra as eraNow } from './lib/eras.mjs';
import { freePorts } from './lib/ports.mjs';
import { Node } from './lib/node.mjs';
import { WAD } from './lib/services.mjs';
import { storyteller } from './lib/story.mjs';

/** The raw genesis of chain `dev`, with its code, written by the node of runtime 102. */
const GENESIS = new URL('./fixtures/runtime-102.json.br', import.meta.url);
/** The storage key of a chain's code, and options that keep the log out of a node's output. */
const CODE = '0x3a636f6465';
const QUIET = { stdio: ['ignore', 'pipe', 'ignore'], maxBuffer: 2 ** 26 };
const SET = { avs: 0, index: 0 };
/** A set that gives slashed funds to an account, including native stake. */
const GIVING = { avs: 0, index: 1 };
/** The initial balance of the treasury's account: the existential deposit. */
const LEAST = UNIT / 1_000n;

const { network, story } = storyteller();
const [alice, bob] = [account('//Alice'), account('//Bob')];

let api;
let node;
after(() => api?.disconnect());

/** The storage version that a pallet has on chain. */
async function versionOf(pallet) {
	const key = xxhashAsHex(pallet, 128) + xxhashAsHex(':__STORAGE_VERSION__:', 128).slice(2);
	return Buffer.from((await node.rpc('state_getStorage', key)).slice(2), 'hex').readUInt16LE();
}

const specVersion = async () => (await node.rpc('state_getRuntimeVersion')).specVersion;

story('a validator runs on the genesis of runtime 102, and services register', async () => {
	const spec = join(network.folder, 'runtime-102.json');
	writeFileSync(spec, brotliDecompressSync(readFileSync(GENESIS)));
	const flags = ['--chain', spec, '--alice', '--validator', '--force-authoring'];
	node = new Node({ name: 'old', index: 1, folder: network.folder, ports: await freePorts(2), flags });
	network.nodes.push(node);
	await node.start([]);
	assert.equal(await specVersion(), 102);
	api = await connect(node);

	const { avsRegistry, balances, operatorDelegation, utility } = api.tx;
	await submit(api, alice, balances.transferKeepAlive(bob.address, 1_000n * UNIT));
	await submit(
		api,
		bob,
		utility.batchAll([
			avsRegistry.register('From before', ''),
			avsRegistry.createSet(SET.avs, [['Native', 1]], 'Open', 0, bob.address, 'Burn'),
			avsRegistry.createSet(GIVING.avs, [['Native', 1]], 'Open', 0, bob.address, { Account: bob.address }),
			avsRegistry.addCondition(SET, 'wrong', WAD / 4n, 2, { Account: bob.address }),
			operatorDelegation.register(700),
		]),
	);
	assert.equal(await versionOf('AvsRegistry'), 2);
});

story('its code is replaced by this one, and what is in storage moves with it', async () => {
	// The code with which this node would start a chain.
	const spec = execFileSync(BINARY, ['export-chain-spec', '--chain', 'dev', '--raw'], QUIET);
	const code = JSON.parse(spec).genesis.raw.top[CODE];
	const { sudo, system } = api.tx;
	await submit(api, alice, sudo.sudoUncheckedWeight(system.setCode(code), 0));
	await network.waitFor('the new runtime', 30, async () => (await specVersion()) > 102);
	await api.disconnect();
	api = await connect(node);

	const versions = { OperatorDelegation: 3, AvsRegistry: 3, Restaking: 2, Slashing: 4, Staking: 3, Rewards: 2 };
	for (const [pallet, version] of Object.entries(versions)) assert.equal(await versionOf(pallet), version, pallet);
	const service = (await api.query.avsRegistry.avses(SET.avs)).unwrap();
	assert.deepEqual([service.sets.toNumber(), service.nextSet.toNumber()], [2, 2]);
	// No set gives native stake to an account any more.
	const kinds = async (set) => (await api.query.avsRegistry.sets(set)).unwrap().kinds;
	assert.ok((await kinds(SET)).next.isNone);
	assert.equal((await kinds(GIVING)).next.unwrap()[0].length, 0);
	const { terms } = (await api.query.avsRegistry.conditions(SET, 0)).unwrap();
	assert.equal(terms.value.resolver.unwrap().asAccount.toString(), bob.address);
	const operator = (await api.query.operatorDelegation.operators(bob.address)).unwrap();
	assert.equal(operator.promise.value.maxCommission.toNumber(), 10_000);
	// Entries from before deposits were introduced hold none.
	assert.equal(operator.deposit.toBigInt(), 0n);
	const treasury = api.createType('AccountId', Buffer.concat([Buffer.from('modlmay/trsy'), Buffer.alloc(20)]));
	// It has also received fees since then.
	assert.ok((await freeBalance(api, treasury)) >= LEAST);
	// The treasury's books have moved to the new name, and continue: the account has what came in.
	assert.equal(await versionOf('ChainTreasury'), 1);
	assert.equal(api.query.treasury, undefined);
	const final = async () => api.at(await api.rpc.chain.getFinalizedHead());
	await network.waitFor('the upgrade to be final', 30, async () => (await final()).query.chainTreasury !== undefined);
	const at = await final();
	assert.equal(await freeBalance(at, treasury), LEAST + (await treasuryIncome(at)));
	// The values that independent clients read about eras exist at once.
	const { activeEra, eraLength, sessionsPerEra } = await api.derive.session.progress();
	assert.equal(activeEra.toNumber(), await eraNow(api));
	assert.deepEqual([eraLength, sessionsPerEra].map((length) => length.toNumber()), [30, 3]);
});

story('blocks are made and finalized, and what is new works on what was there', async () => {
	const { avsRegistry, operatorDelegation, utility } = api.tx;
	const { events } = await submit(
		api,
		bob,
		utility.batchAll([operatorDelegation.setPromise(900, 5), ...[SET, GIVING].map((set) => avsRegistry.windDown(set))]),
	);
	assert.equal(eventOf(events, api.events.operatorDelegation.PromiseSet).promise.maxCommission.toNumber(), 900);
	await assert.rejects(submit(api, bob, operatorDelegation.setCommission(901)), /operatorDelegation\.PromiseBroken/);
	// No operator ever joined, so the sets can be closed at once.
	await submit(api, alice, utility.batchAll([SET, GIVING].map((set) => avsRegistry.closeSet(set, 10))));
	await submit(api, bob, avsRegistry.deregister(SET.avs));
	assert.ok((await api.query.avsRegistry.avses(SET.avs)).isNone);
	const finalized = await node.finalizedNumber();
	await network.waitFor('finality to go on', 30, async () => (await node.finalizedNumber()) >= finalized + 5);
});
