import assert from 'node:assert/strict';
import { test } from 'node:test';
import { Queue } from '../dist/queue.js';

test('items wait for their reader, and readers for their items', async () => {
	const queue = new Queue();
	queue.push(1);
	const reads = [queue.next(), queue.next(), queue.next()];
	queue.push(2);
	queue.close();
	queue.push(3);
	const values = (await Promise.all(reads)).map(({ value }) => value);
	assert.deepEqual(values, [1, 2, undefined]);
});

test('a failure comes behind the items, once', async () => {
	const queue = new Queue();
	queue.push(1);
	queue.fail(new Error('cut off'));
	assert.equal((await queue.next()).value, 1);
	await assert.rejects(queue.next(), /cut off/);
	assert.equal((await queue.next()).done, true);
});
