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
 * What stands in a pool, and what it answers for.
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
 * Who may join a set.
 */
export type Admission = 'open' | 'approved' | 'paused';
/**
 * Where slashed funds go.
 */
export type Destination =
	| 'burn'
	| {
			account: Account;
	  }
	| 'treasury';
/**
 * Who may veto a slash.
 */
export type Resolver =
	| {
			account: Account;
	  }
	| 'governance';
/**
 * Why an operator is slashed, and how much.
 */
export type Cause =
	| {
			consensus: {
				/**
				 * The part of all native stake it takes.
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
				 * Who may veto it.
				 */
				resolver?: Resolver | null;
				/**
				 * What it takes of each kind.
				 */
				parts: Part[];
			};
	  };
/**
 * How a slash stands.
 */
export type SlashState =
	| 'pending'
	| {
			executed: {
				/**
				 * In this era.
				 */
				era: number;
				/**
				 * What it took, by currency.
				 */
				taken: Money[];
				/**
				 * What of it could not be paid out yet.
				 */
				unpaid: Money[];
			};
	  }
	| {
			vetoed: {
				/**
				 * In this era.
				 */
				era: number;
				/**
				 * Why.
				 */
				reason: Text;
			};
	  }
	| {
			cancelled: {
				/**
				 * In this era.
				 */
				era: number;
			};
	  };
/**
 * A slash that nobody reported.
 */
