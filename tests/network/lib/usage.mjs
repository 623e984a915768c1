import { closeSync, fstatSync, openSync, readFileSync, readSync } from 'node:fs';

// The resources of a process according to the kernel, and its blocks according to its log.

// The value of Linux on all machines that run this; `getconf CLK_TCK` prints it.
const TICKS_PER_SECOND = 100;

/** The memory of a process and its peak, in MB. */
export function memory(pid) {
	const status = readFileSync(`/proc/${pid}/status`, 'utf8');
	const megabytes = (field) => (Number(status.match(new RegExp(`^${field}:\\s+(\\d+) kB`, 'm'))[1]) * 1024) / 1e6;
	return { now: megabytes('VmRSS'), most: megabytes('VmHWM') };
}

/** The processor time of a process, in milliseconds. */
export function cpuMillis(pid) {
	const stat = readFileSync(`/proc/${pid}/stat`, 'utf8');
	// The name is in brackets, because it can have spaces.
	const fields = stat.slice(stat.lastIndexOf(')') + 2).split(' ');
	return ((Number(fields[11]) + Number(fields[12])) / TICKS_PER_SECOND) * 1000;
}

function logFrom(file, offset) {
	const log = openSync(file, 'r');
	const bytes = Buffer.alloc(fstatSync(log).size - offset);
	readSync(log, bytes, 0, bytes.length, offset);
	closeSync(log);
	return { text: bytes.toString('utf8'), end: offset + bytes.length };
}

/** Measures a node from now on: the time for its blocks, the slots that it misses, and its processor time. */
export class Watch {
	#node;
	#offset;
	#cpu;
	#begin = performance.now();

	constructor(node) {
		this.#node = node;
		this.#offset = logFrom(node.logFile, 0).end;
		this.#cpu = cpuMillis(node.pid);
	}

	/** The times are in milliseconds. A slot at either end can count as missed by one. */
	end(slotMillis) {
		const seconds = (performance.now() - this.#begin) / 1000;
		const cpu = cpuMillis(this.#node.pid) - this.#cpu;
		const { text } = logFrom(this.#node.logFile, this.#offset);
		const prepared = [...text.matchAll(/Prepared block for proposing at \d+ \((\d+) ms\)/g)].map(([, took]) => Number(took));
		return {
			seconds,
			blocks: prepared.length,
			missed: Math.max(0, Math.floor((seconds * 1000) / slotMillis) - prepared.length),
			longest: Math.max(0, ...prepared),
			cpu,
			cpuPerBlock: cpu / Math.max(1, prepared.length),
		};
	}
}
