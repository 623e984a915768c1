import { BPS } from './eras.mjs';
import { Table } from './table.mjs';

// The rules of the economy of services, written independently: the stories recompute every amount with them.

export const WAD = 10n ** 18n;

export const NATIVE = 'Native';
/** The kind of pool of an asset. */
export const assetKind = (id) => ({ Asset: id });
/** An asset as a currency. */
export const assetCurrency = (id) => ({ WithId: id });
/** The name of an asset, both as a kind and as a currency. The currency STAY has the name of its restaked kind. */
export const assetName = (id) => `Asset:${id}`;

/** The name of a kind, in the chain's form. */
export const kindName = (kind) => (kind.isAsset ? assetName(kind.asAsset) : kind.type);
/** The name of a currency, in the chain's form. */
export const currencyName = (currency) => (currency.isWithId ? assetName(currency.asWithId) : NATIVE);
/** The currency of a kind, both by name. */
export const currencyOf = (kind) => (kind.startsWith('Asset') ? kind : NATIVE);

/**
 * The weight of a pool in a set: what the set may slash of it, times the kind's multiplier. `left` is what services'
 * cuts have left of the pool's magnitude.
 */
export function weight(multiplier, amount, magnitude, left = WAD) {
	return BigInt(multiplier) * ((amount * magnitude) / left);
}

/**
 * Shares a payment over pools `{ weight, shares }` whose operator takes `commissionBps`. Returns the commission and,
 * for each pool, what all of its shares earn. All roundings are down.
 */
export function sharePayment(amount, pools, commissionBps) {
	const total = pools.reduce((sum, pool) => sum + pool.weight, 0n);
	let commission = 0n;
	const earned = pools.map((pool) => {
		const part = (amount * pool.weight) / total;
		const cut = (part * commissionBps) / BPS;
		commission += cut;
		return (pool.shares * (((part - cut) * WAD) / pool.shares)) / WAD;
	});
	return { commission, earned };
}

/** The amount that a slash of `fraction` takes of a pool of which `magnitude` is allocated, before any other cut. */
export const slashed = (amount, magnitude, fraction) => (amount * (magnitude * fraction)) / (WAD * WAD);

/** The credit of accounts, and what services paid for each share of the pools of one operator set. */
export class Book {
	/** By account and currency: what is credited, and not collected yet. */
	credit = new Table();
	/** By source (`service`, `blocks`, `refund`), account and currency: everything that was ever credited. */
	income = new Table();
	/** By currency: the remainder of rounding, which is part of the set's next payment. */
	carried = new Table();
	/** By currency: what the rewards' account holds, without the minimum balance, which belongs to nobody. */
	held = new Table();
	/** By id: `{ payer, currency, rate, funds }`. */
	streams = new Map();
	// By operator, kind and currency, in parts of WAD.
	#perShare = new Table();
	#remainder = new Table();
	// By account, operator, kind and currency.
	#settledAt = new Table();

	give(source, who, currency, amount) {
		this.credit.add([who, currency], amount);
		this.income.add([source, who, currency], amount);
	}

	/** Credits what `shares` of a position have earned since the last settlement. */
	settle(who, operator, kind, shares) {
		for (const [[currency], perShare] of this.#perShare.entries(operator, kind)) {
			const since = this.#settledAt.get(who, operator, kind, currency);
			this.give('service', who, currency, (shares * (perShare - since)) / WAD);
			this.#settledAt.set([who, operator, kind, currency], perShare);
		}
	}

	/** Removes a position that is settled. */
	close(who, operator, kind) {
		for (const [[currency]] of this.#perShare.entries(operator, kind)) {
			this.#settledAt.delete(who, operator, kind, currency);
		}
	}

	/**
	 * Shares `pot` over pools `{ operator, kind, weight, shares, bps }`, the operators' commission first. Returns what
	 * each got, and what is left over.
	 */
	share(currency, pot, pools) {
		const total = pools.reduce((sum, pool) => sum + pool.weight, 0n);
		const parts = pools.map(({ operator, kind, weight, shares, bps }) => {
			const part = (pot * weight) / total;
			const commission = (part * bps) / BPS;
			this.give('service', operator, currency, commission);
			const key = [operator, kind, currency];
			const numerator = (part - commission) * WAD + this.#remainder.get(...key);
			this.#perShare.add(key, numerator / shares);
			this.#remainder.set(key, numerator % shares);
			return { operator, kind, weight, part, commission, delegators: part - commission };
		});
		return { parts, left: parts.reduce((rest, { part }) => rest - part, pot) };
	}

	/** Pays the set, including what was carried. */
	paySet(currency, amount, pools) {
		const { parts, left } = this.share(currency, this.carried.get(currency) + amount, pools);
		this.carried.set([currency], left);
		return parts;
	}

	/** Pays one operator of the set. */
	payOperator(currency, amount, pools) {
		const { parts, left } = this.share(currency, amount, pools);
		this.carried.add([currency], left);
		return parts;
	}

	/** Removes and returns the credit of `who` in one currency. */
	collect(who, currency) {
		const amount = this.credit.get(who, currency);
		this.credit.delete(who, currency);
		this.held.add([currency], -amount);
		return amount;
	}
}
