"""Gradients of training: of every layer and every network, against torch, against the core, against differences."""

from pathlib import Path

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from core import functional as F
from core.networks.bitmaps import bitmaps, connections
from core.training.chain import Chain, batch_last
from core.training.convolution import Convolution, PartialConvolution
from core.training.dense import Linear, RadialBasis
from core.training.layer import Layer
from core.training.losses import CrossEntropy, Distances, Loss
from core.training.networks import CHAINS
from core.training.pooling import MaxPool, SubSampling
from tools.oracle_training import LAYERS, chain_gradients, formula_case, layer_case, layer_gradients, thinned

VECTORS = Path(__file__).parents[1] / "core" / "vectors" / "training.npz"
EXACT = 1e-11
STEP = 1e-6


def recorded(name: str) -> dict[str, np.ndarray]:
    with np.load(VECTORS) as stored:
        return {key.partition("|")[2]: stored[key] for key in stored.files if key.partition("|")[0] == name}


def close(mine: np.ndarray, other: np.ndarray, tolerance: float = EXACT) -> bool:
    return mine.shape == other.shape and float(np.max(np.abs(mine - other))) <= tolerance * max(
        1, np.max(np.abs(other))
    )


def alone(layer: Layer, shape: tuple[int, ...], random: np.random.Generator) -> Layer:
    chain = Chain(shape, (("layer", layer),), CrossEntropy())
    chain.begin(random, np.float64)
    chain.vector += random.normal(size=chain.vector.shape)
    return layer


# --- torch's autograd


@pytest.mark.parametrize("name", LAYERS)
def test_torch_answered_the_same_gradients_for_each_layer(name: str) -> None:
    kept = recorded(name)
    chain, _, _ = layer_case(name, np.random.default_rng(0))
    chain.vector[:] = kept.pop("vector")
    mine = layer_gradients(chain, kept.pop("input"), kept.pop("dy"))
    assert set(mine) == set(kept)
    assert [key for key in kept if not close(mine[key], kept[key])] == []


@pytest.mark.parametrize("name", CHAINS)
def test_torch_answered_the_same_gradients_for_each_network(name: str) -> None:
    kept, mine = recorded(name), thinned(chain_gradients(*formula_case(name)))
    assert set(mine) == set(kept)
    assert [key for key in kept if not close(mine[key], kept[key])] == []
    assert [key for key in kept if not np.any(kept[key])] == []


# --- the core's operations of one step


