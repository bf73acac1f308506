"""The frames of a walk: each drawn over what stays, and of each only what changed."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray
from PIL import Image

from app.render.description import Figure
from app.render.palette import CLEAR, Entries, Palette
from app.render.raster import Canvas


@dataclass(frozen=True, slots=True)
class Change:
    """A frame as entries of the palette: the rectangle that changed, in it CLEAR what did not."""

    x: int
    y: int
    entries: Entries


def changes(figure: Figure, steps: Sequence[int], width: int, palette: Palette) -> Iterator[Change]:
    """The first is the whole picture."""
    before: NDArray[np.uint32] | None = None
    key: Any = None
    for index in steps:
        step = figure.step(index)
        if before is None or figure.key(step) != key:
            key, stays = figure.key(step), Canvas(figure.size, width)
            stays.draw(figure.still(step))
        canvas = stays.copy()
        canvas.draw(figure.moving(step))
        after = packed(canvas.image)
        yield Change(0, 0, palette.entries(after)) if before is None else changed(before, after, palette)
        before = after


def packed(image: Image.Image) -> NDArray[np.uint32]:
    """A number for each pixel: red in its lowest byte."""
    return np.frombuffer(image.convert("RGBX").tobytes(), "<u4").reshape(image.height, image.width)


def changed(before: NDArray[np.uint32], after: NDArray[np.uint32], palette: Palette) -> Change:
    differs = before != after
    rows, columns = np.flatnonzero(differs.any(axis=1)), np.flatnonzero(differs.any(axis=0))
    if not len(rows):
        return Change(0, 0, np.full((1, 1), CLEAR, np.uint8))
    top, bottom, left, right = rows[0], rows[-1] + 1, columns[0], columns[-1] + 1
    inside = differs[top:bottom, left:right]
    piece = np.full(inside.shape, CLEAR, np.uint8)
    piece[inside] = palette.entries(after[top:bottom, left:right][inside])
    return Change(int(left), int(top), piece)
