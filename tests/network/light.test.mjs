// A light client syncs with the running network from its raw chain spec, and reads the state with proofs.
import assert from 'node:assert/strict';
import { execFileSync } from 'node:child_process';
import { readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { after } from 'node:test';
import { setTimeout as sleep } from 'node:timers/promises';
import { BINARY } from './lib/binary.mjs';
import { UNIT, account, connect, eventOf, submit } from './lib/chain.mjs';
import { ERA_SECONDS } from './lib/eras.mjs';
import { STAKE, sharesOf } from './lib/ledger.mjs';
import { LightClient, rawSpec } from './lib/light.mjs';
import { freePorts } from './lib/ports.mjs';
import { storyteller } from './lib/story.mjs';

const SYNC_SECONDS = 60;
/** smoldot asks for a warp proof if it is this many blocks behind, and checks every header otherwise. */
const WARP_GAP = 32;
/** How long a light client of another chain is watched. One of this chain syncs in a second. */
const STRANGER_SECONDS = 15;
/** ParityDB's column of the state, in `sc-client-db`. */
const STATE_TABLES = 'table_01_';

const lights = [];
let api;
after(async () => {
	await Promise.all(lights.map((light) => light.stop()));
	await api?.disconnect();
});

const { network, story } = storyteller();
const operator = account('//Alice');
const delegator = account('//Eve');
const nobody = account('//Nobody');
const amount = 1_234n * UNIT + 567_890_123n;

/** The only node to which web pages can connect. */
let gateway;
let gatewayAddress;
let spec;
/** A client that follows the chain from its first blocks on, and the authority set at that time. */
let early;
let firstSet;

async function follow(name, { chain = spec, bootnode = gatewayAddress, isWebPage = true } = {}) {
	const light = new LightClient({ name, folder: network.folder, isWebPage });
	lights.push(light);
	await light.start(chain, bootnode);
	return light;
}

/** Waits until a light client has finalized what a validator has by now, and checks that both have the same block. */
async function synced(light) {
	const alice = network.node('alice');
	const target = await alice.finalizedNumber();
	const header = await network.waitFor(`${light.name} to finalize block ${target}`, SYNC_SECONDS, async () => {
		const { finalizedHash } = light;
		if (!finalizedHash) return false;
		const header = api.createType('Header', await light.header(finalizedHash));
		assert.equal(header.hash.toHex(), finalizedHash);
		return header.number.toNumber() >= target && header;
	});
	const number = header.number.toNumber();
	// The votes can reach the light client before the validator.
	await network.waitFor('alice to finalize it', 10, async () => (await alice.finalizedNumber()) >= number);
	assert.equal(await alice.rpc('chain_getBlockHash', number), header.hash.toHex());
	return { hash: header.hash.toHex(), number };
}

const positionKey = ({ address }) => api.query.operatorDelegation.positions.key(address, operator.address, STAKE);

/** Checks that the light client and a validator find the same value under a key, and returns it. */
async function sameStorage(light, hash, key) {
	const value = await light.storage(hash, key);
	assert.equal(value, await network.node('alice').rpc('state_getStorage', key, hash));
	return value;
}

/** Checks that the runtime returns the same for the light client and for a validator, and returns it. */
async function sameCall(light, hash, name, parameters) {
	const value = await light.call(hash, name, parameters);
	assert.equal(value, await network.node('alice').rpc('state_call', name, parameters, hash));
	return value;
}

/** The set of GRANDPA's authorities that finalizes now. */
const authoritySet = async () => (await network.node('alice').rpc('grandpa_roundState')).setId;

async function sameNonce(light, hash) {
	const who = `0x${Buffer.from(delegator.publicKey).toString('hex')}`;
	// The account has sent one transaction.
	assert.equal(await sameCall(light, hash, 'AccountNonceApi_account_nonce', who), '0x01000000');
}

story('a light client syncs through a node that listens for web pages', async () => {
	await network.start();
	api = await connect(network.node('alice'));
	const [port] = await freePorts(1);
	const listen = `/ip4/127.0.0.1/tcp/${port}/ws`;
	gateway = await network.join('gateway', ['--listen-addr', listen]);
	gatewayAddress = `${listen}/p2p/${await gateway.rpc('system_localPeerId')}`;
	spec = rawSpec();
	early = await follow('light-early');
	await synced(early);
	firstSet = await authoritySet();
});

story('it reads a position with proof, and that there is none', async () => {
	const { stake } = api.tx.operatorDelegation;
	const { events } = await submit(api, delegator, stake(operator.address, amount, 0));
	const { shares } = eventOf(events, api.events.operatorDelegation.Deposited);
	const { hash } = await synced(early);
	const position = await sameStorage(early, hash, positionKey(delegator));
	assert.notEqual(position, null);
	assert.equal(await sharesOf(await api.at(hash), delegator.address, operator.address), shares.toBigInt());
	assert.equal(await sameStorage(early, hash, positionKey(nobody)), null);
});

story('it executes the runtime on what it has proofs of', async () => {
	const { hash } = await synced(early);
	const version = api.createType('RuntimeVersion', await sameCall(early, hash, 'Core_version', '0x'));
	assert.equal(version.specName.toString(), 'mainstay');
	await sameNonce(early, hash);
});

story('it follows finality into the next authority set; one that comes later warps there, by TCP', async () => {
	const alice = network.node('alice');
	const isFar = async () => (await authoritySet()) > firstSet && (await alice.finalizedNumber()) > WARP_GAP;
	await network.waitFor('the next authority set, and some blocks', 3 * ERA_SECONDS, isFar);
	await synced(early);
	const late = await follow('light-late', { bootnode: alice.address, isWebPage: false });
	const { hash } = await synced(late);
	assert.match(late.log(), /warp-sync-fragment-verify-success/);
	await sameStorage(late, hash, positionKey(delegator));
	await sameNonce(late, hash);
});

story('one whose spec has another genesis does not sync', async () => {
	const chain = structuredClone(spec);
	chain.genesis.raw.top['0x6368616e676564'] = '0x01';
	const stranger = await follow('light-stranger', { chain });
	await sleep(STRANGER_SECONDS * 1000);
	assert.equal(stranger.finalizedHash, undefined);
	assert.match(stranger.log(), /gossip-open-error; .*ProtocolNotAvailable/);
	// The bootnode still serves other clients.
	await synced(early);
});

/** Replaces `found`, which must occur once in the state of a stopped node, by `written`. */
function tamper(node, found, written) {
	// Opening the database moves entries from its log to its tables.
	execFileSync(BINARY, ['chain-info', '--chain', 'local', '--base-path', node.basePath], { stdio: 'ignore' });
	const folder = join(node.basePath, 'chains/mainstay_local/paritydb/full');
	const tables = readdirSync(folder).filter((name) => name.startsWith(STATE_TABLES)).map((name) => join(folder, name));
	const hits = tables.filter((table) => readFileSync(table).includes(found));
	assert.equal(hits.length, 1);
	const bytes = readFileSync(hits[0]);
	const at = bytes.indexOf(found);
	assert.equal(bytes.indexOf(found, at + 1), -1);
	written.copy(bytes, at);
	writeFileSync(hits[0], bytes);
}

story('a node that lies about a position is not believed', async () => {
	const key = positionKey(delegator);
	const truth = await network.node('alice').rpc('state_getStorage', key);
	const found = Buffer.from(truth.slice(2), 'hex');
	const written = Buffer.from(found);
	written[0] ^= 1;
	const lie = `0x${written.toString('hex')}`;
	await gateway.stop();
	tamper(gateway, found, written);
	await network.restart(gateway);
	await network.catchUp(gateway, network.node('alice'));

	const light = await follow('light-doubting');
	const { hash } = await synced(light);
	assert.equal(await gateway.rpc('state_getStorage', key, hash), lie);
	// The light client accepts true answers of the same node.
	await sameNonce(light, hash);
	const before = light.log().length;
	await assert.rejects(light.storage(hash, key), /no node gave a proof that holds/);
	// The node did answer.
	assert.match(light.log().slice(before), /storage-proof-request-success/);
});
