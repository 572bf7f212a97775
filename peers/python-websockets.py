#!/usr/bin/env python3
"""Echo server over python3-websockets: python-websockets.py PORT"""
import asyncio
import logging
import sys

import websockets


async def echo(socket, _path=None):
    try:
        async for message in socket:
            await socket.send(message)
    except websockets.ConnectionClosed:
        pass


async def main():
    async with websockets.serve(echo, "127.0.0.1", int(sys.argv[1]), max_size=64 << 20, ping_interval=None):
        await asyncio.Future()


logging.disable(logging.CRITICAL)
asyncio.run(main())
