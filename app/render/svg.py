"""A figure as SVG: strings alone, no font inside, texts in the families of whoever looks."""

from __future__ import annotations

import base64
from collections.abc import Callable, Iterable, Mapping
from functools import lru_cache
from html import escape
from typing import Any

import numpy as np

from app.pictures.png import encode_png
from app.render.shapes import Dot, Frame, Hatch, Line, Picture, Rect, Shape, Words
from app.render.sheet import Sheet, height_of

FACES = {
    "sans": 'class="s"', "bold": 'class="s" font-weight="600"',
    "mono": 'class="m"', "strong": 'class="m" font-weight="700"',
}  # fmt: skip
STYLE = (
    '.s{font-family:system-ui,-apple-system,"Segoe UI","Apple SD Gothic Neo","Malgun Gothic","Noto Sans KR",sans-serif}'
    '.m{font-family:ui-monospace,Menlo,Consolas,"DejaVu Sans Mono","Liberation Mono",monospace}'
    "text{white-space:pre}"
)
HARD = "image-rendering:pixelated"


@lru_cache(16384)
def short(number: float) -> str:
    """
    >>> short(3.0), short(2.346), short(-0.001)
    ('3', '2.3', '0')
    """
    text = f"{number:.1f}".rstrip("0").rstrip(".")
    return "0" if text == "-0" else text


def box(shape: Any) -> str:
    x, y, width, height = short(shape.x), short(shape.y), short(shape.width), short(shape.height)
    return f'x="{x}" y="{y}" width="{width}" height="{height}"'


class Svg:
    """Draws shapes as elements; hatches become patterns, each defined once."""

    def __init__(self) -> None:
        self.patterns: dict[tuple[str, str], str] = {}

    def drawn(self, shapes: Iterable[Shape]) -> str:
        return "".join(WRITERS[type(shape)](self, shape) for shape in shapes)

    def rect(self, shape: Rect) -> str:
        return f'<rect {box(shape)} fill="{shape.fill}"/>'

    def hatch(self, shape: Hatch) -> str:
        name = self.patterns.setdefault((shape.ground, shape.ink), f"h{len(self.patterns)}")
        return f'<rect {box(shape)} fill="url(#{name})"/>'

    def frame(self, shape: Frame) -> str:
        look = ' stroke-dasharray="3 2"' if shape.dashed else ""
        around = f'<rect {box(shape)} fill="none" stroke-linejoin="round" stroke='
        halo = f'{around}"{shape.halo}" stroke-width="{short(shape.stroke + 2)}"/>' if shape.halo else ""
        return f'{halo}{around}"{shape.colour}" stroke-width="{short(shape.stroke)}"{look}/>'

    def line(self, shape: Line) -> str:
        points = " ".join(f"{short(x)},{short(y)}" for x, y in shape.points)
        look = ' stroke-dasharray="4 3"' if shape.dashed else ""
        return (
            f'<polyline points="{points}" fill="none" stroke="{shape.colour}" stroke-linejoin="round"'
            f' stroke-width="{short(shape.stroke)}"{look}/>'
        )

    def dot(self, shape: Dot) -> str:
        place = f'cx="{short(shape.x)}" cy="{short(shape.y)}" r="{short(shape.radius)}"'
        return f'<circle {place} fill="{shape.fill}" stroke="{shape.halo}" stroke-width="2"/>'

    def picture(self, shape: Picture) -> str:
        pixels = shape.pixels
        if pixels.shape[:2] == (1, 1):
            return f'<rect {box(shape)} fill="{hexadecimal(pixels[0, 0].tolist())}"/>'
        if pixels.shape[0] * pixels.shape[1] <= 30:
            return self.few_cells(shape)
        grey = bool((pixels[..., 0] == pixels[..., 1]).all() and (pixels[..., 1] == pixels[..., 2]).all())
        planes = np.ascontiguousarray(pixels[..., :1] if grey else pixels).transpose(2, 0, 1)
        file = base64.b64encode(encode_png(np.ascontiguousarray(planes))).decode()
        look = f' style="{HARD}"' if shape.width >= pixels.shape[1] else ""
        return f'<image {box(shape)} preserveAspectRatio="none"{look} href="data:image/png;base64,{file}"/>'

    def few_cells(self, shape: Picture) -> str:
        rows, columns = shape.pixels.shape[:2]
        wide, tall = shape.width / columns, shape.height / rows
        return "".join(
            f'<path d="M{short(shape.x + column * wide)} {short(shape.y + row * tall)}h{short(wide)}v{short(tall)}'
            f'h-{short(wide)}z" fill="{hexadecimal(colour)}"/>'
            for row, line in enumerate(shape.pixels.tolist())
            for column, colour in enumerate(line)
        )

    def words(self, shape: Words) -> str:
        anchor = "" if shape.anchor == "start" else f' text-anchor="{shape.anchor}"'
        place = f'<text x="{short(shape.x)}" y="{short(shape.y)}" font-size="{short(shape.size)}"'
        head = f"{place} {FACES[shape.face]}{anchor}"
        if len(shape.runs) == 1:
            text, colour = shape.runs[0]
            return f'{head} fill="{colour}">{spoken(text)}</text>'
        inner = "".join(f'<tspan fill="{colour}">{spoken(text)}</tspan>' for text, colour in shape.runs)
        return f"{head}>{inner}</text>"

    def definitions(self) -> str:
        return "".join(
            f'<pattern id="{name}" width="8" height="8" patternUnits="userSpaceOnUse">'
            f'<rect width="8" height="8" fill="{ground}"/>'
            f'<path d="M-2 2l4-4M0 8l8-8M6 10l4-4" stroke="{ink}" stroke-width="1.2"/></pattern>'
            for (ground, ink), name in self.patterns.items()
        )

    def document(self, size: tuple[int, int], width: int, title: str, body: str, style: str = "") -> bytes:
        across, down = size
        height = height_of(size, width)
        text = (
            f'<svg xmlns="http://www.w3.org/2000/svg" width="{width}" height="{height}" viewBox="0 0 {across} {down}"'
            f' role="img"><title>{spoken(title)}</title><style>{STYLE}{style}</style>'
            f"<defs>{self.definitions()}</defs>{body}</svg>\n"
        )
        return text.encode()


@lru_cache(4096)
def spoken(text: str) -> str:
    """Text that any reader of XML takes: letters that XML cannot hold are left out."""
    return escape("".join(letter for letter in text if letter >= " " and letter not in "\ufffe\uffff"), quote=False)


def hexadecimal(colour: Any) -> str:
    return "#{:02x}{:02x}{:02x}".format(*colour)


WRITERS: Mapping[type, Callable[[Svg, Any], str]] = {
    Rect: Svg.rect, Hatch: Svg.hatch, Frame: Svg.frame, Line: Svg.line, Dot: Svg.dot, Picture: Svg.picture,
    Words: Svg.words,
}  # fmt: skip


def still(sheet: Sheet, width: int) -> bytes:
    svg = Svg()
    return svg.document(sheet.size, width, sheet.title, svg.drawn(sheet.shapes))
