import { ApiPromise, Keyring, WsProvider } from '@polkadot/api';

const FINAL_SECONDS = 60;

export const UNIT = 10n ** 12n;

const keyring = new Keyring({ type: 'sr25519', ss58Format: 42 });

/** The key pair of a secret URI, `//Alice` say. */
export const account = (uri) => keyring.addFromUri(uri);

/** Connects a client to a node. */
export function connect(node) {
	// These extensions put nothing into a transaction; told so, the client does not warn of them.
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
 * chain's own error where the call failed.
 */
export function submit(api, signer, call) {
	const { section, method } = call.method;
	return new Promise((resolve, reject) => {
		const fail = (why) => reject(new Error(`${section}.${method}: ${why}`));
		const timer = setTimeout(() => fail(`not final after ${FINAL_SECONDS} s`), FINAL_SECONDS * 1000);
		call
			.signAndSend(signer, ({ status, isError, dispatchError: error, events }) => {
				if (error) fail(dispatchError(api, error));
				else if (isError) fail(`the transaction is ${status.type}`);
				else if (status.isFinalized) resolve({ block: status.asFinalized.toHex(), events: events.map(({ event }) => event) });
				else return;
				clearTimeout(timer);
			})
			.catch((error) => {
				clearTimeout(timer);
				fail(error.message);
			});
	});
}

/** What an account can spend. `at` is a client, or the state at one block. */
export async function freeBalance(at, who) {
	return (await at.query.system.account(who)).data.free.toBigInt();
}

/** The one event of a kind that a call left behind. */
export function eventOf(events, type) {
	const found = events.filter((event) => type.is(event));
	if (found.length !== 1) throw new Error(`${found.length} such events, not one`);
	return found[0].data;
}
