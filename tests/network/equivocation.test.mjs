// A validator runs twice with keys that it has already replaced. A node that makes no blocks sees it, is killed, and
// still has the evidence after its restart. It signs reports of what only it has seen. Double votes are found as
// well.
import assert from 'node:assert/strict';
import { after } from 'node:test';
import { account, connect, submit, voter } from './lib/chain.mjs';
import { eventsSoFar } from './lib/docs.mjs';
import { storyteller } from './lib/story.mjs';

const KEPT = /found an equivocation: its evidence is kept until it is reported/g;
const SETTLED = /an equivocation is reported/g;
const BABE_EQUIVOCATION = 'babe:equivocatio';
const GRANDPA_EQUIVOCATION = 'grandpa:equivoca';
/** Slots of a session. */
const SESSION_SLOTS = 10;
/** The number of blocks after which a voter votes for another block than before. */
const LATER_BLOCKS = 5;

const bob = account('//Bob');
const charlie = account('//Charlie');
const dave = account('//Dave');
const eve = account('//Eve');
const hex = (bytes) => `0x${Buffer.from(bytes).toString('hex')}`;
const count = (node, pattern) => [...node.log().matchAll(pattern)].length;

let api, watcher;
after(() => api?.disconnect());

const { network, story } = storyteller();

story('four validators and a node that makes no blocks start', async () => {
	await network.start();
	watcher = await network.join('watcher', ['--name', 'watcher']);
	api = await connect(network.node('alice'));
	await network.catchUp(watcher, network.node('alice'));
});

/**
 * Registers new keys for Bob's own node, at the beginning of a session. The old keys are in force for two more
 * sessions.
 */
async function rotateBob() {
	const publicKey = hex(bob.publicKey);
	const { keys, proof } = await network.node('bob').ownersRpc('author_rotateKeysWithOwner', publicKey);
	const session = async () => (await api.query.session.currentIndex()).toNumber();
	const before = await session();
	await network.waitFor('a session to begin', 2 * SESSION_SLOTS, async () => (await session()) > before);
	await submit(api, bob, api.tx.session.setKeys(keys, proof));
}

/** The reports of equivocations since block `from`: what each says, and whether it is signed. */
async function reports(from, kind = BABE_EQUIVOCATION) {
	const found = [];
	const last = await network.node('alice').finalizedNumber();
	for (let number = from; number <= last; number++) {
		const hash = await api.rpc.chain.getBlockHash(number);
		const at = await api.at(hash);
		const events = await at.query.system.events();
		const { block } = await api.rpc.chain.getBlock(hash);
		for (const { phase, event } of events) {
			if (!api.events.offences.Offence.is(event)) continue;
			if (event.data.kind.toUtf8() !== kind) continue;
			const { isSigned, signer, method } = block.extrinsics[phase.asApplyExtrinsic.toNumber()];
			const [proof, owner] = method.args;
			const offender = kind === BABE_EQUIVOCATION ? proof.offender : proof.equivocation.inner.identity;
			found.push({ isSigned, signer: signer.toString(), key: offender.toHex(), owner });
		}
	}
	return found;
}

/** Whether a slash of `who` was queued so far. It is executed in the next era. */
async function isSlashed(who) {
	const reported = await eventsSoFar(api, api.events.slashing.SlashReported);
	return reported.some(({ operator }) => operator.eq(who.address));
}

story('Bob runs twice with keys that he has replaced, and the chain knows whose they were', async () => {
	const begin = await network.node('alice').finalizedNumber();
	const old = (await api.query.session.nextKeys(bob.address)).unwrap().babe;
	// A node takes longer to start than the old keys stay in force, so it gets the keys only when it is ready.
	const twin = await network.join('twin', ['--validator', '--name', 'twin']);
	try {
		await network.catchUp(twin, network.node('alice'));
		await rotateBob();
		await twin.ownersRpc('author_insertKey', 'babe', '//Bob', hex(bob.publicKey));
		// The watcher cannot report what it sees. It is killed as soon as it has the evidence.
		await network.waitFor('the watcher to see it', 60, () => count(watcher, KEPT) > 0);
		await watcher.kill();
		await network.waitFor('Bob to be reported', 90, async () => (await reports(begin)).length > 0);
	} finally {
		await twin.stop();
	}
	const [report] = await reports(begin);
	const next = (await api.query.session.nextKeys(bob.address)).unwrap().babe;
	assert.equal(report.key, old.toHex(), 'the offence is of the keys that he had');
	assert.notEqual(report.key, next.toHex(), 'which are not registered any more');
	assert.equal(report.isSigned, false, 'a validator reported it');
	assert.deepEqual(report.owner.trieNodes.toJSON(), []);
	assert.ok(await isSlashed(bob), 'Bob is slashed');
});

