import assert from 'node:assert/strict';
import { assetBalance, freeBalance, palletAccount, treasuryIncome } from './chain.mjs';
import { eraOf, pot } from './eras.mjs';
import { NATIVE, assetName, currencyName, kindName } from './services.mjs';

const number = (value) => value.toNumber();
const amountOf = (value) => value.toBigInt();
const name = (account) => account.toString();

/**
 * Applies the events of the chain to a ledger, in their order. The events say who asked for what, where and when, and
 * how much. The ledger recomputes the amounts that this moved, and compares them with the chain's.
 */
export class Replay {
	/** The slashes by id: `{ operator, lane, capture, due, executed }`. `executed` is computed by the ledger. */
	slashes = new Map();
	/** The payments to the set, in order: `{ from: 'set' | 'name' | 'stream', currency, amount, parts, block }`. */
	payments = [];
	/** The operator that is paid by name next, which the event does not tell. */
	named;
	#api;
	#compounded;

	constructor(api, ledger) {
		this.#api = api;
		this.ledger = ledger;
	}

	async apply(block) {
		for (const { event } of block.events) {
			const handle = this[`${event.section}.${event.method}`];
			try {
				await handle?.call(this, event.data, block);
			} catch (error) {
				error.message = `block ${block.number}, ${event.section}.${event.method}: ${error.message}`;
				throw Object.assign(error, { fatal: true });
			}
		}
	}

	'staking.EraBegan'({ era }) {
		this.ledger.era = number(era);
	}

	// ---- operators and delegators ----

	'operatorDelegation.OperatorRegistered'({ operator, commission }) {
		this.ledger.commission.set(name(operator), amountOf(commission));
	}

	'operatorDelegation.Deposited'({ who, operator, kind, amount, shares }) {
		const minted = this.ledger.deposit(name(who), name(operator), kindName(kind), amountOf(amount));
		assert.equal(amountOf(shares), minted);
	}

	'operatorDelegation.OptedIn'({ who, operator, shares, amount, minted }) {
		const moved = this.ledger.optIn(name(who), name(operator), amountOf(shares));
		assert.deepEqual({ amount: amountOf(amount), minted: amountOf(minted) }, moved);
	}

	'operatorDelegation.ExitQueued'({ who, operator, kind, shares, amount, queued }) {
		assert.equal(number(queued), this.ledger.era);
		assert.equal(amountOf(amount), this.ledger.exit(name(who), name(operator), kindName(kind), amountOf(shares)));
	}

	'operatorDelegation.Claimed'({ who, operator, kind, queued, amount }) {
		assert.equal(amountOf(amount), this.ledger.claim(name(who), name(operator), kindName(kind), number(queued)));
	}

	'operatorDelegation.PoolWiped'() {
		assert.fail('the ledger does not know what follows when a whole pool is taken');
	}

	'restaking.AllocationChanged'({ operator, kind, magnitude, effective }) {
		const allocation = { magnitude: amountOf(magnitude), effective: number(effective) };
		this.ledger.allocations.set([name(operator), kindName(kind)], allocation);
	}

	'avsRegistry.OperatorJoined'({ operator }) {
		this.ledger.members.add(name(operator));
	}

	'avsRegistry.OperatorLeft'({ operator }) {
		this.ledger.members.delete(name(operator));
	}

	// ---- an era's pot ----

