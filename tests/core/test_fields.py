"""What one cell sees of every map below it, held against inputs in which one cell is another."""

from __future__ import annotations

import numpy as np
import pytest

import core
from core.fields import MOST_TOLD, fields_of
from core.networks.bitmaps import connections

CHAINS = (
    "cat | conv2d [1 2 1; 3 1 2; 1 1 4] | conv2d [1 2; 3 1] stride=2",
    "cat | conv2d [1 2 1; 3 1 2; 1 1 4] padding=1 dilation=2 | avg_pool2d 2 | conv2d [1 2; 2 1] padding=full",
    "cat | avg_pool2d 3 stride=2 | conv_transpose2d [1 2; 3 4] stride=2 | conv2d [1 1 2] stride=(2,1)",
    "cat | conv2d [1 2; 3 1] padding=1 padding_mode=replicate | avg_pool2d 2",
    "cat | avg_pool2d 2 | flatten | linear out=3 seed=1",
    "cat | pad 2 | avg_pool2d 4 stride=3 padding=1",
)


@pytest.mark.parametrize("line", CHAINS)
def test_a_cell_answers_to_no_cell_outside_its_field_and_to_the_ends_of_it(line: str) -> None:
    scene, shape = core.parse(line), (1, 11, 13)
    layers = scene.bind(shape)
    for index in range(len(layers)):
        for below, field in enumerate(fields_of(scene, shape, index)):
            lowest = index - below
            x = np.random.default_rng(7).random(layers[lowest].input_shape) + 1
            before = walked(scene, lowest, index, x)
            met = np.array([walked(scene, lowest, index, changed(x, place)) != before for place in np.ndindex(x.shape)])
            for at in np.ndindex(before.shape):
                places = np.argwhere(met[(slice(None), *at)].reshape(x.shape))
                top, bottom, left, right = field.box(at)
                if len(places):
                    rows, cols = places[:, 1], places[:, 2]
                    assert (rows.min(), rows.max(), cols.min(), cols.max()) == (top, bottom, left, right)
                else:
                    assert bottom < top or right < left


def walked(scene: core.Scene, lowest: int, highest: int, x: np.ndarray) -> np.ndarray:
    for operation in scene.layers[lowest : highest + 1]:
        x = core.trace(operation, x).feature_map()
    return x


def changed(x: np.ndarray, place: tuple[int, ...]) -> np.ndarray:
    other = x.copy()
    other[place] += 1
    return other


@pytest.mark.parametrize(
    ("line", "shape"),
    [
        ("cat | partial_conv2d lenet-5.c3 | scaled_tanh | subsample 2 | max_pool2d 2", (6, 14, 14)),
        (
            "cat | conv2d out=4 kernel_size=2 groups=2 seed=1 | abs | conv2d out=2 kernel_size=2 groups=2 seed=2",
            (4, 6, 6),
        ),
        ("cat | conv_transpose2d [1 2; 3 4] stride=2 groups=3 | softmax | avg_pool2d 2", (3, 4, 4)),
        ("cat | avg_pool2d 2 | flatten | linear out=3 seed=1", (3, 4, 4)),
        ("cat | flatten | relu", (3, 2, 2)),
        ("cat | unfold 2", (3, 3, 3)),
        ("cat | conv2d out=6 kernel_size=2 groups=3 seed=1 | flatten", (3, 3, 3)),
        ("cat | maxout 2", (4, 3, 3)),
        ("cat | conv2d out=4 kernel_size=1 seed=1 | channel_avg_pool | abs", (2, 3, 3)),
        ("cat | global_avg_pool2d", (3, 2, 2)),
    ],
)
def test_a_cell_answers_to_the_channels_that_are_told_and_to_no_other(line: str, shape: tuple[int, int, int]) -> None:
    scene = core.parse(line)
    layers = scene.bind(shape)
    top = len(layers) - 1
    for below, field in enumerate(fields_of(scene, shape, top)):
        lowest = top - below
        x = np.random.default_rng(7).random(layers[lowest].input_shape)
        before = walked(scene, lowest, top, x)
        met = np.zeros((len(before), len(x)), bool)
        for channel in range(len(x)):
            other = x.copy()
            other[channel] += np.random.default_rng(1).random(x[channel].shape)
            met[:, channel] = (walked(scene, lowest, top, other) != before).any(axis=(1, 2))
        assert [np.flatnonzero(row).tolist() for row in met] == [field.channels(at) for at in range(len(before))]


