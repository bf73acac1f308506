"""How far one output cell of a layer sees into the layer below: intervals of rows and of columns."""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass

MOST_PLACES = 64

Interval = tuple[int, int]


@dataclass(frozen=True, slots=True)
class Reach:
    """A window over the layer below, on (rows, columns); `before` is the padding in front."""

    kernel_size: Interval = (1, 1)
    stride: Interval = (1, 1)
    before: Interval = (0, 0)

    def seen(self, axis: int, first: int, last: int) -> Interval | None:
        """The first and the last cell below that the cells first to last see; None when they see none."""
        start = first * self.stride[axis] - self.before[axis]
        return start, start + (last - first) * self.stride[axis] + self.kernel_size[axis] - 1

    def period(self, axis: int) -> int:
        """After how many cells the pattern repeats."""
        return 1


@dataclass(frozen=True, slots=True)
class Stamped(Reach):
    """The cells below whose stamps reach a cell: the transpose of a window."""

    dilation: Interval = (1, 1)

    def seen(self, axis: int, first: int, last: int) -> Interval | None:
        stride, holes, before = self.stride[axis], self.dilation[axis], self.before[axis]
        starts = [
            place + before - tap * holes for place in range(first, last + 1) for tap in range(self.kernel_size[axis])
        ]
        stampers = [start // stride for start in starts if start % stride == 0]
        return (min(stampers), max(stampers)) if stampers else None

    def period(self, axis: int) -> int:
        return self.stride[axis]


@dataclass(frozen=True, slots=True)
class Shared(Reach):
    """Windows that share `size` cells out among `count`, as adaptive pooling does."""

    size: Interval = (1, 1)
    count: Interval = (1, 1)

    def seen(self, axis: int, first: int, last: int) -> Interval | None:
        size, count = self.size[axis], self.count[axis]
        return first * size // count, -(-(last + 1) * size // count) - 1

    def period(self, axis: int) -> int:
        return self.count[axis] // math.gcd(self.size[axis], self.count[axis])


def receptive_field(reaches: Sequence[Reach | None], axis: int, side: int) -> int:
    """How many cells of the input one cell of the last layer sees along one side, at most.

    A layer without a reach sees everything: `side`. Borders do not count.

    >>> receptive_field([Reach((3, 3), (2, 2)), Reach((3, 3))], 0, 99)
    7
    >>> receptive_field([Stamped((2, 2), (2, 2)), Reach((3, 3))], 0, 99)
    2
    """
    through = [reach for reach in reaches if reach is not None]
    if len(through) < len(reaches):
        return side
    places = min(MOST_PLACES, math.prod(reach.period(axis) for reach in through))
    return max(width(through, axis, place) for place in range(places))


def width(reaches: Sequence[Reach], axis: int, place: int) -> int:
    """How many cells of the input the cell at `place` of the last layer sees."""
    seen: Interval | None = (place, place)
    for reach in reversed(reaches):
        if seen is not None:
            seen = reach.seen(axis, *seen)
    return seen[1] - seen[0] + 1 if seen else 0
