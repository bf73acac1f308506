"""`python -m benchmarks.scale`: machines and money for a course, a university and the internet, from what was measured.

A lecture is played through: figures are opened when the teacher names them, each student walks, changes settings and
sometimes uploads. Every answer is named by its content, so that a shared cache in front keeps it from the first one
who asks; what it does not have goes to the servers. `benchmarks/scale.json` holds the measured prices (of
`python -m benchmarks.student`) and what is assumed. The same numbers give the same table: docs/scaling.md carries it.
"""

from __future__ import annotations

import json
import sys
from dataclasses import dataclass
from math import ceil
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

FIGURES = Path(__file__).with_name("scale.json")
SIZES = {"a course": 300, "a university": 6_000, "the internet": 100_000}
KINDS = ("open", "walk", "change", "upload")
HEAD = (
    "| | students | answers | from the cache | servers' cores at the peak | cache's cores | Mbit/s at the peak"
    " | memory of streams | machines | for an hour |"
)
Times = NDArray[np.float64]
Keys = NDArray[np.int64]


@dataclass(frozen=True)
class Acts:
    """An act of all students: when each happens (seconds), and which answer it asks for (-1: nobody else's)."""

    kind: str
    times: Times
    keys: Keys

    def missed(self) -> NDArray[np.bool_]:
        """Those that no cache has: the first that asks for an answer, and what is one's own."""
        order = np.argsort(self.times, kind="stable")
        first = np.zeros(len(self.keys), bool)
        first[order[np.unique(self.keys[order], return_index=True)[1]]] = True
        return first | (self.keys < 0)


def lecture(students: int, assumed: dict[str, Any], random: np.random.Generator) -> list[Acts]:
    """What students do in a lecture: each course shows figures of its own order at its own time."""
    course = np.arange(students) // assumed["students_a_course"]
    shown = np.stack([random.permutation(assumed["figures"]) for _ in range(course[-1] + 1)])[:, : assumed["shown"]]
    late = random.uniform(0, assumed["courses_begin_within_seconds"], course[-1] + 1)
    opened, keys = [], []
    for place in range(assumed["shown"]):
        named = late[course] + place * assumed["lecture_seconds"] / assumed["shown"]
        opened.append(named + random.uniform(0, assumed["opened_within_seconds"], students))
        keys.append(shown[course, place])
    times, figure = np.concatenate(opened), np.concatenate(keys)
    tries = random.poisson(assumed["changes_a_figure"], len(times))
    setting = random.zipf(assumed["settings_zipf"], tries.sum()).clip(max=10**6)
    change = np.repeat(times, tries) + random.uniform(60, 180, tries.sum())
    uploading = random.random(students) < assumed["uploads_a_student"]
    upload = late[course][uploading] + random.uniform(0, assumed["upload_within_seconds"], uploading.sum())
    return [
        Acts("open", times, figure),
        Acts("walk", times + 5, figure),
        Acts("change", change, np.repeat(figure, tries) * 10**7 + setting),
        Acts("upload", upload, np.full(len(upload), -1)),
    ]


def per_second(times: Times, weight: NDArray[np.float64], spread: float = 1) -> float:
    """The most of `weight` that falls into one second; an act that lasts is spread over its seconds."""
    sums = np.bincount(times.astype(int), weight)
    kernel = np.full(max(1, int(spread)), 1 / max(1, int(spread)))
    return float(np.convolve(sums, kernel).max(initial=0))


@dataclass(frozen=True)
class Row:
    """What a size needs."""

    name: str
    students: int
    answers: int
    hits: float
    cores: float
    cache_cores: float
    megabits: float
    memory: float
    machines: int
    money: float
    cores_of: dict[str, float]

    def line(self) -> str:
        return (
            f"| {self.name} | {self.students:,} | {self.answers:,} | {self.hits:.1%} | {self.cores:.1f} |"
            f" {self.cache_cores:.1f} | {self.megabits:,.0f} | {self.memory:,.1f} GB | {self.machines} |"
            f" ${self.money:,.2f} |"
        )


def reckoned(name: str, students: int, told: dict[str, Any]) -> Row:
    """The row of one size; the dice are thrown alike each time."""
    measured, assumed = told["measured"], told["assumed"]
    acts = lecture(students, assumed, np.random.default_rng(assumed["seed"]))
    lasting = {"open": 1, "walk": 60, "change": 2, "upload": 2}
    cores: dict[str, float] = {}
    answers = missed = cache = bits = total = 0.0
    for act in acts:
        price, gone = measured[act.kind], act.missed()
        cores[act.kind] = per_second(
            act.times[gone], np.full(gone.sum(), price["milliseconds"] / 1000), lasting[act.kind]
        )
        asked = np.full(len(act.times), float(price["requests"]))
        cache += per_second(act.times, asked, lasting[act.kind]) * assumed["cache_milliseconds"] / 1000
        bits += per_second(act.times, np.full(len(act.times), price["bytes"] * 8.0), lasting[act.kind])
        answers += asked.sum()
        missed += gone.sum() * price["requests"]
        total += len(act.times) * price["bytes"]
    total += students * measured["scripts"]["bytes"]
    busy = sum(cores.values()) / assumed["used"]
    servers = max(assumed["least_servers"], ceil(busy / assumed["cores_a_machine"]))
    caches = max(1, ceil(cache / assumed["used"] / assumed["cores_a_machine"]), ceil(bits / 1e9 / assumed["used"]))
    money = (servers + caches) * assumed["dollars_a_machine_hour"] + total / 1e9 * assumed["dollars_a_gigabyte"]
    return Row(
        name, students, round(answers), 1 - missed / answers, sum(cores.values()), cache, bits / 1e6,
        students * measured["stream_kilobytes"] / 1e6, servers + caches, money, cores,
    )  # fmt: skip


def rows() -> list[Row]:
    told = json.loads(FIGURES.read_text(encoding="utf-8"))
    return [reckoned(name, students, told) for name, students in SIZES.items()]


def table(found: list[Row]) -> str:
    columns = HEAD.count("|") - 1
    return "\n".join([HEAD, "|---" * columns + "|", *(row.line() for row in found)])


def shares(found: list[Row]) -> str:
    """What the servers' cores are busy with, where they are busiest."""
    last = found[-1]
    return ", ".join(f"{kind} {last.cores_of[kind] / last.cores:.0%}" for kind in KINDS)


def main() -> int:
    found = rows()
    print(table(found))
    print(f"\nOf the servers' cores at the peak of {found[-1].name}: {shares(found)}.")
    return 0


if __name__ == "__main__":
    sys.exit(main())
