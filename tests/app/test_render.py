"""Figures as files: the numbers of the core, in both painters, in both languages; bad wishes get a sentence."""

import re
from collections.abc import Callable
from functools import cache
from io import BytesIO
from pathlib import Path
from typing import Any
from xml.etree import ElementTree

import httpx
import numpy as np
import pytest
from PIL import Image

import core
from app.evaluation import Scenes
from app.messages import Messages
from app.models.errors import Problem
from app.pictures.store import LocalStore
from app.render import gif, moving_svg, raster, svg
from app.render.choosing import chosen, strongest
from app.render.description import Figure
from app.render.digits import figure_in
from app.render.raster import FONTS, KOREAN, font
from app.settings import Settings
from core.errors import SceneError
from core.rules.figures import figure

TINY = "[1 2 3 4 5; 2 1 0 1 2; 3 0 1 1 0; 1 4 1 1 2; 2 1 1 0 0] | conv2d [1 0 1; 1 0 1; 0 1 0]"
KINDS = {
    "convolution": "cat 32 | sobel-x padding=same | relu",
    "channels": "cat 24 rgb | conv2d out=5 kernel_size=3 seed=1",
    "deep": "cat 24 rgb | conv2d out=8 kernel_size=5 seed=1 | conv2d out=6 kernel_size=5 seed=2",
    "pooling": "cat 16 | max_pool2d 2",
    "gradient": "cat 16 | sobel",
    "transposed": "[1 2; 3 4] | conv_transpose2d [1 0; 0 1] stride=2",
    "activation": "[-1 2; 3 -4] | tanh",
    "softmax": "[1 2 3] | softmax",
    "padding": "[1 2; 3 4] | pad 1",
    "columns": "[1 2 3; 4 5 6; 7 8 9] | unfold 2",
    "connected": "[1 2; 3 4] | flatten | linear out=3 seed=1",
    "signal": "[1 2 3 4] | conv1d [1 2]",
}
MESSAGES = Messages()


@cache
def scenes() -> Scenes:
    return Scenes(Settings(), LocalStore(Path("nowhere"), 0))


def figure_of(line: str, lang: str = "en", layer: int = 0, **look: Any) -> Figure:
    return Figure(scenes().trace(scenes().read(line), layer), MESSAGES.languages[lang], **look)


def texts_of(file: bytes) -> list[str]:
    return ["".join(node.itertext()) for node in ElementTree.fromstring(file).iter() if node.tag.endswith("}text")]


