"""One process under load: streams, heavy work and slow clients against a server as it is, each figure with its goal."""

from __future__ import annotations

import asyncio
import random
import sys
import tempfile
from dataclasses import dataclass, field
from pathlib import Path
from urllib.parse import quote

from app.http.server import widen
from tests.running import Server, start_server

READERS, RATE, SECONDS = 300, 30.0, 8.0
CLIENTS, HEAVY_SECONDS, OPEN, FOUND = 16, 15.0, 1000, 200
DEAREST = "[1 2; 3 $] | pad 1200 value=0.5" + " | sigmoid" * 17  # close to 2 s as it is priced
STEPS = f"/api/steps?scene={quote('cat 128 | conv2d sobel-x')}"  # 15,876 steps of 3x3
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


async def beside_heavy_work(port: int) -> int:
    """The first step of a small scene, alone and while many ask for the dearest scene that is accepted."""
    quiet, busy, refused = list[float](), list[float](), list[float]()
    statuses: list[int] = []
    await probe(port, FIRST, list[float](), 1.0)
    await probe(port, FIRST, quiet, 4.0)
    until = asyncio.get_running_loop().time() + HEAVY_SECONDS
    others = [demand(port, number, until, refused, statuses) for number in range(CLIENTS)]
    await asyncio.gather(probe(port, FIRST, busy, HEAVY_SECONDS), *others)
    print(
        f"{CLIENTS} clients ask for the dearest scene ({statuses.count(200)} answers, {statuses.count(429)} times 429)"
    )
    before, meanwhile = 1000 * share(quiet, 0.95), 1000 * share(busy, 0.95)
    return max(
        report("first step of cat 64 | sobel, alone, p95", before, "ms", None),
        report("the same meanwhile, p95", meanwhile, "ms", 2 * before),
        report("429 of what finds no place, p95", 1000 * share(refused or [0.0], 0.95), "ms", 100),
    )


async def demand(port: int, number: int, until: float, refused: list[float], statuses: list[int]) -> None:
    """One client, at an address of its own, who asks for heavy scenes, each time for another one."""
    loop = asyncio.get_running_loop()
    turn = 0
    while loop.time() < until:
        began = loop.time()
        turn += 1
        scene = DEAREST.replace("$", str(1 + number + CLIENTS * turn))
        status, head = await ask(port, f"/api/opening?scene={quote(scene)}&layer=-1", f"127.0.0.{2 + number}")
        statuses.append(status)
        if status != FOUND:
            refused.append(loop.time() - began)
            said = int(head.lower().split(b"retry-after: ")[1].split()[0])
            await asyncio.sleep(said * random.uniform(0.5, 1.5))


async def many_open(server: Server) -> int:
    """Memory of a server with many streams that nobody reads to the end."""
    before = resident(server.running.pid)
    writers = []
    for _ in range(OPEN):
        reader, writer = await asyncio.open_connection("127.0.0.1", server.port, limit=4096)
        writer.write(f"GET {STEPS} HTTP/1.1\r\nHost: load\r\n\r\n".encode())
        await reader.readuntil(b"\r\n\r\n")
        writers.append(writer)
    await asyncio.sleep(2)
    after, others = resident(server.running.pid), list[float]()
    await probe(server.port, "/healthz", others, 1.0)
    for writer in writers:
        writer.transport.abort()
    print(f"{OPEN} open streams that nobody reads")
    return max(
        report("memory of the server before", before, "MB", None),
        report("memory of the server", after, "MB", 250),
        report("/healthz meanwhile, p99", 1000 * share(others, 0.99), "ms", 500),
    )


async def slow_heads(port: int) -> int:
    """Connections that send a byte of their head now and then: others are served."""
    writers = [(await asyncio.open_connection("127.0.0.1", port))[1] for _ in range(OPEN)]
    for writer in writers:
        writer.write(b"GET / HTTP/1.1\r\nHost: load\r\nX-Slow: ")
    others: list[float] = []
    await probe(port, FIRST, others, 3.0)
    for writer in writers:
        writer.transport.abort()
    print(f"{OPEN} connections whose head does not end")
    return report("first step of cat 64 | sobel meanwhile, p99", 1000 * share(others, 0.99), "ms", 500)


def resident(process: int) -> float:
    """Megabytes that a process holds."""
    status = Path(f"/proc/{process}/status").read_text()
    return int(status.split("VmRSS:")[1].split()[0]) / 1000


async def measured(server: Server) -> int:
    return max(
        await many_open(server),
        await together(server.port),
        await beside_heavy_work(server.port),
        await slow_heads(server.port),
    )


def main() -> int:
    """Prints a line for each figure; fails when one misses its goal."""
    widen()
    with tempfile.TemporaryDirectory() as folder:
        server = start_server(Path(folder), KERNELWALK_LOG_LEVEL="warning")
        try:
            return asyncio.run(measured(server))
        finally:
            server.stop()


if __name__ == "__main__":
    sys.exit(main())
