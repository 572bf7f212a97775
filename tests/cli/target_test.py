#!/usr/bin/env python3
"""Targets that cannot be reached, that die, that are started by wsproof itself."""
import contextlib
import json
import socket
import subprocess
import sys
import time
import unittest

from kit import CliTest, WSPROOF, answering, serving, unused_port

FEW = ("-s", "control/*", "-s", "opening/plain")


class Unreachable(CliTest):
    def unreachable(self, url, *parts, words=()):
        run = self.run_wsproof(url, *words)
        self.assert_exit(run, 3)
        self.assertEqual(run.stdout, "")
        self.assert_one_line(run.stderr, *parts)
        return run

    def test_a_refused_connection(self):
        self.unreachable("ws://127.0.0.1:%d/" % unused_port(), "refused", "running")

    def test_a_name_that_does_not_exist(self):
        self.unreachable("ws://no-such-host.invalid/", "no-such-host.invalid")

    def test_a_path_that_answers_404(self):
        with answering(b"HTTP/1.1 404 Not Found\r\nContent-Length: 0\r\n\r\n") as port:
            self.unreachable("ws://127.0.0.1:%d/" % port, "404 to /", "/ws")

    def test_the_whole_suite_passes_over_tls(self):
        with self.echo("--tls") as url:
            self.assert_exit(self.run_wsproof(url, "--insecure", "--strict", "--fail-on", "any"), 0)

    def test_a_server_that_wants_tls(self):
        with self.echo("--tls") as url:
            self.unreachable(url.replace("wss://", "ws://"), "wss://")

    def test_a_server_that_speaks_no_tls(self):
        with self.echo() as url:
            self.unreachable(url.replace("ws://", "wss://"), "TLS")

    def test_a_certificate_that_nobody_vouches_for(self):
        with self.echo("--tls") as url:
            self.unreachable(url, "certificate", "--insecure")
            run = self.run_wsproof(url, "-k", *FEW)
            self.assert_exit(run, 0)
            self.assertIn("TLSv1.3", run.stdout)

    def test_a_server_that_never_answers_ends_soon(self):
        with serving(lambda connection: time.sleep(60)) as port:
            began = time.monotonic()
            self.unreachable("ws://127.0.0.1:%d/" % port, "did not answer")
            self.assertLess(time.monotonic() - began, 15)

    def test_escapes_of_the_server_do_not_reach_the_terminal(self):
        with answering(b"HTTP/1.1 302 Found\r\nLocation: /\x1b[2J\x07\r\n\r\n") as port:
            run = self.unreachable("ws://127.0.0.1:%d/" % port, "redirects")
            self.assertNotIn("\x1b", run.stderr)
            self.assertNotIn("\x07", run.stderr)

    def test_exit_zero_does_not_forgive_it(self):
        self.unreachable("ws://127.0.0.1:%d/" % unused_port(), words=("--exit-zero",))

    def test_doctor_tells_how_far_it_came(self):
        with answering(b"HTTP/1.1 404 Not Found\r\nContent-Length: 0\r\n\r\n") as port:
            run = self.run_wsproof("doctor", "ws://127.0.0.1:%d/" % port)
            self.assert_exit(run, 3)
            self.assertRegex(run.stdout, r"TCP +connected")
            self.assertRegex(run.stdout, r"upgrade +no: .*404")


class Spawned(CliTest):
    def test_the_server_is_started_tested_and_stopped(self):
        run = self.run_wsproof("--spawn", "exec %s echo --port {port}" % WSPROOF, *FEW)
        self.assert_exit(run, 0)
        with open(self.path("wsproof-report/report.json"), encoding="utf-8") as file:
            self.assertIn("{port}", json.load(file)["targets"][0]["spawn"])

    def test_a_server_that_ends_at_once_is_unreachable(self):
        run = self.run_wsproof("--spawn", "echo cannot bind; exit 3", *FEW)
        self.assert_exit(run, 3)
        self.assertIn("cannot bind", run.stderr)

    def test_a_server_that_does_not_come_up_is_unreachable(self):
        run = self.run_wsproof("--spawn", "sleep 60", "--ready-timeout", "300ms", *FEW)
        self.assert_exit(run, 3)
        self.assertIn("not ready", run.stderr)

    def test_readiness_may_be_a_line_of_its_log(self):
        run = self.run_wsproof("--spawn", "exec %s echo --port {port}" % WSPROOF, "--ready", "log:ws://.*/", *FEW)
        self.assert_exit(run, 0)

    def dying(self, *words):
        """A server that ends when somebody sends it a ping with 125 bytes."""
        server = self.write("server.py", DYING)
        return self.run_wsproof("--spawn", "exec python3 %s {port}" % server, "-s", "control/ping-answered", "-s",
                                "opening/plain", *words)

    def test_the_case_that_ends_the_server_is_named(self):
        run = self.dying("--restart", "never", "-j", "1")
        self.assert_exit(run, 4)
        self.assertIn("control/ping-answered#125", run.stdout)
        self.assertIn("exited with 3", run.stdout)

    def test_the_run_goes_on_after_a_restart(self):
        run = self.dying("-j", "1", "-r", "json=report.json")
        self.assert_exit(run, 4)
        with open(self.path("report.json"), encoding="utf-8") as file:
            verdicts = {result["case"]: result["verdict"] for result in json.load(file)["results"]}
        for deadly in "125", "125-not-utf8":
            self.assertEqual(verdicts.pop("control/ping-answered#" + deadly), "fail")
        self.assertEqual(set(verdicts.values()), {"pass"}, verdicts)


