"""A program is whole: it runs in an empty namespace and makes the map, whatever comes before its layer."""

from __future__ import annotations

import re
import warnings
from pathlib import Path
from typing import Any

import numpy as np
import pytest
from PIL import Image

import core
from core.programs import MOST_BEFORE, programs
from core.vocabulary import Array

LINES = [row.line for row in core.GALLERY.values() if core.parse(row.line).source.matrix is not None]
CHAINS = [
    (
        "[1 -2 3 0; 4 5 -6 1; 7 8 9 2; 0 1 2 3] | pad 1 reflect | conv2d [1 0 1; 0 1 0; 1 0 1] bias=1 | leaky_relu 0.1"
        " | max_pool2d 2 | flatten | linear [[1,0,-1,2]] bias=3 | sigmoid"
    ),
    "[1 2 3; 4 5 6; 7 8 9] | unfold 2 | softmax | fold output_size=(3,3) kernel_size=2 | flip | round 2",
    "[1 2 3 4 5 6] | conv1d [1 0 -1] flip=true padding=full | max_pool1d 2 | conv_transpose1d [1 2] stride=2",
    "[[[1,2],[3,4]],[[5,6],[7,8]]] | conv2d out=4 kernel_size=2 seed=3 groups=2 | maxout 2 | reshape (2,1,1)",
]


def carried_out(text: str) -> Array:
    space: dict[str, Any] = {}
    with warnings.catch_warnings(), np.errstate(all="ignore"):
        warnings.simplefilter("ignore")
        exec(text, space)
    return np.asarray(space["y"], float)


@pytest.mark.parametrize("line", [*LINES, *CHAINS])
@pytest.mark.parametrize("library", ["numpy_loop", "numpy"])
def test_a_program_makes_the_map_of_its_layer(line: str, library: str) -> None:
    scene = core.parse(line)
    matrix = scene.source.array()
    assert matrix is not None
    layers = scene.bind((matrix.shape[0], matrix.shape[1], matrix.shape[2]))
    for index in range(len(layers)):
        told = programs(scene, layers, index)
        assert told is not None
        wanted = core.trace(scene, layer=index).feature_map()
        assert np.allclose(carried_out(told[library]), wanted.astype(float), rtol=1e-9, atol=1e-9, equal_nan=True)


def test_a_picture_is_read_from_a_file_of_ones_own(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    pixels = np.arange(12 * 16).reshape(12, 16).astype(np.uint8)
    Image.fromarray(pixels).save(tmp_path / "cat.png")
    monkeypatch.chdir(tmp_path)
    scene = core.parse("cat crop=(2,4,8,10) | relu")
    told = programs(scene, scene.bind((1, 8, 10)), 0)
    assert told is not None
    assert np.array_equal(carried_out(told["numpy"])[0], pixels[2:10, 4:14])


def test_no_program_needs_this_server() -> None:
    for line in (*CHAINS, "cat 64 rgb | sobel", "image:0123456789abcdef 32 | relu"):
        scene = core.parse(line)
        matrix = scene.source.array()
        shape = (3 if "rgb" in line else 1, 43, 64) if matrix is None else matrix.shape
        layers = scene.bind((shape[0], shape[1], shape[2]))
        for index in range(len(layers)):
            told = programs(scene, layers, index)
            assert told is not None
            assert not [text for text in told.values() if isinstance(text, str) and re.search("https?:|urlopen", text)]


def test_layers_before_are_repeated_as_long_as_they_are_short() -> None:
    kernel = "; ".join(["1 " * 31] * 31)
    scene = core.parse(
        f"[{'; '.join(['1 ' * 40] * 40)}] | {' | '.join([f'conv2d [{kernel}] padding=same'] * 12)} | relu"
    )
    layers = scene.bind((1, 40, 40))
    told = programs(scene, layers, 12)
    assert told is not None
    assert 'np.load("x.npy")' in told["numpy"]
    assert len(told["numpy"]) < MOST_BEFORE
