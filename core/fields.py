"""What one cell of a layer sees of every map below it: which channels, and a box of rows and columns in each."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from math import prod
from typing import Any

import numpy as np
from numpy.typing import NDArray

from core.reach import MOST_CELLS, Extents, Numbers, Reach, Rearranged, Through
from core.scene import Scene
from core.vocabulary import Layer, Shape

MOST_TOLD = 2**16  # numbers of one map; of a larger one all cells are told what they see together


@dataclass(frozen=True, slots=True)
class Field:
    """The first and the last row and column of a map that each cell above it sees, and in which channels.

    An axis of length one says the same of all its places. A cell that sees nothing has a last line before its first.
    `links` says of each channel above which channels of the map it sees; None where each sees all, or they are many.
    """

    shape: Shape
    extents: Extents
    links: NDArray[np.bool_] | None = None

    def channels(self, channel: int) -> list[int]:
        """The channels of the map that a channel above it sees."""
        return list(range(self.shape[0])) if self.links is None else np.flatnonzero(self.links[channel]).tolist()

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
        links = self.links
        channels = None if links is None else [self.channels(channel) for channel in range(len(links))]
        return {"shape": list(self.shape), "rows": told(*rows), "cols": told(*cols), "channels": channels}


def fields_of(scene: Scene, input_shape: Shape, layer: int) -> list[Field]:
    """What cells of a layer see of the maps below it: of its own input first, of the scene's input last.

    >>> from core.gallery import parse
    >>> [field.box((0, 0, 0)) for field in fields_of(parse("cat | sobel-x | max_pool2d 2"), (1, 8, 8), 1)]
    [(0, 1, 0, 1), (0, 3, 0, 3)]
    """
    layers = scene.bind(input_shape)[: scene.layer_index(layer) + 1]
    left, to_link, fields = MOST_CELLS, MOST_CELLS, list[Field]()
    for lowest in reversed(range(len(layers))):
        shape = layers[lowest].input_shape
        extents, left = followed(layers[lowest:], left) if left > 0 else (None, 0)
        links, to_link = linked(layers[lowest:], to_link) if to_link > 0 else (None, 0)
        fields.append(Field(shape, extents or whole(shape), links))
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


def linked(layers: Sequence[Layer], left: int) -> tuple[NDArray[np.bool_] | None, int]:
    """Which channels of the lowest layer's input those of the highest see, (above, below), and how many may be left."""
    depth = layers[0].input_shape[0]
    cost = depth * depth
    table = np.eye(depth if cost <= left else 0, dtype=np.bool_)
    for layer in layers:
        reach = layer.reach()
        cells = prod(layer.input_shape) if isinstance(reach, Rearranged) else 0
        cost += depth * (layer.output_shape[0] + cells)
        if cost > left:
            return None, 0
        table = channels_above(reach, layer, table)
    return (None if table.all() or table.sum() > MOST_TOLD else table), left - cost


def channels_above(reach: Reach, layer: Layer, table: NDArray[np.bool_]) -> NDArray[np.bool_]:
    """The table of a layer's own channels, from that of the channels it looks at."""
    if isinstance(reach, Through):
        return table if reach.channels is None else reach.channels.least(table, 0, np.logical_or, False)
    assert isinstance(reach, Rearranged)
    moved = [
        reach.move(np.broadcast_to(seen[:, None, None], layer.input_shape), np.maximum, 0).any(axis=(1, 2))
        for seen in table.T.astype(np.int32)
    ]
    return np.stack(moved, axis=1)


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
