#!/usr/bin/env python3
"""What a run leaves: verdicts, streams, files, exit codes of the gate."""
import json
import os
import subprocess
import unittest

from kit import CliTest, SEED, WSPROOF

FEW = ("-s", "control/ping-answered", "-s", "framing/unmasked-frame", "-s", "opening/plain")


class Reports(CliTest):
    def report(self, name="wsproof-report/report.json"):
        with open(self.path(name), encoding="utf-8") as file:
            return json.load(file)

    def test_an_honest_server_passes_everything(self):
        with self.echo() as url:
            run = self.run_wsproof(url)
            self.assert_exit(run, 0)
        report = self.report()
        self.assertEqual(report["gate"]["exit_code"], 0)
        self.assertEqual(report["run"]["seed"], SEED)
        self.assertTrue(os.path.exists(self.path("wsproof-report/report.html")))
        self.assertIn("exit 0", run.stdout.splitlines()[-1])
        self.assertGreater(len(report["results"]), 200)

    def test_github_gets_a_summary_and_annotations(self):
        self.write("summary.md", "# before\n")
        with self.echo("--fault", "accepts-unmasked") as url:
            run = self.run_wsproof(url, "-s", "framing/**", "--sarif-location", "src/server.c:7", GITHUB_ACTIONS="true",
                                   GITHUB_STEP_SUMMARY=self.path("summary.md"))
            self.assert_exit(run, 1)
            quiet = self.run_wsproof(url, *FEW, "--gha-annotations", "0", "--no-step-summary", GITHUB_ACTIONS="true",
                                     GITHUB_STEP_SUMMARY=self.path("other.md"))
            full = self.run_wsproof(url, *FEW, GITHUB_STEP_SUMMARY=self.write("full.md", "x" * 999_000))
            lost = self.run_wsproof(url, *FEW, GITHUB_STEP_SUMMARY=self.path("no/such/folder.md"))
        with open(self.path("summary.md"), encoding="utf-8") as file:
            summary = file.read()
        self.assertTrue(summary.startswith("# before\n### "))
        self.assertIn("unmasked&#45;frame", summary)
        errors = [line for line in run.stderr.splitlines() if line.startswith("::error")]
        self.assertTrue(1 <= len(errors) <= 10, errors)
        self.assertIn("::error file=src/server.c,line=7,title=framing/unmasked-", errors[0])
        self.assertNotIn("::error", quiet.stderr + quiet.stdout)
        self.assertFalse(os.path.exists(self.path("other.md")))
        self.assertIn("is full", full.stderr)
        for run in (full, lost):
            self.assert_exit(run, 1)
        self.assertIn("cannot be written", lost.stderr)

    def test_two_reports_are_compared(self):
        with self.echo() as url:
            self.assert_exit(self.run_wsproof(url, *FEW, "-r", "json=good.json"), 0)
        with self.echo("--fault", "accepts-unmasked") as url:
            self.assert_exit(self.run_wsproof(url, *FEW, "-r", "json=bad.json"), 1)
        worse = self.run_wsproof("diff", "good.json", "bad.json")
        self.assert_exit(worse, 1)
        self.assertIn("framing/unmasked-frame#text", worse.stdout)
        self.assertIn("rerun", worse.stdout)
        better = self.run_wsproof("diff", "bad.json", "good.json")
        self.assert_exit(better, 0)
        self.assertIn("0 regressions", better.stdout)
        self.assert_exit(self.run_wsproof("diff", "good.json", "bad.json", "--fail-on", "never"), 0)
        self.write("cut.json", '{"format": ')
        for words, told in ((("good.json", "cut.json"), "cut.json"), (("nowhere.json", "good.json"), "nowhere.json")):
            wrong = self.run_wsproof("diff", *words)
            self.assert_exit(wrong, 2)
            self.assert_one_line(wrong.stderr, told)

    def test_a_fault_fails_the_gate_and_can_be_played_again(self):
        with self.echo("--fault", "accepts-unmasked") as url:
            run = self.run_wsproof(url, *FEW)
            self.assert_exit(run, 1)
            self.assertIn("framing/unmasked-frame#", run.stdout)
            self.assertIn("rerun", run.stdout)
            self.assertIn("exit 1", run.stdout.splitlines()[-1])
            self.assert_exit(self.run_wsproof(url, *FEW, "--exit-zero"), 0)
            self.assert_exit(self.run_wsproof(url, *FEW, "--fail-on", "never"), 0)
            again = self.run_wsproof(url, "-s", "framing/unmasked-frame#text", "--seed", SEED)
            self.assert_exit(again, 1)
            one = self.run_wsproof("replay", "framing/unmasked-frame#text", url)
            self.assert_exit(one, 1)

    def test_a_case_file_can_be_played(self):
        self.write("mine.jsonc", """// a case of our own
            { "says": "A ping is answered.", "rule": "6455/5.5.2/ping-answered",
              "steps": [ "open", { "send": { "ping": "mine" } }, { "expect": { "pong": "mine" } } ] }""")
        with self.echo() as url:
            run = self.run_wsproof("replay", "mine.jsonc", url)
        self.assertNotEqual(run.returncode, 2, run.stderr)
        self.assertRegex(run.stdout, r"pass +.*mine")
        self.assert_exit(run, 0)

    def test_the_same_seed_sends_the_same_bytes(self):
        def sent(name):
            with self.echo() as url:
                self.run_wsproof(url, *FEW, "-r", "json=" + name, "--keep-transcripts", "all")
            return {result["case"]: [entry["hex"] for entry in result["transcript"]
                                     if entry["dir"] == "send" and entry["kind"] == "frame"]
                    for result in self.report(name)["results"]}
        first = sent("a.json")
        self.assertTrue(any(first.values()))
        self.assertEqual(first, sent("b.json"))

    def test_recorded_verdicts_are_given_again(self):
        with self.echo("--fault", "accepts-unmasked") as url:
            self.run_wsproof(url, *FEW, "-r", "json=report.json", "--keep-transcripts", "all")
        run = self.run_wsproof("replay", "report.json")
        self.assert_exit(run, 0)
        self.assertIn("0 changed", run.stdout)
        report = self.report("report.json")
        for result in report["results"]:
            if result["case"] == "framing/unmasked-frame#text":
                result["verdict"] = "pass"
        self.write("forged.json", json.dumps(report))
        forged = self.run_wsproof("replay", "forged.json")
        self.assert_exit(forged, 1)
        self.assertIn("framing/unmasked-frame#text: was pass", forged.stdout)

    def test_a_report_on_standard_output_is_alone_there(self):
        with self.echo() as url:
            run = self.run_wsproof(url, *FEW, "-r", "json=-")
        self.assert_exit(run, 0)
        self.assertEqual(json.loads(run.stdout)["format"]["name"], "wsproof-report")
        self.assertIn("exit 0", run.stderr)

    def test_quiet_says_one_line(self):
        with self.echo() as url:
            run = self.run_wsproof(url, *FEW, "-q")
        self.assert_one_line(run.stdout, "exit 0")
        self.assertEqual(run.stderr, "")

    def test_no_file_is_written_with_none(self):
        with self.echo() as url:
            self.assert_exit(self.run_wsproof(url, *FEW, "-r", "none"), 0)
        self.assertEqual(os.listdir(self.folder), [])

    def test_a_report_is_rendered_again(self):
        with self.echo() as url:
            self.run_wsproof(url, *FEW)
        run = self.run_wsproof("report", "wsproof-report/report.json", "-r", "html=again.html", "-r", "json=again.json")
        self.assert_exit(run, 0)
        self.assertEqual(self.report("again.json"), self.report())
        self.assertTrue(os.path.exists(self.path("again.html")))
        self.assertIn("exit 0", self.run_wsproof("report", "wsproof-report/report.json").stdout)

    def test_colour_only_where_it_is_wanted(self):
        with self.echo() as url:
            self.assertNotIn("\x1b", self.run_wsproof(url, *FEW).stdout)
            self.assertIn("\x1b[", self.run_wsproof(url, *FEW, "--color", "always").stdout)
            self.assertIn("\x1b[", self.run_wsproof(url, *FEW, FORCE_COLOR="1").stdout)
            self.assertNotIn("\x1b", self.run_wsproof(url, *FEW, FORCE_COLOR="1", NO_COLOR="1").stdout)
            self.assertTrue(self.run_wsproof(url, *FEW, "--ascii").stdout.isascii())


