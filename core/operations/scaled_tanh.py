"""The activation of LeNet-5 as published."""

from __future__ import annotations

import numpy as np

from core.algorithms.arrays import floating
from core.operations.activations import curve
from core.rules.tree import tree
from core.rules.writing import rounding
from core.vocabulary import Array, Text

HEIGHT = 1.7159


def scaled_tanh(x: Array) -> Array:
    """1.7159 tanh(2 x / 3): 1 stays 1 and -1 stays -1, nearly.

    Source  LeCun, Bottou, Bengio, Haffner 1998, equation 6 and appendix A
    """
    return np.asarray(HEIGHT * np.tanh(2 * floating(x) / 3))


ScaledTanh = curve(
    "scaled_tanh",
    Text("Scaled hyperbolic tangent"),
    "1.7159 tanh(2 x / 3)",
    scaled_tanh,
    "f",
    lambda x: tree(HEIGHT) * rounding("tanh", 2 * x / 3),
    (
        f"{HEIGHT} * np.tanh(2 * v / 3)",
        f"{HEIGHT} * np.tanh(2 * x / 3)",
        f"{HEIGHT} * torch.tanh(2 * x / 3)",
        f"{HEIGHT} * keras.ops.tanh(2 * x / 3)",
    ),
)
