"""PNG files as we keep and give them: eight bits, grey or RGB; written quickly rather than tightly."""

from __future__ import annotations

import struct
import zlib
from collections.abc import Callable, Iterable, Iterator
from io import BytesIO

import numpy as np
import numpy.typing as npt
from PIL import Image

from app.pictures.resize import BLOCK, Pixels

SIGNATURE = b"\x89PNG\r\n\x1a\n"
GREY, RGB = 0, 2  # colour types
PNG_HEAD = 26  # bytes that tell the shape
FROM_ABOVE = 2  # the filter
ZLIB_HEAD, ZLIB_END = b"\x78\x01", b"\x03\x00"  # quickly packed; an empty last block
ADLER = 65_521

Piece = tuple[bytes, int, int]
Each = Callable[[Callable[[tuple[Pixels, Pixels]], Piece], Iterable[tuple[Pixels, Pixels]]], Iterator[Piece]]


def encode_png(array: Pixels, each: Each = map) -> bytes:
    """A (1, H, W) or (3, H, W) array as a file; `each` may pack its pieces in several threads."""
    return png_of_pieces(array.shape, pieces_of(array, each))


def pieces_of(array: Pixels, each: Each = map) -> Iterator[Piece]:
    """The deflated pieces of a picture (C, H, W); those of a pool of threads are begun at once."""
    channels, rows, cols = array.shape
    step = max(1, BLOCK // (channels * cols))
    lines = array.transpose(1, 2, 0)
    return each(packed, with_rows_above(lines[first : first + step] for first in range(0, rows, step)))


def png_of_rows(shape: tuple[int, int, int], blocks: Iterable[Pixels]) -> bytes:
    """A picture (C, H, W) that comes a few rows (n, W, C) at a time, so that it need not exist as a whole."""
    return png_of_pieces(shape, map(packed, with_rows_above(blocks)))


def with_rows_above(blocks: Iterable[Pixels]) -> Iterator[tuple[Pixels, Pixels]]:
    above = None
    for block in blocks:
        yield block, np.zeros_like(block[0]) if above is None else above
        above = block[-1]


def packed(block: tuple[Pixels, Pixels]) -> Piece:
    """Rows (n, W, C) and the row above them as a piece of a stream of zlib, its sum and length.

    Each row is stored as its difference from the one above, deflated by run lengths alone: less than half the time of
    Pillow's writer, which tries every filter on every row, and no larger.
    """
    lines, above = (np.ascontiguousarray(part).reshape(-1, block[1].size) for part in block)
    differences = np.empty((len(lines), 1 + lines.shape[1]), np.uint8)
    differences[:, 0] = FROM_ABOVE
    np.subtract(lines[0], above[0], out=differences[0, 1:])
    np.subtract(lines[1:], lines[:-1], out=differences[1:, 1:])
    packer = zlib.compressobj(1, zlib.DEFLATED, -zlib.MAX_WBITS, 9, zlib.Z_RLE)
    text = packer.compress(differences.data) + packer.flush(zlib.Z_SYNC_FLUSH)
    return text, zlib.adler32(differences.data), differences.size


def png_of_pieces(shape: tuple[int, ...], pieces: Iterable[Piece]) -> bytes:
    channels, rows, cols = shape
    texts, total = [ZLIB_HEAD], 1
    for text, checksum, length in pieces:
        texts.append(text)
        total = joined_sum(total, checksum, length)
    texts += ZLIB_END, total.to_bytes(4)
    head = struct.pack(">IIBBBBB", cols, rows, 8, RGB if channels == 3 else GREY, 0, 0, 0)
    return b"".join((SIGNATURE, *chunk(b"IHDR", [head]), *chunk(b"IDAT", texts), *chunk(b"IEND", [])))


def joined_sum(first: int, then: int, length: int) -> int:
    """Adler-32 of two texts one after the other, from those of both and the length of the second.

    >>> joined_sum(zlib.adler32(b"kernel"), zlib.adler32(b" walk"), 5) == zlib.adler32(b"kernel walk")
    True
    """
    low, high = first & 0xFFFF, first >> 16
    return (low + (then & 0xFFFF) - 1) % ADLER | (high + (then >> 16) + length * (low - 1)) % ADLER << 16


def chunk(name: bytes, contents: list[bytes]) -> list[bytes]:
    check = zlib.crc32(name)
    for content in contents:
        check = zlib.crc32(content, check)
    return [struct.pack(">I", sum(map(len, contents))), name, *contents, struct.pack(">I", check)]


def decode_png(png: bytes) -> Pixels:
    """The array that `encode_png` wrote."""
    with Image.open(BytesIO(png), formats=["PNG"]) as image:
        return channels_first(np.asarray(image))


def png_shape(png: bytes) -> tuple[int, int, int]:
    """The shape (C, H, W) of such a file, from its first bytes."""
    cols, rows, _, colour_type = struct.unpack(">IIBB", png[16:PNG_HEAD])
    return (3 if colour_type == RGB else 1, rows, cols)


def channels_first(samples: npt.NDArray[np.generic]) -> Pixels:
    """(H, W) or (H, W, C) -> (C, H, W), contiguous."""
    if samples.dtype != np.uint8 or samples.ndim not in (2, 3):
        raise ValueError("not an eight-bit picture")
    planes = samples[None] if samples.ndim == 2 else samples.transpose(2, 0, 1)
    return np.ascontiguousarray(planes, dtype=np.uint8)
