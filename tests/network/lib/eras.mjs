import { waitFor } from './wait.mjs';

// The rules of the chain's economy, written independently: the tests recompute every amount with them.
const INFLATION_BPS = 500n;
/** The whole, in the unit of commissions. */
export const BPS = 10_000n;
const YEAR_MILLIS = 31_557_600_000n;
const ERA_MILLIS = 30_000n;

/** The length of an era of chain `local`, and some seconds for slots that stay empty. */
export const ERA_SECONDS = 45;

/** The running era, `{ index, start }`, from storage. */
export const eraOf = (active) => active.unwrap();

export async function activeEra(api) {
	return eraOf(await api.query.staking.activeEra()).index.toNumber();
}

/** What an era of this length in milliseconds mints. The length counts for at most one and a half eras. */
export function pot(issuance, millis) {
	const longest = (ERA_MILLIS * 3n) / 2n;
	const counted = millis < longest ? millis : longest;
	return (issuance * INFLATION_BPS * counted) / (BPS * YEAR_MILLIS);
}

/** A validator's part of a pot, split into its commission and what compounds. */
export function share(eraPot, points, totalPoints, commissionBps) {
	const whole = (eraPot * points) / totalPoints;
	const commission = (whole * commissionBps) / BPS;
	return { commission, compounds: whole - commission };
}

/**
 * Waits until `era` is over and paid. Returns the chain's state in the era's last block, and in the block that
 * finished its payments.
 */
export async function paidEra(api, era) {
	const after = await waitFor(`era ${era} to be paid`, 2 * ERA_SECONDS, async () => {
		const at = await api.at(await api.rpc.chain.getFinalizedHead());
		const over = (await activeEra(at)) > era;
		return over && (await at.query.rewards.due()).isNone && at;
	});
	let hash = await api.rpc.chain.getFinalizedHead();
	for (;;) {
		const at = await api.at(hash);
		if ((await activeEra(at)) === era) return { before: at, after };
		hash = (await api.rpc.chain.getHeader(hash)).parentHash;
	}
}

/** The validators that the candidates' present native stake would elect, highest first. */
export async function elected(at) {
	const keys = await at.query.staking.candidates.keys();
	const candidates = keys.map(async ({ args: [who] }) => {
		const pools = await at.query.operatorDelegation.pools.multi([[who, 'Stake'], [who, 'Native']]);
		const amounts = pools.filter((pool) => pool.isSome).map((pool) => pool.unwrap().funds.amount.toBigInt());
		return { who, stake: amounts.reduce((sum, amount) => sum + amount, 0n) };
	});
	// Among candidates with equal stake, the smaller account comes first.
	const byAccount = (a, b) => Buffer.compare(a.who.toU8a(), b.who.toU8a());
	const ahead = (a, b) => Number(b.stake > a.stake) - Number(a.stake > b.stake) || byAccount(a, b);
	const count = (await at.query.staking.validatorCount()).toNumber();
	return (await Promise.all(candidates)).sort(ahead).slice(0, count).map(({ who }) => who.toString());
}
