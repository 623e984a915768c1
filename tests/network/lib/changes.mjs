import { ordered, word } from './plain.mjs';
import { sum } from './recount.mjs';

/** The key of a position. */
export const placeOf = ({ operator, kind }) => [operator, kind];

/**
 * The expected items of a subscription to `blocks` after block `from`. `state` reads the state, and `change` compares
 * two.
 */
export async function expectedItems(blocks, from, state, change) {
	const items = [];
	let before;
	for (const { hash, number } of blocks.filter((block) => block.number >= from)) {
		const now = await state(hash);
		const item = before && change(before, now);
		if (item) items.push({ at: hash, number, ...item });
		before = now;
	}
	return items;
}

/** The new or different entries of a list, and the removed ones. `tell` gives the key of an entry. */
function changed(before, now, tell) {
	const old = new Map(before.map((item) => [word(tell(item)), word(item)]));
	const keys = new Set(now.map((item) => word(tell(item))));
	return {
		next: now.filter((item) => old.get(word(tell(item))) !== word(item)),
		gone: before.map(tell).filter((each) => !keys.has(word(each))),
	};
}

/** What changed in the members of a set, if anything did. */
export function memberChanges(before, now) {
	const { next, gone } = changed(before, now, ({ operator }) => operator);
	const weight = sum(now.map((member) => member.weight));
	return (next.length > 0 || gone.length > 0) && { weight, members: next, gone };
}

/** What changed in an account's `{ positions, exits, credit }`, if anything did. */
export function positionChanges(before, now) {
	const place = ({ operator, kind }) => ({ operator, kind });
	const { next, gone } = changed(before.positions, now.positions, place);
	const differing = (list) => (word(before[list]) === word(now[list]) ? null : now[list]);
	const [exits, credit] = [differing('exits'), differing('credit')];
	const item = { positions: ordered(next, placeOf), gone: ordered(gone, placeOf), exits, credit };
	return (next.length > 0 || gone.length > 0 || exits || credit) && item;
}

/**
 * The items of a subscription that report a change after block `from`, up to another, in the form of the functions
 * above.
 */
export function telling(items, from, until) {
	const inTime = items.filter(({ number }) => number > from && number <= until);
	const lists = inTime.map(({ era, behind, ...item }) => {
		if (!item.positions) return item;
		return { ...item, positions: ordered(item.positions, placeOf), gone: ordered(item.gone, placeOf) };
	});
	return lists.filter(
		({ members = [], positions = [], gone, exits = null, credit = null }) =>
			members.length > 0 || positions.length > 0 || gone.length > 0 || exits !== null || credit !== null,
	);
}
