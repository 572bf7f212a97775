#!/usr/bin/env python3
"""Bad usage: one clear line with the cure, exit code 2, and nothing runs."""
import os
import unittest

from kit import CliTest


class Usage(CliTest):
    def refused(self, *words, says, **variables):
        run = self.run_wsproof(*words, **variables)
        self.assert_exit(run, 2)
        self.assertEqual(run.stdout, "")
        self.assert_one_line(run.stderr, *([says] if isinstance(says, str) else says))
        self.assertEqual([name for name in os.listdir(self.folder) if name == "wsproof-report"], [])

    def test_an_unknown_flag_gets_the_nearest_one(self):
        self.refused("ws://127.0.0.1:9/", "--jbos", "2", says="did you mean --jobs?")

    def test_an_unknown_verb_gets_the_nearest_one(self):
        self.refused("doctr", says="did you mean 'doctor'?")

    def test_a_wrong_url_is_explained(self):
        self.refused("http:/localhost", says="ws://host:port/path")
        self.refused("ftp://localhost/", says="ftp")
        self.refused("ws://localhost:99999/", says="99999")

    def test_no_target_is_explained(self):
        self.refused("test", says="no target")

    def test_an_unknown_case_gets_the_nearest_one(self):
        self.refused("ws://127.0.0.1:9/", "-s", "opening/plian", says="did you mean 'opening/plain'?")

    def test_an_unknown_report_format_gets_the_nearest_one(self):
        self.refused("ws://127.0.0.1:9/", "-r", "jsn", says="did you mean json?")

    def test_bad_values_are_named_with_their_flag(self):
        for words in (("-j", "none"), ("--timeout", "5"), ("--timeout-scale", "-1"), ("--seed", "0xg"),
                      ("--fail-on", "most"), ("--min-cases", "x")):
            self.refused("ws://127.0.0.1:9/", *words, says=words[1])

    def test_a_bad_variable_is_named(self):
        self.refused("ws://127.0.0.1:9/", WSPROOF_DELIVERY="slow", says="WSPROOF_DELIVERY")

    def test_a_bad_config_is_named_with_its_line(self):
        self.write("wsproof.toml", "format = 1\n[run]\njbos = 3\n")
        self.refused("ws://127.0.0.1:9/", says=["wsproof.toml:3", "did you mean 'jobs'?"])
        self.refused("ws://127.0.0.1:9/", "-c", "missing.toml", says="missing.toml")

    def test_a_bad_case_file_is_named_with_its_line(self):
        os.makedirs(self.path("cases/mine"))
        for name in ("rules", "faults"):
            self.write("cases/%s.jsonc" % name, "{}")
        self.write("cases/mine/bad.jsonc", '{\n  "says": "x",\n  "stepz": []\n}\n')
        self.refused("ws://127.0.0.1:9/", "--cases", "cases", says="bad.jsonc:3")
        self.write("one.jsonc", '{\n  "says": "x",\n  "stepz": []\n}\n')
        self.refused("replay", "one.jsonc", "ws://127.0.0.1:9/", says="one.jsonc:3")

    def test_a_file_that_is_no_report_is_refused(self):
        self.write("page.html", "<html>")
        self.refused("report", "page.html", says="page.html")
        self.refused("report", "missing.json", says="missing.json")
        self.refused("replay", "missing.json", says="missing.json")

    def test_files_for_tls_that_are_not_there_are_named(self):
        self.refused("wss://127.0.0.1:9/", "--cacert", "/nonexistent.pem", says="/nonexistent.pem")

    def test_control_characters_of_the_command_line_are_escaped(self):
        run = self.run_wsproof("ws://127.0.0.1:9/", "-s", "\x1b[31mred")
        self.assert_exit(run, 2)
        self.assertNotIn("\x1b", run.stderr)

    def test_help_is_no_error(self):
        for words in ((), ("--help",), ("test", "--help"), ("help", "echo"), ("help", "exit-codes")):
            run = self.run_wsproof(*words)
            self.assert_exit(run, 0)
            self.assertGreater(len(run.stdout.splitlines()), 5)
            self.assertEqual(run.stderr, "")


if __name__ == "__main__":
    unittest.main()
