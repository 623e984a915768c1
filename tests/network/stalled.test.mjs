// Three of seven validators are fraudulent and stop for good. Blocks continue and nothing becomes final, the chain
// chills the three, and governance restores finality as docs/stalled-finality.md says.
import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { after } from 'node:test';
import { setTimeout as sleep } from 'node:timers/promises';
import { UNIT, account, connect, submit } from './lib/chain.mjs';
import { Reader } from './lib/docs.mjs';
import { ERA_SECONDS, activeEra } from './lib/eras.mjs';
import { LightClient, rawSpec } from './lib/light.mjs';
import { storyteller } from './lib/story.mjs';

const PAGE = 'docs/stalled-finality.md';
const HONEST = ['alice', 'bob', 'charlie', 'dave'];
const SHAM = ['sham-1', 'sham-2', 'sham-3'];
const alice = account('//Alice');
const shams = SHAM.map((name) => account(`//Stalled/${name}`));
const addresses = shams.map(({ address }) => address);
/** The stake of each of the three: the minimum. */
const STAKE = 1_000n * UNIT;
/** How long no block may become final before finality counts as lost. A final block takes some 4 s. */
const STILL_SECONDS = 20;
/** How long to watch a light client that must not arrive. One that can, arrives in some seconds. */
const LOST_SECONDS = 30;

let api;
let early;
let late;
let given;
let reader;
/** The last block that the seven finalized, and the number of their voter set. */
let last;
let oldSet;
after(async () => {
	await Promise.all([early, late, given, reader].map((each) => each?.stop()));
	await api?.disconnect();
});

// After the clients above: light clients write to the network's folder, which is removed last.
const { network, story } = storyteller();

const honest = () => HONEST.map((name) => network.node(name));
const setOf = async (node) => (await node.rpc('grandpa_roundState')).setId;
/** The number of the voter set in the state of the best block. */
const counted = async () => (await api.query.grandpa.currentSetId()).toNumber();
const validators = async () => (await api.query.session.validators()).map((who) => who.toString());
const candidates = async () => (await api.query.staking.candidates.keys()).map(({ args: [who] }) => who.toString());
const seatsOfShams = (set) => set.filter((who) => addresses.includes(who)).length;
const highestFinal = async () => Math.max(...(await Promise.all(honest().map((node) => node.finalizedNumber()))));

/** Whether `light` finalizes block `number` within this time. */
async function arrives(light, number, seconds) {
	for (const end = Date.now() + seconds * 1000; Date.now() < end; await sleep(500)) {
		const { finalizedHash } = light;
		if (!finalizedHash) continue;
		const header = api.createType('Header', await light.header(finalizedHash));
		if (header.number.toNumber() >= number) return true;
	}
	return false;
}

async function follow(name, spec = rawSpec()) {
	const light = new LightClient({ name, folder: network.folder, isWebPage: false });
	await light.start(spec, network.node('alice').address);
	return light;
}

story('three validators join the four', async () => {
	await network.start();
	api = await connect(network.node('alice'));
	const nodes = await Promise.all(SHAM.map((name) => network.join(name, ['--validator', '--name', name])));
	const { balances, operatorDelegation, session, staking, utility } = api.tx;
	const fund = shams.map(({ address }) => balances.transferKeepAlive(address, STAKE + 100n * UNIT));
	await submit(api, account('//Eve'), utility.batchAll(fund));
	const join = async (who, node) => {
		const publicKey = `0x${Buffer.from(who.publicKey).toString('hex')}`;
		const { keys, proof } = await node.ownersRpc('author_rotateKeysWithOwner', publicKey);
		const calls = [session.setKeys(keys, proof), operatorDelegation.register(0)];
		calls.push(operatorDelegation.stake(who.address, STAKE, 0), staking.validate());
		await submit(api, who, utility.batchAll(calls));
	};
	await Promise.all(shams.map((who, index) => join(who, nodes[index])));
	// A seat costs only the minimum self-stake here: three of seven seats cost 0.1 % of the others' stake.
	await network.waitFor('the seven to validate', 3 * ERA_SECONDS, async () => (await validators()).length === 7);
	early = await follow('light-early');
	// All seven author blocks, and finalize them.
	const joined = await activeEra(api);
	await network.waitFor('an era of the seven', 2 * ERA_SECONDS, async () => (await activeEra(api)) > joined);
	const points = await api.query.staking.eraPoints.multi(addresses.map((who) => [joined, who]));
	assert.ok(points.every((won) => won.toNumber() > 0), 'one of the three made no block');
	assert.ok(await arrives(early, await highestFinal(), LOST_SECONDS));
});

story('the three stop, and nothing becomes final', async () => {
	await Promise.all(SHAM.map((name) => network.node(name).kill()));
	await sleep(STILL_SECONDS * 1000);
	[last, oldSet] = [await highestFinal(), await setOf(network.node('alice'))];
	const best = await network.node('alice').bestNumber();
	await sleep(STILL_SECONDS * 1000);
	assert.equal(await highestFinal(), last, 'something became final');
	assert.ok((await network.node('alice').bestNumber()) > best, 'no blocks are made');
});

