// npm ws whose check of Origin or of its users is as MODE says: ws.js PORT MODE
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
  exactAndNull: (origin) => origin === allowed || origin === 'null',
  default401: (origin) => origin === allowed,
  late: () => true,
  unchecked: () => true,
  session: () => true,
};
const [port, mode] = process.argv.slice(2);
const check = checks[mode];
const isKnown = (request) => (request.headers.cookie || '').includes('session=let-me-in');
const verifyClient = ({ origin, req }, decide) => {
  if (mode === 'session' && !isKnown(req)) return decide(false, 401);
  return mode === 'default401' ? decide(origin === undefined || check(origin))
    : decide(origin === undefined || check(origin), 403);
};
new WebSocketServer({ host: '127.0.0.1', port: Number(port), verifyClient }).on('connection', (socket, request) => {
  const { origin } = request.headers;
  if (mode === 'late' && origin !== undefined && origin !== allowed) return socket.close(1008, 'who are you?');
  socket.on('error', () => {});
  socket.on('message', (data, isBinary) => socket.send(data, { binary: isBinary }));
});
