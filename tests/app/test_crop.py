"""A region of a picture as input: cut out of the whole picture, then shrunk."""

from typing import Any

import httpx
import numpy as np
import pytest

import core
from app.evaluation import Scenes
from app.pictures.colours import to_grey
from app.pictures.resize import area_average
from app.pictures.samples import sample_pixels
from core.errors import SceneError

ROWS, COLUMNS = sample_pixels("cat").shape[1:]


def source(line: str) -> core.Source:
    return core.parse(f"{line} | relu").source


def test_a_region_is_cut_out_before_it_is_shrunk(scenes: Scenes) -> None:
    region = sample_pixels("cat")[:, 40:136, 120:200]
    assert np.array_equal(scenes.input_of(source("cat rgb crop=(40,120,96,80)")), region)
    shrunk = scenes.input_of(source("cat 32 crop=(40,120,96,80)"))
    assert np.array_equal(shrunk, area_average(to_grey(region), 32))
    assert shrunk.shape == (1, 32, 27)


def test_the_region_that_is_the_whole_picture_is_the_picture(scenes: Scenes) -> None:
    whole = scenes.input_of(source(f"cat 64 crop=(0,0,{ROWS},{COLUMNS})"))
    assert np.array_equal(whole, scenes.input_of(source("cat 64")))


@pytest.mark.parametrize(
    "crop", [(0, 0, ROWS + 1, 1), (0, 0, 1, COLUMNS + 1), (ROWS, 0, 1, 1), (0, COLUMNS, 1, 1), (299, 450, 16000, 1)]
)
def test_a_region_beyond_the_picture_is_refused(scenes: Scenes, crop: tuple[int, ...]) -> None:
    with pytest.raises(SceneError) as refusal:
        scenes.input_of(source(f"cat 8 crop={crop}"))
    assert refusal.value.field == "crop"
    assert f"which has {ROWS} rows and {COLUMNS} columns" in str(refusal.value)


def test_a_region_changes_what_is_seen_not_how_far_a_cell_sees(server: str) -> None:
    def answer(line: str) -> Any:
        return httpx.get(f"{server}/api/scene", params={"scene": line}).json()

    cut, whole = answer("cat 32 crop=(10,20,64,64) | sobel-x | max_pool2d 2"), answer("cat 32 | sobel-x | max_pool2d 2")
    assert cut["scene"]["input"] == {"source": "cat", "size": 32, "crop": [10, 20, 64, 64]}
    fields = [[layer["receptive_field"] for layer in told["layers"]] for told in (cut, whole)]
    assert fields[0] == fields[1]
    assert cut["layers"][0]["input_shape"] == [1, 32, 32]


def test_a_region_in_json_is_the_region_in_the_line(server: str) -> None:
    scene = {"input": {"source": "cat", "crop": [10, 20, 30, 40]}, "layers": [{"operation": "sobel"}]}
    assert httpx.post(f"{server}/api/scene", json=scene).json()["line"] == "cat crop=(10,20,30,40) | sobel"
    beyond = {**scene, "input": {"source": "cat", "crop": [10, 20, 3000, 40]}}
    assert httpx.post(f"{server}/api/scene", json=beyond).status_code == 422
