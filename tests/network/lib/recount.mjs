import { isDeepStrictEqual } from 'node:util';
import { eraOf } from './eras.mjs';
import { worth } from './ledger.mjs';
import { normal, plain } from './plain.mjs';
import { WAD } from './services.mjs';

const EXIT_DELAY = 4n;
const MILLIONTHS_A_YEAR = (31_557_600_000n * 1_000_000n) / 30_000n;

const CONSENSUS = ['stake', 'native'];
const least = (a, b) => (a < b ? a : b);
const less = (a, b) => (a > b ? a - b : 0n);
export const sum = (amounts) => amounts.reduce((all, amount) => all + amount, 0n);
/** Compares kinds, or sets. */
const isSame = (a, b) => isDeepStrictEqual(normal(a), normal(b));
/** The values that are not null. */
const some = (values) => values.filter((value) => value !== null);

/** The value that binds in era `now`, and the announced one. */
function announced({ value, next }, now) {
	if (next === null) return { now: value, next: null };
	const [later, from] = next;
	return from <= now ? { now: later, next: null } : { now: value, next: { value: later, from } };
}

/** The yearly return of these earnings on this stake, in millionths. */
export function yearly(earned, stake, eras) {
	return { millionths: stake === 0n ? 0n : (earned * MILLIONTHS_A_YEAR) / stake, earned, stake, eras };
}

/**
 * The expected answers, computed from a block's storage alone, without any runtime API. Kinds have the form of
 * JSON-RPC, and numbers are BigInts.
 */
export class Recount {
	constructor(at, hash, era) {
		this.at = at;
		this.hash = hash;
		this.era = era;
	}

	static async of(api, hash) {
		const at = await api.at(hash);
		return new Recount(at, hash, plain(eraOf(await at.query.staking.activeEra()).index));
	}

	/** A value in storage. */
	async read(pallet, item, ...keys) {
		return plain(await this.at.query[pallet][item](...keys));
	}

	/** The entries of a map: their keys, and their values. */
	async entries(pallet, item, ...keys) {
		const entries = await this.at.query[pallet][item].entries(...keys);
		return entries.map(([{ args }, value]) => ({ keys: args.map(plain), value: plain(value) }));
	}

	// ---- pools, positions, exits ----

	/** `left` is what services' cuts have left of its magnitude. */
	async pool(operator, kind) {
		const pool = await this.read('operatorDelegation', 'pools', operator, kind);
		if (pool === null) return null;
		const { funds, generation, since, maxMagnitude } = pool;
		return { ...funds, generation, since, left: maxMagnitude, fresh: this.freshOf(pool) };
	}

	/** The shares of a pool or a position that came in this era. */
	freshOf({ fresh, freshEra }) {
		return freshEra === this.era ? fresh : 0n;
	}

	async pools(operator) {
		const kinds = (await this.entries('operatorDelegation', 'pools', operator)).map(({ keys }) => keys[1]);
		const order = (kind) => (CONSENSUS.includes(kind) ? CONSENSUS.indexOf(kind) : 2 + Number(kind.asset));
		return kinds.sort((a, b) => order(a) - order(b));
	}

	async shares(who, operator, kind) {
		const position = await this.read('operatorDelegation', 'positions', who, operator, kind);
		const pool = await this.pool(operator, kind);
		return position?.generation === pool?.generation ? (position?.shares ?? 0n) : 0n;
	}

	async value(who, operator, kind) {
		const pool = await this.pool(operator, kind);
		return pool === null ? 0n : worth(pool, await this.shares(who, operator, kind));
	}

	/** The exits from a pool of the eras from `first` up to the elected one, oldest first. */
	async exits(operator, kind, first = 0n) {
		const eras = Array.from({ length: Number(this.era - first) + 2 }, (_, i) => first + BigInt(i));
		const read = async (queued) => {
			const exit = await this.read('operatorDelegation', 'exits', operator, kind, queued);
			return exit && { queued, ...exit.funds, left: exit.maxMagnitude };
		};
		return some(await Promise.all(eras.map(read)));
	}

	/** An account's part of each exit, oldest first. */
	async claims(who, operator, kind) {
		const exits = await this.exits(operator, kind);
		const read = async (exit) => {
			const shares = await this.read('operatorDelegation', 'claims', who, operator, kind, exit.queued);
			return shares && { ...exit, own: shares };
		};
		return some(await Promise.all(exits.map(read)));
	}

	async native(operator) {
		const pools = await Promise.all(CONSENSUS.map((kind) => this.pool(operator, kind)));
		return sum(pools.map((pool) => pool?.amount ?? 0n));
	}

	// ---- what is allocated ----

