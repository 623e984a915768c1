// A WebSocket proxy between a client and a node that cuts connections, changes answers, is slow or falls silent, as
// networks and their operators can. It parses the frames of RFC 6455, so that it can end a connection within one.
import { connect, createServer } from 'node:net';

const HEAD_END = Buffer.from('\r\n\r\n');
const TEXT = 1;
const CONTROL = 8;
/** How long sent bytes may take to reach the other side of a connection that ends after them. */
const DRAIN_MS = 1_000;

/** Splits a stream of bytes into messages: `{ bytes, text }`, without a text for the head and pings. */
class Messages {
	#rest = Buffer.alloc(0);
	#open = false;
	// The frames of a message whose last frame has not come yet.
	#frames = [];

	*take(chunk) {
		this.#rest = Buffer.concat([this.#rest, chunk]);
		if (!this.#open) {
			const end = this.#rest.indexOf(HEAD_END);
			if (end < 0) return;
			this.#open = true;
			yield { bytes: this.#cut(end + HEAD_END.length) };
		}
		for (let frame; (frame = this.#frame()); ) {
			if (frame.opcode >= CONTROL) {
				yield { bytes: frame.bytes };
				continue;
			}
			this.#frames.push(frame);
			if (!frame.last) continue;
			const [bytes, text] = ['bytes', 'payload'].map((part) => Buffer.concat(this.#frames.map((each) => each[part])));
			this.#frames = [];
			yield { bytes, text: text.toString() };
		}
	}

	#cut(length) {
		const bytes = this.#rest.subarray(0, length);
		this.#rest = this.#rest.subarray(length);
		return bytes;
	}

	#frame() {
		const rest = this.#rest;
		if (rest.length < 2) return undefined;
		const short = rest[1] & 0x7f;
		const lengthBytes = { 126: 2, 127: 8 }[short] ?? 0;
		const maskBytes = rest[1] & 0x80 ? 4 : 0;
		const head = 2 + lengthBytes + maskBytes;
		if (rest.length < head) return undefined;
		const length = lengthBytes === 0 ? short : lengthBytes === 2 ? rest.readUInt16BE(2) : Number(rest.readBigUInt64BE(2));
		if (rest.length < head + length) return undefined;
		const mask = rest.subarray(head - maskBytes, head);
		const bytes = this.#cut(head + length);
		const payload = Buffer.from(bytes.subarray(head));
		if (maskBytes) payload.forEach((byte, index) => (payload[index] = byte ^ mask[index % 4]));
		return { bytes, payload, last: Boolean(bytes[0] & 0x80), opcode: bytes[0] & 0x0f };
	}
}

/** A frame with a text. Frames of clients are masked, here with zeros. */
function framed(text, masked) {
	const payload = Buffer.from(text);
	const length = Buffer.alloc(9);
	length[0] = 127 | (masked ? 0x80 : 0);
	length.writeBigUInt64BE(BigInt(payload.length), 1);
	return Buffer.concat([Buffer.from([0x80 | TEXT]), length, Buffer.alloc(masked ? 4 : 0), payload]);
}

/**
 * A proxy for one node. `rule` is called with each request, `{ method, params, answered: false }`, with each answer, which is
 * the request with `answered: true` and the `answer`, and with each item of a subscription, `{ method, params, item }`. It
 * returns nothing to let the message pass, or one of
 *
 *     'cut'                 the connection ends before it
 *     'half'                the connection ends after half of its bytes
 *     'pass and cut'        the connection ends after it
 *     'hold'                it is not forwarded, without an error
 *     { result | error }    replaces the node's answer, or answers without the node
 *     { params }            replaces the parameters of the request, or the item
 *     { wait: ms }          it is delayed
 */
export class Proxy {
	#server;
	#pairs = new Set();
	/** Decides about a request or an answer. */
	rule = () => undefined;
	/** Whether new connections are refused. */
	down = false;
	/** The methods that were called, in order. */
	asked = [];

	/** Starts a proxy for the node, on a port of this machine. */
	static async before(node, rule) {
		const proxy = new Proxy();
		if (rule) proxy.rule = rule;
		proxy.#server = createServer((client) => proxy.#pair(client, node.rpcPort));
		await new Promise((resolve) => proxy.#server.listen(0, '127.0.0.1', resolve));
		// A test that fails before it closes the proxy still ends.
		proxy.#server.unref();
		return proxy;
	}

	get url() {
		return `ws://127.0.0.1:${this.#server.address().port}`;
	}

	/** Ends all connections at once. */
	cut() {
		for (const end of this.#pairs) end();
	}

	close() {
		this.down = true;
		this.cut();
		this.#server.close();
	}

	#pair(client, port) {
		if (this.down) return client.destroy();
		const node = connect(port, '127.0.0.1');
		const asked = new Map();
		const end = () => {
			this.#pairs.delete(end);
			client.destroy();
			node.destroy();
		};
		this.#pairs.add(end);
		for (const socket of [client, node]) {
			socket.on('error', end);
			socket.on('close', end);
		}
		this.#relay(client, node, client, end, (message) => {
			const { id, method, params } = message;
			asked.set(id, { method, params });
			this.asked.push(method);
			return { method, params, answered: false };
		});
		this.#relay(node, client, client, end, (answer) => {
			const { method, params } = answer;
			return method ? { method, params, item: params.result } : { ...asked.get(answer.id), answered: true, answer };
		});
	}

	/** Forwards messages, one after the other. */
	#relay(from, to, client, end, told) {
		const messages = new Messages();
		const isClient = from === client;
		let before = Promise.resolve();
		const pass = async ({ bytes, text }) => {
			if (text === undefined) return void to.write(bytes);
			const message = JSON.parse(text);
			const verdict = Array.isArray(message) ? undefined : this.rule(told(message));
			const { id, jsonrpc } = message;
			if (verdict === 'cut') end();
			else if (verdict === 'half' || verdict === 'pass and cut') {
				// One side gets everything that was forwarded before the end; the other is disconnected at once.
				const through = verdict === 'half' ? bytes.subarray(0, bytes.length >> 1) : bytes;
				from.removeAllListeners('data');
				to.end(through);
				if (isClient) from.destroy();
				setTimeout(end, DRAIN_MS).unref();
			} else if (verdict === 'hold') return;
			else if (verdict?.wait) {
				await new Promise((resolve) => setTimeout(resolve, verdict.wait));
				to.write(bytes);
			} else if (verdict?.params) to.write(framed(JSON.stringify({ ...message, params: verdict.params }), isClient));
			else if (verdict) client.write(framed(JSON.stringify({ jsonrpc, id, ...verdict }), false));
			else to.write(bytes);
		};
		from.on('data', (chunk) => {
			for (const message of messages.take(chunk)) before = before.then(() => pass(message)).catch(end);
		});
	}
}
