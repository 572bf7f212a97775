#!/usr/bin/env python3
"""Plays the origin cases against servers over other people's libraries, whose checks of Origin are right or wrong in a
known way: which variants fail has to be what the check lets in, and nothing else."""
import json
import os
import subprocess
import sys
import tempfile
import unittest

HERE = os.path.dirname(os.path.abspath(__file__))
sys.path.insert(0, os.path.join(HERE, "..", "..", "peers"))
from peers import free_port, serving  # noqa: E402

RELEASE = os.path.join(HERE, "..", "..", "build", "release")
WSPROOF = os.environ.get("WSPROOF", os.path.join(RELEASE, "wsproof"))
BUILD = os.environ.get("WSPROOF_PEERS_BUILD", os.path.join(RELEASE, "peers"))
ALLOWED = "https://app.good.example"


def results_of(command):
    """The verdict of every origin variant that was played."""
    port = free_port()
    environment = dict(os.environ, NODE_PATH=os.path.join(BUILD, "node_modules"))
    with serving(command[1], [*command[:2], str(port), *command[2:]], port, env=environment), \
            tempfile.TemporaryDirectory() as folder:
        path = os.path.join(folder, "report.json")
        subprocess.run([WSPROOF, "test", "ws://127.0.0.1:%d/" % port, "--no-config", "--progress", "none", "-q", "--origin",
                        ALLOWED, "-s", "origin/**", "--strict", "-r", "json=" + path, "--exit-zero"], check=True, timeout=60,
                       stdout=subprocess.DEVNULL)
        with open(path, encoding="utf-8") as file:
            return {result["case"]: result["verdict"] for result in json.load(file)["results"]}


def node(mode):
    return results_of(["node", os.path.join(HERE, "origin", "ws.js"), mode])


def python(script):
    return results_of(["/usr/bin/python3", os.path.join(HERE, "origin", script)])


def failed(results):
    return {case for case, verdict in results.items() if verdict == "fail"}


def cases(variants):
    return {variant.split("#")[0].removeprefix("origin/") for variant in variants}


class Right(unittest.TestCase):
    def check(self, results):
        self.assertEqual(results["origin/own-origin-accepted"], "pass")
        self.assertGreater(len(results), 90)
        self.assertEqual(failed(results), set())
        self.assertEqual([case for case, verdict in results.items() if verdict == "inconclusive"], [])

    def test_ws_with_an_exact_match(self):
        self.check(node("exact"))

    def test_websockets_with_origins(self):
        self.check(python("websockets_origins.py"))

    def test_tornado_with_an_exact_match(self):
        self.check(python("tornado_origins.py"))


class Wrong(unittest.TestCase):
    def test_prefix(self):
        self.assertEqual(cases(failed(node("prefix"))), {
            "foreign-origin-refused", "longer-host-refused", "odd-character-behind-host", "malformed-origin",
            "other-port-refused", "several-origins-in-one-line", "two-origin-fields"})

    def test_suffix(self):
        wrong = failed(node("suffix"))
        self.assertEqual(cases(wrong), {
            "foreign-origin-refused", "prefixed-host-refused", "subdomain-refused", "other-scheme-of-host", "malformed-origin",
            "several-origins-in-one-line", "two-origin-fields"})
        self.assertIn("origin/prefixed-host-refused#joined", wrong)
        self.assertNotIn("origin/foreign-origin-refused#longer", wrong)

    def test_substring(self):
        wrong = failed(node("substring"))
        self.assertLessEqual({"containing-host-refused", "longer-host-refused", "prefixed-host-refused"}, cases(wrong))
        self.assertNotIn("origin/foreign-origin-refused#foreign", wrong)

    def test_unescaped_dots(self):
        self.assertEqual(failed(node("regex")), {
            "origin/wild-dot-refused#first", "origin/wild-dot-refused#all", "origin/wild-dot-refused#hyphens"})

    def test_no_check_at_all(self):
        results = node("unchecked")
        self.assertEqual({case for case, verdict in results.items() if verdict != "fail"}, {"origin/own-origin-accepted"})


if __name__ == "__main__":
    unittest.main(verbosity=2)
