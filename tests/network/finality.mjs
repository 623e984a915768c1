// For whoever brings finality back after a third of the validators was lost; docs/stalled-finality.md tells when and how.
//
//     NODES="URL…" node tests/network/finality.mjs look     where the nodes are, and who would vote; fails until these could
//     NODES="URL…" DELAY=BLOCKS node … call                 the same, and then prints the call that tells the chain
//     NODES="URL…" node … check                             fails until blocks become final again
//
// NODES are all validators' nodes that still run. DELAY is in blocks, from the beginning of the next session on.
import { connect } from './lib/chain.mjs';

/** Blocks by which final ones may be behind the best while all is well. */
const USUAL_LAG = 10;

class NotYet extends Error {}

const [, , task] = process.argv;
const { NODES, DELAY } = process.env;
if (!['look', 'call', 'check'].includes(task) || !NODES || (task === 'call' && !(Number(DELAY) > 0))) {
	console.error('usage: NODES="URL…" [DELAY=BLOCKS] node tests/network/finality.mjs look|call|check');
	process.exit(2);
}

/** What a node has by now: `set` is the number of the voter set by which it finalizes. */
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

/** The call, and that by which sudo makes it. */
async function resumption(api, set, final) {
	const { grandpa, sudo, system, utility } = api.tx;
	const { currentSetId, setIdSession } = api.query.grandpa;
	const session = await api.query.session.currentIndex();
	const calls = [
		system.setStorage([
			// The new voters begin one above the number that the nodes have, so the chain has to count from there.
			[currentSetId.key(), api.createType('u64', set).toHex(true)],
			// The old ones have voted until now.
			[setIdSession.key(set), session.toHex(true)],
		]),
		grandpa.noteStalled(Number(DELAY), final),
	];
	const call = utility.batchAll(calls);
	return { call: call.method.toHex(), bySudo: sudo.sudo(call).method.toHex() };
}

/** Whether blocks become final, and chain and nodes count the voter sets alike. */
async function check(api, nodes) {
	const [{ hash, set }] = nodes;
	const counted = (await (await api.at(hash)).query.grandpa.currentSetId()).toNumber();
	console.log(`The chain calls the voter set ${counted}.`);
	if (nodes.some(({ best, final }) => best - final > USUAL_LAG)) throw new NotYet('Blocks do not become final yet.');
	if (counted !== set) throw new NotYet('The chain and its nodes count differently.');
	console.log('Blocks become final, and all mean the same voters.');
}

const apis = await Promise.all(NODES.split(/\s+/).map((url) => connect({ url })));
try {
	const [api] = apis;
	const nodes = await Promise.all(apis.map(stateOf));
	for (const [index, { best, final, set }] of nodes.entries()) {
		console.log(`${NODES.split(/\s+/)[index]}: best block ${best}, final ${final}, voter set ${set}`);
	}
	const [{ set }] = nodes;
	if (nodes.some((node) => node.set !== set)) throw new NotYet('The nodes have different voter sets. Wait until they agree.');
	if (task === 'check') {
		await check(api, nodes);
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
	console.log(error.message);
	process.exitCode = 1;
} finally {
	await Promise.all(apis.map((api) => api.disconnect()));
}
