// Governance by referendum, with the command line, on a chain on command: a referendum admits an asset, another cancels
// a slash that was appealed before it is due, two more bring new code by the fast lane. Who votes with stake can pay fees;
// delegations count, and locks end. Then docs/referenda.md, on a chain of slots.
import assert from 'node:assert/strict';
import { execFileSync } from 'node:child_process';
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { after } from 'node:test';
import { blake2AsHex } from '@polkadot/util-crypto';
import { BINARY } from './lib/binary.mjs';
import { STAY, UNIT, account, connect, eventOf, freeBalance, heldBalance, submit } from './lib/chain.mjs';
import { CommandLine, eventsOf } from './lib/cli.mjs';
import { Reader } from './lib/docs.mjs';
import { activeEra } from './lib/eras.mjs';
import { WAD } from './lib/services.mjs';
import { storyteller } from './lib/story.mjs';

const PAGE = 'docs/referenda.md';
/** Accounts with a twelfth of all STAY each. */
const HOLDERS = ['//Alice', '//Bob', '//Charlie', '//Dave', '//Eve', '//Ferdie'];
/** What each of them votes with, so that its fees are left. */
const MUCH = '70_000_000';
const [alice, bob, charlie] = ['//Alice', '//Bob', '//Charlie'].map(account);
const ASSET = 7;
const SET = { avs: 0, index: 0 };
const CODE = '0x3a636f6465';
/** The parts of a whole of a `Perbill`, and of a fraction in JSON. */
const BILLION = 1_000_000_000n;
/** No vote of the fast chain lasts longer than this many blocks, from the submission to the call. */
const LONGEST = 200;
const QUIET = { stdio: ['ignore', 'pipe', 'ignore'], maxBuffer: 2 ** 26 };

const { network, story } = storyteller();
let api;
let cli;
let node;
after(() => {
	cli?.remove();
	return api?.disconnect();
});

const blocks = (count) => node.ownersRpc('dev_newBlocks', count);
const governance = (...args) => cli.json('governance', ...args);
const info = async (index) => (await api.query.referenda.referendumInfoFor(index)).unwrap();
const shown = async (index) => (await governance('show', String(index))).value;

/** Proposes, and returns the referendum of the command's answer. */
async function proposes(from, ...what) {
	const done = await governance('propose', ...what, '--from', from);
	const [{ index, track }] = eventsOf(done, 'Referenda.Submitted');
	assert.deepEqual([done.referendum.index, done.referendum.track.id], [index, track]);
	return done.referendum;
}

/** Lets some holders vote. While a decision goes on, a few are enough, and it may be over before many have voted. */
async function approve(index, voters = HOLDERS.slice(0, 2)) {
	for (const from of voters) {
		const done = await governance('vote', String(index), 'aye', '--amount', MUCH, '--conviction', '1x', '--from', from);
		assert.equal(eventsOf(done, 'ConvictionVoting.Voted')[0].pollIndex, index);
	}
}

/** Makes blocks until a referendum has come to a phase. */
async function until(index, phase) {
	for (let made = 0; made <= LONGEST; made++) {
		const now = await shown(index);
		if (now.phase === phase) return now;
		await blocks(1);
	}
	assert.fail(`referendum ${index} is ${(await shown(index)).phase} after ${LONGEST} blocks, and not ${phase}`);
}

story('a chain on command has the tracks that its clients read', async () => {
	node = await network.seal('dev', 'instant');
	api = await connect(node);
	cli = new CommandLine(node.url);
	const { value } = await governance('tracks');
	const theirs = api.consts.referenda.tracks.map(([id, track]) => ({
		id: id.toNumber(),
		name: track.name.toString().replaceAll('\0', ''),
		decisionDeposit: track.decisionDeposit.toString(),
		periods: [track.preparePeriod, track.decisionPeriod, track.confirmPeriod, track.minEnactmentPeriod].map(Number),
	}));
	const ours = value.tracks.map(({ id, name, decisionDeposit, prepare, decision, confirm, enactment }) => ({
		...{ id, name, decisionDeposit },
		periods: [prepare, decision, confirm, enactment],
	}));
	assert.deepEqual(ours, theirs);
	assert.deepEqual(ours.map(({ id }) => id), [0, 1, 10, 20, 30, 31, 40, 41]);
	// Of a linear curve, both ends are written in it.
	const [, root] = api.consts.referenda.tracks[0];
	const { ceil, floor } = root.minSupport.asLinearDecreasing;
	const { support } = value.tracks[0];
	assert.deepEqual([support.start, support.end].map((part) => BigInt(part) / BILLION), [ceil, floor].map((part) => part.toBigInt()));
	assert.equal(value.lockPeriod, api.consts.convictionVoting.voteLockingPeriod.toNumber());
	const printed = (await cli.runs(['governance', 'tracks'])).stdout;
	assert.match(printed, /slash_disputes/);
	assert.ok(printed.split('\n').every((line) => line.length <= 80), printed);
	// Nobody proposed anything yet.
	assert.deepEqual((await governance('list')).value, []);
	assert.match(await cli.fails(7, ['governance', 'show', '0']), /no referendum 0/);
});

