"""How convolution and pooling are computed, forward and back: the facts of the curriculum's last figures."""

from __future__ import annotations

from typing import Any

import numpy as np

import core
from core import OPERATIONS, functional
from core.backward import Backward
from core.trace import Trace
from core.vocabulary import Array
from tests.core.curriculum import source, told, walk, weight_of


def columns_of(name: str, more: str) -> Trace:
    """A figure's input as a matrix whose columns are its windows."""
    return core.trace(f"x | unfold {more}", source(name))


def test_the_matrix_product_of_windows_and_kernel_is_the_feature_map() -> None:
    trace, matrix = walk("im2col"), columns_of("im2col", "3").feature_map()[0]
    C, oH, oW = trace.output_shape
    assert matrix.shape == (C * 9, oH * oW)
    assert matrix.size == 81
    assert (matrix.T @ weight_of("im2col").ravel()).tolist() == trace.feature_map().ravel().tolist()


def test_a_window_its_row_and_its_output_cell_go_together() -> None:
    for row, step in zip(columns_of("im2col", "3"), walk("im2col"), strict=True):
        assert row["index"] == step["index"]
        assert row["corner"] == step["corner"]
        assert row["output"] == np.ravel(step["window"]).tolist()


def test_pooling_is_the_maximum_of_each_row() -> None:
    matrix = columns_of("im2col-pool", "2 stride=2").feature_map()[0]
    assert matrix.T.max(axis=1).tolist() == walk("im2col-pool").feature_map().ravel().tolist()


def loss_slope(f: Any, x: Array) -> Array:
    """Numerical gradient of a sum, by central differences."""
    slope = np.zeros_like(x)
    for place in np.ndindex(x.shape):
        step = np.zeros_like(x)
        step[place] = 1e-4
        slope[place] = (f(x + step) - f(x - step)) / 2e-4
    return slope


def test_gradients_walked_step_by_step_are_the_numerical_ones() -> None:
    random = np.random.default_rng(6)
    x, weight, dy = random.random((2, 6, 5)), random.random((3, 2, 3, 2)), random.random((3, 3, 2))
    motion = {"stride": 2, "padding": ((1, 0), (0, 0))}

    def loss(x: Array, weight: Array) -> float:
        return float((functional.conv2d(x, weight, **motion) * dy).sum())

    dx = OPERATIONS["conv2d_backward_input"](weight.tolist(), input_size=(6, 5), **motion)
    dw = OPERATIONS["conv2d_backward_weight"]((3, 2), dy=dy.tolist(), **motion)
    assert np.allclose(core.trace(dx, dy).feature_map(), loss_slope(lambda x: loss(x, weight), x), atol=1e-6)
    slope = loss_slope(lambda weight: loss(x, weight), weight)
    assert np.allclose(core.trace(dw, x).feature_map(), slope.reshape(-1, 3, 2), atol=1e-6)
    assert np.allclose(core.trace("x | conv2d_backward_bias", dy).feature_map().ravel(), dy.sum(axis=(1, 2)))


def test_the_gradient_of_a_weight_gathers_what_that_weight_met() -> None:
    x = np.arange(2 * 5 * 5).reshape(2, 5, 5)
    trace = core.trace("x | conv2d_backward_weight 3 dy=[[[1,2],[3,4]],[[0,1],[1,0]]] stride=2", x)
    assert trace.output_shape == (2 * 2, 3, 3)
    for step in trace:
        channel, row, col = step["at"]
        assert step["input_channel"] == channel % 2
        assert np.array_equal(step["window"][0], x[channel % 2, row : row + 3 : 2, col : col + 3 : 2])


def test_the_way_back_adds_up_to_the_gradients() -> None:
    trace, dy = walk("backward-conv"), np.ones((1, 3, 3))
    found = Backward(trace).finished()
    for name, right in zip(
        ("dx", "dw"), functional.conv2d_backward(dy, source("backward-conv"), weight_of("backward-conv")), strict=False
    ):
        assert found[name].tolist() == right.ravel().tolist()
    assert found["db"].tolist() == [9]


def test_the_gradient_goes_to_the_winner_only() -> None:
    trace = core.trace(f"[1 2; 3 4] | max_pool2d_backward 2 x={core.GALLERY['backward-pool'].line.split(' |')[0]}")
    assert [step["winner"] for step in trace] == [step["winner"] for step in walk("backward-pool")]
    assert trace.feature_map()[0].tolist() == [[0, 0, 0, 0], [0, 1, 2, 0], [3, 0, 4, 0], [0, 0, 0, 0]]
    winners = Backward(walk("backward-pool")).finished()["dx"].reshape(4, 4)
    assert winners.tolist() == (trace.feature_map()[0] > 0).tolist()


def test_average_pooling_spreads_the_gradient() -> None:
    trace = core.trace("[4 8] | avg_pool2d_backward 2")
    assert trace.feature_map()[0].tolist() == [[1, 1, 2, 2], [1, 1, 2, 2]]


def test_transposed_convolution_is_the_backward_pass_of_the_matching_convolution() -> None:
    trace = walk("transposed")
    kernel = weight_of("transposed")
    dx, _, _ = functional.conv2d_backward(source("transposed"), np.zeros((1, 5, 5)), kernel, stride=2)
    assert np.array_equal(trace.feature_map(), dx)


def test_overlapping_stamps_add_up() -> None:
    first, second = walk("transposed")[:2]
    assert np.array(second["before"])[0, :, 0].tolist() == np.array(first["products"])[0, :, 2].tolist()
    assert np.array_equal(np.array(second["after"]), np.array(second["before"]) + np.array(second["products"]))


def test_dilation_two_covers_five_by_five_with_nine_cells() -> None:
    trace = walk("dilated")
    assert trace.output_shape == (1, 1, 1)
    assert told("dilated", (1, 5, 5))["receptive_field"] == [5, 5]
    assert np.size(trace[0]["window"]) == 9
