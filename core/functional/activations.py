"""What a cell makes of its sum: relu, its relatives, the sigmoids, softmax; and the way back through each."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import numpy as np
from numpy.typing import ArrayLike

from core.algorithms.arrays import Array, check_gradient, floating, real, widened
from core.algorithms.pieces import by_pieces
from core.arguments import scalar
from core.errors import SceneError
from core.integers import whole

ZERO = {kind: np.zeros((), kind) for kind in "fdlq"}  # NumPy takes arrays faster than numbers
SAFE = 1e38  # numbers below it fit a float32
HALF = np.asarray(0.5, "f")
LARGE = {"f": np.asarray(88, "f"), "d": np.asarray(709, "d")}  # e to this power still has a number


def relu(x: ArrayLike) -> Array:
    """max(0, x)

    >>> relu([-2, 0, 3])
    array([0, 0, 3])
    """
    values = widened(real(x))
    y: Array = np.maximum(values, ZERO[values.dtype.char])
    return y


def relu_backward(dy: ArrayLike, x: ArrayLike) -> Array:
    """The gradient passes where x > 0."""

    def work(dx: Array, gradient: Array, values: Array) -> None:
        np.multiply(gradient, values > 0, out=dx)

    return backward(work, dy, real(x))


def leaky_relu(x: ArrayLike, negative_slope: float = 0.01) -> Array:
    """x where x > 0, negative_slope * x elsewhere

    >>> leaky_relu([-2.0, 3.0], 0.1)
    array([-0.2,  3. ])
    """
    values = floating(real(x))
    slope = typed("negative_slope", negative_slope, values)
    if slope == 0 or not np.isfinite(slope):  # 0 times infinity is no number: nothing to compare with
        with np.errstate(invalid="ignore"):
            return np.where(values > 0, values, values * slope)
    further = np.maximum if slope <= 1 else np.minimum  # of x and slope * x, on either side of 0

    def work(y: Array, some: Array) -> None:
        np.multiply(some, slope, out=y)
        further(some, y, out=y)

    return by_pieces(work, values)


def leaky_relu_backward(dy: ArrayLike, x: ArrayLike, negative_slope: float = 0.01) -> Array:
    """The gradient passes where x > 0, and negative_slope of it elsewhere."""
    slope = scalar("negative_slope", negative_slope)

    def work(dx: Array, gradient: Array, values: Array) -> None:
        one_or(slope, values, dx)
        np.multiply(dx, gradient, out=dx)

    return backward(work, dy, real(x))


def typed(field: str, value: object, x: Array) -> np.floating[Any]:
    """A number in the type of x; one that is too large there is infinite."""
    number = scalar(field, value)
    if abs(number) < SAFE:
        return as_type(x, number)
    with np.errstate(over="ignore"):
        return as_type(x, number)


def as_type(x: Array, number: float) -> np.floating[Any]:
    made: np.floating[Any] = x.dtype.type(number)
    return made


def one_or(below: float, x: Array, y: Array) -> None:
    """y = 1 where x > 0, `below` elsewhere: by arithmetic, because a choice for each cell costs far more."""
    above, slope = x > 0, typed("slope", below, y)
    if 0 <= slope <= 1:
        np.maximum(above, slope, out=y)
    elif np.isfinite(slope):
        np.multiply(~above, slope, out=y)
        np.add(y, above, out=y)
    else:
        y[...] = np.where(above, 1, slope)


def elu(x: ArrayLike, alpha: float = 1.0) -> Array:
    """x where x > 0, alpha * (exp(x) - 1) elsewhere

    >>> elu([-1000.0, 0.0, 2.0])
    array([-1.,  0.,  2.])
    """
    values = floating(real(x))
    factor, zero = typed("alpha", alpha, values), ZERO[values.dtype.char]

    def work(y: Array, some: Array) -> None:
        np.minimum(some, zero, out=y)
        decay(y)
        np.multiply(y, factor, out=y)
        np.add(y, np.maximum(some, zero), out=y)

    if np.isfinite(factor):
        return by_pieces(work, values)
    with np.errstate(invalid="ignore"):
        return np.where(values > 0, values, factor * np.expm1(np.minimum(values, zero)))


def decay(x: Array) -> None:
    """x = exp(x) - 1, for x <= 0

    In float32 as 2 t / (1 - t) with t = tanh(x / 2): not less exact, and NumPy's tanh is fast on every processor.
    """
    if x.dtype != np.float32:
        np.expm1(x, out=x)
        return
    np.multiply(x, HALF, out=x)
    np.tanh(x, out=x)
    rest = 1 - x
    np.add(x, x, out=x)
    np.divide(x, rest, out=x)


def elu_backward(dy: ArrayLike, x: ArrayLike, alpha: float = 1.0) -> Array:
    """The gradient passes where x > 0, alpha * exp(x) of it elsewhere."""
    factor = scalar("alpha", alpha)

    def work(dx: Array, gradient: Array, values: Array) -> None:
        slope = np.minimum(values, ZERO[values.dtype.char])
        np.exp(slope, out=slope)
        one_or(factor, values, dx)
        np.multiply(dx, slope, out=dx, casting="same_kind")
        np.multiply(dx, gradient, out=dx)

    return backward(work, dy, floating(real(x)))


def sigmoid(x: ArrayLike) -> Array:
    """1 / (1 + exp(-x)), without ever raising e to a large power

    >>> sigmoid([-1000.0, 0.0, 1000.0])
    array([0. , 0.5, 1. ])
    """
    return by_pieces(squash, floating(real(x)))


def squash(y: Array, x: Array) -> None:
    """y = exp(x) / (1 + exp(x)); above LARGE that is 1 to the last digit."""
    np.minimum(x, LARGE[x.dtype.char], out=y)
    np.exp(y, out=y)
    np.divide(y, y + 1, out=y)


def sigmoid_backward(dy: ArrayLike, x: ArrayLike) -> Array:
    """dy * y * (1 - y) with y = sigmoid(x)"""

    def work(dx: Array, gradient: Array, values: Array) -> None:
        y = np.empty_like(values)
        squash(y, values)
        np.multiply(y, 1 - y, out=y)
        np.multiply(gradient, y, out=dx, casting="same_kind")

    return backward(work, dy, floating(real(x)))


def tanh(x: ArrayLike) -> Array:
    """(exp(x) - exp(-x)) / (exp(x) + exp(-x))

    >>> tanh([-1000.0, 0.0, 1000.0])
    array([-1.,  0.,  1.])
    """
    y: Array = np.tanh(floating(real(x)))
    return y


def tanh_backward(dy: ArrayLike, x: ArrayLike) -> Array:
    """dy * (1 - y * y) with y = tanh(x)"""

    def work(dx: Array, gradient: Array, values: Array) -> None:
        y = np.tanh(values)
        np.multiply(y, y, out=y)
        np.subtract(1, y, out=y)
        np.multiply(gradient, y, out=dx, casting="same_kind")

    return backward(work, dy, floating(real(x)))


def backward(work: Callable[[Array, Array, Array], None], dy: ArrayLike, x: Array) -> Array:
    """What work(dx, dy, x) makes of the gradient, in its type, where the forward pass stood at x."""
    gradient = floating(real(dy, "dy"))
    check_gradient(gradient, x.shape)
    with np.errstate(invalid="ignore", over="ignore"):
        return by_pieces(work, gradient, x)


def softmax(x: ArrayLike, dim: int | None = None) -> Array:
    """exp(x) / sum of exp(x) along `dim`, which is the channels unless given

    The largest value is taken off first, so nothing overflows.

    >>> softmax([1000.0, 1000.0], 0)
    array([0.5, 0.5])
    """
    values = floating(real(x))
    axis = softmax_axis(values, dim)
    raised = np.exp(values - values.max(axis=axis, keepdims=True))
    if not raised.ndim:
        return np.asarray(raised / raised)
    y: Array = raised / np.expand_dims(line_sums(np.moveaxis(raised, axis, -1)), axis)
    return y


def line_sums(lines: Array) -> Array:
    """Sums along the last axis, which end in the same digit however the lines lie in memory."""
    sums: Array = np.ascontiguousarray(lines).sum(axis=-1)
    return sums


def softmax_backward(dy: ArrayLike, x: ArrayLike, dim: int | None = None) -> Array:
    """y * (dy - sum of dy * y along `dim`) with y = softmax(x)"""
    y = softmax(x, dim)
    weighted = backward(weigh, dy, y)
    dx: Array = weighted - y * weighted.sum(axis=softmax_axis(y, dim), keepdims=True)
    return dx


def weigh(product: Array, dy: Array, y: Array) -> None:
    np.multiply(dy, y, out=product, casting="same_kind")


def softmax_axis(x: Array, dim: int | None) -> int:
    """As torch chooses it: the first axis of a vector or a (C, H, W) picture, else the second."""
    last = max(x.ndim, 1) - 1
    axis = min(last, int(x.ndim not in (0, 1, 3))) if dim is None else whole("dim", dim, -last - 1, last)
    if x.size == 0 or (x.ndim == 0 and dim is not None):
        raise SceneError("dim", dim, "has no numbers along it: the shape is {shape}", shape=x.shape)
    return axis


def cross_entropy(x: ArrayLike, target: ArrayLike) -> float:
    """How surprised softmax(x) is by the true classes, on average.

    mean over n of -log(softmax(x[n])[target[n]])

    Shape    x (N, classes) with target (N,), or x (classes,) with one number

    >>> round(cross_entropy([0.0, 0.0], 1), 4)
    0.6931
    """
    scores, classes = scores_and_classes(x, target)
    shifted = scores - scores.max(axis=1, keepdims=True)
    surprise = np.log(np.exp(shifted).sum(axis=1)) - shifted[np.arange(len(classes)), classes]
    return float(surprise.mean())


def cross_entropy_backward(x: ArrayLike, target: ArrayLike) -> Array:
    """(softmax(x) - one at the true class) / N"""
    scores, classes = scores_and_classes(x, target)
    dx = softmax(scores, 1)
    dx[np.arange(len(classes)), classes] -= 1
    return (dx / len(classes)).reshape(np.shape(x)).astype(scores.dtype, copy=False)


def scores_and_classes(x: ArrayLike, target: ArrayLike) -> tuple[Array, Array]:
    scores, classes = floating(real(x)), np.atleast_1d(real(target, "target"))
    if scores.ndim not in (1, 2) or scores.size == 0:
        raise SceneError("x", scores.shape, "must have the shape (N, classes) or (classes,)")
    scores = scores.reshape(-1, scores.shape[-1])
    if classes.shape != scores.shape[:1] or classes.dtype.kind == "f":
        raise SceneError("target", classes.shape, "must be one whole number per row of x, {rows} in all",
                         rows=len(scores))  # fmt: skip
    if classes.min() < 0 or classes.max() >= scores.shape[1]:
        raise SceneError("target", classes.tolist(), "must be classes from 0 to {last}", last=scores.shape[1] - 1)
    return scores, classes
