"""What a picture file says of itself, read before any decoder sees it."""

from __future__ import annotations

import zlib
from dataclasses import dataclass

MOST_CHUNKS = 65_536
LONGEST_PROFILE = 4 * 1024 * 1024


@dataclass(frozen=True, slots=True)
class Header:
    """`source` is what the decoder gets: the file without text, thumbnails and other cargo, where that is easy.

    `depth` is the number of bits of a sample where the decoder does not tell; `grey` where it gives RGB for grey.
    """

    kind: str
    width: int
    height: int
    source: bytes
    frames: int = 1
    orientation: int = 1
    profile: bytes | None = None
    depth: int = 8
    grey: bool = False


def inflated(compressed: bytes) -> bytes | None:
    """A colour profile unpacked, or None when it is broken or absurdly long."""
    inflater = zlib.decompressobj()
    try:
        profile = inflater.decompress(compressed, LONGEST_PROFILE)
    except zlib.error:
        return None
    return profile if inflater.eof else None


def upright_turn(exif: bytes) -> int:
    """The orientation, 1 to 8, that EXIF data asks for; 1 when it is silent or broken.

    Read by hand: this one tag is all that is wanted of the whole directory.
    """
    exif = exif.removeprefix(b"Exif\0\0")
    order = {b"II*\0": "little", b"MM\0*": "big"}.get(exif[:4])
    if order is None:
        return 1
    big = order == "big"
    directory = whole(exif, 4, 4, big)
    for index in range(min(whole(exif, directory, 2, big), 512)):
        entry = directory + 2 + 12 * index
        if whole(exif, entry, 2, big) == 0x0112 and whole(exif, entry + 2, 2, big) == 3:
            turn = whole(exif, entry + 8, 2, big)
            return turn if 1 <= turn <= 8 else 1
    return 1


def whole(data: bytes, start: int, size: int, big: bool) -> int:
    """An unsigned number of `size` bytes; past the end it reads as 0."""
    return int.from_bytes(data[start : start + size], "big" if big else "little")
