"""Activations: each cell by itself; and maxout, where channels compete."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass, replace
from typing import Any, ClassVar

import numpy as np

from core import functional
from core.errors import SceneError
from core.operations import settings
from core.operations.coding_cells import function
from core.operations.global_pooling import ChannelMaxPool
from core.operations.letters import AT, INPUT, OUTPUT, PICTURE, SAID_POINT, c, e, k, r, x, y
from core.operations.windows import widened
from core.rules.filling import rounds
from core.rules.folding import put
from core.rules.rule import Rule, Statement
from core.rules.tree import Call, Tree
from core.rules.writing import call, equal, rounding, symbol
from core.vocabulary import Array, Code, Detail, Layer, Operation, Parameter, Shape, Text

CELL = re.compile(r"\bv\b")
EVEN, CLOSE = 33, 33  # points of a curve

NEGATIVE_SLOPE = Parameter(
    "negative_slope",
    "number",
    Text("Negative slope"),
    Text("What negative cells are multiplied by"),
    default=0.01,
    minimum=-1000,
    maximum=1000,
    positional=True,
)
ALPHA = Parameter(
    "alpha",
    "number",
    Text("Alpha"),
    Text("Where the curve ends on the negative side: -alpha"),
    default=1.0,
    minimum=-1000,
    maximum=1000,
    positional=True,
)
PIECES = Parameter(
    "pieces",
    "int",
    Text("Pieces"),
    Text("How many channels compete for one output"),
    default=2,
    minimum=1,
    maximum=settings.LONGEST_SIDE,
    positional=True,
)


class Activation(Operation):
    """output = f(x), cell by cell."""

    kind = "pointwise"
    group = "activations"
    letter: ClassVar[str]  # how a rule calls f

    def letters(self) -> dict[str, Any]:
        """What the letters of its settings stand for."""
        return {}

    def values(self, x: Array) -> Array:
        """f of each value, whatever the array's shape."""
        raise NotImplementedError

    def written(self, x: Tree) -> Tree:
        """f of a letter or a number, in the letters of its settings."""
        raise NotImplementedError

    def by_name(self, x: Tree) -> Call:
        """f by its name."""
        return replace(call(self.letter, x), rounds=rounds(self.written(x)))

    def applied(self, x: Tree) -> tuple[Tree, ...]:
        """f by its name, where it has one beside its formula, and the formula."""
        written = self.written(x)
        plain = self.group != "activations" or (isinstance(written, Call) and written.name == self.letter)
        return (written,) if plain else (self.by_name(x), written)

    def spelled(self) -> tuple[str, str, str, str]:
        """f of a cell `v`, f of all x, the same in PyTorch, and in Keras where it has it."""
        raise NotImplementedError

    def corners(self) -> tuple[float, ...] | None:
        """Where its curve has corners; None where it jumps, so that no line may be drawn through points of it."""
        return (0,)

    def layer(self, input_shape: Shape) -> ActivationLayer:
        return ActivationLayer(self, input_shape)


@dataclass(slots=True)
class ActivationLayer(Layer):
    """Cells stand alone: any stretch of them can be computed by itself, and is cut along the longest side."""

    @property
    def stretches(self) -> int:
        return max(self.input_shape)

    def stretch_output(self, x: Array, first: int, last: int) -> Array:
        assert isinstance(self.operation, Activation)
        return self.operation.values(widened(self.stretch_of(x, first, last)))

    def stretch_of(self, output: Array, first: int, last: int) -> Array:
        axis = self.input_shape.index(max(self.input_shape))
        return output[(slice(None),) * axis + (slice(first, last),)]

    def apply(self, x: Array) -> Array:
        assert isinstance(self.operation, Activation)
        return self.operation.values(widened(x))

    def columns(self, x: Array, at: Array, detail: Detail) -> dict[str, Array]:
        cell = widened(x[at[:, 0], at[:, 1], at[:, 2]])
        assert isinstance(self.operation, Activation)
        output = self.operation.values(cell)
        return {"output": output} if detail == "output" else {"input": cell, "output": output}

    def curve(self, lowest: float, highest: float) -> Array | None:
        """Points (n, 2) of f, from below the lowest cell to above the highest, and on both sides of 0."""
        f = self.operation
        assert isinstance(f, Activation)
        corners = f.corners()
        if corners is None:
            return None
        below, above = min(lowest, -highest / 4, -1.0), max(highest, -lowest / 4, 1.0)
        places = sampled(below, above, corners)
        return np.stack([places, f.values(places)], axis=1)

    def code(self) -> Code:
        f = self.operation
        assert isinstance(f, Activation)
        cell, whole, torch, keras = f.spelled()
        return function(self.output_shape, CELL.sub("x[{k}, {r}, {c}]", cell), whole, torch, keras)

    def rule(self) -> Rule:
        """y = f(x), cell by cell."""
        f = self.operation
        assert isinstance(f, Activation)
        general = Statement((equal(y[k, r, c], f.written(x[k, r, c])),), PICTURE.outputs())
        letters = PICTURE.sizes(self.input_shape, self.output_shape) | f.letters()
        line = put(equal(y[AT], *f.applied(INPUT), OUTPUT), f.letters())
        return Rule(general, letters, (line,), said=(SAID_POINT,))


