import { blake2AsU8a, encodeAddress } from '@polkadot/util-crypto';

const SS58 = 42;

/** A slot's validator by turn, as BABE draws it: nobody needs a key to know it. */
function byTurn(slot, randomness, count) {
	const seed = Buffer.alloc(40);
	seed.set(randomness);
	seed.writeBigUInt64LE(slot, 32);
	return Number(BigInt(`0x${Buffer.from(blake2AsU8a(seed, 256)).toString('hex')}`) % BigInt(count));
}

/**
 * How the validators did from one final block to another. By the address of the key they author with: `authored`, all its
 * blocks; `turns`, the slots in which it was its turn; `kept`, those of them that have its block; `empty`, those that
 * nobody has a block for. Any other of its turns went to somebody who had drawn the slot by lot. Also `slots` and `blocks`
 * of all.
 */
export async function record(api, first, last) {
	const validators = new Map();
	const of = (who) => {
		if (!validators.has(who)) validators.set(who, { authored: 0, turns: 0, kept: 0, empty: 0 });
		return validators.get(who);
	};
	let before;
	let slots = 0;
	for (let number = first; number <= last; number++) {
		const hash = await api.rpc.chain.getBlockHash(number);
		const at = await api.at(hash);
		const [slot, epoch, randomness, authorities] = await Promise.all([
			at.query.babe.currentSlot(),
			at.query.babe.epochIndex(),
			at.query.babe.randomness(),
			at.query.babe.authorities(),
		]);
		const header = await api.rpc.chain.getHeader(hash);
		const names = authorities.map(([key]) => encodeAddress(key.toU8a(), SS58));
		const turn = (slot) => of(names[byTurn(slot, randomness.toU8a(), names.length)]);
		const author = of(names[authorIndex(header)]);
		const now = slot.toBigInt();
		author.authored += 1;
		const own = turn(now);
		own.turns += 1;
		if (own === author) own.kept += 1;
		// Of the slots before the first block of an epoch, nobody can tell here to which epoch they belong.
		if (before && before.epoch === epoch.toNumber()) {
			for (let slot = before.slot + 1n; slot < now; slot++) {
				const missed = turn(slot);
				missed.turns += 1;
				missed.empty += 1;
			}
		}
		if (before) slots += Number(now - before.slot);
		before = { slot: now, epoch: epoch.toNumber() };
	}
	return { validators, slots, blocks: last - first };
}

/** Which of the authorities authored a block. */
function authorIndex(header) {
	const [, data] = header.digest.logs.find((log) => log.isPreRuntime).asPreRuntime;
	// The kind of claim, and then the index, whatever kind it is.
	return Buffer.from(data.toU8a(true)).readUInt32LE(1);
}
