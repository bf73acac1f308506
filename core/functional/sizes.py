"""Output shapes alone: what an operation would answer, from shapes, without touching a pixel."""

from __future__ import annotations

import math
from collections.abc import Callable
from inspect import signature
from typing import Any

import numpy as np

from core.algorithms.arrays import Array, batch
from core.algorithms.shapes import MOST_CELLS, convolution_shapes, full_weight
from core.algorithms.windows import counts, slides_of
from core.arguments import boolean, scalar
from core.errors import SceneError, unknown
from core.functional.activations import softmax_axis
from core.functional.adaptive import channel_groups, wished_size
from core.functional.convolution import signal_padding, signal_shapes, single
from core.functional.linear import check_weight, flatten
from core.functional.padding import border_mode, border_sides
from core.functional.pooling import pool_slides, power, side
from core.functional.transposed import transposed_shapes, transposed_weight
from core.functional.unfold import folding, refuse_singles
from core.geometry import check_padding_mode
from core.integers import is_sequence, pair, whole

MOST_AXES = 32

Shape = tuple[int, ...]


def output_shape(operation: str, input_shape: Shape, *arguments: Any, **settings: Any) -> Shape:
    """The shape that an operation of this package would give, refusing what it would refuse.

    Arguments are those of the operation, with shapes in the place of arrays (weight_shape for weight); the bias, which
    changes no shape, has none.

    >>> output_shape("conv2d", (3, 8, 8), (6, 3, 3, 3), stride=2, padding=1)
    (6, 4, 4)
    >>> output_shape("max_pool2d", (6, 5, 5), 2, ceil_mode=True)
    (6, 3, 3)
    """
    if not isinstance(operation, str) or operation not in SIZES:
        raise unknown("operation", str(operation), SIZES)
    given = arguments_by_name(operation, arguments, settings)
    return SIZES[operation](sides_of(input_shape), **given)


def arguments_by_name(operation: str, arguments: tuple[Any, ...], settings: dict[str, Any]) -> dict[str, Any]:
    """The arguments by their names, or a refusal of what the operation does not take."""
    known = list(signature(SIZES[operation]).parameters.values())[1:]
    names = [parameter.name for parameter in known]
    if len(arguments) > len(names):
        rule = "{operation} takes {most} arguments after the shape"
        raise SceneError(operation, arguments[len(names)], rule, operation=operation, most=len(names))
    given = dict(zip(names, arguments, strict=False))
    for word, value in settings.items():
        if word not in names:
            raise unknown(f"argument of {operation}", word, names)
        if word in given:
            raise SceneError(word, value, "is given twice")
        given[word] = value
    for parameter in known:
        if parameter.default is parameter.empty and parameter.name not in given:
            raise SceneError(parameter.name, None, "{operation} needs it", operation=operation)
    return given


def blank(shape: Any) -> Array:
    """An array of that shape which takes no memory."""
    sides = sides_of(shape)
    if len(sides) > MOST_AXES or math.prod(sides) > MOST_CELLS:
        raise SceneError("shape", shape, "would hold more than {most} cells", most=MOST_CELLS)
    return np.broadcast_to(np.uint8(0), sides)


def sides_of(shape: Any) -> Shape:
    if not is_sequence(shape):
        raise SceneError("shape", shape, "must be the sides of an array, such as (3, 8, 8)")
    return tuple(whole("shape", side) for side in shape)


def like(rank: int, shape: Shape) -> Shape:
    """(N, C, H, W) with as many axes as the input came with."""
    if rank == 4:
        return shape
    return shape[2:] if rank == 2 and shape[1] == 1 else shape[1:]


def conv2d(input_shape: Shape, weight_shape: Shape, stride: object = 1, padding: object = 0, dilation: object = 1,
           groups: int = 1, padding_mode: str = "zeros", flip: bool = False) -> Shape:  # fmt: skip
    boolean("flip", flip)
    planes, rank = batch(blank(input_shape))
    kernels, groups = full_weight(blank(weight_shape), planes.shape[1], groups)
    shapes = convolution_shapes(planes.shape, kernels.shape, stride, padding, dilation, groups, padding_mode)
    return like(rank, shapes.output)


def conv1d(input_shape: Shape, weight_shape: Shape, stride: object = 1, padding: object = 0, dilation: object = 1,
           groups: int = 1, padding_mode: str = "zeros", flip: bool = False) -> Shape:  # fmt: skip
    signal, kernel = signal_shapes(input_shape, sides_of(weight_shape))
    motion = (1, single("stride", stride)), signal_padding(padding), (1, single("dilation", dilation))
    flat = conv2d(signal, kernel, *motion, groups, padding_mode, flip)
    if len(input_shape) == 3:
        return flat[0], flat[1], flat[3]
    return (flat[3],) if len(input_shape) == 1 and flat[1] == 1 else (flat[1], flat[3])


def conv_transpose2d(input_shape: Shape, weight_shape: Shape, stride: object = 1, padding: object = 0,
                     output_padding: object = 0, groups: int = 1, dilation: object = 1) -> Shape:  # fmt: skip
    planes, rank = batch(blank(input_shape))
    kernels = transposed_weight(blank(weight_shape))
    shapes = transposed_shapes(planes.shape, kernels.shape, stride, padding, output_padding, groups, dilation)
    return like(rank, shapes.input)


