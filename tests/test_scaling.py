"""docs/scaling.md says what the simulation prints, and that says what its figures say."""

from __future__ import annotations

import json

import numpy as np
import pytest

from benchmarks import scale
from tests.running import ROOT

PAGE = (ROOT / "docs/scaling.md").read_text(encoding="utf-8")
TOLD = json.loads(scale.FIGURES.read_text(encoding="utf-8"))


@pytest.fixture(scope="module")
def found() -> list[scale.Row]:
    return scale.rows()


def test_the_table_of_the_page_is_what_the_simulation_prints(found: list[scale.Row]) -> None:
    written = PAGE.partition("<!-- table -->\n")[2].partition("\n<!-- /table -->")[0]
    assert (
        written
        == f"{scale.table(found)}\n\nOf the servers' cores at the peak of {found[-1].name}: {scale.shares(found)}."
    )


def test_the_prices_on_the_page_are_those_that_were_measured() -> None:
    for kind in ("open", "walk", "change", "upload", "scripts"):
        assert f"| {TOLD['measured'][kind]['milliseconds']:.3g} ms |" in PAGE, kind


def test_bytes_and_memory_on_the_page_are_those_that_were_measured() -> None:
    measured = TOLD["measured"]
    for kind in ("open", "walk", "change", "scripts"):
        size = measured[kind]["bytes"] / 1000
        assert f" ms | {size:.1f} kB | " in PAGE or f" ms | {size:.0f} kB | " in PAGE, kind
    assert f"{measured['upload']['bytes'] / 1e6:.1f} MB up" in PAGE
    assert f"{measured['stream_kilobytes']:.0f} kB of memory" in PAGE
    assert f"One process takes {measured['process_megabytes']} MB" in PAGE


def test_the_first_to_ask_misses_and_everyone_after_hits() -> None:
    acts = scale.Acts("open", np.array([3.0, 1.0, 2.0, 5.0]), np.array([7, 7, 8, -1]))
    assert acts.missed().tolist() == [False, True, True, True]


def test_an_act_that_lasts_is_spread_over_its_seconds() -> None:
    times = np.zeros(10)
    assert scale.per_second(times, np.ones(10)) == 10
    assert scale.per_second(times, np.ones(10), spread=5) == 2


def test_a_course_alone_hits_less_than_many_that_share_a_cache(found: list[scale.Row]) -> None:
    hits = [row.hits for row in found]
    assert hits == sorted(hits)
