// Every command that sends, with its connection cut at one step of sending: its transaction is sent once, and the
// command reports it. Each step has a chain of its own, which makes a block as soon as there is a transaction, and eras
// on command. Three of the steps are tested, or all of them with MAINSTAY_CUTS=all.
import assert from 'node:assert/strict';
import { after, describe, test } from 'node:test';
import { STAY, account, connect, submit } from './lib/chain.mjs';
import { CommandLine } from './lib/cli.mjs';
import { STEPS, happened, through } from './lib/cuts.mjs';
import { Network } from './lib/network.mjs';

const STEP_MS = 600_000;
/**
 * The steps of every run: the transaction is sent and the node's answer is lost, or half of the answer, or the query
 * about the result.
 */
const ALWAYS = ['behind its bytes', 'within the answer', 'reading back'];
const ASSET = 7;
/** The minimum balance of the asset. */
const LEAST_GEM = 10n ** 10n;
/** A number of eras after which every exit has matured, and every change binds. */
const LONG = 8;

const network = new Network();
let failed = false;
after(async () => {
	if (failed) network.report();
	await network.stop();
	if (failed) console.error(`the nodes' logs and data are in ${network.folder}`);
	else network.remove();
});

const [dina, olga, otto, sven, vera, vic] = ['dina', 'olga', 'otto', 'sven', 'vera', 'vic'].map((name) => `//Commands/${name}`);
/** The multisig of two of them. */
const pair = ['--multisig', `2:${dina},${vera}`];
/** The account to which slashes of the asset are paid. It has nothing at first. */
const harmed = '//Commands/harmed';

const by = (from, ...args) => ({ from, args });
const eras = (count) => ({ eras: count });
/** A preparation that a command needs, and for which there is no command. */
const first = (prepare) => ({ prepare });

/**
 * The commands, in an order in which each can succeed. A function gets the chain and `told`, which returns the fields
 * of an event of the command before. It stores in `facts` what later commands need.
 */
const DELEGATOR = [
	by(dina, 'stake', '//Alice', '100'),
	by(dina, 'restake', '//Alice', '5'),
	by(dina, 'opt-in', '//Alice', '10'),
	by(dina, 'exit', '//Alice', 'stake', '5'),
	by(dina, 'payout-account', vera),
	by(dina, 'proxy', 'add', vera, '--type', 'staking'),
	by(dina, 'proxy', 'remove', vera, '--type', 'staking'),
	// A call of a multisig, which waits for the other signature until it is cancelled.
	by(dina, 'transfer', vera, '1', ...pair),
	({ told }) => by(dina, 'multisig', 'cancel', told('NewMultisig').callHash, ...pair),
	eras(LONG),
	by(dina, 'claim'),
	by(dina, 'collect', '--operator', '//Alice', '--kind', 'stake'),
	({ api }) => by(dina, 'call', api.tx.balances.transferKeepAlive(account('//Commands/call').address, STAY(1)).method.toHex()),
	by(dina, 'transfer', '//Commands/all', 'all'),
];

const VALIDATOR = [
	// `join` refuses a node that has another validator's keys, and this one has Alice's.
	first(validates),
	eras(2),
	by(vic, 'validator', 'leave'),
	eras(LONG),
	by(vic, 'validator', 'purge-keys'),
	by('//Alice', 'validator', 'rotate'),
	by('//Alice', 'validator', 'leave'),
	by('//Alice', 'validator', 'join', '--no-wait'),
];

const GOVERNANCE = [
	by(vera, 'governance', 'propose', 'set-validator-count', '15'),
	({ facts, told }) => by(vera, 'governance', 'place-deposit', (facts.referendum = String(told('Submitted').index))),
	({ facts }) => by(vera, 'governance', 'vote', facts.referendum, 'aye', '--amount', '10', '--conviction', 'none'),
	({ facts }) => by(vera, 'governance', 'split-vote', facts.referendum, '--abstain', '5'),
	({ facts }) => by(vera, 'governance', 'remove-vote', facts.referendum),
	by(vera, 'governance', 'unlock'),
	by(vera, 'governance', 'delegate', olga, '--track', 'small_spender', '--amount', '10', '--conviction', 'none'),
	by(vera, 'governance', 'undelegate', '--track', 'small_spender'),
	by('//Alice', 'governance', 'committee', 'whitelist', `0x${'07'.repeat(32)}`),
	// It is rejected, for want of votes.
	eras(LONG),
	({ facts }) => by(vera, 'governance', 'refund', facts.referendum),
];

