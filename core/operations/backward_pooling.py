"""Back through pooling: the gradient goes to the winner alone, or is shared out over the window."""

from __future__ import annotations

import re
from dataclasses import dataclass, field, replace
from typing import Any, ClassVar

import numpy as np

from core import functional
from core.algorithms.arrays import floating
from core.algorithms.exact import check_sums, most_stamps
from core.errors import SceneError
from core.functional.backward import given_to_winners
from core.operations import names, settings
from core.operations.averaging import COUNT_INCLUDE_PAD, DIVISOR_OVERRIDE, AvgPool2d, AvgPoolLayer, lines_counted
from core.operations.backward_input import INPUT_SIZE
from core.operations.coding import numbers, torch_numbers
from core.operations.coding_stamps import Canvas, pooled_back, shared_back
from core.operations.letters import AT, CUT_OFF, INFINITY, INPUT, SAID_SPREAD, cells, dX, dY, k, step, x
from core.operations.pooling import MaxPool2d, MaxPoolLayer, PoolLayer
from core.operations.scatter import ScatterLayer
from core.operations.sums import mean
from core.operations.windows import widened
from core.rules.rule import Rule, Statement
from core.rules.slots import Slot
from core.rules.tree import Group, Relation, Tree
from core.rules.writing import call, equal, related, symbol, total
from core.snippets.snippet import Snippet
from core.vocabulary import Array, Code, Operation, Parameter, Shape, Text

FORWARD_INPUT = Parameter(
    "x",
    "matrix",
    Text("Input of the forward pass"),
    Text("What was pooled, (H, W) or (C, H, W): it says who won"),
    required=True,
    first=((1, 2), (3, 4)),
)
POOLING = (settings.KERNEL_SIZE, settings.POOL_STRIDE, replace(settings.POOL_PADDING, words=()))


class MaxPool2dBackward(Operation):
    """dx += dy[cell] at the winner of that cell's window"""

    name = "max_pool2d_backward"
    title: ClassVar[Text] = Text("Max pooling, backward")
    names = names.GRADIENT_OF_INPUT
    kind = "scatter"
    group = "backward"
    parameters = (*POOLING, settings.DILATION, settings.CEIL_MODE, FORWARD_INPUT)

    def layer(self, input_shape: Shape) -> MaxPoolBackwardLayer:
        return MaxPoolBackwardLayer(self, input_shape)


class AvgPool2dBackward(Operation):
    """dx += dy[cell] / count, all over that cell's window"""

    name = "avg_pool2d_backward"
    title: ClassVar[Text] = Text("Average pooling, backward")
    names = names.GRADIENT_OF_INPUT
    kind = "scatter"
    group = "backward"
    parameters = (*POOLING, settings.CEIL_MODE, COUNT_INCLUDE_PAD, DIVISOR_OVERRIDE, INPUT_SIZE)

    def layer(self, input_shape: Shape) -> AvgPoolBackwardLayer:
        return AvgPoolBackwardLayer(self, input_shape)


@dataclass(slots=True)
class PoolBackwardLayer(ScatterLayer):
    forward: PoolLayer = field(init=False)

    def place(self) -> Shape:
        self.forward = self.forward_layer()
        if self.forward.output_shape != self.input_shape:
            rule = "pooling gives {forward}: the gradient must have that shape"
            raise SceneError("dy", self.input_shape, rule, forward=self.forward.output_shape)
        self.slides, self.count = self.forward.slides, self.input_shape[1:]
        return self.forward.input_shape

    def forward_layer(self) -> PoolLayer:
        raise NotImplementedError

    def same_settings(self, operation: type[Operation]) -> Operation:
        """The pooling that this one goes back through."""
        names = {parameter.name for parameter in operation.parameters}
        return operation(**{name: value for name, value in self.operation.arguments.items() if name in names})

    def start_fields(self) -> dict[str, Any]:
        return {"weight": None, **ScatterLayer.start_fields(self)}


