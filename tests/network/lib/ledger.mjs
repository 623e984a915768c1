/** The kind of stake that backs block production only. */
export const STAKE = 'Stake';

/** A pool of shares behind an operator, in BigInts; empty where there is none. */
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

/** What so many shares of a pool are worth, rounded down. */
export function worth(pool, shares) {
	return shares === pool.shares ? pool.amount : (shares * pool.amount) / pool.shares;
}
