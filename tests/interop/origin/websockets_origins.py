"""python-websockets with its own check of Origin: websockets_origins.py PORT"""
import asyncio
import sys

import websockets


async def echo(connection, *_):
    async for message in connection:
        await connection.send(message)


async def main(port):
    async with websockets.serve(echo, "127.0.0.1", port, origins=[None, "https://app.good.example"]):
        await asyncio.Future()


asyncio.run(main(int(sys.argv[1])))