class Gate(CliTest):
    def test_nothing_selected_is_incomplete(self):
        words = ("ws://127.0.0.1:9/", "-s", "closing/*", "-s", "!closing/*")
        run = self.run_wsproof(*words)
        self.assert_exit(run, 7)
        self.assert_one_line(run.stderr, "no case is left")
        self.assert_exit(self.run_wsproof(*words, "--allow-empty"), 0)

    def test_too_few_cases_are_incomplete(self):
        with self.echo() as url:
            self.assert_exit(self.run_wsproof(url, *FEW, "--min-cases", "5"), 0)
            self.assert_exit(self.run_wsproof(url, *FEW, "--min-cases", "5000"), 7)
            self.assert_exit(self.run_wsproof(url, *FEW, "--min-cases", "5000", "--exit-zero"), 0)

    def test_a_config_file_is_used_and_its_skips_are_shown(self):
        with self.echo() as url:
            self.write("wsproof.toml", """
                [run]
                select = ["control/ping-answered", "opening/plain"]
                [target.mine]
                url = "${URL}"
                [[skip]]
                cases = "opening/plain"
                target = "mine"
                why = "as agreed" """)
            self.assert_exit(self.run_wsproof("test", "-r", "json=report.json", URL=url), 0)
        with open(self.path("report.json"), encoding="utf-8") as file:
            report = json.load(file)
        self.assertEqual(report["targets"][0]["id"], "mine")
        skipped = [result for result in report["results"] if result["verdict"] == "skipped"]
        self.assertEqual([(result["case"], result["reason"]) for result in skipped], [("opening/plain", "as agreed")])

    def test_a_server_that_does_not_echo_still_gets_a_report(self):
        with self.echo("--no-echo") as url:
            run = self.run_wsproof(url, "-r", "json=report.json")
            self.assert_exit(run, 0)
        with open(self.path("report.json"), encoding="utf-8") as file:
            results = json.load(file)["results"]
        judged = [result for result in results if result["verdict"] not in ("skipped", "inconclusive")]
        self.assertGreater(len(judged), 200)
        self.assertTrue(any("echo" in (result.get("skip_reason") or "") for result in results))

    def test_a_server_that_talks_unasked_passes_all_the_same(self):
        with self.echo("--greeting", "welcome") as url:
            run = self.run_wsproof(url, "-r", "json=report.json")
            self.assert_exit(run, 0)


