"""What one cell of a layer sees of every map below it: a box of rows and columns in each, down to the picture."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from math import prod
from typing import Any

import numpy as np

from core.reach import MOST_CELLS, Extents, Numbers, Rearranged
from core.scene import Scene
from core.vocabulary import Layer, Shape

MOST_TOLD = 2**16  # numbers of one map; of a larger one all cells are told what they see together


@dataclass(frozen=True, slots=True)
class Field:
    """The first and the last row and column of a map that each cell above it sees.

    An axis of length one says the same of all its places. A cell that sees nothing has a last line before its first.
    """

    shape: Shape
    extents: Extents

    def box(self, at: Sequence[int]) -> tuple[int, int, int, int]:
        """First and last row, first and last column that the cell at (channel, row, column) sees."""
        ends = self.extents
        lines = (ends.first_rows, ends.last_rows, ends.first_cols, ends.last_cols)
        found = [int(line[tuple(min(place, size - 1) for place, size in zip(at, line.shape, strict=True))])
                 for line in lines]  # fmt: skip
        return found[0], found[1], found[2], found[3]

    def as_json(self) -> dict[str, Any]:
        ends = self.extents
        rows, cols = seen(ends.first_rows, ends.last_rows), seen(ends.first_cols, ends.last_cols)
        return {"shape": list(self.shape), "rows": told(*rows), "cols": told(*cols)}


def fields_of(scene: Scene, input_shape: Shape, layer: int) -> list[Field]:
    """What cells of a layer see of the maps below it: of its own input first, of the scene's input last.

    >>> from core.gallery import parse
    >>> [field.box((0, 0, 0)) for field in fields_of(parse("cat | sobel-x | max_pool2d 2"), (1, 8, 8), 1)]
    [(0, 1, 0, 1), (0, 3, 0, 3)]
    """
    layers = scene.bind(input_shape)[: scene.layer_index(layer) + 1]
    left, fields = MOST_CELLS, list[Field]()
    for lowest in reversed(range(len(layers))):
        shape = layers[lowest].input_shape
        extents, left = followed(layers[lowest:], left) if left > 0 else (None, 0)
        fields.append(Field(shape, extents or whole(shape)))
    return fields


def followed(layers: Sequence[Layer], left: int) -> tuple[Extents | None, int]:
    """The lines of the lowest layer's input that cells of the highest see, and how many cells may still be followed."""
    _, H, W = layers[0].input_shape
    extents = Extents.of_input(H, W)
    for layer in layers:
        reach, shape = layer.reach(), layer.input_shape
        if isinstance(reach, Rearranged):
            left -= prod(shape) + prod(reach.output_shape)
        extents = reach.above(extents, shape)
        left -= extents.first_rows.size + extents.first_cols.size
        if left <= 0:
            return None, 0
    large = max(extents.first_rows.size, extents.first_cols.size) > MOST_TOLD
    return extents.all_of_it() if large else extents, left


def whole(shape: Shape) -> Extents:
    """Every cell sees all there is."""
    first, rows, cols = (np.full((1, 1, 1), end, np.int32) for end in (0, shape[1] - 1, shape[2] - 1))
    return Extents(first, rows, first, cols)


def seen(first: Numbers, last: Numbers) -> tuple[Numbers, Numbers]:
    """Nothing is told as a last line before the first."""
    first, last = np.broadcast_arrays(first, last)
    return np.where(last < 0, 0, first), last


def told(first: Numbers, last: Numbers) -> dict[str, Any]:
    return {"shape": list(first.shape), "first": first.ravel().tolist(), "last": last.ravel().tolist()}
