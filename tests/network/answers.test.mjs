// Every method of the node, on a running network. Each answer is compared with a computation from the chain's
// storage, and with the runtime API's answer to a client that decodes it from metadata. Every subscription reports
// everything that happens, also to a client that was disconnected in between.
import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { after } from 'node:test';
import { UNIT, account, assetBalance, connect, palletAccount, submit } from './lib/chain.mjs';
import { expectedItems, memberChanges, placeOf, positionChanges, telling } from './lib/changes.mjs';
import { Chronicle } from './lib/chronicle.mjs';
import { CommandLine } from './lib/cli.mjs';
import { Client, MainstayError } from './lib/client.mjs';
import { ERA_SECONDS } from './lib/eras.mjs';
import { worth } from './lib/ledger.mjs';
import { ordered, plain, same, word } from './lib/plain.mjs';
import { Recount, sum, yearly } from './lib/recount.mjs';
import { Book, WAD, assetCurrency, assetName } from './lib/services.mjs';
import { shown } from './lib/shown.mjs';
import { storyteller } from './lib/story.mjs';
import { waitFor } from './lib/wait.mjs';

const DOCS = new URL('../../docs/json-rpc.md', import.meta.url);
const COPY = new URL('../../clients/artifacts/openrpc.json', import.meta.url);

/** The parameters of chain `local`. */
const PARAMETERS = {
	...{ slotMillis: 1_000, sessionSlots: 10, eraSessions: 3, exitDelay: 4, maxVetoWindow: 3, consensusDeferral: 1 },
	...{ allocationDelay: 1, commissionDelay: 1, deallocationDelay: 5, termsDelay: 5, maxLeverage: 3 },
	...{ leastValidators: 4, minDeposit: UNIT / 1_000n, history: 84, seatFraction: 0 },
};
const ERA_MILLIS = 30_000;
/** The lists for searches are read again when they are some blocks old, and reading takes a while. */
const MOST_BEHIND = 30;
const REGISTRATION = 100n * UNIT;
const NOWHERE = `0x${'5'.repeat(64)}`;

const [alice, bob, charlie, dave] = ['//Alice', '//Bob', '//Charlie', '//Dave'].map(account);
const payer = account('//Ferdie');
const cast = (name) => account(`//Answers/${name}`);
const [service, other, resolver, opal, dina, emil, nobody] = [
	...['Service', 'Other', 'Resolver', 'Opal', 'Dina', 'Emil', 'Nobody'].map(cast),
];

const ASSET = 7;
/** The minimum deposit of the asset, in its own units. */
const LEAST_GEM = 10n ** 9n;
const NATIVE = 'native';
const GEM = { asset: ASSET };
const SET = { avs: 0, index: 0 };
/** A set of another service, to which a part of Opal's native pool is allocated. */
const OTHER_SET = { avs: 1, index: 0 };
const CONDITIONS = [
	{ text: 'it gave no answer', maxFraction: WAD / 2n, vetoWindow: 2, resolver: { account: resolver.address } },
	{ text: 'it gave two answers', maxFraction: WAD, vetoWindow: 1, resolver: 'governance' },
	// A slash for this condition is executed in the next block.
	{ text: 'it is gone', maxFraction: WAD, vetoWindow: 0, resolver: null },
];
const GONE = 2;
const OPAL = { commission: 1_000, promise: { maxCommission: 1_200, notice: 2 }, leverage: 120 };
const BOB_BPS = 500;
const LEVERAGE = { [opal.address]: BigInt(OPAL.leverage), [bob.address]: 100n };
const MAGNITUDES = { native: WAD / 2n, gem: WAD / 2n, other: (WAD * 6n) / 10n, bob: (WAD * 9n) / 10n };
const FRACTIONS = [
	{ kind: NATIVE, fraction: WAD / 2n },
	{ kind: GEM, fraction: WAD / 3n },
];
const PAID = { stay: 1_000n * UNIT + 1n, gem: 30n * UNIT };
const STREAM = { rate: 10n * UNIT, funds: 100n * UNIT, notice: 1 };

/** The delegators' deposits. Restaked STAY was staked first, and then opted in. */
const STAKED = 6_000n * UNIT;
const OPTED = 4_000n * UNIT;
const BEHIND = {
	dinaGem: 3_000n * UNIT,
	dinaBob: 5_000n * UNIT,
	emilNative: 2_000n * UNIT,
	emilGem: 1_000n * UNIT,
	emilBob: 2_500n * UNIT,
};
const EXITS = { dina: 500n * UNIT, emil: 200n * UNIT };

let api, chronicle, client, cut;
/** The subscriptions of the client whose node is killed, by what they follow. */
const follows = {};
after(async () => {
	client?.destroy();
	cut?.destroy();
	await api?.disconnect();
});

const { network, story } = storyteller();

const ask = (method, params) => client.ask(method, params);
const send = (signer, ...calls) => submit(api, signer, calls.length === 1 ? calls[0] : api.tx.utility.batchAll(calls));
const recount = (hash) => Recount.of(api, hash);
const eraBegins = (era) =>
	chronicle.waitFor(`era ${era}`, 2 * ERA_SECONDS, api.events.staking.EraBegan, (data) => data.era.toNumber() >= era);
/** The accounts in the chain's order of members. */
const inOrder = (...accounts) => {
	const sorted = [...accounts].sort((a, b) => Buffer.compare(a.publicKey, b.publicKey));
	return sorted.map(({ address }) => address);
};

/** The runtime API behind each namespace of JSON-RPC methods. */
const APIS = {
	staking: 'stakingApi',
	operators: 'operatorsApi',
	restaking: 'restakingApi',
	avs: 'servicesApi',
	slashing: 'slashingApi',
	rewards: 'rewardsApi',
};
const RENAMED = { rewards_era: 'eraReward' };

/** The answer of the runtime API at a block, for a client that decodes it from metadata. */
async function called(hash, method, params) {
	const [namespace, name] = method.split('_');
	const at = await api.at(hash);
	return plain(await at.call[APIS[namespace]][RENAMED[method] ?? name](...Object.values(params)));
}

/**
 * Calls a method at a block, checks that the runtime API agrees, and returns the answer. `params` are all, in order.
 */
async function answer(hash, method, params) {
	const reply = await ask(method, { ...params, at: hash });
	assert.equal(reply.at, hash, method);
	same(reply.value, await called(hash, method, params), `${method} and its runtime API`);
	return reply.value;
}

/** Like `answer`, and compares the answer with `expected`. */
async function answers(hash, method, params, expected) {
	same(await answer(hash, method, params), expected, `${method}(${word(params)})`);
}

/** Checks that a list in pages of one entry equals the list in one page. Returns the entries, sorted by `order`. */
async function listed(hash, method, params, order, inside = (value) => value) {
	const whole = inside(await answer(hash, method, { ...params, after: null, most: 100 }));
	assert.equal(whole.next, null);
	const items = [];
	for (let next = null, pages = 0; pages === 0 || next !== null; pages++) {
		assert.ok(pages <= whole.items.length + 8, `${method} has no end`);
		const page = inside(await answer(hash, method, { ...params, after: next, most: 1 }));
		assert.ok(page.items.length <= 1);
		items.push(...page.items);
		({ next } = page);
	}
	same(items, whole.items, `${method} in pages`);
	return ordered(whole.items, order);
}

const refusedWith = (code) => (error) => {
	assert.ok(error instanceof MainstayError, error);
	assert.equal(error.code, code);
	return true;
};

