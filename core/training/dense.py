"""Fully connected layers, and the picture laid out as a vector."""

from __future__ import annotations

import math

import numpy as np

from core.training.layer import Array, Layer, Shape, uniform


class Flatten(Layer):
    """(C, H, W, N) -> (C H W, N), channel after channel and row after row."""

    def shape(self, shape: Shape) -> Shape:
        return (math.prod(shape),)

    def forward(self, x: Array) -> Array:
        self.given = x.shape
        return x.reshape(-1, x.shape[-1])

    def back(self, dy: Array) -> Array:
        return dy.reshape(self.given)


class Linear(Layer):
    """y = weight @ x + bias; beginnings within sqrt(gain / inputs) of zero."""

    def __init__(self, outputs: int, gain: float) -> None:
        super().__init__()
        self.outputs, self.gain = outputs, gain

    def shape(self, shape: Shape) -> Shape:
        return (self.outputs,)

    def beginning(self, shape: Shape, random: np.random.Generator) -> dict[str, Array]:
        (inputs,) = shape
        weight = uniform(random, (self.outputs, inputs), math.sqrt(self.gain / inputs))
        return {"weight": weight, "bias": np.zeros(self.outputs)}

    def forward(self, x: Array) -> Array:
        self.x = x
        y: Array = self.weights["weight"] @ x
        y += self.weights["bias"][:, None]
        return y

    def learn(self, dy: Array) -> None:
        np.matmul(dy, self.x.T, out=self.gradients["weight"])
        dy.sum(axis=1, out=self.gradients["bias"])

    def back(self, dy: Array) -> Array:
        dx: Array = self.weights["weight"].T @ dy
        return dx


class RadialBasis(Layer):
    """y[k] = squared distance of x to the k-th prototype, which is drawn and never trained.

    Source   LeCun, Bottou, Bengio, Haffner 1998, equation 7
    """

    def __init__(self, prototypes: Array) -> None:
        super().__init__()
        self.prototypes = prototypes

    def shape(self, shape: Shape) -> Shape:
        return self.prototypes.shape[:1]

    def forward(self, x: Array) -> Array:
        self.x = x
        y: Array = np.square(x[None] - self.prototypes.astype(x.dtype)[:, :, None]).sum(axis=1)
        return y

    def back(self, dy: Array) -> Array:
        dx: Array = 2 * (self.x * dy.sum(axis=0) - self.prototypes.astype(dy.dtype).T @ dy)
        return dx
