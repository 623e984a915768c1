// Made from openrpc.json by `npm run generate`; do not edit.

/**
 * The hash of a block.
 */
export type BlockHash = string;
/**
 * An amount or a number of shares in the smallest unit (10^12 of them are one STAY), in decimal digits.
 */
export type Amount = bigint;
/**
 * The address of an account, in SS58. Answers use prefix 42.
 */
export type Account = string;
export type Text = string;
/**
 * The kind of a pool: its currency, and the offences for which it answers.
 */
export type PoolKind =
	| 'stake'
	| 'native'
	| {
			asset: number;
	  };
/**
 * A fraction or a magnitude in parts of 10^18, in decimal digits.
 */
export type Fraction = bigint;
/**
 * A currency.
 */
export type Coin =
	| 'native'
	| {
			asset: number;
	  };
/**
 * Which operators may join a set.
 */
export type Admission = 'open' | 'approved' | 'paused';
/**
 * The destination of slashed funds.
 */
export type Destination =
	| 'burn'
	| {
			account: Account;
	  }
	| 'treasury';
/**
 * The account or origin that may veto a slash.
 */
export type Resolver =
	| {
			account: Account;
	  }
	| 'governance';
/**
 * The cause of a slash, and how much it takes.
 */
export type Cause =
	| {
			consensus: {
				/**
				 * The fraction of all native stake that it takes.
				 */
				fraction: Fraction;
			};
	  }
	| {
			attested: {
				/**
				 * The set.
				 */
				set: OperatorSetId;
				/**
				 * The condition that was broken.
				 */
				condition: number;
				/**
				 * The resolver, who may veto it.
				 */
				resolver?: Resolver | null;
				/**
				 * What it takes, by kind.
				 */
				parts: Part[];
			};
	  };
/**
 * The state of a slash.
 */
export type SlashState =
	| 'pending'
	| {
			executed: {
				/**
				 * The era of the decision.
				 */
				era: number;
				/**
				 * The amounts that it took, by currency.
				 */
				taken: Money[];
				/**
				 * The part of these amounts that is not paid out yet.
				 */
				unpaid: Money[];
			};
	  }
	| {
			vetoed: {
				/**
				 * The era of the decision.
				 */
				era: number;
				/**
				 * The reason.
				 */
				reason: Text;
			};
	  }
	| {
			cancelled: {
				/**
				 * The era of the decision.
				 */
				era: number;
			};
	  };
/**
 * A hypothetical slash, which nobody has reported.
 */
export type Supposed =
	| {
			consensus: {
				/**
				 * The operator that is slashed.
				 */
				operator: Account;
				/**
				 * The fraction of all native stake that it takes.
				 */
				fraction: Fraction;
				/**
				 * The era whose stake answers.
				 */
				capture: number;
			};
	  }
	| {
			attested: {
				/**
				 * The set.
				 */
				set: OperatorSetId;
				/**
				 * The operator that is slashed.
				 */
				operator: Account;
				/**
				 * The condition that is broken.
				 */
				condition: number;
				/**
				 * The fraction of the allocation to take, by kind.
				 */
				fractions: KindFraction[];
				/**
				 * The era whose stake answers.
				 */
				capture: number;
			};
	  };
/**
 * By what operators are ranked.
 */
export type OperatorOrder = 'stake' | 'commission' | 'sets' | 'name';
/**
 * By what services are ranked.
 */
export type ServiceOrder = 'weight' | 'members' | 'name' | 'id';
/**
 * The kinds of changes of a slash.
 */
export type SlashEvent =
	'reported' | 'raised' | 'appealed' | 'vetoed' | 'cancelled' | 'reinstated' | 'executed' | 'failed';

export interface Api {
	Methods: Methods;
	Subscriptions: Subscriptions;
}
/**
 * What the methods take and give.
 */
