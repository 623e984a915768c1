import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { test } from 'node:test';
import { decode, encode } from '../dist/decode.js';
import { wire } from '../dist/generated.js';
import { DOCUMENT } from '../scripts/paths.mjs';

const { methods, components } = JSON.parse(readFileSync(DOCUMENT, 'utf8'));

const BIG = 2n ** 128n - 1n;
const BIG_NAMES = ['Amount', 'Fraction'];

const pair = (sent, read) => ({ sent, read });
const same = (value) => pair(value, value);

/** Values of a schema, one for each choice at least: as a node sends them, and as the client should read them. */
function samples(schema) {
	if (schema.$ref) {
		const name = schema.$ref.split('/').at(-1);
		return BIG_NAMES.includes(name) ? [pair(`${BIG}`, BIG)] : samples(components.schemas[name]);
	}
	const choices = schema.allOf ?? schema.anyOf ?? schema.oneOf;
	if (choices) return choices.flatMap(samples);
	if (schema.const) return [same(schema.const)];
	return [schema.type].flat().flatMap((type) => {
		if (type === 'array') {
			const items = samples(schema.items);
			return [
				pair(
					items.map(({ sent }) => sent),
					items.map(({ read }) => read),
				),
			];
		}
		if (type === 'object') return objects(Object.entries(schema.properties));
		// Digits in a text stay text.
		return [same({ string: '123', integer: 7, boolean: true, null: null }[type])];
	});
}

function objects(properties) {
	const fields = properties.map(([name, schema]) => [name, samples(schema)]);
	const most = Math.max(1, ...fields.map(([, values]) => values.length));
	return Array.from({ length: most }, (_, n) => {
		const nth = fields.map(([name, values]) => [name, values[n % values.length]]);
		const pick = (side) => Object.fromEntries(nth.map(([name, value]) => [name, value[side]]));
		return pair(pick('sent'), pick('read'));
	});
}

for (const { name, result, 'x-subscription': subscription } of methods) {
	test(`amounts and fractions of ${name} are bigint, and nothing else`, () => {
		const shape = subscription ? wire.subscriptions[name].item : wire.methods[name];
		const values = samples(subscription ? subscription.item : result.schema);
		for (const { sent, read } of values) {
			assert.deepEqual(decode(sent, shape), read);
			assert.deepEqual(encode(read), sent);
		}
	});
}

test('what is not in the document is passed on as it is', () => {
	const sent = { at: '0x00', value: { newer: '1' } };
	assert.deepEqual(decode(sent, wire.methods.staking_era), sent);
});
