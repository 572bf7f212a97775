#!/usr/bin/env python3
"""Echo server over wsproto, as Hypercorn has it: python-hypercorn.py PORT"""
import asyncio
import sys

from hypercorn.asyncio import serve
from hypercorn.config import Config


async def echo(scope, receive, send):
    if scope["type"] == "http":
        await send({"type": "http.response.start", "status": 404, "headers": []})
        await send({"type": "http.response.body"})
        return
    while scope["type"] == "websocket":
        event = await receive()
        if event["type"] == "websocket.connect":
            await send({"type": "websocket.accept"})
        elif event["type"] == "websocket.receive":
            await send({"type": "websocket.send", "text": event.get("text"), "bytes": event.get("bytes")})
        else:
            return


config = Config()
config.bind = ["127.0.0.1:" + sys.argv[1]]
config.websocket_max_message_size = 64 << 20
config.accesslog = config.errorlog = None
asyncio.run(serve(echo, config))
