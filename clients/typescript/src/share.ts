import type { JsonRpcConnection, JsonRpcId, JsonRpcMessage, JsonRpcProvider } from '@polkadot-api/substrate-client';

/**
 * Lets several clients use one connection, so that all of them talk to the same node. An answer goes to the client that
 * called; notifications go to all clients, which ignore the subscriptions of others.
 */
export function share(provider: JsonRpcProvider): JsonRpcProvider {
	const consumers = new Set<(message: JsonRpcMessage) => void>();
	const asked = new Map<JsonRpcId, { consumer: (message: JsonRpcMessage) => void; id: JsonRpcId }>();
	let connection: JsonRpcConnection | undefined;
	let count = 0;

	const receive = (message: JsonRpcMessage) => {
		if ('method' in message) {
			for (const consumer of [...consumers]) consumer(message);
			return;
		}
		const asker = asked.get(message.id);
		asked.delete(message.id);
		if (asker && consumers.has(asker.consumer)) asker.consumer({ ...message, id: asker.id });
	};

	return (consumer) => {
		consumers.add(consumer);
		connection ??= provider(receive);
		const { send, disconnect } = connection;
		return {
			send(message) {
				if (message.id === undefined) return send(message);
				const id = `${count++}`;
				asked.set(id, { consumer, id: message.id });
				send({ ...message, id });
			},
			disconnect() {
				if (!consumers.delete(consumer) || consumers.size > 0) return;
				connection = undefined;
				disconnect();
			},
		};
	};
}
