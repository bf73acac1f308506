"""A walk as GIF89a: one palette for all frames, and of each frame what changed."""

from __future__ import annotations

import struct
from collections.abc import Sequence

from PIL import Image

from app.render.description import Figure
from app.render.frames import Change, changes
from app.render.palette import Palette
from app.render.sheet import height_of

ITS_OWN_COLOURS = 0xF0  # and in the last three bits how many: two, doubled so often
AGAIN = b"\x21\xff\x0bNETSCAPE2.0\x03\x01\0\0\0"


def animated(figure: Figure, steps: Sequence[int], width: int, seconds: Sequence[float], loop: bool) -> bytes:
    """Each step stays for so many seconds."""
    palette = Palette(figure)
    height = height_of(figure.size, width)
    head = b"GIF89a" + struct.pack("<HHBBB", width, height, ITS_OWN_COLOURS | palette.bits - 1, 0, 0) + palette.bytes()
    parts = [head, AGAIN if loop else b""]
    for change, stay in zip(changes(figure, steps, width, palette), seconds, strict=True):
        control = struct.pack("<BHB", (1 << 2) | 1, max(2, round(100 * stay)), palette.clear)
        parts += [b"\x21\xf9\x04", control, b"\0", *coded(change, palette.bits)]
    return b"".join((*parts, b";"))


def coded(change: Change, bits: int) -> list[bytes]:
    """The rectangle and its pixels, as Pillow packs them: the fewer bits an entry has, the shorter are the codes."""
    image = Image.fromarray(change.entries, "P")
    place = struct.pack("<HHHHBB", change.x, change.y, *image.size, 0, bits)
    return [b",", place, image.tobytes("gif", "P", bits), b"\0"]
