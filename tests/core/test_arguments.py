"""Whatever a function is given, it answers or refuses in words: NumPy's and Python's own exceptions never come out."""

from __future__ import annotations

import inspect
from collections.abc import Callable
from typing import Any

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

import core
from core import SceneError, functional
from core.functional.sizes import SIZES

PICTURE = np.arange(48, dtype=np.float64).reshape(2, 4, 6)
SIGNAL = np.arange(12.0).reshape(2, 6)
KERNELS = np.ones((2, 2, 2, 2))
POOLED = np.ones((2, 2, 3))

ODD: tuple[Any, ...] = (
    None, True, False, np.True_, "", "same", "zeros", "valid", "False", "nonsense", b"zeros", 0, 1, 2, -1, 2.0, 0.5,
    float("nan"), float("inf"), -float("inf"), 1e308, 10**400, 2**40, 1j, np.int64(2), np.uint8(1), np.float32(2),
    np.array(2), np.array(0.5), np.array([1]), np.array([1, 2]), np.array([0, 0]), np.array([[1, 2], [0, 1]]),
    np.array(["zeros"]), np.array([None]), np.zeros(0), np.zeros((1, 1, 1, 1, 1)), np.zeros((0, 2, 4, 6)),
    np.zeros((2, 0, 6)), np.ones((2, 4, 6), np.float16), np.ones((2, 4, 6), bool), np.full((2, 4, 6), np.inf),
    np.full((2, 4, 6), np.float32(3e38)), np.datetime64("2020-01-01"), (), (1,), (2,), (1, 2), (None, 2), (1, None),
    (1.0, 2), (1, 2, 3), (1, 1, 1, 1), ((1, 1), (1, 1)), ((1, 2), 3), [1, [2]], [[1, 2], [3]], [None, None], {},
    {1, 2}, {"stride": 1}, range(2), object(), len, slice(1), int, ...,
)  # fmt: skip

# For each function a call that works; every argument of it is then replaced by everything odd, one at a time.
CALLS: dict[str, dict[str, Any]] = {
    "adaptive_avg_pool2d": {"x": PICTURE, "output_size": 2},
    "adaptive_max_pool2d": {"x": PICTURE, "output_size": (2, None)},
    "avg_pool2d": {"x": PICTURE, "kernel_size": 2},
    "avg_pool2d_backward": {"dy": POOLED, "x": PICTURE, "kernel_size": 2},
    "channel_avg_pool": {"x": PICTURE},
    "channel_max_pool": {"x": PICTURE},
    "conv1d": {"x": SIGNAL, "weight": np.ones((2, 2, 2))},
    "conv2d": {"x": PICTURE, "weight": KERNELS},
    "conv2d_backward": {"dy": np.ones((2, 3, 5)), "x": PICTURE, "weight": KERNELS},
    "conv_transpose2d": {"x": PICTURE, "weight": KERNELS},
    "conv_transpose2d_backward": {"dy": np.ones((2, 5, 7)), "x": PICTURE, "weight": KERNELS},
    "cross_entropy": {"x": SIGNAL, "target": [1, 2]},
    "cross_entropy_backward": {"x": SIGNAL, "target": [1, 2]},
    "elu": {"x": PICTURE},
    "elu_backward": {"dy": PICTURE, "x": PICTURE},
    "flatten": {"x": PICTURE},
    "fold": {"x": np.ones((4, 6)), "output_size": (3, 4), "kernel_size": 2},
    "get_num_threads": {},
    "global_avg_pool2d": {"x": PICTURE},
    "global_max_pool2d": {"x": PICTURE},
    "gradient_direction": {"gx": PICTURE, "gy": PICTURE},
    "gradient_length": {"gx": PICTURE, "gy": PICTURE},
    "gradient_magnitude": {"x": PICTURE, "weight": np.ones((2, 2, 2))},
    "leaky_relu": {"x": PICTURE},
    "leaky_relu_backward": {"dy": PICTURE, "x": PICTURE},
    "linear": {"x": SIGNAL, "weight": np.ones((3, 6))},
    "linear_backward": {"dy": np.ones((2, 3)), "x": SIGNAL, "weight": np.ones((3, 6))},
    "lp_pool2d": {"x": PICTURE, "norm_type": 2, "kernel_size": 2},
    "max_pool2d": {"x": PICTURE, "kernel_size": 2},
    "max_pool2d_backward": {"dy": POOLED, "x": PICTURE, "kernel_size": 2},
    "maxout": {"x": PICTURE},
    "nchw": {"x": PICTURE},
    "nhwc": {"x": PICTURE},
    "pad": {"x": PICTURE, "padding": 1},
    "plan": {"x": PICTURE, "weight": KERNELS},
    "relu": {"x": PICTURE},
    "relu_backward": {"dy": PICTURE, "x": PICTURE},
    "set_num_threads": {"count": 1},
    "sigmoid": {"x": PICTURE},
    "sigmoid_backward": {"dy": PICTURE, "x": PICTURE},
    "softmax": {"x": PICTURE},
    "softmax_backward": {"dy": PICTURE, "x": PICTURE},
    "tanh": {"x": PICTURE},
    "tanh_backward": {"dy": PICTURE, "x": PICTURE},
    "unfold": {"x": PICTURE, "kernel_size": 2},
}
SHAPES: dict[str, dict[str, Any]] = {
    name: {word: np.shape(value) if word in ("x", "weight") else value for word, value in CALLS[name].items()}
    for name in SIZES
}