story('a referendum admits an asset', async () => {
	const { assets, utility } = api.tx;
	const mint = assets.mint(ASSET, alice.address, 10n ** 15n);
	await submit(api, alice, utility.batchAll([assets.create(ASSET, alice.address, 10n ** 9n), mint]));
	const admits = ['admit-asset', String(ASSET), '--cap', '1_000_000_000_000', '--funder', '//Alice', '--min-deposit', '1_000_000_000', '--trusted'];

	// A dry run shows deposits and times, and submits nothing.
	const told = (await cli.runs(['governance', 'propose', ...admits, '--deposit', '--dry-run', '--from', '//Dave'])).stdout;
	for (const row of [/10 STAY for the submission/, /1,000 STAY for the decision/, /is prepared +for 2 blocks/, /its issuer +\/\/Alice/]) {
		assert.match(told, row);
	}
	assert.ok((await api.query.referenda.referendumCount()).isZero());

	const { index } = await proposes('//Dave', ...admits);
	assert.equal(index, 0);
	let now = await shown(index);
	assert.deepEqual([now.phase, now.track.name, now.deposits.decision], ['needs deposit', 'parameters', null]);
	assert.match(now.call.sentence, /^admit asset 7 for restaking, up to 1,000,000,000,000 of asset 7 in all/);
	assert.equal(now.call.decoded.restaking.addAsset.trusted, true);
	// The call is what the chain has, as polkadot.js reads it.
	const { proposal } = (await info(index)).asOngoing;
	assert.equal(proposal.asInline.toHex(), api.tx.restaking.addAsset(ASSET, 10n ** 12n, alice.address, true, 10n ** 9n).method.toHex());

	await approve(index, HOLDERS);
	const tally = (await info(index)).asOngoing.tally;
	assert.equal(tally.support.toBigInt(), STAY(6 * 70_000_000));
	now = await shown(index);
	assert.equal(now.tally.ayes, tally.ayes.toString());
	const issuance = (await api.query.balances.totalIssuance()).toBigInt();
	assert.equal(BigInt(now.support.now) / BILLION, (tally.support.toBigInt() * BILLION) / issuance);
	assert.equal(BigInt(now.approval.now), WAD);

	// Anyone may place the deposit. The half of all STAY is not behind it, which would be enough at once.
	await governance('place-deposit', '0', '--from', '//Eve');
	now = await shown(index);
	assert.deepEqual([now.phase, now.deposits.decision.who], ['deciding', account('//Eve').address]);
	assert.equal(now.blocks.decision, await node.bestNumber());

	// What it says of the next phases comes to pass, to the block.
	const confirming = await until(index, 'confirming');
	const { approved, enacted } = confirming.blocks;
	assert.equal((await info(index)).asOngoing.deciding.unwrap().confirming.unwrap().toNumber(), approved);
	await until(index, 'enacted');
	assert.equal((await info(index)).asApproved[0].toNumber(), approved);
	assert.equal(await node.bestNumber(), enacted);
	assert.ok((await api.query.restaking.assets(ASSET)).isSome);
	const [asset] = (await cli.json('show', 'assets')).value;
	assert.deepEqual([asset.id, asset.deposits, asset.issuers], [ASSET, true, [alice.address]]);

	// The call of a referendum that is over is known from the state before its end.
	assert.match((await shown(index)).call.sentence, /^admit asset 7/);
	const before = await freeBalance(api, account('//Eve').address);
	const refunded = await governance('refund', '0', '--from', '//Ferdie');
	assert.equal(eventsOf(refunded, 'Referenda.DecisionDepositRefunded')[0].who, account('//Eve').address);
	assert.equal(await freeBalance(api, account('//Eve').address), before + STAY(1_000));
	assert.match(await cli.fails(7, ['governance', 'refund', '0', '--from', '//Ferdie']), /no deposit that can be released/);
});

