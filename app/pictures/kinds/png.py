"""The header of a PNG: its chunks are walked and checked, and only those that draw the picture are kept."""

from __future__ import annotations

import zlib

from app.pictures.errors import damaged, too_many_frames
from app.pictures.kinds.header import MOST_CHUNKS, Header, Reader, inflated, upright_turn
from app.settings import Settings

SIGNATURE = b"\x89PNG\r\n\x1a\n"
DRAWN = (b"IHDR", b"PLTE", b"tRNS", b"IDAT", b"IEND")
GREY_COLOUR_TYPES = (0, 4)


def png_header(data: bytes, settings: Settings) -> Header:
    chunks = walk(data)
    if chunks[0][0] != b"IHDR" or chunks[0][2] - chunks[0][1] != 25:
        raise damaged("PNG")
    frames = sum(name == b"fcTL" for name, _, _ in chunks)
    if frames > settings.max_frames:
        raise too_many_frames(frames, settings.max_frames)
    drawn = [data[start:stop] for name, start, stop in chunks if name in DRAWN]
    if any(zlib.crc32(memoryview(chunk)[4:-4]) != int.from_bytes(chunk[-4:], "big") for chunk in drawn):
        raise damaged("PNG")
    head = Reader(data, chunks[0][1] + 8, big=True)
    return Header(
        kind="PNG",
        width=head.number(4),
        height=head.number(4),
        depth=head.number(1),
        grey=head.number(1) in GREY_COLOUR_TYPES,
        source=SIGNATURE + b"".join(drawn),
        frames=max(frames, 1),
        orientation=upright_turn(cargo(data, chunks, b"eXIf")),
        profile=profile(cargo(data, chunks, b"iCCP")),
    )


def walk(data: bytes) -> list[tuple[bytes, int, int]]:
    """Name, start and stop of every chunk up to IEND; what follows it is no part of the picture."""
    chunks: list[tuple[bytes, int, int]] = []
    reader, name = Reader(data, len(SIGNATURE), big=True), b""
    while name != b"IEND":
        start, size = reader.position, reader.number(4)
        name = reader.take(4)
        if not name.isalpha() or len(chunks) >= MOST_CHUNKS:
            raise damaged("PNG")
        reader.skip(size + 4)
        chunks.append((name, start, reader.position))
    return chunks


def cargo(data: bytes, chunks: list[tuple[bytes, int, int]], wanted: bytes) -> bytes:
    """What the first chunk of that name carries, or nothing."""
    return next((data[start + 8 : stop - 4] for name, start, stop in chunks if name == wanted), b"")


def profile(chunk: bytes) -> bytes | None:
    """iCCP is a name, a zero byte, the method (0) and the profile, deflated."""
    name_end = chunk.find(b"\0")
    return inflated(chunk[name_end + 2 :]) if 0 < name_end < 80 else None
