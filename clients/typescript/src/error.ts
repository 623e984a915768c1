import { RpcError } from '@polkadot-api/substrate-client';
import { wire } from './generated.js';

const JSON_RPC = {
	ParseError: -32700,
	InvalidRequest: -32600,
	MethodNotFound: -32601,
	InvalidParams: -32602,
	InternalError: -32603,
} as const;

/** The errors by name: those of Mainstay's methods, and those that JSON-RPC itself has. */
export const errorCodes = { ...JSON_RPC, ...wire.errors };

export type ErrorName = keyof typeof errorCodes;

const names = new Map(Object.entries(errorCodes).map(([name, code]) => [code as number, name as ErrorName]));

/** Why a method has no answer. `message` says what to do about it. */
export class MainstayError extends Error {
	override readonly name: ErrorName | 'UnknownError';

	constructor(
		readonly code: number,
		message: string,
		/** What the node says beside the message. */
		readonly data?: unknown,
	) {
		super(message);
		this.name = names.get(code) ?? 'UnknownError';
	}

	/** The same error as a node's answer, or `error` itself where it did not come from the node. */
	static from(error: unknown): unknown {
		return error instanceof RpcError ? new MainstayError(error.code, error.message, error.data) : error;
	}
}
