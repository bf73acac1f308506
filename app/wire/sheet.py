"""The channels of an array side by side on one sheet, which is laid out a few rows at a time."""

from __future__ import annotations

import math
from collections.abc import Iterator
from dataclasses import dataclass, field

import numpy as np
from numpy.typing import NDArray

from core.vocabulary import Array

Block = NDArray[np.float64]

MOST_ACROSS = 64  # cells of a vector in one row
BLOCK = 2**17  # cells of the sheet that exist at a time


@dataclass(slots=True)
class Sheet:
    """Channels (C, H, W) in a grid with one empty cell, NaN, between them; a vector becomes a strip."""

    array: Array
    across: int = field(init=False)  # channels in one row of the grid
    gap: int = field(init=False)
    shape: tuple[int, int] = field(init=False)

    def __post_init__(self) -> None:
        C, H, W = self.array.shape
        vector = H == W == 1
        self.across = min(C, MOST_ACROSS) if vector else math.ceil(math.sqrt(C))
        self.gap = 0 if vector else 1
        down = -(-C // self.across)
        self.shape = (down * (H + self.gap) - self.gap, self.across * (W + self.gap) - self.gap)

    def blocks(self) -> Iterator[Block]:
        """The sheet from top to bottom, some rows (n, cols) at a time."""
        rows, cols = self.shape
        H = self.array.shape[1]
        height = H + self.gap
        strips = -(-len(self.array) // self.across)
        if height * cols <= BLOCK:
            step = BLOCK // (height * cols)
            for top in range(0, strips, step):
                yield self.strip(top, step, slice(0, H), self.gap)[: rows - top * height]
            return
        step = max(1, BLOCK // cols)
        for top in range(strips):
            for first in range(0, H, step):
                yield self.strip(top, 1, slice(first, first + step), 0)
            if self.gap and top + 1 < strips:
                yield np.full((self.gap, cols), np.nan)

    def strip(self, top: int, count: int, lines: slice, below: int) -> Block:
        """Some rows of the grid, with these lines of their channels and so many empty ones below."""
        some = self.array[top * self.across : (top + count) * self.across, lines]
        down, (_, H, W) = -(-len(some) // self.across), some.shape
        sheet = np.full((down * self.across, H + below, W + self.gap), np.nan)
        sheet[: len(some), :H, :W] = some
        grid = sheet.reshape(down, self.across, H + below, W + self.gap).transpose(0, 2, 1, 3)
        return grid.reshape(down * (H + below), -1)[:, : self.shape[1]]
