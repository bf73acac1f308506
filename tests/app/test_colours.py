"""The colours of a number: the pictures of the API and the player's stage show the same."""

import io
import json
import subprocess
import sys
from pathlib import Path

import httpx
import numpy as np
import pytest
from PIL import Image

from app.wire.colours import DIVERGING, GREY, coloured, table
from tests.running import ROOT

NODE = Path(sys.executable).parent / "node"
STAGE = """
import { scaleOf } from "./static/drawing/scale.js";
const asked = JSON.parse(await new Promise((done) => {
  let text = "";
  process.stdin.on("data", (part) => { text += part; }).on("end", () => done(text));
}));
const bytes = (pixel) => [pixel & 255, (pixel >> 8) & 255, (pixel >> 16) & 255];
console.log(JSON.stringify(asked.map(({ values, range, look }) => {
  const scale = scaleOf(range, look, false);
  return values.map((value) => bytes(scale.pixel(value)));
})));
"""


def on_the_stage(*asked: dict[str, object]) -> list[np.ndarray]:
    """The colours that the player's own scale gives to numbers."""
    done = subprocess.run(
        [str(NODE), "--input-type=module", "-e", STAGE],
        cwd=ROOT,
        input=json.dumps(asked),
        capture_output=True,
        text=True,
        check=True,
    )
    return [np.array(colours, np.uint8) for colours in json.loads(done.stdout)]


@pytest.mark.parametrize(
    "line",
    [
        "cat 64 | sobel-x",
        "cat 64 | laplacian-8 | tanh",
        "[1 0 2; 0 4 0; -7 0.3 12] | conv2d [-1 0.1]",
        "camera 32 | conv2d sobel-y padding=same divisor=3",
    ],
)
def test_a_signed_map_has_the_same_pixels_as_a_picture_and_on_the_stage(server: str, line: str) -> None:
    picture = httpx.get(f"{server}/api/feature-map", params={"scene": line, "format": "png"})
    pixels = np.asarray(Image.open(io.BytesIO(picture.content)))
    values = np.array(httpx.get(f"{server}/api/feature-map", params={"scene": line}).json()["values"])[0]
    (colours,) = on_the_stage(
        {"values": values.ravel().tolist(), "range": [values.min().item(), values.max().item()], "look": "map"}
    )
    assert np.array_equal(pixels, colours.reshape(pixels.shape))


def test_a_grey_picture_has_the_same_pixels_as_a_picture_and_on_the_stage(server: str) -> None:
    picture = httpx.get(f"{server}/api/input", params={"scene": "cat 64 | sobel", "format": "png"})
    pixels = np.asarray(Image.open(io.BytesIO(picture.content)))
    values = np.array(httpx.get(f"{server}/api/input", params={"scene": "cat 64 | sobel"}).json()["values"])[0]
    (colours,) = on_the_stage(
        {"values": values.ravel().tolist(), "range": [int(values.min()), int(values.max())], "look": "picture"}
    )
    assert np.array_equal(np.stack([pixels] * 3, -1), colours.reshape(*pixels.shape, 3))


@pytest.mark.parametrize("reach", [1.0, 7.0, 1020.0, 3.3e-7, 1.9e5])
def test_numbers_at_the_edges_of_a_scales_entries_are_rounded_alike(reach: float) -> None:
    edges = np.concatenate([np.arange(-256, 257) / 256, (np.arange(-256, 256) + 0.5) / 256]) * reach
    around = np.concatenate([edges, np.nextafter(edges, np.inf), np.nextafter(edges, -np.inf), [-2 * reach, 2 * reach]])
    (colours,) = on_the_stage({"values": around.tolist(), "range": [-reach, reach], "look": "map"})
    assert np.array_equal(coloured(around[None], -reach, reach, DIVERGING)[:, 0].T, colours)


def test_a_scale_is_white_in_its_middle_and_one_grey_for_each_of_256() -> None:
    assert table(DIVERGING)[:, 128].tolist() == [255, 255, 255]
    greys = np.arange(256.0)[None]
    assert np.array_equal(coloured(greys, 0, 255, GREY), np.repeat(greys[None], 3, 0))


def test_what_is_no_number_is_grey_and_the_largest_numbers_have_their_ends() -> None:
    sheet = np.array([[np.nan, np.inf, -1.7e308, 0, 1.7e308]])
    assert coloured(sheet, -1.7e308, 1.7e308, DIVERGING)[0, 0].tolist() == [128, 128, 59, 255, 180]
