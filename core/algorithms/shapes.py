"""The shapes of a convolution, read and checked once: everything that is known before a pixel is touched."""

from __future__ import annotations

import math
from dataclasses import dataclass

from core.algorithms.arrays import Array
from core.algorithms.windows import Slides, counts, slides_of
from core.errors import SceneError
from core.geometry import Pair, check_padding_mode
from core.integers import whole

MOST_CELLS = 2**40  # a padding of billions is a slip of the finger, not a picture


@dataclass(frozen=True, slots=True)
class Shapes:
    """Of one convolution: (N, C, H, W) * (F, C / groups, kH, kW) -> (N, F, oH, oW)."""

    input: tuple[int, ...]
    weight: tuple[int, ...]
    slides: Slides
    count: Pair
    groups: int = 1
    padding_mode: str = "zeros"

    @property
    def output(self) -> tuple[int, ...]:
        return (self.input[0], self.weight[0], *self.count)

    @property
    def multiply_adds(self) -> int:
        n, f, rows, cols = self.output
        return n * f * rows * cols * self.weight[1] * self.weight[2] * self.weight[3]


def full_weight(weight: Array, channels: int, groups: int) -> tuple[Array, int]:
    """Any weight as (F, C / groups, kH, kW), with the number of groups.

    A 2-D kernel filters each channel by itself, a 3-D one sums over channels into one map.
    """
    if not 2 <= weight.ndim <= 4 or 0 in weight.shape:
        rule = "must be (kH, kW), (C, kH, kW) or (F, C, kH, kW) with no side of 0"
        raise SceneError("weight", weight.shape, rule)
    whole("groups", groups, 1)
    if weight.ndim == 2:
        if groups not in (1, channels):
            raise SceneError(
                "groups", groups, "a 2-D kernel filters each of the {channels} channels", channels=channels
            )
        kernel = weight[None, None]
        return (kernel if channels == 1 else kernel.repeat(channels, axis=0)), channels
    return (weight[None] if weight.ndim == 3 else weight), groups


def convolution_shapes(
    input_shape: tuple[int, ...],
    weight_shape: tuple[int, ...],
    stride: object,
    padding: object,
    dilation: object,
    groups: object,
    padding_mode: str,
) -> Shapes:
    """Read stride, padding, dilation and groups against the shapes, or refuse."""
    count_groups = whole("groups", groups, 1)
    check_groups(input_shape[1], weight_shape, count_groups)
    side = (input_shape[2], input_shape[3])
    slides = slides_of(weight_shape[2:], stride, padding, dilation, side)
    for size, slide in zip(side, slides, strict=True):
        check_padding_mode(size, *slide.padding, padding_mode)
    shapes = Shapes(input_shape, weight_shape, slides, counts(side, slides), count_groups, padding_mode)
    if math.prod(shapes.output) > MOST_CELLS:
        raise SceneError("output", shapes.output, "would hold more than {most} cells", most=MOST_CELLS)
    return shapes


def check_groups(channels: int, weight_shape: tuple[int, ...], groups: int) -> None:
    if weight_shape[0] % groups:
        rule = "must divide the {kernels} kernels of the weight"
        raise SceneError("groups", groups, rule, kernels=weight_shape[0])
    if channels != weight_shape[1] * groups:
        rule = "its kernels have {given} channels, but {wanted} are needed ({channels} in {groups} groups)"
        wanted = channels / groups if channels % groups else channels // groups
        raise SceneError("weight", weight_shape, rule, given=weight_shape[1], wanted=wanted, channels=channels,
                         groups=groups)  # fmt: skip


def check_bias(bias: Array, channels: int) -> None:
    if bias.shape != (channels,):
        raise SceneError(
            "bias", bias.shape, "must have one number per output channel, ({channels},)", channels=channels
        )