	async 'rewards.EraRewarded'({ era, pot: minted, points }, { parent, hash }) {
		const [before, after] = [await this.#api.at(parent), await this.#api.at(hash)];
		const issuance = amountOf(await before.query.balances.totalIssuance());
		const eras = [await before.query.staking.activeEra(), await after.query.staking.activeEra()];
		const [began, ended] = eras.map(eraOf);
		const millis = amountOf(ended.start.unwrap()) - amountOf(began.start.unwrap());
		assert.equal(amountOf(minted), pot(issuance, millis));
		const all = (await after.query.staking.eraPoints.entries(era)).map(([, own]) => amountOf(own));
		assert.equal(amountOf(points), all.reduce((sum, own) => sum + own, 0n));
	}

	'operatorDelegation.Compounded'({ stake, native, commission }) {
		this.#compounded = { stake: amountOf(stake), native: amountOf(native), commission: amountOf(commission) };
	}

	async 'rewards.ValidatorPaid'({ era, validator, amount }, { hash }) {
		const at = await this.#api.at(hash);
		const { pot: whole, points } = (await at.query.rewards.eraRewards(era)).unwrap();
		const own = amountOf(await at.query.staking.eraPoints(era, validator));
		const paid = (amountOf(whole) * own) / amountOf(points);
		assert.equal(amountOf(amount), paid);
		assert.deepEqual(this.#compounded, this.ledger.rewardBase(name(validator), paid));
	}

	// ---- what services pay ----

	#paid(from, currency, amount, parts, block) {
		this.payments.push({ from, currency, amount, parts, block });
	}

	'rewards.SetPaid'({ currency, amount }, block) {
		const [what, sum, { book }] = [currencyName(currency), amountOf(amount), this.ledger];
		book.held.add([what], sum);
		this.#paid('set', what, sum, book.paySet(what, sum, this.ledger.answering()), block);
	}

	'rewards.OperatorsPaid'({ currency, amount }, block) {
		const [what, sum, { book }] = [currencyName(currency), amountOf(amount), this.ledger];
		book.held.add([what], sum);
		this.#paid('name', what, sum, book.payOperator(what, sum, this.ledger.answering(this.named)), block);
	}

	'rewards.StreamOpened'({ id, payer, currency, rate, funds }) {
		const [what, { book }] = [currencyName(currency), this.ledger];
		const stream = { payer: name(payer), currency: what, rate: amountOf(rate), funds: amountOf(funds) };
		book.streams.set(number(id), stream);
		book.held.add([what], stream.funds);
	}

	'rewards.StreamPaid'({ id, amount }, block) {
		const stream = this.ledger.book.streams.get(number(id));
		const sum = stream.rate;
		assert.equal(amountOf(amount), sum);
		stream.funds -= sum;
		const parts = this.ledger.book.paySet(stream.currency, sum, this.ledger.answering());
		this.#paid('stream', stream.currency, sum, parts, block);
	}

	'rewards.StreamReturned'({ id, eras, payer, amount }) {
		const stream = this.ledger.book.streams.get(number(id));
		const sum = stream.rate * amountOf(eras);
		assert.deepEqual([name(payer), amountOf(amount)], [stream.payer, sum]);
		stream.funds -= sum;
		this.ledger.book.give('refund', stream.payer, stream.currency, sum);
	}

	'rewards.StreamEnded'({ id, payer, refund }) {
		const stream = this.ledger.book.streams.get(number(id));
		assert.deepEqual([name(payer), amountOf(refund)], [stream.payer, stream.funds]);
		this.ledger.book.give('refund', stream.payer, stream.currency, stream.funds);
		this.ledger.book.streams.delete(number(id));
	}

	'rewards.CarryReturned'({ currency, amount, owner }) {
		const [what, { book }] = [currencyName(currency), this.ledger];
		assert.equal(amountOf(amount), book.carried.get(what));
		book.give('refund', name(owner), what, book.carried.get(what));
		book.carried.delete(what);
	}

	/** The stories always collect everything for an account, which settles all of its positions. */
	'rewards.Collected'({ who, currency, amount }) {
		this.ledger.settleAll(name(who));
		assert.equal(amountOf(amount), this.ledger.book.collect(name(who), currencyName(currency)));
	}

	// ---- slashes ----

	'slashing.SlashReported'({ id, operator, lane, capture, due }, block) {
		const slash = { operator: name(operator), lane, capture: number(capture), due: number(due), block };
		for (const { kind, magnitude } of lane.isAttested ? lane.asAttested.parts : []) {
			assert.equal(amountOf(magnitude), this.ledger.magnitude(slash.operator, kindName(kind), slash.capture));
		}
		this.slashes.set(number(id), slash);
	}

	'slashing.SlashRaised'() {
		assert.fail('the ledger does not know of several concurrent offenders');
	}

	'slashing.SlashExecuted'({ id, taken }, block) {
		const slash = this.slashes.get(number(id));
		const { operator, lane, capture } = slash;
		assert.equal(this.ledger.era, slash.due);
		slash.executed = { block };
		if (lane.isConsensus) {
			slash.executed.parts = this.ledger.slashConsensus(operator, amountOf(lane.asConsensus.fraction), capture);
			const sum = slash.executed.parts.reduce((all, part) => all + part.taken, 0n);
			assert.deepEqual(taken.map(([what, amount]) => [currencyName(what), amountOf(amount)]), [[NATIVE, sum]]);
			return;
		}
		const kinds = lane.asAttested.parts.map(({ kind, fraction }) => [kindName(kind), amountOf(fraction)]);
		const parts = kinds.map(([kind, fraction]) => this.ledger.slashService(operator, kind, fraction, capture));
		const sums = parts.map((each) => [each[0].kind, each.reduce((all, part) => all + part.taken, 0n)]);
		assert.deepEqual(taken.map(([what, amount]) => [currencyName(what), amountOf(amount)]), sums);
		slash.executed.parts = parts.flat();
	}

	/** Checks that the chain's storage and accounts after a block equal the whole ledger, to the unit. */
	async audit({ hash }) {
		const at = await this.#api.at(hash);
		const { operatorDelegation, rewards, slashing } = at.query;
		const { ledger } = this;
		const { book } = ledger;
		const table = async (map, keys, value) =>
			Object.fromEntries((await map.entries()).map(([{ args }, row]) => [keys(...args).join(' '), value(row)]));
		const funds = (found) => {
			const { funds, maxMagnitude } = found.unwrap();
			return { shares: amountOf(funds.shares), amount: amountOf(funds.amount), left: amountOf(maxMagnitude) };
		};
		const same = async (found, expected, isNothing) => {
			const rows = Object.entries(await found).filter(([, value]) => !isNothing?.(value));
			assert.deepEqual(Object.fromEntries(rows), structuredClone(expected.filled(isNothing)));
		};

		const isEmpty = ({ shares }) => shares === 0n;
		await same(table(operatorDelegation.pools, (o, k) => [o, kindName(k)], funds), ledger.pools, isEmpty);
		await same(table(operatorDelegation.exits, (o, k, era) => [o, kindName(k), era], funds), ledger.exits);
		const shares = table(
			operatorDelegation.positions,
			(w, o, k) => [w, o, kindName(k)],
			(position) => amountOf(position.unwrap().shares),
		);
		await same(shares, ledger.positions);
		const claimed = table(
			operatorDelegation.claims,
			(w, o, k, era) => [w, o, kindName(k), era],
			(claim) => amountOf(claim.unwrap()),
		);
		await same(claimed, ledger.claims);
		await same(table(rewards.credit, (who, what) => [who, currencyName(what)], amountOf), book.credit);
		await same(table(rewards.carried, (_, what) => [currencyName(what)], amountOf), book.carried);
		await same(table(slashing.totalSlashed, (what) => [currencyName(what)], amountOf), ledger.slashed);

		// The accounts hold what the books say, and the minimum balance, which belongs to nobody.
		const pallets = ['operatorDelegation', 'rewards', 'chainTreasury'];
		const [custody, credit, treasury] = pallets.map((pallet) => palletAccount(this.#api, pallet));
		const least = amountOf(this.#api.consts.balances.existentialDeposit);
		assert.equal(await freeBalance(at, custody), least + ledger.custody(NATIVE));
		assert.equal(await freeBalance(at, credit), least + book.held.get(NATIVE));
		assert.equal(await freeBalance(at, treasury), least + (await treasuryIncome(at)));
		for (const { args: [id] } of await at.query.restaking.assets.keys()) {
			const leastAsset = amountOf((await at.query.assets.asset(id)).unwrap().minBalance);
			assert.equal(await assetBalance(at, id, custody), leastAsset + ledger.custody(assetName(id)));
			assert.equal(await assetBalance(at, id, credit), leastAsset + book.held.get(assetName(id)));
		}
	}
}
