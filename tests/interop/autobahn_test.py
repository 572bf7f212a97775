#!/usr/bin/env python3
"""A spec file of Autobahn with two servers in it, run unchanged. Wherever wsproof says something else of a server than Autobahn
said (autobahn/NAME.json), autobahn/differences.json has to say why, and the other way round. docs/autobahn.md shows that file."""
import fnmatch
import json
import os
import subprocess
import sys
import time
import unittest

HERE = os.path.dirname(os.path.abspath(__file__))
sys.path.insert(0, os.path.join(HERE, "..", "..", "peers"))
from peers import running  # noqa: E402

WSPROOF = os.environ["WSPROOF"]
BUILD = os.environ["WSPROOF_PEERS_BUILD"]
WORK = os.environ["WSPROOF_INTEROP_WORK"]
SERVERS = ("ws", "python-websockets")
NUMBERS = 517


def read(*path):
    with open(os.path.join(HERE, "autobahn", *path), encoding="utf-8") as file:
        return json.load(file)


def run_spec(folder):
    """The index of a run against both peers, and its seconds."""
    os.makedirs(folder, exist_ok=True)
    with running(SERVERS[0], BUILD) as first, running(SERVERS[1], BUILD) as second:
        spec = {"options": {"failByDrop": False}, "outdir": "./reports/servers",
                "servers": [{"agent": name, "url": url, "options": {"version": 18}}
                            for name, url in zip(SERVERS, (first, second))],
                "cases": ["*"], "exclude-cases": [], "exclude-agent-cases": {}}
        with open(os.path.join(folder, "fuzzingclient.json"), "w", encoding="utf-8") as file:
            json.dump(spec, file, indent=3)
        begin = time.monotonic()
        run = subprocess.run([WSPROOF, "test", "-c", "fuzzingclient.json", "--progress", "none", "-q", "--exit-zero"], cwd=folder,
                             stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True, timeout=500, check=False)
        seconds = time.monotonic() - begin
    if run.returncode != 0:
        raise AssertionError("wsproof ended with %d:\n%s" % (run.returncode, run.stdout))
    with open(os.path.join(folder, "reports", "servers", "index.json"), encoding="utf-8") as file:
        return json.load(file), seconds


class Autobahn(unittest.TestCase):
    @classmethod
    def setUpClass(cls):
        cls.folder = os.path.join(WORK, "autobahn")
        cls.index, cls.seconds = run_spec(cls.folder)

    def result_of(self, name, number):
        with open(os.path.join(self.folder, "reports", "servers", self.index[name][number]["reportfile"]), encoding="utf-8") as file:
            return json.load(file)["result"]

    def check(self, name):
        ours = {number: [entry["behavior"], entry["behaviorClose"]] for number, entry in self.index[name].items()}
        theirs = read(name + ".json")["verdicts"]
        self.assertEqual(len(theirs), NUMBERS)
        self.assertEqual(sorted(set(theirs) - set(ours)), [], "numbers without a verdict of ours")
        known = read("differences.json")[name]
        for entry in known:
            self.assertTrue(entry["section"] and len(entry["why"]) > 20, "an entry without a reason: %r" % entry)
        used = set()
        unexplained = []
        for number, verdict in sorted(theirs.items()):
            if ours[number] == verdict:
                continue
            fitting = [i for i, entry in enumerate(known) if entry["autobahn"] == verdict and entry["wsproof"] == ours[number]
                       and any(fnmatch.fnmatchcase(number, pattern) for pattern in entry["numbers"])]
            used.update(fitting)
            if not fitting:
                unexplained.append("%s: Autobahn %s, wsproof %s: %s" % (number, verdict, ours[number], self.result_of(name, number)))
        stale = [entry for i, entry in enumerate(known) if i not in used and not entry.get("sometimes")]
        print("%s: %d numbers, %d differ" % (name, len(theirs), sum(ours[n] != v for n, v in theirs.items())), file=sys.stderr)
        self.assertFalse(unexplained, "differences nobody has explained:\n" + "\n".join(unexplained))
        self.assertFalse(stale, "explained differences that are gone:\n%s" % json.dumps(stale, indent=1))

    def test_ws(self):
        self.check("ws")

    def test_python_websockets(self):
        self.check("python-websockets")

    def test_both_servers_are_in_one_index(self):
        self.assertEqual(sorted(self.index), sorted(SERVERS))
        print("both servers, %d numbers each: %.1f s" % (NUMBERS, self.seconds), file=sys.stderr)


if __name__ == "__main__":
    unittest.main()
