// Queries of clients that do not know the chain: every `api.derive.*` of @polkadot/api, and those of the first pages
// of polkadot.js Apps. `clients` 1.
import assert from 'node:assert/strict';
import { after } from 'node:test';
import { UNIT, account, connect, submit } from './lib/chain.mjs';
import { ERA_SECONDS, activeEra, eraOf } from './lib/eras.mjs';
import { Node } from './lib/node.mjs';
import { freePorts } from './lib/ports.mjs';
import { storyteller } from './lib/story.mjs';

const ANSWER_SECONDS = 30;
/** Chain `dev`: the slots of a session, and the sessions of an era. */
const SESSION_SLOTS = 10;
const ERA_SESSIONS = 3;
const [alice, bob] = [account('//Alice'), account('//Bob')];

const { network, story } = storyteller();
let node;
let api;
after(() => api?.disconnect());

/** The first value of a derive or a query. */
function first(what, ask) {
	return new Promise((resolve, reject) => {
		const timer = setTimeout(
			() => reject(new Error(`${what}: no answer in ${ANSWER_SECONDS} s`)),
			ANSWER_SECONDS * 1000,
		);
		Promise.resolve()
			.then(ask)
			.then(resolve, (error) => reject(new Error(`${what}: ${error.message}`, { cause: error })))
			.finally(() => clearTimeout(timer));
	});
}

/**
 * Every derive that the client offers for this chain, with arguments and what to look for in the answer. One that is
 * not here fails the test, so that whoever updates the client looks at it.
 */
const DERIVES = {
	accounts: {
		_flags: [[], (flags) => assert.equal(flags[4].toString(), alice.address)],
		_identity: [[bob.address], (identity) => assert.deepEqual(identity, [undefined, undefined])],
		accountId: [[bob.address], (id) => assert.equal(id.toString(), bob.address)],
		flags: [[alice.address], ({ isSudo, isCouncil }) => assert.deepEqual([isSudo, isCouncil], [true, false])],
		hasIdentity: [[bob.address], ({ hasIdentity }) => assert.equal(hasIdentity, false)],
		hasIdentityMulti: [[[bob.address]], (all) => assert.deepEqual(all, [{ hasIdentity: false }])],
		idAndIndex: [[bob.address], ([id, index]) => assert.deepEqual([id.toString(), index], [bob.address, undefined])],
		idToIndex: [[bob.address], (index) => assert.equal(index, undefined)],
		identity: [[bob.address], ({ display, judgements }) => assert.deepEqual([display, judgements], [undefined, []])],
		indexToId: [[0], (id) => assert.equal(id, undefined)],
		indexes: [[], (indexes) => assert.deepEqual(indexes, {})],
		info: [[bob.address], ({ accountId }) => assert.equal(accountId.toString(), bob.address)],
	},
	balances: {
		account: [[bob.address], ({ freeBalance }) => assert.ok(freeBalance.toBigInt() > UNIT)],
		all: [
			[bob.address],
			({ accountId, availableBalance, freeBalance, lockedBalance, transferable }) => {
				assert.equal(accountId.toString(), bob.address);
				assert.equal(lockedBalance.toBigInt(), 0n);
				assert.ok(availableBalance.eq(freeBalance) && transferable.lte(freeBalance));
			},
		],
		votingBalance: [[bob.address], ({ freeBalance }) => assert.ok(freeBalance.toBigInt() > UNIT)],
		votingBalances: [[[bob.address]], ([{ freeBalance }]) => assert.ok(freeBalance.toBigInt() > UNIT)],
	},
	chain: {
		_getHeaderRange: [
			['block', 'genesis'],
			(headers) => assert.deepEqual([headers[0].number.toNumber(), headers.at(-1).hash.toHex()], [1, sent.block]),
		],
		bestNumber: [[], (number) => assert.ok(number.toNumber() > 0)],
		bestNumberFinalized: [[], (number) => assert.ok(number.toNumber() >= 0)],
		bestNumberLag: [[], (lag) => assert.ok(lag.toNumber() < 20)],
		getBlock: [['block'], ({ author, events }) => assert.ok(author.toString() === alice.address && events.length > 0)],
		getBlockByNumber: [[1], ({ block }) => assert.equal(block.header.number.toNumber(), 1)],
		getHeader: [['block'], ({ author }) => assert.equal(author.toString(), alice.address)],
		subscribeFinalizedBlocks: [[], ({ author }) => assert.equal(author.toString(), alice.address)],
		subscribeFinalizedHeads: [[], ({ number }) => assert.ok(number.toNumber() >= 0)],
		subscribeNewBlocks: [[], ({ author }) => assert.equal(author.toString(), alice.address)],
		subscribeNewHeads: [[], ({ author }) => assert.equal(author.toString(), alice.address)],
	},
	session: {
		eraLength: [[], (length) => assert.equal(length.toNumber(), SESSION_SLOTS * ERA_SESSIONS)],
		eraProgress: [[], (progress) => inEra(progress)],
		indexes: [[], (indexes) => soundIndexes(indexes)],
		info: [[], (info) => soundInfo(info)],
		progress: [[], (progress) => soundProgress(progress)],
		sessionProgress: [[], (progress) => assert.ok(progress.ltn(SESSION_SLOTS), progress.toString())],
	},
	technicalCommittee: {
		hasProposals: [[], (has) => assert.equal(has, true)],
		members: [[], (members) => assert.deepEqual(members.map(String), [alice.address])],
		prime: [[], (prime) => assert.equal(prime, null)],
		// There is no motion, and so none of this hash.
		proposal: [['block'], ({ hash, proposal, votes }) => assert.deepEqual([hash.toHex(), proposal, votes], [sent.block, null, null])],
		proposalCount: [[], (count) => assert.equal(count.toNumber(), 0)],
		proposalHashes: [[], (hashes) => assert.equal(hashes.length, 0)],
		proposals: [[], (proposals) => assert.deepEqual(proposals, [])],
	},
	tx: {
		accountExtrinsics: [
			['block', bob.address],
			({ extrinsics }) => assert.deepEqual(extrinsics.map(({ success }) => success), [true]),
		],
		events: [['block'], ({ events }) => assert.ok(events.length > 0)],
		extrinsicInfo: [['block', 'transaction'], ({ success }) => assert.equal(success, true)],
		signingInfo: [
			[bob.address],
			({ header, mortalLength, nonce }) => {
				assert.ok(header.number.toNumber() >= 0 && mortalLength > 0);
				assert.equal(nonce.toNumber(), 1);
			},
		],
	},
};

