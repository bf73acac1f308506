"""A trace, put together, is the whole feature map; any range of it is that slice of the whole."""

from __future__ import annotations

import json
import tracemalloc
from typing import Any

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

import core
from core import Operation, SceneError, Trace
from core.vocabulary import nested_lists
from tests.core.layers import agree, assembled, traces
from tests.core.scenes import operations


@given(traces())
def test_the_steps_put_together_are_the_feature_map(trace: Trace | None) -> None:
    if trace is None:
        return
    whole = trace.feature_map()
    assert whole.shape == trace.output_shape
    assert agree(assembled(trace), whole)


@given(traces(), st.data())
def test_any_range_is_that_slice_of_the_whole(trace: Trace | None, data: st.DataObject) -> None:
    if trace is None:
        return
    start = data.draw(st.integers(0, len(trace)))
    stop = data.draw(st.integers(start, len(trace)))
    every = data.draw(st.integers(1, 4))
    whole = list(trace)
    assert list(trace.steps(start, stop, every=every)) == whole[start:stop:every]


@given(traces())
def test_every_step_can_be_told_in_json(trace: Trace | None) -> None:
    if trace is not None:
        json.dumps([trace.start(), *trace[:3]], allow_nan=False)


@given(traces())
def test_rows_carry_the_whole_feature_map(trace: Trace | None) -> None:
    if trace is None:
        return
    told = {tuple(row["at"]): row["outputs"] for row in core.rows(trace, 0, len(trace))}
    rows = [value for at in sorted(told) for value in told[at]]
    assert np.allclose(
        np.array(rows, float), np.array(nested_lists(trace.feature_map().ravel()), float), equal_nan=True
    )


@given(traces(), st.data())
def test_rows_of_any_range_are_those_that_its_steps_complete(trace: Trace | None, data: st.DataObject) -> None:
    if trace is None:
        return
    cut = data.draw(st.integers(0, len(trace)))
    parts = [*core.rows(trace, 0, cut), *core.rows(trace, cut, len(trace))]
    assert sum(row["count"] for row in parts) == trace.feature_map().size
    assert all(row["index"] < cut for row in core.rows(trace, 0, cut))


@given(traces())
def test_descriptions_tell_the_shapes_that_the_arrays_have(trace: Trace | None) -> None:
    if trace is not None:
        told = core.describe(trace.scene, trace.input_shape)[0]
        assert tuple(told["output_shape"]) == trace.feature_map().shape


PICTURE = np.random.default_rng(3).integers(0, 256, (1, 12, 10)).astype(np.uint8)


def test_the_first_steps_are_those_of_the_lecture() -> None:
    trace = core.trace("@first-steps")
    assert [step["output"] for step in trace] == [6, 9, 11, 10, 4, 4, 7, 7, 4]
    assert trace[1]["window"] == [[[2, 3, 4], [1, 0, 1], [0, 1, 1]]]
    assert trace[1]["products"] == [[[2, 0, 4], [1, 0, 1], [0, 1, 0]]]


def test_a_step_adds_up() -> None:
    step = core.trace("cat | conv2d gaussian-3 bias=2 padding=1", PICTURE)[0]
    assert step["corner"] == [-1, -1]
    assert np.sum(step["products"]) == sum(step["sums"])
    assert step["output"] == sum(step["sums"]) / 16 + 2


def test_shifting_the_picture_shifts_the_feature_map() -> None:
    moved = np.roll(PICTURE, 1, axis=2)
    whole, shifted = (core.trace("cat | scharr-x", x).feature_map() for x in (PICTURE, moved))
    assert np.array_equal(shifted[:, :, 1:], whole[:, :, :-1])


def test_a_flat_picture_has_no_edges() -> None:
    flat = np.full((1, 6, 6), 7, np.uint8)
    assert not core.trace("cat | sobel", flat).feature_map().any()


def test_sobel_x_gives_four_on_a_unit_step() -> None:
    step = np.repeat([[0, 0, 1, 1]], 4, axis=0)
    assert core.trace("cat | sobel-x", step).feature_map().max() == 4


def test_padding_never_wins_max_pooling() -> None:
    negative = -np.ones((1, 3, 3), np.int64)
    trace = core.trace("cat | max_pool2d 3 padding=1", negative)
    assert trace[0]["output"] == -1
    assert trace[0]["window"][0][0] is None


