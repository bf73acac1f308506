"""The header of a TIFF: its first directory is read and checked, so that no strip or tile can claim too much."""

from __future__ import annotations

from dataclasses import dataclass
from math import ceil

from app.pictures.errors import cut_off, damaged, too_many_frames, unsupported
from app.pictures.kinds.header import LONGEST_PROFILE, Header, whole
from app.settings import Settings

MOST_STRIPS = 65_536
WIDTH, HEIGHT, BITS, COMPRESSION, PHOTOMETRIC = 256, 257, 258, 259, 262
STRIP_OFFSETS, SAMPLES, ROWS_PER_STRIP, STRIP_SIZES = 273, 277, 278, 279
PLANAR, COLOUR_MAP, TILE_WIDTH, TILE_HEIGHT, TILE_OFFSETS, TILE_SIZES = 284, 320, 322, 323, 324, 325
PROFILE = 34675

JPEG_INSIDE = 7
COMPRESSIONS = {1, 2, 3, 4, 5, JPEG_INSIDE, 8, 32773, 32946}  # none, CCITT, LZW, JPEG, deflate, PackBits
LONG_TAGS = {STRIP_OFFSETS: MOST_STRIPS, STRIP_SIZES: MOST_STRIPS, TILE_OFFSETS: MOST_STRIPS, TILE_SIZES: MOST_STRIPS,
             COLOUR_MAP: 3 * 65_536, PROFILE: LONGEST_PROFILE}  # fmt: skip
NUMBERS_READ = {WIDTH, HEIGHT, BITS, COMPRESSION, PHOTOMETRIC, SAMPLES, ROWS_PER_STRIP, PLANAR, TILE_WIDTH,
                TILE_HEIGHT, 266, 274, 282, 283, 296, 338, 339, 530}  # fmt: skip
LONGEST_NUMBERS = 16
TYPE_SIZES = {1: 1, 2: 1, 3: 2, 4: 4, 5: 8, 6: 1, 7: 1, 8: 2, 9: 4, 10: 8, 11: 4, 12: 8, 13: 4}


@dataclass(frozen=True, slots=True)
class Directory:
    """The tags of one picture of the file: type, count and where the values begin."""

    data: bytes
    big: bool
    entries: dict[int, tuple[int, int, int]]

    def number(self, tag: int, default: int) -> int:
        """The first value of a tag, which is all that a size or a code needs."""
        kind, count, start = self.entries.get(tag, (0, 0, 0))
        return whole(self.data, start, TYPE_SIZES[kind], self.big) if count and kind in (1, 3, 4) else default

    def count(self, tag: int) -> int:
        return self.entries.get(tag, (0, 0, 0))[1]


def tiff_header(data: bytes, settings: Settings) -> Header:
    big = data.startswith(b"MM")
    if whole(data, 2, 2, big) == 43:
        raise unsupported("TIFF", "64-bit offsets (BigTIFF)")
    frames = pages(data, big, settings.max_frames)
    directory = read_directory(data, big)
    check_tags(directory)
    check_layout(directory, settings)
    return Header(
        kind="TIFF",
        width=directory.number(WIDTH, 0),
        height=directory.number(HEIGHT, 0),
        source=data,
        frames=frames,
        depth=directory.number(BITS, 1),
    )


def pages(data: bytes, big: bool, limit: int) -> int:
    """How many pictures the file holds, following the chain of directories."""
    place, seen = whole(data, 4, 4, big), set[int]()
    while place and place not in seen:
        seen.add(place)
        if len(seen) > limit:
            raise too_many_frames(len(seen), limit)
        place = whole(data, place + 2 + 12 * whole(data, place, 2, big), 4, big)
    return len(seen)


def read_directory(data: bytes, big: bool) -> Directory:
    place = whole(data, 4, 4, big)
    if place + 2 > len(data):
        raise cut_off(len(data))
    entries: dict[int, tuple[int, int, int]] = {}
    for index in range(whole(data, place, 2, big)):
        entry = place + 2 + 12 * index
        tag, kind, count = (whole(data, entry + at, size, big) for at, size in ((0, 2), (2, 2), (4, 4)))
        size = count * TYPE_SIZES.get(kind, 1)
        start = entry + 8 if size <= 4 else whole(data, entry + 8, 4, big)
        if entry + 12 > len(data) or start + size > len(data):
            raise cut_off(len(data))
        entries.setdefault(tag, (kind, count, start))
    return Directory(data, big, entries)


def check_tags(directory: Directory) -> None:
    """Lists are as long as they may be: a decoder believes them."""
    for tag, (_, count, _) in directory.entries.items():
        limit = LONGEST_NUMBERS if tag in NUMBERS_READ else LONG_TAGS.get(tag)
        if limit is not None and count > limit:
            raise damaged("TIFF")


def check_layout(directory: Directory, settings: Settings) -> None:
    """Strips and tiles cover the picture once: no more of them, and none larger, than that takes."""
    width, height = directory.number(WIDTH, 0), directory.number(HEIGHT, 0)
    compression = directory.number(COMPRESSION, 1)
    if compression not in COMPRESSIONS:
        raise unsupported("TIFF", "this kind of compression")
    rows = min(directory.number(ROWS_PER_STRIP, height), height) or 1
    tile_width, tile_height = directory.number(TILE_WIDTH, 1) or 1, directory.number(TILE_HEIGHT, 1) or 1
    planes = max(directory.number(SAMPLES, 1), 1) if directory.number(PLANAR, 1) == 2 else 1
    strips = ceil(height / rows) * planes
    tiles = ceil(width / tile_width) * ceil(height / tile_height) * planes
    if directory.count(STRIP_OFFSETS) > strips or (directory.count(TILE_OFFSETS) > tiles):
        raise damaged("TIFF")
    if directory.count(TILE_OFFSETS) and tile_width * tile_height > settings.max_pixels:
        raise unsupported("TIFF", "tiles larger than a picture may be")
    if directory.number(BITS, 1) > 8 * 4 or directory.number(SAMPLES, 1) > 8:
        raise unsupported("TIFF", "so many bits in a pixel")
    check_scans(directory, strips if not directory.count(TILE_OFFSETS) else tiles, compression, settings)


def check_scans(directory: Directory, pieces: int, compression: int, settings: Settings) -> None:
    """A JPEG in each strip or tile may have no more scans than its planes need; every scan begins with FF DA."""
    if compression == JPEG_INSIDE and directory.data.count(b"\xff\xda") > settings.max_scans + 4 * pieces:
        raise unsupported("TIFF", "JPEG strips of many scans")
