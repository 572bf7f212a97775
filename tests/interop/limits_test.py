#!/usr/bin/env python3
"""Measures the limits on messages of servers over other people's libraries: a limit that holds however a message comes is
no finding, one on single frames or on compressed bytes is, and nobody is accused of what was not measured."""
import json
import os
import subprocess
import sys
import tempfile
import unittest

HERE = os.path.dirname(os.path.abspath(__file__))
sys.path.insert(0, os.path.join(HERE, "..", "..", "peers"))
from peers import free_port, serving  # noqa: E402

RELEASE = os.path.join(HERE, "..", "..", "build", "release")
WSPROOF = os.environ.get("WSPROOF", os.path.join(RELEASE, "wsproof"))
BUILD = os.environ.get("WSPROOF_PEERS_BUILD", os.path.join(RELEASE, "peers"))
LIMIT = 200000
SIZES = ["-s", "limits/frame-size", "-s", "limits/message-size", "-s", "limits/compressed-message-size*"]


def measure(*command):
    """Findings, and the measured numbers with "or more" for those that no limit was met for."""
    port = free_port()
    environment = dict(os.environ, NODE_PATH=os.path.join(BUILD, "node_modules"))
    command = [word.replace("{port}", str(port)) for word in command]
    with serving(command[0], command, port, env=environment) as process, tempfile.TemporaryDirectory() as folder:
        path = os.path.join(folder, "report.json")
        run = subprocess.run([WSPROOF, "test", "ws://127.0.0.1:%d/" % port, "--no-config", "-q", "-r", "json=" + path,
                              "--profile", "full", "--pid", str(process.pid), *SIZES],
                             timeout=120, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True, check=False)
        if not os.path.exists(path):
            raise RuntimeError("wsproof ended with %d: %s" % (run.returncode, run.stdout))
        with open(path, encoding="utf-8") as file:
            report = json.load(file)
    numbers = {}
    for result in report["results"]:
        for name, number in result.get("metrics", {}).items():
            if name.endswith("-size"):
                numbers[name] = (number, "or more" if "at-least" in result["metrics"] else "")
    return {one["id"]: one for one in report.get("findings", [])}, numbers, report


class Limits(unittest.TestCase):
    def check_that_it_holds(self, *command):
        findings, numbers, report = measure(*command)
        self.assertEqual(findings, {})
        self.assertEqual(set(numbers), {"frame-size", "message-size", "compressed-size", "compressed-fragments-size"})
        for number in numbers.values():
            self.assertEqual(number, (LIMIT, ""), numbers)
        return report

    def test_of_ws_hold_however_a_message_comes(self):
        report = self.check_that_it_holds("node", os.path.join(HERE, "limits", "ws.js"), "{port}", str(LIMIT))
        used = report["targets"][0]["process"]
        self.assertGreaterEqual(used["memory"]["highest"], used["memory"]["before"])
        self.assertGreater(used["descriptors"]["before"], 0)

    def test_of_websockets_hold_however_a_message_comes(self):
        self.check_that_it_holds("/usr/bin/python3", os.path.join(HERE, "limits", "websockets_limit.py"), "{port}", str(LIMIT))

    def test_of_frames_alone_are_found_out(self):
        findings, numbers, _ = measure("/usr/bin/python3", os.path.join(HERE, "limits", "frame_limit.py"), "{port}", str(LIMIT))
        self.assertEqual({name: one["severity"] for name, one in findings.items()},
                         {"WS-LIMIT-CUMULATIVE": "medium", "WS-LIMIT-COMPRESSED": "medium"})
        self.assertEqual(numbers["frame-size"], (LIMIT, ""))
        self.assertEqual(numbers["message-size"], (16777216, "or more"))
        # Twice what one plain frame was refused at, and no byte more.
        self.assertEqual(numbers["compressed-size"], (2 * 262144, "or more"))
        self.assertIn("262,144 bytes are refused in one frame", findings["WS-LIMIT-COMPRESSED"]["weight"])

    def test_of_gorilla_are_about_bytes_on_the_wire(self):
        findings, numbers, _ = measure(os.path.join(BUILD, "go-gorilla"), "{port}", "read-limit", str(LIMIT))
        self.assertEqual(set(findings), {"WS-LIMIT-COMPRESSED"})
        self.assertEqual(numbers["message-size"], (LIMIT, ""))

    def test_that_nobody_set_are_noted(self):
        findings, numbers, _ = measure(os.path.join(BUILD, "go-gorilla"), "{port}")
        self.assertEqual({name: one["severity"] for name, one in findings.items()}, {"WS-LIMIT-NONE": "info"})
        self.assertEqual(numbers["frame-size"], (16777216, "or more"))


if __name__ == "__main__":
    unittest.main(verbosity=2)