def test_a_map_of_the_third_layer_of_lenet_sees_the_maps_of_its_table_and_one_behind_it_all() -> None:
    scene = core.parse("zeros 28 | @lenet-5")
    names = [layer.name for layer in scene.layers]
    third, fifth = names.index("partial_conv2d"), len(names) - 5
    told = [field.as_json()["channels"] for field in fields_of(scene, (1, 28, 28), third)]
    table = [np.flatnonzero(row).tolist() for row in connections()]
    assert told[0] == told[1] == told[2] == told[3] == table
    assert told[4:] == [None] * 3, "each map of S2 sees the one picture"
    assert names[fifth] == "conv2d"
    assert fields_of(scene, (1, 28, 28), fifth)[0].links is None


def test_fields_grow_layer_by_layer_down_to_the_picture() -> None:
    seen = fields_of(core.parse("cat | box-3 | box-3 | box-3"), (1, 20, 20), 2)
    assert [field.box((0, 5, 6)) for field in seen] == [(5, 7, 6, 8), (5, 9, 6, 10), (5, 11, 6, 12)]


def test_a_cell_over_padding_alone_sees_nothing() -> None:
    (field,) = (each.as_json() for each in fields_of(core.parse("cat | conv2d [1] padding=2"), (1, 3, 3), 0))
    assert field["rows"] == {"shape": [1, 7, 1], "first": [0, 0, 0, 1, 2, 0, 0], "last": [-1, -1, 0, 1, 2, -1, -1]}


@pytest.mark.parametrize("shape", [(1, 2000, 2000), (3, 300, 300)])
def test_what_is_told_stays_small_however_large_the_maps_are(shape: tuple[int, int, int]) -> None:
    line = "cat rgb | relu | flatten | relu" if shape[0] == 3 else "cat | box-3" + " | relu" * 40 + " | flatten"
    for field in fields_of(core.parse(line), shape, -1):
        told = field.as_json()
        assert max(len(told[axis][end]) for axis in ("rows", "cols") for end in ("first", "last")) <= MOST_TOLD


def test_of_chains_too_long_to_follow_the_lowest_maps_are_told_whole(monkeypatch: pytest.MonkeyPatch) -> None:
    scene, shape = core.parse("cat | conv2d [1 2; 3 1] | flatten | relu"), (1, 24, 31)
    maps = [(0, 0, 0, 689), (0, 22, 0, 29), (0, 23, 0, 30)]  # each from its first to its last row and column
    exact = [field.box((0, 0, 5)) for field in fields_of(scene, shape, 2)]
    assert not set(maps) & set(exact)
    told = set()
    for most in range(1, 12_000, 300):
        monkeypatch.setattr("core.fields.MOST_CELLS", most)
        boxes = [field.box((0, 0, 5)) for field in fields_of(scene, shape, 2)]
        followed = sum(box == each for box, each in zip(boxes, exact, strict=True))
        assert boxes == exact[:followed] + maps[followed:]
        told.add(followed)
    assert told == {1, 2, 3}, "the more may be followed, the more maps are"


def test_a_cell_that_sees_nothing_is_told_as_a_last_line_before_the_first() -> None:
    (field,) = fields_of(core.parse("cat | conv2d [1] padding=1"), (1, 1, 1), 0)
    told = field.as_json()
    for axis in ("rows", "cols"):
        assert [told[axis]["last"][at] < told[axis]["first"][at] for at in range(3)] == [True, False, True]
