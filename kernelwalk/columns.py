"""Texts in columns, as a terminal shows them: letters of double width count as two."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from unicodedata import east_asian_width


def joined(lines: Iterable[Iterable[str]], right: int | None = None) -> Iterator[str]:
    """Columns that stand below each other, numbers from column `right` on."""
    table = [list(line) for line in lines]
    widths = [max(map(width, column)) for column in zip(*table, strict=True)]
    for line in table:
        cells = []
        for place, (cell, room) in enumerate(zip(line, widths, strict=True)):
            space = " " * (room - width(cell))
            cells.append(space + cell if right is not None and place >= right else cell + space)
        yield "  ".join(cells).rstrip()


def width(text: str) -> int:
    return sum(2 if east_asian_width(letter) in "WF" else 1 for letter in text)
