"""What colour a number has: the same table of entries as the stage's, so that a picture and the player show one thing.

`static/drawing/scale.js` holds the same stops and rounds alike; a test holds the two together.
"""

from __future__ import annotations

import math
from typing import Any

import numpy as np
from numpy.typing import NDArray

Stops = tuple[tuple[float, float, float, float], ...]

ENTRIES = 257  # odd, so that zero has an entry of its own
UNKNOWN = 128  # what is no number is grey

# Place on the scale from -1 to 1, and red, green, blue there: negative is cool, positive is warm, zero is white.
DIVERGING: Stops = (
    (-1, 0x3B, 0x4C, 0xC0),
    (-0.6, 0x70, 0x93, 0xF3),
    (-0.25, 0xBF, 0xD2, 0xFB),
    (0, 0xFF, 0xFF, 0xFF),
    (0.25, 0xF8, 0xC9, 0xB4),
    (0.6, 0xE8, 0x76, 0x5C),
    (1, 0xB4, 0x04, 0x26),
)
GREY: Stops = ((-1, 0, 0, 0), (1, 255, 255, 255))


def coloured(sheet: NDArray[np.float64], low: float, high: float, stops: Stops) -> NDArray[np.uint8]:
    """(rows, cols) -> (3, rows, cols): each number's entry in the scale's table."""
    pixels = table(stops)[:, entries_of(sheet, low, high)]
    pixels[:, ~np.isfinite(sheet)] = UNKNOWN
    return pixels


def entries_of(values: NDArray[Any], low: float, high: float) -> NDArray[np.intp]:
    """Each number's entry in a table from `low` to `high`; what is no number has the first.

    >>> entries_of(np.array([-1e308, 0, 1e308, np.nan]), -1e308, 1e308).tolist()
    [0, 128, 256, 0]
    """
    size = math.frexp(max(abs(low), abs(high)))[1]  # a power of two rounds nothing, and no difference overflows
    first, last = math.ldexp(low, -size), math.ldexp(high, -size)
    known = np.ldexp(np.where(np.isfinite(values), values, low).astype(np.float64), -size)
    places = (known - first) * ((ENTRIES - 1) / (last - first))
    return np.floor(np.clip(places, 0, ENTRIES - 1) + 0.5).astype(np.intp)


def table(stops: Stops) -> NDArray[np.uint8]:
    """(3, ENTRIES): the colours from one end of a scale to the other; halves are rounded up."""
    places, *bands = np.array(stops, np.float64).T
    entries = 2 * np.arange(ENTRIES) / (ENTRIES - 1) - 1
    after = np.maximum(1, np.searchsorted(places, entries))
    share = (entries - places[after - 1]) / (places[after] - places[after - 1])
    mixed = [band[after - 1] + share * (band[after] - band[after - 1]) for band in bands]
    return np.floor(np.stack(mixed) + 0.5).astype(np.uint8)
