"""python-websockets with a limit on messages: websockets_limit.py PORT BYTES"""
import asyncio
import logging
import sys

import websockets


async def echo(connection, *_):
    try:
        async for message in connection:
            await connection.send(message)
    except websockets.ConnectionClosed:
        pass


async def main(port, limit):
    async with websockets.serve(echo, "127.0.0.1", port, max_size=limit, ping_interval=None):
        await asyncio.Future()


logging.disable(logging.CRITICAL)
asyncio.run(main(int(sys.argv[1]), int(sys.argv[2])))
