import assert from 'node:assert/strict';
import { account } from './chain.mjs';
import { delegator, operator } from './population.mjs';
import { WAD } from './services.mjs';

// The queries to the node with a crowd: for every method a usual one and the most expensive ones.

/** The time limits of answers, in milliseconds: for one thing, and for a page of a hundred. */
export const SINGLE = 5;
export const PAGE = 50;

const LARGEST = { avs: 0, index: 0 };
const MOST = 100;

/** A set of usual size. */
async function usualSet(crowd) {
	for (let avs = 40; avs < crowd.size.services; avs++) {
		const set = { avs, index: 0 };
		if ((await crowd.ask('avs_set', { set })).members === 10) return set;
	}
	throw new Error(`${crowd.name} has no set of ten members`);
}

const something = (value) => assert.notEqual(value, null);
const some = (page) => assert(page.items.length > 0, 'an empty page');
const whole = (most) => (page) => assert.equal(page.items.length, most);
const all = (list) => assert(list.length > 0, 'an empty list');
const accepted = (impact) => {
	assert.equal(impact.refused, null);
	some({ items: impact.pools });
};

/**
 * The queries: `[method, what it is about, parameters, limit, check]`. Parameters that change with time are functions of
 * the running era and of the id of a pending slash.
 */
async function written(crowd) {
	const [first, usual, holder, who] = [operator(1), operator(501), delegator(0), delegator(500)];
	const { items: positions } = await crowd.ask('operators_positions', { who });
	const position = positions.find((position) => position.operator !== first);
	const { items: [past] } = await crowd.ask('slashing_past', { filter: { operator: first } });
	const { era } = await crowd.ask('staking_era');
	const set = await usualSet(crowd);
	const { items: [member] } = await crowd.ask('avs_members', { set, most: 1 });
	const ofUsual = { who, operator: position.operator, kind: position.kind };
	const ofFirst = { who, operator: first, kind: 'native' };
	const entry = { who: holder, kind: 'native', amount: String(10n ** 13n) };
	const fraction = String(WAD / 1000n);
	const attested = (of, member) => ({ era }) => {
		const fractions = [{ kind: 'native', fraction }];
		return { slash: { attested: { set: of, operator: member, condition: 0, fractions, capture: era } }, who };
	};
	const consensus = ({ era }) => ({ slash: { consensus: { operator: first, fraction, capture: era } }, who });
	// The earliest era that a slash can name on a development chain.
	const oldest = ({ era }) => ({ set: LARGEST, capture: era - 3 });
	const least = (of) => ({ era }) => ({ set: of, until: era + 1 });

	return [
		['staking_era', '', {}, SINGLE, something],
		['staking_parameters', '', {}, SINGLE, something],
		['staking_validators', 'last era', { era: era - 1 }, SINGLE, all],
		['staking_validator', 'usual', { operator: usual }, SINGLE, something],
		['staking_validatorReturn', 'Alice, 84 eras', { operator: account('//Alice').address, eras: 84 }, SINGLE, something],
		['operators_operator', 'usual', { operator: usual }, SINGLE, something],
		['operators_operator', '32 sets', { operator: first }, SINGLE, ({ sets }) => assert.equal(sets.length, 32)],
		['operators_position', 'usual', ofUsual, SINGLE, ({ value }) => assert(value > 0)],
		['operators_position', '16 slashes pending', ofFirst, SINGLE, ({ pending }) => assert.equal(pending.length, 16)],
		['operators_positions', 'usual', { who }, PAGE, some],
		['operators_positions', 'page of 20', { who: holder, most: 20 }, PAGE, whole(20)],
		['operators_positions', 'page of 100', { who: holder, most: MOST }, PAGE, whole(MOST)],
		['operators_exits', 'page of 100', { who: holder, most: MOST }, PAGE, whole(MOST)],
		['operators_backers', 'page of 100', { operator: first, kind: 'native', most: MOST }, PAGE, whole(MOST)],
		['restaking_assets', '8', {}, SINGLE, all],
		['restaking_setStake', '10 members', { set }, SINGLE, ({ weight }) => assert(weight > 0)],
		['restaking_setStake', '300 members', { set: LARGEST }, SINGLE, ({ members }) => assert.equal(members, 300)],
		['restaking_setStake', '300 members, oldest era', oldest, SINGLE, ({ members }) => assert.equal(members, 300)],
		['restaking_memberStakes', '10 members', { set, most: MOST }, PAGE, some],
		['restaking_memberStakes', 'page of 100', { set: LARGEST, most: MOST }, PAGE, whole(MOST)],
		['restaking_leastStake', '10 members', least(set), SINGLE, something],
		['restaking_leastStake', '300 members', least(LARGEST), SINGLE, something],
		['restaking_entering', 'usual', { ...entry, operator: usual }, SINGLE, ({ shares }) => assert(shares > 0)],
		['restaking_entering', '32 sets, 16 slashes', { ...entry, operator: first }, SINGLE, ({ pending }) => all(pending)],
		['avs_service', 'usual', { avs: set.avs }, SINGLE, something],
		['avs_service', '3 sets', { avs: 0 }, SINGLE, ({ sets }) => assert.equal(sets.length, 3)],
		['avs_set', '10 members', { set }, SINGLE, something],
		['avs_set', '300 members', { set: LARGEST }, SINGLE, ({ members }) => assert.equal(members, 300)],
		['avs_members', '10 members', { set, most: MOST }, PAGE, some],
		['avs_members', 'page of 20', { set: LARGEST, most: 20 }, PAGE, whole(20)],
		['avs_members', 'page of 100', { set: LARGEST, most: MOST }, PAGE, whole(MOST)],
		['avs_member', 'of 300', { set: LARGEST, operator: first }, SINGLE, something],
		['slashing_slash', 'pending', ({ id }) => ({ id }), SINGLE, something],
		['slashing_slash', 'past', { id: past.id }, SINGLE, something],
		['slashing_pending', 'of an operator, 16', { filter: { operator: first }, most: MOST }, PAGE, whole(16)],
		['slashing_pending', 'all, 16', { most: MOST }, PAGE, whole(16)],
		['slashing_past', 'of an operator, 16 or more', { filter: { operator: first }, most: MOST }, PAGE, some],
		['slashing_past', 'all, 16 or more', { most: MOST }, PAGE, some],
		['slashing_consequences', 'of 10,000 backers', ({ id }) => ({ id, who }), SINGLE, accepted],
		['slashing_dryRun', 'usual', attested(set, member.operator), SINGLE, accepted],
		['slashing_dryRun', 'of 10,000 backers', attested(LARGEST, first), SINGLE, accepted],
		['slashing_dryRun', 'consensus', consensus, SINGLE, accepted],
		['rewards_due', 'usual', { who }, PAGE, ({ positions }) => some(positions)],
		['rewards_due', 'page of 100', { who: holder, most: MOST }, PAGE, ({ positions }) => some(positions)],
		['rewards_era', 'last', { era: era - 1 }, SINGLE, something],
		['rewards_streams', '2', { set: LARGEST }, SINGLE, (list) => assert.equal(list.length, 2)],
		['rewards_setReturn', '10 members', { set }, SINGLE, something],
		['rewards_setReturn', '300 members, 84 eras', { set: LARGEST, eras: 84 }, SINGLE, ({ paid }) => all(paid)],
		['rpc.discover', '', {}, PAGE, something],
		// Last: they make the node read its lists again, during the queries after them.
		['operators_search', 'by stake', {}, PAGE, whole(20)],
		['operators_search', 'text', { text: 'operator-00042' }, PAGE, some],
		['operators_search', 'all by name, 100', { text: 'r', by: 'name', most: MOST }, PAGE, whole(MOST)],
		['operators_search', 'pool and open, 100', { kind: 'native', open: true, most: MOST }, PAGE, whole(MOST)],
		['avs_search', 'by weight', {}, PAGE, whole(20)],
		['avs_search', 'text', { text: 'service-00042' }, PAGE, some],
		['avs_search', 'all by name, 100', { text: 'service', by: 'name', most: MOST }, PAGE, whole(MOST)],
	];
}

/** The queries to the node with a crowd. There is one for every method that answers once. */
export async function questions(crowd) {
	const list = await written(crowd);
	const { methods } = await crowd.wire.send('rpc.discover', []);
	const asked = new Set(list.map(([method]) => method));
	const forgotten = methods.filter((method) => !method['x-subscription'] && !asked.has(method.name));
	assert.deepEqual(forgotten.map(({ name }) => name), []);
	return list.map(([method, about, parameters, limit, check]) => ({ method, about, parameters, limit, check }));
}
