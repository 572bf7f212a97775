#!/usr/bin/env python3
"""peers.json against what it speaks of: sources, packages, departures, and how many servers there are."""
import json
import os
import re
import sys
import unittest

HERE = os.path.dirname(os.path.abspath(__file__))
ROOT = os.path.join(HERE, "..", "..")
sys.path.insert(0, os.path.join(ROOT, "peers"))
from peers import IN_CI, PEERS, SOURCE  # noqa: E402


def contents(*path):
    with open(os.path.join(ROOT, *path), encoding="utf-8") as file:
        return file.read()


class PeersData(unittest.TestCase):
    def test_there_are_ten_servers_in_six_languages_at_least_in_ci_and_twenty_in_eight_in_all(self):
        self.assertGreaterEqual(len(IN_CI), 10)
        self.assertGreaterEqual(len({PEERS[name]["language"] for name in IN_CI}), 6)
        self.assertGreaterEqual(len({peer["library"] for peer in PEERS.values()}), 20)
        self.assertGreaterEqual(len({peer["language"] for peer in PEERS.values()}), 8)

    def test_one_line_is_one_peer(self):
        lines = [line for line in contents("peers", "peers.json").splitlines() if line.startswith("{")]
        self.assertEqual([json.loads(line.rstrip(","))["name"] for line in lines], list(PEERS))

    def test_every_source_is_there(self):
        for name, peer in PEERS.items():
            written = [word for word in peer["start"] if word.startswith("{source}/")]
            for word in written:
                self.assertTrue(os.path.exists(word.format(source=SOURCE)), word)
            self.assertTrue(written or "target" in peer, "%s is neither a script nor built" % name)

    def test_debian_packages_are_installed_by_install_deps(self):
        words = set(re.findall(r"[a-z0-9.+-]+", contents("tools", "install-deps")))
        for name, peer in PEERS.items():
            if peer["source"] == "debian":
                self.assertLessEqual(set(peer["packages"]), words, name)

    def test_npm_packages_have_versions(self):
        for name, peer in PEERS.items():
            if peer["source"] == "npm":
                for package in peer["packages"]:
                    self.assertRegex(package, r"^(@[a-z0-9-]+/)?[a-z0-9-]+@\d+\.\d+\.\d+$", name)

    def test_each_has_its_departures_and_nobody_else(self):
        files = {os.path.splitext(file)[0] for file in os.listdir(os.path.join(HERE, "departures"))}
        self.assertEqual(files, {peer.get("departures", name) for name, peer in PEERS.items()})


if __name__ == "__main__":
    unittest.main()