export type Supposed =
	| {
			consensus: {
				/**
				 * Who is slashed.
				 */
				operator: Account;
				/**
				 * The part of all native stake it takes.
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
				 * Who is slashed.
				 */
				operator: Account;
				/**
				 * The condition that is broken.
				 */
				condition: number;
				/**
				 * What is taken of each kind, of what is allocated.
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
 * What can happen to a slash.
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
	 * How long an era lasts if no block is late, in milliseconds.
	 */
	millis: number;
	/**
	 * The session that is running.
	 */
	session: number;
	/**
	 * How many sessions an era has.
	 */
	sessions: number;
	/**
	 * How many validators serve in it.
	 */
	validators: number;
	/**
	 * The stake that elected them.
	 */
	stake: Amount;
	/**
	 * How many operators stand for the next election.
	 */
	candidates: number;
	/**
	 * How many validators the next election chooses at most.
	 */
	validatorCount: number;
	/**
	 * The least a validator must have staked itself.
	 */
	minSelfStake: Amount;
	/**
	 * All STAY there is.
	 */
	issuance: Amount;
	/**
	 * The last era that ended with a reward.
	 */
	last?: EraReward | null;
}
/**
 * What an era paid to its validators.
 */
export interface EraReward {
	/**
	 * The era.
	 */
	era: number;
	/**
	 * What was shared by points.
	 */
	pot: Amount;
	/**
	 * The points of all validators.
	 */
	points: number;
	/**
	 * What was paid of the pot so far, commissions included.
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
	 * From an exit to its claim.
	 */
	exitDelay: number;
	/**
	 * The longest veto window.
	 */
	maxVetoWindow: number;
	/**
	 * Between a consensus offence and its slash.
	 */
	consensusDeferral: number;
	/**
	 * Until a larger allocation binds.
	 */
	allocationDelay: number;
	/**
	 * Until a higher commission binds, at least.
	 */
	commissionDelay: number;
	/**
	 * Until a smaller allocation binds.
	 */
	deallocationDelay: number;
	/**
	 * Until changed terms of an operator set bind.
	 */
	termsDelay: number;
	/**
	 * The largest sum of an operator's magnitudes on one pool, in whole pools.
	 */
	maxLeverage: number;
	/**
	 * An election of fewer validators is not used.
	 */
	leastValidators: number;
	/**
	 * The least that may enter a pool in one call.
	 */
	minDeposit: Amount;
	/**
	 * Eras for which points, rewards and slash records are kept.
	 */
	history: number;
	/**
	 * The least native stake of an elected validator, in basis points of the mean of all who are elected; 0 asks
	 * for nothing.
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
	 * The native stake that elected it. 0 for eras before the chain kept it.
	 */
	stake: Amount;
	/**
	 * The points it won in the era, so far.
	 */
	points: number;
	/**
	 * Its part of the era's pot, commission included; none while the era runs, and where it paid nothing.
	 */
	reward?: Amount | null;
}
/**
 * How an operator stands as a validator.
 */
export interface ValidatorStatus {
	/**
	 * Whether it stands for election.
	 */
	candidate: boolean;
	/**
	 * Whether it serves in the running era.
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
	 * Whether it may author no block until the set changes, because of an offence.
	 */
	disabled: boolean;
	/**
	 * What it has staked itself.
	 */
	selfStake: Amount;
	/**
	 * What it would be elected by.
	 */
	stake: Amount;
	/**
	 * The points it won in the running era.
	 */
	points: number;
	/**
	 * For how many eras in a row it won none.
	 */
	silent: number;
	/**
	 * The era in which it may stand for election again, where silence keeps it from that until then.
	 */
	barred?: number | null;
}
/**
 * What validating earned, and what of it reached those who stand behind the operator.
 */
export interface ValidatorReturn {
	/**
	 * The first era that was looked at.
	 */
	from: number;
	/**
	 * The last; 0 where none is over and paid.
	 */
	until: number;
	/**
	 * In how many of them it served. Those count of which the stake is known that elected it.
	 */
	served: number;
	/**
	 * The commission that binds now, in basis points. What it was in those eras is not kept.
	 */
	commission: number;
	/**
	 * Of its part of the pots, by the stake that elected it.
	 */
	whole: Return;
	/**
	 * The same less the commission: what delegators had of it.
	 */
	delegators: Return;
}
/**
 * A yearly return, in millionths of what earned it, and what it was computed from.
 */
export interface Return {
	/**
	 * The yearly return without compounding: `earned / stake`, times the eras of a year.
	 */
	millionths: number;
	/**
	 * What was earned in the eras that count.
	 */
	earned: Amount;
	/**
	 * What it was earned with: the stake of each of these eras, added up.
	 */
	stake: Amount;
	/**
	 * How many eras count: those that ended and are paid, of those that were asked for.
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
	 * Where to read more.
	 */
	link: Text;
	/**
	 * Its commission, in basis points.
	 */
	commission: AnnouncedUint16;
	/**
	 * What it promises of it.
	 */
	promise: Announced_PromiseTerms;
	/**
	 * Whether it takes deposits of everyone; else of the accounts it allowed.
	 */
	open: boolean;
	/**
	 * Whether it takes none any more.
	 */
	retired: boolean;
	/**
	 * How it stands as a validator.
	 */
	validator: ValidatorStatus;
	/**
	 * Its pools.
	 */
	pools: PoolDetails[];
	/**
	 * The most it may promise of a pool in all, in percent of the pool.
	 */
	leverage: AnnouncedUint32;
	/**
	 * The sets it serves, with the first era for which it answers.
	 */
	sets: Stay[];
	/**
	 * Its slashes that are pending, the first 16 by id.
	 */
	pending: number[];
	/**
	 * How many of its slashes were executed, of those that are on record; of 1,000 where there are more.
	 */
	executed: number;
	/**
	 * How many were vetoed or cancelled.
	 */
	spared: number;
}
/**
 * A value, and what was announced in its place.
 */
export interface AnnouncedUint16 {
	/**
	 * What binds now.
	 */
	now: number;
	/**
	 * What binds later.
	 */
	next?: LaterUint16 | null;
}
/**
 * A value that binds from an era on.
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
 * A value, and what was announced in its place.
 */
export interface Announced_PromiseTerms {
	/**
	 * What binds now.
	 */
	now: PromiseTerms;
	/**
	 * What binds later.
	 */
	next?: Later_PromiseTerms | null;
}
/**
 * What an operator promises of its commission.
 */
export interface PromiseTerms {
	/**
	 * It takes no higher one, in basis points.
	 */
	maxCommission: number;
	/**
	 * A higher one waits for so many eras at least.
	 */
	notice: number;
}
/**
 * A value that binds from an era on.
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
	 * What stands in it, in the kind's currency.
	 */
	amount: Amount;
	/**
	 * The shares that own it.
	 */
	shares: Amount;
	/**
	 * What of it is the operator's own.
	 */
	own: Amount;
	/**
	 * What left it and is not mature yet.
	 */
	leaving: Amount;
	/**
	 * Rises when a slash takes all.
	 */
	generation: number;
	/**
	 * The first era this generation answers for.
	 */
	since: number;
	/**
	 * The largest magnitude that can be allocated: the whole less what services slashed.
	 */
	maxMagnitude: Fraction;
	/**
	 * What is allocated of it, now or soon.
	 */
	allocations: AllocationDetails[];
	/**
	 * What is allocated now in all, in percent of the pool, rounded down.
	 */
	leverage: number;
	/**
	 * Of the shares, those that came in this era: they answer at once, and earn what services pay from the next era on.
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
	 * What that is now of the live pool, in the kind's currency. Exits answer beside it.
	 */
	slashable: Amount;
}
/**
 * An operator set of an AVS.
 */
