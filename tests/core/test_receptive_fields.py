"""What a cell sees of the scene's input, held against changing every cell of the input in turn."""

from __future__ import annotations

import math
from collections.abc import Callable

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

import core
from core import OPERATIONS, Operation, SceneError
from core.vocabulary import Array, Shape
from tests.core.layers import traces

names = pytest.mark.parametrize("name", sorted(OPERATIONS))
CHANGES = (1e5, 0.37)  # one that makes a cell the largest everywhere, and one that saturates nothing


def output_of(layers: tuple[Operation, ...], x: Array) -> Array:
    for operation in layers:
        x = operation.layer(x.shape).apply(x)  # type: ignore[arg-type]
    return x


def influence(layers: tuple[Operation, ...], x: Array, changes: tuple[float, ...]) -> Array:
    """(cells of the output, H, W): whether some channel of that place of the input changes the cell."""
    whole = output_of(layers, x)
    C, H, W = x.shape
    seen = np.zeros((whole.size, H, W), bool)
    for channel, row, col in np.ndindex(C, H, W):
        for more in changes:
            changed = x.copy()
            changed[channel, row, col] += more
            seen[:, row, col] |= ~np.isclose(output_of(layers, changed), whole, 0, 0, equal_nan=True).ravel()
    return seen


def extents(seen: Array) -> list[tuple[int, int]]:
    """Of each output cell the rows and columns from the first to the last that it sees."""
    return [(extent(cell, 1), extent(cell, 0)) for cell in seen if cell.any()]


def extent(cell: Array, along: int) -> int:
    return int(np.ptp(np.flatnonzero(cell.any(axis=along)))) + 1


def widest(layers: tuple[Operation, ...], x: Array) -> list[int]:
    found = extents(influence(layers, x, CHANGES))
    return [max((rows for rows, _ in found), default=0), max((cols for _, cols in found), default=0)]


def told(layers: tuple[Operation, ...], shape: Shape) -> list[int]:
    scene = core.Scene(core.Source(name="x"), layers)
    return list(core.describe(scene, shape)[-1]["receptive_field"])


@names
@settings(max_examples=6)
@given(data=st.data())
def test_no_cell_sees_further_than_the_field_of_its_layer(name: str, data: st.DataObject) -> None:
    trace = data.draw(traces(name))
    if trace is None or math.prod(trace.input_shape) > 80 or "circular" in map(str, trace.start().values()):
        return
    layers = (trace.operation,)
    field = told(layers, trace.input_shape)
    for rows, cols in extents(influence(layers, trace.input.astype(float), (1e4, -1e4, 0.37))):
        assert rows <= field[0]
        assert cols <= field[1]


# Chains of layers whose cells are moved by whatever they see: sums and means with weights above zero, maxima.

sides = st.integers(1, 3)
pairs = st.tuples(sides, sides)
Maker = Callable[[st.DrawFn, Shape], Operation]


def ones(*shape: int) -> object:
    return np.ones(shape).tolist()


def motion(draw: st.DrawFn) -> dict[str, object]:
    return {"stride": draw(pairs), "padding": draw(st.integers(0, 2)), "dilation": draw(pairs)}


def conv(draw: st.DrawFn, shape: Shape) -> Operation:
    mode = draw(st.sampled_from(["zeros", "reflect", "replicate", "symmetric"]))
    return OPERATIONS["conv2d"](ones(*draw(pairs)), padding_mode=mode, **motion(draw))


