"""Whole numbers go over the wire with every digit: as JSON, as files, in openings, in steps; or not at all."""

import base64
import io
import json
from typing import Any

import httpx
import numpy as np
import pytest

WIDE = "[900719925474099 3] | conv2d [11]"
WIDEST = "[1000000000000000 -3] | conv2d [9001]"
MAPS = {
    WIDE: [[[9907919180215089, 33]]],
    WIDEST: [[[9001000000000000000, -27003]]],
    "[2147483648 1] | relu": [[[2147483648, 1]]],
    "[-2147483649 1] | flip": [[[1, -2147483649]]],
    "[1000000000000000 1] | max_pool2d 1": [[[1000000000000000, 1]]],
}
TOO_WIDE = (
    "[1000000000000000 1000000000000000] | conv2d [1000000 1]",
    "[1000000000000000 1000000000000000] | conv1d [1000000 1]",
    "[1000000000000000 1000000000000000] | conv_transpose2d [1000000 1]",
    "[1000000000000000 1000000000000000] | conv2d_backward_input [1000000 1]",
    "[1000000000000000 1000000000000000] | conv2d_backward_weight dy=[1000000 1]",
    "[[[1000000000000000]],[[1000000000000000]]] | linear [1000000 1]",
)


def get(server: str, path: str, scene: str, **words: Any) -> httpx.Response:
    return httpx.get(f"{server}/api/{path}", params={"scene": scene, **words})


def written(values: Any) -> str:
    """1 and 1.0 are equal to Python, but not as text."""
    return json.dumps(values)


@pytest.mark.parametrize("line", MAPS)
def test_maps_as_json_and_as_files_have_every_digit(server: str, line: str) -> None:
    assert written(get(server, "feature-map", line).json()["values"]) == written(MAPS[line])
    for compact in ("0", "1"):
        file = np.load(io.BytesIO(get(server, "feature-map", line, format="npy", compact=compact).content))
        assert file.dtype.kind == "i"
        assert file.tolist() == MAPS[line]


@pytest.mark.parametrize("line", MAPS)
def test_inputs_steps_and_openings_have_every_digit(server: str, line: str) -> None:
    following = f"{line} | relu"
    assert written(get(server, "input", following, layer=1).json()["values"]) == written(MAPS[line])
    steps = [json.loads(step) for step in get(server, "steps", line).text.splitlines()][1:-1]
    assert written([step["output"] for step in steps]) == written(MAPS[line][0][0])
    output = get(server, "opening", line).json()["output"]
    values = np.frombuffer(base64.b64decode(output["data"]), output["type"])
    assert values.tolist() == MAPS[line][0][0]
    assert written(output["range"]) == written([min(MAPS[line][0][0]), max(MAPS[line][0][0])])


def test_the_legend_of_a_picture_has_every_digit(server: str) -> None:
    headers = get(server, "feature-map", WIDE, format="png").headers
    assert (headers["X-Values"], headers["X-Range"]) == ("33, 9907919180215089", "0, 9907919180215089")


@pytest.mark.parametrize("line", TOO_WIDE)
def test_sums_beyond_64_bits_are_refused_by_every_door(server: str, line: str) -> None:
    for path in ("steps", "feature-map", "opening"):
        answer = get(server, path, line)
        assert answer.status_code == 422
        assert "64 bits" in answer.json()["detail"]
    assert get(server, "steps", f"{line} | relu", layer=1).status_code == 422


@pytest.mark.parametrize("operation", ["max_pool2d 2 stride=1 padding=1", "adaptive_max_pool2d 2"])
def test_windows_are_written_the_same_in_any_range(server: str, operation: str) -> None:
    """At the border, where cells are empty, and away from it."""
    line = f"[1 2 3; 4 5 6; 7 8 900719925474099] | {operation}"
    whole = get(server, "steps", line).text.splitlines()[1:-1]
    assert ".0" not in "".join(whole)
    for step in range(len(whole)):
        (alone,) = get(server, "steps", line, start=step, stop=step + 1).text.splitlines()[1:-1]
        assert written(json.loads(alone)) == written(json.loads(whole[step]))
