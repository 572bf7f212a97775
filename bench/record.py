"""A TCP proxy that writes down what each connection said, for bench/cases: the floor says the same again.

A recording is a list of connections in the order of their beginning; a connection is a list of steps: bytes to send,
a number of bytes to receive, or who ended: OURS or THEIRS. Steps of one direction that follow each other are one step."""

import socket
import threading

OURS, THEIRS = "h", "e"


class Recording:
    def __init__(self, target):
        self.connections = []
        self.running = []
        self.target = target
        self.listener = socket.create_server(("127.0.0.1", 0), backlog=256)
        threading.Thread(target=self.accept, daemon=True).start()

    @property
    def url(self):
        return "ws://127.0.0.1:%d/" % self.listener.getsockname()[1]

    def accept(self):
        while True:
            try:
                client, _ = self.listener.accept()
            except OSError:
                return
            connection = Connection(client, socket.create_connection(self.target))
            self.connections.append(connection)
            for source in (connection.client, connection.server):
                thread = threading.Thread(target=connection.pump, args=(source,), daemon=True)
                thread.start()
                self.running.append(thread)

    def finish(self):
        self.listener.close()
        for thread in self.running:
            thread.join(10)
        return [connection.steps for connection in self.connections]


class Connection:
    def __init__(self, client, server):
        self.client, self.server = client, server
        self.steps = []
        self.open = 2
        self.lock = threading.Lock()
        for end in (client, server):
            end.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)

    def pump(self, source):
        sink = self.server if source is self.client else self.client
        while data := heard(source):
            self.note(data if source is self.client else len(data))
            if not passed_on(data, sink):
                break  # the other end is gone, which its own pump writes down
        else:
            self.note(OURS if source is self.client else THEIRS)
        with self.lock:
            self.open -= 1
            if self.open == 0:
                self.client.close()
                self.server.close()
                return
        shut_down(sink)

    def note(self, what):
        with self.lock:
            if self.steps and isinstance(self.steps[-1], type(what)) and not isinstance(what, str):
                self.steps[-1] += what
            else:
                self.steps.append(what)


def heard(source):
    try:
        return source.recv(1 << 16)
    except OSError:
        return b""


def passed_on(data, sink):
    try:
        sink.sendall(data)
    except OSError:
        return False
    return True


def shut_down(sink):
    try:
        sink.shutdown(socket.SHUT_WR)
    except OSError:
        pass


def write(recording, path):
    """For bench/floor.cpp: per connection the number of its steps, per step a kind ('s', 'r', 'h' or 'e'), a size and what to send."""
    with open(path, "wb") as file:
        for steps in recording:
            file.write(len(steps).to_bytes(4, "little"))
            for step in steps:
                if isinstance(step, str):
                    file.write(step.encode() + bytes(4))
                elif isinstance(step, int):
                    file.write(b"r" + step.to_bytes(4, "little"))
                else:
                    file.write(b"s" + len(step).to_bytes(4, "little") + step)
