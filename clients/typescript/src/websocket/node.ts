import { WebSocket as NodeWebSocket } from 'ws';

/** Node.js has one of its own only from release 22 on. */
export const WebSocketClass = NodeWebSocket as unknown as typeof WebSocket;
