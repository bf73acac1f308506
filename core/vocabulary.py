"""The words that Python, JSON and the browser share: Parameter, Operation, Layer, Batch."""

from __future__ import annotations

import math
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any, ClassVar, Literal

import numpy as np
from numpy.typing import NDArray

from core.columns import joined as joined
from core.columns import nested_lists as nested_lists
from core.errors import SceneError, unknown
from core.parameters import Parameter as Parameter
from core.reach import Reach as Reach
from core.reach import Through as Through
from core.rules.rule import Rule as Rule
from core.snippets.snippet import Code as Code
from core.texts import Name
from core.texts import Text as Text
from core.values import plain

Array = NDArray[Any]
Shape = tuple[int, int, int]
Kind = Literal["gather", "scatter", "pointwise", "rearrange"]
Detail = Literal["full", "partial", "sums", "output"]

# full: all a step knows; partial: the running sums over its products as well; sums: neither window nor products;
# output: the output alone, and where it comes from.
DETAILS: tuple[Detail, ...] = ("full", "partial", "sums", "output")
WITH_WINDOW: tuple[Detail, ...] = ("full", "partial")


@dataclass(frozen=True, slots=True)
class Batch:
    """Some steps of a trace as columns: the first axis of each array counts the steps."""

    columns: dict[str, Array]

    def __len__(self) -> int:
        return len(self.columns["index"])

    def records(self) -> Iterator[dict[str, Any]]:
        """The same steps one by one, as the stream spells them: no NaN, no infinity."""
        columns = {name: nested_lists(column) for name, column in self.columns.items()}
        for row in zip(*columns.values(), strict=True):
            yield dict(zip(columns, row, strict=True))


class Operation:
    """What a user composes into a scene: a name, its settings, and the layer they make on a shape."""

    name: ClassVar[str]
    title: ClassVar[Text]
    kind: ClassVar[Kind]
    group: ClassVar[str]
    parameters: ClassVar[tuple[Parameter, ...]] = ()
    neutral: ClassVar[bool] = False  # whether it stands on any input, and needs nothing said
    family: ClassVar[str] = ""  # operations of one family take each other's place in a menu of filters
    least: ClassVar[bool] = False  # whether the smallest of its outputs is what a network answers
    picture: ClassVar[str] = ""  # the kernel that shows it there
    names: ClassVar[Mapping[str, Text]] = {}  # of input, output, window, kernel, where the page's own words are wrong

    def __init__(self, /, *positional: object, **keywords: object) -> None:
        given = {**self._by_position(positional), **keywords}
        names = [parameter.name for parameter in self.parameters]
        for word in given:
            if word not in names:
                raise self._unknown(word, names)
        self.arguments: dict[str, Any] = {
            parameter.name: self._read(parameter, given.get(parameter.name)) for parameter in self.parameters
        }

    @classmethod
    def places(cls) -> list[Parameter]:
        """The settings that need no name, in their order."""
        return [parameter for parameter in cls.parameters if parameter.positional]

    @classmethod
    def refuses(cls, value: object) -> SceneError:
        """The refusal of a value without a name for which there is no place."""
        facts = {"operation": Name(cls.name), "most": len(cls.places())}
        if not cls.parameters:
            return SceneError(cls.name, value, "{operation} has no settings", **facts)
        if not facts["most"]:
            names = ", ".join(f"{parameter.name}=" for parameter in cls.parameters)
            return SceneError(cls.name, value, "{operation} takes its settings by name: {names}", **facts, names=names)
        return SceneError(
            cls.name, value, "{operation} takes at most {most} without a name; give the others as key=value", **facts
        )

    def _by_position(self, positional: tuple[object, ...]) -> dict[str, object]:
        names = [parameter.name for parameter in self.places()]
        if len(positional) > len(names):
            raise self.refuses(positional[len(names)])
        return dict(zip(names, positional, strict=False))

    def _unknown(self, word: str, names: list[str]) -> SceneError:
        if not names:
            return SceneError(self.name, word, "{operation} has no settings", operation=Name(self.name))
        return unknown(Text("setting of {operation}", operation=Name(self.name)), word, names)

    def _read(self, parameter: Parameter, value: object) -> Any:
        if value is None and parameter.required:
            rule = "{operation} needs its {field}"
            raise SceneError(parameter.name, value, rule, operation=Name(self.name))
        return parameter.read(value)

    def __getitem__(self, name: str) -> Any:
        return self.arguments[name]

    def __eq__(self, other: object) -> bool:
        return isinstance(other, Operation) and (self.name, self.arguments) == (other.name, other.arguments)

    def __hash__(self) -> int:
        return hash((self.name, tuple(self.arguments.items())))

    def __repr__(self) -> str:
        settings = ", ".join(f"{name}={value!r}" for name, value in self.changed().items())
        return f"{type(self).__name__}({settings})"

    def changed(self) -> dict[str, Any]:
        """The settings that differ from their defaults."""
        return {
            parameter.name: self[parameter.name]
            for parameter in self.parameters
            if parameter.required or self[parameter.name] != parameter.default
        }

    def as_json(self) -> dict[str, Any]:
        return {"operation": self.name, **{name: plain(value) for name, value in self.changed().items()}}

    def layer(self, input_shape: Shape) -> Layer:
        """This operation bound to an input of that shape; refuses what does not fit."""
        raise NotImplementedError