story('a network, its document, and what the documentation says of it', async () => {
	await network.start();
	api = await connect(network.node('alice'));
	chronicle = new Chronicle(api);
	client = new Client(network.node('alice'));
	cut = new Client(network.node('dave'));

	const document = await network.node('alice').rpc('rpc.discover');
	assert.deepEqual(JSON.parse(readFileSync(COPY, 'utf8')), document);

	const text = readFileSync(DOCS, 'utf8');
	const [, methods] = text.split('## Methods');
	const inTables = [...methods.split('## Subscriptions')[0].matchAll(/^\| `(\w+_\w+)` \| (?:`(.*?)`)? *\|/gm)];
	const described = document.methods.map(({ name, params }) => {
		const own = params.filter((param) => param.name !== 'at');
		return [name, own.map((param) => param.name + (param.required ? '' : '?')).join(', ')];
	});
	assert.deepEqual(inTables.map(([, name, params = '']) => [name, params]).sort(), described.sort());

	const codes = [...text.matchAll(/^\| (20\d{3}) \| (\w+) \|/gm)].map(([, code, name]) => [name, Number(code)]);
	const errors = Object.entries(document.components.errors).map(([name, { code }]) => [name, code]);
	assert.deepEqual(
		codes,
		errors.sort(([, a], [, b]) => a - b),
	);

	const pushed = document.methods.filter((method) => method['x-subscription']);
	const names = pushed.map(({ name, 'x-subscription': { notification, unsubscribe } }) => [
		name,
		notification,
		unsubscribe,
	]);
	const told = [...text.matchAll(/^\| `(\w+_subscribe\w+)` \| `(\w+)` \| `(\w+)` \|$/gm)].map((row) => row.slice(1));
	assert.deepEqual(told.sort(), names.sort());

	// `seal.test.mjs` tests the methods for chains whose blocks are made on command.
	const owners = document.methods.filter((method) => method['x-owner']).map(({ name }) => name);
	assert.deepEqual(owners, ['dev_newBlocks', 'dev_nextEra', 'dev_setTime']);
	for (const name of owners) {
		await assert.rejects(network.node('alice').ownersRpc(name, 1), /NotOnCommand\. Validators make the blocks/);
	}
});

story('two services, two operators, and two delegators behind them', async () => {
	const { assets, avsRegistry, balances, operatorDelegation, restaking, sudo } = api.tx;
	const funds = [
		[service, 5_000n],
		[other, 500n],
		[resolver, 10n],
		[opal, 1_000n],
		[dina, 20_000n],
		[emil, 20_000n],
	];
	await send(payer, ...funds.map(([{ address }, stay]) => balances.transferKeepAlive(address, stay * UNIT)));

	const conditions = (set, which) =>
		which.map(({ text, maxFraction, vetoWindow, resolver: who }) =>
			avsRegistry.addCondition(set, text, maxFraction, vetoWindow, who),
		);
	await Promise.all([
		send(
			service,
			assets.create(ASSET, service.address, 1),
			...[
				[service, 1_000n],
				[dina, 5_000n],
				[emil, 5_000n],
			].map(([who, gems]) => assets.mint(ASSET, who.address, gems * UNIT)),
			avsRegistry.register('Oracle', 'https://oracle.example'),
			avsRegistry.createSet(
				SET.avs,
				[
					[NATIVE, 1],
					[GEM, 2],
				],
				'Open',
				1_000n * UNIT,
				service.address,
				'Treasury',
			),
			...conditions(SET, CONDITIONS),
		),
		send(
			opal,
			operatorDelegation.register(OPAL.commission),
			operatorDelegation.setMetadata('Opal', 'https://opal.example'),
			operatorDelegation.setPromise(OPAL.promise.maxCommission, OPAL.promise.notice),
			restaking.setLeverage(OPAL.leverage),
		),
		send(bob, operatorDelegation.setMetadata('Bob', ''), restaking.setLeverage(Number(LEVERAGE[bob.address]))),
	]);
	await Promise.all([
		send(alice, sudo.sudo(restaking.addAsset(ASSET, 10n ** 30n, service.address, true, LEAST_GEM))),
		send(
			other,
			avsRegistry.register('Bridge', 'https://bridge.example'),
			avsRegistry.createSet(OTHER_SET.avs, [[NATIVE, 3]], 'Open', 0, other.address, 'Burn'),
			...conditions(OTHER_SET, [CONDITIONS[GONE]]),
		),
	]);
	await Promise.all([
		send(
			dina,
			operatorDelegation.stake(opal.address, STAKED, STAKED),
			restaking.optIn(opal.address, { Value: OPTED }, OPTED),
			restaking.restake(opal.address, GEM, BEHIND.dinaGem, BEHIND.dinaGem),
			operatorDelegation.stake(bob.address, BEHIND.dinaBob, 0),
		),
		send(
			emil,
			restaking.restake(opal.address, NATIVE, BEHIND.emilNative, BEHIND.emilNative),
			restaking.restake(opal.address, GEM, BEHIND.emilGem, BEHIND.emilGem),
			restaking.restake(bob.address, GEM, BEHIND.emilBob, BEHIND.emilBob),
		),
	]);
});

story('subscriptions begin with all there is', async () => {
	// The deposits are final for Alice's node. Dave's node, which is asked, may be behind.
	await network.catchUp(network.node('dave'), network.node('alice'));
	const on = (name, method, params) => (follows[name] = cut.follow(method, params));
	on('slashes', 'slashing_subscribeSlashes', {});
	on('of Opal', 'slashing_subscribeSlashes', { operator: opal.address });
	on('of the other', 'slashing_subscribeSlashes', { avs: OTHER_SET.avs });
	on('on Dina', 'slashing_subscribeSlashes', { who: dina.address });
	on('on Emil', 'slashing_subscribeSlashes', { who: emil.address });
	on('on nobody', 'slashing_subscribeSlashes', { who: nobody.address });
	on('members', 'avs_subscribeMembers', { set: SET });
	on('Dina', 'operators_subscribePositions', { who: dina.address });
	await waitFor('the first item of each', 20, () => Object.values(follows).every(({ items }) => items.length > 0));

	const [all] = follows.members.items;
	same({ members: all.members, gone: all.gone, weight: all.weight }, { members: [], gone: [], weight: 0n });
	const [first] = follows.Dina.items;
	const at = await recount(first.at);
	assert.equal(first.number, (await api.rpc.chain.getHeader(first.at)).number.toNumber());
	const places = [
		[opal, 'stake'],
		[opal, NATIVE],
		[opal, GEM],
		[bob, 'stake'],
	];
	const positions = await Promise.all(
		places.map(([operator, kind]) => at.position(dina.address, operator.address, kind, [])),
	);
	same(ordered(first.positions, placeOf), ordered(positions, placeOf));
	same(
		{ gone: first.gone, exits: first.exits, credit: first.credit, era: first.era },
		{ gone: [], exits: [], credit: [], era: at.era },
	);
	// The first item comes even if there is nothing to report.
	for (const name of ['slashes', 'on nobody']) assert.deepEqual(follows[name].items[0].changes, []);

	const best = await api.rpc.chain.getBlockHash();
	for (const [from, code] of [
		[NOWHERE, 20_001],
		[best.toHex(), 20_004],
	]) {
		const refused = client.follow('slashing_subscribeSlashes', { from });
		await refused.ended;
		refusedWith(code)(refused.failed);
	}
});

story('the operators allocate and join', async () => {
	const { avsRegistry, restaking } = api.tx;
	const joining = await Promise.all([
		send(
			opal,
			restaking.allocate(NATIVE, SET, MAGNITUDES.native),
			restaking.allocate(GEM, SET, MAGNITUDES.gem),
			restaking.allocate(NATIVE, OTHER_SET, MAGNITUDES.other),
			avsRegistry.join(SET),
			avsRegistry.join(OTHER_SET),
		),
		send(bob, restaking.allocate(GEM, SET, MAGNITUDES.bob), avsRegistry.join(SET)),
	]);
	const eras = await Promise.all(joining.map(async ({ block }) => Number((await recount(block)).era)));
	await eraBegins(Math.max(...eras) + 1);
});

const book = new Book();
const currencies = { stay: 'Native', gem: assetName(ASSET) };

/** Books the payment of this block to the set. */
async function paid(currency, amount, { block }) {
	const at = await recount(block);
	const pools = [];
	for (const operator of [opal.address, bob.address]) {
		for (const { kind, slashable } of (await at.member(SET, operator)).kinds) {
			const { shares } = await at.pool(operator, kind);
			const bps = BigInt(operator === opal.address ? OPAL.commission : BOB_BPS);
			const weight = slashable * (kind === NATIVE ? 1n : 2n);
			pools.push({ operator, kind: nameOf(kind), weight, shares, bps });
		}
	}
	return book.paySet(currency, amount, pools);
}

