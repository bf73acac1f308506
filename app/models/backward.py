"""A layer walked backward: what may be asked, and what is answered."""

from __future__ import annotations

from pydantic import Field

from app.models.fields import Answer, Shape, Value, absent
from app.models.requests import LAYER, SceneQuery
from app.models.words import Whole


class BackwardQuery(SceneQuery):
    """Which steps of a layer to walk backward, and with which gradient of the output."""

    layer: Whole = Field(0, description=LAYER)
    start: Whole = Field(0, ge=0, description="the first step")
    stop: Whole | None = absent(ge=0, description="the step before which to stop; at most 64 after the first")
    dy: str = Field("ones", description="the gradient of the output: ones, or output, the map itself")


class BackwardShapes(Answer):
    """Shapes of the gradients, and of the cells that one step looks at."""

    dy: Shape
    window: Shape
    dx: Shape
    dw: list[int] = absent("of a layer with weights: (C_out, C_in / groups, kH, kW)")
    db: list[int] = absent("of a layer with a bias")


class Share(Answer):
    """What a step adds to one gradient; every list but `after` follows the cells under the window."""

    cells: list[int] = Field(description="places in the gradient, flat; -1 is padding, where nothing is added")
    factors: list[Value] = Field(description="what the gradient of the output is multiplied by")
    added: list[Value]
    after: list[Value] = Field(description="the whole gradient when this is added, flat")


class BackwardStep(Answer):
    """A step of the layer, walked backward."""

    index: int
    at: Shape
    dy: Value
    dx: Share
    dw: Share = absent()
    db: Share = absent()


class Finished(Answer):
    """The gradients when every step has added its share, flat."""

    dx: list[Value]
    dw: list[Value] = absent()
    db: list[Value] = absent()


class Backward(Answer):
    """A range of steps, walked backward."""

    line: str
    layer: int
    shapes: BackwardShapes
    count: int = Field(description="how many steps the layer has")
    start: int
    stop: int
    dy: list[Value] = Field(description="the whole gradient of the output, flat")
    finished: Finished
    steps: list[BackwardStep]