def answers_or_refuses(function: Callable[..., Any], /, **arguments: Any) -> bool:
    """Whether it answers; a SceneError must name a field and a rule."""
    refusal = refusal_of(function, **arguments)
    assert refusal is None or (refusal.field and refusal.rule and len(str(refusal)) < 1000)
    return refusal is None


def refusal_of(function: Callable[..., Any], /, **arguments: Any) -> SceneError | None:
    try:
        with np.errstate(all="ignore"):  # of floats that overflow NumPy may warn
            function(**arguments)
    except SceneError as refusal:
        return refusal
    return None


@pytest.fixture(autouse=True)
def _threads() -> Any:
    before = core.get_num_threads()
    yield
    core.set_num_threads(before)


def functions() -> list[str]:
    return [name for name in functional.__all__ if inspect.isfunction(getattr(functional, name))]


def test_every_public_function_is_in_the_table() -> None:
    assert set(functions()) - {"output_shape"} == set(CALLS)


@pytest.mark.parametrize("name", sorted(CALLS))
def test_odd_arguments_are_answered_or_refused(name: str) -> None:
    function = getattr(functional, name)
    assert answers_or_refuses(function, **CALLS[name])
    for word in inspect.signature(function).parameters:
        for odd in ODD:
            answers_or_refuses(function, **CALLS[name] | {word: odd})


@pytest.mark.parametrize("name", sorted(CALLS))
@settings(max_examples=60)
@given(data=st.data())
def test_several_odd_arguments_at_once_are_answered_or_refused(name: str, data: st.DataObject) -> None:
    function, given_types = getattr(functional, name), st.sampled_from(["i8", "u1", "f4", "f8"])
    call = {word: np.asarray(value, data.draw(given_types)) if isinstance(value, np.ndarray) else value
            for word, value in CALLS[name].items()}  # fmt: skip
    words = st.lists(st.sampled_from(sorted(inspect.signature(function).parameters) or ["x"]), max_size=4)
    call |= {word: data.draw(st.sampled_from(ODD)) for word in data.draw(words) if name != "get_num_threads"}
    answers_or_refuses(function, **call)


@pytest.mark.parametrize("name", sorted(SIZES))
def test_shapes_of_odd_arguments_are_answered_or_refused(name: str) -> None:
    call = {"input_shape" if word == "x" else "weight_shape" if word == "weight" else word: value
            for word, value in SHAPES[name].items()}  # fmt: skip
    assert answers_or_refuses(core.output_shape, operation=name, **call)
    for word in (*inspect.signature(SIZES[name]).parameters, "nonsense"):
        for odd in ODD:
            answers_or_refuses(core.output_shape, operation=name, **call | {word: odd})