export interface Methods {
	/**
	 * The running era: its times, validators and stake, and the issuance.
	 */
	staking_era: {
		params: {
			/**
			 * The hash of the block whose state is read; the best block's unless given.
			 */
			at?: BlockHash | null;
		};
		result: {
			at: BlockHash;
			value: EraStatus;
		};
	};
	/**
	 * The times and bounds of this network.
	 */
	staking_parameters: {
		params: {
			/**
			 * The hash of the block whose state is read; the best block's unless given.
			 */
			at?: BlockHash | null;
		};
		result: {
			at: BlockHash;
			value: Parameters;
		};
	};
	/**
	 * The validators of an era that the chain still keeps, at most 300.
	 */
	staking_validators: {
		params: {
			/**
			 * The era.
			 */
			era: number;
			/**
			 * The hash of the block whose state is read; the best block's unless given.
			 */
			at?: BlockHash | null;
		};
		result: {
			at: BlockHash;
			value: EraValidator[];
		};
	};
	/**
	 * The status of an operator as a validator.
	 */
	staking_validator: {
		params: {
			/**
			 * The operator.
			 */
			operator: Account;
			/**
			 * The hash of the block whose state is read; the best block's unless given.
			 */
			at?: BlockHash | null;
		};
		result: {
			at: BlockHash;
			value: ValidatorStatus | null;
		};
	};
	/**
	 * What an operator earned as a validator in the last eras, and the yearly return from it.
	 */
	staking_validatorReturn: {
		params: {
			/**
			 * The operator.
			 */
			operator: Account;
			/**
			 * How many eras to look back; 28 unless given.
			 */
			eras?: number;
			/**
			 * The hash of the block whose state is read; the best block's unless given.
			 */
			at?: BlockHash | null;
		};
		result: {
			at: BlockHash;
			value: ValidatorReturn | null;
		};
	};
	/**
	 * An operator with its terms, pools, allocations, sets, and its status as a validator.
	 */
	operators_operator: {
		params: {
			/**
			 * The operator.
			 */
			operator: Account;
			/**
			 * The hash of the block whose state is read; the best block's unless given.
			 */
			at?: BlockHash | null;
		};
		result: {
			at: BlockHash;
			value: OperatorDetails | null;
		};
	};
	/**
	 * An account's position in one pool of an operator: shares, exits, pending slashes, rewards.
	 */
	operators_position: {
		params: {
			/**
			 * The account.
			 */
			who: Account;
			/**
			 * The operator.
			 */
			operator: Account;
			/**
			 * The kind of pool.
			 */
			kind: PoolKind;
			/**
			 * The hash of the block whose state is read; the best block's unless given.
			 */
			at?: BlockHash | null;
		};
		result: {
			at: BlockHash;
			value: PositionDetails | null;
		};
	};
	/**
	 * All positions of an account, including those that a slash voided if they still have exits or rewards.
	 */
	operators_positions: {
		params: {
			/**
			 * The account.
			 */
			who: Account;
			/**
			 * The page begins after this position.
			 */
			after?: PositionKey | null;
			/**
			 * The length of the page, at most 100; 20 unless given.
			 */
			most?: number;
			/**
			 * The hash of the block whose state is read; the best block's unless given.
			 */
			at?: BlockHash | null;
		};
		result: {
			at: BlockHash;
			value: PageOfPositionDetailsByPositionKey;
		};
	};
	/**
	 * The exits of an account that are not claimed yet.
	 */
	operators_exits: {
		params: {
			/**
			 * The account.
			 */
			who: Account;
			/**
			 * The page begins after this exit.
			 */
			after?: ExitKey | null;
			/**
			 * The length of the page, at most 100; 20 unless given.
			 */
			most?: number;
			/**
			 * The hash of the block whose state is read; the best block's unless given.
			 */
			at?: BlockHash | null;
		};
		result: {
			at: BlockHash;
			value: PageOfAccountExitByExitKey;
		};
	};
	/**
	 * The delegators in one pool of an operator.
	 */
	operators_backers: {
		params: {
			/**
			 * The operator.
			 */
			operator: Account;
			/**
			 * The kind of pool.
			 */
			kind: PoolKind;
			/**
			 * The page begins after this account.
			 */
			after?: Account | null;
			/**
			 * The length of the page, at most 100; 20 unless given.
			 */
			most?: number;
			/**
			 * The hash of the block whose state is read; the best block's unless given.
			 */
			at?: BlockHash | null;
		};
		result: {
			at: BlockHash;
			value: PageOfBackerByAccount;
		};
	};
	/**
	 * The assets that can be restaked.
	 */
	restaking_assets: {
		params: {
			/**
			 * The hash of the block whose state is read; the best block's unless given.
			 */
			at?: BlockHash | null;
		};
		result: {
			at: BlockHash;
			value: AssetDetails[];
		};
	};
	/**
	 * The stake that a set can slash for a capture era, in total, by kind.
	 */
	restaking_setStake: {
		params: {
			/**
			 * The set.
			 */
			set: OperatorSetId;
			/**
			 * The capture era, whose stake can be slashed; the running era unless given.
			 */
			capture?: number | null;
			/**
			 * The hash of the block whose state is read; the best block's unless given.
			 */
			at?: BlockHash | null;
		};
		result: {
			at: BlockHash;
			value: SetStake | null;
		};
	};
	/**
	 * The stake that a set can slash for a capture era, by member.
	 */
	restaking_memberStakes: {
		params: {
			/**
			 * The set.
			 */
			set: OperatorSetId;
			/**
			 * The capture era, whose stake can be slashed; the running era unless given.
			 */
			capture?: number | null;
			/**
			 * The page begins after this operator.
			 */
			after?: Account | null;
			/**
			 * The length of the page, at most 100; 20 unless given.
			 */
			most?: number;
			/**
			 * The hash of the block whose state is read; the best block's unless given.
			 */
			at?: BlockHash | null;
		};
		result: {
			at: BlockHash;
			value: PageOfMemberStakeByAccount | null;
		};
	};
	/**
	 * The least stake that a slash for the running era finds when it is executed in a later era, whatever happens until then.
	 */
	restaking_leastStake: {
		params: {
			/**
			 * The set.
			 */
			set: OperatorSetId;
			/**
			 * The era by which a slash has to be executed.
			 */
			until: number;
			/**
			 * The hash of the block whose state is read; the best block's unless given.
			 */
			at?: BlockHash | null;
		};
		result: {
			at: BlockHash;
			value: LeastStake | null;
		};
	};
	/**
	 * The risks of a deposit into a pool now.
	 */
	restaking_entering: {
		params: {
			/**
			 * The account that would deposit.
			 */
			who: Account;
			/**
			 * The operator.
			 */
			operator: Account;
			/**
			 * The kind of pool.
			 */
			kind: PoolKind;
			/**
			 * The amount, in the kind's currency.
			 */
			amount: Amount;
			/**
			 * The hash of the block whose state is read; the best block's unless given.
			 */
			at?: BlockHash | null;
		};
		result: {
			at: BlockHash;
			value: Entry | null;
		};
	};
	/**
	 * A service with its sets.
	 */
	avs_service: {
		params: {
			/**
			 * The service.
			 */
			avs: number;
			/**
			 * The hash of the block whose state is read; the best block's unless given.
			 */
			at?: BlockHash | null;
		};
		result: {
			at: BlockHash;
			value: ServiceDetails | null;
		};
	};
	/**
	 * An operator set with its terms and conditions.
	 */
	avs_set: {
		params: {
			/**
			 * The set.
			 */
			set: OperatorSetId;
			/**
			 * The hash of the block whose state is read; the best block's unless given.
			 */
			at?: BlockHash | null;
		};
		result: {
			at: BlockHash;
			value: SetDetails | null;
		};
	};
	/**
	 * The members of a set, in the order of their accounts.
	 */
	avs_members: {
		params: {
			/**
			 * The set.
			 */
			set: OperatorSetId;
			/**
			 * The page begins after this operator.
			 */
			after?: Account | null;
			/**
			 * The length of the page, at most 100; 20 unless given.
			 */
			most?: number;
			/**
			 * The hash of the block whose state is read; the best block's unless given.
			 */
			at?: BlockHash | null;
		};
		result: {
			at: BlockHash;
			value: PageOfMemberDetailsByAccount | null;
		};
	};
	/**
	 * One member of a set.
	 */
	avs_member: {
		params: {
			/**
			 * The set.
			 */
			set: OperatorSetId;
			/**
			 * The operator.
			 */
			operator: Account;
			/**
			 * The hash of the block whose state is read; the best block's unless given.
			 */
			at?: BlockHash | null;
		};
		result: {
			at: BlockHash;
			value: MemberDetails | null;
		};
	};
	/**
	 * A slash that is pending or on record.
	 */
	slashing_slash: {
		params: {
			/**
			 * The slash.
			 */
			id: number;
			/**
			 * The hash of the block whose state is read; the best block's unless given.
			 */
			at?: BlockHash | null;
		};
		result: {
			at: BlockHash;
			value: SlashDetails | null;
		};
	};
	/**
	 * Slashes that are pending.
	 */
	slashing_pending: {
		params: {
			/**
			 * Which slashes; all unless given.
			 */
			filter?: SlashFilter;
			/**
			 * The page begins after this slash.
			 */
			after?: number | null;
			/**
			 * The length of the page, at most 100; 20 unless given.
			 */
			most?: number;
			/**
			 * The hash of the block whose state is read; the best block's unless given.
			 */
			at?: BlockHash | null;
		};
		result: {
			at: BlockHash;
			value: PageOfSlashDetailsByuint32;
		};
	};
	/**
	 * Slashes that were decided and are on record, the latest eras first.
	 */
	slashing_past: {
		params: {
			/**
			 * Which slashes; all unless given.
			 */
			filter?: SlashFilter;
			/**
			 * The page begins after this slash.
			 */
			after?: PastKey | null;
			/**
			 * The length of the page, at most 100; 20 unless given.
			 */
			most?: number;
			/**
			 * The hash of the block whose state is read; the best block's unless given.
			 */
			at?: BlockHash | null;
		};
		result: {
			at: BlockHash;
			value: PageOfSlashDetailsByPastKey;
		};
	};
	/**
	 * What a pending slash would take if it were executed now, and how much of that an account would lose.
	 */
	slashing_consequences: {
		params: {
			/**
			 * The slash, which has to be pending.
			 */
			id: number;
			/**
			 * An account, if the answer is to have its own loss as well.
			 */
			who?: Account | null;
			/**
			 * The hash of the block whose state is read; the best block's unless given.
			 */
			at?: BlockHash | null;
		};
		result: {
			at: BlockHash;
			value: Impact | null;
		};
	};
	/**
	 * What a slash would take if it were reported and executed now, and how much of that an account would lose. The checks are those of a report by the set's slasher.
	 */
	slashing_dryRun: {
		params: {
			/**
			 * The slash.
			 */
			slash: Supposed;
			/**
			 * An account, if the answer is to have its own loss as well.
			 */
			who?: Account | null;
			/**
			 * The hash of the block whose state is read; the best block's unless given.
			 */
			at?: BlockHash | null;
		};
		result: {
			at: BlockHash;
			value: Impact;
		};
	};
	/**
	 * What an account can collect: its credit, and what its positions earned, in pages of positions.
	 */
	rewards_due: {
		params: {
			/**
			 * The account.
			 */
			who: Account;
			/**
			 * The page begins after this position.
			 */
			after?: PositionKey | null;
			/**
			 * The length of the page, at most 100; 20 unless given.
			 */
			most?: number;
			/**
			 * The hash of the block whose state is read; the best block's unless given.
			 */
			at?: BlockHash | null;
		};
		result: {
			at: BlockHash;
			value: DueRewards;
		};
	};
	/**
	 * What an era paid to its validators, if the chain still keeps it.
	 */
	rewards_era: {
		params: {
			/**
			 * The era.
			 */
			era: number;
			/**
			 * The hash of the block whose state is read; the best block's unless given.
			 */
			at?: BlockHash | null;
		};
		result: {
			at: BlockHash;
			value: EraReward | null;
		};
	};
	/**
	 * The streams of payments to a set.
	 */
	rewards_streams: {
		params: {
			/**
			 * The set.
			 */
			set: OperatorSetId;
			/**
			 * The hash of the block whose state is read; the best block's unless given.
			 */
			at?: BlockHash | null;
		};
		result: {
			at: BlockHash;
			value: StreamDetails[] | null;
		};
	};
	/**
	 * What a set was paid in the last eras, and the yearly return from it.
	 */
	rewards_setReturn: {
		params: {
			/**
			 * The set.
			 */
			set: OperatorSetId;
			/**
			 * How many eras to look back; 28 unless given.
			 */
			eras?: number;
			/**
			 * The hash of the block whose state is read; the best block's unless given.
			 */
			at?: BlockHash | null;
		};
		result: {
			at: BlockHash;
			value: SetReturn | null;
		};
	};
	/**
	 * Operators by name, address and status, ranked. Read at a recent final block.
	 */
	operators_search: {
		params: {
			/**
			 * A part of the name or of the address. Case does not matter.
			 */
			text?: string | null;
			/**
			 * The order; by stake unless given.
			 */
			by?: OperatorOrder;
			/**
			 * How many operators to skip.
			 */
			skip?: number;
			/**
			 * The length of the page, at most 100; 20 unless given.
			 */
			most?: number;
			/**
			 * Only operators that have something in a pool of this kind. They are then ranked by that pool's stake.
			 */
			kind?: PoolKind | null;
			/**
			 * Whether the operator validates in the running era.
			 */
			active?: boolean | null;
			/**
			 * Whether the operator stands for election.
			 */
			candidate?: boolean | null;
			/**
			 * Whether the operator takes deposits from everyone and has not retired.
			 */
			open?: boolean | null;
			/**
			 * The highest commission, in basis points.
			 */
			maxCommission?: number | null;
			/**
			 * The block of another page of this ranking, to read this page from the same lists, which are kept for a minute
			 * at least; a recent block unless given.
			 */
			at?: BlockHash | null;
		};
		result: {
			at: BlockHash;
			value: RankingOfOperatorSummary;
		};
	};
	/**
	 * Services by name, id and owner, ranked. Read at a recent final block.
	 */
	avs_search: {
		params: {
			/**
			 * A part of the id, the name or the owner's address. Case does not matter.
			 */
			text?: string | null;
			/**
			 * The order; by weight unless given.
			 */
			by?: ServiceOrder;
			/**
			 * How many services to skip.
			 */
			skip?: number;
			/**
			 * The length of the page, at most 100; 20 unless given.
			 */
			most?: number;
			/**
			 * The block of another page of this ranking, to read this page from the same lists, which are kept for a minute
			 * at least; a recent block unless given.
			 */
			at?: BlockHash | null;
		};
		result: {
			at: BlockHash;
			value: RankingOfServiceSummary;
		};
	};
	/**
	 * Makes this many blocks, one in each of the next slots that a key of the node may author, and returns the last one. Each block is final. Only for the owner of a node that runs with --seal.
	 */
	dev_newBlocks: {
		params: {
			/**
			 * How many blocks to make; 1 unless given, at most 10,000.
			 */
			count?: number;
		};
		result: {
			at: BlockHash;
			value: DevHead;
		};
	};
	/**
	 * Makes blocks until this many eras have ended, and returns the last one, which begins an era. Only for the owner of a node that runs with --seal.
	 */
	dev_nextEra: {
		params: {
			/**
			 * How many eras to end; 1 unless given, at most 100.
			 */
			count?: number;
			/**
			 * The blocks of each session, spread over it; 10 unless given, and at most one in each slot.
			 */
			sessionBlocks?: number;
		};
		result: {
			at: BlockHash;
			value: DevHead;
		};
	};
	/**
	 * Sets the chain's clock, which only moves forward: the next block has this time. Of the sessions and eras in between, only the running ones end, since no blocks are made. Returns the last block. Only for the owner of a node that runs with --seal.
	 */
	dev_setTime: {
		params: {
			/**
			 * The time of the next block, in milliseconds since 1970.
			 */
			millis: number;
		};
		result: {
			at: BlockHash;
			value: DevHead;
		};
	};
}
/**
 * The running era, and the chain's economy in it.
 */
