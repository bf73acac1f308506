"""PNG files as we keep and give them: eight bits, grey or RGB; written quickly rather than tightly."""

from __future__ import annotations

import struct
import zlib
from collections.abc import Iterable
from io import BytesIO

import numpy as np
import numpy.typing as npt
from PIL import Image

from app.pictures.resize import BLOCK, Pixels

SIGNATURE = b"\x89PNG\r\n\x1a\n"
GREY, RGB = 0, 2  # colour types
PNG_HEAD = 26  # bytes that tell the shape
FROM_ABOVE = 2  # the filter


def encode_png(array: Pixels) -> bytes:
    """A (1, H, W) or (3, H, W) array as a file."""
    channels, rows, cols = array.shape
    step = max(1, BLOCK // (channels * cols))
    blocks = (array[:, first : first + step].transpose(1, 2, 0) for first in range(0, rows, step))
    return png_of_rows((channels, rows, cols), blocks)


def png_of_rows(shape: tuple[int, int, int], blocks: Iterable[Pixels]) -> bytes:
    """A picture (C, H, W) that comes a few rows (n, W, C) at a time, so that it need not exist as a whole.

    Each row is stored as its difference from the one above, deflated by run lengths alone: less than half the time of
    Pillow's writer, which tries every filter on every row, and no larger.
    """
    channels, rows, cols = shape
    packer = zlib.compressobj(1, zlib.DEFLATED, zlib.MAX_WBITS, 9, zlib.Z_RLE)
    packed, above = [], np.zeros(cols * channels, np.uint8)
    for block in blocks:
        lines = np.ascontiguousarray(block).reshape(len(block), cols * channels)
        differences = np.empty((len(lines), 1 + cols * channels), np.uint8)
        differences[:, 0] = FROM_ABOVE
        np.subtract(lines[0], above, out=differences[0, 1:])
        np.subtract(lines[1:], lines[:-1], out=differences[1:, 1:])
        packed.append(packer.compress(differences.data))
        above = lines[-1]
    packed.append(packer.flush())
    head = struct.pack(">IIBBBBB", cols, rows, 8, RGB if channels == 3 else GREY, 0, 0, 0)
    return b"".join((SIGNATURE, *chunk(b"IHDR", [head]), *chunk(b"IDAT", packed), *chunk(b"IEND", [])))


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
