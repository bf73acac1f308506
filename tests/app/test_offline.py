"""A figure as one file: what it carries, that it needs nothing, and what is refused."""

from __future__ import annotations

import gzip
import json
import re
import subprocess
from base64 import b64decode
from typing import Any

import httpx
import orjson
import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.offline.beside import beside_of
from app.offline.columns import in_columns
from app.offline.record import MOST_STEPS, thinning
from tests.app.test_figure_twins import NODE
from tests.running import ROOT

SOBEL = "cat 64 | sobel-x"
NUMBERS = st.one_of(
    st.integers(-(2**53), 2**53), st.floats(allow_nan=False, allow_infinity=False), st.none(), st.booleans()
)
STEPS = st.fixed_dictionaries(
    {"index": st.integers(0, 99), "window": st.lists(NUMBERS, min_size=2, max_size=3), "sum": NUMBERS}
)


def rows_of(column: dict[str, Any], count: int) -> list[Any]:
    """What the browser makes of columns, in few words."""
    if "raw" in column:
        return list(column["raw"])
    if "from" in column:
        return [column["from"] + place * column["by"] for place in range(count)]
    if "each" in column:
        names = {name: rows_of(part, count) for name, part in column["each"].items()}
        return [{name: rows[place] for name, rows in names.items()} for place in range(count)]
    if "list" in column:
        parts = [rows_of(part, count) for part in column["list"]]
        return [[rows[place] for rows in parts] for place in range(count)]
    return [column["same"]] * count


@given(st.lists(STEPS, min_size=1, max_size=9))
def test_columns_hold_the_rows_as_they_were_written(rows: list[Any]) -> None:
    made = rows_of(in_columns(rows), len(rows))
    assert orjson.dumps(made, option=orjson.OPT_SORT_KEYS) == orjson.dumps(rows, option=orjson.OPT_SORT_KEYS)