class UnwritableReports(CliTest):
    def test_it_is_said_before_anything_runs(self):
        self.write("file", "")
        with self.echo() as url:
            run = self.run_wsproof(url, *FEW, "-r", "json=file/report.json")
        self.assert_exit(run, 7)
        self.assert_one_line(run.stderr, "cannot write file/report.json", "choose another place")
        self.assertEqual(run.stdout, "")

    def test_what_was_measured_is_kept_when_it_turns_out_later(self):
        os.mkdir(self.path("out"))
        # The server takes the place of the report while the run is under way.
        server = "mkdir -p out/report.json/x; exec %s echo --port {port}" % WSPROOF
        run = self.run_wsproof("--spawn", server, *FEW, "-r", "json=out/report.json", "--journal", "journal.ndjson")
        self.assert_exit(run, 7)
        self.assertIn("cannot write out/report.json", run.stderr)
        self.assertIn("journal.ndjson", run.stderr)
        again = self.run_wsproof("report", "journal.ndjson", "-r", "json=again.json")
        self.assert_exit(again, 0)
        with open(self.path("again.json"), encoding="utf-8") as file:
            self.assertEqual({result["verdict"] for result in json.load(file)["results"]}, {"pass"})

    def test_a_full_standard_output_is_no_success(self):
        with self.echo() as url, open("/dev/full", "w", encoding="utf-8") as full:
            run = subprocess.run([WSPROOF, url, *FEW], cwd=self.folder, stdout=full, stderr=subprocess.PIPE,
                                 timeout=60, check=False)
        self.assertEqual(run.returncode, 7)


if __name__ == "__main__":
    unittest.main()
