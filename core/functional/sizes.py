"""Output shapes alone: what an operation would answer, from shapes, without touching a pixel."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import numpy as np

from core.algorithms.arrays import Array, batch
from core.algorithms.shapes import convolution_shapes, full_weight
from core.algorithms.windows import counts, slides_of
from core.errors import SceneError, unknown
from core.functional.adaptive import channel_groups
from core.functional.linear import flatten
from core.functional.pooling import pool_slides, side
from core.functional.transposed import transposed_shapes, transposed_weight
from core.geometry import pair, resolve_padding
from core.integers import is_sequence, whole

Shape = tuple[int, ...]

SAME_SHAPE = ("relu", "leaky_relu", "elu", "sigmoid", "tanh", "softmax")


def output_shape(operation: str, input_shape: Shape, *arguments: Any, **settings: Any) -> Shape:
    """The shape that an operation of this package would give, refusing what it would refuse.

    Arguments are those of the operation, with shapes in the place of arrays (weight_shape for weight).

    >>> output_shape("conv2d", (3, 8, 8), (6, 3, 3, 3), stride=2, padding=1)
    (6, 4, 4)
    >>> output_shape("max_pool2d", (6, 5, 5), 2, ceil_mode=True)
    (6, 3, 3)
    """
    if operation in SAME_SHAPE:
        return tuple(input_shape)
    if operation not in SIZES:
        raise unknown("operation", str(operation), [*SIZES, *SAME_SHAPE])
    return SIZES[operation](tuple(input_shape), *arguments, **settings)


def blank(shape: Any) -> Array:
    """An array of that shape which takes no memory."""
    return np.broadcast_to(np.uint8(0), sides_of(shape))


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
           groups: int = 1, padding_mode: str = "zeros") -> Shape:  # fmt: skip
    planes, rank = batch(blank(input_shape))
    kernels, groups = full_weight(blank(weight_shape), planes.shape[1], groups)
    shapes = convolution_shapes(planes.shape, kernels.shape, stride, padding, dilation, groups, padding_mode)
    return like(rank, shapes.output)


def conv1d(input_shape: Shape, weight_shape: Shape, stride: int = 1, padding: Any = 0, dilation: int = 1,
           groups: int = 1, padding_mode: str = "zeros") -> Shape:  # fmt: skip
    sides = padding if isinstance(padding, str) else ((0, 0), padding)
    signal = (*((1,) * (3 - len(input_shape))), *input_shape)
    kernels = (*weight_shape[:-1], 1, weight_shape[-1])
    flat = conv2d((*signal[:-1], 1, signal[-1]), kernels, (1, stride), sides, (1, dilation), groups, padding_mode)
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
    return like(rank, (*planes.shape[:2], *counts(side(planes), slides, ceil_mode)))


def avg_pool2d(input_shape: Shape, kernel_size: object, stride: object = None, padding: object = 0,
               ceil_mode: bool = False, **_: Any) -> Shape:  # fmt: skip
    return max_pool2d(input_shape, kernel_size, stride, padding, 1, ceil_mode)


def lp_pool2d(input_shape: Shape, norm_type: float, kernel_size: object, stride: object = None,
              ceil_mode: bool = False) -> Shape:  # fmt: skip
    return max_pool2d(input_shape, kernel_size, stride, ceil_mode=ceil_mode)


def adaptive(input_shape: Shape, output_size: object = 1) -> Shape:
    planes, rank = batch(blank(input_shape))
    return like(rank, (*planes.shape[:2], *pair("output_size", output_size, 1)))


def channels(input_shape: Shape, pieces: int | None = None) -> Shape:
    planes, rank = batch(blank(input_shape))
    grouped = channel_groups(planes, pieces)
    return like(rank, (grouped.shape[0], grouped.shape[1], *grouped.shape[3:]))


def unfold(input_shape: Shape, kernel_size: object, dilation: object = 1, padding: object = 0,
           stride: object = 1) -> Shape:  # fmt: skip
    planes, rank = batch(blank(input_shape))
    slides = slides_of(kernel_size, stride, padding, dilation, side(planes))
    rows, cols = counts(side(planes), slides)
    columns = (planes.shape[0], planes.shape[1] * slides[0].kernel_size * slides[1].kernel_size, rows * cols)
    return columns if rank == 4 else columns[1:]


def fold(input_shape: Shape, output_size: object, kernel_size: object, **_: Any) -> Shape:
    kernel = pair("kernel_size", kernel_size, 1)
    maps = input_shape[-2] // (kernel[0] * kernel[1])
    return (*input_shape[:-2], maps, *pair("output_size", output_size, 1))


def pad(input_shape: Shape, padding: object, **_: Any) -> Shape:
    (top, bottom), (left, right) = resolve_padding(padding, 1)
    return (*input_shape[:-2], top + input_shape[-2] + bottom, left + input_shape[-1] + right)


def linear(input_shape: Shape, weight_shape: Shape) -> Shape:
    if len(sides_of(weight_shape)) != 2 or input_shape[-1] != weight_shape[1]:
        raise SceneError("weight", weight_shape, "must be (outputs, {inputs})", inputs=input_shape[-1])
    return (*input_shape[:-1], weight_shape[0])


def flattened(input_shape: Shape, start_dim: int = 0, end_dim: int = -1) -> Shape:
    return flatten(blank((*input_shape, 0)), start_dim, end_dim if end_dim >= 0 else end_dim - 1).shape[:-1]


SIZES: dict[str, Callable[..., Shape]] = {
    "conv1d": conv1d,
    "conv2d": conv2d,
    "conv_transpose2d": conv_transpose2d,
    "max_pool2d": max_pool2d,
    "avg_pool2d": avg_pool2d,
    "lp_pool2d": lp_pool2d,
    "adaptive_avg_pool2d": adaptive,
    "adaptive_max_pool2d": adaptive,
    "global_avg_pool2d": adaptive,
    "global_max_pool2d": adaptive,
    "maxout": lambda shape, pieces=2: channels(shape, pieces),
    "channel_max_pool": channels,
    "channel_avg_pool": channels,
    "unfold": unfold,
    "fold": fold,
    "pad": pad,
    "linear": linear,
    "flatten": flattened,
}
