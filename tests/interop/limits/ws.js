// npm ws with a limit on messages, counted over fragments and after inflation: ws.js PORT BYTES
'use strict';
const { WebSocketServer } = require('ws');

const [port, maxPayload] = process.argv.slice(2).map(Number);
new WebSocketServer({ host: '127.0.0.1', port, maxPayload, perMessageDeflate: true }).on('connection', (socket) => {
  socket.on('error', () => {});
  socket.on('message', (data, isBinary) => socket.send(data, { binary: isBinary }));
});
