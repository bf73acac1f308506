"""Combining the cells of every window, the heart of pooling: first down the rows, then along the columns.

Windows need not be looked at one by one: the maximum of a window is the maximum of its rows' maxima, and one ufunc
call takes the first cell of all windows, the next the second. Tiles keep what lies between the two passes in the cache.
"""

from __future__ import annotations

import sys
from collections.abc import Iterable
from functools import lru_cache
from typing import Any

import numpy as np

from core.algorithms.arrays import Array
from core.algorithms.caches import cache_bytes
from core.algorithms.windows import Slides
from core.algorithms.workspace import WORKSPACE, rows_in_place
from core.geometry import Pair, Slide

TILE = 3 / 16  # of a core's cache, for row maxima that wait for their columns: picture and map take the rest
SHORT_ROW = 256  # cells below which a plane is better walked as one line, though half its windows are not wanted
SMALL = 2**14  # cells below which everything is over before NumPy's settings would be changed
TWICE = {1: np.uint16, 2: np.uint32, 4: np.uint64}  # two cells of so many bytes as one whole number


def reduce_windows(
    reduce: np.ufunc, x: Array, slides: Slides, count: Pair, nothing: float, dtype: np.dtype[Any], y: Array
) -> None:
    """(N, C, H, W) -> y (N, C, oH, oW); the border holds `nothing`, which changes no result."""
    planes, y = x.reshape(-1, *x.shape[2:]), y.reshape(-1, *count)
    if planes.size < SMALL:
        return reduce_planes(reduce, planes, slides, nothing, dtype, y)
    alike = x.dtype == dtype == y.dtype
    with np.errstate(over="ignore", invalid="ignore"):
        if alike and x.flags.c_contiguous and along_lines(planes, slides, count):
            return reduce_lines(reduce, planes, slides, y)
        with rows_in_place(planes.shape[2] if alike else 0):
            return reduce_planes(reduce, planes, slides, nothing, dtype, y)


def reduce_planes(
    reduce: np.ufunc, planes: Array, slides: Slides, nothing: float, dtype: np.dtype[Any], y: Array
) -> None:
    """Tile by tile: the rows of all windows, then their columns."""
    height, width = planes.shape[1:]
    for some, rows in tiles(len(planes), y.shape[1], width * dtype.itemsize):
        shape = (some.stop - some.start, rows.stop - rows.start, width)
        size = shape[0] * shape[1] * shape[2]
        lines, spare = WORKSPACE.line("lines", size, dtype).reshape(shape), WORKSPACE.line("every", size, dtype)
        combine(reduce, planes[some], meetings_of(height, slides[0], rows.start, rows.stop), lines, nothing, axis=1)
        columns(reduce, lines, slides[1], y[some, rows], nothing, spare)


def along_lines(planes: Array, slides: Slides, count: Pair) -> bool:
    """Whether all windows lie inside small planes whose rows are so short that calls for each would cost more."""
    inside = all(
        slide.padding[0] == 0 and (n - 1) * slide.stride + slide.span <= size and slide.stride <= 2
        for slide, n, size in zip(slides, count, planes.shape[1:], strict=True)
    )
    return inside and planes.shape[2] < SHORT_ROW and planes[0].nbytes <= cache_bytes(TILE)


def reduce_lines(reduce: np.ufunc, planes: Array, slides: Slides, y: Array) -> None:
    """Planes as one line: the windows at every cell, those that cross an end too; then those that are wanted."""
    height, width = planes.shape[1:]
    for some, _ in tiles(len(planes), height, width * planes.itemsize):
        tile, (rows, cols) = planes[some], slides
        line = tile.reshape(-1)
        line = reduce_line(reduce, line, rows, width, WORKSPACE.line("lines", tile.size, planes.dtype))
        line = reduce_line(reduce, line, cols, 1, WORKSPACE.line("every", tile.size, planes.dtype))
        thin(line.reshape(tile.shape)[:, : (y.shape[1] - 1) * rows.stride + 1 : rows.stride], cols.stride, y[some])


