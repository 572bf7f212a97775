// Echo server over the npm package `websocket`: node-websocket.js PORT
'use strict';
const http = require('http');
const { server: WebSocketServer } = require('websocket');

const largestMessage = 64 * 1024 * 1024;
const httpServer = http.createServer((request, response) => response.writeHead(404).end());
httpServer.listen(Number(process.argv[2]), '127.0.0.1');
const server = new WebSocketServer({
  httpServer,
  maxReceivedFrameSize: largestMessage,
  maxReceivedMessageSize: largestMessage,
  keepalive: false,
});

// What accept() leaves open would end the process: it throws when it has refused a request, and has taken every
// listener for errors off the socket until the response is written.
function accept(request) {
  try {
    const connection = request.accept(null, request.origin);
    connection.socket.on('error', () => {});
    return connection;
  } catch (error) {
    return null;
  }
}

server.on('request', (request) => {
  const connection = accept(request);
  if (!connection) return;
  connection.on('message', (message) => {
    if (message.type === 'utf8') connection.sendUTF(message.utf8Data);
    else connection.sendBytes(message.binaryData);
  });
});