export interface EraStatus {
	/**
	 * Its index.
	 */
	era: number;
	/**
	 * When it began, in milliseconds since 1970; none before the first block.
	 */
	start?: number | null;
	/**
	 * Length of an era if no block is late, in milliseconds.
	 */
	millis: number;
	/**
	 * The running session.
	 */
	session: number;
	/**
	 * The number of sessions of an era.
	 */
	sessions: number;
	/**
	 * The number of validators in this era.
	 */
	validators: number;
	/**
	 * The sum of the stake that elected them, in STAY.
	 */
	stake: Amount;
	/**
	 * The number of candidates for the next election.
	 */
	candidates: number;
	/**
	 * The maximum number of validators that the next election chooses.
	 */
	validatorCount: number;
	/**
	 * The minimum stake of its own that a validator needs, in STAY.
	 */
	minSelfStake: Amount;
	/**
	 * The total issuance of STAY.
	 */
	issuance: Amount;
	/**
	 * The reward of the last era that has ended and has one.
	 */
	last?: EraReward | null;
}
/**
 * The reward of an era to its validators.
 */
export interface EraReward {
	/**
	 * The era.
	 */
	era: number;
	/**
	 * The STAY that is shared by points.
	 */
	pot: Amount;
	/**
	 * The sum of all validators' points.
	 */
	points: number;
	/**
	 * The part of the pot that is paid so far, commissions included.
	 */
	paid: Amount;
}
/**
 * The times and bounds of this network. Delays are in eras.
 */
export interface Parameters {
	/**
	 * Length of a slot in milliseconds.
	 */
	slotMillis: number;
	/**
	 * Slots of a session.
	 */
	sessionSlots: number;
	/**
	 * Sessions of an era.
	 */
	eraSessions: number;
	/**
	 * Eras from an exit to its claim.
	 */
	exitDelay: number;
	/**
	 * The longest veto window of a condition.
	 */
	maxVetoWindow: number;
	/**
	 * Eras between a consensus offence and its slash.
	 */
	consensusDeferral: number;
	/**
	 * Eras until a larger allocation binds.
	 */
	allocationDelay: number;
	/**
	 * The minimum number of eras until a higher commission binds.
	 */
	commissionDelay: number;
	/**
	 * Eras until a smaller allocation binds.
	 */
	deallocationDelay: number;
	/**
	 * Eras until changed terms of an operator set bind.
	 */
	termsDelay: number;
	/**
	 * The largest sum of an operator's magnitudes on one pool, in whole pools.
	 */
	maxLeverage: number;
	/**
	 * The smallest validator set. An election of fewer validators is not used.
	 */
	leastValidators: number;
	/**
	 * The minimum amount of STAY that may enter a pool in one call.
	 */
	minDeposit: Amount;
	/**
	 * The number of eras for which points, rewards and records of slashes are stored.
	 */
	history: number;
	/**
	 * The minimum native stake of an elected validator, in basis points of the mean of all that are elected; 0 for
	 * no minimum.
	 */
	seatFraction: number;
}
/**
 * A validator of an era.
 */
export interface EraValidator {
	/**
	 * The operator.
	 */
	operator: Account;
	/**
	 * The native stake that elected it, in STAY; 0 for eras before the chain stored it.
	 */
	stake: Amount;
	/**
	 * The points that it has in the era so far.
	 */
	points: number;
	/**
	 * Its part of the era's pot in STAY, commission included; none while the era runs, or if the era paid nothing.
	 */
	reward?: Amount | null;
}
/**
 * The status of an operator as a validator.
 */
export interface ValidatorStatus {
	/**
	 * Whether it stands for election.
	 */
	candidate: boolean;
	/**
	 * Whether it is a validator of the running era.
	 */
	active: boolean;
	/**
	 * Whether it is elected for the next era; none before that election.
	 */
	next?: boolean | null;
	/**
	 * Whether it has session keys.
	 */
	hasKeys: boolean;
	/**
	 * Whether it is disabled because of an offence, and may make no blocks until the set changes.
	 */
	disabled: boolean;
	/**
	 * Its own native stake, in STAY.
	 */
	selfStake: Amount;
	/**
	 * The native stake that would count for it in an election, in STAY.
	 */
	stake: Amount;
	/**
	 * The points that it has in the running era.
	 */
	points: number;
	/**
	 * The number of eras in a row in which it had no points.
	 */
	silent: number;
	/**
	 * The era from which it may stand for election again, if it is barred for silence.
	 */
	barred?: number | null;
}
/**
 * The return of validating, and the part that reached the operator's delegators.
 */
export interface ValidatorReturn {
	/**
	 * The first era that counts.
	 */
	from: number;
	/**
	 * The last era that counts; 0 if none is over and paid.
	 */
	until: number;
	/**
	 * The number of these eras in which it served. The returns count those whose electing stake is known.
	 */
	served: number;
	/**
	 * The commission that binds now, in basis points. The commission in past eras is not stored.
	 */
	commission: number;
	/**
	 * The return of its part of the pots on the stake that elected it.
	 */
	whole: Return;
	/**
	 * The same less the commission: the return for delegators.
	 */
	delegators: Return;
}
/**
 * A yearly return, in millionths of the stake, with the numbers from which it is computed.
 */
export interface Return {
	/**
	 * The yearly return without compounding: `earned / stake`, times the eras of a year.
	 */
	millionths: number;
	/**
	 * The amount that was earned in these eras.
	 */
	earned: Amount;
	/**
	 * The stake that earned it: the sum of the stakes of these eras.
	 */
	stake: Amount;
	/**
	 * The number of eras that count: those of the requested ones that have ended and are paid.
	 */
	eras: number;
}
/**
 * An operator.
 */
export interface OperatorDetails {
	/**
	 * The account.
	 */
	operator: Account;
	/**
	 * Its name.
	 */
	name: Text;
	/**
	 * The address of a page about it.
	 */
	link: Text;
	/**
	 * Its commission, in basis points.
	 */
	commission: AnnouncedUint16;
	/**
	 * Its promise about the commission.
	 */
	promise: Announced_PromiseTerms;
	/**
	 * Whether it takes deposits from every account; otherwise only from the accounts on its list.
	 */
	open: boolean;
	/**
	 * Whether it has retired, and takes no deposits any more.
	 */
	retired: boolean;
	/**
	 * Its status as a validator.
	 */
	validator: ValidatorStatus;
	/**
	 * Its pools.
	 */
	pools: PoolDetails[];
	/**
	 * Its leverage limit: the largest sum of allocations of a pool, in percent of the pool.
	 */
	leverage: AnnouncedUint32;
	/**
	 * The sets that it serves, each with the first era for which it answers.
	 */
	sets: Stay[];
	/**
	 * Its pending slashes, the first 16 by id.
	 */
	pending: number[];
	/**
	 * The number of its recorded slashes that were executed. Only 1,000 records are counted.
	 */
	executed: number;
	/**
	 * The number of these records that were vetoed or cancelled.
	 */
	spared: number;
}
/**
 * A value, and its announced change.
 */
export interface AnnouncedUint16 {
	/**
	 * The value that binds now.
	 */
	now: number;
	/**
	 * The announced value, if any.
	 */
	next?: LaterUint16 | null;
}
/**
 * A value, and the era from which it binds.
 */
export interface LaterUint16 {
	/**
	 * The value.
	 */
	value: number;
	/**
	 * The era.
	 */
	from: number;
}
/**
 * A value, and its announced change.
 */
export interface Announced_PromiseTerms {
	/**
	 * The value that binds now.
	 */
	now: PromiseTerms;
	/**
	 * The announced value, if any.
	 */
	next?: Later_PromiseTerms | null;
}
/**
 * An operator's promise about its commission.
 */
export interface PromiseTerms {
	/**
	 * The maximum commission, in basis points.
	 */
	maxCommission: number;
	/**
	 * The minimum number of eras before a higher commission binds.
	 */
	notice: number;
}
/**
 * A value, and the era from which it binds.
 */
export interface Later_PromiseTerms {
	/**
	 * The value.
	 */
	value: PromiseTerms;
	/**
	 * The era.
	 */
	from: number;
}
/**
 * A pool.
 */
export interface PoolDetails {
	/**
	 * The kind.
	 */
	kind: PoolKind;
	/**
	 * The amount in it, in the kind's currency.
	 */
	amount: Amount;
	/**
	 * The number of shares that own it.
	 */
	shares: Amount;
	/**
	 * The value of the operator's own position.
	 */
	own: Amount;
	/**
	 * The value of exits from it that cannot be claimed yet.
	 */
	leaving: Amount;
	/**
	 * Counts the slashes that took all of the pool.
	 */
	generation: number;
	/**
	 * The first era for which this generation answers.
	 */
	since: number;
	/**
	 * The largest magnitude that can be allocated: the whole less services' cuts.
	 */
	maxMagnitude: Fraction;
	/**
	 * Its allocations, those that bind and those that are announced.
	 */
	allocations: AllocationDetails[];
	/**
	 * The sum of all present allocations, in percent of the pool, rounded down.
	 */
	leverage: number;
	/**
	 * The shares that came in this era. They answer at once, and earn services' payments from the next era on.
	 */
	fresh: Amount;
}
/**
 * The part of a pool that a set may slash.
 */
export interface AllocationDetails {
	/**
	 * The set.
	 */
	set: OperatorSetId;
	/**
	 * The magnitude.
	 */
	magnitude: Announced_Fraction;
	/**
	 * The value of the magnitude in the live pool now, in the kind's currency. Exits can be slashed in addition.
	 */
	slashable: Amount;
}
/**
 * The id of an operator set.
 */
