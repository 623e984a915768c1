// Restores finality after the loss of a third of the validators; docs/stalled-finality.md explains when and how.
//
//     NODES="URL…" node tests/network/finality.mjs look     where the nodes are, and who would vote; fails until these could
//     NODES="URL…" DELAY=BLOCKS node … call                 the same, and then prints the call that tells the chain
//     NODES="URL…" node … check                             fails until blocks become final again
//     NODES="URL…" node … spec                              then: a chain spec for warp sync and light clients
//
// NODES are all validators' nodes that still run. DELAY is in blocks, from the beginning of the next session on.
import { encodeAddress } from '@polkadot/util-crypto';
import { connect } from './lib/chain.mjs';

/** The largest normal number of blocks from the last final one to the best. */
const USUAL_LAG = 10;

/** The maximum number of blocks that are searched for a change of voters. */
const FAR = 200_000;
/** The two kinds of changes in GRANDPA's digests: by signatures, and by governance. */
const SCHEDULED = 1;
const FORCED = 2;

class NotYet extends Error {}

const [, , task] = process.argv;
const { NODES, DELAY } = process.env;
if (!['look', 'call', 'check', 'spec'].includes(task) || !NODES || (task === 'call' && !(Number(DELAY) > 0))) {
	console.error('usage: NODES="URL…" [DELAY=BLOCKS] node tests/network/finality.mjs look|call|check|spec');
	process.exit(2);
}

/** If a spec is written, standard output is for the spec alone. */
const say = task === 'spec' ? console.error : console.log;

/** The state of a node. `set` is the number of the voter set with which it finalizes. */
async function stateOf({ rpc }) {
	const hash = await rpc.chain.getFinalizedHead();
	const [best, final, round] = await Promise.all([
		rpc.chain.getHeader(),
		rpc.chain.getHeader(hash),
		rpc.grandpa.roundState(),
	]);
	return { best: best.number.toNumber(), final: final.number.toNumber(), hash, set: round.setId.toNumber() };
}

/** Whether the validators of the next session, who become the voters, could finalize anything. */
async function look(api) {
	const next = (await api.query.session.queuedKeys()).map(([who]) => who);
	const counts = await api.query.staking.silent.multi(next);
	const silent = next.filter((_, index) => counts[index].toNumber() > 0);
	const most = Math.floor((next.length - 1) / 3);
	console.log(`The next session has ${next.length} validators, of whom ${most} may be lost, and ${silent.length} are silent.`);
	for (const who of silent) console.log(`silent: ${who}`);
	if (silent.length > most) throw new NotYet('Wait: they could not finalize either.');
}

/** Block `number` with the change of voters in its header, if there is one. */
async function changeIn(api, number) {
	const hash = await api.rpc.chain.getBlockHash(number);
	const { digest } = await api.rpc.chain.getHeader(hash);
	const logs = digest.logs.filter((log) => log.isConsensus && log.asConsensus[0].toUtf8() === 'FRNK');
	const data = logs.map((log) => log.asConsensus[1].toU8a(true)).find(([kind]) => [SCHEDULED, FORCED].includes(kind));
	return { hash, number, kind: data?.[0], data: data?.slice(1) };
}

/**
 * The last block up to `number` whose header has a change of this kind, and the number of other changes after it. None
 * if there is no such block back to the genesis.
 */
async function lastChange(api, number, kind) {
	let between = 0;
	for (const end = Math.max(0, number - FAR); number > end; number--) {
		const change = await changeIn(api, number);
		if (change.kind === kind) return { ...change, between };
		if (change.kind !== undefined) between += 1;
	}
	return undefined;
}

/**
 * The change that governance made, for the chain spec. `number` is final, and its voters are set `set`. Since that
 * change, every change in a header has counted as one set.
 */
async function forcedChange(api, number, set) {
	const forced = await lastChange(api, number, FORCED);
	if (!forced) throw new NotYet(`None of the last ${FAR} final blocks tells of a change by governance.`);
	const [last, voters] = api.createType('(u32, Vec<([u8; 32], u64)>)', forced.data);
	return {
		hash: (await api.rpc.chain.getBlockHash(last)).toHex(),
		number: last.toNumber(),
		setId: set - forced.between,
		authorities: voters.map(([key, weight]) => [encodeAddress(key.toU8a(), 42), weight.toNumber()]),
	};
}

/** A chain spec with a starting point for light clients, and with the change that warp sync cannot verify. */
async function spec(api, { final, set }) {
	const change = await forcedChange(api, final, set);
	const written = (await api.rpc.syncstate.genSyncSpec(true)).toJSON();
	const { forcedChanges = [], ...properties } = written.properties;
	const others = forcedChanges.filter(({ hash }) => hash !== change.hash);
	return { ...written, properties: { ...properties, forcedChanges: [...others, change] } };
}

/** The call, and the sudo call that contains it. */
async function resumption(api, set, final) {
	const { grandpa, sudo, system, utility } = api.tx;
	const { currentSetId, setIdSession } = api.query.grandpa;
	const session = await api.query.session.currentIndex();
	const calls = [
		system.setStorage([
			// The new voters begin one above the number that the nodes have, so the chain has to count from there.
			[currentSetId.key(), api.createType('u64', set).toHex(true)],
			// The old voters have voted until now.
			[setIdSession.key(set), session.toHex(true)],
		]),
		// The last final change, because warp sync looks for the next one there.
		grandpa.noteStalled(Number(DELAY), (await lastChange(api, final, SCHEDULED))?.number ?? final),
	];
	const call = utility.batchAll(calls);
	return { call: call.method.toHex(), bySudo: sudo.sudo(call).method.toHex() };
}

/** Checks that blocks become final, and that chain and nodes count the voter sets alike. */
async function check(api, nodes) {
	const [{ hash, set }] = nodes;
	const counted = (await (await api.at(hash)).query.grandpa.currentSetId()).toNumber();
	say(`The chain calls the voter set ${counted}.`);
	if (nodes.some(({ best, final }) => best - final > USUAL_LAG)) throw new NotYet('Blocks do not become final yet.');
	if (counted !== set) throw new NotYet('The chain and its nodes count differently.');
	say('Blocks become final, and all mean the same voters.');
}

const apis = await Promise.all(NODES.split(/\s+/).map((url) => connect({ url })));
try {
	const [api] = apis;
	const nodes = await Promise.all(apis.map(stateOf));
	for (const [index, { best, final, set }] of nodes.entries()) {
		say(`${NODES.split(/\s+/)[index]}: best block ${best}, final ${final}, voter set ${set}`);
	}
	const [{ set }] = nodes;
	if (nodes.some((node) => node.set !== set)) throw new NotYet('The nodes have different voter sets. Wait until they agree.');
	if (task === 'check') {
		await check(api, nodes);
	} else if (task === 'spec') {
		await check(api, nodes);
		console.log(JSON.stringify(await spec(api, nodes[0]), null, '\t'));
	} else {
		await look(api);
		console.log('They can finalize.');
	}
	if (task === 'call') {
		const { call, bySudo } = await resumption(api, set, Math.max(...nodes.map(({ final }) => final)));
		console.log(`for governance: ${call}\n${bySudo}`);
	}
} catch (error) {
	if (!(error instanceof NotYet)) throw error;
	say(error.message);
	process.exitCode = 1;
} finally {
	await Promise.all(apis.map((api) => api.disconnect()));
}
