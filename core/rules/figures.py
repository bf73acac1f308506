"""Numbers as people write them: integers stay integers, others get three significant digits, one minus sign."""

from __future__ import annotations

import math
from decimal import ROUND_HALF_UP, Decimal
from functools import lru_cache

MINUS = "\u2212"
LARGEST_WRITTEN_OUT = 10**12
NOISE = 2e-15  # relative; what adding a few floats may leave behind


@lru_cache(4096)  # a walk says the same numbers again and again
def figure(value: float | None) -> str:
    """A number as text; what is no number is a dash.

    >>> figure(7), figure(-202.571), figure(0.30000000000000004), figure(0.00001234), figure(None)
    ('7', '−203', '0.3', '1.23e−5', '–')
    """
    if value is None or math.isnan(value):
        return "–"
    if value == 0:
        return "0"
    if math.isinf(value):
        return "∞" if value > 0 else f"{MINUS}∞"
    whole = value == int(value) and abs(value) < LARGEST_WRITTEN_OUT
    return (str(int(value)) if whole else three_digits(value)).replace("-", MINUS)


def three_digits(value: float) -> str:
    size = abs(value)
    if size >= 1e7 or size < 1e-4:
        return scientific(value)
    if size >= 100:
        return str(rounded(value, 0))
    places = 2 - Decimal(value).adjusted()
    return plain(rounded(value, places))


def scientific(value: float, significant: int = 3) -> str:
    exponent = Decimal(value).adjusted()
    digits = rounded(value, significant - 1 - exponent).scaleb(-exponent)
    if abs(digits) >= 10:
        digits, exponent = digits / 10, exponent + 1
    return f"{plain(digits)}e{exponent}"


def rounded(value: float, places: int) -> Decimal:
    """Halves go away from zero, as they do in a browser."""
    return Decimal(value).quantize(Decimal(1).scaleb(-places), ROUND_HALF_UP)


def plain(number: Decimal) -> str:
    text = f"{number:f}"
    return text.rstrip("0").rstrip(".") if "." in text else text


def read_figure(text: str) -> float:
    """The number that a figure says."""
    return float(text.replace(MINUS, "-").replace("–", "nan").replace("∞", "inf"))


@lru_cache(4096)
def is_exact(value: float | None) -> bool:
    """Whether its figure says the whole number, nothing rounded away.

    >>> is_exact(0.1 + 0.2), is_exact(1418 / 7)
    (True, False)
    """
    if value is None or not math.isfinite(value):
        return True
    return abs(read_figure(figure(value)) - value) <= NOISE * abs(value)
