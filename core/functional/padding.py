"""A border around the picture: zeros, its own mirror image, its edge, or its other end."""

from __future__ import annotations

import math
from typing import Any

import numpy as np
from numpy.typing import ArrayLike

from core.algorithms.arrays import Array, batch, unbatch
from core.algorithms.windows import fill_region, runs
from core.errors import SceneError
from core.geometry import Pairs, check_padding_mode, resolve_padding


def pad(x: ArrayLike, padding: object, mode: str = "zeros", value: float = 0) -> Array:
    """Widen rows and columns by a border.

    y[r, c] = x[source(r), source(c)], or `value` outside

    Shape    (..., H, W) -> (..., top + H + bottom, left + W + right)
    Refuses  reflect by as much as the side or more, circular by more than the side (as torch does)

    >>> pad([[1, 2, 3]], ((0, 0), (2, 1)), mode="reflect")
    array([[3, 2, 1, 2, 3, 2]])
    """
    if isinstance(padding, str):
        raise SceneError("padding", padding, "must be n, (h, w) or ((top, bottom), (left, right)) here")
    planes, rank = batch(x)
    check_value(value, planes.dtype)
    return unbatch(padded(planes, resolve_padding(padding, 1), mode, value), rank)


def check_value(value: object, dtype: np.dtype[Any]) -> None:
    """What the border holds must be a number that the picture's type can hold."""
    if isinstance(value, bool) or not isinstance(value, int | float | np.integer | np.floating):
        raise SceneError("value", value, "must be a number")
    if dtype.kind == "f":
        return
    if not math.isfinite(value) or int(value) != value:
        raise SceneError("value", value, "must be a whole number, as the picture holds integers")
    limits = np.iinfo(dtype)
    if not limits.min <= value <= limits.max:
        raise SceneError("value", value, "must fit the picture's type {dtype}", dtype=dtype.name)


def padded(x: Array, padding: Pairs, mode: str = "zeros", value: float = 0) -> Array:
    """The border around (N, C, H, W), always as a new array."""
    (top, bottom), (left, right) = padding
    check_padding_mode(x.shape[2], top, bottom, mode)
    check_padding_mode(x.shape[3], left, right, mode)
    rows, cols = (-top, x.shape[2] + bottom), (-left, x.shape[3] + right)
    y = np.empty((*x.shape[:2], rows[1] - rows[0], cols[1] - cols[0]), dtype=x.dtype)
    return fill_region(y, x, rows, cols, mode, value)


def padded_backward(dy: Array, padding: Pairs, mode: str, shape: tuple[int, ...]) -> Array:
    """Every padded cell gives its gradient back to the cell that it shows."""
    (top, bottom), (left, right) = padding
    if mode == "zeros":
        return dy[:, :, top : top + shape[2], left : left + shape[3]]
    dx = np.zeros(shape, dtype=dy.dtype)
    for rows_of, rows_to in runs(-top, shape[2] + bottom, shape[2], mode):
        for cols_of, cols_to in runs(-left, shape[3] + right, shape[3], mode):
            dx[:, :, rows_to, cols_to] += folded(dy[:, :, rows_of, cols_of], rows_to, cols_to)
    return dx


def folded(part: Array, rows: slice, cols: slice) -> Array:
    """The gradients of a run that stays on one cell, added up."""
    for axis, cells in ((2, rows), (3, cols)):
        if cells.step == 1 and cells.stop - cells.start < part.shape[axis]:
            part = part.sum(axis=axis, keepdims=True)
    return part
