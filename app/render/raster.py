"""A figure as pixels: Pillow draws the shapes, lettered with the fonts in fonts/, whatever fonts the machine has."""

from __future__ import annotations

import math
from collections.abc import Callable, Iterable, Mapping
from functools import cache, lru_cache
from io import BytesIO
from itertools import pairwise
from typing import Any, NamedTuple

from PIL import Image, ImageDraw, ImageFont

from app.render.look import triple
from app.render.shapes import Dot, Face, Frame, Hatch, Line, Picture, Rect, Shape, Words
from app.render.sheet import Sheet, height_of
from app.render.truetype import FONTS, KOREAN

BOLDER = 0.03  # of its size, where Korean is to be bold
HATCH_EVERY = 6
SUPER = 4  # round things are drawn so many times larger, then shrunk: their edges are smooth


@cache
def font(name: str, size: float) -> ImageFont.FreeTypeFont:
    return ImageFont.truetype(FONTS / f"{name}.ttf", size, layout_engine=ImageFont.Layout.BASIC)


class Canvas:
    """So many pixels for each unit of the figure; letters in so many shades of their ink."""

    def __init__(self, size: tuple[int, int], width: int, levels: int = 256) -> None:
        self.levels = levels
        self.scale = width / size[0]
        self.image = Image.new("RGB", (width, height_of(size, width)))
        self.pencil = ImageDraw.Draw(self.image)

    def copy(self) -> Canvas:
        made = object.__new__(Canvas)
        made.scale, made.levels, made.image = self.scale, self.levels, self.image.copy()
        made.pencil = ImageDraw.Draw(made.image)
        return made

    def draw(self, shapes: Iterable[Shape]) -> None:
        for shape in shapes:
            PAINTERS[type(shape)](self, shape)

    def at(self, value: float) -> int:
        return math.floor(value * self.scale + 0.5)

    def box(self, shape: Any) -> tuple[int, int, int, int]:
        """First and last pixels, inclusive."""
        left, top = self.at(shape.x), self.at(shape.y)
        right = max(left, self.at(shape.x + shape.width) - 1)
        return left, top, right, max(top, self.at(shape.y + shape.height) - 1)

    def rect(self, shape: Rect) -> None:
        self.pencil.rectangle(self.box(shape), fill=shape.fill)

    def hatch(self, shape: Hatch) -> None:
        left, top, right, bottom = self.box(shape)
        size = (right - left + 1, bottom - top + 1)
        every = max(4, self.at(HATCH_EVERY))
        tile = hatched(shape.ground, shape.ink, every, max(1, self.at(1)), *self.image.size)
        self.image.paste(tile.crop((left, top, left + size[0], top + size[1])), (left, top))

    def frame(self, shape: Frame) -> None:
        if shape.halo:
            self.outline(shape, shape.stroke + 2, shape.halo)
        if shape.dashed:
            self.dashes(shape)
        else:
            self.outline(shape, shape.stroke, shape.colour)

    def outline(self, shape: Frame, stroke: float, colour: str) -> None:
        half = stroke / 2
        wide = max(1, self.at(stroke))
        left, top = self.at(shape.x - half), self.at(shape.y - half)
        right = max(left + 2 * wide, self.at(shape.x + shape.width + half)) - 1
        bottom = max(top + 2 * wide, self.at(shape.y + shape.height + half)) - 1
        self.pencil.rectangle((left, top, right, bottom), outline=colour, width=wide)

    def dashes(self, shape: Frame) -> None:
        left, top, right, bottom = self.box(shape)
        stencil = dashed_frame(right - left, bottom - top, max(1, self.at(shape.stroke)), self.scale)
        self.pencil.bitmap((left, top), stencil, shape.colour)

    def dashed(self, start: Any, end: Any, colour: str, stroke: int) -> None:
        for points in dashes_of(start, end, 4 * self.scale, 3 * self.scale):
            self.pencil.line(points, fill=colour, width=stroke)

    def line(self, shape: Line) -> None:
        points = [(self.at(x), self.at(y)) for x, y in shape.points]
        wide = max(1, self.at(shape.stroke))
        if shape.dashed:
            for start, end in pairwise(points):
                self.dashed(start, end, shape.colour, wide)
        elif len(points) == 2 and (points[0][0] == points[1][0] or points[0][1] == points[1][1]):
            self.pencil.line(points, fill=shape.colour, width=wide)
        else:
            self.smooth(shape, points)

    def smooth(self, shape: Line, points: list[tuple[int, int]]) -> None:
        """A slanting line with smooth edges."""
        edge = self.at(shape.stroke) + 2
        left, top = min(x for x, _ in points) - edge, min(y for _, y in points) - edge
        size = (max(x for x, _ in points) + edge - left, max(y for _, y in points) + edge - top)
        stencil = Image.new("L", (size[0] * SUPER, size[1] * SUPER))
        pencil = ImageDraw.Draw(stencil)
        inner = [((x * self.scale - left) * SUPER, (y * self.scale - top) * SUPER) for x, y in shape.points]
        pencil.line(inner, fill=255, width=round(shape.stroke * self.scale * SUPER), joint="curve")
        self.image.paste(shape.colour, (left, top, left + size[0], top + size[1]), stencil.reduce(SUPER))

    def dot(self, shape: Dot) -> None:
        for radius, colour in ((shape.radius + 1, shape.halo), (shape.radius - 1, shape.fill)):
            side = math.ceil(2 * radius * self.scale) + 2
            left, top = (math.floor(place * self.scale - side / 2) for place in (shape.x, shape.y))
            stencil = Image.new("L", (side * SUPER, side * SUPER))
            x, y = ((place * self.scale - edge) * SUPER for place, edge in ((shape.x, left), (shape.y, top)))
            reach = radius * self.scale * SUPER
            ImageDraw.Draw(stencil).ellipse((x - reach, y - reach, x + reach, y + reach), fill=255)
            self.image.paste(colour, (left, top, left + side, top + side), stencil.reduce(SUPER))

    def picture(self, shape: Picture) -> None:
        left, top, right, bottom = self.box(shape)
        size = (right - left + 1, bottom - top + 1)
        rows, columns = shape.pixels.shape[:2]
        smaller = size[0] < columns or size[1] < rows
        how = Image.Resampling.BOX if smaller else Image.Resampling.NEAREST
        self.image.paste(Image.fromarray(shape.pixels).resize(size, how), (left, top))

    def words(self, shape: Words) -> None:
        size = round(shape.size * self.scale * 4) / 4
        pieces = [
            (stencil_of(part, shape.face, size, self.levels), colour)
            for text, colour in shape.runs
            for part in KOREAN.split(text)
            if part
        ]
        x, y = shape.x * self.scale, self.at(shape.y)
        if shape.anchor != "start":
            width = sum(stencil.width for stencil, _ in pieces)
            x -= width / 2 if shape.anchor == "middle" else width
        for stencil, colour in pieces:
            place = (math.floor(x + 0.5) + stencil.left, y + stencil.top)
            self.pencil.draw.draw_bitmap(place, stencil.ink.im, ink_of(colour))
            x += stencil.width


