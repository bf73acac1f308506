"""An opening at the place of the picture where another walk stands."""

import httpx
import pytest

BEFORE = {"scene": "checkerboard | box-3", "layer": 0, "step": 30 * 62 + 40}


def opened(server: str, scene: object, keeping: object, layer: int = 0) -> httpx.Response:
    return httpx.post(f"{server}/api/opening", json={"scene": scene, "layer": layer, "keeping": keeping})


def test_it_opens_where_the_other_walk_stands(server: str) -> None:
    told = opened(server, "checkerboard | box-3 stride=2", BEFORE).json()
    (step,) = (step for step in told["steps"] if step["index"] == told["step"])
    assert step["corner"] == [30, 40]


def test_a_layer_put_in_front_keeps_the_place(server: str) -> None:
    told = opened(server, "checkerboard | relu | box-3", BEFORE, layer=1).json()
    assert told["step"] == BEFORE["step"]


def test_a_step_beyond_the_end_of_the_other_walk_is_its_last(server: str) -> None:
    told = opened(server, "checkerboard | box-3", BEFORE | {"step": 10**9}).json()
    assert told["step"] == told["start"]["steps"] - 1


@pytest.mark.parametrize(
    "keeping",
    [{"scene": "cat | nonsense"}, {"layer": 0}, {"scene": 3}, 5, {**BEFORE, "layer": 9}, {**BEFORE, "more": 1}],
)
def test_a_walk_that_cannot_be_is_refused(server: str, keeping: object) -> None:
    assert opened(server, "checkerboard | box-3", keeping).status_code in {400, 404, 422}
