"""The header of a GIF: frames counted, and the first one alone kept for the decoder."""

from __future__ import annotations

from app.pictures.errors import cut_off, damaged, too_many_frames
from app.pictures.kinds.header import Header, whole
from app.settings import Settings

MOST_BLOCKS = 400_000  # a file of 20 MB in blocks of 255 bytes has 80,000
IMAGE, EXTENSION, TRAILER = 0x2C, 0x21, 0x3B
GRAPHIC_CONTROL = 0xF9


class Blocks:
    """Walks the file's blocks; the budget bounds the work that a file of tiny blocks can ask for."""

    def __init__(self, data: bytes) -> None:
        self.data = data
        self.budget = MOST_BLOCKS

    def end_of_data(self, position: int) -> int:
        """Where a run of sub-blocks ends, after its empty one."""
        data = self.data
        while position < len(data):
            self.budget -= 1
            if self.budget < 0:
                raise damaged("GIF")
            length = data[position]
            position += 1 + length
            if not length:
                return position
        raise cut_off(len(data))


def gif_header(data: bytes, settings: Settings) -> Header:
    position = 13 + table_size(data[10]) if len(data) > 13 else len(data)
    blocks, source, control, frames = Blocks(data), data[:position], b"", 0
    width, height = whole(data, 6, 2, False), whole(data, 8, 2, False)
    while position < len(data) and data[position] in (IMAGE, EXTENSION):
        start = position
        position = block_end(blocks, position, bool(frames))
        if data[start] == IMAGE:
            frames += 1
            if frames > settings.max_frames:
                raise too_many_frames(frames, settings.max_frames)
            if frames == 1:
                source += control + data[start:position]
                width, height = max(width, right(data, start)), max(height, bottom(data, start))
        elif data[start + 1] == GRAPHIC_CONTROL:
            control = data[start:position]
    if not frames:
        raise cut_off(len(data)) if position >= len(data) else damaged("GIF")
    return Header(kind="GIF", width=width, height=height, source=source + bytes([TRAILER]), frames=frames)


def block_end(blocks: Blocks, position: int, seen: bool) -> int:
    """Where the image or extension at `position` ends; after the first frame a cut file ends the counting."""
    data = blocks.data
    if position + 11 > len(data) and not seen:
        raise cut_off(len(data))
    start = position + 2
    if data[position] == IMAGE:
        start = position + 11 + table_size(whole(data, position + 9, 1, False))
    return blocks.end_of_data(start) if not seen or start < len(data) else len(data)


def table_size(flags: int) -> int:
    """Bytes of the colour table that the flags announce."""
    return 3 << ((flags & 7) + 1) if flags & 0x80 else 0


def right(data: bytes, start: int) -> int:
    return whole(data, start + 1, 2, False) + whole(data, start + 5, 2, False)


def bottom(data: bytes, start: int) -> int:
    return whole(data, start + 3, 2, False) + whole(data, start + 7, 2, False)
