"""The header of an AVIF: sizes as the container tells them, and as the coded pictures inside do.

The container may claim 64 x 64 while the AV1 data inside is 16384 x 16384, and it is the latter that costs memory:
both are read, for every coded item of the file.
"""

from __future__ import annotations

from collections.abc import Iterator

from app.pictures.errors import cut_off, damaged, too_many_pixels, unsupported
from app.pictures.kinds.header import MOST_CHUNKS, Header, whole
from app.settings import Settings

MOST_ITEMS = 1024
MOST_UNITS = 4096
SEQUENCE_HEADER = 1
ANIMATED_BRANDS = (b"avis", b"msf1")


def avif_header(data: bytes, settings: Settings) -> Header:
    if data[8:12] in ANIMATED_BRANDS:
        raise unsupported("AVIF", "an animation")
    found = {name: (start, stop) for name, start, stop in reversed(list(boxes(data, 0, len(data))))}
    if b"meta" not in found:
        raise damaged("AVIF")
    meta = {name: (start, stop) for name, start, stop in boxes(data, found[b"meta"][0] + 4, found[b"meta"][1])}
    width, height = largest_claim(data, meta)
    for item_width, item_height in coded_sizes(data, meta):
        if item_width * item_height > settings.max_pixels:
            raise too_many_pixels(item_width, item_height, settings.max_pixels)
    return Header(kind="AVIF", width=width, height=height, source=data)


def boxes(data: bytes, start: int, stop: int) -> Iterator[tuple[bytes, int, int]]:
    """Name, start and stop of what each box of a stretch carries."""
    for _ in range(MOST_CHUNKS):
        if start + 8 > stop:
            return
        size, carried = whole(data, start, 4, True), 8
        if size == 1:
            size, carried = whole(data, start + 8, 8, True), 16
        end = start + size if size else stop
        if size and size < carried:
            raise damaged("AVIF")
        if end > stop:
            raise cut_off(len(data))
        yield data[start + 4 : start + 8], start + carried, end
        start = end
    raise damaged("AVIF")


def largest_claim(data: bytes, meta: dict[bytes, tuple[int, int]]) -> tuple[int, int]:
    """The largest size of an `ispe` property: that of the picture, or of a grid made of smaller ones."""
    sizes = [
        (whole(data, start + 4, 4, True), whole(data, start + 8, 4, True))
        for name, outer, outer_stop in boxes(data, *meta.get(b"iprp", (0, 0)))
        if name == b"ipco"
        for inner, start, _ in boxes(data, outer, outer_stop)
        if inner == b"ispe"
    ]
    if not sizes:
        raise damaged("AVIF")
    return max(sizes, key=lambda size: size[0] * size[1])


def coded_sizes(data: bytes, meta: dict[bytes, tuple[int, int]]) -> Iterator[tuple[int, int]]:
    """Width and height of every AV1 sequence in every coded item."""
    kinds = item_kinds(data, *meta.get(b"iinf", (0, 0)))
    inline = meta.get(b"idat", (0, 0))[0]
    coded = 0
    for item, base, extents in locations(data, *meta.get(b"iloc", (0, 0)), inline):
        if kinds.get(item) != b"av01":
            continue
        if any(base + start + size > len(data) for start, size in extents):
            raise cut_off(len(data))
        coded += 1
        # an extent of length 0 reaches to the end of the file
        payload = b"".join(data[base + start :][: size or None] for start, size in extents)
        yield from sequence_sizes(payload)
    if not coded:
        raise damaged("AVIF")


def item_kinds(data: bytes, start: int, stop: int) -> dict[int, bytes]:
    """The kind of each item: av01, grid, Exif ..."""
    wide = whole(data, start, 1, True) > 0
    kinds: dict[int, bytes] = {}
    for name, inner, _ in boxes(data, start + (8 if wide else 6), stop):
        if name == b"infe":
            size = 4 if data[inner] == 3 else 2
            kinds[whole(data, inner + 4, size, True)] = data[inner + 6 + size : inner + 10 + size]
    return kinds


