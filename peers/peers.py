"""The servers of peers.json: starts one on a free port and ends it, the processes of this run and nothing else."""
import contextlib
import json
import os
import socket
import subprocess
import time

SOURCE = os.path.dirname(os.path.abspath(__file__))

with open(os.path.join(SOURCE, "peers.json"), encoding="utf-8") as data:
    PEERS = {peer["name"]: peer for peer in json.load(data)}
IN_CI = [name for name, peer in PEERS.items() if peer.get("ci", True)]


def free_port():
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return probe.getsockname()[1]


def command_of(peer, build, port):
    """What starts a peer; `build` is the folder that its programs and packages were built in."""
    return [word.format(source=SOURCE, build=build, port=port) for word in peer["start"]]


def options_for(peer):
    """Options of `wsproof test` that a run against the peer needs."""
    options = [word for selector in peer.get("select", []) for word in ("-s", selector)]
    return options + (["--insecure"] if peer.get("tls") else [])  # its certificate is self-signed


def wait_until_listening(process, port, name, seconds=30):
    end = time.monotonic() + seconds
    while time.monotonic() < end:
        if process.poll() is not None:
            raise RuntimeError("%s ended with %d before it listened; is it built? cmake --build build/release --target peers"
                               % (name, process.returncode))
        with contextlib.suppress(OSError):
            socket.create_connection(("127.0.0.1", port), timeout=1).close()
            return
        time.sleep(0.05)
    raise RuntimeError("%s did not listen on port %d within %d s" % (name, port, seconds))


@contextlib.contextmanager
def serving(name, command, port, **options):
    """The process of a server that accepts connections."""
    try:
        process = subprocess.Popen(command, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL, **options)
    except FileNotFoundError as error:
        raise RuntimeError("%s cannot be started: %s; build the target `peers`" % (name, error)) from error
    try:
        wait_until_listening(process, port, name)
        yield process
    finally:
        process.terminate()
        try:
            process.wait(5)
        except subprocess.TimeoutExpired:
            process.kill()
            process.wait()


@contextlib.contextmanager
def running(name, build):
    """The URL of a peer that accepts connections."""
    peer = PEERS[name]
    port = free_port()
    packages = [os.path.join(build, "node_modules"), os.path.join(build, "comparison", "node_modules")]
    environment = dict(os.environ, NODE_PATH=os.pathsep.join(packages))
    with serving(name, command_of(peer, build, port), port, env=environment):
        yield "%s://127.0.0.1:%d%s" % ("wss" if peer.get("tls") else "ws", port, peer["path"])
