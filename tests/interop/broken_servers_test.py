#!/usr/bin/env python3
"""Servers that are wrong on purpose: no violation case may pass on one that drops everything, and a run
against one that never answers ends in time."""
import json
import os
import subprocess
import time
import unittest

from peers import WORK, running

WSPROOF = os.environ["WSPROOF"]
# Legal requests whose answer is all that is judged: these servers give the right one.
ANSWERS_ALONE = ("opening/key-of-zeros", "opening/no-subprotocol-unasked")


def run_against(name, *options, timeout=300):
    path = os.path.join(WORK, "broken-%s.json" % name)
    if os.path.exists(path):
        os.remove(path)
    with running(name) as port:
        begin = time.monotonic()
        run = subprocess.run([WSPROOF, "test", "ws://127.0.0.1:%d/" % port, "--no-config", "--report-dir",
                              os.path.join(WORK, "broken-" + name), "-r", "json=" + path, *options],
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
                  if result["verdict"] in ("pass", "lenient") and result["case"] not in ANSWERS_ALONE]
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