def locations(data: bytes, start: int, stop: int, inline: int) -> Iterator[tuple[int, int, list[tuple[int, int]]]]:
    """Number, base offset and extents of each item, from the `iloc` box (ISO 14496-12, 8.11.3)."""
    version = whole(data, start, 1, True)
    sizes = whole(data, start + 4, 2, True)
    offset_size, length_size, base_size = sizes >> 12, sizes >> 8 & 15, sizes >> 4 & 15
    index_size = sizes & 15 if version else 0
    number_size = 4 if version == 2 else 2
    count, position = whole(data, start + 6, number_size, True), start + 6 + number_size
    if count > MOST_ITEMS:
        raise damaged("AVIF")
    for _ in range(count):
        item = whole(data, position, number_size, True)
        position += number_size
        method = whole(data, position, 2, True) & 15 if version else 0
        position += 2 + 2 * (version > 0)
        base = whole(data, position, base_size, True) + (inline if method == 1 else 0)
        extent_count = whole(data, position + base_size, 2, True)
        position += base_size + 2
        if method > 1 or extent_count > MOST_ITEMS or position > stop:
            raise damaged("AVIF")
        extents = []
        for _ in range(extent_count):
            position += index_size
            length_at = position + offset_size
            extents.append((whole(data, position, offset_size, True), whole(data, length_at, length_size, True)))
            position = length_at + length_size
        yield item, base, extents


def sequence_sizes(payload: bytes) -> Iterator[tuple[int, int]]:
    """Width and height of each sequence header among the units of AV1 data (AV1 specification, 5.3)."""
    position, seen = 0, False
    for _ in range(MOST_UNITS):
        if position >= len(payload):
            break
        first = payload[position]
        kind, position = first >> 3 & 15, position + 1 + (first >> 2 & 1)
        size = len(payload) - position
        if first & 2:
            size, position = variable_length(payload, position)
        if kind == SEQUENCE_HEADER:
            seen = True
            yield sequence_size(payload[position : position + min(size, 256)])
        position += size
    else:
        raise damaged("AVIF")
    if not seen:
        raise damaged("AVIF")


def variable_length(payload: bytes, position: int) -> tuple[int, int]:
    """A number of seven bits a byte (leb128), and where it ends."""
    value = 0
    for index in range(8):
        byte = whole(payload, position + index, 1, True)
        value |= (byte & 127) << 7 * index
        if byte < 128:
            return value, position + index + 1
    raise damaged("AVIF")


def sequence_size(header: bytes) -> tuple[int, int]:
    """Largest width and height that frames of this sequence can state (AV1 specification, 5.5.1).

    A frame may override the size within the bits it has for it, so those bits count where they allow far more.
    """
    bits = Bits(header)
    bits.read(3)
    bits.read(1)
    reduced = bits.read(1)
    if reduced:
        bits.read(5)
    elif bits.read(1):
        raise unsupported("AVIF", "timing information")
    else:
        operating_points(bits)
    width_bits, height_bits = bits.read(4) + 1, bits.read(4) + 1
    width, height = bits.read(width_bits) + 1, bits.read(height_bits) + 1
    if reduced:
        return width, height
    return max(width, (1 << width_bits) // 2), max(height, (1 << height_bits) // 2)


def operating_points(bits: Bits) -> None:
    initial_delay = bits.read(1)
    for _ in range(bits.read(5) + 1):
        bits.read(12)
        if bits.read(5) > 7:
            bits.read(1)
        if initial_delay and bits.read(1):
            bits.read(4)


class Bits:
    """Reads a number of bits at a time, from the most significant on; zeros past the end."""

    def __init__(self, data: bytes) -> None:
        self.data = int.from_bytes(data.ljust(512, b"\0"), "big")
        self.left = 8 * max(len(data), 512)

    def read(self, count: int) -> int:
        self.left -= count
        return self.data >> max(self.left, 0) & ((1 << count) - 1)
