"""threshold: what is not above a limit becomes another number."""

from __future__ import annotations

from typing import Any, ClassVar

import numpy as np

from core.operations.activations import Activation
from core.rules.tree import Case, Cases, Relation, Tree
from core.rules.writing import symbol
from core.vocabulary import Array, Parameter, Text

LIMIT = Parameter(
    "threshold",
    "number",
    Text("Threshold"),
    Text("Cells above it stay; one that equals it does not"),
    default=127,
    positional=True,
)
VALUE = Parameter(
    "value",
    "number",
    Text("Below"),
    Text("What the other cells become"),
    default=0,
    positional=True,
)
ABOVE = Parameter(
    "maxval",
    "number",
    Text("Above"),
    Text("What cells above the threshold become; they stay as they are when left out"),
    rare=True,
)


class Threshold(Activation):
    """output = x where x > threshold (maxval, if there is one), else value"""

    name = "threshold"
    title: ClassVar[Text] = Text("Thresholding")
    group = "values"
    letter = "threshold"
    parameters = (LIMIT, VALUE, ABOVE)

    def corners(self) -> None:
        """It jumps."""

    def letters(self) -> dict[str, Any]:
        letters = {"T": self["threshold"], "v": self["value"]}
        return letters if self["maxval"] is None else letters | {"m": self["maxval"]}

    def written(self, x: Tree) -> Tree:
        limit, above = symbol("T"), x if self["maxval"] is None else symbol("m")
        below = Case(symbol("v"), Relation((x, limit), ("≤",)))
        return Cases((below, Case(above, Relation((limit, x), ("<",)))))

    def spelled(self) -> tuple[str, str, str, str]:
        limit, value, above = self["threshold"], self["value"], self["maxval"]
        to = "x" if above is None else above
        torch = f"F.threshold(x, {limit}, {value})" if above is None else f"torch.where(x > {limit}, {above}, {value})"
        cell = f"{'v' if above is None else above} if v > {limit} else {value}"
        return cell, f"np.where(x > {limit}, {to}, {value})", torch, f"keras.ops.where(x > {limit}, {to}, {value})"

    def values(self, x: Array) -> Array:
        """A setting with a fraction makes all of an integer map floats, whichever cells it meets."""
        value, above = self["value"], self["maxval"]
        if x.dtype.kind in "bui" and any(isinstance(number, float) for number in (value, above)):
            x = x.astype(np.float64)
        kept = x if above is None else np.full_like(x, above)
        return np.where(x <= self["threshold"], np.array(value, x.dtype), kept)