/**
 * Derives that the client offers on every chain, even without the pallet that they read: those of an alliance and of
 * bounties. In 16.5.6 two of them do not check for the pallet first, and fail with these errors on any chain without
 * it.
 */
const NOT_OURS = {
	alliance: {
		hasProposals: false,
		members: [],
		prime: null,
		proposal: null,
		proposalCount: null,
		proposalHashes: [],
		proposals: /reading 'proposalHashes'/,
	},
	bounties: { bounties: /reading 'bounties'/ },
};

function inEra(progress) {
	assert.ok(progress.ltn(SESSION_SLOTS * ERA_SESSIONS + SESSION_SLOTS), progress.toString());
}

function soundIndexes({ activeEra: active, activeEraStart, currentEra, currentIndex, validatorCount }) {
	assert.ok(currentIndex.toNumber() > 0 && active.toNumber() > 0);
	assert.equal(Math.floor(currentIndex.toNumber() / ERA_SESSIONS), active.toNumber());
	assert.ok([0, 1].includes(currentEra.toNumber() - active.toNumber()), `${currentEra} is planned in ${active}`);
	const age = Date.now() - activeEraStart.unwrap().toNumber();
	assert.ok(age > 0 && age < 2 * ERA_SECONDS * 1000, `the era began ${age} ms ago`);
	assert.ok(validatorCount.toNumber() >= 1);
}

function soundInfo(info) {
	soundIndexes(info);
	const { eraLength, isEpoch, sessionLength, sessionsPerEra } = info;
	assert.equal(isEpoch, true);
	const lengths = [eraLength, sessionLength, sessionsPerEra].map((length) => length.toNumber());
	assert.deepEqual(lengths, [SESSION_SLOTS * ERA_SESSIONS, SESSION_SLOTS, ERA_SESSIONS]);
}

function soundProgress(progress) {
	soundInfo(progress);
	inEra(progress.eraProgress);
	assert.ok(progress.sessionProgress.ltn(SESSION_SLOTS), progress.sessionProgress.toString());
}

