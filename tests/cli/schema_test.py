#!/usr/bin/env python3
"""The schemas that `wsproof schema` prints: they accept what wsproof writes and what the documents show, and no more."""
import json
import os
import re
import tomllib
import unittest

import jsonschema

from kit import CliTest, SOURCE

FEW = ("-s", "framing/unmasked-frame", "-s", "opening/plain")


def samples(path, beginning):
    """The blocks of TOML in a document that begin so."""
    with open(os.path.join(SOURCE, path), encoding="utf-8") as file:
        blocks = re.findall(r"```toml\n(.*?)```", file.read(), re.DOTALL)
    return [tomllib.loads(block) for block in blocks if beginning in block]


class Schemas(CliTest):
    def validator(self, name):
        run = self.run_wsproof("schema", name)
        self.assert_exit(run, 0)
        schema = json.loads(run.stdout)
        jsonschema.Draft7Validator.check_schema(schema)
        resolver = jsonschema.RefResolver.from_schema(schema, store=self.store())
        return jsonschema.Draft7Validator(schema, resolver=resolver)

    def store(self):
        report = json.loads(self.run_wsproof("schema", "report").stdout)
        return {report["$id"]: report}

    def assert_valid(self, validator, document):
        errors = ["%s: %s" % (list(error.path), error.message) for error in validator.iter_errors(document)]
        self.assertEqual(errors, [])

    def test_reports_and_journals(self):
        self.write("known.toml", 'format = 1\n[[known]]\ncase = "framing/*"\nsignature = "*"\nwhy = "x"\nuntil = 2999-01-01\n')
        with self.echo("--fault", "accepts-unmasked") as url:
            self.assert_exit(self.run_wsproof(url, *FEW, "-r", "json=report.json", "-r", "ndjson=lines.ndjson", "--journal", "journal.ndjson",
                                              "--baseline", "known.toml", "--repeat", "2", "--fail-on-flaky"), 0)
        with open(self.path("report.json"), encoding="utf-8") as file:
            report = json.load(file)
        validator = self.validator("report")
        self.assert_valid(validator, report)
        self.assertEqual({result["attempts"] for result in report["results"] if result["verdict"] != "skipped"}, {2})
        report["results"][0]["gate"] = "splendid"
        self.assertFalse(validator.is_valid(report))
        events = self.validator("events")
        for name in "lines.ndjson", "journal.ndjson":
            with open(self.path(name), encoding="utf-8") as file:
                lines = [json.loads(line) for line in file]
            self.assertEqual((lines[0]["event"], lines[-1]["event"]), ("run-start", "run-end"))
            for line in lines:
                self.assert_valid(events, line)
        lines[1]["result"]["verdict"] = "splendid"
        self.assertFalse(events.is_valid(lines[1]))
        again = self.run_wsproof("report", "lines.ndjson", "-r", "json=-")
        self.assertEqual(len(json.loads(again.stdout)["results"]), len(report["results"]))

    def test_configuration(self):
        validator = self.validator("config")
        for sample in samples("docs/cli.md", "[target."):
            self.assert_valid(validator, sample)
        self.assertFalse(validator.is_valid({"run": {"jobbs": 3}}))
        self.assertFalse(validator.is_valid({"run": {"fail_on": "sometimes"}}))
        self.assertFalse(validator.is_valid({"target": {"x": {"tls_min": "1.1"}}}))
        self.assertTrue(validator.is_valid({"target": {"x": {"headers": {"A": "b"}, "auth": {"token": "t"}}}}))

    def test_baseline(self):
        validator = self.validator("baseline")
        found = samples("docs/gate.md", "[[known]]")
        self.assertEqual(len(found), 1)
        found[0]["known"][0]["until"] = str(found[0]["known"][0]["until"])
        self.assert_valid(validator, found[0])
        del found[0]["known"][0]["why"]
        self.assertFalse(validator.is_valid(found[0]))

    def test_there_is_no_other(self):
        run = self.run_wsproof("schema", "everything")
        self.assert_exit(run, 2)
        self.assert_one_line(run.stderr, "report, events, config or baseline")


if __name__ == "__main__":
    unittest.main()
