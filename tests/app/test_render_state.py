"""What is seen leaves as a file: the panes that are shown, the step it stands at, the part that is walked."""

from __future__ import annotations

from io import BytesIO
from typing import Any

import httpx
import numpy as np
import pytest
from PIL import Image

import core
from app.models.rendering import MovingQuery
from app.render import raster, svg
from app.render.frames import changes
from app.render.layout import PANES
from app.render.palette import Palette
from app.render.sheet import page
from app.render.wishes import panes_of, wanted
from core.errors import SceneError
from tests.app.drawings import KINDS, TINY, figure_of, texts_of

SHOWN = [("input",), ("arithmetic",), ("input", "output"), ("arithmetic", "output")]


def drawn(server: str, form: str = "svg", **words: Any) -> list[str]:
    answer = httpx.get(f"{server}/render.{form}", params={"scene": TINY, "still": 1, **words}, timeout=30)
    assert answer.status_code == 200, answer.text
    return texts_of(answer.content)


def test_a_file_shows_the_panes_that_are_asked_for(server: str) -> None:
    assert {"Input", "Feature map", "window"} <= set(drawn(server))
    assert {"Input", "Feature map", "window"} & set(drawn(server, view="output+input")) == {"Input", "Feature map"}
    assert {"Input", "Feature map", "window"} & set(drawn(server, view="arithmetic")) == {"window"}
    assert drawn(server, view="numbers") == drawn(server, view="arithmetic,input output") == drawn(server)


@pytest.mark.parametrize("panes", SHOWN, ids="+".join)
@pytest.mark.parametrize("line", KINDS.values(), ids=KINDS)
def test_every_kind_of_step_stays_inside_its_panes(line: str, panes: tuple[str, ...]) -> None:
    figure = figure_of(line, panes=panes)
    steps = sorted({0, len(figure.trace) // 2, len(figure.trace) - 1})
    wide, tall = figure.size
    for step in steps:
        for shape in page(figure, step).shapes:
            if hasattr(shape, "y"):
                assert -1 <= shape.y <= tall, shape
    assert Image.open(BytesIO(raster.still(page(figure, steps[-1]), 350))).size == (350, round(350 * tall / wide))


@pytest.mark.parametrize("panes", SHOWN, ids="+".join)
def test_what_moves_lies_in_the_zones_that_are_compared(panes: tuple[str, ...]) -> None:
    """Frames made of changes are the picture of the step."""
    figure, palette, seen = figure_of(TINY, panes=panes), Palette(figure_of(TINY, panes=panes)), None
    for step, change in enumerate(changes(figure, [0, 4, 8], 700, palette)):
        tall, wide = change.entries.shape
        if seen is None:
            seen = change.entries.copy()
        else:
            part = seen[change.y : change.y + tall, change.x : change.x + wide]
            part[:] = np.where(change.entries == palette.clear, part, change.entries)
        alone = next(iter(changes(figure, [[0, 4, 8][step]], 700, palette))).entries
        assert (seen == alone).all()


def test_a_still_shows_the_step_it_opens_at(server: str) -> None:
    for step in (0, 4, -1):
        index = step % 9
        assert drawn(server, step=step) == texts_of(svg.still(page(figure_of(TINY), index), 700))
    assert "step 6 of 9" in drawn(server, start=2, stop=6)
    assert "step 4 of 9" in drawn(server, start=2, stop=6, step=3)


def shown(form: str, count: int = 9, **words: Any) -> list[int]:
    return list(wanted(MovingQuery(scene=TINY, **words), form, TINY, 0, count, "en").steps)


def test_a_moving_file_begins_at_its_step_and_walks_its_part_alone() -> None:
    assert shown("gif", step=4) == [4, 5, 6, 7, 8]
    assert shown("gif", start=2, stop=5) == [2, 3, 4]
    assert shown("gif", start=-3) == [6, 7, 8]
    assert shown("gif", start=2, stop=8, step=6) == [6, 7]
    assert shown("gif", start=2, stop=8, every=4) == [2, 6, 7]
    assert shown("svg", strip=True, start=2, stop=6) == [2, 3, 4, 5]
    assert shown("png", count=2542, start=1000, stop=2000, strip=True) == [1000, 1333, 1666, 1999]


def test_a_figure_of_the_gallery_opens_at_its_own_layer(server: str) -> None:
    figure = next(figure for figure in core.GALLERY.values() if figure.layer and "image" not in figure.line)
    told = [
        httpx.get(f"{server}/render.svg", params={"scene": f"@{figure.id}", "still": 1, **layer}, timeout=60).text
        for layer in ({}, {"layer": figure.layer}, {"layer": 0})
    ]
    assert told[0] == told[1] != told[2]


@pytest.mark.parametrize(
    ("words", "field", "told"),
    [
        ({"step": 9}, "step", "counted from 0"), ({"step": -10}, "step", "counted from 0"),
        ({"step": 1, "start": 2}, "step", "2 to 8"), ({"start": 5, "stop": 5}, "start", "no step lies"),
        ({"stop": 0}, "stop", "no step lies"),
        ({"steps": "0-3", "step": 1, "stop": 4}, "steps", "leave out step, stop"),
        ({"view": "numbers+im2col"}, "view", "/render.html"), ({"view": "code"}, "view", "/render.html"),
        ({"mode": "predict"}, "mode", "/embed?mode=predict"), ({"compare": "stride=2"}, "compare", "/embed?compare"),
        ({"by": "cell"}, "by", "one scene"), ({"speed": "2"}, "speed", "fps"), ({"stops": "3:here"}, "stops", "steps="),
        ({"controls": "none"}, "controls", "/render.html"), ({"play": "1"}, "play", "still=1"),
    ],
)  # fmt: skip
def test_words_of_the_player_work_or_say_what_to_do(server: str, words: dict[str, Any], field: str, told: str) -> None:
    answer = httpx.get(f"{server}/render.gif", params={"scene": TINY, **words}, timeout=30)
    assert (answer.status_code, answer.json()["field"]) == (422, field), answer.text
    assert told in answer.json()["detail"]


def test_panes_are_named_as_in_the_player() -> None:
    assert panes_of("output, input") == ["input", "output"]
    assert panes_of("") == panes_of("numbers") == panes_of("input+numbers") == list(PANES)
    with pytest.raises(SceneError):
        panes_of("outputs")
