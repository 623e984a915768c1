// Wrong parameters for a method, made from its description in `rpc.discover`. They are text, because a JSON writer
// would not write many of them.
import { decodeAddress, encodeAddress } from '@polkadot/util-crypto';

const MEGABYTE = 2 ** 20;
const U32 = 2n ** 32n - 1n;
const U64 = 2n ** 64n - 1n;
const U128 = 2n ** 128n - 1n;
/** The hash of a block that does not exist on any chain. */
const NO_BLOCK = `"0x${'5a'.repeat(32)}"`;
const SOMEBODY = '5GrwvaEF5zXb26Fz9rcQpDWS57CtERHpNehXCPcNoHGKutQY';

const nested = (open, close, depth = 10_000) => open.repeat(depth) + '0' + close.repeat(depth);
const text = (value) => JSON.stringify(value);

/** Values that are rarely valid, with a name for each. */
const JUNK = new Map(
	Object.entries({
		null: 'null',
		true: 'true',
		negative: '-1',
		'minus zero': '-0',
		fraction: '0.5',
		'one with a point': '1.0',
		'one with an exponent': '1e0',
		'number beyond any float': '1e999',
		zero: '0',
		u16: '65535',
		'beyond u16': '65536',
		u32: String(U32),
		'beyond u32': String(U32 + 1n),
		u64: String(U64),
		'beyond u64': String(U64 + 1n),
		u128: String(U128),
		'beyond u128': String(U128 + 1n),
		'empty text': '""',
		'megabyte of letters': text('A'.repeat(MEGABYTE)),
		'megabyte of digits': text('9'.repeat(MEGABYTE)),
		'zeros without end': text('0'.repeat(1_000)),
		'one in text': '"1"',
		'negative in text': '"-1"',
		'signed in text': '"+1"',
		'fraction in text': '"0.5"',
		'blank in text': '" 1"',
		'u64 in text': text(String(U64)),
		'beyond u64 in text': text(String(U64 + 1n)),
		'u128 in text': text(String(U128)),
		'beyond u128 in text': text(String(U128 + 1n)),
		'digits of another script': '"\u0661\u0662"',
		'half a character': '"\\ud800"',
		'text with a zero in it': '"\\u0000"',
		'right to left': '"\u202e\u{1f4a5}\ufeff\uffff"',
		'address with a typing error': text(SOMEBODY.replace('G', 'H')),
		'address of another network': text(encodeAddress(decodeAddress(SOMEBODY), 0)),
		'address of a short account': text(encodeAddress(new Uint8Array(8), 42)),
		'public key': text(`0x${'00'.repeat(33)}`),
		'hash without a block': NO_BLOCK,
		'hash cut off': text(`0x${'5a'.repeat(31)}`),
		'hash too long': text(`0x${'5a'.repeat(33)}`),
		'hash of letters': text(`0x${'zz'.repeat(32)}`),
		'hash without 0x': text('5a'.repeat(32)),
		'empty list': '[]',
		'long list': `[${'0,'.repeat(99_999)}0]`,
		'deep list': nested('[', ']'),
		'empty object': '{}',
		'unknown object': '{"__proto__":{"a":1}}',
		'deep object': nested('{"a":', '}'),
	}),
);

/** The schemas of a document. */
class Schema {
	constructor(document) {
		this.named = document.components.schemas;
	}

	/** The schema that a reference names, with its name. */
	resolve(schema) {
		const refer = schema.$ref ?? schema.allOf?.[0].$ref;
		if (!refer) return { schema };
		const name = refer.split('/').at(-1);
		return { name, schema: this.named[name] };
	}

	/**
	 * Whether a schema accepts this JSON text, which must not be an object, and a list only if it is empty or all
	 * zeros.
	 */
	takes(given, json) {
		const { name, schema } = this.resolve(given);
		const any = schema.anyOf ?? schema.oneOf;
		if (any) return any.some((each) => this.takes(each, json));
		if ('const' in schema) return json === text(schema.const);
		if (schema.enum) return schema.enum.some((each) => json === text(each));
		return [schema.type].flat().some((type) => this.#takesType(name, schema, type, json));
	}

	#takesType(name, schema, type, json) {
		if (type === 'null') return json === 'null';
		if (type === 'boolean') return json === 'true';
		if (type === 'integer') return /^\d+$/.test(json) && BigInt(json) <= (schema.format === 'uint16' ? 65_535n : U32);
		if (type === 'array') return json === '[]';
		// The fields of an object are also read from a list, by their order.
		if (type === 'object') return ['{}', '[]'].includes(json) && !schema.required;
		if (type !== 'string') throw new Error(`nobody knows type ${type} here`);
		if (!json.startsWith('"') || json.includes('\\ud800')) return false;
		const value = JSON.parse(json);
		if (name === 'Account') return isAddress(value);
		if (name === 'Amount') return isNumber(value, U128);
		if (name === 'Fraction') return isNumber(value, U64);
		return new RegExp(schema.pattern ?? '', 's').test(value);
	}