@given(st.integers(1, 10**9), st.integers(1, MOST_STEPS))
def test_one_step_in_a_power_of_two_is_few_enough_and_no_fewer_than_needed(steps: int, most: int) -> None:
    every = thinning(steps, most)
    assert every & (every - 1) == 0
    assert -(-steps // every) <= most
    assert every == 1 or steps / (every / 2) > most


def page(server: str, scene: str, **words: object) -> httpx.Response:
    return httpx.get(f"{server}/render.html", params={"scene": scene, **words}, timeout=60)  # type: ignore[arg-type]


def carried(text: str) -> dict[str, Any]:
    found = re.search(r'<script class="figure" type="text/plain">([^<]*)</script>', text)
    assert found
    return json.loads(gzip.decompress(b64decode(found[1])))  # type: ignore[no-any-return]


def layers_of(told: httpx.Response, scene: int = 0) -> list[dict[str, Any]]:
    return carried(told.text)["scenes"][scene]["layers"]  # type: ignore[no-any-return]


def test_a_picture_of_64_with_all_its_steps_is_at_most_150_kilobytes(server: str) -> None:
    told = page(server, SOBEL)
    assert told.status_code == 200
    assert len(told.content) <= 150_000
    assert layers_of(told)[0]["count"] == 2542


@pytest.mark.parametrize(
    ("scene", "words"),
    [(SOBEL, {}), ("@im2col", {"lang": "ko"}), ("cat 16 | sobel | relu | max_pool2d 2", {"view": "network"})],
)
def test_nothing_in_the_file_is_an_address_of_anybody(server: str, scene: str, words: dict[str, str]) -> None:
    text = page(server, scene, **words).text
    everything = text + "".join(carried(text)["scripts"].values())
    hosts = set(re.findall(r"(?:https?:)?//([a-z0-9.-]+\.[a-z0-9]+|127\.0\.0\.1|localhost)", everything))
    assert hosts <= {"kernelwalk.invalid", "www.w3.org"}
    assert not re.findall(r"<(?:script|img|link|iframe)[^>]+(?:src|href)=", text)
    assert "default-src &#39;none&#39;" in text


def test_a_file_holds_every_layer_as_the_server_tells_it(server: str) -> None:
    scene = "cat 16 | sobel-x padding=1 | relu | max_pool2d 2"
    layers = layers_of(page(server, scene))
    assert len(layers) == 3
    for number, layer in enumerate(layers):
        told = httpx.get(f"{server}/api/steps", params={"scene": scene, "layer": number}).text.splitlines()
        assert rows_of(layer["steps"], layer["count"]) == [json.loads(line) for line in told[1:-1]]
        for name, part in (("input", "input"), ("feature-map", "output")):
            words = {"scene": scene, "layer": number, "format": "npy", "compact": 1}
            assert b64decode(layer[part]) == httpx.get(f"{server}/api/{name}", params=words).content


def test_a_file_holds_the_scene_beside_it_too_and_names_it_in_full(server: str) -> None:
    told = page(server, "cat 16 | sobel-x | relu", compare="stride=2")
    other = "cat 16 | conv2d sobel-x stride=2 | relu"
    assert [scene["line"] for scene in carried(told.text)["scenes"]] == ["cat 16 | conv2d sobel-x | relu", other]
    assert f'compare="{other} layer=0"' in told.text
    for number, layer in enumerate(layers_of(told, 1)):
        steps = httpx.get(f"{server}/api/steps", params={"scene": other, "layer": number}).text.splitlines()
        assert rows_of(layer["steps"], layer["count"]) == [json.loads(line) for line in steps[1:-1]]


def test_two_layers_of_one_scene_are_carried_once(server: str) -> None:
    told = page(server, "cat 8 | sobel | relu", compare="layer=1")
    assert len(carried(told.text)["scenes"]) == 1
    assert ' layer=1"' in told.text


def test_of_two_scenes_each_has_half_of_the_room(server: str) -> None:
    alone, pair = page(server, "cat 128 | sobel-x"), page(server, "cat 128 | sobel-x", compare="sobel-y")
    one, *both = (layers_of(told, place)[0]["count"] for told, place in ((alone, 0), (pair, 0), (pair, 1)))
    assert both[0] == both[1] <= MOST_STEPS // 2 + 1
    assert one > both[0]


WISHES = (
    *("stride=2", "flip=true", "avg_pool2d 2", "sobel-y", "@first-steps", "cat 8 | sobel", "layer=1", "layer=-1", ""),
    *("stride=2 padding=1 layer=1", "  relu  ", "@max-pool layer=0", "bias=0 x", "cat 9|relu layer=7"),
)
LINES = ("cat 64 | conv2d sobel-x stride=1 | relu", "[1 2; 3 4] | max_pool2d 2", "cat 16 | a b=1 c=2 | d | e f=3")
PLAYER = """
import { besideOf } from "./static/words/lines.js";
const [wishes, lines] = JSON.parse(process.argv[1]);
const told = wishes.flatMap((wish) => lines.flatMap((line) => [0, 1, 2].map((layer) => besideOf(wish, line, layer))));
console.log(JSON.stringify(told.map(({ line, layer }) => [line, layer])));
"""


def test_what_a_wish_means_is_what_it_means_to_the_player() -> None:
    ask = [str(NODE), "--input-type=module", "-e", PLAYER, json.dumps([WISHES, LINES])]
    done = subprocess.run(ask, cwd=ROOT, capture_output=True, text=True, check=True)
    ours = [list(beside_of(wish, line, layer)) for wish in WISHES for line in LINES for layer in (0, 1, 2)]
    assert ours == json.loads(done.stdout)


def test_a_large_scene_carries_its_whole_map_one_step_in_some_and_says_so(server: str) -> None:
    layer = layers_of(page(server, "cat 256 | sobel-x"))[0]
    every = layer["opening"]["start"]["every"]
    steps = rows_of(layer["steps"], layer["count"])
    assert every > 1
    assert layer["count"] <= MOST_STEPS + 1
    assert [step["index"] for step in steps[:3]] == [0, every, 2 * every]
    assert steps[-1]["index"] == layer["opening"]["start"]["steps"] - 1
    assert any(f"one step in {every}" in warning for warning in layer["opening"]["warnings"])


def test_the_same_words_are_the_same_bytes_and_known_again(server: str) -> None:
    first, second = page(server, "@first-steps"), page(server, "@first-steps")
    assert first.content == second.content
    again = httpx.get(
        f"{server}/render.html", params={"scene": "@first-steps"}, headers={"if-none-match": first.headers["etag"]}
    )
    assert again.status_code == 304
    assert "sandbox" in first.headers["content-security-policy"]


@pytest.mark.parametrize(
    ("words", "status", "field"),
    [
        ({"scene": "cat 64 | nothing"}, 422, "operation"),
        ({"scene": "cat 64"}, 422, "scene"),
        ({"scene": SOBEL, "layer": 4}, 422, "layer"),
        ({"scene": SOBEL, "step": 99_999}, 422, "step"),
        ({"scene": SOBEL, "speed": 0}, 422, "speed"),
        ({"scene": SOBEL, "view": "<b>"}, 422, "view"),
        ({"scene": SOBEL, "compare": "sobl"}, 422, "operation"),
        ({"scene": SOBEL, "compare": "stride=2 layer=3"}, 422, "layer"),
        ({"scene": SOBEL, "by": "colour"}, 422, "by"),
        ({"scene": SOBEL, "compare": "cat 512 | pad 400"}, 413, "scene"),
        ({"scene": SOBEL, "controls": "some"}, 422, "controls"),
        ({"scene": "image:00000000000000000000000000000000 | sobel"}, 404, "input"),
        ({"scene": "cat 512 | pad 700"}, 413, "scene"),
    ],
)
def test_what_no_file_can_be_made_of_is_refused(server: str, words: dict[str, object], status: int, field: str) -> None:
    told = httpx.get(f"{server}/render.html", params=words, timeout=60)  # type: ignore[arg-type]
    assert (told.status_code, told.json()["field"]) == (status, field)


def test_nothing_in_the_words_ends_a_script(server: str) -> None:
    text = page(server, "@first-steps", stops='0:</script><script>alert(1)</script>,1:"><img src=x>').text
    assert "<script>alert" not in text
    assert "<img" not in text
