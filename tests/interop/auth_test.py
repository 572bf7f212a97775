#!/usr/bin/env python3
"""Plays the auth cases against servers over other people's libraries that know their users rightly, or wrongly in a known
way: which variants fail has to be what the mistake lets in, and nothing else."""
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
TOKEN = "a-token-of-the-test-account"


class Results(dict):
    """The verdict of every auth variant that was played, and the ids of what was found."""

    findings = frozenset()


def results_of(command, *options):
    """Plays the auth cases against a server of a test."""
    port = free_port()
    environment = dict(os.environ, NODE_PATH=os.path.join(BUILD, "node_modules"))
    with serving(command[1], [*command[:2], str(port), *command[2:]], port, env=environment), \
            tempfile.TemporaryDirectory() as folder:
        path = os.path.join(folder, "report.json")
        options = [option.replace("PORT", str(port)) for option in options]
        subprocess.run([WSPROOF, "test", "ws://127.0.0.1:%d/" % port, "--no-config", "--progress", "none", "-q", "-s", "auth/**",
                        *options, "-r", "json=" + path, "--exit-zero"], check=True, timeout=120, stdout=subprocess.DEVNULL)
        with open(path, encoding="utf-8") as file:
            report = json.load(file)
    results = Results((result["case"].removeprefix("auth/"), result["verdict"]) for result in report["results"]
                      if result["verdict"] != "skipped")
    results.findings = {finding["id"] for finding in report.get("findings", [])}
    return results


def node(mode, *options):
    return results_of(["node", os.path.join(HERE, "auth", "ws.js"), mode], *options)


def by_cookie(mode, *options):
    return node(mode, "--auth-scheme", "cookie", "-b", "__Host-sid=" + TOKEN, "--canary-send", "who am I", "--canary-expect",
                "who am I", *options)


def by_ticket(mode):
    fetch = "%s -c \"import urllib.request; print(urllib.request.urlopen('http://127.0.0.1:PORT/ticket').read().decode())\""
    return node(mode, "--auth-scheme", "query", "--ticket-command", fetch % sys.executable)


def by_first_message(mode):
    script = os.path.join(HERE, "auth", "websockets_first_message.py")
    return results_of(["/usr/bin/python3", script, mode], "--auth-scheme", "first-message", "--auth-token", TOKEN, "--auth-timeout",
                      "2s", "--canary-send", "who am I", "--canary-expect", "you are known")


def with_verdict(results, verdict):
    return {case for case, found in results.items() if found == verdict}


class Right(unittest.TestCase):
    def check(self, results, at_least):
        self.assertGreaterEqual(len(results), at_least)
        for verdict in ("fail", "inconclusive", "broken"):
            self.assertEqual(with_verdict(results, verdict), set())

    def test_cookie(self):
        results = by_cookie("cookie")
        self.check(results, 15)
        self.assertEqual(with_verdict(results, "lenient"), set())

    def test_tickets_that_are_good_once(self):
        results = by_ticket("tickets-once")
        self.check(results, 12)
        self.assertEqual(results["query-ticket-used-twice#behind"], "pass")
        self.assertEqual(results["query-ticket-used-twice#beside"], "pass")
        self.assertNotIn("WS-AUTH-TICKET-REPLAY", results.findings)

    def test_first_message(self):
        self.check(by_first_message("right"), 14)


class Wrong(unittest.TestCase):
    def test_a_cookie_of_any_value(self):
        wrong = with_verdict(by_cookie("cookie-of-any-value"), "fail")
        self.assertLessEqual({"cookie-required#unknown", "cookie-required#truncated", "cookie-with-foreign-origin#foreign"}, wrong)
        self.assertNotIn("cookie-required#none", wrong)
        self.assertNotIn("cookie-canary", wrong)

    def test_a_cookie_from_pages_of_others(self):
        self.assertEqual(with_verdict(by_cookie("cookie-from-anywhere"), "fail"),
                         {"cookie-with-foreign-origin#foreign", "cookie-with-foreign-origin#null"})

    def test_a_refusal_behind_the_101(self):
        results = by_cookie("cookie-too-late")
        self.assertEqual(results["cookie-required#none"], "lenient")
        self.assertEqual(results["cookie-canary"], "pass")
        self.assertEqual(results.findings, set())

    def test_a_refusal_with_another_status(self):
        results = by_cookie("cookie-or-404")
        self.assertEqual(results["cookie-required#none"], "lenient")
        self.assertEqual(with_verdict(results, "fail"), set())
        self.assertEqual(results.findings, set())

    def test_a_foreign_origin_that_is_refused_behind_the_101(self):
        results = by_cookie("origin-too-late")
        self.assertEqual(results["cookie-with-foreign-origin#foreign"], "lenient")
        self.assertEqual(with_verdict(results, "fail"), set())

    def test_the_cookie_of_a_login_page(self):
        results = by_cookie("cookie", "--login-url", "http://127.0.0.1:PORT/login")
        self.assertEqual(with_verdict(results, "fail"), {"cookie-of-login#http-only", "cookie-of-login#same-site"})
        self.assertEqual(results.findings, {"WS-AUTH-COOKIE-HTTPONLY", "WS-AUTH-COOKIE-SAMESITE"})
        self.assertEqual(results["cookie-of-login#secure"], "pass")
        self.assertEqual(results["cookie-of-login#prefix"], "pass")

    def test_tickets_that_are_good_for_ever(self):
        results = by_ticket("tickets-again")
        self.assertEqual(with_verdict(results, "fail"), {"query-ticket-used-twice#behind", "query-ticket-used-twice#beside"})
        self.assertEqual(results.findings, {"WS-AUTH-TICKET-REPLAY"})

    def test_messages_that_are_served_before_the_token(self):
        wrong = with_verdict(by_first_message("serves-first"), "fail")
        self.assertLessEqual({"first-message-canary#alone", "first-message-required#unknown", "first-message-in-time"}, wrong)

    def test_a_time_that_starts_anew(self):
        results = by_first_message("restarts")
        self.assertEqual(with_verdict(results, "fail"), set())
        self.assertEqual(results["first-message-guesses"], "lenient")
        self.assertEqual(results["first-message-canary#and-token"], "pass")


if __name__ == "__main__":
    unittest.main(verbosity=2)
