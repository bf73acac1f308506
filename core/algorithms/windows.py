"""The plain view under everything that slides: regions of a picture with their border, and all windows at once."""

from __future__ import annotations

from collections.abc import Iterator
from functools import lru_cache
from typing import Any

import numpy as np
from numpy.lib.stride_tricks import as_strided

from core.algorithms.arrays import Array
from core.geometry import Pair, Slide, corners, output_size, pair, resolve_padding, shown_at
from core.integers import plainly_written

Slides = tuple[Slide, Slide]


def slides_of(kernel_size: object, stride: object, padding: object, dilation: object, side: tuple[int, int]) -> Slides:
    """One Slide for rows, one for columns, from whatever a user may write."""
    if plainly_written((kernel_size, stride, padding, dilation)):
        return read_slides(kernel_size, stride, padding, dilation, side)
    return read_slides.__wrapped__(kernel_size, stride, padding, dilation, side)


@lru_cache(maxsize=1024)
def read_slides(
    kernel_size: object, stride: object, padding: object, dilation: object, side: tuple[int, int]
) -> Slides:
    kernel, strides, holes = (
        pair("kernel_size", kernel_size, 1),
        pair("stride", stride, 1),
        pair("dilation", dilation, 1),
    )
    rows, cols = resolve_padding(padding, kernel, strides, holes, side)
    return Slide(kernel[0], strides[0], rows, holes[0]), Slide(kernel[1], strides[1], cols, holes[1])


@lru_cache(maxsize=1024)
def counts(side: tuple[int, int], slides: Slides, ceil_mode: bool = False) -> Pair:
    """How many windows fit, by rows and by columns."""
    return output_size(side[0], slides[0], ceil_mode), output_size(side[1], slides[1], ceil_mode)


def span_under(slide: Slide, start: int, stop: int) -> Pair:
    """The input positions under windows start..stop, first and one after the last; they may lie in the border."""
    first = start * slide.stride - slide.padding[0]
    return first, first + (stop - start - 1) * slide.stride + slide.span


def region(x: Array, rows: Pair, cols: Pair, mode: str = "zeros", value: Any = 0) -> Array:
    """x[..., rows, cols] where both may reach outside the picture; a view where they do not."""
    height, width = x.shape[2:]
    inside = rows[0] >= 0 and rows[1] <= height and cols[0] >= 0 and cols[1] <= width
    if inside:
        return x[:, :, rows[0] : rows[1], cols[0] : cols[1]]
    y = np.empty((*x.shape[:2], rows[1] - rows[0], cols[1] - cols[0]), dtype=x.dtype)
    return fill_region(y, x, rows, cols, mode, value)


def fill_region(y: Array, x: Array, rows: Pair, cols: Pair, mode: str, value: Any) -> Array:
    """Copy what lies inside the picture, then the border around it."""
    if mode == "zeros":
        return fill_constant(y, x, rows, cols, value)
    for rows_to, rows_from in runs(*rows, x.shape[2], mode):
        for cols_to, cols_from in runs(*cols, x.shape[3], mode):
            y[:, :, rows_to, cols_to] = x[:, :, rows_from, cols_from]
    return y


Run = tuple[slice, slice]  # positions, counted from the first, and the picture's cells that they show


@lru_cache(maxsize=1024)
def runs(start: int, stop: int, size: int, mode: str) -> tuple[Run, ...]:
    """What the positions start..stop show of a side, as slices that go forwards, backwards or stay on one cell.

    >>> runs(-2, 4, 3, "reflect")
    ((slice(0, 2, None), slice(2, 0, -1)), (slice(2, 5, None), slice(0, 3, 1)), (slice(5, 6, None), slice(1, 2, 1)))
    """
    before = border_runs(start, min(stop, 0), size, mode)
    inside = range(max(start, 0), min(stop, size))
    after = border_runs(max(start, size), stop, size, mode)
    seen = [(slice(inside.start, inside.stop), slice(inside.start, inside.stop, 1))] if inside else []
    return tuple((slice(to.start - start, to.stop - start), shown) for to, shown in (*before, *seen, *after))


