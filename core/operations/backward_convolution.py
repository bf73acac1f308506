"""Back through conv2d to its weight: each place in the kernel gathers window times gradient."""

from __future__ import annotations

import math
from dataclasses import dataclass, field, replace
from typing import Any, ClassVar

import numpy as np

from core import functional
from core.algorithms.arrays import matching
from core.algorithms.exact import check_sums, heaviest
from core.errors import SceneError
from core.geometry import Slide, output_size, resolve_padding
from core.operations import names, settings
from core.operations.coding_gradients import of_weight
from core.operations.letters import (
    AT,
    OUTPUT,
    PICTURE,
    SAID_SUM,
    C_i,
    C_o,
    Frame,
    G,
    c,
    cells,
    dW,
    dY,
    i,
    j,
    k,
    q,
    r,
    spans,
    step,
    x,
)
from core.operations.settings import GROUPS
from core.operations.sums import in_order, running
from core.operations.windows import WindowLayer, Windows, refuse_wide_windows, widened
from core.reach import Paired
from core.rules.rule import Rule, Statement
from core.rules.slots import Slot, Whole
from core.rules.tree import Number, Terms, Tree
from core.rules.writing import equal, floor, total
from core.vocabulary import WITH_WINDOW, Array, Code, Detail, Operation, Parameter, Reach, Shape, Text, Through

DY = Parameter(
    "dy",
    "matrix",
    Text("Gradient of the output"),
    Text("The gradient of the output: (oH, oW), or (F, oH, oW)"),
    required=True,
    first=((1,),),
)
FORWARD_KERNEL = replace(
    settings.KERNEL_SIZE,
    required=False,
    first=None,
    help=Text("Rows and columns of the kernel; the largest that fits when left out"),
)


class Conv2dBackwardWeight(Operation):
    """dw[i, j] = sum over r, k of dy[r, k] * x[r * stride + i * dilation, k * stride + j * dilation]"""

    name = "conv2d_backward_weight"
    title: ClassVar[Text] = Text("Convolution, gradient of the weight")
    names = names.GRADIENT_OF_WEIGHT
    kind = "gather"
    group = "backward"
    parameters = (
        FORWARD_KERNEL,
        DY,
        settings.STRIDE,
        settings.PADDING,
        settings.PADDING_MODE,
        settings.DILATION,
        GROUPS,
    )

    def layer(self, input_shape: Shape) -> BackwardWeightLayer:
        return BackwardWeightLayer(self, input_shape)


