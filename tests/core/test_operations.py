"""Every operation that can be walked: its steps are its feature map, whatever the settings, whatever the range."""

from __future__ import annotations

import inspect
from collections.abc import Iterator

import numpy as np
import pytest
from hypothesis import find, given, settings
from hypothesis import strategies as st

import core
from core import OPERATIONS, Operation, SceneError, Trace, functional
from core.vocabulary import Array, Text
from tests.core.layers import agree, assembled, canvas, first_plane, traces

names = pytest.mark.parametrize("name", sorted(OPERATIONS))
SCATTERS = sorted(name for name, operation in OPERATIONS.items() if operation.kind == "scatter")
few = settings(max_examples=12)


@names
def test_every_operation_meets_inputs_that_fit_it(name: str) -> None:
    assert find(traces(name), lambda trace: trace is not None)


@names
@few
@given(data=st.data())
def test_the_steps_of_each_operation_are_its_feature_map(name: str, data: st.DataObject) -> None:
    trace = data.draw(traces(name))
    if trace is not None:
        assert agree(assembled(trace), trace.feature_map())


@names
@few
@given(data=st.data())
def test_any_range_of_each_operation_is_that_slice(name: str, data: st.DataObject) -> None:
    trace = data.draw(traces(name))
    if trace is None:
        return
    start = data.draw(st.integers(0, len(trace)))
    stop = data.draw(st.integers(start, len(trace)))
    every = data.draw(st.integers(1, 3))
    for detail in core.vocabulary.DETAILS:
        whole, part = trace.batch(0, len(trace), detail).columns, trace.batch(start, stop, detail, every).columns
        assert list(part) == list(whole)
        for column, values in part.items():
            assert agree(values, whole[column][start:stop:every])


@names
def test_titles_helps_and_docstrings_are_there(name: str) -> None:
    operation = OPERATIONS[name]
    texts = [operation.title, *(parameter.help for parameter in operation.parameters)]
    assert all(isinstance(text, Text) and text for text in texts)
    assert operation.__doc__


@names
def test_an_operation_can_be_added_with_what_a_form_writes_first(name: str) -> None:
    parameters = OPERATIONS[name].parameters
    written = {parameter.name: parameter.first for parameter in parameters if parameter.first is not None}
    assert OPERATIONS[name](**written).name == name
    assert {parameter.name for parameter in parameters if parameter.required} <= written.keys()


def operations_defined() -> Iterator[type[Operation]]:
    waiting = [Operation]
    while waiting:
        for operation in waiting.pop().__subclasses__():
            waiting.append(operation)
            if operation.__module__.startswith("core.operations") and "name" in vars(operation):
                yield operation


def test_every_operation_that_is_written_is_registered() -> None:
    missing = [found for found in operations_defined() if OPERATIONS.get(found.name) is not found]
    assert not [found for found in missing if not inspect.isabstract(found)]


# Scatters: what lies under a stamp, found without the stamps before it.


@pytest.mark.parametrize("name", SCATTERS)
@few
@given(data=st.data())
def test_a_stamp_knows_what_was_there_before_it_and_after(name: str, data: st.DataObject) -> None:
    trace = data.draw(traces(name))
    if trace is None:
        return
    index = data.draw(st.integers(0, len(trace) - 1))
    step = trace.batch(index, index + 1).columns
    for column, count in (("before", index), ("after", index + 1)):
        assert agree(*seen_under(trace, step, step[column][0], canvas(trace, count)))


def seen_under(trace: Trace, step: dict[str, Array], told: Array, output: Array) -> tuple[Array, Array]:
    """The told cells that lie in the output, and what the output holds there."""
    start, plane = trace.start(), first_plane(trace, step["at"][0])
    row = step["corner"][0, 0] + np.arange(told.shape[1]) * start["dilation"][0]
    col = step["corner"][0, 1] + np.arange(told.shape[2]) * start["dilation"][1]
    rows, cols = (row >= 0) & (row < output.shape[1]), (col >= 0) & (col < output.shape[2])
    there = output[plane : plane + len(told)][:, row[rows]][:, :, col[cols]]
    return told[:, rows][:, :, cols], there


