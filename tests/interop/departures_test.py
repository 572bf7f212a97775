#!/usr/bin/env python3
"""Plays the whole suite against servers that others wrote. Every departure that is reported has to stand in
departures/NAME.json, with the section and the reason why it is true, and the other way round. A departure that
depends on how TCP cuts what is sent is marked "sometimes"."""
import fnmatch
import json
import os
import subprocess
import sys
import time
import unittest

from peers import HERE, WORK, running

WSPROOF = os.environ["WSPROOF"]
# libwebsockets 4.1.6 aborts (an assertion of its deflate extension) when it echoes an empty message behind another.
# Its connections share the buffers of that extension: where several compress at once, one gets bytes of another.
LEFT_OUT = {"libwebsockets": ["-s", "!deflate/empty-message", "-s", "!deflate/empty-messages-in-a-row",
                              "-s", "!deflate/context-kept-over-empty-message", "-s", "!deflate/bomb"]}
TELLING = ("fail", "lenient", "inconclusive", "broken")


def report_on(name, attempts=3):
    """The JSON report of a run against the peer, and the seconds that it took. A peer that is known to abort gets
    another chance (exit code 4): what is compared is how it behaves while it lives."""
    path = os.path.join(WORK, name + ".json")
    with running(name) as port:
        begin = time.monotonic()
        run = subprocess.run([WSPROOF, "test", "ws://127.0.0.1:%d/" % port, "--no-config", "--progress", "none", "-q",
                              "--report-dir", os.path.join(WORK, name), "-r", "json=" + path, "--exit-zero",
                              *LEFT_OUT.get(name, [])],
                             stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True, timeout=300, check=False)
        seconds = time.monotonic() - begin
    if run.returncode == 4 and name in LEFT_OUT and attempts > 1:
        return report_on(name, attempts - 1)
    if run.returncode != 0:
        raise AssertionError("wsproof ended with %d against %s:\n%s" % (run.returncode, name, run.stdout))
    with open(path, encoding="utf-8") as file:
        return json.load(file), seconds


def departures_in(report):
    """What the report holds against the peer: case and verdict, rule and "breach"."""
    found = {(result["case"], result["verdict"]): result.get("reason", "") for result in report["results"]
             if result["verdict"] in TELLING}
    for result in report["results"]:
        for breach in result.get("breaches", []):
            found.setdefault((breach["rule"], "breach"), "%s: %s" % (result["case"], breach["reason"]))
    return found


class Departures(unittest.TestCase):
    def check(self, name):
        with open(os.path.join(HERE, "departures", name + ".json"), encoding="utf-8") as file:
            known = json.load(file)["departures"]
        for entry in known:
            self.assertTrue(entry["section"] and len(entry["why"]) > 20, "an entry without a reason: %r" % entry)
        report, seconds = report_on(name)
        found = departures_in(report)
        used = set()
        unexplained = []
        for (case, verdict), reason in sorted(found.items()):
            fitting = [i for i, entry in enumerate(known)
                       if entry["verdict"] == verdict and any(fnmatch.fnmatchcase(case, p) for p in entry["cases"])]
            used.update(fitting)
            if not fitting:
                unexplained.append("%-12s %s: %s" % (verdict, case, reason))
        stale = [entry for i, entry in enumerate(known) if i not in used and not entry.get("sometimes")]
        passed = sum(result["verdict"] == "pass" for result in report["results"])
        print("%s: %d variants, %d passed, %d departures, %.1f s" % (name, len(report["results"]), passed, len(found), seconds),
              file=sys.stderr)
        self.assertFalse(unexplained, "departures nobody has explained:\n" + "\n".join(unexplained))
        self.assertFalse(stale, "explained departures that are gone:\n%s" % json.dumps(stale, indent=1))

    def test_ws(self):
        self.check("ws")

    def test_python_websockets(self):
        self.check("python-websockets")

    def test_beast(self):
        self.check("beast")

    def test_libwebsockets(self):
        self.check("libwebsockets")


if __name__ == "__main__":
    unittest.main()
