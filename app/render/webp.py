"""A walk as animated WebP: of each frame what changed, without loss."""

from __future__ import annotations

import struct
from collections.abc import Sequence
from io import BytesIO

import numpy as np
from PIL import Image

from app.render.description import Figure
from app.render.frames import Change, changes
from app.render.palette import Entries, Palette
from app.render.sheet import height_of

ANIMATION, ALPHA = 1 << 1, 1 << 4
OVER_AND_STAYS = 0
METHOD, EFFORT = 2, 20  # of Pillow's writer: with less it packs seven times worse, with more hardly better
HEAD = 12  # bytes of a file before its first chunk


def animated(figure: Figure, steps: Sequence[int], width: int, seconds: Sequence[float], loop: bool) -> bytes:
    """Each step stays for so many seconds."""
    palette = Palette(figure)
    height = height_of(figure.size, width)
    colours = np.frombuffer(palette.bytes(), np.uint8).reshape(-1, 3)
    table = np.c_[colours, np.where(np.arange(len(colours)) == palette.clear, 0, 255).astype(np.uint8)]
    parts = [
        chunk(b"VP8X", struct.pack("<I", ANIMATION | ALPHA) + three(width - 1) + three(height - 1)),
        chunk(b"ANIM", struct.pack("<IH", 0, 0 if loop else 1)),
    ]
    for change, stay in zip(changes(figure, steps, width, palette), seconds, strict=True):
        even = aligned(change, palette.clear)
        rows, columns = even.entries.shape
        place = three(even.x // 2) + three(even.y // 2) + three(columns - 1) + three(rows - 1)
        head = place + three(round(1000 * stay)) + bytes([OVER_AND_STAYS])
        parts.append(chunk(b"ANMF", head + packed(table[even.entries])))
    body = b"WEBP" + b"".join(parts)
    return b"RIFF" + struct.pack("<I", len(body)) + body


def aligned(change: Change, clear: int) -> Change:
    """The same from an even place, as the format asks."""
    left, top = change.x % 2, change.y % 2
    entries: Entries = np.pad(change.entries, ((top, 0), (left, 0)), constant_values=clear)
    return Change(change.x - left, change.y - top, entries)


def packed(pixels: Entries) -> bytes:
    """The pixels as Pillow packs them: the chunks of a file of their own."""
    file = BytesIO()
    Image.fromarray(pixels, "RGBA").save(file, "WEBP", lossless=True, method=METHOD, quality=EFFORT)
    found, made = file.getvalue()[HEAD:], b""
    while found:
        size = 8 + (struct.unpack("<I", found[4:8])[0] + 1) // 2 * 2
        if found[:4] == b"VP8L":
            made += found[:size]
        found = found[size:]
    return made


def chunk(name: bytes, content: bytes) -> bytes:
    return name + struct.pack("<I", len(content)) + content + b"\0" * (len(content) % 2)


def three(number: int) -> bytes:
    return number.to_bytes(3, "little")
