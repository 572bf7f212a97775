#!/usr/bin/env python3
"""`wsproof compare`: reports beside each other, targets of a spec measured one after another."""
import json
import os
import unittest

from kit import CliTest, WSPROOF

FEW = ("-s", "control/ping-answered", "-s", "framing/unmasked-frame", "-s", "opening/plain")


class Compare(CliTest):
    def measure(self, name, *faults, select=FEW):
        with self.echo(*(word for fault in faults for word in ("--fault", fault))) as url:
            self.run_wsproof(url, *select, "--name", name, "-r", f"json={name}.json")
        return f"{name}.json"

    def matrix(self, name):
        with open(self.path(name), encoding="utf-8") as file:
            return json.load(file)

    def test_reports_stand_beside_each_other(self):
        files = [self.measure("good"), self.measure("bad", "accepts-unmasked"), self.measure("also-good")]
        run = self.run_wsproof("compare", *files, "-r", "json=m.json", "-r", "md=m.md", "-r", "csv=m.csv")
        self.assert_exit(run, 0)
        self.assertIn("framing/unmasked-frame#text", run.stdout)
        self.assertIn("A  also-good, good", run.stdout)
        self.assertRegex(run.stdout, r"\(\d+ steps\): A pass, B fail")
        self.assertIn("2 ways of behaving", run.stdout.splitlines()[-1])
        matrix = self.matrix("m.json")
        self.assertEqual([column["name"] for column in matrix["columns"]], ["also-good", "bad", "good"])
        self.assertEqual(matrix["warnings"], [])
        differing = [row for row in matrix["rows"] if row["differs"]]
        self.assertTrue(differing)
        self.assertEqual({row["alone"] for row in differing}, {"bad"})
        only = self.run_wsproof("compare", *files, "--columns", "bad", "--columns", "good", "--rows", "section")
        self.assertIn("left out by --columns: also-good", only.stdout)
        self.assertNotIn("unmasked-frame#text  must", only.stdout)
        csv = self.run_wsproof("compare", *files, "-r", "csv=-", "--only", "fails")
        self.assertTrue(csv.stdout.startswith("case,level,"))
        self.assertIn("MUST passed", csv.stderr)
        self.assertTrue(self.run_wsproof("compare", *files, "--ascii").stdout.isascii())

    def test_an_earlier_comparison_tells_who_has_become_better_or_worse(self):
        good = self.measure("server")
        self.assert_exit(self.run_wsproof("compare", good, "-r", "json=old.json"), 0)
        bad = self.measure("server", "accepts-unmasked")
        run = self.run_wsproof("compare", bad, "--previous", "old.json", "-r", "json=new.json")
        self.assert_exit(run, 0)
        self.assertRegex(run.stdout, r"since old\.json\n +server: worse in framing/unmasked-frame")
        self.assertRegex(run.stdout, "framing .*▼")
        self.assertIn("framing/unmasked-frame#text", self.matrix("new.json")["columns"][0]["changes"]["worse"])

    def test_what_does_not_belong_together_is_told(self):
        files = [self.measure("one"), self.measure("two", select=("-s", "control/ping-answered"))]
        run = self.run_wsproof("compare", *files)
        self.assert_exit(run, 0)
        self.assertIn("not every report has every case", run.stdout)

    def test_names_and_views_are_checked_before_anything_runs(self):
        file = self.measure("good")
        for words, told in ((("--columns", "goood"), "did you mean 'good'"), (("--reference", "x"), "there is good"),
                            (("--only", "reference-fails"), "needs --reference"), (("--only", "what"), "is not one of"),
                            (("-r", "sarif"), "has no format 'sarif'")):
            run = self.run_wsproof("compare", file, *words)
            self.assert_exit(run, 2)
            self.assert_one_line(run.stderr, told)
        self.assert_exit(self.run_wsproof("compare"), 2)
        self.write("file", "")
        run = self.run_wsproof("compare", file, "-r", "md=file/m.md")
        self.assert_exit(run, 7)


