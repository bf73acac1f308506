"""Pooling: each window becomes one number, its maximum, its mean or its norm. No weights."""

from __future__ import annotations

import math
from typing import Literal, overload

import numpy as np
from numpy.typing import ArrayLike

from core import arguments
from core.algorithms.arrays import Array, batch, floating, summing, unbatch, widened
from core.algorithms.exact import check_sums
from core.algorithms.reducing import meetings_of, reduce_windows
from core.algorithms.windows import Slides, counts, slides_of
from core.arguments import boolean, scalar
from core.errors import SceneError
from core.geometry import Pair, Slide
from core.integers import whole


@overload
def max_pool2d(x: ArrayLike, kernel_size: object, stride: object = None, padding: object = 0, dilation: object = 1,
               ceil_mode: bool = False, return_indices: Literal[False] = False,
               out: Array | None = None) -> Array: ...  # fmt: skip
@overload
def max_pool2d(x: ArrayLike, kernel_size: object, stride: object = None, padding: object = 0, dilation: object = 1,
               ceil_mode: bool = False, return_indices: Literal[True] = ...,
               out: Array | None = None) -> tuple[Array, Array]: ...  # fmt: skip
def max_pool2d(
    x: ArrayLike,
    kernel_size: object,
    stride: object = None,
    padding: object = 0,
    dilation: object = 1,
    ceil_mode: bool = False,
    return_indices: bool = False,
    out: Array | None = None,
) -> Array | tuple[Array, Array]:
    """Keep the largest value of each window; `stride` is the kernel size unless given.

    y[c, r, k] = max over i, j of x[c, r * stride + i * dilation, k * stride + j * dilation]

    With `return_indices` also where each winner stands: row * W + column of its channel.

    Shape    (N, C, H, W) -> (N, C, oH, oW)
    Refuses  padding above half a window: such a window could lie in the padding alone

    >>> max_pool2d([[1, 2, 5, 6], [3, 4, 7, 8]], 2)
    array([[4, 8]])
    """
    planes, rank = batch(x)
    slides = pool_slides(planes, kernel_size, stride, padding, dilation)
    count = counts(side(planes), slides, boolean("ceil_mode", ceil_mode))
    if boolean("return_indices", return_indices):
        y, indices = winners(planes, slides, count)
        return unbatch(widened(y), rank), unbatch(indices, rank)
    y = destination(out, (*planes.shape[:2], *count), rank, summing(planes))
    reduce_windows(np.maximum, planes, slides, count, lowest(planes), planes.dtype, y)
    return unbatch(y, rank) if out is None else out


def avg_pool2d(
    x: ArrayLike,
    kernel_size: object,
    stride: object = None,
    padding: object = 0,
    ceil_mode: bool = False,
    count_include_pad: bool = True,
    divisor_override: int | None = None,
    out: Array | None = None,
) -> Array:
    """Keep the mean of each window.

    y[c, r, k] = sum over i, j of x[c, r * stride + i, k * stride + j] / cells

    `cells` counts the padding too unless `count_include_pad` is false; `divisor_override` replaces it.

    Shape    (N, C, H, W) -> (N, C, oH, oW); integers become float64

    >>> avg_pool2d([[1, 2, 5, 6], [3, 4, 7, 8]], 2)
    array([[2.5, 6.5]])
    """
    planes, rank = batch(x)
    slides = pool_slides(planes, kernel_size, stride, padding, 1)
    count = counts(side(planes), slides, boolean("ceil_mode", ceil_mode))
    cells = divisors(side(planes), slides, count, count_include_pad, divisor_override)
    check_sums(planes, slides[0].kernel_size * slides[1].kernel_size)
    y = destination(out, (*planes.shape[:2], *count), rank, floating(planes[:0]).dtype)
    sums = y if y.dtype == summing(planes) else np.empty(y.shape, dtype=summing(planes))
    reduce_windows(np.add, planes, slides, count, 0, summing(planes), sums)
    np.divide(sums, cells.astype(y.dtype), out=y)
    return unbatch(y, rank) if out is None else out


def lp_pool2d(
    x: ArrayLike, norm_type: float, kernel_size: object, stride: object = None, ceil_mode: bool = False
) -> Array:
    """Keep the p-norm of each window: p = 1 is the sum, p = 2 the length, infinity the maximum.

    y[c, r, k] = (sum over i, j of x[c, r * stride + i, k * stride + j] ** p) ** (1 / p)

    As in torch a negative sum has no root (NaN), and a window cut by `ceil_mode` counts as if it were full.

    Shape    (N, C, H, W) -> (N, C, oH, oW)

    >>> lp_pool2d([[3.0, 4.0]], 2, (1, 2))
    array([[5.]])
    """
    p = power(norm_type)
    if math.isinf(p):
        return max_pool2d(x, kernel_size, stride, ceil_mode=ceil_mode)
    planes, rank = batch(x)
    slides = pool_slides(planes, kernel_size, stride, 0, 1)
    count = counts(side(planes), slides, boolean("ceil_mode", ceil_mode))
    with np.errstate(invalid="ignore", divide="ignore", over="ignore", under="ignore"):
        powers = floating(planes) ** p
    full = slides[0].kernel_size * slides[1].kernel_size
    cells = divisors(side(planes), slides, count, True, None)
    sums = np.empty((*planes.shape[:2], *count), dtype=powers.dtype)
    reduce_windows(np.add, powers, slides, count, 0, powers.dtype, sums)
    sums *= (full / cells).astype(powers.dtype)
    return unbatch(root(sums, p), rank)