story('the chain chills them, one in an era while they are more than a third', async () => {
	const left = [];
	await network.waitFor('all three to be chilled', 8 * ERA_SECONDS - 60, async () => {
		const now = seatsOfShams(await candidates());
		if (left.at(-1)?.now !== now) left.push({ now, era: await activeEra(api) });
		return now === 0;
	});
	assert.deepEqual(left.map(({ now }) => now), [3, 2, 1, 0]);
	const eras = left.slice(1).map(({ era }) => era);
	assert.deepEqual(eras, [eras[0], eras[0] + 1, eras[0] + 2]);
	// They are barred for as long as they were silent, but not longer than the exit delay.
	const barred = await api.query.staking.barred.multi(addresses);
	assert.ok(barred.every((until) => until.toNumber() > eras[2] + 1));
	assert.deepEqual((await candidates()).length, 4);
});

story('a set without them finalizes nothing either, and chain and nodes count differently', async () => {
	await network.waitFor('a set without them', 3 * ERA_SECONDS, async () => seatsOfShams(await validators()) === 0);
	await sleep(STILL_SECONDS * 1000);
	assert.equal(await highestFinal(), last);
	assert.deepEqual(await Promise.all(honest().map(setOf)), Array(4).fill(oldSet));
	// The chain counted a new set for each era since then, none of which the nodes have finalized.
	assert.ok((await counted()) >= oldSet + 4, `${await counted()}`);
});

story('whoever governs brings finality back, with the commands of the page', async () => {
	const urls = honest().map(({ url }) => url);
	reader = new Reader(PAGE, { MAINSTAY_URL: urls[0], NODES: urls.join(' ') });
	await reader.read();
	assert.ok((await highestFinal()) > last);
	for (const node of honest()) await network.catchUp(node, network.node('alice'));
	assert.equal(await setOf(network.node('alice')), await counted(), 'nodes and chain count alike');
	assert.ok((await setOf(network.node('alice'))) > oldSet);
});

story('eras, elections and voters go on together', async () => {
	const era = await activeEra(api);
	const set = await setOf(network.node('alice'));
	await network.waitFor('two more eras', 3 * ERA_SECONDS, async () => (await activeEra(api)) >= era + 2);
	const best = await network.node('alice').bestNumber();
	await network.waitFor('them to be final', 60, async () => (await highestFinal()) >= best);
	const final = await api.at(await network.node('alice').rpc('chain_getFinalizedHead'));
	const now = await setOf(network.node('alice'));
	assert.ok(now >= set + 1);
	const of = (await final.query.grandpa.currentSetId()).toNumber();
	assert.ok(now === of || now === of + 1, `${now} and ${of}`);
	// The chain knows the session of this set, so that offences in it can be reported.
	const session = (await final.query.grandpa.setIdSession(of)).unwrap().toNumber();
	const before = (await final.query.grandpa.setIdSession(of - 1)).unwrap().toNumber();
	const index = (await final.query.session.currentIndex()).toNumber();
	assert.ok(session === index && before < session, `${before}, ${session}, ${index}`);
	// Double votes of these voters, and of the old ones, can be reported.
	const [[key]] = await final.query.grandpa.authorities();
	for (const set of [oldSet, of]) {
		assert.ok((await api.call.grandpaApi.generateKeyOwnershipProof(set, key)).isSome, `set ${set}`);
	}
	// Commands that wait for finality work.
	await submit(api, alice, api.tx.system.remark('0x00'));
});

story('a new node comes through, and one of the lost as well', async () => {
	const fresh = await network.join('fresh', ['--name', 'fresh', '--sync', 'full']);
	await network.catchUp(fresh, network.node('alice'));
	const back = network.node(SHAM[0]);
	await network.restart(back);
	await network.catchUp(back, network.node('alice'));
	assert.equal(await setOf(fresh), await setOf(network.node('alice')));
	// It authors no blocks, because it is not in the set.
	assert.equal(seatsOfShams(await validators()), 0);
});

story('light clients and warp sync cross the change with the chain spec of the page, and not without it', async () => {
	const target = await highestFinal();
	const file = reader.variable('SPEC');
	late = await follow('light-late');
	given = await follow('light-given', JSON.parse(readFileSync(file, 'utf8')));
	const without = await network.join('warp', ['--name', 'warp', '--sync', 'warp']);
	const crossing = await network.join('warp-given', ['--name', 'warp-given', '--sync', 'warp'], file);
	await network.catchUp(crossing, network.node('alice'));
	assert.match(crossing.log(), /Warp sync is complete/);
	assert.equal(await setOf(crossing), await setOf(network.node('alice')));
	assert.ok(await arrives(given, target, LOST_SECONDS));
	const arrived = await Promise.all([early, late].map((light) => arrives(light, target, LOST_SECONDS)));
	assert.deepEqual(arrived, [false, false]);
	assert.ok((await without.finalizedNumber()) < target);
	// The state that it synced to is good for the next voters.
	const set = await setOf(crossing);
	await network.waitFor('the next voters', 2 * ERA_SECONDS, async () => (await setOf(crossing)) > set);
	await network.catchUp(crossing, network.node('alice'));
});
