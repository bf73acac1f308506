"""Whole outputs of large layers, a stretch of rows or cells at a time: little memory, and a pause in between."""

from __future__ import annotations

import math
from collections.abc import Callable, Iterator

import numpy as np

from core.costs import WHOLE
from core.vocabulary import Array, Layer

Pause = Callable[[], None]


def no_pause() -> None:
    """For whoever has nothing to ask between two stretches."""


def whole_output(layer: Layer, x: Array, pause: Pause = no_pause) -> Array:
    """The output (C, H, W) of a layer whose values are checked.

    `pause` is called now and then, and may end the work by raising.

    >>> import core
    >>> x = np.arange(6).reshape(1, 2, 3)
    >>> whole_output(core.operation_named("relu")().layer(x.shape), x).tolist()
    [[[0, 1, 2], [3, 4, 5]]]
    """
    pause()
    with np.errstate(all="ignore"):  # NaN and infinity are numbers here, too
        return joined(layer, x, pause) if large(layer) else layer.apply(x)


def joined(layer: Layer, x: Array, pause: Pause) -> Array:
    """The output of a large layer, put together from its stretches."""
    output: Array | None = None
    for first, last in stretches(layer):
        pause()
        part = layer.stretch_output(x, first, last)
        if output is None:
            output = np.empty(layer.output_shape, part.dtype)
        layer.stretch_of(output, first, last)[...] = part
    assert output is not None
    return output


def large(layer: Layer) -> bool:
    """Whether a layer is computed a stretch at a time."""
    return layer.stretches > 1 and cells(layer) > WHOLE


def cells(layer: Layer) -> int:
    return max(math.prod(layer.input_shape), math.prod(layer.output_shape))


def stretches(layer: Layer) -> Iterator[tuple[int, int]]:
    lines = layer.stretches
    step = max(1, WHOLE * lines // cells(layer))
    for first in range(0, lines, step):
        yield first, min(first + step, lines)


def value_range(array: Array) -> list[float]:
    """Least and most of the finite values; nothing where there are none."""
    found: list[float] = []
    flat = array.reshape(-1)
    for start in range(0, flat.size, WHOLE):
        piece = flat[start : start + WHOLE]
        finite = piece if piece.dtype.kind in "iub" else piece[np.isfinite(piece)]
        found += [finite.min().item(), finite.max().item()] if finite.size else []
    return [min(found), max(found)] if found else []