let sent;
story('a chain with a transaction of Bob, in a later era than the first', async () => {
	node = new Node({ name: 'dev', index: 1, folder: network.folder, ports: await freePorts(2), flags: ['--dev'] });
	network.nodes.push(node);
	await node.start([]);
	api = await connect(node);
	const call = api.tx.balances.transferKeepAlive(alice.address, UNIT);
	const { block } = await submit(api, bob, call);
	const { block: { extrinsics } } = await api.rpc.chain.getBlock(block);
	const transaction = extrinsics.find((extrinsic) => extrinsic.isSigned).hash.toHex();
	sent = { block, transaction, genesis: api.genesisHash.toHex() };
	await network.waitFor('the second era', 2 * ERA_SECONDS, async () => (await activeEra(api)) > 0);
});

story('clients 1: every derive of what this chain has answers, and what it has not is absent', async () => {
	const offered = Object.keys(api.derive);
	assert.deepEqual(offered.sort(), [...Object.keys(DERIVES), ...Object.keys(NOT_OURS)].sort());
	for (const [section, derives] of Object.entries(DERIVES)) {
		assert.deepEqual(Object.keys(api.derive[section]).sort(), Object.keys(derives).sort(), section);
		for (const [name, [given, check]] of Object.entries(derives)) {
			const what = `derive.${section}.${name}`;
			const args = given.map((arg) => sent[arg] ?? arg);
			const answer = await first(what, () => api.derive[section][name](...args));
			try {
				check(answer);
			} catch (error) {
				throw new Error(`${what}: ${error.message}`, { cause: error });
			}
		}
	}
	for (const [section, derives] of Object.entries(NOT_OURS)) {
		assert.deepEqual(Object.keys(api.derive[section]).sort(), Object.keys(derives).sort(), section);
		for (const [name, expected] of Object.entries(derives)) {
			const answer = first(name, () => api.derive[section][name](sent.block));
			if (expected instanceof RegExp) await assert.rejects(answer, expected, `${name} looks first now: mend NOT_OURS`);
			else assert.deepEqual(await answer, expected, name);
		}
	}
});

story('the progress that the client computes follows the era, as the chain tells it', async () => {
	const seen = [];
	const stop = await api.derive.session.progress((progress) => {
		soundProgress(progress);
		seen.push([progress.activeEra.toNumber(), progress.eraProgress.toNumber()]);
	});
	const begun = await activeEra(api);
	await network.waitFor('an era from its beginning to its end', 3 * ERA_SECONDS, async () => {
		return (await activeEra(api)) >= begun + 2;
	});
	stop();
	const all = seen.filter(([era]) => era === begun + 1).map(([, progress]) => progress);
	// In the first block of a session the client can see the slot before the session, or after it. Then one answer is
	// off by a session.
	const whole = [];
	for (const progress of all) {
		const last = whole.at(-1) ?? 0;
		if (last <= progress && progress < last + SESSION_SLOTS) whole.push(progress);
	}
	assert.ok(whole.length > SESSION_SLOTS, `${whole.length} answers in an era`);
	assert.ok(all.length - whole.length <= 2 * ERA_SESSIONS, all.join());
	assert.ok(whole[0] < SESSION_SLOTS / 2 && whole.at(-1) > SESSION_SLOTS * 2, all.join());

	// Storage that wallets read without a derive, in the form of the SDK's own pallet.
	const at = await api.at(await api.rpc.chain.getFinalizedHead());
	const { index, start } = eraOf(await at.query.staking.activeEra());
	assert.ok(start.isSome);
	const era = index.toNumber();
	const began = (await at.query.staking.erasStartSessionIndex(era)).unwrap().toNumber();
	assert.equal(began, era * at.consts.staking.sessionsPerEra.toNumber());
	assert.ok((await at.query.staking.currentEra()).unwrap().toNumber() >= era);
	assert.ok((await at.query.staking.erasStartSessionIndex(era + 2)).isNone);
});

/**
 * The queries of polkadot.js Apps on its first pages, by the source file that makes them (github.com/polkadot-js/apps,
 * `packages/`), with `?.` where Apps first checks whether the chain has the item. Each must answer, or be absent.
 */
