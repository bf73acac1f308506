"""sobel, prewitt, roberts, scharr: two kernels at once, the magnitude and the direction of the gradient."""

from __future__ import annotations

import math
from dataclasses import dataclass, field
from typing import Any, ClassVar

import numpy as np

from core import functional
from core.algorithms.arrays import floating
from core.geometry import Slide, resolve_padding
from core.kernels import KERNELS
from core.operations import settings
from core.operations.windows import WindowLayer, Windows, running, summed
from core.vocabulary import WITH_WINDOW, Array, Detail, Operation, Shape, Text


class GradientFilter(Operation):
    """output = sqrt(gx^2 + gy^2), angle = atan2(gy, gx), with gx and gy the sums of two kernels.

    The angle says where the picture grows brighter: x runs to the right, y down, 0 is the x axis.
    """

    kind = "gather"
    group = "gradients"
    parameters = (settings.STRIDE, settings.PADDING, settings.PADDING_MODE)
    kernels: ClassVar[tuple[str, str]]

    def slopes(self, first: Array, second: Array) -> tuple[Array, Array]:
        """What the two sums say of the slope along x and along y."""
        return first, second

    def layer(self, input_shape: Shape) -> GradientLayer:
        return GradientLayer(self, input_shape)


class Sobel(GradientFilter):
    """gx and gy smooth across the edge with 1 2 1; output = sqrt(gx^2 + gy^2), angle = atan2(gy, gx) with y down"""

    name = "sobel"
    title: ClassVar[Text] = {"en": "Sobel gradient", "ko": "소벨 기울기"}
    kernels = ("sobel-x", "sobel-y")


class Prewitt(GradientFilter):
    """gx and gy average three lines across the edge; output = sqrt(gx^2 + gy^2), angle = atan2(gy, gx) with y down"""

    name = "prewitt"
    title: ClassVar[Text] = {"en": "Prewitt gradient", "ko": "프리윗 기울기"}
    kernels = ("prewitt-x", "prewitt-y")


class Roberts(GradientFilter):
    """Differences d1, d2 along two diagonals; output = sqrt(d1^2 + d2^2), angle = atan2(-d1 - d2, d2 - d1), y down

    The diagonals point to the upper left and the upper right: their angle is turned to the axes of the others.
    """

    name = "roberts"
    title: ClassVar[Text] = {"en": "Roberts cross", "ko": "로버츠 교차 기울기"}
    kernels = ("roberts-1", "roberts-2")

    def slopes(self, first: Array, second: Array) -> tuple[Array, Array]:
        return floating(second) - first, 0.0 - first - second


class Scharr(GradientFilter):
    """gx and gy smooth across the edge with 3 10 3; output = sqrt(gx^2 + gy^2), angle = atan2(gy, gx) with y down"""

    name = "scharr"
    title: ClassVar[Text] = {"en": "Scharr gradient", "ko": "샤르 기울기"}
    kernels = ("scharr-x", "scharr-y")


@dataclass(slots=True)
class GradientLayer(WindowLayer):
    pair: Array = field(init=False)  # (2, kH, kW): x then y

    def place(self) -> Windows:
        given = self.operation
        assert isinstance(given, GradientFilter)
        self.pair = np.array([KERNELS[name].weight for name in given.kernels])
        sides = (self.pair.shape[1], self.pair.shape[2])
        _, H, W = self.input_shape
        padding = resolve_padding(given["padding"], sides, given["stride"], (1, 1), (H, W))
        slides = [Slide(sides[axis], given["stride"][axis], padding[axis], 1) for axis in (0, 1)]
        return Windows.over((H, W), slides[0], slides[1], given["padding_mode"])

    def apply(self, x: Array) -> Array:
        return functional.gradient_magnitude(
            x,
            self.pair,
            stride=self.operation["stride"],
            padding=(self.windows.rows.padding, self.windows.cols.padding),
            padding_mode=self.operation["padding_mode"],
        )

    def columns(self, x: Array, at: Array, detail: Detail) -> dict[str, Array]:
        given = self.operation
        assert isinstance(given, GradientFilter)
        window = self.windows.gather(x, self.channels(at), at)[:, 0]
        products = window[:, None] * self.pair
        sums = summed(products, 2)
        columns = {"corner": self.windows.corners(at)}
        if detail in WITH_WINDOW:
            columns |= {"window": window, "products": products}
        if detail == "partial":
            columns |= {"partial": running(products, 2)}
        if detail != "output":
            columns |= {"sums": sums}
        return {
            **columns,
            "output": functional.gradient_length(sums[:, 0], sums[:, 1]),
            "angle": functional.gradient_direction(*given.slopes(sums[:, 0], sums[:, 1])),
        }

    def start_fields(self) -> dict[str, Any]:
        return {
            "weight": self.pair.tolist(),
            "bias": None,
            "divisor": 1,
            **WindowLayer.start_fields(self),
            "depthwise": self.input_shape[0] > 1,
        }

    def multiply_adds(self) -> int:
        return math.prod(self.output_shape) * self.pair.size
