import { BPS } from './eras.mjs';
import { NATIVE, WAD, currencyOf, weight } from './services.mjs';
import { Table } from './table.mjs';

/** The kind of stake that backs block production only. */
export const STAKE = 'Stake';

/** An operator's pool of shares, in BigInts. It is empty if it does not exist. */
export async function poolOf(at, operator, kind = STAKE) {
	const pool = await at.query.operatorDelegation.pools(operator, kind);
	if (pool.isNone) return { shares: 0n, amount: 0n };
	const { shares, amount } = pool.unwrap().funds;
	return { shares: shares.toBigInt(), amount: amount.toBigInt() };
}

export async function sharesOf(at, who, operator) {
	const position = await at.query.operatorDelegation.positions(who, operator, STAKE);
	return position.isNone ? 0n : position.unwrap().shares.toBigInt();
}

/** The value of these shares of a pool, rounded down. */
export function worth(pool, shares) {
	return shares === pool.shares ? pool.amount : (shares * pool.amount) / pool.shares;
}

/** An amount, the shares that own it, and the part that services' cuts have `left` of it, in units of WAD. */
class SharePool {
	shares = 0n;
	amount = 0n;

	constructor(left = WAD) {
		this.left = left;
	}

	deposit(amount) {
		const minted = this.shares === 0n ? amount : (amount * this.shares) / this.amount;
		this.shares += minted;
		this.amount += amount;
		return minted;
	}

	withdraw(shares) {
		const paid = worth(this, shares);
		this.shares -= shares;
		this.amount -= paid;
		return paid;
	}

	take(numerator, denominator) {
		const taken = (this.amount * numerator) / denominator;
		this.amount -= taken;
		return taken;
	}
}

/**
 * All funds with all operators of a chain with one operator set, by the rules of `tests/model/ledger.py`. It leaves out
 * what the stories do not do: slashes that take a whole pool, and changed allocations.
 *
 * Operators and accounts are addresses; kinds and currencies are names, as `services.mjs` makes them.
 */
export class Ledger {
	era = 0;
	/** By operator, in basis points. */
	commission = new Map();
	/** By operator and kind. */
	pools = new Table(null);
	/** By account, operator and kind: shares. */
	positions = new Table();
	/** By operator, kind and era. */
	exits = new Table(null);
	/** By account, operator, kind and era: shares of the exits. */
	claims = new Table();
	/** By operator and kind: `{ magnitude, effective }`. */
	allocations = new Table(null);
	members = new Set();
	/** By currency. */
	slashed = new Table();

	/** `multipliers` are those of the set, by kind. */
	constructor(book, multipliers) {
		this.book = book;
		this.multipliers = multipliers;
	}

	pool(operator, kind) {
		return this.pools.get(operator, kind) ?? this.pools.set([operator, kind], new SharePool());
	}

	settle(who, operator, kind) {
		this.book.settle(who, operator, kind, this.positions.get(who, operator, kind));
	}

	settleAll(who) {
		for (const [[operator, kind]] of this.positions.entries(who)) this.settle(who, operator, kind);
	}

	deposit(who, operator, kind, amount) {
		this.settle(who, operator, kind);
		const minted = this.pool(operator, kind).deposit(amount);
		this.positions.add([who, operator, kind], minted);
		return minted;
	}