class Spec(CliTest):
    SPEC = """
        [run]
        select = ["control/ping-answered", "framing/unmasked-frame", "opening/plain"]
        [target.honest]
        spawn = "exec %(wsproof)s echo --port {port}"
        server_libs = ["wsproof@1.0"]
        [target.believing]
        spawn = "exec %(wsproof)s echo --fault accepts-unmasked --port {port}"
        [target.absent]
        spawn = "exit 1"
        ready_timeout = "2s"
        """ % {"wsproof": WSPROOF}

    def names_and_states(self, path):
        with open(self.path(path), encoding="utf-8") as file:
            return [(column["name"], column["state"]) for column in json.load(file)["columns"]]

    def test_targets_are_measured_and_taken_again(self):
        self.write("impls.toml", self.SPEC)
        run = self.run_wsproof("compare", "--spec", "impls.toml", "-r", "json=m.json")
        self.assert_exit(run, 7)
        expected = [("absent", "unreachable"), ("believing", "complete"), ("honest", "complete")]
        self.assertEqual(self.names_and_states("m.json"), expected)
        self.assertIn("wsproof@1.0", run.stdout)
        self.assertIn("absent has no whole run", run.stdout)
        kept = sorted(os.listdir(self.path("wsproof-report/compare")))
        self.assertEqual([name for name in kept if name.endswith(".json")],
                         ["absent.json", "believing.json", "honest.json"])
        again = self.run_wsproof("compare", "--spec", "impls.toml", "--resume", "-r", "json=again.json")
        self.assert_exit(again, 7)
        self.assertEqual(again.stderr.count("measured before"), 2, again.stderr)
        self.assertEqual(self.names_and_states("again.json"), expected)
        self.write("wsproof-report/compare/honest.json", "{")
        other = self.run_wsproof("compare", "--spec", "impls.toml", "--resume", "--columns", "honest", "--strict")
        self.assert_exit(other, 0)
        self.assertNotIn("measured before", other.stderr)
        files = [os.path.join("wsproof-report/compare", name) for name in kept if name.endswith(".json")]
        self.run_wsproof("compare", *files, "-r", "json=files.json")
        self.assertEqual(self.names_and_states("files.json"), expected)

    def test_nothing_reached_is_no_comparison(self):
        self.write("impls.toml", '[target.absent]\nspawn = "exit 1"\nready_timeout = "1s"\n')
        self.assert_exit(self.run_wsproof("compare", "--spec", "impls.toml"), 3)

    def test_a_spec_is_read_whole_before_anything_runs(self):
        good = '[target.a]\nspawn = "touch started"\n'
        for text, told in ((good + "[target.b]\nspwn = 'x'\n", "did you mean 'spawn'"), (good + "[target.b]\n", "[target.b]"),
                           ("", "there is no target"), ("[", "impls.toml:1"), ('{"servers": []}', "Autobahn"),
                           (good + "[target.b]\nurl = 'http//'\n", "[target.b]")):
            self.write("impls.toml", text)
            run = self.run_wsproof("compare", "--spec", "impls.toml")
            self.assert_exit(run, 2)
            self.assert_one_line(run.stderr, told)
            self.assertFalse(os.path.exists(self.path("started")))
        self.assert_exit(self.run_wsproof("compare", "--spec", "nowhere.toml"), 2)


class WrongFiles(CliTest):
    """Each of the verbs that read reports says in one line what is wrong with a file."""

    def test_one_line_and_exit_code_2(self):
        with self.echo() as url:
            self.assert_exit(self.run_wsproof(url, *FEW, "-r", "json=good.json"), 0)
        with open(self.path("good.json"), encoding="utf-8") as file:
            good = file.read()
        os.mkdir(self.path("folder"))
        report = json.loads(good)
        files = {"empty.json": "", "cut.json": good[:len(good) // 2], "foreign.json": '{"hello": [1, 2]}', "text.json": "hello\n",
                 "array.json": "[]", "deep.json": "[" * 200_000, "deeper.json": '{"format": ' * 100_000 + "1" + "}" * 100_000,
                 "cases.json": json.dumps({**report, "cases": 7}), "targets.json": json.dumps({**report, "targets": [1, 2]}),
                 "results.json": json.dumps({**report, "results": [{"case": 5}]}),
                 "none.json": json.dumps({**report, "targets": []}),
                 "future.json": json.dumps({**report, "format": {"name": "wsproof-report", "version": "2.0"}}),
                 "journal.ndjson": '{"event":"run-start"}\n'}
        for name, text in files.items():
            self.write(name, text)
        for name in (*files, "folder", "missing.json"):
            for words in (("compare", "good.json", name), ("diff", "good.json", name), ("merge", "good.json", name), ("report", name),
                          ("compare", "good.json", "--previous", name)):
                with self.subTest(words=words):
                    run = self.run_wsproof(*words)
                    self.assert_exit(run, 2)
                    self.assert_one_line(run.stderr, name)
                    self.assertEqual(run.stdout, "")


if __name__ == "__main__":
    unittest.main()
