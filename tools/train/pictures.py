"""How digits come to a network: from 0 to 1, as large as it takes, and while it learns turned and moved a little."""

from __future__ import annotations

import math
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from tools.train.data import Bytes

BORDER = 4  # zeros around a picture that is looked up: what lies outside is black
WHITE = np.float32(255)

Floats = NDArray[np.float32]


@dataclass(frozen=True, slots=True)
class Variety:
    """How far a digit may be from where it was: pixels to each side, degrees, part of its size."""

    shift: float = 0
    turn: float = 0
    size: float = 0


def prepared(pictures: Bytes, side: int) -> Floats:
    """(N, 28, 28) -> (N, 1, side, side), from 0 to 1, zeros all around where the network is larger."""
    margin = (side - pictures.shape[1]) // 2
    around = ((0, 0), (margin, margin), (margin, margin))
    return (np.pad(pictures, around).astype(np.float32) / WHITE)[:, None]


def shifted(pictures: Bytes, rows: int, cols: int) -> Bytes:
    """Moved down and to the right; black comes after, what leaves the picture is gone."""
    moved = np.zeros_like(pictures)
    height, width = pictures.shape[1:]
    tall, wide = max(0, height - abs(rows)), max(0, width - abs(cols))  # what is left of it
    down, right, top, left = max(rows, 0), max(cols, 0), max(-rows, 0), max(-cols, 0)
    moved[:, down : down + tall, right : right + wide] = pictures[:, top : top + tall, left : left + wide]
    return moved


def varied(pictures: Bytes, side: int, variety: Variety, random: np.random.Generator) -> Floats:
    """(N, 28, 28) -> (1, side, side, N): each picture moved, turned and made larger or smaller, the batch last."""
    count, given = len(pictures), pictures.shape[1]
    down, right = random.uniform(-variety.shift, variety.shift, (2, count))
    angle = np.radians(random.uniform(-variety.turn, variety.turn, count))
    scale, slant = 1 + random.uniform(-variety.size, variety.size, (2, count))
    steps = (np.arange(side) - (side - 1) / 2)[:, None]
    sine, cosine = np.sin(angle) * scale, np.cos(angle) * scale
    middle = (given - 1) / 2 + BORDER
    rows = (steps * cosine + middle - down)[:, None] - (steps * sine)[None]  # (side, side, N)
    cols = (steps * sine)[:, None] + (steps * cosine * slant + middle - right)[None]
    return looked_up(pictures, rows.astype(np.float32), cols.astype(np.float32))[None]


def looked_up(pictures: Bytes, rows: Floats, cols: Floats) -> Floats:
    """Brightness between the four nearest pixels, weighted by how near each is: (side, side, N)."""
    bordered = np.pad(pictures, ((0, 0), (BORDER, BORDER), (BORDER, BORDER)))
    side = bordered.shape[1]
    rows, cols = (np.clip(places, 0, side - 1 - 1e-3) for places in (rows, cols))
    top, left = rows.astype(np.int32), cols.astype(np.int32)
    low, far = rows - top, cols - left
    first = top * side + left + np.arange(len(pictures), dtype=np.int32) * side**2
    flat = bordered.reshape(-1)
    upper = flat[first] * (1 - far) + flat[first + 1] * far
    lower = flat[first + side] * (1 - far) + flat[first + side + 1] * far
    return np.asarray((upper * (1 - low) + lower * low) / WHITE, np.float32)


def batches(count: int, size: int, random: np.random.Generator) -> list[NDArray[np.int64]]:
    """Every picture once, in a new order; the last batch takes what is left."""
    order = random.permutation(count)
    return np.array_split(order, math.ceil(count / size))