export interface OperatorSetId {
	/**
	 * The service to which it belongs.
	 */
	avs: number;
	/**
	 * Its number within the service, counted from 0.
	 */
	index: number;
}
/**
 * A value, and its announced change.
 */
export interface Announced_Fraction {
	/**
	 * The value that binds now.
	 */
	now: Fraction;
	/**
	 * The announced value, if any.
	 */
	next?: Later_Fraction | null;
}
/**
 * A value, and the era from which it binds.
 */
export interface Later_Fraction {
	/**
	 * The value.
	 */
	value: Fraction;
	/**
	 * The era.
	 */
	from: number;
}
/**
 * A value, and its announced change.
 */
export interface AnnouncedUint32 {
	/**
	 * The value that binds now.
	 */
	now: number;
	/**
	 * The announced value, if any.
	 */
	next?: LaterUint32 | null;
}
/**
 * A value, and the era from which it binds.
 */
export interface LaterUint32 {
	/**
	 * The value.
	 */
	value: number;
	/**
	 * The era.
	 */
	from: number;
}
/**
 * An operator's membership of a set.
 */
export interface Stay {
	/**
	 * The set.
	 */
	set: OperatorSetId;
	/**
	 * The first era for which it answers.
	 */
	from: number;
}
/**
 * An account's position in one pool of an operator.
 */
export interface PositionDetails {
	/**
	 * The account.
	 */
	who: Account;
	/**
	 * The operator.
	 */
	operator: Account;
	/**
	 * The kind of pool.
	 */
	kind: PoolKind;
	/**
	 * The number of shares; 0 if all of them left, or if a slash took the whole pool.
	 */
	shares: Amount;
	/**
	 * The value of the shares now, in the kind's currency.
	 */
	value: Amount;
	/**
	 * Exits that are not claimed yet, oldest first, at most 32.
	 */
	exits: ExitDetails[];
	/**
	 * Pending slashes that may take from it, the first 16 by id.
	 */
	pending: PendingLoss[];
	/**
	 * Services' payments that the position has earned and that are not credited to the account yet. They stay even
	 * if a slash took the whole pool since.
	 */
	rewards: Money[];
	/**
	 * The shares that came in this era. They answer at once, and earn services' payments from the next era on.
	 */
	fresh: Amount;
}
/**
 * An exit from a pool.
 */
export interface ExitDetails {
	/**
	 * The era under which it is filed, and by which it is claimed: the last one whose validators were elected when
	 * it was queued.
	 */
	queued: number;
	/**
	 * Its value now.
	 */
	value: Amount;
	/**
	 * The first era in which it can be claimed, unless a slash is pending.
	 */
	matures: number;
	/**
	 * Whether it must wait for a pending slash.
	 */
	held: boolean;
	/**
	 * Whether it can be claimed now.
	 */
	claimable: boolean;
}
/**
 * The loss of a position if a pending slash were executed now, before all others.
 */
export interface PendingLoss {
	/**
	 * The slash.
	 */
	id: number;
	/**
	 * The era in which it is executed.
	 */
	due: number;
	/**
	 * What it would take of the value of the shares.
	 */
	value: Amount;
	/**
	 * What it would take of the value of the exits.
	 */
	exits: Amount;
}
/**
 * An amount of a currency.
 */
export interface Money {
	/**
	 * The currency.
	 */
	currency: Coin;
	/**
	 * The amount.
	 */
	amount: Amount;
}
/**
 * The key of a position of an account.
 */
export interface PositionKey {
	/**
	 * The operator.
	 */
	operator: Account;
	/**
	 * The kind of pool.
	 */
	kind: PoolKind;
}
/**
 * One page of a list.
 */
export interface PageOfPositionDetailsByPositionKey {
	/**
	 * Its entries, in the order of storage unless documented otherwise.
	 */
	items: PositionDetails[];
	/**
	 * The value of `after` for the next page; none on the last page.
	 */
	next?: PositionKey | null;
}
/**
 * The key of an exit of an account.
 */
export interface ExitKey {
	/**
	 * The operator.
	 */
	operator: Account;
	/**
	 * The kind of pool.
	 */
	kind: PoolKind;
	/**
	 * The era under which it is filed.
	 */
	queued: number;
}
/**
 * One page of a list.
 */
export interface PageOfAccountExitByExitKey {
	/**
	 * Its entries, in the order of storage unless documented otherwise.
	 */
	items: AccountExit[];
	/**
	 * The value of `after` for the next page; none on the last page.
	 */
	next?: ExitKey | null;
}
/**
 * An exit of an account.
 */
export interface AccountExit {
	/**
	 * The operator.
	 */
	operator: Account;
	/**
	 * The kind of pool.
	 */
	kind: PoolKind;
	/**
	 * The exit.
	 */
	exit: ExitDetails;
}
/**
 * One page of a list.
 */
export interface PageOfBackerByAccount {
	/**
	 * Its entries, in the order of storage unless documented otherwise.
	 */
	items: Backer[];
	/**
	 * The value of `after` for the next page; none on the last page.
	 */
	next?: Account | null;
}
/**
 * A delegator of a pool.
 */
export interface Backer {
	/**
	 * The account.
	 */
	who: Account;
	/**
	 * Its shares.
	 */
	shares: Amount;
	/**
	 * The value of the shares now, in the kind's currency.
	 */
	value: Amount;
}
/**
 * An asset that can be restaked.
 */
export interface AssetDetails {
	/**
	 * Its id.
	 */
	id: number;
	/**
	 * The maximum that pools and exits may hold of it after a deposit.
	 */
	cap: Amount;
	/**
	 * The amount that pools and exits hold. Funds that were merely sent to custody are not included.
	 */
	held: Amount;
	/**
	 * The minimum that may enter a pool in one call.
	 */
	minDeposit: Amount;
	/**
	 * Whether it takes new deposits.
	 */
	deposits: boolean;
	/**
	 * The accounts outside of the chain that can mint, burn, freeze or seize it: its owner, issuer, admin and
	 * freezer, each once. What is restaked of it is as safe as these accounts. None if nobody has such a power.
	 */
	issuers: Account[];
}
/**
 * The stake that a set can slash.
 */
export interface SetStake {
	/**
	 * The era whose stake answers.
	 */
	capture: number;
	/**
	 * The number of operators that answer for that era.
	 */
	members: number;
	/**
	 * The stake by kind, in the order of the set's kinds.
	 */
	kinds: KindStake[];
	/**
	 * The weight of all of it: the sum of each amount times its kind's multiplier.
	 */
	weight: Amount;
	/**
	 * Whether the answer includes all operators. At most 1,000 former members are read.
	 */
	complete: boolean;
}
/**
 * The stake of one kind that a set can slash.
 */
export interface KindStake {
	/**
	 * The kind.
	 */
	kind: PoolKind;
	/**
	 * Its multiplier in the set now.
	 */
	multiplier: number;
	/**
	 * The amount in the kind's currency, from live pools and from exits since the capture era.
	 */
	slashable: Amount;
}
/**
 * One page of a list.
 */
export interface PageOfMemberStakeByAccount {
	/**
	 * Its entries, in the order of storage unless documented otherwise.
	 */
	items: MemberStake[];
	/**
	 * The value of `after` for the next page; none on the last page.
	 */
	next?: Account | null;
}
/**
 * The stake of one member that a set can slash.
 */
export interface MemberStake {
	/**
	 * The operator.
	 */
	operator: Account;
	/**
	 * The stake by kind. Kinds of which nothing is allocated are left out.
	 */
	kinds: MemberKind[];
	/**
	 * The weight of all of it: the sum of each amount times its kind's multiplier.
	 */
	weight: Amount;
}
/**
 * The stake of one member and kind that a set can slash.
 */
export interface MemberKind {
	/**
	 * The kind.
	 */
	kind: PoolKind;
	/**
	 * The magnitude that was allocated to the set in the capture era, less the cuts since.
	 */
	magnitude: Fraction;
	/**
	 * Its value now in the kind's currency, in the live pool and in exits since the capture era.
	 */
	slashable: Amount;
}
/**
 * Lower bounds of the stake that a slash for the running era can still take when it is executed in a later era.
 *
 * Stake that backs the running era stays within reach until the exit delay is over: exits still answer for this
 * era, and an allocation that ends, or a member that leaves, ends only for later eras. So no withdrawal by
 * delegators or operators lowers these bounds. Other slashes can, and each bound here allows for more of them than
 * the one before. Slashes that the set itself will report later are not included: the service has to count these
 * itself.
 *
 * A slash rounds down each part of what it takes. So the bounds subtract, from each operator's stake of a kind,
 * one unit for each era under which exits can be filed until `until`, including the era after it, and two units
 * for each pending slash.
 */
export interface LeastStake {
	/**
	 * The capture era: the running one.
	 */
	capture: number;
	/**
	 * The last era in which a slash for it can be executed.
	 */
	reachable: number;
	/**
	 * The requested era. If it is after `reachable`, all bounds are 0.
	 */
	until: number;
	/**
	 * The bound for any withdrawals, ended allocations and ended memberships, if every pending slash that falls
	 * due until then is executed.
	 */
	withdrawals: KindStake[];
	/**
	 * In addition, if all other sets slash all they can of the same pools: of what is allocated to them, was
	 * allocated in an era that can still be slashed, or is announced.
	 */
	services: KindStake[];
	/**
	 * In addition, if operators allocate as much as they may to other sets, and these slash that too. Such
	 * allocations bind after the allocation delay, up to the leverage that an operator can reach until then. So
	 * from then on this is less than `services` for pools with more than one claim on a unit. A set that gives
	 * what it slashes to an account shares no unit with other sets.
	 */
	allocations: KindStake[];
	/**
	 * In addition, if consensus offences take all native stake.
	 */
	consensus: KindStake[];
}
/**
 * The risks of a deposit into a pool now.
 */
