"""Pooling without a sliding window: over a whole channel, or across the channels of one place."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any, ClassVar

import numpy as np

from core.algorithms.exact import check_sums
from core.errors import SceneError
from core.operations import names, settings
from core.operations.averaging import AvgPool2d, AvgPoolLayer, CountTold
from core.operations.coding_pooling import whole_map
from core.operations.letters import (
    AT,
    OUTPUT,
    PICTURE,
    SAID_LARGEST,
    SAID_MEAN,
    WHOLE,
    C_i,
    Frame,
    G,
    c,
    cells,
    k,
    q,
    r,
    spans,
    step,
    x,
    y,
)
from core.operations.pooling import MaxPool2d, MaxPoolLayer
from core.operations.sums import in_order
from core.operations.windows import LARGEST_WINDOW, widened
from core.reach import Grouped
from core.rules.rule import Rule, Statement
from core.rules.tree import Range, Terms, Tree
from core.rules.writing import call, equal, symbol, total
from core.snippets.snippet import Snippet, StepLine, lines, loops
from core.vocabulary import WITH_WINDOW, Array, Code, Detail, Layer, Operation, Parameter, Reach, Shape, Text, Through

OUTPUT_CHANNELS = Parameter(
    "groups",
    "int",
    Text("Groups"),
    Text("Channels are pooled in so many groups, one output each"),
    default=1,
    minimum=1,
    maximum=settings.LONGEST_SIDE,
    positional=True,
)


class GlobalMaxPool2d(Operation):
    """output = the largest cell of each channel."""

    name = "global_max_pool2d"
    names = names.TO_VECTOR
    title: ClassVar[Text] = Text("Global max pooling")
    kind = "gather"
    group = "pooling"

    def layer(self, input_shape: Shape) -> MaxPoolLayer:
        return GlobalMaxLayer(MaxPool2d(kernel_size=input_shape[1:]), input_shape)


class GlobalAvgPool2d(Operation):
    """output = the mean of each channel."""

    name = "global_avg_pool2d"
    names = names.TO_VECTOR
    title: ClassVar[Text] = Text("Global average pooling")
    kind = "gather"
    group = "pooling"

    def layer(self, input_shape: Shape) -> AvgPoolLayer:
        return GlobalAvgLayer(AvgPool2d(kernel_size=input_shape[1:]), input_shape)


class GlobalMaxLayer(MaxPoolLayer):
    def code(self) -> Code:
        return whole_map(self.output_shape[0], "max", "F.adaptive_max_pool2d(x, 1)", "GlobalMaxPooling2D")

    @property
    def frame(self) -> Frame:
        return WHOLE


class GlobalAvgLayer(AvgPoolLayer):
    def code(self) -> Code:
        return whole_map(self.output_shape[0], "mean", "F.adaptive_avg_pool2d(x, 1)", "GlobalAveragePooling2D")

    @property
    def frame(self) -> Frame:
        return WHOLE

    def count_told(self, side: str = "I") -> CountTold:
        H, W = self.kernel_size
        return symbol("n"), (equal("n", symbol("I_h") * "I_w"),), {"n": H * W}


class ChannelMaxPool(Operation):
    """output = the largest of the channels of a group at each place."""

    name = "channel_max_pool"
    title: ClassVar[Text] = Text("Max pooling across channels")
    kind = "gather"
    group = "pooling"
    parameters = (OUTPUT_CHANNELS,)

    def layer(self, input_shape: Shape) -> ChannelPoolLayer:
        return ChannelMaxLayer(self, input_shape)


class ChannelAvgPool(Operation):
    """output = the mean of the channels of a group at each place."""

    name = "channel_avg_pool"
    title: ClassVar[Text] = Text("Average pooling across channels")
    kind = "gather"
    group = "pooling"
    parameters = (OUTPUT_CHANNELS,)

    def layer(self, input_shape: Shape) -> ChannelPoolLayer:
        return ChannelAvgLayer(self, input_shape)


@dataclass(slots=True)
class ChannelPoolLayer(Layer):
    """A window of one cell that reaches through the channels of a group."""

    def shape(self) -> Shape:
        C, H, W = self.input_shape
        groups = self.operation["groups"]
        if C % groups:
            raise SceneError("groups", groups, "must divide the {C} input channels", C=C)
        return (groups, H, W)

    @property
    def depth(self) -> int:
        return int(self.input_shape[0] // self.output_shape[0])

    def step_cells(self) -> int:
        return self.depth

    def grouped(self, x: Array) -> Array:
        """(C, H, W) -> (groups, depth, H, W)"""
        return widened(x).reshape(self.output_shape[0], self.depth, *x.shape[1:])

    def window(self, x: Array, at: Array) -> Array:
        """(n, depth, 1, 1)"""
        channels = at[:, :1] * self.depth + np.arange(self.depth)
        return widened(x[channels, at[:, 1:2], at[:, 2:3]])[:, :, None, None]

    def columns(self, x: Array, at: Array, detail: Detail) -> dict[str, Array]:
        window = self.window(x, at)
        columns = {"corner": at[:, 1:]}
        if detail in WITH_WINDOW and self.depth <= LARGEST_WINDOW:
            columns |= {"window": window}
        return columns | self.answers(window[:, :, 0, 0])

    def answers(self, window: Array) -> dict[str, Array]:
        raise NotImplementedError

    def start_fields(self) -> dict[str, Any]:
        return {"kernel_size": [1, 1], "stride": [1, 1], "padding": [[0, 0], [0, 0]], "dilation": [1, 1],
                "padding_mode": "zeros", "groups": self.output_shape[0]}  # fmt: skip

    def reach(self) -> Reach:
        return Through(Grouped(self.output_shape[0], self.output_shape[0]))

    def through(self) -> tuple[tuple[Range, ...], Tree]:
        """The letters of a group's channels, and the cell that they stand for."""
        return spans((q, C_i / G)), x[k * (C_i / G) + q, r, c]

    def letters(self) -> dict[str, Any]:
        return PICTURE.sizes(self.input_shape, self.output_shape) | {"G": self.output_shape[0]}

    def through_channels(self, name: str, torch: str) -> Code:
        """Code that makes one of the channels of each group."""
        groups, depth = self.output_shape[0], self.depth
        first = f"k * {depth}" if depth > 1 else "k"
        step = StepLine(
            f"y[{{k}}, {{r}}, {{c}}] = x[{{{first}}}:{{{first} + {depth}}}, {{r}}, {{c}}].{name}()", ("k", "r", "c")
        )
        counts = dict(zip("krc", self.output_shape, strict=True))
        loop = Snippet((f"y = np.zeros({self.output_shape})", *loops(counts, step.looped)))
        grouped = f"x.reshape({groups}, -1, *x.shape[1:])"
        return Code(loop, lines(f"y = {grouped}.{name}(axis=1)"), step, lines(f"y = {grouped}.{torch}(1)"))


