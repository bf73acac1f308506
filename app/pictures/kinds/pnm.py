"""PBM, PGM and PPM, as text (P1 to P3) and binary (P4 to P6); http://netpbm.sourceforge.net/doc/pnm.html"""

from __future__ import annotations

import re

import numpy as np
import numpy.typing as npt

from app.pictures.errors import cut_off, damaged, too_many_pixels, unsupported
from app.pictures.kinds.header import Header
from app.settings import Settings

MAGIC = re.compile(rb"P[1-6](?=[\s#])")
GAP = rb"(?:\s|#[^\n\r]*[\n\r])"
SIZES = re.compile(rb"P([1-6])" + GAP + rb"+([0-9]{1,9})" + GAP + rb"+([0-9]{1,9})(?=[\s#])")
LARGEST = re.compile(GAP + rb"+([0-9]{1,5})(?=[\s#])")
COMMENT = re.compile(rb"#[^\n\r]*")
LONGEST_HEAD = 4096
MOST_WRITTEN = 2_000_000  # samples that are written as text are read slowly
PLAIN = (1, 2, 3)
BITS = (1, 4)
COLOURED = (3, 6)

Samples = npt.NDArray[np.integer]


def is_pnm(data: bytes) -> bool:
    return MAGIC.match(data) is not None


def pnm_header(data: bytes, settings: Settings) -> Header:
    """The picture in eight bits: where the largest sample is not 255, each is scaled to it and rounded."""
    kind, width, height, largest, start = head_of(data)
    if width * height > settings.max_pixels:
        raise too_many_pixels(width, height, settings.max_pixels)
    count = width * height * (3 if kind in COLOURED else 1)
    samples = written(data, start, kind, count) if kind in PLAIN else packed(data, start, kind, width, height, largest)
    if samples.size and int(samples.max()) > largest:
        raise damaged("PNM")
    pixels = scaled(samples, kind, largest)
    head = b"P%d %d %d 255\n" % (6 if kind in COLOURED else 5, width, height)
    return Header("PNM", width, height, head + pixels.tobytes())


def head_of(data: bytes) -> tuple[int, int, int, int, int]:
    """Kind, width, height, the largest sample there may be, and where the samples begin."""
    found = SIZES.match(data[:LONGEST_HEAD])
    if not found:
        raise cut_off(len(data)) if len(data) < LONGEST_HEAD else damaged("PNM")
    kind, width, height = map(int, found.groups())
    if kind in BITS:
        return kind, width, height, 1, found.end() + 1
    most = LARGEST.match(data[:LONGEST_HEAD], found.end())
    if not most:
        raise cut_off(len(data)) if len(data) < LONGEST_HEAD else damaged("PNM")
    if not 1 <= int(most[1]) <= 65535:
        raise damaged("PNM")
    return kind, width, height, int(most[1]), most.end() + 1


def written(data: bytes, start: int, kind: int, count: int) -> Samples:
    """Samples in decimal digits, or bits that need no space between them."""
    if count > MOST_WRITTEN:
        raise unsupported("PNM", "so many numbers written as text")
    text = COMMENT.sub(b"", data[start - 1 :])
    if kind == 1:
        bits = np.frombuffer(b"".join(text.split()), np.uint8)[:count]
        return checked(bits.astype(np.int32) - ord("0"), count, len(data))
    words = text.split(maxsplit=count)[:count]
    if not all(word.isdigit() and len(word) <= 5 for word in words):
        raise damaged("PNM")
    return checked(np.array([int(word) for word in words], np.int32), count, len(data))


def checked(samples: Samples, count: int, size: int) -> Samples:
    if samples.size < count:
        raise cut_off(size)
    if samples.size and int(samples.min()) < 0:
        raise damaged("PNM")
    return samples


def packed(data: bytes, start: int, kind: int, width: int, height: int, largest: int) -> Samples:
    """Samples in one or two bytes, the higher first; bits in rows of whole bytes."""
    columns = (width + 7) // 8 if kind in BITS else width * (3 if kind in COLOURED else 1)
    wide = largest > 255
    size = columns * height * (2 if wide else 1)
    if len(data) - start < size:
        raise cut_off(len(data))
    samples = np.frombuffer(data, ">u2" if wide else np.uint8, columns * height, start)
    if kind not in BITS:
        return samples
    return np.unpackbits(samples.reshape(height, columns), axis=1)[:, :width]


def scaled(samples: Samples, kind: int, largest: int) -> npt.NDArray[np.uint8]:
    """0 to `largest` becomes 0 to 255; of bits, 1 is black."""
    if largest == 255:
        return samples.astype(np.uint8)
    scale = ((np.arange(largest + 1, dtype=np.int64) * 255 + largest // 2) // largest).astype(np.uint8)
    shades: npt.NDArray[np.uint8] = (scale[::-1] if kind in BITS else scale).take(samples)
    return shades
