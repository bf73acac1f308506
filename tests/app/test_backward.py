"""Layers walked backward over a real server: what is told keeps its model, and whatever cannot be walked is a 4xx."""

from __future__ import annotations

from typing import Any

import pytest

from app.models.backward import Backward
from tests.app.serving import got
from tests.app.test_api import get

SCENE = "[1 2 3; 4 5 6; 7 8 9] | conv2d [1 0; 0 -1] bias=2"


def walked(server: str, **words: Any) -> dict[str, Any]:
    return got(server, "backward", Backward, **words)


def test_a_convolution_tells_what_each_step_adds(server: str) -> None:
    told = walked(server, scene=SCENE)
    assert told["shapes"] == {"dy": [1, 2, 2], "window": [1, 2, 2], "dx": [1, 3, 3], "dw": [1, 1, 2, 2], "db": [1]}
    assert (told["count"], told["dy"], len(told["steps"])) == (4, [1, 1, 1, 1], 4)
    assert told["finished"] == {"dx": [1, 1, 0, 1, 0, -1, 0, -1, -1], "dw": [12, 16, 24, 28], "db": [4]}
    second = told["steps"][1]
    assert second["dx"]["cells"] == [1, 2, 4, 5]
    assert second["dx"]["added"] == [1, 0, 0, -1]
    assert second["dw"]["after"] == [3, 5, 9, 11]
    assert told["steps"][-1]["dx"]["after"] == told["finished"]["dx"]


def test_the_map_itself_may_be_its_gradient_and_a_range_is_part_of_the_whole(server: str) -> None:
    whole = walked(server, scene=SCENE, dy="output")
    assert whole["dy"] == [-2, -2, -2, -2]
    part = walked(server, scene=SCENE, dy="output", start=1, stop=3)
    assert part["steps"] == whole["steps"][1:3]


def test_the_opening_says_which_layers_are_walked_backward(server: str) -> None:
    assert get(server, "opening", scene=SCENE).json()["backward"]["dw"] == [1, 1, 2, 2]
    assert "dw" not in get(server, "opening", scene="[1 -2] | relu").json()["backward"]
    assert get(server, "opening", scene="cat 64 | sobel-x").json()["backward"] is None
    assert get(server, "opening", scene="[1 -2] | softmax").json()["backward"] is None


def test_no_more_than_64_steps_come_at_a_time(server: str) -> None:
    told = walked(server, scene="random 20x20 | relu")
    assert (told["count"], told["start"], told["stop"], len(told["steps"])) == (400, 0, 64, 64)


@pytest.mark.parametrize(
    "words",
    [
        {"scene": "cat 64 | sobel-x"},
        {"scene": "cat | conv2d out=64 kernel_size=3"},
        {"scene": "[1 2; 3 4] | softmax"},
        {"scene": SCENE, "layer": 3},
        {"scene": SCENE, "dy": "twos"},
        {"scene": SCENE, "start": 5},
        {"scene": SCENE, "start": -1},
        {"scene": SCENE, "start": 3, "stop": 1},
        {"scene": SCENE, "stop": 99},
        {"scene": SCENE, "start": 10**30},
        {"scene": "random 20x20 | relu", "stop": 65},
        {"scene": SCENE, "color": "red"},
        {"scene": "cat 64 |"},
        {"scene": ""},
    ],
)
def test_what_cannot_be_walked_backward_is_refused(server: str, words: dict[str, Any]) -> None:
    answer = get(server, "backward", **words)
    assert answer.status_code in (400, 422), answer.text
    assert answer.json()["detail"]


def test_numbers_that_are_none_are_null(server: str) -> None:
    told = walked(server, scene="[99999999999999.5]" + 24 * " | conv2d [99999999999999.5]", layer=-1, dy="output")
    assert told["dy"] == [None]
    assert told["finished"]["dx"] == [None]