const SERVICE = [
	by(sven, 'avs', 'register', 'Sven'),
	({ facts, told }) => {
		facts.avs = String(told('AvsRegistered').avs);
		[facts.set, facts.gems] = ['0', '1'].map((index) => `${facts.avs}/${index}`);
		return by(sven, 'avs', 'rename', facts.avs, 'Svenja');
	},
	({ facts }) => by(sven, 'avs', 'create-set', facts.avs, '--kind', 'native', '--min-stake', '5', '--admission', 'approved'),
	({ facts }) => by(sven, 'avs', 'change-set', facts.set, '--min-stake', '0'),
	({ facts }) => by(sven, 'avs', 'condition', 'add', facts.set, 'it was late', '--max', '10%'),
	({ facts }) => by(sven, 'avs', 'condition', 'change', facts.set, '0', '--max', '5%'),
	({ facts }) => by(sven, 'avs', 'condition', 'add', facts.set, 'it lied', '--max', '10%', '--veto-window', '2', '--resolver', vera),
	({ facts }) =>
		by(sven, 'avs', 'create-set', facts.avs, '--kind', `asset:${ASSET}`, '--min-stake', '0', '--destination', account(harmed).address),
	({ facts }) => by(sven, 'avs', 'condition', 'add', facts.gems, 'it was late', '--max', '10%'),

	by(olga, 'operator', 'register', '--commission', '5%', '--name', 'Olga'),
	by(otto, 'operator', 'register', '--commission', '5%', '--name', 'Otto'),
	by(olga, 'restake', olga, '1000'),
	by(olga, 'restake', olga, '1_000_000_000_000', '--asset', String(ASSET)),
	({ facts }) => by(sven, 'avs', 'approve', facts.set, olga),
	({ facts }) => by(sven, 'avs', 'revoke', facts.set, olga),
	({ facts }) => by(sven, 'avs', 'change-set', facts.set, '--admission', 'open'),
	by(olga, 'operator', 'terms', '--commission', '4%'),
	({ facts }) => by(olga, 'operator', 'allocate', facts.set, 'native', '50%'),
	({ facts }) => by(olga, 'operator', 'allocate', facts.gems, `asset:${ASSET}`, '100%'),
	({ facts }) => by(olga, 'operator', 'join', facts.set),
	({ facts }) => by(olga, 'operator', 'join', facts.gems),
	({ facts }) => by(otto, 'operator', 'join', facts.set),
	({ facts }) => by(sven, 'avs', 'eject', facts.set, otto),
	eras(LONG),

	({ facts }) => by(sven, 'avs', 'pay', facts.set, '10'),
	({ facts }) => by(sven, 'avs', 'pay', facts.set, '--to', `${olga}=3`),
	by(olga, 'collect'),
	({ facts }) => by(sven, 'avs', 'stream', 'open', facts.set, '1', '--funds', '10'),
	// No `distribute`: on a chain with idle blocks, a stream pays in the block that opens it, and in the first block of
	// each era.
	({ facts, told }) => by(sven, 'avs', 'stream', 'top-up', (facts.stream = String(told('StreamOpened').id)), '5'),
	({ facts }) => by(sven, 'avs', 'stream', 'stop', facts.stream),

	({ facts }) => by(sven, 'avs', 'slash', facts.set, olga, '0', '1%'),
	// No `execute` here or below: the next block begins by executing what is due.
	({ facts }) => by(sven, 'avs', 'slash', facts.set, olga, '1', '2%'),
	({ told }) => by(vera, 'avs', 'veto', String(told('SlashReported').id), 'it did not'),
	({ facts }) => by(sven, 'avs', 'slash', facts.set, olga, '1', '3%'),
	({ told }) => by(olga, 'avs', 'appeal', String(told('SlashReported').id), 'I did not'),
	// The slash takes less than the minimum balance of the asset, and its receiver has none of it.
	({ facts }) => by(sven, 'avs', 'slash', facts.gems, olga, '0', '0.05%'),
	first(({ api, facts, told }) => {
		facts.gemsSlash = String(told('SlashReported').id);
		const { address } = account(harmed);
		const { assets, balances, utility } = api.tx;
		const exists = [balances.transferKeepAlive(address, STAY(1)), assets.mint(ASSET, address, LEAST_GEM)];
		return submit(api, account('//Alice'), utility.batchAll(exists));
	}),
	({ facts }) => by(vera, 'avs', 'payout', facts.gemsSlash, '--asset', String(ASSET)),

	({ facts }) => by(olga, 'operator', 'leave', facts.set),
	by(olga, 'operator', 'stop'),
	by(olga, 'operator', 'retire'),
	({ facts }) => by(sven, 'avs', 'condition', 'remove', facts.set, '0'),
	({ facts }) => by(sven, 'avs', 'wind-down', facts.set),
	({ facts }) => by(sven, 'avs', 'wind-down', facts.gems),
	({ facts }) => by(sven, 'avs', 'transfer', facts.avs, vera),
	({ facts }) => by(vera, 'avs', 'accept', facts.avs),
	eras(LONG),
	({ facts }) => by(vera, 'avs', 'close', facts.set),
	({ facts }) => by(vera, 'avs', 'close', facts.gems),
	({ facts }) => by(vera, 'avs', 'deregister', facts.avs),
];

