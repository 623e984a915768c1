import { createServer } from 'node:net';

// These ports are below the range that the system uses for outgoing connections. So a port stays free between the
// moment it is found and the moment a node opens it, and while the node is down.
const LOWEST = 20_000;
const HIGHEST = 32_000;

function isFree(port) {
	return new Promise((resolve) => {
		const server = createServer();
		server.once('error', () => resolve(false));
		server.listen({ port, host: '127.0.0.1', exclusive: true }, () => server.close(() => resolve(true)));
	});
}

/** Finds `count` free ports on the loopback address; `preferred` are tried first. */
export async function freePorts(count, preferred = []) {
	const ports = new Set();
	for (const port of preferred) {
		if (ports.size < count && (await isFree(port))) ports.add(port);
	}
	while (ports.size < count) {
		const port = LOWEST + Math.floor(Math.random() * (HIGHEST - LOWEST));
		if (!ports.has(port) && (await isFree(port))) ports.add(port);
	}
	return [...ports];
}
