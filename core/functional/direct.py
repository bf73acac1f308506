"""Convolution by adding shifted pictures: for kernels with few distinct weights, and for columns times rows.

A band of rows is one long line in memory, and moving a window by (i, j) is moving along that line by i * W + j. So one
ufunc call adds a whole band, shifted, to another. Equal weights are added first and multiplied once; a weight of one
is never multiplied. The line's ends wrap around into the next row; those columns belong to the border, which is
computed afterwards from narrow strips of the padded picture.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np

from core.functional.arrays import Array
from core.functional.separable import Taps, chain, column_and_row, scale_of, work
from core.functional.shapes import Shapes
from core.functional.windows import covered, region
from core.functional.workspace import WORKSPACE
from core.geometry import Pair

BAND_BYTES = 2**21  # of buffers: large enough to hide the calls, small enough for the caches (docs/core.md)

SOURCE, TOTAL, SPARE, WEIGHT = range(4)
Operand = tuple[int, Any]  # what, and the shift (i, j) of the source or the weight
Step = tuple[np.ufunc, Operand, Operand, int]


@dataclass(frozen=True, slots=True)
class Pass:
    """One weighted sum of shifts, as the ufunc calls that make it; `reach` is how far it looks down and right."""

    steps: tuple[Step, ...]
    reach: Pair


@dataclass(frozen=True, slots=True)
class Recipe:
    """The passes of one kernel, and the same for the transposed kernel, which the left and right borders use."""

    passes: tuple[Pass, ...]
    transposed: tuple[Pass, ...]
    work: int
    separable: bool
    dtype: np.dtype[Any]


def recipe(kernel: Array, dtype: np.dtype[Any], dilation: Pair = (1, 1)) -> Recipe:
    """The cheapest way found to add this kernel up, (kH, kW)."""
    factors = column_and_row(kernel)
    flat = tuple(float(w) for w in kernel.flat)
    direct_work = work(flat)
    if factors is not None and min(kernel.shape) > 1:
        lines, scale, total = cheapest_lines(*factors)
        if total < direct_work:
            turned = [(taps, 1 - axis) for taps, axis in lines]
            there, back = line_passes(lines, scale, dtype, dilation), line_passes(turned, scale, dtype, dilation[::-1])
            return Recipe(there, back, total, True, dtype)
    cells = [(cell, float(w)) for cell, w in np.ndenumerate(kernel) if w]
    shifts = [((i * dilation[0], j * dilation[1]), w) for (i, j), w in cells]
    lying = [((j, i), w) for (i, j), w in shifts]
    return Recipe((one_pass(shifts, dtype),), (one_pass(lying, dtype),), direct_work, False, dtype)


def cheapest_lines(down: Taps, across: Taps) -> tuple[list[tuple[Taps, int]], float, int]:
    """1-D passes with their axes, the factor they share, and their work; the sign may go to either side."""
    found = []
    for sign in (1.0, -1.0):
        (column, column_scale), (row, row_scale) = (scale_of(tuple(sign * w for w in taps)) for taps in (down, across))
        columns, rows, scale = chain(column), chain(row), column_scale * row_scale
        lines = [(taps, 0) for taps in columns.passes] + [(taps, 1) for taps in rows.passes]
        found.append((lines, scale, columns.work + rows.work + (scale != 1)))
    return min(found, key=lambda one: one[2])


def line_passes(
    lines: Sequence[tuple[Taps, int]], scale: float, dtype: np.dtype[Any], dilation: Pair
) -> tuple[Pass, ...]:
    """Each 1-D pass along its axis; the common factor goes into the last one."""
    passes = []
    for number, (taps, axis) in enumerate(lines):
        far = dilation[axis]
        cells = [((k * far, 0) if axis == 0 else (0, k * far), w) for k, w in enumerate(taps) if w]
        passes.append(one_pass(cells, dtype, scale if number == len(lines) - 1 else 1.0))
    return tuple(passes)


def one_pass(cells: Sequence[tuple[Pair, float]], dtype: np.dtype[Any], scale: float = 1.0) -> Pass:
    """Group the cells by |weight|, add each group up, multiply it once, add the groups up."""
    steps: list[Step] = []
    groups = sorted({abs(w) for _, w in cells}, key=lambda size: (size == 1.0, size))
    for size in groups:
        plus = [cell for cell, w in cells if w == size]
        minus = [cell for cell, w in cells if w == -size]
        steps += group_steps(plus, minus, size, dtype, bool(steps))
    if scale != 1.0 or not steps:
        left = (TOTAL, None) if steps else (SOURCE, (0, 0))
        steps.append((np.multiply, left, (WEIGHT, dtype.type(scale if cells else 0)), TOTAL))
    down = max((cell[0] for cell, _ in cells), default=0)
    return Pass(tuple(steps), (down, max((cell[1] for cell, _ in cells), default=0)))


def group_steps(plus: list[Pair], minus: list[Pair], size: float, dtype: np.dtype[Any], started: bool) -> list[Step]:
    total: Operand = (TOTAL, None)
    if started and size == 1.0:  # one after another onto the total
        return [(np.add, total, (SOURCE, cell), TOTAL) for cell in plus] + [
            (np.subtract, total, (SOURCE, cell), TOTAL) for cell in minus
        ]
    if not plus:
        plus, minus, size = minus, plus, -size
    target = SPARE if started else TOTAL
    steps = sum_steps(plus, minus, target)
    if size != 1.0 or not steps:
        left = (target, None) if steps else (SOURCE, plus[0])
        steps.append((np.multiply, left, (WEIGHT, np.asarray(size, dtype=dtype)), target))
    if started:
        steps.append((np.add, total, (SPARE, None), TOTAL))
    return steps


def sum_steps(plus: list[Pair], minus: list[Pair], target: int) -> list[Step]:
    """The shifts in `plus` less those in `minus`; nothing for a single one."""
    if len(plus) + len(minus) < 2:
        return []
    pairs = [(np.add, cell) for cell in plus[1:]] + [(np.subtract, cell) for cell in minus]
    steps: list[Step] = [(pairs[0][0], (SOURCE, plus[0]), (SOURCE, pairs[0][1]), target)]
    return steps + [(ufunc, (target, None), (SOURCE, cell), target) for ufunc, cell in pairs[1:]]


def correlate_plane(
    x: Array, made: Recipe, shapes: Shapes, y: Array, dtype: np.dtype[Any], start: int, stop: int
) -> None:
    """Output rows start..stop of one plane, (H, W) -> y (stop - start, oW), stride 1; the sums are made in `dtype`."""
    rows, cols = inside(shapes, start, stop)
    if rows[0] < rows[1]:
        valid(under(x, shapes, rows), made.passes, y[rows[0] - start : rows[1] - start], cols, dtype)
    for (top, bottom), (left, right), (sums,) in border_sums(x, (made,), shapes, dtype, start, stop):
        y[top - start : bottom - start, left:right] = sums


def inside(shapes: Shapes, start: int, stop: int) -> tuple[Pair, Pair]:
    """Of the output rows start..stop, and of the columns, those whose windows lie inside the picture."""
    rows, cols = (interior(size, slide.span, slide.padding[0], count) for size, slide, count in
                  zip(shapes.input[2:], shapes.slides, shapes.count, strict=True))  # fmt: skip
    top, bottom = min(max(rows[0], start), stop), max(min(rows[1], stop), start)
    return ((top, bottom), cols) if cols[0] < cols[1] and top < bottom else ((start, start), (0, 0))


def interior(size: int, span: int, before: int, count: int) -> Pair:
    """The outputs whose windows lie inside the picture, along one side."""
    return min(before, count), min(max(size - span + before + 1, 0), count)


def border(shapes: Shapes, start: int, stop: int) -> tuple[list[tuple[Pair, Pair]], list[tuple[Pair, Pair]]]:
    """What `inside` leaves of the rows start..stop, each (rows, columns): above and below it, left and right of it."""
    (top, bottom), (left, right) = inside(shapes, start, stop)
    width = shapes.count[1]
    lines: list[tuple[Pair, Pair]] = [((start, top), (0, width)), ((bottom, stop), (0, width))]
    sides: list[tuple[Pair, Pair]] = [((top, bottom), (0, left)), ((top, bottom), (right, width))]
    return [one for one in lines if not empty(one)], [one for one in sides if not empty(one)]


def empty(piece: tuple[Pair, Pair]) -> bool:
    return any(first >= last for first, last in piece)


def under(x: Array, shapes: Shapes, rows: Pair) -> Array:
    """The picture's rows under these output rows."""
    first, last = covered(shapes.slides[0], *rows)
    return x[first:last]


