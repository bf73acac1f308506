"""A figure as PDF: lines and letters, no pixels but a picture's own; its text can be chosen, searched and copied."""

from __future__ import annotations

import zlib
from collections.abc import Callable, Iterable, Mapping
from typing import Any

import numpy as np

from app.render.look import triple
from app.render.raster import BOLDER
from app.render.shapes import Dot, Frame, Hatch, Line, Picture, Pixels, Rect, Shape, Words
from app.render.sheet import Sheet
from app.render.truetype import KOREAN, TrueType, truetype

POINTS = 0.75  # for each pixel of the width
FEW = 64  # a picture of so few cells is rectangles
FINE = 512  # pixels across that a small picture is repeated to: readers smooth what is coarse
HATCH_EVERY, HATCH_STROKE = 8, 1.2
ROUND = 0.5523  # how far a quarter of a circle is drawn out


def short(number: float) -> str:
    """
    >>> short(3.0), short(2.3456), short(-0.001)
    ('3', '2.35', '0')
    """
    text = f"{number:.2f}".rstrip("0").rstrip(".")
    return "0" if text == "-0" else text


def said(*numbers: float) -> str:
    return " ".join(map(short, numbers))


def ink(colour: str, sign: str = "rg") -> str:
    return f"{' '.join(f'{band / 255:.3f}'.rstrip('0').rstrip('.') for band in triple(colour))} {sign}"