export interface Entry {
	/**
	 * The reason for which the deposit would be refused now, if it would: a pallet's error, as `Pallet.Error`, or
	 * another error of the chain.
	 */
	refused?: Text | null;
	/**
	 * The shares that the deposit would mint. Also given if it would be refused, for instance for lack of funds; 0
	 * if the pool itself cannot take it.
	 */
	shares: Amount;
	/**
	 * The value of these shares right after the deposit, after rounding.
	 */
	value: Amount;
	/**
	 * The operator's commission now, in basis points.
	 */
	commission: number;
	/**
	 * The highest commission that can come to bind with no more notice than the exit delay, in basis points.
	 */
	commissionWithinExit: number;
	/**
	 * Pending slashes that would take from the deposit too, because a deposit shares the pool's past; the first 16
	 * by id. Empty if the pool cannot take the deposit.
	 */
	pending: EntryLoss[];
	/**
	 * Whether consensus offences of the operator take from the deposit.
	 */
	consensus: boolean;
	/**
	 * The services that may slash the deposit.
	 */
	services: EntryService[];
	/**
	 * The largest fraction of the deposit that these services could take together with one slash each.
	 */
	worst: Fraction;
	/**
	 * Eras from an exit to its claim.
	 */
	exitDelay: number;
}
/**
 * The loss of a deposit through a pending slash.
 */
export interface EntryLoss {
	/**
	 * The slash.
	 */
	id: number;
	/**
	 * The era in which it is executed.
	 */
	due: number;
	/**
	 * What it would take of the deposit if it were executed right after the deposit, before all other slashes.
	 */
	value: Amount;
}
/**
 * A service that may slash a pool.
 */
export interface EntryService {
	/**
	 * The set.
	 */
	set: OperatorSetId;
	/**
	 * The service's name.
	 */
	name: Text;
	/**
	 * The largest magnitude of the pool that it may slash: the largest of what is allocated now, was allocated in
	 * an era that can still be slashed, and will be allocated when an announced change binds.
	 */
	magnitude: Fraction;
	/**
	 * The largest fraction of the magnitude that one slash under any condition can take, announced terms included.
	 */
	maxFraction: Fraction;
	/**
	 * The shortest veto window of the conditions in eras, announced terms included; none without conditions.
	 */
	leastWindow?: number | null;
	/**
	 * Whether what it slashes goes to an account.
	 */
	redistributes: boolean;
}
/**
 * A service.
 */
export interface ServiceDetails {
	/**
	 * Its id.
	 */
	avs: number;
	/**
	 * Its name.
	 */
	name: Text;
	/**
	 * The address of a page about it.
	 */
	link: Text;
	/**
	 * The owner.
	 */
	owner: Account;
	/**
	 * The account to which it is offered, if any.
	 */
	nextOwner?: Account | null;
	/**
	 * The deposit that is held of the owner's balance, in STAY.
	 */
	deposit: Amount;
	/**
	 * Its sets, at most 64. Only the last 1,024 that it created are searched.
	 */
	sets: SetSummary[];
}
/**
 * An operator set in a list.
 */
export interface SetSummary {
	/**
	 * Its id.
	 */
	set: OperatorSetId;
	/**
	 * The number of its members.
	 */
	members: number;
	/**
	 * The number of its conditions.
	 */
	conditions: number;
	/**
	 * The last era for which members answer, if it is being wound down.
	 */
	until?: number | null;
}
/**
 * An operator set.
 */
export interface SetDetails {
	/**
	 * Its id.
	 */
	set: OperatorSetId;
	/**
	 * The name of its service.
	 */
	name: Text;
	/**
	 * The owner.
	 */
	owner: Account;
	/**
	 * The kinds that it accepts.
	 */
	kinds: Announced_ArrayOf_KindWeight;
	/**
	 * Which operators may join.
	 */
	admission: Admission;
	/**
	 * The minimum weight of an operator that joins.
	 */
	minStake: Amount;
	/**
	 * The account that may report slashes.
	 */
	slasher: Announced_Account;
	/**
	 * The destination of what it slashes.
	 */
	destination: Destination;
	/**
	 * The conditions, which declare offences.
	 */
	conditions: ConditionDetails[];
	/**
	 * The number of its members.
	 */
	members: number;
	/**
	 * The weight of all present allocations to it: the sum of each amount times its kind's multiplier.
	 */
	weight: Amount;
	/**
	 * The ids of its streams of payments.
	 */
	streams: number[];
	/**
	 * The last era for which members answer, if it is being wound down.
	 */
	until?: number | null;
}
/**
 * A value, and its announced change.
 */
export interface Announced_ArrayOf_KindWeight {
	/**
	 * The value that binds now.
	 */
	now: KindWeight[];
	/**
	 * The announced value, if any.
	 */
	next?: Later_ArrayOf_KindWeight | null;
}
/**
 * The multiplier of a kind.
 */
export interface KindWeight {
	/**
	 * The kind.
	 */
	kind: PoolKind;
	/**
	 * The weight of one unit of it, relative to the other kinds.
	 */
	multiplier: number;
}
/**
 * A value, and the era from which it binds.
 */
export interface Later_ArrayOf_KindWeight {
	/**
	 * The value.
	 */
	value: KindWeight[];
	/**
	 * The era.
	 */
	from: number;
}
/**
 * A value, and its announced change.
 */
export interface Announced_Account {
	/**
	 * The value that binds now.
	 */
	now: Account;
	/**
	 * The announced value, if any.
	 */
	next?: Later_Account | null;
}
/**
 * A value, and the era from which it binds.
 */
export interface Later_Account {
	/**
	 * The value.
	 */
	value: Account;
	/**
	 * The era.
	 */
	from: number;
}
/**
 * A declared offence.
 */
export interface ConditionDetails {
	/**
	 * Its id within the set.
	 */
	id: number;
	/**
	 * A description of the offence.
	 */
	text: Text;
	/**
	 * The first capture era for which it binds.
	 */
	since: number;
	/**
	 * Its terms. Announced ones bind for capture eras from an era on.
	 */
	terms: Announced_Terms;
}
/**
 * A value, and its announced change.
 */
export interface Announced_Terms {
	/**
	 * The value that binds now.
	 */
	now: Terms;
	/**
	 * The announced value, if any.
	 */
	next?: Later_Terms | null;
}
/**
 * The terms of a condition.
 */
export interface Terms {
	/**
	 * The maximum fraction of the allocation that one slash may take.
	 */
	maxFraction: Fraction;
	/**
	 * Eras between a report and its execution.
	 */
	vetoWindow: number;
	/**
	 * The resolver, who may veto within the window.
	 */
	resolver?: Resolver | null;
}
/**
 * A value, and the era from which it binds.
 */
export interface Later_Terms {
	/**
	 * The value.
	 */
	value: Terms;
	/**
	 * The era.
	 */
	from: number;
}
/**
 * One page of a list.
 */
export interface PageOfMemberDetailsByAccount {
	/**
	 * Its entries, in the order of storage unless documented otherwise.
	 */
	items: MemberDetails[];
	/**
	 * The value of `after` for the next page; none on the last page.
	 */
	next?: Account | null;
}
/**
 * A member of a set.
 */
export interface MemberDetails {
	/**
	 * The operator.
	 */
	operator: Account;
	/**
	 * Its name.
	 */
	name: Text;
	/**
	 * The first era for which it answers.
	 */
	from: number;
	/**
	 * Its allocations to the set, by kind.
	 */
	kinds: MemberKind[];
	/**
	 * Its weight: the sum of each amount times its kind's multiplier.
	 */
	weight: Amount;
	/**
	 * The announced allocations, by kind.
	 */
	next: NextMagnitude[];
}
/**
 * An announced magnitude.
 */
export interface NextMagnitude {
	/**
	 * The kind.
	 */
	kind: PoolKind;
	/**
	 * The magnitude, and the era from which it binds.
	 */
	magnitude: Later_Fraction;
}
/**
 * A slash.
 */
export interface SlashDetails {
	/**
	 * Its id.
	 */
	id: number;
	/**
	 * The operator that is slashed.
	 */
	operator: Account;
	/**
	 * The cause of the slash, and how much it takes.
	 */
	cause: Cause;
	/**
	 * The era whose stake answers.
	 */
	capture: number;
	/**
	 * The era in which it was reported.
	 */
	reported: number;
	/**
	 * The era in which it is executed, or would have been.
	 */
	due: number;
	/**
	 * The appeal, if there is one.
	 */
	appeal?: Appeal | null;
	/**
	 * Its state.
	 */
	state: SlashState;
}
/**
 * The part of a service's slash that concerns one kind.
 */
export interface Part {
	/**
	 * The kind.
	 */
	kind: PoolKind;
	/**
	 * The fraction of the allocation to take.
	 */
	fraction: Fraction;
	/**
	 * The magnitude that was allocated in the capture era.
	 */
	magnitude: Fraction;
}
/**
 * An appeal.
 */
export interface Appeal {
	/**
	 * The account that appealed.
	 */
	by: Account;
	/**
	 * The bond that is held of its balance, in STAY.
	 */
	bond: Amount;
}
/**
 * A filter for slashes. Every given field must match.
 */
export interface SlashFilter {
	/**
	 * Slashes of this operator.
	 */
	operator?: Account | null;
	/**
	 * Slashes by any set of this service.
	 */
	avs?: number | null;
}
/**
 * One page of a list.
 */
export interface PageOfSlashDetailsByuint32 {
	/**
	 * Its entries, in the order of storage unless documented otherwise.
	 */
	items: SlashDetails[];
	/**
	 * The value of `after` for the next page; none on the last page.
	 */
	next?: number | null;
}
/**
 * The key of a past slash: the era in which it was decided, and its id.
 */
export interface PastKey {
	/**
	 * The era.
	 */
	era: number;
	/**
	 * The slash.
	 */
	id: number;
}
/**
 * One page of a list.
 */
