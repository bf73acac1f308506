"""Backpropagation through convolution and pooling: gradients are gathered and scattered over the same windows."""

from __future__ import annotations

import numpy as np
from numpy.typing import ArrayLike

from core.algorithms.arrays import Array, batch, check_gradient, in_type_of, real
from core.algorithms.exact import check_sums, largest, most_stamps
from core.algorithms.planner import choose
from core.algorithms.reducing import meetings_of
from core.algorithms.shapes import Shapes, check_bias, convolution_shapes, full_weight
from core.algorithms.stamping import gradient_of_weight, scatter
from core.algorithms.windows import Slides, counts
from core.arguments import boolean
from core.functional.padding import padded_backward
from core.functional.pooling import divisors, pool_slides, side, winners
from core.functional.transposed import transposed_shapes, transposed_weight
from core.functional.unfold import cropped
from core.geometry import Pair

LARGEST_IN_FLOATS = 2**53  # below it a float64 holds every whole number

Gradients = tuple[Array, Array, Array]


def conv2d_backward(
    dy: ArrayLike,
    x: ArrayLike,
    weight: ArrayLike,
    bias: ArrayLike | None = None,
    stride: object = 1,
    padding: object = 0,
    dilation: object = 1,
    groups: int = 1,
    padding_mode: str = "zeros",
    flip: bool = False,
) -> Gradients:
    """What each pixel, weight and bias did to the loss: (dx, dw, db).

    dx: every output cell stamps weight * dy over its window (a transposed convolution)
    dw[f, c, i, j] = sum over r, k of dy[f, r, k] * x[c, r * stride + i * dilation, ...]
    db[f] = sum over r, k of dy[f, r, k]

    Shape    of x, weight and (F,); `dy` has the shape of the output; in the type of x, integers become float64
    """
    pictures, _ = batch(x)
    given = real(weight, "weight")
    kernels, groups = full_weight(given, pictures.shape[1], groups)
    shapes = convolution_shapes(pictures.shape, kernels.shape, stride, padding, dilation, groups, padding_mode)
    check_unused_bias(bias, shapes.weight[0])
    gradient = output_gradient(dy, shapes.output, pictures)
    turned = (kernels[:, :, ::-1, ::-1] if boolean("flip", flip) else kernels).astype(gradient.dtype, copy=False)
    dx = gradient_of_input(gradient, turned, shapes)
    dw = gradient_of_weight(gradient, pictures.astype(gradient.dtype, copy=False), shapes)
    dw = dw[:, :, ::-1, ::-1] if flip else dw
    dw = dw.sum(axis=0) if given.ndim == 2 else dw
    return dx.reshape(np.shape(x)), dw.reshape(given.shape), gradient.sum(axis=(0, 2, 3))


def check_unused_bias(bias: ArrayLike | None, channels: int) -> None:
    """The gradients do not depend on it, but what could not have gone forward does not come back."""
    if bias is not None:
        check_bias(real(bias, "bias"), channels)


def output_gradient(dy: ArrayLike, shape: tuple[int, ...], x: Array) -> Array:
    """dy as (N, F, oH, oW), however many axes it came with, in the type of x if that is a float."""
    gradient, rank = batch(dy, "dy")
    if rank == 3 and shape[0] != 1 and gradient.shape[1] == shape[0]:
        gradient = gradient[0][:, None]
    check_gradient(gradient, shape)
    return in_type_of(x, gradient)


def gradient_of_input(dy: Array, kernels: Array, shapes: Shapes) -> Array:
    picture = scatter(dy, kernels, shapes)
    (top, bottom), (left, right) = shapes.slides[0].padding, shapes.slides[1].padding
    height, width = shapes.input[2:]
    border = cropped(picture, 0, 0, (top + height + bottom, left + width + right))
    return padded_backward(border, ((top, bottom), (left, right)), shapes.padding_mode, shapes.input)


