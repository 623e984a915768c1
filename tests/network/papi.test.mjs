// papi (`polkadot-api`) with nothing but the node's address: it reads the metadata from the node, without descriptors
// generated for this chain. `clients` 1.
import assert from 'node:assert/strict';
import { after } from 'node:test';
import { blake2AsHex } from '@polkadot/util-crypto';
import { getPolkadotSigner } from 'polkadot-api/signer';
import { createWsClient } from 'polkadot-api/ws';
import { WebSocket } from 'ws';
import { UNIT, account } from './lib/chain.mjs';
import { Node } from './lib/node.mjs';
import { freePorts } from './lib/ports.mjs';
import { storyteller } from './lib/story.mjs';

const FINAL_SECONDS = 30;
const FUNDED = 100n * UNIT;
const STAKED = 10n * UNIT;
const STAKE = { type: 'Stake' };
/** The bytes of a signed transaction before its extensions: length, version, sender and an sr25519 signature. */
const SIGNED_BYTES = 2 + 1 + 33 + 65;

const [alice, bob, fresh] = [account('//Alice'), account('//Bob'), account('//Papi')];
const signers = new Map(
	[bob, fresh].map((pair) => [pair, getPolkadotSigner(pair.publicKey, 'Sr25519', (message) => pair.sign(message))]),
);

const { network, story } = storyteller();
let node;
let client;
let api;
after(() => client?.destroy());

/** The runtime functions that the client called, with their arguments. */
const called = [];
/** The final blocks that the client reported, in order. */
const followed = [];
/** The deposits that the client reported, by final block. */
const deposits = [];
/** Errors of the two subscriptions. */
const failures = [];

/** Records the runtime function that a message of the client calls. */
function note({ type, msg }) {
	if (type !== 'OUT') return;
	const asked = [JSON.parse(msg)].flat().filter(({ method }) => method === 'chainHead_v1_call');
	called.push(...asked.map(({ params: [, , name, given] }) => `${name}(${given})`));
}

/** Asks both the client and the node about one final block. */
async function compare(ask, method, ...params) {
	const { hash } = await client.getFinalizedBlock();
	// Otherwise the client unpins the block when the next one is final.
	const release = client.hodlBlock(hash);
	try {
		const [ours, { at, value }] = await Promise.all([ask({ at: hash }), node.rpc(method, ...params, hash)]);
		assert.equal(at, hash);
		return [ours, value];
	} finally {
		release();
	}
}

const accountOf = (pair) => api.query.System.Account.getValue(pair.address);
const transfer = (to, value) =>
	api.tx.Balances.transfer_keep_alive({ dest: { type: 'Id', value: to.address }, value });
const stake = (operator, amount) =>
	api.tx.OperatorDelegation.stake({ operator: operator.address, amount, least_shares: 0n });

/** Signs and sends. Returns the transaction's states in order, up to the final block. */
function submit(from, call, options) {
	let timer;
	const final = new Promise((resolve, reject) => {
		const seen = [];
		timer = setTimeout(() => reject(new Error(`not final after ${FINAL_SECONDS} s`)), FINAL_SECONDS * 1000);
		call.signSubmitAndWatch(signers.get(from), options).subscribe({
			next: (event) => seen.push(event),
			error: reject,
			complete: () => resolve(seen),
		});
	});
	return final.finally(() => clearTimeout(timer));
}

/** The only event of a kind among those of a transaction. */
function eventOf(events, pallet, name) {
	const found = events.filter(({ type, value }) => type === pallet && value.type === name);
	assert.equal(found.length, 1, `${found.length} of ${pallet}.${name}`);
	return found[0].value.value;
}

const feePaid = (events) => eventOf(events, 'TransactionPayment', 'TransactionFeePaid').actual_fee;

/** The chain's dry run of a call, as it would be sent with these options. */
async function dryRun(from, call, options) {
	const { length } = await call.sign(signers.get(from), options);
	return api.apis.CallsApi.dry_run(from.address, call.decodedCall, length);
}

