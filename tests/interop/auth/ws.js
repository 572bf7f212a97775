// npm ws that knows its users as MODE says: ws.js PORT MODE
'use strict';
const http = require('http');
const crypto = require('crypto');
const { WebSocketServer } = require('ws');

const token = 'a-token-of-the-test-account';
const [port, mode] = process.argv.slice(2);
const tickets = new Map();

const cookie = (request) =>
  Object.fromEntries((request.headers.cookie || '').split('; ').map((pair) => pair.split('=')))['__Host-sid'];
const parameters = (request) => new URL(request.url, 'http://localhost').searchParams.getAll('token');

function isTicket(request, once) {
  const [ticket, ...more] = parameters(request);
  if (more.length || !tickets.has(ticket)) return false;
  if (once) tickets.delete(ticket);
  return true;
}

const isOurs = ({ headers: { origin } }) => origin === undefined || origin === 'https://app.good.example';

const checks = {
  'cookie': (request) => cookie(request) === token && isOurs(request),
  'cookie-or-404': (request) => checks.cookie(request),
  'cookie-of-any-value': (request) => cookie(request) !== undefined,
  'cookie-from-anywhere': (request) => cookie(request) === token,
  'cookie-too-late': () => true,
  'origin-too-late': (request) => cookie(request) === token,
  'tickets-once': (request) => isTicket(request, true),
  'tickets-again': (request) => isTicket(request, false),
};

const sockets = new WebSocketServer({ noServer: true });
sockets.on('connection', (socket, request) => {
  socket.on('error', () => {});
  if (mode === 'cookie-too-late' && cookie(request) !== token) return socket.close(4401, 'not authenticated');
  if (mode === 'origin-too-late' && !isOurs(request)) return socket.close(4403, 'not from here');
  socket.on('message', (data, isBinary) => socket.send(data, { binary: isBinary }));
});

const server = http.createServer((request, response) => {
  const url = new URL(request.url, 'http://localhost');
  if (url.pathname === '/ticket') {
    const ticket = crypto.randomBytes(16).toString('hex');
    tickets.set(ticket, true);
    return response.end(ticket + '\n');
  }
  if (url.pathname === '/login')
    response.setHeader('Set-Cookie', [`__Host-sid=${token}; Path=/; Secure; SameSite=None`, 'theme=dark']);
  response.end('hello\n');
});
server.on('upgrade', (request, socket, head) => {
  if (!checks[mode](request)) {
    const status = mode === 'cookie-or-404' ? '404 Not Found' : '403 Forbidden';
    socket.end(`HTTP/1.1 ${status}\r\nConnection: close\r\nContent-Length: 0\r\n\r\n`);
    return;
  }
  sockets.handleUpgrade(request, socket, head, (opened) => sockets.emit('connection', opened, request));
});
server.listen(Number(port), '127.0.0.1');