class Watched(CliTest):
    """What the process of the server used, and its end, also of one that somebody else started."""

    def used(self):
        with open(self.path("report.json"), encoding="utf-8") as file:
            target = json.load(file)["targets"][0]
        return target, target["process"]

    def check_figures(self, used):
        for figure in "memory", "descriptors", "threads":
            self.assertGreater(used[figure]["before"], 0)
            self.assertGreaterEqual(used[figure]["highest"], max(used[figure]["before"], used[figure]["after"]))

    def test_a_spawned_server(self):
        run = self.run_wsproof("--spawn", "exec %s echo --port {port}" % WSPROOF, *FEW, "-r", "json=report.json")
        self.assert_exit(run, 0)
        self.assertRegex(run.stdout, r"process  memory [0-9.]+ MiB, at most [0-9.]+ MiB, then [0-9.]+ MiB")
        self.check_figures(self.used()[1])

    def start_dying(self):
        port = unused_port()
        server = subprocess.Popen([sys.executable, self.write("server.py", DYING), str(port)])
        self.addCleanup(server.wait)
        self.addCleanup(server.kill)
        for _ in range(100):
            with contextlib.suppress(OSError):
                socket.create_connection(("127.0.0.1", port)).close()
                return server, "ws://127.0.0.1:%d/" % port
            time.sleep(0.05)
        self.fail("the server does not listen")

    def test_a_server_that_runs_already(self):
        server, url = self.start_dying()
        run = self.run_wsproof(url, "--pid", str(server.pid), "-s", "opening/plain", "-r", "json=report.json", "-r", "html=page.html")
        self.assert_exit(run, 0)
        used = self.used()[1]
        self.assertEqual(used["pid"], server.pid)
        self.check_figures(used)
        with open(self.path("page.html"), encoding="utf-8") as file:
            self.assertIn("Its process", file.read())

    def test_the_end_of_a_server_that_ran_already(self):
        server, url = self.start_dying()
        run = self.run_wsproof(url, "--pid", str(server.pid), "-s", "control/ping-answered", "-j", "1", "-r", "json=report.json")
        self.assert_exit(run, 4)
        self.assertIn("control/ping-answered#125", run.stdout)
        self.assertIn("ended (process %d)" % server.pid, run.stdout)
        self.assertEqual(self.used()[0]["exit"]["state"], "ended (process %d)" % server.pid)

    def test_a_process_that_is_not_there(self):
        server, url = self.start_dying()
        server.kill()
        server.wait()
        self.refuses([url, "--pid", str(server.pid)], "--pid: there is no process %d" % server.pid)
        self.refuses([url, "--pid", "0"], "--pid")
        self.refuses([url, "--pid", "many"], "--pid", "whole number")
        self.refuses(["--spawn", "true", "--pid", str(server.pid)], "--pid", "--spawn")

    def refuses(self, words, *parts):
        run = self.run_wsproof(*words)
        self.assert_exit(run, 2)
        self.assert_one_line(run.stderr, *parts)


DYING = r'''
import base64, hashlib, os, socket, struct, sys, threading

def exactly(connection, count):
    data = b""
    while len(data) < count:
        more = connection.recv(count - len(data))
        if not more:
            raise EOFError
        data += more
    return data

def serve(connection):
    head = b""
    while b"\r\n\r\n" not in head:
        head += exactly(connection, 1)
    key = [line.split(b":")[1].strip() for line in head.split(b"\r\n") if line.lower().startswith(b"sec-websocket-key")][0]
    accept = base64.b64encode(hashlib.sha1(key + b"258EAFA5-E914-47DA-95CA-C5AB0DC85B11").digest())
    connection.sendall(b"HTTP/1.1 101 Switching Protocols\r\nUpgrade: websocket\r\nConnection: Upgrade\r\n"
                       b"Sec-WebSocket-Accept: " + accept + b"\r\n\r\n")
    while True:
        first, second = exactly(connection, 2)
        length = second & 127
        if length == 126:
            length, = struct.unpack(">H", exactly(connection, 2))
        mask = exactly(connection, 4)
        data = bytes(byte ^ mask[at % 4] for at, byte in enumerate(exactly(connection, length)))
        opcode = first & 15
        if opcode == 9:
            if length == 125:
                os._exit(3)
            connection.sendall(bytes([0x8a, length]) + data)
        elif opcode == 8:
            connection.sendall(bytes([0x88, length]) + data)
            connection.close()
            return
        else:
            connection.sendall(bytes([first, length]) + data)

def guarded(connection):
    try:
        serve(connection)
    except (EOFError, OSError, IndexError):
        connection.close()

listener = socket.create_server(("127.0.0.1", int(sys.argv[1])))
while True:
    threading.Thread(target=guarded, args=(listener.accept()[0],), daemon=True).start()
'''

if __name__ == "__main__":
    unittest.main()