@dataclass(slots=True)
class BackwardWeightLayer(WindowLayer):
    """A convolution in which dy is the kernel, and stride and dilation change places.

    Its channels are those of (F, C / groups, kH, kW) one after another: channel f * C / groups + c.
    """

    dy: Array = field(init=False)  # (F, oH, oW)

    def place(self) -> Windows:
        given = self.operation
        dy = np.array(given["dy"])
        self.dy = dy[None] if dy.ndim == 2 else dy
        C, H, W = self.input_shape
        if self.dy.ndim != 3:
            raise SceneError("dy", self.dy.shape, "must be (oH, oW) or (F, oH, oW)")
        if C % given["groups"] or len(self.dy) % given["groups"]:
            rule = "must divide the {C} channels of the input and the {F} of the gradient"
            raise SceneError("groups", given["groups"], rule, C=C, F=len(self.dy))
        refuse_wide_windows(self.dy[0].size)
        slides = [self._slide(axis, padding) for axis, padding in enumerate(self._padding((H, W)))]
        return Windows.over((H, W), slides[0], slides[1], self.padding_mode)

    def _padding(self, plane: tuple[int, int]) -> Any:
        given = self.operation
        if isinstance(given["padding"], str) and given["kernel_size"] is None:
            raise SceneError("padding", given["padding"], "needs kernel_size to say how much it is")
        kernel_size = given["kernel_size"] or (1, 1)
        return resolve_padding(given["padding"], kernel_size, given["stride"], given["dilation"], plane)

    def _slide(self, axis: int, padding: tuple[int, int]) -> Slide:
        given = self.operation
        return Slide(self.dy.shape[1 + axis], given["dilation"][axis], padding, given["stride"][axis])

    def shape(self) -> Shape:
        found = self.windows.shape
        wanted = self.operation["kernel_size"] or found
        for axis in (0, 1):
            self._check(axis, wanted[axis])
        C, F = self.input_shape[0], len(self.dy)
        return (F * C // self.operation["groups"], *wanted)

    def _check(self, axis: int, size: int) -> None:
        """Whether a forward kernel of that size gives a gradient of dy's size."""
        slide, given = self.windows.slides[axis], self.operation
        kernel = Slide(size, given["stride"][axis], slide.padding, given["dilation"][axis])
        forward = output_size(self.input_shape[1 + axis], kernel)
        if forward != slide.kernel_size:
            rule = "with this kernel_size the output has {forward} px, but the gradient {count}"
            raise SceneError("dy", self.dy.shape, rule, forward=forward, count=slide.kernel_size)

    def depth(self) -> int:
        """Channels of one kernel: C / groups."""
        return int(self.input_shape[0] // self.operation["groups"])

    def reach(self) -> Reach:
        """Windows beyond the kernel's size are cut off."""
        channels, kH, kW = self.output_shape
        return Through(Paired(channels, self.operation["groups"]), *self.sliding((kH, kW)))

    def kernels(self, at: Array) -> Array:
        return at[:, 0] // self.depth()

    def channels(self, at: Array) -> Array:
        depth = self.depth()
        kernels_in_group = len(self.dy) // self.operation["groups"]
        group = self.kernels(at) // kernels_in_group
        return np.asarray(group * depth + at[:, 0] % depth)[:, None]

    def check_values(self, x: Array) -> None:
        if self.dy.dtype.kind != "f":
            check_sums(x, heaviest(self.dy))

    def columns(self, x: Array, at: Array, detail: Detail) -> dict[str, Array]:
        channels = self.channels(at)
        window = self.windows.gather(x, channels, at)
        products = window * matching(self.dy[self.kernels(at)], window)[:, None]
        sums = in_order(products, products.ndim - 2)
        columns = {"corner": self.windows.corners(at), "input_channel": channels[:, 0]}
        if detail in WITH_WINDOW:
            columns |= {"window": window, "products": products}
        if detail == "partial":
            columns |= {"partial": running(products, 1)}
        if detail != "output":
            columns |= {"sums": sums}
        return {**columns, "output": sums[:, 0]}

    def apply(self, x: Array) -> Array:
        groups = self.operation["groups"]
        parts = zip(np.split(widened(x), groups), np.split(self.dy, groups), strict=True)
        return np.concatenate([self._group(channels, dy) for channels, dy in parts])

    def _group(self, x: Array, dy: Array) -> Array:
        """Each channel of x as a picture of its own, and each channel of dy as a kernel over it."""
        rows, cols = self.slides
        sums = functional.conv2d(
            x[:, None],
            dy[:, None],
            stride=(rows.stride, cols.stride),
            padding=(rows.padding, cols.padding),
            dilation=(rows.dilation, cols.dilation),
            padding_mode=self.padding_mode,
        )
        _, kH, kW = self.output_shape
        kept = sums[:, :, :kH, :kW].swapaxes(0, 1)  # (C, F, kH, kW) -> (F, C, kH, kW)
        return kept.reshape(-1, kH, kW)

    def start_fields(self) -> dict[str, Any]:
        kernels = np.repeat(self.dy, self.depth(), axis=0)[:, None]
        return {"weight": kernels.tolist(), "bias": None, "divisor": 1, **WindowLayer.start_fields(self),
                "groups": self.operation["groups"], "depthwise": False}  # fmt: skip

    def multiply_adds(self) -> int:
        return math.prod(self.output_shape) * int(self.dy[0].size)

    def code(self) -> Code:
        return of_weight(
            self.input_shape,
            self.output_shape,
            self.slides,
            self.padding_mode,
            self.dy,
            self.operation["groups"],
        )

    # The rule, with the letters of the forward convolution: (i, j) is the weight, (r, c) runs over its output.

    @property
    def frame(self) -> Frame:
        return PICTURE

    def rule(self) -> Rule:
        """dW = sum of dY * x over all windows, for each place in the kernel."""
        O_h, O_w = PICTURE.size("O")
        cell = x[(self.input_channel(), *PICTURE.cell())]
        sums = total("sum", spans((r, O_h), (c, O_w)), dY[k, r, c] * cell)
        over = (*spans((k, C_o), (q, C_i / G)), *PICTURE.inside())
        general = Statement((equal(dW[k, q, i, j], sums),), over, self.border())
        views = {"dW": (len(self.dy), self.depth(), *self.output_shape[1:])}
        return Rule(general, self.letters(), (self.arithmetic(),), (), (SAID_SUM,), views, lambda: {"dY": self.dy})

    def input_channel(self) -> Tree:
        groups = self.operation["groups"]
        return q if groups == 1 else floor(k * G / C_o) * (C_i / G) + q

    def letters(self) -> dict[str, Any]:
        """The stride is the dilation of this layer's own windows, and the other way round."""
        forward = [
            Slide(size, slide.dilation, slide.padding, slide.stride)
            for size, slide in zip(self.output_shape[1:], self.slides, strict=True)
        ]
        shapes = PICTURE.sizes(self.input_shape, (len(self.dy), self.dy.shape[1], self.dy.shape[2]))
        return shapes | PICTURE.slides(forward) | {"G": self.operation["groups"]}

    def arithmetic(self) -> Tree:
        depth = self.depth()
        kernel = Whole(floor(AT[0] / Number(depth)))
        channel = Whole(AT[0] - floor(AT[0] / Number(depth)) * depth)
        gradient = Slot(("start", "weight", ("step", "at", 0), "q", "r", "c"), "kernel")
        products = cells("window", "q", "r", "c", body=step("window", "q", "r", "c", role="input") * gradient)
        return equal(dW[kernel, channel, AT[1], AT[2]], Terms((products,)), OUTPUT)

    def limits(self, operation: Operation) -> dict[str, dict[str, Any]]:
        return {}

    def formula(self) -> dict[str, str] | None:
        return None

    def unvisited(self) -> dict[str, list[int]]:
        return {"rows": [], "cols": []}