export interface PageOfSlashDetailsByPastKey {
	/**
	 * Its entries, in the order of storage unless documented otherwise.
	 */
	items: SlashDetails[];
	/**
	 * The value of `after` for the next page; none on the last page.
	 */
	next?: PastKey | null;
}
/**
 * The effect of a slash if it is executed now.
 */
export interface Impact {
	/**
	 * The reason for which it would be refused, if it would: a pallet's error, as `Pallet.Error`. Then it takes
	 * nothing.
	 */
	refused?: Text | null;
	/**
	 * The era in which it would fall due.
	 */
	due?: number | null;
	/**
	 * The effects on the pools that it reaches and on their exits.
	 */
	pools: PoolImpact[];
	/**
	 * The effects on the positions and exits of the given account.
	 */
	positions: PositionImpact[];
}
/**
 * The effect of a slash on a pool. All delegators lose in proportion to their shares.
 */
export interface PoolImpact {
	/**
	 * The kind of pool.
	 */
	kind: PoolKind;
	/**
	 * The amount in the pool before the slash.
	 */
	before: Amount;
	/**
	 * The amount that the slash takes of it.
	 */
	taken: Amount;
	/**
	 * Whether the slash takes all of the pool, and so voids every position.
	 */
	wiped: boolean;
	/**
	 * The effects on exits, by the era under which they are filed.
	 */
	exits: ExitImpact[];
}
/**
 * The effect of a slash on the exits that are filed under one era.
 */
export interface ExitImpact {
	/**
	 * The era.
	 */
	queued: number;
	/**
	 * The value before the slash.
	 */
	before: Amount;
	/**
	 * The amount that the slash takes of it.
	 */
	taken: Amount;
}
/**
 * The effect of a slash on one account's position.
 */
export interface PositionImpact {
	/**
	 * The kind of pool.
	 */
	kind: PoolKind;
	/**
	 * The value of the account's shares before the slash.
	 */
	before: Amount;
	/**
	 * The amount that the slash takes of it.
	 */
	taken: Amount;
	/**
	 * The effects on the account's exits, by the era under which they are filed.
	 */
	exits: ExitImpact[];
}
/**
 * A fraction of the allocation of one kind.
 */
export interface KindFraction {
	/**
	 * The kind.
	 */
	kind: PoolKind;
	/**
	 * The fraction of the allocation to take.
	 */
	fraction: Fraction;
}
/**
 * The rewards that an account can collect.
 */
export interface DueRewards {
	/**
	 * The account that receives them.
	 */
	to: Account;
	/**
	 * Credited amounts: commissions, refunds, and rewards of settled positions.
	 */
	credit: Money[];
	/**
	 * What its positions have earned since they were last settled, void ones included. Positions that earned
	 * nothing are left out, so a page can be short or empty although there is a next one.
	 */
	positions: PageOfPositionDueByPositionKey;
}
/**
 * One page of a list.
 */
export interface PageOfPositionDueByPositionKey {
	/**
	 * Its entries, in the order of storage unless documented otherwise.
	 */
	items: PositionDue[];
	/**
	 * The value of `after` for the next page; none on the last page.
	 */
	next?: PositionKey | null;
}
/**
 * What a position has earned since it was last settled.
 */
export interface PositionDue {
	/**
	 * The operator.
	 */
	operator: Account;
	/**
	 * The kind of pool.
	 */
	kind: PoolKind;
	/**
	 * The amounts, by currency.
	 */
	earned: Money[];
}
/**
 * A stream of payments to an operator set.
 */
export interface StreamDetails {
	/**
	 * Its id.
	 */
	id: number;
	/**
	 * The set.
	 */
	set: OperatorSetId;
	/**
	 * The account that opened it and receives refunds.
	 */
	payer: Account;
	/**
	 * The currency.
	 */
	currency: Coin;
	/**
	 * The amount that it pays for each era.
	 */
	rate: Amount;
	/**
	 * The funds from which it pays. They include unpaid instalments of past eras, which will be given back to the
	 * payer.
	 */
	funds: Amount;
	/**
	 * What it still pays for the running era: its instalment, or 0 if that is already paid or given back. It is
	 * given back to the payer if nobody answers to the set for the era, or if slashes are due until the era is
	 * over.
	 */
	owed: Amount;
	/**
	 * The first era for which it pays no more: that of its stop, or an earlier one if its funds do not suffice.
	 * Each era uses up one instalment, paid or given back.
	 */
	ends: number;
	/**
	 * The number of eras for which it continues after it was stopped.
	 */
	notice: number;
	/**
	 * Whether it was stopped.
	 */
	stopped: boolean;
}
/**
 * The return of serving a set.
 */
export interface SetReturn {
	/**
	 * The first era that counts.
	 */
	from: number;
	/**
	 * The last era that counts. It is 0 if no era is over; the returns then have 0 eras.
	 */
	until: number;
	/**
	 * The payments in these eras and the streams, by currency.
	 */
	paid: PaidReturn[];
}
/**
 * The payments in one currency, and their return on each kind.
 */
export interface PaidReturn {
	/**
	 * The currency.
	 */
	currency: Coin;
	/**
	 * The sum of payments in these eras, commissions included. Streams pay for an era while it runs.
	 */
	amount: Amount;
	/**
	 * The sum that the present streams pay for an era.
	 */
	streams: Amount;
	/**
	 * The returns by kind.
	 */
	kinds: KindReturn[];
}
/**
 * The return of a set's payments on one kind.
 */
export interface KindReturn {
	/**
	 * The kind.
	 */
	kind: PoolKind;
	/**
	 * The return in units of the currency on units of the kind that are slashable now; what was slashable in each
	 * of the eras is not stored. Commissions are not deducted.
	 */
	whole: Return;
}
/**
 * A page of a ranked list.
 */
export interface RankingOfOperatorSummary {
	/**
	 * How many entries there are in all.
	 */
	total: number;
	/**
	 * How many to skip for the next page; null on the last page.
	 */
	next?: number | null;
	/**
	 * The entries of this page.
	 */
	items: OperatorSummary[];
	/**
	 * The number of the block at which they were read.
	 */
	number: number;
	/**
	 * How many final blocks had followed it when this was answered.
	 */
	behind: number;
}
/**
 * An operator in a list.
 */
export interface OperatorSummary {
	/**
	 * The account.
	 */
	operator: Account;
	/**
	 * Its name.
	 */
	name: Text;
	/**
	 * Its commission now, in basis points.
	 */
	commission: number;
	/**
	 * Whether it takes deposits from every account.
	 */
	open: boolean;
	/**
	 * Whether it has retired, and takes no deposits any more.
	 */
	retired: boolean;
	/**
	 * Whether it stands for election.
	 */
	candidate: boolean;
	/**
	 * Whether it is a validator of the running era.
	 */
	active: boolean;
	/**
	 * Its native stake, in STAY.
	 */
	stake: Amount;
	/**
	 * The amounts in its pools.
	 */
	pools: PoolAmount[];
	/**
	 * The number of operator sets that it serves.
	 */
	sets: number;
}
/**
 * The amount in a pool.
 */
export interface PoolAmount {
	/**
	 * The kind.
	 */
	kind: PoolKind;
	/**
	 * The amount, in the kind's currency.
	 */
	amount: Amount;
}
/**
 * A page of a ranked list.
 */
export interface RankingOfServiceSummary {
	/**
	 * How many entries there are in all.
	 */
	total: number;
	/**
	 * How many to skip for the next page; null on the last page.
	 */
	next?: number | null;
	/**
	 * The entries of this page.
	 */
	items: ServiceSummary[];
	/**
	 * The number of the block at which they were read.
	 */
	number: number;
	/**
	 * How many final blocks had followed it when this was answered.
	 */
	behind: number;
}
/**
 * A service in a list.
 */
export interface ServiceSummary {
	/**
	 * Its id.
	 */
	avs: number;
	/**
	 * Its name.
	 */
	name: Text;
	/**
	 * The owner.
	 */
	owner: Account;
	/**
	 * The number of its sets.
	 */
	sets: number;
	/**
	 * The number of members of all its sets.
	 */
	members: number;
	/**
	 * The weight of all present allocations to its sets.
	 */
	weight: Amount;
}
/**
 * The last block of a chain whose blocks are made on command.
 */
export interface DevHead {
	/**
	 * The block's number.
	 */
	number: number;
	/**
	 * The era that runs after the block.
	 */
	era: number;
	/**
	 * The session that runs after the block.
	 */
	session: number;
	/**
	 * The block's time, in milliseconds since 1970; null for the genesis block.
	 */
	time?: number | null;
	/**
	 * The time of the next block, in milliseconds since 1970. It is later if no key of the node may author that slot.
	 */
	nextTime: number;
}
/**
 * What subscriptions take and send.
 */
export interface Subscriptions {
	/**
	 * Changes of slashes in final blocks: reported, raised, appealed, vetoed, cancelled, reinstated, executed.
	 */
	slashing_subscribeSlashes: {
		params: {
			/**
			 * Of this operator.
			 */
			operator?: Account | null;
			/**
			 * Of any set of this service.
			 */
			avs?: number | null;
			/**
			 * That affect something this account has, in a pool or in an exit.
			 */
			who?: Account | null;
			/**
			 * Begin after this final block, to miss nothing after a disconnection; after the last final block unless given.
			 */
			from?: BlockHash | null;
		};
		item: SlashItem;
	};
	/**
	 * The members of a set with their weights: first all members, then the changes in final blocks.
	 */
	avs_subscribeMembers: {
		params: {
			/**
			 * The set.
			 */
			set: OperatorSetId;
			/**
			 * Begin after this final block, with what changed since then; otherwise with all members at the last final
			 * block.
			 */
			from?: BlockHash | null;
		};
		item: MembersItem;
	};
	/**
	 * The holdings of an account: first all its positions, exits and credit, then the changes in final blocks. If it has more than 1,000 positions, only the first 1,000 in the order of storage.
	 */
	operators_subscribePositions: {
		params: {
			/**
			 * The account.
			 */
			who: Account;
			/**
			 * Begin after this final block, with what changed since then; otherwise with all positions at the last final
			 * block.
			 */
			from?: BlockHash | null;
		};
		item: PositionsItem;
	};
}
/**
 * What happened to slashes in a block.
 */
