"""Convolution by adding shifted pictures: for kernels with few distinct weights, and for columns times rows.

A band of rows is one long line in memory, and moving a window by (i, j) is moving along that line by i * W + j. So one
ufunc call adds a whole band, shifted, to another; recipes.py says which. The line's ends wrap around into the next
row; those columns belong to the border, which is computed afterwards from narrow strips of the padded picture.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import lru_cache
from typing import Any

import numpy as np

from core.algorithms.arrays import Array
from core.algorithms.recipes import SOURCE, SPARE, TOTAL, Pass, Recipe, Term
from core.algorithms.shapes import Shapes
from core.algorithms.threads import tile_bytes
from core.algorithms.windows import fill_region, span_under
from core.algorithms.workspace import WORKSPACE
from core.geometry import Pair

BAND, LEAST_BAND = 1 / 2, 5 * 2**16  # of a core's cache, for picture, map and the sums between; bytes


def correlate_plane(
    x: Array, made: Recipe, shapes: Shapes, y: Array, dtype: np.dtype[Any], start: int, stop: int
) -> None:
    """Output rows start..stop of one plane, (H, W) -> y (stop - start, oW), stride 1; the sums are made in `dtype`."""
    rows, cols = inside(shapes, start, stop)
    if rows[0] < rows[1]:
        valid(under(x, shapes, rows), made.passes, y[rows[0] - start : rows[1] - start], cols, dtype)
    for one, (sums,) in border_sums(x, (made,), shapes, dtype, start, stop):
        one.put(sums, y, start)


def inside(shapes: Shapes, start: int, stop: int) -> tuple[Pair, Pair]:
    """Of the output rows start..stop, and of the columns, those whose windows lie inside the picture."""
    rows, cols = (interior(size, slide.span, slide.padding[0], count) for size, slide, count in
                  zip(shapes.input[2:], shapes.slides, shapes.count, strict=True))  # fmt: skip
    top, bottom = min(max(rows[0], start), stop), max(min(rows[1], stop), start)
    return ((top, bottom), cols) if cols[0] < cols[1] and top < bottom else ((start, start), (0, 0))


def interior(size: int, span: int, before: int, count: int) -> Pair:
    """The outputs whose windows lie inside the picture, along one side."""
    return min(before, count), min(max(size - span + before + 1, 0), count)


def under(x: Array, shapes: Shapes, rows: Pair) -> Array:
    """The picture's rows under these output rows."""
    first, last = span_under(shapes.slides[0], *rows)
    return x[first:last]


Piece = tuple[Pair, Pair]  # rows and columns
Area = tuple[slice, slice]


@dataclass(frozen=True, slots=True)
class Strip:
    """Two opposite pieces of the border, computed as one picture, because calls cost more than sums here."""

    outputs: tuple[Piece, ...]
    under: tuple[Piece, ...]  # the positions beneath them, padding included
    at: tuple[Area, ...]  # where these lie in the strip
    shown: tuple[tuple[Area, Area], ...]  # where the strip shows the picture, and which part of it
    sums_at: tuple[Area, ...]  # where the outputs lie in the strip's sums
    shape: Pair

    def put(self, sums: Array, y: Array, start: int) -> None:
        """What was made of the strip into y, whose first row is `start`."""
        for ((top, bottom), (left, right)), at in zip(self.outputs, self.sums_at, strict=True):
            y[top - start : bottom - start, left:right] = sums[at]


@lru_cache(maxsize=256)
def border(shapes: Shapes, start: int, stop: int) -> tuple[Strip, ...]:
    """What `inside` leaves of the rows start..stop: above and below it, left and right of it."""
    (top, bottom), (left, right) = inside(shapes, start, stop)
    width = shapes.count[1]
    lines: list[Piece] = [((start, top), (0, width)), ((bottom, stop), (0, width))]
    sides: list[Piece] = [((top, bottom), (0, left)), ((top, bottom), (right, width))]
    kept = [[one for one in pieces if all(first < last for first, last in one)] for pieces in (lines, sides)]
    return tuple(strip(shapes, pieces, axis) for axis, pieces in enumerate(kept) if pieces)