story('a deposit is never placed for a referendum of somebody else', async () => {
	const { referenda } = api.tx;
	// The call as the command would send it, if Bob had not been faster.
	const propose = ['governance', 'propose', 'set-validator-count', '15', '--deposit', '--print-call'];
	const call = (await cli.runs([...propose, '--from', '//Dave'])).stdout.trim();
	const own = { system: 'Root' };
	const remark = { Inline: api.tx.system.remark('0x00').method.toHex() };
	await submit(api, bob, referenda.submit(own, remark, { After: 0 }));
	const before = (await api.query.referenda.referendumCount()).toNumber();
	assert.match(await cli.fails(4, ['call', call, '--from', '//Dave']), /Referenda\.NoPermission/);
	assert.equal((await api.query.referenda.referendumCount()).toNumber(), before);
	assert.ok((await info(before - 1)).asOngoing.decisionDeposit.isNone);
});

story('a referendum cancels a slash that was appealed, before it is due', async () => {
	const { avsRegistry, restaking, slashing, utility } = api.tx;
	await submit(
		api,
		charlie,
		utility.batchAll([
			avsRegistry.register('Oracle', ''),
			avsRegistry.createSet(SET.avs, [['Native', 1]], 'Open', 0, charlie.address, 'Burn'),
			avsRegistry.addCondition(SET, 'it lied', WAD / 2n, 2, null),
		]),
	);
	await submit(api, bob, restaking.restake(alice.address, 'Native', STAY(1_000), 0));
	await submit(api, alice, utility.batchAll([restaking.allocate('Native', SET, WAD), avsRegistry.join(SET)]));
	await node.ownersRpc('dev_nextEra', 2);

	const report = slashing.report(SET, alice.address, 0, [['Native', WAD / 2n]], await activeEra(api));
	const id = eventOf((await submit(api, charlie, report)).events, api.events.slashing.SlashReported).id.toNumber();
	await cli.runs(['avs', 'appeal', String(id), 'it did not', '--from', '//Bob']);
	assert.equal(await heldBalance(api, bob.address, 'Slashing'), STAY(100));
	const { due } = (await cli.json('show', 'slash', String(id))).value;

	const { index, track } = await proposes('//Bob', 'cancel-slash', String(id), '--deposit');
	assert.equal(track.name, 'slash_disputes');
	const text = (await cli.runs(['governance', 'show', String(index)])).stdout;
	assert.match(text, new RegExp(`is to +cancel slash ${id}\n`));
	assert.match(text, new RegExp(`slash ${id} +of //Alice, condition 0 of set 0/0`));
	await approve(index);
	await until(index, 'enacted');
	const { state } = (await cli.json('show', 'slash', String(id))).value;
	assert.ok(state.cancelled.era < due, `cancelled in ${state.cancelled?.era}, due in ${due}`);
	// The bond came back, and nothing was slashed.
	assert.equal(await heldBalance(api, bob.address, 'Slashing'), 0n);
	const { value } = (await cli.json('show', 'position', '//Alice', 'native', '--who', '//Bob')).value;
	assert.ok(BigInt(value) >= STAY(1_000) - UNIT);
});

