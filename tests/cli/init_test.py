#!/usr/bin/env python3
"""`wsproof init` without a spec: a wsproof.toml that works, after the kind of project."""
import os
import unittest

from kit import WSPROOF, CliTest


class Init(CliTest):
    def test_what_it_writes_judges_a_server(self):
        self.write("server", "#!/bin/sh\nexec '%s' echo \"$@\"\n" % WSPROOF)
        os.chmod(self.path("server"), 0o755)
        run = self.run_wsproof("init")
        self.assert_exit(run, 0)
        for words in ("wrote wsproof.toml", 'spawn = "./server --port {port}"', "next:", "wsproof test"):
            self.assertIn(words, run.stdout)
        self.assert_exit(self.run_wsproof("test", "-s", "control/*", "-s", "!@slow"), 0)
        for name in ("report.html", "report.json", "junit.xml"):
            self.assertTrue(os.path.exists(self.path("wsproof-report/" + name)), name)

    def test_a_url_becomes_the_target(self):
        self.assert_exit(self.run_wsproof("init", "localhost:9001/chat"), 0)
        run = self.run_wsproof("test", "--print-config")
        self.assert_exit(run, 0)
        self.assertIn("ws://localhost:9001/chat", run.stdout)

    def test_the_command_is_that_of_the_kind_of_project(self):
        for name, command in {"CMakeLists.txt": "./build/server", "Cargo.toml": "cargo run", "go.mod": "go run", "package.json": "node ",
                              "pyproject.toml": "python3 -m"}.items():
            self.write(name, "")
            run = self.run_wsproof("init", "--force")
            self.assert_exit(run, 0)
            self.assertIn('spawn = "' + command, run.stdout)
            self.assertIn("this looks like", run.stdout)
            os.remove(self.path(name))

    def test_nothing_that_is_there_is_overwritten(self):
        self.write("wsproof.toml", "format = 1\n")
        run = self.run_wsproof("init")
        self.assert_exit(run, 2)
        self.assert_one_line(run.stderr, "wsproof.toml", "--force")
        with open(self.path("wsproof.toml"), encoding="utf-8") as file:
            self.assertEqual(file.read(), "format = 1\n")

    def test_a_url_that_is_none_is_refused(self):
        self.assert_exit(self.run_wsproof("init", "ftp://localhost/"), 2)
        self.assert_exit(self.run_wsproof("init", "ws://localhost/", "--from", "spec.json"), 2)
        self.assertFalse(os.path.exists(self.path("wsproof.toml")))


if __name__ == "__main__":
    unittest.main()