def test_max_pooling_names_its_winner_in_the_input() -> None:
    for step in core.trace("cat | max_pool2d 3 stride=2 padding=1", PICTURE):
        row, col = step["winner"]
        assert PICTURE[0, row, col] == step["output"] == step["window"][step["argmax"][0]][step["argmax"][1]]


def test_a_flipped_kernel_is_a_mathematical_convolution() -> None:
    kernel = "[1 2 0; 0 1 -1; 3 0 1]"
    turned = "[1 0 3; -1 1 0; 0 2 1]"
    ours = core.trace(f"cat | conv2d {kernel} flip=true", PICTURE)
    assert np.array_equal(ours.feature_map(), core.trace(f"cat | conv2d {turned}", PICTURE).feature_map())


def test_bias_is_added_everywhere() -> None:
    plain, biased = (core.trace(f"cat | conv2d sobel-x bias={b}", PICTURE).feature_map() for b in (0, 5))
    assert (biased - plain == 5).all()


def test_a_small_kernel_filters_each_channel_by_itself() -> None:
    colour = np.stack([PICTURE[0], PICTURE[0] // 2, PICTURE[0] // 3])
    trace = core.trace("cat rgb | conv2d sobel-y", colour)
    assert trace.output_shape[0] == 3
    for channel in range(3):
        alone = core.trace("cat | conv2d sobel-y", colour[channel]).feature_map()
        assert np.array_equal(trace.feature_map()[channel], alone[0])


def test_two_kernels_of_the_lecture_have_56_parameters() -> None:
    weight = np.arange(54).reshape(2, 3, 3, 3).tolist()
    scene = core.scene_from_json(
        {
            "input": {"source": np.zeros((3, 5, 5), int).tolist()},
            "layers": [{"operation": "conv2d", "weight": weight, "bias": [1, 0], "padding": 1, "stride": 2}],
        }
    )
    told = core.describe(scene, (3, 5, 5))[0]
    assert (told["output_shape"], told["parameters"]) == ([2, 3, 3], 56)


def test_two_layers_of_three_see_five_and_seven_with_stride() -> None:
    fields = [
        core.describe(core.parse(f"cat | box-3{s} | box-3"), (1, 32, 32))[1]["receptive_field"]
        for s in ("", " stride=2")
    ]
    assert fields == [[5, 5], [7, 7]]


def test_edges_that_no_window_visits_are_told() -> None:
    told = core.describe(core.parse("cat | max_pool2d 2"), (1, 5, 5))[0]
    assert told["unvisited"] == {"rows": [4], "cols": [4]}
    assert core.warnings(core.parse("cat | max_pool2d 2"), (1, 5, 5))


@pytest.mark.parametrize(("settings", "side"), [("", 2), (" padding=same", 3), (" ceil_mode=true", 3)])
def test_pooling_keeps_or_drops_the_edge(settings: str, side: int) -> None:
    trace = core.trace(f"cat | max_pool2d 2{settings}", np.ones((5, 5), int))
    assert trace.output_shape == (1, side, side)


def test_the_next_activation_is_told_with_each_step() -> None:
    for step in core.trace("cat | sobel-x | relu", PICTURE):
        assert step["activated"] == max(0, step["output"])


@pytest.mark.parametrize(("start", "stop", "every"), [(5, 2, 1), (0, 10**9, 1), (-1, 2, 1), (0, 5, 0)])
def test_ranges_outside_the_trace_are_refused(start: int, stop: int, every: int) -> None:
    with pytest.raises(SceneError):
        core.trace("cat | sobel-x", PICTURE).batch(start, stop, every=every)


@pytest.mark.parametrize("layer", [1, -2, 99])
def test_a_layer_that_is_not_there_is_refused(layer: int) -> None:
    with pytest.raises(SceneError, match="the scene has 1 layer, counted from 0"):
        core.trace("cat | sobel-x", PICTURE, layer=layer)


REFUSED: list[tuple[str, str]] = [
    ("conv2d box-5", "a window spans 5 px but only 4 are there"),
    ("conv2d [[[1]],[[1]]]", "has 2 channels but the input gives it 1"),
    ("conv2d sobel-x groups=2", "a 2-D kernel filters each"),
    ("conv2d [[[[1]]],[[[1]]]] bias=[1 2 3]", "needs one number, or 2"),
    ("conv2d sobel-x padding=9 padding_mode=reflect", "reflect needs it smaller"),
    ("max_pool2d 2 padding=2", "must be at most half a window"),
    ("max_pool2d 9", "a window spans 9 px but only 4 are there"),
    ("maxout 2", "must divide the 1 input channels"),
]


@pytest.mark.parametrize(("operation", "reason"), REFUSED)
def test_what_does_not_fit_the_input_is_refused_with_the_reason(operation: str, reason: str) -> None:
    with pytest.raises(SceneError, match=reason):
        core.trace(f"cat | {operation}", np.ones((4, 4), int))


def test_a_trace_reads_like_a_sequence() -> None:
    trace: Any = core.trace("cat | sobel-x", PICTURE)
    assert trace[-1] == trace[len(trace) - 1] == list(trace)[-1]
    assert trace[3:9:2] == [trace[3], trace[5], trace[7]]
    with pytest.raises(IndexError):
        trace[len(trace)]


@given(operations())
def test_operations_are_equal_when_their_settings_are(operation: Operation) -> None:
    assert operation == type(operation)(**operation.arguments)
    assert hash(operation) == hash(type(operation)(**operation.arguments))


def test_steps_over_very_wide_windows_are_computed_in_bounded_memory() -> None:
    x = np.arange(1500 * 1500, dtype=np.int64).reshape(1, 1500, 1500)
    wide = core.trace(core.operation_named("max_pool2d")(1400, stride=1), x)
    tracemalloc.start()
    outputs = wide.batch(0, 64, "output").columns["output"]
    _, peak = tracemalloc.get_traced_memory()
    tracemalloc.stop()
    assert outputs.tolist() == wide.feature_map().reshape(-1)[:64].tolist()
    assert peak < 2**28


def test_a_row_of_very_wide_windows_is_read_off_the_feature_map() -> None:
    x = np.arange(1200 * 1200, dtype=np.int64).reshape(1, 1200, 1200)
    wide = core.trace(core.operation_named("avg_pool2d")(128, stride=1), x)
    [row] = core.rows(wide, 0, wide.output_shape[2])
    assert row["outputs"] == wide.feature_map()[0, 0].tolist()


def test_a_step_across_very_many_channels_does_not_tell_them_all() -> None:
    step = core.trace("[1 2; 3 4] | flatten | channel_max_pool", layer=1)[0]
    assert step["window"] == [[[1]], [[2]], [[3]], [[4]]]
    long = core.trace(core.operation_named("channel_max_pool")(), np.arange(70_000).reshape(-1, 1, 1))[0]
    assert "window" not in long
    assert long["output"] == 69_999


@pytest.mark.parametrize("dim", [0, 1, 2])
@pytest.mark.parametrize("shape", [(2, 3, 4), (1, 300, 300)])
def test_softmax_steps_equal_the_feature_map_along_few_and_many_lines(dim: int, shape: tuple[int, int, int]) -> None:
    x = np.random.default_rng(dim).normal(size=shape)
    walked = core.trace(core.operation_named("softmax")(dim=dim), x)
    at = len(walked) - 5
    np.testing.assert_allclose(
        walked.batch(at, at + 5).columns["output"], walked.feature_map().reshape(-1)[at:], rtol=1e-14
    )


SUMMED = {
    "conv2d": {"weight": [[0.1, 0.7, -0.3], [1.3, -0.9, 0.2], [0.6, 0.4, -1.1]]},
    "avg_pool2d": {"kernel_size": 3, "stride": 1},
    "lp_pool2d": {"norm_type": 3, "kernel_size": 9, "stride": 1},
    "adaptive_avg_pool2d": {"output_size": 5},
    "channel_avg_pool": {},
    "softmax": {},
}


@pytest.mark.parametrize("name", SUMMED)
def test_a_step_is_the_same_to_the_last_digit_whatever_steps_it_is_asked_with(name: str) -> None:
    x = np.random.default_rng(3).normal(size=(3, 12, 12))
    walked = core.trace(core.operation_named(name)(**SUMMED[name]), x)
    together = list(walked)
    assert [walked[index] for index in range(len(walked))] == together
    assert list(walked.steps(1, len(walked), every=3)) == together[1::3]
