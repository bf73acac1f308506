"""Whole arrays on their way out: the smallest exact type, NumPy files, base64, and pictures with a legend."""

from __future__ import annotations

import base64
import math
from io import BytesIO
from typing import Any

import numpy as np
from numpy.typing import NDArray

from app.pictures.normalise import encode_png
from app.wire import colours
from app.wire.colours import coloured
from core.vocabulary import Array

COMPACT = (np.uint8, np.int16, np.int32, np.int64)
IN_OPENING = (np.uint8, np.int32, np.int64)
LARGEST_IN_OPENING = 65_536

GREY, DIVERGING = "grey", "diverging"
SCALES = {GREY: colours.GREY, DIVERGING: colours.DIVERGING}
MOST_ACROSS = 64


def smallest(array: Array, types: tuple[Any, ...] = COMPACT) -> Array:
    """The same numbers in the smallest type that holds them exactly."""
    if array.dtype.kind not in "iub":
        return array.astype("<f8", copy=False)
    least, most = int(array.min()), int(array.max())
    fitting = (kind for kind in types if np.iinfo(kind).min <= least and most <= np.iinfo(kind).max)
    return array.astype(np.dtype(next(fitting, types[-1])).newbyteorder("<"), copy=False)


def npy(array: Array) -> bytes:
    """NumPy's file format, little endian, C order."""
    written = BytesIO()
    native = np.ascontiguousarray(array, array.dtype.newbyteorder("<"))
    np.lib.format.write_array(written, native, allow_pickle=False)
    return written.getvalue()


def span(array: Array) -> list[float]:
    """Least and most of the finite values."""
    finite = array if array.dtype.kind in "iub" else array[np.isfinite(array)]
    return [finite.min().item(), finite.max().item()] if finite.size else [0, 0]


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
    sheet = tiled(array.astype(np.float64))
    least, most = span(array)
    reach = max(abs(least), abs(most)) or 1.0
    if least < 0:
        scale, low, high = DIVERGING, -reach, reach
    else:
        scale, low, high = GREY, 0, 255 if array.dtype.kind in "iu" and most <= 255 else reach
    pixels = coloured(sheet, low, high, SCALES[scale])
    legend = [low, high]
    headers = {
        "X-Scale": scale,
        "X-Range": ", ".join(map(figure, legend)),
        "X-Values": f"{figure(least)}, {figure(most)}",
        "X-Shape": ", ".join(map(str, array.shape)),
    }
    return encode_png(pixels[:1] if scale == GREY else pixels), headers


def figure(value: float) -> str:
    """Whole numbers with all their digits, others with ten."""
    return str(value) if isinstance(value, int) else format(value, ".10g")


def tiled(array: NDArray[np.float64]) -> NDArray[np.float64]:
    """(C, H, W) -> (rows, cols): channels in a grid, one empty cell between them; a vector becomes a strip."""
    C, H, W = array.shape
    if H == W == 1:
        across = min(C, MOST_ACROSS)
        flat = np.full(-(-C // across) * across, np.nan)
        flat[:C] = array.reshape(-1)
        return flat.reshape(-1, across)
    across = math.ceil(math.sqrt(C))
    down = -(-C // across)
    sheet = np.full((down * (H + 1) - 1, across * (W + 1) - 1), np.nan)
    for channel in range(C):
        row, col = divmod(channel, across)
        sheet[row * (H + 1) : row * (H + 1) + H, col * (W + 1) : col * (W + 1) + W] = array[channel]
    return sheet
