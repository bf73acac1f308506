"""Headers: what kind of picture a file is, told by its content, and what it asks of a decoder, before one runs."""

from __future__ import annotations

from collections.abc import Callable

from app.pictures.errors import KINDS, UNKNOWN_KIND, PictureError, damaged, too_many_pixels
from app.pictures.kinds.bmp import HEADER_SIZES, bmp_header
from app.pictures.kinds.gif import gif_header
from app.pictures.kinds.header import Header
from app.pictures.kinds.jpeg import jpeg_header
from app.pictures.kinds.opened import avif_header, tiff_header
from app.pictures.kinds.png import SIGNATURE, png_header
from app.pictures.kinds.pnm import is_pnm, pnm_header
from app.pictures.kinds.webp import webp_header
from app.settings import Settings

AVIF_BRANDS = (b"avif", b"avis")
MOST_BRANDS = 64

READERS: dict[str, Callable[[bytes, Settings], Header]] = {
    "PNG": png_header,
    "JPEG": jpeg_header,
    "WebP": webp_header,
    "GIF": gif_header,
    "BMP": bmp_header,
    "TIFF": tiff_header,
    "AVIF": avif_header,
    "PNM": pnm_header,
}

LOOK_ALIKES: tuple[tuple[int, bytes, str], ...] = (
    (4, b"ftyphei", "a HEIC photo"),
    (4, b"ftypmif1", "a HEIF photo"),
    (4, b"ftyp", "a video"),
    (0, b"%PDF", "a PDF document"),
    (0, b"PK\x03\x04", "a ZIP archive or an office document"),
    (0, b"8BPS", "a Photoshop document"),
    (0, b"\x00\x00\x00\x0cjP  ", "a JPEG 2000 picture"),
    (0, b"\xff\x0a", "a JPEG XL picture"),
    (0, b"\x00\x00\x00\x0cJXL ", "a JPEG XL picture"),
    (0, b"\x00\x00\x01\x00", "an icon"),
    (0, b"\x93NUMPY", "a NumPy array"),
)


def read_header(data: bytes, settings: Settings) -> Header:
    """Refuses what is no picture, is cut off or damaged, or would cost too much to decode (PictureError)."""
    kind = kind_of(data)
    if kind is None:
        raise unknown_kind(data)
    header = READERS[kind](data, settings)
    if not header.width or not header.height:
        raise damaged(kind)
    if header.width * header.height > settings.max_pixels:
        raise too_many_pixels(header.width, header.height, settings.max_pixels)
    return header


def kind_of(data: bytes) -> str | None:
    """The kind of picture by its first bytes, never by a name.

    >>> kind_of(b"GIF89a..."), kind_of(b"<html>")
    ('GIF', None)
    """
    if data.startswith(SIGNATURE):
        return "PNG"
    if data.startswith(b"\xff\xd8\xff"):
        return "JPEG"
    if data.startswith(b"RIFF") and data[8:12] == b"WEBP":
        return "WebP"
    if data.startswith((b"GIF87a", b"GIF89a")):
        return "GIF"
    if data.startswith(b"BM") and int.from_bytes(data[14:18], "little") in HEADER_SIZES:
        return "BMP"
    if data.startswith((b"II*\0", b"MM\0*", b"II+\0", b"MM\0+")):
        return "TIFF"
    if is_pnm(data):
        return "PNM"
    return "AVIF" if data[4:8] == b"ftyp" and set(AVIF_BRANDS) & set(brands(data)) else None


def brands(data: bytes) -> list[bytes]:
    """The major and the compatible brands of an ISO container; HEIC and video have others than AVIF."""
    end = min(int.from_bytes(data[:4], "big"), 16 + 4 * MOST_BRANDS)
    return [data[8:12], *(data[start : start + 4] for start in range(16, end, 4))]


def unknown_kind(data: bytes) -> PictureError:
    looks = look_alike(data)
    if looks is None:
        return PictureError(UNKNOWN_KIND, "the file is not a picture of a known kind: choose a {kinds}", kinds=KINDS)
    return PictureError(
        UNKNOWN_KIND, "the file looks like {looks}: save it as one of {kinds} first", looks=looks, kinds=KINDS
    )


def look_alike(data: bytes) -> str | None:
    for start, signature, looks in LOOK_ALIKES:
        if data.startswith(signature, start):
            return looks
    head = data[:1024].lower()
    if b"<svg" in head:
        return "an SVG drawing"
    return "a web page" if b"<html" in head or b"<!doctype html" in head else None