def max_pool2d(input_shape: Shape, kernel_size: object, stride: object = None, padding: object = 0,
               dilation: object = 1, ceil_mode: bool = False) -> Shape:  # fmt: skip
    planes, rank = batch(blank(input_shape))
    slides = pool_slides(planes, kernel_size, stride, padding, dilation)
    return like(rank, (*planes.shape[:2], *counts(side(planes), slides, boolean("ceil_mode", ceil_mode))))


def avg_pool2d(input_shape: Shape, kernel_size: object, stride: object = None, padding: object = 0,
               ceil_mode: bool = False, count_include_pad: bool = True,
               divisor_override: int | None = None) -> Shape:  # fmt: skip
    boolean("count_include_pad", count_include_pad)
    if divisor_override is not None:
        whole("divisor_override", divisor_override, 1)
    return max_pool2d(input_shape, kernel_size, stride, padding, 1, ceil_mode)


def lp_pool2d(input_shape: Shape, norm_type: float, kernel_size: object, stride: object = None,
              ceil_mode: bool = False) -> Shape:  # fmt: skip
    power(norm_type)
    return max_pool2d(input_shape, kernel_size, stride, ceil_mode=ceil_mode)


def adaptive(input_shape: Shape, output_size: object) -> Shape:
    planes, rank = batch(blank(input_shape))
    return like(rank, (*planes.shape[:2], *wished_size(output_size, side(planes))))


def over_all(input_shape: Shape) -> Shape:
    return adaptive(input_shape, 1)


def channels(input_shape: Shape, pieces: int | None = None) -> Shape:
    planes, rank = batch(blank(input_shape))
    grouped = channel_groups(planes, pieces)
    return like(rank, (grouped.shape[0], grouped.shape[1], *grouped.shape[3:]))


def maxout(input_shape: Shape, pieces: int = 2) -> Shape:
    return channels(input_shape, whole("pieces", pieces, 1))


def unfold(input_shape: Shape, kernel_size: object, dilation: object = 1, padding: object = 0,
           stride: object = 1) -> Shape:  # fmt: skip
    refuse_singles(kernel_size=kernel_size, dilation=dilation, padding=padding, stride=stride)
    planes, rank = batch(blank(input_shape))
    slides = slides_of(kernel_size, stride, padding, dilation, side(planes))
    rows, cols = counts(side(planes), slides)
    columns = (planes.shape[0], planes.shape[1] * slides[0].kernel_size * slides[1].kernel_size, rows * cols)
    return columns if rank == 4 else columns[1:]


def fold(input_shape: Shape, output_size: object, kernel_size: object, dilation: object = 1, padding: object = 0,
         stride: object = 1) -> Shape:  # fmt: skip
    columns = blank(input_shape)
    size, _, _ = folding(columns, output_size, kernel_size, dilation, padding, stride)
    kernel = pair("kernel_size", kernel_size, 1)
    return (*input_shape[:-2], input_shape[-2] // (kernel[0] * kernel[1]), *size)


def pad(input_shape: Shape, padding: object, mode: str = "zeros", value: float | None = 0) -> Shape:
    planes, rank = batch(blank(input_shape))
    (top, bottom), (left, right) = border_sides(padding)
    name = border_mode(mode, value)
    if value is not None:
        scalar("value", value)
    n, c, height, width = planes.shape
    check_padding_mode(height, top, bottom, name)
    check_padding_mode(width, left, right, name)
    return like(rank, (n, c, top + height + bottom, left + width + right))


def linear(input_shape: Shape, weight_shape: Shape) -> Shape:
    x, weight = blank(input_shape), blank(weight_shape)
    check_weight(x, weight)
    return (*input_shape[:-1], weight.shape[0])


def flattened(input_shape: Shape, start_dim: int = 0, end_dim: int = -1) -> Shape:
    return flatten(blank(input_shape), start_dim, end_dim).shape


def same(input_shape: Shape) -> Shape:
    return input_shape


def leaky_relu(input_shape: Shape, negative_slope: float = 0.01) -> Shape:
    scalar("negative_slope", negative_slope)
    return input_shape


def elu(input_shape: Shape, alpha: float = 1.0) -> Shape:
    scalar("alpha", alpha)
    return input_shape


def softmax(input_shape: Shape, dim: int | None = None) -> Shape:
    softmax_axis(blank(input_shape), dim)
    return input_shape


SIZES: dict[str, Callable[..., Shape]] = {
    "conv1d": conv1d,
    "conv2d": conv2d,
    "conv_transpose2d": conv_transpose2d,
    "max_pool2d": max_pool2d,
    "avg_pool2d": avg_pool2d,
    "lp_pool2d": lp_pool2d,
    "adaptive_avg_pool2d": adaptive,
    "adaptive_max_pool2d": adaptive,
    "global_avg_pool2d": over_all,
    "global_max_pool2d": over_all,
    "maxout": maxout,
    "channel_max_pool": channels,
    "channel_avg_pool": channels,
    "unfold": unfold,
    "fold": fold,
    "pad": pad,
    "linear": linear,
    "flatten": flattened,
    "relu": same,
    "sigmoid": same,
    "tanh": same,
    "leaky_relu": leaky_relu,
    "elu": elu,
    "softmax": softmax,
}