def strip(shapes: Shapes, outputs: list[Piece], axis: int) -> Strip:
    """The pieces one after another along an axis."""
    beneath: list[Piece] = []
    at, shown, sums_at, first = [], [], [], 0
    for piece in outputs:
        area = span_under(shapes.slides[0], *piece[0]), span_under(shapes.slides[1], *piece[1])
        size, count = area[axis][1] - area[axis][0], piece[axis][1] - piece[axis][0]
        beneath.append(area)
        at.append(along(axis, first, first + size))
        shown.append(within(area, shapes.input[2:], (0, first) if axis else (first, 0)))
        sums_at.append(along(axis, first, first + count))
        first += size
    height, width = (last - start for start, last in beneath[0])
    shape = (height, first) if axis else (first, width)
    return Strip(tuple(outputs), tuple(beneath), tuple(at), tuple(shown), tuple(sums_at), shape)


def along(axis: int, first: int, last: int) -> Area:
    return (slice(None), slice(first, last)) if axis else (slice(first, last), slice(None))


def within(area: Piece, size: tuple[int, ...], corner: Pair) -> tuple[Area, Area]:
    """The part of an area that lies in the picture, counted from a corner elsewhere and from the picture's."""
    kept = [(min(max(first, 0), side), max(min(last, side), 0)) for (first, last), side in zip(area, size, strict=True)]
    moves = [to - first for to, (first, _) in zip(corner, area, strict=True)]
    rows, cols = (slice(first + move, max(last, first) + move) for (first, last), move in zip(kept, moves, strict=True))
    seen_rows, seen_cols = (slice(*pair) for pair in kept)
    return (rows, cols), (seen_rows, seen_cols)


def border_sums(
    x: Array, recipes: Sequence[Recipe], shapes: Shapes, dtype: np.dtype[Any], start: int, stop: int
) -> Iterator[tuple[Strip, list[Array]]]:
    """Each strip of the border with its sums by every recipe."""
    down, across = (slide.span - 1 for slide in shapes.slides)
    for one in border(shapes, start, stop):
        seen = np.zeros(one.shape, dtype=x.dtype)
        if shapes.padding_mode == "zeros":  # planned once: fill_region would cost a sixth of a 512 x 512 map
            for there, here in one.shown:
                seen[there] = x[here]
        else:
            for (rows, cols), at in zip(one.under, one.at, strict=True):
                fill_region(seen[None, None, *at], x[None, None], rows, cols, shapes.padding_mode, 0)
        sums = [np.empty((one.shape[0] - down, one.shape[1] - across), dtype=dtype) for _ in recipes]
        for made, answer in zip(recipes, sums, strict=True):
            valid(seen, made.passes, answer, (0, answer.shape[1]), dtype)
        yield one, sums


def valid(x: Array, passes: tuple[Pass, ...], y: Array, cols: Pair, dtype: np.dtype[Any]) -> None:
    """y[:, cols] where no window sticks out: x (h + down, W) contiguous, y (h, oW)."""
    height, width = y.shape[0], x.shape[1]
    straight = y.shape[1] == width and y.dtype == dtype and y.flags.c_contiguous
    picture, target = x.reshape(-1), y.reshape(-1) if straight else None
    for (first, last), under_rows, calls, sums in bands(passes, (height, width), cols, dtype, straight):
        seen = in_lanes(picture[under_rows], dtype)
        if target is not None:
            play(calls, seen, target[first * width :])
        else:
            play(calls, seen, sums)
            y[first:last, cols[0] : cols[1]] = sums.reshape(-1, width)[: last - first, : cols[1] - cols[0]]


def in_lanes(line: Array, dtype: np.dtype[Any]) -> Array:
    """A part of the picture in the type of the sums: itself where it has that type."""
    if line.dtype == dtype:
        return line
    widened = WORKSPACE.line("direct source", len(line), dtype)
    widened[...] = line
    return widened


