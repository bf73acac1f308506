"""Convolution as one matrix multiplication, as textbooks show it: every window becomes a column (im2col)."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from typing import Any

import numpy as np

from core.algorithms.arrays import Array
from core.algorithms.caches import cache_bytes
from core.algorithms.shapes import Shapes
from core.algorithms.windows import fill_region, windows

LONGEST_ENDS = 1.5  # times the output: how long a line of the padded picture may be to be copied with its ends
BLOCK = 1 / 2  # of the core's cache, for columns


def products(shapes: Shapes, kernels: Array) -> Callable[[Array, Array], None]:
    """From x to y, in one piece or in as many groups or pictures at a time as stay in the core's cache."""
    rows = np.ascontiguousarray(kernels).reshape(shapes.groups, shapes.weight[0] // shapes.groups, -1)
    together = max(1, int(cache_bytes(BLOCK)) // column_bytes(shapes, kernels.itemsize))
    n, groups = shapes.input[0], shapes.groups
    pictures, some = min(n, max(1, together // groups)), min(groups, together)
    if pictures == n and some == groups:
        whole, kernel_rows = Columns(shapes, kernels.dtype), squeezed(rows[None])
        return lambda x, y: whole.run(kernel_rows, x, y)
    return blocks(shapes, rows, pictures, some)


def column_bytes(shapes: Shapes, itemsize: int) -> int:
    """What the columns of one group of one picture take."""
    return shapes.weight[1] * shapes.weight[2] * shapes.weight[3] * shapes.count[0] * shapes.count[1] * itemsize


def blocks(shapes: Shapes, rows: Array, pictures: int, some: int) -> Callable[[Array, Array], None]:
    """So many pictures and groups at a time: they take turns in the same memory."""
    deep, kernels = shapes.weight[1], rows.shape[1]
    laid_out: dict[tuple[int, int], Columns] = {}
    parts = []
    for n, first in ((n, g) for n in range(0, shapes.input[0], pictures) for g in range(0, shapes.groups, some)):
        size = min(pictures, shapes.input[0] - n), min(some, shapes.groups - first)
        if size not in laid_out:
            one = replace(shapes, input=(size[0], size[1] * deep, *shapes.input[2:]), groups=size[1],
                          weight=(size[1] * kernels, *shapes.weight[1:]))  # fmt: skip
            laid_out[size] = Columns(one, rows.dtype)
        of, last = slice(n, n + size[0]), first + size[1]
        parts.append((laid_out[size], squeezed(rows[None, first:last]), (of, slice(first * deep, last * deep)),
                      (of, slice(first * kernels, last * kernels))))  # fmt: skip

    def run(x: Array, y: Array) -> None:
        x, y = x.reshape(shapes.input), y.reshape(shapes.output)
        for columns, kernel_rows, seen, answer in parts:
            columns.run(kernel_rows, x[seen], y[answer])

    return run


class Columns:
    """A prepared im2col: padded picture and columns stay where they are between calls.

    With stride 1 a column runs along whole lines of the padded picture, ends included: one long copy instead of a
    short one per row. The products at the line ends mean nothing and are left behind.
    """

    def __init__(self, shapes: Shapes, dtype: np.dtype[Any]) -> None:
        self.shapes = shapes
        n, c, height, width = shapes.input
        (top, bottom), (left, right) = (slide.padding for slide in shapes.slides)
        self.picture = np.zeros((n, c, top + height + bottom, left + width + right), dtype=dtype)
        self.inside = self.picture[:, :, top : top + height, left : left + width]
        rows, cols = shapes.count
        line = self.picture.shape[3]
        along = all(slide.stride == 1 for slide in shapes.slides) and line <= LONGEST_ENDS * cols
        self.view = windows(self.picture, shapes.slides, (1, (rows - 1) * line + cols) if along else shapes.count)
        self.laid_out = np.empty(self.view.shape, dtype=dtype)  # (N, C, kH, kW, oH, oW) or (..., 1, cells)
        groups, count = shapes.groups, shapes.weight[0] // shapes.groups
        deep, cells = shapes.weight[1] * shapes.weight[2] * shapes.weight[3], self.view.shape[4] * self.view.shape[5]
        self.columns = squeezed(self.laid_out.reshape(n, groups, deep, cells))
        wide = line if along else cols
        made = np.empty((n, groups, count, rows * wide), dtype=dtype)
        self.product = squeezed(made)[..., :cells]
        self.answer = made.reshape(*shapes.output[:3], wide)[..., :cols]
        self.straight = squeezed_shape((n, groups, count, cells)) if self.answer.flags.c_contiguous else None

    def run(self, kernels: Array, x: Array, y: Array) -> None:
        """y = kernels as rows @ windows as columns"""
        if self.shapes.padding_mode == "zeros":
            self.inside[...] = x
        else:
            rows, cols = ((-slide.padding[0], size + slide.padding[1]) for slide, size in
                          zip(self.shapes.slides, self.shapes.input[2:], strict=True))  # fmt: skip
            fill_region(self.picture, x.reshape(self.shapes.input), rows, cols, self.shapes.padding_mode, 0)
        self.laid_out[...] = self.view
        if self.straight is not None and y.dtype == self.product.dtype:
            np.matmul(kernels, self.columns, out=y.reshape(self.straight))
            return
        np.matmul(kernels, self.columns, out=self.product)
        y.reshape(self.shapes.output)[...] = self.answer


def squeezed(array: Array) -> Array:
    """Without a batch or groups of one: matmul is quicker on plain matrices."""
    return array.reshape(squeezed_shape(array.shape))


def squeezed_shape(shape: tuple[int, ...]) -> tuple[int, ...]:
    return tuple(side for side in shape[:2] if side != 1) + shape[2:]
