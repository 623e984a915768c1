import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { Keyring } from '@polkadot/api';
import { startChain } from './chain.mjs';

const STAY = 10n ** 12n;
const PART = 10n ** 18n;
const SET = { avs: 0, index: 0 };

const keyring = new Keyring({ type: 'sr25519' });
const [alice, bob, charlie] = ['//Alice', '//Bob', '//Charlie'].map((uri) => keyring.addFromUri(uri));

let chain;
before(async () => {
	chain = await startChain();
});
after(() => chain?.stop());

test('Charlie opens a service that pays 10 STAY an era, Bob restakes with Alice, and Alice joins', async () => {
	const { avsRegistry, restaking, rewards } = chain.api.tx;
	await chain.send(
		charlie,
		avsRegistry.register('Oracle', 'https://oracle.example'),
		avsRegistry.createSet(SET.avs, [['Native', 1]], 'Open', 0, charlie.address, 'Burn'),
		avsRegistry.addCondition(SET, 'it gave two answers', PART / 2n, 0, null),
		rewards.openStream(SET, 'Native', 10n * STAY, 1_000n * STAY, 0),
	);
	await chain.send(bob, restaking.restake(alice.address, 'Native', 1_000n * STAY, 0));
	await chain.send(alice, restaking.allocate('Native', SET, PART), avsRegistry.join(SET));

	// What is allocated counts from the next era on.
	await chain.nextEra();
	const { items } = await chain.ask('avs_members', SET);
	assert.deepEqual(items.map(({ operator }) => operator), [alice.address]);
});

test('ten eras later Bob has his part of a hundred STAY', async () => {
	await chain.nextEra(10);
	const { positions } = await chain.ask('rewards_due', bob.address);
	const earned = BigInt(positions.items[0].earned[0].amount);
	// Alice keeps 5 % of it.
	assert.ok(earned > 90n * STAY && earned < 96n * STAY, `${earned}`);
});

test('two answers cost a half of what answers for them', async () => {
	const { era } = await chain.ask('staking_era');
	const before = BigInt((await chain.ask('operators_position', bob.address, alice.address, 'native')).value);
	await chain.send(
		charlie,
		chain.api.tx.slashing.report(SET, alice.address, 0, [['Native', PART / 2n]], era),
	);
	// It has no veto window, and is executed in one of the next blocks.
	await chain.newBlocks(2);
	const after = BigInt((await chain.ask('operators_position', bob.address, alice.address, 'native')).value);
	// All but what the chain's own rewards have added since the era began.
	assert.equal((after * 100n) / before, 50n, `${before} to ${after}`);
});

test('what Bob takes back comes after the exit delay, and not before', async () => {
	const { operatorDelegation } = chain.api.tx;
	await chain.send(bob, operatorDelegation.exit(alice.address, 'Native', 'All'));
	const { exitDelay } = await chain.ask('staking_parameters');
	const exits = async () => (await chain.ask('operators_exits', bob.address)).items;
	await chain.nextEra(exitDelay - 1);
	assert.equal((await exits())[0].exit.claimable, false);
	await chain.nextEra();
	const [{ exit }] = await exits();
	assert.equal(exit.claimable, true);
	await chain.send(bob, operatorDelegation.claim(bob.address, alice.address, 'Native', exit.queued));
	assert.deepEqual(await exits(), []);
});
