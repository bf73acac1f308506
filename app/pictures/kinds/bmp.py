"""The header of a BMP."""

from __future__ import annotations

from app.pictures.errors import cut_off, unsupported
from app.pictures.kinds.header import Header, Reader
from app.settings import Settings

DATA_OFFSET_AT, HEADER_SIZE_AT = 10, 14
OLD_HEADER = 12
HEADER_SIZES = (OLD_HEADER, 40, 52, 56, 64, 108, 124)
PLAIN, RUNS_OF_8, RUNS_OF_4, BIT_FIELDS = 0, 1, 2, 3
MOST_RUN_PIXELS = 2_000_000  # runs are decoded in slow Python


def bmp_header(data: bytes, settings: Settings) -> Header:
    reader = Reader(data, HEADER_SIZE_AT)
    if reader.number(4) == OLD_HEADER:
        width, height, _, bits, compression = *(reader.number(2) for _ in range(4)), PLAIN
    else:
        width, height = reader.signed(4), abs(reader.signed(4))
        _, bits, compression = reader.number(2), reader.number(2), reader.number(4)
    check_data(data, width, height, bits, compression)
    return Header(kind="BMP", width=max(width, 0), height=height, source=data)


def check_data(data: bytes, width: int, height: int, bits: int, compression: int) -> None:
    size = len(data) - Reader(data, DATA_OFFSET_AT).number(4)
    if compression in (PLAIN, BIT_FIELDS):
        if size < (width * bits + 31) // 32 * 4 * height:
            raise cut_off(len(data))
    elif compression not in (RUNS_OF_8, RUNS_OF_4):
        raise unsupported("BMP", "this kind of compression")
    elif width * height > MOST_RUN_PIXELS or size > 2 * width * height + 4 * height + 4096:
        raise unsupported("BMP", "so long run-length coding")
