"""What a cell makes of its sum: relu, its relatives, the sigmoids, softmax; and the way back through each."""

from __future__ import annotations

import numpy as np
from numpy.typing import ArrayLike

from core.algorithms.arrays import Array, floating, real, widened
from core.errors import SceneError
from core.integers import whole

ZERO = {kind: np.zeros((), kind) for kind in "fdlq"}  # NumPy takes arrays faster than numbers


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
    return scaled(dy, real(x) > 0)


def leaky_relu(x: ArrayLike, negative_slope: float = 0.01) -> Array:
    """x where x > 0, negative_slope * x elsewhere

    >>> leaky_relu([-2.0, 3.0], 0.1)
    array([-0.2,  3. ])
    """
    values = floating(real(x))
    return np.where(values > 0, values, values * values.dtype.type(negative_slope))


def leaky_relu_backward(dy: ArrayLike, x: ArrayLike, negative_slope: float = 0.01) -> Array:
    """The gradient passes where x > 0, and negative_slope of it elsewhere."""
    return scaled(dy, np.where(real(x) > 0, 1.0, negative_slope))


def elu(x: ArrayLike, alpha: float = 1.0) -> Array:
    """x where x > 0, alpha * (exp(x) - 1) elsewhere

    >>> elu([-1000.0, 0.0, 2.0])
    array([-1.,  0.,  2.])
    """
    values = floating(real(x))
    return np.where(values > 0, values, values.dtype.type(alpha) * np.expm1(np.minimum(values, 0)))


def elu_backward(dy: ArrayLike, x: ArrayLike, alpha: float = 1.0) -> Array:
    """The gradient passes where x > 0, alpha * exp(x) of it elsewhere."""
    values = floating(real(x))
    return scaled(dy, np.where(values > 0, 1.0, alpha * np.exp(np.minimum(values, 0))))


def sigmoid(x: ArrayLike) -> Array:
    """1 / (1 + exp(-x)), without ever raising e to a large power

    >>> sigmoid([-1000.0, 0.0, 1000.0])
    array([0. , 0.5, 1. ])
    """
    values = floating(real(x))
    small = np.exp(-abs(values))
    y: Array = np.where(values >= 0, 1, small) / (1 + small)
    return y.astype(values.dtype, copy=False)


def sigmoid_backward(dy: ArrayLike, x: ArrayLike) -> Array:
    """dy * y * (1 - y) with y = sigmoid(x)"""
    y = sigmoid(x)
    return scaled(dy, y * (1 - y))


def tanh(x: ArrayLike) -> Array:
    """(exp(x) - exp(-x)) / (exp(x) + exp(-x))

    >>> tanh([-1000.0, 0.0, 1000.0])
    array([-1.,  0.,  1.])
    """
    y: Array = np.tanh(floating(real(x)))
    return y


def tanh_backward(dy: ArrayLike, x: ArrayLike) -> Array:
    """dy * (1 - y * y) with y = tanh(x)"""
    y = tanh(x)
    return scaled(dy, 1 - y * y)


def scaled(dy: ArrayLike, slope: Array) -> Array:
    """dy times the slope of the function where the forward pass stood."""
    gradient = floating(real(dy, "dy"))
    if gradient.shape != slope.shape:
        raise SceneError("dy", gradient.shape, "must have the shape of the output, {shape}", shape=slope.shape)
    y: Array = gradient * slope.astype(gradient.dtype)
    return y


def softmax(x: ArrayLike, dim: int | None = None) -> Array:
    """exp(x) / sum of exp(x) along `dim`, which is the channels unless given

    The largest value is taken off first, so nothing overflows.

    >>> softmax([1000.0, 1000.0], 0)
    array([0.5, 0.5])
    """
    values = floating(real(x))
    axis = softmax_axis(values, dim)
    raised = np.exp(values - values.max(axis=axis, keepdims=True))
    y: Array = raised / raised.sum(axis=axis, keepdims=True)
    return y


def softmax_backward(dy: ArrayLike, x: ArrayLike, dim: int | None = None) -> Array:
    """y * (dy - sum of dy * y along `dim`) with y = softmax(x)"""
    y = softmax(x, dim)
    weighted = scaled(dy, y)
    dx: Array = weighted - y * weighted.sum(axis=softmax_axis(y, dim), keepdims=True)
    return dx


def softmax_axis(x: Array, dim: int | None) -> int:
    """As torch chooses it: the first axis of a vector or a (C, H, W) picture, else the second."""
    if dim is None:
        return 0 if x.ndim in (0, 1, 3) else 1
    axis = whole("dim", dim, -max(x.ndim, 1), max(x.ndim, 1) - 1)
    if x.ndim == 0 or x.shape[axis] == 0:
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
