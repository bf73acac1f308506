"""Whole numbers as fixed-width text by table look-up: a cell is the digits, right-aligned, and the comma after them."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from functools import cache
from typing import Any

import numpy as np
from numpy.typing import NDArray

Whole = NDArray[Any]
Table = NDArray[Any]

NARROW = (-99, 999)  # three characters
MIDDLE = (-32_768, 32_767)  # at most six
WIDE = (-9_999_999, 99_999_999)  # two groups of four
GROUP = 10_000
LEAST_GROUP = -999
SIGNED = GROUP - LEAST_GROUP  # where 0 stands among the signed groups
BLANK = SIGNED + GROUP
MINUS, COMMA = BLANK + 1, BLANK + 2


@dataclass(frozen=True, slots=True)
class Cells:
    """One way to write whole numbers: bytes a cell, how many of them follow the digits, the writer, and no number."""

    width: int
    tail: int
    write: Callable[[Whole, Table], None]
    item: Any
    null: bytes = b""
    items: int = 1

    def room(self, count: int, across: int) -> Table:
        """Where `across` numbers of each of `count` lines can be written."""
        return np.empty((count, across * self.items), self.item)

    def blot(self, empty: Whole, room: Table) -> None:
        """Writes null over the numbers (count, across) of those cells."""
        room.reshape(*empty.shape, self.items)[empty] = np.frombuffer(self.null, self.item)


def cells_for(least: int, most: int, with_null: bool = False) -> Cells | None:
    """The narrowest cells that hold all numbers from `least` to `most`, and null if it is among them."""
    for (low, high), cells in CELLS:
        if low <= least and most <= high and (cells.null or not with_null):
            return cells
    return None


def write_narrow(numbers: Whole, room: Table) -> None:
    narrow_table().take(numbers, out=room, mode="wrap")


def write_middle(numbers: Whole, room: Table) -> None:
    middle_table().take(numbers, out=room, mode="wrap")


def write_wide(numbers: Whole, room: Table) -> None:
    """Head and tail groups of four digits, then a comma; below 10,000 there is no head."""
    groups = np.empty((*numbers.shape, 3), np.int64)
    head, tail = groups[..., 0], groups[..., 1]
    np.floor_divide(numbers, GROUP, out=head)
    np.subtract(numbers, head * GROUP, out=tail)
    if head.min() > 0:
        head += SIGNED
    else:
        write_signed(numbers, head, tail)
    groups[..., 2] = COMMA
    group_table().take(groups.reshape(room.shape), out=room, mode="clip")


def write_signed(numbers: Whole, head: Whole, tail: Whole) -> None:
    """Which groups stand for numbers that may be short or negative; four digits and a sign take both."""
    size = np.abs(numbers, dtype=np.int64)
    digits = size // GROUP
    headed = digits > 0
    below = numbers <= -1000
    head[...] = np.where(headed, SIGNED + np.where(numbers < 0, -digits, digits), np.where(below, MINUS, BLANK))
    tail[...] = np.where(headed | below, size % GROUP, SIGNED + numbers)


@cache
def narrow_table() -> Table:
    return table_of([b"%3d," % number for number in wrapped(NARROW)], np.uint32)


@cache
def middle_table() -> Table:
    return table_of([b"%6d, " % number for number in wrapped(MIDDLE)], np.uint64)


@cache
def group_table() -> Table:
    zeros = [b"%04d" % number for number in range(GROUP)]
    spaces = [b"%4d" % number for number in range(LEAST_GROUP, GROUP)]
    return table_of([*zeros, *spaces, b"    ", b"   -", b",   "], np.uint32)


def wrapped(limits: tuple[int, int]) -> list[int]:
    """0 to the largest, then the negative ones: so that a number is its own index, counted from the end below 0."""
    return [*range(limits[1] + 1), *range(limits[0], 0)]


def table_of(texts: list[bytes], kind: type[np.unsignedinteger[Any]]) -> Table:
    return np.frombuffer(b"".join(texts), kind)


CELLS = (
    (NARROW, Cells(4, 1, write_narrow, np.uint32)),
    (MIDDLE, Cells(8, 2, write_middle, np.uint64, b"  null, ")),
    (WIDE, Cells(12, 4, write_wide, np.uint32, b"    null,   ", 3)),
)
