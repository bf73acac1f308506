"""One process under load: streams, heavy work and slow clients against a server as it is, each figure with its goal."""

from __future__ import annotations

import asyncio
import sys
import tempfile
from dataclasses import dataclass, field
from pathlib import Path
from urllib.parse import quote

from tests.running import start_server

READERS, RATE, SECONDS = 300, 30.0, 8.0
SCENE = "letter 128 | conv2d sobel-x"  # 15,876 steps of 3x3 on 128 x 128
STEPS = f"/api/steps?scene={quote('cat 128 | conv2d sobel-x')}"
FIRST = f"/api/steps?scene={quote('cat 64 | sobel')}&stop=1"


@dataclass
class Reading:
    """What one reader saw, seconds on one clock."""

    asked: float = 0.0
    first: float = 0.0
    late: list[float] = field(default_factory=list)


async def read(port: int, reading: Reading, seconds: float) -> None:
    """Opens a stream and takes a line each 1 / RATE seconds."""
    loop = asyncio.get_running_loop()
    reading.asked = loop.time()
    reader, writer = await asyncio.open_connection("127.0.0.1", port, limit=4096)
    writer.write(f"GET {STEPS} HTTP/1.1\r\nHost: load\r\nConnection: close\r\n\r\n".encode())
    await reader.readuntil(b"\r\n\r\n")
    await reader.readuntil(b"\n")  # length of the chunk
    await reader.readuntil(b"\n")
    reading.first = loop.time()
    count = 0
    while loop.time() < reading.first + seconds:
        count += 1
        due = reading.first + count / RATE
        await asyncio.sleep(max(0.0, due - loop.time()))
        line = await reader.readuntil(b"\n")
        if not line.startswith(b"{"):
            line = await reader.readuntil(b"\n")
        reading.late.append(max(0.0, loop.time() - due))
    writer.close()


async def probe(port: int, path: str, taken: list[float], seconds: float) -> None:
    """Asks again and again, each time on a connection of its own."""
    loop = asyncio.get_running_loop()
    until = loop.time() + seconds
    while loop.time() < until:
        began = loop.time()
        await ask(port, path)
        taken.append(loop.time() - began)
        await asyncio.sleep(0.02)


async def ask(port: int, path: str, source: str = "127.0.0.1") -> tuple[int, bytes]:
    """The status and the head of an answer, read to its end."""
    reader, writer = await asyncio.open_connection("127.0.0.1", port, local_addr=(source, 0))
    writer.write(f"GET {path} HTTP/1.1\r\nHost: load\r\nConnection: close\r\n\r\n".encode())
    head = await reader.readuntil(b"\r\n\r\n")
    while await reader.read(2**16):
        pass
    writer.close()
    return int(head.split()[1]), head


def share(values: list[float], part: float) -> float:
    """The value that so large a part does not exceed."""
    ordered = sorted(values)
    return ordered[min(len(ordered) - 1, int(part * len(ordered)))]


def report(what: str, value: float, unit: str, most: float | None) -> int:
    missed = most is not None and value > most
    aim = "" if most is None else f"at most {most:>8,.1f}  {'MISSED' if missed else 'ok'}"
    print(f"  {what:<64} {value:>10,.1f} {unit:<3} {aim}", flush=True)
    return int(missed)


async def together(port: int) -> int:
    """Readers that open at once, and others who ask meanwhile."""
    readings, others = [Reading() for _ in range(READERS)], list[float]()
    await asyncio.gather(
        *(read(port, reading, SECONDS) for reading in readings), probe(port, "/healthz", others, SECONDS)
    )
    firsts = [1000 * (reading.first - reading.asked) for reading in readings]
    late = [1000 * value for reading in readings for value in reading.late]
    print(f"{READERS} readers open a stream at once and take {RATE:g} lines a second")
    return max(
        report("first line, median", share(firsts, 0.5), "ms", None),
        report("first line, p99", share(firsts, 0.99), "ms", 1000),
        report("a line after its time, p99", share(late, 0.99), "ms", 250),
        report("/healthz meanwhile, p99", 1000 * share(others, 0.99), "ms", 500),
    )


def main() -> int:
    """Prints a line for each figure; fails when one misses its goal."""
    with tempfile.TemporaryDirectory() as folder:
        server = start_server(Path(folder), KERNELWALK_LOG_LEVEL="warning")
        try:
            return asyncio.run(together(server.port))
        finally:
            server.stop()


if __name__ == "__main__":
    sys.exit(main())