export interface SlashItem {
	/**
	 * The block.
	 */
	at: BlockHash;
	/**
	 * Its number.
	 */
	number: number;
	/**
	 * What happened, in order. Empty in an item that only tells how far the subscription has come.
	 */
	changes: SlashChange[];
	/**
	 * How many final blocks had followed this one when the item was sent.
	 */
	behind: number;
}
/**
 * A change of a slash.
 */
export interface SlashChange {
	/**
	 * The kind of change.
	 */
	change: SlashEvent;
	/**
	 * The slash after the block.
	 */
	slash: SlashDetails;
}
/**
 * What changed of a set in a block.
 */
export interface MembersItem {
	/**
	 * The block.
	 */
	at: BlockHash;
	/**
	 * Its number.
	 */
	number: number;
	/**
	 * The era at the end of the block.
	 */
	era: number;
	/**
	 * The weight of all members.
	 */
	weight: Amount;
	/**
	 * New and changed members: all of them in the first item.
	 */
	members: MemberDetails[];
	/**
	 * The operators that are no longer members.
	 */
	gone: Account[];
	/**
	 * How many final blocks had followed this one when the item was sent.
	 */
	behind: number;
}
/**
 * What changed in a block among an account's holdings.
 */
export interface PositionsItem {
	/**
	 * The block.
	 */
	at: BlockHash;
	/**
	 * Its number.
	 */
	number: number;
	/**
	 * The era at the end of the block.
	 */
	era: number;
	/**
	 * New and changed positions: all of them in the first item.
	 */
	positions: PositionDetails[];
	/**
	 * Positions that are gone.
	 */
	gone: PositionKey[];
	/**
	 * All exits, if any of them changed.
	 */
	exits?: AccountExit[] | null;
	/**
	 * All credit, if any of it changed.
	 */
	credit?: Money[] | null;
	/**
	 * How many final blocks had followed this one when the item was sent.
	 */
	behind: number;
}

