"""docs/comparison/impls.toml: the servers of peers/ as targets of a configuration of wsproof."""
import json
import shlex

from peers import PEERS

HEAD = """# Written by `tools/comparison spec` out of peers/peers.json: the servers of the comparison as targets.
# From the root of the repository, behind `tools/comparison run` or a build of the servers:
#   build/release/wsproof test --config docs/comparison/impls.toml --target beast
format = 1
"""
TARGET = """
[target.{name}]
name = {label}
spawn = {command}
"""
NODE = """env = { NODE_PATH = "build/release/peers/node_modules:build/release/peers/comparison/node_modules" }
"""
SKIP = """
[[skip]]
target = "{name}"
cases = {cases}
why = {why}
"""


def quoted(text):
    return json.dumps(text, ensure_ascii=False)  # a basic string of TOML as well


def command_of(peer):
    words = [word.format(source="peers", build="build/release/peers", port="{port}") for word in peer["start"]]
    return "exec " + " ".join(word if word == "{port}" else shlex.quote(word) for word in words)


def spec(names):
    text = HEAD
    for name in names:
        peer = PEERS[name]
        text += TARGET.format(name=name, label=quoted("%s %s" % (peer["library"], peer["version"])),
                              command=quoted(command_of(peer)))
        if peer["start"][0] == "node":
            text += NODE
    for name in names:
        cases = [selector.lstrip("!") for selector in PEERS[name].get("select", [])]
        if cases:
            text += SKIP.format(name=name, cases=quoted(cases), why=quoted(PEERS[name]["notes"]))
    return text
