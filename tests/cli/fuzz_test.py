#!/usr/bin/env python3
"""`wsproof fuzz` and `wsproof shrink` as a user sees them: findings, files, exit codes, signals."""
import json
import os
import signal
import sys
import time
import unittest

from kit import CliTest, unused_port

MORTAL = os.path.join(os.path.dirname(os.path.abspath(__file__)), "mortal.py")


class Fuzz(CliTest):
    def fuzz(self, *words, **options):
        return self.run_wsproof("fuzz", *words, "--no-config", "-r", "json", **options)

    def fuzzing(self):
        with open(self.path("wsproof-report/report.json"), encoding="utf-8") as file:
            return json.load(file)["fuzzing"]

    def test_an_honest_server_is_left_alone(self):
        with self.echo() as url:
            run = self.fuzz(url, "--runs", "2000", "--model", "strict")
            self.assert_exit(run, 0)
            again = self.fuzz(url, "--runs", "2000", "--model", "strict")
        self.assert_exit(again, 0)
        told = self.fuzzing()
        self.assertEqual(told["sessions"], 2000)
        self.assertEqual(told["findings"], [])
        self.assertGreater(told["coverage"], 100)

    def test_a_finding_is_a_case_that_can_be_played_again_and_made_smaller(self):
        with self.echo("--fault", "accepts-rsv2") as url:
            run = self.fuzz(url, "--for", "20s", "--stop-after", "1")
            self.assert_exit(run, 5)
            finding = self.fuzzing()["findings"][0]
            self.assertTrue(finding["confirmed"])
            self.assertLessEqual(finding["frames"], 5)
            self.assertIn("accepts-rsv2", finding["faults"])
            path = self.path(finding["file"])
            self.assertTrue(os.path.getsize(path.replace(".jsonc", ".bin")) > 0)
            replay = self.run_wsproof("replay", path, url, "--no-config")
            self.assert_exit(replay, 1)
            shrunk = self.run_wsproof("shrink", path, url, "--no-config")
            self.assert_exit(shrunk, 0)
            self.assertIn(".min.jsonc", shrunk.stdout)
            smaller = path.replace(".jsonc", ".min.jsonc")
            self.assert_exit(self.run_wsproof("replay", smaller, url, "--no-config"), 1)
            regression = self.fuzz(url, "--runs", "1", "--regressions", os.path.dirname(path))
            self.assert_exit(regression, 5)
        with self.echo() as url:
            self.assert_exit(self.run_wsproof("replay", path, url, "--no-config"), 0)
            self.assert_exit(self.fuzz(url, "--runs", "1", "--regressions", os.path.dirname(path)), 0)
            nothing = self.run_wsproof("shrink", path, url, "--no-config")
            self.assert_exit(nothing, 0)
            self.assertIn("nothing wrong", nothing.stdout)

    def test_a_wrong_101_is_a_finding(self):
        with self.echo("--fault", "accept-with-wrong-guid") as url:
            run = self.fuzz(url, "--for", "20s", "--stop-after", "1")
            self.assert_exit(run, 5)
            finding = self.fuzzing()["findings"][0]
            self.assertTrue(finding["confirmed"])
            self.assertEqual(finding["frames"], 0)
            self.assert_exit(self.run_wsproof("replay", self.path(finding["file"]), url, "--no-config"), 1)

    def test_what_a_finding_leaves_behind_has_no_secrets(self):
        with self.echo("--fault", "accepts-rsv2") as url:
            run = self.fuzz(url, "-H", "Authorization: Bearer k3y-of-the-house", "--for", "20s", "--stop-after", "1")
        self.assert_exit(run, 5)
        self.assertNotIn("k3y-of-the-house", run.stdout + run.stderr)
        kept = []
        for folder, _, names in os.walk(self.path("wsproof-report")):
            kept += [os.path.join(folder, name) for name in names]
        self.assertGreaterEqual(len(kept), 3)
        for path in kept:
            with open(path, "rb") as file:
                self.assertNotIn(b"k3y-of-the-house", file.read(), path)

    def test_the_session_that_ends_the_server_is_named_and_the_campaign_goes_on(self):
        command = "%s %s {port}" % (sys.executable, MORTAL)
        run = self.fuzz("--spawn", command, "--runs", "200", "--phase", "close", "--seed", "3", "-j", "4")
        told = self.fuzzing()
        crashes = [finding for finding in told["findings"] if finding["harm"] == "crash"]
        self.assertTrue(crashes, run.stderr)
        self.assertTrue(crashes[0]["confirmed"], crashes)
        self.assertIn("exited with 3", crashes[0]["signature"])
        self.assertEqual(crashes[0]["frames"], 1)
        with open(self.path(crashes[0]["file"]), encoding="utf-8") as file:
            self.assertIn('"pong"', file.read())
        self.assertGreater(told["restarts"], 0)
        self.assertEqual(told["sessions"], 200)
        self.assert_exit(run, 5)

    def test_a_signal_ends_it_with_a_valid_report(self):
        with self.echo() as url:
            process = self.start("fuzz", url, "--no-config", "--for", "60s", "-r", "json")
            time.sleep(1.5)
            process.send_signal(signal.SIGINT)
            out, err = process.communicate(timeout=30)
        self.assertEqual(process.returncode, 130, out + err)
        self.assertGreater(self.fuzzing()["sessions"], 0)

    def test_a_corpus_is_kept_and_built_on(self):
        with self.echo() as url:
            self.assert_exit(self.fuzz(url, "--runs", "300", "--corpus", "corpus"), 0)
            kept = os.listdir(self.path("corpus"))
            self.assertGreater(len(kept), 20)
            self.assert_exit(self.fuzz(url, "--runs", "300", "--corpus", "corpus"), 0)
            self.assertGreater(len(os.listdir(self.path("corpus"))), len(kept))

    def test_what_is_known_does_not_count(self):
        options = ("--runs", "2000", "--baseline", "known.toml")
        with self.echo("--fault", "accepts-rsv2") as url:
            self.assert_exit(self.fuzz(url, "--runs", "2000"), 5)
            update = self.run_wsproof("baseline", "update", "--baseline", "known.toml")
            self.assert_exit(update, 0)
            self.assertIn("known.toml", update.stdout)
            run = self.fuzz(url, *options, "-r", "junit", "-r", "sarif", "-r", "html")
            self.assert_exit(run, 0)
            self.assertIn("known by the baseline", run.stdout)
            self.assertEqual({finding["known"] for finding in self.fuzzing()["findings"]}, {"TODO"})
            with open(self.path("wsproof-report/report.json"), encoding="utf-8") as file:
                self.assertEqual({result["gate"] for result in json.load(file)["results"]}, {"known"})
            self.assertIn("say why", run.stderr)
            self.assert_exit(self.run_wsproof("baseline", "check", "--baseline", "known.toml"), 0)
        with self.echo("--fault", "accepts-rsv3") as url:
            self.assert_exit(self.fuzz(url, *options, "--stop-after", "1"), 5)
            self.assertFalse([finding for finding in self.fuzzing()["findings"] if "known" in finding])

    def test_corpora_are_merged_without_a_server(self):
        with self.echo() as url:
            for folder, seed in (("here", "1"), ("there", "2")):
                self.assert_exit(self.fuzz(url, "--runs", "300", "--corpus", folder, "--seed", seed), 0)
        here, there = (len(os.listdir(self.path(folder))) for folder in ("here", "there"))
        merged = self.run_wsproof("fuzz", "--corpus", "here", "--merge", "there")
        self.assert_exit(merged, 0)
        added = len(os.listdir(self.path("here"))) - here
        self.assertGreater(added, 0)
        self.assertLess(added, there)
        self.assertIn("%d of %d sessions added to here" % (added, there), merged.stdout)
        again = self.run_wsproof("fuzz", "--corpus", "here", "--merge", "there")
        self.assert_exit(again, 0)
        self.assertIn("0 of %d sessions added" % there, again.stdout)

    def test_without_the_model_only_harm_is_a_finding(self):
        with self.echo("--fault", "accepts-rsv2") as url:
            self.assert_exit(self.fuzz(url, "--runs", "2000", "--model", "off"), 0)
        command = "%s %s {port}" % (sys.executable, MORTAL)
        run = self.fuzz("--spawn", command, "--runs", "200", "--phase", "close", "--seed", "3", "-j", "4", "--model", "off")
        self.assert_exit(run, 5)
        self.assertEqual({finding["harm"] for finding in self.fuzzing()["findings"]}, {"crash"})

    def test_seeds_are_only_read(self):
        with self.echo() as url:
            self.assert_exit(self.fuzz(url, "--runs", "300", "--corpus", "seeds"), 0)
            seeds = sorted(os.listdir(self.path("seeds")))
            self.assert_exit(self.fuzz(url, "--runs", "300", "--seeds", "seeds", "--dict", self.write("dict", "word=\"sesame\"")), 0)
            self.assertEqual(sorted(os.listdir(self.path("seeds"))), seeds)

    def test_bad_usage_is_told_in_one_line(self):
        with self.echo() as url:
            for words, told in ((["--rss-limit", "much"], "512M"), (["--regressions", "nowhere"], "nowhere"),
                                (["--for", "soon"], "for"), (["--cov", "nowhere"], "nowhere"),
                                (["--merge", "nowhere"], "--corpus"), (["--merge", "nowhere", "--corpus", "c"], "nowhere"),
                                (["--seeds", "nowhere"], "nowhere"), (["--dict", self.write("dict", "\"a\"\nb")], "line 2")):
                with self.subTest(words):
                    run = self.fuzz(url, *words)
                    self.assert_exit(run, 2)
                    self.assert_one_line(run.stderr, told)
        run = self.run_wsproof("shrink", "nothing.jsonc", "ws://127.0.0.1:1/", "--no-config")
        self.assert_exit(run, 2)
        self.assert_one_line(run.stderr, "nothing.jsonc")

    def test_nobody_there(self):
        run = self.fuzz("ws://127.0.0.1:%d/" % unused_port(), "--for", "1s")
        self.assert_exit(run, 3)


if __name__ == "__main__":
    unittest.main()
