// The command line against a development node: what it signs, what it refuses, its messages and exit codes.
import assert from 'node:assert/strict';
import { chmodSync, existsSync, readdirSync, statSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { after } from 'node:test';
import { fileURLToPath } from 'node:url';
import { STAY, account, connect, freeBalance } from './lib/chain.mjs';
import { CommandLine, eventsOf } from './lib/cli.mjs';
import { metadataOf, readCopy } from './lib/metadata.mjs';
import { storyteller } from './lib/story.mjs';

const PASSWORD = 'correct horse';
const PHRASE = 'caution juice atom organ advance problem want pledge someone senior holiday very';
const [alice, bob, charlie, dave] = ['//Alice', '//Bob', '//Charlie', '//Dave'].map(account);

const { network, story } = storyteller();
let api;
let cli;
let node;
after(() => {
	cli?.remove();
	return api?.disconnect();
});

/** The output of a command, which must succeed. */
const prints = async (...asked) => (await cli.runs(...asked)).stdout;

story('a development node starts, whose runtime the command line was made for', async () => {
	node = await network.seal('dev', '250');
	api = await connect(node);
	cli = new CommandLine(node.url);
	assert.ok(readCopy().equals(await metadataOf(node)), 'clients/artifacts/metadata.scale is old: run scripts/metadata');
	await network.waitFor('a final block', 60, async () => (await node.finalizedNumber()) > 0);
});

story('what does not fit is refused before a node is asked', async () => {
	assert.match(await cli.fails(2, ['stake', '//Alice', '1.5.0', '--from', '//Bob']), /is not a number/);
	assert.match(await cli.fails(2, ['operator', 'register', '--commission', '5']), /is not a percentage/);
	assert.match(await cli.fails(2, ['stake', '//Alice', '1']), /--from/);
	assert.match(await cli.fails(6, ['stake', '//Alice', '1', '--from', 'nobody']), /nobody/);
	assert.match(await cli.fails(3, ['show', 'era', '--url', 'ws://127.0.0.1:1']), /--url/);
	assert.match(await cli.fails(2, ['show', 'era', '--url', 'http://127.0.0.1:1']), /WebSocket/);
	assert.match(await cli.fails(7, ['show', 'operator', '//Bob']), /not an operator/);
	const { error } = JSON.parse(await cli.fails(7, ['show', 'operator', '//Bob', '--json']));
	assert.equal(error.exitCode, 7);
	const wrong = JSON.parse(await cli.fails(2, ['transfer', '//Bob', '1', '--tip', 'much', '--json'])).error;
	assert.equal(wrong.exitCode, 2);
	assert.match(wrong.message, /^invalid value 'much' for '--tip <AMOUNT>'/);
	assert.match(await cli.fails(7, ['collect', '--from', '//Bob']), /nothing is due to /);
});

story('what a restaking graph tells takes no node', async () => {
	const vector = (name) => fileURLToPath(new URL(`../../risk/vectors/${name}`, import.meta.url));
	const asked = ['risk', 'report', '--url', 'ws://127.0.0.1:1', '--graph'];
	const { gamma, binding, bestAttack, services, loss } = await cli.json(...asked, vector('v7.json'), '--shock', '2/15,1/5');
	assert.deepEqual([gamma.operator, gamma.lifted, gamma.elastic, gamma.exact], ['-9/22', '-141/401', null, '1/9']);
	assert.deepEqual(binding, { operator: 'v1' });
	assert.deepEqual([bestAttack.profit, bestAttack.exact, bestAttack.operators], ['-6', true, ['v0']]);
	assert.equal(services[0].needed, '130/3');
	assert.deepEqual(loss.map(({ worst, lost }) => [worst, lost]), [['2/15', []], ['3/5', ['v2']]]);
	assert.equal((await cli.json(...asked, vector('v10.json'), '--byzantine', '0')).bestAttack.profit, '2');
	assert.match(await prints([...asked, vector('v7.json')]), /-0\.4091, bound by operator v1/);
	assert.match(await cli.fails(2, [...asked, vector('v7.json'), '--shock', '3/2']), /between 0 and 1/);
	assert.match(await cli.fails(1, [...asked, vector('none.json')]), /cannot read/);
});

story('a dry run tells fee and effect, needs no secret, and changes nothing', async () => {
	const before = await freeBalance(api, bob.address);
	const told = await cli.json('stake', '//Alice', '100', '--from', bob.address, '--dry-run');
	assert.equal(told.from, bob.address);
	assert.equal(told.refused, null);
	const [deposited] = eventsOf(told, 'OperatorDelegation.Deposited');
	assert.deepEqual([deposited.who, deposited.operator, deposited.amount], [bob.address, alice.address, String(STAY(100))]);
	const { spendable } = told;
	assert.equal(BigInt(spendable.before) - BigInt(spendable.after), STAY(100) + BigInt(told.fee));
	// A dry run shows the new risks: consensus offences, and no service yet.
	assert.equal(told.exposure.consensus, true);
	assert.deepEqual(told.exposure.services, []);
	assert.equal(await freeBalance(api, bob.address), before);

	const shown = await prints(['stake', '//Alice', '100', '--from', '//Bob', '--dry-run']);
	assert.match(shown, /fee +0\.01\d+ STAY/);
	assert.match(shown, /100 STAY/);
	assert.ok(shown.split('\n').every((line) => line.length <= 80), shown);
});

story('what was said is what is done, and it waits until that is final', async () => {
	const before = await freeBalance(api, bob.address);
	const told = await cli.json('stake', '//Alice', '100', '--from', '//Bob', '--dry-run');
	const done = await cli.json('stake', '//Alice', '100', '--from', '//Bob');
	assert.deepEqual([done.final, done.fee, done.from], [true, told.fee, bob.address]);
	assert.ok(done.number <= (await node.finalizedNumber()));
	assert.equal(before - (await freeBalance(api, bob.address)), STAY(100) + BigInt(done.fee));
	const { value } = await cli.json('show', 'position', '//Alice', 'stake', '--who', '//Bob');
	assert.equal(value.shares, eventsOf(done, 'OperatorDelegation.Deposited')[0].shares);
});

story('a refusal is told in words, and nothing is sent', async () => {
	const before = await freeBalance(api, bob.address);
	const said = await cli.fails(4, ['exit', '//Alice', 'stake', '1_000_000', '--from', '//Bob']);
	assert.match(said, /OperatorDelegation\.InsufficientShares/);
	// The message says what the error means and, in a separate paragraph, what to do.
	assert.match(said, /\n\n\w/);
	const { error } = JSON.parse(await cli.fails(4, ['operator', 'retire', '--from', '//Bob', '--json']));
	assert.deepEqual([error.exitCode, error.name], [4, 'OperatorDelegation.NotOperator']);
	assert.ok(error.meaning.length > 10 && error.remedy.length > 10);
	assert.match(await cli.fails(4, ['transfer', '//Eve', '999_999_999', '--from', '//Bob']), /Token\.FundsUnavailable/);
	assert.equal(await freeBalance(api, bob.address), before);
	const poor = account('//Nobody/poor').address;
	assert.match(await cli.fails(5, ['transfer', '//Eve', '1', '--from', poor, '--dry-run']), /cannot pay the fee/);
});

story('keys: made, kept behind a password, imported, used from files and from standard input', async () => {
	const file = join(cli.folder, 'password');
	writeFileSync(file, `${PASSWORD}\n`, { mode: 0o600 });
	const made = await cli.json('key', 'new', 'savings', '--password-file', file);
	const [kept] = readdirSync(cli.env.MAINSTAY_KEYS);
	assert.equal(kept, 'savings.json');
	assert.equal(statSync(join(cli.env.MAINSTAY_KEYS, kept)).mode & 0o777, 0o600);
	await cli.runs(['key', 'import', 'old', '--password-file', file], { input: `${PHRASE}\n` });
	const list = await prints(['key', 'list']);
	assert.match(list, /savings/);
	assert.match(list, new RegExp(made.address));

	// A name can replace an account wherever a command asks for one.
	await cli.runs(['transfer', 'savings', '10', '--from', '//Bob']);
	assert.equal(await freeBalance(api, made.address), STAY(10));
	const sent = await cli.json('transfer', '//Eve', '1', '--from', 'savings', '--password-file', file);
	assert.equal(sent.from, made.address);
	assert.match(await cli.fails(6, ['transfer', '//Eve', '1', '--from', 'savings']), /password/i);
	const wrong = join(cli.folder, 'wrong');
	writeFileSync(wrong, 'not it\n', { mode: 0o600 });
	assert.match(await cli.fails(6, ['transfer', '//Eve', '1', '--from', 'savings', '--password-file', wrong]), /password/i);

	// A phrase from standard input or a file causes no warning, and one as an argument does.
	const phrase = join(cli.folder, 'phrase');
	writeFileSync(phrase, 'bottom drive obey lake curtain smoke basket hold race lonely fit walk//Dave\n', { mode: 0o600 });
	const quiet = await cli.run(['transfer', '//Eve', '1', '--from', `@${phrase}`]);
	assert.deepEqual([quiet.code, /warning/.test(quiet.stderr)], [0, false], quiet.stderr);
	chmodSync(phrase, 0o644);
	assert.match((await cli.run(['transfer', '//Eve', '1', '--from', `@${phrase}`])).stderr, /warning/);
	const piped = await cli.run(['transfer', '//Eve', '1', '--from', '-', '--json'], { input: `${PHRASE}\n` });
	assert.equal(piped.code, 5, piped.stderr);
	assert.match((await cli.run(['transfer', '//Eve', '1', '--from', PHRASE])).stderr, /warning/);
});

story('at a terminal it shows what would happen, and asks', async () => {
	const before = await freeBalance(api, dave.address);
	const no = await cli.atTerminal(['transfer', '//Dave', '5', '--from', '//Charlie'], { input: 'n\n' });
	assert.equal(no.code, 9, no.stdout);
	assert.match(no.stdout, /Sign and send\? \[y\/N\]/);
	assert.equal(await freeBalance(api, dave.address), before);
	const yes = await cli.atTerminal(['transfer', '//Dave', '5', '--from', '//Charlie'], { input: 'y\n' });
	assert.equal(yes.code, 0, yes.stdout);
	assert.equal(await freeBalance(api, dave.address), before + STAY(5));
	const unasked = await cli.atTerminal(['transfer', '//Dave', '5', '--from', '//Charlie', '--yes', '--plain']);
	assert.equal(unasked.code, 0, unasked.stdout);
	assert.doesNotMatch(unasked.stdout, /Sign and send|\x1b\[/);
});

story('a call can be printed for another signer, sent from elsewhere, and made for who gave a proxy', async () => {
	const hex = (await prints(['transfer', '//Eve', '2', '--print-call'])).trim();
	const call = api.tx.balances.transferKeepAlive(account('//Eve').address, STAY(2));
	assert.equal(hex, call.method.toHex());
	const sent = await cli.json('call', hex, '--from', '//Bob');
	assert.equal(eventsOf(sent, 'Balances.Transfer')[0].amount, String(STAY(2)));
	assert.match(await cli.fails(2, ['call', '0x0000ffff', '--from', '//Bob']), /not a call of the chain/);

	await cli.runs(['proxy', 'add', '//Dave', '--type', 'staking', '--from', '//Charlie']);
	const staked = await cli.json('stake', '//Alice', '7', '--from', '//Dave', '--on-behalf-of', '//Charlie');
	assert.equal(eventsOf(staked, 'OperatorDelegation.Deposited')[0].who, charlie.address);
	// A staking proxy cannot transfer.
	await cli.fails(4, ['transfer', '//Eve', '1', '--from', '//Dave', '--on-behalf-of', '//Charlie']);
});

story('a node validates for one account', async () => {
	// A node with the keys of two validators would vote with only one of them, and finality ends where both votes are
	// needed.
	const joining = ['validator', 'join', '--from', '//Charlie'];
	assert.match(await cli.fails(3, joining), /the file `owner` of the node's folder/);
	assert.match(await cli.fails(2, [...joining, '--node', node.ownersUrl]), /validates for \/\/Alice already/);
	const told = await cli.json('validator', 'join', '--from', '//Charlie', '--dry-run');
	assert.equal(eventsOf(told, 'OperatorDelegation.OperatorRegistered').length, 1);
});

story('rewards and exits come when they are due', async () => {
	await cli.runs(['exit', '//Alice', 'stake', 'all', '--from', '//Bob']);
	assert.match(await cli.fails(7, ['claim', '--from', '//Bob']), /no exit of .* has matured/);
	const exits = await cli.json('show', 'exits', '//Bob');
	assert.equal(exits.value.items.length, 1);
	await cli.runs(['payout-account', '//Eve', '--from', '//Alice']);
	const paid = await cli.json('collect', '--from', '//Dave', '--owner', '//Alice');
	assert.equal(eventsOf(paid, 'Rewards.Collected').every(({ to }) => to === account('//Eve').address), true);
});

story('it follows final blocks, and ends when it was told to', async () => {
	const watching = cli.run(['watch', 'positions', '//Ferdie', '--json', '--count', '2']);
	await cli.runs(['stake', '//Alice', '3', '--from', '//Ferdie']);
	const { code, stdout, stderr } = await watching;
	assert.equal(code, 0, stderr);
	const items = stdout.trim().split('\n').map((line) => JSON.parse(line));
	assert.equal(items.length, 2);
	assert.ok(items[1].number > items[0].number || items[1].positions.length === 1);
});

story('completions and man pages come out of it', async () => {
	for (const shell of ['bash', 'zsh', 'fish']) assert.match(await prints(['completions', shell]), /mainstay-cli/);
	const folder = join(cli.folder, 'man');
	await cli.runs(['man', folder]);
	assert.ok(existsSync(join(folder, 'mainstay-cli-validator-join.1')));
	assert.ok(readdirSync(folder).length > 60);
});
