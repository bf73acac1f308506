"""How steep the picture is at each pixel: the length of the gradient that two kernels measure."""

from __future__ import annotations

import numpy as np
from numpy.typing import ArrayLike

from core.errors import SceneError
from core.functional import direct
from core.functional.arrays import Array, batch, largest, real, unbatch
from core.functional.planner import FEW_PASSES, PLANE_WORTH_A_THREAD, integer_lanes
from core.functional.plans import exact_bound, plan
from core.functional.shapes import Shapes, convolution_shapes
from core.functional.threads import over_rows
from core.functional.workspace import WORKSPACE

BAND_BYTES = 2**21  # of one of the two sums


def gradient_magnitude(
    x: ArrayLike,
    weight: ArrayLike,
    stride: object = 1,
    padding: object = 0,
    padding_mode: str = "zeros",
    out: Array | None = None,
) -> Array:
    """The length of (x sum, y sum), each channel by itself.

    sqrt(conv2d(x, weight[0]) ** 2 + conv2d(x, weight[1]) ** 2)

    Shape    (N, C, H, W) * (2, kH, kW) -> (N, C, oH, oW); integers become float64
    Source   Sobel 1968; Prewitt 1970; Roberts 1963, whose kernels differ

    >>> gradient_magnitude([[0, 3], [4, 0]], [[[1, 0], [0, -1]], [[0, 1], [-1, 0]]])
    array([[1.]])
    """
    pictures, rank = batch(x)
    kernels = real(weight, "weight")
    if kernels.ndim != 3 or len(kernels) != 2:
        raise SceneError("weight", kernels.shape, "must be two kernels, (2, kH, kW)")
    channels = pictures.shape[1]
    shapes = convolution_shapes(pictures.shape, (channels, 1, *kernels.shape[1:]), stride, padding, 1, channels,
                                padding_mode)  # fmt: skip
    dtype = pictures.dtype if pictures.dtype.kind == "f" else np.dtype(np.float64)
    y = np.empty(shapes.output, dtype=dtype) if out is None else checked(out, shapes, rank, dtype)
    recipes = shifted_sums(pictures, kernels, shapes)
    if recipes is None:
        gx, gy = (plan(pictures, kernel, None, stride, padding, 1, 1, padding_mode)(pictures) for kernel in kernels)
        np.hypot(gx, gy, out=y)
    else:
        for picture, answer in zip(np.ascontiguousarray(pictures), y, strict=True):
            for plane, magnitude in zip(picture, answer, strict=True):
                lengths(plane, recipes, shapes, magnitude)
    return unbatch(y, rank) if out is None else out


def checked(out: Array, shapes: Shapes, rank: int, dtype: np.dtype[np.generic]) -> Array:
    wanted = shapes.output[-max(rank, 2) :] if rank > 2 else shapes.output[2:]
    if out.shape != wanted or out.dtype != dtype or not out.flags.c_contiguous:
        raise SceneError("out", out.shape, "must be {shape} of {kind} in C order", shape=wanted, kind=dtype.name)
    return out.reshape(shapes.output)


def shifted_sums(x: Array, kernels: Array, shapes: Shapes) -> tuple[direct.Recipe, direct.Recipe] | None:
    """The two kernels as shifted additions, if the picture is large, the stride 1 and the additions few."""
    if any(slide.stride > 1 for slide in shapes.slides) or shapes.count[0] * shapes.count[1] < 64 * 64:
        return None
    lanes = x.dtype
    if x.dtype.kind != "f":
        if kernels.dtype.kind == "f":
            return None
        lanes = integer_lanes(exact_bound(255 if x.dtype == np.uint8 else largest(x), kernels[:, None], None))
    horizontal, vertical = (direct.recipe(kernel, lanes) for kernel in kernels)
    if max(horizontal.work, vertical.work) > FEW_PASSES * sum(kernels.shape[1:]):
        return None
    return horizontal, vertical


def lengths(plane: Array, recipes: tuple[direct.Recipe, direct.Recipe], shapes: Shapes, y: Array) -> None:
    """sqrt(gx * gx + gy * gy) of one plane, a band of rows at a time while both sums are in the cache."""
    step = max(1, BAND_BYTES // (y.shape[1] * y.itemsize))
    lanes = recipes[0].dtype

    def rows(start: int, stop: int) -> None:
        (top, bottom), cols = direct.inside(shapes, start, stop)
        height = max(min(step, bottom - top), 0)
        sums = WORKSPACE.line("gradient", height * y.shape[1], y.dtype).reshape(height, y.shape[1])
        with np.errstate(all="ignore"):  # the ends of the lines hold nothing until their border comes
            for first in range(top, bottom, step):
                last = min(first + step, bottom)
                gx, gy = sums[: last - first], y[first:last]
                seen = direct.under(plane, shapes, (first, last))
                direct.valid(seen, recipes[0].passes, gx, cols, lanes)
                direct.valid(seen, recipes[1].passes, gy, cols, lanes)
                combine(gx, gy)
        for border_rows, border_cols in direct.border(shapes, start, stop):
            part = y[slice(*border_rows), slice(*border_cols)]
            gx = np.empty(part.shape, dtype=y.dtype)
            direct.strip(plane, recipes[0], shapes, gx, lanes, border_rows, border_cols)
            direct.strip(plane, recipes[1], shapes, part, lanes, border_rows, border_cols)
            combine(gx, part)

    over_rows(rows, y.shape[0], y.size >= PLANE_WORTH_A_THREAD // 2)


def combine(gx: Array, gy: Array) -> None:
    """gy becomes the length of both."""
    np.multiply(gx, gx, out=gx)
    np.multiply(gy, gy, out=gy)
    np.add(gy, gx, out=gy)
    np.sqrt(gy, out=gy)
