#!/usr/bin/env python3
"""Plays the origin cases against servers over other people's libraries, whose checks of Origin are right or wrong in a
known way: what fails, what the policy is said to be and what is found have to be what the check does, and nothing else."""
import contextlib
import json
import os
import subprocess
import sys
import tempfile
import time
import unittest

HERE = os.path.dirname(os.path.abspath(__file__))
sys.path.insert(0, os.path.join(HERE, "..", "..", "peers"))
from peers import free_port, serving  # noqa: E402

RELEASE = os.path.join(HERE, "..", "..", "build", "release")
WSPROOF = os.environ.get("WSPROOF", os.path.join(RELEASE, "wsproof"))
BUILD = os.environ.get("WSPROOF_PEERS_BUILD", os.path.join(RELEASE, "peers"))
ALLOWED = "https://app.good.example"
OURS = ["--allowed-origin", ALLOWED]


@contextlib.contextmanager
def server(command):
    port = free_port()
    environment = dict(os.environ, NODE_PATH=os.path.join(BUILD, "node_modules"))
    with serving(command[0], [word.replace("{port}", str(port)) for word in command], port, env=environment):
        yield "ws://127.0.0.1:%d/" % port


def node(mode):
    return ["node", os.path.join(HERE, "origin", "ws.js"), "{port}", mode]


def python(script, *arguments):
    return ["/usr/bin/python3", os.path.join(HERE, "origin", script), "{port}", *arguments]


GORILLA = [os.path.join(BUILD, "go-gorilla"), "{port}", "check-origin"]


def report_of(verb, command, *options):
    """The report of a run, and its exit code."""
    with server(command) as url, tempfile.TemporaryDirectory() as folder:
        path = os.path.join(folder, "report.json")
        run = subprocess.run([WSPROOF, verb, url, "--no-config", "--progress", "none", "-q", "-r", "json=" + path, *options],
                             timeout=60, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True, check=False)
        if not os.path.exists(path):
            raise RuntimeError("wsproof ended with %d: %s" % (run.returncode, run.stdout))
        with open(path, encoding="utf-8") as file:
            return json.load(file), run.returncode


def results_of(command):
    """The verdict of every origin variant that was played, in the strict reading."""
    report, _ = report_of("test", command, "--origin", ALLOWED, "-s", "origin/**", "--strict", "--exit-zero")
    return {result["case"]: result["verdict"] for result in report["results"]}


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
        self.check(results_of(node("exact")))

    def test_websockets_with_origins(self):
        self.check(results_of(python("websockets_origins.py")))

    def test_tornado_with_an_exact_match(self):
        self.check(results_of(python("tornado_origins.py")))


class Wrong(unittest.TestCase):
    def test_prefix(self):
        self.assertEqual(cases(failed(results_of(node("prefix")))), {
            "foreign-origin-refused", "longer-host-refused", "odd-character-behind-host", "malformed-origin",
            "other-port-refused", "several-origins-in-one-line", "two-origin-fields"})

    def test_suffix(self):
        wrong = failed(results_of(node("suffix")))
        self.assertEqual(cases(wrong), {
            "foreign-origin-refused", "prefixed-host-refused", "subdomain-refused", "other-scheme-of-host", "malformed-origin",
            "several-origins-in-one-line", "two-origin-fields"})
        self.assertIn("origin/prefixed-host-refused#joined", wrong)
        self.assertNotIn("origin/foreign-origin-refused#longer", wrong)

    def test_substring(self):
        wrong = failed(results_of(node("substring")))
        self.assertLessEqual({"containing-host-refused", "longer-host-refused", "prefixed-host-refused"}, cases(wrong))
        self.assertNotIn("origin/foreign-origin-refused#foreign", wrong)

    def test_unescaped_dots(self):
        self.assertEqual(failed(results_of(node("regex"))), {
            "origin/wild-dot-refused#first", "origin/wild-dot-refused#all", "origin/wild-dot-refused#hyphens"})

    def test_no_check_at_all(self):
        verdicts = results_of(node("unchecked"))
        self.assertEqual({case for case, verdict in verdicts.items() if verdict not in ("fail", "skipped")},
                         {"origin/own-origin-accepted"})


