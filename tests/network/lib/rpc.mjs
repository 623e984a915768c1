const TIMEOUT_MS = 10_000;

/** One JSON-RPC call over HTTP, without a connection that would outlive a killed node. */
export async function call(url, method, params = []) {
	const response = await fetch(url, {
		method: 'POST',
		headers: { 'content-type': 'application/json' },
		body: JSON.stringify({ jsonrpc: '2.0', id: 1, method, params }),
		signal: AbortSignal.timeout(TIMEOUT_MS),
	});
	const { result, error } = await response.json();
	if (error) throw new Error(`${method}: ${error.message}${error.data ? ` (${JSON.stringify(error.data)})` : ''}`);
	return result;
}