	/** The allocations of a pool: `{ set, current, pending, history }`. */
	async allocations(operator, kind) {
		const { allocations } = await this.read('restaking', 'exposures', operator, kind);
		return allocations.map(([set, { current, pending, history }]) => {
			if (pending === null || pending[1] > this.era) return { set, current, pending, history };
			// A change binds when its era comes, even if it is not stored yet.
			const [magnitude, from] = pending;
			return { set, current: magnitude, pending: null, history: [...history, [from, magnitude]] };
		});
	}

	async allocation(operator, kind, set) {
		const none = { current: 0n, pending: null, history: [] };
		return (await this.allocations(operator, kind)).find((each) => isSame(each.set, set)) ?? none;
	}

	/**
	 * The maximum that each set may take of a pool: now, for an era that can be slashed, or when a change binds. Valid
	 * on a chain so young that all of its eras can be slashed for.
	 */
	async encumbered(operator, kind) {
		const all = await this.allocations(operator, kind);
		const most = ({ set, current, pending, history }) => {
			const past = history.map(([, magnitude]) => magnitude);
			const all = [current, pending?.[0] ?? 0n, ...past];
			return { set, magnitude: all.reduce((a, b) => (a > b ? a : b)) };
		};
		return all.map(most).filter(({ magnitude }) => magnitude > 0n);
	}

	/** The magnitude that was allocated in era `capture`, less later cuts. */
	async magnitude(operator, kind, set, capture) {
		const { history } = await this.allocation(operator, kind, set);
		return history.findLast(([from]) => from <= capture)?.[1] ?? 0n;
	}

	/** The kinds of a set, with their multipliers. */
	async kinds(set) {
		return announced((await this.read('avsRegistry', 'sets', set)).kinds, this.era).now;
	}

	async members(set) {
		return await this.read('avsRegistry', 'members', set);
	}

	/** What a set may slash of a member's live pools now. */
	async member(set, operator) {
		const kinds = [];
		const next = [];
		let weight = 0n;
		for (const [kind, multiplier] of await this.kinds(set)) {
			const { current, pending } = await this.allocation(operator, kind, set);
			if (current > 0n) {
				const pool = await this.pool(operator, kind);
				const slashable = (pool.amount * least(current, pool.left)) / pool.left;
				kinds.push({ kind, magnitude: current, slashable });
				weight += slashable * multiplier;
			}
			if (pending !== null) next.push({ kind, magnitude: { value: pending[0], from: pending[1] } });
		}
		const { spans } = await this.read('avsRegistry', 'memberships', set, operator);
		const { name } = (await this.read('operatorDelegation', 'operatorMetadata', operator)) ?? { name: '' };
		return { operator, name, from: spans.at(-1).from, kinds, weight, next };
	}

	/** What a set may slash of all members now, by kind. */
	async stakes(set) {
		const members = await Promise.all((await this.members(set)).map((operator) => this.member(set, operator)));
		return (await this.kinds(set)).map(([kind, multiplier]) => {
			const own = members.flatMap(({ kinds }) => kinds.filter((each) => isSame(each.kind, kind)));
			return { kind, multiplier, stake: sum(own.map(({ slashable }) => slashable)) };
		});
	}

	async weight(set) {
		return sum((await this.stakes(set)).map(({ multiplier, stake }) => multiplier * stake));
	}

	// ---- slashes ----

	/** A pool and its exits since `capture`, as a slash finds them. */
	async body(operator, kind, capture) {
		const [pool, exits] = [await this.pool(operator, kind), await this.exits(operator, kind, capture)];
		return { kind, capture, pool, exits };
	}

	/** The losses by a slash that is executed now. `who` is an account, or none. */
	async impact({ operator, capture, parts, due }, who) {
		const pools = [];
		const positions = [];
		for (const { kind, fraction, magnitude } of parts) {
			const { pool, exits } = await this.body(operator, kind, capture);
			const took = (part) => ({ ...part, amount: part.amount - takenOf(part, magnitude, fraction) });
			const lost = (part, shares) => {
				const before = worth(part, shares);
				return { before, taken: before - worth(took(part), shares) };
			};
			const eras = (lostOf) =>
				some(exits.map((exit) => ({ queued: exit.queued, ...lostOf(exit) }))).filter(({ before }) => before > 0n);
			pools.push({ kind, ...lost(pool, pool.shares), wiped: false, exits: eras((exit) => lost(exit, exit.shares)) });
			if (!who) continue;
			const own = new Map((await this.claims(who, operator, kind)).map((claim) => [claim.queued, claim.own]));
			const claims = eras((exit) => lost(exit, own.get(exit.queued) ?? 0n));
			const shares = await this.shares(who, operator, kind);
			if (shares > 0n || claims.length > 0) positions.push({ kind, ...lost(pool, shares), exits: claims });
		}
		return { refused: null, due, pools, positions };
	}