Band = tuple[Pair, slice, "list[Call]", Array]  # its rows, the picture under it, its calls, a line for its sums


def bands(passes: tuple[Pass, ...], size: Pair, cols: Pair, dtype: np.dtype[Any], straight: bool) -> list[Band]:
    """Bands of rows that make `size` outputs from as wide a picture, with the ufunc calls of each."""
    height, width = size
    step = max(1, min(height, tile_bytes(BAND, LEAST_BAND) // (3 * width * dtype.itemsize)))
    room = step * width + ahead(passes, width)

    def made() -> tuple[list[Band], tuple[Pass, ...]]:
        lines = [WORKSPACE.line(f"direct {k}", room, dtype) for k in range(3)]
        sums = lines[(len(passes) - 1) % 2][: step * width]
        found: list[Band] = []
        for first in range(0, height, step):
            last = min(first + step, height)
            roomy = straight and first * width + room <= height * width
            start, end = cols if straight else (0, cols[1] - cols[0])
            calls = program(passes, width, slice(start, (last - first - 1) * width + end), lines, roomy)
            beneath = slice(first * width, last * width + sum(one.reach[0] for one in passes) * width)
            found.append(((first, last), beneath, calls, sums))
        return found, passes  # the passes stay alive, so that their id is theirs alone

    key = ("direct", id(passes), size, cols, dtype, straight, step)
    return WORKSPACE.cut(key, room * dtype.itemsize, made)[0]


def ahead(passes: tuple[Pass, ...], width: int) -> int:
    """How far along the line the passes look beyond the cell they write."""
    return sum(one.reach[0] * width + one.reach[1] for one in passes)


PICTURE, MAP, KEPT = range(3)
Operand = tuple[int, Any]  # a slice of the picture's or of the map's line, or an array that is kept
Call = tuple[np.ufunc, Operand, Operand, Operand]


def program(passes: tuple[Pass, ...], width: int, answer: slice, lines: list[Array], roomy: bool) -> list[Call]:
    """Every ufunc call of one band, with its views cut once; the last writes to `answer`, a part of the map's line.

    A pass reads beside the cell it writes, so passes take turns on lines 0 and 1, and leave free the one that the last
    could write to; line 2 is spare. If the map's line is roomy, the first of many passes writes there too, so that the
    map is fetched while the picture is.
    """
    calls: list[Call] = []
    left, last = ahead(passes, width), len(passes) - 1
    source: Operand = (PICTURE, 0)
    for number, one in enumerate(passes):
        left -= one.reach[0] * width + one.reach[1]
        size = answer.stop - answer.start + left
        total: Operand = (KEPT, lines[number % 2][:size])
        if number == last:
            total = (MAP, answer)
        elif number == 0 and last > 1 and roomy:
            total = (MAP, slice(0, size))
        spare = (KEPT, lines[2][:size])
        for ufunc, a, b, into in one.steps:
            operands = [term(each, source, width, size, total, spare) for each in (a, b)]
            calls.append((ufunc, operands[0], operands[1], total if into == TOTAL else spare))
        source = total
    return calls


def term(what: Term, source: Operand, width: int, size: int, total: Operand, spare: Operand) -> Operand:
    kind, value = what
    if kind != SOURCE:
        return total if kind == TOTAL else spare if kind == SPARE else (KEPT, value)
    start = value[0] * width + value[1]
    cells = slice(start, start + size)
    return (KEPT, source[1][cells]) if source[0] == KEPT else (source[0], cells)


def play(calls: list[Call], picture: Array, line: Array) -> None:
    """Run one band: the picture's line in, the sums out into the map's line."""
    lines = (picture, line)
    for ufunc, (a, left), (b, right), (out, into) in calls:
        ufunc(
            left if a == KEPT else lines[a][left],
            right if b == KEPT else lines[b][right],
            into if out == KEPT else lines[out][into],
        )