@pytest.mark.parametrize("line", KINDS.values(), ids=KINDS)
@pytest.mark.parametrize("painter", [svg.still, raster.still], ids=["svg", "png"])
def test_every_kind_of_step_is_drawn_the_same_each_time(
    line: str, painter: Callable[[Figure, int, int], bytes]
) -> None:
    layers = len(core.parse(line).layers)
    for layer in range(layers):
        steps = len(figure_of(line, layer=layer).trace)
        for step in {0, steps // 2, steps - 1}:
            first, second = (painter(figure_of(line, layer=layer, theme="dark"), step, 640) for _ in range(2))
            assert first == second


@pytest.mark.parametrize("lang", ["en", "ko"])
def test_the_numbers_of_a_step_are_those_of_the_core(lang: str) -> None:
    trace = core.trace(TINY)
    for index in (0, 4, 8):
        step, texts = trace[index], texts_of(svg.still(figure_of(TINY, lang), index, 700))
        shown = [figure(value) for values in (step["window"], step["products"]) for row in values[0] for value in row]
        for number in shown:
            assert texts.count(number) >= shown.count(number)
        assert f"Σ = {step['output']}" in texts
        made = [str(value) for value in trace.feature_map().reshape(-1)[: index + 1].tolist()]
        assert all(number in texts for number in made)


def test_the_words_are_those_of_the_language() -> None:
    told = {lang: texts_of(svg.still(figure_of(TINY, lang, caption="<&>"), 3, 700)) for lang in ("en", "ko")}
    assert {"step 4 of 9", "Feature map", "window", "row 2, column 1", "<&>"} <= set(told["en"])
    assert {"9스텝 중 4번째", "특성 맵", "윈도우", "2행 1열", "<&>"} <= set(told["ko"])


def test_every_korean_letter_of_the_catalogue_is_in_the_font() -> None:
    said = {str(message.string) for message in MESSAGES.languages["ko"].catalogue if isinstance(message.string, str)}
    letters = sorted({letter for text in said for letter in text if KOREAN.match(letter)})
    assert len(letters) > 300
    korean = font("korean", 20.0)
    missing = bytes(korean.getmask("\ufff0"))
    assert [letter for letter in letters if bytes(korean.getmask(letter)) == missing] == []


def test_fonts_come_with_their_licences() -> None:
    assert {file.name for file in FONTS.glob("*.txt")} == {"OFL.txt", "DEJAVU.txt"}
    assert b"Nanum" not in (FONTS / "korean.ttf").read_bytes()  # a name that its licence keeps for itself


def test_fewer_digits_are_rounded_as_a_browser_rounds() -> None:
    told = [(0.12345, 2, "0.12"), (-6.25, 2, "−6.3"), (42.4, 1, "42"), (0.00625, 1, "0.006")]
    assert [figure_in(value, digits) for value, digits, _ in told] == [text for *_, text in told]


def test_steps_are_chosen_by_number_and_by_name() -> None:
    assert chosen("0-3,last", 9, 200) == ([0, 1, 2, 3, 8], 1)
    assert chosen("", 1000, 200) == (list(range(0, 1000, 5)), 5)
    assert chosen("corner,strongest", 9, 200) == ([0, -1], 1)
    trace = core.trace("[1 2; 3 -9] | relu")
    assert strongest(trace) == 2
    for wrong in ("9", "3-1", "x", "0,,1", "-1", "1-", "0-99999999999999999", "0," * 100):
        with pytest.raises(SceneError):
            chosen(wrong, 9, 200)


@pytest.mark.parametrize("form", ["svg", "png"])
def test_a_file_is_kept_for_ever_and_known_again(server: str, form: str) -> None:
    words = {"scene": TINY, "steps": "4", "still": "1"}
    answer = httpx.get(f"{server}/render.{form}", params=words, timeout=30)
    assert answer.status_code == 200, answer.text
    assert "immutable" in answer.headers["cache-control"]
    again = httpx.get(f"{server}/render.{form}", params=words, headers={"If-None-Match": answer.headers["etag"]})
    assert (again.status_code, again.content) == (304, b"")
    assert answer.content == {"svg": svg.still, "png": raster.still}[form](figure_of(TINY), 4, 700)


@pytest.mark.parametrize("width", [320, 3840])
def test_a_picture_is_as_wide_as_asked_on_paper_of_its_theme(server: str, width: int) -> None:
    words = {"scene": TINY, "width": width, "theme": "dark", "still": 1, "lang": "ko"}
    answer = httpx.get(f"{server}/render.png", params=words, timeout=30)
    image = Image.open(BytesIO(answer.content)).convert("RGB")
    assert image.width == width
    assert image.getpixel((1, 1)) == (0x14, 0x17, 0x1C)


@pytest.mark.parametrize(
    ("words", "field"),
    [
        ({"steps": "99"}, "steps"), ({"steps": "nope"}, "steps"), ({"width": "319"}, "width"),
        ({"width": "1e9"}, "width"), ({"theme": "pink"}, "theme"), ({"layer": "7"}, "layer"),
        ({"scene": "cat | nope"}, "operation"), ({"caption": "x" * 999}, "caption"), ({"still": "perhaps"}, "still"),
        ({"depth": "1"}, "request"), ({"scene": "image:" + "0" * 32 + " | sobel"}, "input"),
    ],
)  # fmt: skip
def test_what_cannot_be_drawn_gets_a_sentence(server: str, words: dict[str, str], field: str) -> None:
    answer = httpx.get(f"{server}/render.png", params={"scene": TINY, **words})
    assert 400 <= answer.status_code < 500
    assert re.fullmatch(field, Problem.model_validate_json(answer.content).field), answer.text


# --- moving


@pytest.mark.parametrize("line", [TINY, KINDS["transposed"], KINDS["channels"]])
def test_the_frames_of_a_gif_are_the_pictures_of_its_steps(line: str) -> None:
    steps = list(range(0, len(figure_of(line).trace), 1 + len(figure_of(line).trace) // 9))
    file = gif.animated(figure_of(line), steps, 700, [0.25] * len(steps), loop=True)
    film = Image.open(BytesIO(file))
    assert (getattr(film, "n_frames", 0), film.info["loop"], film.info["duration"]) == (len(steps), 0, 250)
    for frame, step in enumerate(steps):
        film.seek(frame)
        drawn = np.asarray(film.convert("RGB"), int)
        meant = np.asarray(Image.open(BytesIO(raster.still(figure_of(line), step, 700))).convert("RGB"), int)
        assert np.abs(drawn - meant).mean() < 2
        assert (np.abs(drawn - meant).max(axis=2) > 90).mean() < 0.001
    assert file == gif.animated(figure_of(line), steps, 700, [0.25] * len(steps), loop=True)


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
    shown, every = chosen("", len(figure_of(words["scene"]).trace), 200)
    assert film.n_frames == len(shown)  # type: ignore[attr-defined]
    assert "loop" not in film.info
    film.seek(len(shown) - 1)
    assert film.info["duration"] == 3100
    assert "one in 2" in texts_of(svg.still(figure_of(words["scene"], every=2), 3, 700))[-1]
    assert every == 2


@pytest.mark.parametrize("words", [{"every": "1", "scene": "cat 64 | sobel-x"}, {"width": "3840", "every": "9"}])
def test_more_work_than_is_done_says_what_would_fit(server: str, words: dict[str, str]) -> None:
    answer = httpx.get(f"{server}/render.gif", params={"scene": "cat 64 | sobel-x", **words})
    assert answer.status_code == 413
    assert re.search(r"every=7 would fit|a width of \d+", answer.json()["detail"]), answer.text
