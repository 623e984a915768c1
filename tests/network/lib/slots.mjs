import { blake2AsU8a, encodeAddress } from '@polkadot/util-crypto';

const SS58 = 42;

/** The validator of a slot by turn, which BABE computes from public values, without a key. */
function byTurn(slot, randomness, count) {
	const seed = Buffer.alloc(40);
	seed.set(randomness);
	seed.writeBigUInt64LE(slot, 32);
	return Number(BigInt(`0x${Buffer.from(blake2AsU8a(seed, 256)).toString('hex')}`) % BigInt(count));
}

/**
 * The record of the validators from one final block to another, by the address of the key with which each authors:
 * `authored`, its blocks; `turns`, the slots in which it was its turn; `kept`, those of its turns that have its block;
 * `empty`, those without any block. In its other turns another validator authored, because it had drawn the slot by
 * lot. Also the total `slots` and `blocks`.
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
		// Slots before the first block of an epoch do not count, because it is not known here to which epoch they
		// belong.
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

/** The index of the authority that authored a block. */
function authorIndex(header) {
	const [, data] = header.digest.logs.find((log) => log.isPreRuntime).asPreRuntime;
	// The kind of claim comes first, and then the index, for every kind.
	return Buffer.from(data.toU8a(true)).readUInt32LE(1);
}
