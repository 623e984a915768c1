// The commands that show the answers of JSON-RPC methods.
const kind = (kind) => (typeof kind === 'string' ? kind : `asset:${kind.asset}`);
const set = ({ avs, index }) => `${avs}/${index}`;
const asset = ({ kind }) => (typeof kind === 'string' ? 12 : undefined);
const option = (name, value) => (value === null || value === undefined ? [] : [`--${name}`, String(value)]);
/** A fraction, written exactly. */
const part = (fraction) => {
	const digits = String(fraction).padStart(17, '0');
	return `${digits.slice(0, -16)}.${digits.slice(-16)}%`;
};
/** An amount of STAY, written exactly. */
const stay = (units) => {
	const digits = String(units).padStart(13, '0');
	return `${digits.slice(0, -12)}.${digits.slice(-12)}`;
};

const filtered = ({ filter }) => [...option('operator', filter?.operator), ...option('avs', filter?.avs)];

const SHOWN = {
	staking_era: () => ['era'],
	staking_parameters: () => ['parameters'],
	staking_validators: ({ era }) => ['validators', String(era)],
	staking_validator: ({ operator }) => ['validator', operator],
	staking_validatorReturn: ({ operator, eras }) => ['validator-return', operator, ...option('eras', eras)],
	operators_operator: ({ operator }) => ['operator', operator],
	operators_position: ({ who, operator, kind: of }) => ['position', operator, kind(of), '--who', who],
	operators_positions: ({ who }) => ['positions', who],
	operators_exits: ({ who }) => ['exits', who],
	operators_backers: ({ operator, kind: of }) => ['backers', operator, kind(of)],
	restaking_assets: () => ['assets'],
	restaking_setStake: ({ set: of, capture }) => ['set-stake', set(of), ...option('capture', capture)],
	restaking_memberStakes: ({ set: of, capture }) => ['member-stakes', set(of), ...option('capture', capture)],
	restaking_leastStake: ({ set: of, until }) => ['least-stake', set(of), '--until', String(until)],
	restaking_entering: ({ who, operator, kind: of, amount }) =>
		asset({ kind: of }) && ['entering', operator, kind(of), stay(amount), '--who', who],
	avs_service: ({ avs }) => ['service', String(avs)],
	avs_set: ({ set: of }) => ['set', set(of)],
	avs_members: ({ set: of }) => ['members', set(of)],
	avs_member: ({ set: of, operator }) => ['member', set(of), operator],
	slashing_slash: ({ id }) => ['slash', String(id)],
	slashing_pending: (params) => ['slashes', ...filtered(params)],
	slashing_past: (params) => ['slashes', '--past', ...filtered(params)],
	slashing_consequences: ({ id, who }) => ['slash-impact', String(id), ...option('who', who)],
	slashing_dryRun: ({ slash: { attested, consensus }, who }) => {
		const { operator, capture } = attested ?? consensus;
		const rest = ['--capture', String(capture), ...option('who', who)];
		if (consensus) return ['consensus-dry-run', operator, part(consensus.fraction), ...rest];
		const parts = attested.fractions.map(({ kind: of, fraction }) => `${kind(of)}=${part(fraction)}`);
		return ['slash-dry-run', set(attested.set), operator, String(attested.condition), ...parts, ...rest];
	},
	rewards_due: ({ who }) => ['rewards', who],
	rewards_era: ({ era }) => ['era-reward', String(era)],
	rewards_streams: ({ set: of }) => ['streams', set(of)],
	rewards_setReturn: ({ set: of, eras }) => ['set-return', set(of), ...option('eras', eras)],
};

/** The arguments of the command that shows a method's answer, or none for an amount with unknown decimals. */
export const shown = (method, params) => {
	const args = SHOWN[method](params);
	return args && ['show', ...args];
};
