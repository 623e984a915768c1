import { UNIT } from './chain.mjs';

const DECIMALS = 12;

/** An amount with up to twelve decimals as people write it: `1,234.5`. */
export function written(amount) {
	const [whole, rest] = [amount / UNIT, amount % UNIT];
	const grouped = whole.toString().replace(/\B(?=(\d{3})+$)/g, ',');
	const decimals = rest.toString().padStart(DECIMALS, '0').replace(/0+$/, '');
	return decimals === '' ? grouped : `${grouped}.${decimals}`;
}

/** The rows, as lists of cells, of the tables of a page that follow a line `<!-- checked: NAME -->`; by that name. */
export function checkedTables(text) {
	const tables = {};
	for (const [, name, table] of text.matchAll(/^<!-- checked: (\w+) -->\n\n?((?:\|.*\|\n)+)/gm)) {
		const rows = table.trimEnd().split('\n').map((row) => row.slice(1, -1).split('|').map((cell) => cell.trim()));
		// The first two lines are the heading, and the line below it.
		tables[name] = rows.slice(2);
	}
	return tables;
}

/** All amounts of STAY and GEM in the sentences of a page. */
export const amountsOf = (text) => [...text.matchAll(/(\d[\d,.]*)\s+(?:STAY|GEM)\b/g)].map(([, amount]) => amount);
