"""Walks as files: every frame decoded again is the picture of its step; more work than is done gets a sentence."""

import re
import sys
from io import BytesIO
from typing import Any
from xml.etree import ElementTree

import av
import httpx
import numpy as np
import pytest
from PIL import Image

import core
from app.errors import Refusal
from app.render import apng, gif, moving_svg, mp4, raster, svg, webp
from app.render.choosing import chosen, listed
from app.render.description import Figure
from app.render.formats import FORMATS
from app.render.sheet import page
from tests.app.drawings import KINDS, TINY, figure_of, texts_of


def alike(drawn: Any, figure: Figure, step: int, width: int, most: float) -> None:
    """A frame is the still of its step, as far as its format has colours."""
    meant = np.asarray(Image.open(BytesIO(raster.still(page(figure, step), width))).convert("RGB"), int)
    apart = np.abs(np.asarray(drawn.convert("RGB"), int) - meant[: drawn.height, : drawn.width])
    assert apart.mean() < most
    assert (apart.max(axis=2) > 96).mean() < 0.001


@pytest.mark.parametrize("line", [TINY, KINDS["transposed"], KINDS["channels"]])
@pytest.mark.parametrize("painter", [gif, apng, webp])
def test_the_frames_of_a_file_are_the_pictures_of_its_steps(line: str, painter: Any) -> None:
    count = len(figure_of(line).trace)
    steps = listed(chosen("", count, 9)[0])
    file = painter.animated(figure_of(line), steps, 640, [0.25] * len(steps), True)
    film = Image.open(BytesIO(file))
    assert (getattr(film, "n_frames", 0), film.info["loop"]) == (len(steps), 0)
    for frame, step in enumerate(steps):
        film.seek(frame)
        film.load()
        assert film.info["duration"] == 250
        alike(film, figure_of(line), step, 640, 2)
    assert file == painter.animated(figure_of(line), steps, 640, [0.25] * len(steps), True)


def test_a_film_plays_in_slides_and_its_last_picture_stays() -> None:
    steps = list(range(9))
    file = mp4.animated(figure_of(TINY), steps, 701, [0.5] * 8 + [2.5])
    assert file.index(b"moov") < file.index(b"mdat")
    with av.open(BytesIO(file)) as film:
        stream = film.streams.video[0]
        frames = [(float(frame.pts * stream.time_base), frame.to_image()) for frame in film.decode(stream)]
        assert (stream.codec_context.name, stream.codec_context.pix_fmt) == ("h264", "yuv420p")
    assert [at for at, _ in frames[:9]] == [place / 2 for place in range(9)]
    assert 6.4 < frames[-1][0] <= 6.5
    for step, (_, picture) in enumerate(frames[:9]):
        assert picture.size == (700, 440)
        alike(picture, figure_of(TINY), step, 701, 4)
    assert file == mp4.animated(figure_of(TINY), steps, 701, [0.5] * 8 + [2.5])


def test_without_the_extra_a_film_is_refused_with_what_to_do(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "av", None)
    with pytest.raises(Refusal, match=re.escape("kernelwalk[video]")) as refused:
        mp4.animated(figure_of(TINY), [0], 700, [1])
    assert refused.value.status == 501


@pytest.mark.parametrize(("form", "frames"), [("png", 9), ("gif", 9), ("webp", 9), ("mp4", 10)])
def test_a_walk_moves_unless_a_still_is_asked(server: str, form: str, frames: int) -> None:
    answer = httpx.get(f"{server}/render.{form}", params={"scene": TINY, "width": 320}, timeout=60)
    assert answer.headers["content-type"] == FORMATS[form].media
    assert "immutable" in answer.headers["cache-control"]
    if form == "mp4":
        with av.open(BytesIO(answer.content)) as film:
            assert len(list(film.decode(video=0))) == frames
        return
    assert getattr(Image.open(BytesIO(answer.content)), "n_frames", 1) == frames
    still = httpx.get(f"{server}/render.{form}", params={"scene": TINY, "width": 320, "still": 1}, timeout=60)
    alike(Image.open(BytesIO(still.content)), figure_of(TINY), 8, 320, 2)
    assert getattr(Image.open(BytesIO(still.content)), "n_frames", 1) == 1


@pytest.mark.parametrize("loop", [True, False])
def test_a_moving_drawing_has_a_group_for_each_step_and_stands_still_where_asked(loop: bool) -> None:
    steps, stays = list(range(9)), [0.25] * 8 + [2.25]
    file = moving_svg.animated(figure_of(TINY), steps, 700, stays, loop)
    root = ElementTree.fromstring(file)
    groups = [node for node in root.iter() if node.get("class", "").startswith("f")]
    delays = [node.get("style", "") for node in groups]
    assert delays == [f"animation-delay:{0.25 * place:.2f}s" for place in range(9)]
    for step, group in enumerate(groups):
        texts = ["".join(node.itertext()) for node in group.iter() if node.tag.endswith("}text")]
        assert f"step {step + 1} of 9" in texts
        assert f"Σ = {core.trace(TINY)[step]['output']}" in texts
    assert [node.get("class", "").endswith("z") for node in groups] == [False] * 8 + [True]
    assert b"prefers-reduced-motion" in file
    assert b"<script" not in file
    assert (b"infinite" in file) is loop


def test_more_steps_than_frames_are_thinned_and_it_is_said(server: str) -> None:
    words = {"scene": "cat 24 | sobel-x", "fps": "10", "hold": "3", "width": "320", "loop": "0"}
    answer = httpx.get(f"{server}/render.gif", params=words, timeout=60)
    film = Image.open(BytesIO(answer.content))
    spans, every = chosen("", len(figure_of(words["scene"]).trace), 200)
    shown = listed(spans)
    assert film.n_frames == len(shown)  # type: ignore[attr-defined]
    assert "loop" not in film.info
    film.seek(len(shown) - 1)
    assert film.info["duration"] == 3100
    assert "one in 2" in texts_of(svg.still(page(figure_of(words["scene"], every=2), 3), 700))[-1]
    assert every == 2


@pytest.mark.parametrize("words", [{"every": "1", "scene": "cat 64 | sobel-x"}, {"width": "3840", "every": "9"}])
def test_more_work_than_is_done_says_what_would_fit(server: str, words: dict[str, str]) -> None:
    answer = httpx.get(f"{server}/render.gif", params={"scene": "cat 64 | sobel-x", **words})
    assert answer.status_code == 413
    assert re.search(r"every=7 would fit|a width of \d+", answer.json()["detail"]), answer.text


@pytest.mark.parametrize("line", KINDS.values(), ids=KINDS)
def test_steps_that_are_computed_together_are_those_computed_alone(line: str) -> None:
    figure = figure_of(line)
    last = len(figure.trace) - 1
    steps = [*range(0, last + 1, max(1, last // 5)), last, 0, 0, last // 2]
    assert list(figure.walked(steps)) == [figure.step(step) for step in steps]


@pytest.mark.parametrize("form", ["gif", "png", "webp"])
def test_a_step_may_stay_for_seconds_and_the_last_for_parts_of_one_more(server: str, form: str) -> None:
    words = {"scene": TINY, "steps": "0-1", "fps": "0.5", "hold": "0.25", "width": "320"}
    film = Image.open(BytesIO(httpx.get(f"{server}/render.{form}", params=words, timeout=60).content))
    stays = []
    for frame in range(2):
        film.seek(frame)
        film.load()
        stays.append(film.info["duration"])
    assert stays == [2000, 2250]