const nameOf = (kind) => (kind === NATIVE ? 'Native' : assetName(ASSET));

/** The credit of an account in the book, in the form that the methods show. */
function creditOf({ address }) {
	const entries = book.credit.entries(address).filter(([, amount]) => amount > 0n);
	const rows = entries.map(([[currency], amount]) => ({ currency: currency === 'Native' ? NATIVE : GEM, amount }));
	return rows.sort((a, b) => Number(b.currency === NATIVE) - Number(a.currency === NATIVE));
}

/** Settles a position in the book, and returns its earnings. */
function settle(who, operator, kind, shares) {
	const before = new Map(book.credit.entries(who.address).map(([[currency], amount]) => [currency, amount]));
	book.settle(who.address, operator.address, nameOf(kind), shares);
	const grown = book.credit
		.entries(who.address)
		.map(([[currency], amount]) => [currency, amount - (before.get(currency) ?? 0n)]);
	const earned = grown.filter(([, amount]) => amount > 0n);
	return earned.map(([currency, amount]) => ({ currency: currency === 'Native' ? NATIVE : GEM, amount }));
}

/** The slashes that a transaction reported. */
const reportedIn = ({ events }) =>
	events.filter((event) => api.events.slashing.SlashReported.is(event)).map(({ data }) => data.id.toNumber());

/** The hash of the block at which all methods are asked, with two slashes pending. */
let still;
/** The predicted impact of the slash that will be executed, from before its report. */
let dryRun, supposed;
/** The credit at that block, and the unsettled earnings of each position. */
const credited = new Map();
const earned = new Map();
const slashes = { vetoed: 0, executed: 1 };

story('the service pays, delegators leave, and two slashes are reported, after a dry run of one', async () => {
	const { operatorDelegation, rewards, slashing } = api.tx;
	const settled = await send(service, rewards.paySet(SET, 'Native', PAID.stay));
	await paid(currencies.stay, PAID.stay, settled);
	// An exit settles the position's earnings.
	const before = await recount(settled.block);
	for (const [who, kind] of [
		[dina, NATIVE],
		[emil, GEM],
	]) {
		settle(who, opal, kind, await before.shares(who.address, opal.address, kind));
	}
	const exit = (kind, amount) => operatorDelegation.exit(opal.address, kind, { Value: amount });
	await Promise.all([send(dina, exit(NATIVE, EXITS.dina)), send(emil, exit(GEM, EXITS.emil))]);
	const head = (await api.rpc.chain.getFinalizedHead()).toHex();
	const { era } = await recount(head);
	supposed = {
		attested: { set: SET, operator: opal.address, condition: 1, fractions: FRACTIONS, capture: Number(era) },
	};
	dryRun = await answer(head, 'slashing_dryRun', { slash: supposed, who: dina.address });

	const fractions = FRACTIONS.map(({ kind, fraction }) => [kind, fraction]);
	const { block, events } = await send(
		service,
		rewards.paySet(SET, assetCurrency(ASSET), PAID.gem),
		rewards.openStream(SET, 'Native', STREAM.rate, STREAM.funds, STREAM.notice),
		slashing.report(SET, opal.address, 0, [[NATIVE, WAD / 4n]], era),
		slashing.report(SET, opal.address, 1, fractions, era),
	);
	await paid(currencies.gem, PAID.gem, { block });
	// The chain has time left in this block, and pays the stream for the running era.
	await paid(currencies.stay, STREAM.rate, { block });
	assert.deepEqual(reportedIn({ events }), [slashes.vetoed, slashes.executed]);
	still = block;

	for (const who of [opal, dina, emil]) credited.set(who, creditOf(who));
	const at = await recount(still);
	for (const [who, operator, kind] of [
		[dina, opal, NATIVE],
		[dina, opal, GEM],
		[emil, opal, NATIVE],
		[emil, opal, GEM],
		[emil, bob, GEM],
	]) {
		const found = settle(who, operator, kind, await at.shares(who.address, operator.address, kind));
		earned.set(JSON.stringify([who.address, operator.address, kind]), found);
	}
});

/** The parameters of each reading method at that block. They are used again for a block that the node does not know. */
const read = new Map();

const atStill = async (method, params, expected) => {
	read.set(method, params);
	await answers(still, method, params, expected);
};

story('staking_*', async () => {
	const at = await recount(still);
	const { index: era, start } = await at.read('staking', 'activeEra');
	const stakes = await at.read('staking', 'eraStakes', era);
	const reward = await at.read('rewards', 'eraRewards', era - 1n);
	await atStill(
		'staking_era',
		{},
		{
			...{ era, start, millis: ERA_MILLIS, session: await at.read('session', 'currentIndex'), sessions: 3 },
			...{ validators: 4, stake: sum(stakes), candidates: 4, validatorCount: 10, minSelfStake: 1_000n * UNIT },
			issuance: await at.read('balances', 'totalIssuance'),
			last: { era: era - 1n, ...reward },
		},
	);
	await atStill('staking_parameters', {}, PARAMETERS);

	for (const of of [era - 1n, era]) {
		const operators = await at.read('staking', 'eraValidators', of);
		assert.deepEqual([...operators].sort(), [alice, bob, charlie, dave].map(({ address }) => address).sort());
		const elected = await at.read('staking', 'eraStakes', of);
		const rows = operators.map(async (operator, place) => ({
			...{ operator, stake: elected[place], points: await at.read('staking', 'eraPoints', of, operator) },
			reward: of === era ? null : await at.reward(of, operator),
		}));
		await atStill('staking_validators', { era: Number(of) }, await Promise.all(rows));
	}
	await answers(still, 'staking_validators', { era: Number(era) + 9 }, []);
	await atStill('staking_validator', { operator: bob.address }, await at.validator(bob.address));
	const idle = { candidate: false, active: false, hasKeys: false, disabled: false, selfStake: 0n, points: 0, silent: 0, barred: null };
	const { next } = await at.validator(bob.address);
	await answers(
		still,
		'staking_validator',
		{ operator: opal.address },
		{
			...{ ...idle, next: next === null ? null : false },
			stake: await at.native(opal.address),
		},
	);
	await answers(still, 'staking_validator', { operator: dina.address }, null);

	const returned = await at.validatorReturn(bob.address, BigInt(BOB_BPS));
	assert.ok(returned.whole.millionths > returned.delegators.millionths && returned.delegators.millionths > 0n);
	await atStill('staking_validatorReturn', { operator: bob.address, eras: 28 }, returned);
});

const earnedOf = (who, operator, kind) => earned.get(JSON.stringify([who.address, operator.address, kind])) ?? [];

/** A position at a block, with what it earned until `still`. */
const positionAt = (at, who, operator, kind) =>
	at.position(who.address, operator.address, kind, earnedOf(who, operator, kind));

