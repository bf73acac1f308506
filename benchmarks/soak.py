"""`python -m benchmarks.soak MINUTES READERS`: a server at half load for a long time; what grows is a leak.

Readers follow streams at the pace of a player, ask for openings and steps as visitors do, and upload; each minute a
fifth of them leave in the middle and others come. Memory, descriptors and threads of the server and its children are
read four times a minute. Fails when memory grows by more than 5 MB an hour, or descriptors or threads do not stay.
"""

from __future__ import annotations

import asyncio
import socket
import sys
import tempfile
import time
from collections import Counter
from dataclasses import dataclass
from pathlib import Path
from random import Random
from urllib.parse import quote

import numpy as np

from tests.app.pictures import encoded, scenery
from tests.running import start_server

MINUTES, READERS = 60.0, 60
EVERY = 15.0  # seconds between two readings
WARM = 0.25  # the part of the time in which caches fill, which is no leak
LEAVING = 0.2  # of the readers, a minute
PIECE, PAUSE = 2300, 0.25  # bytes and seconds: thirty steps a second
BUFFER = 32 * 1024  # bytes: a system that kept a whole stream for its reader would hide that reader from the server
GROWTH = 5.0  # MB an hour
SCENES = [
    f"{picture} {size} | {kernel}{more}"
    for picture in ("cat", "brick")
    for size in (32, 64)
    for kernel in ("sobel-x", "gaussian-3")
    for more in ("", " stride=2", " | relu", " | max_pool2d 2")
]
STREAMED = "brick 256 | sobel-x"  # 64,516 steps: longer than any reader stays


@dataclass(frozen=True)
class Reading:
    """At `seconds` from the beginning, of the server and its children together; `memory` in MB."""

    seconds: float
    memory: float
    descriptors: int
    threads: int


def family(pid: int) -> list[int]:
    """A process and all that come from it."""
    tasks = Path(f"/proc/{pid}/task").iterdir()
    children = [child for task in tasks for child in (task / "children").read_text().split()]
    return [pid, *(one for child in children for one in family(int(child)))]


def reading(pid: int, began: float) -> Reading:
    memory = descriptors = threads = 0
    for one in (Path("/proc", str(each)) for each in family(pid)):
        lines = (one / "smaps_rollup").read_text().splitlines()[1:]
        memory += int(dict(line.split(":", 1) for line in lines)["Pss"].split()[0])
        descriptors += len(list((one / "fd").iterdir()))
        threads += len(list((one / "task").iterdir()))
    return Reading(time.monotonic() - began, memory / 1024, descriptors, threads)


async def asked(port: int, path: str, body: bytes | None = None) -> int:
    """The status of an answer that is read whole."""
    reader, writer = await asyncio.open_connection("127.0.0.1", port)
    try:
        head = f"{'POST' if body else 'GET'} {path} HTTP/1.1\r\nhost: localhost\r\nconnection: close\r\n"
        head += f"content-length: {len(body)}\r\n" if body else ""
        writer.write(head.encode() + b"\r\n" + (body or b""))
        status = int((await reader.readline()).split()[1])
        while await reader.read(2**16):
            pass
        return status
    finally:
        writer.close()


async def follows(port: int, told: Counter[str]) -> None:
    """Reads a stream at the pace of a player, again and again, until it is told to leave, then goes without a word."""
    while True:
        wire = socket.socket()
        wire.setsockopt(socket.SOL_SOCKET, socket.SO_RCVBUF, BUFFER)
        wire.setblocking(False)
        await asyncio.get_running_loop().sock_connect(wire, ("127.0.0.1", port))
        reader, writer = await asyncio.open_connection(sock=wire, limit=BUFFER)
        try:
            path = f"/api/steps?scene={quote(STREAMED)}"
            writer.write(f"GET {path} HTTP/1.1\r\nhost: localhost\r\nconnection: close\r\n\r\n".encode())
            while piece := await reader.read(PIECE):
                told["bytes"] += len(piece)
                await asyncio.sleep(PAUSE)
            told["streams"] += 1
        except OSError:
            told["cut"] += 1
            await asyncio.sleep(1)
        finally:
            writer.transport.abort()


