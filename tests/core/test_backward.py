"""A layer walked backward: the steps add up to the gradients that mathematics and the whole-array functions give."""

from __future__ import annotations

import numpy as np
import pytest

import core
from core import functional
from core.backward import MOST_STEPS, Backward, shapes_of
from core.errors import SceneError
from core.operations import OPERATIONS
from core.trace import Trace

RNG = np.random.default_rng(5)
FOUR = "[1 -2 3 0 2; 4 5 -1 2 1; 0 3 2 1 -3; 2 2 1 0 4]"
SCENES = (
    f"{FOUR} | conv2d [1 -2; 3 0.5]",
    f"{FOUR} | conv2d [1 -2; 3 0.5] bias=2 stride=2 padding=1",
    f"{FOUR} | conv2d [1 -2; 3 0.5] dilation=2 padding=1 divisor=4",
    f"{FOUR} | conv2d [1 -2; 3 0.5] flip=true padding_mode=reflect padding=1",
    f"{FOUR} | conv2d [1 -2; 3 0.5] padding_mode=circular padding=2",
    f"{FOUR} | conv2d out=3 kernel_size=3 padding=1 seed=2",
    f"{FOUR} | conv2d out=4 kernel_size=2 seed=2 | conv2d out=2 kernel_size=2 groups=2 seed=1",
    "[[[1,2,3],[0,1,-2]],[[3,1,2],[5,0,2]]] | conv2d [1 2; 0 -1] bias=1",
    "[[[1,2,3],[0,1,-2]],[[3,1,2],[5,0,2]]] | flatten | linear out=3 seed=4",
    "[1 2 3 4 -1] | conv1d [1 0 2] padding=1",
    f"{FOUR} | avg_pool2d 2",
    f"{FOUR} | avg_pool2d 3 stride=2 padding=1 ceil_mode=true",
    f"{FOUR} | avg_pool2d 3 stride=2 padding=1 count_include_pad=false",
    f"{FOUR} | global_avg_pool2d",
    f"{FOUR} | relu",
    f"{FOUR} | leaky_relu 0.1",
    f"{FOUR} | elu 1.5",
    f"{FOUR} | sigmoid",
    f"{FOUR} | tanh",
)


def last(scene: str) -> Trace:
    return core.trace(scene, layer=-1)


@pytest.mark.parametrize("scene", SCENES)
@pytest.mark.parametrize("dy", ["ones", "output"])
def test_dx_is_the_slope_of_the_weighted_sum_of_outputs(scene: str, dy: str) -> None:
    trace = last(scene)
    walk = Backward(trace, dy)
    x, eps = trace.input.astype(np.float64), 1e-6
    moved = np.zeros(x.size)
    for place in range(x.size):
        more, less = x.copy(), x.copy()
        more.reshape(-1)[place] += eps
        less.reshape(-1)[place] -= eps
        up, down = trace.layer.apply(more), trace.layer.apply(less)
        moved[place] = ((up - down).reshape(-1) * walk.dy).sum() / (2 * eps)
    at_corner = (x.reshape(-1) == 0) & ("relu" in scene or "elu" in scene)  # no slope of its own there
    assert np.allclose(walk.finished()["dx"][~at_corner], moved[~at_corner], atol=1e-6, rtol=1e-6)


