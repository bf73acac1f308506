"""A walk in Python tells what the server tells, and makes the files that the server makes."""

from __future__ import annotations

import copy
import json
import pickle
import pydoc
import subprocess
import sys
from pathlib import Path
from typing import Any

import httpx
import numpy as np
import pytest
from PIL import Image

import core
import kernelwalk
from kernelwalk import SceneError, walk
from kernelwalk.workshop import forms

CHAIN = "cat 16 | sobel-x padding=1 | relu | max_pool2d 2"
SCENES = [CHAIN, "cat 12 rgb | sobel", "[1 2; 3 4] | conv_transpose2d [1 2; 3 4]", "@first-steps", "cat 8 | flatten"]


def told(server: str, **words: object) -> list[Any]:
    answer = httpx.get(f"{server}/api/steps", params=words)  # type: ignore[arg-type]
    return [json.loads(line) for line in answer.text.splitlines()]


@pytest.mark.parametrize("line", SCENES)
def test_steps_are_the_servers_own(server: str, line: str) -> None:
    walked = walk(line)
    steps = told(server, scene=line, layer=walked.layer)[1:-1]
    assert list(walked) == steps
    assert (len(walked), walked.step(-1), walked.step(0)) == (len(steps), steps[-1], steps[0])


def test_a_range_of_steps_is_counted_as_a_slice(server: str) -> None:
    walked = walk(CHAIN, layer=2)
    steps = told(server, scene=CHAIN, layer=2, start=3, stop=20, every=4, detail="output")[1:-1]
    assert list(walked.steps(3, 20, every=4, detail="output")) == steps
    assert [step["index"] for step in walked.steps(-3)] == [len(walked) - 3, len(walked) - 2, len(walked) - 1]
    assert list(walked.steps(5, 2)) == []


def test_an_end_that_is_no_number_is_refused_as_a_start_is() -> None:
    walked = walk("[1 2; 3 4] | relu")
    for asked in ({"start": 1.5}, {"stop": 1.5}, {"stop": "2"}, {"stop": True}):
        with pytest.raises(SceneError, match="must be a whole number"):
            list(walked.steps(**asked))  # type: ignore[arg-type]
    assert [step["index"] for step in walked.steps(-3, 10**12)] == [1, 2, 3]


def test_a_name_without_a_dot_may_be_told_its_format(tmp_path: Path) -> None:
    walked = walk("[1 2; 3 4] | relu")
    named = walked.save(tmp_path / "figure", format="SVG", still=True)
    assert named.read_bytes() == walked.save(tmp_path / "figure.svg", still=True).read_bytes()


def test_maps_are_those_of_the_core() -> None:
    walked = walk(CHAIN)
    operations = CHAIN.partition(" | ")[2]
    for layer in range(3):
        traced = core.trace(f"x | {operations}", walked.input, layer)
        assert np.array_equal(walked.feature_map(layer), traced.feature_map())
    assert np.array_equal(walked.feature_map(), walked.feature_map(2))
    assert walked.feature_map(0).shape == tuple(walked.layers[0]["output_shape"])


def test_what_a_map_is_written_into_leaves_the_walk_as_it_is() -> None:
    walked = walk(CHAIN)
    walked.feature_map()[:] = 7
    walked.input[:] = 7
    assert not (walked.feature_map() == 7).all()
    assert not (walked.input == 7).all()


def test_a_figure_opens_where_the_gallery_opens_it() -> None:
    layer, step = core.place_of("@feature-maps")
    walked = walk("@feature-maps")
    assert (walked.layer, walked.opens_at) == (layer, step)


def test_the_summary_counts_what_the_layers_say() -> None:
    walked = walk("digit-7 | @lenet-5")
    summary = walked.summary()
    total = sum(layer["parameters"] for layer in walked.layers)
    assert total == 60_000  # as the paper counts
    assert [row[2] for row in summary.rows][-1] == f"{total:,}"
    assert len(summary.rows) == len(walked.layers) + 2
    assert str(summary).splitlines()[-1].split()[1] == "60,000"
    assert f">{total:,}</td>" in summary._repr_html_()
    lengths = {len(line) for line in str(summary).splitlines() if line.startswith("-")}
    assert lengths == {max(len(line) for line in str(summary).splitlines())}


def test_a_summary_speaks_the_language_of_its_walk() -> None:
    assert "최대 풀링 (max_pool2d)" in str(walk(CHAIN, lang="ko").summary())