@dataclass(slots=True)
class ChannelMaxLayer(ChannelPoolLayer):
    def apply(self, x: Array) -> Array:
        return np.asarray(self.grouped(x).max(axis=1))

    def answers(self, window: Array) -> dict[str, Array]:
        return {"channel": window.argmax(axis=1), "output": window.max(axis=1)}

    def code(self) -> Code:
        return self.through_channels("max", "amax")

    def rule(self) -> Rule:
        """y = the largest of the channels of a group."""
        general = Statement((equal(y[k, r, c], total("max", *self.through())),), PICTURE.outputs())
        line = equal(y[AT], call("max", cells("window", "q", "i", "j")), OUTPUT)
        return Rule(general, self.letters(), (line,), (), (SAID_LARGEST,))


@dataclass(slots=True)
class ChannelAvgLayer(ChannelPoolLayer):
    def check_values(self, x: Array) -> None:
        check_sums(x, self.depth)

    def apply(self, x: Array) -> Array:
        return np.asarray(self.grouped(x).sum(axis=1) / self.depth)

    def answers(self, window: Array) -> dict[str, Array]:
        added = in_order(window, 1)
        return {"sum": added, "count": np.full(len(added), self.depth), "output": added / self.depth}

    def code(self) -> Code:
        return self.through_channels("mean", "mean")

    def rule(self) -> Rule:
        """y = the mean of the channels of a group."""
        general = Statement((equal(y[k, r, c], total("sum", *self.through()) / (C_i / G)),), PICTURE.outputs())
        window = Terms((cells("window", "q", "i", "j"),))
        line = equal(y[AT], window / step("count"), step("sum") / step("count"), OUTPUT)
        return Rule(general, self.letters(), (line,), (), (SAID_MEAN,))
