"""Activations: each cell by itself, except softmax and maxout, which look at their neighbours too."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any, ClassVar

import numpy as np

from core import functional
from core.algorithms.arrays import floating
from core.errors import SceneError
from core.operations import settings
from core.operations.global_pooling import ChannelMaxPool
from core.operations.letters import AT, INPUT, OUTPUT, PICTURE, SAID_POINT, c, e, k, r, step, x, y
from core.operations.windows import widened
from core.reach import Grouped, Line
from core.rules.folding import put
from core.rules.rule import Rule, Statement
from core.rules.tree import Tree
from core.rules.writing import call, equal, rounding, span, symbol, total
from core.vocabulary import Array, Detail, Layer, Operation, Parameter, Reach, Shape, Text, Through

FEW_LINES = 2**16

NEGATIVE_SLOPE = Parameter(
    "negative_slope",
    "number",
    Text("What negative cells are multiplied by"),
    default=0.01,
    minimum=-1000,
    maximum=1000,
    positional=True,
)
ALPHA = Parameter(
    "alpha",
    "number",
    Text("Where the curve ends on the negative side: -alpha"),
    default=1.0,
    minimum=-1000,
    maximum=1000,
    positional=True,
)
PIECES = Parameter(
    "pieces",
    "int",
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
    curve: ClassVar[str]  # how the page writes f
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

    def layer(self, input_shape: Shape) -> ActivationLayer:
        return ActivationLayer(self, input_shape)


@dataclass(slots=True)
class ActivationLayer(Layer):
    def apply(self, x: Array) -> Array:
        assert isinstance(self.operation, Activation)
        return self.operation.values(widened(x))

    def columns(self, x: Array, at: Array, detail: Detail) -> dict[str, Array]:
        cell = widened(x[at[:, 0], at[:, 1], at[:, 2]])
        assert isinstance(self.operation, Activation)
        output = self.operation.values(cell)
        return {"output": output} if detail == "output" else {"input": cell, "output": output}

    def start_fields(self) -> dict[str, Any]:
        assert isinstance(self.operation, Activation)
        return {"curve": self.operation.curve}

    def rule(self) -> Rule:
        """y = f(x), cell by cell."""
        f = self.operation
        assert isinstance(f, Activation)
        general = Statement((equal(y[k, r, c], f.written(x[k, r, c])),), PICTURE.outputs())
        letters = PICTURE.sizes(self.input_shape, self.output_shape) | f.letters()
        line = put(equal(y[AT], f.written(INPUT), OUTPUT), f.letters())
        return Rule(general, letters, (line,), said=(SAID_POINT,))


def curve(
    name: str, title: Text, text: str, f: Callable[[Array], Array], letter: str, write: Callable[[Tree], Tree]
) -> type[Activation]:
    """An activation without settings, from its name, title, formula and function."""

    class Named(Activation):
        __doc__ = f"output = {text}"

        def values(self, x: Array) -> Array:
            return f(x)

        def written(self, x: Tree) -> Tree:
            return write(x)

    Named.name, Named.title, Named.curve, Named.letter = name, title, text, letter
    Named.__name__ = Named.__qualname__ = name.capitalize()
    return Named


Relu = curve("relu", Text("ReLU"), "max(0, x)", functional.relu, "ReLU", lambda x: call("max", 0, x))
Sigmoid = curve("sigmoid", Text("Sigmoid"), "1 / (1 + exp(-x))", functional.sigmoid, "σ", lambda x: 1 / (1 + e**-x))
Tanh = curve("tanh", Text("Hyperbolic tangent"), "tanh(x)", functional.tanh, "tanh", lambda x: rounding("tanh", x))


class LeakyRelu(Activation):
    """output = x where x > 0, else negative_slope * x"""

    name = "leaky_relu"
    title: ClassVar[Text] = Text("Leaky ReLU")
    curve = "max(0, x) + negative_slope * min(0, x)"
    letter = "LeakyReLU"
    parameters = (NEGATIVE_SLOPE,)

    def letters(self) -> dict[str, Any]:
        return {"a": self["negative_slope"]}

    def written(self, x: Tree) -> Tree:
        return call("max", 0, x) + symbol("a") * call("min", 0, x)

    def values(self, x: Array) -> Array:
        return functional.leaky_relu(x, self["negative_slope"])


class Elu(Activation):
    """output = x where x > 0, else alpha * (exp(x) - 1)"""

    name = "elu"
    title: ClassVar[Text] = Text("ELU")
    curve = "max(0, x) + alpha * (exp(min(0, x)) - 1)"
    letter = "ELU"
    parameters = (ALPHA,)

    def letters(self) -> dict[str, Any]:
        return {"α": self["alpha"]}

    def written(self, x: Tree) -> Tree:
        return call("max", 0, x) + symbol("α") * (e ** call("min", 0, x) - 1)

    def values(self, x: Array) -> Array:
        return functional.elu(x, self["alpha"])


class Softmax(Operation):
    """output = exp(x - max) / sum of exp(x - max), along one axis"""

    name = "softmax"
    title: ClassVar[Text] = Text("Softmax")
    kind = "pointwise"
    group = "activations"
    parameters = (settings.DIM,)

    def layer(self, input_shape: Shape) -> SoftmaxLayer:
        return SoftmaxLayer(self, input_shape)


@dataclass(slots=True)
class SoftmaxLayer(Layer):
    known: tuple[Array, Array, Array] | None = field(init=False, default=None)  # x, and what all its lines add up to

    def apply(self, x: Array) -> Array:
        return functional.softmax(widened(x), self.operation["dim"])

    @property
    def dim(self) -> int:
        return int(self.operation["dim"] % 3)

    def step_cells(self) -> int:
        return self.input_shape[self.dim]

    def columns(self, x: Array, at: Array, detail: Detail) -> dict[str, Array]:
        largest, added = self.totals(x, np.delete(at, self.dim, axis=1).T)
        cell = widened(x[at[:, 0], at[:, 1], at[:, 2]])
        exp = np.exp(floating(cell) - largest)
        columns = {"output": exp / added}
        if detail == "output":
            return columns
        return {"input": cell, "largest": largest, "exp": exp, "total": added, **columns}

    def totals(self, x: Array, along: Array) -> tuple[Array, Array]:
        """The largest cell and the sum of exponentials of the lines at these places (2, n).

        A few long lines are added up once for all steps, many short ones where a step needs them.
        """
        lines = np.moveaxis(x, self.dim, -1)  # (C, H, W) -> (.., .., along dim)
        first, second = along
        if lines.shape[0] * lines.shape[1] > FEW_LINES:
            return added_up(lines[first, second])
        if self.known is None or self.known[0] is not x:
            self.known = (x, *added_up(lines))
        return self.known[1][first, second], self.known[2][first, second]

    def start_fields(self) -> dict[str, Any]:
        return {"curve": "exp(x) / sum of exp(x)"}

    def rule(self) -> Rule:
        """y = e^(x - m) / sum of e^(x - m), m the largest along the axis."""
        place, line = [k, r, c], [k, r, c]
        line[self.dim] = symbol("s")
        across = [letter for letter in place if letter is not place[self.dim]]
        along = (span("s", 0, symbol(("C_i", "I_h", "I_w")[self.dim]) - 1),)
        m = symbol("m")[tuple(across)]
        share = e ** (x[tuple(place)] - m) / total("sum", along, e ** (x[tuple(line)] - m))
        where = (equal(m, total("max", along, x[tuple(line)])),)
        general = Statement((equal(y[tuple(place)], share),), PICTURE.outputs(), where)
        exp = e ** (INPUT - step("largest"))
        numbers = equal(y[AT], exp / step("total"), step("exp") / step("total"), OUTPUT)
        letters = PICTURE.sizes(self.input_shape, self.output_shape)
        return Rule(general, letters, (numbers,), (), (SAID_POINT,))

    def reach(self) -> Reach:
        """All cells along its axis."""
        lines: list[Line | None] = [None, None, None]
        lines[self.dim] = Grouped(self.input_shape[self.dim])
        return Through(*lines)


def added_up(lines: Array) -> tuple[Array, Array]:
    """The largest cell and the sum of exponentials along the last axis."""
    values = floating(np.ascontiguousarray(lines))
    largest = values.max(axis=-1)
    return largest, np.exp(values - largest[..., None]).sum(axis=-1)


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
