"""A real Kernelwalk server in a process of its own, for tests and benchmarks."""

import http.client
import os
import socket
import subprocess
import sys
import time
from dataclasses import dataclass
from pathlib import Path

import pytest

ROOT = Path(__file__).parent.parent
START_SECONDS = 120
STOP_SECONDS = 15
FAILED = pytest.StashKey[bool]()  # on a test whose set-up or body failed


@dataclass(frozen=True)
class Server:
    """Where a running server listens, keeps its pictures and writes its log."""

    url: str
    port: int
    store: Path
    log: Path
    running: subprocess.Popen[bytes]

    def __str__(self) -> str:
        return self.url

    def log_tail(self, lines: int = 80) -> str:
        return "\n".join(self.log.read_text(errors="replace").splitlines()[-lines:])

    def stop(self) -> None:
        """Ask the server to end, as an operator would; a server that does not is a failure."""
        self.running.terminate()
        try:
            self.running.wait(STOP_SECONDS)
        except subprocess.TimeoutExpired:
            self.running.kill()
            self.running.wait()
            raise AssertionError(f"the server did not stop within {STOP_SECONDS} s:\n{self.log_tail()}") from None


def start_server(folder: Path, **settings: str) -> Server:
    """Start `python -m app` with its store and log in `folder`; settings are KERNELWALK_... variables."""
    port, store, log = free_port(), folder / "store", folder / "server.log"
    own = {"KERNELWALK_HOST": "127.0.0.1", "KERNELWALK_PORT": str(port), "KERNELWALK_STORE": str(store)}
    inherited = {name: value for name, value in os.environ.items() if not name.startswith("KERNELWALK_")}
    with log.open("wb") as output:
        running = subprocess.Popen(
            [sys.executable, "-m", "app"],
            cwd=ROOT,
            env={**inherited, "PYTHONUNBUFFERED": "1", **own, **settings},
            stdin=subprocess.DEVNULL,
            stdout=output,
            stderr=subprocess.STDOUT,
        )
    server = Server(f"http://127.0.0.1:{port}", port, store, log, running)
    wait_until_healthy(server)
    return server


def free_port() -> int:
    with socket.socket() as listener:
        listener.bind(("127.0.0.1", 0))
        return int(listener.getsockname()[1])


def wait_until_healthy(server: Server) -> None:
    deadline = time.monotonic() + START_SECONDS
    while not healthy(server.port):
        if server.running.poll() is not None:
            raise RuntimeError(f"the server ended with {server.running.returncode}:\n{server.log_tail()}")
        if time.monotonic() > deadline:
            server.running.kill()
            server.running.wait()
            raise RuntimeError(f"the server was not ready within {START_SECONDS} s:\n{server.log_tail()}")
        time.sleep(0.05)


def healthy(port: int) -> bool:
    connection = http.client.HTTPConnection("127.0.0.1", port, timeout=5)
    try:
        connection.request("GET", "/healthz")
        return connection.getresponse().status == 200
    except OSError:
        return False
    finally:
        connection.close()