story('new code comes by the fast lane: the committee whitelists it, and a referendum has the last word', async () => {
	// The code with which this node starts chains, and a part that means nothing.
	const spec = execFileSync(BINARY, ['export-chain-spec', '--chain', 'dev', '--raw'], QUIET);
	const code = Buffer.from(JSON.parse(spec).genesis.raw.top[CODE].slice(2), 'hex');
	const isPlain = code.subarray(0, 4).equals(Buffer.from('\0asm'));
	// A section with a name of its own, or a frame that a decompressor skips.
	const more = isPlain ? [0, 6, 4, ...Buffer.from('more'), 42] : [0x50, 0x2a, 0x4d, 0x18, 1, 0, 0, 0, 42];
	const file = join(network.folder, 'new.wasm');
	writeFileSync(file, Buffer.concat([code, Buffer.from(more)]));
	const hash = blake2AsHex(Buffer.concat([code, Buffer.from(more)]), 256);

	const { value: committee } = await governance('committee', 'members');
	assert.deepEqual(committee, { members: [alice.address], twoThirds: 1 });
	assert.deepEqual((await api.derive.technicalCommittee.members()).map(String), [alice.address]);
	assert.match(await cli.fails(4, ['governance', 'committee', 'whitelist', file, '--from', '//Bob']), /TechnicalCommittee\.NotMember/);

	// The referendum may be first: then the call waits for the committee, and anyone has it made.
	const { index } = await proposes('//Dave', 'upgrade', file, '--fast-lane', '--deposit');
	await approve(index);
	await until(index, 'enacted');
	assert.ok((await api.query.system.authorizedUpgrade()).isNone);
	const dispatches = ['governance', 'committee', 'dispatch', file, '--from', '//Ferdie'];
	assert.match(await cli.fails(4, dispatches), /Whitelist\.CallIsNotWhitelisted/);
	const whitelisted = await governance('committee', 'whitelist', file, '--from', '//Alice');
	const authorize = api.tx.system.authorizeUpgrade(hash).method;
	assert.equal(eventsOf(whitelisted, 'Whitelist.CallWhitelisted')[0].callHash, authorize.hash.toHex());
	await cli.runs(dispatches);
	const authorized = (await api.query.system.authorizedUpgrade()).unwrap();
	assert.deepEqual([authorized.codeHash.toHex(), authorized.checkVersion.isTrue], [hash, true]);
	const other = join(network.folder, 'other.wasm');
	writeFileSync(other, code);
	assert.match(await cli.fails(2, ['governance', 'apply-upgrade', other, '--from', '//Bob']), new RegExp(hash));
	// Its version is that of the running code, so the chain does not take it.
	assert.match(await cli.fails(4, ['governance', 'apply-upgrade', file, '--from', '//Bob']), /System\.SpecVersionNeedsToIncrease/);
	assert.match(await cli.fails(7, ['governance', 'apply-upgrade', file, '--from', '//Bob']), /no upgrade is authorized/);

	// A call that the command line has no word for: the same, whatever the version. The committee may be first.
	const unchecked = api.tx.system.authorizeUpgradeWithoutChecks(hash).method;
	const call = api.tx.whitelist.dispatchWhitelistedCallWithPreimage(unchecked).method.toHex();
	const second = await proposes('//Dave', 'call', call, '--track', 'whitelisted_caller', '--deposit');
	assert.match((await shown(second.index)).call.sentence, /^if the committee whitelists it, as root let the code/);
	await governance('committee', 'whitelist', unchecked.hash.toHex(), '--from', '//Alice');
	await approve(second.index);
	await until(second.index, 'enacted');
	const done = await governance('apply-upgrade', file, '--from', '//Bob');
	assert.equal(eventsOf(done, 'System.CodeUpdated').length, 1);
	assert.equal(blake2AsHex(await node.rpc('state_getStorage', CODE), 256), hash);
	// The chain goes on with it.
	const before = await node.bestNumber();
	await cli.runs(['transfer', '//Ferdie', '1', '--from', '//Eve']);
	assert.ok((await node.bestNumber()) > before);
});

