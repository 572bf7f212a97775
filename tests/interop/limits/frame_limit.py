"""A server whose limit is about single frames, and what they inflate to is nobody's business: frame_limit.py PORT BYTES"""
import asyncio
import base64
import hashlib
import re
import struct
import sys
import zlib

GUID = b"258EAFA5-E914-47DA-95CA-C5AB0DC85B11"
CONTINUATION, CLOSE, PING, PONG = 0, 8, 9, 10


class TooBig(Exception):
    pass


async def read_frame(reader, limit):
    """First byte and payload of the next frame."""
    first, second = await reader.readexactly(2)
    length = second & 127
    if length > 125:
        length = int.from_bytes(await reader.readexactly(2 if length == 126 else 8), "big")
    if length > limit:
        raise TooBig
    key = await reader.readexactly(4)
    masked = await reader.readexactly(length)
    keys = (key * (length // 4 + 1))[:length]
    return first, (int.from_bytes(masked, "big") ^ int.from_bytes(keys, "big")).to_bytes(length, "big")


def frame(first, payload):
    if len(payload) < 126:
        return bytes([first, len(payload)]) + payload
    if len(payload) < 65536:
        return bytes([first, 126]) + struct.pack(">H", len(payload)) + payload
    return bytes([first, 127]) + struct.pack(">Q", len(payload)) + payload


async def echo(reader, writer, limit):
    message, opcode, compressed = [], 0, False
    while True:
        first, payload = await read_frame(reader, limit)
        kind = first & 15
        if kind == CLOSE:
            writer.write(frame(0x80 | CLOSE, payload))
            return
        if kind == PING:
            writer.write(frame(0x80 | PONG, payload))
        if kind >= CLOSE:
            continue
        if kind != CONTINUATION:
            message, opcode, compressed = [], kind, bool(first & 64)
        message.append(payload)
        if first & 128:
            data = b"".join(message)
            if compressed:
                data = zlib.decompressobj(-15).decompress(data + b"\x00\x00\xff\xff")
            writer.write(frame(0x80 | opcode, data))
            await writer.drain()


async def serve(reader, writer, limit):
    try:
        head = await reader.readuntil(b"\r\n\r\n")
        key = re.search(rb"(?im)^Sec-WebSocket-Key:[ \t]*(\S+)", head)
        if key is None:
            writer.write(b"HTTP/1.1 400 Bad Request\r\nConnection: close\r\nContent-Length: 0\r\n\r\n")
            return
        deflate = b"Sec-WebSocket-Extensions: permessage-deflate\r\n" if b"permessage-deflate" in head else b""
        writer.write(b"HTTP/1.1 101 Switching Protocols\r\nUpgrade: websocket\r\nConnection: Upgrade\r\n"
                     b"Sec-WebSocket-Accept: " + base64.b64encode(hashlib.sha1(key[1] + GUID).digest()) + b"\r\n"
                     + deflate + b"\r\n")
        await echo(reader, writer, limit)
    except TooBig:
        writer.write(frame(0x80 | CLOSE, struct.pack(">H", 1009)))
    except (OSError, asyncio.IncompleteReadError, asyncio.LimitOverrunError):
        pass
    finally:
        writer.close()


async def main(port, limit):
    server = await asyncio.start_server(lambda reader, writer: serve(reader, writer, limit), "127.0.0.1", port)
    await server.serve_forever()


asyncio.run(main(int(sys.argv[1]), int(sys.argv[2])))
