"""Handwritten digits: a sheet of ten columns and four rows, and each cell of it a sample of its own."""

from __future__ import annotations

from functools import cache
from io import BytesIO
from pathlib import Path

import numpy as np
from PIL import Image

from app.pictures.png import channels_first
from app.pictures.resize import Pixels

SHEET = Path(__file__).parent / "digits.png"
SIDE, DIGITS = 28, 10
ROWS = ("", "-b", "-c", "-d")
MISREAD = tuple(f"digit-{digit}-d" for digit in range(2, DIGITS))  # by LeNet-5 as it was trained here


@cache
def sheet() -> Pixels:
    """All of them, (1, 112, 280)."""
    with Image.open(BytesIO(SHEET.read_bytes()), formats=["PNG"]) as image:
        return channels_first(np.asarray(image))


def digit(number: int, row: int) -> Pixels:
    """One of them, (1, 28, 28)."""
    return sheet()[:, row * SIDE : (row + 1) * SIDE, number * SIDE : (number + 1) * SIDE].copy()
