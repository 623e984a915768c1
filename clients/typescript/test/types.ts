// Compiled by `npm run check`, never run: what the types say of the methods.
import { createMainstayClient, MainstayError } from '../src/index.js';

const client = createMainstayClient('ws://127.0.0.1:9944');

const reply = await client.operators.position({ who: '5F', operator: '5G', kind: { asset: 7 } });
export const shares: bigint | undefined = reply.value?.shares;
export const at: string = reply.at;

// Nothing to give where nothing is required.
export const issuance: bigint = (await client.staking.era()).value.issuance;
await client.staking.era({ at }, { signal: AbortSignal.timeout(1_000) });
await client.operators.search({ by: 'commission', maxCommission: 500 });
await client.slashing.dryRun({ slash: { consensus: { operator: '5F', fraction: 10n ** 17n, capture: 3 } } });

const { value: head } = await client.dev.nextEra({ count: 2 });
export const times: (number | null | undefined)[] = [head.time, head.nextTime];

for await (const { number, changes } of client.slashing.subscribeSlashes({ avs: 1 }, { onGap: ({ after }) => after })) {
	const events: [number, 'reported' | string][] = changes.map(({ change }) => [number, change]);
	if (events.length > 0) break;
}

// @ts-expect-error a parameter is missing
await client.operators.position({ who: '5F', operator: '5G' });
// @ts-expect-error there is no such parameter
await client.staking.era({ when: at });
// @ts-expect-error there is no such method
await client.staking.eras();
// @ts-expect-error an amount is no string
await client.restaking.entering({ who: '5F', operator: '5G', kind: 'native', amount: '1' });

export const caught = (error: unknown) => error instanceof MainstayError && error.name === 'StatePruned';
client.destroy();
