"""A trace: the steps of one layer, any of them found without computing the ones before it."""

from __future__ import annotations

import math
from collections.abc import Callable, Iterator, Sequence
from functools import partial
from typing import Any, overload

import numpy as np

from core.algorithms.arrays import real
from core.bands import Pause, no_pause, whole_output
from core.errors import SceneError, unknown
from core.gallery import parse
from core.integers import whole
from core.operations.activations import Activation
from core.operations.transposed import StampingLayer
from core.operations.windows import WindowLayer
from core.reach import fields_seen
from core.scene import Scene, Source, bind
from core.values import plain
from core.vocabulary import DETAILS, Array, Batch, Detail, Layer, Operation, Shape, joined

CHUNK = 1024
MOST_CELLS = 2**20  # told by one chunk: steps over wide windows come fewer at a time
MOST_AT_WORK = 2**22  # cells under the windows of the steps that are computed at a time, told or not
SMALL_MAP = 2**20
WIDE_WINDOW = 2**12  # cells; many such windows are walked faster, and in less memory, all at once

Whole = Callable[[Layer, Array], Array]


class Trace:
    """The steps of one layer on one input.

    >>> import numpy as np
    >>> trace(parse("[1 2; 3 4] | conv2d [1 1]"))[1]["output"]
    7
    """

    def __init__(self, scene: Scene, layer: int, x: Array, pause: Pause = no_pause, whole: Whole | None = None) -> None:
        self.scene = scene
        self.index = scene.layer_index(layer)
        self.operation = scene.layers[self.index]
        self.input = x
        self.layer = self.operation.layer(shape_of_input(x))
        self.layer.check_values(x)
        self.activation: Activation | None = None if self.scatters else scene.activation_after(self.index)
        self._feature_map: Array | None = None
        self._whole = whole or partial(whole_output, pause=pause)

    def __len__(self) -> int:
        return self.layer.steps

    @property
    def scatters(self) -> bool:
        """Whether steps add to many outputs, so that none of them makes an output of its own."""
        return self.operation.kind == "scatter"

    @property
    def input_shape(self) -> Shape:
        return self.layer.input_shape

    @property
    def output_shape(self) -> Shape:
        return self.layer.output_shape

    @overload
    def __getitem__(self, key: int) -> dict[str, Any]: ...
    @overload
    def __getitem__(self, key: slice) -> list[dict[str, Any]]: ...
    def __getitem__(self, key: int | slice) -> dict[str, Any] | list[dict[str, Any]]:
        if isinstance(key, slice):
            start, stop, every = key.indices(len(self))
            return list(self.steps(start, stop, every=every)) if every > 0 else self[::1][key]
        place = key + len(self) if key < 0 else key
        if not 0 <= place < len(self):
            raise IndexError(f"step {key} of a trace with {len(self)} steps")
        return next(self.steps(place, place + 1))

    def __iter__(self) -> Iterator[dict[str, Any]]:
        return self.steps(0, len(self))

    def steps(self, start: int, stop: int, detail: Detail = "full", every: int = 1) -> Iterator[dict[str, Any]]:
        """Steps one by one, computed a chunk at a time."""
        for first in range(start, stop, self.chunk * every):
            batch = self.batch(first, min(stop, first + self.chunk * every), detail, every)
            for record in batch.records():
                yield {"type": "step", **record}

    @property
    def chunk(self) -> int:
        """How many steps to compute at a time, so that memory stays small whatever the window's size."""
        return max(1, min(CHUNK, MOST_CELLS // self.layer.step_cells()))

    def batch(self, start: int, stop: int, detail: Detail = "full", every: int = 1) -> Batch:
        """Steps start, start + every, ... before stop, as columns."""
        if detail not in DETAILS:
            raise unknown("detail", str(detail), DETAILS)
        index = np.arange(*self.range(start, stop, every))
        if not len(index):  # what a step looks like is still told
            return Batch({name: column[:0] for name, column in self.batch(0, 1, detail).columns.items()})
        at = self.cells(index)
        with np.errstate(all="ignore"):  # what is no number is told as null
            columns = {"index": index, "at": at, **self.columns(at, detail)}
            if self.activation:
                columns["activated"] = self.activation.values(columns["output"])
        return Batch(columns)

    def columns(self, at: Array, detail: Detail) -> dict[str, Array]:
        """The layer's columns at these cells; where windows are wide, computed a few steps at a time."""
        pieces = [self.layer.columns(self.input, piece, detail) for piece in self.pieces(at)]
        return {name: joined([piece[name] for piece in pieces]) for name in pieces[0]}

    def pieces(self, at: Array) -> list[Array]:
        """The cells in as few pieces as keep the memory bounded, whatever the window's size."""
        most = max(1, MOST_AT_WORK // self.layer.step_cells())
        return [at[first : first + most] for first in range(0, max(1, len(at)), most)]

    def range(self, start: int, stop: int, every: int = 1) -> tuple[int, int, int]:
        """A range of steps that this trace has, or a refusal."""
        last = len(self)
        whole("start", start, 0, last)
        whole("stop", stop, start, last)
        whole("every", every, 1)
        return start, stop, every

    def cells(self, index: Array) -> Array:
        """The cells (n, 3) that these steps visit: channel first, then row, then column."""
        return np.stack(np.unravel_index(index, self.layer.walked_shape), axis=1)

    def outputs(self, start: int, stop: int) -> Array:
        """The output cells start to stop, flat: those of the steps start to stop where each step makes one cell."""
        cells = math.prod(self.output_shape)
        whole("start", start, 0, cells)
        whole("stop", stop, start, cells)
        small = cells <= SMALL_MAP or self.layer.step_cells() > WIDE_WINDOW
        if small or self.knows_exactly() or self.layer.finishes() is not None:
            return self.feature_map().reshape(-1)[start:stop]
        pieces = self.pieces(self.cells(np.arange(start, stop)))
        with np.errstate(all="ignore"):
            return np.concatenate([self.layer.outputs(self.input, piece) for piece in pieces])

    def knows_exactly(self) -> bool:
        """Whether the whole output is there already, digit by digit what the steps say: floats may round otherwise."""
        return self._feature_map is not None and self._feature_map.dtype.kind != "f"

    def feature_map(self) -> Array:
        """The whole output (C, H, W), computed once."""
        if self._feature_map is None:
            self._feature_map = self._whole(self.layer, self.input)
        return self._feature_map

    def so_far(self, count: int) -> Array:
        """What the output of a scatter holds after its first `count` steps: the stamps so far, added up."""
        if not self.scatters:
            raise SceneError("operation", self.operation.name, "only a scatter adds to its output step by step")
        whole("count", count, 0, len(self))
        return self._whole(self.layer, self.layer.first(self.input, count))

    def start(self, start: int = 0, stop: int | None = None, detail: str = "full", every: int = 1) -> dict[str, Any]:
        """What the first line of a stream says about the steps that follow it."""
        return {
            "type": "start",
            "scene": self.scene.line,
            "layer": self.index,
            "operation": self.operation.name,
            "kind": self.operation.kind,
            "input_shape": list(self.input_shape),
            "output_shape": list(self.output_shape),
            "walked_shape": list(self.layer.walked_shape),
            "steps": len(self),
            "start": start,
            "stop": len(self) if stop is None else stop,
            "every": every,
            "detail": detail,
            **self.layer.start_fields(),
            "activation": self.activation.name if self.activation else None,
        }


def trace(what: Scene | Operation | str, x: Array | None = None, layer: int = 0) -> Trace:
    """The trace of a layer of a scene (or of one operation) on the array x.

    A scene whose input is a matrix brings its own x; the layers before `layer` are computed whole.

    Shape    x is (H, W) or (C, H, W)
    Refuses  a scene on a picture without its array, and what the operations refuse

    >>> steps = trace("[1 2 3; 4 5 6] | max_pool2d (2,2) stride=1 | relu")
    >>> len(steps), [step["output"] for step in steps]
    (2, [5, 6])
    """
    scene = scene_of(what)
    values = scene.source.array() if x is None else real(x)
    if values is None:
        raise SceneError("x", None, "a scene on a picture needs the picture's array")
    values = values[None] if values.ndim == 2 else values
    index = scene.layer_index(layer)
    for place, operation in enumerate(scene.layers[:index]):
        scene.check_network(place, shape_of_input(values))
        values = operation.layer(shape_of_input(values)).checked(values)
    scene.check_network(index, shape_of_input(values))
    return Trace(scene, index, values)


def scene_of(what: object) -> Scene:
    """A scene, its line, or an operation alone, for a caller who brings the array."""
    if isinstance(what, Scene):
        return what
    if isinstance(what, Operation):
        return Scene(Source(name="x"), (what,))
    if isinstance(what, str):
        return parse(what)
    raise SceneError("scene", what, "must be a scene, its line, or an operation")


def shape_of_input(x: Array) -> Shape:
    if x.ndim != 3 or x.size == 0:
        raise SceneError("x", x.shape, "must have the shape (H, W) or (C, H, W), and not be empty")
    return (int(x.shape[0]), int(x.shape[1]), int(x.shape[2]))


def describe(scene: Scene, input_shape: Shape) -> list[dict[str, Any]]:
    """Each layer's shapes, counts, formula and limits, with no array computed.

    Shape    input_shape is (C, H, W)
    Refuses  layers that do not fit on each other

    >>> [layer["output_shape"] for layer in describe(parse("cat | sobel-x | max_pool2d 2"), (1, 28, 28))]
    [[1, 26, 26], [1, 13, 13]]
    """
    return described(scene.layers, scene.bind(input_shape))


def describe_chain(operations: Sequence[Operation], input_shape: Shape) -> list[dict[str, Any]]:
    """The same for operations that stand behind no picture."""
    return described(operations, bind(operations, input_shape))


def described(operations: Sequence[Operation], layers: list[Layer]) -> list[dict[str, Any]]:
    """The same for operations that were bound to shapes."""
    fields = receptive_fields(layers)
    return [
        description(operation, layer, field) for operation, layer, field in zip(operations, layers, fields, strict=True)
    ]


def description(operation: Operation, layer: Layer, field: tuple[int, int]) -> dict[str, Any]:
    return {
        "operation": operation.name,
        "kind": operation.kind,
        "title": operation.title,
        "arguments": {name: plain(value) for name, value in operation.arguments.items()},
        "input_shape": list(layer.input_shape),
        "output_shape": list(layer.output_shape),
        "steps": layer.steps,
        "parameters": layer.parameter_count(),
        "multiply_adds": layer.multiply_adds(),
        "connections": layer.connections(),
        "receptive_field": list(field),
        **sliding(layer),
        "formula": layer.formula(),
        "unvisited": layer.unvisited(),
        "limits": layer.limits(operation),
        "depthwise": layer.depthwise,
    }


def sliding(layer: Layer) -> dict[str, list[int] | None]:
    """The size of the kernel and its stride, where one slides."""
    if not isinstance(layer, WindowLayer | StampingLayer) or layer.formula() is None:
        return {"kernel_size": None, "stride": None}
    return {"kernel_size": list(layer.kernel_size), "stride": [slide.stride for slide in layer.slides]}


def receptive_fields(layers: list[Layer]) -> list[tuple[int, int]]:
    """How much of the scene's input one output cell of each layer sees at most, on (rows, columns)."""
    return fields_seen((layer.reach(), layer.input_shape) for layer in layers)


def warnings(scene: Scene, input_shape: Shape) -> list[tuple[int, str, dict[str, object]]]:
    """What a learner should notice: (layer, template, facts).

    >>> warnings(parse("cat | max_pool2d 2"), (1, 5, 4))
    [(0, 'no window covers the last row of the input, row {places}', {'count': 1, 'places': '5'})]
    """
    return warnings_of(scene.bind(input_shape))


def warnings_of(layers: list[Layer]) -> list[tuple[int, str, dict[str, object]]]:
    """The same for layers that were bound to shapes."""
    return [(index, rule, facts) for index, layer in enumerate(layers) for rule, facts in layer.warnings()]