@dataclass(slots=True)
class MaxPoolBackwardLayer(PoolBackwardLayer):
    pooled: Array = field(init=False)  # (C, H, W)

    def forward_layer(self) -> MaxPoolLayer:
        pooled = np.array(self.operation["x"])
        if pooled.ndim > 3:
            raise SceneError("x", pooled.shape, "must be (H, W) or (C, H, W)")
        self.pooled = pooled[None] if pooled.ndim == 2 else pooled
        C, H, W = self.pooled.shape
        return MaxPoolLayer(self.same_settings(MaxPool2d), (C, H, W))

    def check_values(self, x: Array) -> None:
        check_sums(x, most_stamps(self.slides, self.count))

    def full_columns(self, x: Array, place: Array) -> dict[str, Array]:
        columns = self.forward.columns(self.pooled, place, "full")
        return {name: columns[name] for name in ("window", "argmax", "winner") if name in columns}

    def stamps(self, x: Array, place: Array) -> Array:
        dy = self.entering(x, place)
        argmax = self.forward.columns(self.pooled, place, "output")["argmax"]
        stamps = np.zeros((len(place), 1, *self.kernel_size), dy.dtype)
        stamps[np.arange(len(place)), 0, argmax[:, 0], argmax[:, 1]] = dy
        return stamps

    def apply(self, x: Array) -> Array:
        return np.asarray(given_to_winners(widened(x)[None], self.pooled[None], self.slides)[0])

    def start_fields(self) -> dict[str, Any]:
        return {**PoolBackwardLayer.start_fields(self), "pooled": self.pooled.tolist()}

    def code(self) -> Code:
        canvas, values = Canvas(self.output_shape, self.slides, self.count), self.pooled
        given = (numbers("pooled", values, "what was pooled"),)
        forward = self.forward.code()
        torch = torch_back(forward.pytorch if forward else None, torch_numbers("pooled", values, "what was pooled"))
        return pooled_back(canvas, self.input_shape, given, torch)

    def rule(self) -> Rule:
        """dX at the winner of each window += dY."""
        frame, forward = self.frame, self.forward
        winner = tuple(symbol(f"{offset.name}*") for offset in frame.offsets)
        sizes = zip(frame.places, winner, *(frame.size(letter) for letter in "SDP"), strict=True)
        place = tuple(at * S + offset * D - P for at, offset, S, D, P in sizes)
        general = self.stamped(0, dX[(k, *place)], dY[(k, *frame.places)], frame.inputs(k))
        wins = Relation((Group(winner), total("argmax", frame.inside(), x[(k, *frame.cell())])), ("=",))
        beyond = (frame.outside("zeros", -INFINITY),) if forward.looks_outside() else ()
        cut = (CUT_OFF,) if forward.looks_outside() else ()
        general = Statement(general.lines, frame.inputs(k), (wins, *beyond, *cut))
        line = related("+=", dX[AT[0], step("winner", 0), step("winner", 1)], INPUT)
        views = frame.views(self.input_shape, self.output_shape)
        views = {"dY": views["x"], "dX": views["y"], "x": views["y"]}
        return Rule(
            general, self.letters(), (line,), self.aside(), (SAID_SPREAD,), views, lambda: {"x": self.pooled}, "dY"
        )

    def aside(self) -> tuple[Tree, ...]:
        """Who won, and against whom."""
        won = Slot(("step", "window", ("step", "argmax", 0), ("step", "argmax", 1)), "input")
        largest = call("max", cells("window", "i", "j", skips=True))
        return (equal(x[AT[0], step("winner", 0), step("winner", 1)], largest, won),)


@dataclass(slots=True)
class AvgPoolBackwardLayer(PoolBackwardLayer):
    def forward_layer(self) -> AvgPoolLayer:
        C = self.input_shape[0]
        H, W = self.operation["input_size"] or self._smallest()
        return AvgPoolLayer(self.same_settings(AvgPool2d), (C, H, W))

    def _smallest(self) -> tuple[int, int]:
        given = self.operation
        if isinstance(given["padding"], str):
            raise SceneError("padding", given["padding"], "needs input_size to say how much it is")
        lone = AvgPoolLayer(self.same_settings(AvgPool2d), (1, *given["kernel_size"]))
        rows, cols = (
            max(1, (count - 1) * slide.stride + slide.span - sum(slide.padding))
            for count, slide in zip(self.input_shape[1:], lone.slides, strict=True)
        )
        return rows, cols

    def code(self) -> Code:
        assert isinstance(self.forward, AvgPoolLayer)
        divisor = self.operation["divisor_override"]
        counts = tuple(
            [divisor if axis == 0 else 1] * count
            if divisor
            else lines_counted(slide, np.arange(count), side, self.operation["count_include_pad"]).tolist()
            for axis, (slide, count, side) in enumerate(
                zip(self.slides, self.count, self.output_shape[1:], strict=True)
            )
        )
        empty = f"pooled = torch.zeros({self.output_shape}, dtype=torch.double)"
        torch = torch_back(self.forward.code().pytorch, empty)
        canvas = Canvas(self.output_shape, self.slides, self.count)
        return shared_back(canvas, self.input_shape, (counts[0], counts[1]), torch)

    def rule(self) -> Rule:
        """dX under each window += dY / n."""
        assert isinstance(self.forward, AvgPoolLayer)
        frame = self.frame
        count, where, known = self.forward.count_told("O")
        stamp = dY[(k, *frame.places)] / count
        general = self.stamped(0, dX[(k, *frame.cell())], stamp, frame.inputs(k))
        general = replace(general, where=(*where, *general.where))
        line = related("+=", dX[(AT[0], *self.landing())], INPUT / step("count"))
        views = frame.views(self.input_shape, self.output_shape)
        views = {"dY": views["x"], "dX": views["y"]}
        aside = (equal(INPUT / step("count"), step("products", 0, 0, 0)),)
        letters = self.letters() | known
        return Rule(general, letters, (line,), aside, (SAID_SPREAD,), views, input="dY")

    def full_columns(self, x: Array, place: Array) -> dict[str, Array]:
        assert isinstance(self.forward, AvgPoolLayer)
        return {"count": self.forward.counts(place)}

    def stamps(self, x: Array, place: Array) -> Array:
        assert isinstance(self.forward, AvgPoolLayer)
        share = mean(self.entering(x, place), self.forward.counts(place))
        return np.broadcast_to(share[:, None, None, None], (len(place), 1, *self.kernel_size))

    def apply(self, x: Array) -> Array:
        forward_input = np.broadcast_to(floating(x[:0]).dtype.type(0), self.output_shape)
        return functional.avg_pool2d_backward(widened(x), forward_input, **self.forward.operation.arguments)


def torch_back(forward: Snippet | None, pooled: str) -> Snippet | None:
    """Back through the forward pass, by PyTorch's own derivative."""
    if forward is None:
        return None
    made = [re.sub(r"\bx\b", "pooled", line) for line in forward.lines]
    if made[0].startswith("pooled = "):
        made[0] = made[0].replace("pooled = ", "padded = ", 1)
        made[1:] = [line.replace("pooled", "padded") for line in made[1:]]
    return Snippet((pooled, "pooled.requires_grad_()", *made, "y.backward(x)", "y = pooled.grad"), forward.needs)
