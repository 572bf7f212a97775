# Echo server over em-websocket: ruby-em-websocket.rb PORT
require 'em-websocket'

EM::WebSocket.max_frame_size = 64 * 1024 * 1024
EM.run do
  EM::WebSocket.run(host: '127.0.0.1', port: ARGV[0].to_i) do |socket|
    socket.onmessage { |message| socket.send(message) }
    socket.onbinary { |message| socket.send_binary(message) }
    socket.onerror { |error| }
  end
end
