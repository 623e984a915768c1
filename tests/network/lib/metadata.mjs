// The metadata of a node's runtime, and the copy of it from which the command line is built.
import { readFileSync, writeFileSync } from 'node:fs';

const COPY = new URL('../../../clients/artifacts/metadata.scale', import.meta.url);
/** The version that subxt reads with all that is in it. */
const VERSION = '0x10000000';

/** What a node answers: an optional list of bytes, its length in SCALE before it. */
export async function metadataOf(node) {
	const answer = Buffer.from((await node.rpc('state_call', 'Metadata_metadata_at_version', VERSION)).slice(2), 'hex');
	const lengthBytes = [1, 2, 4][answer[1] & 3];
	return answer.subarray(1 + lengthBytes);
}

export const readCopy = () => readFileSync(COPY);
export const writeCopy = (metadata) => writeFileSync(COPY, metadata);
