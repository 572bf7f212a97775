// Echo server over the npm package `ws`: ws.js PORT [CERTIFICATE KEY], over TLS with these.
'use strict';
const fs = require('fs');
const https = require('https');
const { WebSocketServer } = require('ws');

const [port, certificate, key] = process.argv.slice(2);
const options = { maxPayload: 64 * 1024 * 1024, perMessageDeflate: { threshold: 0 } };
if (certificate) {
  const identity = { cert: fs.readFileSync(certificate), key: fs.readFileSync(key) };
  // What ws answers to other requests where it listens itself.
  options.server = https.createServer(identity, (request, response) => response.writeHead(426).end());
  options.server.listen(Number(port), '127.0.0.1');
} else {
  options.host = '127.0.0.1';
  options.port = Number(port);
}
new WebSocketServer(options).on('connection', (socket) => {
  socket.on('error', () => {});
  socket.on('message', (data, isBinary) => socket.send(data, { binary: isBinary }));
});