export interface OperatorSetId {
	/**
	 * The service it belongs to.
	 */
	avs: number;
	/**
	 * Its number within the service, rising from 0.
	 */
	index: number;
}
/**
 * A value, and what was announced in its place.
 */
export interface Announced_Fraction {
	/**
	 * What binds now.
	 */
	now: Fraction;
	/**
	 * What binds later.
	 */
	next?: Later_Fraction | null;
}
/**
 * A value that binds from an era on.
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
 * A value, and what was announced in its place.
 */
export interface AnnouncedUint32 {
	/**
	 * What binds now.
	 */
	now: number;
	/**
	 * What binds later.
	 */
	next?: LaterUint32 | null;
}
/**
 * A value that binds from an era on.
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
 * A stay of an operator in a set.
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
 * What an account has behind an operator in one kind.
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
	 * The shares; 0 where all of it left, or a slash took the whole pool.
	 */
	shares: Amount;
	/**
	 * What they are worth now.
	 */
	value: Amount;
	/**
	 * What left and is not claimed yet, oldest first, 32 exits at most.
	 */
	exits: ExitDetails[];
	/**
	 * The slashes that are pending and may take from it, the first 16 by id.
	 */
	pending: PendingLoss[];
	/**
	 * What services paid on it and is not credited to the account yet; also where a slash took the whole pool since.
	 */
	rewards: Money[];
	/**
	 * Of the shares, those that came in this era: they answer at once, and earn what services pay from the next era on.
	 */
	fresh: Amount;
}
/**
 * What left a pool.
 */
export interface ExitDetails {
	/**
	 * The era it is filed under, by which it is claimed: the last one whose validators were elected when it was queued.
	 */
	queued: number;
	/**
	 * What it is worth now.
	 */
	value: Amount;
	/**
	 * The first era in which it can be claimed, unless a slash is pending.
	 */
	matures: number;
	/**
	 * Whether a pending slash holds it back.
	 */
	held: boolean;
	/**
	 * Whether it is mature and nothing holds it back.
	 */
	claimable: boolean;
}
/**
 * What a pending slash would take from a position if it were executed now, before all others.
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
	 * What it would take of the shares' value.
	 */
	value: Amount;
	/**
	 * What it would take of the exits.
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
	 * How much of it.
	 */
	amount: Amount;
}
/**
 * Which position.
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
	 * Its entries, in the order of storage unless told otherwise.
	 */
	items: PositionDetails[];
	/**
	 * What to hand back as `after` for the next page; none on the last.
	 */
	next?: PositionKey | null;
}
/**
 * Which exit of an account.
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
	 * The era it is filed under.
	 */
	queued: number;
}
/**
 * One page of a list.
 */
export interface PageOfAccountExitByExitKey {
	/**
	 * Its entries, in the order of storage unless told otherwise.
	 */
	items: AccountExit[];
	/**
	 * What to hand back as `after` for the next page; none on the last.
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
	 * Its entries, in the order of storage unless told otherwise.
	 */
	items: Backer[];
	/**
	 * What to hand back as `after` for the next page; none on the last.
	 */
	next?: Account | null;
}
/**
 * Who stands behind an operator.
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
	 * What they are worth now.
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
	 * The most that pools and exits may hold of it after a deposit.
	 */
	cap: Amount;
	/**
	 * What pools and exits hold of it. What was merely sent to custody is not part of it.
	 */
	held: Amount;
	/**
	 * The least that may enter a pool in one call.
	 */
	minDeposit: Amount;
	/**
	 * Whether it takes new deposits.
	 */
	deposits: boolean;
}
/**
 * What a set can slash.
 */