@dataclass(slots=True)
class Layer:
    """An operation on an input of one shape: its output, its steps, its numbers."""

    operation: Operation
    input_shape: Shape
    output_shape: Shape = field(init=False)

    def __post_init__(self) -> None:
        self.output_shape = self.shape()

    def shape(self) -> Shape:
        return self.input_shape

    @property
    def walked_shape(self) -> Shape:
        """The array whose cells are visited, one a step: the output, the input for scatters, a matrix's columns."""
        return self.output_shape

    def finishes(self) -> Array | None:
        """The step after which each output row, channel by channel, is complete; None where a step makes one cell."""
        return None

    @property
    def steps(self) -> int:
        return math.prod(self.walked_shape)

    def apply(self, x: Array) -> Array:
        """The whole output at once."""
        raise NotImplementedError

    def check_values(self, x: Array) -> None:
        """Refuses whole numbers of which a sum, in the output or in a step, could leave 64 bits."""

    def checked(self, x: Array) -> Array:
        """The whole output of numbers that nobody has looked at yet."""
        self.check_values(x)
        with np.errstate(all="ignore"):  # NaN and infinity are numbers here, too
            return self.apply(x)

    def step_cells(self) -> int:
        """The largest array that one step looks at, told or not, in cells."""
        return 1

    def first(self, x: Array, count: int) -> Array:
        """The input with nothing but its first `count` cells, in walking order; the others are zero."""
        kept = x.copy()
        kept.reshape(-1)[count:] = 0
        return kept

    def columns(self, x: Array, at: Array, detail: Detail) -> dict[str, Array]:
        """The steps at cells `at` (n, 3), as columns that follow "index" and "at".

        Each step is computed from its own cell, whatever the others are. Scatters have no "output".
        """
        raise NotImplementedError

    def outputs(self, x: Array, at: Array) -> Array:
        """The outputs alone of the steps at those cells."""
        return self.columns(x, at, "output")["output"]

    # What the page says about a layer beside its steps.

    def start_fields(self) -> dict[str, Any]:
        return {}

    @property
    def depthwise(self) -> bool:
        """Whether one kernel filters each of several channels by itself."""
        return False

    def parameter_count(self) -> int:
        return 0

    def multiply_adds(self) -> int:
        return 0

    def connections(self) -> int:
        """How many lines its units draw to what they are computed from, those to the biases too."""
        return 0

    def reach(self) -> Reach:
        """How its cells look at those below: at the cell in their own place, unless a layer says more."""
        return Through()

    def formula(self) -> dict[str, str] | None:
        return None

    def curve(self, lowest: float, highest: float) -> Array | None:
        """Points (n, 2) of the function that each cell goes through, where there is one to draw."""
        return None

    def rule(self) -> Rule | None:
        """The mathematics of this layer, in letters and with slots for the numbers of a step; None: nothing is told."""
        return None

    def code(self) -> Code | None:
        """Lines of Python that compute the map; None: nothing is told."""
        return None

    def unvisited(self) -> dict[str, list[int]]:
        return {"rows": [], "cols": []}

    def limits(self, operation: Operation) -> dict[str, dict[str, Any]]:
        """How far the settings of the operation that made this layer may go on its input, and why."""
        return {}

    def warnings(self) -> list[tuple[str, dict[str, object]]]:
        """Templates with their facts: what a learner should notice."""
        return []

    # How the whole output is cut into stretches where it is large.

    @property
    def stretches(self) -> int:
        """How many lines of the output can be computed each by itself; 1 where it is all or nothing."""
        return 1

    def stretch_output(self, x: Array, first: int, last: int) -> Array:
        """The output's lines first to last."""
        raise NotImplementedError

    def stretch_of(self, output: Array, first: int, last: int) -> Array:
        """Where those lines stand in the output: rows of all channels."""
        return output[:, first:last]

    def cells_at_work(self) -> int:
        """The largest array this layer needs while it computes, in cells."""
        return max(math.prod(self.input_shape), math.prod(self.output_shape))