def sampled(below: float, above: float, corners: tuple[float, ...]) -> Array:
    """Places along the axis: evenly spread, closer around 0 where curves bend, and every corner."""
    even = 2 * np.linspace(below / 2, above / 2, EVEN)  # halves, whose difference overflows at no float
    reach = np.arcsinh(max(-below, above))
    close = np.sinh(np.linspace(-reach, reach, CLOSE))
    places = np.concatenate([even, close, corners])
    return np.unique(places[(places >= below) & (places <= above)])


def curve(
    name: str,
    title: Text,
    text: str,
    f: Callable[[Array], Array],
    letter: str,
    write: Callable[[Tree], Tree],
    spelled: tuple[str, str, str, str],
) -> type[Activation]:
    """An activation without settings, from its name, title, formula and function."""

    class Named(Activation):
        __doc__ = f"output = {text}"

        def values(self, x: Array) -> Array:
            return f(x)

        def written(self, x: Tree) -> Tree:
            return write(x)

        def spelled(self) -> tuple[str, str, str, str]:
            return spelled

    Named.name, Named.title, Named.letter = name, title, letter
    Named.__name__ = Named.__qualname__ = name.capitalize()
    return Named


Relu = curve(
    "relu",
    Text("ReLU"),
    "max(0, x)",
    functional.relu,
    "ReLU",
    lambda x: call("max", 0, x),
    ("max(0, v)", "np.maximum(0, x)", "F.relu(x)", 'keras.layers.ReLU(dtype="float64")(x)'),
)
Sigmoid = curve(
    "sigmoid",
    Text("Sigmoid"),
    "1 / (1 + exp(-x))",
    functional.sigmoid,
    "σ",
    lambda x: 1 / (1 + e**-x),
    (
        "np.exp(-np.logaddexp(0, -v))",
        "np.exp(-np.logaddexp(0, -x))  # 1 / (1 + exp(-x)) without overflow",
        "torch.sigmoid(x)",
        "keras.ops.sigmoid(x)",
    ),
)
Tanh = curve(
    "tanh",
    Text("Hyperbolic tangent"),
    "tanh(x)",
    functional.tanh,
    "tanh",
    lambda x: rounding("tanh", x),
    ("np.tanh(v)", "np.tanh(x)", "torch.tanh(x)", "keras.ops.tanh(x)"),
)


class LeakyRelu(Activation):
    """output = x where x > 0, else negative_slope * x"""

    name = "leaky_relu"
    title: ClassVar[Text] = Text("Leaky ReLU")
    letter = "LeakyReLU"
    parameters = (NEGATIVE_SLOPE,)

    def letters(self) -> dict[str, Any]:
        return {"a": self["negative_slope"]}

    def written(self, x: Tree) -> Tree:
        return call("max", 0, x) + symbol("a") * call("min", 0, x)

    def spelled(self) -> tuple[str, str, str, str]:
        a = self["negative_slope"]
        keras = f'keras.layers.LeakyReLU(negative_slope={a}, dtype="float64")(x)' if a >= 0 else ""
        return (
            f"max(0, v) + {a} * min(0, v)",
            f"np.maximum(0, x) + {a} * np.minimum(0, x)",
            f"F.leaky_relu(x, {a})",
            keras,
        )

    def values(self, x: Array) -> Array:
        return functional.leaky_relu(x, self["negative_slope"])


class Elu(Activation):
    """output = x where x > 0, else alpha * (exp(x) - 1)"""

    name = "elu"
    title: ClassVar[Text] = Text("ELU")
    letter = "ELU"
    parameters = (ALPHA,)

    def letters(self) -> dict[str, Any]:
        return {"α": self["alpha"]}

    def written(self, x: Tree) -> Tree:
        return call("max", 0, x) + symbol("α") * (e ** call("min", 0, x) - 1)

    def spelled(self) -> tuple[str, str, str, str]:
        a = self["alpha"]
        return (
            f"max(0, v) + {a} * np.expm1(min(0, v))",
            f"np.maximum(0, x) + {a} * np.expm1(np.minimum(0, x))",
            f"F.elu(x, {a})",
            f'keras.layers.ELU(alpha={a}, dtype="float64")(x)',
        )

    def values(self, x: Array) -> Array:
        return functional.elu(x, self["alpha"])


class Maxout(Operation):
    """output = the largest of `pieces` neighbouring channels"""

    name = "maxout"
    title: ClassVar[Text] = Text("Maxout")
    kind = "gather"
    group = "activations"
    parameters = (PIECES,)

    def layer(self, input_shape: Shape) -> Layer:
        from_channels, pieces = input_shape[0], self["pieces"]
        if from_channels % pieces:
            raise SceneError("pieces", pieces, "must divide the {C} input channels", C=from_channels)
        return ChannelMaxPool(groups=from_channels // pieces).layer(input_shape)
