// Echo server over the npm package `faye-websocket`: faye-websocket.js PORT
'use strict';
const http = require('http');
const WebSocket = require('faye-websocket');
const deflate = require('permessage-deflate');

const options = { extensions: [deflate], maxLength: 64 * 1024 * 1024 };
const server = http.createServer((request, response) => {
  response.writeHead(404);
  response.end();
});
server.on('upgrade', (request, socket, head) => {
  socket.on('error', () => {});
  if (!WebSocket.isWebSocket(request)) {
    socket.end('HTTP/1.1 400 Bad Request\r\nConnection: close\r\nContent-Length: 0\r\n\r\n');
    return;
  }
  const connection = new WebSocket(request, socket, head, [], options);
  connection.on('message', (event) => connection.send(event.data));
});
server.listen(Number(process.argv[2]), '127.0.0.1');
