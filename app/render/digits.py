"""How large the digits of a grid may be, and how many of them fit; static/drawing/cells.js decides alike."""

from __future__ import annotations

import math
from collections.abc import Sequence
from decimal import ROUND_HALF_UP, Decimal
from typing import NamedTuple

from core.rules.figures import LARGEST_WRITTEN_OUT, figure, plain, rounded, scientific

SIGNIFICANT = (3, 2, 1)
LEAST, MULTIPLE = 8, 3.6  # the smallest digits in units of the figure, and the largest as a multiple of them
DIGIT = 0.61  # width of a digit as a share of its size
LONG = 4
COMMON = 0.1234  # a number as a grid between its ends holds it: longer than its ends, as most are


class Lettering(NamedTuple):
    """Of all numbers of a grid; size 0: there is no room."""

    size: int
    digits: int


NONE = Lettering(0, SIGNIFICANT[0])


def figure_in(value: float | None, digits: int) -> str:
    """A number with so many significant digits.

    >>> figure_in(0.12345, 2), figure_in(7, 1), figure_in(-202.5, 1)
    ('0.12', '7', '−203')
    """
    if digits == SIGNIFICANT[0] or value is None or not math.isfinite(value) or value == 0:
        return figure(value)
    size = abs(value)
    if value == int(value) and size < LARGEST_WRITTEN_OUT:
        return figure(value)
    if size >= 1e7 or size < 1e-4:
        return scientific(value, digits).replace("-", "−")
    places = 0 if size >= 10 ** (digits - 1) else digits - 1 - Decimal(value).adjusted()
    return plain(rounded(value, places)).replace("-", "−")


def widest(ends: Sequence[float], whole: bool) -> list[int]:
    """Letters of the numbers that a grid must have room for, by how many digits they have: the most first."""
    low, high = min(ends), max(ends)
    if whole:
        return [max(len(figure(value)) for value in (low, high, 0))]
    common = max(-low, high) * (-COMMON if low < 0 else COMMON)
    return [max(len(figure_in(value, digits)) for value in (low, high, common, 0)) for digits in SIGNIFICANT]


def digit_size(cell: float, letters: int) -> int:
    size = math.floor(min(cell * 0.46, (cell - 3) / (letters * DIGIT), LEAST * MULTIPLE))
    return size if size >= LEAST else 0


def lettering_of(cell: float, letters: list[int]) -> Lettering:
    usual = letters if len(letters) > 1 else [min(LONG, letters[0])]
    sizes = [digit_size(cell, count) for count in usual]
    place = next((place for place, size in enumerate(sizes) if size), 0)
    return Lettering(sizes[place], SIGNIFICANT[place])


def fitting(value: float | None, cell: float, lettering: Lettering) -> tuple[str, float]:
    """The number's text, and its size: one that is longer than the others has fewer digits, and never crosses."""
    room = cell - 3
    letters = int(room / (lettering.size * DIGIT))
    text = shortened(value, lettering.digits, letters)
    return text, float(lettering.size if len(text) <= letters else max(1.0, math.floor(room / (len(text) * DIGIT))))


def shortened(value: float | None, digits: int, letters: int) -> str:
    """Fewer digits where there is less room, and the zero before the point last."""
    text = figure_in(value, digits)
    for fewer in range(digits - 1, 0, -1):
        if len(text) > letters:
            text = figure_in(value, fewer)
    return text if len(text) <= letters else without_leading_zero(value or 0, text, letters)


def without_leading_zero(value: float, text: str, letters: int) -> str:
    """A number below 1 in less room: no zero before the point, then as many decimals as there is room for.

    >>> without_leading_zero(-0.04, "−0.04", 4), without_leading_zero(-0.0049, "−0.005", 3)
    ('−.04', '−.0')
    """
    sign, decimals = ("−", letters - 2) if value < 0 else ("", letters - 1)
    size = abs(value)
    if not 0 < size < 1 or decimals < 1:
        return text
    short = text.replace("0.", ".")
    if "e" not in short and len(short) <= letters:
        return short
    fixed = Decimal(size).quantize(Decimal(1).scaleb(-decimals), ROUND_HALF_UP)
    return sign + f"{fixed:f}"[1:]
