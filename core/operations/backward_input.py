"""Back through conv2d to its input: each cell of the gradient stamps the kernel where its window stood."""

from __future__ import annotations

from dataclasses import dataclass, replace

from core.errors import SceneError
from core.geometry import Slide, output_size, resolve_padding
from core.operations import names, settings
from core.operations.letters import dX, dY, k, q
from core.operations.transposed import STAMPED_WEIGHT, Stamping, StampingLayer
from core.vocabulary import Parameter, Shape, Text

INPUT_SIZE = Parameter(
    "input_size",
    "pair",
    Text("Input size"),
    Text("Rows and columns of the forward input; the smallest that fits when left out"),
    minimum=1,
    maximum=settings.LONGEST_SIDE,
)


class Conv2dBackwardInput(Stamping):
    """dx += dy[cell] * weight, where the window of that cell stood: back through conv2d to its input"""

    name = "conv2d_backward_input"
    title = Text("Convolution, gradient of the input")
    names = names.GRADIENT_OF_INPUT
    group = "backward"
    parameters = (
        STAMPED_WEIGHT,
        INPUT_SIZE,
        settings.STRIDE,
        replace(settings.PADDING, words=()),
        settings.DILATION,
        settings.GROUPS,
    )

    def layer(self, input_shape: Shape) -> StampingLayer:
        return BackwardInputLayer(self, input_shape)


@dataclass(slots=True)
class BackwardInputLayer(StampingLayer):
    incoming, outgoing, come, go = dY, dX, k, q

    def stand(self, weight_shape: tuple[int, ...]) -> None:
        given = self.operation
        side = given["input_size"]
        if side is None:
            shapes = self.forward_shapes(weight_shape, given["stride"], given["padding"], 0)
            self.slides, self.extra = shapes.slides, (0, 0)
            return
        self.forward_shapes(weight_shape, given["stride"], 0, 0)
        padding = resolve_padding(given["padding"], weight_shape[2:], given["stride"], given["dilation"], side)
        rows, cols = (
            Slide(weight_shape[axis + 2], given["stride"][axis], padding[axis], given["dilation"][axis])
            for axis in (0, 1)
        )
        self.slides = (rows, cols)
        self.extra = (self._extra(0, side), self._extra(1, side))

    def _extra(self, axis: int, side: tuple[int, int]) -> int:
        """How many lines of the forward input its last window does not reach."""
        slide, count = self.slides[axis], self.input_shape[1 + axis]
        forward = output_size(side[axis], slide)
        if forward != count:
            rule = "a convolution of {size} px gives {forward}, but the gradient has {count}"
            raise SceneError("input_size", side, rule, size=side[axis], forward=forward, count=count)
        return side[axis] - ((count - 1) * slide.stride + slide.span - sum(slide.padding))
