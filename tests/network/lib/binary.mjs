import { existsSync } from 'node:fs';
import { homedir } from 'node:os';
import { join } from 'node:path';

const target = process.env.CARGO_TARGET_DIR ?? join(homedir(), '.cache/mainstay/target');

// The nodes of all tests compile the runtime once. Cargo's folder is the user's own.
process.env.MAINSTAY_RUNTIME_CACHE ??= join(target, 'runtime-cache');

/** The node under test. */
export const BINARY = process.env.MAINSTAY_BIN ?? join(target, 'release/mainstay');

if (!existsSync(BINARY)) {
	console.error(`no node at ${BINARY}; build it with 'make build', or set MAINSTAY_BIN`);
	process.exit(1);
}
