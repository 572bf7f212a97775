#!/usr/bin/env python3
"""Plays the shutdown cases against servers that stop in known ways: with both sweeps, with one of them, with none."""
import json
import os
import subprocess
import sys
import tempfile
import unittest

HERE = os.path.dirname(os.path.abspath(__file__))
RELEASE = os.path.join(HERE, "..", "..", "build", "release")
WSPROOF = os.environ.get("WSPROOF", os.path.join(RELEASE, "wsproof"))
BUILD = os.environ.get("WSPROOF_PEERS_BUILD", os.path.join(RELEASE, "peers"))
WS = "exec node %s {port} " % os.path.join(HERE, "shutdown", "ws.js")
WEBSOCKETS = "exec /usr/bin/python3 %s {port}" % os.path.join(HERE, "shutdown", "websockets_close.py")
ECHO = "exec %s echo --port {port} --shutdown-grace 1s" % WSPROOF


class Run:
    """A run of the shutdown cases: its exit code, what it printed, and the reason of every verdict."""

    def __init__(self, command, *cases, grace="1s"):
        choice = [word for case in cases or ("*",) for word in ("-s", "shutdown/" + case)]
        environment = dict(os.environ, NODE_PATH=os.path.join(BUILD, "node_modules"))
        with tempfile.TemporaryDirectory() as folder:
            path = os.path.join(folder, "report.json")
            done = subprocess.run([WSPROOF, "--spawn", command, "--shutdown-grace", grace, "--no-config", "--progress", "none",
                                   "--fail-on", "should", *choice, "-r", "json=" + path], check=False, timeout=200,
                                  env=environment, stdout=subprocess.PIPE, text=True)
            with open(path, encoding="utf-8") as file:
                report = json.load(file)
        results = report["results"]
        self.findings = [finding["id"] for finding in report.get("findings", [])]
        self.code = done.returncode
        self.text = " ".join(done.stdout.split())
        self.verdicts = {result["case"].removeprefix("shutdown/"): result["verdict"] for result in results}
        self.reasons = {result["case"].removeprefix("shutdown/"): result["reason"] for result in results}


class StopsInTwoSweeps(unittest.TestCase):
    def check(self, run, departures=()):
        self.assertGreater(len(run.verdicts), 15)
        self.assertEqual({case for case, verdict in run.verdicts.items() if verdict not in ("pass", "note")}, set(departures),
                         run.reasons)
        self.assertEqual(run.code, 1 if departures else 0, run.reasons)
        self.assertEqual(run.verdicts["two-sweeps"], "pass")
        if not departures:
            self.assertEqual(run.findings, [])

    def test_the_reference(self):
        self.check(Run(ECHO))

    def test_ws(self):
        self.check(Run(WS + "two-sweeps"))

    def test_websockets(self):
        # Version 10.4 of Debian 12 waits without an end for requests that never become whole.
        self.check(Run(WEBSOCKETS, grace="2s"),
                   {"unfinished-handshakes-ended#none", "unfinished-handshakes-ended#half"})


class DoesNot(unittest.TestCase):
    def test_ws_whose_server_close_leaves_clients_open(self):
        run = Run(WS + "server-close", "two-sweeps", "close-frame-first#idle", "silent-peers-ended#idle",
                  "unfinished-handshakes-ended")
        self.assertEqual(run.code, 1)
        self.assertEqual(run.findings, ["WS-SHUTDOWN-HANG"])
        self.assertEqual(set(run.verdicts.values()), {"fail"})
        self.assertIn("expected Close with 1001, 1012 or 1013; the server did not react", run.reasons["two-sweeps"])
        self.assertIn("stop in two sweeps: close(1001) on every connection, and after some seconds terminate()", run.text)
        self.assertIn("closeAllConnections", run.text)

    def test_ws_that_never_terminates(self):
        run = Run(WS + "one-sweep", "two-sweeps", "close-frame-first", "silent-peers-ended#idle", "deaf-peer-ended")
        self.assertEqual({case.split("#")[0]: verdict for case, verdict in run.verdicts.items()}, {
            "two-sweeps": "fail", "close-frame-first": "pass", "silent-peers-ended": "fail", "deaf-peer-ended": "fail"})
        self.assertIn("waits for an answer that never comes", run.reasons["two-sweeps"])
        self.assertIn("a second sweep", run.text)

    def test_ws_that_terminates_in_the_next_turn(self):
        run = Run(WS + "next-tick")
        self.assertEqual({case for case, verdict in run.verdicts.items() if verdict == "fail"}, {"time-to-answer", "two-sweeps"})
        self.assertIn("ended TCP right behind its Close frame", run.reasons["two-sweeps"])
        self.assertIn("in a second sweep, some seconds after close(), not in the same turn", run.text)

    def test_the_reference_with_faults(self):
        for fault in ("leaves-connections-open-at-shutdown", "drops-connections-at-shutdown", "leaves-no-time-at-shutdown",
                      "waits-for-silent-peers-at-shutdown", "closes-with-1006-at-shutdown"):
            run = Run("%s --fault %s" % (ECHO, fault), "two-sweeps")
            self.assertEqual((fault, run.verdicts), (fault, {"two-sweeps": "fail"}), run.reasons)


if __name__ == "__main__":
    unittest.main(verbosity=2, argv=sys.argv)
