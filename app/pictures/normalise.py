"""Pictures in: any file a visitor drops becomes one upright, opaque, eight-bit picture in sRGB, or a clear refusal."""

from __future__ import annotations

import hashlib
import struct
import warnings
import zlib
from dataclasses import dataclass
from io import BytesIO
from itertools import pairwise

import numpy as np
import numpy.typing as npt
from PIL import Image, features

from app.pictures.colours import flatten, standard
from app.pictures.errors import EMPTY, TOO_LARGE, PictureError, cut_off, damaged, too_hard
from app.pictures.kinds import read_header
from app.pictures.kinds.header import Header
from app.pictures.kinds.png import SIGNATURE
from app.settings import Settings

__all__ = ["Picture", "PictureError", "area_average", "decode_png", "encode_png", "normalise", "to_grey"]

Pixels = npt.NDArray[np.uint8]

OPENERS = {"PNG": "PNG", "JPEG": "JPEG", "WebP": "WEBP", "GIF": "GIF", "BMP": "BMP", "TIFF": "TIFF", "AVIF": "AVIF"}
TURNS = {
    2: Image.Transpose.FLIP_LEFT_RIGHT,
    3: Image.Transpose.ROTATE_180,
    4: Image.Transpose.FLIP_TOP_BOTTOM,
    5: Image.Transpose.TRANSPOSE,
    6: Image.Transpose.ROTATE_270,
    7: Image.Transpose.TRANSVERSE,
    8: Image.Transpose.ROTATE_90,
}
ID_LENGTH = 32
FROM_ABOVE = 2  # the PNG filter
LUMA = (19595, 38470, 7471)  # 0.299, 0.587, 0.114 in units of 2^-16

Image.MAX_IMAGE_PIXELS = None  # sizes are checked on the header, by our own limit and exactly
warnings.filterwarnings("ignore", module=r"PIL\.")  # of a damaged file we say what is to be said ourselves


@dataclass(frozen=True, slots=True)
class Picture:
    """A normalised picture: pixels (C, H, W), uint8, C = 1 (grey) or 3 (RGB); the same pixels have the same id."""

    pixels: Pixels
    id: str

    @property
    def channels(self) -> int:
        return int(self.pixels.shape[0])

    @property
    def height(self) -> int:
        return int(self.pixels.shape[1])

    @property
    def width(self) -> int:
        return int(self.pixels.shape[2])

    def png(self) -> bytes:
        return encode_png(self.pixels)


def normalise(data: bytes, settings: Settings) -> Picture:
    """The picture in a file of any of the kinds we read.

    Upright, sRGB, transparent parts over white, metadata gone, longest side at most `settings.max_side`.

    Refuses  with PictureError whatever is not such a file, and never with anything else
    """
    if not data:
        raise PictureError(EMPTY, "the file is empty: choose a picture")
    if len(data) > settings.max_upload_bytes:
        raise PictureError(TOO_LARGE, "the file is {size:,} bytes: at most {limit:,} are allowed, so make it smaller",
                           size=len(data), limit=settings.max_upload_bytes)  # fmt: skip
    header = read_header(data, settings)
    try:
        pixels = decode(header, settings.max_side)
    except MemoryError:
        raise too_hard() from None
    except Exception as error:  # a decoder may raise anything at all
        raise (cut_off(len(data)) if "truncated" in str(error) else damaged(header.kind)) from error
    return Picture(pixels, picture_id(pixels))


def decode(header: Header, max_side: int) -> Pixels:
    with Image.open(BytesIO(header.source), formats=[OPENERS[header.kind]]) as image:
        if image.width * image.height > max(header.width * header.height, 1):
            raise ValueError("the decoder sees another size than the header")
        size = fitted(image.size, max_side)
        image.draft(None, size)
        image.load()
        profile = header.profile or image.info.get("icc_profile")
        orientation = header.orientation if header.kind != "AVIF" else avif_orientation(image)
        drawn = flatten(image, header)
    if drawn.size != size:
        drawn = drawn.resize(size, Image.Resampling.BOX)
    drawn = standard(drawn, profile)
    if orientation in TURNS:
        drawn = drawn.transpose(TURNS[orientation])
    return channels_first(np.asarray(drawn))


def avif_orientation(image: Image.Image) -> int:
    """AVIF turns pictures in its container; Pillow gives that as an EXIF orientation."""
    return int(image.getexif().get(0x0112, 1))


