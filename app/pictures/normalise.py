"""Pictures in: any file a visitor drops becomes one upright, opaque, eight-bit picture in sRGB, or a clear refusal."""

from __future__ import annotations

import hashlib
import warnings
from dataclasses import dataclass
from io import BytesIO

import numpy as np
from PIL import Image, features

from app.pictures.colours import flatten, standard
from app.pictures.errors import EMPTY, TOO_LARGE, PictureError, cut_off, damaged, too_hard
from app.pictures.kinds import read_header
from app.pictures.kinds.header import Header
from app.pictures.png import encode_png
from app.pictures.resize import Pixels, fitted
from app.settings import Settings

OPENERS = {"PNG": "PNG", "JPEG": "JPEG", "WebP": "WEBP", "GIF": "GIF", "BMP": "BMP", "TIFF": "TIFF", "AVIF": "AVIF",
           "PNM": "PPM"}  # fmt: skip
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
ROWS = 32

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
    return planes_of(drawn)


def planes_of(drawn: Image.Image) -> Pixels:
    """(C, H, W), taken some rows at a time: what is small is there at once, and no copy of all is made between."""
    channels = len(drawn.getbands())
    planes = np.empty((channels, drawn.height, drawn.width), np.uint8)
    for top in range(0, drawn.height, ROWS):
        bottom = min(top + ROWS, drawn.height)
        block = np.asarray(drawn.crop((0, top, drawn.width, bottom)))
        planes[:, top:bottom] = block[None] if channels == 1 else block.transpose(2, 0, 1)
    return planes


def avif_orientation(image: Image.Image) -> int:
    """AVIF turns pictures in its container; Pillow gives that as an EXIF orientation."""
    return int(image.getexif().get(0x0112, 1))


def picture_id(pixels: Pixels) -> str:
    """Named by its content: shape and pixels."""
    digest = hashlib.sha256(repr(pixels.shape).encode())
    digest.update(np.ascontiguousarray(pixels).data)
    return digest.hexdigest()[:ID_LENGTH]


def check_decoders() -> None:
    """Says at start, rather than at the first upload, that Pillow was built without a codec."""
    missing = [name for name in ("jpg", "zlib", "libtiff", "webp", "avif", "littlecms2") if not features.check(name)]
    if missing:
        raise RuntimeError(f"Pillow lacks {', '.join(missing)}")
