// Writes src/generated.ts from openrpc.json; with --check, fails if the file differs.
import { readFileSync, writeFileSync } from 'node:fs';
import { DOCUMENT, GENERATED } from './paths.mjs';
import { generate } from './schema.mjs';

const source = await generate(JSON.parse(readFileSync(DOCUMENT, 'utf8')));
if (!process.argv.includes('--check')) {
	writeFileSync(GENERATED, source);
} else if (readFileSync(GENERATED, 'utf8') !== source) {
	console.error('src/generated.ts is not what openrpc.json gives: run `npm run generate`');
	process.exitCode = 1;
}
