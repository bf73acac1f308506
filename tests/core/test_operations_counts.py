"""What a layer says of itself, counted in another way: products, weights, what a cell sees, what is never seen."""

from __future__ import annotations

import math
import tracemalloc
from typing import Any

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

import core
from core import OPERATIONS, Trace
from core.operations.scatter import ScatterLayer
from tests.core.layers import traces

names = pytest.mark.parametrize("name", sorted(OPERATIONS))
LEARNED = ("conv2d", "conv1d", "partial_conv2d", "conv_transpose1d", "conv_transpose2d", "linear")


@names
@settings(max_examples=10)
@given(data=st.data())
def test_multiply_adds_are_the_products_of_all_steps(name: str, data: st.DataObject) -> None:
    trace = data.draw(traces(name))
    if trace is None:
        return
    multiplied = trace.start().get("weight") is not None
    products = there(trace.batch(0, len(trace)).columns["products"]) if multiplied else 0
    assert trace.layer.multiply_adds() == products


def there(products: Any) -> int:
    """How many products there are: an absent link has none."""
    return int(np.ma.count(np.ma.masked_invalid(products)))


@names
@settings(max_examples=20)
@given(data=st.data())
def test_parameters_are_the_numbers_written_for_a_layer_that_learns(name: str, data: st.DataObject) -> None:
    trace = data.draw(traces(name))
    if trace is None or (name in LEARNED and isinstance(trace.operation["weight"], str)):
        return
    counted = trace.layer.parameter_count()
    if name == "subsample":  # a coefficient for each map, and a bias if one is written
        assert counted == trace.input_shape[0] * (1 if trace.operation["bias"] is None else 2)
        return
    assert counted == (written_numbers(trace) if name in LEARNED else 0)


def written_numbers(trace: Trace) -> int:
    """The weight as written, and a bias for each kernel if one was written: for a shared kernel as many as written."""
    if trace.operation["weight"] is None:  # a layer by its sizes has a bias for each kernel
        return np.size(trace.start()["weight"]) + len(trace.start()["bias"])
    bias, weights = trace.operation["bias"], np.array(trace.operation["weight"]).size
    if bias is None:
        return weights
    if shares_its_kernel(trace):
        return weights + (len(bias) if isinstance(bias, tuple) else 1)
    return weights + len(trace.start()["bias"])


def shares_its_kernel(trace: Trace) -> bool:
    weight = np.array(trace.operation["weight"])
    alone = {
        "conv2d": weight.ndim == 2,
        "conv_transpose2d": weight.ndim == 2,
        "conv_transpose1d": weight.ndim == 2 and len(weight) == 1,
        "conv1d": weight.ndim == 2 and len(weight) == 1,
    }
    return trace.input_shape[0] > 1 and alone.get(trace.operation.name, False)


def counted(scene: str, shape: tuple[int, int, int] = (1, 8, 8)) -> int:
    return int(core.describe(core.parse(scene), shape)[-1]["parameters"])


def filled(value: int, *shape: int) -> str:
    """A weight of that shape, as a line of text spells it."""
    return str(np.full(shape, value).tolist()).replace(" ", "")


@pytest.mark.parametrize("value", [0, 1])
def test_parameters_are_counted_by_structure_as_keras_counts_them(value: int) -> None:
    """Conv2D(24, 4) on three channels: 4 * 4 * 3 * 24 + 24; Dense(10) on 84: 84 * 10 + 10."""
    biases = filled(value, 24)
    assert counted(f"cat rgb | conv2d {filled(value, 24, 3, 4, 4)} bias={biases}", (3, 8, 8)) == 1176
    assert counted(f"cat rgb | conv2d {filled(value, 24, 3, 4, 4)} bias={value}", (3, 8, 8)) == 1176
    assert counted(f"cat rgb | conv2d {filled(value, 24, 3, 4, 4)}", (3, 8, 8)) == 1152
    assert counted(f"cat | flatten | linear {filled(value, 10, 84)} bias={filled(value, 10)}", (1, 7, 12)) == 850
    assert counted(f"cat | conv1d {filled(value, 6, 1, 5)} bias={filled(value, 6)}", (1, 1, 9)) == 36
    transposed = f"cat rgb | conv_transpose2d {filled(value, 3, 4, 2, 2)}"
    assert counted(f"{transposed} bias={filled(value, 4)}", (3, 2, 2)) == 52
    assert counted(transposed, (3, 2, 2)) == 48


