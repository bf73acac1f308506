"""Arithmetic of each cell by itself: the absolute value, limits that values are clipped to, rounding."""

from __future__ import annotations

from typing import Any, ClassVar

import numpy as np

from core.errors import SceneError
from core.operations.activations import Activation
from core.rules.tree import Brackets, Tree
from core.rules.writing import call
from core.vocabulary import Array, Parameter, Text

LOWEST = Parameter(
    "min",
    "number",
    Text("Smallest"),
    Text("Smaller cells become this; no limit when left out"),
    positional=True,
    first=0,
)
HIGHEST = Parameter(
    "max",
    "number",
    Text("Largest"),
    Text("Larger cells become this; no limit when left out"),
    positional=True,
)
DECIMALS = Parameter(
    "decimals",
    "int",
    Text("Decimals"),
    Text("Digits kept after the point"),
    default=0,
    minimum=0,
    maximum=15,
    positional=True,
)


class Abs(Activation):
    """output = |x|"""

    name = "abs"
    title: ClassVar[Text] = Text("Absolute value")
    group = "values"
    letter = "abs"

    def written(self, x: Tree) -> Tree:
        return Brackets("absolute", x)

    def spelled(self) -> tuple[str, str, str, str]:
        return "abs(v)", "np.abs(x)", "x.abs()", "keras.ops.abs(x)"

    def values(self, x: Array) -> Array:
        """Of whole numbers -2^63 alone has no absolute value in 64 bits."""
        if x.dtype.kind == "i" and x.size and x.min() == np.iinfo(x.dtype).min:
            raise SceneError("abs", int(x.min()), "its absolute value does not fit 64 bits")
        return np.asarray(np.abs(x))


class Clip(Activation):
    """output = x, but at least min and at most max"""

    name = "clip"
    title: ClassVar[Text] = Text("Clip")
    group = "values"
    letter = "clip"
    parameters = (LOWEST, HIGHEST)

    def __init__(self, /, *positional: object, **keywords: object) -> None:
        super().__init__(*positional, **keywords)
        lowest, highest = self["min"], self["max"]
        if lowest is None and highest is None:
            raise SceneError("min", None, "clip needs min, max or both")
        if lowest is not None and highest is not None and lowest > highest:
            raise SceneError("min", lowest, "must be at most max, {highest}", highest=highest)

    def corners(self) -> tuple[float, ...]:
        return tuple(limit for limit in (self["min"], self["max"]) if limit is not None)

    def letters(self) -> dict[str, Any]:
        return {name: limit for name, limit in (("l", self["min"]), ("u", self["max"])) if limit is not None}

    def written(self, x: Tree) -> Tree:
        least = x if self["min"] is None else call("max", x, "l")
        return least if self["max"] is None else call("min", least, "u")

    def spelled(self) -> tuple[str, str, str, str]:
        low, high = self["min"], self["max"]
        least = "v" if low is None else f"max(v, {low})"
        cell = least if high is None else f"min({least}, {high})"
        return cell, f"x.clip({low}, {high})", f"x.clamp({low}, {high})", ""

    def values(self, x: Array) -> Array:
        """A limit with a fraction makes all of an integer map floats, whichever cells it meets."""
        limits = [limit for limit in (self["min"], self["max"]) if limit is not None]
        if x.dtype.kind in "bui" and any(isinstance(limit, float) for limit in limits):
            x = x.astype(np.float64)
        return np.asarray(x.clip(self["min"], self["max"]))


class Round(Activation):
    """output = x to so many decimals; halves go to the even neighbour, as in NumPy and PyTorch"""

    name = "round"
    title: ClassVar[Text] = Text("Round")
    group = "values"
    letter = "round"
    parameters = (DECIMALS,)

    def corners(self) -> None:
        """A staircase."""

    def letters(self) -> dict[str, Any]:
        return {"d": self["decimals"]}

    def written(self, x: Tree) -> Tree:
        return call("round", x, "d") if self["decimals"] else call("round", x)

    def spelled(self) -> tuple[str, str, str, str]:
        d = self["decimals"]
        return f"np.round(v, {d})", f"np.round(x, {d})", f"x.round(decimals={d})", ""

    def values(self, x: Array) -> Array:
        return x if x.dtype.kind in "bui" else np.asarray(np.round(x, self["decimals"]))
