// Writes ../artifacts/openrpc.json from a running node: npm run update -- ws://127.0.0.1:9944
import { writeFileSync } from 'node:fs';
import { DOCUMENT } from './paths.mjs';

const [, , url] = process.argv;
if (!url) throw new Error('which node? npm run update -- ws://127.0.0.1:9944');
// A node answers HTTP and WebSocket at one port.
const response = await fetch(url.replace(/^ws/, 'http'), {
	method: 'POST',
	headers: { 'content-type': 'application/json' },
	body: JSON.stringify({ jsonrpc: '2.0', id: 1, method: 'rpc.discover', params: [] }),
});
const { result, error } = await response.json();
if (error) throw new Error(error.message);
writeFileSync(DOCUMENT, `${JSON.stringify(result, undefined, '\t')}\n`);