@pytest.mark.parametrize("name", ["figure.svg", "figure.gif", "figure.png", "figure.html"])
def test_files_are_the_servers_byte_for_byte(server: str, tmp_path: Path, name: str) -> None:
    form = name.partition(".")[2]
    words: dict[str, Any] = {} if form == "html" else {"steps": "0-2", "caption": "three"}
    file = walk("[1 2 3; 4 5 6] | conv2d [1 0]", lang="ko").save(tmp_path / name, **words)
    asked = {"scene": "[1 2 3; 4 5 6] | conv2d [1 0]", "lang": "ko", **words} | ({"step": 0} if form == "html" else {})
    answer = httpx.get(f"{server}/render.{form}", params=asked, timeout=60)
    assert answer.status_code == 200
    assert file.read_bytes() == answer.content
    assert kernelwalk.render(asked.pop("scene"), form, **asked) == answer.content


def test_an_array_becomes_a_file_too() -> None:
    array = np.random.default_rng(2).normal(size=(20, 30))
    page = walk(array, "conv2d sobel-x", lang="en").render("svg", steps="0", still=True).decode()
    assert f"{abs(array[0, 0]):.3g}" in page


def test_a_scene_of_the_core_and_its_json_are_scenes() -> None:
    scene = core.parse(CHAIN)
    operations = CHAIN.partition(" | ")[2]
    assert walk(scene).line == walk(scene.as_json()).line == walk("cat 16", operations).line == scene.line


@pytest.mark.parametrize(
    ("make", "sentence"),
    [
        (lambda: walk("cat 64 | sobell"), "operation is 'sobell': did you mean sobel?"),
        (lambda: walk("cat 64"), "scene is 'cat 64': needs an operation after the input"),
        (lambda: walk(CHAIN, layer=3), "layer is 3: the scene has 3 layers, counted from 0"),
        (lambda: walk(CHAIN, step=9999), "step is 9999: the layer has 176 steps, counted from 0"),
        (lambda: walk(CHAIN).step(-177), "step is -177: the layer has 176 steps"),
        (lambda: walk(CHAIN).step(1.5), "step is 1.5: must be a whole number"),  # type: ignore[arg-type]
        (lambda: walk(CHAIN, lang="tlh"), "lang is 'tlh': choose one of en, ko"),
        (lambda: walk(CHAIN, theme="blue"), "theme is 'blue': choose one of light, dark"),  # type: ignore[arg-type]
        (lambda: walk(CHAIN).steps(every=0), "every is 0: must be at least 1"),
        (lambda: walk(CHAIN).steps(detail="ful"), "detail is 'ful': did you mean full?"),  # type: ignore[arg-type]
        (lambda: walk(CHAIN).feature_map(3), "layer is 3: the scene has 3 layers"),
        (lambda: walk(CHAIN).save("figure.docx"), "format is 'docx': choose one of"),
        (lambda: walk(CHAIN).save("figure"), "format is '': choose one of gif, html, "),
        (lambda: walk(CHAIN).render("gif", fps=0), "fps is '0': must be at least 0.1"),
        (lambda: walk(CHAIN).render("gif", fps=51), "fps is '51': must be at most 50"),
        (lambda: walk(CHAIN).render("gif", steps="0-9999"), "steps is '0-9999': the layer has 176 steps"),
        (lambda: walk(CHAIN).render("gif", frames=3), "request is 'frames': choose one of"),
        (lambda: walk("image:" + 32 * "0" + " | relu"), "there is no picture image:0000"),
        (lambda: walk("array:" + 32 * "0" + " | relu"), "there is no array array:0000"),
        (lambda: walk(CHAIN).show(width=10), "width is 10: must be at least 320"),
    ],
)
def test_what_cannot_be_walked_is_refused_in_a_sentence(make: Any, sentence: str) -> None:
    with pytest.raises(SceneError) as refused:
        make()
    assert str(refused.value).startswith(sentence)


def test_arrays_of_another_program_are_not_there(server: str) -> None:
    answer = httpx.get(f"{server}/api/scene", params={"scene": f"array:{32 * '0'} | relu"})
    assert (answer.status_code, answer.json()["field"]) == (404, "input")
    shrunk = httpx.get(f"{server}/api/scene", params={"scene": f"array:{32 * '0'} 64 | relu"})
    assert (shrunk.status_code, shrunk.json()["rule"]) == (422, "an array keeps its own size and channels")


