"""python-websockets whose server.close() is called on SIGTERM: websockets_close.py PORT"""
import asyncio
import logging
import signal
import sys

import websockets


async def echo(connection, *_):
    async for message in connection:
        await connection.send(message)


async def main(port):
    stopped = asyncio.Event()
    asyncio.get_running_loop().add_signal_handler(signal.SIGTERM, stopped.set)
    server = await websockets.serve(echo, "127.0.0.1", port, close_timeout=1, max_size=64 << 20)
    await stopped.wait()
    server.close()
    await server.wait_closed()


logging.disable(logging.CRITICAL)
asyncio.run(main(int(sys.argv[1])))
