#!/usr/bin/env python3
"""The package for Debian: what is in it, what it depends on, and that lintian, where it is installed, has nothing against it."""
import gzip
import os
import re
import shutil
import subprocess
import tempfile
import unittest

BUILD = os.environ["WSPROOF_BUILD"]


def said(*words):
    run = subprocess.run(words, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True, timeout=120, check=False)
    if run.returncode != 0:
        raise AssertionError("%s: exit code %d\n%s" % (words, run.returncode, run.stdout))
    return run.stdout


@unittest.skipUnless(shutil.which("dpkg-deb") and shutil.which("dpkg-shlibdeps"), "this is no Debian")
class Package(unittest.TestCase):
    @classmethod
    def setUpClass(cls):
        cls.folder = tempfile.mkdtemp(prefix="wsproof-deb-")
        cls.addClassCleanup(shutil.rmtree, cls.folder, ignore_errors=True)
        os.umask(0o022)
        said("cpack", "--config", os.path.join(BUILD, "CPackConfig.cmake"), "-G", "DEB", "-B", cls.folder)
        cls.package, = [os.path.join(cls.folder, name) for name in os.listdir(cls.folder) if name.endswith(".deb")]
        cls.root = os.path.join(cls.folder, "root")
        said("dpkg-deb", "--extract", cls.package, cls.root)

    def path(self, name):
        return os.path.join(self.root, "usr", name)

    def test_it_has_what_users_get(self):
        for name in ("bin/wsproof", "share/bash-completion/completions/wsproof", "share/zsh/vendor-completions/_wsproof",
                     "share/fish/vendor_completions.d/wsproof.fish", "share/doc/wsproof/copyright", "include/wsproof/gtest.hpp",
                     "lib/cmake/wsproof/wsproof-config.cmake", "lib/cmake/wsproof/wsproof_add_test.cmake"):
            self.assertGreater(os.path.getsize(self.path(name)), 0, name)
        with gzip.open(self.path("share/man/man1/wsproof.1.gz"), "rt", encoding="utf-8") as page:
            self.assertIn(".SH OPTIONS", page.read())
        with gzip.open(self.path("share/doc/wsproof/changelog.gz"), "rt", encoding="utf-8") as changes:
            self.assertIn("# Changes", changes.read())

    def test_it_knows_what_it_depends_on(self):
        depends = said("dpkg-deb", "--field", self.package, "Depends")
        needed = re.findall(r"NEEDED +(\S+)", said("objdump", "-p", self.path("bin/wsproof")))
        self.assertIn("libc.so.6", needed)
        for library, package in {"libssl.so.3": "libssl3", "libz.so.1": "zlib1g", "libc.so.6": "libc6"}.items():
            self.assertEqual(library in needed, package in depends, depends)

    def test_the_binary_in_it_runs(self):
        self.assertIn("suite", said(self.path("bin/wsproof"), "version"))

    @unittest.skipUnless(shutil.which("lintian"), "lintian is not installed")
    def test_lintian_has_nothing_against_it(self):
        options = ["--allow-root"] if os.geteuid() == 0 else []
        self.assertEqual(said("lintian", *options, "--fail-on", "error,warning", self.package), "")


if __name__ == "__main__":
    unittest.main()
