// A validator runs twice with keys that it has replaced already. A node that makes no blocks sees it, is killed, and has the
// evidence again when it comes back.
import assert from 'node:assert/strict';
import { after } from 'node:test';
import { account, connect, submit } from './lib/chain.mjs';
import { eventsSoFar } from './lib/docs.mjs';
import { storyteller } from './lib/story.mjs';

const KEPT = /evidence of an equivocation is kept until it is reported/g;
const SETTLED = /an equivocation is reported/g;
const BABE_EQUIVOCATION = 'babe:equivocatio';
/** Slots of a session. */
const SESSION_SLOTS = 10;

const bob = account('//Bob');
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

/** Registers new keys for Bob's own node, at the beginning of a session: the old ones are in force for two more. */
async function rotateBob() {
	const publicKey = hex(bob.publicKey);
	const { keys, proof } = await network.node('bob').ownersRpc('author_rotateKeysWithOwner', publicKey);
	const session = async () => (await api.query.session.currentIndex()).toNumber();
	const before = await session();
	await network.waitFor('a session to begin', 2 * SESSION_SLOTS, async () => (await session()) > before);
	await submit(api, bob, api.tx.session.setKeys(keys, proof));
}

/** The reports of BABE's equivocations since block `from`: what each says, and whether it is signed. */
async function reports(from) {
	const found = [];
	const last = await network.node('alice').finalizedNumber();
	for (let number = from; number <= last; number++) {
		const hash = await api.rpc.chain.getBlockHash(number);
		const at = await api.at(hash);
		const events = await at.query.system.events();
		const { block } = await api.rpc.chain.getBlock(hash);
		for (const { phase, event } of events) {
			if (!api.events.offences.Offence.is(event)) continue;
			if (event.data.kind.toUtf8() !== BABE_EQUIVOCATION) continue;
			const { isSigned, signer, method } = block.extrinsics[phase.asApplyExtrinsic.toNumber()];
			const { offender, slot } = method.args[0];
			const [owner, key] = [method.args[1], offender.toHex()];
			found.push({ number, isSigned, signer: signer.toString(), key, slot: slot.toNumber(), owner });
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
	// A node takes longer to start than the old keys are in force. It gets them when all else is ready.
	const twin = await network.join('twin', ['--validator', '--name', 'twin']);
	try {
		await network.catchUp(twin, network.node('alice'));
		await rotateBob();
		await twin.ownersRpc('author_insertKey', 'babe', '//Bob', hex(bob.publicKey));
		// The watcher is killed with the evidence, which it cannot report, as soon as it has it.
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
