import { ApiPromise, Keyring, WsProvider } from '@polkadot/api';
import { encodeAddress } from '@polkadot/util-crypto';

const FINAL_SECONDS = 60;

export const UNIT = 10n ** 12n;

/** An amount of STAY in the smallest unit. */
export const STAY = (units) => BigInt(units) * UNIT;

const SS58 = 42;
const keyring = new Keyring({ type: 'sr25519', ss58Format: SS58 });

/** The last transaction that each account is sending. Two at once would have the same nonce. */
const sending = new Map();

/** The key pair of a secret URI, for instance `//Alice`. */
export const account = (uri) => keyring.addFromUri(uri);

/** The key pair that a validator of this secret URI votes with. */
export const voter = (uri) => keyring.createFromUri(uri, {}, 'ed25519');

/** Connects a client to a node. */
export function connect(node) {
	// These extensions add nothing to a transaction. Without this declaration the client warns of them.
	const empty = { extrinsic: {}, payload: {} };
	return ApiPromise.create({
		provider: new WsProvider(node.url),
		signedExtensions: { AuthorizeCall: empty, WeightReclaim: empty },
		noInitWarn: true,
		throwOnConnect: true,
	});
}

function dispatchError(api, error) {
	if (!error.isModule) return error.toString();
	const { section, name, docs } = api.registry.findMetaError(error.asModule);
	return `${section}.${name}: ${docs.join(' ')}`;
}

/**
 * Signs and sends a call, waits until its block is final. Returns the block's hash and the call's events; throws the
 * chain's own error if the call failed.
 */
export function submit(api, signer, call) {
	const { section, method } = call.method;
	return new Promise((resolve, reject) => {
		const fail = (why) => reject(new Error(`${section}.${method}: ${why}`));
		const timer = setTimeout(() => fail(`not final after ${FINAL_SECONDS} s`), FINAL_SECONDS * 1000);
		const follow = ({ status, isError, dispatchError: error, events }) => {
			const done = () => resolve({ block: status.asFinalized.toHex(), events: events.map(({ event }) => event) });
			if (isError) fail(`the transaction is ${status.type}`);
			// A block that is not final can be replaced; the transaction then waits again with its nonce.
			else if (!status.isFinalized) return;
			else if (error) fail(dispatchError(api, error));
			else done();
			clearTimeout(timer);
		};
		const send = async () => {
			// The client's own count leaves out transactions in the pool.
			const nonce = await api.rpc.system.accountNextIndex(signer.address);
			await new Promise((pooled, failed) => {
				const told = (result) => {
					pooled();
					follow(result);
				};
				call.signAndSend(signer, { nonce }, told).catch(failed);
			});
		};
		const sent = (sending.get(signer.address) ?? Promise.resolve()).then(send).catch((error) => {
			clearTimeout(timer);
			fail(error.message);
		});
		sending.set(signer.address, sent);
	});
}

/** The spendable balance of an account. `at` is a client, or the state at one block. */
export async function freeBalance(at, who) {
	return (await at.query.system.account(who)).data.free.toBigInt();
}

/** The balance of an account that pallet `holder` holds. */
export async function heldBalance(at, who, holder) {
	const holds = (await at.query.balances.holds(who)).filter(({ id }) => id.type === holder);
	return holds.reduce((sum, { amount }) => sum + amount.toBigInt(), 0n);
}

/** An account's balance of an asset. */
export async function assetBalance(at, id, who) {
	const account = await at.query.assets.account(id, who);
	return account.isNone ? 0n : account.unwrap().balance.toBigInt();
}

/** The account of a pallet, by the name of the pallet. */
export function palletAccount(api, pallet) {
	const id = api.consts[pallet].palletId.toU8a();
	return encodeAddress(Buffer.concat([Buffer.from('modl'), id, Buffer.alloc(32)]).subarray(0, 32), SS58);
}

/** The total income in the treasury's books, in STAY. */
export async function treasuryIncome(at) {
	const income = await at.query.chainTreasury.received.entries();
	const native = income.filter(([{ args: [, currency] }]) => currency.isNative);
	return native.reduce((sum, [, amount]) => sum + amount.toBigInt(), 0n);
}

/** The fee of a transaction, from its events. */
export function feePaid(api, events) {
	return eventOf(events, api.events.transactionPayment.TransactionFeePaid).actualFee.toBigInt();
}

/** The only event of a kind among a call's events. */
export function eventOf(events, type) {
	const found = events.filter((event) => type.is(event));
	if (found.length !== 1) throw new Error(`${found.length} such events, not one`);
	return found[0].data;
}
