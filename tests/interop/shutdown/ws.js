// npm ws that stops on SIGTERM as MODE says: ws.js PORT MODE
'use strict';
const http = require('http');
const { WebSocketServer } = require('ws');

const grace = 1000;
const [port, mode] = process.argv.slice(2);
const server = http.createServer((request, response) => response.writeHead(426).end());
const sockets = new WebSocketServer({ server });
sockets.on('connection', (socket) => {
  socket.on('error', () => {});
  socket.on('message', (data, isBinary) => socket.send(data, { binary: isBinary }));
});
server.listen(Number(port), '127.0.0.1');

function closeAll() {
  for (const client of sockets.clients) client.close(1001);
}
function terminateAll() {
  for (const client of sockets.clients) client.terminate();
  server.closeAllConnections();
}
const ways = {
  // As its documentation says, this closes no connection.
  'server-close': () => {},
  'one-sweep': closeAll,
  // Soft and hard in one turn.
  'next-tick': () => {
    closeAll();
    process.nextTick(terminateAll);
  },
  'two-sweeps': () => {
    closeAll();
    setTimeout(terminateAll, grace).unref();
  },
};
process.on('SIGTERM', () => {
  sockets.close();
  server.close();
  ways[mode]();
});
