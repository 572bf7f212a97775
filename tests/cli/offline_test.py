#!/usr/bin/env python3
"""The verbs that need no server: list, explain, version, demo, self-test."""
import json
import os
import unittest

from kit import CliTest


class Offline(CliTest):
    def test_list_as_json_tells_every_variant(self):
        run = self.run_wsproof("list", "--json")
        self.assert_exit(run, 0)
        variants = json.loads(run.stdout)
        for variant in variants:
            for key in ("id", "says", "rule", "level", "role", "statements", "aliases", "needs", "faults", "twin"):
                self.assertIn(key, variant)
            self.assertIn(variant["level"], ("must", "should", "may"))
            self.assertTrue(variant["faults"], variant["id"])
        self.assertGreaterEqual(sum(variant["role"] in ("server", "both") for variant in variants), 200)
        self.assertEqual(len({variant["id"] for variant in variants}), len(variants))

    def test_list_takes_expressions_and_what_it_prints_can_be_selected(self):
        run = self.run_wsproof("list", "closing/*")
        self.assert_exit(run, 0)
        self.assertTrue(all(line.startswith("closing/") for line in run.stdout.splitlines()))
        self.write("cases.txt", run.stdout)
        printed = self.run_wsproof("test", "--select-file", "cases.txt", "--print-config")
        self.assert_exit(printed, 0)
        unknown = self.run_wsproof("list", "closng/*")
        self.assert_exit(unknown, 2)

    def test_everything_that_list_names_as_an_expression_chooses_something(self):
        names = self.run_wsproof("list", "--expressions").stdout
        for name in ("framing/unmasked-frame", "framing/unmasked-frame#ping", "framing/*", "@must", "rfc:5.5.1", "autobahn:7.9.*"):
            self.assertIn(name, names.splitlines())
        self.write("expressions.txt", names)
        run = self.run_wsproof("list", "--ids", "--select-file", "expressions.txt")
        self.assert_exit(run, 0)
        self.assertEqual(run.stdout, self.run_wsproof("list", "--ids").stdout)

    def test_list_tells_ids_for_a_role_as_test_would_choose(self):
        servers = self.run_wsproof("list", "--ids", "--role", "server", "--profile", "default").stdout.splitlines()
        self.assertEqual(len(set(servers)), len(servers))
        self.assertIn("opening/plain", servers)
        self.assertNotIn("opening/client-connects", servers)
        self.assertFalse([name for name in servers if name.startswith(("limits/", "shutdown/"))])
        clients = self.run_wsproof("list", "--ids", "--role", "client").stdout.splitlines()
        self.assertIn("opening/client-connects", clients)
        self.assertNotIn("opening/plain", clients)

    def test_list_of_rules_tells_cases_or_the_reason_of_every_statement(self):
        statements = json.loads(self.run_wsproof("list", "--rules", "--json").stdout)
        self.assertEqual(len(statements), 379 + 112)
        for statement in statements:
            self.assertTrue(statement["cases"] or statement["reason"], statement)
        text = self.run_wsproof("list", "--rules", "rfc:5.1").stdout
        self.assertIn("6455/5.1/server-closes-on-unmasked", text)
        self.assertIn("framing/unmasked-frame", text)
        self.assertNotIn("deflate/", text)

    def test_explain_tells_a_case_as_prose(self):
        run = self.run_wsproof("explain", "framing/unmasked-frame")
        self.assert_exit(run, 0)
        for words in ("unmasked", "RFC 6455 5.1", "expect", "accepts-unmasked", "twin", "rfc-editor.org"):
            self.assertIn(words, run.stdout)
        self.assert_exit(self.run_wsproof("explain", "framing/unmasked-frme"), 2)

    def test_explain_can_tell_a_case_of_every_folder(self):
        cases = {variant["case"].split("/")[0]: variant["case"]
                 for variant in json.loads(self.run_wsproof("list", "--json").stdout)}
        for case in cases.values():
            self.assert_exit(self.run_wsproof("explain", case), 0)

    def test_version_names_the_suite(self):
        run = self.run_wsproof("version", "--json")
        self.assert_exit(run, 0)
        self.assertTrue(json.loads(run.stdout)["suite"]["digest"].startswith("sha256:"))
        self.assertIn("suite", self.run_wsproof("version").stdout)

    def test_the_demonstration_finds_what_it_planted(self):
        run = self.run_wsproof("demo")
        self.assert_exit(run, 0)
        self.assertIn("honest", run.stdout)
        self.assertTrue(os.path.exists(self.path("wsproof-report/honest/report.html")))

    def test_the_self_test_proves_a_case_and_refuses_unknown_ones(self):
        run = self.run_wsproof("self-test", "control/ping-answered*")
        self.assert_exit(run, 0)
        self.assertIn("0 lapses", run.stdout)
        self.assert_exit(self.run_wsproof("self-test", "nothing/*"), 2)


if __name__ == "__main__":
    unittest.main()
