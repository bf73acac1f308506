"""The header of a WebP: the canvas is known, and its frames counted, before the decoder allocates it."""

from __future__ import annotations

from app.pictures.errors import cut_off, damaged, too_many_frames
from app.pictures.kinds.header import MOST_CHUNKS, Header, upright_turn, whole
from app.settings import Settings


def webp_header(data: bytes, settings: Settings) -> Header:
    if len(data) < 30 or len(data) < 8 + whole(data, 4, 4, False):
        raise cut_off(len(data))
    width, height = canvas(data)
    frames, exif = 0, b""
    for name, start, stop in chunks(data):
        frames += name == b"ANMF"
        if frames > settings.max_frames:
            raise too_many_frames(frames, settings.max_frames)
        if name == b"EXIF" and not exif:
            exif = data[start:stop]
    return Header(
        kind="WebP", width=width, height=height, source=data, frames=max(frames, 1), orientation=upright_turn(exif)
    )


def canvas(data: bytes) -> tuple[int, int]:
    """Width and height as the first chunk gives them: extended, lossless or lossy."""
    first = data[12:16]
    if first == b"VP8X":
        return whole(data, 24, 3, False) + 1, whole(data, 27, 3, False) + 1
    if first == b"VP8L" and data[20] == 0x2F:
        bits = whole(data, 21, 4, False)
        return (bits & 0x3FFF) + 1, (bits >> 14 & 0x3FFF) + 1
    if first == b"VP8 " and data[23:26] == b"\x9d\x01\x2a":
        return whole(data, 26, 2, False) & 0x3FFF, whole(data, 28, 2, False) & 0x3FFF
    raise damaged("WebP")


def chunks(data: bytes) -> list[tuple[bytes, int, int]]:
    """Name, start and stop of what each chunk carries."""
    found: list[tuple[bytes, int, int]] = []
    position, end = 12, 8 + whole(data, 4, 4, False)
    while position + 8 <= end:
        if len(found) >= MOST_CHUNKS:
            raise damaged("WebP")
        size = whole(data, position + 4, 4, False)
        found.append((data[position : position + 4], position + 8, position + 8 + size))
        position += 8 + size + size % 2
    return found