def reduce_line(reduce: np.ufunc, line: Array, slide: Slide, step: int, every: Array) -> Array:
    """Each cell of the line with those that follow it, `step` apart; the last cells of `every` are left as they are."""
    starts = range(0, slide.span * step, slide.dilation * step)
    length = len(line) - starts[-1]
    shifts = [line[start : start + length] for start in starts]
    if len(shifts) == 1:
        return line
    reduce(shifts[0], shifts[1], out=every[:length])
    for shift in shifts[2:]:
        reduce(every[:length], shift, out=every[:length])
    return every


def tiles(planes: int, rows: int, row_bytes: int) -> Iterable[tuple[slice, slice]]:
    """Several planes at a time if they are small, some rows of one if they are large."""
    most = cache_bytes(TILE)
    if planes * rows * row_bytes <= most:
        return ((slice(0, planes), slice(0, rows)),)
    together = max(1, most // (row_bytes * rows))
    step = rows if together > 1 else max(1, min(rows, most // row_bytes))
    return [
        (slice(first, min(first + together, planes)), slice(top, min(top + step, rows)))
        for first in range(0, planes, together)
        for top in range(0, rows, step)
    ]


def columns(reduce: np.ufunc, lines: Array, slide: Slide, y: Array, nothing: float, spare: Array) -> None:
    """Along the columns. Neighbours in memory are combined fastest, so strides are taken after, not during it."""
    width, count = lines.shape[2], y.shape[2]
    reaches_border = slide.padding[0] > 0 or (count - 1) * slide.stride + slide.span > width
    if reaches_border or slide.stride == 1 or slide.kernel_size == 1 or slide.stride > 4:
        combine(reduce, lines, meetings_of(width, slide, 0, count), y, nothing, axis=2)
        return
    every = reduce_line(reduce, lines.reshape(-1), slide, 1, spare[: lines.size])
    thin(every.reshape(lines.shape), slide.stride, y)


def thin(lines: Array, stride: int, y: Array) -> None:
    """y = lines[..., ::stride], as far as y goes.

    Every second cell is the lower half of a whole number twice as wide, and numbers are narrowed many at a time.
    """
    wide = TWICE.get(lines.itemsize) if sys.byteorder == "little" and lines.dtype == y.dtype else None
    if stride == 2 and wide is not None and lines.shape[2] == 2 * y.shape[2]:
        np.copyto(y.view(f"u{y.itemsize}"), lines.view(wide), casting="unsafe")
    else:
        y[...] = lines[:, :, : (y.shape[2] - 1) * stride + 1 : stride]


def combine(
    reduce: np.ufunc, x: Array, meetings: tuple[tuple[slice, slice], ...], y: Array, nothing: float, axis: int
) -> None:
    """One kernel cell after another, each over all windows at once; the border is left out."""
    before = (slice(None),) * axis
    everywhere = [meeting for meeting in meetings if meeting[0] == slice(0, y.shape[axis])]
    if len(everywhere) > 1:
        (_, first), (_, second) = everywhere[:2]
        reduce(x[(*before, first)], x[(*before, second)], out=y, dtype=y.dtype)
        meetings = tuple(meeting for meeting in meetings if meeting not in everywhere[:2])
    else:
        y[...] = nothing
    for at, source in meetings:
        part = y[(*before, at)]
        reduce(part, x[(*before, source)], out=part, dtype=y.dtype)


@lru_cache(maxsize=1024)
def meetings_of(size: int, slide: Slide, start: int, stop: int) -> tuple[tuple[slice, slice], ...]:
    """For each kernel cell that meets the picture at all: which of the windows start..stop do so, and where.

    >>> meetings_of(4, Slide(kernel_size=2, stride=2, padding=1), 0, 3)
    ((slice(1, 3, None), slice(1, 4, 2)), (slice(0, 2, None), slice(0, 3, 2)))
    """
    found = []
    origin = start * slide.stride - slide.padding[0]
    for cell in range(min(slide.kernel_size, max((size - 1 - origin) // slide.dilation + 1, 0))):
        corner = origin + cell * slide.dilation
        first = max(-(corner // slide.stride), 0)
        last = min((size - 1 - corner) // slide.stride + 1, stop - start)
        if first < last:
            source = corner + first * slide.stride
            found.append(
                (slice(first, last), slice(source, source + (last - first - 1) * slide.stride + 1, slide.stride))
            )
    return tuple(found)
