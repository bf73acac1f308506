"""What networks do with each cell beside activations: bring it to a scale, and leave it alone when they predict."""

from __future__ import annotations

from typing import Any, ClassVar

import numpy as np

from core.algorithms.arrays import floating
from core.errors import SceneError
from core.operations.activations import Activation
from core.rules.tree import Tree
from core.rules.writing import symbol
from core.vocabulary import Array, Parameter, Text

MEAN = Parameter(
    "mean",
    "number",
    Text("Mean"),
    Text("Subtracted from every cell"),
    default=0,
    positional=True,
)
STD = Parameter(
    "std",
    "number",
    Text("Standard deviation"),
    Text("What every cell is divided by; 255 brings bytes to 0 … 1"),
    default=255,
    positional=True,
)
RATE = Parameter(
    "p",
    "number",
    Text("Rate"),
    Text("The share of cells that is dropped at each step of training"),
    default=0.5,
    minimum=0,
    maximum=1,
    positional=True,
)


class Normalize(Activation):
    """output = (x - mean) / std"""

    name = "normalize"
    title: ClassVar[Text] = Text("Normalization")
    group = "values"
    letter = "normalize"
    parameters = (MEAN, STD)

    def __init__(self, /, *positional: object, **keywords: object) -> None:
        super().__init__(*positional, **keywords)
        if self["std"] == 0:
            raise SceneError("std", 0, "must not be zero")

    def letters(self) -> dict[str, Any]:
        return {"μ": self["mean"], "σ": self["std"]}

    def written(self, x: Tree) -> Tree:
        return (x - symbol("μ") if self["mean"] else x) / symbol("σ")

    def spelled(self) -> tuple[str, str, str, str]:
        mean, std = self["mean"], self["std"]
        keras = f'keras.layers.Rescaling(1 / {std}, offset={-mean / std}, dtype="float64")(x)'
        return f"(v - {mean}) / {std}", f"(x - {mean}) / {std}", f"(x - {mean}) / {std}", keras

    def values(self, x: Array) -> Array:
        """Dividing makes floats of whole numbers, whatever comes out."""
        cells = floating(x)
        return np.asarray((cells - self["mean"] if self["mean"] else cells) / self["std"])


class Dropout(Activation):
    """output = x: cells are dropped while a network learns, never when it predicts"""

    name = "dropout"
    title: ClassVar[Text] = Text("Dropout")
    group = "values"
    letter = "dropout"
    parameters = (RATE,)

    def letters(self) -> dict[str, Any]:
        return {"p": self["p"]}

    def written(self, x: Tree) -> Tree:
        return x

    def spelled(self) -> tuple[str, str, str, str]:
        p = self["p"]
        keras = f'keras.layers.Dropout({p}, dtype="float64")(x, training=False)' if p < 1 else ""
        return "v", "x.copy()", f"F.dropout(x, {p}, training=False)", keras

    def values(self, x: Array) -> Array:
        return x
