"""Runs the binary as a user does, in a folder of its own, against servers on free ports."""
import contextlib
import itertools
import os
import shutil
import signal
import socket
import subprocess
import tempfile
import threading
import unittest

WSPROOF = os.environ["WSPROOF"]
SOURCE = os.environ["WSPROOF_SOURCE"]
SEED = "00c0ffee5eed0001"


class CliTest(unittest.TestCase):
    def setUp(self):
        self.folder = tempfile.mkdtemp(prefix="wsproof-cli-")
        self.addCleanup(shutil.rmtree, self.folder, ignore_errors=True)

    def path(self, name):
        return os.path.join(self.folder, name)

    def write(self, name, text):
        with open(self.path(name), "w", encoding="utf-8") as file:
            file.write(text)
        return self.path(name)

    def environment(self, variables):
        kept = {name: value for name, value in os.environ.items()
                if not name.startswith(("WSPROOF", "GITHUB_")) and name not in ("CI", "TEAMCITY_VERSION", "NO_COLOR", "FORCE_COLOR", "CLICOLOR_FORCE")}
        return {**kept, **variables}

    def start(self, *words, **variables):
        return subprocess.Popen([WSPROOF, *words], cwd=self.folder, env=self.environment(variables),
                                stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True)

    def run_wsproof(self, *words, timeout=120, **variables):
        return subprocess.run([WSPROOF, *words], cwd=self.folder, env=self.environment(variables),
                              stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True, timeout=timeout, check=False)

    def assert_exit(self, run, code):
        self.assertEqual(run.returncode, code, "%s\n%s\n%s" % (run.args, run.stdout, run.stderr))

    def assert_one_line(self, text, *parts):
        self.assertEqual(len(text.strip().splitlines()), 1, text)
        for part in parts:
            self.assertIn(part, text)

    @contextlib.contextmanager
    def echo(self, *options):
        """The built-in server; its URL."""
        process = self.start("echo", *options)
        try:
            yield process.stdout.readline().strip()
        finally:
            process.send_signal(signal.SIGTERM)
            try:
                process.communicate(timeout=20)
            except subprocess.TimeoutExpired:
                process.kill()
                process.communicate()


def unused_port():
    with socket.socket() as one:
        one.bind(("127.0.0.1", 0))
        return one.getsockname()[1]


@contextlib.contextmanager
def answering(data):
    """A server that sends these bytes to whoever has sent something, and ends the connection; its port."""
    with serving(lambda connection: connection.recv(65536) and connection.sendall(data)) as port:
        yield port


@contextlib.contextmanager
def serving(handle):
    """A server that hands every connection to `handle`; its port."""
    listener = socket.create_server(("127.0.0.1", 0))

    def guarded(connection):
        with contextlib.suppress(OSError), connection:
            handle(connection)

    def accept():
        while True:
            try:
                connection, _ = listener.accept()
            except OSError:
                return
            threading.Thread(target=guarded, args=(connection,), daemon=True).start()

    threading.Thread(target=accept, daemon=True).start()
    try:
        yield listener.getsockname()[1]
    finally:
        with contextlib.suppress(OSError):
            listener.shutdown(socket.SHUT_RDWR)
        listener.close()


@contextlib.contextmanager
def alternating(*urls):
    """A server that hands its connections to these servers in turn; its URL."""
    ports = itertools.cycle([int(url.rstrip("/").rpartition(":")[2]) for url in urls])

    def pump(source, target):
        with contextlib.suppress(OSError):
            while data := source.recv(65536):
                target.sendall(data)
        with contextlib.suppress(OSError):
            target.shutdown(socket.SHUT_WR)

    def handle(connection):
        with socket.create_connection(("127.0.0.1", next(ports))) as server:
            there = threading.Thread(target=pump, args=(connection, server), daemon=True)
            there.start()
            pump(server, connection)
            there.join()

    with serving(handle) as port:
        yield "ws://127.0.0.1:%d/" % port
