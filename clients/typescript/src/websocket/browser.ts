export const WebSocketClass = WebSocket;
