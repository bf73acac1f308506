"""What is answered about networks and their weights."""

from __future__ import annotations

from pydantic import Field

from app.models.fields import Answer, Number, Pair, Shape, Titles


class NetworkLayer(Answer):
    """A layer of a network."""

    operation: str
    title: Titles
    weights: str | None = Field(description="the name of its weights, as a scene line and `/api/weights` take it")
    input_shape: Shape
    output_shape: Shape
    parameters: int = Field(description="weights and biases that are learned")
    connections: int = Field(description="lines from its units to what they are computed from, biases included")
    multiply_adds: int
    receptive_field: Pair = Field(description="rows and columns of the picture that one cell sees")


class Trained(Answer):
    """How weights came about, and how well they answer."""

    data: str
    credit: str
    licence: str
    learnt_from: int = Field(description="how many pictures")
    command: str
    seed: int
    epochs: int
    right: int = Field(description="how many of the pictures that it never saw are answered rightly")
    of: int


class Network(Answer):
    """A network: `@name` in a scene line stands for its layers."""

    name: str
    title: Titles
    about: Titles
    source: str
    input_shape: Shape
    classes: list[str | Titles] = Field(description="what its outputs stand for, in order")
    line: str = Field(description="its layers, as a scene line has them behind a picture")
    layers: list[NetworkLayer]
    parameters: int
    connections: int
    multiply_adds: int
    trained: Trained | None = Field(description="null for a network without trained weights")


class Weights(Answer):
    """The numbers of one layer."""

    name: str
    shape: list[int] = Field(description="of `weight`")
    weight: list[Number] | list[list[Number]] | list[list[list[Number]]] | list[list[list[list[Number]]]]
    bias: list[Number] | None = Field(description="one for each output")
    links: list[list[int]] | None = Field(description="of a partial convolution: which outputs see which channels")
