"""A layer walked backward: what the gradient of each output adds to those of the input, the weights and the bias.

Each step of the walk is a step of the layer: the output that was made there has a gradient dY, and every number that
made it gets dY times its factor. What all steps add up to are dX, dW and db.
"""

from __future__ import annotations

import math
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import Any

import numpy as np

from core import functional
from core.errors import SceneError, unknown
from core.integers import whole
from core.operations.activations import ActivationLayer, Elu, LeakyRelu, Relu, Sigmoid, Tanh
from core.operations.averaging import AvgPoolLayer
from core.operations.convolution import Conv2dLayer
from core.operations.pooling import MaxPoolLayer
from core.operations.windows import WindowLayer
from core.trace import Trace
from core.vocabulary import Array, Layer, Operation, nested_lists

MOST_CELLS = 400  # of the input, the output and the weights of a layer that is walked backward
MOST_STEPS = 64  # told at a time
GRADIENTS = ("ones", "output")
OUTSIDE = -1  # the place of a cell that is no cell of the input

Sizes = tuple[int, ...]


@dataclass(frozen=True, slots=True)
class Added:
    """What steps add to one array: where (n, m), and what dY is multiplied by there."""

    shape: Sizes
    cells: Array
    factors: Array

    def told(self, place: int, dy: float, after: Array) -> dict[str, Any]:
        """One step, with what the array holds after it."""
        factors = self.factors[place]
        told = {"factors": factors, "added": factors * dy, "after": after}
        return {"cells": self.cells[place].tolist(), **{name: nested_lists(told[name]) for name in told}}


class Backward:
    """The steps of a layer, walked backward.

    >>> from core.trace import trace
    >>> walk = Backward(trace("[1 2 3; 4 5 6] | conv2d [1 10]"))
    >>> walk.finished()["dx"].tolist(), walk.finished()["dw"].tolist()
    ([1.0, 11.0, 10.0, 1.0, 11.0, 10.0], [12.0, 16.0])
    """

    def __init__(self, trace: Trace, dy: str = "ones") -> None:
        if dy not in GRADIENTS:
            raise unknown("dy", dy, list(GRADIENTS))
        check_walkable(trace.layer)
        self.trace = trace
        output = trace.feature_map().reshape(-1).astype(np.float64)
        self.dy = output if dy == "output" else np.ones_like(output)
        at = trace.cells(np.arange(len(trace)))
        with np.errstate(all="ignore"):
            self.parts = parts_of(trace.layer, trace.input.astype(np.float64), at)

    def finished(self) -> dict[str, Array]:
        """The gradients when every step has added its share, flat."""
        return self.after(len(self.trace))

    def after(self, count: int) -> dict[str, Array]:
        """What the gradients hold after the first `count` steps, flat."""
        held = {}
        for name, part in self.parts.items():
            held[name] = np.zeros(math.prod(part.shape))
            self.add(held[name], part, slice(count))
        return held

    def add(self, held: Array, part: Added, steps: slice) -> None:
        cells = part.cells[steps]
        inside = cells != OUTSIDE
        with np.errstate(all="ignore"):
            np.add.at(held, cells[inside], (part.factors[steps] * self.dy[steps, None])[inside])

    def steps(self, start: int, stop: int) -> Iterator[dict[str, Any]]:
        """Steps one by one, each with the gradients as they are after it."""
        whole("start", start, 0, len(self.trace))
        whole("stop", stop, start, min(len(self.trace), start + MOST_STEPS))
        at = self.trace.cells(np.arange(len(self.trace))).tolist()
        held = self.after(start)
        for index in range(start, stop):
            dy = float(self.dy[index])
            told: dict[str, Any] = {"index": index, "at": at[index], "dy": dy if math.isfinite(dy) else None}
            for name, part in self.parts.items():
                self.add(held[name], part, slice(index, index + 1))
                told[name] = part.told(index, dy, held[name])
            yield told

    def as_json(self, start: int, stop: int | None) -> dict[str, Any]:
        """A range of steps, between what they begin and end with."""
        last = min(len(self.trace), start + MOST_STEPS) if stop is None else stop
        told = list(self.steps(start, last))
        return {
            "line": self.trace.scene.line,
            "layer": self.trace.index,
            "shapes": shapes_of(self.trace.layer),
            "count": len(self.trace),
            "start": start,
            "stop": last,
            "dy": nested_lists(self.dy),
            "finished": {name: nested_lists(array) for name, array in self.finished().items()},
            "steps": told,
        }


def check_walkable(layer: Layer) -> None:
    """Refuses layers that have no such walk, and large ones, before anything is computed."""
    if not has_slopes(layer):
        rule = "its gradients are not told: convolutions, max and average pooling, linear and activations have them"
        raise SceneError("operation", layer.operation.name, rule)
    cells = most_cells(layer)
    if cells > MOST_CELLS:
        rule = (
            "has {cells} cells in one array, and a layer is walked backward with at most {most}: make the input smaller"
        )
        raise SceneError("layer", layer.operation.name, rule, cells=cells, most=MOST_CELLS)


def most_cells(layer: Layer) -> int:
    weights = math.prod(layer.weight.shape) if isinstance(layer, Conv2dLayer) else 0
    return max(math.prod(layer.input_shape), layer.steps, weights, layer.step_cells())