	/** A slash from storage, with its parts. For consensus, all of both native pools may answer. */
	async slash(id) {
		const slash = await this.read('slashing', 'slashes', id);
		return slash && { id, ...slash, parts: slash.lane.attested?.parts };
	}

	/** The pending slashes of an operator, by id. */
	async pending(operator) {
		const ids = (await this.entries('slashing', 'pendingOf', operator)).map(({ keys }) => keys[1]);
		return Promise.all(ids.sort((a, b) => Number(a - b)).map((id) => this.slash(id)));
	}

	// ---- the answers that are made of these ----

	async position(who, operator, kind, rewards) {
		const shares = await this.shares(who, operator, kind);
		const stored = await this.read('operatorDelegation', 'positions', who, operator, kind);
		const fresh = shares === 0n ? 0n : this.freshOf(stored);
		const claims = await this.claims(who, operator, kind);
		const reaching = (await this.pending(operator)).filter(({ parts }) =>
			parts.some((part) => isSame(part.kind, kind)),
		);
		const held = (queued) => reaching.some(({ capture }) => capture <= queued);
		const exits = claims.map((exit) => {
			const matures = exit.queued + EXIT_DELAY;
			const mature = matures <= this.era && !held(exit.queued);
			return { queued: exit.queued, value: worth(exit, exit.own), matures, held: held(exit.queued), claimable: mature };
		});
		const losses = reaching.map(async (slash) => {
			const { positions } = await this.impact(slash, who);
			const own = positions.find((each) => isSame(each.kind, kind));
			const lost = own && { value: own.taken, exits: sum(own.exits.map(({ taken }) => taken)) };
			return lost && { id: slash.id, due: slash.due, ...lost };
		});
		const value = await this.value(who, operator, kind);
		const pending = (await Promise.all(losses)).filter((loss) => loss);
		return { who, operator, kind, shares, value, exits, pending, rewards, fresh };
	}

	async validator(operator) {
		const now = await this.read('staking', 'eraValidators', this.era);
		const next = await this.read('staking', 'eraValidators', this.era + 1n);
		const validators = await this.read('session', 'validators');
		const disabled = await this.read('session', 'disabledValidators');
		const own = await Promise.all(CONSENSUS.map((kind) => this.value(operator, operator, kind)));
		const barred = await this.read('staking', 'barred', operator);
		return {
			candidate: (await this.entries('staking', 'candidates')).some(({ keys }) => keys[0] === operator),
			active: now.includes(operator),
			next: next.length > 0 ? next.includes(operator) : null,
			hasKeys: (await this.read('session', 'nextKeys', operator)) !== null,
			disabled: disabled.some(([place]) => validators[place] === operator),
			selfStake: sum(own),
			stake: await this.native(operator),
			points: await this.read('staking', 'eraPoints', this.era, operator),
			silent: await this.read('staking', 'silent', operator),
			barred: barred > this.era ? barred : null,
		};
	}

	/** The earnings of an operator in all paid eras, and the stake that earned them. */
	async validatorReturn(operator, commission) {
		const due = await this.read('rewards', 'due');
		const end = due === null ? this.era : least(due.era, this.era);
		let [served, stake, whole, delegators] = [0n, 0n, 0n, 0n];
		for (let era = 0n; era < end; era++) {
			const place = (await this.read('staking', 'eraValidators', era)).indexOf(operator);
			if (place < 0) continue;
			served += 1n;
			stake += (await this.read('staking', 'eraStakes', era))[place];
			const part = await this.reward(era, operator);
			whole += part;
			delegators += part - (part * commission) / 10_000n;
		}
		const returns = { whole: yearly(whole, stake, served), delegators: yearly(delegators, stake, served) };
		return { from: 0n, until: end - 1n, served, commission, ...returns };
	}

	/** A validator's part of an era's pot. */
	async reward(era, operator) {
		const reward = await this.read('rewards', 'eraRewards', era);
		return reward && (reward.pot * (await this.read('staking', 'eraPoints', era, operator))) / reward.points;
	}

	async poolDetails(operator, kind) {
		const pool = await this.pool(operator, kind);
		const leaving = await this.exits(operator, kind, less(this.era, EXIT_DELAY - 1n));
		const allocations = (await this.allocations(operator, kind)).map(({ set, current, pending }) => ({
			set,
			magnitude: { now: current, next: pending && { value: pending[0], from: pending[1] } },
			slashable: (pool.amount * least(current, pool.left)) / pool.left,
		}));
		const promised = sum(allocations.map(({ magnitude }) => magnitude.now));
		return {
			...{ kind, amount: pool.amount, shares: pool.shares, own: await this.value(operator, operator, kind) },
			leaving: sum(leaving.map(({ amount }) => amount)),
			...{ generation: pool.generation, since: pool.since, maxMagnitude: pool.left, allocations },
			leverage: (promised * 100n) / pool.left,
			fresh: pool.fresh,
		};
	}

