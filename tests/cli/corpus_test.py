#!/usr/bin/env python3
"""`wsproof corpus export`: seeds for fuzzers, in files that are named by what is in them."""
import hashlib
import os
import unittest

from kit import CliTest, SOURCE


class Corpus(CliTest):
    def test_every_seed_is_small_and_named_by_its_digest(self):
        run = self.run_wsproof("corpus", "export", "seeds")
        self.assert_exit(run, 0)
        self.assertEqual(run.stderr, "")
        self.assertIn("endpoint_session", run.stdout)
        self.assertIn("wsproof.dict to seeds", run.stdout.splitlines()[-1])
        for target in sorted(os.listdir(self.path("seeds"))):
            if target == "wsproof.dict":
                continue
            self.assertTrue(os.path.exists(os.path.join(SOURCE, "fuzz/targets", target + "_fuzzer.cpp")), target)
            files = os.listdir(self.path("seeds/" + target))
            self.assertGreater(len(files), 4, target)
            self.assertLessEqual(len(files), 300, target)
            for name in files:
                with open(self.path("seeds/%s/%s" % (target, name)), "rb") as file:
                    data = file.read()
                self.assertEqual(hashlib.sha1(data).hexdigest(), name)
                self.assertLessEqual(len(data), 2048)

    def test_the_same_cases_give_the_same_seeds(self):
        names = []
        for folder in ("one", "two"):
            run = self.run_wsproof("corpus", "export", folder, "-q")
            self.assert_exit(run, 0)
            self.assert_one_line(run.stdout, "seeds for")
            names.append(sorted(file for _, _, files in os.walk(self.path(folder)) for file in files))
        self.assertEqual(names[0], names[1])

    def test_the_dictionary_is_that_of_the_repository(self):
        self.assert_exit(self.run_wsproof("corpus", "export", "seeds"), 0)
        with open(self.path("seeds/wsproof.dict")) as exported, \
                open(os.path.join(SOURCE, "fuzz/dictionary/wsproof.dict")) as kept:
            self.assertEqual(exported.read(), kept.read())

    def test_a_folder_that_cannot_be_made_is_named(self):
        self.write("file", "")
        run = self.run_wsproof("corpus", "export", "file/seeds")
        self.assert_exit(run, 2)
        self.assertEqual(run.stdout, "")
        self.assert_one_line(run.stderr, "file/seeds", "cannot be made")

    def test_another_word_than_export_is_refused(self):
        run = self.run_wsproof("corpus", "import", "seeds")
        self.assert_exit(run, 2)
        self.assert_one_line(run.stderr, "expected 'export DIR', got 'import'")


if __name__ == "__main__":
    unittest.main()
