"""What others read, they can read: JUnit by junitparser, TAP by npm's tap-parser, CTRF by its schema, which comes with the npm
package ctrf, OpenMetrics by Prometheus' own parser, Markdown by npm's marked: formats_test.py SAMPLES NODE_MODULES"""
import csv
import json
import os
import pathlib
import re
import subprocess
import sys
import tempfile
import xml.etree.ElementTree

import jsonschema
import junitparser
from prometheus_client.openmetrics.parser import text_string_to_metric_families

PARSE_TAP = """
const { Parser } = require("tap-parser");
const parser = new Parser({ strict: true }, (results) => console.log(JSON.stringify(results)));
parser.end(require("fs").readFileSync(process.argv[1]));
"""


def counts_of_junit(path):
    suites = junitparser.JUnitXml.fromfile(str(path))
    names, failed, skipped = set(), 0, 0
    for suite in suites:
        for case in suite:
            assert case.classname and case.name, f"{path.name}: a test without a name"
            names.add((case.classname, case.name))
            kinds = {type(result) for result in case.result}
            failed += bool(kinds & {junitparser.Failure, junitparser.Error})
            skipped += junitparser.Skipped in kinds
    assert (suites.tests, suites.failures + suites.errors, suites.skipped) == (len(names), failed, skipped), path.name
    return len(names), failed, skipped


def counts_of_tap(path, modules):
    run = subprocess.run(["node", "-e", PARSE_TAP, path], capture_output=True, text=True, check=True, env={**os.environ, "NODE_PATH": modules})
    results = json.loads(run.stdout)
    for failure in results["failures"]:
        assert not failure["tapError"], f"{path.name}: {failure}"
        assert failure["diag"]["message"].strip(), f"{path.name}: a failure does not say why"
    assert results["plan"]["end"] == results["count"], path.name
    # To the parser what is known fails as well.
    return results["count"], results["fail"] - results["todo"], results["skip"] + results["todo"]


def counts_of_ctrf(path, validator):
    report = json.loads(path.read_text(encoding="utf-8"))
    errors = [f"{list(error.path)}: {error.message}" for error in validator.iter_errors(report)]
    assert not errors, f"{path.name}: {errors[:5]}"
    summary = report["results"]["summary"]
    report["results"]["tests"].append({"name": "x", "status": "splendid", "duration": 0})
    assert not validator.is_valid(report), f"{path.name}: a wrong status was accepted"
    return summary["tests"], summary["failed"] + summary["other"], summary["skipped"] + summary["pending"]


def check_csv(path, rows):
    with path.open(encoding="utf-8", newline="") as file:
        table = list(csv.reader(file, strict=True))
    assert len(table) == rows + 1 and {len(row) for row in table} == {7}, path.name
    assert not any(cell[:1] in ("=", "+", "-", "@") for row in table for cell in row), path.name


MESSAGE = re.compile(r"##teamcity\[([a-zA-Z]+)((?: [a-z]+='(?:[^'|\[\]\r\n]|\|['|\[\]nr])*')*)\]")


def counts_of_teamcity(path):
    """By the grammar of service messages, of which no parser stands alone."""
    tests, failed, ignored, open_test = set(), 0, 0, None
    for line in path.read_text(encoding="utf-8").splitlines():
        match = MESSAGE.fullmatch(line)
        assert match, f"{path.name}: {line}"
        fields = dict(re.findall(r" ([a-z]+)='((?:[^'|]|\|.)*)'", match[2]))
        if match[1] in ("testStarted", "testIgnored"):
            assert fields["name"] not in tests and open_test is None, fields["name"]
            tests.add(fields["name"])
        if match[1] == "testStarted":
            open_test = fields["name"]
        elif match[1] == "testFinished":
            assert open_test == fields["name"]
            open_test = None
        failed += match[1] == "testFailed"
        ignored += match[1] == "testIgnored"
    return len(tests), failed, ignored


def check_code_quality(path):
    """What GitLab's documentation asks of an issue."""
    issues = json.loads(path.read_text(encoding="utf-8"))
    assert len({issue["fingerprint"] for issue in issues}) == len(issues), path.name
    for issue in issues:
        assert issue["description"] and issue["check_name"], path.name
        assert issue["severity"] in ("info", "minor", "major", "critical", "blocker"), issue["severity"]
        assert not issue["location"]["path"].startswith(("/", "./")) and issue["location"]["lines"]["begin"] > 0, path.name


def check_metrics(path):
    families = {family.name: family for family in text_string_to_metric_families(path.read_text(encoding="utf-8"))}
    assert "wsproof_exit_code" in families, path.name


def check_badge(path):
    badge = json.loads(path.read_text(encoding="utf-8"))
    assert badge["schemaVersion"] == 1 and badge["label"] and badge["message"] and badge["color"], path.name
    picture = xml.etree.ElementTree.parse(path.with_suffix(".svg")).getroot()
    assert picture.find("{http://www.w3.org/2000/svg}title").text == "%s: %s" % (badge["label"], badge["message"]), path.name


RENDER_MARKDOWN = """
const { marked } = require("marked");
process.stdout.write(marked.parse(require("fs").readFileSync(process.argv[1], "utf-8")));
"""


def check_markdown(path, modules):
    html = subprocess.run(["node", "-e", RENDER_MARKDOWN, path], capture_output=True, text=True, check=True,
                          env={**os.environ, "NODE_PATH": modules}).stdout
    tags = set(re.findall(r"<([a-z0-9]+)", html))
    assert tags <= {"h3", "pre", "code", "details", "summary", "b", "p"}, f"{path.name}: {tags}"


def main() -> int:
    samples, modules = sys.argv[1:3]
    schema = json.loads((pathlib.Path(modules) / "ctrf/dist/ctrf-schema-0.0.json").read_text(encoding="utf-8"))
    validator = jsonschema.validators.validator_for(schema)(schema)
    with tempfile.TemporaryDirectory() as folder:
        subprocess.run([samples, folder], check=True)
        names = [path.name.removesuffix(".tap") for path in sorted(pathlib.Path(folder).glob("*.tap"))]
        assert len(names) >= 5, f"expected the sample reports, found {names}"
        for name in names:
            path = pathlib.Path(folder) / name
            junit = counts_of_junit(path.with_name(name + ".junit.xml"))
            tap = counts_of_tap(path.with_name(name + ".tap"), modules)
            ctrf = counts_of_ctrf(path.with_name(name + ".ctrf"), validator)
            teamcity = counts_of_teamcity(path.with_name(name + ".teamcity"))
            assert junit == tap == ctrf == teamcity, f"{name}: {junit} {tap} {ctrf} {teamcity}"
            check_code_quality(path.with_name(name + ".codequality"))
            check_csv(path.with_name(name + ".csv"), tap[0])
            check_metrics(path.with_name(name + ".metrics"))
            check_badge(path.with_name(name + ".badge"))
            check_markdown(path.with_name(name + ".md"), modules)
    print(f"{len(names)} reports can be read in nine formats")
    return 0


if __name__ == "__main__":
    sys.exit(main())
