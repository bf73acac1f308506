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
SIGNED = GROUP + 999  # where 0 stands among the signed groups
BLANK, MINUS = GROUP + 10_999, GROUP + 11_000


@dataclass(frozen=True, slots=True)
class Cells:
    """One way to write whole numbers: bytes a cell, how many of them follow the digits, and the writer."""

    width: int
    tail: int
    write: Callable[[Whole], NDArray[np.uint8]]


def cells_for(least: int, most: int) -> Cells | None:
    """The narrowest cells that hold all numbers from `least` to `most`."""
    for (low, high), cells in CELLS:
        if low <= least and most <= high:
            return cells
    return None


def write_narrow(numbers: Whole) -> NDArray[np.uint8]:
    return looked_up(narrow_table(), numbers, NARROW[0])


def write_middle(numbers: Whole) -> NDArray[np.uint8]:
    return looked_up(middle_table(), numbers, MIDDLE[0])


def looked_up(table: Table, numbers: Whole, least: int) -> NDArray[np.uint8]:
    """(n, k) -> (n, k * cell width) bytes"""
    places = np.subtract(numbers, least, dtype=np.int64)
    return table.take(places, mode="clip").view(np.uint8)


def write_wide(numbers: Whole) -> NDArray[np.uint8]:
    """Head and tail groups of four digits, then a comma; below 10,000 there is no head."""
    groups = np.empty((*numbers.shape, 3), np.int64)
    head, tail = groups[..., 0], groups[..., 1]
    np.floor_divide(numbers, GROUP, out=head)
    np.subtract(numbers, head * GROUP, out=tail)
    if head.min() > 0:
        head += SIGNED
    else:
        write_signed(numbers, head, tail)
    written = group_table().take(groups, mode="clip")
    written[..., 2] = COMMA
    return written.reshape(len(numbers), -1).view(np.uint8)


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
    return table_of([b"%3d," % number for number in span(NARROW)], np.uint32)


@cache
def middle_table() -> Table:
    return table_of([b"%6d, " % number for number in span(MIDDLE)], np.uint64)


@cache
def group_table() -> Table:
    zeros = [b"%04d" % number for number in range(GROUP)]
    spaces = [b"%4d" % number for number in range(-999, GROUP)]
    return table_of([*zeros, *spaces, b"    ", b"   -"], np.uint32)


def span(limits: tuple[int, int]) -> range:
    return range(limits[0], limits[1] + 1)


def table_of(texts: list[bytes], kind: type[np.unsignedinteger[Any]]) -> Table:
    return np.frombuffer(b"".join(texts), kind)


COMMA = np.frombuffer(b",   ", np.uint32)[0]
CELLS = (
    (NARROW, Cells(4, 1, write_narrow)),
    (MIDDLE, Cells(8, 2, write_middle)),
    (WIDE, Cells(12, 4, write_wide)),
)
