// Too long for CI: validators are killed and restarted, again and again, for a quarter of an hour.
import assert from 'node:assert/strict';
import { after } from 'node:test';
import { connect } from './lib/chain.mjs';
import { activeEra } from './lib/eras.mjs';
import { poolOf } from './lib/ledger.mjs';
import { storyteller } from './lib/story.mjs';

const ROUNDS = 24;

let api;
after(() => api?.disconnect());

const { network, story } = storyteller();

story('four validators start', async () => {
	await network.start();
	api = await connect(network.node('alice'));
});

async function stakes() {
	const validators = await api.query.session.validators();
	const entries = validators.map(async (who) => [who.toString(), (await poolOf(api, who)).amount]);
	return new Map(await Promise.all(entries));
}

for (let round = 0; round < ROUNDS; round++) {
	// Alice is not killed, because the client is connected to it. Every third round also stops finality.
	const names = ['bob', 'charlie', 'dave'];
	const first = round % names.length;
	const victims = round % 3 === 2 ? [names[first], names[(first + 1) % names.length]] : [names[first]];

	story(`round ${round + 1}: ${victims.join(' and ')} killed, back, and in agreement`, async () => {
		const witness = network.node('alice');
		const [era, before] = [await activeEra(api), await stakes()];
		const nodes = victims.map((name) => network.node(name));
		await Promise.all(nodes.map((node) => node.kill()));
		const head = await witness.bestNumber();
		await network.waitFor('blocks to go on', 60, async () => (await witness.bestNumber()) >= head + 10);
		await Promise.all(nodes.map((node) => network.restart(node)));
		for (const node of network.nodes) await network.catchUp(node, witness);
		// No validator was slashed for its return, or chilled for a short absence.
		const now = await stakes();
		for (const [who, stake] of before) assert.ok(now.get(who) >= stake, `${who} had ${stake}, now ${now.get(who)}`);
		assert.ok((await activeEra(api)) >= era);
	});
}