story('a chain, followed by a client that knows its address', async () => {
	node = new Node({ name: 'dev', index: 1, folder: network.folder, ports: await freePorts(2), flags: ['--dev'] });
	network.nodes.push(node);
	await node.start([]);
	// Node.js has a WebSocket of its own only from release 22 on.
	client = createWsClient(node.url, { websocketClass: WebSocket, logger: note });
	api = client.getUnsafeApi();
	client.finalizedBlock$.subscribe({
		next: ({ hash, number }) => followed.push({ hash, number }),
		error: (error) => failures.push(error),
	});
	api.event.OperatorDelegation.Deposited.watch().subscribe({
		next: ({ block, events }) => deposits.push(...events.map(({ payload }) => ({ block: block.number, payload }))),
		error: (error) => failures.push(error),
	});

	const { genesisHash, name, properties } = await client.getChainSpecData();
	assert.equal(genesisHash, await node.rpc('chain_getBlockHash', 0));
	assert.equal(name, await node.rpc('system_chain'));
	assert.deepEqual(properties, { tokenSymbol: 'STAY', tokenDecimals: 12, ss58Format: 42 });
	const version = await api.constants.System.Version();
	const told = await node.rpc('state_getRuntimeVersion');
	assert.deepEqual([version.spec_name, version.spec_version], [told.specName, told.specVersion]);
	const metadata = called.filter((call) => call.startsWith('Metadata_metadata_at_version'));
	assert.deepEqual(metadata, ['Metadata_metadata_at_version(0x10000000)'], 'once, and the newest: V16');
});

story('clients 1: papi reads storage, constants, runtime APIs and view functions as the node tells them', async () => {
	const [{ index }, { era }] = await compare((at) => api.query.Staking.ActiveEra.getValue(at), 'staking_era');
	assert.equal(index, era);

	const { MinDeposit } = api.constants.OperatorDelegation;
	const [least, { minDeposit }] = await compare(() => MinDeposit(), 'staking_parameters');
	assert.equal(least, BigInt(minDeposit));

	const ask = ['operators_operator', alice.address];
	const [operator, told] = await compare((at) => api.apis.OperatorsApi.operator(alice.address, at), ...ask);
	const pool = told.pools.find(({ kind }) => kind === 'stake');
	assert.ok(BigInt(pool.amount) > UNIT);
	assert.equal(operator.operator, alice.address);
	assert.equal(operator.commission.now, told.commission.now);
	assert.equal(operator.validator.active, told.validator.active);
	const { amount, shares, own } = operator.pools.find(({ kind }) => kind.type === 'Stake');
	assert.deepEqual([amount, shares, own], [pool.amount, pool.shares, pool.own].map(BigInt));

	const [pools, { pools: listed }] = await compare((at) => api.query.OperatorDelegation.Pools.getEntries(at), ...ask);
	const stored = pools.filter(({ keyArgs: [who, kind] }) => who === alice.address && kind.type === 'Stake');
	assert.deepEqual(stored.map(({ value }) => value.funds.amount), [BigInt(listed[0].amount)]);
	assert.equal(listed[0].kind, 'stake');

	const [commission, { commission: { now } }] = await compare(
		(at) => api.view.OperatorDelegation.commission(alice.address, at),
		...ask,
	);
	assert.equal(commission, now);
});

story('a transfer costs what was estimated, and its transaction has the extensions of the chain', async () => {
	const call = transfer(fresh, FUNDED);
	const before = await accountOf(bob);
	assert.equal((await accountOf(fresh)).data.free, 0n);
	const fee = await call.getEstimatedFees(bob.address);
	assert.ok(fee > 0n && fee < UNIT, fee.toString());

	// `AuthorizeCall`, `WeightReclaim` and the checks of the sender and the weight add no bytes.
	const signed = await call.sign(signers.get(bob), { nonce: 1, tip: 0n });
	const encoded = await call.getEncodedData();
	const extensions = signed.subarray(SIGNED_BYTES, -encoded.length);
	assert.deepEqual(signed.subarray(-encoded.length), encoded);
	// The mortality in two bytes, the nonce 1 and no tip, both compact, and no hash of the metadata.
	assert.equal(extensions.length, 5);
	assert.deepEqual([...extensions.subarray(2)], [1 << 2, 0, 0]);

	const seen = await submit(bob, call);
	const steps = new Set(seen.map(({ type }) => type));
	assert.deepEqual([...steps], ['signed', 'broadcasted', 'txBestBlocksState', 'finalized']);
	const { block, events, ok, txHash } = seen.at(-1);
	assert.equal(ok, true);
	assert.equal(block.hash, await node.rpc('chain_getBlockHash', block.number));
	const { extrinsics } = (await node.rpc('chain_getBlock', block.hash)).block;
	const body = await client.getBlockBody(block.hash);
	assert.deepEqual(body.map((bytes) => `0x${Buffer.from(bytes).toString('hex')}`), extrinsics);
	assert.equal(txHash, blake2AsHex(body[block.index]));

	assert.equal(feePaid(events), fee);
	const { from, to, amount } = eventOf(events, 'Balances', 'Transfer');
	assert.deepEqual([from, to, amount], [bob.address, fresh.address, FUNDED]);
	const now = await accountOf(bob);
	assert.equal(now.data.free, before.data.free - FUNDED - fee);
	assert.equal(now.nonce, before.nonce + 1);
	assert.equal((await accountOf(fresh)).data.free, FUNDED);
});

