"""python-websockets that asks for a token in the first message: websockets_first_message.py PORT MODE"""
import asyncio
import sys

import websockets

TOKEN = "a-token-of-the-test-account"
SECONDS = 2


async def served(connection, message):
    await connection.send("you are known: " + message if isinstance(message, str) else message)


async def right(connection):
    """As the guide of the library has it: the first message, in time, and nothing before it."""
    try:
        token = await asyncio.wait_for(connection.recv(), SECONDS)
    except asyncio.TimeoutError:
        return await connection.close(1008, "nobody has authenticated")
    if token != TOKEN:
        return await connection.close(1008, "not authenticated")
    async for message in connection:
        await served(connection, message)


async def serves_first(connection):
    """Works on messages as they come; the token is one of them."""
    known = False
    async for message in connection:
        if message == TOKEN:
            known = True
        elif known or message == "who am I":
            await served(connection, message)


async def restarts(connection):
    """The time starts anew with every message, and a wrong token may be followed by another."""
    while True:
        try:
            if await asyncio.wait_for(connection.recv(), SECONDS) == TOKEN:
                break
        except asyncio.TimeoutError:
            return await connection.close(1008, "nobody has authenticated")
        await connection.send("not authenticated")
    async for message in connection:
        await served(connection, message)


async def main(port, mode):
    async def handle(connection, *_):
        try:
            await {"right": right, "serves-first": serves_first, "restarts": restarts}[mode](connection)
        except websockets.ConnectionClosed:
            pass

    async with websockets.serve(handle, "127.0.0.1", port):
        await asyncio.Future()


asyncio.run(main(int(sys.argv[1]), sys.argv[2]))