story('operators_*', async () => {
	const at = await recount(still);
	const bound = (value) => ({ now: value, next: null });
	const from = at.era;
	const kinds = await at.pools(opal.address);
	same(kinds, ['stake', NATIVE, GEM]);
	await atStill(
		'operators_operator',
		{ operator: opal.address },
		{
			...{ operator: opal.address, name: 'Opal', link: 'https://opal.example', commission: bound(OPAL.commission) },
			...{ promise: bound(OPAL.promise), open: true, retired: false, leverage: bound(OPAL.leverage) },
			validator: await at.validator(opal.address),
			pools: await Promise.all(kinds.map((kind) => at.poolDetails(opal.address, kind))),
			sets: [
				{ set: SET, from: await joined(at, SET) },
				{ set: OTHER_SET, from: await joined(at, OTHER_SET) },
			],
			...{ pending: [slashes.vetoed, slashes.executed], executed: 0, spared: 0 },
		},
	);
	assert.ok((await joined(at, SET)) <= from);
	await answers(still, 'operators_operator', { operator: dina.address }, null);

	const places = {
		dina: [
			[opal, 'stake'],
			[opal, NATIVE],
			[opal, GEM],
			[bob, 'stake'],
		],
		emil: [
			[opal, NATIVE],
			[opal, GEM],
			[bob, GEM],
		],
	};
	for (const [who, own] of [
		[dina, places.dina],
		[emil, places.emil],
	]) {
		const positions = await Promise.all(own.map(([operator, kind]) => positionAt(at, who, operator, kind)));
		for (const position of positions) {
			const { operator, kind } = position;
			await atStill('operators_position', { who: who.address, operator, kind }, position);
		}
		const found = await listed(still, 'operators_positions', { who: who.address }, placeOf);
		same(found, ordered(positions, placeOf));

		const exits = positions.flatMap(({ operator, kind, exits: left }) =>
			left.map((exit) => ({ operator, kind, exit })),
		);
		assert.equal(exits.length, 1);
		same(await listed(still, 'operators_exits', { who: who.address }, placeOf), exits);
	}
	await answers(still, 'operators_position', { who: nobody.address, operator: opal.address, kind: NATIVE }, null);
	read.set('operators_positions', { who: dina.address });
	read.set('operators_exits', { who: dina.address });

	// The pending slashes: one takes a quarter of half of the native pool, and the other a half of that half.
	const { shares, exits, pending } = (
		await ask('operators_position', { who: dina.address, operator: opal.address, kind: NATIVE, at: still })
	).value;
	assert.equal(shares, OPTED - EXITS.dina);
	assert.deepEqual(
		pending.map(({ id, value }) => [id, value]),
		[
			[slashes.vetoed, shares / 8n],
			[slashes.executed, shares / 4n],
		],
	);
	assert.deepEqual(
		pending.map((loss) => loss.exits),
		[EXITS.dina / 8n, EXITS.dina / 4n],
	);
	assert.deepEqual([exits.length, exits[0].value, exits[0].held, exits[0].claimable], [1, EXITS.dina, true, false]);

	const backers = [dina, emil].map(async (who) => {
		const [own, value] = [
			await at.shares(who.address, opal.address, GEM),
			await at.value(who.address, opal.address, GEM),
		];
		return { who: who.address, shares: own, value };
	});
	const byAccount = ({ who }) => who;
	const found = await listed(still, 'operators_backers', { operator: opal.address, kind: GEM }, byAccount);
	same(found, ordered(await Promise.all(backers), byAccount));
	read.set('operators_backers', { operator: opal.address, kind: GEM });
});

/** The first era in which Opal answers to a set. */
async function joined(at, set) {
	const { spans } = await at.read('avsRegistry', 'memberships', set, opal.address);
	return spans.at(-1).from;
}

story('restaking_*', async () => {
	const at = await recount(still);
	const { era } = at;
	const held = BEHIND.dinaGem + BEHIND.emilGem + BEHIND.emilBob;
	// The account also holds the unit that keeps it alive.
	assert.equal(await assetBalance(at.at, ASSET, palletAccount(api, 'operatorDelegation')), held + 1n);
	// Whoever made it can still mint, freeze and seize it.
	const asset = { id: ASSET, cap: 10n ** 30n, held, minDeposit: LEAST_GEM, deposits: true, issuers: [service.address] };
	await atStill('restaking_assets', {}, [asset]);

	const members = inOrder(opal, bob);
	for (const capture of [null, Number(era)]) {
		await atStill('restaking_setStake', { set: SET, capture }, await at.setStake(SET, era, members));
	}
	const byOperator = ({ operator }) => operator;
	const stakes = await listed(still, 'restaking_memberStakes', { set: SET, capture: null }, byOperator);
	same(stakes, ordered(await at.memberStakes(SET, era, members), byOperator));
	read.set('restaking_memberStakes', { set: SET });
	// Half of the pool, and half of the exits of this era.
	const [{ slashable }] = stakes.find(({ operator }) => operator === opal.address).kinds;
	assert.equal(slashable, (OPTED + BEHIND.emilNative - EXITS.dina) / 2n + EXITS.dina / 2n);
	// Nobody answered before the operators joined, and nobody answers for future eras.
	const first = await joined(at, SET);
	await answers(
		still,
		'restaking_setStake',
		{ set: SET, capture: Number(first) - 1 },
		{
			...{ capture: first - 1n, members: 0, weight: 0n, complete: true },
			kinds: [
				{ kind: NATIVE, multiplier: 1, slashable: 0n },
				{ kind: GEM, multiplier: 2, slashable: 0n },
			],
		},
	);
	await answers(still, 'restaking_setStake', { set: SET, capture: Number(era) + 1 }, null);

	// One slash falls due in the next era, and the other in the era after it.
	for (let until = era; until <= era + 3n; until++) {
		const expected = await at.leastStake(SET, until, [opal.address, bob.address], LEVERAGE);
		await atStill('restaking_leastStake', { set: SET, until: Number(until) }, expected);
	}
	await answers(still, 'restaking_leastStake', { set: { avs: 9, index: 0 }, until: Number(era) }, null);

	const amount = 1_000n * UNIT + 3n;
	const pool = await at.pool(opal.address, NATIVE);
	const shares = (amount * pool.shares) / pool.amount;
	const entered = { ...pool, shares: pool.shares + shares, amount: pool.amount + amount };
	const value = worth(entered, shares);
	const loss = ({ id, due, parts: [{ magnitude, fraction }] }) => {
		const taken = (entered.amount * (magnitude * fraction)) / (WAD * WAD);
		return { id, due, value: value - worth({ ...entered, amount: entered.amount - taken }, shares) };
	};
	const entry = {
		...{ refused: null, shares, value, commission: OPAL.commission, commissionWithinExit: OPAL.promise.maxCommission },
		pending: (await at.pending(opal.address)).map(loss),
		consensus: true,
		services: [
			{
				set: SET,
				name: 'Oracle',
				magnitude: MAGNITUDES.native,
				maxFraction: WAD,
				leastWindow: 0,
				redistributes: false,
			},
			{
				set: OTHER_SET,
				name: 'Bridge',
				magnitude: MAGNITUDES.other,
				maxFraction: WAD,
				leastWindow: 0,
				redistributes: false,
			},
		],
		// The services could take more than there is, so the worst case is everything.
		...{ worst: WAD, exitDelay: PARAMETERS.exitDelay },
	};
	await atStill('restaking_entering', { who: payer.address, operator: opal.address, kind: NATIVE, amount }, entry);
	const poor = await answer(still, 'restaking_entering', {
		who: nobody.address,
		operator: opal.address,
		kind: NATIVE,
		amount,
	});
	same({ ...poor, refused: null }, entry);
	await assert.rejects(
		async () => api.tx.restaking.restake(opal.address, NATIVE, amount, 0n).signAndSend(nobody),
		/Inability to pay/,
	);
	assert.equal(poor.refused, 'Funds are unavailable');
	const small = await answer(still, 'restaking_entering', {
		who: payer.address,
		operator: opal.address,
		kind: NATIVE,
		amount: 1n,
	});
	same([small.refused, small.shares, small.pending], ['OperatorDelegation.AmountTooSmall', 0n, []]);
	await answers(
		still,
		'restaking_entering',
		{ who: payer.address, operator: dina.address, kind: NATIVE, amount },
		null,
	);
});

