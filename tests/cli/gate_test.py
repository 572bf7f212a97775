#!/usr/bin/env python3
"""The gate: known failures, what became of them, and how few cases may be judged."""
import json
import os
import unittest

from kit import CliTest, alternating

FEW = ("-s", "control/ping-answered", "-s", "framing/unmasked-frame", "-s", "opening/plain")
NONE = ("-r", "none")


class Baseline(CliTest):
    def read(self, name="known.toml"):
        with open(self.path(name), encoding="utf-8") as file:
            return file.read()

    def report(self, name):
        with open(self.path(name), encoding="utf-8") as file:
            return json.load(file)

    def test_what_is_known_does_not_break_the_gate_until_it_fails_otherwise(self):
        with self.echo("--fault", "accepts-unmasked") as url:
            self.assert_exit(self.run_wsproof(url, *FEW, "--name", "echo", "-r", "json=report.json"), 1)
            update = self.run_wsproof("baseline", "update", "report.json", "--baseline", ".wsproof/known.toml")
            self.assert_exit(update, 0)
            self.assertIn("do not say why", update.stderr)
            text = self.read(".wsproof/known.toml")
            self.assertIn('why       = "TODO"', text)
            self.assertIn("[judged]", text)
            self.write(".wsproof/known.toml", text.replace("TODO", "tracked in #214"))
            run = self.run_wsproof(url, *FEW, "--name", "echo", "-r", "json=again.json", "-r", "tap=again.tap",
                                   WSPROOF_BASELINE=".wsproof/known.toml")
            self.assert_exit(run, 0)
            self.assertRegex(run.stdout.splitlines()[-1], r"[1-9]\d* known, 0 fixed, 0 expired .* exit 0")
            self.assertIn("tracked in #214", run.stdout)
            again = self.report("again.json")
            self.assertIn("known", {result["gate"] for result in again["results"]})
            self.assertEqual(again["gate"]["broke"], [])
            self.assertIn("# TODO known: tracked in \\#214", self.read("again.tap"))
            # Another target's failures are its own.
            self.assert_exit(self.run_wsproof(url, *FEW, *NONE, "--name", "other", "--baseline", ".wsproof/known.toml"), 1)
            # The same case, another failure.
            self.write(".wsproof/known.toml", self.read(".wsproof/known.toml").replace('signature = "framing/', 'signature = "another/'))
            changed = self.run_wsproof(url, *FEW, *NONE, "--name", "echo", "--baseline", ".wsproof/known.toml")
            self.assert_exit(changed, 1)
            self.assertIn("fails otherwise than line", changed.stdout)
            self.assertIn("0 known, 0 fixed, 0 expired", changed.stdout.splitlines()[-1])

    def test_what_is_fixed_is_told_and_pruned_and_the_rest_of_the_file_stays(self):
        self.write("known.toml", """# kept
format = 1   # kept, too

# goes with its entry
[[known]]
case = "framing/unmasked-frame"   # goes
signature = "*"
why = "mended meanwhile"

# stays
[[known]]
target = "elsewhere"   # stays
case = "opening/plain"
signature = "*"
why = "another server"

[[known]]
case = "no/such-case"
signature = "*"
why = \"\"\"of
old\"\"\"
""")
        with self.echo() as url:
            run = self.run_wsproof(url, *FEW, "--name", "echo", "-r", "json=report.json", "--baseline", "known.toml")
            self.assert_exit(run, 0)
            self.assertIn("0 known, 1 fixed, 0 expired, 1 stale", run.stdout.splitlines()[-1])
            self.assertIn("delete line 5 of known.toml", run.stdout)
            strict = self.run_wsproof(url, *FEW, *NONE, "--baseline", "known.toml", "--strict-baseline")
            self.assert_exit(strict, 1)
            self.assertIn("2 entries of the baseline out of date", strict.stdout)
        self.assert_exit(self.run_wsproof("baseline", "check", "report.json", "--baseline", "known.toml"), 0)
        self.assert_exit(self.run_wsproof("baseline", "check", "report.json", "--baseline", "known.toml", "--strict-baseline"), 1)
        self.assert_exit(self.run_wsproof("baseline", "prune", "report.json", "--baseline", "known.toml"), 0)
        self.assertEqual(self.read(), """# kept
format = 1   # kept, too

# stays
[[known]]
target = "elsewhere"   # stays
case = "opening/plain"
signature = "*"
why = "another server"
""")

    def test_an_entry_that_has_run_out_counts_no_longer(self):
        entry = 'format = 1\n[[known]]\ncase = "framing/unmasked-frame"\nsignature = "*"\nwhy = "soon"\nuntil = %s\n'
        self.write("old.toml", entry % "2020-02-29")
        self.write("new.toml", entry % "9999-12-31")
        with self.echo("--fault", "accepts-unmasked") as url:
            old = self.run_wsproof(url, *FEW, *NONE, "--baseline", "old.toml")
            self.assert_exit(old, 1)
            self.assertIn("counted until 2020-02-29", old.stdout)
            self.assertIn("0 known, 0 fixed, 1 expired", old.stdout.splitlines()[-1])
            self.assert_exit(self.run_wsproof(url, *FEW, *NONE, "--baseline", "new.toml"), 0)

    def test_a_run_that_has_shrunk_is_incomplete(self):
        self.write("wsproof.toml", 'format = 1\n[run]\nbaseline = "known.toml"\n[target.echo]\nurl = "ws://127.0.0.1:1/"\n')
        self.write("known.toml", "format = 1\n\n[judged]\necho = 2000   # of the whole\nother = 7\n")
        with self.echo() as url:
            run = self.run_wsproof(url, *FEW, "--name", "echo", "-r", "json=wsproof-report/report.json")
            self.assert_exit(run, 7)
            self.assertIn("2000 when the baseline was written", run.stdout)
            self.assert_exit(self.run_wsproof(url, *FEW, *NONE, "--name", "echo", "--allow-fewer"), 0)
            self.assert_exit(self.run_wsproof(url, *FEW, *NONE, "--name", "new"), 0)
        self.assert_exit(self.run_wsproof("baseline", "update"), 0)
        judged = len([one for one in self.report("wsproof-report/report.json")["results"] if one["verdict"] != "skipped"])
        self.assertEqual(self.read(), "format = 1\n\n[judged]\necho = %d   # of the whole\nother = 7\n" % judged)
        self.assert_exit(self.run_wsproof("baseline", "check"), 0)

    def test_shards_are_held_against_it_together(self):
        self.write("known.toml", 'format = 1\n[judged]\necho = 40\n[[known]]\ncase = "framing/unmasked-frame"\n'
                                 'signature = "*"\nwhy = "known"\n')
        with self.echo("--fault", "accepts-unmasked") as url:
            for shard in ("1/2", "2/2"):
                self.assert_exit(self.run_wsproof(url, *FEW, "--name", "echo", "--shard", shard, "--baseline", "known.toml",
                                                  "-r", "json=%s.json" % shard[0]), 0)
        merged = self.run_wsproof("merge", "1.json", "2.json", "-r", "none")
        self.assert_exit(merged, 7)
        self.assertIn("1 known", merged.stdout.splitlines()[-1])
        self.assert_exit(self.run_wsproof("merge", "1.json", "2.json", "-r", "none", "--baseline", "known.toml", "--allow-fewer"), 0)

    def test_what_cannot_be_used_is_named_with_its_line(self):
        known = 'format = 1\n[[known]]\ncase = "a"\nsignature = "*"\n'
        for text, *told in ((known, "known.toml:2", "needs case, signature and why"),
                            (known + 'why = "x"\nuntil = "2027-03-01"\n', "known.toml:6", "without quotes"),
                            (known + 'why = "x"\nuntill = 2027-03-01\n', "known.toml:6", "did you mean 'until'?"),
                            (known + "why = 3\n", "known.toml:5", "why: expected a string"),
                            ("format = 2\n", "known.toml:1", "format = 1"),
                            ("format = 1\nknown = [{case = 'a'}]\n", "known.toml:2", "[[known]] sections"),
                            ("format = 1\njudged = 3\n", "known.toml:2", "[judged]"),
                            ("format = 1\n[judged]\necho = -1\n", "known.toml:3", "number of cases"),
                            ("format = \n", "known.toml:1")):
            self.write("known.toml", text)
            run = self.run_wsproof("ws://127.0.0.1:1/", "--baseline", "known.toml")
            self.assert_exit(run, 2)
            self.assert_one_line(run.stderr, *told)
        for words in (("baseline", "check", "--baseline", "none.toml"), ("baseline", "burn", "--baseline", "known.toml"),
                      ("baseline", "update"), ("ws://127.0.0.1:1/", "--baseline", "none.toml")):
            run = self.run_wsproof(*words)
            self.assert_exit(run, 2)
            self.assert_one_line(run.stderr)


