// Echo server over uWebSockets, as Bun has it: bun.js PORT
'use strict';
const largestMessage = 64 * 1024 * 1024;
Bun.serve({
  hostname: '127.0.0.1',
  port: Number(process.argv[2]),
  fetch(request, server) {
    if (server.upgrade(request)) return undefined;
    return new Response('upgrade failed', { status: 400 });
  },
  websocket: {
    perMessageDeflate: true,
    maxPayloadLength: largestMessage,
    backpressureLimit: 2 * largestMessage,
    idleTimeout: 0,
    message(socket, message) {
      socket.send(message, true);  // true: compressed
    },
  },
});