story('the watcher finds its evidence again, and the chain has it', async () => {
	const [kept, settled] = [count(watcher, KEPT), count(watcher, SETTLED)];
	await network.restart(watcher);
	await network.catchUp(watcher, network.node('alice'));
	await network.waitFor('the watcher to be done with it', 60, () => count(watcher, SETTLED) > settled);
	assert.equal(count(watcher, KEPT), kept, 'it found nothing anew');
});

story('what a node that makes no blocks alone has seen, it signs', async () => {
	const alice = network.node('alice');
	const only = (peer) => `--reserved-nodes=${peer.address}`;
	/** Restarts a node that connects to `peer` only, or to nobody. */
	const restart = async (node, peer) => {
		await node.kill();
		node.flags = node.flags.filter((flag) => !flag.startsWith('--reserved-nodes'));
		if (peer) node.flags.push(only(peer));
		await network.restart(node);
	};
	const witness = await network.join('witness', ['--name', 'witness', '--reserved-only', only(alice)]);
	await witness.ownersRpc('author_insertKey', 'rprt', '//Eve', hex(eve.publicKey));
	// It makes blocks even without peers.
	const flags = ['--validator', '--force-authoring', '--name', 'second-charlie', '--reserved-only', only(alice)];
	const twin = await network.join('second-charlie', flags);
	await network.catchUp(twin, alice);
	await network.catchUp(witness, alice);
	const begin = await alice.finalizedNumber();
	const ours = async () => (await reports(begin)).filter(({ signer }) => signer === eve.address);
	// Without half of the voters nothing is finalized, so a node still accepts blocks of another fork.
	const halted = ['bob', 'dave'].map((name) => network.node(name));
	try {
		for (const node of halted) node.pause();
		await restart(twin);
		const best = await twin.bestNumber();
		await twin.ownersRpc('author_insertKey', 'babe', '//Charlie', hex(charlie.publicKey));
		// Some of them are in slots in which the other Charlie also makes one, because its sessions have another
		// randomness by now.
		await network.waitFor('the second Charlie to make blocks', 120, async () => (await twin.bestNumber()) > best + 8);
		// The witness has seen the blocks of the other Charlie. It gets these blocks while it can tell nobody. It must
		// not have to catch up with them, because a node does not check blocks that are so old.
		twin.pause();
		await restart(witness, twin);
		twin.resume();
		await twin.ownersRpc('system_addReservedPeer', witness.address);
		await network.waitFor('the witness to see it', 60, () => count(witness, KEPT) > 0);
		await twin.kill();
		await restart(witness, alice);
	} finally {
		for (const node of halted) node.resume();
		await twin.kill();
	}
	await network.waitFor('the signed report', 90, async () => (await ours()).length > 0);
	const [report] = await ours();
	assert.equal(report.isSigned, true);
	assert.equal(report.key, hex(charlie.publicKey));
	assert.ok(await isSlashed(charlie), 'Charlie is slashed');
});

story('who votes twice in a round is reported', async () => {
	const alice = network.node('alice');
	const begin = await alice.finalizedNumber();
	const twin = await network.join('second-dave', ['--validator', '--name', 'second-dave']);
	await network.catchUp(twin, alice);
	const voted = () => reports(begin, GRANDPA_EQUIVOCATION);
	const key = voter('//Dave');
	// Without half of the voters, the round in which Dave voted does not end. He voted for what was the best block
	// then.
	const halted = ['bob', 'charlie'].map((name) => network.node(name));
	const kept = count(alice, KEPT);
	try {
		for (const node of halted) node.pause();
		const stood = await alice.bestNumber();
		await network.waitFor('more blocks', 60, async () => (await twin.bestNumber()) > stood + LATER_BLOCKS);
		assert.ok((await alice.finalizedNumber()) <= stood);
		// The second Dave votes in the same round as soon as it has the key, for what is the best block now.
		await twin.ownersRpc('author_insertKey', 'gran', '//Dave', hex(key.publicKey));
		await twin.kill();
		await network.restart(twin);
		await network.waitFor('Alice to see both votes', 60, () => count(alice, KEPT) > kept);
	} finally {
		for (const node of halted) node.resume();
		await twin.kill();
	}
	await network.waitFor('Dave to be reported', 90, async () => (await voted()).length > 0);
	const [report] = await voted();
	assert.equal(report.key, hex(key.publicKey));
	assert.ok(await isSlashed(dave), 'Dave is slashed');
});
