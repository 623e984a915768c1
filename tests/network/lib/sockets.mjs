import { readFileSync, readdirSync, readlinkSync } from 'node:fs';

const LISTENS = '0A';

/** Every TCP port on which a process listens, in order. */
export function listeningPorts(pid) {
	const folder = `/proc/${pid}/fd`;
	const own = new Set();
	for (const file of readdirSync(folder)) {
		try {
			const [, inode] = readlinkSync(`${folder}/${file}`).match(/^socket:\[(\d+)\]$/) ?? [];
			if (inode) own.add(inode);
		} catch {
			// The socket is closed by now.
		}
	}
	const ports = new Set();
	for (const table of ['tcp', 'tcp6']) {
		const rows = readFileSync(`/proc/${pid}/net/${table}`, 'utf8').trim().split('\n').slice(1);
		for (const row of rows) {
			const [, local, , state, , , , , , inode] = row.trim().split(/\s+/);
			if (state === LISTENS && own.has(inode)) ports.add(Number.parseInt(local.split(':')[1], 16));
		}
	}
	return [...ports].sort((a, b) => a - b);
}
