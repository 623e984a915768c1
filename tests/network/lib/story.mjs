import { after, test } from 'node:test';
import { Network } from './network.mjs';

const STORY_MS = 5 * 60 * 1000;

/** One network for all stories of a test file. A story that fails ends the file, because later ones build on it. */
export function storyteller() {
	const network = new Network();
	// Set while a story runs, so that a story that times out leaves it set.
	let broken = false;

	function story(name, run) {
		test(name, { timeout: STORY_MS }, async (context) => {
			if (broken) return context.skip('an earlier story failed');
			broken = true;
			await run();
			broken = false;
		});
	}

	after(async () => {
		if (broken) network.report();
		await network.stop();
		if (broken) console.error(`the nodes' logs and data are in ${network.folder}`);
		else network.remove();
	});

	return { network, story };
}
