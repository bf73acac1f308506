"""sobel, prewitt, roberts, scharr: filters that answer to edges, whichever way they run."""

from __future__ import annotations

from typing import ClassVar

from core.algorithms.arrays import floating
from core.operations.gradients import GradientFilter
from core.rules.tree import Tree
from core.vocabulary import Array, Text


class Sobel(GradientFilter):
    """gx and gy smooth across the edge with 1 2 1; output = sqrt(gx^2 + gy^2), angle = atan2(gy, gx) with y down"""

    name = "sobel"
    title: ClassVar[Text] = Text("Sobel gradient")
    picture = "sobel-x"
    kernels = ("sobel-x", "sobel-y")


class Prewitt(GradientFilter):
    """gx and gy average three lines across the edge; output = sqrt(gx^2 + gy^2), angle = atan2(gy, gx) with y down"""

    name = "prewitt"
    title: ClassVar[Text] = Text("Prewitt gradient")
    picture = "prewitt-x"
    kernels = ("prewitt-x", "prewitt-y")


class Roberts(GradientFilter):
    """Differences d1, d2 along two diagonals; output = sqrt(d1^2 + d2^2), angle = atan2(-d1 - d2, d2 - d1), y down

    The diagonals point to the upper left and the upper right: their angle is turned to the axes of the others.
    """

    name = "roberts"
    title: ClassVar[Text] = Text("Roberts cross")
    picture = "roberts-1"
    kernels = ("roberts-1", "roberts-2")
    slopes_in_code = ("gy - gx", "0 - gx - gy")

    def slopes_in_letters(self, first: Tree, second: Tree) -> tuple[Tree, Tree]:
        return second - first, -first - second

    def slopes(self, first: Array, second: Array) -> tuple[Array, Array]:
        return floating(second) - first, 0.0 - first - second


class Scharr(GradientFilter):
    """gx and gy smooth across the edge with 3 10 3; output = sqrt(gx^2 + gy^2), angle = atan2(gy, gx) with y down"""

    name = "scharr"
    title: ClassVar[Text] = Text("Scharr gradient")
    picture = "scharr-x"
    kernels = ("scharr-x", "scharr-y")
