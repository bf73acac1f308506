"""A chain of layers whose weights and gradients are two vectors, so that a step of descent is a few long sums."""

from __future__ import annotations

import math
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from itertools import accumulate

import numpy as np

from core.training.layer import Array, Layer, Shape
from core.training.losses import Loss

Row = tuple[str, Layer]


@dataclass
class Chain:
    """Layers in their order, each with its name or none, on pictures of one shape (C, H, W)."""

    shape: Shape
    rows: Sequence[Row]
    loss: Loss
    vector: Array = field(init=False)
    slope: Array = field(init=False)

    def begin(self, random: np.random.Generator, dtype: type[np.floating] = np.float32) -> None:
        """Weights at random, every layer's in one vector."""
        shape, beginnings = self.shape, []
        for _, layer in self.rows:
            beginnings.append(layer.beginning(shape, random))
            shape = layer.shape(shape)
        sizes = [array.size for named in beginnings for array in named.values()]
        self.vector, self.slope = np.zeros(sum(sizes), dtype), np.zeros(sum(sizes), dtype)
        starts = iter(accumulate([0, *sizes]))
        for (_, layer), named in zip(self.rows, beginnings, strict=True):
            for key, array in named.items():
                start = next(starts)
                layer.weights[key] = self.vector[start : start + array.size].reshape(array.shape)
                layer.gradients[key] = self.slope[start : start + array.size].reshape(array.shape)
                layer.weights[key][...] = array

    def named(self) -> Iterator[tuple[str, Array, Array]]:
        """`c1.weight`, its array and its gradient, views into the vectors."""
        for name, layer in self.rows:
            for key, array in layer.weights.items():
                yield f"{name}.{key}", array, layer.gradients[key]

    def arrays(self) -> dict[str, Array]:
        return {name: array for name, array, _ in self.named()}

    def put(self, arrays: dict[str, Array]) -> None:
        """Take these weights; each must be there in its shape."""
        for name, array, _ in self.named():
            array[...] = arrays[name].reshape(array.shape)

    def forward(self, x: Array) -> Array:
        """(C, H, W, N) -> (classes, N)"""
        for _, layer in self.rows:
            x = layer.forward(x)
        return x

    def maps(self, x: Array) -> Iterator[tuple[str, Array]]:
        """The output of every layer, with the layer's name."""
        for name, layer in self.rows:
            x = layer.forward(x)
            yield name, x

    def gradients(self, x: Array, labels: Array) -> tuple[float, Array]:
        """Loss and outputs of a batch; every weight's gradient is in its layer afterwards."""
        outputs = self.forward(x)
        loss, dy = self.loss(outputs, labels)
        for _ in self.backward(dy):
            pass
        return loss, outputs

    def backward(self, dy: Array) -> Iterator[tuple[str, Layer, Array]]:
        """From the last layer to the first: its name, the layer with its weights' gradients, and its output's own."""
        for place, (name, layer) in reversed(list(enumerate(self.rows))):
            layer.learn(dy)
            yield name, layer, dy
            if place:
                dy = layer.back(dy)

    def answers(self, pictures: Array, at_once: int = 250) -> Array:
        """The class of every picture (N, C, H, W)."""
        batches = range(0, len(pictures), at_once)
        answers = [self.loss.best(self.forward(batch_last(pictures[n : n + at_once]))) for n in batches]
        return np.concatenate(answers)

    def accuracy(self, pictures: Array, labels: Array) -> float:
        return float(np.mean(self.answers(pictures) == labels))

    @property
    def trained(self) -> int:
        """How many weights there are."""
        return sum(math.prod(array.shape) for array in self.arrays().values())


def batch_last(pictures: Array) -> Array:
    """(N, C, H, W) -> (C, H, W, N)"""
    return np.ascontiguousarray(np.moveaxis(pictures, 0, -1))
