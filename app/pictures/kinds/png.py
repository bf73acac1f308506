"""The header of a PNG: its chunks are walked and checked, and only those that draw the picture are kept."""

from __future__ import annotations

import zlib

from app.pictures.errors import cut_off, damaged, too_many_frames
from app.pictures.kinds.header import MOST_CHUNKS, Header, inflated, upright_turn, whole
from app.settings import Settings

SIGNATURE = b"\x89PNG\r\n\x1a\n"
DRAWN = (b"IHDR", b"PLTE", b"tRNS", b"IDAT", b"IEND")
GREY_COLOUR_TYPES = (0, 4)


def png_header(data: bytes, settings: Settings) -> Header:
    chunks = walk(data)
    if not chunks or chunks[0][0] != b"IHDR" or chunks[0][2] - chunks[0][1] != 25 or chunks[-1][0] != b"IEND":
        raise damaged("PNG")
    frames = sum(name == b"fcTL" for name, _, _ in chunks)
    if frames > settings.max_frames:
        raise too_many_frames(frames, settings.max_frames)
    drawn = [data[start:stop] for name, start, stop in chunks if name in DRAWN]
    if any(zlib.crc32(memoryview(chunk)[4:-4]) != whole(chunk, len(chunk) - 4, 4, True) for chunk in drawn):
        raise damaged("PNG")
    return Header(
        kind="PNG",
        width=whole(data, 16, 4, True),
        height=whole(data, 20, 4, True),
        source=SIGNATURE + b"".join(drawn),
        frames=max(frames, 1),
        orientation=upright_turn(cargo(data, chunks, b"eXIf")),
        profile=profile(cargo(data, chunks, b"iCCP")),
        depth=data[24],
        grey=data[25] in GREY_COLOUR_TYPES,
    )


def walk(data: bytes) -> list[tuple[bytes, int, int]]:
    """Name, start and stop of every chunk up to IEND; what follows it is no part of the picture."""
    chunks: list[tuple[bytes, int, int]] = []
    start = len(SIGNATURE)
    while start + 12 <= len(data):
        name, stop = data[start + 4 : start + 8], start + 12 + whole(data, start, 4, True)
        if not name.isalpha() or len(chunks) >= MOST_CHUNKS:
            raise damaged("PNG")
        if stop > len(data):
            break
        chunks.append((name, start, stop))
        if name == b"IEND":
            return chunks
        start = stop
    raise cut_off(len(data))


def cargo(data: bytes, chunks: list[tuple[bytes, int, int]], wanted: bytes) -> bytes:
    """What the first chunk of that name carries, or nothing."""
    return next((data[start + 8 : stop - 4] for name, start, stop in chunks if name == wanted), b"")


def profile(chunk: bytes) -> bytes | None:
    """iCCP is a name, a zero byte, the method (0) and the profile, deflated."""
    name_end = chunk.find(b"\0")
    return inflated(chunk[name_end + 2 :]) if 0 < name_end < 80 else None