@pytest.mark.parametrize("name", SCATTERS)
@few
@given(data=st.data())
def test_the_output_so_far_is_the_stamps_so_far(name: str, data: st.DataObject) -> None:
    trace = data.draw(traces(name))
    if trace is not None:
        count = data.draw(st.integers(0, len(trace)))
        assert agree(trace.so_far(count), canvas(trace, count))


@pytest.mark.parametrize("name", SCATTERS)
@few
@given(data=st.data())
def test_a_row_of_a_scatter_is_told_when_no_later_step_changes_it(name: str, data: st.DataObject) -> None:
    trace = data.draw(traces(name))
    if trace is None:
        return
    for row in list(core.rows(trace, 0, len(trace)))[:6]:
        channel, line, _ = row["at"]
        assert agree(trace.so_far(row["index"] + 1)[channel, line], np.array(row["outputs"]))


def test_only_scatters_have_an_output_so_far() -> None:
    with pytest.raises(SceneError, match="only a scatter"):
        core.trace("[1 2; 3 4] | relu").so_far(1)


# Second opinions: other ways to the same numbers.

RANDOM = np.random.default_rng(11)
X = RANDOM.integers(-9, 10, (3, 7, 6))


@pytest.mark.parametrize(("f", "g"), [([1, 2, 3], [0, 1, 2]), ([1, 4, 9, 16], [2, -1]), ([3], [1, 2, 3, 4, 5])])
def test_a_flipped_full_conv1d_is_numpy_convolve(f: list[int], g: list[int]) -> None:
    trace = core.trace(core.OPERATIONS["conv1d"]([g], padding="full", flip=True), np.array([[f]]))
    assert trace.feature_map().ravel().tolist() == np.convolve(f, g).tolist()


