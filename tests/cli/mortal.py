#!/usr/bin/env python3
"""An echo server that ends, as if by a bug, when a Pong of more than 100 bytes comes: mortal.py PORT"""
import base64
import hashlib
import os
import socket
import sys
import threading

GUID = b"258EAFA5-E914-47DA-95CA-C5AB0DC85B11"


def take(connection, size):
    data = b""
    while len(data) < size:
        piece = connection.recv(size - len(data))
        if not piece:
            raise ConnectionError
        data += piece
    return data


def frame(connection):
    first, second = take(connection, 2)
    size = second & 127
    if size > 125:
        size = int.from_bytes(take(connection, 2 if size == 126 else 8), "big")
    if size > 1 << 20 or not second & 128:
        raise ConnectionError
    key = take(connection, 4)
    return first, bytes(byte ^ key[at % 4] for at, byte in enumerate(take(connection, size)))


def send(connection, first, data):
    size = len(data)
    head = bytes([size]) if size < 126 else b"\x7e" + size.to_bytes(2, "big") if size < 65536 else b"\x7f" + size.to_bytes(8, "big")
    connection.sendall(bytes([first]) + head + data)


def serve(connection):
    head = b""
    while b"\r\n\r\n" not in head:
        head += take(connection, 1)
    fields = dict(line.split(b": ", 1) for line in head.split(b"\r\n")[1:] if b": " in line)
    accept = base64.b64encode(hashlib.sha1(fields[b"Sec-WebSocket-Key"] + GUID).digest())
    connection.sendall(b"HTTP/1.1 101 Switching Protocols\r\nUpgrade: websocket\r\nConnection: Upgrade\r\n"
                       b"Sec-WebSocket-Accept: " + accept + b"\r\n\r\n")
    message = b""
    kind = 0
    while True:
        first, data = frame(connection)
        opcode = first & 15
        if opcode == 10 and len(data) > 100:
            print("Pong of %d bytes: that was too much" % len(data), flush=True)
            os._exit(3)
        elif opcode == 9:
            send(connection, 0x8A, data)
        elif opcode == 8:
            send(connection, 0x88, data)
            return
        elif opcode < 3:
            kind = opcode or kind
            message += data
            if first & 128:
                send(connection, 0x80 | kind, message)
                message = b""


def guarded(connection):
    with connection:
        try:
            serve(connection)
        except (ConnectionError, KeyError, ValueError, OSError):
            pass


listener = socket.create_server(("127.0.0.1", int(sys.argv[1])))
while True:
    threading.Thread(target=guarded, args=(listener.accept()[0],), daemon=True).start()
