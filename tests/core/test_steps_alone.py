"""A step is the same whichever range it is asked in, also where NaN and infinity come through a chain."""

from __future__ import annotations

import json
from typing import Any

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

import core
from core import OPERATIONS, Trace
from core.vocabulary import DETAILS, Array
from tests.core.layers import traces

names = pytest.mark.parametrize("name", sorted(OPERATIONS))

# Chains whose first layers make cells that are no number, or no finite one.
CHAINS = (
    "[-1 2 3 4 5] | lp_pool2d 3 1 | adaptive_max_pool2d (1,3)",
    "[-1 2 3 4 5] | lp_pool2d 3 1 | adaptive_avg_pool2d (1,3)",
    "[-1 2; 3 -4; 5 6] | lp_pool2d 3 1 | max_pool2d 2 stride=1 padding=1",
    "[-1 2; 3 -4; 5 6] | lp_pool2d 3 1 | avg_pool2d 2 stride=1 padding=1",
    "[-1 2; 3 -4; 5 6] | lp_pool2d 3 1 | conv2d box-3 padding=1",
    "[-1 2; 3 -4; 5 6] | lp_pool2d 3 1 | global_max_pool2d",
    "[-1 2; 3 -4; 5 6] | lp_pool2d 3 1 | sobel padding=1",
    "[-1 2 -3; 3 -4 9] | lp_pool2d 3 1 | softmax dim=2",
    "[-1 2 -3; 3 -4 9] | lp_pool2d 3 1 | conv_transpose2d [1 2; 3 4]",
    "[[[-1,2]],[[3,-4]]] | lp_pool2d 3 1 | channel_max_pool",
    "[[[-1,2]],[[3,-4]]] | lp_pool2d 3 1 | maxout",
    "[1e15 2 1e15; 3 4 5] | lp_pool2d 100 1 | max_pool2d 3 stride=1 padding=1",
    "[1e15 2 1e15; 3 4 5] | lp_pool2d 100 1 | conv2d [1 -1] padding=1",
    "[-1e15 2 -1e15; 3 4 5] | lp_pool2d 99 1 | conv2d [-1 0] | relu",
    "[1e15 -2 1e15; 3 4 5] | lp_pool2d 100 1 | adaptive_max_pool2d 2",
)


def told(trace: Trace, start: int, stop: int, every: int = 1, detail: Any = "full") -> list[str]:
    """The steps as text: 1 is not 1.0, and a last digit counts."""
    return [json.dumps(step) for step in trace.steps(start, stop, detail, every)]


def alone(trace: Trace, detail: Any) -> list[str]:
    return [told(trace, k, k + 1, detail=detail)[0] for k in range(len(trace))]


def spoilt(x: Array, random: np.random.Generator) -> Array:
    """Some cells become NaN or infinite."""
    values = x.astype(random.choice([np.float32, np.float64]))
    holes = random.random(x.shape) < random.choice([0, 0.2, 0.9])
    values[holes] = random.choice([np.nan, np.inf, -np.inf, 999.5, -0.0], holes.sum())
    return values


@names
@settings(max_examples=12)
@given(data=st.data(), seed=st.integers(0, 2**32))
def test_a_step_alone_is_that_step_of_any_range(name: str, data: st.DataObject, seed: int) -> None:
    small = data.draw(traces(name))
    if small is None:
        return
    kept = data.draw(st.booleans())
    trace = small if kept else core.trace(small.operation, spoilt(small.input, np.random.default_rng(seed)))
    start = data.draw(st.integers(0, len(trace)))
    stop = data.draw(st.integers(start, len(trace)))
    every = data.draw(st.integers(1, 3))
    for detail in DETAILS:
        assert told(trace, start, stop, every, detail) == alone(trace, detail)[start:stop:every]


@names
@settings(max_examples=12)
@given(data=st.data(), seed=st.integers(0, 2**32))
def test_steps_have_the_numbers_of_the_map_where_some_are_none(name: str, data: st.DataObject, seed: int) -> None:
    small = data.draw(traces(name))
    if small is None or small.scatters:
        return
    trace = core.trace(small.operation, spoilt(small.input, np.random.default_rng(seed)))
    output = trace.batch(0, len(trace)).columns["output"]
    steps = (output if output.ndim == 1 else output.T).reshape(trace.output_shape)
    whole = trace.feature_map()
    assert steps.dtype == whole.dtype
    tolerance = 1e-3 if whole.dtype == np.float32 else 1e-9
    assert np.allclose(steps, whole, tolerance, tolerance, equal_nan=True)


@pytest.mark.parametrize("line", CHAINS)
def test_numbers_that_are_none_do_not_spread_to_other_steps_of_a_batch(line: str) -> None:
    for layer in range(len(core.parse(line).layers)):
        trace = core.trace(line, layer=layer)
        whole = told(trace, 0, len(trace))
        assert whole == alone(trace, "full")
        assert told(trace, 1, len(trace)) == whole[1:]
        if not trace.scatters:
            outputs = [json.loads(step)["output"] for step in whole]
            assert outputs == core.vocabulary.nested_lists(trace.feature_map().ravel())


def test_a_window_without_nan_has_its_winner_beside_one_with_nan() -> None:
    trace = core.trace("[-1 2 3 4 5] | lp_pool2d 3 1 | adaptive_max_pool2d (1,3)", layer=1)
    for step in (trace[2], trace[0:3][2], trace[1:3][1]):
        assert (step["output"], step["winner"]) == (5, [0, 4])
    assert (trace[0]["output"], trace[0]["winner"]) == (None, [0, 0])


@pytest.mark.parametrize("lowest", [-np.inf, -(2**63)])
def test_padding_never_wins_even_over_the_lowest_number_there_is(lowest: float) -> None:
    x = np.full((1, 3, 3), lowest)
    x = x if np.isinf(lowest) else x.astype(np.int64)
    for step in core.trace("cat | max_pool2d 3 stride=1 padding=1", x):
        row, col = step["winner"]
        assert (row, col) == (max(step["at"][1] - 1, 0), max(step["at"][2] - 1, 0))


def test_windows_beside_padding_hold_whole_numbers_as_all_others_do() -> None:
    x = np.arange(9).reshape(3, 3) + 2**60
    for operation in ("max_pool2d 2 stride=1 padding=1", "adaptive_max_pool2d 2", "adaptive_avg_pool2d 2"):
        for step in core.trace(f"cat | {operation}", x // 2):
            cells = [cell for row in step["window"] for cell in row if cell is not None]
            assert all(type(cell) is int for cell in cells)
            assert set(cells) <= set((x // 2).ravel().tolist())


@pytest.mark.parametrize("value", ["0.5", "0.0", "2"])
def test_a_border_of_a_fraction_makes_floats_of_all_windows_or_of_none(value: str) -> None:
    trace = core.trace(f"[1 2 3; 4 5 6; 7 8 9] | conv2d [1 1 1; 1 1 1; 1 1 1] padding=1 padding_value={value}")
    kinds = {type(cell) for step in trace for row in step["window"][0] for cell in row}
    assert kinds == ({float} if value == "0.5" else {int})
    assert type(trace[4]["output"]) is type(trace.feature_map()[0, 1, 1].item())
