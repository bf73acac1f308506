"""A walk as animated PNG: one palette for all frames, and of each frame what changed."""

from __future__ import annotations

import struct
import zlib
from collections.abc import Sequence

import numpy as np

from app.pictures.png import SIGNATURE, chunk
from app.render.description import Figure
from app.render.frames import Change, changes
from app.render.palette import Palette
from app.render.sheet import height_of

INDEXED = 3  # colour type
STAYS, OVER = 0, 1  # a frame stays below the next, and lies over the one before
EFFORT = 6


def animated(figure: Figure, steps: Sequence[int], width: int, seconds: Sequence[float], loop: bool) -> bytes:
    """Each step stays for so many seconds. Readers that know no animation show the first step."""
    palette = Palette(figure)
    height = height_of(figure.size, width)
    parts = [
        SIGNATURE,
        *chunk(b"IHDR", [struct.pack(">IIBBBBB", width, height, 8, INDEXED, 0, 0, 0)]),
        *chunk(b"acTL", [struct.pack(">II", len(steps), 0 if loop else 1)]),
        *chunk(b"PLTE", [palette.bytes()]),
        *chunk(b"tRNS", [b"\xff" * palette.clear + b"\0"]),
    ]
    number = 0
    for change, stay in zip(changes(figure, steps, width, palette), seconds, strict=True):
        rows, columns = change.entries.shape
        place = struct.pack(">IIIII", number, columns, rows, change.x, change.y)
        parts += chunk(b"fcTL", [place, struct.pack(">HHBB", round(1000 * stay), 1000, STAYS, OVER)])
        packed = zlib.compress(lines(change), EFFORT)
        parts += chunk(b"fdAT", [struct.pack(">I", number + 1), packed]) if number else chunk(b"IDAT", [packed])
        number += 2 if number else 1
    return b"".join((*parts, *chunk(b"IEND", [])))


def lines(change: Change) -> bytes:
    """Rows without a filter: entries are no amounts."""
    return np.pad(change.entries, ((0, 0), (1, 0))).tobytes()
