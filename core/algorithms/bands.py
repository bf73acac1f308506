"""Convolution in bands of rows: a few shifted copies of each row, and products of them where they lie.

A block holds the kW sideways shifts of each of its rows, one after another. The window rows under an output row are
then kH * C * kW rows of memory that follow each other, and the output row is the weights times these: a product of a
row with a matrix for each of few kernels, one matrix product for many (memory-efficient convolution, Cho and Brand
2017). Blocks are cut to the core's cache: several groups of small pictures, tiles of large ones.
"""

from __future__ import annotations

import math
from collections.abc import Iterator
from dataclasses import dataclass
from functools import lru_cache
from typing import Any

import numpy as np
from numpy.lib.stride_tricks import as_strided

from core.algorithms.arrays import Array
from core.algorithms.caches import cache_bytes
from core.algorithms.shapes import Shapes
from core.algorithms.threads import tile_bytes
from core.algorithms.windows import region, span_under
from core.algorithms.workspace import WORKSPACE
from core.geometry import Pair

FEW_KERNELS = 5  # below, rows times a matrix are quicker than a matrix product so low (docs/core.md)
MOST_BYTES = 2**19  # of shifted rows, if half a core's cache is more: larger blocks gained nothing
NARROWEST = 256  # columns below which a tile is not cut: products of short rows cost mostly their calls
OVERLAP = 6  # a tile has at least so many times the rows that it shares with the next

Meeting = tuple[slice, slice]  # outputs, and the picture's columns that they see


@dataclass(frozen=True, slots=True)
class Cut:
    """The blocks of one convolution: so many groups, output rows and output columns at a time."""

    groups: int
    rows: int
    cols: int


def correlate_bands(x: Array, weights: Array, shapes: Shapes, y: Array, start: int, stop: int) -> None:
    """Output rows start..stop of one picture, (C, H, W) * (groups, F / groups, kH * C / groups * kW) -> (F, rows, oW).

    `weights` are as `rows_of_weights` lays them out.
    """
    if start >= stop:
        return
    few = weights.shape[1] < FEW_KERNELS  # for many, BLAS packs the rows into caches by itself
    size = tile_bytes(1 / 2, most=MOST_BYTES) if few else cache_bytes(1)
    cut = cut_of(shapes, weights.itemsize, stop - start, size)
    y = y.reshape(shapes.groups, weights.shape[1], *y.shape[1:])
    x = x.reshape(shapes.groups, shapes.weight[1], *x.shape[1:]).transpose(0, 2, 1, 3)  # (groups, H, C / groups, W)
    zeros = shapes.padding_mode == "zeros"
    for cols in spans(0, shapes.count[1], cut.cols):
        tile = Tile(shapes, cut, cols, weights.dtype)
        seen = x[..., slice(*tile.beneath)] if zeros else x
        for first, last in spans(0, shapes.groups, cut.groups):
            some, answer = weights[first:last], y[first:last, ..., cols[0] : cols[1]]
            for rows in spans(start, stop, cut.rows):
                tile.fill(seen[first:last], rows)
                tile.multiply(some, answer[:, :, rows[0] - start : rows[1] - start])


