"""Whole arrays on their way out: the smallest exact type, NumPy files, base64, and pictures with a legend."""

from __future__ import annotations

import base64
from collections.abc import Iterator
from io import BytesIO
from itertools import chain
from typing import Any

import numpy as np

from app.pictures.png import png_of_rows
from app.wire import colours
from app.wire.colours import coloured
from app.wire.sheet import Sheet
from core.bands import value_range
from core.vocabulary import Array

COMPACT = (np.uint8, np.int16, np.int32, np.int64)
IN_OPENING = (np.uint8, np.int32, np.int64)
LARGEST_IN_OPENING = 65_536

PIECE = 2**17  # cells of a file that are written at a time
GREY, DIVERGING = "grey", "diverging"
SCALES = {GREY: colours.GREY, DIVERGING: colours.DIVERGING}


def smallest(array: Array, types: tuple[Any, ...] = COMPACT) -> Array:
    """The same numbers in the smallest type that holds them exactly."""
    return array.astype(smallest_type(array, types), copy=False)


def smallest_type(array: Array, types: tuple[Any, ...] = COMPACT) -> np.dtype[Any]:
    if array.dtype.kind not in "iub":
        return np.dtype("<f8")
    least, most = int(array.min()), int(array.max())
    fitting = (kind for kind in types if np.iinfo(kind).min <= least and most <= np.iinfo(kind).max)
    chosen: np.dtype[Any] = np.dtype(next(fitting, types[-1])).newbyteorder("<")
    return chosen


def npy(array: Array, dtype: np.dtype[Any]) -> tuple[int, Iterator[bytes]]:
    """NumPy's file format, little endian, in C order: its length, and the pieces that it is made of."""
    head, little = BytesIO(), dtype.newbyteorder("<")
    described = {"descr": np.lib.format.dtype_to_descr(little), "fortran_order": False, "shape": array.shape}
    np.lib.format.write_array_header_1_0(head, described)
    flat = np.ascontiguousarray(array).reshape(-1)
    pieces = (flat[first : first + PIECE].astype(little).tobytes() for first in range(0, flat.size, PIECE))
    return len(head.getvalue()) + flat.size * little.itemsize, chain([head.getvalue()], pieces)


def span(array: Array) -> list[float]:
    """Least and most of the finite values."""
    return value_range(array) or [0, 0]


def sent(array: Array, most: int = LARGEST_IN_OPENING) -> dict[str, Any]:
    """An array inside an opening; only its shape and range when it has more cells than `most`."""
    small = smallest(array, IN_OPENING)
    told = array.size <= most
    return {
        "shape": list(array.shape),
        "type": small.dtype.name,
        "range": span(array),
        "data": base64.b64encode(np.ascontiguousarray(small).data).decode() if told else None,
    }


def picture(array: Array) -> tuple[bytes, dict[str, str]]:
    """(C, H, W) as PNG, channels side by side, and what its colours mean: grey from 0, or signed about zero."""
    least, most = span(array)
    reach = max(abs(least), abs(most)) or 1.0
    if least < 0:
        scale, low, high = DIVERGING, -reach, reach
    else:
        scale, low, high = GREY, 0, 255 if array.dtype.kind in "iu" and most <= 255 else reach
    channels, sheet = 1 if scale == GREY else 3, Sheet(array)
    blocks = (coloured(block, low, high, SCALES[scale])[:channels].transpose(1, 2, 0) for block in sheet.blocks())
    legend = [low, high]
    headers = {
        "X-Scale": scale,
        "X-Range": ", ".join(map(figure, legend)),
        "X-Values": f"{figure(least)}, {figure(most)}",
        "X-Shape": ", ".join(map(str, array.shape)),
    }
    return png_of_rows((channels, *sheet.shape), blocks), headers


def figure(value: float) -> str:
    """Whole numbers with all their digits, others with ten."""
    return str(value) if isinstance(value, int) else format(value, ".10g")