class PlayedAgain(CliTest):
    def test_what_passes_on_a_retry_is_flaky_everywhere(self):
        with self.echo() as good, self.echo("--fault", "accepts-unmasked") as bad, alternating(bad, good) as url:
            run = self.run_wsproof(url, *FEW, "-j", "1", "--retries", "1", "-r", "json=report.json", "-r", "ctrf=ctrf.json", "-r", "md=report.md")
            self.assert_exit(run, 0)
            worst = self.run_wsproof(url, *FEW, *NONE, "-j", "1", "--repeat", "4")
            self.assert_exit(worst, 1)
        self.assertRegex(run.stdout, r"(?m)^flaky +framing/unmasked-frame#\S+ pass; 1 of 2 plays: fail: ")
        self.assertRegex(run.stdout.splitlines()[-1], r"flaky [1-9]")
        self.assertRegex(worst.stdout, r"of 4 plays: pass")
        with open(self.path("report.json"), encoding="utf-8") as file:
            report = json.load(file)
        flaky = [result for result in report["results"] if result.get("flaky")]
        self.assertTrue(flaky)
        self.assertEqual({(result["verdict"], result["attempts"]) for result in flaky}, {("pass", 2)})
        self.assertEqual(report["summary"]["by_target"][report["targets"][0]["id"]]["must"]["flaky"], len(flaky))
        with open(self.path("ctrf.json"), encoding="utf-8") as file:
            tests = [test for test in json.load(file)["results"]["tests"] if test.get("flaky")]
        self.assertEqual([test["retries"] for test in tests], [1] * len(flaky))
        with open(self.path("report.md"), encoding="utf-8") as file:
            self.assertIn("flaky", file.read())

    def test_numbers_out_of_proportion_are_refused(self):
        for words, told in ((("--retries", "1", "--repeat", "2"), "one of them alone"), (("--repeat", "0"), "1 to 1000"),
                            (("--retries", "99999"), "0 to 1000")):
            run = self.run_wsproof("ws://127.0.0.1:1/", *words)
            self.assert_exit(run, 2)
            self.assert_one_line(run.stderr, told)


