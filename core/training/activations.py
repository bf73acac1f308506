"""Activations on batches."""

from __future__ import annotations

import numpy as np

from core.training.layer import Array, Layer

HEIGHT, STEEPNESS = 1.7159, 2 / 3


class ReLU(Layer):
    """max(0, x)"""

    def forward(self, x: Array) -> Array:
        self.y = np.maximum(x, 0)
        return self.y

    def back(self, dy: Array) -> Array:
        dx: Array = dy * (self.y > 0)
        return dx


class ScaledTanh(Layer):
    """1.7159 tanh(2 x / 3): 1 stays 1 and -1 stays -1.

    Source   LeCun, Bottou, Bengio, Haffner 1998, equation 6 and appendix A
    """

    def forward(self, x: Array) -> Array:
        y: Array = np.tanh(x * x.dtype.type(STEEPNESS))
        y *= y.dtype.type(HEIGHT)
        self.y = y
        return y

    def back(self, dy: Array) -> Array:
        slope = np.square(self.y)  # A S (1 - tanh^2) = A S - y^2 S / A
        slope *= slope.dtype.type(-STEEPNESS / HEIGHT)
        slope += slope.dtype.type(STEEPNESS * HEIGHT)
        slope *= dy
        return slope
