"""Going downhill: Adam's steps, a rate that falls along a cosine, and the mean of the weights on the way."""

from __future__ import annotations

import math

import numpy as np

from core.training.layer import Array

FIRST, SECOND, SMALL = 0.9, 0.999, 1e-8


class Adam:
    """Steps of one size a weight, whatever its slope; the rate falls from `rate` to zero over `steps`.

    Source   Kingma, Ba 2015, algorithm 1; weight decay beside it as Loshchilov, Hutter 2019
    """

    def __init__(self, vector: Array, steps: int, rate: float, decay: float = 0.0) -> None:
        self.vector, self.steps, self.rate, self.decay = vector, steps, rate, decay
        self.mean, self.square, self.taken = np.zeros_like(vector), np.zeros_like(vector), 0

    def step(self, slope: Array) -> None:
        rate = self.rate * cosine(self.taken / self.steps)
        self.taken += 1
        self.mean *= FIRST
        self.mean += (1 - FIRST) * slope
        self.square *= SECOND
        self.square += (1 - SECOND) * np.square(slope)
        size = np.sqrt(self.square / (1 - SECOND**self.taken))
        size += SMALL
        self.vector *= 1 - rate * self.decay
        self.vector -= (rate / (1 - FIRST**self.taken)) * self.mean / size


class Average:
    """The weights of the last steps, older ones counting less: steadier than those of any one step."""

    def __init__(self, vector: Array, memory: int) -> None:
        self.vector, self.memory, self.taken = vector.copy(), memory, 0

    def take(self, vector: Array) -> None:
        self.taken += 1
        share = max(1 / self.memory, 9 / (9 + self.taken))
        self.vector += self.vector.dtype.type(share) * (vector - self.vector)


def cosine(progress: float) -> float:
    """From 1 to 0, slowly at both ends."""
    return (1 + math.cos(math.pi * min(progress, 1.0))) / 2