def border_runs(start: int, stop: int, size: int, mode: str) -> list[Run]:
    shown = shown_at(np.arange(start, max(start, stop), dtype=np.int64), size, mode).tolist()
    return [run(start + at, cells) for at, cells in straight_parts(shown)]


def straight_parts(shown: list[int]) -> Iterator[tuple[int, list[int]]]:
    """The list cut where its steps change, or jump."""
    first = 0
    for k in range(1, len(shown) + bool(shown)):
        step = shown[k] - shown[k - 1] if k < len(shown) else None
        if step not in (-1, 0, 1) or (k > first + 1 and step != shown[k - 1] - shown[k - 2]):
            yield first, shown[first:k]
            first = k


def run(at: int, shown: list[int]) -> Run:
    first, last = shown[0], shown[-1]
    back = slice(first, last - 1 if last else None, -1)
    return slice(at, at + len(shown)), back if last < first else slice(first, last + 1, 1)


def fill_constant(y: Array, x: Array, rows: Pair, cols: Pair, value: Any) -> Array:
    top, bottom = (min(max(edge - rows[0], 0), y.shape[2]) for edge in (0, x.shape[2]))
    left, right = (min(max(edge - cols[0], 0), y.shape[3]) for edge in (0, x.shape[3]))
    y[:, :, :top] = value
    y[:, :, bottom:] = value
    y[:, :, top:bottom, :left] = value
    y[:, :, top:bottom, right:] = value
    y[:, :, top:bottom, left:right] = x[:, :, rows[0] + top : rows[0] + bottom, cols[0] + left : cols[0] + right]
    return y


def whole_region(x: Array, slides: Slides, count: Pair, mode: str = "zeros", value: Any = 0) -> Array:
    """The picture with its border, exactly as far as windows reach."""
    return region(x, span_under(slides[0], 0, count[0]), span_under(slides[1], 0, count[1]), mode, value)


def windows(x: Array, slides: Slides, count: Pair) -> Array:
    """(N, C, H, W) with its border -> (N, C, kH, kW, oH, oW), a read-only view."""
    rows, cols = slides
    n, c, down, right = x.strides
    shape = (*x.shape[:2], rows.kernel_size, cols.kernel_size, *count)
    strides = (n, c, down * rows.dilation, right * cols.dilation, down * rows.stride, right * cols.stride)
    return as_strided(x, shape, strides, writeable=False)


def taps(slides: Slides, count: Pair) -> list[tuple[int, int, slice, slice]]:
    """For each kernel cell: its row, its column, and where it meets the padded picture over all windows."""
    return [
        (i, j, reach(slides[0], i, count[0]), reach(slides[1], j, count[1]))
        for i in range(slides[0].kernel_size)
        for j in range(slides[1].kernel_size)
    ]


def reach(slide: Slide, cell: int, count: int) -> slice:
    """The padded positions that one kernel cell meets over `count` windows."""
    start = cell * slide.dilation
    return slice(start, start + (count - 1) * slide.stride + 1, slide.stride)


def sees_padding_alone(input_size: int, slide: Slide, count: int) -> bool:
    """Whether some of `count` windows lies over nothing of the input, which a dilated one can step over.

    >>> sees_padding_alone(3, Slide(2, padding=2), 6), sees_padding_alone(1, Slide(2, padding=1, dilation=2), 1)
    (True, True)
    """
    first = -slide.padding[0]
    if first + slide.span <= 0 or first + (count - 1) * slide.stride >= input_size:
        return True
    if slide.dilation <= input_size or slide.kernel_size == 1:
        return False
    reached = corners(count, slide)[:, None] + np.arange(slide.kernel_size) * slide.dilation
    return not ((reached >= 0) & (reached < input_size)).any(axis=1).all()
