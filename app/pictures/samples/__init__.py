"""Samples: pictures that are there without an upload, photographs from files and figures drawn here."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from functools import cache, partial
from io import BytesIO
from pathlib import Path

import numpy as np
import numpy.typing as npt
from PIL import Image

from app.pictures.png import channels_first
from app.pictures.resize import Pixels
from app.pictures.samples.digits import DIGITS, ROWS, digit, sheet
from app.pictures.samples.strokes import fish
from core.texts import Text

FOLDER = Path(__file__).parent
SIDE = 64
WHITE = 255
PUBLIC, OURS, SHARED = "CC0", "MIT", "CC BY-SA 3.0"

LETTER = """
.......#........
......###.......
......###.......
.....##.##......
.....##.##......
....##...##.....
....##...##.....
...#########....
...#########....
..##.......##...
..##.......##...
.##.........##..
.##.........##..
"""


@dataclass(frozen=True, slots=True)
class Sample:
    """One row of the table; `draw` makes the picture, (C, H, W) uint8."""

    id: str
    title: Text
    credit: str
    licence: str
    draw: Callable[[], Pixels]
    sheet: str | None = None  # the sample that shows it among others


def photograph(file: str) -> Pixels:
    """The pixels as the file holds them."""
    with Image.open(BytesIO((FOLDER / file).read_bytes()), formats=["PNG", "JPEG"]) as image:
        return channels_first(np.asarray(image))


def checkerboard() -> Pixels:
    """Squares of 8, black first."""
    rows, cols = places()
    return drawn((rows // 8 + cols // 8) % 2 == 1)


def gradient() -> Pixels:
    """Black at the left, white at the right: floor(255 col / 63)."""
    _, cols = places()
    return (cols * WHITE // (SIDE - 1)).astype(np.uint8)[None]


def circle() -> Pixels:
    """A disc of radius 24 around the middle, between the four middle cells."""
    rows, cols = places()
    return drawn((2 * rows - 63) ** 2 + (2 * cols - 63) ** 2 <= 48**2)


def cross() -> Pixels:
    """A horizontal and a vertical line, two cells wide, through the middle."""
    rows, cols = places()
    return drawn((rows == 31) | (rows == 32) | (cols == 31) | (cols == 32))


def diagonals() -> Pixels:
    """Both diagonals, three cells wide along a row."""
    rows, cols = places()
    return drawn((abs(rows - cols) <= 1) | (abs(rows + cols - 63) <= 1))


def lines() -> Pixels:
    """Cross and diagonals together: a line of every direction that a 3x3 kernel knows."""
    return np.maximum(cross(), diagonals())


def edge() -> Pixels:
    """Black on the left half, white on the right."""
    _, cols = places()
    return drawn(cols >= SIDE // 2)


def impulse() -> Pixels:
    """One white cell in the middle of 15 x 15: filtering it draws the kernel itself."""
    return np.pad(np.full((1, 1, 1), WHITE, np.uint8), ((0, 0), (7, 7), (7, 7)))


def letter() -> Pixels:
    """The letter A, each sign of its drawing 4 x 4 cells, on 64 x 64."""
    signs = np.array([[sign == "#" for sign in line] for line in LETTER.split()])
    return np.pad(drawn(signs.repeat(4, 0).repeat(4, 1)), ((0, 0), (6, 6), (0, 0)))


def places() -> tuple[npt.NDArray[np.int64], npt.NDArray[np.int64]]:
    """Row and column of every cell of a drawing."""
    rows, cols = np.indices((SIDE, SIDE))
    return rows, cols


def drawn(white: npt.NDArray[np.bool_]) -> Pixels:
    """White where it says so, black elsewhere: (H, W) -> (1, H, W)."""
    return np.where(white, np.uint8(WHITE), np.uint8(0))[None]


def digits() -> Iterator[Sample]:
    """The sheet of handwritten digits, and each of them: digit-0 ... digit-9, digit-0-b ..."""
    yield Sample("digits", Text("Handwritten digits"), WRITERS, SHARED, sheet)
    for row, letter in enumerate(ROWS):
        for number in range(DIGITS):
            title = Text("Handwritten {digit}, no. {number}", digit=number, number=row + 1)
            yield Sample(f"digit-{number}{letter}", title if row else Text("Handwritten {digit}", digit=number),
                         WRITERS, SHARED, partial(digit, number, row), "digits")  # fmt: skip


OURSELVES = "Kernelwalk"
WRITERS = "Y. LeCun, C. Cortes, C. Burges"

TABLE: tuple[Sample, ...] = (
    Sample("cat", Text("Cat"), "Stefan van der Walt", PUBLIC, partial(photograph, "cat.png")),
    Sample("camera", Text("Photographer"), "Lav Varshney", PUBLIC, partial(photograph, "camera.png")),
    Sample("coffee", Text("Coffee"), "Rachel Michetti", PUBLIC, partial(photograph, "coffee.png")),
    Sample("brick", Text("Brick wall"), "CC0Textures", PUBLIC, partial(photograph, "brick.png")),
    Sample("rocket", Text("Rocket"), "SpaceX", "public domain", partial(photograph, "rocket.jpg")),
    Sample("checkerboard", Text("Checkerboard"), OURSELVES, OURS, checkerboard),
    Sample("gradient", Text("Gradient"), OURSELVES, OURS, gradient),
    Sample("circle", Text("Circle"), OURSELVES, OURS, circle),
    Sample("cross", Text("Cross"), OURSELVES, OURS, cross),
    Sample("diagonals", Text("Diagonals"), OURSELVES, OURS, diagonals),
    Sample("lines", Text("Lines"), OURSELVES, OURS, lines),
    Sample("edge", Text("Edge"), OURSELVES, OURS, edge),
    Sample("impulse", Text("Single dot"), OURSELVES, OURS, impulse),
    Sample("fish", Text("Fish"), OURSELVES, OURS, fish),
    Sample("letter", Text("Letter A"), OURSELVES, OURS, letter),
    *digits(),
)

SAMPLES: dict[str, Sample] = {sample.id: sample for sample in TABLE}


@cache
def sample_pixels(name: str) -> Pixels:
    """The picture of a sample, drawn or read once, read-only; KeyError for a name that is not in the table."""
    pixels = SAMPLES[name].draw()
    pixels.setflags(write=False)
    return pixels


def catalogue() -> list[dict[str, object]]:
    """The table as /api/samples gives it."""
    return [
        {"id": sample.id, "title": sample.title, "credit": sample.credit, "licence": sample.licence,
         "channels": channels, "height": height, "width": width, "sheet": sample.sheet}
        for sample in TABLE
        for channels, height, width in [sample_pixels(sample.id).shape]
    ]  # fmt: skip
