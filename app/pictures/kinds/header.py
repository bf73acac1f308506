"""What a picture file says of itself, read before any decoder sees it."""

from __future__ import annotations

import zlib
from dataclasses import dataclass

from app.pictures.errors import CutOff, cut_off

MOST_CHUNKS = 65_536
LONGEST_PROFILE = 4 * 1024 * 1024
ORIENTATION, SHORT, MOST_TAGS = 0x0112, 3, 512


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


class Reader:
    """Takes a file's bytes in order; whoever asks for more than is left is told that the file is cut off.

    >>> Reader(b"\\1\\2\\3", big=True).number(2)
    258
    """

    __slots__ = ("big", "data", "position")

    def __init__(self, data: bytes, position: int = 0, *, big: bool = False) -> None:
        self.data = data
        self.position = position
        self.big = big

    @property
    def ended(self) -> bool:
        return self.position >= len(self.data)

    def take(self, count: int) -> bytes:
        start = self.position
        self.skip(count)
        return self.data[start : self.position]

    def skip(self, count: int) -> None:
        self.position += count
        if self.position > len(self.data):
            raise cut_off(len(self.data))

    def number(self, size: int) -> int:
        """An unsigned number of `size` bytes."""
        return int.from_bytes(self.take(size), "big" if self.big else "little")

    def signed(self, size: int) -> int:
        return int.from_bytes(self.take(size), "big" if self.big else "little", signed=True)


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
    if not exif.startswith((b"II*\0", b"MM\0*")):
        return 1
    try:
        return orientation(Reader(exif, 4, big=exif.startswith(b"MM")))
    except CutOff:
        return 1


def orientation(reader: Reader) -> int:
    reader.position = reader.number(4)
    for _ in range(min(reader.number(2), MOST_TAGS)):
        tag, kind = reader.number(2), reader.number(2)
        reader.skip(4)
        turn = reader.number(2)
        if tag == ORIENTATION and kind == SHORT:
            return turn if 1 <= turn <= 8 else 1
        reader.skip(2)
    return 1