@pytest.mark.parametrize("groups", [1, 3])
def test_a_transposed_convolution_is_the_way_back_of_the_matching_convolution(groups: int) -> None:
    weight = RANDOM.integers(-5, 6, (6, 3 // groups, 3, 2))
    settings = {"stride": (2, 1), "padding": (1, 0), "dilation": (1, 2), "groups": groups}
    forward = functional.conv2d(X, weight, **settings)
    dx, dw, db = functional.conv2d_backward(forward, X, weight, **settings)
    given = {"weight": weight.tolist(), **settings}
    back = core.trace(OPERATIONS["conv2d_backward_input"](**given, input_size=X.shape[1:]), forward)
    assert np.array_equal(back.feature_map(), dx)
    stamped = core.trace(
        OPERATIONS["conv_transpose2d"](**given, output_padding=back.layer.start_fields()["output_padding"]), forward
    )
    assert np.array_equal(stamped.feature_map(), dx)
    to_weight = OPERATIONS["conv2d_backward_weight"](dy=forward.tolist(), kernel_size=(3, 2), **settings)
    assert np.array_equal(core.trace(to_weight, X).feature_map(), dw.reshape(-1, 3, 2))
    to_bias = core.trace(OPERATIONS["conv2d_backward_bias"](), forward)
    assert np.array_equal(to_bias.feature_map().ravel(), db)


@pytest.mark.parametrize("ceil_mode", [False, True])
def test_pooling_backward_steps_agree_with_the_whole(ceil_mode: bool) -> None:
    settings = {"kernel_size": (3, 2), "stride": (2, 2), "padding": 1, "ceil_mode": ceil_mode}
    dy = RANDOM.integers(-9, 10, functional.max_pool2d(X, **settings).shape)
    largest = core.trace(OPERATIONS["max_pool2d_backward"](x=X.tolist(), **settings), dy)
    assert np.array_equal(assembled(largest), functional.max_pool2d_backward(dy, X, **settings))
    mean = core.trace(OPERATIONS["avg_pool2d_backward"](input_size=X.shape[1:], **settings), dy)
    assert np.allclose(assembled(mean), functional.avg_pool2d_backward(dy, X, **settings))


def test_the_matrix_of_windows_times_the_kernel_is_the_convolution() -> None:
    weight = RANDOM.integers(-5, 6, (4, 3, 3, 2))
    matrix = core.trace(OPERATIONS["unfold"]((3, 2), stride=2, padding=1), X).feature_map()[0]
    whole = functional.conv2d(X, weight, stride=2, padding=1)
    assert np.array_equal((weight.reshape(4, -1) @ matrix).reshape(whole.shape), whole)


def test_a_column_says_which_cells_it_copies() -> None:
    trace = core.trace(OPERATIONS["unfold"]((3, 2), dilation=(2, 1), padding=1), X)
    for step in trace:
        for (channel, row, col), value in zip(step["from"], step["output"], strict=True):
            inside = 0 <= row < 7 and 0 <= col < 6
            assert value == (X[channel, row, col] if inside else 0)


def test_fold_counts_how_often_windows_cover_a_cell() -> None:
    ones = core.trace("cat | unfold 2", np.ones((1, 3, 3), int)).feature_map()
    assert core.trace("cat | fold 3 2", ones).feature_map()[0].tolist() == [[1, 2, 1], [2, 4, 2], [1, 2, 1]]


def test_linear_is_a_matrix_times_a_vector() -> None:
    weight = RANDOM.integers(-5, 6, (4, 5))
    x = RANDOM.integers(-5, 6, (5, 1, 1))
    trace = core.trace(OPERATIONS["linear"](weight.tolist(), bias=[1, 2, 3, 4]), x)
    assert trace.feature_map().ravel().tolist() == (weight @ x.ravel() + [1, 2, 3, 4]).tolist()
    assert np.array(trace[0]["products"]).ravel().tolist() == (weight[0] * x.ravel()).tolist()


@pytest.mark.parametrize(
    "line", ["conv2d gaussian-3 padding=1", "sobel", "conv2d [[[1,2],[0,1]],[[3,0],[1,1]],[[1,1],[1,1]]]"]
)
def test_running_sums_end_at_the_sum(line: str) -> None:
    columns = core.trace(f"cat rgb | {line}", X).batch(0, 10, "partial").columns
    partial, sums = columns["partial"], columns["sums"]
    if line == "sobel":
        assert np.array_equal(partial[:, :, -1, -1], sums)
    else:
        assert np.array_equal(partial[:, -1, -1, -1], sums.sum(axis=1))
    assert np.array_equal(partial.reshape(10, -1)[:, 0], columns["products"].reshape(10, -1)[:, 0])


REFUSED: list[tuple[str, str]] = [
    ("conv1d [1 2]", "a signal has one row"),
    ("linear [1 2]", "put flatten before linear"),
    ("flatten | linear [1 2]", "must be \\(outputs, 16\\)"),
    ("fold 4 3", "must be a matrix \\(1, C \\* 9, windows\\)"),
    ("fold 9 2", "must have 64 columns"),
    ("conv_transpose2d box-3 stride=2 output_padding=2", "must be smaller than stride or dilation"),
    ("conv_transpose2d [[[[1]]],[[[1]]]]", "one kernel for each of the 1 channels"),
    ("conv_transpose2d box-3 groups=2", "a 2-D kernel stamps each of the 1 channels"),
    ("conv_transpose2d sobel-z", "did you mean sobel-y"),
    ("conv2d_backward_input box-3 input_size=9", "a convolution of 9 px gives 7, but the gradient has 4"),
    ("conv2d_backward_weight dy=[1 2; 3 4] kernel_size=2", "with this kernel_size the output has 3 px"),
    ("conv2d_backward_weight dy=[1 2; 3 4] padding=same", "needs kernel_size"),
    ("max_pool2d_backward 2 x=[1 2; 3 4]", "pooling gives \\(1, 1, 1\\)"),
    ("avg_pool2d_backward 2 padding=same", "needs input_size"),
]


@pytest.mark.parametrize(("operation", "reason"), REFUSED)
def test_what_does_not_fit_is_refused_with_the_reason(operation: str, reason: str) -> None:
    with pytest.raises(SceneError, match=reason):
        core.trace(f"cat | {operation}", np.ones((4, 4), int), layer=-1)