@settings(deadline=None, max_examples=30)
@given(st.integers(0, 2**32 - 1), st.integers(1, 3), st.integers(1, 4), st.integers(1, 4), st.integers(0, 4))
def test_a_batch_convolves_as_the_core_does(seed: int, deep: int, outputs: int, size: int, more: int) -> None:
    random = np.random.default_rng(seed)
    shape = (deep, size + more, size + more // 2)
    layer = alone(Convolution(outputs, size, 1.0), shape, random)
    x = random.normal(size=(3, *shape))
    y = layer.forward(batch_last(x))
    assert close(y, batch_last(F.conv2d(x, layer.weights["weight"], layer.weights["bias"])))
    dy = random.normal(size=y.shape)
    layer.learn(dy)
    dx, dw, db = F.conv2d_backward(np.moveaxis(dy, -1, 0), x, layer.weights["weight"])
    assert close(layer.back(dy), batch_last(dx))
    assert close(layer.gradients["weight"], dw)
    assert close(layer.gradients["bias"], db)


def test_absent_links_change_nothing_and_learn_nothing() -> None:
    random, table = np.random.default_rng(1), connections()
    layer = alone(PartialConvolution(table, 5, 1.0), (6, 14, 14), random)
    whole = np.zeros((16, 6, 5, 5))
    whole[table] = layer.weights["weight"]
    x = random.normal(size=(2, 6, 14, 14))
    y = layer.forward(batch_last(x))
    assert close(y, batch_last(F.conv2d(x, whole, layer.weights["bias"])))
    dy = random.normal(size=y.shape)
    layer.learn(dy)
    dx, dw, _ = F.conv2d_backward(np.moveaxis(dy, -1, 0), x, whole)
    assert layer.gradients["weight"].shape == (60, 5, 5)
    assert close(layer.gradients["weight"], dw[table])
    assert close(layer.back(dy), batch_last(dx))


@pytest.mark.parametrize("side", [4, 7])
def test_a_batch_pools_as_the_core_does_also_where_cells_are_equal(side: int) -> None:
    random = np.random.default_rng(2)
    x = random.integers(0, 3, (5, 2, side, side)).astype(float)
    layer = MaxPool()
    y = layer.forward(batch_last(x))
    assert close(y, batch_last(F.max_pool2d(x, 2)))
    dy = random.normal(size=y.shape)
    assert close(layer.back(dy), batch_last(F.max_pool2d_backward(np.moveaxis(dy, -1, 0), x, 2)))


def test_sub_sampling_is_a_weighted_sum_of_each_window_and_a_bias() -> None:
    random = np.random.default_rng(3)
    layer = alone(SubSampling(1.0), (6, 8, 8), random)
    x = random.normal(size=(2, 6, 8, 8))
    sums = F.avg_pool2d(x, 2, divisor_override=1)
    weight, bias = layer.weights["weight"], layer.weights["bias"]
    assert close(layer.forward(batch_last(x)), batch_last(sums * weight[:, None, None] + bias[:, None, None]))


def test_full_connections_are_the_cores() -> None:
    random = np.random.default_rng(4)
    layer = alone(Linear(4, 1.0), (6,), random)
    x, dy = random.normal(size=(3, 6)), random.normal(size=(3, 4))
    assert close(layer.forward(x.T), F.linear(x, layer.weights["weight"], layer.weights["bias"]).T)
    layer.learn(dy.T)
    dx, dw, db = F.linear_backward(dy, x, layer.weights["weight"])
    assert close(layer.back(dy.T), dx.T)
    assert close(layer.gradients["weight"], dw)
    assert close(layer.gradients["bias"], db)


def test_a_prototype_is_at_no_distance_from_itself() -> None:
    y = RadialBasis(bitmaps()).forward(bitmaps().T.astype(float))
    assert np.array_equal(np.diag(y), np.zeros(10))
    assert np.array_equal(y, 4 * (bitmaps()[:, None] != bitmaps()).sum(axis=2))
    assert np.all(y + 99 * np.eye(10) > 8)


# --- differences


@pytest.mark.parametrize("name", CHAINS)
def test_every_array_of_a_network_has_the_slope_that_small_steps_find(name: str) -> None:
    random = np.random.default_rng(5)
    chain = CHAINS[name]()
    chain.begin(random, np.float64)
    x, labels = random.random((*chain.shape, 2)), np.array([3, 8])
    chain.gradients(x, labels)
    slopes = {key: gradient.copy() for key, _, gradient in chain.named()}
    for key, array, _ in chain.named():
        steepest = np.unravel_index(np.argmax(np.abs(slopes[key])), array.shape)
        found = difference(chain, array, steepest, x, labels)
        assert found == pytest.approx(slopes[key][steepest], rel=1e-5, abs=1e-8), key


def difference(chain: Chain, array: np.ndarray, at: tuple[np.intp, ...], x: np.ndarray, labels: np.ndarray) -> float:
    losses, given = [], array[at]
    for step in (STEP, -STEP):
        array[at] = given + step
        losses.append(chain.loss(chain.forward(x), labels)[0])
    array[at] = given
    return (losses[0] - losses[1]) / (2 * STEP)


@pytest.mark.parametrize("loss", [CrossEntropy(), Distances()], ids=lambda loss: type(loss).__name__)
@settings(deadline=None, max_examples=20)
@given(seed=st.integers(0, 2**32 - 1))
def test_the_slope_of_a_loss_is_what_small_steps_find(loss: Loss, seed: int) -> None:
    random = np.random.default_rng(seed)
    outputs, labels = random.uniform(0, 12, (10, 4)), random.integers(0, 10, 4)
    _, slope = loss(outputs, labels)
    toward = random.normal(size=outputs.shape)
    ahead, behind = (loss(outputs + step * toward, labels)[0] for step in (STEP, -STEP))
    assert (ahead - behind) / (2 * STEP) == pytest.approx(np.sum(slope * toward), rel=1e-5, abs=1e-7)


def test_large_outputs_overflow_no_loss() -> None:
    outputs, labels = np.array([[1e4, 0.0], [0.0, 1e4]], np.float32), np.array([0, 0])
    for loss in (CrossEntropy(), Distances()):
        value, slope = loss(outputs, labels)
        assert np.isfinite(value)
        assert np.all(np.isfinite(slope))
