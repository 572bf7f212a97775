#!/usr/bin/env python3
"""Servers that are wrong on purpose: broken.py PORT reset|drop|deaf|mute|hostile

reset    answers the opening handshake, then resets TCP at the first byte of a frame
drop     the same with FIN
deaf     answers the opening handshake and nothing else
mute     accepts TCP and never answers anything
hostile  answers with markup and terminal escapes in every header, message and close reason
"""
import base64
import hashlib
import re
import socket
import struct
import sys
import threading

GUID = b"258EAFA5-E914-47DA-95CA-C5AB0DC85B11"
EVIL = "<script>document.title='owned'</script><img src=x onerror=\"document.title='owned'\">\x1b]0;owned\x07\x1b[31m"


def read_head(connection):
    head = b""
    while b"\r\n\r\n" not in head and len(head) < 65536:
        data = connection.recv(65536)
        if not data:
            return b""
        head = (head + data).lstrip(b"\r\n")  # empty lines before a request are no part of it (RFC 9112 2.2)
    return head


def response_to(head, kind):
    key = re.search(rb"(?im)^Sec-WebSocket-Key:[ \t]*(\S+)[ \t]*\r", head)
    fit = (key and head.startswith(b"GET ") and re.search(rb"(?im)^Upgrade:[ \t]*websocket[ \t]*\r", head)
           and re.search(rb"(?im)^Sec-WebSocket-Version:[ \t]*13[ \t]*\r", head))
    evil = ("X-Evil: %s\r\nServer: %s\r\n" % (EVIL, EVIL)).encode() if kind == "hostile" else b""
    if not fit:
        return False, (b"HTTP/1.1 426 Upgrade Required\r\nUpgrade: websocket\r\nConnection: Upgrade\r\n"
                       b"Sec-WebSocket-Version: 13\r\nContent-Length: 0\r\n" + evil + b"\r\n")
    accept = base64.b64encode(hashlib.sha1(key[1] + GUID).digest())
    return True, (b"HTTP/1.1 101 Switching Protocols\r\nUpgrade: websocket\r\nConnection: Upgrade\r\n"
                  b"Sec-WebSocket-Accept: " + accept + b"\r\n" + evil + b"\r\n")


def frame(opcode, payload):
    length = bytes([len(payload)]) if len(payload) < 126 else b"\x7e" + struct.pack(">H", len(payload))
    return bytes([0x80 | opcode]) + length + payload


def serve(connection, kind):
    try:
        if kind == "mute":
            while connection.recv(65536):
                pass
            return
        opened, response = response_to(read_head(connection), kind)
        connection.sendall(response)
        if not opened:
            return
        if kind == "reset":
            connection.recv(1)
            connection.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, struct.pack("ii", 1, 0))
        elif kind == "drop":
            connection.recv(1)
        elif kind == "deaf":
            while connection.recv(65536):
                pass
        elif kind == "hostile":
            connection.recv(65536)
            connection.sendall(frame(1, EVIL.encode()))
            connection.sendall(frame(9, EVIL.encode()[:125]))
            connection.sendall(frame(8, struct.pack(">H", 1000) + EVIL.encode()[:120]))
    except OSError:
        pass
    finally:
        connection.close()


listener = socket.socket()
listener.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
listener.bind(("127.0.0.1", int(sys.argv[1])))
listener.listen(512)
while True:
    threading.Thread(target=serve, args=(listener.accept()[0], sys.argv[2]), daemon=True).start()
