#!/usr/bin/env python3
"""What a campaign leaves: a report that can be rendered again, and commands that play its findings again."""
import json
import shlex
import unittest

from kit import CliTest, SEED, WSPROOF

REPORT = "wsproof-report/report.json"


class Campaigns(CliTest):
    def fuzz(self, url, *words):
        return self.run_wsproof("fuzz", url, "--for", "3s", "--stop-after", "1", "--phase", "frames", "--seed", SEED, *words)

    def report(self, name=REPORT):
        with open(self.path(name), encoding="utf-8") as file:
            return json.load(file)

    def test_a_finding_is_told_and_played_again_by_its_command(self):
        with self.echo("--fault", "accepts-rsv1") as url:
            run = self.fuzz(url)
            self.assert_exit(run, 5)
            last = run.stdout.splitlines()[-1]
            self.assertRegex(last, r"^[0-9,]+ sessions?, [0-9,]+ exchanges? in .*states?; 1 finding   exit 5 \(a new finding\)$")
            finding = self.report()["fuzzing"]["findings"][0]
            self.assertIn(finding["id"], run.stdout)
            again = next(line.split("rerun", 1)[1].strip() for line in run.stdout.splitlines() if " rerun " in line)
            self.assertEqual(again, "wsproof replay %s %s --seed 00c0ffee5eed0001" % (finding["file"], url))
            self.assert_exit(self.run_wsproof(*shlex.split(again)[1:]), 1)
        with self.echo() as url:
            self.assert_exit(self.run_wsproof("replay", finding["file"], url), 0)

    def test_a_spawned_server_is_spawned_again(self):
        server = "exec %s echo --fault accepts-rsv1 --port {port}" % WSPROOF
        run = self.run_wsproof("fuzz", "--spawn", server, "--for", "3s", "--stop-after", "1", "--phase", "frames")
        self.assert_exit(run, 5)
        again = next(line.split("rerun", 1)[1].strip() for line in run.stdout.splitlines() if " rerun " in line)
        self.assert_exit(self.run_wsproof(*shlex.split(again)[1:]), 1)

    def test_its_report_is_rendered_again_in_every_format(self):
        with self.echo("--fault", "accepts-rsv1") as url:
            run = self.fuzz(url, "-r", "json", "-r", "html", "-r", "text", "-r", "sarif")
            self.assert_exit(run, 5)
        formats = ("json", "html", "text", "sarif")
        again = self.run_wsproof("report", REPORT, *("-r%s=again.%s" % (name, name) for name in formats), "-rautobahn=autobahn")
        self.assert_exit(again, 5)
        for name in formats:
            first = "wsproof-report/report." + {"text": "txt"}.get(name, name)
            with open(self.path(first), encoding="utf-8") as one, open(self.path("again." + name), encoding="utf-8") as two:
                self.assertEqual(one.read(), two.read(), name)
        printed = self.run_wsproof("report", REPORT)
        self.assert_exit(printed, 5)
        self.assertEqual(printed.stdout.splitlines()[-1], run.stdout.splitlines()[-1])
        with open(self.path("again.sarif"), encoding="utf-8") as file:
            results = json.load(file)["runs"][0]["results"]
        self.assertEqual([result["properties"]["finding"] for result in results if "finding" in result["properties"]],
                         [finding["id"] for finding in self.report()["fuzzing"]["findings"] if finding["confirmed"]])

    def test_what_cannot_be_done_with_it_is_said_in_one_line(self):
        with self.echo("--fault", "accepts-rsv1") as url:
            self.assert_exit(self.fuzz(url), 5)
        for words in (("merge", REPORT, REPORT), ("merge", REPORT, REPORT, "--force")):
            merged = self.run_wsproof(*words)
            self.assert_exit(merged, 2)
            self.assert_one_line(merged.stderr, REPORT, "reports of campaigns cannot be merged")
        replayed = self.run_wsproof("replay", REPORT)
        self.assert_exit(replayed, 2)
        self.assert_one_line(replayed.stderr, REPORT, "played again from their files", "wsproof replay FILE URL")

    def test_a_campaign_that_finds_nothing_breaks_nothing(self):
        with self.echo() as url:
            run = self.run_wsproof("fuzz", url, "--runs", "50", "--phase", "frames")
            self.assert_exit(run, 0)
        self.assertIn("; 0 findings   exit 0", run.stdout.splitlines()[-1])
        self.assertEqual(self.report()["gate"]["verdict"], "ok")
        self.assert_exit(self.run_wsproof("report", REPORT), 0)


if __name__ == "__main__":
    unittest.main()
