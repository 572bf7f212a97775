#!/usr/bin/env python3
"""Choosing cases, playing them in parts, and joining the parts."""
import json
import os
import unittest

from kit import CliTest

SHARDS = 3


class Selection(CliTest):
    def report(self, name):
        with open(self.path(name), encoding="utf-8") as file:
            return json.load(file)

    def verdicts(self, name):
        return {result["case"]: result["verdict"] for result in self.report(name)["results"]}

    def ids(self, *words):
        run = self.run_wsproof("list", *words)
        self.assert_exit(run, 0)
        return [line.split()[0] for line in run.stdout.splitlines()]

    def refused(self, *words, says):
        run = self.run_wsproof(*words)
        self.assert_exit(run, 2)
        self.assert_one_line(run.stderr, *([says] if isinstance(says, str) else says))

    def shards_of(self, url, *words):
        names = []
        for number in range(1, SHARDS + 1):
            name = "shard-%d.json" % number
            self.run_wsproof(url, *words, "--shard", "%d/%d" % (number, SHARDS), "-r", "json=" + name)
            names.append(name)
        return names

    def test_shards_joined_are_the_whole_run(self):
        words = ("-s", "framing/*", "-s", "opening/plain", "-s", "control/*", "-s", "!framing/reserved*")
        with self.echo("--fault", "accepts-unmasked") as url:
            whole = self.run_wsproof(url, *words, "-r", "json=whole.json")
            names = self.shards_of(url, *words)
        sizes = [len(self.verdicts(name)) for name in names]
        self.assertEqual(sum(sizes), len(self.verdicts("whole.json")))
        self.assertGreater(min(sizes), 0)
        merged = self.run_wsproof("merge", *names, "-r", "json=merged.json", "-r", "html=merged.html")
        self.assert_exit(merged, whole.returncode)
        self.assert_exit(whole, 1)
        self.assertEqual(self.verdicts("merged.json"), self.verdicts("whole.json"))
        self.assertTrue(os.path.getsize(self.path("merged.html")) > 1000)
        report = self.report("merged.json")
        self.assertEqual(report["summary"]["by_target"], self.report("whole.json")["summary"]["by_target"])
        self.assertEqual(report["gate"]["broke"], self.report("whole.json")["gate"]["broke"])
        self.assertEqual(report["run"]["shards"], ["1/3", "2/3", "3/3"])
        self.assertEqual(self.report(names[1])["run"]["shard"], "2/3")
        few = self.run_wsproof("merge", *names[:2])
        self.assertIn("3/3 missing", few.stdout)
        self.assert_exit(few, 1)

    def test_a_missing_shard_is_incomplete(self):
        with self.echo() as url:
            names = self.shards_of(url, "-s", "control/*", "-s", "opening/plain")
        self.assert_exit(self.run_wsproof("merge", *names[:2]), 7)
        self.assert_exit(self.run_wsproof("merge", *names), 0)

    def test_an_empty_shard_has_done_its_part(self):
        with self.echo() as url:
            names = self.shards_of(url, "-s", "opening/plain")
            self.assertEqual(sorted(len(self.verdicts(name)) for name in names), [0, 0, 1])
            empty = [name for name in names if not self.verdicts(name)]
            self.assertEqual([self.report(name)["gate"]["exit_code"] for name in empty], [0, 0])
        self.assert_exit(self.run_wsproof("merge", *names), 0)

    def test_reports_that_do_not_belong_together_are_refused(self):
        with self.echo() as url, self.echo() as other:
            self.run_wsproof(url, "-s", "opening/plain", "-r", "json=one.json")
            self.run_wsproof(other, "-s", "opening/plain", "-r", "json=two.json")
            self.run_wsproof(url, "-s", "opening/plain", "--seed", "1", "-r", "json=seed.json")
        self.refused("merge", "one.json", "two.json", says=["one.json", "two.json", "target", "--force"])
        self.refused("merge", "one.json", "seed.json", says="seed")
        forced = self.run_wsproof("merge", "one.json", "two.json", "--force")
        self.assert_exit(forced, 0)
        self.assert_one_line(forced.stderr, "target")

    def test_what_is_no_report_is_refused_in_a_line(self):
        with self.echo() as url:
            self.run_wsproof(url, "-s", "opening/plain", "-r", "json=one.json")
        with open(self.path("one.json"), encoding="utf-8") as file:
            text = file.read()
        self.write("cut.json", text[:len(text) // 2])
        self.write("foreign.json", '{"agents": {}}')
        self.refused("merge", "one.json", "cut.json", says="cut.json")
        self.refused("merge", "one.json", "foreign.json", says="foreign.json")
        self.refused("merge", "one.json", "missing.json", says="missing.json")
        self.refused("merge", says="REPORT")

    def test_bad_shards_are_refused_in_a_line(self):
        for shard in ("0/4", "5/4", "4", "1/0", "a/b", "1/4/2"):
            self.refused("ws://127.0.0.1:9/", "--shard", shard, says=["--shard", shard, "I/N"])

    def test_expressions_mean_the_same_everywhere(self):
        by_list = self.ids("@control", "!@should")
        self.assertEqual(self.ids("-s", "@control", "-s", "!@should"), by_list)
        self.write("chosen.txt", "# ours\n@control  all of them\n")
        self.assertEqual(self.ids("--select-file", "chosen.txt", "-s", "!@should"), by_list)
        proof = self.run_wsproof("self-test", "@control", "!@should")
        self.assert_exit(proof, 0)
        self.assertIn("%d variants:" % len(by_list), proof.stdout)
        with self.echo() as url:
            self.run_wsproof(url, "-s", "@control", "-s", "!@should", "-r", "json=run.json")
            self.assertEqual(sorted(set(self.verdicts("run.json"))), sorted(
                case for case in by_list if case in self.ids("@server")))
            self.write("wsproof.toml", 'format = 1\n[[skip]]\ncases = ["@control", "!@should"]\nwhy = "ours"\n')
            self.run_wsproof(url, "-s", "@control", "-s", "opening/plain", "-r", "json=skips.json")
        skipped = [case for case, verdict in self.verdicts("skips.json").items() if verdict == "skipped"]
        self.assertEqual(sorted(skipped), sorted(self.verdicts("run.json")))

    def test_a_skip_that_matches_nothing_is_named_with_its_line(self):
        self.write("wsproof.toml", 'format = 1\n\n[[skip]]\ncases = "contrl/*"\nwhy = "ours"\n')
        self.refused("ws://127.0.0.1:9/", says=["wsproof.toml:3", "did you mean 'control/*'?"])

    def test_every_kind_of_expression_gets_the_nearest_name(self):
        for typed, meant in (("opening/plian", "opening/plain"), ("@shuold", "@should"), ("@needs-ehco", "@needs-echo"),
                             ("rfc:5.5.9", "rfc:5.5."), ("contrl/*", "control/*"), ("!@mustt", "@must")):
            self.refused("list", typed, says="did you mean '" + meant)

    def test_profiles_hold_what_they_say(self):
        everything = json.loads(self.run_wsproof("list", "--json", "@server").stdout)
        ordinary = json.loads(self.run_wsproof("list", "--json", "--profile", "default", "@server").stdout)
        left_out = [case for case in everything if case not in ordinary]
        self.assertTrue(left_out)
        for case in left_out:
            self.assertTrue(case["id"].startswith("limits/") or {"limits", "slow"} & set(case["tags"]), case["id"])
        self.assertEqual(self.ids("--profile", "strict"), self.ids("--profile", "default"))
        self.assertEqual(self.ids("--profile", "full"), self.ids())
        smoke = json.loads(self.run_wsproof("list", "--json", "--profile", "smoke").stdout)
        self.assertEqual({case["level"] for case in smoke}, {"must"})
        self.assertEqual(len({case["case"] for case in smoke}), len(smoke))
        self.assertFalse([case["id"] for case in smoke if case["exclusive"]])

    def test_limits_stand_apart(self):
        limits = self.ids("@limits")
        with self.echo() as url:
            run = self.run_wsproof(url, "-s", "opening/plain", "-s", limits[0], "-r", "json=run.json",
                                   "-r", "html=run.html")
        report = self.report("run.json")
        self.assertEqual(len(report["results"]), 2)
        self.assertEqual(sum(sum(level.values()) for target in report["summary"]["by_target"].values()
                             for level in target.values()), 1)
        self.assertEqual(sum(sum(tally.values()) for tally in report["summary"]["limits"].values()), 1)
        self.assertIn("MUST 1/1", run.stdout)
        self.assertIn("limits 1", run.stdout.splitlines()[-1])
        with open(self.path("run.html"), encoding="utf-8") as file:
            self.assertIn('id="measured"', file.read())


if __name__ == "__main__":
    unittest.main()
