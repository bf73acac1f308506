"""im2col and col2im: every window as a column of a matrix, and columns added back into a picture."""

from __future__ import annotations

import numpy as np
from numpy.typing import ArrayLike

from core.algorithms.arrays import Array, batch, real, widened
from core.algorithms.exact import check_sums, most_stamps
from core.algorithms.windows import Slides, counts, slides_of, taps, whole_region, windows
from core.errors import SceneError
from core.integers import Pair, pair, refuse_alone


def unfold(x: ArrayLike, kernel_size: object, dilation: object = 1, padding: object = 0, stride: object = 1) -> Array:
    """Each window becomes a column; a convolution is then one matrix product (im2col).

    Shape    (N, C, H, W) -> (N, C * kH * kW, oH * oW); (C, H, W) likewise
    Source   Chellapilla, Puri and Simard 2006

    >>> unfold([[1, 2, 3]], (1, 2))
    array([[1, 2],
           [2, 3]])
    """
    refuse_singles(kernel_size=kernel_size, dilation=dilation, padding=padding, stride=stride)
    planes, rank = batch(x)
    side = (planes.shape[2], planes.shape[3])
    slides = slides_of(kernel_size, stride, padding, dilation, side)
    count = counts(side, slides)
    view = windows(whole_region(planes, slides, count), slides, count)
    n, c, kh, kw, rows, cols = view.shape
    columns = widened(view.reshape(n, c * kh * kw, rows * cols))
    return columns if rank == 4 else columns[0]


def fold(
    x: ArrayLike,
    output_size: object,
    kernel_size: object,
    dilation: object = 1,
    padding: object = 0,
    stride: object = 1,
) -> Array:
    """Each column is added back where its window lay (col2im), the transpose of `unfold`.

    Shape    (N, C * kH * kW, oH * oW) -> (N, C, *output_size); (C * kH * kW, oH * oW) likewise

    >>> fold([[1, 2], [2, 3]], (1, 3), (1, 2))
    array([[[1, 4, 3]]])
    """
    columns = widened(real(x))
    side, slides, count = folding(columns, output_size, kernel_size, dilation, padding, stride)
    cells = slides[0].kernel_size * slides[1].kernel_size
    check_sums(columns, most_stamps(slides, count))
    shape = (1,) * (3 - columns.ndim) + columns.shape
    kernel = (slides[0].kernel_size, slides[1].kernel_size)
    stamps = columns.reshape(shape[0], shape[1] // cells, *kernel, *count)
    reach = [slide.stride * (n - 1) + slide.span for slide, n in zip(slides, count, strict=True)]
    picture = np.zeros((shape[0], shape[1] // cells, *reach), dtype=columns.dtype)
    for i, j, down, right in taps(slides, count):
        picture[:, :, down, right] += stamps[:, :, i, j]
    y = cropped(picture, slides[0].padding[0], slides[1].padding[0], side)
    return y if columns.ndim == 3 else y[0]


def folding(
    x: Array, output_size: object, kernel_size: object, dilation: object, padding: object, stride: object
) -> tuple[Pair, Slides, Pair]:
    """The picture's size, and how and how many windows lie on it, if the columns of x fit them."""
    refuse_singles(output_size=output_size, kernel_size=kernel_size, dilation=dilation, padding=padding, stride=stride)
    if x.ndim not in (2, 3) or 0 in x.shape[-2:]:
        raise SceneError("x", x.shape, "must have the shape (N, C * kH * kW, windows)")
    side = pair("output_size", output_size, 1)
    slides = slides_of(kernel_size, stride, padding, dilation, side)
    count = counts(side, slides)
    cells = slides[0].kernel_size * slides[1].kernel_size
    if x.shape[-2] % cells:
        raise SceneError("x", x.shape, "its columns must be a multiple of {cells} cells long", cells=cells)
    if x.shape[-1] != count[0] * count[1]:
        raise SceneError("x", x.shape, "must have {windows} columns, one per window", windows=count[0] * count[1])
    return side, slides, count


def refuse_singles(**settings: object) -> None:
    """Here torch takes n or both, but not (n,)."""
    for field, value in settings.items():
        refuse_alone(field, value)


def cropped(picture: Array, top: int, left: int, side: tuple[int, int]) -> Array:
    """The picture without its border; rows and columns that no window reached are zero."""
    rows, cols = picture.shape[2] - top, picture.shape[3] - left
    if rows >= side[0] and cols >= side[1]:
        return picture[:, :, top : top + side[0], left : left + side[1]]
    y = np.zeros((*picture.shape[:2], *side), dtype=picture.dtype)
    part = picture[:, :, top : top + side[0], left : left + side[1]]
    y[:, :, : part.shape[2], : part.shape[3]] = part
    return y