	/** A value that a schema accepts. */
	sample(given) {
		const { name, schema } = this.resolve(given);
		const any = schema.anyOf ?? schema.oneOf;
		if (any) return this.sample(any[0]);
		if ('const' in schema) return text(schema.const);
		if (schema.enum) return text(schema.enum[0]);
		if (name === 'Account') return text(SOMEBODY);
		if (name === 'BlockHash') return NO_BLOCK;
		if (name === 'Amount' || name === 'Fraction') return '"1000000000000000"';
		switch ([schema.type].flat()[0]) {
			case 'string':
				return '"a"';
			case 'boolean':
				return 'true';
			case 'integer':
				return '0';
			case 'array':
				return `[${this.sample(schema.items)}]`;
			default:
				return object(this.#fields(schema, schema.required ?? []));
		}
	}

	#fields(schema, names) {
		return new Map(names.map((name) => [name, this.sample(schema.properties[name])]));
	}

	/** Values that a schema accepts or rejects: `{ what, json, right }`. */
	*variants(given) {
		const { name, schema } = this.resolve(given);
		for (const [what, json] of JUNK) {
			yield { what, json, right: this.takes(given, json) };
		}
		if (name !== 'Account') yield* this.#inner(schema);
	}

	*#inner(schema) {
		const any = schema.anyOf ?? schema.oneOf ?? [];
		for (const each of any) yield* this.#inner(this.resolve(each).schema);
		if (schema.type === 'array') {
			const item = this.sample(schema.items);
			yield { what: 'a hundred thousand', json: `[${`${item},`.repeat(99_999)}${item}]`, right: true };
			for (const { what, json, right } of this.variants(schema.items)) yield { what: `[${what}]`, json: `[${json}]`, right };
		}
		if (schema.type !== 'object') return;
		const fields = this.#fields(schema, Object.keys(schema.properties));
		const entries = [...fields];
		yield { what: 'unknown field', json: object([...entries, ['unknown', '1']]), right: false };
		yield { what: 'field twice', json: object([...entries, entries[0]]), right: false };
		for (const required of schema.required ?? []) {
			const rest = entries.filter(([name]) => name !== required);
			yield { what: `without ${required}`, json: object(rest), right: false };
		}
		for (const [name, property] of Object.entries(schema.properties)) {
			for (const { what, json, right } of this.variants(property)) {
				yield { what: `.${name} ${what}`, json: object(new Map(fields).set(name, json)), right };
			}
		}
	}
}

function isAddress(value) {
	if (value.length > 64 || value.startsWith('0x')) return false;
	try {
		return decodeAddress(value).length === 32;
	} catch {
		return false;
	}
}

const isNumber = (value, most) => /^[0-9]+$/.test(value) && value.length < 2_000 && BigInt(value) <= most;

const object = (entries) => `{${[...entries].map(([name, json]) => `${text(name)}:${json}`).join(',')}}`;

/**
 * Requests to try with a method: `{ what, params, right, unknownBlock }`. `right` says that the method accepts the
 * request.
 */
export function* attempts(document, method) {
	const schema = new Schema(document);
	const required = method.params.filter((param) => param.required);
	const good = new Map(required.map((param) => [param.name, schema.sample(param.schema)]));
	const list = method.params.map((param) => schema.sample(param.schema));
	for (const [what, json] of JUNK) {
		if (['[', '{'].includes(json[0]) && !what.includes('unknown')) continue;
		yield { what: `parameters are ${what}`, params: json, right: json === 'null' && required.length === 0 };
	}
	yield { what: 'no parameters', params: '[]', right: required.length === 0 };
	yield { what: 'no named parameters', params: '{}', right: required.length === 0 };
	yield { what: 'parameters are a deep list', params: nested('[', ']'), right: false };
	yield { what: 'parameters are a deep object', params: nested('{"a":', '}'), right: false };
	yield { what: 'parameters are a long list', params: `[${'0,'.repeat(99_999)}0]`, right: false };
	yield { what: 'one too many', params: `[${[...list, 'null'].join(',')}]`, right: false };
	yield { what: 'an unknown name', params: object([...good, ['unknown', '1']]), right: false };
	for (const [name, json] of good) {
		yield { what: `${name} twice`, params: object([...good, [name, json]]), right: false };
		yield { what: `no ${name}`, params: object([...good].filter(([other]) => other !== name)), right: false };
	}
	for (const { name, schema: given } of method.params) {
		for (const { what, json, right } of schema.variants(given)) {
			const unknownBlock = json === NO_BLOCK && ['at', 'from'].includes(name);
			yield { what: `${name} is ${what}`, params: object(new Map(good).set(name, json)), right, unknownBlock };
		}
	}
}

/** Valid parameters for a method: the required ones, and these. */
export function parameters(document, method, more = {}) {
	const schema = new Schema(document);
	const needed = method.params.filter((param) => param.required).map((param) => [param.name, schema.sample(param.schema)]);
	return object([...needed, ...Object.entries(more).map(([name, value]) => [name, text(value)])]);
}