def numbers(layer: Layer) -> int:
    """How many numbers some steps of a layer tell at most, walked backward: of each array what is added, and it all.

    >>> from core.scene import parse
    >>> numbers(parse("cat | conv2d [1 2]").layers[0].layer((1, 1, 3)))
    34
    """
    shapes = shapes_of(layer) or {}
    window = math.prod(shapes.get("window", ()))
    told = sum(3 * window + math.prod(shapes[name]) for name in ("dx", "dw") if name in shapes)
    return min(MOST_STEPS, layer.steps) * told


def has_slopes(layer: Layer) -> bool:
    if isinstance(layer, ActivationLayer):
        return type(layer.operation) in SLOPES
    return isinstance(layer, Conv2dLayer | MaxPoolLayer | AvgPoolLayer)


def shapes_of(layer: Layer) -> dict[str, list[int]] | None:
    """Shapes of dY, of what a step looks at, and of the gradients; None for layers that are not walked backward.

    >>> from core.operations import OPERATIONS
    >>> shapes_of(OPERATIONS["relu"]().layer((1, 2, 3)))
    {'dy': [1, 2, 3], 'window': [1, 1, 1], 'dx': [1, 2, 3]}
    """
    if not has_slopes(layer) or most_cells(layer) > MOST_CELLS:
        return None
    window = [1, 1, 1]
    if isinstance(layer, WindowLayer):
        depth = layer.weight.shape[1] if isinstance(layer, Conv2dLayer) else 1
        window = [depth, *layer.kernel_size]
    shapes = {"dy": list(layer.output_shape), "window": window, "dx": list(layer.input_shape)}
    if isinstance(layer, Conv2dLayer):
        shapes |= {"dw": list(weight_shape(layer))}
        shapes |= {"db": [layer.weight.bias.count]} if layer.weight.bias.count else {}
    return shapes


def weight_shape(layer: Conv2dLayer) -> Sizes:
    """Of what is learned: a kernel that channels share stands once."""
    shape = layer.weight.shape
    return (1, *shape[1:]) if layer.weight.depthwise else shape


def parts_of(layer: Layer, x: Array, at: Array) -> dict[str, Added]:
    """What the steps at cells `at` add to each gradient."""
    if isinstance(layer, Conv2dLayer):
        return of_convolution(layer, x, at)
    if isinstance(layer, MaxPoolLayer):
        return {"dx": of_maximum(layer, x, at)}
    if isinstance(layer, AvgPoolLayer):
        return {"dx": of_average(layer, x, at)}
    cells = np.ravel_multi_index(tuple(at.T), x.shape)[:, None]
    slope = SLOPES[type(layer.operation)]
    return {"dx": Added(layer.input_shape, cells, slope(layer.operation, x.reshape(-1)[cells]))}


def of_convolution(layer: Conv2dLayer, x: Array, at: Array) -> dict[str, Added]:
    """A cell gets the weight over it, a weight the cell under it, a bias 1."""
    weight, steps = layer.weight, len(at)
    values = weight.values.astype(np.float64)[at[:, 0]].reshape(steps, -1) / weight.divisor
    window = layer.windows.gather(x, layer.channels(at), at, layer.padding_value).reshape(steps, -1) / weight.divisor
    taps = np.arange(math.prod(weight.shape[1:]))
    kernel = np.zeros(steps, np.int64) if weight.depthwise else at[:, 0]
    parts = {
        "dx": Added(layer.input_shape, cells_under(layer, at), values),
        "dw": Added(weight_shape(layer), kernel[:, None] * len(taps) + taps, window),
    }
    if weight.bias.count:
        biases = at[:, :1] % weight.bias.count
        parts["db"] = Added((weight.bias.count,), biases, np.ones((steps, 1)))
    return parts


def of_maximum(layer: MaxPoolLayer, x: Array, at: Array) -> Added:
    """The winner gets it all."""
    row, col = layer.columns(x, at, "full")["argmax"].T
    places = row * layer.kernel_size[1] + col
    winner = np.arange(math.prod(layer.kernel_size)) == places[:, None]
    return Added(layer.input_shape, cells_under(layer, at), winner.astype(np.float64))


def of_average(layer: AvgPoolLayer, x: Array, at: Array) -> Added:
    """Every cell gets the same share."""
    cells = cells_under(layer, at)
    count = layer.columns(x, at, "full")["count"]
    share = 1 / np.broadcast_to(count, len(at)).astype(np.float64)
    return Added(layer.input_shape, cells, np.broadcast_to(share[:, None], cells.shape))


def cells_under(layer: WindowLayer, at: Array) -> Array:
    """Places in the input, flat, of the cells under each window (n, d * kH * kW)."""
    _, H, W = layer.input_shape
    rows, cols = (source[:, None] for source in layer.windows.sources(at))
    down, right = rows[..., :, None], cols[..., None, :]
    cells = (layer.channels(at)[:, :, None, None] * H + down) * W + right
    return np.where((down < 0) | (right < 0), OUTSIDE, cells).reshape(len(at), -1)


Slope = Callable[[Any, Array], Array]


def of_sigmoid(_: Operation, x: Array) -> Array:
    y = functional.sigmoid(x)
    return np.asarray(y * (1 - y))


SLOPES: dict[type[Operation], Slope] = {
    Relu: lambda f, x: np.where(x > 0, 1.0, 0.0),
    LeakyRelu: lambda f, x: np.where(x > 0, 1.0, float(f["negative_slope"])),
    Elu: lambda f, x: np.where(x > 0, 1.0, f["alpha"] * np.exp(np.minimum(x, 0))),
    Sigmoid: of_sigmoid,
    Tanh: lambda f, x: 1 - np.tanh(x) ** 2,
}
