#!/usr/bin/env python3
"""`wsproof origin`, and what becomes of its findings: in shards, journals, SARIF, and with an option wrong."""
import json
import re
import unittest

from kit import CliTest

ALLOWED = "https://app.good.example"
PREFIX = ("--allowed-origin", ALLOWED, "--fault", "matches-origin-by-prefix")


class Origin(CliTest):
    def report(self, name):
        with open(self.path(name), encoding="utf-8") as file:
            return json.load(file)

    def ids(self, name):
        return [finding["id"] for finding in self.report(name)["findings"]]

    def test_the_honest_server_has_no_findings(self):
        with self.echo("--allowed-origin", ALLOWED) as url:
            run = self.run_wsproof("origin", url, "--allowed-origin", ALLOWED, "-r", "json=one.json")
            self.assert_exit(run, 0)
            self.assertIn("lets in https://app.good.example alone", run.stdout)
            self.assertEqual(self.ids("one.json"), [])

    def test_a_mistake_is_told_with_its_cure_and_breaks_the_gate(self):
        with self.echo(*PREFIX) as url:
            run = self.run_wsproof("origin", url, "--allowed-origin", ALLOWED, "-v")
            self.assert_exit(run, 1)
            for words in ("WS-ORIGIN-PREFIX", "Compare the whole origin", "https://app.good.example.evil.example (101)",
                          "npm ws", "1 security finding"):
                self.assertIn(words, run.stdout)
            self.assert_exit(self.run_wsproof("origin", url, "--allowed-origin", ALLOWED, "--fail-on-severity", "high"), 0)

    def test_files_are_written_only_when_asked_for(self):
        with self.echo() as url:
            self.assert_exit(self.run_wsproof("origin", url), 0)
        self.assertRaises(FileNotFoundError, self.report, "wsproof-report/report.json")

    def test_the_origin_of_the_url_is_taken(self):
        with self.echo() as url:
            run = self.run_wsproof("origin", url)
            self.assert_exit(run, 0)
            self.assertIn("lets in every origin", run.stdout)
            self.assertRegex(re.sub(r"\s+", " ", run.stdout), r"allowed origin http://127\.0\.0\.1:\d+ was taken from the URL")

    def test_test_judges_it_only_where_an_origin_is_allowed(self):
        with self.echo(*PREFIX) as url:
            few = (url, "-s", "origin/**", "--exit-zero")
            self.assert_exit(self.run_wsproof(*few, "-r", "json=none.json"), 0)
            self.assertNotIn("findings", self.report("none.json"))
            self.assert_exit(self.run_wsproof(*few, "--allowed-origin", ALLOWED, "-r", "json=one.json"), 0)
            self.assertEqual(self.ids("one.json"), ["WS-ORIGIN-PREFIX"])
            gated = self.run_wsproof(url, "-s", "origin/**", "--allowed-origin", ALLOWED, "--fail-on", "never",
                                     "--fail-on-severity", "medium")
            self.assert_exit(gated, 1)

    def test_shards_come_to_the_findings_of_the_whole(self):
        with self.echo(*PREFIX) as url:
            common = ("test", url, "-s", "origin/**", "--allowed-origin", ALLOWED, "--exit-zero", "-q")
            self.assert_exit(self.run_wsproof(*common, "-r", "json=whole.json"), 0)
            for part in (1, 2, 3):
                self.assert_exit(self.run_wsproof(*common, "--shard", "%d/3" % part, "-r", "json=%d.json" % part), 0)
        self.assert_exit(self.run_wsproof("merge", "1.json", "2.json", "3.json", "-r", "json=merged.json", "-q"), 0)
        whole, merged = self.report("whole.json"), self.report("merged.json")
        self.assertEqual(merged["findings"][0]["id"], "WS-ORIGIN-PREFIX")
        self.assertEqual(merged["security"]["origin_policy"], whole["security"]["origin_policy"])
        self.assertEqual(len(merged["findings"][0]["evidence"]), len(whole["findings"][0]["evidence"]))
        self.assertTrue(merged["findings"][0]["confirmed"])

    def test_a_journal_keeps_them(self):
        with self.echo(*PREFIX) as url:
            self.run_wsproof("origin", url, "--allowed-origin", ALLOWED, "--journal", "run.ndjson", "-q")
        self.assert_exit(self.run_wsproof("report", "run.ndjson", "-r", "json=again.json", "-q"), 0)
        self.assertEqual(self.ids("again.json"), ["WS-ORIGIN-PREFIX"])

    def test_fingerprints_are_the_same_in_every_run(self):
        with self.echo(*PREFIX) as url:
            prints = []
            for name in ("one.sarif", "two.sarif"):
                self.run_wsproof("origin", url, "--allowed-origin", ALLOWED, "-r", "sarif=" + name, "-q",
                                 "--sarif-location", "src/server.ts:42")
                results = self.report(name)["runs"][0]["results"]
                prints.append([result["partialFingerprints"] for result in results])
                for result in results:
                    place = result["locations"][0]["physicalLocation"]
                    self.assertEqual(place["artifactLocation"]["uri"], "src/server.ts")
                    self.assertEqual(place["region"]["startLine"], 42)
            self.assertEqual(*prints)
            self.assertTrue(prints[0])

    def test_the_command_that_repeats_it_does(self):
        with self.echo(*PREFIX) as url:
            run = self.run_wsproof("origin", url, "--allowed-origin", ALLOWED)
            words = re.search(r"rerun +wsproof (.*)", run.stdout).group(1).replace("'", "").split()
            again = self.run_wsproof(*words, "--fail-on", "any", "-r", "none")
            self.assert_exit(again, 1)

    def test_findings_are_explained(self):
        run = self.run_wsproof("explain", "WS-ORIGIN-PREFIX")
        self.assert_exit(run, 0)
        for words in ("app.good.example.evil.example", "CWE-183", "origin/longer-host-refused", "gorilla/websocket"):
            self.assertIn(words, run.stdout)
        self.assertNotIn("{", run.stdout)

    def test_what_cannot_be_an_option_is_said_in_one_line(self):
        for words, parts in ((("--allowed-origin", "app.example"), ("--allowed-origin", "no origin", "https://")),
                             (("--allowed-origin", "https://app.example/"), ("nothing behind it",)),
                             (("--canary-send", "x"), ("--canary-expect",)),
                             (("--cookie", "a=\x07"), ("control byte",)),
                             (("--credential-model", "cookies"), ("cookie",)),
                             (("-r", "sarif=x", "--sarif-location", "/etc/passwd"), ("relative",))):
            run = self.run_wsproof("origin", "ws://127.0.0.1:9/", *words)
            self.assert_exit(run, 2)
            self.assert_one_line(run.stderr, *parts)


if __name__ == "__main__":
    unittest.main()