def rows_of_weights(kernels: Array, shapes: Shapes) -> Array:
    """(F, C / groups, kH, kW) -> (groups, F / groups, kH * C / groups * kW), as the shifted rows lie in memory."""
    rows = kernels.transpose(0, 2, 1, 3).reshape(shapes.groups, shapes.weight[0] // shapes.groups, -1)
    return np.ascontiguousarray(rows)


def spans(start: int, stop: int, step: int) -> Iterator[Pair]:
    return ((first, min(first + step, stop)) for first in range(start, stop, step))


@lru_cache(maxsize=256)
def cut_of(shapes: Shapes, itemsize: int, rows: int, size: int) -> Cut:
    """Whole maps of several groups where they fit; else bands, cut into tiles while they share much with the next."""
    slide, width = shapes.slides[0], shapes.count[1]
    few = shapes.weight[0] // shapes.groups < FEW_KERNELS
    a_cell = shapes.weight[1] * shapes.weight[3] * itemsize
    room = size // a_cell  # in cells of one shifted row
    height = (rows - 1) * slide.stride + slide.span
    if height * width <= room:
        return Cut(min(shapes.groups, room // (height * width)), rows, width)
    shared = max(slide.span - slide.stride, 0)
    tiles = 1
    while few and width > 2 * NARROWEST * tiles and room // -(-width // tiles) < (OVERLAP + 1) * shared:
        tiles += 1
    cols = -(-width // tiles)
    fitting = max(room // cols, (OVERLAP + 1) * shared) - shared
    return Cut(1, max(1, min(rows, fitting // slide.stride)), cols)


class Tile:
    """The block under some output columns: shifted rows (groups, residues, rows, C / groups, kW, oW).

    Dilated kernels look at every so many rows only; rows of one residue lie together, so that those follow each other.
    """

    def __init__(self, shapes: Shapes, cut: Cut, cols: Pair, dtype: np.dtype[Any]) -> None:
        self.shapes = shapes
        rows, slide = shapes.slides
        height = -(-((cut.rows - 1) * rows.stride + rows.span) // rows.dilation)
        shape = (cut.groups, rows.dilation, height, shapes.weight[1], shapes.weight[3], cols[1] - cols[0])
        self.shifts = WORKSPACE.line("shifted rows", math.prod(shape), dtype).reshape(shape)
        left, right = span_under(slide, *cols)
        self.beneath = left, right  # the picture's columns
        if shapes.padding_mode == "zeros":
            self.beneath = min(max(left, 0), shapes.input[3]), min(max(right, 0), shapes.input[3])
        corners = range(left - self.beneath[0], left - self.beneath[0] + slide.span, slide.dilation)
        width = self.beneath[1] - self.beneath[0]
        self.meetings = [meeting(slide.stride, corner, width, shape[-1]) for corner in corners]
        for j, (to, _) in enumerate(self.meetings):
            self.shifts[..., j, : to.start] = 0
            self.shifts[..., j, to.stop :] = 0
        self.phases = rows.dilation // math.gcd(rows.stride, rows.dilation)
        self.under = [self.rows_under(phase * rows.stride, cut.rows) for phase in range(min(self.phases, cut.rows))]

    def rows_under(self, first: int, rows: int) -> Array:
        """The matrix under each output row, from the one that begins at this row: (groups, rows, kH * C * kW, oW)."""
        slide = self.shapes.slides[0]
        start = self.shifts[:, first % slide.dilation, first // slide.dilation]
        a_group, _, a_row, _, a_shift, a_cell = self.shifts.strides
        a_step = slide.stride * self.phases // slide.dilation * a_row
        count, deep = -(-(rows - first // slide.stride) // self.phases), slide.kernel_size * a_row // a_shift
        shape = (len(start), count, deep, start.shape[-1])
        return as_strided(start, shape, (a_group, a_step, a_shift, a_cell), writeable=False)

    def fill(self, seen: Array, rows: Pair) -> None:
        """Every input row (groups, H, C / groups, W) under these output rows, shifted once for each kernel column."""
        slide = self.shapes.slides[0]
        top, bottom = span_under(slide, *rows)
        if self.shapes.padding_mode != "zeros":
            bordered = region(seen.transpose(0, 2, 1, 3), (top, bottom), self.beneath, self.shapes.padding_mode)
            seen, top, bottom = bordered.transpose(0, 2, 1, 3), 0, bottom - top
        for residue in range(min(slide.dilation, bottom - top)):
            self.fill_residue(self.shifts[: len(seen), residue], seen, range(top + residue, bottom, slide.dilation))

    def fill_residue(self, block: Array, seen: Array, rows: range) -> None:
        """These rows of the picture, those outside as zeros."""
        height, first, step = len(rows), rows.start, rows.step
        above, below = 0, height
        if first < 0:
            above = min(-(first // step), height)
            block[:, :above] = 0
        if rows.stop > seen.shape[1]:
            below = max(-((first - seen.shape[1]) // step), above)
            block[:, below:height] = 0
        if above == below:
            return
        first += above * step
        picture = seen[:, first : first + (below - above - 1) * step + 1 : step]
        if picture.dtype != block.dtype:  # converted once, not for every shift
            picture = picture.astype(block.dtype)
        for j, (to, cells) in enumerate(self.meetings):
            block[:, above:below, :, j, to] = picture[..., cells]

    def multiply(self, weights: Array, y: Array) -> None:
        """y = weights times the shifted rows under each output row, (groups, F / groups, rows, oW)."""
        for phase, under in enumerate(self.under[: y.shape[2]]):
            answer = y[:, :, phase :: self.phases] if self.phases > 1 else y
            some = under[: len(y), : answer.shape[2]]
            if weights.shape[1] < FEW_KERNELS:
                np.matmul(weights[:, :, None, None], some[:, None], out=answer[..., None, :])
            else:
                np.matmul(weights[:, None], some, out=answer.transpose(0, 2, 1, 3))


def meeting(stride: int, corner: int, width: int, count: int) -> Meeting:
    """The outputs 0..count whose cell, `corner` for the first, lies in a picture so wide; and these cells."""
    first = max(-(corner // stride), 0)
    last = min((width - 1 - corner) // stride + 1, count)
    if first >= last:
        return slice(0, 0), slice(0, 0)
    cell = corner + first * stride
    return slice(first, last), slice(cell, cell + (last - first - 1) * stride + 1, stride)
