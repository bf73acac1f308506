"""Makers of picture files, honest and hostile, for the tests of everything that takes one in."""

from __future__ import annotations

import io
import struct
import zlib
from collections.abc import Callable
from typing import Any

import numpy as np
from PIL import Image, ImageCms

FORMATS = ("PNG", "JPEG", "WEBP", "GIF", "BMP", "TIFF", "AVIF")


def scenery(width: int = 40, height: int = 30) -> Image.Image:
    """A small colourful picture without symmetry, so that a wrong turn shows."""
    rows, cols = np.mgrid[0:height, 0:width]
    red, green = cols * 255 // max(width - 1, 1), rows * 255 // max(height - 1, 1)
    planes = [red, green, 255 - (red + 2 * green) // 3]
    return Image.fromarray(np.stack(planes, axis=-1).astype(np.uint8))


def encoded(image: Image.Image, kind: str, **options: Any) -> bytes:
    written = io.BytesIO()
    image.save(written, kind, **options)
    return written.getvalue()


def png_chunk(name: bytes, content: bytes) -> bytes:
    return struct.pack(">I", len(content)) + name + content + struct.pack(">I", zlib.crc32(name + content))


def png_of(width: int, height: int, colour_type: int, rows: bytes, *extra: bytes, bits: int = 8) -> bytes:
    """A PNG put together by hand; `rows` are the unpacked scanlines, each with its filter byte."""
    head = struct.pack(">IIBBBBB", width, height, bits, colour_type, 0, 0, 0)
    return b"".join(
        [b"\x89PNG\r\n\x1a\n", png_chunk(b"IHDR", head), *extra, png_chunk(b"IDAT", zlib.compress(rows, 9)),
         png_chunk(b"IEND", b"")]
    )  # fmt: skip


def png_bomb(width: int = 20_000, height: int = 20_000) -> bytes:
    """A real picture of 400 megapixels in about 50 KB: one bit a pixel, all zero."""
    packer = zlib.compressobj(9)
    line = bytes(1 + (width + 7) // 8)
    packed = b"".join(packer.compress(line * 100) for _ in range(height // 100)) + packer.flush()
    head = struct.pack(">IIBBBBB", width, height, 1, 0, 0, 0, 0)
    return b"".join(
        [b"\x89PNG\r\n\x1a\n", png_chunk(b"IHDR", head), png_chunk(b"IDAT", packed), png_chunk(b"IEND", b"")]
    )


def png_with_text_bomb(size: int = 500_000_000) -> bytes:
    """A 4 x 4 PNG with compressed text and a colour profile that unpack to half a gigabyte each."""
    packer = zlib.compressobj(9)
    blank = bytes(1_000_000)
    packed = b"".join(packer.compress(blank) for _ in range(size // len(blank))) + packer.flush()
    text = png_chunk(b"zTXt", b"note\0\0" + packed)
    return png_of(4, 4, 0, bytes(5) * 4, png_chunk(b"iCCP", b"profile\0\0" + packed), text, text)


def jpeg_of_many_scans(scans: int = 20_000, side: int = 64) -> bytes:
    """A progressive JPEG whose last scan comes again and again."""
    data = encoded(scenery(side, side), "JPEG", progressive=True)
    last = data.rindex(b"\xff\xda")
    return data[:last] + (data[last:-2]) * scans + b"\xff\xd9"


def jpeg_with_segments(count: int, content: bytes = b"Exif\0\0") -> bytes:
    """A JPEG that opens with a great many tiny EXIF segments."""
    segment = b"\xff\xe1" + struct.pack(">H", len(content) + 2) + content
    return b"\xff\xd8" + segment * count + encoded(scenery(), "JPEG")[2:]


def gif_of_frames(count: int) -> bytes:
    frame = b"," + struct.pack("<HHHHB", 0, 0, 1, 1, 0) + b"\x02\x02D\x01\0"
    return b"GIF89a" + struct.pack("<HHBBB", 1, 1, 0x80, 0, 0) + b"\0\0\0\xff\xff\xff" + frame * count + b";"


def gif_larger_than_its_canvas(width: int, height: int) -> bytes:
    """The canvas is 1 x 1, the frame on it is not."""
    picture = encoded(Image.new("P", (8, 8)), "GIF")
    frame = picture.index(b",", 13 + (3 << (picture[10] & 7) + 1))
    data = bytearray(picture)
    data[6:10] = struct.pack("<HH", 1, 1)
    data[frame + 5 : frame + 9] = struct.pack("<HH", width, height)
    return bytes(data)


def gif_of_tiny_blocks(count: int) -> bytes:
    """A comment in blocks of one byte."""
    return gif_of_frames(1)[:19] + b"!\xfe" + b"\x01a" * count + b"\0" + gif_of_frames(1)[19:]


def avif_bomb(side: int, claimed: int | None = None) -> bytes:
    """A small AVIF whose header, and coded picture, say that it is huge; or whose container claims otherwise."""
    data = bytearray(encoded(Image.new("L", (64, 64), 40), "AVIF"))
    place = data.index(b"ispe") + 8
    data[place : place + 8] = struct.pack(">II", claimed or side, claimed or side)
    unit = data.index(b"\x12\0\x0a", data.index(b"mdat")) + 4
    # a reduced still picture header: profile 3, still 1, reduced 1, level 5, then 4 + 4 bits of lengths and the sizes
    bits = f"00011{31:05b}{15:04b}{15:04b}{side - 1:016b}{side - 1:016b}"
    data[unit : unit + 7] = int(bits.ljust(56, "0"), 2).to_bytes(7, "big")
    return bytes(data)


def tiff_of(entries: list[tuple[int, int, int, int]], data: bytes = b"") -> bytes:
    """A little-endian TIFF of one directory: (tag, type, count, value or offset); `data` stands at offset 8."""
    directory = struct.pack("<H", len(entries)) + b"".join(struct.pack("<HHII", *entry) for entry in entries)
    return b"II*\0" + struct.pack("<I", 8 + len(data)) + data + directory + bytes(4)


def exif_of(turn: int) -> Image.Exif:
    """EXIF data that asks for a turn."""
    exif = Image.Exif()
    exif[0x0112] = turn
    return exif


def linear_profile() -> bytes:
    """sRGB's primaries with light itself for values; its name still says sRGB."""
    profile = ImageCms.ImageCmsProfile(ImageCms.createProfile("sRGB")).tobytes()
    curve = profile.index(b"para\0\0\0\0")
    one = (1 << 16).to_bytes(4, "big")
    straight = b"para\0\0\0\0\0\3\0\0" + one + one + bytes(4) + one + bytes(4)
    return profile[:curve] + straight + profile[curve + len(straight) :]


def wide_gamut_profile() -> bytes:
    """A real profile that is not sRGB: red and blue trade places, so that its use cannot be missed."""
    profile = bytearray(ImageCms.ImageCmsProfile(ImageCms.createProfile("sRGB")).tobytes())
    red, blue = profile.index(b"rXYZ"), profile.index(b"bXYZ")
    profile[red : red + 4], profile[blue : blue + 4] = b"bXYZ", b"rXYZ"
    return bytes(profile)


def not_pictures() -> dict[str, bytes]:
    return {
        "svg": b'<svg xmlns="http://www.w3.org/2000/svg" width="9" height="9"><rect width="9" height="9"/></svg>',
        "html": b"<!doctype html><html><body><img src=cat.png></body></html>",
        "text": b"BMW is a car, and GIF is a format. " * 20,
        "zip": b"PK\x03\x04" + bytes(60),
        "pdf": b"%PDF-1.7\n1 0 obj\n",
        "heic": b"\0\0\0\x18ftypheic\0\0\0\0mif1heic" + bytes(100),
        "mp4": b"\0\0\0\x18ftypisom\0\0\0\0isomiso2" + bytes(100),
        "psd": b"8BPS\0\1" + bytes(100),
        "npy": b"\x93NUMPY\1\0" + bytes(100),
        "eps": b"%!PS-Adobe-3.0 EPSF-3.0\n%%BoundingBox: 0 0 9 9\n",
        "riff": b"RIFF\x24\0\0\0WAVEfmt " + bytes(40),
        "one byte": b"\x89",
        "spaces": b" " * 1000,
        "zeros": bytes(1000),
    }


def heavy_files() -> dict[str, Callable[[], bytes]]:
    """Files that cost a careless server seconds or gigabytes."""
    return {
        "png": png_bomb,
        "text": lambda: png_with_text_bomb(200_000_000),
        "scans": jpeg_of_many_scans,
        "segments": lambda: jpeg_with_segments(1_000_000),
        "frames": lambda: gif_of_frames(1_000_000),
        "canvas": lambda: gif_larger_than_its_canvas(30_000, 30_000),
        "blocks": lambda: gif_of_tiny_blocks(9_000_000),
        "avif": lambda: avif_bomb(16_384),
        "hidden avif": lambda: avif_bomb(16_384, claimed=64),
        "entropy": lambda: encoded(scenery(), "JPEG")[:-2] + b"\xff\x00" * 9_000_000,
        "filling": lambda: encoded(scenery(), "JPEG")[:20] + b"\xff" * 18_000_000,
        "chunks": lambda: png_of(4, 4, 0, bytes(20), png_chunk(b"IDAT", b"") * 1_500_000),
    }
