"""Pooling on batches, windows of 2 x 2 side by side: the maximum, and sub-sampling with its two weights a map."""

from __future__ import annotations

import math
from collections.abc import Iterator

import numpy as np

from core.training.layer import Array, Layer, Shape

SIDE = 2


class Pooling(Layer):
    """A quarter of the cells remain."""

    def shape(self, shape: Shape) -> Shape:
        channels, height, width = shape
        return channels, height // SIDE, width // SIDE


class MaxPool(Pooling):
    """The largest of each window; the gradient goes to the first of equals alone."""

    def forward(self, x: Array) -> Array:
        self.x = x
        first, *others = corners(x)
        y = first.copy()
        for other in others:
            np.maximum(y, other, out=y)
        self.y = y
        return y

    def back(self, dy: Array) -> Array:
        dx = np.zeros_like(self.x)
        left = dy.copy()  # what no cell of the window has taken yet
        for x, part in zip(corners(self.x), corners(dx), strict=True):
            np.multiply(left, x == self.y, out=part)
            left -= part
        return dx


class SubSampling(Pooling):
    """The sum of each window times one weight a map, plus a bias: LeNet-5's S2 and S4.

    Source   LeCun, Bottou, Bengio, Haffner 1998, section II.B
    """

    def __init__(self, gain: float) -> None:
        super().__init__()
        self.gain = gain

    def beginning(self, shape: Shape, random: np.random.Generator) -> dict[str, Array]:
        limit = math.sqrt(self.gain) / SIDE**2
        return {"weight": random.uniform(limit / 2, limit, shape[0]), "bias": np.zeros(shape[0])}

    def forward(self, x: Array) -> Array:
        first, second, *others = corners(x)
        self.sums = first + second
        for other in others:
            self.sums += other
        self.given = x.shape
        y: Array = self.sums * self.weights["weight"][:, None, None, None]
        y += self.weights["bias"][:, None, None, None]
        return y

    def learn(self, dy: Array) -> None:
        maps = len(dy)
        rows = dy.reshape(maps, -1)
        np.einsum("ci,ci->c", rows, self.sums.reshape(maps, -1), out=self.gradients["weight"])
        rows.sum(axis=1, out=self.gradients["bias"])

    def back(self, dy: Array) -> Array:
        share = dy * self.weights["weight"][:, None, None, None]
        dx = np.zeros(self.given, dy.dtype)
        for part in corners(dx):
            part[...] = share
        return dx


def corners(x: Array) -> Iterator[Array]:
    """The four cells of every window in reading order; an odd last row or column is in none."""
    height, width = (side // SIDE * SIDE for side in x.shape[1:3])
    for i in range(SIDE):
        for j in range(SIDE):
            yield x[:, i:height:SIDE, j:width:SIDE]