story('stake votes, and leaves the balance for fees; locks end when they may', async () => {
	const dina = '//Governance/Dina';
	const { address } = account(dina);
	await cli.runs(['transfer', dina, '1_000', '--from', '//Ferdie']);
	await cli.runs(['stake', '//Alice', '900', '--from', dina]);
	const standing = async () => (await governance('votes', dina)).value;
	const frozen = async () => {
		const locks = await api.query.balances.locks(address);
		return locks.filter(({ id }) => id.toUtf8() === 'pyconvot').reduce((sum, { amount }) => sum + amount.toBigInt(), 0n);
	};
	const near = (units, stay) => {
		const off = BigInt(units) - STAY(stay);
		assert.ok(off < UNIT && off > -UNIT, `${units} is not about ${stay} STAY`);
	};
	near((await standing()).votes, 1_000);

	// With what it staked alone, nothing is frozen.
	const { index } = await proposes('//Dave', 'set-validator-count', '15', '--deposit');
	await cli.runs(['governance', 'vote', String(index), 'aye', '--amount', '890', '--from', dina]);
	near((await standing()).lock, 890);
	assert.equal(await frozen(), 0n);
	await cli.runs(['transfer', '//Ferdie', '50', '--from', dina]);

	// With more than it has, the chain refuses; with all, what is free is frozen but for the fees.
	const more = ['governance', 'vote', String(index), 'aye', '--amount', '2_000', '--from', dina];
	assert.match(await cli.fails(4, more), /ConvictionVoting\.InsufficientFunds/);
	await cli.runs(['governance', 'vote', String(index), 'nay', '--amount', 'all', '--conviction', '2x', '--from', dina]);
	const now = await standing();
	near(now.lock, 947);
	near(now.frozen, 47);
	assert.equal(await frozen(), BigInt(now.frozen));
	const [{ votes: [{ vote }] }] = now.tracks;
	assert.deepEqual([vote.side, vote.conviction, BigInt(vote.votes)], ['nay', '2x', 2n * BigInt(vote.balance)]);
	assert.match(await cli.fails(4, ['transfer', '//Ferdie', '10', '--from', dina]), /Frozen|FundsUnavailable|LiquidityRestrictions/);
	assert.match(await cli.fails(4, ['governance', 'delegate', '//Bob', '--track', 'parameters', '--from', dina]), /AlreadyVoting/);

	// The vote taken back, nothing is locked.
	await cli.runs(['governance', 'remove-vote', String(index), '--from', dina]);
	await cli.runs(['governance', 'unlock', '--from', dina]);
	assert.deepEqual([(await standing()).lock, await frozen()], ['0', 0n]);
	assert.ok((await api.query.stakeVoting.locks(address)).isNone);
	assert.match(await cli.fails(7, ['governance', 'unlock', '--from', dina]), /lock more than they have to/);

	// Delegated, it votes with Bob: three times what it delegates.
	await cli.runs(['governance', 'vote', String(index), 'aye', '--amount', '10', '--conviction', 'none', '--from', '//Bob']);
	const tally = async () => (await info(index)).asOngoing.tally.ayes.toBigInt();
	assert.equal(await tally(), UNIT);
	await cli.runs(['governance', 'delegate', '//Bob', '--track', 'parameters', '--amount', '800', '--conviction', '3x', '--from', dina]);
	assert.equal(await tally(), UNIT + 3n * STAY(800));
	const [{ received }] = (await governance('votes', '//Bob')).value.tracks.filter(({ track }) => track.name === 'parameters');
	assert.equal(received.votes, String(3n * STAY(800)));
	await cli.runs(['governance', 'undelegate', '--all-tracks', '--from', dina]);
	const ended = await node.bestNumber();
	assert.equal(await tally(), UNIT);

	// It is rejected: the vote for it is all there is, but too few stand behind it.
	await until(index, 'rejected');
	const [last] = (await governance('list', '--track', 'parameters')).value;
	assert.deepEqual([last.index, last.phase], [index, 'rejected']);

	// The conviction locks for four periods after that.
	const period = api.consts.convictionVoting.voteLockingPeriod.toNumber();
	const [{ earlier }] = (await standing()).tracks;
	assert.equal(earlier.until, ended + 4 * period);
	assert.match(await cli.fails(7, ['governance', 'unlock', '--from', dina]), /lock more than they have to/);
	for (let left; (left = earlier.until - (await node.bestNumber())) > 0; ) await blocks(Math.min(left, 100));
	// Anyone may unlock it.
	await cli.runs(['governance', 'unlock', '--owner', dina, '--from', '//Eve']);
	assert.deepEqual([(await standing()).lock, (await standing()).tracks], ['0', []]);
});

story('polkadot.js reads what Apps shows of votes', async () => {
	const ids = (await api.query.referenda.referendumInfoFor.keys()).map(({ args: [index] }) => index.toNumber());
	assert.equal(ids.length, (await api.query.referenda.referendumCount()).toNumber());
	const voting = await api.query.convictionVoting.votingFor(bob.address, 20);
	const [[, vote]] = voting.asCasting.votes;
	assert.deepEqual([vote.asStandard.vote.isAye, vote.asStandard.vote.conviction.type], [true, 'Locked1x']);
	const locks = await api.query.convictionVoting.classLocksFor(bob.address);
	assert.ok(locks.length > 0);
	const { isTechCommittee } = await api.derive.accounts.flags(alice.address);
	assert.equal(isTechCommittee, true);
	const { lockedBreakdown } = await api.derive.balances.all(bob.address);
	assert.ok(lockedBreakdown.some(({ id }) => id.toUtf8() === 'pyconvot'));
});

story(`the commands of ${PAGE} do what it says`, async () => {
	const fast = await network.seal('fast', '250', [], 'local');
	const reader = new Reader(PAGE, { MAINSTAY_URL: fast.url });
	try {
		await reader.read();
	} finally {
		await reader.stop();
	}
});