	#leave(who, operator, kind, shares) {
		this.settle(who, operator, kind);
		if (this.positions.add([who, operator, kind], -shares) === 0n) {
			this.positions.delete(who, operator, kind);
			this.book.close(who, operator, kind);
		}
		return this.pool(operator, kind).withdraw(shares);
	}

	/** Moves shares of the operator's `Stake` pool into its `Native` pool. */
	optIn(who, operator, shares) {
		const amount = this.#leave(who, operator, STAKE, shares);
		return { amount, minted: this.deposit(who, operator, NATIVE, amount) };
	}

	exit(who, operator, kind, shares) {
		const amount = this.#leave(who, operator, kind, shares);
		const key = [operator, kind, this.era];
		const { left } = this.pool(operator, kind);
		const bucket = this.exits.get(...key) ?? this.exits.set(key, new SharePool(left));
		this.claims.add([who, ...key], bucket.deposit(amount));
		return amount;
	}

	claim(who, operator, kind, era) {
		const bucket = this.exits.get(operator, kind, era);
		const paid = bucket.withdraw(this.claims.get(who, operator, kind, era));
		this.claims.delete(who, operator, kind, era);
		if (bucket.shares === 0n) this.exits.delete(operator, kind, era);
		return paid;
	}

	/** Pays a validator for an era: the commission is credited, and the rest grows its native pools. */
	rewardBase(operator, amount) {
		const [stake, native] = [this.pool(operator, STAKE), this.pool(operator, NATIVE)];
		const commission = (amount * this.commission.get(operator)) / BPS;
		const rest = amount - commission;
		const toNative = stake.shares === 0n ? rest : (rest * native.amount) / (stake.amount + native.amount);
		native.amount += toNative;
		stake.amount += rest - toNative;
		this.book.give('blocks', operator, NATIVE, commission);
		this.book.held.add([NATIVE], commission);
		return { stake: rest - toNative, native: toNative, commission };
	}

	/** The pools that answer to the set now, of all of its members or of one. */
	answering(only) {
		const kinds = Object.entries(this.multipliers);
		const members = [...this.members].filter((operator) => [undefined, operator].includes(only));
		const pools = members.flatMap((operator) =>
			kinds.map(([kind, multiplier]) => {
				const { shares, amount, left } = this.pool(operator, kind);
				const counts = weight(multiplier, amount, this.magnitude(operator, kind, this.era), left);
				return { operator, kind, weight: counts, shares, bps: this.commission.get(operator) };
			}),
		);
		return pools.filter(({ weight }) => weight > 0n);
	}

	/** The magnitude allocated in `era`, less later cuts. */
	magnitude(operator, kind, era) {
		const allocation = this.allocations.get(operator, kind);
		return allocation && allocation.effective <= era ? allocation.magnitude : 0n;
	}

	/**
	 * Lets `take` slash everything that backed `capture`: the exits queued in that era or later, and then the live
	 * pool. Returns the amount of each, and its loss.
	 */
	#slash(operator, kind, capture, take) {
		const exits = this.exits.entries(operator, kind).map(([[era], pool]) => ({ pool, exit: Number(era) }));
		const answering = exits.filter(({ exit }) => exit >= capture);
		answering.push({ pool: this.pool(operator, kind), exit: null });
		return answering.map(({ pool, exit }) => {
			const before = { shares: pool.shares, amount: pool.amount };
			const taken = take(pool);
			this.slashed.add([currencyOf(kind)], taken);
			return { kind, exit, before, taken };
		});
	}

	/** Lets a service slash `fraction` of what was allocated to it in era `capture`. */
	slashService(operator, kind, fraction, capture) {
		const magnitude = this.magnitude(operator, kind, capture);
		let cut = 0n;
		const taken = this.#slash(operator, kind, capture, (pool) => {
			const reached = magnitude < pool.left ? magnitude : pool.left;
			const gone = pool.take(reached * fraction, WAD * pool.left);
			cut = (reached * fraction) / WAD;
			pool.left -= cut;
			return gone;
		});
		this.allocations.get(operator, kind).magnitude -= cut;
		return taken;
	}

	/**
	 * Slashes `fraction` of the native stake that backed era `capture`, for an offence in block production or finality.
	 */
	slashConsensus(operator, fraction, capture) {
		const take = (pool) => pool.take(fraction, WAD);
		return [NATIVE, STAKE].flatMap((kind) => this.#slash(operator, kind, capture, take));
	}

	/** The funds in custody, without the minimum balance, which belongs to nobody. */
	custody(currency) {
		const all = [...this.pools.entries(), ...this.exits.entries()];
		const own = all.filter(([[, kind]]) => currencyOf(kind) === currency);
		return own.reduce((sum, [, pool]) => sum + pool.amount, 0n);
	}
}