story('an account that was just funded stakes as it was told that it would', async () => {
	// The chain decides the first nonce of an account, and papi asks it.
	const { nonce } = await accountOf(fresh);
	const call = stake(alice, STAKED);
	const { success, value: effects } = await dryRun(fresh, call);
	assert.equal(success, true);
	assert.equal(effects.result.success, true);
	const { events, ok } = (await submit(fresh, call)).at(-1);
	assert.equal(ok, true);
	assert.equal(feePaid(events), feePaid(effects.events));
	const { data, nonce: next } = await accountOf(fresh);
	assert.equal(effects.spendable_before - effects.spendable_after, FUNDED - data.free);
	assert.equal(data.free, FUNDED - STAKED - feePaid(events));
	assert.equal(next, nonce + 1);

	const deposit = eventOf(events, 'OperatorDelegation', 'Deposited');
	assert.deepEqual([deposit.who, deposit.operator, deposit.amount], [fresh.address, alice.address, STAKED]);
	assert.equal(deposit.kind.type, 'Stake');
	const [position, told] = await compare(
		(at) => api.apis.OperatorsApi.position(fresh.address, alice.address, STAKE, at),
		...['operators_position', fresh.address, alice.address, 'stake'],
	);
	assert.deepEqual([position.shares, position.value], [told.shares, told.value].map(BigInt));
	assert.equal(position.shares, deposit.shares);
	// Shares are whole numbers, so the value can be less than a unit smaller.
	assert.ok(position.value >= STAKED - 1n, position.value.toString());
	await network.waitFor('papi to tell of the deposit', FINAL_SECONDS, () => deposits.length > 0);
	assert.deepEqual(deposits.map(({ payload }) => payload), [deposit]);
});

story('what the chain refuses has the name that the chain gave it', async () => {
	const { data, nonce } = await accountOf(fresh);
	const refused = { type: 'Module', value: { type: 'OperatorDelegation', value: { type: 'NotOperator' } } };
	const plain = (error) => JSON.parse(JSON.stringify(error));

	const call = stake(fresh, STAKED);
	const { success, value: effects } = await dryRun(fresh, call);
	assert.equal(success, true);
	assert.deepEqual(plain(effects.result), { success: false, value: refused });

	// Two transactions at once, with explicit nonces: asked twice, papi would use the same nonce for both.
	const [failed, sent] = await Promise.all([
		submit(fresh, call, { nonce }),
		submit(fresh, transfer(bob, UNIT), { nonce: nonce + 1 }),
	]);
	const { dispatchError, events, ok } = failed.at(-1);
	assert.equal(ok, false);
	assert.deepEqual(plain(dispatchError), refused);
	assert.equal(sent.at(-1).ok, true);
	assert.equal(feePaid(events), feePaid(effects.events));
	const after = await accountOf(fresh);
	assert.equal(after.data.free, data.free - UNIT - feePaid(events) - feePaid(sent.at(-1).events));
	assert.equal(after.nonce, nonce + 2);

	// An invalid transaction is refused before it is sent.
	const invalid = (type) => (error) => {
		assert.equal(error.name, 'InvalidTxError');
		assert.deepEqual(plain(error.error), { type: 'Invalid', value: { type } });
		return true;
	};
	await assert.rejects(submit(fresh, transfer(bob, UNIT), { nonce }), invalid('Stale'));
	await assert.rejects(submit(fresh, transfer(bob, UNIT), { tip: FUNDED }), invalid('Payment'));
	assert.deepEqual(await accountOf(fresh), after);
});

story('it told of every final block, in order', async () => {
	const last = followed.at(-1).number;
	await network.waitFor('three more final blocks', FINAL_SECONDS, () => followed.at(-1).number >= last + 3);
	const numbers = followed.map(({ number }) => number);
	assert.deepEqual(numbers, Array.from(numbers, (_, index) => numbers[0] + index));
	for (const { hash, number } of followed) assert.equal(hash, await node.rpc('chain_getBlockHash', number));
	assert.deepEqual(failures, []);
});
