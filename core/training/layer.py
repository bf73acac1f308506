"""What every layer of a training chain can do: forward, what its weights did to the loss, what its input did."""

from __future__ import annotations

from typing import Any

import numpy as np
from numpy.typing import NDArray

Array = NDArray[Any]
Shape = tuple[int, ...]


class Layer:
    """A step of the chain on batches (..., N). It remembers what `learn` and `back` need of the last `forward`."""

    def __init__(self) -> None:
        self.weights: dict[str, Array] = {}
        self.gradients: dict[str, Array] = {}

    def shape(self, shape: Shape) -> Shape:
        """Of the output, from that of the input, both without the batch."""
        return shape

    def beginning(self, shape: Shape, random: np.random.Generator) -> dict[str, Array]:
        """Weights to begin with, by name; a layer without any has none."""
        return {}

    def forward(self, x: Array) -> Array:
        raise NotImplementedError

    def learn(self, dy: Array) -> None:
        """Write what each weight did to the loss into `gradients`."""

    def back(self, dy: Array) -> Array:
        """What each input did to the loss."""
        raise NotImplementedError


def uniform(random: np.random.Generator, shape: Shape, limit: float) -> Array:
    return random.uniform(-limit, limit, shape)
