#!/usr/bin/env python3
"""Servers that are wrong on purpose: no violation case may pass on one that drops everything, and a run
against one that never answers ends in time."""
import json
import os
import subprocess
import sys
import time
import unittest

HERE = os.path.dirname(os.path.abspath(__file__))
sys.path.insert(0, os.path.join(HERE, "..", "..", "peers"))
from peers import free_port, serving  # noqa: E402

WSPROOF = os.environ["WSPROOF"]
WORK = os.environ["WSPROOF_INTEROP_WORK"]

def is_answered_rightly(result):
    """True for a legal request whose answer is all that is judged: these servers give the right one, a 101. A
    violation they refuse must not pass, nor anything that frames are needed for."""
    sent = {entry["kind"] for entry in result["transcript"] if entry.get("flag") == "trigger"}
    answers = [entry["text"] for entry in result["transcript"] if entry["dir"] == "recv" and entry["kind"] == "http"]
    return "http" in sent and "frame" not in sent and all(answer.startswith("101") for answer in answers)


def run_against(name, *options, timeout=300):
    path = os.path.join(WORK, "broken-%s.json" % name)
    if os.path.exists(path):
        os.remove(path)
    port = free_port()
    with serving(name, [sys.executable, os.path.join(HERE, "broken.py"), str(port), name], port):
        begin = time.monotonic()
        run = subprocess.run([WSPROOF, "test", "ws://127.0.0.1:%d/" % port, "--no-config", "--report-dir",
                              os.path.join(WORK, "broken-" + name), "-r", "json=" + path,
                              "--keep-transcripts", "all", *options],
                             stdout=subprocess.PIPE, stderr=subprocess.STDOUT, timeout=timeout, check=False)
        seconds = time.monotonic() - begin
    report = None
    if os.path.exists(path):
        with open(path, encoding="utf-8") as file:
            report = json.load(file)
    return run, seconds, report


class BrokenServers(unittest.TestCase):
    def no_violation_case_passes(self, name):
        run, _, report = run_against(name)
        self.assertIn(run.returncode, (1, 3, 4), run.stdout.decode(errors="replace"))
        passed = [result["case"] for result in report["results"]
                  if result["verdict"] in ("pass", "lenient") and not is_answered_rightly(result)]
        self.assertEqual(passed, [])

    def test_a_server_that_resets_passes_no_violation_case(self):
        self.no_violation_case_passes("reset")

    def test_a_server_that_drops_passes_no_violation_case(self):
        self.no_violation_case_passes("drop")

    def test_a_deaf_server_passes_no_violation_case(self):
        self.no_violation_case_passes("deaf")

    def test_a_mute_server_ends_the_run_in_time(self):
        run, seconds, _ = run_against("mute", timeout=120)
        self.assertIn(run.returncode, (1, 3), run.stdout.decode(errors="replace"))
        self.assertLess(seconds, 60)

    def test_nothing_a_hostile_server_sends_reaches_the_terminal(self):
        run, _, _ = run_against("hostile", "--color", "never", "-v")
        self.assertNotIn(b"\x1b", run.stdout)
        self.assertNotIn(b"\x07", run.stdout)


if __name__ == "__main__":
    unittest.main()
