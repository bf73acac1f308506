"""How fast steps leave the server, beside what anyone would write first; all in one run, each with its goal."""

from __future__ import annotations

import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any
from urllib.parse import quote

import numpy as np
import orjson

import core
from app.pictures.samples import sample_pixels
from app.wire.encoder import encode
from tests.running import free_port, start_server

SCENE = "brick | conv2d sobel-x padding=same"  # 512 x 512: 262,144 steps of 3x3
STEPS = 512 * 512
CHUNK = 1024
ROUNDS = 7
FASTAPI_STEPS = 20_000

FASTAPI = """
import sys
from collections.abc import AsyncIterable

import core
import uvicorn
from app.pictures.samples import sample_pixels
from fastapi import FastAPI

app = FastAPI()
records = core.trace(sys.argv[2], sample_pixels("brick"))[:1024]


@app.get("/healthz")
async def healthz() -> dict[str, str]:
    return {"status": "ok"}


@app.get("/plain")
async def plain(count: int):
    for index in range(count):
        yield records[index % 1024]


@app.get("/typed")
async def typed(count: int) -> AsyncIterable[dict]:
    for index in range(count):
        yield records[index % 1024]


uvicorn.run(app, port=int(sys.argv[1]), log_level="error", access_log=False)
"""


def main() -> int:
    """Prints a line for each number; fails when one misses its goal."""
    with ours() as address:
        rates = over_http(address)
        first = first_chunk(address)
    encoder = encoders()
    rows = [
        ("full steps a second to curl", rates["full"], 2e6),
        ("steps a second to curl, detail=rows", rates["rows"], 4e6),
        ("times FastAPI's own `yield dict`", rates["times plain"], 100.0),
        ("times the same, typed AsyncIterable[dict]", rates["times typed"], None),
        ("encoder: lines a second", encoder["ours"], None),
        ("encoder: times orjson, a dict a step", encoder["times orjson"], 6.0),
        ("encoder: times orjson on ready dicts", encoder["times ready"], None),
        ("first chunk, milliseconds (at most)", first * 1000, -5.0),
    ]
    print(f"\nStreaming 3x3 steps of whole numbers, {SCENE}")
    return max(report(*row) for row in rows)


def report(what: str, value: float, goal: float | None) -> int:
    """A goal below 0 is a ceiling."""
    missed = goal is not None and (value > -goal if goal < 0 else value < goal)
    aim = "" if goal is None else f"goal {abs(goal):>12,.1f}  {'MISSED' if missed else 'ok'}"
    print(f"  {what:<40} {value:>14,.1f}  {aim}")
    return int(missed)


@contextmanager
def ours() -> Iterator[str]:
    """The server as it is: the address of all steps."""
    with tempfile.TemporaryDirectory() as folder:
        server = start_server(Path(folder), KERNELWALK_LOG_LEVEL="warning")
        try:
            yield f"{server.url}/api/steps?scene={quote(SCENE)}"
        finally:
            server.stop()


def over_http(address: str) -> dict[str, float]:
    """Rounds in which every route has its turn."""
    with fastapi() as other:
        rounds = [
            {
                "full": STEPS / curl(address),
                "rows": STEPS / curl(f"{address}&detail=rows"),
                "plain": FASTAPI_STEPS / curl(f"{other}/plain?count={FASTAPI_STEPS}"),
                "typed": FASTAPI_STEPS / curl(f"{other}/typed?count={FASTAPI_STEPS}"),
            }
            for _ in range(ROUNDS)
        ]
    return {name: best([turn[name] for turn in rounds]) for name in rounds[0]} | {
        f"times {name}": statistics.median(turn["full"] / turn[name] for turn in rounds) for name in ("plain", "typed")
    }


def best(rates: list[float]) -> float:
    """Whatever else the machine does only slows a round down; ratios are medians, as both sides suffer."""
    return max(rates)


@contextmanager
def fastapi() -> Iterator[str]:
    """FastAPI's own streaming of dictionaries, with the dictionaries ready."""
    port = free_port()
    running = subprocess.Popen([sys.executable, "-c", FASTAPI, str(port), SCENE])
    try:
        wait_for(f"http://127.0.0.1:{port}/healthz")
        yield f"http://127.0.0.1:{port}"
    finally:
        running.terminate()
        running.wait()


def wait_for(address: str) -> None:
    deadline = time.monotonic() + 30
    while subprocess.run(["curl", "-sf", "-o", "/dev/null", address], check=False).returncode:
        if time.monotonic() > deadline:
            raise TimeoutError(address)
        time.sleep(0.1)


def curl(address: str, what: str = "time_total") -> float:
    done = subprocess.run(
        ["curl", "-sf", "-o", "/dev/null", "-w", f"%{{{what}}}", address], check=True, capture_output=True, text=True
    )
    return float(done.stdout)


def first_chunk(address: str) -> float:
    return statistics.median(curl(f"{address}&stop=16", "time_starttransfer") for _ in range(3 * ROUNDS))


def encoders() -> dict[str, float]:
    """One chunk of steps, from columns to text; and what orjson takes for the text alone."""
    trace = core.trace(SCENE, sample_pixels("brick"))
    batch = trace.batch(60_000, 60_000 + CHUNK)
    contiguous = {name: np.ascontiguousarray(column) for name, column in batch.columns.items()}
    ready = list(records(contiguous))

    def ours() -> float:
        return rate(lambda: encode(batch.columns))

    def by_dict() -> float:
        return rate(lambda: dumped(records(contiguous)))

    rounds = [(ours(), by_dict(), rate(lambda: dumped(ready))) for _ in range(3 * ROUNDS)]
    return {
        "ours": best([turn[0] for turn in rounds]),
        "times orjson": statistics.median(turn[0] / turn[1] for turn in rounds),
        "times ready": statistics.median(turn[0] / turn[2] for turn in rounds),
    }


def records(columns: dict[str, Any]) -> Iterator[dict[str, Any]]:
    """The quickest way known from columns to dictionaries."""
    names = ["type", *columns]
    for row in zip(*(column.tolist() for column in columns.values()), strict=True):
        yield dict(zip(names, ("step", *row), strict=True))


def dumped(steps: Iterable[dict[str, Any]]) -> bytes:
    return b"".join([orjson.dumps(record, option=orjson.OPT_APPEND_NEWLINE) for record in steps])


def rate(work: Callable[[], object], times: int = 20) -> float:
    work()
    began = time.perf_counter()
    for _ in range(times):
        work()
    return CHUNK * times / (time.perf_counter() - began)


if __name__ == "__main__":
    sys.exit(main())