class Page:
    """Draws shapes as operators, with the letters and pictures they need."""

    def __init__(self) -> None:
        self.fonts: dict[str, dict[int, str]] = {}
        self.pictures: list[Pixels] = []

    def drawn(self, shapes: Iterable[Shape]) -> str:
        return "\n".join(WRITERS[type(shape)](self, shape) for shape in shapes)

    def rect(self, shape: Rect) -> str:
        return f"{ink(shape.fill)} {self.box(shape)} f"

    def box(self, shape: Any) -> str:
        return f"{said(shape.x, shape.y, shape.width, shape.height)} re"

    def hatch(self, shape: Hatch) -> str:
        ground = f"{ink(shape.ground)} {self.box(shape)} f"
        right, foot = shape.x + shape.width, shape.y + shape.height
        first = int((shape.x + shape.y) // HATCH_EVERY) * HATCH_EVERY
        lines = " ".join(
            f"{said(shape.x, place - shape.x)} m {said(place - shape.y, shape.y)} l"
            for place in range(first, int(right + foot) + HATCH_EVERY, HATCH_EVERY)
        )
        return f"{ground} q {self.box(shape)} W n {ink(shape.ink, 'RG')} {HATCH_STROKE} w {lines} S Q"

    def frame(self, shape: Frame) -> str:
        look = "[3 2] 0 d " if shape.dashed else ""
        halo = f"{ink(shape.halo, 'RG')} {short(shape.stroke + 2)} w {self.box(shape)} S " if shape.halo else ""
        return f"q 1 j {halo}{look}{ink(shape.colour, 'RG')} {short(shape.stroke)} w {self.box(shape)} S Q"

    def line(self, shape: Line) -> str:
        look = "[4 3] 0 d " if shape.dashed else ""
        path = " ".join(f"{said(*point)} {'l' if place else 'm'}" for place, point in enumerate(shape.points))
        return f"q 1 j {look}{ink(shape.colour, 'RG')} {short(shape.stroke)} w {path} S Q"

    def dot(self, shape: Dot) -> str:
        x, y, reach, out = shape.x, shape.y, shape.radius, shape.radius * ROUND
        path = (
            f"{said(x + reach, y)} m {said(x + reach, y + out, x + out, y + reach, x, y + reach)} c "
            f"{said(x - out, y + reach, x - reach, y + out, x - reach, y)} c "
            f"{said(x - reach, y - out, x - out, y - reach, x, y - reach)} c "
            f"{said(x + out, y - reach, x + reach, y - out, x + reach, y)} c"
        )
        return f"{ink(shape.fill)} {ink(shape.halo, 'RG')} 2 w {path} b"

    def picture(self, shape: Picture) -> str:
        rows, columns = shape.pixels.shape[:2]
        if rows * columns <= FEW:
            wide, tall = shape.width / columns, shape.height / rows
            return " ".join(
                f"{ink('#{:02x}{:02x}{:02x}'.format(*colour))} "
                f"{said(shape.x + column * wide, shape.y + row * tall, wide, tall)} re f"
                for row, line in enumerate(shape.pixels.tolist())
                for column, colour in enumerate(line)
            )
        self.pictures.append(shape.pixels)
        place = said(shape.width, 0, 0, -shape.height, shape.x, shape.y + shape.height)
        return f"q {place} cm /P{len(self.pictures) - 1} Do Q"

    def words(self, shape: Words) -> str:
        pieces = [
            (part, "korean" if KOREAN.match(part) else shape.face, colour)
            for text, colour in shape.runs
            for part in KOREAN.split(text)
            if part
        ]
        widths = [truetype(name).width(part) * shape.size for part, name, _ in pieces]
        share = {"start": 0.0, "middle": 0.5, "end": 1.0}[shape.anchor]
        x, made = shape.x - share * sum(widths), []
        for (part, name, colour), width in zip(pieces, widths, strict=True):
            thick = name == "korean" and shape.face in ("bold", "strong")
            look = f"{ink(colour, 'RG')} {short(BOLDER * shape.size)} w 2 Tr" if thick else "0 Tr"
            place = f"1 0 0 -1 {said(x, shape.y)} Tm"
            made.append(f"/{name} {short(shape.size)} Tf {ink(colour)} {look} {place} <{self.told(name, part)}> Tj")
            x += width
        return f"BT {' '.join(made)} ET"

    def told(self, name: str, text: str) -> str:
        """The glyphs of a text; which letters they are is remembered."""
        used, font = self.fonts.setdefault(name, {}), truetype(name)
        glyphs = [font.glyph(letter) for letter in text]
        used.update(zip(glyphs, text, strict=True))
        return "".join(f"{glyph:04x}" for glyph in glyphs)


WRITERS: Mapping[type, Callable[[Page, Any], str]] = {
    Rect: Page.rect, Hatch: Page.hatch, Frame: Page.frame, Line: Page.line, Dot: Page.dot, Picture: Page.picture,
    Words: Page.words,
}  # fmt: skip


def still(sheet: Sheet, width: int) -> bytes:
    """One page, as large as the figure."""
    page, (across, down) = Page(), sheet.size
    scale = width / across * POINTS
    content = f"{scale:.5f} 0 0 {-scale:.5f} 0 {short(down * scale)} cm\n{page.drawn(sheet.shapes)}"
    objects: list[bytes] = [b"<</Type/Catalog/Pages 2 0 R/ViewerPreferences<</DisplayDocTitle true>>>>"]
    objects.append(b"<</Type/Pages/Kids[3 0 R]/Count 1>>")
    objects.append(b"")  # the page, as soon as what it needs has its numbers
    objects.append(stream("", content.encode()))
    title = sheet.title.encode("utf-16-be").hex()
    objects.append(f"<</Title<feff{title}>/Producer(Kernelwalk)>>".encode())
    fonts = "".join(f"/{name} {font(objects, name, used)} 0 R" for name, used in sorted(page.fonts.items()))
    pictures = "".join(f"/P{place} {image(objects, pixels)} 0 R" for place, pixels in enumerate(page.pictures))
    objects[2] = (
        f"<</Type/Page/Parent 2 0 R/MediaBox[0 0 {said(width * POINTS, down * scale)}]/Contents 4 0 R"
        f"/Resources<</Font<<{fonts}>>/XObject<<{pictures}>>>>>>"
    ).encode()
    return document(objects)


def stream(head: str, content: bytes) -> bytes:
    packed = zlib.compress(content, 9)
    return f"<<{head}/Filter/FlateDecode/Length {len(packed)}>>stream\n".encode() + packed + b"\nendstream"


def image(objects: list[bytes], pixels: Pixels) -> int:
    """A picture's number among the objects."""
    times = max(1, FINE // pixels.shape[1])
    fine = np.ascontiguousarray(pixels.repeat(times, axis=0).repeat(times, axis=1))
    head = f"/Type/XObject/Subtype/Image/Width {fine.shape[1]}/Height {fine.shape[0]}"
    objects.append(stream(f"{head}/ColorSpace/DeviceRGB/BitsPerComponent 8", fine.tobytes()))
    return len(objects)


def font(objects: list[bytes], name: str, used: Mapping[int, str]) -> int:
    """A font of the used letters, with what each glyph means as text."""
    known: TrueType = truetype(name)
    label = f"KWALKA+Kernelwalk-{name}"
    data = known.subset(used)
    share = 1000 / known.units
    first = len(objects) + 1
    box = " ".join(str(round(side * share)) for side in known.box)
    widths = " ".join(f"{glyph}[{round(known.widths[glyph] * share)}]" for glyph in sorted(used))
    objects += [
        stream(f"/Length1 {len(data)}", data),
        (
            f"<</Type/FontDescriptor/FontName/{label}/Flags 4/FontBBox[{box}]/ItalicAngle 0/StemV 80"
            f"/Ascent {round(known.ascent * share)}/Descent {round(known.descent * share)}"
            f"/CapHeight {round(known.ascent * share)}/FontFile2 {first} 0 R>>"
        ).encode(),
        (
            f"<</Type/Font/Subtype/CIDFontType2/BaseFont/{label}/CIDToGIDMap/Identity/W[{widths}]"
            f"/CIDSystemInfo<</Registry(Adobe)/Ordering(Identity)/Supplement 0>>/FontDescriptor {first + 1} 0 R>>"
        ).encode(),
        stream("", meanings(used)),
        (
            f"<</Type/Font/Subtype/Type0/BaseFont/{label}/Encoding/Identity-H/DescendantFonts[{first + 2} 0 R]"
            f"/ToUnicode {first + 3} 0 R>>"
        ).encode(),
    ]
    return len(objects)


def meanings(used: Mapping[int, str]) -> bytes:
    """Glyphs as letters, so that text can be copied."""
    rows = [f"<{glyph:04x}><{letter.encode('utf-16-be').hex()}>" for glyph, letter in sorted(used.items())]
    blocks = [rows[place : place + 100] for place in range(0, len(rows), 100)]
    said_so = "\n".join(f"{len(block)} beginbfchar\n" + "\n".join(block) + "\nendbfchar" for block in blocks)
    return (
        "/CIDInit/ProcSet findresource begin\n12 dict begin\nbegincmap\n/CMapName/Kernelwalk def\n/CMapType 2 def\n"
        f"1 begincodespacerange\n<0000><ffff>\nendcodespacerange\n{said_so}\nendcmap\n"
        "CMapName currentdict/CMap defineresource pop\nend\nend"
    ).encode()


def document(objects: list[bytes]) -> bytes:
    parts, places = [b"%PDF-1.7\n%\xe2\xe3\xcf\xd3\n"], []
    for number, body in enumerate(objects, 1):
        places.append(sum(map(len, parts)))
        parts.append(f"{number} 0 obj\n".encode() + body + b"\nendobj\n")
    start = sum(map(len, parts))
    rows = "".join(f"{place:010d} 00000 n \n" for place in places)
    trailer = f"trailer\n<</Size {len(objects) + 1}/Root 1 0 R/Info 5 0 R>>\nstartxref\n{start}\n%%EOF\n"
    return b"".join((*parts, f"xref\n0 {len(objects) + 1}\n0000000000 65535 f \n{rows}{trailer}".encode()))