@pytest.mark.parametrize("name", ["conv2d", "conv_transpose2d"])
@pytest.mark.parametrize("bias", ["[0 0 0]", "[0 0 1]", "[5 5 5]", "[1 2 3]"])
def test_a_shared_kernel_has_as_many_biases_as_were_written(name: str, bias: str) -> None:
    assert counted(f"cat rgb | {name} box-3 bias={bias}", (3, 8, 8)) == 9 + 3
    assert counted(f"cat rgb | {name} box-3 bias={bias[1]}", (3, 8, 8)) == 9 + 1
    assert counted(f"cat rgb | {name} box-3", (3, 8, 8)) == 9


@pytest.mark.parametrize("operation", ["conv2d [1 0]", "conv1d [1 0]", "conv_transpose2d [1 0]", "linear [1 0]"])
def test_a_bias_of_zero_is_a_bias_and_stays_one_in_both_spellings(operation: str) -> None:
    """On two numbers: a row of them, or for linear two channels."""
    shape = (2, 1, 1) if operation.startswith("linear") else (1, 1, 2)
    for bias, told in (("0", [0]), ("[0]", [0]), ("[0.0]", [0.0])):
        scene = core.parse(f"cat | {operation} bias={bias}")
        assert core.parse(scene.line) == core.scene_from_json(scene.as_json()) == scene
        assert scene.bind(shape)[0].start_fields()["bias"] == told
        assert core.describe(scene, shape)[0]["parameters"] == 3
    assert core.parse(f"cat | {operation}").bind(shape)[0].start_fields()["bias"] is None
    assert core.describe(core.parse(f"cat | {operation}"), shape)[0]["parameters"] == 2


# Lines of the input that no window meets, found by looking at what the steps meet.


def met(trace: Trace) -> tuple[set[int], set[int]]:
    """The rows and columns of the input that stand under some window, or are shown there by its border."""
    rows, cols = trace.layer.windows.sources(trace.batch(0, len(trace)).columns["at"])  # type: ignore[attr-defined]
    return set(rows[rows >= 0].tolist()), set(cols[cols >= 0].tolist())


@names
@settings(max_examples=20)
@given(data=st.data())
def test_lines_told_as_unvisited_are_those_that_no_step_meets(name: str, data: st.DataObject) -> None:
    trace = data.draw(traces(name))
    if trace is None or not hasattr(trace.layer, "windows") or name in ("unfold", "conv2d_backward_weight"):
        return
    missed = trace.layer.unvisited()
    _, H, W = trace.input_shape
    rows, cols = met(trace)
    assert missed["rows"] == sorted(set(range(H)) - rows)
    assert missed["cols"] == sorted(set(range(W)) - cols)


@names
@settings(max_examples=10)
@given(data=st.data())
def test_lines_told_as_unvisited_change_nothing_and_others_do(name: str, data: st.DataObject) -> None:
    trace = data.draw(traces(name))
    if trace is None or isinstance(trace.layer, ScatterLayer):
        return
    missed, x = trace.layer.unvisited(), trace.input.astype(float)
    x[:, missed["rows"], :] += 1e4
    x[:, :, missed["cols"]] += 1e4
    assert np.allclose(trace.layer.apply(x), trace.layer.apply(trace.input.astype(float)), equal_nan=True)


