"""A border around the picture: zeros, its own mirror image, its edge, or its other end."""

from __future__ import annotations

import math
from typing import Any

import numpy as np
from numpy.typing import ArrayLike

from core.algorithms.arrays import Array, batch, unbatch
from core.algorithms.windows import fill_region, runs
from core.arguments import scalar, word
from core.errors import SceneError
from core.geometry import PADDING_MODES, Pairs, check_padding_mode, resolve_padding

CONSTANT = "constant"  # torch's word for zeros


def pad(x: ArrayLike, padding: object, mode: str = "zeros", value: float | None = 0) -> Array:
    """Widen rows and columns by a border.

    y[r, c] = x[source(r), source(c)], or `value` outside

    Shape    (..., H, W) -> (..., top + H + bottom, left + W + right)
    `mode` "constant" is torch's word for "zeros".

    Refuses  reflect by as much as the side or more, circular by more than the side, a value in any mode but zeros
             (as torch does)

    >>> pad([[1, 2, 3]], ((0, 0), (2, 1)), mode="reflect")
    array([[3, 2, 1, 2, 3, 2]])
    """
    planes, rank = batch(x)
    sides, mode = border_sides(padding), border_mode(mode, value)
    return unbatch(padded(planes, sides, mode, border_value(value, planes.dtype)), rank)


def border_sides(padding: object) -> Pairs:
    """Padding in numbers: words say how a kernel slides, and here is none."""
    if isinstance(padding, str):
        raise SceneError("padding", padding, "must be n, (h, w) or ((top, bottom), (left, right)) here")
    return resolve_padding(padding, 1)


def border_mode(mode: object, value: object = 0) -> str:
    """The mode in our words: torch calls zeros constant. Only there does a value have a place."""
    name = word("mode", mode, (*PADDING_MODES, CONSTANT))
    name = "zeros" if name == CONSTANT else name
    if name != "zeros" and value is not None and scalar("value", value) != 0:
        raise SceneError("value", value, "has no place in {mode} mode: only zeros can be another number", mode=name)
    return name


def border_value(value: object, dtype: np.dtype[Any]) -> float:
    """What the border holds must be a number that the picture's type can hold; None is 0, as in torch."""
    number = 0 if value is None else scalar("value", value)
    if dtype.kind == "f":
        return number
    if not math.isfinite(number) or int(number) != number:
        raise SceneError("value", value, "must be a whole number, as the picture holds integers")
    limits = np.iinfo(dtype)
    if not limits.min <= number <= limits.max:
        raise SceneError("value", value, "must fit the picture's type {dtype}", dtype=dtype.name)
    return int(number)


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
