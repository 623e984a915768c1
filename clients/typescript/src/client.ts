import { WebSocketClass } from '#websocket';
import { createClient as createRawClient } from '@polkadot-api/substrate-client';
import { createClient as createPapiClient, type PolkadotClient } from 'polkadot-api';
import { getWsProvider, WsEvent, type StatusChange } from 'polkadot-api/ws';
import { decode, encode, type Shape } from './decode.js';
import { MainstayError } from './error.js';
import { wire, type Methods, type Subscriptions } from './generated.js';
import { share } from './share.js';
import { Subscription, type SubscriptionOptions } from './subscription.js';

/** A connection that is silent for 40 s counts as lost. */
const KEEP_ALIVE_MS = 15_000;

export interface ClientOptions {
	/** Called when the connection is made, lost, and tried again. */
	onStatusChanged?: (status: StatusChange) => void;
}

export interface ReadOptions {
	/** Cancels the call. Without a connection, a call waits until there is one. */
	signal?: AbortSignal;
}

/** The parameters of a method, and options; both are optional if no parameter is required. */
type Arguments<Params, Options> = {} extends Params
	? [params?: Params, options?: Options]
	: [params: Params, options?: Options];

/** Calls a method of the node. */
export type Read<Name extends keyof Methods> = (
	...args: Arguments<Methods[Name]['params'], ReadOptions>
) => Promise<Methods[Name]['result']>;

/** Subscribes at once, and not at the first read. */
export type Subscribe<Name extends keyof Subscriptions> = (
	...args: Arguments<Subscriptions[Name]['params'], SubscriptionOptions>
) => Subscription<Subscriptions[Name]['item']>;

type NamespaceOf<Name> = Name extends `${infer Namespace}_${string}` ? Namespace : never;

type Within<Name, Namespace extends string> = Name extends `${Namespace}_${infer Rest}` ? Rest : never;

type Namespaces = {
	readonly [Namespace in NamespaceOf<keyof Methods | keyof Subscriptions>]: {
		readonly [Name in keyof Methods as Within<Name, Namespace>]: Read<Name>;
	} & {
		readonly [Name in keyof Subscriptions as Within<Name, Namespace>]: Subscribe<Name>;
	};
};

export interface MainstayClient extends Namespaces {
	/** For storage, events and transactions, over the same connection. It follows the chain from its first use on. */
	readonly papi: PolkadotClient;
	/** Ends all subscriptions and the connection. */
	destroy(): void;
}

/**
 * Connects to a node. If several are given, the next one is tried when one does not answer. A lost connection is made
 * again: open calls are sent again, and subscriptions continue after their last item.
 */
export function createMainstayClient(urls: string | string[], options: ClientOptions = {}): MainstayClient {
	const subscriptions = new Set<Subscription<never>>();
	const onStatusChanged = (status: StatusChange) => {
		for (const subscription of [...subscriptions]) {
			if (status.type === WsEvent.ERROR) subscription.cut();
			if (status.type === WsEvent.CONNECTED) subscription.resume();
		}
		options.onStatusChanged?.(status);
	};
	const provider = share(getWsProvider(urls, { websocketClass: WebSocketClass, onStatusChanged }));
	const raw = createRawClient(provider);
	let papi: PolkadotClient | undefined;
	let destroyed = false;

	const read = async (name: string, shape: Shape | null, params: object = {}, { signal }: ReadOptions = {}) => {
		signal?.throwIfAborted();
		try {
			// Parameters by name, which the node accepts; the type of `papi` has lists only.
			return decode(await raw.request(name, encode(params) as unknown[], signal), shape);
		} catch (error) {
			throw MainstayError.from(error);
		}
	};

	const subscribe = (name: string, { unsubscribe, item }: { unsubscribe: string; item: Shape | null }) => {
		return (params: object = {}, options: SubscriptionOptions = {}) => {
			const terms = { subscribe: name, unsubscribe, item };
			const subscription = new Subscription<never>(raw, terms, params, options, () =>
				subscriptions.delete(subscription),
			);
			subscriptions.add(subscription);
			return subscription;
		};
	};

	const namespaces: Record<string, Record<string, unknown>> = {};
	const add = (name: string, call: unknown) => {
		const [namespace = '', rest = ''] = name.split('_');
		namespaces[namespace] = { ...namespaces[namespace], [rest]: call };
	};
	for (const [name, shape] of Object.entries(wire.methods)) {
		add(name, (params?: object, options?: ReadOptions) => read(name, shape, params, options));
	}
	for (const [name, terms] of Object.entries(wire.subscriptions)) add(name, subscribe(name, terms));

	let answered = true;
	const keepAlive = setInterval(() => {
		if (!answered) return;
		answered = false;
		const done = () => (answered = true);
		raw.request('system_chain', []).then(done, done);
	}, KEEP_ALIVE_MS);

	return {
		...(namespaces as unknown as Namespaces),
		get papi() {
			if (destroyed) throw new Error('the client is destroyed');
			return (papi ??= createPapiClient(provider));
		},
		destroy() {
			destroyed = true;
			clearInterval(keepAlive);
			for (const subscription of [...subscriptions]) subscription.unsubscribe();
			papi?.destroy();
			raw.destroy();
		},
	};
}
