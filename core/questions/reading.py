"""Answers as people write them: digits of any script, decimal commas, fractions, 3 x 3, a letter."""

from __future__ import annotations

import re
import unicodedata

from core.errors import SceneError

Numbers = tuple[float, ...]

CHOICES = "ABCD"
NUMBER = r"[+-]?(?:\d{1,30}(?:[.,]\d{0,30})?|[.,]\d{1,30})(?:e[+-]?\d{1,3})?"
WHOLE = re.compile(rf"({NUMBER})(?:/(\d{{1,15}}))?", re.IGNORECASE)
GROUPED = re.compile(r"[+-]?\d{1,3}(,\d{3})+(\.\d{0,30})?")
SIDES = re.compile(r"[(\[]?(\d{1,9})(?:(?:x|\*|,|;)(\d{1,9}))?[)\]]?", re.IGNORECASE)
CELL = re.compile(r"[(\[]?(-?\d{1,9})(?:,|;|:)(-?\d{1,9})[)\]]?")
SIGNS = str.maketrans(
    {"−": "-", "–": "-", "﹣": "-", "×": "x", "✕": "x", "х": "x", "·": "*", "、": ",", "٫": ".", "٬": ","}
)
DIGIT = re.compile(r"\d")
SPACED = re.compile(r"(\d)\s+(?=-?\d)")


def plain(text: str) -> str:
    """Full-width letters as ordinary ones, one kind of minus, digits of every script as those of this one."""
    narrow = unicodedata.normalize("NFKC", text.translate(SIGNS)).translate(SIGNS).strip()
    return DIGIT.sub(lambda digit: str(unicodedata.decimal(digit[0])), narrow)


def read_number(text: str) -> tuple[Numbers, ...]:
    """A number, in each way in which it can be meant.

    >>> read_number("１０"), read_number("٣٫٥"), read_number("1,250"), read_number("1/3")[0][0] * 3
    (((10.0,),), ((3.5,),), ((1.25,), (1250.0,)), 1.0)
    """
    written = plain(text).replace(" ", "").replace("_", "")
    found: list[Numbers] = []
    if match := WHOLE.fullmatch(written):
        above, below = match[1].replace(",", "."), match[2]
        if below is None:
            found.append((float(above),))
        elif int(below):
            found.append((float(above) / int(below),))
    if GROUPED.fullmatch(written):
        found.append((float(written.replace(",", "")),))
    if not found:
        raise SceneError("answer", text, "must be a number, such as 10 or -3.5")
    return tuple(found)


def read_size(text: str) -> tuple[Numbers, ...]:
    """Height and width; one number stands for both.

    >>> read_size("3 × 4"), read_size("(3, 4)"), read_size("5")
    (((3.0, 4.0),), ((3.0, 4.0),), ((5.0, 5.0),))
    """
    match = SIDES.fullmatch(joined(text, "x"))
    if match is None:
        raise SceneError("answer", text, "must be height and width, such as 3 x 4")
    return ((float(match[1]), float(match[2] or match[1])),)


def read_cell(text: str) -> tuple[Numbers, ...]:
    """Row and column, counted from 1.

    >>> read_cell("2, 3"), read_cell("[2 3]")
    (((2.0, 3.0),), ((2.0, 3.0),))
    """
    match = CELL.fullmatch(joined(text, ","))
    if match is None:
        raise SceneError("answer", text, "must be row and column, such as 2, 3")
    return ((float(match[1]), float(match[2])),)


def read_choice(text: str, count: int) -> tuple[Numbers, ...]:
    """A letter, or the number of a choice counted from 1.

    >>> read_choice(" b ", 4), read_choice("3", 4)
    (((1.0,),), ((2.0,),))
    """
    word = plain(text).upper()
    place = (
        CHOICES.find(word) if len(word) == 1 and word.isalpha() else int(word) - 1 if word in "1234" and word else -1
    )
    if not 0 <= place < count:
        raise SceneError("answer", text, "must be one of the letters {letters}", letters=", ".join(CHOICES[:count]))
    return ((float(place),),)


def joined(text: str, sign: str) -> str:
    """Numbers parted by spaces alone, parted by a sign."""
    return SPACED.sub(rf"\1{sign}", plain(text).lower()).replace(" ", "")
