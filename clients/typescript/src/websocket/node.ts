import { WebSocket as NodeWebSocket } from 'ws';

/** Node.js has a WebSocket of its own only since release 22. */
export const WebSocketClass = NodeWebSocket as unknown as typeof WebSocket;
