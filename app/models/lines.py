"""The lines of a stream of steps, told apart by their `type`."""

from __future__ import annotations

from typing import Annotated, Any, Literal, TypeAlias

from pydantic import Discriminator, Field, RootModel

from app.models.fields import Answer, Grid, Number, Pair, Planes, Shape, Sides, Value, absent
from app.models.requests import Detail

Kind: TypeAlias = Literal["gather", "scatter", "pointwise", "rearrange"]
CELL = "[channel, row, column]"


class StartLine(Answer):
    """The first line: the layer, and the range of its steps that follows. What a kind of layer lacks is left out."""

    type: Literal["start"]
    scene: str
    layer: int
    operation: str
    kind: Kind
    input_shape: Shape
    output_shape: Shape
    walked_shape: list[int] = Field(description="shape of what the steps visit, in order")
    steps: int = Field(description="how many the layer has")
    start: int
    stop: int
    every: int
    detail: Detail
    activation: str | None = Field(description="the operation of the next layer, where it looks at each cell alone")
    axis: int = absent("of softmax: the axis along which cells share")
    weight: list[Planes] | Planes | None = absent(
        "(C_out, C_in / groups, kH, kW) or, of gradient filters, (2, kH, kW): what multiplies the window",
    )
    bias: list[Number] | None = absent()
    divisor: Number = absent()
    kernel_size: Pair = absent()
    stride: Pair = absent()
    padding: Sides = absent("on each side: ((top, bottom), (left, right))")
    padding_mode: str = absent()
    padding_value: Number = absent()
    output_padding: Pair = absent()
    dilation: Pair = absent()
    groups: int = absent()
    flip: bool = absent()
    links: list[list[int]] = absent("of a partial convolution, (C_out, C_in): 1 where an output sees a channel")
    coefficients: list[Number] = absent("of sub-sampling: what the sum of a window is multiplied by, one a channel")
    pairing: Literal["distance"] = absent("what `products` holds if not products: squared differences")
    depthwise: bool = absent()
    pooled: Planes = absent("of a pooling's gradient: the map that the pooling was given")


class StepLine(Answer):
    """A step. Which numbers it has depends on the kind of its layer, and on `detail`."""

    type: Literal["step"]
    index: int
    at: Shape = Field(description=f"the cell that the step visits, {CELL}")
    corner: Pair = absent("the window's first row and column in the unpadded input; negative in the padding")
    window: Planes | Grid = absent()
    products: Planes | Grid = absent("window times kernel; of a scatter, the stamp")
    partial: Planes | Grid = absent("the running sums inside the step, for detail=partial")
    sums: list[Value] = absent("one a channel; of gradient filters, for x and y")
    sum: Value = absent("of an average: over its window")
    count: int = absent("of an average: cells that are divided by")
    total: Value = absent("of softmax: what is divided by")
    largest: Value = absent("of softmax: what is subtracted before, so that no power is too large")
    exp: Value = absent("of softmax: e to the cell less the largest")
    bias: Value = absent()
    output: Value | list[Value] = absent("one value, or a column of them where cells are only moved")
    activated: Value = absent("what the next layer's activation makes of the output")
    angle: Value = absent("of a gradient filter: its direction in radians")
    channel: int = absent("of a maximum over channels: the one that holds it")
    input_channel: int = absent()
    argmax: Pair = absent("of a maximum: its place in the window")
    winner: Pair = absent("of a maximum: its place in the input")
    size: Pair = absent("rows and columns of this window, where windows differ")
    input: Value | list[Value] = absent("of a pointwise operation or a scatter: what it is given")
    from_: Shape | list[Shape] = absent(
        "of moved cells: where they come from; outside the input is padding", alias="from"
    )
    noise: Value = absent("of gaussian noise: what is added to the cell")
    draw: Value = absent("of salt-and-pepper: the number between 0 and 100 that says whether the cell is struck")
    before: Planes = absent("of a scatter: the output under the stamp, before it")
    after: Planes = absent("of a scatter: the output under the stamp, after it")


class RowLine(Answer):
    """A row of outputs, or a piece of one, for detail=rows."""

    type: Literal["row"]
    index: int = Field(description="of its first step")
    at: Shape = Field(description=f"its first cell, {CELL}")
    count: int
    outputs: list[Value]


class EndLine(Answer):
    """The last line; of a server that is being stopped it says so, and the rest is to be asked for again."""

    type: Literal["end"]
    count: int = absent("steps that were told, or are told by rows; not said of a stream that was ended")
    reason: Literal["shutdown"] = absent("why the stream ended before its time")


class ErrorLine(Answer):
    """A failure on the way ends the stream with this line."""

    type: Literal["error"]
    detail: str
    field: str
    value: str | int | float | bool | None
    rule: str


class StreamLine(RootModel[Any]):
    """One line of a stream."""

    root: Annotated[StartLine | StepLine | RowLine | EndLine | ErrorLine, Discriminator("type")]
