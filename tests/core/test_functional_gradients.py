"""Every backward pass against slopes measured by moving each input a little, in float64."""

from collections.abc import Callable
from typing import Any

import numpy as np
import pytest

from core import functional as F

STEP = 1e-6
random = np.random.default_rng(4)
X, W, T = random.normal(size=(2, 4, 6, 5)), random.normal(size=(6, 2, 3, 2)), random.normal(size=(4, 3, 3, 2))


def measured(loss: Callable[[np.ndarray], float], at: np.ndarray) -> np.ndarray:
    """d loss / d at, cell by cell: (loss(at + h) - loss(at - h)) / 2h"""
    slopes = np.empty(at.size)
    for k in range(at.size):
        up, down = at.copy(), at.copy()
        up.flat[k] += STEP
        down.flat[k] -= STEP
        slopes[k] = (loss(up) - loss(down)) / (2 * STEP)
    return slopes.reshape(at.shape)


def agrees(gradient: Any, slopes: np.ndarray) -> bool:
    return bool(abs(gradient - slopes).max() <= 1e-6 * max(1, abs(slopes).max()))


CONVOLUTIONS: list[dict[str, Any]] = [
    {"groups": 2},
    {"groups": 2, "stride": (2, 1), "padding": ((1, 0), (2, 1)), "dilation": (1, 2)},
    {"groups": 2, "padding": "same", "padding_mode": "reflect"},
    {"groups": 2, "padding": 2, "padding_mode": "circular", "stride": 3},
    {"groups": 2, "padding": 1, "padding_mode": "replicate", "flip": True},
]


@pytest.mark.parametrize("how", CONVOLUTIONS)
def test_convolution(how: dict[str, Any]) -> None:
    bias = random.normal(size=6)
    dy = random.normal(size=F.conv2d(X, W, bias, **how).shape)
    dx, dw, db = F.conv2d_backward(dy, X, W, bias, **how)
    assert agrees(dx, measured(lambda x: (F.conv2d(x, W, bias, **how) * dy).sum(), X))
    assert agrees(dw, measured(lambda w: (F.conv2d(X, w, bias, **how) * dy).sum(), W))
    assert agrees(db, measured(lambda b: (F.conv2d(X, W, b, **how) * dy).sum(), bias))


@pytest.mark.parametrize(
    "how",
    [
        {"groups": 2},
        {"groups": 2, "stride": (2, 3), "padding": (1, 0), "output_padding": (1, 2), "dilation": (2, 1)},
        {"groups": 1, "stride": 2, "padding": "same"},
    ],
)
def test_transposed_convolution(how: dict[str, Any]) -> None:
    bias = random.normal(size=3 * how["groups"])
    dy = random.normal(size=F.conv_transpose2d(X, T, bias, **how).shape)
    dx, dw, db = F.conv_transpose2d_backward(dy, X, T, bias, **how)
    assert agrees(dx, measured(lambda x: (F.conv_transpose2d(x, T, bias, **how) * dy).sum(), X))
    assert agrees(dw, measured(lambda w: (F.conv_transpose2d(X, w, bias, **how) * dy).sum(), T))
    assert agrees(db, measured(lambda b: (F.conv_transpose2d(X, T, b, **how) * dy).sum(), bias))


@pytest.mark.parametrize("how", [{}, {"stride": 1, "padding": 1}, {"stride": 2, "ceil_mode": True}])
@pytest.mark.parametrize("name", ["max_pool2d", "avg_pool2d"])
def test_pooling(name: str, how: dict[str, Any]) -> None:
    pool, back = getattr(F, name), getattr(F, f"{name}_backward")
    dy = random.normal(size=pool(X, 2, **how).shape)
    assert agrees(back(dy, X, 2, **how), measured(lambda x: (pool(x, 2, **how) * dy).sum(), X))


@pytest.mark.parametrize("name", ["relu", "leaky_relu", "elu", "sigmoid", "tanh", "softmax"])
def test_activations(name: str) -> None:
    curve, back = getattr(F, name), getattr(F, f"{name}_backward")
    dy = random.normal(size=X.shape)
    assert agrees(back(dy, X), measured(lambda x: (curve(x) * dy).sum(), X))


def test_cross_entropy_of_a_softmax() -> None:
    scores, classes = random.normal(size=(5, 4)), np.array([0, 3, 1, 1, 2])
    assert agrees(F.cross_entropy_backward(scores, classes), measured(lambda x: F.cross_entropy(x, classes), scores))


def test_linear() -> None:
    x, w = random.normal(size=(3, 5)), random.normal(size=(4, 5))
    dy = random.normal(size=(3, 4))
    dx, dw, db = F.linear_backward(dy, x, w)
    assert agrees(dx, measured(lambda a: (F.linear(a, w) * dy).sum(), x))
    assert agrees(dw, measured(lambda a: (F.linear(x, a) * dy).sum(), w))
    assert agrees(db, dy.sum(axis=0))


def test_a_gradient_of_the_wrong_shape_is_refused() -> None:
    with pytest.raises(ValueError, match=r"dy is .*must have the shape of the output"):
        F.conv2d_backward(np.ones((2, 2)), np.ones((5, 5)), np.ones((3, 3)))


def test_one_picture_passes_back_as_it_came() -> None:
    dx, dw, _ = F.conv2d_backward(np.ones((3, 3)), np.ones((5, 5)), np.ones((3, 3)))
    assert dx.shape == (5, 5)
    assert dw.shape == (3, 3)
    assert dx.max() == 9