story('avs_*', async () => {
	const at = await recount(still);
	const bound = (value) => ({ now: value, next: null });
	const { since } = await at.read('avsRegistry', 'conditions', SET, 0);
	await atStill(
		'avs_service',
		{ avs: SET.avs },
		{
			...{ avs: SET.avs, name: 'Oracle', link: 'https://oracle.example', owner: service.address, nextOwner: null },
			...{ deposit: REGISTRATION, sets: [{ set: SET, members: 2, conditions: CONDITIONS.length, until: null }] },
		},
	);
	await answers(still, 'avs_service', { avs: 9 }, null);
	const weight = await at.weight(SET);
	await atStill(
		'avs_set',
		{ set: SET },
		{
			...{ set: SET, name: 'Oracle', owner: service.address, admission: 'open', minStake: 1_000n * UNIT },
			kinds: bound([
				{ kind: NATIVE, multiplier: 1 },
				{ kind: GEM, multiplier: 2 },
			]),
			...{ slasher: bound(service.address), destination: 'treasury', members: 2, weight, streams: [0], until: null },
			conditions: CONDITIONS.map(({ text, ...terms }, id) => ({ id, text, since, terms: bound(terms) })),
		},
	);
	await answers(still, 'avs_set', { set: { avs: 0, index: 1 } }, null);

	// Half of Opal's pools and nine tenths of Bob's are allocated. Each unit of GEM counts twice.
	const native = (OPTED + BEHIND.emilNative - EXITS.dina) / 2n;
	const gems = (BEHIND.dinaGem + BEHIND.emilGem - EXITS.emil) / 2n + (BEHIND.emilBob * 9n) / 10n;
	assert.equal(weight, native + 2n * gems);
	const members = await Promise.all(inOrder(opal, bob).map((operator) => at.member(SET, operator)));
	const page = async (after, most) => answer(still, 'avs_members', { set: SET, after, most });
	same(await page(null, 100), { items: members, next: null });
	same(await page(null, 1), { items: members.slice(0, 1), next: members[0].operator });
	same(await page(members[0].operator, 1), { items: members.slice(1), next: null });
	read.set('avs_members', { set: SET });
	for (const member of members) await atStill('avs_member', { set: SET, operator: member.operator }, member);
	await answers(still, 'avs_member', { set: SET, operator: dina.address }, null);
});

const resolverOf = (condition) => CONDITIONS[condition].resolver;

/** A slash in the form that the methods show. `parts` are kind, fraction, magnitude. */
const slashOf = (id, { condition, capture, reported, due, parts, state = 'pending', operator = opal, set = SET }) => ({
	...{ id, operator: operator.address, capture, reported, due, appeal: null, state },
	cause: { attested: { set, condition, resolver: resolverOf(condition), parts } },
});

/** The slashes that are pending at that block, with all fields. */
let pendings;

story('slashing_*', async () => {
	const at = await recount(still);
	const { era } = at;
	const capture = supposed.attested.capture;
	const quarter = [{ kind: NATIVE, fraction: WAD / 4n, magnitude: MAGNITUDES.native }];
	const parts = FRACTIONS.map((part) => ({
		...part,
		magnitude: part.kind === NATIVE ? MAGNITUDES.native : MAGNITUDES.gem,
	}));
	pendings = [
		slashOf(slashes.vetoed, { condition: 0, capture, reported: era, due: era + 2n, parts: quarter }),
		slashOf(slashes.executed, { condition: 1, capture, reported: era, due: era + 1n, parts }),
	];
	for (const [id, slash] of pendings.entries()) await atStill('slashing_slash', { id }, slash);
	await answers(still, 'slashing_slash', { id: 2 }, null);
	const byId = ({ id }) => id;
	for (const [filter, found] of [
		[{}, pendings],
		[{ operator: opal.address }, pendings],
		[{ avs: 0 }, pendings],
		[{ avs: 1 }, []],
		[{ operator: bob.address }, []],
	]) {
		const all = { operator: null, avs: null, ...filter };
		same(await listed(still, 'slashing_pending', { filter: all }, byId), found);
		await answers(still, 'slashing_past', { filter: all, after: null, most: 20 }, { items: [], next: null });
	}
	read.set('slashing_pending', {});
	read.set('slashing_past', {});

	// The dry run before the report predicted what the methods now say about the slash. The report was in the era of
	// the offence.
	const impact = (who) => at.impact({ operator: opal.address, capture: BigInt(capture), parts, due: era + 1n }, who);
	await atStill('slashing_consequences', { id: slashes.executed, who: dina.address }, await impact(dina.address));
	same(dryRun, await impact(dina.address));
	await answers(
		still,
		'slashing_consequences',
		{ id: slashes.executed, who: emil.address },
		await impact(emil.address),
	);
	await answers(still, 'slashing_consequences', { id: slashes.executed, who: null }, await impact(null));
	await answers(still, 'slashing_consequences', { id: 2, who: null }, null);
	await atStill('slashing_dryRun', { slash: supposed, who: dina.address }, await impact(dina.address));

	const refused = (why) => ({ refused: `Slashing.${why}`, due: null, pools: [], positions: [] });
	const but = (changes) => ({ slash: { attested: { ...supposed.attested, ...changes } }, who: null });
	await answers(
		still,
		'slashing_dryRun',
		but({ condition: 0, fractions: [{ kind: NATIVE, fraction: WAD }] }),
		refused('FractionTooHigh'),
	);
	await answers(still, 'slashing_dryRun', but({ operator: dina.address }), refused('NotSlashable'));
	await answers(still, 'slashing_dryRun', but({ capture: capture + 9 }), refused('CaptureInFuture'));

	const consensus = {
		slash: { consensus: { operator: bob.address, fraction: WAD / 10n, capture } },
		who: dina.address,
	};
	const pools = await at.pools(bob.address);
	const share = async (kind) => ({ kind, fraction: WAD / 10n, magnitude: (await at.pool(bob.address, kind)).left });
	const kinds = [NATIVE, 'stake'].filter((kind) => pools.includes(kind));
	const offence = {
		operator: bob.address,
		capture: BigInt(capture),
		parts: await Promise.all(kinds.map(share)),
		due: era + 1n,
	};
	await answers(still, 'slashing_dryRun', consensus, await at.impact(offence, dina.address));
});

story('rewards_*', async () => {
	const at = await recount(still);
	const { era } = at;
	const positions = {
		[dina.address]: [
			[opal, NATIVE],
			[opal, GEM],
		],
		[emil.address]: [
			[opal, NATIVE],
			[opal, GEM],
			[bob, GEM],
		],
		[opal.address]: [],
	};
	for (const who of [dina, emil, opal]) {
		const own = positions[who.address].map(([operator, kind]) => ({
			operator: operator.address,
			kind,
			earned: earnedOf(who, operator, kind),
		}));
		assert.ok(own.every(({ earned: found }) => found.length > 0));
		const page = ({ positions: inside }) => inside;
		same(await listed(still, 'rewards_due', { who: who.address }, placeOf, page), ordered(own, placeOf));
		const { to, credit } = await answer(still, 'rewards_due', { who: who.address, after: null, most: 100 });
		same({ to, credit }, { to: who.address, credit: credited.get(who) });
	}
	// Opal was credited its commission, a tenth of its part of both payments.
	assert.equal(credited.get(opal).length, 2);
	read.set('rewards_due', { who: dina.address });

	await atStill(
		'rewards_era',
		{ era: Number(era) - 1 },
		{ era: era - 1n, ...(await at.read('rewards', 'eraRewards', era - 1n)) },
	);
	await answers(still, 'rewards_era', { era: Number(era) }, null);
	await atStill('rewards_streams', { set: SET }, [
		{
			...{
				id: 0,
				set: SET,
				payer: service.address,
				currency: NATIVE,
				rate: STREAM.rate,
				// The stream paid for the era at the end of the block in which it was opened.
				funds: STREAM.funds - STREAM.rate,
				owed: 0n,
			},
			...{ ends: era + STREAM.funds / STREAM.rate, notice: STREAM.notice, stopped: false },
		},
	]);
	await answers(still, 'rewards_streams', { set: OTHER_SET }, []);
	await answers(still, 'rewards_streams', { set: { avs: 9, index: 0 } }, null);

	// Nothing was paid in an earlier era.
	const stakes = await at.stakes(SET);
	const kinds = stakes.map(({ kind, stake }) => ({ kind, whole: yearly(0n, stake * era, era) }));
	await atStill(
		'rewards_setReturn',
		{ set: SET, eras: 28 },
		{
			...{ from: 0, until: era - 1n },
			paid: [{ currency: NATIVE, amount: 0n, streams: STREAM.rate, kinds }],
		},
	);
});

story('no method answers of a block that the node does not know', async () => {
	for (const [method, params] of read)
		await assert.rejects(ask(method, { ...params, at: NOWHERE }), refusedWith(20_001), method);
	// Without a block, the method answers for the best one.
	for (const [method, params] of read) {
		const best = await network.node('alice').bestNumber();
		const { at } = await ask(method, params);
		const number = (await api.rpc.chain.getHeader(at)).number.toNumber();
		assert.ok(number >= best && number <= best + 3, `${method}: block ${number}, the best was ${best}`);
	}
});

