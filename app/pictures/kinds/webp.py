"""The header of a WebP: the canvas is known, and its frames counted, before the decoder allocates it."""

from __future__ import annotations

from app.pictures.errors import cut_off, damaged, too_many_frames
from app.pictures.kinds.header import MOST_CHUNKS, Header, Reader, upright_turn
from app.settings import Settings

SIZE_AT, FIRST_CHUNK_AT = 4, 12
LOSSLESS_SIGNATURE, LOSSY_SIGNATURE = b"\x2f", b"\x9d\x01\x2a"
SIDE = 0x3FFF


def webp_header(data: bytes, settings: Settings) -> Header:
    end = 8 + Reader(data, SIZE_AT).number(4)
    if end > len(data):
        raise cut_off(len(data))
    width, height = canvas(Reader(data, FIRST_CHUNK_AT))
    frames, exif = 0, b""
    for name, start, stop in chunks(Reader(data, FIRST_CHUNK_AT), end):
        frames += name == b"ANMF"
        if frames > settings.max_frames:
            raise too_many_frames(frames, settings.max_frames)
        if name == b"EXIF" and not exif:
            exif = data[start:stop]
    return Header(
        kind="WebP", width=width, height=height, source=data, frames=max(frames, 1), orientation=upright_turn(exif)
    )


def canvas(reader: Reader) -> tuple[int, int]:
    """Width and height as the first chunk gives them: extended, lossless or lossy."""
    first = reader.take(4)
    reader.skip(4)
    if first == b"VP8X":
        reader.skip(4)
        return reader.number(3) + 1, reader.number(3) + 1
    if first == b"VP8L" and reader.take(1) == LOSSLESS_SIGNATURE:
        bits = reader.number(4)
        return (bits & SIDE) + 1, (bits >> 14 & SIDE) + 1
    if first == b"VP8 " and reader.take(6)[3:] == LOSSY_SIGNATURE:
        return reader.number(2) & SIDE, reader.number(2) & SIDE
    raise damaged("WebP")


def chunks(reader: Reader, end: int) -> list[tuple[bytes, int, int]]:
    """Name, start and stop of what each chunk carries."""
    found: list[tuple[bytes, int, int]] = []
    while reader.position + 8 <= end:
        if len(found) >= MOST_CHUNKS:
            raise damaged("WebP")
        name, size = reader.take(4), reader.number(4)
        found.append((name, reader.position, reader.position + size))
        reader.position += size + size % 2
    return found
