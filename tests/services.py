"""Programs that a server of many processes works with, the real ones, each in a folder and on ports of its own."""

from __future__ import annotations

import json
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Mapping
from contextlib import suppress
from pathlib import Path
from typing import Self

from tests.running import free_port

START_SECONDS, STOP_SECONDS = 60.0, 20.0
USER, SECRET, BUCKET = "tester", "only-for-tests", "pictures"
PARTS = ("s3.port", "filer.port", "master.port", "volume.port")


class Service:
    """A program that can be started, killed and started again at the same place with what it kept."""

    def __init__(self, folder: Path, command: list[str], port: int) -> None:
        self.folder = folder
        self.command = command
        self.port = port
        self.running: subprocess.Popen[bytes] | None = None

    def __enter__(self) -> Self:
        self.start()
        return self

    def __exit__(self, *_: object) -> None:
        self.kill()

    def start(self) -> None:
        with (self.folder / "log").open("ab") as log:
            self.running = subprocess.Popen(
                self.command, cwd=self.folder, stdin=subprocess.DEVNULL, stdout=log, stderr=subprocess.STDOUT
            )
        deadline = time.monotonic() + START_SECONDS
        while not self.listens():
            assert self.running.poll() is None, self.log()
            assert time.monotonic() < deadline, self.log()
            time.sleep(0.05)

    def listens(self) -> bool:
        with suppress(OSError), socket.create_connection(("127.0.0.1", self.port), 1):
            return True
        return False

    def kill(self) -> None:
        """As a loss of power would end it."""
        if self.running is not None:
            self.running.send_signal(signal.SIGKILL)
            self.running.wait(STOP_SECONDS)
            self.running = None

    def log(self) -> str:
        return (self.folder / "log").read_text(errors="replace")[-4000:]


class ObjectStore(Service):
    """SeaweedFS, which keeps buckets in files and speaks S3."""

    def __init__(self, folder: Path) -> None:
        (folder / "data").mkdir(parents=True)
        allowed = {"accessKey": USER, "secretKey": SECRET}
        who = {"name": USER, "credentials": [allowed], "actions": ["Admin", "Read", "Write", "List"]}
        (folder / "s3.json").write_text(json.dumps({"identities": [who]}))
        ports = {part: free_port() for part in PARTS}
        words = {
            **ports,
            **{f"{part}.grpc": free_port() for part in PARTS},
            "s3.port.iceberg": 0,
            "s3.port.lance": 0,
            "volume.max": 0,
        }
        words |= {"dir": folder / "data", "s3.config": folder / "s3.json", "ip": "127.0.0.1", "ip.bind": "127.0.0.1"}
        words |= {"master.volumeSizeLimitMB": 64, "master.telemetry": "false"}
        told = [f"-{name}={value}" for name, value in words.items()]
        super().__init__(folder, [str(beside("weed")), "server", "-s3", *told], ports["s3.port"])

    @property
    def variables(self) -> dict[str, str]:
        """How a server finds it."""
        return {
            "AWS_ENDPOINT_URL": f"http://127.0.0.1:{self.port}",
            "AWS_REGION": "us-east-1",
            "AWS_ACCESS_KEY_ID": USER,
            "AWS_SECRET_ACCESS_KEY": SECRET,
        }

    def settings(self, prefix: str) -> Mapping[str, str]:
        return {**self.variables, "KERNELWALK_STORE": f"s3://{BUCKET}/{prefix}"}


class SharedMemory(Service):
    """Valkey, or Redis where a system has that: both speak the same."""

    def __init__(self, folder: Path, program: str) -> None:
        folder.mkdir(parents=True)
        port = free_port()
        words = ["--port", str(port), "--bind", "127.0.0.1", "--save", "", "--appendonly", "no", "--dir", str(folder)]
        super().__init__(folder, [program, *words], port)

    @property
    def address(self) -> str:
        return f"valkey://127.0.0.1:{self.port}/0"


def beside(program: str) -> Path:
    """A program that came with a package of this Python."""
    return Path(sys.executable).parent / program
