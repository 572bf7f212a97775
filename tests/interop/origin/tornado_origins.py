"""Tornado whose check_origin compares the whole origin: tornado_origins.py PORT"""
import asyncio
import sys

import tornado.web
import tornado.websocket


class Echo(tornado.websocket.WebSocketHandler):
    def check_origin(self, origin):
        return origin == "https://app.good.example"

    def on_message(self, message):
        self.write_message(message, binary=isinstance(message, bytes))


async def main(port):
    tornado.web.Application([("/", Echo)]).listen(port, "127.0.0.1")
    await asyncio.Event().wait()


asyncio.run(main(int(sys.argv[1])))
