"""A drawing made of shapes, each with its brightness."""

from __future__ import annotations

import numpy as np
import numpy.typing as npt

Points = tuple[tuple[float, float], ...]
Plane = npt.NDArray[np.float64]

BODY, FIN, TAIL = (22.0, 20.0, 8.5, 15.5), ((7.0, 20.0), (14.0, 15.0), (14.0, 25.0)), ((22, 35), (15, 44), (29, 44))


def fish() -> npt.NDArray[np.uint8]:
    """A fish that swims to the left, its fin a bright triangle on its back: 40 x 48."""
    shape = (40, 48)
    row, col, tall, wide = BODY
    rows, cols = np.indices(shape)
    body = ((rows - row) / tall) ** 2 + ((cols - col) / wide) ** 2 <= 1
    eye = (rows - 20) ** 2 + (cols - 10) ** 2 <= 2
    level = np.full(shape, 0.1)
    level[body | inside(TAIL, shape)] = 0.55
    level[inside(FIN, shape)] = 1.0
    level[eye] = 0.0
    return painted(level)


def painted(level: Plane) -> npt.NDArray[np.uint8]:
    """Brightness from 0 to 1 as a grey picture (1, H, W)."""
    return np.round(255 * level).astype(np.uint8)[None]


def inside(corners: Points, shape: tuple[int, int]) -> npt.NDArray[np.bool_]:
    """The cells of a triangle: on the same side of all three edges."""
    rows, cols = np.indices(shape)
    sides = [
        (cols - a[1]) * (b[0] - a[0]) - (rows - a[0]) * (b[1] - a[1])
        for a, b in zip(corners, (*corners[1:], corners[0]), strict=True)
    ]
    return np.asarray(np.logical_or(np.all([side >= 0 for side in sides], 0), np.all([side <= 0 for side in sides], 0)))