export interface SetStake {
	/**
	 * The era whose stake answers.
	 */
	capture: number;
	/**
	 * How many operators answer for that era.
	 */
	members: number;
	/**
	 * By kind, in the order of the set's kinds.
	 */
	kinds: KindStake[];
	/**
	 * All of it, each unit counted as its kind's multiplier says.
	 */
	weight: Amount;
	/**
	 * Whether that is all. Of operators that left the set, 1,000 are looked at.
	 */
	complete: boolean;
}
/**
 * What a set can slash of one kind.
 */
export interface KindStake {
	/**
	 * The kind.
	 */
	kind: PoolKind;
	/**
	 * How much a unit of it counts in the set now.
	 */
	multiplier: number;
	/**
	 * How much it is, in the kind's currency: of the live pools, and of what left them since.
	 */
	slashable: Amount;
}
/**
 * One page of a list.
 */
export interface PageOfMemberStakeByAccount {
	/**
	 * Its entries, in the order of storage unless told otherwise.
	 */
	items: MemberStake[];
	/**
	 * What to hand back as `after` for the next page; none on the last.
	 */
	next?: Account | null;
}
/**
 * What a member of a set can be slashed of.
 */
export interface MemberStake {
	/**
	 * The operator.
	 */
	operator: Account;
	/**
	 * By kind; kinds of which nothing is allocated are left out.
	 */
	kinds: MemberKind[];
	/**
	 * All of it, each unit counted as its kind's multiplier says.
	 */
	weight: Amount;
}
/**
 * What a member of a set can be slashed of one kind.
 */
export interface MemberKind {
	/**
	 * The kind.
	 */
	kind: PoolKind;
	/**
	 * What is allocated to the set in the capture era, less cuts since.
	 */
	magnitude: Fraction;
	/**
	 * What that is now, in the kind's currency: of the live pool, and of what left it since.
	 */
	slashable: Amount;
}
/**
 * The least that a slash for the running era can find when it is executed in a later era, whatever happens until then.
 *
 * What backs the running era cannot leave its reach before the exit delay is over: who exits answers for this era
 * still, and an allocation that ends or a member that leaves does so for later eras only. So nothing that delegators
 * and operators can withdraw lowers it. Other slashes can, and each bound here allows for more of them than the one
 * before. Slashes of the set itself that are still to be reported are not allowed for: they are its own to count.
 *
 * A slash rounds down each part of what it takes. So of each operator's part in a kind, one unit is left out for each
 * era under which exits can be filed until then, the era after it included, and two for each pending slash.
 */
export interface LeastStake {
	/**
	 * The capture era: the one that is running.
	 */
	capture: number;
	/**
	 * The last era in which a slash for it can be executed.
	 */
	reachable: number;
	/**
	 * The era that was asked for. Where it is behind `reachable`, all bounds are 0.
	 */
	until: number;
	/**
	 * Whatever delegators and operators withdraw, end or leave, and if every slash is executed that is pending and
	 * falls due until then.
	 */
	withdrawals: KindStake[];
	/**
	 * And if all other sets slashed all they can of the same pools: of what is allocated to them, was in an era that can
	 * still be slashed, or is announced.
	 */
	services: KindStake[];
	/**
	 * And if operators allocated all they may to others as well, which slashed that, too. It binds after the allocation
	 * delay, and can be at most the leverage that an operator can come to have until then. So this is less than
	 * `services` from then on, for pools that may be promised more than once; a set that gives what it slashes to an
	 * account shares no unit with others.
	 */
	allocations: KindStake[];
	/**
	 * And if consensus offences took all native stake.
	 */
	consensus: KindStake[];
}
/**
 * What entering a pool now would expose one to.
 */
