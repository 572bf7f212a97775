"""Starts servers that others wrote, on free ports, and ends them: the processes of this run, nothing else."""
import contextlib
import os
import socket
import subprocess
import sys
import time

HERE = os.path.dirname(os.path.abspath(__file__))
WORK = os.environ["WSPROOF_INTEROP_WORK"]  # a folder below the build folder
WS_VERSION = "8.23.0"


def free_port():
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return probe.getsockname()[1]


def install_ws():
    """The npm package, into the build folder; nothing is written beside the sources."""
    if not os.path.isdir(os.path.join(WORK, "node_modules", "ws")):
        os.makedirs(WORK, exist_ok=True)
        subprocess.run(["npm", "install", "--prefix", WORK, "--no-save", "--no-package-lock", "--no-audit", "--no-fund",
                        "--silent", "ws@" + WS_VERSION], check=True, cwd=WORK)


def command_of(name, port):
    script = lambda file: os.path.join(HERE, "peers", file)
    if name == "ws":
        install_ws()
        return ["node", script("ws_echo.js"), str(port)]
    if name == "python-websockets":
        return ["/usr/bin/python3", script("websockets_echo.py"), str(port)]
    if name == "beast":
        return [os.environ["BEAST_ECHO"], str(port)]
    if name == "libwebsockets":
        return [os.environ["LWS_ECHO"], str(port)]
    return [sys.executable, script("broken.py"), str(port), name]


@contextlib.contextmanager
def running(name):
    """Yields the port of a server that accepts connections."""
    port = free_port()
    environment = dict(os.environ, NODE_PATH=os.path.join(WORK, "node_modules"))
    process = subprocess.Popen(command_of(name, port), env=environment, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
    try:
        for _ in range(300):
            if process.poll() is not None:
                raise RuntimeError("%s ended with %d before it listened" % (name, process.returncode))
            with contextlib.suppress(OSError):
                socket.create_connection(("127.0.0.1", port), timeout=1).close()
                break
            time.sleep(0.05)
        else:
            raise RuntimeError("%s did not listen on port %d within 15 s" % (name, port))
        yield port
    finally:
        process.terminate()
        try:
            process.wait(5)
        except subprocess.TimeoutExpired:
            process.kill()
            process.wait()