class Stencil(NamedTuple):
    """A text as it is laid on paper: how dark each pixel, where from the beginning of its baseline, how far it goes."""

    ink: Image.Image
    left: int
    top: int
    width: float


@cache
def ink_of(colour: str) -> int:
    """A colour as Pillow's pencils have it."""
    ink: int = ImageDraw.Draw(Image.new("RGB", (1, 1))).draw.draw_ink(triple(colour))
    return ink


@lru_cache(8192)
def stencil_of(text: str, face: Face, size: float, levels: int) -> Stencil:
    """Numbers come again and again: each is drawn once."""
    korean = KOREAN.match(text) is not None
    letters = font("korean" if korean else face, size)
    thick = BOLDER * size if korean and face in ("bold", "strong") else 0
    inked, (left, top) = letters.getmask2(text, "L", stroke_width=thick, anchor="ls")
    ink = Image.new("L", (max(1, inked.size[0]), max(1, inked.size[1])))
    if inked.size[0] and inked.size[1]:
        ink.im.paste(inked, (0, 0, *inked.size))
    if levels < 256:
        ink = ink.point(shades(levels))
    return Stencil(ink, left, top, letters.getlength(text))


@cache
def shades(levels: int) -> list[int]:
    most = levels - 1
    return [(value * most + 127) // 255 * 255 // most for value in range(256)]


@lru_cache(1024)
def dashes_of(start: Any, end: Any, on: float, off: float) -> list[list[tuple[int, int]]]:
    length, place, made = math.dist(start, end), 0.0, []
    while place < length:
        shares = [along / length for along in (place, min(length, place + on))]
        made.append([(round(start[0] + share * (end[0] - start[0])), round(start[1] + share * (end[1] - start[1])))
                     for share in shares])  # fmt: skip
        place += on + off
    return made


@lru_cache(64)
def dashed_frame(across: int, down: int, stroke: int, scale: float) -> Image.Image:
    stencil = Image.new("L", (across + 1, down + 1))
    pencil = ImageDraw.Draw(stencil)
    for start, end in pairwise(((0, 0), (across, 0), (across, down), (0, down), (0, 0))):
        for points in dashes_of(start, end, 3 * scale, 2 * scale):
            pencil.line(points, fill=255, width=stroke)
    return stencil


@cache
def hatched(ground: str, ink: str, every: int, stroke: int, width: int, height: int) -> Image.Image:
    """A whole sheet of slanting lines, from which each hatch is cut: neighbours fit together."""
    paper, line = triple(ground), triple(ink)
    mixed = tuple((2 * one + other) // 3 for one, other in zip(paper, line, strict=True))
    side = [line if place < stroke else mixed if place == stroke else paper for place in range(every)]
    tile = Image.new("RGB", (every, every))
    tile.putdata([side[(x + y) % every] for y in range(every) for x in range(every)])
    sheet = Image.new("RGB", (width, height))
    for x in range(0, width, every):
        sheet.paste(tile, (x, 0))
    row = sheet.crop((0, 0, width, every))
    for y in range(0, height, every):
        sheet.paste(row, (0, y))
    return sheet


PAINTERS: Mapping[type, Callable[[Canvas, Any], None]] = {
    Rect: Canvas.rect, Hatch: Canvas.hatch, Frame: Canvas.frame, Line: Canvas.line, Dot: Canvas.dot,
    Picture: Canvas.picture, Words: Canvas.words,
}  # fmt: skip


def still(sheet: Sheet, width: int) -> bytes:
    """As PNG."""
    canvas = Canvas(sheet.size, width)
    canvas.draw(sheet.shapes)
    file = BytesIO()
    canvas.image.save(file, "PNG", compress_level=3)
    return file.getvalue()
