"""Tornado whose check_origin compares the whole origin, its default, or subdomains:
tornado_origins.py PORT [default|subdomains]"""
import asyncio
import sys

import tornado.web
import tornado.websocket

MODE = sys.argv[2] if len(sys.argv) > 2 else "exact"
ALLOWED = "https://app.good.example"


class Echo(tornado.websocket.WebSocketHandler):
    def check_origin(self, origin):
        if MODE == "default":
            return super().check_origin(origin)
        if MODE == "subdomains":
            return origin.startswith("https://") and origin.endswith(".good.example")
        return origin == ALLOWED

    def on_message(self, message):
        self.write_message(message, binary=isinstance(message, bytes))


async def main(port):
    tornado.web.Application([("/", Echo)]).listen(port, "127.0.0.1")
    await asyncio.Event().wait()


asyncio.run(main(int(sys.argv[1])))