FORMATS = ("json", "html", "text", "sarif", "junit", "tap", "ctrf", "md", "csv", "badge", "metrics", "ndjson", "codequality",
           "teamcity", "pcapng", "autobahn")


class Formats(CliTest):
    def all_into(self, folder):
        return [word for name in FORMATS for word in ("-r", "%s=%s/%s" % (name, folder, name))] + ["--keep-transcripts", "all"]

    def files(self, folder):
        found = {}
        for place, _, names in os.walk(self.path(folder)):
            for name in names:
                with open(os.path.join(place, name), "rb") as file:
                    found[os.path.relpath(os.path.join(place, name), self.path(folder))] = file.read()
        return found

    def test_every_format_is_written_again_from_a_report_and_from_its_lines(self):
        with self.echo("--fault", "accepts-unmasked") as url:
            self.assert_exit(self.run_wsproof(url, *FEW, *self.all_into("run")), 1)
        self.assert_exit(self.run_wsproof("report", "run/json", *self.all_into("again")), 0)
        self.assert_exit(self.run_wsproof("report", "run/ndjson", *self.all_into("lines")), 0)
        written = self.files("run")
        self.assertGreaterEqual(len(written), len(FORMATS))
        for folder in "again", "lines":
            files = self.files(folder)
            self.assertEqual(set(files), set(written))
            self.assertEqual([name for name in files if files[name] != written[name]], [], folder)

    def test_teamcity_is_told_by_itself(self):
        with self.echo("--fault", "accepts-unmasked") as url:
            run = self.run_wsproof(url, *FEW, *NONE, TEAMCITY_VERSION="2026.1")
            silent = self.run_wsproof(url, *FEW, *NONE)
        self.assertRegex(run.stdout, r"(?m)^##teamcity\[testFailed details='.*' message='.*' name='framing/unmasked-frame#text'\]$")
        self.assertNotIn("##teamcity", silent.stdout)


if __name__ == "__main__":
    unittest.main()
