"""What is answered about the training of a network."""

from __future__ import annotations

from pydantic import BaseModel, Field

from app.models.fields import Number, Pair


class Learning(BaseModel):
    """How a network learnt; the first of each list is before training, then one for each epoch."""

    network: str
    learnt_from: int = Field(description="how many digits")
    loss: list[Number | None] = Field(description="mean over the digits learnt from; null before training")
    accuracy: list[Number] = Field(description="share of the test digits that is answered rightly")
    kernels: list[list[list[list[list[Number]]]]] | None = Field(
        description="of the first layer, (epochs, F, C, kH, kW); null where it does not convolve"
    )
    moved: list[Number] = Field(description="the same share when the test digits are moved by 0, 1, ... pixels")


class Exciting(BaseModel):
    """The nine windows of test digits that a unit answers to most, the strongest first."""

    network: str
    layer: str
    unit: int
    units: int = Field(description="of this layer")
    of: int = Field(description="how many test digits were looked at")
    size: int = Field(description="rows and columns of a window: the receptive field of a cell")
    windows: list[list[list[int]]] = Field(description="pixels from 0 to 255")
    corners: list[Pair] = Field(description="row and column of each window in the picture as the network takes it")
    labels: list[int] = Field(description="which digits they are of")
    values: list[Number] = Field(description="what the unit answers, before the activation")
