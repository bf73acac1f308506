"""TrueType fonts as PDF takes them: which glyph a letter is, how wide, and a font that holds the letters used alone."""

from __future__ import annotations

import re
import struct
from collections.abc import Iterable, Mapping
from functools import cache
from pathlib import Path

FONTS = Path(__file__).parent / "fonts"
KOREAN = re.compile("([\u1100-\u11ff\u3000-\u318f\uac00-\ud7a3\uff00-\uffef]+)")
KEPT = ("glyf", "head", "hhea", "hmtx", "loca", "maxp")
COMPOSITE = -1
WORDS, SCALED, MORE, TWO_SCALES, MATRIX = 1, 8, 32, 64, 128  # flags of a part of a glyph


class TrueType:
    """One of the fonts in fonts/."""

    def __init__(self, name: str) -> None:
        data = (FONTS / f"{name}.ttf").read_bytes()
        self.tables: dict[str, bytes] = {}
        for place in range(struct.unpack(">H", data[4:6])[0]):
            tag, _, offset, length = struct.unpack(">4sIII", data[12 + 16 * place : 28 + 16 * place])
            self.tables[tag.decode()] = data[offset : offset + length]
        head, hhea = self.tables["head"], self.tables["hhea"]
        self.units: int = struct.unpack(">H", head[18:20])[0]
        self.box = struct.unpack(">4h", head[36:44])
        self.ascent, self.descent = struct.unpack(">2h", hhea[4:8])
        self.long = bool(struct.unpack(">h", head[50:52])[0])
        self.count = struct.unpack(">H", self.tables["maxp"][4:6])[0]
        metrics, hmtx = struct.unpack(">H", hhea[34:36])[0], self.tables["hmtx"]
        widths: list[int] = [struct.unpack(">H", hmtx[4 * place : 4 * place + 2])[0] for place in range(metrics)]
        self.widths: list[int] = [*widths, *[widths[-1]] * (self.count - metrics)]
        loca = self.tables["loca"]
        form = f">{self.count + 1}{'I' if self.long else 'H'}"
        self.places = [place * (1 if self.long else 2) for place in struct.unpack(form, loca[: struct.calcsize(form)])]
        self.glyphs: Mapping[int, int] = letters_of(self.tables["cmap"])

    def glyph(self, letter: str) -> int:
        return self.glyphs.get(ord(letter), 0)

    def width(self, text: str) -> float:
        """As a multiple of its size."""
        return sum(self.widths[self.glyph(letter)] for letter in text) / self.units

    def outline(self, glyph: int) -> bytes:
        return self.tables["glyf"][self.places[glyph] : self.places[glyph + 1]]

    def subset(self, glyphs: Iterable[int]) -> bytes:
        """The font with these outlines alone; glyphs keep their numbers."""
        kept, open_ = {0}, list(glyphs)
        while open_:
            glyph = open_.pop()
            if glyph not in kept:
                kept.add(glyph)
                open_ += parts_of(self.outline(glyph))
        outlines, places = b"", [0]
        for glyph in range(self.count):
            if glyph in kept:
                outlines += self.outline(glyph)
                outlines += b"\0" * (-len(outlines) % 4)
            places.append(len(outlines))
        loca = struct.pack(f">{len(places)}I", *places)
        head = self.tables["head"]
        head = head[:8] + bytes(4) + head[12:50] + struct.pack(">h", 1) + head[52:]
        return font_of({**{name: self.tables[name] for name in KEPT}, "glyf": outlines, "loca": loca, "head": head})


@cache
def truetype(name: str) -> TrueType:
    return TrueType(name)


def letters_of(cmap: bytes) -> dict[int, int]:
    """Code points to glyphs, from the table of format 4."""
    for place in range(struct.unpack(">H", cmap[2:4])[0]):
        offset = struct.unpack(">I", cmap[8 + 8 * place : 12 + 8 * place])[0]
        if struct.unpack(">H", cmap[offset : offset + 2])[0] == 4:
            return segments(cmap[offset:])
    raise ValueError("a font without a table of letters")


def segments(table: bytes) -> dict[int, int]:
    count = struct.unpack(">H", table[6:8])[0] // 2
    found = {}
    for place in range(count):
        end, first, shift, offset = (
            struct.unpack(">H", table[at + 2 * place : at + 2 * place + 2])[0]
            for at in (14, 16 + 2 * count, 16 + 4 * count, 16 + 6 * count)
        )
        for letter in range(first, min(end, 0xFFFE) + 1):
            at = 16 + 6 * count + 2 * place + offset + 2 * (letter - first)
            glyph = struct.unpack(">H", table[at : at + 2])[0] if offset else letter
            found[letter] = (glyph + shift) % 65536 if glyph or not offset else 0
    return found


def parts_of(outline: bytes) -> list[int]:
    """Glyphs that a composite glyph is made of."""
    if not outline or struct.unpack(">h", outline[:2])[0] != COMPOSITE:
        return []
    found, at, more = [], 10, True
    while more:
        flags, glyph = struct.unpack(">HH", outline[at : at + 4])
        found.append(glyph)
        at += 4 + (4 if flags & WORDS else 2)
        at += 2 if flags & SCALED else 4 if flags & TWO_SCALES else 8 if flags & MATRIX else 0
        more = bool(flags & MORE)
    return found


def font_of(tables: Mapping[str, bytes]) -> bytes:
    power = len(tables).bit_length() - 1
    head = struct.pack(">IHHHH", 0x10000, len(tables), 16 << power, power, 16 * len(tables) - (16 << power))
    rows, body, at = b"", b"", 12 + 16 * len(tables)
    for name in sorted(tables):
        table = tables[name]
        rows += struct.pack(">4sIII", name.encode(), checksum(table), at + len(body), len(table))
        body += table + b"\0" * (-len(table) % 4)
    return head + rows + body


def checksum(table: bytes) -> int:
    padded = table + b"\0" * (-len(table) % 4)
    total: int = sum(struct.unpack(f">{len(padded) // 4}I", padded))
    return total % 2**32
