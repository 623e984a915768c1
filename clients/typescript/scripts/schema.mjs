import { compile } from 'json-schema-to-typescript';

/** The schema of a number that may be too large for JSON: a string of decimal digits. */
const DIGITS = '^[0-9]+$';

const COMPONENTS = '#/components/schemas/';
const DEFINITIONS = '#/definitions/';

const STYLE = { useTabs: true, singleQuote: true, printWidth: 120 };

const isBig = (schema) => schema.type === 'string' && schema.pattern === DIGITS;

/** The schema for the generator of types: references to the place where it looks for names, and big numbers as `bigint`. */
function forTypes(schema) {
	if (Array.isArray(schema)) return schema.map(forTypes);
	if (schema === null || typeof schema !== 'object') return schema;
	const entries = Object.entries(schema).map(([key, value]) => {
		if (key === '$ref') return [key, value.replace(COMPONENTS, DEFINITIONS)];
		// The default of a missing parameter is not checked here.
		return [key, key === 'default' ? undefined : forTypes(value)];
	});
	const copy = Object.fromEntries(entries.filter(([, value]) => value !== undefined));
	return isBig(schema) ? { ...copy, tsType: 'bigint' } : copy;
}

const object = (properties, description, required = Object.keys(properties)) => ({
	...{ type: 'object', properties, required, additionalProperties: false },
	...(description && { description }),
});

function paramsSchema({ params }) {
	const properties = params.map(({ name, description, schema }) => {
		// A `$ref` hides the properties next to it.
		const described = schema.$ref ? { allOf: [schema], description } : { ...schema, description };
		return [name, described];
	});
	const required = params.filter(({ required }) => required).map(({ name }) => name);
	return object(Object.fromEntries(properties), undefined, required);
}

/** The places of big numbers in a value, or nothing if it has none. */
function shapeOf(schema) {
	if (isBig(schema)) return 'bigint';
	if (schema.$ref) return { ref: schema.$ref.slice(COMPONENTS.length) };
	const parts = [...(schema.allOf ?? []), ...(schema.anyOf ?? []), ...(schema.oneOf ?? [])].map(shapeOf);
	if (schema.items) parts.push(wrap('list', shapeOf(schema.items)));
	const fields = Object.entries(schema.properties ?? {}).map(([name, field]) => [name, shapeOf(field)]);
	const found = fields.filter(([, shape]) => shape);
	if (found.length > 0) parts.push({ fields: Object.fromEntries(found) });
	return parts.reduce(merge, undefined);
}

const wrap = (key, shape) => shape && { [key]: shape };

/** The shape of a value that has one of two shapes. Fails if only the value could tell which. */
function merge(a, b) {
	if (!a || !b) return a ?? b;
	if (a.fields && b.fields) {
		const names = new Set([...Object.keys(a.fields), ...Object.keys(b.fields)]);
		return { fields: Object.fromEntries([...names].map((name) => [name, merge(a.fields[name], b.fields[name])])) };
	}
	if (JSON.stringify(a) === JSON.stringify(b)) return a;
	throw new Error(`no telling apart ${JSON.stringify(a)} and ${JSON.stringify(b)}`);
}

/** Removes references to shapes without big numbers. */
function prune(shape, shapes) {
	if (!shape || shape === 'bigint') return shape;
	if (shape.ref) return shapes[shape.ref] && shape;
	if (shape.list) return wrap('list', prune(shape.list, shapes));
	const fields = Object.entries(shape.fields).map(([name, field]) => [name, prune(field, shapes)]);
	const kept = fields.filter(([, field]) => field);
	return kept.length > 0 ? { fields: Object.fromEntries(kept) } : undefined;
}

/** Prunes shapes by name until there is nothing left to prune. */
function pruneAll(shapes) {
	const kept = Object.entries(shapes).map(([name, shape]) => [name, prune(shape, shapes)]);
	const next = Object.fromEntries(kept.filter(([, shape]) => shape));
	return JSON.stringify(next) === JSON.stringify(shapes) ? next : pruneAll(next);
}

const byName = (methods, value) => Object.fromEntries(methods.map((method) => [method.name, value(method)]));

const isSubscription = (method) => 'x-subscription' in method;

/** What the client needs to know about the methods at run time. */
export function wireOf({ methods, components }) {
	const named = Object.entries(components.schemas).map(([name, schema]) => [name, shapeOf(schema)]);
	const shapes = pruneAll(Object.fromEntries(named.filter(([, shape]) => shape)));
	const shape = (schema) => prune(shapeOf(schema), shapes) ?? null;
	return {
		methods: byName(
			methods.filter((method) => !isSubscription(method)),
			({ result }) => shape(result.schema),
		),
		subscriptions: byName(methods.filter(isSubscription), ({ 'x-subscription': { unsubscribe, item } }) => ({
			unsubscribe,
			item: shape(item),
		})),
		shapes,
		errors: Object.fromEntries(Object.entries(components.errors).map(([name, { code }]) => [name, code])),
	};
}

/** The source of `generated.ts`. */
export async function generate(document) {
	const { methods, components } = document;
	const described = (method, fields) => object({ params: paramsSchema(method), ...fields }, method.description);
	const maps = {
		Methods: object(
			byName(
				methods.filter((method) => !isSubscription(method)),
				(method) => described(method, { result: { ...method.result.schema, additionalProperties: false } }),
			),
			'What the methods take and give.',
		),
		Subscriptions: object(
			byName(methods.filter(isSubscription), (method) => described(method, { item: method['x-subscription'].item })),
			'What subscriptions take and send.',
		),
	};
	const root = {
		...object(Object.fromEntries(Object.keys(maps).map((name) => [name, { $ref: DEFINITIONS + name }]))),
		definitions: forTypes({ ...components.schemas, ...maps }),
	};
	const types = await compile(root, 'Api', {
		additionalProperties: false,
		bannerComment: '',
		customName: (_, name) => name,
		style: STYLE,
	});
	const wire = JSON.stringify(wireOf(document), undefined, '\t');
	return [
		'// Made from openrpc.json by `npm run generate`; do not edit.\n',
		types,
		'/** What the client needs to know about the methods at run time: the places of big numbers in answers, and the errors. */',
		`export const wire = ${wire} as const;`,
		'',
	].join('\n');
}