story('the command line shows every answer, to programs as it is and to people within 80 columns', async () => {
	const cli = new CommandLine(network.node('alice').url);
	for (const [method, params] of read) {
		const args = shown(method, params);
		if (!args) continue;
		const asked = { ...params, at: still, ...('most' in params ? { after: null, most: 100 } : {}) };
		const { value } = await ask(method, asked);
		const { code, stdout, stderr } = await cli.run([...args, '--at', still, '--json']);
		assert.equal(code, value === null ? 7 : 0, `${args.join(' ')}\n${stderr}`);
		if (value === null) continue;
		const reply = JSON.parse(stdout);
		assert.equal(reply.at, still);
		assert.deepEqual(reply.value, JSON.parse(JSON.stringify(value, (_, part) => (typeof part === 'bigint' ? String(part) : part))), method);
		const told = await cli.run([...args, '--at', still]);
		assert.equal(told.code, 0, told.stderr);
		for (const line of told.stdout.split('\n')) assert.ok(line.length <= 80, `${args.join(' ')}: ${line}`);
	}
	cli.remove();
});

/** Repeats a search until the lists are of block `number` or a later one. */
const searched = (method, params, number) =>
	waitFor(`${method} at block ${number}`, 20, async () => {
		const { at, value } = await ask(method, params);
		const { number: block, behind, ...ranking } = value;
		const right = (await api.rpc.chain.getHeader(at)).number.toNumber() === block && behind >= 0 && behind <= MOST_BEHIND;
		// A wrong answer does not become right by asking again.
		if (!right) throw Object.assign(new Error(`${method}: block ${block}, ${behind} behind, at ${at}`), { fatal: true });
		return block >= number && { at, value: ranking };
	});

story('operators_search and avs_search rank what is there', async () => {
	const number = (await api.rpc.chain.getHeader(still)).number.toNumber();
	const everyone = [alice, bob, charlie, dave, opal].map(({ address }) => address);
	const found = async (params, rank) => {
		const { at: hash, value } = await searched('operators_search', params, number);
		const at = await recount(hash);
		const active = await at.read('staking', 'eraValidators', at.era);
		const rows = everyone.map(async (operator) => {
			const pools = (await at.pools(operator)).map(async (kind) => ({
				kind,
				amount: (await at.pool(operator, kind)).amount,
			}));
			return {
				...{ operator, name: { [opal.address]: 'Opal', [bob.address]: 'Bob' }[operator] ?? '' },
				...{ commission: operator === opal.address ? OPAL.commission : BOB_BPS, open: true, retired: false },
				...{
					candidate: active.includes(operator),
					active: active.includes(operator),
					stake: await at.native(operator),
				},
				...{ pools: await Promise.all(pools), sets: { [opal.address]: 2, [bob.address]: 1 }[operator] ?? 0 },
			};
		});
		const ranked = rank(await Promise.all(rows));
		const [skip, most] = [params.skip ?? 0, params.most ?? 20];
		const next = skip + most < ranked.length ? skip + most : null;
		same(value, { total: ranked.length, next, items: ranked.slice(skip, skip + most) }, JSON.stringify(params));
	};
	// Entries with equal values come in the order of storage, which clients do not know. Only the values are compared.
	const by =
		(...amounts) =>
		(rows) =>
			rows.sort((a, b) => Number(amounts.map((amount) => amount(b) - amount(a)).find((d) => d !== 0n) ?? 0n));
	const stake = ({ stake: amount }) => amount;
	const inKind =
		(kind) =>
		({ pools }) =>
			pools.find((pool) => word(pool.kind) === word(kind))?.amount ?? 0n;
	const only = (condition, rank) => (rows) => rank(rows.filter(condition));
	const gems = inKind(GEM);
	await found(
		{ kind: GEM },
		only((row) => gems(row) > 0n, by(gems)),
	);
	await found(
		{ text: 'opAL' },
		only(({ name }) => name === 'Opal', by(stake)),
	);
	await found(
		{ text: bob.address.slice(4, 30).toUpperCase() },
		only(({ name }) => name === 'Bob', by(stake)),
	);
	await found(
		{ candidate: false },
		only(({ name }) => name === 'Opal', by(stake)),
	);
	await found(
		{ by: 'name', text: 'o', kind: GEM },
		only(
			({ name }) => name !== '' && gems,
			(rows) => rows.filter((row) => gems(row) > 0n).sort((a, b) => (a.name < b.name ? -1 : 1)),
		),
	);
	await found(
		{ by: 'sets', kind: GEM, most: 1 },
		only(
			(row) => gems(row) > 0n,
			by(({ sets }) => BigInt(sets)),
		),
	);
	await found(
		{ by: 'sets', kind: GEM, most: 1, skip: 1 },
		only(
			(row) => gems(row) > 0n,
			by(({ sets }) => BigInt(sets)),
		),
	);
	await found(
		{ by: 'commission', kind: GEM },
		only(
			(row) => gems(row) > 0n,
			by(({ commission }) => -BigInt(commission)),
		),
	);
	await found(
		{ open: false },
		only(() => false, by(stake)),
	);
	await found(
		{ maxCommission: BOB_BPS, kind: GEM },
		only(({ name }) => name === 'Bob', by(stake)),
	);
	const all = (await searched('operators_search', { active: true }, number)).value.items;
	assert.deepEqual(all.map(({ operator }) => operator).sort(), everyone.slice(0, 4).sort());
	const ranks = all.map(stake);
	assert.deepEqual(
		ranks,
		[...ranks].sort((a, b) => Number(b - a)),
	);

	const services = async (params, which) => {
		const { at: hash, value } = await searched('avs_search', params, number);
		const at = await recount(hash);
		const both = [
			{ avs: 0, name: 'Oracle', owner: service.address, sets: 1, members: 2, weight: await at.weight(SET) },
			{ avs: 1, name: 'Bridge', owner: other.address, sets: 1, members: 1, weight: await at.weight(OTHER_SET) },
		];
		same(
			value,
			{ total: which.total ?? which.length, next: which.next ?? null, items: which.map((avs) => both[avs]) },
			JSON.stringify(params),
		);
	};
	await services({}, [0, 1]);
	await services({ by: 'id' }, [0, 1]);
	await services({ by: 'name' }, [1, 0]);
	await services({ by: 'members' }, [0, 1]);
	await services({ text: 'BRID' }, [1]);
	await services({ text: service.address }, [0]);
	await services({ text: 'nothing' }, []);
	await services({ by: 'name', most: 1 }, Object.assign([1], { total: 2, next: 1 }));
	await services({ by: 'name', skip: 1 }, Object.assign([0], { total: 2 }));
});

/** The predicted losses by kind, of the pool and of exits. */
const said = (impact) =>
	impact.pools.map(({ kind, taken, exits }) => [kind, taken + sum(exits.map((exit) => exit.taken))]);
const moneyOf = (taken) => taken.map(([kind, amount]) => ({ currency: kind, amount }));
/** Matches the event of this slash's execution. */
const executed = (id) => (data) => data.id.toNumber() === id;

