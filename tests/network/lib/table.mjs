/** A map whose keys are lists of words and numbers. */
export class Table {
	#rows = new Map();
	#empty;

	/** `empty` is the value of a key that was not set. */
	constructor(empty = 0n) {
		this.#empty = empty;
	}

	get(...key) {
		return this.#rows.get(key.join(' ')) ?? this.#empty;
	}

	set(key, value) {
		this.#rows.set(key.join(' '), value);
		return value;
	}

	add(key, amount) {
		return this.set(key, this.get(...key) + amount);
	}

	delete(...key) {
		this.#rows.delete(key.join(' '));
	}

	/** The entries whose keys begin with `prefix`: the rest of each key, as words, and the value. */
	entries(...prefix) {
		const rows = [...this.#rows].map(([key, value]) => [key.split(' '), value]);
		const under = rows.filter(([key]) => prefix.every((word, i) => key[i] === String(word)));
		return under.map(([key, value]) => [key.slice(prefix.length), value]);
	}

	/** The values by key, without empty ones, for comparing. */
	filled(isNothing = (value) => value === 0n) {
		return Object.fromEntries([...this.#rows].filter(([, value]) => !isNothing(value)).sort());
	}
}
