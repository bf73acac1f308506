"""Pixels as entries of one palette: the roles with what they mix to, the scales of the figure, a picture's own colours.

The palette follows from the figure alone, so that the same figure makes the same file.
"""

from __future__ import annotations

from typing import Any

import numpy as np
from numpy.typing import NDArray
from PIL import Image

from app.render.description import Figure
from app.render.look import Scale, colours_of, triple
from app.render.shapes import Pixels

MOST = 255  # and one that is transparent
CLEAR = 255
BITS = 6  # of each band, by which a pixel finds its entry
MIXES = 4
SHADES = {"input": 24, "output": 24, "window": 10, "kernel": 9, "products": 13}
OWN = 64  # of a picture in colour

Entries = NDArray[np.uint8]


class Palette:
    """Colours of one figure, and which of them is nearest to a pixel: each kind of pixel is looked for once."""

    def __init__(self, figure: Figure) -> None:
        self.colours = colours(figure)
        self.table: NDArray[np.int16] = np.full(1 << (3 * BITS), -1, np.int16)
        red, green, blue = (self.colours[::-1, band].astype(np.uint32) for band in range(3))
        self.table[codes(red | green << 8 | blue << 16)] = np.arange(len(self.colours) - 1, -1, -1)

    def entries(self, pixels: NDArray[np.uint32]) -> Entries:
        """Of pixels as numbers, red in the lowest byte."""
        found = codes(pixels)
        made = self.table[found]
        if (made < 0).any():
            self.learn(np.unique(found[made < 0]))
            made = self.table[found]
        entries: Entries = made.astype(np.uint8)
        return entries

    def learn(self, unknown: NDArray[np.uint32]) -> None:
        shifts = (0, BITS, 2 * BITS)
        bands = np.stack([(unknown >> shift & ((1 << BITS) - 1)) for shift in shifts], axis=-1).astype(np.int32)
        wanted = (bands << (8 - BITS)) + (1 << (7 - BITS))
        known = self.colours.astype(np.int32)
        for first in range(0, len(wanted), 4096):
            apart = ((wanted[first : first + 4096, None] - known) ** 2).sum(axis=-1)
            self.table[unknown[first : first + 4096]] = apart.argmin(axis=1)

    def bytes(self) -> bytes:
        """256 colours, the last for what is transparent."""
        return self.colours.tobytes().ljust(768, b"\0")


def codes(pixels: NDArray[Any]) -> NDArray[Any]:
    """The first bits of each band."""
    lost, most = 8 - BITS, np.uint32((1 << BITS) - 1)
    made: NDArray[Any] = pixels >> lost & most
    made |= (pixels >> (8 + lost) & most) << BITS
    made |= (pixels >> (16 + lost) & most) << (2 * BITS)
    return made


def colours(figure: Figure) -> Pixels:
    """At most so many, the most important first."""
    roles, scales = figure.roles, figure.model.scales
    paper = np.array(triple(roles["paper"]))
    found = [np.array([triple(colour) for colour in roles.values()])]
    for role in ("text", "quiet", "input", "kernel", "output"):
        shares = np.linspace(0, 1, MIXES)[1:-1, None]
        found.append(np.floor(paper + shares * (np.array(triple(roles[role])) - paper) + 0.5).astype(int))
    found.append(np.array([(0, 0, 0), (255, 255, 255)]))
    found += [shades(scales[name], count) for name, count in SHADES.items()]
    if figure.model.coloured:
        found.insert(2, own(figure))
    every = dict.fromkeys(tuple(colour) for part in found for colour in part.tolist())
    return np.array(list(every)[:MOST], np.uint8)


def shades(scale: Scale, count: int) -> Pixels:
    table = colours_of(scale.stops)
    made: Pixels = table[np.linspace(0, len(table) - 1, count).astype(int)]
    return made


def own(figure: Figure) -> Pixels:
    """The colours of a picture in red, green and blue."""
    pixels = figure.model.input[:, ::2, ::2].transpose(1, 2, 0).astype(np.uint8)
    image = Image.fromarray(np.ascontiguousarray(pixels)).quantize(OWN, Image.Quantize.MEDIANCUT)
    flat: Any = image.getpalette()
    return np.array(flat[: 3 * OWN], np.uint8).reshape(-1, 3)