async def visits(port: int, told: Counter[str], random: Random) -> None:
    """Opens, looks around and uploads, one thing after another."""
    pictures = [encoded(scenery(48, 32 + side), "PNG") for side in range(20)]
    while True:
        scene = quote(random.choice(SCENES))
        kinds = (f"/embed?scene={scene}", f"/api/opening?scene={scene}", f"/api/steps?scene={scene}&start=9&stop=60")
        try:
            told[str(await asked(port, random.choice(kinds)))] += 1
            if random.random() < 0.05:
                told[f"upload {await asked(port, '/api/images', random.choice(pictures))}"] += 1
        except (OSError, IndexError):
            told["cut"] += 1
        await asyncio.sleep(0.2)


async def watched(pid: int, port: int, seconds: float, readers: int) -> tuple[list[Reading], Counter[str]]:
    told, random, began = Counter[str](), Random(1), time.monotonic()
    following = [asyncio.create_task(follows(port, told)) for _ in range(readers)]
    visiting = [asyncio.create_task(visits(port, told, Random(number))) for number in range(max(1, readers // 20))]
    found: list[Reading] = []
    left = began
    while time.monotonic() - began < seconds:
        await asyncio.sleep(EVERY)
        found.append(reading(pid, began))
        if time.monotonic() - left >= 60:
            left += 60
            for place in random.sample(range(readers), round(readers * LEAVING)):
                following[place].cancel()
                following[place] = asyncio.create_task(follows(port, told))
                told["left"] += 1
    for task in (*following, *visiting):
        task.cancel()
    await asyncio.gather(*following, *visiting, return_exceptions=True)
    return found, told


def slope(readings: list[Reading]) -> float:
    """Growth of memory in MB an hour: the line through what comes after the caches have filled."""
    settled = [one for one in readings if one.seconds >= WARM * readings[-1].seconds]
    return float(np.polyfit([one.seconds / 3600 for one in settled], [one.memory for one in settled], 1)[0])


def verdict(readings: list[Reading], readers: int) -> list[str]:
    """What does not stay as it should; readers that come and go move descriptors by as many as they are."""
    grown, settled = slope(readings), readings[len(readings) // 4 :]
    half = len(settled) // 2
    wrong = [f"memory grows by {grown:.1f} MB an hour"] if grown > GROWTH else []
    for name, room in (("descriptors", readers * LEAVING), ("threads", 2)):
        early, late = (max(getattr(one, name) for one in part) for part in (settled[:half], settled[half:]))
        wrong += [f"{name} went from {early} to {late}"] if late > early + room else []
    return wrong


def main(arguments: list[str]) -> int:
    minutes = float(arguments[0]) if arguments else MINUTES
    readers = int(arguments[1]) if arguments[1:] else READERS
    with tempfile.TemporaryDirectory(prefix="soak-") as folder:
        server = start_server(Path(folder), KERNELWALK_LOG_LEVEL="warning")
        try:
            readings, told = asyncio.run(watched(server.running.pid, server.port, minutes * 60, readers))
            wrong = verdict(readings, readers)
            wrong += [f"{told[name]} answers of {name}" for name in told if name.startswith(("5", "upload 5"))]
            tell(readings, told, wrong)
        finally:
            server.stop()
    return min(len(wrong), 1)


def tell(readings: list[Reading], told: Counter[str], wrong: list[str]) -> None:
    for one in readings[:: max(1, len(readings) // 12)]:
        size = f"{one.memory:8.1f} MB {one.descriptors:5} descriptors {one.threads:4} threads"
        print(f"{one.seconds / 60:6.1f} min {size}")
    print(", ".join(f"{name}: {count:,}" for name, count in sorted(told.items())))
    print(f"memory {slope(readings):+.1f} MB an hour: {'; '.join(wrong) or 'nothing grows'}", flush=True)


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