def border_sums(
    x: Array, recipes: Sequence[Recipe], shapes: Shapes, dtype: np.dtype[Any], start: int, stop: int
) -> Iterator[tuple[Pair, Pair, list[Array]]]:
    """Each piece of the border, (rows, columns), with its sums by every recipe, from padded pieces of the picture.

    Opposite pieces are computed as one picture, because calls cost more than sums here; left and right lie down first.
    """
    for lying, pieces in enumerate(border(shapes, start, stop)):
        if not pieces:
            continue
        seen = [region(x[None, None], covered(shapes.slides[0], *rows), covered(shapes.slides[1], *cols),
                       shapes.padding_mode)[0, 0] for rows, cols in pieces]  # fmt: skip
        joined = np.ascontiguousarray(np.concatenate([piece.T for piece in seen] if lying else seen))
        down, across = shapes.slides[lying].span - 1, shapes.slides[1 - lying].span - 1
        sums = [np.empty((joined.shape[0] - down, joined.shape[1] - across), dtype=dtype) for _ in recipes]
        for made, answer in zip(recipes, sums, strict=True):
            valid(joined, made.transposed if lying else made.passes, answer, (0, answer.shape[1]), dtype)
        first = 0
        for rows, cols in pieces:
            last = first + (cols[1] - cols[0] if lying else rows[1] - rows[0])
            yield rows, cols, [answer[first:last].T if lying else answer[first:last] for answer in sums]
            first = last + down


