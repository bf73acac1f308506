"""Colours of a figure: the roles in both themes, and scales from numbers to colours; those of the player."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cache

import numpy as np

from app.render.shapes import Pixels
from app.wire.colours import DIVERGING, ENTRIES, GREY, Stops, entries_of, table
from core.vocabulary import Array

Roles = Mapping[str, str]

LIGHT: Roles = {
    "paper": "#fdfcf9", "text": "#1d2129", "quiet": "#5a616c", "line": "#dcd8cf", "input": "#2b63c6",
    "kernel": "#b35c00", "output": "#00786a", "hatch": "#cbc7bc", "pending": "#f8f6f1", "hatch_paper": "#efede7",
}  # fmt: skip
DARK: Roles = {
    "paper": "#14171c", "text": "#e9ebee", "quiet": "#a6aeba", "line": "#3a4049", "input": "#8ab4ff",
    "kernel": "#ffb454", "output": "#4fd1c0", "hatch": "#464d58", "pending": "#191c22", "hatch_paper": "#22262d",
}  # fmt: skip
THEMES: Mapping[str, Roles] = {"light": LIGHT, "dark": DARK}

NIGHT_DIVERGING: Stops = (
    (-1, 0x81, 0xE7, 0xFF), (-0.6, 0x45, 0x84, 0xC4), (-0.25, 0x21, 0x33, 0x6A), (0, 0, 0, 0),
    (0.25, 0x5A, 0x22, 0x2C), (0.6, 0xB8, 0x62, 0x40), (1, 0xFF, 0xCF, 0x67),
)  # fmt: skip
READ: Mapping[str, tuple[Stops, Stops]] = {
    "table": (((-1, 255, 255, 255), (1, 0xCD, 0xD5, 0xE2)), ((-1, 0x14, 0x17, 0x1C), (1, 0x48, 0x52, 0x62))),
    "read": (((-1, 0xB4, 0xB4, 0xB4), (1, 255, 255, 255)), ((-1, 0x1A, 0x1D, 0x22), (1, 0x66, 0x6A, 0x70))),
}
SOFT = 1.7  # kernels and products stay this far from the ends of their scale, so that their digits read well
LARGEST = float(np.finfo(np.float64).max)
BRIGHT = 0.179  # luminance from which black reads better than white


@dataclass(frozen=True, slots=True)
class Scale:
    """Values to colours, fixed for as long as the figure is."""

    low: float
    high: float
    stops: Stops

    @property
    def signed(self) -> bool:
        return len(self.stops) > 2

    def entries(self, values: Array) -> Array:
        return entries_of(values, self.low, self.high)

    def pixels(self, values: Array, unknown: str, entries: Array | None = None) -> Pixels:
        """(rows, columns) -> (rows, columns, 3); `entries` where they are known already."""
        made: Pixels = colours_of(self.stops)[self.entries(values) if entries is None else entries]
        if values.dtype.kind == "f":
            made[~np.isfinite(values)] = triple(unknown)
        return made

    def ink(self, value: float) -> str:
        """Black or white, whichever reads better on the value's colour."""
        return inks_of(self.stops)[int(self.entries(np.array(value)))]

    def inks(self, entries: Array) -> list[list[str]]:
        """Of many values at once."""
        known = inks_of(self.stops)
        return [[known[entry] for entry in row] for row in entries.tolist()]

    def ramp(self, count: int = 64) -> Pixels:
        return colours_of(self.stops)[None, np.linspace(0, ENTRIES - 1, count).astype(int)]


@cache
def colours_of(stops: Stops) -> Pixels:
    return np.ascontiguousarray(table(stops).T)


@cache
def inks_of(stops: Stops) -> list[str]:
    return ["#000000" if luminance(band) > BRIGHT else "#ffffff" for band in colours_of(stops).tolist()]


def luminance(bands: Sequence[int]) -> float:
    """WCAG's relative luminance."""
    shares = [band / 255 for band in bands]
    red, green, blue = (share / 12.92 if share <= 0.04045 else ((share + 0.055) / 1.055) ** 2.4 for share in shares)
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def diverging(reach: float, dark: bool) -> Scale:
    """Symmetric about zero."""
    size = min(reach, LARGEST) if reach > 0 else 1.0
    return Scale(-size, size, NIGHT_DIVERGING if dark else DIVERGING)


def scale_of(ends: Sequence[float], look: str, dark: bool) -> Scale:
    """Signed numbers diverge, pictures keep 0..255, other numbers run from zero to their largest."""
    low, high = min(ends), max(ends)
    if low < 0:
        return diverging(max(-low, high) * (SOFT if look == "read" else 1), dark)
    top = 255.0 if look in ("picture", "read") and 32 < high <= 255 else high
    return Scale(0, top if top > 0 else 1, READ[look][dark] if look in READ else GREY)


def triple(colour: str) -> tuple[int, int, int]:
    """
    >>> triple("#2b63c6")
    (43, 99, 198)
    """
    return int(colour[1:3], 16), int(colour[3:5], 16), int(colour[5:7], 16)
