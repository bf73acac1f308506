"""How to add a kernel up: the shifted additions that make it, in the order that needs the fewest.

Equal weights are added first and multiplied once; a weight of one is never multiplied. A column times a row is made in
passes, and binomials as chains of sums (separable.py).
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np

from core.algorithms.arrays import Array
from core.algorithms.separable import Taps, chain, column_and_row, scale_of, work
from core.geometry import Pair

SOURCE, TOTAL, SPARE, WEIGHT = range(4)
Term = tuple[int, Any]  # what, and the shift (i, j) of the source or the weight
Step = tuple[np.ufunc, Term, Term, int]


@dataclass(frozen=True, slots=True)
class Pass:
    """One weighted sum of shifts, as the ufunc calls that make it; `reach` is how far it looks down and right."""

    steps: tuple[Step, ...]
    reach: Pair


@dataclass(frozen=True, slots=True)
class Recipe:
    """The passes of one kernel, and how many times they go over the picture."""

    passes: tuple[Pass, ...]
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
            return Recipe(line_passes(lines, scale, dtype, dilation), total, True, dtype)
    cells = [((i * dilation[0], j * dilation[1]), float(w)) for (i, j), w in np.ndenumerate(kernel) if w]
    return Recipe((one_pass(cells, dtype),), direct_work, False, dtype)


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
    total: Term = (TOTAL, None)
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
    """The shifts in `plus` less those in `minus`; nothing for a single one.

    The cell furthest ahead comes first: where the processor meets a new line of the picture first, it fetches the next.
    """
    if len(plus) + len(minus) < 2:
        return []
    plus = sorted(plus, reverse=True)
    pairs = [(np.add, cell) for cell in plus[1:]] + [(np.subtract, cell) for cell in minus]
    steps: list[Step] = [(pairs[0][0], (SOURCE, plus[0]), (SOURCE, pairs[0][1]), target)]
    return steps + [(ufunc, (target, None), (SOURCE, cell), target) for ufunc, cell in pairs[1:]]