const APPS = [
	['react-api/src/Api.tsx', () => api.rpc.system.chain()],
	['react-api/src/Api.tsx', () => api.rpc.system.chainType()],
	['react-api/src/Api.tsx', () => api.rpc.system.name()],
	['react-api/src/Api.tsx', () => api.rpc.system.version()],
	['react-api/src/Api.tsx', () => api.rpc.system.properties()],
	['react-hooks/src/ctx/BlockAuthors.tsx', () => api.derive.staking?.currentPoints()],
	['react-hooks/src/ctx/BlockAuthors.tsx', () => api.derive.chain.subscribeNewHeads()],
	[
		'react-hooks/src/ctx/BlockAuthors.tsx',
		async () => (await api.at((await api.derive.chain.subscribeNewHeads()).hash)).query.timestamp.now(),
	],
	['react-hooks/src/ctx/BlockEvents.tsx', () => api.query.system.events()],
	[
		'react-hooks/src/ctx/BlockEvents.tsx',
		async () => api.rpc.chain.getHeader((await api.query.system.events()).createdAtHash),
	],
	['react-hooks/src/useBlockInterval.ts', () => api.call.auraApi?.slotDuration()],
	[
		'react-hooks/src/useBlockInterval.ts',
		async () => {
			const { slotDuration } = await api.call.babeApi.configuration();
			assert.equal(slotDuration.toNumber(), 1_000);
		},
	],
	['react-query/src/TimeNow.tsx', () => api.query.timestamp.now()],
	['react-query/src/TotalIssuance.tsx', () => api.query.balances.totalIssuance()],
	['react-query/src/TotalInactive.tsx', () => api.query.balances.inactiveIssuance()],
	['react-query/src/BestNumber.tsx', () => api.derive.chain.bestNumber()],
	['react-query/src/BestFinalized.tsx', () => api.derive.chain.bestNumberFinalized()],
	['react-query/src/PoolSize.tsx', () => api.rpc.author.pendingExtrinsics()],
	['page-explorer/src/SummarySession.tsx', () => api.derive.session?.progress()],
	['page-explorer/src/SummarySession.tsx', () => api.query.staking?.forceEra?.()],
	['page-explorer/src/BlockInfo/ByHash.tsx', () => api.derive.chain.getHeader(sent.block)],
	['page-explorer/src/BlockInfo/ByHash.tsx', () => api.rpc.chain.getBlock(sent.block)],
	['page-explorer/src/BlockInfo/ByHash.tsx', async () => (await api.at(sent.block)).query.system.events()],
	['page-explorer/src/NodeInfo/index.tsx', () => api.rpc.system.health()],
	// A method of the node's owner: Apps shows no peers then.
	['page-explorer/src/NodeInfo/index.tsx', () => assert.rejects(api.rpc.system.peers(), /unsafe/)],
	['react-hooks/src/useAccountInfo.ts', () => api.derive.accounts.info(bob.address)],
	['react-hooks/src/useAccountInfo.ts', () => api.derive.accounts.flags(bob.address)],
	['react-hooks/src/useAccountInfo.ts', () => api.query.staking?.nominators?.(bob.address)],
	['react-hooks/src/useAccountInfo.ts', () => api.query.staking?.validators?.(bob.address)],
	['react-hooks/src/useBalancesAll.ts', () => api.derive.balances.all(bob.address)],
	['react-hooks/src/useStakingInfo.ts', () => api.derive.staking?.account(bob.address)],
	['page-accounts/src/Accounts/Account.tsx', () => api.derive.democracy?.locks(bob.address)],
	['page-accounts/src/Accounts/Account.tsx', () => api.query.recovery?.recoverable(bob.address)],
	['page-accounts/src/Accounts/useProxies.ts', () => api.query.proxy?.proxies(bob.address)],
	['page-accounts/src/Accounts/useMultisigApprovals.ts', () => api.query.multisig?.multisigs.entries(bob.address)],
	['react-query/src/Nonce.tsx', () => api.derive.balances.account(bob.address)],
	['react-signer/src', () => api.tx.balances.transferAll(bob.address, true).paymentInfo(alice.address)],
];

/** Pages that Apps shows if the chain has this item. They would misread our pallets as the SDK's. */
const PAGES = [
	['apps-routing/src/staking.ts', () => api.tx.staking?.bond],
	['apps-routing/src/staking.ts', () => api.query.staking?.erasRewardPoints],
	['apps-routing/src/treasury.ts', () => api.query.treasury?.proposals],
	['apps-routing/src/treasury.ts', () => api.query.treasury],
	['apps-routing/src/bounties.ts', () => api.tx.bounties?.proposeBounty ?? api.tx.treasury?.proposeBounty],
];

story('clients 1: what the first pages of polkadot.js Apps ask is answered', async () => {
	for (const [file, ask] of APPS) await first(`${file}: ${ask}`, ask);
	for (const [file, has] of PAGES) assert.equal(has(), undefined, `${file}: ${has}`);
});
