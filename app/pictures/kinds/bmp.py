"""The header of a BMP."""

from __future__ import annotations

from app.pictures.errors import cut_off, unsupported
from app.pictures.kinds.header import Header, whole
from app.settings import Settings

HEADER_SIZES = (12, 40, 52, 56, 64, 108, 124)
PLAIN, RUNS_OF_8, RUNS_OF_4, BIT_FIELDS = 0, 1, 2, 3
MOST_RUN_PIXELS = 2_000_000  # runs are decoded in slow Python


def bmp_header(data: bytes, settings: Settings) -> Header:
    if whole(data, 14, 4, False) == 12:
        width, height = whole(data, 18, 2, False), whole(data, 20, 2, False)
        bits, compression = whole(data, 24, 2, False), PLAIN
    else:
        width, height = signed(data, 18), abs(signed(data, 22))
        bits, compression = whole(data, 28, 2, False), whole(data, 30, 4, False)
    check_data(data, width, height, bits, compression)
    return Header(kind="BMP", width=max(width, 0), height=height, source=data)


def check_data(data: bytes, width: int, height: int, bits: int, compression: int) -> None:
    size = len(data) - whole(data, 10, 4, False)
    if compression in (PLAIN, BIT_FIELDS):
        if size < (width * bits + 31) // 32 * 4 * height:
            raise cut_off(len(data))
    elif compression not in (RUNS_OF_8, RUNS_OF_4):
        raise unsupported("BMP", "this kind of compression")
    elif width * height > MOST_RUN_PIXELS or size > 2 * width * height + 4 * height + 4096:
        raise unsupported("BMP", "so long run-length coding")


def signed(data: bytes, start: int) -> int:
    return int.from_bytes(data[start : start + 4], "little", signed=True)
