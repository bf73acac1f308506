"""`python -m fuzz.all SECONDS`: every way of feeding random input, one after another, each its share of the time."""

from __future__ import annotations

import subprocess
import sys
import time
from collections.abc import Callable
from dataclasses import dataclass

HERE = sys.executable
GEOMETRY = "tests/core/test_geometry_anywhere.py"


@dataclass(frozen=True)
class Way:
    """`share` is a part of the whole time; `command` is told how many seconds that is."""

    name: str
    share: float
    command: Callable[[float], list[str]]


def guided(name: str) -> Way:
    return Way(f"atheris on {name}", 0.1, lambda seconds: [HERE, "-m", "fuzz.guided", name, f"{seconds:g}"])


WAYS = (
    Way("all readers, at random", 0.4, lambda seconds: [HERE, "-m", "fuzz", f"{seconds:g}"]),
    guided("headers"),
    guided("lines"),
    guided("written"),
    Way("hypothesis on geometry", 0.1, lambda seconds: [HERE, "-m", "fuzz.all", "geometry", f"{seconds:g}"]),
    Way("schemathesis on the description", 0.2, lambda seconds: [HERE, "-m", "fuzz.described", f"{seconds:g}"]),
)


def main(arguments: list[str]) -> int:
    if arguments[:1] == ["geometry"]:
        return geometry(float(arguments[1]))
    seconds = float(arguments[0]) if arguments else 60.0
    failed = []
    for way in WAYS:
        print(f"\n{way.name}, {way.share * seconds:g} seconds", flush=True)
        if subprocess.run(way.command(way.share * seconds), check=False).returncode:
            failed.append(way.name)
    print(f"\nsurprised: {', '.join(failed)}" if failed else "\nno surprise")
    return len(failed)


def geometry(seconds: float) -> int:
    """Runs the laws of geometry with other numbers each time."""
    deadline, rounds = time.monotonic() + seconds, 0
    words = ["-q", "--no-header", "--hypothesis-seed=random", GEOMETRY]
    while rounds == 0 or time.monotonic() < deadline:
        rounds += 1
        found = subprocess.run([HERE, "-m", "pytest", *words], capture_output=True, text=True, check=False)
        if found.returncode:
            print(found.stdout, found.stderr)
            return 1
    print(f"  {rounds} rounds ok")
    return 0


if __name__ == "__main__":
    sys.exit(min(main(sys.argv[1:]), 1))
