import { wire } from './generated.js';

/** The places of big numbers in a value: JSON has them as strings of decimal digits. */
export type Shape = 'bigint' | { ref: string } | { list: Shape } | { fields: Record<string, Shape> };

const shapes: Record<string, Shape> = wire.shapes;

/** A value from a node, with a `bigint` in each place that `shape` names. Everything else is unchanged. */
export function decode(value: unknown, shape: Shape | null | undefined): unknown {
	if (!shape || value === null || value === undefined) return value;
	if (shape === 'bigint') return BigInt(value as string);
	if ('ref' in shape) return decode(value, shapes[shape.ref]);
	if ('list' in shape) return (value as unknown[]).map((item) => decode(item, shape.list));
	// A variant without fields is a plain string.
	if (typeof value !== 'object') return value;
	const entries = Object.entries(value).map(([name, field]) => [name, decode(field, shape.fields[name])]);
	return Object.fromEntries(entries);
}

/** A value for a node, with each `bigint` as a string. */
export function encode(value: unknown): unknown {
	if (typeof value === 'bigint') return value.toString();
	if (Array.isArray(value)) return value.map(encode);
	if (value === null || typeof value !== 'object') return value;
	return Object.fromEntries(Object.entries(value).map(([name, field]) => [name, encode(field)]));
}
