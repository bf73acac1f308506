"""Windows over a stretch of rows: how a large map is made a piece at a time, border included."""

from __future__ import annotations

from copy import copy
from dataclasses import dataclass, replace
from typing import Self

import numpy as np

from core.algorithms.arrays import holding, widened
from core.operations.runs import contiguous, positions_under
from core.operations.windows import WindowLayer, Windows, slide_reach
from core.vocabulary import Array


@dataclass(slots=True)
class RowsLayer(WindowLayer):
    """A layer whose rows are computed each from the rows under it."""

    @property
    def stretches(self) -> int:
        return self.output_shape[1]

    def stretch_output(self, x: Array, first: int, last: int) -> Array:
        return self.on_rows(first, last).apply(rows_under(self, x, first, last))

    def on_rows(self, first: int, last: int) -> Self:
        """This layer for some rows of its output alone."""
        part = copy(self)
        part.windows = without_border(self.windows, last - first)
        part.input_shape = (self.input_shape[0], len(part.windows.row_source), self.input_shape[2])
        part.output_shape = (self.output_shape[0], last - first, self.output_shape[2])
        return part


def without_border(windows: Windows, count: int) -> Windows:
    """So many rows of windows, on the rows under them: what was above or below is among these."""
    rows = replace(windows.rows, padding=(0, 0))
    under = np.arange(slide_reach(rows, count))
    return replace(windows, rows=rows, row_source=under, shape=(count, windows.shape[1]))


def rows_under(layer: WindowLayer, x: Array, first: int, last: int) -> Array:
    """The rows of the input under the rows first to last of the output, with their part of the border."""
    source = layer.windows.row_source[positions_under(layer.windows.rows, first, last - 1)]
    if contiguous(source):
        return x[:, source[0] : source[-1] + 1]
    rows, outside = x[:, source], source < 0
    if layer.padding_value:
        rows = holding(widened(rows), layer.padding_value)
    rows[:, outside] = layer.padding_value
    return rows