story(
	'a node is killed under its client; meanwhile one slash is vetoed, and the other takes what the dry run said',
	async () => {
		await network.node('dave').kill();
		const vetoed = await send(resolver, api.tx.slashing.veto(slashes.vetoed, 'it had answered'));
		const veto = await recount(vetoed.block);
		const isIt = executed(slashes.executed);
		const { block } = await chronicle.waitFor('the slash', 2 * ERA_SECONDS, api.events.slashing.SlashExecuted, isIt);
		const [before, now] = [await recount(block.parent), await recount(block.hash)];
		assert.equal(now.era, BigInt(supposed.attested.capture) + 1n);

		const taken = said(dryRun);
		for (const { kind, taken: fromPool, exits } of dryRun.pools) {
			const [was, is] = [await before.pool(opal.address, kind), await now.pool(opal.address, kind)];
			assert.deepEqual([was.amount - is.amount, was.shares], [fromPool, is.shares]);
			for (const exit of exits) {
				const of = async (at) =>
					(await at.exits(opal.address, kind)).find(({ queued }) => queued === BigInt(exit.queued)).amount;
				assert.equal((await of(before)) - (await of(now)), exit.taken);
			}
		}
		for (const { kind, taken: lost, exits } of dryRun.positions) {
			const [was, is] = await Promise.all([before, now].map((at) => at.position(dina.address, opal.address, kind, [])));
			assert.deepEqual([was.value - is.value, exits.length], [lost, was.exits.length]);
			for (const [place, exit] of exits.entries())
				assert.equal(was.exits[place].value - is.exits[place].value, exit.taken);
		}

		// Each block still has its own state of the slashes.
		const [undone, done] = pendings.map((slash, id) => ({
			...slash,
			state:
				id === slashes.vetoed
					? { vetoed: { era: veto.era, reason: 'it had answered' } }
					: { executed: { era: now.era, taken: moneyOf(taken), unpaid: [] } },
		}));
		await answers(still, 'slashing_slash', { id: slashes.vetoed }, pendings[slashes.vetoed]);
		await answers(vetoed.block, 'slashing_slash', { id: slashes.vetoed }, undone);
		await answers(vetoed.block, 'slashing_slash', { id: slashes.executed }, pendings[slashes.executed]);
		await answers(block.parent, 'slashing_slash', { id: slashes.executed }, pendings[slashes.executed]);
		await answers(block.hash, 'slashing_slash', { id: slashes.executed }, done);
		same(await answer(block.parent, 'slashing_consequences', { id: slashes.executed, who: dina.address }), dryRun);
		await answers(block.hash, 'slashing_consequences', { id: slashes.executed, who: dina.address }, null);
		const list = { filter: { operator: opal.address, avs: null }, after: null, most: 20 };
		await answers(block.hash, 'slashing_pending', list, { items: [], next: null });
		await answers(block.hash, 'slashing_past', list, { items: [done, undone], next: null });
		await answers(
			block.hash,
			'slashing_past',
			{ ...list, most: 1 },
			{ items: [done], next: { era: now.era, id: done.id } },
		);
		const after = { era: Number(now.era), id: done.id };
		await answers(
			block.hash,
			'slashing_past',
			{ ...list, filter: { operator: null, avs: SET.avs }, after },
			{ items: [undone], next: null },
		);
		const { executed: count, spared } = await answer(block.hash, 'operators_operator', { operator: opal.address });
		assert.deepEqual([count, spared], [1, 1]);
	},
);

/** The bounds that were promised to the set for the era `capture`, until the next era. */
let promised;

story('what a set can count on, and then nearly all leave', async () => {
	await chronicle.catchUp();
	const { hash } = chronicle.last;
	const at = await recount(hash);
	const { era } = at;
	for (let until = era; until <= era + 4n; until++) {
		const expected = await at.leastStake(SET, until, [opal.address, bob.address], LEVERAGE);
		const found = await answer(hash, 'restaking_leastStake', { set: SET, until: Number(until) });
		same(found, expected);
		if (until === era + 1n) promised = found;
	}
	const bounds = ['withdrawals', 'services', 'allocations', 'consensus'].map((bound) =>
		promised[bound].map(({ slashable }) => slashable),
	);
	const [native, gems] = [0, 1].map((kind) => bounds.map((bound) => bound[kind]));
	assert.ok(native[0] > native[1] && native[1] > native[2] && native[2] > native[3] && native[3] === 0n, native);
	// Nobody else may slash GEM now, and Opal could still allocate some to another set.
	assert.ok(gems[0] === gems[1] && gems[1] > gems[2] && gems[2] === gems[3] && gems[3] > 0n, gems);

	// The limit that Opal's leverage allows.
	const [pool, own] = [await at.pool(opal.address, NATIVE), await at.magnitude(opal.address, NATIVE, SET, era)];
	const raised = (pool.left * LEVERAGE[opal.address]) / 100n - own;
	const { avsRegistry, operatorDelegation, restaking } = api.tx;
	const exit = (operator, kind) => operatorDelegation.exit(operator.address, kind, 'All');
	const left = await Promise.all([
		send(dina, exit(opal, NATIVE), exit(opal, GEM)),
		// His STAY stays, because a later allocation to others can be slashed only from stake that stays.
		send(emil, exit(opal, GEM), exit(bob, GEM)),
		send(
			opal,
			...[NATIVE, GEM].map((kind) => restaking.allocate(kind, SET, 0)),
			restaking.allocate(NATIVE, OTHER_SET, raised),
			avsRegistry.leave(SET),
		),
		send(bob, restaking.stop()),
	]);
	for (const { block } of left) assert.equal((await recount(block)).era, era, 'too late in the era');
	same(await at.read('avsRegistry', 'members', SET), inOrder(opal, bob));
	// These transactions may be in any order of blocks. The last of their blocks has the effect of all.
	const heights = await Promise.all(left.map(async ({ block }) => (await chronicle.block(block)).number));
	const { block } = left[heights.indexOf(Math.max(...heights))];
	const gone = await recount(block);
	for (const operator of [opal, bob]) assert.equal((await gone.pool(operator.address, GEM)).amount, 0n);
	await answers(block, 'avs_members', { set: SET, after: null, most: 20 }, { items: [], next: null });
	// Members that left still answer.
	same((await answer(block, 'restaking_setStake', { set: SET, capture: Number(era) })).members, 2);

	// The return includes the payments of the era before.
	const stakes = await at.stakes(SET);
	const whole = sum(stakes.map(({ multiplier, stake }) => multiplier * stake));
	const returned = (amount) =>
		stakes.map(({ kind, multiplier, stake }) => ({
			...{ kind, whole: yearly((amount * multiplier * stake) / whole, stake * era, era) },
		}));
	await answers(
		hash,
		'rewards_setReturn',
		{ set: SET, eras: 28 },
		{
			...{ from: 0, until: era - 1n },
			paid: [
				{
					...{ currency: NATIVE, amount: PAID.stay + STREAM.rate, streams: STREAM.rate },
					kinds: returned(PAID.stay + STREAM.rate),
				},
				{ currency: GEM, amount: PAID.gem, streams: 0n, kinds: returned(PAID.gem) },
			],
		},
	);
	// The validators' parts of that era add up to all that it paid.
	const validators = await answer(hash, 'staking_validators', { era: Number(era) - 1 });
	const { paid: all } = await answer(hash, 'rewards_era', { era: Number(era) - 1 });
	assert.equal(sum(validators.map(({ reward }) => reward)), all);
	const [{ funds, owed }] = await answer(hash, 'rewards_streams', { set: SET });
	// An instalment was paid, and one was given back because nobody answers any more.
	assert.deepEqual([funds, owed], [STREAM.funds - 2n * STREAM.rate, 0n]);
});

story('the node is back, and its client has missed nothing', async () => {
	const node = network.node('dave');
	await network.restart(node);
	await chronicle.catchUp();
	const { number } = chronicle.last;
	await waitFor('the slash to be told', 60, () =>
		changesOf(follows.slashes).some(({ change }) => change === 'executed'),
	);
	assert.ok(cut.lost > 0 && cut.connected > 1, `${cut.connected} connections, ${cut.lost} lost`);
	assert.deepEqual(changesOf(follows.slashes), happened(number));
});

/** The changes of slashes that a subscription reported: what, which slash, and in which block. */
const changesOf = ({ items }) =>
	items.flatMap(({ at, number, changes }) =>
		changes.map(({ change, slash }) => ({ change, id: slash.id, at, number })),
	);