@pytest.mark.parametrize("name", sorted(SIZES))
def test_a_shape_is_told_exactly_where_the_function_answers(name: str) -> None:
    """The same odd settings, on arrays and on their shapes."""
    function, known = getattr(functional, name), inspect.signature(SIZES[name]).parameters
    for word in inspect.signature(function).parameters:
        if word in ("x", "weight") or word not in known:
            continue
        for odd in ODD:
            call = CALLS[name] | {word: odd}
            arrays = call.pop("x"), *([call.pop("weight")] if "weight" in call else [])
            answer = made(function, *arrays, **call)
            told = made(core.output_shape, name, *map(np.shape, arrays), **call)
            assert told == (None if answer is None else np.shape(answer)), (word, odd)


def made(function: Callable[..., Any], /, *arrays: Any, **arguments: Any) -> Any:
    try:
        with np.errstate(all="ignore"):
            return function(*arrays, **arguments)
    except SceneError:
        return None


def test_odd_operations_scenes_inputs_and_layers_are_answered_or_refused() -> None:
    call = {"what": "cat | conv2d box-3 padding=1", "x": PICTURE, "layer": 0}
    assert answers_or_refuses(core.trace, **call)
    for word in call:
        for odd in ODD:
            answers_or_refuses(core.trace, **call | {word: odd})
    for odd in ODD:
        answers_or_refuses(core.output_shape, operation=odd, input_shape=(1, 2, 2))
    for arguments in ((1,) * 12, ()):
        with pytest.raises(SceneError):
            core.output_shape("conv2d", (1, 2, 2), *arguments)
    with pytest.raises(SceneError, match="is given twice"):
        core.output_shape("max_pool2d", (1, 2, 2), 2, kernel_size=2)


RAGGED: tuple[Any, ...] = (((1,), (1,)), ((1, 1), 1), (1, (1, 1)), ((1, 1), (1,)), [[1], [1]], ((1,),), (1, 1, 1), ())


@pytest.mark.parametrize("name", sorted(CALLS))
def test_settings_of_no_shape_that_is_told_are_refused_by_every_function(name: str) -> None:
    function = getattr(functional, name)
    words = {"kernel_size", "stride", "padding", "dilation", "output_padding", "output_size", "groups"}
    for word in words.intersection(inspect.signature(function).parameters):
        for ragged in (*RAGGED, np.array([[1], [1]])):
            refusal = refusal_of(function, **CALLS[name] | {word: ragged})
            assert refusal is not None, (word, ragged)
            assert refusal.field == word, (word, ragged)


# What torch takes, and what it refuses.


def test_none_in_an_output_size_keeps_that_side() -> None:
    for pool in (core.adaptive_avg_pool2d, core.adaptive_max_pool2d):
        assert np.array_equal(pool(PICTURE, (None, 3)), pool(PICTURE, (4, 3)))
        assert np.array_equal(pool(PICTURE, (2, None)), pool(PICTURE, (2, 6)))
        assert np.array_equal(pool(PICTURE, (None, None)), PICTURE)
        for refused in (None, (None,), (2,), (2, 2, 2), (0, 1)):
            with pytest.raises(SceneError, match="output_size"):
                pool(PICTURE, refused)
    assert core.output_shape("adaptive_avg_pool2d", (2, 4, 6), (None, 7)) == (2, 4, 7)


def test_constant_is_another_word_for_zeros() -> None:
    assert np.array_equal(core.pad(PICTURE, 1, "constant", 7), core.pad(PICTURE, 1, "zeros", 7))
    assert np.array_equal(core.pad(PICTURE, 1, value=None), core.pad(PICTURE, 1))
    assert core.parse("cat | pad 2 constant value=3").line == "cat | pad 2 value=3"
    assert core.scene_from_json(
        {"input": {"source": "cat"}, "layers": [{"operation": "pad", "padding": 2, "mode": "constant"}]}
    ).line == "cat | pad 2"  # fmt: skip


@pytest.mark.parametrize("mode", ["reflect", "replicate", "circular", "symmetric"])
def test_a_border_that_shows_the_picture_takes_no_value(mode: str) -> None:
    for refused in (
        lambda: core.pad(PICTURE, 1, mode, value=7),
        lambda: core.parse(f"cat | pad 1 {mode} value=7"),
        lambda: core.trace(f"cat | conv2d box-3 padding=1 padding_mode={mode} padding_value=7", PICTURE),
        lambda: core.output_shape("pad", (3, 3), 1, mode=mode, value=7),
    ):
        with pytest.raises(SceneError, match=f"has no place in {mode} mode"):
            refused()
    assert core.pad(PICTURE, 1, mode, value=0).shape == (2, 6, 8)


