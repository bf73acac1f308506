"""The fully connected layer, and laying a picture out as a vector."""

from __future__ import annotations

import math

import numpy as np
from numpy.typing import ArrayLike

from core.algorithms.arrays import Array, check_gradient, in_type_of, real, result_type
from core.algorithms.exact import check_sums, heaviest, largest
from core.errors import SceneError
from core.integers import whole


def linear(x: ArrayLike, weight: ArrayLike, bias: ArrayLike | None = None) -> Array:
    """Every output is a weighted sum of every input.

    y[f] = bias[f] + sum over i of weight[f, i] * x[i]

    Shape    (..., inputs) * (outputs, inputs) -> (..., outputs)

    >>> linear([1, 2], [[3, 4], [5, 6]], [10, 20])
    array([21, 37])
    """
    values, weights = real(x), real(weight, "weight")
    check_weight(values, weights)
    offset = None if bias is None else real(bias, "bias")
    if offset is not None and offset.shape != weights.shape[:1]:
        raise SceneError("bias", offset.shape, "must be one number per output, {outputs}", outputs=len(weights))
    dtype = result_type(values, weights if offset is None or offset.dtype.kind != "f" else offset)
    if dtype.kind != "f":
        check_sums(values, heaviest(weights), 0 if offset is None else largest(offset))
    y: Array = values.astype(dtype, copy=False) @ weights.astype(dtype, copy=False).T
    return y if offset is None else y + offset.astype(dtype, copy=False)


def check_weight(x: Array, weight: Array) -> None:
    if weight.ndim != 2:
        raise SceneError("weight", weight.shape, "must have the shape (outputs, inputs)")
    if x.ndim == 0 or x.shape[-1] != weight.shape[1]:
        raise SceneError("x", x.shape, "must end in {inputs}, the inputs of the weight", inputs=weight.shape[1])


def linear_backward(dy: ArrayLike, x: ArrayLike, weight: ArrayLike) -> tuple[Array, Array, Array]:
    """(dx, dw, db) of `linear`.

    dx = dy @ weight, dw = dy.T @ x, db = sum of dy

    Shape    of x, weight and (outputs,); in the type of x, integers become float64
    """
    given, weights = real(x), real(weight, "weight")
    check_weight(given, weights)
    gradient = in_type_of(given, real(dy, "dy"))
    check_gradient(gradient, (*given.shape[:-1], weights.shape[0]))
    values, weights = (each.astype(gradient.dtype, copy=False) for each in (given, weights))
    rows = gradient.reshape(-1, weights.shape[0])
    return gradient @ weights, rows.T @ values.reshape(-1, weights.shape[1]), rows.sum(axis=0)


def flatten(x: ArrayLike, start_dim: int = 0, end_dim: int = -1) -> Array:
    """Lay the axes from `start_dim` to `end_dim` out as one, row after row.

    >>> flatten([[1, 2], [3, 4]])
    array([1, 2, 3, 4])
    """
    values = np.atleast_1d(real(x))
    first = whole("start_dim", start_dim, -values.ndim, values.ndim - 1) % values.ndim
    last = whole("end_dim", end_dim, -values.ndim, values.ndim - 1) % values.ndim
    if first > last:
        raise SceneError("start_dim", start_dim, "must not come after end_dim, {end_dim}", end_dim=end_dim)
    shape = values.shape
    return values.reshape(*shape[:first], math.prod(shape[first : last + 1]), *shape[last + 1 :])


def nhwc(x: ArrayLike) -> Array:
    """(N, C, H, W) seen as (N, H, W, C), or (C, H, W) as (H, W, C): the same numbers, no copy.

    >>> nhwc(np.zeros((3, 4, 5))).shape
    (4, 5, 3)
    """
    return np.moveaxis(pictures(x), -3, -1)


def nchw(x: ArrayLike) -> Array:
    """(N, H, W, C) seen as (N, C, H, W), or (H, W, C) as (C, H, W): the same numbers, no copy.

    >>> nchw(np.zeros((4, 5, 3))).shape
    (3, 4, 5)
    """
    return np.moveaxis(pictures(x), -1, -3)


def pictures(x: ArrayLike) -> Array:
    """Of three axes or more, so that there are channels to move."""
    values = real(x)
    if values.ndim < 3:
        raise SceneError("x", values.shape, "must have three axes or four: channels, rows and columns")
    return values
