import type { SubstrateClient } from '@polkadot-api/substrate-client';
import { decode, encode, type Shape } from './decode.js';
import { errorCodes, MainstayError } from './error.js';
import type { BlockHash } from './generated.js';
import { Queue } from './queue.js';

const RETRY_MS = 1_000;
/** How long a node may be behind the node of the previous connection. */
const PATIENCE_MS = 60_000;
const MAX_WAITING = 1_000;

/** Blocks whose items are lost: the node no longer has their states. */
export interface Gap {
	/** The last block before the gap. */
	after: BlockHash;
}

export interface SubscriptionOptions {
	/**
	 * Called on a gap; the subscription then continues from the last final block. Without this function, a gap ends the
	 * subscription with the error `StatePruned`.
	 */
	onGap?: (gap: Gap) => void;
	/**
	 * How many items may wait to be read, at least 1; 1,000 unless given. When that many wait, the client ends the node's
	 * subscription. When half of them are read, it continues after the last of them.
	 */
	maxWaiting?: number;
}

/** The methods and parameters of a subscription. */
export interface Terms {
	subscribe: string;
	unsubscribe: string;
	item: Shape | null;
}

/**
 * The items that a node sends about final blocks, each once and in order. After a reconnection, it continues after the
 * last item. It is for one reader; leaving the loop over it unsubscribes.
 */
export class Subscription<Item extends { at: BlockHash }> implements AsyncIterable<Item> {
	readonly #queue = new Queue<Item>();
	readonly #client: SubstrateClient;
	readonly #terms: Terms;
	readonly #params: object;
	readonly #options: SubscriptionOptions;
	readonly #onEnd: () => void;
	/** Begin after this block. */
	#from: BlockHash | null | undefined;
	/** Rises with each attempt: items of an earlier one are ignored. */
	#attempt = 0;
	#accepted = false;
	#cut = false;
	/** Enough items wait for the reader: there is no subscription. */
	#full = false;
	#ended = false;
	#impatient: number | undefined;
	#timer: ReturnType<typeof setTimeout> | undefined;
	#release: ((connected: boolean) => void) | undefined;

	/** @internal */
	constructor(
		client: SubstrateClient,
		terms: Terms,
		params: { from?: BlockHash | null },
		options: SubscriptionOptions,
		onEnd: () => void,
	) {
		this.#client = client;
		this.#terms = terms;
		this.#params = params;
		this.#options = options;
		this.#onEnd = onEnd;
		this.#from = params.from;
		this.#begin();
	}

	#begin(): void {
		const attempt = ++this.#attempt;
		const current = () => attempt === this.#attempt;
		const { subscribe, unsubscribe, item: shape } = this.#terms;
		// Parameters by name, which the node accepts; the type of `papi` has lists only.
		const params = encode({ ...this.#params, from: this.#from }) as unknown[];
		this.#client._request<string, unknown>(subscribe, params, {
			onSuccess: (id, follow) => {
				const leave = () => this.#client._request(unsubscribe, [id]);
				if (!current()) return leave();
				this.#accepted = true;
				this.#impatient = undefined;
				const unfollow = follow(id, {
					next: (item) => current() && this.#take(decode(item, shape) as Item),
					error: (error) => current() && this.#failed(MainstayError.from(error)),
				});
				this.#release = (connected) => {
					unfollow();
					if (connected) leave();
				};
			},
			onError: (error) => current() && this.#failed(MainstayError.from(error)),
		});
	}

	get #maxWaiting(): number {
		return Math.max(1, this.#options.maxWaiting ?? MAX_WAITING);
	}

	#take(item: Item): void {
		this.#from = item.at;
		this.#queue.push(item);
		if (this.#queue.size < this.#maxWaiting) return;
		this.#full = true;
		this.#stop(true);
	}

	#read(): Promise<IteratorResult<Item, undefined>> {
		const item = this.#queue.next();
		if (this.#full && this.#queue.size <= this.#maxWaiting / 2) {
			this.#full = false;
			if (!this.#cut && !this.#ended) this.#begin();
		}
		return item;
	}

	#failed(error: unknown): void {
		this.#stop(false);
		const code = error instanceof MainstayError ? error.code : undefined;
		if (code === errorCodes.StatePruned && this.#from && this.#options.onGap) {
			const gap = { after: this.#from };
			this.#from = undefined;
			this.#begin();
			this.#options.onGap(gap);
			return;
		}
		// Another node than before may be behind.
		const behind = code === errorCodes.UnknownBlock || code === errorCodes.NotFinal;
		this.#impatient ??= Date.now() + PATIENCE_MS;
		const patient = Date.now() < this.#impatient;
		if (patient && (code === errorCodes.Busy || (behind && this.#accepted))) {
			this.#timer = setTimeout(() => this.#begin(), RETRY_MS);
			return;
		}
		this.#end();
		this.#queue.fail(error);
	}

	/** Ignores the attempt that was begun. */
	#stop(connected: boolean): void {
		this.#attempt++;
		clearTimeout(this.#timer);
		this.#release?.(connected);
		this.#release = undefined;
	}

	#end(): void {
		this.#ended = true;
		this.#onEnd();
	}

	/** The connection is lost. @internal */
	cut(): void {
		this.#cut = true;
		this.#stop(false);
	}

	/** The connection is made again. @internal */
	resume(): void {
		if (!this.#cut) return;
		this.#cut = false;
		if (!this.#full) this.#begin();
	}

	/** Ends the subscription. Earlier items can still be read. */
	unsubscribe(): void {
		if (this.#ended) return;
		this.#stop(!this.#cut);
		this.#end();
		this.#queue.close();
	}

	[Symbol.asyncIterator](): AsyncIterator<Item, undefined> {
		return {
			next: () => this.#read(),
			return: () => {
				this.unsubscribe();
				return Promise.resolve({ done: true, value: undefined });
			},
		};
	}
}
