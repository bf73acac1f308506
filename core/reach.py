"""How much of the scene's input one cell of a layer sees, found by following rows and columns through the layers.

Every cell of a layer knows the first and the last row and column of the input that it sees: of those of the cells
below it the least and the largest. So borders, holes, strides and rearranged cells come out as they are. A border that
mirrors or repeats the edge shows cells of the picture; one that goes around it does not count, or every border would
see both ends.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from math import prod
from typing import Any, Protocol

import numpy as np
from numpy.typing import NDArray

Numbers = NDArray[Any]
Shape = tuple[int, int, int]

NEVER, NOTHING = 2**30, -1  # the first and the last line that is seen by a cell which sees none
MOST_CELLS = 2**22  # of a chain that are followed one by one; of those beyond each is said to see everything


class Line(Protocol):
    """One axis of a layer: which places of the axis below each of its places looks at."""

    def least(self, numbers: Numbers, axis: int, reduce: np.ufunc, nothing: int) -> Numbers:
        """What `reduce` makes of the numbers that each place looks at; `nothing` where there are none."""


@dataclass(frozen=True, slots=True)
class Sliding:
    """Windows that slide over the places below, `before` of them in front of the first one.

    `shown` says which place each one shows, those in the border too; -1 for none.
    """

    count: int
    kernel_size: int = 1
    stride: int = 1
    before: int = 0
    dilation: int = 1
    shown: Numbers | None = None

    def least(self, numbers: Numbers, axis: int, reduce: np.ufunc, nothing: int) -> Numbers:
        """Windows of one cell, of two, of four ...: each is made of two that are half as long."""
        lines = np.moveaxis(numbers, axis, 0)
        span = (self.kernel_size - 1) * self.dilation + 1
        reach = (self.count - 1) * self.stride + span
        padded = np.full((reach, *lines.shape[1:]), nothing, numbers.dtype)
        if self.shown is None:
            within = max(0, min(len(lines), reach - self.before))
            padded[self.before : self.before + within] = lines[:within]
        else:
            places = self.shown[:reach]
            padded[: len(places)][places >= 0] = lines[places[places >= 0]]
        size = 1
        while 2 * size <= self.kernel_size:
            padded, size = joined(reduce, padded, size * self.dilation), 2 * size
        rest = (self.kernel_size - size) * self.dilation
        made = joined(reduce, padded, rest) if rest else padded
        return np.moveaxis(made[:: self.stride][: self.count], 0, axis)


def joined(reduce: np.ufunc, lines: Numbers, shift: int) -> Numbers:
    """Each line with the one `shift` further on."""
    return np.asarray(reduce(lines[:-shift], lines[shift:]))


@dataclass(frozen=True, slots=True)
class Stamping:
    """The transpose: the places below stamp the kernel, and each place looks at those whose stamps reach it."""

    count: int
    kernel_size: int
    stride: int
    before: int
    dilation: int

    def least(self, numbers: Numbers, axis: int, reduce: np.ufunc, nothing: int) -> Numbers:
        """Stamps set apart by the stride, under a window that ends at each place."""
        lines = np.moveaxis(numbers, axis, 0)
        apart = np.full(((len(lines) - 1) * self.stride + 1, *lines.shape[1:]), nothing, numbers.dtype)
        apart[:: self.stride] = lines
        cut = apart[max(0, self.before - (self.kernel_size - 1) * self.dilation) :]
        before = max(0, (self.kernel_size - 1) * self.dilation - self.before)
        window = Sliding(self.count, self.kernel_size, 1, before, self.dilation)
        return np.moveaxis(window.least(cut, 0, reduce, nothing), 0, axis)


@dataclass(frozen=True, slots=True)
class Sharing:
    """Windows that share the places below out among `count`, as adaptive pooling does."""

    count: int

    def least(self, numbers: Numbers, axis: int, reduce: np.ufunc, nothing: int) -> Numbers:
        size, place = numbers.shape[axis], np.arange(self.count)[:, None]
        start, stop = place * size // self.count, -(-(place + 1) * size // self.count)
        looks = np.minimum(start + np.arange(int((stop - start).max())), stop - 1)
        return np.asarray(reduce.reduce(numbers.take(looks, axis), axis=axis + 1))


@dataclass(frozen=True, slots=True)
class Mirrored:
    """The last place first."""

    def least(self, numbers: Numbers, axis: int, reduce: np.ufunc, nothing: int) -> Numbers:
        return np.flip(numbers, axis)


@dataclass(frozen=True, slots=True)
class Grouped:
    """Each of `count` places looks at all of its group, one of `groups`."""

    count: int
    groups: int = 1

    def least(self, numbers: Numbers, axis: int, reduce: np.ufunc, nothing: int) -> Numbers:
        depth = numbers.shape[axis] // self.groups
        starts = np.arange(self.groups) * depth
        return np.asarray(np.repeat(reduce.reduceat(numbers, starts, axis), self.count // self.groups, axis))


@dataclass(frozen=True, slots=True)
class Linked:
    """Each place looks at those that a table (places, places below) links it to."""

    table: Numbers

    def least(self, numbers: Numbers, axis: int, reduce: np.ufunc, nothing: int) -> Numbers:
        seen = [reduce.reduce(numbers.compress(row, axis), axis=axis, keepdims=True) for row in self.table]
        return np.asarray(np.concatenate(seen, axis))


@dataclass(frozen=True, slots=True)
class Paired:
    """Each kernel of a group meets each channel of that group: place f * depth + c looks at one channel alone."""

    count: int
    groups: int

    def least(self, numbers: Numbers, axis: int, reduce: np.ufunc, nothing: int) -> Numbers:
        depth, place = numbers.shape[axis] // self.groups, np.arange(self.count)
        looks = place // (self.count // self.groups) * depth + place % depth
        return np.asarray(numbers.take(looks, axis))


@dataclass(frozen=True, slots=True)
class Extents:
    """The first and the last row and column of the scene's input that each cell (C, H, W) sees.

    An axis of length one says the same of all its places.
    """

    first_rows: Numbers
    last_rows: Numbers
    first_cols: Numbers
    last_cols: Numbers

    @classmethod
    def of_input(cls, H: int, W: int) -> Extents:
        """Each cell of the input sees itself.

        >>> Extents.of_input(5, 7).widest()
        (1, 1)
        """
        rows, cols = np.arange(H, dtype=np.int32)[None, :, None], np.arange(W, dtype=np.int32)[None, None, :]
        return cls(rows, rows, cols, cols)

    def each(self, least: Callable[[Numbers], Numbers], most: Callable[[Numbers], Numbers]) -> Extents:
        """First lines changed by `least`, last ones by `most`."""
        return Extents(least(self.first_rows), most(self.last_rows), least(self.first_cols), most(self.last_cols))

    def widest(self) -> tuple[int, int]:
        """The rows and columns that one cell sees, from the first to the last, at most."""
        rows = int((self.last_rows - self.first_rows).max()) + 1
        cols = int((self.last_cols - self.first_cols).max()) + 1
        return (rows, cols) if rows > 0 and cols > 0 else (0, 0)

    def all_of_it(self) -> Extents:
        """What all cells see together, said of each."""
        return self.each(lambda first: first.min(keepdims=True), lambda last: last.max(keepdims=True))


class Reach(Protocol):
    """How a layer looks at the layer below it."""

    def above(self, below: Extents, shape: Shape) -> Extents:
        """What its own cells see, from what those below see; `shape` is that of the layer below."""


@dataclass(frozen=True, slots=True)
class Through:
    """A layer whose axes look down each by itself; None looks straight down.

    >>> first, second = (Through(rows=Sliding(n, 3), cols=Sliding(n, 3)) for n in (8, 6))
    >>> second.above(first.above(Extents.of_input(10, 10), (1, 10, 10)), (1, 8, 8)).widest()
    (5, 5)
    """

    channels: Line | None = None
    rows: Line | None = None
    cols: Line | None = None

    def above(self, below: Extents, shape: Shape) -> Extents:
        lines = zip((self.rows, self.cols), shape[1:], strict=True)
        if any(line is not None and sees_nothing(line, size) for line, size in lines):
            return below.each(lambda first: np.full((1, 1, 1), NEVER), lambda last: np.full((1, 1, 1), NOTHING))
        return Extents(
            self._along(below.first_rows, 1, shape, np.minimum, NEVER),
            self._along(below.last_rows, 1, shape, np.maximum, NOTHING),
            self._along(below.first_cols, 2, shape, np.minimum, NEVER),
            self._along(below.last_cols, 2, shape, np.maximum, NOTHING),
        )

    def _along(self, numbers: Numbers, own: int, shape: Shape, reduce: np.ufunc, nothing: int) -> Numbers:
        """Along its own axis, and along the other where numbers differ there: a lone row says what every row would."""
        if self.channels is not None and numbers.shape[0] > 1:
            numbers = self.channels.least(numbers, 0, reduce, nothing)
        for axis, line in ((1, self.rows), (2, self.cols)):
            told = axis == own or numbers.shape[axis] > 1
            if line is not None and told and numbers.shape[axis] == shape[axis]:
                numbers = line.least(numbers, axis, reduce, nothing)
        return numbers


def sees_nothing(line: Line, size: int) -> bool:
    """Whether every window lies in the padding, or every place between stamps."""
    return bool((line.least(np.zeros(size, np.int32), 0, np.minimum, NEVER) == NEVER).all())


Move = Callable[[Numbers, np.ufunc, int], Numbers]


@dataclass(frozen=True, slots=True)
class Rearranged:
    """A layer that moves cells; `move` does so with any numbers, and reduces those that meet in one place."""

    output_shape: Shape
    move: Move

    def above(self, below: Extents, shape: Shape) -> Extents:
        if max(prod(shape), prod(self.output_shape)) > MOST_CELLS:
            return below.all_of_it()

        blind = (below.first_rows == NEVER) | (below.first_cols == NEVER)  # in the padding of rows or of columns

        def least(first: Numbers) -> Numbers:
            return self.move(np.broadcast_to(np.where(blind, NEVER, first), shape), np.minimum, NEVER)

        def most(last: Numbers) -> Numbers:
            return self.move(np.broadcast_to(np.where(blind, NOTHING, last), shape), np.maximum, NOTHING)

        return below.each(least, most)


def fields_seen(layers: Iterable[tuple[Reach, Shape]]) -> list[tuple[int, int]]:
    """The rows and columns of the input that one cell of each layer sees at most; layers with the shapes below them."""
    extents, fields, followed = None, list[tuple[int, int]](), 0
    for reach, shape in layers:
        extents = reach.above(extents or Extents.of_input(shape[1], shape[2]), shape)
        fields.append(extents.widest())
        followed += extents.first_rows.size + extents.first_cols.size
        if followed > MOST_CELLS:
            extents = extents.all_of_it()
    return fields
