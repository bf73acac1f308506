"""One number as people write it: -2, +.5, 1e-3, 1/9, and 0,5 where a comma is said to be decimal."""

from __future__ import annotations

import math
import re

from core.errors import SceneError
from core.texts import Text

LARGEST_NUMBER = 1e15
MOST_WEIGHTS = 65_536  # numbers of one matrix
LONGEST_NUMBER = 40
TOO_LONG = Text("is longer than any number needed here")

QUOTED_COMMA = "\ue000"  # inside quotes, or braced as LaTeX does: it parts no cells
NUMBER = re.compile(r"[+-]?([0-9]+(?:\.[0-9]*)?|\.[0-9]+)([eE][+-]?[0-9]+)?")
INTEGER = re.compile(r"[+-]?[0-9]+")
FRACTION = re.compile(r"([+-]?[0-9]+)\s*/\s*([0-9]+)")
WITH_DECIMAL_COMMA = re.compile(r"[+-]?([0-9]*|[1-9][0-9]{0,2}(\.[0-9]{3})+),[0-9]+([eE][+-]?[0-9]+)?")  # 1.250,5 too
WITH_THOUSANDS = re.compile(r"[+-]?[1-9][0-9]{0,2}(,[0-9]{3})+(\.[0-9]+)?")

NOT_FINITE = {
    1: "row {row}, column {column} must be a finite number, such as 2 or -0.5",
    2: "row {row}, column {column} must be a finite number, such as 2 or -0.5",
    3: "channel {channel}, row {row}, column {column} must be a finite number, such as 2 or -0.5",
    4: "kernel {kernel}, channel {channel}, row {row}, column {column} must be a finite number, such as 2 or -0.5",
}
EMPTY = {
    1: "row {row}, column {column} is empty: write a number there, 0 if nothing is meant",
    2: "row {row}, column {column} is empty: write a number there, 0 if nothing is meant",
    3: "channel {channel}, row {row}, column {column} is empty: write a number there, 0 if nothing is meant",
    4: "kernel {kernel}, channel {channel}, row {row}, column {column} is empty: "
    "write a number there, 0 if nothing is meant",
}
Place = tuple[int, ...]


def facts_of(place: Place) -> dict[str, int]:
    """A place counted from 0 in the words and numbers of a sentence, which counts from 1."""
    names = ("kernel", "channel", "row", "column")[-len(place) :]
    return {"row": 1} | {name: index + 1 for name, index in zip(names, place, strict=True)}


def not_finite(field: str, value: object, place: Place) -> SceneError:
    return SceneError(field, value, NOT_FINITE[len(place)], **facts_of(place))


def empty_cell(field: str, text: str, place: Place) -> SceneError:
    return SceneError(field, text, EMPTY[len(place)], **facts_of(place))


def number_of(word: str) -> int | float | None:
    """The number that a word with a decimal point spells; None where it spells none, or none that is finite.

    >>> number_of("-2"), number_of("1/4"), number_of("1e999"), number_of("two")
    (-2, 0.25, None, None)
    """
    if INTEGER.fullmatch(word):
        return int(word) if len(word) <= LONGEST_NUMBER else None
    if NUMBER.fullmatch(word):
        value = float(word)
        return value if math.isfinite(value) else None
    found = FRACTION.fullmatch(word) if len(word) <= LONGEST_NUMBER else None
    return quotient(int(found[1]), int(found[2])) if found else None


def quotient(above: int, below: int) -> int | float | None:
    """A fraction that divides without remainder stays a whole number."""
    if below == 0:
        return None
    return above // below if above % below == 0 else above / below


def with_point(word: str, commas: str, quoted: str) -> str:
    """The word with a decimal point, if its commas mean what is said; they stay where they cannot."""
    if QUOTED_COMMA in word:
        word, commas = word.replace(QUOTED_COMMA, ","), quoted
    if commas == "decimal" and WITH_DECIMAL_COMMA.fullmatch(word):
        return word.replace(".", "").replace(",", ".")
    return word.replace(",", "") if commas == "thousands" and WITH_THOUSANDS.fullmatch(word) else word