/** Makes a second validator a candidate, with keys on the same node. */
async function validates({ node, api }) {
	const who = account(vic);
	const { keys, proof } = await node.ownersRpc('author_rotateKeysWithOwner', `0x${Buffer.from(who.publicKey).toString('hex')}`);
	const { operatorDelegation, session, staking, utility } = api.tx;
	const stake = operatorDelegation.stake(who.address, STAY(10_000), 0);
	await submit(api, who, utility.batchAll([session.setKeys(keys, proof), operatorDelegation.register(500), stake, staking.validate()]));
}

/** Starts a chain on which all accounts have funds, and the asset is admitted. */
async function aChain(name) {
	const node = await network.seal(name, 'instant');
	const api = await connect(node);
	const alice = account('//Alice');
	const { assets, balances, restaking, sudo, utility } = api.tx;
	const fund = [dina, olga, otto, sven, vera, vic].map((uri) => balances.transferKeepAlive(account(uri).address, STAY(20_000)));
	await submit(api, account('//Alice//stash'), utility.batchAll(fund));
	// Alice pays the asset's minimum balance for custody.
	const mint = [alice, account(olga)].map(({ address }) => assets.mint(ASSET, address, 10n ** 15n));
	await submit(api, alice, utility.batchAll([assets.create(ASSET, alice.address, LEAST_GEM), ...mint]));
	await submit(api, alice, sudo.sudo(restaking.addAsset(ASSET, 10n ** 30n, alice.address, true, 10n ** 9n)));
	return { node, api, cli: new CommandLine(node.url) };
}

const cuts = process.env.MAINSTAY_CUTS === 'all' ? Object.keys(STEPS).filter((step) => !/none|final|slow/.test(step)) : ALWAYS;

describe('every command that sends does it once, cut', { concurrency: 2 }, () => {
	for (const [index, step] of cuts.entries()) {
		test(step, { timeout: STEP_MS }, async () => {
			const chain = await aChain(`cut-${index}`);
			const facts = {};
			let events = [];
			const told = (name) => events.find((event) => event.name === name).fields;
			try {
				for (const given of [...DELEGATOR, ...GOVERNANCE, ...VALIDATOR, ...SERVICE]) {
					const next = typeof given === 'function' ? given({ api: chain.api, facts, told }) : given;
					if (next.prepare) await next.prepare({ ...chain, facts, told });
					// One era at a time, because a call has a deadline and the machine may be busy.
					for (let era = 0; era < (next.eras ?? 0); era++) await chain.node.ownersRpc('dev_nextEra');
					if (!next.args) continue;
					const rule = STEPS[step][0]();
					const ended = await through(chain, rule, next.from, [...next.args, '--wait', 'block']);
					const what = next.args.join(' ');
					assert.equal(ended.code, 0, `${what}\n${ended.stdout}\n${ended.stderr}`);
					assert.ok(happened(rule), what);
					assert.equal(ended.sent, 1, what);
					({ events } = JSON.parse(ended.stdout));
					assert.equal(events.filter(({ name }) => name === 'ExtrinsicSuccess').length, 1, what);
				}
			} catch (error) {
				failed = true;
				throw error;
			} finally {
				chain.cli.remove();
				await chain.api.disconnect();
				await chain.node.stop();
			}
		});
	}
});
