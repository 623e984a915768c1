// A local network for development: prints the addresses of its nodes, runs until Ctrl-C, and keeps the logs.
import { rmSync } from 'node:fs';
import { Network } from './lib/network.mjs';

const RPC_PORTS = [9944, 9945, 9946, 9947];

const network = new Network();
const ending = new Promise((resolve) => {
	for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP']) process.once(signal, resolve);
});

async function run() {
	console.log(`Starting four validators; logs in ${network.folder}`);
	await network.start(RPC_PORTS);
	for (const { name, url } of network.nodes) console.log(`${name.padEnd(8)} ${url}`);
	console.log(`Blocks are being finalized. A node joins with --chain local --bootnodes ${network.bootnodes[0]}`);
	console.log('Ctrl-C stops the network.');
	await network.waitFor('a node to end', Infinity, () => false);
}

try {
	await Promise.race([run(), ending]);
} catch (error) {
	console.error(error.message);
	process.exitCode = 1;
}
await network.stop();
for (const node of network.nodes) rmSync(node.basePath, { recursive: true, force: true });
console.log(`\nStopped; the logs are in ${network.folder}`);
process.exit();
