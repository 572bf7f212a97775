#!/usr/bin/env python3
"""Targets that are told to stop: by a signal, by a command, by a command that fails, by one that does nothing."""
import json
import unittest

from kit import CliTest, WSPROOF

QUICK = ("--no-config", "--shutdown-grace", "500ms")
ECHO = "exec %s echo --port {port} --shutdown-grace 500ms" % WSPROOF
ONE = ("-s", "shutdown/time-to-answer", "-s", "shutdown/process-ends")


class Spawned(CliTest):
    def test_it_is_told_started_again_and_told_again(self):
        run = self.run_wsproof(*QUICK, "--spawn", ECHO, "-s", "shutdown/*", "--fail-on", "any", "-r", "json=r.json")
        self.assert_exit(run, 0)
        with open(self.path("r.json"), encoding="utf-8") as file:
            results = {result["case"]: result["verdict"] for result in json.load(file)["results"]}
        self.assertGreater(len(results), 15)
        self.assertLessEqual(set(results.values()), {"pass", "note"}, results)

    def test_nothing_is_stopped_that_nobody_named(self):
        for words in ([], ["--profile", "full", "-s", "@all", "-s", "!@limits", "-s", "!@slow"]):
            run = self.run_wsproof(*QUICK, "--spawn", ECHO, "--report", "json=r.json", *words)
            self.assert_exit(run, 0)
            with open(self.path("r.json"), encoding="utf-8") as file:
                self.assertEqual([result["case"] for result in json.load(file)["results"]
                                  if result["case"].startswith("shutdown/")], [])

    def test_a_recording_is_judged_alike(self):
        run = self.run_wsproof(*QUICK, "--spawn", ECHO + " --fault waits-for-silent-peers-at-shutdown", *ONE, "-s",
                               "shutdown/silent-peers-ended", "-r", "json=r.json", "--keep-transcripts", "all")
        self.assertIn("waits for an answer that never comes", run.stdout)
        again = self.run_wsproof("replay", "r.json")
        self.assert_exit(again, 0)

    def test_a_signal_for_nobody(self):
        run = self.run_wsproof("ws://127.0.0.1:1/", "--shutdown-signal", "TERM")
        self.assert_exit(run, 2)
        self.assert_one_line(run.stderr, "--shutdown-signal", "--spawn", "--shutdown-command")

    def test_no_signal(self):
        run = self.run_wsproof(*QUICK, "--spawn", ECHO, "--shutdown-signal", "TREM")
        self.assert_exit(run, 2)
        self.assert_one_line(run.stderr, "--shutdown-signal: 'TREM'", "TERM")

    def test_a_grace_that_is_none(self):
        run = self.run_wsproof("--spawn", ECHO, "--shutdown-grace", "1ms")
        self.assert_exit(run, 2)
        self.assert_one_line(run.stderr, "--shutdown-grace", "100ms")


class ByCommand(CliTest):
    def run_with(self, command, *words):
        with self.echo("--shutdown-grace", "500ms") as url:
            return self.run_wsproof(url, *QUICK, "--shutdown-command", command, "-s", "shutdown/*", *words)

    def test_without_a_way_to_stop_it_they_are_skipped(self):
        with self.echo() as url:
            run = self.run_wsproof(url, "-s", "shutdown/*")
        self.assert_exit(run, 7)
        self.assertIn("needs-capability:shutdown", run.stdout)

    def test_a_command_that_fails(self):
        run = self.run_with("echo 'unit not found' >&2; exit 5")
        self.assert_exit(run, 7)
        self.assert_one_line(run.stderr.split("report")[0], "--shutdown-command", "exited with 5: unit not found", "exits with 0")
        self.assertIn("inconclusive 1", run.stdout)

    def test_a_command_that_is_not_there(self):
        run = self.run_with("no-such-command-at-all")
        self.assert_exit(run, 7)
        self.assertIn("exited with 127", run.stderr)

    def test_a_command_that_does_nothing_accuses_nobody(self):
        run = self.run_with("true")
        self.assert_exit(run, 7)
        self.assertIn("does the shutdown command reach it?", run.stderr)
        self.assertNotIn("✗", run.stdout)

    def test_an_empty_command(self):
        run = self.run_wsproof("ws://127.0.0.1:1/", "--shutdown-command", "")
        self.assert_exit(run, 2)
        self.assert_one_line(run.stderr, "--shutdown-command is empty")

    def test_one_case_is_played_where_nobody_starts_it_again(self):
        process = self.start("echo", "--shutdown-grace", "500ms")
        self.addCleanup(process.communicate)
        url = process.stdout.readline().strip()
        run = self.run_wsproof(url, *QUICK, "--shutdown-command", "kill -TERM %d" % process.pid, "-s", "shutdown/*",
                               "-r", "json=r.json")
        self.assertEqual(process.wait(10), 0)
        with open(self.path("r.json"), encoding="utf-8") as file:
            report = json.load(file)
        played = {result["case"]: result for result in report["results"] if result["verdict"] != "skipped"}
        self.assertEqual({case: result["verdict"] for case, result in played.items()}, {"shutdown/two-sweeps": "pass"}, run.stdout)
        self.assertIn("has not come back", run.stdout + json.dumps(report))


if __name__ == "__main__":
    unittest.main()
