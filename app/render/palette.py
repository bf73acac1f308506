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
MIXES = 4
SHADES = {"input": 24, "output": 24, "window": 10, "kernel": 9, "products": 13}
OWN = 64  # of a picture in colour

Entries = NDArray[np.uint8]


class Palette:
    """Colours of one figure; a pixel becomes the entry that is nearest to it. The last entry is `clear`."""

    def __init__(self, figure: Figure) -> None:
        self.colours = colours(figure)
        self.image = Image.new("P", (1, 1))
        self.bits = len(self.colours).bit_length()
        self.clear = (1 << self.bits) - 1
        padded = [*self.colours.tolist(), *[self.colours[0].tolist()] * (MOST + 1 - len(self.colours))]
        self.image.putpalette([band for colour in padded for band in colour])

    def entries(self, image: Image.Image) -> Image.Image:
        return image.quantize(palette=self.image, dither=Image.Dither.NONE)

    def bytes(self) -> bytes:
        """As many colours as so many bits can count."""
        return self.colours.tobytes().ljust(3 * (self.clear + 1), b"\0")


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
