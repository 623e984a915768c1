import assert from 'node:assert/strict';

/**
 * A value from storage, or from a runtime API, in the form in which JSON-RPC shows it: numbers as BigInts, accounts as
 * addresses, bytes as text.
 */
export function plain(codec) {
	if (typeof codec.isSome === 'boolean') return codec.isSome ? plain(codec.unwrap()) : null;
	if (codec.toBigInt) return codec.toBigInt();
	if (codec instanceof Map) {
		const entries = [...codec.entries()];
		const isStruct = entries.every(([key]) => typeof key === 'string');
		const values = entries.map(([key, value]) => [isStruct ? key : plain(key), plain(value)]);
		return isStruct && entries.length > 0 ? Object.fromEntries(values) : values;
	}
	if (Array.isArray(codec)) return codec.map(plain);
	if (codec.inner && typeof codec.type === 'string') {
		const name = codec.type[0].toLowerCase() + codec.type.slice(1);
		const value = plain(codec.inner);
		return value === null ? name : { [name]: value };
	}
	if (codec instanceof Boolean) return codec.valueOf();
	if (codec.toUtf8 && codec.toRawType() === 'Bytes') return codec.toUtf8();
	if (codec.toRawType() === 'Null') return null;
	return codec.toString();
}

/** The value with every number as a BigInt. The client has some of them as numbers. */
export function normal(value) {
	if (typeof value === 'number') return BigInt(value);
	if (Array.isArray(value)) return value.map(normal);
	if (value === null || typeof value !== 'object') return value;
	return Object.fromEntries(Object.entries(value).map(([name, field]) => [name, normal(field)]));
}

/** Asserts that both values are the same. */
export function same(found, expected, what) {
	try {
		assert.deepEqual(normal(found), normal(expected));
	} catch (error) {
		// A message as an argument would hide the difference.
		if (what) error.message = `${what}: ${error.message}`;
		throw error;
	}
}

/** A text that is equal for equal values, for comparing and sorting. */
export const word = (value) =>
	JSON.stringify(normal(value), (_, field) => (typeof field === 'bigint' ? field.toString() : field));

/** Sorts a list by `order` of its entries. */
export const ordered = (items, order) =>
	[...items].sort((a, b) => Number(word(order(a)) > word(order(b))) - Number(word(order(a)) < word(order(b))));
