"""What figures say and show: their point in time, and no number that is not there."""

from __future__ import annotations

import json
import math
import re
import subprocess
from typing import Any

import httpx
import pytest

import core
from app.messages import Messages
from core.gallery.figure import GalleryScene
from tests.core.test_rules_in_the_browser import NODE
from tests.running import ROOT

Openings = dict[str, dict[str, Any]]
KOREAN = Messages().languages["ko"]
WITHIN, READ = 45, 4  # seconds from opening to the finished map, and to read a note
WORDS = ["zero", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten"]
NUMBER = re.compile(r"(?<![\w.])\d+(?:\.\d+)?(?![\w])|\b(?:" + "|".join(WORDS) + r"|twenty)\b", re.IGNORECASE)
FIGURES = pytest.mark.parametrize("name", sorted(core.GALLERY))
LESSONS = sorted(name for name, row in core.GALLERY.items() if row.section != "networks")
WALKED = pytest.mark.parametrize("name", LESSONS)  # trained networks are told in tests of their own
BEYOND = {  # numbers of captions that are worked out elsewhere, and where
    "flip-or-not": {180},  # degrees
    "depthwise-pool": {45, 90, 135},  # degrees
    "equal-starts": {300, 0.21},  # test_kernels_that_begin_equal_stay_equal_and_others_part
    "im2col": {81},  # test_the_matrix_product_of_windows_and_kernel_is_the_feature_map
    "mlp-shift": {20},  # test_a_drawing_moved_by_one_pixel_changes_twenty_inputs
    "dense-vs-conv": {36},  # test_four_shared_weights_do_the_work_of_thirty_six
}


def opening(server: str, scene: str, layer: int, step: int) -> dict[str, Any]:
    answer = httpx.get(f"{server}/api/opening", params={"scene": scene, "layer": layer, "step": step}, timeout=60)
    answer.raise_for_status()
    found: dict[str, Any] = answer.json()
    return found


@pytest.fixture(scope="module")
def openings(server: str) -> Openings:
    return {row.id: opening(server, f"@{row.id}", row.layer, row.step) for row in core.GALLERY.values()}


@pytest.fixture(scope="module")
def walks(openings: Openings) -> Openings:
    """How each figure plays in the browser's own player, and which line stands beside it."""
    assert NODE, "no Node here: run `make test`, which brings one"
    rows = [
        {
            "line": openings[row.id]["line"],
            "layer": row.layer,
            "step": row.step,
            "steps": openings[row.id]["start"]["steps"],
            "speed": max(1.5, openings[row.id]["start"]["steps"] / 30),
            "stops": ",".join(f"{place}:{note}" for place, note in row.stops) or "last",
            "compare": row.compare,
            "strongest": openings[row.id]["start"]["steps"] // 2,
        }
        for row in core.GALLERY.values()
    ]
    made = subprocess.run(
        [NODE, str(ROOT / "tests/js/lengths.js")], input=json.dumps(rows), capture_output=True, text=True, check=True
    )
    return dict(zip(core.GALLERY, json.loads(made.stdout), strict=True))


@FIGURES
def test_a_figure_makes_its_point_within_45_seconds_and_then_the_full_map_stands(
    walks: Openings, openings: Openings, name: str
) -> None:
    walk, last = walks[name], openings[name]["start"]["steps"] - 1
    notes = [note for _, note in core.GALLERY[name].stops]
    assert walk["seconds"] + READ * len(notes) <= WITHIN
    assert walk["last"] == last
    assert all(len(note) <= 110 for note in notes)
    between = [place["index"] for place in walk["places"] if core.GALLERY[name].step < place["index"] < last]
    assert walk["rests"] == [*between, *([last] if last > core.GALLERY[name].step else [])]


@WALKED
def test_every_figure_has_stops_and_all_of_them_are_steps(walks: Openings, name: str) -> None:
    row = core.GALLERY[name]
    assert 1 <= len(row.stops) <= 6
    assert len(walks[name]["places"]) == len(row.stops)
    assert sorted(place["note"] for place in walks[name]["places"]) == sorted(note for _, note in row.stops)
    numbered = [int(place) for place, _ in row.stops if place.isdigit()]
    assert numbered == sorted(set(numbered))


@pytest.mark.parametrize("lang", ["en", "ko"])
def test_no_note_reads_as_two_stops(lang: str) -> None:
    say = Messages().languages[lang]
    for row in core.GALLERY.values():
        for _, note in row.stops:
            assert not re.search(r",\s*(?:-?\d+|corner|strongest|last)\s*(?:[:,]|$)", say(note)), note


def numbers_in(value: object) -> set[float]:
    """All numbers of a JSON value, those inside its texts as well."""
    if isinstance(value, bool) or value is None:
        return set()
    if isinstance(value, int | float):
        return {value, abs(value), float(f"{abs(value):.3g}")}
    if isinstance(value, str):
        return {float(found) for found in re.findall(r"\d+(?:\.\d+)?", value)}
    parts = value.values() if isinstance(value, dict) else value if isinstance(value, list) else ()
    return set().union(*(numbers_in(part) for part in parts), set())


def facts_of(opened: dict[str, Any]) -> set[float]:
    """Sizes, counts, weights, and what the steps hold: all that stands on the page of a scene."""
    shapes = [opened["input"]["shape"], opened["output"]["shape"]]
    padding = opened["start"].get("padding") or [[0, 0], [0, 0]]
    border = {size + sum(sides) for size, sides in zip(shapes[0][1:], padding, strict=False)}
    counts = {math.prod(shape[first:]) for shape in shapes for first in range(3)} | border
    windows = (opened.get("relations") or {}).values()
    told = [opened[part] for part in ("layers", "start", "steps", "line", "curve")]
    return numbers_in(told) | numbers_in(shapes) | counts | set(windows)


def said_numbers(text: str) -> list[float]:
    found = [match.lower() for match in NUMBER.findall(text)]
    return [20.0 if word == "twenty" else WORDS.index(word) if word in WORDS else float(word) for word in found]


@WALKED
def test_numbers_of_a_caption_and_of_its_stops_are_in_the_figure(
    server: str, openings: Openings, walks: Openings, name: str
) -> None:
    row, beside = core.GALLERY[name], walks[name]["beside"]
    facts = facts_of(openings[name]) | BEYOND.get(name, set()) | {0, 1, 2}
    for place, _ in row.stops:
        if place.isdigit():
            facts |= facts_of(opening(server, f"@{name}", row.layer, int(place)))
    if beside:
        facts |= facts_of(opening(server, beside["line"], beside["layer"] or 0, 0))
    for text in (row.about, *(note for _, note in row.stops)):
        for number in said_numbers(text):
            assert number in facts, (number, text)


@FIGURES
def test_names_of_planes_are_as_many_as_the_planes_and_stand_on_the_page(
    server: str, openings: Openings, name: str
) -> None:
    row = core.GALLERY[name]
    page = httpx.get(f"{server}/gallery/{name}", params={"lang": "ko"}).text
    for names, side in ((row.channels, "input"), (row.maps, "output")):
        assert len(names) in (0, openings[name][side]["shape"][0])
        for said in names:
            assert f'"ko":"{KOREAN(said)}"' in page


def test_the_lab_shows_what_the_page_of_a_figure_shows(server: str) -> None:
    def link(row: GalleryScene) -> dict[str, str]:
        page = httpx.get(f"{server}/gallery/{row.id}").text
        found = re.search(r'class="button" href="/\?([^"]*)"', page)
        assert found
        return dict(httpx.QueryParams(found[1].replace("&amp;", "&")))

    for row in core.GALLERY.values():
        words = link(row)
        assert words["scene"] == core.parse(f"@{row.id}").line
        assert words.get("compare", "") == row.compare
        assert words.get("view", "") == row.views.split("+")[-1]
        assert words.get("stops", "") == ",".join(f"{place}:{note}" for place, note in row.stops)


def test_two_questions_stand_on_the_page_of_every_figure_that_can_ask(server: str) -> None:
    for name in core.GALLERY:
        asked = httpx.get(f"{server}/api/questions", params={"scene": f"@{name}", "layer": core.GALLERY[name].layer})
        page = httpx.get(f"{server}/gallery/{name}").text
        assert ("test-yourself" in page) == (asked.status_code == 200)