@pytest.mark.parametrize(
    ("settings_", "rows"),
    [
        ("padding_mode=replicate", [2]),
        ("padding_mode=zeros", [0, 2]),
        ("padding_mode=reflect", [0, 2]),
        ("padding_mode=symmetric", [2]),
        ("padding_mode=circular", [0, 2]),
    ],
)
def test_a_row_that_the_border_shows_is_visited(settings_: str, rows: list[int]) -> None:
    """One cell under each window, at rows -1, 1 and 3 of four: the edge again, the second row, the last one."""
    line = f"[1 2; 3 4; 5 6; 7 8] | conv2d [1] stride=2 padding=1 {settings_}"
    assert core.describe(core.parse(line), (1, 4, 2))[0]["unvisited"]["rows"] == rows


def test_lines_that_windows_miss_are_told() -> None:
    told = core.describe(core.parse("cat | conv2d box-3 stride=4"), (1, 9, 8))[0]
    assert told["unvisited"] == {"rows": [3, 7, 8], "cols": [3, 7]}


def test_stamps_that_are_cut_away_and_gaps_between_stamps_are_told() -> None:
    cut = core.describe(core.parse("cat | conv_transpose2d [1] stride=2 padding=1"), (1, 4, 4))[0]
    assert cut["unvisited"] == {"rows": [0, 3], "cols": [0, 3]}
    assert [facts for _, _, facts in core.warnings(core.parse("cat | conv_transpose2d [1] stride=2"), (1, 4, 4))] == [
        {"rows": 3, "cols": 3}
    ]


def peak_of_a_chunk(side: int, start: int) -> int:
    trace = core.trace("cat | sobel-x padding=1", np.zeros((1, side, side), np.uint8))
    trace.batch(0, 16)
    tracemalloc.start()
    trace.batch(start, start + 1024)
    peak = tracemalloc.get_traced_memory()[1]
    tracemalloc.stop()
    return peak


@pytest.mark.parametrize(("side", "start"), [(128, 9000), (2048, 0), (2048, 2047 * 2000), (4096, 4096 * 4000 + 3800)])
def test_a_chunk_of_steps_takes_as_little_memory_anywhere_on_any_picture(side: int, start: int) -> None:
    assert peak_of_a_chunk(side, start) < 2 * peak_of_a_chunk(128, 0)


@pytest.mark.parametrize(
    ("operation", "rows"),
    [
        ("conv_transpose2d box-3 stride=2 padding=1 output_padding=1", "(4 - 1) * 2 - 2 * 1 + 3 + 1 = 8"),
        ("conv2d_backward_input box-3 stride=2 input_size=10", "(4 - 1) * 2 - 2 * 0 + 3 + 1 = 10"),
        ("unfold 3", "floor((4 - 3 + 2 * 0) / 1) + 1 = 2"),
        ("conv2d box-3 padding=1", "floor((4 - 3 + 2 * 1) / 1) + 1 = 4"),
    ],
)
def test_formulas_have_the_numbers_put_in(operation: str, rows: str) -> None:
    assert core.describe(core.parse(f"cat | {operation}"), (1, 4, 4))[0]["formula"]["rows"] == rows


@pytest.mark.parametrize("name", ["conv2d", "conv_transpose2d", "conv2d_backward_input"])
def test_a_border_that_is_cut_away_again_counts_as_work(name: str) -> None:
    scene = core.parse(f"cat | {name} [1 1; 1 1] dilation=5000 padding=2500")
    layer = scene.bind((1, 2, 2))[0]
    assert math.prod(layer.output_shape) < 10
    assert layer.cells_at_work() > 5000**2


def test_a_window_over_a_whole_picture_is_computed_few_steps_at_a_time() -> None:
    trace = core.trace("cat | avg_pool2d 64 stride=1", np.ones((1, 80, 80)))
    assert trace.chunk == 256
    assert core.trace("cat | sobel", np.ones((1, 80, 80))).chunk == 1024
