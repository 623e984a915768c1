type End = { failed: false } | { failed: true; why: unknown };

/** A queue of items for one reader. */
export class Queue<T> implements AsyncIterator<T, undefined> {
	readonly #items: T[] = [];
	readonly #readers: { resolve: (result: IteratorResult<T, undefined>) => void; reject: (why: unknown) => void }[] = [];
	#end: End | undefined;

	/** How many items wait for the reader. */
	get size(): number {
		return this.#items.length;
	}

	push(item: T): void {
		if (this.#end) return;
		const reader = this.#readers.shift();
		if (reader) reader.resolve({ done: false, value: item });
		else this.#items.push(item);
	}

	/** Ends the queue. Waiting items can still be read. */
	close(): void {
		this.#finish({ failed: false });
	}

	/** Like `close`, but after the waiting items the reader gets the error `why`, once. */
	fail(why: unknown): void {
		this.#finish({ failed: true, why });
	}

	#finish(end: End): void {
		if (this.#end) return;
		this.#end = end;
		for (const reader of this.#readers.splice(0)) this.next().then(reader.resolve, reader.reject);
	}

	next(): Promise<IteratorResult<T, undefined>> {
		if (this.#items.length > 0) return Promise.resolve({ done: false, value: this.#items.shift() as T });
		const end = this.#end;
		if (!end) return new Promise((resolve, reject) => this.#readers.push({ resolve, reject }));
		this.#end = { failed: false };
		return end.failed ? Promise.reject(end.why) : Promise.resolve({ done: true, value: undefined });
	}
}