def test_shapes_are_refused_where_the_border_is() -> None:
    with pytest.raises(SceneError, match="reflect needs it smaller"):
        core.output_shape("pad", (3, 3), 9, mode="reflect")


@pytest.mark.parametrize("word", ["False", 0, 1, None, [True], 1.0])
def test_only_true_and_false_are_true_or_false(word: Any) -> None:
    for call in (
        lambda: core.max_pool2d(PICTURE, 2, ceil_mode=word),
        lambda: core.max_pool2d(PICTURE, 2, return_indices=word),
        lambda: core.avg_pool2d(PICTURE, 2, count_include_pad=word),
        lambda: core.lp_pool2d(PICTURE, 2, 2, ceil_mode=word),
        lambda: core.conv2d(PICTURE, KERNELS, flip=word),
        lambda: core.conv1d(SIGNAL, [1, 1], flip=word),
        lambda: core.conv2d_backward(np.ones((2, 3, 5)), PICTURE, KERNELS, flip=word),
        lambda: core.max_pool2d_backward(POOLED, PICTURE, 2, ceil_mode=word),
        lambda: core.output_shape("max_pool2d", (2, 4, 6), 2, ceil_mode=word),
    ):
        with pytest.raises(SceneError, match="must be true or false"):
            call()
    assert core.max_pool2d(PICTURE, 4, ceil_mode=np.True_).shape == (2, 1, 2)


@pytest.mark.parametrize("slope", [None, "0.1", True, [0.1], 10**400])
def test_a_slope_is_a_number(slope: Any) -> None:
    for call in (core.leaky_relu, core.elu):
        with pytest.raises(SceneError, match="must be a number"):
            call([-1.0], slope)
    for backward in (core.leaky_relu_backward, core.elu_backward):
        with pytest.raises(SceneError, match="must be a number"):
            backward([1.0], [-1.0], slope)


def test_numbers_of_numpy_are_numbers() -> None:
    x = PICTURE.astype(np.float32)
    assert np.array_equal(core.lp_pool2d(x, np.int64(2), 2), core.lp_pool2d(x, 2, 2))
    assert core.lp_pool2d(x, np.float64(3), 2).dtype == np.float32
    assert core.leaky_relu(x, np.float64(0.1)).dtype == np.float32
    assert np.array_equal(core.max_pool2d(x, np.int64(2)), core.max_pool2d(x, np.array(2)))
    assert np.array_equal(
        core.avg_pool2d(x, 2, divisor_override=np.uint8(3)), core.avg_pool2d(x, 2, divisor_override=3)
    )


def test_a_tuple_of_one_stands_for_both_where_torch_takes_it() -> None:
    assert np.array_equal(core.conv2d(PICTURE, KERNELS, stride=(2,)), core.conv2d(PICTURE, KERNELS, stride=2))
    assert np.array_equal(core.conv2d(PICTURE, KERNELS, padding=[1]), core.conv2d(PICTURE, KERNELS, padding=1))
    assert np.array_equal(core.max_pool2d(PICTURE, (2,)), core.max_pool2d(PICTURE, 2))
    assert np.array_equal(core.conv1d(SIGNAL, [1, 1], stride=(2,)), core.conv1d(SIGNAL, [1, 1], stride=2))
    assert core.output_shape("conv1d", (1, 3, 8), (2, 3, 3), stride=(2,)) == (1, 2, 3)
    transposed = core.conv_transpose2d(PICTURE, KERNELS, padding=np.array([0, 0]))
    assert np.array_equal(transposed, core.conv_transpose2d(PICTURE, KERNELS))
    for refused in (lambda: core.unfold(PICTURE, (2,)), lambda: core.fold(np.ones((4, 6)), (3, 4), (2,))):
        with pytest.raises(SceneError, match="kernel_size"):
            refused()