class Findings(unittest.TestCase):
    """What `wsproof origin` makes of it: policy in words, one finding for each cause, its weight and the exit code."""

    def judge(self, command, *options):
        report, code = report_of("origin", command, *options)
        return report["security"]["origin_policy"], {one["id"]: one["severity"] for one in report["findings"]}, code, report

    def check(self, command, options, policy, findings, code):
        said, found, ended, _ = self.judge(command, *options)
        self.assertEqual(found, findings)
        self.assertTrue(said.startswith(policy), said)
        self.assertEqual(ended, code)

    def test_of_right_servers_there_are_none(self):
        for command in (node("exact"), python("websockets_origins.py"), python("tornado_origins.py")):
            self.check(command, OURS, "lets in https://app.good.example alone", {}, 0)

    def test_a_wrong_comparison_is_called_by_its_name(self):
        for mode, finding, policy in (
                ("prefix", "WS-ORIGIN-PREFIX", "origins that begin with https://app.good.example"),
                ("suffix", "WS-ORIGIN-SUFFIX", "origins that end with app.good.example, of any scheme"),
                ("substring", "WS-ORIGIN-SUBSTRING", "origins that contain app.good.example, of any scheme"),
                ("regex", "WS-ORIGIN-REGEX-DOT", "https://app.good.example, with any character in place of a dot"),
                ("exactAndNull", "WS-ORIGIN-NULL", "null"),
                ("unchecked", "WS-ORIGIN-NONE", "")):
            with self.subTest(mode):
                begins = "lets in every origin" if mode == "unchecked" else "lets in https://app.good.example; " + policy
                self.check(node(mode), OURS, begins, {finding: "medium"}, 1)

    def test_gorilla_compares_the_host_alone(self):
        said, found, code, _ = self.judge(GORILLA)
        self.assertEqual(code, 0, found)
        self.assertLessEqual(set(found.values()), {"info", "low"}, found)
        self.assertIn("WS-ORIGIN-REBIND", found)
        self.assertIn("whatever Host says", said)

    def test_tornado_compares_the_host_alone(self):
        said, found, code, _ = self.judge(python("tornado_origins.py", "default"))
        self.assertEqual(code, 0, found)
        self.assertLessEqual(set(found.values()), {"info", "low"}, found)
        self.assertIn("WS-ORIGIN-REBIND", found)

    def test_an_unchecked_session_is_hijacked(self):
        said, found, code, report = self.judge(node("session"), "--cookie", "session=let-me-in", "--canary-send", "whoami",
                                               "--canary-expect", "whoami")
        self.assertEqual(found, {"WS-CSWSH-CONFIRMED": "high"})
        self.assertTrue(said.startswith("lets in every origin"), said)
        self.assertEqual(code, 1)
        self.assertEqual(report["security"]["credential_model"], "cookie")
        self.assertTrue(report["security"]["proven"])
        self.assertTrue(report["findings"][0]["confirmed"])
        self.assertIn("the canary is answered", report["findings"][0]["weight"])

    def test_an_unchecked_public_echo_is_a_note(self):
        said, found, code, report = self.judge(node("unchecked"))
        self.assertEqual((found, code), ({"WS-ORIGIN-NONE": "info"}, 0))
        self.assertTrue(said.startswith("lets in every origin"), said)
        self.assertEqual({result["verdict"] for result in report["results"]} - {"pass", "note", "skipped"}, set())

    def test_what_the_owner_says_changes_the_weight(self):
        for options, severity in ((["--expect-origin-check", "yes"], "medium"), (["--credential-model", "cookie"], "high"),
                                  (["--credential-model", "token"], "info"), (["--env", "local"], "high"),
                                  (["--expect-origin-check", "no", "--credential-model", "cookie"], "info")):
            with self.subTest(options):
                _, found, code, _ = self.judge(node("unchecked"), *options)
                weighed = {"high": 1, "medium": 1, "info": 0}[severity]
                name = "WS-CSWSH-CONFIRMED" if "cookie" in options else "WS-ORIGIN-NONE"
                self.assertEqual((found, code), ({name: severity}, weighed))

    def test_a_required_origin_is_looked_for(self):
        _, found, code, _ = self.judge(node("exact"), *OURS, "--require-origin")
        self.assertEqual((found, code), ({"WS-ORIGIN-MISSING-ALLOWED": "medium"}, 1))

    def test_late_and_odd_refusals_are_told_apart(self):
        self.check(node("late"), OURS, "lets in https://app.good.example; others for a moment", {"WS-ORIGIN-LATE-REJECT": "medium"}, 1)
        self.check(node("default401"), OURS, "lets in https://app.good.example alone", {"WS-ORIGIN-STATUS": "info"}, 0)

    def test_a_pattern_of_the_owner_is_no_finding(self):
        said, found, code, _ = self.judge(python("tornado_origins.py", "subdomains"), *OURS)
        self.assertEqual((found, code), ({"WS-ORIGIN-SUBDOMAIN": "medium", "WS-ORIGIN-PARSING": "low"}, 1), said)
        _, found, code, _ = self.judge(python("tornado_origins.py", "subdomains"), *OURS,
                                       "--allowed-origin", "https://*.good.example")
        self.assertNotIn("WS-ORIGIN-SUBDOMAIN", found)
        self.assertEqual(code, 0, found)

    def test_an_origin_that_is_not_let_in_is_no_basis(self):
        with server(node("exact")) as url:
            run = subprocess.run([WSPROOF, "origin", url, "--no-config", "--allowed-origin", "https://other.example"],
                                 timeout=60, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True, check=False)
        self.assertEqual(run.returncode, 3, run.stdout)
        self.assertIn("403", run.stdout)
        self.assertIn("--allowed-origin", run.stdout)

    def test_it_takes_seconds(self):
        began = time.monotonic()
        report_of("origin", node("unchecked"))
        self.assertLess(time.monotonic() - began, 5)


if __name__ == "__main__":
    unittest.main(verbosity=2)
