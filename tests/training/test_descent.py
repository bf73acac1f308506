"""What a network would learn from one picture: against small differences, and the scene's own answer."""

from __future__ import annotations

import numpy as np
import pytest

import core
from core import SceneError
from core.descent import learnt, picture_of, trained_in
from core.networks.sets import weight_sets
from core.training.chain import Chain
from core.training.networks import CHAINS

NAMES = sorted(CHAINS)
DRAWN = np.random.Generator(np.random.PCG64(7))
DIGIT = (255 * DRAWN.random((1, 28, 28)) ** 4).round()


def scene_of(name: str) -> core.Scene:
    return core.parse(f"zeros 28 | @{name}")


def given(name: str) -> tuple[core.Array, core.Array]:
    """What the first trained layer is given of a digit, and what the scene says in the end."""
    scene, x = scene_of(name), DIGIT
    first = trained_in(scene).first
    for place, operation in enumerate(scene.layers):
        if place == first:
            reached = x
        x = np.asarray(core.trace(operation, x).feature_map())
    return reached, x


def chain_of(name: str) -> Chain:
    chain = CHAINS[name]()
    chain.begin(np.random.Generator(np.random.PCG64(0)), np.float64)
    chain.put({key: np.asarray(array, np.float64) for key, array in weight_sets()[name].arrays.items()})
    return chain


@pytest.mark.parametrize("name", NAMES)
def test_before_it_learns_it_says_what_the_scene_says(name: str) -> None:
    x, says = given(name)
    told = learnt(name, x, "3", steps=0)
    assert np.allclose(told["before"], says.ravel(), atol=1e-3)
    assert told["before"] == told["after"]
    assert len(told["losses"]) == 1


@pytest.mark.parametrize("name", NAMES)
def test_a_small_step_downhill_makes_the_loss_less_as_the_gradient_promises(name: str) -> None:
    x, _ = given(name)
    chain = chain_of(name)
    chain.gradients(x.reshape(*chain.shape, 1), np.array([3]))
    steep = float(chain.slope @ chain.slope)
    rate = 0.01 / steep
    before, after = learnt(name, x, "3", rate)["losses"]
    assert before - after == pytest.approx(rate * steep, rel=0.2, abs=2e-4)


@pytest.mark.parametrize("name", NAMES)
def test_gradients_are_what_small_changes_of_weights_do(name: str) -> None:
    x, _ = given(name)
    chain, label = chain_of(name), np.array([3])
    batch = x.reshape(*chain.shape, 1)
    rows = {row["name"]: row for row in learnt(name, x, "3", steps=0)["layers"] if row["name"]}
    for key, array, _slope in list(chain.named()):
        layer, which = key.split(".")
        told = rows[layer]["weights"][which]
        assert told["shape"] == list(array.shape)
        if which != "bias":
            continue
        place = int(DRAWN.integers(array.size))
        losses = []
        for change in (1e-6, -1e-6):
            array.flat[place] += change
            losses.append(chain.loss(chain.forward(batch), label)[0])
            array.flat[place] -= change
        slope = (losses[0] - losses[1]) / 2e-6
        shown = told["planes"][0][0][place] * told["largest"]
        assert shown == pytest.approx(slope, abs=1e-3 * told["largest"] + 1e-5)


def test_a_network_is_found_at_the_end_of_a_scene_alone() -> None:
    assert trained_in(core.parse("cat 28 | box-3 | @mlp")).first == 3
    for line in ("cat 64 | sobel", "zeros 28 | @lenet-5 | relu", "zeros 28 | @fashion-cnn", "zeros 28 | pad 2 | box-3"):
        with pytest.raises(SceneError, match="does not end with a network"):
            trained_in(core.parse(line))


@pytest.mark.parametrize("answer", ["x", "", "10", "seven"])
def test_an_answer_is_one_of_the_classes(answer: str) -> None:
    with pytest.raises(SceneError, match="choose one of 0, 1"):
        learnt("mlp", np.zeros((784, 1, 1)), answer)


@pytest.mark.parametrize(
    ("shape", "drawn"),
    [((10,), (1, 1, 10)), ((84, 120), (1, 84, 120)), ((6, 28, 28), (6, 28, 28)), ((120, 1, 1), (1, 1, 120)),
     ((60, 5, 5), (32, 5, 5)), ((120, 16, 5, 5), (32, 5, 5)), ((300, 784), (1, 0))],
)  # fmt: skip
def test_a_gradient_is_drawn_in_few_planes(shape: tuple[int, ...], drawn: tuple[int, ...]) -> None:
    told = picture_of(np.full(shape, -4.0))
    assert np.array(told["planes"]).shape == drawn
    assert (told["shape"], told["largest"]) == (list(shape), 4.0)
    assert set(np.ravel(told["planes"])) <= {-1.0}


def test_a_gradient_of_nothing_is_nothing() -> None:
    assert picture_of(np.zeros(3)) == {"shape": [3], "largest": 0.0, "planes": [[[0.0, 0.0, 0.0]]]}
