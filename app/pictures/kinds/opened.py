"""The headers of AVIF and TIFF, as Pillow reads them: it tells sizes before it decodes a pixel.

What such a file claims beside its size costs memory or time where it is decoded: in a child that has limits of both.
"""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from io import BytesIO
from typing import Any

from PIL import Image

from app.pictures.errors import PictureError, cut_off, damaged, too_many_frames
from app.pictures.kinds.header import MOST_CHUNKS, Header, Reader
from app.settings import Settings

BITS, OFFSETS, SIZES = 258, (273, 324), (279, 325)  # of strips, and of tiles
TO_THE_END = 0  # the size of a last box


def avif_header(data: bytes, settings: Settings) -> Header:
    walk_boxes(Reader(data, big=True))
    with opened(data, "AVIF") as image:
        frames = int(getattr(image, "n_frames", 1))
        if frames > settings.max_frames:
            raise too_many_frames(frames, settings.max_frames)
        return Header(kind="AVIF", width=image.width, height=image.height, source=data, frames=frames)


def tiff_header(data: bytes, settings: Settings) -> Header:
    with opened(data, "TIFF") as image:
        tags: Any = getattr(image, "tag_v2", {})
        for offsets, sizes in zip(OFFSETS, SIZES, strict=True):
            ends = map(sum, zip(tags.get(offsets, ()), tags.get(sizes, ()), strict=False))
            if max(ends, default=0) > len(data):
                raise cut_off(len(data))
        bits = tags.get(BITS, (1,))
        return Header(kind="TIFF", width=image.width, height=image.height, source=data, depth=int(bits[0]))


@contextmanager
def opened(data: bytes, kind: str) -> Iterator[Image.Image]:
    """The picture, not yet decoded; opening one, and asking it for what it claims, may raise anything at all."""
    try:
        with Image.open(BytesIO(data), formats=[kind]) as image:
            yield image
    except PictureError:
        raise
    except Exception as error:
        raise unreadable(data, kind, error) from error


def unreadable(data: bytes, kind: str, error: Exception) -> PictureError:
    if "truncated" in str(error).lower():
        return cut_off(len(data))
    if kind == "TIFF":
        walk_directory(Reader(data, 4, big=data.startswith(b"MM")))
    return damaged(kind)


def walk_directory(reader: Reader) -> None:
    """Whether a TIFF's first directory is there at all."""
    reader.position = reader.number(4)
    reader.skip(12 * reader.number(2))


def walk_boxes(reader: Reader) -> None:
    """Whether all of an AVIF's boxes are there."""
    for _ in range(MOST_CHUNKS):
        if reader.ended:
            return
        start, size = reader.position, reader.number(4)
        reader.skip(4)
        size = reader.number(8) if size == 1 else size
        if size == TO_THE_END:
            return
        if size < reader.position - start:
            raise damaged("AVIF")
        reader.position = start
        reader.skip(size)
    raise damaged("AVIF")
