export {
	createMainstayClient,
	type ClientOptions,
	type MainstayClient,
	type Read,
	type ReadOptions,
	type Subscribe,
} from './client.js';
export { errorCodes, MainstayError, type ErrorName } from './error.js';
export type * from './generated.js';
export type { Gap, Subscription, SubscriptionOptions } from './subscription.js';