@pytest.mark.parametrize("line", SCENES)
def test_a_walk_is_a_sequence_of_its_steps(line: str) -> None:
    walked = walk(line)
    steps = list(walked)
    count = len(steps)
    assert (walked[0], walked[-1], walked[np.int64(-count)]) == (steps[0], steps[-1], steps[0])
    for part in (
        slice(1, 3),
        slice(None, None, -1),
        slice(-2, None),
        slice(None, None, 3),
        slice(5, 5),
        slice(9, 1, -2),
    ):
        assert (list(walked[part]), len(walked[part])) == (steps[part], len(steps[part]))
    assert list(reversed(walked)) == list(reversed(walked[:])) == steps[::-1]
    assert steps[-1] in walked[count // 2 :]
    assert list(walked[1:][::-2]) == steps[1:][::-2]
    with pytest.raises(IndexError, match=f"^step is {count}: the layer has "):
        walked[count]
    with pytest.raises(TypeError):
        walked["first"]  # type: ignore[call-overload]


def test_a_stretch_of_millions_of_steps_costs_what_is_looked_at() -> None:
    walked = walk("cat | conv2d out=80 kernel_size=3 seed=1")
    stretch = walked[10_000_000:1:-7]
    assert (stretch[0], next(iter(stretch))) == (walked[10_000_000],) * 2
    assert repr(stretch[:3]) == "Stretch(steps 10000000 to 9999986, every -7)"
    assert repr(stretch[:1]) == "Stretch(step 10000000)"
    assert repr(stretch[:0]) == "Stretch(steps none)"


@pytest.mark.parametrize("remade", [copy.copy, copy.deepcopy, lambda walked: pickle.loads(pickle.dumps(walked))])
def test_a_walk_is_copied_and_put_away_with_all_that_was_asked(remade: Any) -> None:
    for first in (
        walk(CHAIN, layer=2, step=7, view="formula", lang="ko", theme="dark"),
        walk(np.random.default_rng(3).normal(size=(40, 30)), "conv2d sobel-x | relu", step=-1),
    ):
        second = remade(first)
        assert (repr(second), second.opens_at, second.view, second.lang, second.theme) == (
            repr(first), first.opens_at, first.view, first.lang, first.theme
        )  # fmt: skip
        assert second[5] == first[5]
        assert np.array_equal(second.feature_map(), first.feature_map())
        assert second.render("svg", steps="3", still=True) == first.render("svg", steps="3", still=True)


def test_a_walk_over_an_array_goes_to_another_program(tmp_path: Path) -> None:
    walked = walk(np.arange(2000.0).reshape(40, 50), "sobel-y | relu", layer=1)
    kept = tmp_path / "walk.pickle"
    kept.write_bytes(pickle.dumps(walked))
    words = "import pickle, sys; from pathlib import Path; walked = pickle.loads(Path(sys.argv[1]).read_bytes()); "
    words += "print(repr(walked), walked[7]['output'], walked.input.sum())"
    printed = subprocess.run([sys.executable, "-c", words, str(kept)], check=True, capture_output=True, text=True)
    assert printed.stdout.strip() == f"{walked!r} {walked[7]['output']} {walked.input.sum()}"


def test_a_path_is_the_picture_in_its_file(tmp_path: Path) -> None:
    pixels = np.random.default_rng(4).integers(0, 256, (20, 30, 3)).astype(np.uint8)
    path = tmp_path / "photo.png"
    Image.fromarray(pixels).save(path)
    assert np.array_equal(walk(path, "sobel").input, pixels.transpose(2, 0, 1))
    path.write_text("no picture")
    with pytest.raises(SceneError, match="PNG, JPEG"):
        walk(path, "sobel")
    with pytest.raises(FileNotFoundError):
        walk(tmp_path / "none.png", "sobel")


@pytest.mark.parametrize("form", forms())
def test_every_kind_of_file_is_saved_at_a_path_or_its_name(form: str, tmp_path: Path) -> None:
    walked = walk("[1 2; 3 4] | relu", lang="en")
    place = tmp_path / f"figure.{form.upper()}"
    assert walked.save(place) == walked.save(str(place)) == place
    other = walked.save(tmp_path / "figure.bin", format=f".{form}")
    assert other.read_bytes() == place.read_bytes() == walked.render(form)


def test_help_says_what_a_walk_takes() -> None:
    told = pydoc.render_doc(kernelwalk.walk)
    assert [word for word in ("layer", "step", "view", "lang", "theme", "order", "Path(") if word not in told] == []
