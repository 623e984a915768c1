// A chain of its own for a test file.
import { spawn } from 'node:child_process';
import { createInterface } from 'node:readline';
import { ApiPromise, WsProvider } from '@polkadot/api';

/** Starts a chain that makes a block as soon as a transaction is ready. It is gone when it stops, with all that was on it. */
export async function startChain(...flags) {
	const chain = ['--dev', '--seal', 'instant', '--rpc-methods', 'unsafe', '--rpc-port', '0', '--no-prometheus'];
	const node = spawn(process.env.MAINSTAY_BIN ?? 'mainstay', [...chain, ...flags], { stdio: ['ignore', 'ignore', 'pipe'] });
	const url = await new Promise((resolve, reject) => {
		const log = [];
		node.once('error', reject);
		node.once('exit', () => reject(new Error(`the node has ended:\n${log.join('\n')}`)));
		createInterface(node.stderr).on('line', (line) => {
			log.push(line);
			const listening = /JSON-RPC server: addr=([^,]+)/.exec(line);
			if (listening) resolve(`ws://${listening[1]}`);
		});
	});
	const provider = new WsProvider(url);
	const api = await ApiPromise.create({ provider, noInitWarn: true });
	/** Calls a method of the node. Those that read give `{ at, value }`, and so do these of the chain on command. */
	const ask = async (method, ...params) => (await provider.send(method, params)).value;
	return {
		...{ api, url, ask },
		newBlocks: (count = 1) => ask('dev_newBlocks', count),
		nextEra: (count = 1) => ask('dev_nextEra', count),
		setTime: (millis) => ask('dev_setTime', millis),
		/** Signs and sends calls, all of them or none, and gives their events once they are in a block, which is final. */
		send: (signer, ...calls) =>
			new Promise((resolve, reject) => {
				const call = calls.length === 1 ? calls[0] : api.tx.utility.batchAll(calls);
				const told = ({ status, dispatchError, events }) => {
					if (!status.isFinalized) return;
					if (!dispatchError) return resolve(events.map(({ event }) => event));
					const { section, name } = api.registry.findMetaError(dispatchError.asModule);
					reject(new Error(`${section}.${name}`));
				};
				call.signAndSend(signer, { nonce: -1 }, told).catch(reject);
			}),
		async stop() {
			await api.disconnect();
			node.kill();
		},
	};
}