def conv_transpose2d_backward(
    dy: ArrayLike,
    x: ArrayLike,
    weight: ArrayLike,
    bias: ArrayLike | None = None,
    stride: object = 1,
    padding: object = 0,
    output_padding: object = 0,
    groups: int = 1,
    dilation: object = 1,
) -> Gradients:
    """(dx, dw, db) of `conv_transpose2d`: dx is the ordinary convolution of dy with the same kernels.

    Shape    as of `conv2d_backward`; integers become float64
    """
    pictures, _ = batch(x)
    given = real(weight, "weight")
    kernels = transposed_weight(given)
    shapes = transposed_shapes(pictures.shape, kernels.shape, stride, padding, output_padding, groups, dilation)
    check_unused_bias(bias, shapes.input[1])
    gradient = output_gradient(dy, shapes.input, pictures)
    dx = np.empty(shapes.output, dtype=gradient.dtype)
    choose(shapes, kernels.astype(dx.dtype), dx.dtype, 0)[-1](gradient, dx)
    dw = gradient_of_weight(pictures.astype(dx.dtype, copy=False), gradient, shapes)
    return dx.reshape(np.shape(x)), dw.reshape(given.shape), gradient.sum(axis=(0, 2, 3))


def max_pool2d_backward(
    dy: ArrayLike,
    x: ArrayLike,
    kernel_size: object,
    stride: object = None,
    padding: object = 0,
    dilation: object = 1,
    ceil_mode: bool = False,
) -> Array:
    """The gradient goes to the winner of each window alone; the first of equals wins. Integers become float64."""
    planes, _ = batch(x)
    slides = pool_slides(planes, kernel_size, stride, padding, dilation)
    count = counts(side(planes), slides, boolean("ceil_mode", ceil_mode))
    gradient = output_gradient(dy, (*planes.shape[:2], *count), planes)
    return given_to_winners(gradient, planes, slides).reshape(np.shape(x))


def given_to_winners(dy: Array, x: Array, slides: Slides) -> Array:
    """dy (N, C, oH, oW) added up where the windows over x have their winners; integers exactly."""
    count = dy.shape[2], dy.shape[3]
    _, where = winners(x, slides, count)
    n, c, height, width = x.shape
    maps = np.arange(n * c, dtype=np.int64).reshape(n, c, 1, 1) * (height * width)
    won = where >= 0
    if dy.dtype.kind == "f" or largest(dy) * most_stamps(slides, count) < LARGEST_IN_FLOATS:
        dx = np.bincount((maps + where)[won], dy[won], minlength=x.size)
        return dx.astype(dy.dtype, copy=False).reshape(x.shape)
    check_sums(dy, most_stamps(slides, count))
    whole = np.zeros(x.size, np.int64)
    np.add.at(whole, (maps + where)[won], dy[won])
    return whole.reshape(x.shape)


def avg_pool2d_backward(
    dy: ArrayLike,
    x: ArrayLike,
    kernel_size: object,
    stride: object = None,
    padding: object = 0,
    ceil_mode: bool = False,
    count_include_pad: bool = True,
    divisor_override: int | None = None,
) -> Array:
    """The gradient is shared out evenly over the window. Integers become float64."""
    planes, _ = batch(x)
    slides = pool_slides(planes, kernel_size, stride, padding, 1)
    count = counts(side(planes), slides, boolean("ceil_mode", ceil_mode))
    gradient = output_gradient(dy, (*planes.shape[:2], *count), planes)
    cells = divisors(side(planes), slides, count, count_include_pad, divisor_override)
    return shares_added(gradient / cells.astype(gradient.dtype), planes.shape, slides, count).reshape(np.shape(x))


def shares_added(share: Array, shape: tuple[int, ...], slides: Slides, count: Pair) -> Array:
    """Add each window's share to every cell under it."""
    dx = np.zeros(shape, dtype=share.dtype)
    for rows, down in meetings_of(shape[2], slides[0], 0, count[0]):
        for cols, right in meetings_of(shape[3], slides[1], 0, count[1]):
            dx[:, :, down, right] += share[:, :, rows, cols]
    return dx