def fitted(size: tuple[int, int], longest_side: int) -> tuple[int, int]:
    """The size, shrunk in proportion until no side is longer; never enlarged, never 0.

    >>> fitted((451, 300), 64), fitted((10, 10), 64)
    ((64, 43), (10, 10))
    """
    longest = max(size)
    if longest <= longest_side:
        return size
    width, height = (max((2 * side * longest_side + longest) // (2 * longest), 1) for side in size)
    return width, height


def channels_first(samples: npt.NDArray[np.generic]) -> Pixels:
    """(H, W) or (H, W, C) -> (C, H, W), contiguous."""
    if samples.dtype != np.uint8 or samples.ndim not in (2, 3):
        raise ValueError("not an eight-bit picture")
    planes = samples[None] if samples.ndim == 2 else samples.transpose(2, 0, 1)
    return np.ascontiguousarray(planes, dtype=np.uint8)


def picture_id(pixels: Pixels) -> str:
    """Named by its content: shape and pixels."""
    digest = hashlib.sha256(repr(pixels.shape).encode())
    digest.update(np.ascontiguousarray(pixels).data)
    return digest.hexdigest()[:ID_LENGTH]


def encode_png(array: Pixels) -> bytes:
    """A (1, H, W) or (3, H, W) array as PNG, quickly rather than tightly.

    Each row is stored as its difference from the one above, deflated by run lengths alone: a quarter of the time
    of trying every filter, and no larger.
    """
    channels, rows, cols = array.shape
    lines = np.ascontiguousarray(array.transpose(1, 2, 0)).reshape(rows, cols * channels)
    differences = np.empty((rows, 1 + cols * channels), np.uint8)
    differences[:, 0] = FROM_ABOVE
    differences[0, 1:] = lines[0]
    np.subtract(lines[1:], lines[:-1], out=differences[1:, 1:])
    packer = zlib.compressobj(1, zlib.DEFLATED, zlib.MAX_WBITS, 9, zlib.Z_RLE)
    packed = packer.compress(differences.data) + packer.flush()
    head = struct.pack(">IIBBBBB", cols, rows, 8, 2 if channels == 3 else 0, 0, 0, 0)
    return SIGNATURE + chunk(b"IHDR", head) + chunk(b"IDAT", packed) + chunk(b"IEND", b"")


def chunk(name: bytes, content: bytes) -> bytes:
    return struct.pack(">I", len(content)) + name + content + struct.pack(">I", zlib.crc32(content, zlib.crc32(name)))


def decode_png(png: bytes) -> Pixels:
    """The array that `encode_png` wrote."""
    with Image.open(BytesIO(png), formats=["PNG"]) as image:
        return channels_first(np.asarray(image))


def to_grey(array: Pixels) -> Pixels:
    """(3, H, W) -> (1, H, W): ITU-R 601 luma in integers, exactly as Pillow's "L"; grey stays as it is.

    (19595 R + 38470 G + 7471 B + 32768) / 65536, rounded down

    >>> to_grey(np.array([[[255]], [[0]], [[0]]], np.uint8))
    array([[[76]]], dtype=uint8)
    """
    if array.shape[0] == 1:
        return array
    luma = np.full(array.shape[1:], 0x8000, np.uint32)
    for plane, weight in zip(array, LUMA, strict=True):
        luma += plane * np.uint32(weight)
    grey: Pixels = (luma >> 16).astype(np.uint8)[None]
    return grey


def area_average(array: Pixels, longest_side: int) -> Pixels:
    """(C, H, W) -> (C, h, w), max(h, w) <= longest_side: each cell the mean of the area it covers.

    Exact in integers, cells cut by an edge counted by their share, halves rounded up; never enlarges.

    >>> area_average(np.array([[[0, 1], [1, 0]]], np.uint8), 1)
    array([[[1]]], dtype=uint8)
    """
    _, rows, cols = array.shape
    new_cols, new_rows = fitted((cols, rows), longest_side)
    if (new_rows, new_cols) == (rows, cols):
        return array
    sums = covered(covered(array, new_rows).swapaxes(1, 2), new_cols).swapaxes(1, 2)
    area = rows * cols
    means: Pixels = ((2 * sums + area) // (2 * area)).astype(np.uint8)
    return means


def covered(array: npt.NDArray[np.integer], count: int) -> npt.NDArray[np.int64]:
    """Sums over `count` equal stretches of the rows, in units of 1 / count of a row, so that all stays whole."""
    size = array.shape[1]
    edges, shares = np.divmod(np.arange(count + 1, dtype=np.int64) * size, count)
    sums = np.empty((array.shape[0], count, array.shape[2]), np.int64)
    for index, (start, stop) in enumerate(pairwise(edges.tolist())):
        rows = array[:, start:stop].astype(np.int64)  # widened first: reducing with a cast is 30 times slower
        np.add.reduce(rows, axis=1, out=sums[:, index])
    sums *= count
    sums -= array[:, edges[:-1]] * shares[:-1, None]
    sums += array[:, np.minimum(edges[1:], size - 1)] * shares[1:, None]
    return sums


def check_decoders() -> None:
    """Says at start, rather than at the first upload, that Pillow was built without a codec."""
    missing = [name for name in ("jpg", "zlib", "libtiff", "webp", "avif", "littlecms2") if not features.check(name)]
    if missing:
        raise RuntimeError(f"Pillow lacks {', '.join(missing)}")
