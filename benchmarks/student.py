"""`python -m benchmarks.student`: what one student costs a server: processor, bytes and memory of each thing they do.

Nothing is answered from a cache of ours: each time another scene is opened, so that these are the prices of an origin.
`benchmarks/scale.json` keeps what was measured, and `python -m benchmarks.scale` reckons with it.
"""

from __future__ import annotations

import io
import json
import os
import sys
import tempfile
from collections.abc import Callable
from pathlib import Path

import httpx
import numpy as np
from PIL import Image

from benchmarks.soak import family, reading
from tests.running import Server, start_server

TIMES = 40
STREAMS = 200
MINUTE = 1800  # steps at thirty a second
BLOCK = 64  # steps that a player asks for at a time
TICKS = os.sysconf("SC_CLK_TCK")
FILES = ("kernel-walk.js", "styles/embed.css", "element/brought-keys.js", "stage/effects.js")


def seconds_of(server: Server) -> float:
    """Processor time that the server and its children have taken, user and system."""
    told = [Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split() for pid in family(server.running.pid)]
    return sum(int(fields[11]) + int(fields[12]) for fields in told) / TICKS


def scene(number: int) -> str:
    """Another scene each time, of the same cost."""
    return f"cat 64 | conv2d [1 0 {number}; 2 0 -2; 1 0 -1]"


def photograph() -> bytes:
    """Twelve megapixels, as a telephone takes them."""
    coarse = np.random.default_rng(1).integers(0, 256, (75, 100, 3), np.uint8)
    taken = io.BytesIO()
    Image.fromarray(coarse).resize((4000, 3000), Image.Resampling.BICUBIC).save(taken, "JPEG", quality=88)
    return taken.getvalue()


class Student:
    """Asks as a browser does, and counts what comes over the wire."""

    def __init__(self, server: Server) -> None:
        self.asking = httpx.Client(base_url=server.url, headers={"accept-encoding": "br, gzip"}, timeout=120)
        self.bytes = self.requests = 0

    def get(self, path: str, **words: str | int) -> None:
        self.take(self.asking.build_request("GET", path, params=words or None))

    def take(self, request: httpx.Request) -> None:
        answer = self.asking.send(request, stream=True)
        assert answer.status_code < 400, answer.read()
        head = sum(len(name) + len(value) + 4 for name, value in answer.headers.raw)
        self.bytes += head + sum(len(piece) for piece in answer.iter_raw())
        self.bytes += len(request.content)
        self.requests += 1

    def opens(self, number: int) -> None:
        self.get("/embed", scene=scene(number))

    def walks(self, number: int) -> None:
        for start in range(0, MINUTE, BLOCK):
            self.get("/api/steps", scene=scene(number), start=start, stop=min(start + BLOCK, MINUTE))

    def changes(self, number: int) -> None:
        self.get("/api/opening", scene=scene(1000 + number))
        self.get("/api/steps", scene=scene(1000 + number), start=0, stop=BLOCK)

    def fetches_scripts(self, _: int) -> None:
        for file in FILES:
            self.get(f"/static/{file}")

    def uploads(self, number: int) -> None:
        turned = bytearray(self.photograph)
        turned[-2:-2] = number.to_bytes(4, "big")
        self.take(self.asking.build_request("POST", "/api/images", content=bytes(turned)))

    photograph = photograph()


def measured(server: Server, act: Callable[[Student, int], None], times: int) -> dict[str, float]:
    student = Student(server)
    act(student, 10**6)  # nobody pays for what is done once
    student.bytes = student.requests = 0
    before = seconds_of(server)
    for number in range(times):
        act(student, number)
    return {
        "milliseconds": round((seconds_of(server) - before) / times * 1000, 2),
        "bytes": round(student.bytes / times),
        "requests": round(student.requests / times),
    }


def memory_of_a_stream(server: Server) -> float:
    """kB that one reader takes who is in the middle of a stream."""
    before = reading(server.running.pid, 0).memory
    with httpx.Client(base_url=server.url, limits=httpx.Limits(max_connections=STREAMS), timeout=120) as asking:
        words = {"scene": "cat 128 | sobel-x"}
        held = [
            asking.send(asking.build_request("GET", "/api/steps", params=words), stream=True) for _ in range(STREAMS)
        ]
        taken = reading(server.running.pid, 0).memory - before
        for one in held:
            one.close()
    return round(taken * 1024 / STREAMS, 1)


def main() -> int:
    with tempfile.TemporaryDirectory(prefix="student-") as folder:
        server = start_server(Path(folder), KERNELWALK_LOG_LEVEL="critical", KERNELWALK_DECODE_SECONDS="300")
        try:
            told: dict[str, object] = {
                "scripts": measured(server, Student.fetches_scripts, TIMES),
                "open": measured(server, Student.opens, TIMES),
                "walk": measured(server, Student.walks, TIMES),
                "change": measured(server, Student.changes, TIMES),
                "upload": measured(server, Student.uploads, TIMES // 4),
            }
            told["process_megabytes"] = round(reading(server.running.pid, 0).memory)
            told["stream_kilobytes"] = memory_of_a_stream(server)
        finally:
            server.stop()
    print(json.dumps(told, indent=2))
    return 0


if __name__ == "__main__":
    sys.exit(main())
