"""The same place in another scene: which step of it looks at the part of the picture that a step looks at here."""

from __future__ import annotations

import math
from collections.abc import Sequence
from typing import NamedTuple

import numpy as np

from core.reach import MOST_CELLS, NEVER, Extents
from core.vocabulary import Array, Layer, Shape


class Point(NamedTuple):
    """A channel, and how far down and to the right of the picture: 0 at its edge, 1 at the other."""

    channel: int
    row: float
    col: float


def point_of(layers: Sequence[Layer], index: int, step: int) -> Point | None:
    """Where a step of a layer looks, at the middle of what it sees; None where it sees nothing of the picture.

    >>> from core.scene import parse
    >>> point_of(parse("cat | box-3").bind((1, 10, 10)), 0, 9)
    Point(channel=0, row=0.25, col=0.25)
    """
    found = middles(layers, index)
    if found is None:
        return None
    at = np.unravel_index(step, layers[index].walked_shape)
    row, col = (float(np.broadcast_to(axis, layers[index].walked_shape)[at]) for axis in found)
    return None if math.isnan(row) or math.isnan(col) else Point(int(at[0]), row, col)


def step_near(layers: Sequence[Layer], index: int, point: Point) -> int:
    """The step of a layer whose middle is nearest to a point, in its channel where the layer has it; else the first.

    >>> from core.scene import parse
    >>> step_near(parse("cat | box-3 padding=1").bind((1, 10, 10)), 0, Point(0, 0.25, 0.25))
    22
    """
    shape, found = layers[index].walked_shape, middles(layers, index)
    if found is None:
        return 0
    channel = point.channel if point.channel < shape[0] else 0
    far = sum(
        np.square(axis[channel if axis.shape[0] > 1 else 0] - part)
        for axis, part in zip(found, (point.row, point.col), strict=True)
    )
    lines = np.broadcast_to(np.where(np.isnan(far), np.inf, np.round(far, 12)), shape[1:])  # of two as near the first
    return channel * math.prod(shape[1:]) + int(lines.argmin())


def middles(layers: Sequence[Layer], index: int) -> tuple[Array, Array] | None:
    """For each walked cell the middle row and column of what it sees, as shares of the picture.

    Arrays that broadcast to the walked shape, with NaN for cells that see nothing; None where there are too many cells.
    """
    layer, size = layers[index], layers[0].input_shape
    looking = layer.walked_shape != layer.input_shape or layer.walked_shape == layer.output_shape
    extents = Extents.of_input(size[1], size[2])
    for one in layers[: index + 1 if looking else index]:
        if math.prod(one.input_shape) > MOST_CELLS:
            return None
        extents = one.reach().above(extents, one.input_shape)
    firsts = (extents.first_rows, extents.first_cols)
    lasts = (extents.last_rows, extents.last_cols)
    gathered = [
        middle(gathered_to(layer.walked_shape, first, np.minimum), gathered_to(layer.walked_shape, last, np.maximum), n)
        for first, last, n in zip(firsts, lasts, size[1:], strict=True)
    ]
    fits = all(fitting(axis.shape, layer.walked_shape) for axis in gathered)
    return (gathered[0], gathered[1]) if fits else None


def gathered_to(shape: Shape, numbers: Array, reduce: np.ufunc) -> Array:
    """What a step makes that visits several cells: all of an axis of which it walks one."""
    axes = tuple(axis for axis in range(3) if shape[axis] == 1 < numbers.shape[axis])
    return np.asarray(reduce.reduce(numbers, axis=axes, keepdims=True)) if axes else numbers


def fitting(shape: tuple[int, ...], whole: Shape) -> bool:
    return all(part in (1, side) for part, side in zip(shape, whole, strict=True))


def middle(first: Array, last: Array, size: int) -> Array:
    """Cells beyond the picture's edges count as on them."""
    seen = np.where(first >= NEVER, np.nan, (first.astype(float) + last + 1) / 2)
    return np.asarray(seen / size)
