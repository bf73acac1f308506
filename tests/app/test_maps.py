"""The call that gives a chain as pictures: each cell is the mean of those that it stands for, a byte each."""

import base64
from typing import Any

import httpx
import numpy as np
import pytest

import core
from app.models.maps import Maps
from app.wire import maps
from tests.app.serving import got
from tests.running import ROOT

EDGES = "[1 2 3 4; 5 6 7 8; 9 10 11 12; 13 14 15 16] | conv2d [1 -1; 2 -2] | max_pool2d 2"


def cells_of(told: dict[str, Any]) -> np.ndarray[Any, Any]:
    return np.frombuffer(base64.b64decode(told["cells"]), np.uint8).reshape(told["shown"])


def whole(server: str, scene: str, layer: int) -> np.ndarray[Any, Any]:
    return np.array(httpx.get(f"{server}/api/feature-map", params={"scene": scene, "layer": layer}).json()["values"])


def test_the_input_and_each_layer_have_their_map(server: str) -> None:
    told = got(server, "maps", Maps, scene=EDGES)
    assert [small["shape"] for small in told["maps"]] == [[1, 4, 4], [1, 3, 3], [1, 1, 1]]
    assert told["line"] == core.parse(EDGES).line


def test_the_bytes_of_a_small_map_are_its_numbers_between_the_ends(server: str) -> None:
    small = got(server, "maps", Maps, scene=EDGES)["maps"][1]
    assert small["low"] == -small["high"] < 0
    numbers = cells_of(small) / 254 * (small["high"] - small["low"]) + small["low"]
    assert np.allclose(numbers, whole(server, EDGES, 0), atol=small["high"] / 254)


def test_a_cell_of_a_large_map_is_the_mean_of_those_that_it_stands_for(server: str) -> None:
    scene = "cat 96 | sobel-x padding=same"
    small = got(server, "maps", Maps, scene=scene)["maps"][1]
    C, rows, cols = small["shape"]
    assert (C, rows, cols) == (1, 64, 96)
    assert small["shown"] == [1, 32, 32]
    means = whole(server, scene, 0).reshape(1, 32, 2, 32, 3).mean(axis=(2, 4))
    numbers = cells_of(small) / 254 * (small["high"] - small["low"]) + small["low"]
    assert np.allclose(numbers, means, atol=small["high"] / 254)


def test_of_many_channels_the_first_are_told(server: str) -> None:
    small = got(server, "maps", Maps, scene="cat 8 | conv2d out=20 kernel_size=3 seed=1")["maps"][1]
    assert small["shape"][0] == 20
    assert small["shown"][0] == 16 == len(cells_of(small))


def test_a_short_vector_is_told_in_numbers_and_its_bytes_are_in_their_order(server: str) -> None:
    told = got(server, "maps", Maps, scene="cat 8 | flatten | linear out=10 seed=1 | softmax")["maps"]
    assert len(told[3]["values"]) == 10
    assert sum(told[3]["values"]) == pytest.approx(1)
    assert np.all(np.diff(cells_of(told[2]).ravel()[np.argsort(told[2]["values"])].astype(int)) >= 0)
    assert "values" not in told[1]


def test_what_is_no_number_has_no_place_between_the_ends(server: str) -> None:
    small = got(server, "maps", Maps, scene="[0 -1; 4 9] | lp_pool2d 0.5 1")["maps"][1]
    assert (cells_of(small) == 255).ravel().tolist() == [value is None for value in small_values(server)]


def small_values(server: str) -> list[float | None]:
    scene = {"scene": "[0 -1; 4 9] | lp_pool2d 0.5 1"}
    values = httpx.get(f"{server}/api/feature-map", params=scene).json()["values"]
    return [value for rows in values[0] for value in rows]


def test_the_same_is_told_of_a_json_scene_and_kept_by_its_tag(server: str) -> None:
    answer = httpx.get(f"{server}/api/maps", params={"scene": EDGES})
    posted = httpx.post(f"{server}/api/maps", json={"scene": core.parse(EDGES).as_json()})
    assert posted.json() == answer.json()
    again = httpx.get(f"{server}/api/maps", params={"scene": EDGES}, headers={"If-None-Match": answer.headers["etag"]})
    assert again.status_code == 304


def test_maps_that_take_too_long_have_their_shapes_alone(server: str) -> None:
    dear = "cat | conv2d out=64 kernel_size=9 seed=1 padding=same | conv2d out=64 kernel_size=9 seed=1"
    told = got(server, "maps", Maps, scene=f"{dear} | relu")["maps"]
    assert told[0]["cells"]
    assert [small["cells"] for small in told[2:]] == [None, None]


@pytest.mark.parametrize("words", [{"scene": "cat | nothing"}, {"odd": 1}, {"scene": ""}])
def test_bad_words_are_refused(server: str, words: dict[str, object]) -> None:
    answer = httpx.get(f"{server}/api/maps", params={"scene": EDGES, **words})  # type: ignore[arg-type]
    assert 400 <= answer.status_code < 500
    assert answer.json()["detail"]


@pytest.mark.parametrize("name", ["MOST_CHANNELS", "MOST_OF_VECTOR", "LONGEST"])
def test_the_browser_makes_room_for_as_much_as_is_told(name: str) -> None:
    text = (ROOT / "static" / "views" / "chain" / "tiles.js").read_text("utf-8")
    assert f"const {name} = {getattr(maps, name)};" in text


def test_the_outputs_of_a_network_have_their_classes_and_distances_answer_with_the_least(server: str) -> None:
    lenet = got(server, "maps", Maps, scene="digit-7 | @lenet-5")["maps"][-1]
    assert lenet["classes"] == list("0123456789")
    assert lenet["answer"] == int(np.argmin(lenet["values"])) == 7
    perceptron = got(server, "maps", Maps, scene="digit-7 | @mlp | round 3")["maps"][-1]
    assert perceptron["answer"] == int(np.argmax(perceptron["values"])) == 7
    assert perceptron["classes"] == list("0123456789")
    assert core.classes_in(core.parse("digit-7 | @fashion-cnn"))[1][-1] == "Ankle boot"
    alone = got(server, "maps", Maps, scene="[1 3 2] | flatten")["maps"][-1]
    assert alone["answer"] == 1
    assert "classes" not in alone


def test_maps_are_told_from_a_place_on(server: str) -> None:
    whole = got(server, "maps", Maps, scene="digit-7 | @lenet-5")["maps"]
    for first in (0, 1, 7, len(whole) - 1, -1, -3, -len(whole)):
        assert got(server, "maps", Maps, scene="digit-7 | @lenet-5", first=first)["maps"] == whole[first:]


@pytest.mark.parametrize("first", [4, -5])
def test_a_place_that_the_chain_has_not_is_refused(server: str, first: int) -> None:
    refused = httpx.post(f"{server}/api/maps", json={"scene": "cat 8 | relu | relu | relu", "first": first})
    assert refused.status_code == 422
    assert refused.json()["detail"] == f"first is {first}: the chain has 4 maps, counted from 0"


def test_each_map_is_what_its_scene_makes_alone(server: str) -> None:
    chain = "digit-3-d | @lenet-5"
    line = core.parse(chain).line.split(" | ")
    told = got(server, "maps", Maps, scene=chain)["maps"]
    for place in range(1, len(line)):
        alone = got(server, "maps", Maps, scene=" | ".join(line[: place + 1]), first=-1)["maps"]
        assert [alone[0]["cells"], alone[0]["low"]] == [told[place]["cells"], told[place]["low"]]