export interface Entry {
	/**
	 * Why a deposit would be refused now, if it would: a pallet's error, as `Pallet.Error`, or what else the chain
	 * says.
	 */
	refused?: Text | null;
	/**
	 * What one would have for the amount that was asked about: shares. Also where the deposit is refused, for want of
	 * funds say; 0 where the pool itself cannot take it.
	 */
	shares: Amount;
	/**
	 * What these would be worth at once, after rounding.
	 */
	value: Amount;
	/**
	 * The operator's commission now, in basis points.
	 */
	commission: number;
	/**
	 * The highest it can become with no more notice than the exit delay, in basis points.
	 */
	commissionWithinExit: number;
	/**
	 * Slashes that are pending and would take from the deposit too, the first 16 by id: who enters a pool enters its
	 * past. Empty where the pool cannot take it.
	 */
	pending: EntryLoss[];
	/**
	 * Whether consensus offences of the operator take from it.
	 */
	consensus: boolean;
	/**
	 * The services that may slash it.
	 */
	services: EntryService[];
	/**
	 * The largest part of the deposit that these services could take together with one slash each.
	 */
	worst: Fraction;
	/**
	 * Eras from an exit to its claim.
	 */
	exitDelay: number;
}
/**
 * What a pending slash would take of a deposit.
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
	 * What it would take of the deposit if it were executed right after it, before all others.
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
	 * The most that it may take of the pool: of what is allocated now, was in an era that can still be slashed, or will
	 * be when an announced change binds.
	 */
	magnitude: Fraction;
	/**
	 * The largest fraction of it that one slash of any condition can take, announced terms included.
	 */
	maxFraction: Fraction;
	/**
	 * The shortest veto window among the conditions, in eras, announced terms included; none without conditions.
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
	 * Where to read more.
	 */
	link: Text;
	/**
	 * Who decides for it.
	 */
	owner: Account;
	/**
	 * To whom it is offered.
	 */
	nextOwner?: Account | null;
	/**
	 * What is held of the owner's balance.
	 */
	deposit: Amount;
	/**
	 * Its sets, at most 64: those among the last 1,024 that it created.
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
	 * How many operators serve it.
	 */
	members: number;
	/**
	 * How many conditions it has.
	 */
	conditions: number;
	/**
	 * The last era for which members answer, where it is being wound down.
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
	 * Who decides for it.
	 */
	owner: Account;
	/**
	 * The kinds it accepts.
	 */
	kinds: Announced_ArrayOf_KindWeight;
	/**
	 * Who may join.
	 */
	admission: Admission;
	/**
	 * The least that who joins has allocated to the set or announced, weighted.
	 */
	minStake: Amount;
	/**
	 * Who may report slashes.
	 */
	slasher: Announced_Account;
	/**
	 * Where what it slashes goes.
	 */
	destination: Destination;
	/**
	 * The offences it declares.
	 */
	conditions: ConditionDetails[];
	/**
	 * How many operators serve it.
	 */
	members: number;
	/**
	 * What is allocated to it, each unit counted as its kind's multiplier says.
	 */
	weight: Amount;
	/**
	 * The ids of its streams of payments.
	 */
	streams: number[];
	/**
	 * The last era for which members answer, where it is being wound down.
	 */
	until?: number | null;
}
/**
 * A value, and what was announced in its place.
 */
export interface Announced_ArrayOf_KindWeight {
	/**
	 * What binds now.
	 */
	now: KindWeight[];
	/**
	 * What binds later.
	 */
	next?: Later_ArrayOf_KindWeight | null;
}
/**
 * How much a unit of a kind counts.
 */
export interface KindWeight {
	/**
	 * The kind.
	 */
	kind: PoolKind;
	/**
	 * How much a unit of it counts, next to a unit of another.
	 */
	multiplier: number;
}
/**
 * A value that binds from an era on.
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
 * A value, and what was announced in its place.
 */
export interface Announced_Account {
	/**
	 * What binds now.
	 */
	now: Account;
	/**
	 * What binds later.
	 */
	next?: Later_Account | null;
}
/**
 * A value that binds from an era on.
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
	 * What the offence is.
	 */
	text: Text;
	/**
	 * The first capture era for which it binds.
	 */
	since: number;
	/**
	 * Its terms. What was announced binds by capture era.
	 */
	terms: Announced_Terms;
}
/**
 * A value, and what was announced in its place.
 */
export interface Announced_Terms {
	/**
	 * What binds now.
	 */
	now: Terms;
	/**
	 * What binds later.
	 */
	next?: Later_Terms | null;
}
/**
 * What a condition allows.
 */
