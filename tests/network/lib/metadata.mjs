// The metadata of a node's runtime, and the copy of it from which the command line is built.
import { readFileSync, writeFileSync } from 'node:fs';

const COPY = new URL('../../../clients/artifacts/metadata.scale', import.meta.url);
/** The metadata version of which subxt reads everything. */
const VERSION = '0x10000000';

/** Decodes what a node answers: an optional list of bytes, which begins with its length in SCALE. */
export async function metadataOf(node) {
	const answer = Buffer.from((await node.rpc('state_call', 'Metadata_metadata_at_version', VERSION)).slice(2), 'hex');
	const lengthBytes = [1, 2, 4][answer[1] & 3];
	return answer.subarray(1 + lengthBytes);
}

export const readCopy = () => readFileSync(COPY);
export const writeCopy = (metadata) => writeFileSync(COPY, metadata);
