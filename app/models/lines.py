"""The lines of a stream of steps, told apart by their `type`."""

from __future__ import annotations

from typing import Annotated, Any, Literal, TypeAlias

from pydantic import BaseModel, Discriminator, Field, RootModel

from app.models.requests import Detail

Kind: TypeAlias = Literal["gather", "scatter", "pointwise", "rearrange"]
Number: TypeAlias = float  # in JSON a whole number is one too
Value: TypeAlias = float | None  # null where a number is none: NaN or infinity
Grid: TypeAlias = list[list[Value]]
Planes: TypeAlias = list[list[list[Value]]]
Shape: TypeAlias = tuple[int, int, int]
Pair: TypeAlias = tuple[int, int]
Sides: TypeAlias = tuple[Pair, Pair]

CELL = "[channel, row, column]"


class StartLine(BaseModel):
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
    activation: str | None = Field(
        None, description="the operation that the next layer is, where it looks at each cell alone"
    )
    curve: str | None = Field(None, description="of an activation: its formula")
    weight: list[Planes] | Planes | Grid | None = Field(
        None,
        description="(C_out, C_in / groups, kH, kW) or, of gradient filters, (2, kH, kW): what multiplies the window",
    )
    bias: list[Value] | None = None
    divisor: Number | None = None
    kernel_size: Pair | None = None
    stride: Pair | None = None
    padding: Sides | None = Field(None, description="on each side: ((top, bottom), (left, right))")
    padding_mode: str | None = None
    padding_value: Number | None = None
    output_padding: Pair | None = None
    dilation: Pair | None = None
    groups: int | None = None
    flip: bool | None = None
    depthwise: bool | None = None
    pooled: Planes | None = Field(None, description="of a pooling's gradient: the map that the pooling was given")


class StepLine(BaseModel):
    """A step. Which numbers it has depends on the kind of its layer, and on `detail`."""

    type: Literal["step"]
    index: int
    at: list[int] = Field(description=f"the cell that the step visits, {CELL}")
    corner: Pair | None = Field(
        None, description="the window's first row and column in the unpadded input; negative in the padding"
    )
    window: Planes | Grid | None = None
    products: Planes | Grid | None = Field(None, description="window times kernel; of a scatter, the stamp")
    partial: Planes | Grid | None = Field(None, description="the running sums inside the step, for detail=partial")
    sums: list[Value] | None = Field(None, description="one a channel; of gradient filters, for x and y")
    sum: Value = Field(None, description="of an average: over its window")
    count: int | None = Field(None, description="of an average: cells that are divided by")
    total: Value = Field(None, description="of softmax: what is divided by")
    largest: Value = Field(None, description="of softmax: what is subtracted before, so that no power is too large")
    exp: Value = Field(None, description="of softmax: e to the cell less the largest")
    bias: Value = None
    output: Value | list[Value] = Field(None, description="one value, or a column of them where cells are only moved")
    activated: Value = Field(None, description="what the next layer's activation makes of the output")
    angle: Value = Field(None, description="of a gradient filter: its direction in radians")
    channel: int | None = Field(None, description="of a maximum over channels: the one that holds it")
    input_channel: int | None = None
    argmax: list[int] | None = Field(None, description="of a maximum: its place in the window")
    winner: list[int] | None = Field(None, description="of a maximum: its place in the input")
    size: Pair | None = Field(None, description="rows and columns of this window, where windows differ")
    input: Value | list[Value] = Field(None, description="of a pointwise operation or a scatter: what it is given")
    from_: list[int] | list[list[int]] | None = Field(
        None, alias="from", description="of moved cells: where they come from; outside the input is padding"
    )
    before: Planes | Grid | None = Field(None, description="of a scatter: the output under the stamp, before it")
    after: Planes | Grid | None = Field(None, description="of a scatter: the output under the stamp, after it")


class RowLine(BaseModel):
    """A row of outputs, or a piece of one, for detail=rows."""

    type: Literal["row"]
    index: int = Field(description="of its first step")
    at: Shape = Field(description=f"its first cell, {CELL}")
    count: int
    outputs: list[Value]


class EndLine(BaseModel):
    """The last line."""

    type: Literal["end"]
    count: int = Field(description="steps that were told, or are told by rows")


class ErrorLine(BaseModel):
    """A failure on the way ends the stream with this line."""

    type: Literal["error"]
    detail: str
    field: str
    value: str | int | float | bool | None
    rule: str


class StreamLine(RootModel[Any]):
    """One line of a stream."""

    root: Annotated[StartLine | StepLine | RowLine | EndLine | ErrorLine, Discriminator("type")]
