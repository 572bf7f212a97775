#!/usr/bin/env python3
"""Echo server over python3-tornado: python-tornado.py PORT"""
import asyncio
import contextlib
import logging
import sys

from tornado.web import Application
from tornado.websocket import WebSocketClosedError, WebSocketHandler


class Echo(WebSocketHandler):
    def check_origin(self, origin):
        return True  # what a public server says

    def get_compression_options(self):
        return {}  # permessage-deflate, as the library has it

    async def on_message(self, message):
        with contextlib.suppress(WebSocketClosedError):
            await self.write_message(message, binary=isinstance(message, bytes))


async def main():
    application = Application([("/", Echo)], websocket_max_message_size=64 << 20)
    application.listen(int(sys.argv[1]), "127.0.0.1", max_buffer_size=128 << 20)
    await asyncio.Event().wait()


logging.disable(logging.CRITICAL)
asyncio.run(main())
