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


def descend(weights: list[float], steps: int) -> list[Array]:
    """Two kernels trained side by side by gradient descent, each with the error of its own map."""
    x, target = source("equal-starts"), np.arange(9.0).reshape(1, 3, 3)
    kernels = [np.full((1, 1, 3, 3), weight) for weight in weights]
    for _ in range(steps):
        error = sum(functional.conv2d(x, kernel) for kernel in kernels) - target
        for kernel in kernels:
            kernel -= 0.001 * functional.conv2d_backward(error * kernel.mean(), x, kernel)[1]
    return kernels


def test_kernels_that_begin_equal_stay_equal_and_others_part() -> None:
    first, second = walk("equal-starts").feature_map()
    assert np.array_equal(first, second)
    twins, others = descend([0.1, 0.1], 20), descend([0.1, 0.2], 20)
    assert np.array_equal(twins[0], twins[1])
    assert not np.allclose(twins[0], 0.1)
    assert not np.allclose(others[0], others[1])


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
    weight = weight_of("im2col-batch", 1).reshape(2, 2, 2, 2)
    x = source("im2col-batch")
    expected = np.zeros((2, 2, 2))
    for k, r, c in np.ndindex(2, 2, 2):
        expected[k, r, c] = (x[:, r : r + 2, c : c + 2] * weight[k]).sum()
    assert np.array_equal(walk("im2col-batch", -1).feature_map(), expected)


def test_reshaping_windows_as_rows_straight_to_maps_mixes_them_up() -> None:
    maps = walk("im2col-batch", -1).feature_map()
    product = maps.reshape(2, 4).T  # (N*OH*OW, FN), N = 1
    right = product.reshape(1, 2, 2, 2).transpose(0, 3, 1, 2)[0]
    assert np.array_equal(right, maps)
    assert not np.array_equal(product.reshape(2, 2, 2), maps)


def test_no_figure_opens_on_products_that_are_all_nothing() -> None:
    for figure in core.GALLERY.values():
        if core.parse(figure.line).source.array() is None:
            continue
        products = walk(figure.id, figure.layer)[figure.step].get("products")
        assert products is None or np.any(np.array(products, dtype=float)), figure.id
