"""The frames of a walk: each drawn over what stays, and of each only what changed."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
from PIL import Image, ImageChops

from app.render.description import Figure
from app.render.palette import Entries, Palette
from app.render.raster import Canvas

LEVELS = 3  # of ink in letters that move: their edges are half dark, which repeats and so packs well
NEAR = 16  # what lies so near between two changes is written too: one run is shorter than three


@dataclass(frozen=True, slots=True)
class Change:
    """A frame as entries of the palette: the rectangle that changed, in it what did not is clear."""

    x: int
    y: int
    entries: Entries


def changes(figure: Figure, steps: Sequence[int], width: int, palette: Palette) -> Iterator[Change]:
    """The first is the whole picture."""
    before: Entries | None = None
    known: Canvas | None = None
    for stays, canvas in canvases(figure, steps, width, LEVELS):
        if stays is not known:
            known, ground = stays, palette.entries(stays.image)
            zones = [tuple(stays.at(side) for side in zone) for zone in figure.layout.zones]
        drawing = ground.copy()
        for box in drawn(stays.image, canvas.image, zones):
            drawing.paste(palette.entries(canvas.image.crop(box)), box)
        after = np.asarray(drawing)
        yield Change(0, 0, after) if before is None else changed(before, after, palette.clear)
        before = after


def canvases(figure: Figure, steps: Sequence[int], width: int, levels: int = 256) -> Iterator[tuple[Canvas, Canvas]]:
    """Each step drawn over what stays, and what stays: the same canvas as long as it does."""
    key: Any = None
    stays: Canvas | None = None
    for step in figure.walked(steps):
        if stays is None or figure.key(step) != key:
            key, stays = figure.key(step), Canvas(figure.size, width, levels)
            stays.draw(figure.still(step))
        canvas = stays.copy()
        canvas.draw(figure.moving(step))
        yield stays, canvas


def drawn(ground: Image.Image, image: Image.Image, zones: Sequence[Any]) -> Iterator[tuple[int, int, int, int]]:
    """Rectangles outside of which the image is as its ground, one in each zone at most."""
    differs = ImageChops.difference(ground, image)
    for zone in zones:
        box = differs.crop(zone).getbbox()
        if box:
            yield zone[0] + box[0], zone[1] + box[1], zone[0] + box[2], zone[1] + box[3]


def changed(before: Entries, after: Entries, clear: int) -> Change:
    differs = before != after
    rows, columns = np.flatnonzero(differs.any(axis=1)), np.flatnonzero(differs.any(axis=0))
    if not len(rows):
        return Change(0, 0, np.full((1, 1), clear, np.uint8))
    top, bottom, left, right = rows[0], rows[-1] + 1, columns[0], columns[-1] + 1
    inside, piece = differs[top:bottom, left:right].reshape(-1), after[top:bottom, left:right]
    written = joined(np.flatnonzero(inside))
    entries = np.full(inside.shape, clear, np.uint8)
    entries[written] = piece.reshape(-1)[written]
    return Change(int(left), int(top), entries.reshape(piece.shape))


def joined(places: Any) -> Any:
    """Places, and those between two that lie near each other.

    >>> joined(np.array([1, 4, 90])).tolist()
    [1, 4, 90, 2, 3]
    """
    gaps = np.diff(places)
    near = (gaps > 1) & (gaps <= NEAR)
    counts = gaps[near] - 1
    begun = np.repeat(places[:-1][near] + 1 - (np.cumsum(counts) - counts), counts)
    return np.concatenate([places, begun + np.arange(counts.sum())])
