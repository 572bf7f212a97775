#!/usr/bin/env python3
"""Completions in real shells, and the manual page in a real roff."""
import os
import shlex
import shutil
import subprocess
import unittest

from kit import WSPROOF, CliTest

BASH = """
compopt() { :; }
source %(script)s
COMP_LINE=%(line)s COMP_POINT=${#COMP_LINE}
_wsproof
printf '%%s\\n' "${COMPREPLY[@]}"
"""

ZSH_LOADS = "fpath=($1 $fpath); autoload -Uz compinit; compinit -u -d $1/dump; print -r -- $_comps[wsproof]"
ZSH_HANDS_OVER = """
compdef() { :; }
_arguments() { print -rl -- "$@" }
source $1
shift
words=(wsproof "$@") CURRENT=$#words
_wsproof
"""


def needs(shell):
    return unittest.skipUnless(shutil.which(shell), "%s is not installed" % shell)


class Shells(CliTest):
    def setUp(self):
        super().setUp()
        os.symlink(WSPROOF, self.path("wsproof"))
        self.variables = {"PATH": "%s:%s" % (self.folder, os.environ["PATH"]), "HOME": self.folder, "LC_ALL": "C.UTF-8"}

    def said_by(self, *words):
        run = subprocess.run(words, cwd=self.folder, env=self.environment(self.variables), stdout=subprocess.PIPE,
                             stderr=subprocess.PIPE, text=True, timeout=60, check=False)
        self.assertEqual((run.returncode, run.stderr), (0, ""), run.stdout)
        return run.stdout

    def script_for(self, shell, name):
        return self.write(name, self.said_by("wsproof", "completions", shell))

    def check(self, complete):
        """`complete` tells what a shell offers at the end of a line."""
        verbs = complete("wsproof ")
        for verb in ("test", "list", "completions", "help"):
            self.assertIn(verb, verbs)
        self.assertEqual(complete("wsproof expl"), ["explain"])
        self.assertEqual(complete("wsproof list --profile fu"), ["full"])
        self.assertEqual(complete("wsproof ws://localhost:9001 --profile fu"), ["full"])
        self.assertEqual(complete("wsproof --shutdown-gr"), ["--shutdown-grace"])
        self.assertEqual(complete("wsproof list --shutdown-gr"), [])
        self.assertEqual(complete("wsproof echo --fault accepts-unmas"), ["accepts-unmasked"])
        self.assertEqual(complete("wsproof test --ready tc"), ["tcp"])
        self.assertEqual(complete("wsproof test -r sar"), ["sarif"])
        self.assertEqual(complete("wsproof explain framing/unmasked-fram")[0], "framing/unmasked-frame")
        self.assertEqual(complete("wsproof test -s @mus"), ["@must"])
        self.assertEqual(sorted(complete("wsproof completions ")), ["bash", "fish", "zsh"])
        self.write("capture.bin", "")
        self.assertEqual(complete("wsproof replay capt"), ["capture.bin"])
        self.assertEqual(complete("wsproof test --cacert capt"), ["capture.bin"])

    def test_bash(self):
        script = self.script_for("bash", "wsproof.bash")

        def complete(line):
            return self.said_by("bash", "--norc", "-c", BASH % {"script": script, "line": shlex.quote(line)}).split()

        self.check(complete)
        self.assertEqual(complete("wsproof list --profile=fu"), ["full"])
        self.assertEqual(complete("wsproof test -s '@mus"), ["@must"])
        # What stands before the colon is on the line already.
        self.assertIn("5.5.1", complete("wsproof test -s rfc:5.5"))

    @needs("fish")
    def test_fish(self):
        script = self.script_for("fish", "wsproof.fish")

        def complete(line):
            said = self.said_by("fish", "--no-config", "-c", "source %s; complete -C %s" % (script, shlex.quote(line)))
            return [offer.split("\t")[0] for offer in said.splitlines()]

        self.check(complete)

    @needs("zsh")
    def test_zsh(self):
        self.script_for("zsh", "_wsproof")
        self.said_by("zsh", "-n", "_wsproof")
        loaded = self.said_by("zsh", "-f", "-c", ZSH_LOADS, "zsh", self.folder)
        self.assertEqual(loaded, "_wsproof\n")
        # What the script hands to the completion system, for lack of a terminal to complete in.
        said = self.said_by("zsh", "-f", "-c", ZSH_HANDS_OVER, "zsh", "_wsproof", "list", "--profile", "fu").splitlines()
        self.assertTrue([line for line in said if line.startswith("(--profile)--profile=[smoke\\: level must")
                         and line.endswith("]:smoke|default|strict|full:(smoke default strict full)")], said)
        self.assertFalse([line for line in said if "--shutdown-grace" in line])
        said = self.said_by("zsh", "-f", "-c", ZSH_HANDS_OVER, "zsh", "_wsproof", "ws://localhost:9001", "").splitlines()
        self.assertTrue([line for line in said if "--shutdown-grace" in line])

    def test_an_unknown_shell_is_refused(self):
        run = self.run_wsproof("completions", "tcsh")
        self.assert_exit(run, 2)
        self.assert_one_line(run.stderr, "tcsh", "bash, zsh or fish")

    @needs("groff")
    def test_the_manual_page_has_every_verb_and_option(self):
        page = self.write("wsproof.1", self.said_by("wsproof", "help", "--man"))
        text = self.said_by("groff", "-man", "-ww", "-Tascii", "-P-cbou", "-rLL=100n", page)
        for words in ("NAME", "wsproof ws://localhost:9001/chat", "--shutdown-grace D", "-j, --jobs N|auto", "a new finding",
                      "wsproof merge [OPTION...] REPORT...", "source <(wsproof completions bash)"):
            self.assertIn(words, text)


if __name__ == "__main__":
    unittest.main()
