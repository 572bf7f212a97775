#!/usr/bin/env python3
"""SIGINT, SIGTERM and SIGKILL in the middle of a run; the shutdown of the echo server."""
import json
import os
import shutil
import signal
import socket
import time
import unittest

from kit import CliTest


class Interrupted(CliTest):
    def begin(self, url, *words):
        """A run that has judged something and has much before it."""
        process = self.start("test", url, "-j", "1", "--delivery", "bytewise", *words)
        deadline = time.monotonic() + 30
        while time.monotonic() < deadline:
            if self.lines_of_journal() >= 5:
                return process
            time.sleep(0.005)
        process.kill()
        self.fail("no journal: %s" % (process.communicate(),))

    def lines_of_journal(self):
        path = self.path("wsproof-report/journal.ndjson")
        if not os.path.exists(path):
            return 0
        with open(path, "rb") as file:
            return file.read().count(b"\n")

    def judged(self, path):
        with open(self.path(path), encoding="utf-8") as file:
            report = json.load(file)
        self.assertEqual(report["run"]["state"], "interrupted")
        return [result for result in report["results"] if result["verdict"] != "skipped"]

    def test_the_first_signal_writes_the_reports(self):
        for name, code in ((signal.SIGINT, 130), (signal.SIGTERM, 143)):
            with self.subTest(name), self.echo() as url:
                shutil.rmtree(self.path("wsproof-report"), ignore_errors=True)
                process = self.begin(url)
                process.send_signal(name)
                out, err = process.communicate(timeout=60)
                self.assertEqual(process.returncode, code, out + err)
                self.assertIn("exit %d" % code, out.splitlines()[-1])
                self.assertGreater(len(self.judged("wsproof-report/report.json")), 0)

    def test_a_killed_run_leaves_a_journal_that_makes_a_report(self):
        with self.echo() as url:
            process = self.begin(url)
            process.kill()
            process.communicate()
        self.assertFalse(os.path.exists(self.path("wsproof-report/report.json")))
        run = self.run_wsproof("report", "wsproof-report/journal.ndjson", "-r", "json=rebuilt.json", "-r",
                               "html=rebuilt.html")
        self.assert_exit(run, 0)
        self.assertGreater(len(self.judged("rebuilt.json")), 0)
        self.assertTrue(os.path.exists(self.path("rebuilt.html")))

    def test_a_spawned_server_does_not_outlive_an_interrupted_run(self):
        process = self.start("test", "--spawn", "echo $$ > pid; exec %s echo --port {port}" % os.environ["WSPROOF"],
                             "-j", "1", "--delivery", "bytewise")
        deadline = time.monotonic() + 30
        while self.lines_of_journal() == 0 and time.monotonic() < deadline:
            time.sleep(0.01)
        process.send_signal(signal.SIGINT)
        process.communicate(timeout=60)
        with open(self.path("pid"), encoding="utf-8") as file:
            pid = int(file.read())
        with self.assertRaises(ProcessLookupError):
            os.kill(pid, 0)


class EchoServer(CliTest):
    def test_it_prints_its_url_and_ends_orderly(self):
        process = self.start("echo", "--shutdown-grace", "200ms")
        url = process.stdout.readline().strip()
        self.assertRegex(url, r"^ws://127\.0\.0\.1:\d+/$")
        with socket.create_connection(("127.0.0.1", int(url.split(":")[2].rstrip("/")))) as client:
            client.sendall(b"GET / HTTP/1.1\r\nHost: x\r\nUpgrade: websocket\r\nConnection: Upgrade\r\n"
                           b"Sec-WebSocket-Key: AQIDBAUGBwgJCgsMDQ4PEA==\r\nSec-WebSocket-Version: 13\r\n\r\n")
            head = b""
            while b"\r\n\r\n" not in head:
                head += client.recv(1024)
            self.assertIn(b" 101 ", head)
            process.send_signal(signal.SIGTERM)
            rest = head.split(b"\r\n\r\n", 1)[1]
            client.settimeout(10)
            while more := client.recv(1024):
                rest += more
        self.assertEqual(rest[:4], b"\x88" + rest[1:2] + b"\x03\xe9")  # Close 1001
        out, err = process.communicate(timeout=20)
        self.assertEqual(process.returncode, 0, err)
        self.assertEqual(out + err, "")

    def test_it_refuses_unknown_faults_and_taken_ports(self):
        run = self.run_wsproof("echo", "--fault", "acepts-unmasked")
        self.assert_exit(run, 2)
        self.assert_one_line(run.stderr, "did you mean 'accepts-unmasked'?")
        with socket.create_server(("127.0.0.1", 0)) as taken:
            run = self.run_wsproof("echo", "--port", str(taken.getsockname()[1]))
            self.assert_exit(run, 2)
            self.assert_one_line(run.stderr, str(taken.getsockname()[1]))

    def test_it_lists_its_faults(self):
        run = self.run_wsproof("echo", "--list-faults")
        self.assert_exit(run, 0)
        self.assertIn("accepts-unmasked", run.stdout)


if __name__ == "__main__":
    unittest.main()