def valid(x: Array, passes: tuple[Pass, ...], y: Array, cols: Pair, dtype: np.dtype[Any]) -> None:
    """y[:, cols] where no window sticks out: x (h + down, W) contiguous, y (h, oW)."""
    height, width = y.shape[0], x.shape[1]
    down, across = x.shape[0] - height, cols[1] - cols[0]
    straight = y.shape[1] == width and y.dtype == dtype and y.flags.c_contiguous
    step = max(1, min(height, BAND_BYTES // (3 * width * dtype.itemsize)))
    target = y.reshape(-1) if straight else None
    for first in range(0, height, step):
        rows = min(step, height - first)
        if first == 0 or rows < step:
            calls, sums = band_calls(passes, width, rows, down, across, dtype)
        seen = in_lanes(x[first : first + rows + down], dtype)
        if target is not None:
            start = first * width + cols[0]
            play(calls, seen, target[start : start + (rows - 1) * width + across])
        else:
            play(calls, seen, sums[: (rows - 1) * width + across])
            y[first : first + rows, cols[0] : cols[1]] = sums[: rows * width].reshape(rows, width)[:, :across]


def band_calls(
    passes: tuple[Pass, ...], width: int, rows: int, down: int, across: int, dtype: np.dtype[Any]
) -> tuple[list[Call], Array]:
    """The ufunc calls of one band, and a line in which its sums may be made."""
    size = (rows + down) * width

    def made() -> tuple[list[Call], Array, tuple[Pass, ...]]:
        buffers = [WORKSPACE.line(f"direct {k}", size, dtype) for k in range(3)]
        calls = program(passes, width, (rows - 1) * width + across, buffers)
        return calls, buffers[free_line(passes)], passes  # the passes stay alive, so that their id is theirs alone

    key = ("direct", id(passes), width, rows, down, across, dtype)
    calls, sums, _ = WORKSPACE.cut(key, size * dtype.itemsize, made)
    return calls, sums


def in_lanes(x: Array, dtype: np.dtype[Any]) -> Array:
    """Rows of the picture as one line of `dtype`: the picture itself where it has that type."""
    line = x.reshape(-1)
    if x.dtype == dtype:
        return line
    widened = WORKSPACE.line("direct source", len(line), dtype)
    widened[...] = line
    return widened


Call = tuple[np.ufunc, Any, Any, Any, int]  # what on what into what, how many; ints are shifts of the source


def program(passes: tuple[Pass, ...], width: int, length: int, buffers: list[Array]) -> list[Call]:
    """Every ufunc call of one band of `length` cells, with its views cut once; the last writes where `play` says."""
    calls: list[Call] = []
    ahead = sum(one.reach[0] * width + one.reach[1] for one in passes)
    source: Array | None = None  # the picture
    for number, one in enumerate(passes):
        ahead -= one.reach[0] * width + one.reach[1]
        size, last = length + ahead, number == len(passes) - 1
        total = None if last else buffers[number % 2][:size]
        spare = buffers[2][:size]
        for ufunc, left, right, target in one.steps:
            a, b = (operand(each, source, width, size, total, spare) for each in (left, right))
            calls.append((ufunc, a, b, total if target == TOTAL else spare, size))
        source = total
    return calls


def free_line(passes: tuple[Pass, ...]) -> int:
    """Which buffer the last pass neither reads nor needs: it may write there."""
    return (len(passes) - 1) % 2


def operand(what: Operand, source: Array | None, width: int, size: int, total: Array | None, spare: Array) -> Any:
    kind, value = what
    if kind == SOURCE:
        start = value[0] * width + value[1]
        return start if source is None else source[start : start + size]
    return value if kind == WEIGHT else total if kind == TOTAL else spare


def play(calls: list[Call], line: Array, final: Array) -> None:
    """Run one band: the picture's line in, the sums out into `final`."""
    for ufunc, a, b, out, size in calls:
        if type(a) is int:
            a = line[a : a + size]
        if type(b) is int:
            b = line[b : b + size]
        ufunc(final if a is None else a, final if b is None else b, final if out is None else out)
