import { RpcError } from '@polkadot-api/substrate-client';
import { wire } from './generated.js';

const JSON_RPC = {
	ParseError: -32700,
	InvalidRequest: -32600,
	MethodNotFound: -32601,
	InvalidParams: -32602,
	InternalError: -32603,
} as const;

/** The error codes by name: those of Mainstay's methods, and those of JSON-RPC itself. */
export const errorCodes = { ...JSON_RPC, ...wire.errors };

export type ErrorName = keyof typeof errorCodes;

const names = new Map(Object.entries(errorCodes).map(([name, code]) => [code as number, name as ErrorName]));

/** The error of a method. `message` says what to do about it. */
export class MainstayError extends Error {
	override readonly name: ErrorName | 'UnknownError';

	constructor(
		readonly code: number,
		message: string,
		/** Further data from the node. */
		readonly data?: unknown,
	) {
		super(message);
		this.name = names.get(code) ?? 'UnknownError';
	}

	/** Converts an error from the node; any other `error` is returned unchanged. */
	static from(error: unknown): unknown {
		return error instanceof RpcError ? new MainstayError(error.code, error.message, error.data) : error;
	}
}