def power(norm_type: object) -> float:
    """The p of a p-norm; whole numbers stay so, because their powers are exact."""
    p = scalar("norm_type", norm_type)
    if not p > 0:
        raise SceneError("norm_type", norm_type, "must be above 0")
    return p


def root(sums: Array, p: float) -> Array:
    """The p-th root, exact where it is a whole number: 125 ** (1 / 3) alone is 4.999999999999999. NaN below zero.

    >>> root(np.array([125.0, 32.0]), 3).round(4)
    array([5.    , 3.1748])
    """
    if p == 1:
        return sums
    with np.errstate(invalid="ignore", over="ignore"):
        if p == 2:
            return np.asarray(np.sqrt(sums))
        near = sums ** (1 / p)
        whole_root = np.rint(near)
        exact = whole_root**p == sums if p == int(p) else False
    return np.where(exact, whole_root, near)


def destination(out: Array | None, shape: tuple[int, ...], rank: int, dtype: np.dtype[np.generic]) -> Array:
    """A new array, or `out` as (N, C, oH, oW) if it can hold the answer."""
    if out is None:
        return np.empty(shape, dtype=dtype)
    arguments.destination(out, shape[4 - rank :], dtype)
    return out.reshape(shape)


def side(x: Array) -> tuple[int, int]:
    return x.shape[2], x.shape[3]


def lowest(x: Array) -> float:
    """What never wins: minus infinity, or the smallest integer."""
    return -math.inf if x.dtype.kind == "f" else int(np.iinfo(x.dtype).min)


def pool_slides(x: Array, kernel_size: object, stride: object, padding: object, dilation: object) -> Slides:
    slides = slides_of(kernel_size, kernel_size if stride is None else stride, padding, dilation, side(x))
    for slide in slides:
        check_pool_padding(slide, isinstance(padding, str))
    return slides


def check_pool_padding(slide: Slide, by_word: bool) -> None:
    """Half a kernel at most; what a word says may be half of what a dilated window spans."""
    window = slide.span if by_word else slide.kernel_size
    if max(slide.padding) > window // 2:
        rule = "must be at most half a window of {window} px, or a window could see padding alone"
        raise SceneError("padding", slide.padding, rule, window=window)


def winners(x: Array, slides: Slides, count: Pair) -> tuple[Array, Array]:
    """The maximum of every window and where it stands: the first of equals, -1 if there is padding alone; NaN wins."""
    height, width = side(x)
    best = np.full((*x.shape[:2], *count), lowest(x), dtype=x.dtype)
    where = np.full(best.shape, -1, dtype=np.int64)
    for rows, down in meetings_of(height, slides[0], 0, count[0]):
        for cols, right in meetings_of(width, slides[1], 0, count[1]):
            value, so_far, at = x[:, :, down, right], best[:, :, rows, cols], where[:, :, rows, cols]
            better = (value > so_far) | (value != value) | (at < 0)
            place = np.arange(height)[down, None] * width + np.arange(width)[right]
            np.copyto(so_far, value, where=better)
            np.copyto(at, place, where=better)
    return best, where


def positions(slide: Slide, cell: int, count: int) -> Array:
    return np.arange(count, dtype=np.int64) * slide.stride - slide.padding[0] + cell * slide.dilation


def divisors(sides: tuple[int, int], slides: Slides, count: Pair, include_padding: bool, override: int | None) -> Array:
    """How many cells each mean divides by, (oH, oW) or (1, 1)."""
    include_padding = boolean("count_include_pad", include_padding)
    if override is not None:
        return np.full((1, 1), whole("divisor_override", override, 1))
    rows, cols = (
        cells_inside(size, slide, n, include_padding) for size, slide, n in zip(sides, slides, count, strict=True)
    )
    cells: Array = rows[:, None] * cols
    return cells


def cells_inside(size: int, slide: Slide, count: int, include_padding: bool) -> Array:
    """Of each window along one side, the cells inside the picture, or inside picture and padding."""
    before, after = slide.padding if include_padding else (0, 0)
    starts = positions(slide, 0, count)
    stops = np.minimum(starts + slide.span, size + after)
    cells: Array = np.maximum(stops - np.maximum(starts, -before), 1)
    return cells
