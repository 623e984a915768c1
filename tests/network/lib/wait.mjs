import { setTimeout as sleep } from 'node:timers/promises';

const POLL_MS = 250;

/**
 * Waits until `condition` returns something truthy, and returns that. A condition that throws is not met yet; its last
 * error is reported when the time is over.
 */
export async function waitFor(what, seconds, condition) {
	const deadline = Date.now() + seconds * 1000;
	let last;
	while (Date.now() < deadline) {
		try {
			const met = await condition();
			if (met) return met;
			last = undefined;
		} catch (error) {
			if (error.fatal) throw error;
			last = error;
		}
		await sleep(POLL_MS);
	}
	throw new Error(`waited ${seconds} s in vain for: ${what}`, { cause: last });
}
