#!/usr/bin/env python3
"""Echo server over python3-aiohttp: python-aiohttp.py PORT"""
import logging
import sys

from aiohttp import WSMsgType, web


async def echo(request):
    socket = web.WebSocketResponse(max_msg_size=64 << 20)
    await socket.prepare(request)
    async for message in socket:
        if message.type == WSMsgType.TEXT:
            await socket.send_str(message.data)
        elif message.type == WSMsgType.BINARY:
            await socket.send_bytes(message.data)
    return socket


logging.disable(logging.CRITICAL)
application = web.Application()
application.router.add_get("/", echo)
web.run_app(application, host="127.0.0.1", port=int(sys.argv[1]), print=None)
