// npm ws whose verifyClient compares Origin as MODE says: ws.js PORT MODE
'use strict';
const { WebSocketServer } = require('ws');

const allowed = 'https://app.good.example';
const host = 'app.good.example';
const checks = {
  exact: (origin) => origin === allowed,
  prefix: (origin) => origin.startsWith(allowed),
  suffix: (origin) => origin.endsWith(host),
  substring: (origin) => origin.includes(host),
  regex: (origin) => /^https:\/\/app.good.example$/.test(origin),
  unchecked: () => true,
};
const [port, mode] = process.argv.slice(2);
const check = checks[mode];
new WebSocketServer({
  host: '127.0.0.1',
  port: Number(port),
  verifyClient: ({ origin }, decide) => decide(origin === undefined || check(origin), 403),
}).on('connection', (socket) => {
  socket.on('error', () => {});
  socket.on('message', (data, isBinary) => socket.send(data, { binary: isBinary }));
});
