"""gaussian_blur: a bell of any size and width, each channel by itself."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import Any, ClassVar

import numpy as np

from core.errors import SceneError
from core.operations import settings
from core.operations.convolution import Conv2dLayer
from core.operations.weights import Bias, Weight, on_each_channel
from core.values import LARGEST_KERNEL
from core.vocabulary import Array, Operation, Parameter, Shape, Text

ODD_SIZE = replace(
    settings.KERNEL_SIZE,
    maximum=LARGEST_KERNEL,
    first=3,
    help=Text("Rows and columns of the kernel, both odd"),
)
SIGMA = Parameter(
    "sigma",
    "number",
    Text("Sigma"),
    Text("Width of the bell in pixels; 0.3 * ((kernel_size - 1) / 2 - 1) + 0.8 when left out"),
    minimum=0.01,
    maximum=1000,
    positional=True,
)


class GaussianBlur(Operation):
    """output = the mean of the window, weighted by exp(-(i^2 + j^2) / (2 * sigma^2))"""

    name = "gaussian_blur"
    title: ClassVar[Text] = Text("Gaussian blur")
    kind = "gather"
    group = "convolution"
    parameters = (
        ODD_SIZE,
        SIGMA,
        settings.STRIDE,
        settings.PADDING,
        settings.PADDING_MODE,
        settings.PADDING_VALUE,
    )

    def __init__(self, /, *positional: object, **keywords: object) -> None:
        super().__init__(*positional, **keywords)
        if any(size % 2 == 0 for size in self["kernel_size"]):
            raise SceneError("kernel_size", self["kernel_size"], "must be odd, so that the bell has a middle")

    def layer(self, input_shape: Shape) -> GaussianLayer:
        return GaussianLayer(self, input_shape)


@dataclass(slots=True)
class GaussianLayer(Conv2dLayer):
    """A depthwise convolution; the weights add up to 1."""

    def slid_weight(self, C: int) -> Weight:
        sigma = self.operation["sigma"]
        kernel = np.outer(*(bell(size, sigma) for size in self.operation["kernel_size"]))
        return Weight.holding(on_each_channel(kernel, C), Bias.of(None, C, shared=C > 1), 1, groups=C, depthwise=C > 1)

    def limits(self, operation: Operation) -> dict[str, dict[str, Any]]:
        told = Conv2dLayer.limits(self, operation)
        return {name: odd(limit) if name == "kernel_size" else limit for name, limit in told.items()}

    def motion(self) -> tuple[tuple[int, int], Any, tuple[int, int]]:
        return self.operation["stride"], self.operation["padding"], (1, 1)

    def parameter_count(self) -> int:
        """Its weights follow from two numbers: there is nothing to learn."""
        return 0


def odd(limit: dict[str, Any]) -> dict[str, Any]:
    """The same limit for sizes that have a middle."""
    maximum = limit["maximum"] - 1 + limit["maximum"] % 2
    ended = {"minimum": limit["minimum"], "maximum": maximum, "why": Text(limit["why"].template, maximum=maximum)}
    return ended | ({"sides": [side and odd(side) for side in limit["sides"]]} if "sides" in limit else {})


def bell(size: int, sigma: float | None) -> Array:
    """One side of the kernel, adding up to 1.

    exp(-(i - middle)^2 / (2 * sigma^2)) / sum

    Source   torchvision's and OpenCV's width for a size without one

    >>> bell(3, 1.0).round(4).tolist()
    [0.2741, 0.4519, 0.2741]
    """
    width = 0.3 * ((size - 1) * 0.5 - 1) + 0.8 if sigma is None else sigma
    heights = np.exp(-((np.arange(size) - size // 2) ** 2) / (2 * width**2))
    return np.asarray(heights / heights.sum())
