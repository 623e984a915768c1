// finality 2: two of four validators are offline until authors have slowed down to the limit. There are still several
// blocks to a session, so that there is room for transactions.
import assert from 'node:assert/strict';
import { after } from 'node:test';
import { account, connect } from './lib/chain.mjs';
import { storyteller } from './lib/story.mjs';

/** With more blocks that are not final, authors would wait longer than a session if nothing limited the wait. */
const LAG = 75;
/** A block takes 4 s in which every second slot has no author, and 2 s otherwise. */
const LAG_SECONDS = 280;
const SESSION_SLOTS = 10;
const BLOCKS = 12;
/** The time limit for a transaction to be in a block. */
const IN_SECONDS = 30;

const alice = account('//Alice');
const { network, story } = storyteller();

let api;
after(() => api?.disconnect());

const lag = async () => (await network.node('alice').bestNumber()) - (await network.node('alice').finalizedNumber());

/** Signs a transaction for the best block, and waits until a block includes it. No block becomes final in this test. */
function enter(call) {
	return new Promise((resolve, reject) => {
		const began = performance.now();
		const timer = setTimeout(() => reject(new Error(`in no block after ${IN_SECONDS} s`)), IN_SECONDS * 1000);
		const told = ({ status, isError }) => {
			if (isError) reject(new Error(`the transaction is ${status.type}`));
			if (!status.isInBlock) return;
			clearTimeout(timer);
			resolve((performance.now() - began) / 1000);
		};
		// The validity of a transaction that begins with the last final block would have ended already.
		call.signAndSend(alice, { nonce: -1, era: 0 }, told).catch(reject);
	});
}

/** The slot and the session of each of the last blocks, the oldest first. */
async function newest(count) {
	const best = await network.node('alice').bestNumber();
	const blocks = [];
	for (let number = best - count + 1; number <= best; number++) {
		const at = await api.at(await api.rpc.chain.getBlockHash(number));
		const [slot, session] = await Promise.all([at.query.babe.currentSlot(), at.query.session.currentIndex()]);
		blocks.push({ slot: slot.toNumber(), session: session.toNumber() });
	}
	return blocks;
}

story('two of four validators stop', async () => {
	await network.start();
	api = await connect(network.node('alice'));
	await Promise.all(['charlie', 'dave'].map((name) => network.node(name).kill()));
});

story('nothing becomes final any more', async () => {
	await network.waitFor(`${LAG} blocks that are not final`, LAG_SECONDS, async () => (await lag()) >= LAG);
});

story('sessions have room beside their first block', async () => {
	const from = await network.node('alice').bestNumber();
	await network.waitFor(`${BLOCKS} blocks`, 120, async () => (await network.node('alice').bestNumber()) >= from + BLOCKS);
	const blocks = await newest(BLOCKS);
	const begins = blocks.filter(({ session }, index) => index > 0 && session !== blocks[index - 1].session).length;
	assert.ok(begins <= (BLOCKS - 1) / 2, `${begins} of ${BLOCKS - 1} blocks begin a session`);
	const gaps = blocks.slice(1).map(({ slot }, index) => slot - blocks[index].slot);
	assert.ok(gaps.every((gap) => gap < SESSION_SLOTS), `slots between blocks: ${gaps}`);
	assert.ok(gaps.some((gap) => gap > 2), `authors do not slow down: ${gaps}`);
});

story('transactions get in', async () => {
	for (let sent = 0; sent < 5; sent++) {
		const seconds = await enter(api.tx.system.remark('0x00'));
		console.log(`in a block after ${seconds.toFixed(1)} s`);
	}
});

story('the two come back, and all of it becomes final', async () => {
	await Promise.all(['charlie', 'dave'].map((name) => network.restart(network.node(name))));
	await network.catchUp(network.node('dave'), network.node('alice'));
	await network.waitFor('authors to be quick again', 60, async () => (await lag()) < 10);
});