/** The same changes according to the chain's events up to a block, for slashes that meet a condition. */
function happened(until, condition = () => true) {
	const { SlashReported, SlashVetoed, SlashExecuted } = api.events.slashing;
	const reports = new Map(chronicle.all(SlashReported).map(({ data }) => [data.id.toNumber(), data]));
	const told = chronicle.blocks
		.filter(({ number }) => number <= until)
		.flatMap(({ hash, number, events }) =>
			events.flatMap(({ event }) => {
				const what = [
					['reported', SlashReported],
					['vetoed', SlashVetoed],
					['executed', SlashExecuted],
				];
				const [change] = what.find(([, type]) => type.is(event)) ?? [];
				return change ? [{ change, id: event.data.id.toNumber(), at: hash, number }] : [];
			}),
		);
	return told.filter(({ id }) => condition(reports.get(id)));
}

/** The block of the last slash. */
let last;

story('a slash for that era takes what was promised, although another service slashes all it can before', async () => {
	const capture = promised.capture;
	await eraBegins(capture + 1);
	const { slashing } = api.tx;
	const whole = (...kinds) => kinds.map((kind) => [kind, WAD]);
	// Before other services slash, a slash by this set would find what the bound on withdrawals promises.
	const head = (await api.rpc.chain.getFinalizedHead()).toHex();
	let found = [0n, 0n];
	for (const [operator, kinds] of [
		[opal, [NATIVE, GEM]],
		[bob, [GEM]],
	]) {
		const fractions = kinds.map((kind) => ({ kind, fraction: WAD }));
		const slash = { attested: { set: SET, operator: operator.address, condition: GONE, fractions, capture } };
		const impact = await answer(head, 'slashing_dryRun', { slash, who: null });
		assert.equal(impact.refused, null);
		for (const [kind, amount] of said(impact)) found[kind === NATIVE ? 0 : 1] += amount;
	}
	const bound = (name) => promised[name].map(({ slashable }) => slashable);
	for (const [kind, least] of bound('withdrawals').entries()) {
		assert.ok(found[kind] >= least && found[kind] <= least + 8n, `${found[kind]} of at least ${least}`);
	}

	// The other service slashes what was allocated to it in that era, and what was added since.
	const others = [capture, capture + 1].map((era) => slashing.report(OTHER_SET, opal.address, 0, whole(NATIVE), era));
	const first = reportedIn(await send(other, ...others));
	const ids = reportedIn(
		await send(
			service,
			slashing.report(SET, opal.address, GONE, whole(NATIVE, GEM), capture),
			slashing.report(SET, bob.address, GONE, whole(GEM), capture),
		),
	);
	assert.deepEqual([...first, ...ids], [2, 3, 4, 5]);
	const took = [0n, 0n];
	for (const id of ids) {
		const { data, block } = await chronicle.waitFor(`slash ${id}`, 30, api.events.slashing.SlashExecuted, executed(id));
		for (const { amount, currency } of plain(data.taken).map(([currency, amount]) => ({ currency, amount }))) {
			took[currency === NATIVE ? 0 : 1] += amount;
		}
		assert.ok((await recount(block.hash)).era <= BigInt(promised.reachable));
		last = block;
	}
	const [[, gems], [native]] = [bound('withdrawals'), bound('allocations')];
	// From stake that left in time, the other service took no more than was allocated to it then.
	assert.ok(took[0] >= native && took[0] < bound('services')[0], `${took[0]} STAY of at least ${native}`);
	assert.ok(took[1] >= gems && took[1] <= gems + 8n, `${took[1]} GEM of at least ${gems}`);
});

story('subscriptions told all that happened, cut off or not, and tell it again from an earlier block', async () => {
	const filters = {
		slashes: () => true,
		'of Opal': ({ operator }) => operator.toString() === opal.address,
		'of the other': ({ lane }) => plain(lane).attested.set.avs === BigInt(OTHER_SET.avs),
		'on Dina': ({ operator }) => operator.toString() === opal.address,
		'on Emil': () => true,
		'on nobody': () => false,
	};
	assert.equal(happened(last.number).length, 12);
	await waitFor('the last slash to be told', 30, () =>
		follows.slashes.items.some(({ number, changes }) => number === last.number && changes.length > 0),
	);
	await waitFor('it to be told of Dina', 30, () => follows.Dina.items.some(({ number }) => number === last.number));
	for (const [name, condition] of Object.entries(filters))
		assert.deepEqual(changesOf(follows[name]), happened(last.number, condition), name);
	for (const { at, changes } of follows.slashes.items) {
		for (const { slash } of changes) await answers(at, 'slashing_slash', { id: slash.id }, slash);
	}

	// The runtime's lists after each block, from which the expected items follow.
	const all = { after: null, most: 100 };
	const membersAt = async (hash) => (await called(hash, 'avs_members', { set: SET, ...all })).items;
	const dinas = async (hash) => ({
		positions: (await called(hash, 'operators_positions', { who: dina.address, ...all })).items,
		exits: (await called(hash, 'operators_exits', { who: dina.address, ...all })).items,
		credit: (await called(hash, 'rewards_due', { who: dina.address, ...all })).credit,
	});
	const start = { members: follows.members.items[0].number, Dina: follows.Dina.items[0].number };
	const told = chronicle.blocks.filter(({ number }) => number <= last.number);
	const expected = {
		members: await expectedItems(told, start.members, membersAt, memberChanges),
		Dina: await expectedItems(told, start.Dina, dinas, positionChanges),
	};
	await waitFor(
		'all members to be told',
		30,
		() => telling(follows.members.items, start.members, last.number).length >= expected.members.length,
	);
	for (const name of ['members', 'Dina'])
		same(telling(follows[name].items, start[name], last.number), expected[name], name);

	// Blocks that the subscriptions must have reported, among others.
	const { operatorDelegation, rewards } = api.events;
	const blocks = (type, condition) =>
		chronicle
			.all(type, condition)
			.map(({ block }) => block.number)
			.filter((number) => number > start.Dina && number <= last.number);
	const of =
		(who) =>
		({ who: account_ }) =>
			account_.toString() === who.address;
	const reasons = {
		'calls of her own': blocks(operatorDelegation.ExitQueued, of(dina)),
		'eras that compounded': blocks(rewards.ValidatorPaid, ({ validator }) => validator.toString() === bob.address),
		payments: blocks(rewards.SetPaid),
		slashes: happened(last.number, filters['on Dina']).map(({ number }) => number),
	};
	const numbers = expected.Dina.map(({ number }) => number);
	for (const [reason, own] of Object.entries(reasons)) {
		assert.ok(own.length > 1, reason);
		for (const number of own) assert.ok(numbers.includes(number), `${reason}: block ${number}`);
	}
	const compounded = expected.Dina.find(({ number }) => number === reasons['eras that compounded'][0]);
	const [grown] = compounded.positions.filter(({ operator }) => operator === bob.address);
	assert.equal(grown.value, await (await recount(compounded.at)).value(dina.address, bob.address, 'stake'));
	const joins = expected.members.flatMap(({ members }) => members.map(({ operator }) => operator));
	assert.deepEqual([...new Set(joins)].sort(), [opal.address, bob.address].sort());
	assert.deepEqual(expected.members.flatMap(({ gone }) => gone).sort(), [opal.address, bob.address].sort());

	const from = follows.Dina.items[0];
	const again = {
		slashes: client.follow('slashing_subscribeSlashes', { from: from.at }),
		members: client.follow('avs_subscribeMembers', { set: SET, from: follows.members.items[0].at }),
		Dina: client.follow('operators_subscribePositions', { who: dina.address, from: from.at }),
	};
	await waitFor(
		'all of it again',
		60,
		() =>
			['members', 'Dina'].every(
				(name) => telling(again[name].items, start[name], last.number).length >= expected[name].length,
			) && changesOf(again.slashes).length >= 12,
	);
	assert.deepEqual(changesOf(again.slashes), happened(last.number));
	for (const name of ['members', 'Dina'])
		same(telling(again[name].items, start[name], last.number), expected[name], `${name}, again`);
	const following = [...Object.values(follows), ...Object.values(again)];
	await Promise.all(following.map((each) => each.stop()));
	for (const { failed } of following) assert.equal(failed, undefined);
});

story('all methods were asked', async () => {
	const { methods } = await network.node('alice').rpc('rpc.discover');
	const open = methods.filter((method) => !method['x-owner']);
	assert.deepEqual([...Client.asked].sort(), open.map(({ name }) => name).sort());
});
