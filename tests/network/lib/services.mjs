import { BPS } from './eras.mjs';

// What the economy of services says, written down once more: the stories recompute every amount from these.

export const WAD = 10n ** 18n;

export const NATIVE = 'Native';
/** The kind of pool of an asset. */
export const assetKind = (id) => ({ Asset: id });

/** How much a pool counts in a set: what the set may slash of it, times the kind's multiplier. */
export const weight = (multiplier, amount, magnitude) => BigInt(multiplier) * ((amount * magnitude) / WAD);

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