	/** What a set can slash of its members for an era, by member and kind. */
	async memberStakes(set, capture, operators) {
		const kinds = await this.kinds(set);
		const ofMember = async (operator) => {
			const all = await Promise.all(
				kinds.map(async ([kind, multiplier]) => {
					const magnitude = await this.magnitude(operator, kind, set, capture);
					return {
						kind,
						multiplier,
						magnitude,
						slashable: slashable(await this.body(operator, kind, capture), magnitude),
					};
				}),
			);
			const own = all.filter(({ magnitude }) => magnitude > 0n);
			const weight = sum(own.map(({ multiplier, slashable: amount }) => multiplier * amount));
			return { operator, kinds: own.map(({ multiplier, ...kind }) => kind), weight };
		};
		return Promise.all(operators.map(ofMember));
	}

	/** What a set can slash of all members together, by kind. */
	async setStake(set, capture, operators) {
		const members = await this.memberStakes(set, capture, operators);
		const kinds = (await this.kinds(set)).map(([kind, multiplier]) => {
			const own = members.flatMap(({ kinds }) => kinds.filter((each) => isSame(each.kind, kind)));
			return { kind, multiplier, slashable: sum(own.map(({ slashable: amount }) => amount)) };
		});
		return {
			capture,
			members: operators.length,
			kinds,
			weight: sum(members.map(({ weight }) => weight)),
			complete: true,
		};
	}

	/**
	 * The minimum that a slash of everything for this era finds until era `until`. `leverage` has the operators' own
	 * limits in percent, which apply to allocations that are made too late for a higher limit to bind by then.
	 */
	async leastStake(set, until, operators, leverage) {
		const bounds = { withdrawals: [], services: [], allocations: [], consensus: [] };
		const reachable = this.era + EXIT_DELAY - 1n;
		for (const [kind, multiplier] of await this.kinds(set)) {
			const found = { withdrawals: 0n, services: 0n, allocations: 0n, consensus: 0n };
			for (const operator of until <= reachable ? operators : []) {
				const body = await this.body(operator, kind, this.era);
				let own = await this.magnitude(operator, kind, set, this.era);
				if (own === 0n) continue;
				const reaching = (await this.pending(operator)).filter((slash) => slash.due <= until);
				let slashes = 0n;
				for (const slash of reaching.sort((a, b) => Number(a.due - b.due || a.id - b.id))) {
					const part = slash.parts.find((each) => isSame(each.kind, kind));
					if (!part) continue;
					slashes += 1n;
					// The slashes of the stories are all by this set, and name no era after the running one.
					own -= cut(body, least(own, part.magnitude), part.fraction);
				}
				const rounding = until - this.era + 2n + 2n * slashes;
				const others = sum(
					(await this.encumbered(operator, kind))
						.filter((each) => !isSame(each.set, set))
						.map(({ magnitude }) => magnitude),
				);
				const binds = this.era + 1n <= until;
				// A higher limit waits an era, and an allocation under it one more.
				const percent = this.era + 2n <= until ? 300n : leverage[operator];
				const allocatable = binds ? less((body.pool.left * percent) / 100n, own) : 0n;
				const after = (taken) => less(slashable(body, least(less(body.pool.left, taken), own)), rounding);
				found.withdrawals += after(0n);
				found.services += after(others);
				const allocations = after(others > allocatable ? others : allocatable);
				found.allocations += allocations;
				found.consensus += CONSENSUS.includes(kind) ? 0n : allocations;
			}
			for (const [bound, amount] of Object.entries(found)) bounds[bound].push({ kind, multiplier, slashable: amount });
		}
		return { capture: this.era, reachable, until, ...bounds };
	}
}

/** The amount that a slash takes of a pool or an exit. */
const takenOf = ({ amount, left }, magnitude, fraction) =>
	left === 0n ? 0n : (amount * (least(magnitude, left) * fraction)) / (WAD * left);

/** Executes a slash, and returns by how much it cuts the magnitude. */
function cut({ pool, exits }, magnitude, fraction) {
	for (const part of [...exits, pool]) {
		part.amount -= takenOf(part, magnitude, fraction);
		part.cut = (least(magnitude, part.left) * fraction) / WAD;
		part.left -= part.cut;
	}
	return pool.cut;
}

/** The amount that a slash of all of `magnitude` takes. */
const slashable = ({ pool, exits }, magnitude) =>
	pool === null ? 0n : sum([...exits, pool].map((part) => takenOf(part, magnitude, WAD)));
