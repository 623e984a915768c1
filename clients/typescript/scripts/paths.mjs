import { fileURLToPath } from 'node:url';

const path = (name) => fileURLToPath(new URL(`../${name}`, import.meta.url));

export const DOCUMENT = path('../artifacts/openrpc.json');
export const GENERATED = path('src/generated.ts');
