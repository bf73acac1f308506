"""What is answered about the training of a network."""

from __future__ import annotations

from typing import Literal

from pydantic import Field

from app.models.fields import Answer, Number, Pair, Titles


class Learning(Answer):
    """How a network learnt; the first of each list is before training, then one for each epoch."""

    network: str
    learnt_from: int = Field(description="how many digits")
    loss: list[Number | None] = Field(description="mean over the digits learnt from; null before training")
    accuracy: list[Number] = Field(description="share of the test digits that is answered rightly")
    kernels: list[list[list[list[list[Number]]]]] | None = Field(
        description="of the first layer, (epochs, F, C, kH, kW); null where it does not convolve"
    )
    moved: list[Number] = Field(description="the same share when the test digits are moved by 0, 1, ... pixels")


class Exciting(Answer):
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


class GradientPicture(Answer):
    """A gradient as planes to draw."""

    shape: list[int]
    largest: Number = Field(description="its largest magnitude")
    planes: list[list[list[Number]]] = Field(
        description="the first 32, as shares of the largest magnitude; without rows where there are too many numbers"
    )


class LayerGradients(Answer):
    """What one layer's output and weights did to the loss."""

    layer: int = Field(description="which operation of the scene, from 0")
    name: str = Field(description="of its weights; empty where it has none")
    output: GradientPicture
    weights: dict[str, GradientPicture]


class Descent(Answer):
    """What a network would learn from one picture."""

    network: str
    answer: str
    classes: list[str]
    kind: Literal["probability", "distance"] = Field(
        description="what `before` and `after` are; the least distance wins"
    )
    losses: list[Number] = Field(description="before, and after each step")
    before: list[Number]
    after: list[Number]
    layers: list[LayerGradients] = Field(description="from the last layer to the first, before any step")


class ShiftedNetwork(Answer):
    """What a network says of a picture that is moved by 0, 1, ... pixels."""

    network: str
    title: Titles
    kind: Literal["probability", "distance"] = Field(description="what the answers are; the least distance wins")
    classes: list[str]
    answers: list[list[Number]] = Field(description="one for each class, for each place of the picture")
    best: list[int] = Field(description="which class wins, for each place of the picture")
    learnt_moved: Number = Field(description="by how many pixels at most digits were moved while it learnt")
    right: list[Number] = Field(
        description="share of the test digits that is answered rightly when they are moved so far, "
        "mean over the four directions; measured when the network was trained"
    )
    of: int = Field(description="how many test digits")


class Shifted(Answer):
    """A picture that is moved by 0, 1, ... pixels to the right, and what two networks say of it."""

    pictures: list[list[list[Number]]] = Field(description="pixels, for each place")
    inputs: int = Field(description="pixels of the picture: inputs of a network")
    changed: list[int] = Field(description="how many of them are another number than before it was moved")
    networks: list[ShiftedNetwork]
