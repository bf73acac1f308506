"""Facts of figures about sizes, letters, activations, many kernels: worked out a second time, by hand or by loops."""

import math
from collections.abc import Callable

import numpy as np
import pytest

import core
from core import functional
from core.vocabulary import Array
from tests.core.curriculum import source, told, walk, weight_of


def test_both_strides_share_the_sums_of_the_corners() -> None:
    one = walk("stride-1-and-2").feature_map()[0]
    two = core.trace(core.parse("@stride-1-and-2").line + " stride=2").feature_map()[0]
    assert (one.shape, two.shape) == ((3, 3), (2, 2))
    assert one[::2, ::2].tolist() == two.tolist() == [[6, 11], [7, 4]]


def test_every_letter_is_the_number_of_the_scene() -> None:
    C, H, W = source("symbols").shape
    FN, FH, FW, P, S = 2, 3, 2, 1, 2
    assert (C, H, W) == (3, 5, 7)
    size = ((H - FH + 2 * P) // S + 1, (W - FW + 2 * P) // S + 1)
    assert told("symbols", (3, 5, 7))["output_shape"] == [FN, *size] == [2, 3, 4]
    assert told("symbols", (3, 5, 7))["parameters"] == FN * C * FH * FW + FN


def test_a_kernel_is_as_deep_as_its_input_and_as_many_kernels_so_many_channels() -> None:
    first, second = (told("tensor-boxes", (3, 5, 5), layer) for layer in (0, 2))
    assert first["output_shape"] == [4, 3, 3]
    assert first["parameters"] == 4 * (3 * 3 * 3) + 4
    assert second["output_shape"] == [2, 2, 2]
    assert second["parameters"] == 2 * (2 * 2 * 4) + 2


GOAL = np.array([[[[-1, 1], [-1, 1]]], [[[-1, -1], [1, 1]]]])  # a vertical and a horizontal edge
ALIKE = np.tile(np.array([[[0.2, 0.1], [0.1, 0.3]]]), (2, 1, 1, 1))
RANDOM = np.array([[[[0, 0.5], [-0.4, 0.4]]], [[[-0.2, -0.1], [0.3, -0.1]]]])


def descend(weight: Array, steps: int) -> tuple[Array, float]:
    """Two kernels trained together, with what is left of the squared error: the sum of their maps after ReLU is to be
    that of the two edges."""
    x, weight = source("equal-starts").astype(float), weight.astype(float)
    right = np.maximum(functional.conv2d(x, GOAL), 0).sum(axis=0)
    for _ in range(steps):
        sums = functional.conv2d(x, weight)
        error = np.maximum(sums, 0).sum(axis=0) - right
        weight = weight - 0.01 * functional.conv2d_backward((sums > 0) * error, x, weight)[1]
    error = np.maximum(functional.conv2d(x, weight), 0).sum(axis=0) - right
    return weight, float((error**2).sum())


def test_kernels_that_begin_equal_stay_equal_and_others_part() -> None:
    (twins, left), (others, less) = descend(ALIKE, 300), descend(RANDOM, 300)
    assert np.array_equal(np.round(twins, 2), weight_of("equal-starts"))
    beside = core.parse(core.GALLERY["equal-starts"].compare).layers[0]
    assert np.array_equal(np.round(others, 2), np.array(beside["weight"]))
    assert np.array_equal(twins[0], twins[1])
    assert not np.allclose(others[0], others[1], atol=0.1)
    assert (round(left, 2), round(less, 2)) == (1, 0.21)


@pytest.mark.parametrize(
    ("name", "curve"),
    [
        ("activations", lambda x: 1 / (1 + math.exp(-x))),
        ("tanh", lambda x: 2 / (1 + math.exp(-2 * x)) - 1),
        ("leaky-relu", lambda x: x if x > 0 else 0.1 * x),
        ("elu", lambda x: x if x > 0 else math.exp(x) - 1),
    ],
)
def test_each_number_goes_through_the_curve_by_itself(name: str, curve: Callable[[float], float]) -> None:
    expected = [curve(float(x)) for x in source(name).ravel()]
    assert np.allclose(walk(name).feature_map().ravel(), expected)


@pytest.mark.parametrize("name", ["activations", "tanh", "leaky-relu", "elu"])
def test_no_activation_overflows(name: str) -> None:
    huge = core.trace(core.parse(f"@{name}").layers[0], np.array([[[-1000.0, 1000.0]]])).feature_map()
    assert np.isfinite(huge).all()


def test_maxout_takes_the_larger_of_two_maps() -> None:
    one, other = source("maxout")
    expected = [[max(a, b) for a, b in zip(*rows, strict=True)] for rows in zip(one, other, strict=True)]
    assert walk("maxout").feature_map().tolist() == [expected]


def test_pooling_has_no_weights_and_the_convolution_on_the_same_windows_has_four() -> None:
    pooled = core.describe(core.parse("[1 3 2 1; 4 6 5 0; 7 2 9 8; 1 0 3 4] | max_pool2d 2"), (1, 4, 4))[0]
    convolved = told("pool-vs-conv", (1, 4, 4))
    assert pooled["output_shape"] == convolved["output_shape"] == [1, 2, 2]
    assert (pooled["parameters"], convolved["parameters"]) == (0, 4)
    assert np.array_equal(source("pool-vs-conv"), source("max-pool"))


def test_the_map_of_a_convolution_moves_with_the_picture() -> None:
    unmoved, by_one, by_two = walk("equivariance").feature_map()
    assert np.array_equal(by_one[:, 1:], unmoved[:, :-1])
    assert np.array_equal(by_two[:, 2:], unmoved[:, :-2])


def test_the_matrix_of_several_channels_and_kernels_gives_the_convolution() -> None:
    trace, x = walk("im2col-batch"), source("im2col-batch")
    matrix = core.trace("x | unfold 2", x).feature_map()[0].T  # (OH*OW, C*FH*FW)
    product = matrix @ weight_of("im2col-batch").reshape(2, -1).T
    assert matrix.shape == (4, 8)
    assert np.array_equal(product.reshape(1, 2, 2, 2).transpose(0, 3, 1, 2)[0], trace.feature_map())
    assert product.tolist() == core.parse(core.GALLERY["reshape-trap"].compare).source.array()[0].tolist()


def test_reshaping_windows_as_rows_straight_to_maps_mixes_them_up() -> None:
    right, trap = walk("reshape-trap"), core.trace(core.GALLERY["reshape-trap"].compare)
    assert np.array_equal(right.feature_map(), walk("im2col-batch").feature_map())
    assert not np.array_equal(trap.feature_map(), right.feature_map())
    assert sorted(trap.feature_map().ravel()) == sorted(right.feature_map().ravel())


def test_no_figure_opens_on_products_that_are_all_nothing() -> None:
    for figure in core.GALLERY.values():
        if core.parse(figure.line).source.array() is None:
            continue
        products = walk(figure.id, figure.layer)[figure.step].get("products")
        assert products is None or np.any(np.array(products, dtype=float)), figure.id
