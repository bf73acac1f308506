"""A pane of planes: the cells of an array as pictures beside each other, their numbers, and where cells lie."""

from __future__ import annotations

import math
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

import numpy as np
from PIL import Image

from app.render.digits import NONE, Lettering, fitting, lettering_of
from app.render.look import Roles, Scale
from app.render.shapes import Frame, Hatch, Picture, Pixels, Rect, Shape, Words
from core.vocabulary import Array

GAP, NAME = 14, 16
LARGEST_CELL, NUMBER_FROM, LINES_FROM = 40, 19, 9
MOST_TILES = 3
NAMED_FROM = 52  # a narrower plane has its number alone above it
FINEST = 2  # pixels of a picture for each unit of the figure: more are not seen
RISE = 0.35  # of letters, from their middle to their baseline

Border = tuple[tuple[int, int], tuple[int, int]]
NO_BORDER: Border = ((0, 0), (0, 0))


@dataclass(frozen=True, slots=True)
class Box:
    x: float
    y: float
    width: float
    height: float


class Planes:
    """How so many planes of one shape lie in a box."""

    def __init__(self, box: Box, shape: Sequence[int], count: int, border: Border, letters: list[int]) -> None:
        (self.top, bottom), (self.left, right) = border
        self.rows, self.columns = shape[1], shape[2]
        self.tall, self.wide = self.rows + self.top + bottom, self.columns + self.left + right
        self.count = count
        named = NAME if count > 1 else 0
        across = (box.width - GAP * (count - 1)) / count / self.wide
        cell = min(across, (box.height - named) / self.tall, LARGEST_CELL)
        self.cell = math.floor(cell) if cell >= 4 else cell
        self.box = box
        width = count * self.wide * self.cell + (count - 1) * GAP
        self.x, self.y = box.x + (box.width - width) / 2, box.y + named
        self.y += (box.height - named - self.tall * self.cell) / 2
        self.lettering: Lettering = lettering_of(self.cell, letters) if self.cell >= NUMBER_FROM else NONE

    def corner(self, place: int) -> tuple[float, float]:
        return self.x + place * (self.wide * self.cell + GAP), self.y

    def block(self, place: int, rows: Sequence[int], columns: Sequence[int]) -> Box:
        """The box round these rows and columns of the plane at a place."""
        x, y = self.corner(place)
        return Box(
            x + (min(columns) + self.left) * self.cell,
            y + (min(rows) + self.top) * self.cell,
            (max(columns) - min(columns) + 1) * self.cell,
            (max(rows) - min(rows) + 1) * self.cell,
        )

    def ground(self, place: int, roles: Roles, name: str) -> Iterator[Shape]:
        x, y = self.corner(place)
        width, height = self.wide * self.cell, self.tall * self.cell
        if self.tall > self.rows or self.wide > self.columns:
            yield Hatch(x, y, width, height, roles["hatch_paper"], roles["hatch"])
        if self.count > 1:
            short = name.split()[-1] if width < NAMED_FROM else name
            yield Words(x, y - 5, ((short, roles["quiet"]),), 11)

    def edge(self, place: int, roles: Roles) -> Iterator[Shape]:
        """The line round a plane, and the lines between its cells."""
        x, y = self.corner(place)
        width, height = self.wide * self.cell, self.tall * self.cell
        if self.cell >= LINES_FROM:
            for row in range(1, self.tall):
                yield Rect(x, y + row * self.cell - 0.5, width, 1, roles["line"])
            for column in range(1, self.wide):
                yield Rect(x + column * self.cell - 0.5, y, 1, height, roles["line"])
        yield Frame(x - 0.5, y - 0.5, width + 1, height + 1, roles["line"], 1)

    def picture(self, place: int, pixels: Pixels) -> Picture:
        x, y = self.corner(place)
        width, height = self.columns * self.cell, self.rows * self.cell
        return Picture(
            x + self.left * self.cell, y + self.top * self.cell, width, height, seen(pixels, width, height)
        )  # fmt: skip

    def numbers(self, place: int, values: Array, scale: Scale) -> Iterator[Shape]:
        if not self.lettering.size:
            return
        x, y = self.corner(place)
        inks = scale.inks(scale.entries(values))
        for row, line in enumerate(values.tolist()):
            for column, value in enumerate(line):
                box = (x + (column + self.left) * self.cell, y + (row + self.top) * self.cell)
                yield number(box, self.cell, value, inks[row][column], self.lettering)

    def unwritten(self, place: int, count: int, roles: Roles) -> Iterator[Shape]:
        """Over the cells that are not there yet: all but the first so many."""
        x, y = self.corner(place)
        row, column = divmod(count, self.columns)
        look = (roles["pending"], roles["hatch_paper"])
        if column and row < self.rows:
            rest = (self.columns - column) * self.cell
            yield Hatch(x + column * self.cell, y + row * self.cell, rest, self.cell, *look)
            row += 1
        if row < self.rows:
            yield Hatch(x, y + row * self.cell, self.columns * self.cell, (self.rows - row) * self.cell, *look)


def number(corner: tuple[float, float], cell: float, value: float | None, ink: str, lettering: Lettering) -> Words:
    """A number in the middle of its cell."""
    text, size = fitting(value, cell, lettering)
    return Words(corner[0] + cell / 2, corner[1] + cell / 2 + RISE * size, ((text, ink),), size, "mono", "middle")


def seen(pixels: Pixels, width: float, height: float) -> Pixels:
    """No more pixels than can be seen: larger pictures are averaged."""
    most = (max(1, math.ceil(FINEST * width)), max(1, math.ceil(FINEST * height)))
    if pixels.shape[1] <= most[0] and pixels.shape[0] <= most[1]:
        return pixels
    smaller = Image.fromarray(pixels).resize(
        (min(most[0], pixels.shape[1]), min(most[1], pixels.shape[0])), Image.Resampling.BOX
    )
    return np.asarray(smaller)


def thinned(values: Array, width: float, height: float) -> Array:
    """Every so many rows and columns of an array far larger than its picture, so that colours are found for few."""
    down, across = (
        max(1, int(size // (2 * FINEST * max(1, side))))
        for size, side in ((values.shape[-2], height), (values.shape[-1], width))
    )
    return values[..., ::down, ::across]