def dense(draw: st.DrawFn, shape: Shape) -> Operation:
    groups = draw(st.sampled_from([n for n in (1, 2, 3) if shape[0] % n == 0]))
    return OPERATIONS["conv2d"](ones(2 * groups, shape[0] // groups, *draw(pairs)), groups=groups, **motion(draw))


def stamped(draw: st.DrawFn, shape: Shape) -> Operation:
    return OPERATIONS["conv_transpose2d"](ones(*draw(pairs)), **motion(draw))


def stamped_dense(draw: st.DrawFn, shape: Shape) -> Operation:
    return OPERATIONS["conv_transpose2d"](ones(shape[0], 2, *draw(pairs)), **motion(draw))


def pool(draw: st.DrawFn, shape: Shape) -> Operation:
    name = draw(st.sampled_from(["max_pool2d", "avg_pool2d"]))
    return OPERATIONS[name](draw(pairs), draw(pairs), draw(st.integers(0, 1)), ceil_mode=draw(st.booleans()))


def adaptive(draw: st.DrawFn, shape: Shape) -> Operation:
    return OPERATIONS[draw(st.sampled_from(["adaptive_max_pool2d", "adaptive_avg_pool2d"]))](draw(pairs))


def pad(draw: st.DrawFn, shape: Shape) -> Operation:
    return OPERATIONS["pad"](draw(pairs), draw(st.sampled_from(["zeros", "reflect", "replicate", "symmetric"])))


def unfold(draw: st.DrawFn, shape: Shape) -> Operation:
    return OPERATIONS["unfold"](draw(pairs), **motion(draw))


def fold(draw: st.DrawFn, shape: Shape) -> Operation:
    """Back to as many rows and columns as give these windows, with a stride of the kernel's size or of one."""
    kernel = draw(pairs)
    stride = draw(st.sampled_from([(1, 1), kernel]))
    rows = draw(st.sampled_from([n for n in range(1, 40) if shape[2] % n == 0]))
    size = [
        (count - 1) * step + side for count, step, side in zip((rows, shape[2] // rows), stride, kernel, strict=True)
    ]
    return OPERATIONS["fold"](tuple(size), kernel, stride=stride)


def reshape(draw: st.DrawFn, shape: Shape) -> Operation:
    cells = math.prod(shape)
    first = draw(st.sampled_from([n for n in range(1, 7) if cells % n == 0]))
    second = draw(st.sampled_from([n for n in range(1, 13) if cells // first % n == 0]))
    return OPERATIONS["reshape"]((first, second, -1))


def linear(draw: st.DrawFn, shape: Shape) -> Operation:
    return OPERATIONS["linear"](ones(2, shape[0]))


def backward(draw: st.DrawFn, shape: Shape) -> Operation:
    _, H, W = shape
    kernel = draw(st.tuples(st.integers(1, H), st.integers(1, W)))
    return OPERATIONS["conv2d_backward_weight"](kernel, dy=ones(2, H - kernel[0] + 1, W - kernel[1] + 1))


def plain(name: str, *arguments: object) -> Maker:
    return lambda draw, shape: OPERATIONS[name](*arguments)


MAKERS: tuple[Maker, ...] = (
    conv,
    dense,
    stamped,
    stamped_dense,
    pool,
    adaptive,
    pad,
    unfold,
    fold,
    reshape,
    linear,
    backward,
    plain("flatten"),
    plain("flip"),
    plain("shift", 1, -1),
    plain("shift", -1, 1, "replicate"),
    plain("relu"),
    plain("global_avg_pool2d"),
    plain("global_max_pool2d"),
    plain("channel_avg_pool"),
    plain("maxout", 2),
    plain("avg_pool2d_backward", 2),
    plain("conv2d_backward_bias"),
    plain("gaussian_blur", 3),
)


@st.composite
def chains(draw: st.DrawFn) -> tuple[tuple[Operation, ...], Array]:
    """Layers that fit on one another, and an input of small positive numbers."""
    shape: Shape = (draw(st.sampled_from([1, 1, 2])), draw(st.integers(1, 7)), draw(st.integers(1, 7)))
    x = np.random.default_rng(draw(st.integers(0, 99))).uniform(1, 2, shape)
    layers: list[Operation] = []
    for _ in range(draw(st.integers(1, 4))):
        try:
            operation = draw(st.sampled_from(MAKERS))(draw, shape)
            layer = operation.layer(shape)
        except SceneError:
            continue
        if math.prod(layer.output_shape) <= 400:
            layers.append(operation)
            shape = layer.output_shape
    return (*layers, OPERATIONS["relu"]()), x


@settings(max_examples=250)
@given(chain=chains())
def test_the_field_of_a_chain_is_what_changing_cells_finds(chain: tuple[tuple[Operation, ...], Array]) -> None:
    layers, x = chain
    assert told(layers, x.shape) == widest(layers, x)  # type: ignore[arg-type]


@settings(max_examples=25)
@given(kernel=st.tuples(st.integers(1, 2), st.integers(1, 3)), dim=st.integers(0, 2))
def test_softmax_sees_all_along_its_axis(kernel: tuple[int, int], dim: int) -> None:
    x = np.random.default_rng(1).uniform(0, 1, (2, 3, 4))
    layers = (OPERATIONS["conv2d"](ones(*kernel)), OPERATIONS["softmax"](dim=dim))
    seen = extents(influence(layers, x, (0.37, -0.2)))
    assert told(layers, (2, 3, 4)) == [max(rows for rows, _ in seen), max(cols for _, cols in seen)]


FIELDS = {
    "conv2d box-3 | flip": [3, 3],
    "flip | conv2d box-3 | flip | conv2d box-3": [5, 5],
    "conv2d box-3 | pad 2": [3, 3],
    "pad (0,3) | conv2d box-3 | max_pool2d 2": [4, 4],
    "conv2d box-3 | flatten": [3, 3],
    "conv2d box-3 | flatten | relu": [3, 3],
    "conv2d box-3 | flatten | softmax": [40, 40],
    "max_pool2d 2 | reshape (1,20,20) | conv2d box-3": [6, 6],
    "unfold 3": [1, 1],
    "unfold 3 | conv2d [1;1;1;1;1;1;1;1;1]": [3, 3],
    "unfold 2 stride=2 | max_pool2d (4,1)": [2, 2],
    "unfold 3 | fold 40 3": [1, 1],
    "unfold 3 | relu | fold 40 3 | conv2d box-3": [3, 3],
    "conv_transpose2d [1 1; 1 1] stride=2": [1, 1],
    "conv_transpose2d [1 1; 1 1] stride=2 | conv2d [1 1] dilation=2": [1, 2],
    "conv_transpose2d [1 1 1; 1 1 1; 1 1 1] stride=2 | conv2d box-3": [3, 3],
    "conv_transpose2d [1 1; 1 1] stride=3 | max_pool2d 3 stride=3": [1, 1],
    "adaptive_avg_pool2d 7": [7, 7],
    "adaptive_avg_pool2d 8 | conv2d box-3": [15, 15],
    "adaptive_avg_pool2d 40 | conv2d box-3": [3, 3],
    "conv2d box-3 padding=1 | global_avg_pool2d": [40, 40],
    "conv2d box-3 padding=1 padding_mode=circular": [3, 3],
    "conv2d box-3 | softmax dim=1": [40, 3],
    "box-3 stride=2 | conv_transpose2d [1 1 1; 1 1 1; 1 1 1] stride=2": [5, 5],
    "box-3 | max_pool2d 2 | box-3": [8, 8],
    "box-3 dilation=2 | box-3": [7, 7],
}


@pytest.mark.parametrize("chain", FIELDS)
def test_fields_on_a_picture_of_forty_by_forty(chain: str) -> None:
    assert core.describe(core.parse(f"camera 40 | {chain}"), (1, 40, 40))[-1]["receptive_field"] == FIELDS[chain]


def test_each_layer_of_a_network_tells_its_own_field() -> None:
    """The layers of VGG-16 as they were published, each block's last layers."""
    blocks = (2, 2, 3, 3, 3)
    line = " | ".join(" | ".join(["box-3 padding=1"] * count) + " | max_pool2d 2" for count in blocks)
    fields = [layer["receptive_field"][0] for layer in core.describe(core.parse(f"cat | {line}"), (1, 224, 224))]
    assert fields == [3, 5, 6, 10, 14, 16, 24, 32, 40, 44, 60, 76, 92, 100, 132, 164, 196, 212]


def test_a_matrix_of_all_windows_of_a_large_picture_keeps_its_fields() -> None:
    scene = core.parse("cat | unfold 3 | conv2d [1;1;1;1;1;1;1;1;1]")
    assert core.describe(scene, (1, 300, 300))[-1]["receptive_field"] == [3, 3]
