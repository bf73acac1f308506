"""Pictures in: any file a visitor drops becomes one upright, opaque, eight-bit picture in sRGB, or a clear refusal."""

from __future__ import annotations

import hashlib
import struct
import warnings
import zlib
from dataclasses import dataclass
from io import BytesIO

import numpy as np
import numpy.typing as npt
from PIL import Image, features

from app.pictures.colours import flatten, standard
from app.pictures.errors import EMPTY, TOO_LARGE, PictureError, cut_off, damaged, too_hard
from app.pictures.kinds import read_header
from app.pictures.kinds.header import Header
from app.pictures.kinds.png import SIGNATURE
from app.pictures.resize import Pixels, fitted
from app.settings import Settings

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


def check_decoders() -> None:
    """Says at start, rather than at the first upload, that Pillow was built without a codec."""
    missing = [name for name in ("jpg", "zlib", "libtiff", "webp", "avif", "littlecms2") if not features.check(name)]
    if missing:
        raise RuntimeError(f"Pillow lacks {', '.join(missing)}")
