#!/usr/bin/env python3
"""Every row of the table of exit codes in docs/gate.md is produced here, and which one wins of two."""
import json
import os
import re
import signal
import time
import unittest

from kit import CliTest, SOURCE, WSPROOF, alternating, unused_port

FEW = ("-s", "framing/unmasked-frame", "-s", "opening/plain", "-r", "none")
FAULT = ("--fault", "accepts-unmasked")
MORTAL = os.path.join(SOURCE, "tests/cli/mortal.py")

DYING = ("--spawn", "exec python3 %s {port}" % MORTAL, "--restart", "never", "-j", "1", "-s", "control/unsolicited-pong")

WRONG = """// a case that no correct server passes
{ "says": "A server answers a Ping with a text.", "rule": "6455/5.5.2/ping-answered", "faults": ["never-answers-pings"],
  "steps": [ "open", { "send": { "ping": "x" } }, { "expect": { "text": "x" } } ] }"""

# code, what happens, and the test below that produces it
ROWS = ((0, "nothing breaks the gate", "honest"), (0, "nothing matches, and that is allowed", "allowed_empty"),
        (1, "a failure", "failure"), (1, "a regression", "regression"), (1, "a verdict differs", "replayed_otherwise"),
        (2, "a flag", "flag"), (2, "a config key", "config"), (2, "an expression", "expression"), (2, "a baseline", "baseline"),
        (3, "nobody listens", "nobody"), (3, "no 101", "no_websocket"), (4, "it dies", "dies"), (5, "a finding", "finding"),
        (6, "a case is wrong", "broken"), (7, "nothing matches", "nothing"), (7, "too few cases", "too_few"),
        (7, "fewer than in the baseline", "shrunk"), (7, "the time is over", "out_of_time"), (7, "flaky", "flaky"),
        (7, "no report", "unwritable"), (130, "SIGINT", "sigint"), (143, "SIGTERM", "sigterm"))

# code, the two that apply, and the test below that produces both
BOTH = ((2, "usage over all that was to run", "flag_and_nobody"), (3, "unreachable over incomplete", "nobody_and_too_few"),
        (4, "lost over failed", "dies_and_failure"), (5, "finding over incomplete", "finding_and_unwritable"),
        (6, "internal over failed", "broken_and_failure"), (1, "failed over incomplete", "failure_and_too_few"))