/** What the client needs to know about the methods at run time: the places of big numbers in answers, and the errors. */
export const wire = {
	"methods": {
		"staking_era": {
			"fields": {
				"value": {
					"ref": "EraStatus"
				}
			}
		},
		"staking_parameters": {
			"fields": {
				"value": {
					"ref": "Parameters"
				}
			}
		},
		"staking_validators": {
			"fields": {
				"value": {
					"list": {
						"ref": "EraValidator"
					}
				}
			}
		},
		"staking_validator": {
			"fields": {
				"value": {
					"ref": "ValidatorStatus"
				}
			}
		},
		"staking_validatorReturn": {
			"fields": {
				"value": {
					"ref": "ValidatorReturn"
				}
			}
		},
		"operators_operator": {
			"fields": {
				"value": {
					"ref": "OperatorDetails"
				}
			}
		},
		"operators_position": {
			"fields": {
				"value": {
					"ref": "PositionDetails"
				}
			}
		},
		"operators_positions": {
			"fields": {
				"value": {
					"ref": "PageOfPositionDetailsByPositionKey"
				}
			}
		},
		"operators_exits": {
			"fields": {
				"value": {
					"ref": "PageOfAccountExitByExitKey"
				}
			}
		},
		"operators_backers": {
			"fields": {
				"value": {
					"ref": "PageOfBackerByAccount"
				}
			}
		},
		"restaking_assets": {
			"fields": {
				"value": {
					"list": {
						"ref": "AssetDetails"
					}
				}
			}
		},
		"restaking_setStake": {
			"fields": {
				"value": {
					"ref": "SetStake"
				}
			}
		},
		"restaking_memberStakes": {
			"fields": {
				"value": {
					"ref": "PageOfMemberStakeByAccount"
				}
			}
		},
		"restaking_leastStake": {
			"fields": {
				"value": {
					"ref": "LeastStake"
				}
			}
		},
		"restaking_entering": {
			"fields": {
				"value": {
					"ref": "Entry"
				}
			}
		},
		"avs_service": {
			"fields": {
				"value": {
					"ref": "ServiceDetails"
				}
			}
		},
		"avs_set": {
			"fields": {
				"value": {
					"ref": "SetDetails"
				}
			}
		},
		"avs_members": {
			"fields": {
				"value": {
					"ref": "PageOfMemberDetailsByAccount"
				}
			}
		},
		"avs_member": {
			"fields": {
				"value": {
					"ref": "MemberDetails"
				}
			}
		},
		"slashing_slash": {
			"fields": {
				"value": {
					"ref": "SlashDetails"
				}
			}
		},
		"slashing_pending": {
			"fields": {
				"value": {
					"ref": "PageOfSlashDetailsByuint32"
				}
			}
		},
		"slashing_past": {
			"fields": {
				"value": {
					"ref": "PageOfSlashDetailsByPastKey"
				}
			}
		},
		"slashing_consequences": {
			"fields": {
				"value": {
					"ref": "Impact"
				}
			}
		},
		"slashing_dryRun": {
			"fields": {
				"value": {
					"ref": "Impact"
				}
			}
		},
		"rewards_due": {
			"fields": {
				"value": {
					"ref": "DueRewards"
				}
			}
		},
		"rewards_era": {
			"fields": {
				"value": {
					"ref": "EraReward"
				}
			}
		},
		"rewards_streams": {
			"fields": {
				"value": {
					"list": {
						"ref": "StreamDetails"
					}
				}
			}
		},
		"rewards_setReturn": {
			"fields": {
				"value": {
					"ref": "SetReturn"
				}
			}
		},
		"operators_search": {
			"fields": {
				"value": {
					"ref": "RankingOfOperatorSummary"
				}
			}
		},
		"avs_search": {
			"fields": {
				"value": {
					"ref": "RankingOfServiceSummary"
				}
			}
		},
		"dev_newBlocks": null,
		"dev_nextEra": null,
		"dev_setTime": null
	},
	"subscriptions": {
		"slashing_subscribeSlashes": {
			"unsubscribe": "slashing_unsubscribeSlashes",
			"item": {
				"ref": "SlashItem"
			}
		},
		"avs_subscribeMembers": {
			"unsubscribe": "avs_unsubscribeMembers",
			"item": {
				"ref": "MembersItem"
			}
		},
		"operators_subscribePositions": {
			"unsubscribe": "operators_unsubscribePositions",
			"item": {
				"ref": "PositionsItem"
			}
		}
	},
	"shapes": {
		"EraStatus": {
			"fields": {
				"stake": {
					"ref": "Amount"
				},
				"minSelfStake": {
					"ref": "Amount"
				},
				"issuance": {
					"ref": "Amount"
				},
				"last": {
					"ref": "EraReward"
				}
			}
		},
		"Amount": "bigint",
		"EraReward": {
			"fields": {
				"pot": {
					"ref": "Amount"
				},
				"paid": {
					"ref": "Amount"
				}
			}
		},
		"Parameters": {
			"fields": {
				"minDeposit": {
					"ref": "Amount"
				}
			}
		},
		"EraValidator": {
			"fields": {
				"stake": {
					"ref": "Amount"
				},
				"reward": {
					"ref": "Amount"
				}
			}
		},
		"ValidatorStatus": {
			"fields": {
				"selfStake": {
					"ref": "Amount"
				},
				"stake": {
					"ref": "Amount"
				}
			}
		},
		"ValidatorReturn": {
			"fields": {
				"whole": {
					"ref": "Return"
				},
				"delegators": {
					"ref": "Return"
				}
			}
		},
		"Return": {
			"fields": {
				"earned": {
					"ref": "Amount"
				},
				"stake": {
					"ref": "Amount"
				}
			}
		},
		"OperatorDetails": {
			"fields": {
				"validator": {
					"ref": "ValidatorStatus"
				},
				"pools": {
					"list": {
						"ref": "PoolDetails"
					}
				}
			}
		},
		"PoolDetails": {
			"fields": {
				"amount": {
					"ref": "Amount"
				},
				"shares": {
					"ref": "Amount"
				},
				"own": {
					"ref": "Amount"
				},
				"leaving": {
					"ref": "Amount"
				},
				"maxMagnitude": {
					"ref": "Fraction"
				},
				"allocations": {
					"list": {
						"ref": "AllocationDetails"
					}
				},
				"fresh": {
					"ref": "Amount"
				}
			}
		},
		"Fraction": "bigint",
		"AllocationDetails": {
			"fields": {
				"magnitude": {
					"ref": "Announced_Fraction"
				},
				"slashable": {
					"ref": "Amount"
				}
			}
		},
		"Announced_Fraction": {
			"fields": {
				"now": {
					"ref": "Fraction"
				},
				"next": {
					"ref": "Later_Fraction"
				}
			}
		},
		"Later_Fraction": {
			"fields": {
				"value": {
					"ref": "Fraction"
				}
			}
		},
		"PositionDetails": {
			"fields": {
				"shares": {
					"ref": "Amount"
				},
				"value": {
					"ref": "Amount"
				},
				"exits": {
					"list": {
						"ref": "ExitDetails"
					}
				},
				"pending": {
					"list": {
						"ref": "PendingLoss"
					}
				},
				"rewards": {
					"list": {
						"ref": "Money"
					}
				},
				"fresh": {
					"ref": "Amount"
				}
			}
		},
		"ExitDetails": {
			"fields": {
				"value": {
					"ref": "Amount"
				}
			}
		},
		"PendingLoss": {
			"fields": {
				"value": {
					"ref": "Amount"
				},
				"exits": {
					"ref": "Amount"
				}
			}
		},
		"Money": {
			"fields": {
				"amount": {
					"ref": "Amount"
				}
			}
		},
		"PageOfPositionDetailsByPositionKey": {
			"fields": {
				"items": {
					"list": {
						"ref": "PositionDetails"
					}
				}
			}
		},
		"PageOfAccountExitByExitKey": {
			"fields": {
				"items": {
					"list": {
						"ref": "AccountExit"
					}
				}
			}
		},
		"AccountExit": {
			"fields": {
				"exit": {
					"ref": "ExitDetails"
				}
			}
		},
		"PageOfBackerByAccount": {
			"fields": {
				"items": {
					"list": {
						"ref": "Backer"
					}
				}
			}
		},
		"Backer": {
			"fields": {
				"shares": {
					"ref": "Amount"
				},
				"value": {
					"ref": "Amount"
				}
			}
		},
		"AssetDetails": {
			"fields": {
				"cap": {
					"ref": "Amount"
				},
				"held": {
					"ref": "Amount"
				},
				"minDeposit": {
					"ref": "Amount"
				}
			}
		},
		"SetStake": {
			"fields": {
				"kinds": {
					"list": {
						"ref": "KindStake"
					}
				},
				"weight": {
					"ref": "Amount"
				}
			}
		},
		"KindStake": {
			"fields": {
				"slashable": {
					"ref": "Amount"
				}
			}
		},
		"PageOfMemberStakeByAccount": {
			"fields": {
				"items": {
					"list": {
						"ref": "MemberStake"
					}
				}
			}
		},
		"MemberStake": {
			"fields": {
				"kinds": {
					"list": {
						"ref": "MemberKind"
					}
				},
				"weight": {
					"ref": "Amount"
				}
			}
		},
		"MemberKind": {
			"fields": {
				"magnitude": {
					"ref": "Fraction"
				},
				"slashable": {
					"ref": "Amount"
				}
			}
		},
		"LeastStake": {
			"fields": {
				"withdrawals": {
					"list": {
						"ref": "KindStake"
					}
				},
				"services": {
					"list": {
						"ref": "KindStake"
					}
				},
				"allocations": {
					"list": {
						"ref": "KindStake"
					}
				},
				"consensus": {
					"list": {
						"ref": "KindStake"
					}
				}
			}
		},
		"Entry": {
			"fields": {
				"shares": {
					"ref": "Amount"
				},
				"value": {
					"ref": "Amount"
				},
				"pending": {
					"list": {
						"ref": "EntryLoss"
					}
				},
				"services": {
					"list": {
						"ref": "EntryService"
					}
				},
				"worst": {
					"ref": "Fraction"
				}
			}
		},
		"EntryLoss": {
			"fields": {
				"value": {
					"ref": "Amount"
				}
			}
		},
		"EntryService": {
			"fields": {
				"magnitude": {
					"ref": "Fraction"
				},
				"maxFraction": {
					"ref": "Fraction"
				}
			}
		},
		"ServiceDetails": {
			"fields": {
				"deposit": {
					"ref": "Amount"
				}
			}
		},
		"SetDetails": {
			"fields": {
				"minStake": {
					"ref": "Amount"
				},
				"conditions": {
					"list": {
						"ref": "ConditionDetails"
					}
				},
				"weight": {
					"ref": "Amount"
				}
			}
		},
		"ConditionDetails": {
			"fields": {
				"terms": {
					"ref": "Announced_Terms"
				}
			}
		},
		"Announced_Terms": {
			"fields": {
				"now": {
					"ref": "Terms"
				},
				"next": {
					"ref": "Later_Terms"
				}
			}
		},
		"Terms": {
			"fields": {
				"maxFraction": {
					"ref": "Fraction"
				}
			}
		},
		"Later_Terms": {
			"fields": {
				"value": {
					"ref": "Terms"
				}
			}
		},
		"PageOfMemberDetailsByAccount": {
			"fields": {
				"items": {
					"list": {
						"ref": "MemberDetails"
					}
				}
			}
		},
		"MemberDetails": {
			"fields": {
				"kinds": {
					"list": {
						"ref": "MemberKind"
					}
				},
				"weight": {
					"ref": "Amount"
				},
				"next": {
					"list": {
						"ref": "NextMagnitude"
					}
				}
			}
		},
		"NextMagnitude": {
			"fields": {
				"magnitude": {
					"ref": "Later_Fraction"
				}
			}
		},
		"SlashDetails": {
			"fields": {
				"cause": {
					"ref": "Cause"
				},
				"appeal": {
					"ref": "Appeal"
				},
				"state": {
					"ref": "SlashState"
				}
			}
		},
		"Cause": {
			"fields": {
				"consensus": {
					"fields": {
						"fraction": {
							"ref": "Fraction"
						}
					}
				},
				"attested": {
					"fields": {
						"parts": {
							"list": {
								"ref": "Part"
							}
						}
					}
				}
			}
		},
		"Part": {
			"fields": {
				"fraction": {
					"ref": "Fraction"
				},
				"magnitude": {
					"ref": "Fraction"
				}
			}
		},
		"Appeal": {
			"fields": {
				"bond": {
					"ref": "Amount"
				}
			}
		},
		"SlashState": {
			"fields": {
				"executed": {
					"fields": {
						"taken": {
							"list": {
								"ref": "Money"
							}
						},
						"unpaid": {
							"list": {
								"ref": "Money"
							}
						}
					}
				}
			}
		},
		"PageOfSlashDetailsByuint32": {
			"fields": {
				"items": {
					"list": {
						"ref": "SlashDetails"
					}
				}
			}
		},
		"PageOfSlashDetailsByPastKey": {
			"fields": {
				"items": {
					"list": {
						"ref": "SlashDetails"
					}
				}
			}
		},
		"Impact": {
			"fields": {
				"pools": {
					"list": {
						"ref": "PoolImpact"
					}
				},
				"positions": {
					"list": {
						"ref": "PositionImpact"
					}
				}
			}
		},
		"PoolImpact": {
			"fields": {
				"before": {
					"ref": "Amount"
				},
				"taken": {
					"ref": "Amount"
				},
				"exits": {
					"list": {
						"ref": "ExitImpact"
					}
				}
			}
		},
		"ExitImpact": {
			"fields": {
				"before": {
					"ref": "Amount"
				},
				"taken": {
					"ref": "Amount"
				}
			}
		},
		"PositionImpact": {
			"fields": {
				"before": {
					"ref": "Amount"
				},
				"taken": {
					"ref": "Amount"
				},
				"exits": {
					"list": {
						"ref": "ExitImpact"
					}
				}
			}
		},
		"Supposed": {
			"fields": {
				"consensus": {
					"fields": {
						"fraction": {
							"ref": "Fraction"
						}
					}
				},
				"attested": {
					"fields": {
						"fractions": {
							"list": {
								"ref": "KindFraction"
							}
						}
					}
				}
			}
		},
		"KindFraction": {
			"fields": {
				"fraction": {
					"ref": "Fraction"
				}
			}
		},
		"DueRewards": {
			"fields": {
				"credit": {
					"list": {
						"ref": "Money"
					}
				},
				"positions": {
					"ref": "PageOfPositionDueByPositionKey"
				}
			}
		},
		"PageOfPositionDueByPositionKey": {
			"fields": {
				"items": {
					"list": {
						"ref": "PositionDue"
					}
				}
			}
		},
		"PositionDue": {
			"fields": {
				"earned": {
					"list": {
						"ref": "Money"
					}
				}
			}
		},
		"StreamDetails": {
			"fields": {
				"rate": {
					"ref": "Amount"
				},
				"funds": {
					"ref": "Amount"
				},
				"owed": {
					"ref": "Amount"
				}
			}
		},
		"SetReturn": {
			"fields": {
				"paid": {
					"list": {
						"ref": "PaidReturn"
					}
				}
			}
		},
		"PaidReturn": {
			"fields": {
				"amount": {
					"ref": "Amount"
				},
				"streams": {
					"ref": "Amount"
				},
				"kinds": {
					"list": {
						"ref": "KindReturn"
					}
				}
			}
		},
		"KindReturn": {
			"fields": {
				"whole": {
					"ref": "Return"
				}
			}
		},
		"RankingOfOperatorSummary": {
			"fields": {
				"items": {
					"list": {
						"ref": "OperatorSummary"
					}
				}
			}
		},
		"OperatorSummary": {
			"fields": {
				"stake": {
					"ref": "Amount"
				},
				"pools": {
					"list": {
						"ref": "PoolAmount"
					}
				}
			}
		},
		"PoolAmount": {
			"fields": {
				"amount": {
					"ref": "Amount"
				}
			}
		},
		"RankingOfServiceSummary": {
			"fields": {
				"items": {
					"list": {
						"ref": "ServiceSummary"
					}
				}
			}
		},
		"ServiceSummary": {
			"fields": {
				"weight": {
					"ref": "Amount"
				}
			}
		},
		"SlashItem": {
			"fields": {
				"changes": {
					"list": {
						"ref": "SlashChange"
					}
				}
			}
		},
		"SlashChange": {
			"fields": {
				"slash": {
					"ref": "SlashDetails"
				}
			}
		},
		"MembersItem": {
			"fields": {
				"weight": {
					"ref": "Amount"
				},
				"members": {
					"list": {
						"ref": "MemberDetails"
					}
				}
			}
		},
		"PositionsItem": {
			"fields": {
				"positions": {
					"list": {
						"ref": "PositionDetails"
					}
				},
				"exits": {
					"list": {
						"ref": "AccountExit"
					}
				},
				"credit": {
					"list": {
						"ref": "Money"
					}
				}
			}
		}
	},
	"errors": {
		"UnknownBlock": 20001,
		"StatePruned": 20002,
		"NotInRuntime": 20003,
		"NotFinal": 20004,
		"Busy": 20005,
		"Runtime": 20006,
		"NotOnCommand": 20007,
		"WrongTime": 20008,
		"NoNewBlock": 20009,
		"NoVotes": 20010
	}
} as const;
