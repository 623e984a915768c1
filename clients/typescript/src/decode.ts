import { wire } from './generated.js';

/** Where big numbers stand in a value: JSON has them as strings of decimal digits. */
export type Shape = 'bigint' | { ref: string } | { list: Shape } | { fields: Record<string, Shape> };

const shapes: Record<string, Shape> = wire.shapes;

/** What came from a node, with `bigint` where `shape` says so. Nothing else is touched. */
export function decode(value: unknown, shape: Shape | null | undefined): unknown {
	if (!shape || value === null || value === undefined) return value;
	if (shape === 'bigint') return BigInt(value as string);
	if ('ref' in shape) return decode(value, shapes[shape.ref]);
	if ('list' in shape) return (value as unknown[]).map((item) => decode(item, shape.list));
	// Of a choice that has variants without fields: those are plain strings.
	if (typeof value !== 'object') return value;
	const entries = Object.entries(value).map(([name, field]) => [name, decode(field, shape.fields[name])]);
	return Object.fromEntries(entries);
}

/** What goes to a node, with `bigint` as it takes them. */
export function encode(value: unknown): unknown {
	if (typeof value === 'bigint') return value.toString();
	if (Array.isArray(value)) return value.map(encode);
	if (value === null || typeof value !== 'object') return value;
	return Object.fromEntries(Object.entries(value).map(([name, field]) => [name, encode(field)]));
}
