// Cuts: the points at which a connection between the command line and a node ends while a transaction is sent, and
// the expected reports.
import { account } from './chain.mjs';
import { Proxy } from './proxy.mjs';

export const SUBMIT = 'author_submitExtrinsic';

const nonceOf = async (api, address) => (await api.query.system.account(address)).nonce.toNumber();

/**
 * Runs a command through a proxy with a rule. Returns how it ended, and how many transactions the signer sent in the
 * meantime.
 */
export async function through({ api, cli, node }, rule, from, args, options = {}) {
	const proxy = await Proxy.before(node, rule);
	const { address } = account(from);
	const nonce = await nonceOf(api, address);
	try {
		// The owner's methods go through the proxy as well.
		const env = { MAINSTAY_NODE: `${proxy.url}${new URL(node.ownersUrl).pathname}`, ...options.env };
		const signal = options.signal?.(proxy);
		const ended = await cli.run([...args, '--from', from, '--url', proxy.url, '--json'], { ...options, env, signal });
		return { ...ended, sent: (await nonceOf(api, address)) - nonce };
	} finally {
		proxy.close();
	}
}

/**
 * A rule that applies to a method, or to all methods, a number of times: to requests or to answers, from the first or a
 * later one on, after another rule applied. `given` counts how often it applied.
 */
export function when(method, verdict, { answered = false, times = 1, skip = 0, behind } = {}) {
	let open = !behind;
	const rule = (told) => {
		if (told.method === behind && told.answered) open = true;
		if (!open || told.method !== (method ?? told.method) || told.answered !== answered) return undefined;
		if (skip-- > 0 || rule.given === times) return undefined;
		rule.given += 1;
		return typeof verdict === 'function' ? verdict(told) : verdict;
	};
	return Object.assign(rule, { given: 0, times });
}

/** Whether a rule was applied as often as intended. */
export const happened = ({ given, times }) => (times === Infinity ? given > 0 : given === times);

/** Where a connection is cut, what else happens to it, and what the command waits for then. */
export const STEPS = {
	'before it is sent': [() => when(SUBMIT, 'cut'), 'finalized'],
	'within its bytes': [() => when(SUBMIT, 'half'), 'block', 'none'],
	'behind its bytes': [() => when(SUBMIT, 'pass and cut'), 'finalized', 'none'],
	'before the answer': [() => when(SUBMIT, 'cut', { answered: true }), 'block', 'none'],
	'within the answer': [() => when(SUBMIT, 'half', { answered: true }), 'finalized', 'none'],
	'behind the answer': [() => when(SUBMIT, 'pass and cut', { answered: true }), 'block', 'none'],
	'three times behind its bytes': [() => when(SUBMIT, 'pass and cut', { times: 3 }), 'finalized', 'none'],
	'with an error of somebody between': [() => when(SUBMIT, { error: { code: -32_000, message: 'upstream timed out' } }, { answered: true }), 'block'],
	'with an answer that is none': [() => when(SUBMIT, 'hold', { answered: true }), 'finalized', 'none'],
	'while blocks are looked at': [() => when('chain_getBlock', 'cut', { behind: SUBMIT }), 'block'],
	'within a block': [() => when('chain_getBlock', 'half', { answered: true, behind: SUBMIT }), 'finalized'],
	'while it waits for a block': [() => when('chain_getFinalizedHead', 'cut', { behind: SUBMIT }), 'block'],
	// The block cannot be final yet at the first check.
	'while it waits for that to be final': [() => when('chain_getFinalizedHead', 'cut', { skip: 1, behind: SUBMIT }), 'finalized'],
	'reading back': [() => when('state_getStorage', 'cut', { behind: SUBMIT }), 'finalized', 'block'],
	'within what is read back': [() => when('state_getStorage', 'half', { answered: true, behind: SUBMIT }), 'finalized', 'block'],
	'all of it slow': [() => when(undefined, { wait: 150 }, { answered: true, times: Infinity }), 'finalized'],
};
