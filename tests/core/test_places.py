"""The same place in another scene: settings change, and the window stays on its part of the picture."""

import numpy as np
import pytest

from core.places import Point, point_of, step_near
from core.scene import parse

PICTURE = (1, 24, 30)


def place(line: str, layer: int, cell: tuple[int, int, int], shape: tuple[int, int, int] = PICTURE) -> Point | None:
    layers = parse(line).bind(shape)
    return point_of(layers, layer, int(np.ravel_multi_index(cell, layers[layer].walked_shape)))


def cell_at(line: str, layer: int, point: Point | None, shape: tuple[int, int, int] = PICTURE) -> tuple[int, ...]:
    assert point is not None
    layers = parse(line).bind(shape)
    step = step_near(layers, layer, point)
    return tuple(int(part) for part in np.unravel_index(step, layers[layer].walked_shape))


@pytest.mark.parametrize(
    ("before", "cell", "after", "expected"),
    [
        ("cat | box-3", (0, 10, 12), "cat | box-3 stride=2", (0, 5, 6)),
        ("cat | box-3 stride=2", (0, 5, 6), "cat | box-3", (0, 10, 12)),
        ("cat | box-3", (0, 10, 12), "cat | box-3 padding=1", (0, 11, 13)),
        ("cat | box-3", (0, 10, 12), "cat | box-5", (0, 9, 11)),
        ("cat | box-3", (0, 10, 12), "cat | box-3 dilation=2", (0, 9, 11)),
        ("cat | relu", (0, 23, 29), "cat | box-3", (0, 21, 27)),
    ],
)
def test_the_window_stays_where_it_is_when_a_setting_changes(
    before: str, cell: tuple[int, int, int], after: str, expected: tuple[int, int, int]
) -> None:
    assert cell_at(after, 0, place(before, 0, cell)) == expected


def test_a_layer_added_in_front_keeps_the_place() -> None:
    assert cell_at("cat | box-3 | box-3", 1, place("cat | box-3", 0, (0, 10, 12))) == (0, 9, 11)


def test_another_size_of_the_picture_keeps_the_place() -> None:
    _, row, col = cell_at("cat | relu", 0, place("cat | relu", 0, (0, 12, 15)), (1, 48, 60))
    assert row in {24, 25}
    assert col in {30, 31}


def test_the_same_layer_is_at_the_same_step() -> None:
    layers = parse("cat | conv2d sobel-x padding=same | max_pool2d 2 | unfold 3").bind(PICTURE)
    for index, layer in enumerate(layers):
        for step in range(layer.steps):
            point = point_of(layers, index, step)
            assert point is not None
            near = step_near(layers, index, point)
            assert point_of(layers, index, near) == point


def test_the_channel_is_kept_where_the_layer_has_it() -> None:
    point = Point(2, 0.5, 0.5)
    assert cell_at("cat | relu", 0, point, (3, 8, 8))[0] == 2
    assert cell_at("cat | channel_max_pool", 0, point, (3, 8, 8))[0] == 0


def test_a_scatter_is_walked_by_the_cells_of_its_input() -> None:
    cell = cell_at("cat | conv_transpose2d box-3 stride=2", 0, place("cat | relu", 0, (0, 7, 9)))
    assert cell == (0, 7, 9)


def test_whatever_layer_follows_another_there_is_a_step() -> None:
    for line in ("cat | flatten | softmax", "cat | global_avg_pool2d", "cat | pad 2", "cat | unfold 3 | relu"):
        layers = parse(line).bind((1, 8, 10))
        for index, layer in enumerate(layers):
            assert 0 <= step_near(layers, index, Point(5, 0.3, 0.9)) < layer.steps


def test_a_window_that_sees_only_padding_has_no_place() -> None:
    assert place("[1 2; 3 4] | conv2d box-3 padding=5", 0, (0, 0, 0), (1, 2, 2)) is None
