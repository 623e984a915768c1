import assert from 'node:assert/strict';
import { test } from 'node:test';
import { generate, wireOf } from '../scripts/schema.mjs';

const digits = { type: 'string', pattern: '^[0-9]+$', description: 'An amount.' };
const to = (name) => ({ $ref: `#/components/schemas/${name}` });
const object = (properties, required = Object.keys(properties)) => ({ type: 'object', properties, required });

function documentOf(schemas, value, params = []) {
	return {
		methods: [
			{
				name: 'bank_balance',
				description: 'A balance.',
				params,
				result: { schema: object({ at: to('Hash'), value }) },
			},
			{
				...{ name: 'bank_subscribeBalance', description: 'Balances.', params },
				'x-subscription': { notification: 'bank_balances', unsubscribe: 'bank_unsubscribeBalance', item: value },
			},
		],
		components: {
			schemas: { Hash: { type: 'string' }, Amount: digits, ...schemas },
			errors: { Broke: { code: 7, message: 'There is none.' } },
		},
	};
}

test('what holds no big number has no shape', () => {
	const { methods, shapes } = wireOf(
		documentOf({ Name: object({ text: to('Hash'), names: { type: 'array', items: to('Hash') } }) }, to('Name')),
	);
	assert.deepEqual(methods, { bank_balance: null });
	assert.deepEqual(shapes, { Amount: 'bigint' });
});

test('big numbers are found behind references, in lists, and in what may be null', () => {
	const Purse = object({
		coins: { type: 'array', items: to('Amount') },
		spare: { anyOf: [to('Amount'), { type: 'null' }] },
		debt: { allOf: [to('Amount')], description: 'A debt.' },
		inner: { anyOf: [to('Purse'), { type: 'null' }] },
		owner: to('Hash'),
	});
	const { methods, subscriptions, shapes, errors } = wireOf(documentOf({ Purse }, to('Purse')));
	const amount = { ref: 'Amount' };
	assert.deepEqual(shapes.Purse, {
		fields: { coins: { list: amount }, spare: amount, debt: amount, inner: { ref: 'Purse' } },
	});
	assert.deepEqual(methods, { bank_balance: { fields: { value: { ref: 'Purse' } } } });
	assert.deepEqual(subscriptions, {
		bank_subscribeBalance: { unsubscribe: 'bank_unsubscribeBalance', item: { ref: 'Purse' } },
	});
	assert.deepEqual(errors, { Broke: 7 });
});

test('a choice of objects has the fields of all; where they differ it is refused', () => {
	const choice = (right) => ({ oneOf: [{ const: 'none' }, object({ left: to('Amount') }), object(right)] });
	const { shapes } = wireOf(documentOf({ Choice: choice({ right: object({ sum: to('Amount') }) }) }, to('Choice')));
	assert.deepEqual(shapes.Choice, {
		fields: { left: { ref: 'Amount' }, right: { fields: { sum: { ref: 'Amount' } } } },
	});
	const mixed = documentOf({ Choice: choice({ left: { type: 'array', items: to('Amount') } }) }, to('Choice'));
	assert.throws(() => wireOf(mixed), /no telling apart/);
});

test('the types have the names, the comments and the optional fields of the document', async () => {
	const params = [
		{ name: 'who', description: 'Whose.', required: true, schema: to('Hash') },
		{ name: 'least', description: 'No less.', required: false, schema: { anyOf: [to('Amount'), { type: 'null' }] } },
	];
	const source = (
		await generate(documentOf({ Page_Amount: object({ items: to('Amount') }) }, to('Page_Amount'), params))
	).replace(/\s+/g, ' ');
	assert.match(source, /\* An amount\. \*\/ export type Amount = bigint;/);
	assert.match(source, /export interface Page_Amount \{ items: Amount; \}/);
	assert.match(source, /\* A balance\. \*\/ bank_balance: \{ params: \{ \/\*\* \* Whose\. \*\/ who: Hash;/);
	assert.match(source, /least\?: Amount \| null; \}; result: \{ at: Hash; value: Page_Amount; \}/);
	assert.match(source, /bank_subscribeBalance: \{ .* item: Page_Amount; \};/);
});
