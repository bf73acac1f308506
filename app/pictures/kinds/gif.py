"""The header of a GIF: frames counted, and the first one alone kept for the decoder."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from app.pictures.errors import cut_off, damaged, too_many_frames
from app.pictures.kinds.header import Header, Reader
from app.settings import Settings

MOST_BLOCKS = 400_000  # a file of 20 MB in blocks of 255 bytes has 80,000
IMAGE, EXTENSION, TRAILER = 0x2C, 0x21, 0x3B
GRAPHIC_CONTROL = 0xF9


@dataclass(frozen=True, slots=True)
class Block:
    """An image or an extension of the file; `right` and `bottom` are where an image ends on the canvas."""

    content: bytes
    is_image: bool
    is_control: bool
    right: int = 0
    bottom: int = 0


def gif_header(data: bytes, settings: Settings) -> Header:
    reader = Reader(data, 6)
    width, height = reader.number(2), reader.number(2)
    flags = reader.number(1)
    reader.skip(2 + table_size(flags))
    source, control, frames = data[: reader.position], b"", 0
    for block in blocks(reader):
        if block.is_control:
            control = block.content
        frames += block.is_image
        if frames > settings.max_frames:
            raise too_many_frames(frames, settings.max_frames)
        if block.is_image and frames == 1:
            source += control + block.content
            width, height = max(width, block.right), max(height, block.bottom)
    if not frames:
        raise cut_off(len(data)) if reader.ended else damaged("GIF")
    return Header(kind="GIF", width=width, height=height, source=source + bytes([TRAILER]), frames=frames)


def blocks(reader: Reader) -> Iterator[Block]:
    """What follows the screen, up to the trailer or to what is no block at all; many a file has no trailer."""
    budget = MOST_BLOCKS
    while not reader.ended:
        start, right, bottom = reader.position, 0, 0
        introducer = reader.number(1)
        if introducer == IMAGE:
            left, top, width, height, flags = *(reader.number(2) for _ in range(4)), reader.number(1)
            right, bottom = left + width, top + height
            reader.skip(table_size(flags) + 1)  # and the size of a code
            label = 0
        elif introducer == EXTENSION:
            label = reader.number(1)
        else:
            reader.position = start
            return
        budget = skip_data(reader, budget)
        content = reader.data[start : reader.position]
        yield Block(content, introducer == IMAGE, label == GRAPHIC_CONTROL, right, bottom)


def skip_data(reader: Reader, budget: int) -> int:
    """Skips a run of sub-blocks and its empty one; what is left of the budget that bounds files of tiny blocks."""
    while length := reader.number(1):
        budget -= 1
        if budget < 0:
            raise damaged("GIF")
        reader.skip(length)
    return budget - 1


def table_size(flags: int) -> int:
    """Bytes of the colour table that the flags announce."""
    return 3 << ((flags & 7) + 1) if flags & 0x80 else 0
