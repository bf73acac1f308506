"""A lecture: all students open one figure at once, through a proxy before two replicas.

What each costs, and how often the replicas computed the same answer.
"""

from __future__ import annotations

import asyncio
import re
import sys
import tempfile
from collections import Counter
from dataclasses import dataclass, field
from pathlib import Path
from random import Random
from urllib.parse import urlencode

import httpx

from benchmarks.replicas import Replicas, replicas

STUDENTS, BLOCKS, BLOCK = 300, 6, 64
SCENE = "cat 64 | sobel"
# As browsers say it: Chrome, Firefox, Safari, and some that say it otherwise.
CODINGS = ("gzip, deflate, br, zstd", "gzip, deflate, br", "br;q=1.0, gzip;q=0.8, *;q=0.1", "gzip,br")
TONGUES = ("ko-KR,ko;q=0.9,en-US;q=0.8,en;q=0.7", "ko", "ko-KR", "en-US,en;q=0.9", "en-GB,en;q=0.5", "de,en;q=0.7")
MOST_COMPUTED, LEAST_HITS = 3, 0.99


@dataclass(slots=True)
class Lecture:
    """What came of it."""

    asked: int = 0
    bytes: int = 0
    statuses: Counter[int] = field(default_factory=Counter)
    api: Counter[str] = field(default_factory=Counter)  # by what the proxy's memory said
    computed: Counter[tuple[str, str]] = field(default_factory=Counter)  # by address and language
    tags: dict[tuple[str, str], set[str]] = field(default_factory=dict)

    @property
    def hits(self) -> float:
        return 1 - (self.api["MISS"] + self.api["EXPIRED"] + self.api["BYPASS"] + self.api[""]) / sum(self.api.values())


async def attend(url: str, students: int = STUDENTS, seed: int = 1) -> Lecture:
    """All students at once, each as a browser does: the page, its scripts, then block after block of steps."""
    lecture, random = Lecture(), Random(seed)
    limits = httpx.Limits(max_connections=None)
    async with httpx.AsyncClient(base_url=url, limits=limits, timeout=300) as client:
        await asyncio.gather(*(student(client, lecture, random) for _ in range(students)))
    return lecture


async def student(client: httpx.AsyncClient, lecture: Lecture, random: Random) -> None:
    tongue = random.choice(TONGUES)
    headers = {"Accept-Encoding": random.choice(CODINGS), "Accept-Language": tongue}
    language = "ko" if tongue.startswith("ko") else "en"
    page = await ask(
        client, lecture, "/embed?" + urlencode({"scene": SCENE}), {**headers, "Accept": "text/html"}, language
    )
    scripts = set(re.findall(r'(?:src|href)="(/static/[^"]+)"', page.text))
    await asyncio.gather(*(ask(client, lecture, address, headers, language) for address in scripts))
    for block in range(BLOCKS):
        words = {"scene": SCENE, "layer": 0, "start": block * BLOCK, "stop": (block + 1) * BLOCK}
        steps = {**headers, "Accept": "application/jsonl"}
        await ask(client, lecture, "/api/steps?" + urlencode(words), steps, language)


async def ask(
    client: httpx.AsyncClient, lecture: Lecture, address: str, headers: dict[str, str], language: str
) -> httpx.Response:
    async with client.stream("GET", address, headers=headers) as answer:
        body = [piece async for piece in answer.aiter_raw()]
    lecture.asked += 1
    lecture.bytes += sum(map(len, body))
    lecture.statuses[answer.status_code] += 1
    memory = answer.headers.get("x-cache", "")
    if address.startswith("/api/"):
        lecture.api[memory] += 1
    if memory in ("MISS", "EXPIRED", "BYPASS", ""):
        lecture.computed[address, language] += 1
    lecture.tags.setdefault((address, language), set()).add(answer.headers.get("etag", ""))
    coding = answer.headers.get("content-encoding", "")
    return httpx.Response(200, headers={"content-encoding": coding} if coding else {}, content=b"".join(body))


def cpu(running: Replicas) -> float:
    """Seconds of processor that the replicas have taken."""
    texts = (httpx.get(f"{server}/metrics").text for server in running.servers)
    return sum(float(re.findall(r"(?m)^process_cpu_seconds_total (\S+)", text)[0]) for text in texts)


def main() -> int:
    with tempfile.TemporaryDirectory() as folder, replicas(Path(folder)) as running:
        before = cpu(running)
        lecture = asyncio.run(attend(running.url))
        taken = cpu(running) - before
    most = max(lecture.computed.values())
    print(f"{STUDENTS} students, {lecture.asked} requests, answered with {dict(lecture.statuses)}")
    print(f"{lecture.bytes / STUDENTS / 1000:.0f} kB a student")
    print(f"{1000 * taken / STUDENTS:.1f} ms of the replicas' processors a student")
    print(f"{100 * lecture.hits:.2f} % of the API's answers from the proxy's memory (goal: {100 * LEAST_HITS:.0f} %)")
    print(f"{most} computations of one answer at most (goal: {MOST_COMPUTED})")
    return int(lecture.hits < LEAST_HITS or most > MOST_COMPUTED or set(lecture.statuses) != {200})


if __name__ == "__main__":
    sys.exit(main())
