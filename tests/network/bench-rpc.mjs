// Prints how long a node's answers take in a large state and in one a tenth of its size, their cost in memory, and
// how the node's blocks fare meanwhile. It compares with limits, but fails only if an answer is an error or empty.
import { mkdtempSync, rmSync } from 'node:fs';
import { cpus, tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { Population, SLOT_MILLIS, delegator, exportTemplate, operator } from './lib/population.mjs';
import { questions } from './lib/questions.mjs';
import { Watch, memory } from './lib/usage.mjs';
import { waitFor } from './lib/wait.mjs';

const GENERATOR = process.env.MAINSTAY_CROWD_BIN;
const POSITIONS = Number(process.argv[2] ?? 100_000);

/** The number of uncounted queries at the start. */
const WARM_UP = 5;
/** The minimum and the maximum number of calls of each query, and the time limit. */
const [FEWEST, MOST, MILLIS] = [20, 200, 10_000];
/** The nodes are asked in turns of so many calls, so that other load on the machine affects both. */
const TURN = 20;
/** How often the lists of all operators and services are read again. */
const READINGS = 3;
const [POLL_MILLIS, READING_MILLIS] = [5, 120_000];
const SUBSCRIPTIONS = 1000;
const PAUSE_MILLIS = 50;
/** The length of two eras, so that two eras begin. */
const WATCHED_MILLIS = 60_000;

const quantile = (sorted, q) => sorted[Math.min(sorted.length - 1, Math.floor(sorted.length * q))];

function summary(times) {
	const sorted = [...times].sort((a, b) => a - b);
	return { median: quantile(sorted, 0.5), p99: quantile(sorted, 0.99), longest: sorted.at(-1), count: times.length };
}

/**
 * Makes one query several times. Returns the times and the length of the answer, and fails if the answer is an error.
 */
async function ask(crowd, { method, about, parameters, check }, times, now) {
	const sent = typeof parameters === 'function' ? parameters(now) : parameters;
	const took = [];
	let bytes = 0;
	for (let n = 0; n < times; n++) {
		const begin = performance.now();
		const answer = await crowd.wire.send(method, sent);
		took.push(performance.now() - begin);
		bytes = JSON.stringify(answer).length;
		try {
			check(method === 'rpc.discover' ? answer : answer.value);
		} catch (cause) {
			throw new Error(`${crowd.name}: ${method} (${about}): ${cause.message}`, { cause });
		}
	}
	return { took, bytes };
}

/** Measures one query on all nodes in turn. */
async function measure(crowds, lists, n) {
	const times = crowds.map(() => []);
	const spent = crowds.map(() => 0);
	const now = await Promise.all(crowds.map(async (crowd) => {
		const [id] = await crowd.pendingSlashes();
		return { id, era: (await crowd.ask('staking_era')).era };
	}));
	let bytes;
	for (const [i, crowd] of crowds.entries()) ({ bytes } = await ask(crowd, lists[i][n], WARM_UP, now[i]));
	const more = (i) => times[i].length < FEWEST || (times[i].length < MOST && spent[i] < MILLIS);
	while (crowds.some((_, i) => more(i))) {
		for (const [i, crowd] of crowds.entries()) {
			if (!more(i)) continue;
			const begin = performance.now();
			times[i].push(...(await ask(crowd, lists[i][n], TURN, now[i])).took);
			spent[i] += performance.now() - begin;
		}
	}
	const { method, about, limit } = lists[0][n];
	return { method, about, limit, bytes, results: times.map(summary) };
}

/** Reads the lists behind the searches: first because they do not exist, and then because a later block is final. */
async function readLists(crowd) {
	const search = () => crowd.wire.send('operators_search', { most: 1 });
	const blocks = new Watch(crowd.node);
	const took = [];
	let begin = performance.now();
	let { at } = await search();
	took.push(performance.now() - begin);
	for (let n = 0; n < READINGS; n++) {
		// The node spends at most a fifth of the time on reading them.
		await sleep(5 * took[0] + 3 * SLOT_MILLIS);
		begin = performance.now();
		await search();
		const before = at;
		while (at === before) {
			if (performance.now() - begin > READING_MILLIS) throw new Error(`${crowd.name}: the lists stay as they were`);
			await sleep(POLL_MILLIS);
			({ at } = await search());
		}
		took.push(performance.now() - begin);
	}
	return { took, ...blocks.end(SLOT_MILLIS) };
}

/** Queries one position repeatedly, while other things happen. `stop` returns the times. */
function askOnAndOn(crowd) {
	const times = [];
	let going = true;
	const asking = (async () => {
		while (going) {
			const begin = performance.now();
			await crowd.wire.send('operators_position', { who: operator(2), operator: operator(2), kind: 'stake' });
			times.push(performance.now() - begin);
			await sleep(PAUSE_MILLIS);
		}
	})();
	return async () => {
		going = false;
		await asking;
		return summary(times);
	};
}

/** Follows the positions of many accounts over one connection. */
async function subscribe(crowd) {
	const wire = await crowd.connect();
	const [blocks, ended] = [new Map(), []];
	let told = 0;
	const accounts = Array.from({ length: SUBSCRIPTIONS }, (_, n) => delegator(n + 1));
	const begin = performance.now();
	const hear = (error, item) => {
		if (error) return void ended.push(error.message);
		told++;
		const { count, first } = blocks.get(item.number) ?? { count: 0, first: performance.now() };
		blocks.set(item.number, { count: count + 1, first, span: performance.now() - first });
	};
	const type = 'operators_positionsChanged';
	await Promise.all(accounts.map((who) => wire.subscribe(type, 'operators_subscribePositions', { who }, hear)));
	await waitFor('the first item of every subscription', 180, () => told + ended.length >= SUBSCRIPTIONS);
	const began = performance.now() - begin;
	blocks.clear();
	told = 0;
	const watch = new Watch(crowd.node);
	const stopAsking = askOnAndOn(crowd);
	await sleep(WATCHED_MILLIS);
	const usage = watch.end(SLOT_MILLIS);
	const meanwhile = await stopAsking();
	const held = memory(crowd.node.pid);
	await wire.disconnect();
	const busiest = [...blocks.values()].sort((a, b) => b.count - a.count)[0] ?? { count: 0, span: 0 };
	return { began, told, ended, busiest, meanwhile, held, ...usage };
}

async function watch(crowd) {
	const blocks = new Watch(crowd.node);
	await sleep(WATCHED_MILLIS);
	return blocks.end(SLOT_MILLIS);
}

const ms = (millis) => millis.toFixed(millis < 10 ? 2 : millis < 100 ? 1 : 0);
const seconds = (millis) => `${(millis / 1000).toFixed(1)} s`;
const megabytes = (amount) => `${amount.toFixed(0)} MB`;

function table(rows) {
	const widths = rows[0].map((_, column) => Math.max(...rows.map((row) => row[column].length)));
	// Text is aligned left, and numbers right.
	const cell = (text, column) => (column < 2 ? text.padEnd(widths[column]) : text.padStart(widths[column]));
	for (const row of rows) console.log(row.map(cell).join('  ').trimEnd());
}

function verdict({ limit, results }) {
	const { median, p99 } = results.at(-1);
	if (median >= limit) return `over ${limit} ms`;
	return p99 < limit ? `< ${limit} ms` : `< ${limit} ms, not p99`;
}

function printTimes(crowds, rows) {
	const heads = crowds.flatMap(({ name }) => [`${name}: median`, 'p99']);
	const lines = rows.map((row) => {
		const [small, large] = row.results;
		const times = row.results.flatMap(({ median, p99 }) => [ms(median), ms(p99)]);
		const slope = (large.median / small.median).toFixed(2);
		return [row.method, row.about, ...times, slope, String(large.count), String(row.bytes), verdict(row)];
	});
	table([['method', 'of', ...heads, 'ratio', 'calls', 'bytes', 'in the full state'], ...lines]);
	const met = rows.filter(({ limit, results }) => results.at(-1).median < limit).length;
	console.log(`\n${met} of ${rows.length} keep the limit in the full state, by their median.`);
}

function printBlocks(what, usages) {
	console.log(`\n${what}`);
	for (const { name, blocks, missed, seconds, longest, cpuPerBlock } of usages) {
		const slots = `${blocks} blocks in ${seconds.toFixed(0)} s, ${missed} slots missed`;
		console.log(`  ${name}: ${slots}, longest block ${longest} ms, processor ${ms(cpuPerBlock)} ms a block`);
	}
}

const named = (crowds, results) => results.map((result, i) => ({ name: crowds[i].name, ...result }));

async function bench(crowds, folder) {
	const template = await exportTemplate(folder);
	// One after the other, because the generator and the start of a node each take a processor.
	for (const [i, crowd] of crowds.entries()) {
		await crowd.start(GENERATOR, template, folder, i + 1);
		crowd.memory = { start: memory(crowd.node.pid).now };
		const { positions, operators, services } = crowd.size;
		console.log(`${crowd.name}: ${positions} positions, ${operators} operators, ${services} services; its node runs`);
	}
	await Promise.all(crowds.map((crowd) => crowd.eraPaid(2)));
	for (const crowd of crowds) crowd.memory.era2 = memory(crowd.node.pid).now;
	const idle = await Promise.all(crowds.map(watch));

	const lists = [];
	for (const crowd of crowds) {
		lists.push(await readLists(crowd));
		crowd.memory.lists = memory(crowd.node.pid).now;
	}
	await Promise.all(crowds.map((crowd) => crowd.liveOn()));
	await Promise.all(crowds.map((crowd) => crowd.pendingSlashes()));

	const asked = await Promise.all(crowds.map(questions));
	const watches = crowds.map(({ node }) => new Watch(node));
	const rows = [];
	for (const n of asked[0].keys()) rows.push(await measure(crowds, asked, n));
	const reading = watches.map((each) => each.end(SLOT_MILLIS));
	for (const crowd of crowds) crowd.memory.reads = memory(crowd.node.pid).now;

	const followed = [];
	for (const crowd of crowds) {
		followed.push(await subscribe(crowd));
		crowd.memory.followers = followed.at(-1).held.now;
		crowd.memory.most = memory(crowd.node.pid).most;
	}

	console.log(`\nMilliseconds over one connection, ${cpus().length} processors (${cpus()[0].model})\n`);
	printTimes(crowds, rows);
	console.log('\nThe lists behind the searches, read for the first time, and again for later blocks');
	for (const { name, took } of named(crowds, lists)) {
		const [first, ...later] = took.map(seconds);
		console.log(`  ${name}: ${first}, then ${later.join(', ')}`);
	}
	printBlocks('Blocks while nobody asks', named(crowds, idle));
	printBlocks('Blocks while the lists are read', named(crowds, lists));
	printBlocks('Blocks while all questions are asked', named(crowds, reading));
	printBlocks(`Blocks while one connection follows the positions of ${SUBSCRIPTIONS} accounts`, named(crowds, followed));
	for (const { name, began, told, busiest, meanwhile, ended } of named(crowds, followed)) {
		const most = `${busiest.count} items of one block within ${seconds(busiest.span)}`;
		console.log(`  ${name}: all began after ${seconds(began)}; ${told} items since, ${most}; ${ended.length} ended by errors`);
		console.log(`  ${name}: one position meanwhile, median ${ms(meanwhile.median)} ms, p99 ${ms(meanwhile.p99)} ms, longest ${ms(meanwhile.longest)} ms`);
	}
	console.log('\nMemory');
	for (const { name, memory: at } of crowds) {
		const stages = [
			...[`at the start ${megabytes(at.start)}`, `in era 2 ${megabytes(at.era2)}`],
			...[`with the lists ${megabytes(at.lists)}`, `after all questions ${megabytes(at.reads)}`],
			...[`with ${SUBSCRIPTIONS} subscriptions ${megabytes(at.followers)}`, `at most ${megabytes(at.most)}`],
		];
		console.log(`  ${name}: ${stages.join(', ')}`);
	}
	const errors = new Set(followed.flatMap(({ ended }) => ended));
	if (errors.size > 0) throw new Error(`subscriptions ended: ${[...errors].join('; ')}`);
}

if (!GENERATOR) {
	console.error("MAINSTAY_CROWD_BIN does not name the example 'crowd'; scripts/bench-rpc builds and names it");
	process.exit(1);
}
const folder = mkdtempSync(join(tmpdir(), 'mainstay-bench-rpc-'));
const crowds = [new Population('tenth', POSITIONS / 10), new Population('full', POSITIONS)];
try {
	await bench(crowds, folder);
} catch (error) {
	console.error(error);
	process.exitCode = 1;
}
await Promise.all(crowds.map((crowd) => crowd.stop()));
if (process.exitCode) console.error(`The nodes' logs are in ${folder}`);
else rmSync(folder, { recursive: true, force: true });
process.exit();
