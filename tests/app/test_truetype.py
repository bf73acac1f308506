"""Fonts as PDF takes them, beside Pillow, which reads the same files in its own way."""

from __future__ import annotations

import io
import struct

import numpy as np
import pytest
from PIL import Image, ImageDraw, ImageFont

from app.render.truetype import FONTS, KEPT, TrueType, checksum, font_of, parts_of, truetype

NAMES = sorted(path.stem for path in FONTS.glob("*.ttf"))
LETTERS = "AZaz09 .,:-+×·→–−=()[]"
BASIC = ImageFont.Layout.BASIC


def drawn(font: ImageFont.FreeTypeFont, letter: str) -> bytes:
    image = Image.new("L", (80, 80))
    ImageDraw.Draw(image).text((10, 60), letter, 255, font=font, anchor="ls")
    return image.tobytes()


def pillow(name: str, size: float) -> ImageFont.FreeTypeFont:
    return ImageFont.truetype(str(FONTS / f"{name}.ttf"), size, layout_engine=BASIC)


@pytest.mark.parametrize("name", NAMES)
def test_letters_are_as_wide_as_pillow_has_them(name: str) -> None:
    font = truetype(name)
    other = pillow(name, font.units)
    for letter in LETTERS + ("커널이" if name == "korean" else ""):
        assert font.width(letter) * font.units == pytest.approx(other.getlength(letter), abs=0.51), letter
    assert font.width("abba") == pytest.approx(2 * font.width("ab"))
    assert font.width("") == 0


@pytest.mark.parametrize("name", NAMES)
def test_ascent_and_descent_are_those_of_pillow(name: str) -> None:
    font = truetype(name)
    ascent, descent = pillow(name, font.units).getmetrics()
    assert (font.ascent, -font.descent) == pytest.approx((ascent, descent), abs=1)


@pytest.mark.parametrize("name", NAMES)
def test_a_subset_draws_its_letters_as_the_whole_font_does_and_no_others(name: str) -> None:
    font = truetype(name)
    used = "Rag8" if name != "korean" else "커널R8"
    made = font.subset(font.glyph(letter) for letter in used)
    part = TrueTypeBytes(made)
    for letter in used:
        glyph = font.glyph(letter)
        assert part.outline(glyph).rstrip(b"\0") == font.outline(glyph).rstrip(b"\0")
    assert part.outline(font.glyph("Q")) == b""
    assert len(made) < len((FONTS / f"{name}.ttf").read_bytes())


class TrueTypeBytes:
    """Outlines of a font file, found by a reader of its own."""

    def __init__(self, data: bytes) -> None:
        self.tables = tables_of(data)
        self.places = np.frombuffer(self.tables["loca"], ">u4")

    def outline(self, glyph: int) -> bytes:
        return self.tables["glyf"][self.places[glyph] : self.places[glyph + 1]]


def tables_of(data: bytes) -> dict[str, bytes]:
    count = int.from_bytes(data[4:6])
    found = {}
    for place in range(count):
        row = data[12 + 16 * place : 28 + 16 * place]
        told, offset, length = (int.from_bytes(row[at : at + 4]) for at in (4, 8, 12))
        assert offset % 4 == 0, "tables begin at words"
        table = data[offset : offset + length]
        words = np.frombuffer(table + bytes(-len(table) % 4), ">u4")
        assert told == int(words.sum(dtype=np.uint64)) % 2**32
        found[row[:4].decode()] = table
    return found


@pytest.mark.parametrize("name", NAMES)
def test_a_subset_is_a_font_file_with_the_tables_that_pdf_needs(name: str) -> None:
    font = truetype(name)
    tables = tables_of(font.subset([font.glyph("a")]))
    assert sorted(tables) == sorted(KEPT)
    assert int.from_bytes(tables["head"][50:52]) == 1, "places are told in long numbers"
    assert len(tables["loca"]) == 4 * (font.count + 1)
    assert tables["hmtx"] == font.tables["hmtx"], "glyphs keep their numbers, and so their widths"


def test_a_letter_of_several_parts_brings_them_along() -> None:
    font = truetype("sans")
    composed = [letter for letter in "éüñÅç" if parts_of(font.outline(font.glyph(letter)))]
    assert composed, "the font has such letters"
    for letter in composed:
        glyph = font.glyph(letter)
        part = TrueTypeBytes(font.subset([glyph]))
        for piece in parts_of(font.outline(glyph)):
            assert part.outline(piece), f"a part of {letter}"


def test_a_letter_that_the_font_has_not_is_the_box_of_the_unknown() -> None:
    font = truetype("mono")
    assert font.glyph("\U0001f600") == 0
    assert font.width("\U0001f600") == font.widths[0] / font.units


@pytest.mark.parametrize("name", NAMES)
def test_glyphs_are_those_that_pillow_draws(name: str) -> None:
    """Two letters have one glyph exactly where Pillow draws the same for them."""
    font, other = truetype(name), pillow(name, 40)
    letters = "AΑBΒ-−–aо"  # Latin beside Greek and Cyrillic of the same look
    known = [letter for letter in letters if font.glyph(letter)]
    for one in known:
        for two in known:
            if font.glyph(one) == font.glyph(two):
                assert drawn(other, one) == drawn(other, two), (one, two)


def test_a_font_of_any_tables_reads_back() -> None:
    tables = {"aaaa": b"12345", "bbbb": b"", "cccc": bytes(range(9))}
    assert tables_of(font_of(tables)) == tables
    assert checksum(b"\0\0\0\1\xff\xff\xff\xff") == 0
    assert checksum(b"\1") == 2**24


def test_a_font_without_letters_is_refused() -> None:
    cmap = struct.pack(">HHHHI", 0, 1, 3, 1, 12) + struct.pack(">H", 6) + bytes(20)
    with pytest.raises(ValueError, match="without a table of letters"):
        TrueType.__init__.__globals__["letters_of"](cmap)


def test_the_whole_of_a_font_opens_in_pillow_after_a_subset_was_made() -> None:
    """A subset has no table of letters: glyphs are asked for by number; Pillow still reads its metrics."""
    font = truetype("bold")
    made = font.subset([font.glyph(letter) for letter in "Wid"])
    assert ImageFont.truetype(io.BytesIO(made), 20, layout_engine=BASIC).getmetrics() == pillow("bold", 20).getmetrics()
