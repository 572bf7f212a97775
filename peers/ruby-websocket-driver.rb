# Echo server over websocket-driver and EventMachine: ruby-websocket-driver.rb PORT
require "eventmachine"
require "websocket/driver"

module Echo
  def initialize
    @driver = WebSocket::Driver.server(self, max_length: 64 * 1024 * 1024)
    @driver.on(:connect) { |_event| answer_the_request }
    @driver.on(:message) { |event| event.data.is_a?(String) ? @driver.text(event.data) : @driver.binary(event.data) }
    @driver.on(:close) { |_event| close_connection_after_writing }
  end

  def receive_data(data)
    @driver.parse(data)
  rescue StandardError # a request without a key, for one; here it would end the loop, and so the process
    close_connection_after_writing
  end

  def write(data)
    send_data(data)
  end

  private

  def answer_the_request
    return @driver.start if WebSocket::Driver.websocket?(@driver.env)

    write("HTTP/1.1 400 Bad Request\r\nConnection: close\r\nContent-Length: 0\r\n\r\n")
    close_connection_after_writing
  end
end

EventMachine.run { EventMachine.start_server("127.0.0.1", Integer(ARGV[0]), Echo) }