export interface Terms {
	/**
	 * The largest part of what is allocated that one slash may take.
	 */
	maxFraction: Fraction;
	/**
	 * Eras between a report and its execution.
	 */
	vetoWindow: number;
	/**
	 * Who may veto within the window.
	 */
	resolver?: Resolver | null;
}
/**
 * A value that binds from an era on.
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
	 * Its entries, in the order of storage unless told otherwise.
	 */
	items: MemberDetails[];
	/**
	 * What to hand back as `after` for the next page; none on the last.
	 */
	next?: Account | null;
}
/**
 * Who serves a set.
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
	 * What it has allocated to the set, by kind.
	 */
	kinds: MemberKind[];
	/**
	 * All of it, each unit counted as its kind's multiplier says.
	 */
	weight: Amount;
	/**
	 * What was announced: by kind, what will be allocated.
	 */
	next: NextMagnitude[];
}
/**
 * A magnitude that was announced.
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
	 * Who is slashed.
	 */
	operator: Account;
	/**
	 * Why, and how much.
	 */
	cause: Cause;
	/**
	 * The era whose stake answers.
	 */
	capture: number;
	/**
	 * The era it was reported in.
	 */
	reported: number;
	/**
	 * The era in which it is executed, or would have been.
	 */
	due: number;
	/**
	 * Who appealed it, and the bond.
	 */
	appeal?: Appeal | null;
	/**
	 * How it stands.
	 */
	state: SlashState;
}
/**
 * What a service slashes of one kind.
 */
export interface Part {
	/**
	 * The kind.
	 */
	kind: PoolKind;
	/**
	 * How much of what is allocated.
	 */
	fraction: Fraction;
	/**
	 * What was allocated in the capture era.
	 */
	magnitude: Fraction;
}
/**
 * An appeal.
 */
export interface Appeal {
	/**
	 * Whose it is.
	 */
	by: Account;
	/**
	 * What is held of its balance for it.
	 */
	bond: Amount;
}
/**
 * Which slashes. Every field that is given must match.
 */
export interface SlashFilter {
	/**
	 * Of this operator.
	 */
	operator?: Account | null;
	/**
	 * Of any set of this service.
	 */
	avs?: number | null;
}
/**
 * One page of a list.
 */
export interface PageOfSlashDetailsByuint32 {
	/**
	 * Its entries, in the order of storage unless told otherwise.
	 */
	items: SlashDetails[];
	/**
	 * What to hand back as `after` for the next page; none on the last.
	 */
	next?: number | null;
}
/**
 * Which past slash: the era in which it was decided, and its id.
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
	 * Its entries, in the order of storage unless told otherwise.
	 */
	items: SlashDetails[];
	/**
	 * What to hand back as `after` for the next page; none on the last.
	 */
	next?: PastKey | null;
}
/**
 * What a slash takes if it is executed now.
 */
export interface Impact {
	/**
	 * Why it would be refused, if it would: a pallet's error, as `Pallet.Error`. Then it takes nothing.
	 */
	refused?: Text | null;
	/**
	 * The era in which it would fall due.
	 */
	due?: number | null;
	/**
	 * What it takes of each pool that it reaches, and of what left it.
	 */
	pools: PoolImpact[];
	/**
	 * What it takes of each position, or exits, of the account that was asked about.
	 */
	positions: PositionImpact[];
}
/**
 * What a slash takes of a pool. All backers lose in proportion to their shares.
 */
export interface PoolImpact {
	/**
	 * The kind of pool.
	 */
	kind: PoolKind;
	/**
	 * What stands in it before.
	 */
	before: Amount;
	/**
	 * What it takes of that.
	 */
	taken: Amount;
	/**
	 * Whether it takes all, and voids every position.
	 */
	wiped: boolean;
	/**
	 * What it takes of exits, by the era they are filed under.
	 */
	exits: ExitImpact[];
}
/**
 * What a slash takes of what left a pool in one era.
 */
export interface ExitImpact {
	/**
	 * The era.
	 */
	queued: number;
	/**
	 * What it is worth before.
	 */
	before: Amount;
	/**
	 * What it takes of that.
	 */
	taken: Amount;
}
/**
 * What a slash takes of what one account has.
 */
export interface PositionImpact {
	/**
	 * The kind of pool.
	 */
	kind: PoolKind;
	/**
	 * What the account's shares are worth before.
	 */
	before: Amount;
	/**
	 * What it takes of that.
	 */
	taken: Amount;
	/**
	 * What it takes of the account's exits, by the era they are filed under.
	 */
	exits: ExitImpact[];
}
/**
 * A part of what is allocated of one kind.
 */
