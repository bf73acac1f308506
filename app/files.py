"""Files of numbers: NumPy's own, and tables of text; small ones become a matrix, large ones of bytes a picture."""

from __future__ import annotations

import re
from itertools import islice
from typing import Any

import numpy as np
import numpy.typing as npt

from app.pictures.errors import too_many_pixels
from app.pictures.kinds import kind_of, look_alike
from app.pictures.resize import Pixels, area_average
from app.settings import Settings
from core import matrices
from core.errors import SceneError
from core.matrices import MOST_WEIGHTS, Reading
from core.matrices.npy import MAGIC, read_npy, reading_of

FIELD = "file"
MARKS = {b"\xef\xbb\xbf": "utf-8-sig", b"\xff\xfe": "utf-16", b"\xfe\xff": "utf-16"}
HEAD = 2048
BYTES_ALONE = re.compile(r"[0-9\s,;]+")
NUMBER = re.compile(r"[^\s,;]+")
MOST_CELLS = 2**20  # of a table of text that becomes a picture
TOO_LARGE = "holds more than {most} numbers, and is no picture: whole numbers from 0 to 255 in one or three channels"


def numbers_in(data: bytes, settings: Settings) -> Reading | Pixels | None:
    """The matrix or the picture (C, H, W) that a file of numbers holds; None for a file of something else."""
    if data.startswith(MAGIC):
        array = read_npy(data)
        return reading_of(array) if array.size <= MOST_WEIGHTS else fitting(picture_of(array), settings)
    text = text_of(data)
    if text is None:
        return None
    many = sum(1 for _ in islice(NUMBER.finditer(text), MOST_WEIGHTS + 1)) > MOST_WEIGHTS
    if many and BYTES_ALONE.fullmatch(text):
        return fitting(picture_of(table_of(text)), settings)
    return matrices.read(text, FIELD).rows


def text_of(data: bytes) -> str | None:
    """The text of a file that is no picture and no known kind of document, and holds a digit."""
    if kind_of(data) or look_alike(data):
        return None
    mark = next((mark for mark in MARKS if data.startswith(mark)), b"")
    if not mark and b"\0" in data[:HEAD]:
        return None
    try:
        text = data.decode(MARKS.get(mark, "utf-8"))
    except UnicodeDecodeError:
        return None
    return text if any(sign.isdigit() for sign in text[:HEAD]) else None


def table_of(text: str) -> npt.NDArray[Any]:
    """A large table of whole numbers, its cells parted by one sign alone."""
    lines = [line.strip() for line in text.splitlines() if line.strip()]
    sign = next((sign for sign in "\t;," if lines and sign in lines[0]), None)
    if sum(map(text.count, ",;\t\n ")) > 2 * MOST_CELLS:
        raise too_large(None)
    rows = [line.split(sign) for line in lines]
    width = len(rows[0])
    for place, row in enumerate(rows):
        if len(row) != width or not all(0 < len(cell.strip()) <= 3 and cell.strip().isdigit() for cell in row):
            raise SceneError(FIELD, ",".join(row[:8]), "row {row} is not {count} whole numbers from 0 to 255",
                             row=place + 1, count=width)  # fmt: skip
    return np.array([[int(cell) for cell in row] for row in rows], np.int64)


def picture_of(array: npt.NDArray[Any]) -> Pixels:
    """An array of bytes as a picture (C, H, W)."""
    whole = array.dtype.kind in "iub" and array.ndim in (2, 3)
    if not whole or (array.dtype != np.uint8 and not 0 <= int(array.min()) <= int(array.max()) <= 255):
        raise too_large(array.shape)
    planes = array[None] if array.ndim == 2 else array
    last, first = planes.shape[-1] in (1, 3), planes.shape[0] in (1, 3)
    if array.ndim == 3 and last and not first:
        planes, first = planes.transpose(2, 0, 1), True
    if not first or (array.ndim == 3 and last and array.shape[0] in (1, 3)):
        raise too_large(array.shape)
    shades = planes.astype(np.uint8)
    return np.ascontiguousarray(shades * np.uint8(255) if array.dtype.kind == "b" else shades)


def too_large(shape: object) -> SceneError:
    return SceneError(FIELD, shape, TOO_LARGE, most=MOST_WEIGHTS)


def fitting(pixels: Pixels, settings: Settings) -> Pixels:
    """Within the limits of every picture."""
    _, rows, columns = pixels.shape
    if rows * columns > settings.max_pixels:
        raise too_many_pixels(columns, rows, settings.max_pixels)
    return area_average(pixels, settings.max_side)
