"""Convolutions on batches: every window becomes a column, and the rest is a product of matrices."""

from __future__ import annotations

import math

import numpy as np
from numpy.lib.stride_tricks import as_strided

from core.training.layer import Array, Layer, Shape, uniform


class Convolution(Layer):
    """Cross-correlation with stride 1 and without padding: (C, H, W, N) -> (F, oH, oW, N)."""

    def __init__(self, outputs: int, kernel_size: int, gain: float) -> None:
        super().__init__()
        self.outputs, self.kernel_size, self.gain = outputs, kernel_size, gain
        self.laid_out: Array = np.empty(0)

    def shape(self, shape: Shape) -> Shape:
        _, height, width = shape
        return self.outputs, height - self.kernel_size + 1, width - self.kernel_size + 1

    def beginning(self, shape: Shape, random: np.random.Generator) -> dict[str, Array]:
        whole = (self.outputs, shape[0], self.kernel_size, self.kernel_size)
        weight = uniform(random, whole, math.sqrt(self.gain / math.prod(whole[1:])))
        return {"weight": weight, "bias": np.zeros(self.outputs)}

    def kernels(self) -> Array:
        """(F, C, kH, kW)"""
        return self.weights["weight"]

    def forward(self, x: Array) -> Array:
        self.given = x.shape
        self.columns = self.columns_of(x)
        y: Array = self.kernels().reshape(self.outputs, -1) @ self.columns
        y += self.weights["bias"][:, None]
        return y.reshape(*self.shape(x.shape[:3]), x.shape[3])

    def columns_of(self, x: Array) -> Array:
        """(C, H, W, N) -> (C kH kW, oH oW N)"""
        channels, height, width, batch = x.shape
        size = self.kernel_size
        c, h, w, n = x.strides
        whole = (channels, size, size, height - size + 1, width - size + 1, batch)
        if self.laid_out.shape != whole or self.laid_out.dtype != x.dtype:
            self.laid_out = np.empty(whole, x.dtype)
        self.laid_out[...] = as_strided(x, whole, (c, h, w, h, w, n), writeable=False)
        return self.laid_out.reshape(channels * size * size, -1)

    def learn(self, dy: Array) -> None:
        rows = dy.reshape(self.outputs, -1)
        self.gradients["weight"][...] = (rows @ self.columns.T).reshape(self.gradients["weight"].shape)
        rows.sum(axis=1, out=self.gradients["bias"])

    def back(self, dy: Array) -> Array:
        channels, _, _, batch = self.given
        size = self.kernel_size
        rows, cols = dy.shape[1:3]
        parts = (self.kernels().reshape(self.outputs, -1).T @ dy.reshape(self.outputs, -1)).reshape(
            channels, size, size, rows, cols, batch
        )
        dx = np.zeros(self.given, dy.dtype)
        for i in range(size):
            for j in range(size):
                dx[:, i : i + rows, j : j + cols] += parts[:, i, j]
        return dx


class PartialConvolution(Convolution):
    """A convolution whose maps see only some of the maps below: one kernel a link of the table (F, C).

    The links that are there are `weight` (links, kH, kW), the table read row after row.
    """

    def __init__(self, table: Array, kernel_size: int, gain: float) -> None:
        super().__init__(len(table), kernel_size, gain)
        self.table = table.astype(bool)

    def beginning(self, shape: Shape, random: np.random.Generator) -> dict[str, Array]:
        seen = self.table.sum(axis=1).repeat(self.table.sum(axis=1)) * self.kernel_size**2  # inputs, for each link
        weight = uniform(random, (int(self.table.sum()), self.kernel_size, self.kernel_size), 1.0)
        return {"weight": weight * np.sqrt(self.gain / seen)[:, None, None], "bias": np.zeros(self.outputs)}

    def kernels(self) -> Array:
        whole = np.zeros((*self.table.shape, self.kernel_size, self.kernel_size), self.weights["weight"].dtype)
        whole[self.table] = self.weights["weight"]
        return whole

    def learn(self, dy: Array) -> None:
        rows = dy.reshape(self.outputs, -1)
        whole = (rows @ self.columns.T).reshape(*self.table.shape, self.kernel_size, self.kernel_size)
        self.gradients["weight"][...] = whole[self.table]
        rows.sum(axis=1, out=self.gradients["bias"])