export interface KindFraction {
	/**
	 * The kind.
	 */
	kind: PoolKind;
	/**
	 * How much of what is allocated.
	 */
	fraction: Fraction;
}
/**
 * What an account can collect.
 */
export interface DueRewards {
	/**
	 * Where it is paid.
	 */
	to: Account;
	/**
	 * What is credited to it: commissions, refunds, and rewards of positions that were settled.
	 */
	credit: Money[];
	/**
	 * What its positions earned since they were settled, void ones included. Those that earned nothing are left out
	 * of their page, which then is shorter, or even empty, while there is a next one.
	 */
	positions: PageOfPositionDueByPositionKey;
}
/**
 * One page of a list.
 */
export interface PageOfPositionDueByPositionKey {
	/**
	 * Its entries, in the order of storage unless told otherwise.
	 */
	items: PositionDue[];
	/**
	 * What to hand back as `after` for the next page; none on the last.
	 */
	next?: PositionKey | null;
}
/**
 * What a position earned since it was settled.
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
	 * How much, by currency.
	 */
	earned: Money[];
}
/**
 * A payment to an operator set for every era.
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
	 * Who funds it, and receives what is not earned.
	 */
	payer: Account;
	/**
	 * The currency.
	 */
	currency: Coin;
	/**
	 * What it pays for an era.
	 */
	rate: Amount;
	/**
	 * What there is to pay from, and instalments of eras that passed before it could pay, which go back to the payer.
	 */
	funds: Amount;
	/**
	 * What of that it still pays for the running era: its instalment, 0 once that is paid or given back. Where nobody
	 * answers to the set for the era, or slashes are due until it is over, it goes back to the payer.
	 */
	owed: Amount;
	/**
	 * The first era it does not pay for any more: that of its stop, or sooner if nobody tops it up. Each era uses up one
	 * instalment, paid or given back.
	 */
	ends: number;
	/**
	 * For how many eras it goes on after it was stopped.
	 */
	notice: number;
	/**
	 * Whether it was stopped.
	 */
	stopped: boolean;
}
/**
 * What serving a set returned.
 */
export interface SetReturn {
	/**
	 * The first era that was looked at.
	 */
	from: number;
	/**
	 * The last; 0 where no era is over, of which the returns then say that 0 eras count.
	 */
	until: number;
	/**
	 * By currency of what was paid in these eras, and of what streams pay.
	 */
	paid: PaidReturn[];
}
/**
 * What was paid in one currency, and what it returned to a unit of each kind.
 */
export interface PaidReturn {
	/**
	 * The currency.
	 */
	currency: Coin;
	/**
	 * What was paid in all these eras, commissions included. Streams pay for an era while it runs.
	 */
	amount: Amount;
	/**
	 * What streams pay for an era, as they stand.
	 */
	streams: Amount;
	/**
	 * By kind.
	 */
	kinds: KindReturn[];
}
/**
 * What a set's payments returned to one kind.
 */
export interface KindReturn {
	/**
	 * The kind.
	 */
	kind: PoolKind;
	/**
	 * Of the units of the currency by the slashable units of the kind, as they are allocated now. What they were in
	 * each era is not kept. Commissions are not taken off.
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
	 * Whether it takes deposits of everyone.
	 */
	open: boolean;
	/**
	 * Whether it takes none any more.
	 */
	retired: boolean;
	/**
	 * Whether it stands for election.
	 */
	candidate: boolean;
	/**
	 * Whether it validates in the running era.
	 */
	active: boolean;
	/**
	 * The native stake behind it.
	 */
	stake: Amount;
	/**
	 * What stands in each of its pools.
	 */
	pools: PoolAmount[];
	/**
	 * How many operator sets it serves.
	 */
	sets: number;
}
/**
 * What stands in a pool.
 */
export interface PoolAmount {
	/**
	 * The kind.
	 */
	kind: PoolKind;
	/**
	 * How much, in the kind's currency.
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
	 * Who decides for it.
	 */
	owner: Account;
	/**
	 * How many sets it has.
	 */
	sets: number;
	/**
	 * How many members they have together.
	 */
	members: number;
	/**
	 * The weight of what is allocated to them now.
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
 * What happened to a slash.
 */
export interface SlashChange {
	/**
	 * What happened.
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
