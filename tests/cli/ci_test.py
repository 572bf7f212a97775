#!/usr/bin/env python3
"""action.yml and the component for GitLab: their structure, and their scripts as those services would run them."""
import json
import os
import re
import subprocess
import unittest

import yaml
from kit import SOURCE, WSPROOF, CliTest

ECHO = "wsproof echo --port {port}"


def documents(path):
    with open(os.path.join(SOURCE, path), encoding="utf-8") as file:
        return list(yaml.safe_load_all(file))


class Services(CliTest):
    def setUp(self):
        super().setUp()
        os.mkdir(self.path("bin"))
        os.symlink(WSPROOF, self.path("bin/wsproof"))

    def run_script(self, shell, script, variables):
        path = "%s:%s" % (self.path("bin"), os.environ["PATH"])
        return subprocess.run([*shell, script], cwd=self.folder, env=self.environment({"PATH": path, **variables}),
                              stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True, timeout=120, check=False)


class Action(Services):
    def setUp(self):
        super().setUp()
        self.action, = documents("action.yml")
        self.steps = self.action["runs"]["steps"]

    def run_steps(self, **inputs):
        """The steps as a runner of GitHub takes them; the first that fails ends the job."""
        inputs = {name.replace("_", "-"): value for name, value in inputs.items()}
        self.assertLessEqual(set(inputs), set(self.action["inputs"]))
        service = {"GITHUB_ACTIONS": "true", "GITHUB_ACTION_PATH": SOURCE, "GITHUB_STEP_SUMMARY": self.path("summary"),
                   "GITHUB_OUTPUT": self.path("output"), "GITHUB_PATH": self.path("path")}
        for step in self.steps:
            given = {name: re.sub(r"\$\{\{ inputs\.([a-z-]+) \}\}", lambda at: inputs.get(at[1], ""), value)
                     for name, value in step.get("env", {}).items()}
            run = self.run_script(["bash", "--noprofile", "--norc", "-eo", "pipefail", "-c"], step["run"], {**service, **given})
            if run.returncode != 0:
                break
        return run

    def outputs(self):
        with open(self.path("output"), encoding="utf-8") as file:
            return dict(line.rstrip("\n").split("=", 1) for line in file)

    def test_its_structure_is_that_of_a_composite_action(self):
        self.assertEqual(self.action["runs"]["using"], "composite")
        self.assertLessEqual(len(self.action["inputs"]), 6)
        for step in self.steps:
            self.assertEqual(step["shell"], "bash")
            self.assertNotIn("${{", step["run"], "what users wrote is never part of a script")
        used = re.findall(r"inputs\.([a-z-]+)", json.dumps(self.steps))
        self.assertEqual(sorted(used), sorted(self.action["inputs"]))
        ids = {step.get("id") for step in self.steps}
        for output in self.action["outputs"].values():
            self.assertIn(re.fullmatch(r"\$\{\{ steps\.(\w+)\.outputs\.[a-z-]+ \}\}", output["value"])[1], ids)

    def test_an_honest_server_passes_and_the_summary_is_written(self):
        run = self.run_steps(spawn=ECHO, profile="smoke", args="-s\ncontrol/*\n-s\n!@slow")
        self.assert_exit(run, 0)
        self.assertEqual(self.outputs(), {"exit-code": "0", "report": "wsproof-report/report.html"})
        for name in ("report.html", "report.json", "junit.xml"):
            self.assertTrue(os.path.exists(self.path("wsproof-report/" + name)), name)
        with open(self.path("summary"), encoding="utf-8") as file:
            self.assertIn("MUST", file.read())

    def test_a_faulty_server_fails_unless_told_otherwise(self):
        self.assert_exit(self.run_steps(spawn=ECHO + " --fault accepts-unmasked", args="-s\nframing/*"), 1)
        self.assertEqual(self.outputs()["exit-code"], "1")
        self.assert_exit(self.run_steps(spawn=ECHO + " --fault accepts-unmasked", args="-s\nframing/*", fail_on="never"), 0)

    def test_what_an_input_says_is_not_run(self):
        self.assert_exit(self.run_steps(url="$(touch run); touch run", args="`touch run`\n-s\n$(touch run)"), 2)
        self.assertFalse(os.path.exists(self.path("run")))


class Component(Services):
    def setUp(self):
        super().setUp()
        spec, self.config = documents("templates/wsproof.yml")
        self.inputs = spec["spec"]["inputs"]

    def run_job(self, **inputs):
        values = {name: spec.get("default") for name, spec in self.inputs.items()}
        values.update((name.replace("_", "-"), value) for name, value in inputs.items())

        def filled(text):
            return re.sub(r"\$\[\[ inputs\.([a-z-]+) \]\]", lambda at: values[at[1]], text)

        (name, job), = self.config.items()
        self.assertEqual(filled(name), "wsproof")
        variables = {}
        for key, variable in job["variables"].items():
            self.assertIs(variable["expand"], False, "a variable of GitLab in what users wrote")
            variables[key] = filled(variable["value"])
        return self.run_script(["sh", "-ec"], "\n".join(job["script"]), variables)

    def test_inputs_are_declared_and_stay_out_of_the_script(self):
        (name, job), = self.config.items()
        self.assertNotIn("$[[", json.dumps(job["script"]))
        used = re.findall(r"\$\[\[ inputs\.([a-z-]+) \]\]", name + json.dumps(job))
        self.assertEqual(sorted(used), sorted(self.inputs))

    def test_the_job_judges_and_leaves_the_reports_it_names(self):
        self.assert_exit(self.run_job(image="one", spawn=ECHO, profile="smoke"), 0)
        (_, job), = self.config.items()
        for path in job["artifacts"]["paths"] + list(job["artifacts"]["reports"].values()):
            self.assertTrue(os.path.exists(self.path(path)), path)

    def test_the_job_takes_a_url_as_it_is(self):
        with self.echo("--fault", "accepts-unmasked") as url:
            self.assert_exit(self.run_job(image="one", url=url, profile="smoke"), 1)
        self.assert_exit(self.run_job(image="one", url="$(touch run)"), 2)
        self.assertFalse(os.path.exists(self.path("run")))


class Documentation(CliTest):
    def test_the_recipes_use_inputs_that_there_are(self):
        with open(os.path.join(SOURCE, "docs/ci.md"), encoding="utf-8") as file:
            blocks = re.findall(r"```yaml\n(.*?)```", file.read(), re.DOTALL)
        known = set(documents("action.yml")[0]["inputs"]), set(documents("templates/wsproof.yml")[0]["spec"]["inputs"])
        uses = includes = 0
        for block in blocks:
            tree = yaml.safe_load(block)
            for job in tree.get("jobs", {}).values():
                for step in job["steps"]:
                    if "wsproof@" in step.get("uses", ""):
                        self.assertLessEqual(set(step["with"]), known[0])
                        uses += 1
            for include in tree.get("include", []):
                self.assertLessEqual(set(include["inputs"]), known[1])
                includes += 1
        self.assertGreaterEqual(uses, 1)
        self.assertGreaterEqual(includes, 1)


if __name__ == "__main__":
    unittest.main()