@pytest.mark.parametrize("stride", [1, 2])
@pytest.mark.parametrize("groups", [1, 2])
def test_a_convolution_equals_the_whole_array_gradients(stride: int, groups: int) -> None:
    weight = RNG.integers(-3, 4, (4, 4 // groups, 3, 2))
    x = RNG.integers(-5, 6, (4, 5, 6)).astype(float)
    operation = OPERATIONS["conv2d"](weight.tolist(), stride=stride, padding=1, groups=groups, bias=1)
    walk = Backward(core.trace(operation, x), "output")
    dy = walk.dy.reshape(walk.trace.output_shape)
    dx, dw, db = functional.conv2d_backward(dy, x, weight, stride=stride, padding=1, groups=groups)
    for name, expected in (("dx", dx), ("dw", dw), ("db", db)):
        assert np.allclose(walk.finished()[name], expected.reshape(-1), atol=1e-9), name


def test_a_kernel_that_channels_share_gets_the_gradients_of_all_of_them() -> None:
    trace = last("[[[1,2,3],[0,1,-2]],[[3,1,2],[5,0,2]]] | conv2d [1 2; 0 -1] bias=1")
    walk = Backward(trace, "output")
    dy = walk.dy.reshape(trace.output_shape)
    _, dw, db = functional.conv2d_backward(dy, trace.input.astype(float), np.array([[1, 2], [0, -1]]))
    assert walk.finished()["dw"].tolist() == dw.reshape(-1).tolist()
    assert walk.finished()["db"].tolist() == [db.sum()]


@pytest.mark.parametrize("words", ["2", "3 stride=1", "2 stride=2 padding=1", "3 stride=2 ceil_mode=true"])
def test_max_pooling_gives_it_all_to_the_winner(words: str) -> None:
    trace = last(f"{FOUR} | max_pool2d {words}")
    walk = Backward(trace, "output")
    given = trace.operation.arguments
    settings = {name: given[name] for name in ("kernel_size", "stride", "padding", "dilation", "ceil_mode")}
    dy = walk.dy.reshape(trace.output_shape)
    expected = functional.max_pool2d_backward(dy, trace.input.astype(float), **settings)
    assert np.allclose(walk.finished()["dx"], expected.reshape(-1))
    assert all(sum(step["dx"]["factors"]) == 1 for step in walk.steps(0, len(trace)))


@pytest.mark.parametrize("scene", SCENES)
def test_running_sums_grow_by_what_each_step_adds_and_end_in_the_gradients(scene: str) -> None:
    walk = Backward(last(scene), "output")
    held = {name: np.zeros(len(array)) for name, array in walk.finished().items()}
    for step in walk.steps(0, len(walk.trace)):
        for name, array in held.items():
            told = step[name]
            for cell, factor, added in zip(told["cells"], told["factors"], told["added"], strict=True):
                assert added == factor * step["dy"]
                if cell >= 0:
                    array[cell] += added
            assert np.allclose(told["after"], array)
    for name, array in walk.finished().items():
        assert np.allclose(held[name], array), name


def test_any_range_of_steps_is_told_as_if_all_were() -> None:
    walk = Backward(last(SCENES[0]))
    assert list(walk.steps(5, 9)) == list(walk.steps(0, 12))[5:9]


@pytest.mark.parametrize("scene", SCENES)
def test_shapes_hold_what_steps_tell(scene: str) -> None:
    walk = Backward(last(scene))
    shapes = shapes_of(walk.trace.layer)
    assert shapes is not None
    [step] = walk.steps(0, 1)
    assert len(step["dx"]["cells"]) == np.prod(shapes["window"])
    assert set(shapes) - {"dy", "window"} == set(walk.parts)
    for name, array in walk.finished().items():
        assert len(array) == np.prod(shapes[name])


@pytest.mark.parametrize(
    ("scene", "field"),
    [
        ("[1 2; 3 4] | softmax", "operation"),
        ("[1 2; 3 4] | flatten", "operation"),
        ("[1 2; 3 4] | lp_pool2d 2 2", "operation"),
        ("random 30x30 | conv2d sobel-x", "layer"),
    ],
)
def test_layers_without_a_walk_and_large_ones_are_refused(scene: str, field: str) -> None:
    trace = core.trace(scene)
    assert shapes_of(trace.layer) is None
    with pytest.raises(SceneError) as refusal:
        Backward(trace)
    assert refusal.value.field == field


def test_ranges_and_words_are_checked() -> None:
    trace = last(f"{FOUR} | relu")
    for start, stop in ((-1, 2), (3, 2), (0, 21), (21, 21)):
        with pytest.raises(SceneError):
            list(Backward(trace).steps(start, stop))
    with pytest.raises(SceneError, match="dy"):
        Backward(trace, "twos")
    many = Trace(core.parse("[1] | relu"), 0, np.ones((1, 20, 20)))
    with pytest.raises(SceneError, match="stop"):
        list(Backward(many).steps(0, MOST_STEPS + 1))
