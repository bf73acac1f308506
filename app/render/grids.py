"""Rows of grids in the middle of a figure: windows, kernels and products, how large, where, and their shapes."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from typing import Any

import numpy as np

from app.render.digits import lettering_of
from app.render.model import Model
from app.render.planes import RISE, Box, number
from app.render.shapes import Frame, Picture, Rect, Shape, Words
from core.vocabulary import Array

HEAD, GAP, SIGN, NAME = 18, 8, 26, 18
LARGEST, SMALLEST, FLAT = 56, 13, 7


@dataclass(frozen=True, slots=True)
class Part:
    """One grid of each row."""

    part: str  # whose colours and role: window, kernel or products
    rows: int
    columns: int
    sign: str  # before it
    head: str
    scale: str = ""  # whose colours, where they are not those of its role


@dataclass(slots=True)
class Grids:
    """Parts in rows, one a channel, in a box."""

    model: Model
    box: Box
    parts: Sequence[Part]
    names: Sequence[str]
    more: str = ""
    cell: float = field(init=False)
    x: float = field(init=False)
    y: float = field(init=False)

    def __post_init__(self) -> None:
        columns = sum(part.columns for part in self.parts)
        rows, count = max(part.rows for part in self.parts), len(self.names)
        name = NAME if count > 1 else 0
        signs = SIGN * sum(1 for part in self.parts if part.sign)
        wide = (self.box.width - name - signs) / columns
        high = (self.box.height - HEAD - (16 if self.more else 0) - GAP * (count - 1)) / (count * rows)
        cell = min(wide, high, LARGEST)
        self.cell = int(cell) if cell >= 4 else cell
        self.x = self.box.x + (self.box.width - columns * self.cell - signs - name) / 2 + name
        used = HEAD + count * rows * self.cell + GAP * (count - 1) + (16 if self.more else 0)
        self.y = self.box.y + HEAD + (self.box.height - used) / 2

    @property
    def tallest(self) -> float:
        return max(part.rows for part in self.parts) * self.cell

    def corner(self, row: int, place: int) -> tuple[float, float]:
        before = self.parts[:place]
        signs = sum(1 for part in self.parts[: place + 1] if part.sign)
        x = self.x + sum(part.columns for part in before) * self.cell + SIGN * signs
        y = self.y + row * (self.tallest + GAP) + (self.tallest - self.parts[place].rows * self.cell) / 2
        return x, y

    def labels(self) -> Iterator[Shape]:
        """Names and signs, which stay from step to step."""
        roles = self.model.roles
        colours = {"window": roles["input"], "kernel": roles["kernel"], "products": roles["quiet"]}
        single = max(part.columns for part in self.parts) == 1
        for place, part in enumerate(self.parts):
            x, y = self.corner(0, place)
            width = part.columns * self.cell
            size = 10 if single or width < 44 else 12
            yield Words(x + width / 2, self.y - 7, ((part.head, colours[part.part]),), size, "bold", "middle")
            for row in range(len(self.names) if part.sign else 0):
                middle = self.corner(row, place)[1] + part.rows * self.cell / 2
                yield Words(x - SIGN / 2, middle + 6, ((part.sign, roles["text"]),), 17, "sans", "middle")
        if len(self.names) > 1:
            for row, name in enumerate(self.names):
                middle = self.y + row * (self.tallest + GAP) + self.tallest / 2
                yield Words(self.x - NAME, middle + 4, ((name, roles["quiet"]),), 11)
        if self.more:
            y = self.y + len(self.names) * (self.tallest + GAP) + 8
            yield Words(self.x, y, ((self.more, roles["quiet"]),), 12)

    def grid(self, row: int, place: int, values: Any) -> Iterator[Shape]:
        """One grid with its numbers and its frame."""
        model, part, cell = self.model, self.parts[place], self.cell
        roles, scale = model.roles, model.scales[part.scale or part.part]
        array: Array = np.asarray(values, np.float64).reshape(part.rows, part.columns)
        x, y = self.corner(row, place)
        width, height = part.columns * cell, part.rows * cell
        entries = scale.entries(array)
        yield Picture(x, y, width, height, scale.pixels(array, roles["hatch_paper"], entries))
        if cell >= FLAT:
            for line in range(1, part.rows):
                yield Rect(x, y + line * cell - 0.5, width, 1, roles["paper"])
            for line in range(1, part.columns):
                yield Rect(x + line * cell - 0.5, y, 1, height, roles["paper"])
        lettering = lettering_of(cell, model.letters[part.scale or part.part])
        if lettering.size:
            inks = scale.inks(entries)
            for down, line_of in enumerate(array.tolist()):
                for across, value in enumerate(line_of):
                    none = value != value
                    ink = roles["quiet"] if none else inks[down][across]
                    told = None if none else as_whole(value)
                    yield number((x + across * cell, y + down * cell), cell, told, ink, lettering)
        colour = {"window": roles["input"], "kernel": roles["kernel"], "products": roles["quiet"]}[part.part]
        bare = part.part == "products"
        yield Frame(x, y, width, height, colour, 1 if bare else 2.5, dashed=bare)

    def ring(self, row: int, place: int, down: int, across: int) -> Shape:
        x, y = self.corner(row, place)
        roles, cell = self.model.roles, self.cell
        return Frame(
            x + across * cell, y + down * cell, cell, cell, roles["output"], max(2.0, min(4.0, cell / 10)),
            roles["paper"],
        )  # fmt: skip


def as_whole(value: float) -> float:
    return int(value) if value == value and abs(value) < 2**53 and value == int(value) else value


def centred(box: Box, text: str, colour: str, size: float, face: Any = "mono") -> Words:
    """A text in the middle of a box."""
    x, y = box.x + box.width / 2, box.y + box.height / 2 + RISE * size
    return Words(x, y, ((text, colour),), size, face, "middle")
