import { BPS } from './eras.mjs';
import { Table } from './table.mjs';

// What the economy of services says, written down once more: the stories recompute every amount from these.

export const WAD = 10n ** 18n;

export const NATIVE = 'Native';
/** The kind of pool of an asset. */
export const assetKind = (id) => ({ Asset: id });
/** An asset as a currency. */
export const assetCurrency = (id) => ({ WithId: id });
/** One name for an asset as a kind and as a currency. STAY's currency is called as its restaked kind. */
export const assetName = (id) => `Asset:${id}`;

/** The name of a kind, as the chain gave it. */
export const kindName = (kind) => (kind.isAsset ? assetName(kind.asAsset) : kind.type);
/** The name of a currency, as the chain gave it. */
export const currencyName = (currency) => (currency.isWithId ? assetName(currency.asWithId) : NATIVE);
/** The currency of a kind, both by name. */
export const currencyOf = (kind) => (kind.startsWith('Asset') ? kind : NATIVE);

/**
 * How much a pool counts in a set: what the set may slash of it, times the kind's multiplier. `left` is what cuts of
 * services have left of the pool.
 */
export function weight(multiplier, amount, magnitude, left = WAD) {
	return BigInt(multiplier) * ((amount * magnitude) / left);
}

/**
 * Shares a payment over pools `{ weight, shares }` whose operator takes `commissionBps`. Returns the commission and, for
 * each pool, what all of its shares earn; rounding is down everywhere.
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

/** What a slash of `fraction` takes of a pool of which `magnitude` is allocated, before any other cut. */
export const slashed = (amount, magnitude, fraction) => (amount * (magnitude * fraction)) / (WAD * WAD);

/** What is credited to whom, and what services paid for each share of the pools of one operator set. */
export class Book {
	/** By account and currency: credited, and not collected yet. */
	credit = new Table();
	/** By source (`service`, `blocks`, `refund`), account and currency: all that was ever credited. */
	income = new Table();
	/** By currency: what rounding left over, part of the set's next payment. */
	carried = new Table();
	/** By currency: what lies in the rewards' account, without the least balance that belongs to nobody. */
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

	/** Credits what `shares` of a position have earned since it was settled last. */
	settle(who, operator, kind, shares) {
		for (const [[currency], perShare] of this.#perShare.entries(operator, kind)) {
			const since = this.#settledAt.get(who, operator, kind, currency);
			this.give('service', who, currency, (shares * (perShare - since)) / WAD);
			this.#settledAt.set([who, operator, kind, currency], perShare);
		}
	}

	/** Forgets a position that is settled. */
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

	/** Pays the set: what was carried is part of it. */
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

	/** Takes out what is credited to `who` in one currency. */
	collect(who, currency) {
		const amount = this.credit.get(who, currency);
		this.credit.delete(who, currency);
		this.held.add([currency], -amount);
		return amount;
	}
}
