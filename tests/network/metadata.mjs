// Writes the metadata of the node's runtime to the file from which the command line is built.
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { metadataOf, writeCopy } from './lib/metadata.mjs';
import { Node } from './lib/node.mjs';
import { freePorts } from './lib/ports.mjs';

const folder = mkdtempSync(join(tmpdir(), 'mainstay-metadata-'));
const node = new Node({ name: 'dev', index: 1, folder, ports: await freePorts(2), flags: ['--chain', 'dev'] });
try {
	await node.start([]);
	const metadata = await metadataOf(node);
	writeCopy(metadata);
	console.log(`${metadata.length} bytes`);
} finally {
	await node.stop();
	rmSync(folder, { recursive: true, force: true });
}