class ExitCodes(CliTest):
    def remove(self, name):
        if os.path.exists(self.path(name)):
            os.remove(self.path(name))

    def run_on(self, url, *words, **variables):
        return self.run_wsproof(url, *FEW, *words, **variables)

    def on_echo(self, faults, *words):
        with self.echo(*faults) as url:
            return self.run_on(url, *words)

    def honest(self):
        return self.on_echo(())

    def allowed_empty(self):
        return self.run_wsproof("ws://127.0.0.1:9/", "-s", "opening/plain", "-s", "!opening/*", "--allow-empty")

    def failure(self, *words):
        return self.on_echo(FAULT, *words)

    def two_reports(self):
        self.on_echo((), "-r", "json=good.json", "--keep-transcripts", "all")
        self.on_echo(FAULT, "-r", "json=bad.json")

    def regression(self):
        self.two_reports()
        return self.run_wsproof("diff", "good.json", "bad.json")

    def replayed_otherwise(self):
        self.two_reports()
        with open(self.path("bad.json"), encoding="utf-8") as file:
            report = json.load(file)
        for result in report["results"]:
            result["verdict"] = "pass"
        self.write("forged.json", json.dumps(report))
        return self.run_wsproof("replay", "forged.json")

    def flag(self):
        return self.run_wsproof("ws://127.0.0.1:1/", "--no-such-flag")

    def config(self):
        self.write("wsproof.toml", "[run]\nno_such_key = 1\n")
        run = self.run_on("ws://127.0.0.1:1/")
        os.remove(self.path("wsproof.toml"))
        return run

    def expression(self):
        return self.run_wsproof("ws://127.0.0.1:1/", "-s", "no/such-case")

    def baseline(self):
        return self.run_on("ws://127.0.0.1:1/", "--baseline", "none.toml")

    def nobody(self, *words):
        return self.run_on("ws://127.0.0.1:%d/" % unused_port(), *words)

    def no_websocket(self):
        return self.run_wsproof("--spawn", "exec python3 -m http.server {port} --bind 127.0.0.1", "--ready", "tcp", *FEW)

    def dies(self, *words):
        return self.run_wsproof(*DYING, "-r", "none", *words)

    def finding(self, *words):
        with self.echo("--fault", "accepts-rsv2") as url:
            return self.run_wsproof("fuzz", url, "--for", "20s", "--stop-after", "1", "--no-minimize", *(words or ("-r", "none")))

    def broken(self):
        os.makedirs(self.path("mine"), exist_ok=True)
        self.write("mine/wrong.jsonc", WRONG)
        return self.run_wsproof("self-test", "--cases", "mine", "mine/wrong")

    def nothing(self, *words):
        return self.run_wsproof("ws://127.0.0.1:9/", "-s", "opening/plain", "-s", "!opening/*", *words)

    def too_few(self, *words):
        return self.on_echo((), "--min-cases", "5000", *words)

    def shrunk(self):
        self.write("known.toml", "format = 1\n[judged]\necho = 5000\n")
        return self.on_echo((), "--name", "echo", "--baseline", "known.toml")

    def out_of_time(self):
        with self.echo() as url:
            run = self.run_wsproof(url, "-j", "1", "--time-budget", "1ms", "-r", "json=cut.json")
        with open(self.path("cut.json"), encoding="utf-8") as file:
            report = json.load(file)
        self.assertEqual(report["run"]["state"], "budget-spent")
        self.assertIn("budget", {result.get("skip_reason") for result in report["results"]})
        return run

    def flaky(self):
        with self.echo() as good, self.echo(*FAULT) as bad, alternating(bad, good) as url:
            self.assert_exit(self.run_on(url, "-j", "1", "--retries", "1"), 0)
            return self.run_on(url, "-j", "1", "--retries", "1", "--fail-on-flaky")

    def unwritable(self):
        self.write("file", "")
        return self.on_echo((), "-r", "json=file/report.json")

    def interrupted(self, number):
        self.remove("j.ndjson")
        with self.echo() as url:
            process = self.start("test", url, "-j", "1", "--delivery", "bytewise", "-r", "json=report.json", "--journal", "j.ndjson")
            deadline = time.monotonic() + 30
            while time.monotonic() < deadline and not (os.path.exists(self.path("j.ndjson")) and os.path.getsize(self.path("j.ndjson"))):
                time.sleep(0.005)
            process.send_signal(number)
            process.stdout, process.stderr = process.communicate(timeout=60)
        self.assertTrue(os.path.exists(self.path("report.json")))
        return process

    def sigint(self):
        return self.interrupted(signal.SIGINT)

    def sigterm(self):
        return self.interrupted(signal.SIGTERM)

    def flag_and_nobody(self):
        return self.run_on("ws://127.0.0.1:%d/" % unused_port(), "--no-such-flag")

    def nobody_and_too_few(self):
        return self.nobody("--min-cases", "5000")

    def dies_and_failure(self):
        run = self.dies("--fail-on", "any", "-r", "json=dead.json")
        with open(self.path("dead.json"), encoding="utf-8") as file:
            self.assertIn("breaks", {result["gate"] for result in json.load(file)["results"]})
        return run

    def finding_and_unwritable(self):
        # The folder takes the place of the report while the campaign is under way.
        server = "mkdir -p out/report.json/x; exec %s echo --port {port} --fault accepts-rsv2" % WSPROOF
        os.mkdir(self.path("out"))
        run = self.run_wsproof("fuzz", "--spawn", server, "--for", "20s", "--stop-after", "1", "--no-minimize", "-r", "json=out/report.json")
        self.assertIn("cannot write out/report.json", run.stderr)
        return run

    def broken_and_failure(self):
        self.on_echo(FAULT, "-r", "json=bad.json")
        with open(self.path("bad.json"), encoding="utf-8") as file:
            report = json.load(file)
        next(result for result in report["results"] if result["verdict"] == "pass")["verdict"] = "broken"
        self.write("forged.json", json.dumps(report))
        return self.run_wsproof("merge", "forged.json", "-r", "none")

    def failure_and_too_few(self):
        return self.failure("--min-cases", "5000")

    def test_every_row(self):
        for code, what, name in ROWS + BOTH:
            with self.subTest(what):
                self.assert_exit(getattr(self, name)(), code)

    def test_only_1_5_and_7_are_forgiven(self):
        self.assert_exit(self.failure("--exit-zero"), 0)
        self.assert_exit(self.too_few("--exit-zero"), 0)
        self.assert_exit(self.finding("--exit-zero", "-r", "none"), 0)
        self.assert_exit(self.nobody("--exit-zero"), 3)
        self.assert_exit(self.dies("--exit-zero"), 4)

    def test_the_documents_have_the_same_table(self):
        told = self.run_wsproof("help", "exit-codes").stdout
        with open(os.path.join(SOURCE, "docs/gate.md"), encoding="utf-8") as file:
            documented = set(re.findall(r"\d+", " ".join(re.findall(r"^\| ([\d, ]+) \|", file.read(), re.MULTILINE))))
        produced = {str(code) for code, _, _ in ROWS}
        self.assertEqual(produced, documented)
        self.assertEqual(produced, set(re.findall(r"^ +(\d+)  ", told, re.MULTILINE)))


if __name__ == "__main__":
    unittest.main()
