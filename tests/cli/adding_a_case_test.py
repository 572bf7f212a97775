#!/usr/bin/env python3
"""docs/adding-a-case.md: its files are written, its commands are run, and what it shows of the suite stands there."""
import json
import os
import re
import shlex
import subprocess
import unittest

from kit import CliTest, SOURCE, WSPROOF

PAGE = os.path.join(SOURCE, "docs/adding-a-case.md")


def blocks():
    """Language, name and text of every fenced block, in order."""
    with open(PAGE, encoding="utf-8") as file:
        page = file.read()
    return [(match[1], match[2].strip(), match[3])
            for match in re.finditer(r"^```(\w+)([^\n]*)\n(.*?)^```$", page, re.M | re.S)]


def source(name):
    with open(os.path.join(SOURCE, name), encoding="utf-8") as file:
        return file.read()


def words_of(text):
    return " ".join(text.split())


class AddingACase(CliTest):
    def setUp(self):
        super().setUp()
        os.symlink(os.path.join(SOURCE, "cases"), self.path("cases"))
        os.mkdir(self.path("bin"))
        os.symlink(os.path.abspath(WSPROOF), self.path("bin/wsproof"))

    def run_line(self, line):
        command, _, remark = line.partition("#")
        expected = int(remark.split()[-1]) if remark else 0
        path = self.path("bin") + os.pathsep + os.environ["PATH"]
        run = subprocess.run(shlex.split(command), cwd=self.folder, env=self.environment({"PATH": path}),
                             stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True, timeout=120, check=False)
        self.assert_exit(run, expected)
        return run.stdout

    def test_the_page_can_be_followed(self):
        outputs = {}
        for language, name, text in blocks():
            if language == "jsonc" and name.startswith("mine/"):
                os.makedirs(os.path.dirname(self.path(name)), exist_ok=True)
                self.write(name, text)
            elif language == "sh":
                for line in text.splitlines():
                    outputs[line.split("#")[0].strip()] = self.run_line(line)
        self.assertIn("0 errors, 0 warnings", outputs["wsproof lint mine"])
        self.assertIn("mine/chat/hello#Hello", outputs["wsproof list --cases mine 'mine/*'"])
        self.assertIn("acme 1", outputs["wsproof explain --cases mine mine/chat/hello"])
        proof = outputs["wsproof self-test --cases mine 'mine/*'"]
        self.assertIn("1 variants: 6 of 6 plays pass", proof)
        self.assertIn("1 of 1 variants fail", proof)
        self.assertIn("    mine/chat/hello#hello\n", proof)
        self.assertNotIn("    mine/chat/ping\n", proof)
        self.assertIn("0 errors", outputs["wsproof lint cases"])
        self.assertIn("4 variants:", outputs["wsproof self-test --cases cases 'framing/unmasked-frame'"])

    def test_what_it_shows_of_the_suite_stands_there(self):
        shown = [(name, text) for language, name, text in blocks() if language != "sh" and not name.startswith("mine/")]
        self.assertEqual(len(shown), 5)
        for name, text in shown:
            self.assertIn(words_of(text), words_of(source(name)), name)


class OwnCases(CliTest):
    def setUp(self):
        super().setUp()
        os.makedirs(self.path("mine/chat"))

    def case(self, name, text):
        self.write("mine/" + name, json.dumps({"says": "A ping is answered.", "rule": "6455/5.5.2/ping-answered",
                                               "steps": ["open", {"send": {"ping": "a"}}, "alive"], **text}))

    def test_they_are_played_with_the_others_and_told_in_the_report(self):
        self.case("chat/ping.jsonc", {"tags": ["ours"]})
        with self.echo() as url:
            run = self.run_wsproof(url, "--cases", "mine", "-s", "@ours", "-s", "opening/plain", "-r", "json=run.json")
            self.assert_exit(run, 0)
            whole = self.run_wsproof(url, "--cases", "mine", "-r", "json=whole.json", "-q")
            self.assert_exit(whole, 0)
        with open(self.path("run.json"), encoding="utf-8") as file:
            self.assertEqual([result["case"] for result in json.load(file)["results"]],
                             ["mine/chat/ping", "opening/plain"])
        with open(self.path("whole.json"), encoding="utf-8") as file:
            self.assertGreater(len(json.load(file)["results"]), 200)

    def test_the_config_file_names_them(self):
        self.case("ping.jsonc", {})
        self.write("wsproof.toml", 'format = 1\n[run]\ncases = "mine"\nselect = ["mine/*"]\n')
        with self.echo() as url:
            self.assert_exit(self.run_wsproof(url, "-r", "none"), 0)

    def test_lint_names_every_error(self):
        self.case("good.jsonc", {})
        self.write("mine/one.jsonc", '{\n  "says": "x",\n  "stepz": []\n}\n')
        self.case("two.jsonc", {"rule": "6455/5.5.2/ping-answerd"})
        self.write("mine/rules.jsonc", '{\n  "acme": {}\n}\n')
        run = self.run_wsproof("lint", "mine")
        self.assert_exit(run, 2)
        for words in ("mine/one.jsonc:3: expected a key", "mine/rules.jsonc:2: expected a rule id", "2 errors"):
            self.assertIn(words, run.stdout)
        os.remove(self.path("mine/rules.jsonc"))
        run = self.run_wsproof("lint", "mine")
        self.assert_exit(run, 2)
        self.assertIn('did you mean "6455/5.5.2/ping-answered"?', run.stdout)
        refused = self.run_wsproof("ws://127.0.0.1:9/", "--cases", "mine")
        self.assert_exit(refused, 2)
        self.assert_one_line(refused.stderr, "mine/one.jsonc:3")
        self.assert_exit(self.run_wsproof("lint", "nowhere"), 2)

    def test_a_repository_with_a_slip_is_named_with_its_line(self):
        os.mkdir(self.path("copy"))
        for name in ("rules.jsonc", "faults.jsonc"):
            with open(os.path.join(SOURCE, "cases", name), encoding="utf-8") as file:
                self.write("copy/" + name, file.read())
        os.mkdir(self.path("copy/framing"))
        self.write("copy/framing/bad.jsonc", '{\n  "sayz": "x"\n}\n')
        run = self.run_wsproof("lint", "copy")
        self.assert_exit(run, 2)
        self.assertIn("cases/framing/bad.jsonc:2", run.stdout)


if __name__ == "__main__":
    unittest.main()
