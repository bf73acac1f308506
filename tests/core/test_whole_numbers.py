"""Whole numbers are exact or refused: no sum wraps around, in a step, a map or a function, at any width."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

import core
from core import OPERATIONS, SceneError, Trace
from core.algorithms.exact import heaviest, heaviest_stamps
from core.vocabulary import Array
from tests.core.layers import agree, assembled, traces

BEYOND = "no longer be exact in 64 bits"
WIDE = 2**62
names = pytest.mark.parametrize("name", sorted(OPERATIONS))

REFUSED = (
    "[1000000000000000 1000000000000000] | conv2d [1000000 1]",
    "[1000000000000000 1000000000000000] | conv2d [1000000 1] bias=1000000000000000",
    "[1000000000000000 1000000000000000] | conv1d [1000000 1]",
    "[[[1000000000000000]],[[1000000000000000]]] | linear [1000000 1]",
    "[1000000000000000 1] | conv_transpose2d [1000000 1]",
    "[1000000000000000 1] | conv_transpose1d [1000000 1]",
    "[1000000000000000 1] | conv2d_backward_input [1000000 1]",
    "[1000000000000000 1000000000000000] | conv2d_backward_weight dy=[1000000 1]",
    "[1000000000000000 1] | conv2d [1000] padding=1 padding_value=1000000000000000 | conv2d [1000000]",
    "[1 1] | conv2d [1000000] padding=1 padding_value=1000000000000000",
)

# Layers that add whole numbers up, and the sum of so many cells that they make.
SUMS = {
    "avg_pool2d 2": 4,
    "avg_pool1d 2": 2,
    "global_avg_pool2d": 4,
    "adaptive_avg_pool2d 1": 4,
    "channel_avg_pool": 3,
    "conv2d_backward_bias": 4,
    "conv2d [1 1; 1 1]": 4,
    "conv_transpose2d [1 1; 1 1]": 4,
    "fold 3 2": 4,
    "max_pool2d_backward 2 x=[1 2; 3 4]": 1,
    "sobel padding=1": 8,
    "prewitt padding=1": 6,
    "scharr padding=1": 32,
    "roberts": 2,
    "sobel padding=1 norm=l1": 16,
}


def answered(call: Callable[[], Any]) -> Any:
    """What a call answers; None where it refuses numbers for their size, and for nothing else."""
    try:
        return call()
    except SceneError as refusal:
        if BEYOND in str(refusal) or "power of 63" in str(refusal):
            return None
        raise


@pytest.mark.parametrize("line", REFUSED)
def test_sums_beyond_64_bits_are_refused_before_the_first_step_and_before_the_map(line: str) -> None:
    with pytest.raises(SceneError, match=BEYOND) as refusal:
        core.trace(line, layer=-1)
    assert refusal.value.field == "x"
    with pytest.raises(SceneError, match=BEYOND):
        core.trace(f"{line} | relu", layer=-1)


@names
@settings(max_examples=15)
@given(data=st.data(), wide=st.integers(40, 55))
def test_wide_whole_numbers_give_the_same_in_steps_map_and_floats_or_are_refused(
    name: str, data: st.DataObject, wide: int
) -> None:
    small = data.draw(traces(name))
    if small is None or small.operation.arguments.get("show") == "direction":  # which jumps where slopes vanish
        return
    x = small.input.astype(np.int64) * 2**wide
    trace = answered(lambda: core.trace(small.operation, x))
    if trace is None:
        return
    near = core.trace(small.operation, x.astype(float)).feature_map()
    largest = np.abs(near[np.isfinite(near)]).max(initial=1.0)
    steps, whole = assembled(trace), trace.feature_map()
    assert steps.dtype == whole.dtype
    for made in (steps, whole):
        assert np.allclose(made.astype(float), near, rtol=1e-9, atol=1e-9 * largest, equal_nan=True)
    assert whole.dtype.kind == "f" or np.array_equal(steps, whole)


def summing_traces(line: str, value: int) -> Callable[[], Trace]:
    shapes = {"fold": (1, 4, 4), "avg_pool1d": (1, 1, 4), "channel_avg_pool": (3, 2, 2)}
    name = line.split()[0]
    side = (1, 1, 1) if name == "max_pool2d_backward" else shapes.get(name, (1, 2, 2))
    return lambda: core.trace(f"cat | {line}", np.full(side, value))


@pytest.mark.parametrize("line", SUMS)
def test_sums_are_allowed_as_long_as_they_fit_and_refused_from_there_on(line: str) -> None:
    largest = (2**63 - 1) // SUMS[line]
    trace = summing_traces(line, largest)()
    assert agree(assembled(trace), trace.feature_map())
    if SUMS[line] > 1:
        with pytest.raises(SceneError, match=BEYOND):
            summing_traces(line, largest + 1)()


def test_a_running_sum_and_an_activated_value_do_not_wrap_either() -> None:
    largest = (2**63 - 1) // 2
    (step,) = core.trace("cat | conv2d [1 1] | relu", np.full((1, 2), largest)).steps(0, 1, "partial")
    assert step["partial"] == [[[largest, 2 * largest]]]
    assert step["activated"] == step["output"] == 2 * largest


def test_a_gradient_beyond_53_bits_reaches_its_winner_with_every_digit() -> None:
    odd = 2**60 + 1
    trace = core.trace("cat | max_pool2d_backward 2 stride=1 x=[1 2 1; 1 9 1; 1 1 1]", np.full((2, 2), odd))
    assert trace.feature_map().tolist() == [[[0, 0, 0], [0, 4 * odd, 0], [0, 0, 0]]]
    assert agree(assembled(trace), trace.feature_map())


def test_exponentials_of_wide_whole_numbers_do_not_wrap() -> None:
    trace = core.trace("cat | softmax dim=2", np.array([[WIDE, -WIDE, 2**63 - 1, -(2**63)]]))
    assert [step["output"] for step in trace] == trace.feature_map().ravel().tolist() == [0, 0, 1, 0]


# The functions, on arrays of any integers.

WIDE_CALLS: dict[str, Callable[[Array], Any]] = {
    "avg_pool2d": lambda x: core.avg_pool2d(x, 2),
    "avg_pool2d, padded": lambda x: core.avg_pool2d(x, 2, 1, 1, count_include_pad=False),
    "adaptive_avg_pool2d": lambda x: core.adaptive_avg_pool2d(x, 1),
    "global_avg_pool2d": core.global_avg_pool2d,
    "channel_avg_pool": lambda x: core.channel_avg_pool(np.stack([x, x])),
    "fold": lambda x: core.fold(np.stack([x.ravel()] * 4), (3, 3), 2),
    "conv2d": lambda x: core.conv2d(x, np.ones((2, 2), np.int64)),
    "conv2d, bias": lambda x: core.conv2d(x, np.ones((1, 1, 1, 1), np.int64), [2**62]),
    "conv1d": lambda x: core.conv1d(x.ravel(), [1, 1]),
    "conv_transpose2d": lambda x: core.conv_transpose2d(x, np.ones((1, 1, 2, 2), np.int64)),
    "linear": lambda x: core.linear(x, np.ones((1, 2), np.int64)),
    "linear, bias": lambda x: core.linear(x, np.array([[1, 0]]), [2**62]),
    "gradient_magnitude": lambda x: core.gradient_magnitude(x, [[[1, 0], [0, -1]], [[0, 1], [-1, 0]]]),
    "max_pool2d": lambda x: core.max_pool2d(x, 2),
    "adaptive_max_pool2d": lambda x: core.adaptive_max_pool2d(x, 1),
    "lp_pool2d": lambda x: core.lp_pool2d(x, 1, 2),
    "relu": core.relu,
    "softmax": lambda x: core.softmax(x, 1),
    "pad": lambda x: core.pad(x, 1),
    "max_pool2d_backward": lambda x: core.max_pool2d_backward(x, np.ones((3, 3)), 2, 1),
    "avg_pool2d_backward": lambda x: core.avg_pool2d_backward(x, np.ones((3, 3)), 2, 1),
    "conv2d_backward": lambda x: core.conv2d_backward(x, x, np.ones((1, 1), np.int64))[2],
    "linear_backward": lambda x: core.linear_backward(x, x, np.ones((2, 2), np.int64))[2],
}


@pytest.mark.parametrize("name", WIDE_CALLS)
@pytest.mark.parametrize("value", [2**62, -(2**62), 2**63 - 1, 2**64 - 1, 2**63])
def test_functions_answer_as_floats_would_or_refuse(name: str, value: int) -> None:
    x = np.full((2, 2), value, np.uint64 if value >= 2**63 else np.int64)
    near = WIDE_CALLS[name](x.astype(float))
    answer = answered(lambda: WIDE_CALLS[name](x))
    assert answer is None or np.allclose(np.asarray(answer, float), near, rtol=1e-9, atol=0)


@pytest.mark.parametrize("name", WIDE_CALLS)
@pytest.mark.parametrize("kind", ["u1", "i1", "u2", "i2", "u4", "i4", "u8"])
def test_integers_of_every_width_give_what_those_of_64_bits_give(name: str, kind: str) -> None:
    x = np.array([[100, 3], [7, 25]], kind)
    assert np.array_equal(WIDE_CALLS[name](x), WIDE_CALLS[name](x.astype(np.int64)))


def test_bytes_that_could_overflow_under_huge_weights_are_allowed_while_they_do_not() -> None:
    weight = np.array([[2**60, 2**60]])
    small, large = np.full((1, 2), 3, np.uint8), np.full((1, 2), 255, np.uint8)
    for _ in range(2):
        assert core.conv2d(small, weight).tolist() == [[6 * 2**60]]
        with pytest.raises(SceneError, match=BEYOND):
            core.conv2d(large, weight)


@given(st.lists(st.lists(st.integers(-(2**63), 2**63 - 1), min_size=3, max_size=3), min_size=1, max_size=4))
def test_the_heaviest_kernel_is_added_up_exactly(rows: list[list[int]]) -> None:
    wanted = max(sum(map(abs, row)) for row in rows)
    assert heaviest(np.array(rows)) == wanted
    assert heaviest(np.array(rows)[:, None, :, None]) == wanted


def test_the_heaviest_stamps_add_up_over_the_channels_of_a_group() -> None:
    weights = np.arange(1, 17).reshape(4, 2, 1, 2)  # (C, F / groups, kH, kW)
    assert heaviest_stamps(weights, 1) == sum(weights[:, 1].ravel())
    assert heaviest_stamps(weights, 2) == sum(weights[2:, 1].ravel())
