import { existsSync } from 'node:fs';
import { homedir } from 'node:os';
import { join } from 'node:path';

const target = process.env.CARGO_TARGET_DIR ?? join(homedir(), '.cache/mainstay/target');

/** The node under test. */
export const BINARY = process.env.MAINSTAY_BIN ?? join(target, 'release/mainstay');

if (!existsSync(BINARY)) {
	console.error(`no node at ${BINARY}; build it with 'make build', or set MAINSTAY_BIN`);
	process.exit(1);
}
