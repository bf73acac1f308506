"""The networks that are trained here: their published sizes, their drawings, and that they learn."""

import math

import numpy as np
import pytest

from core.networks.bitmaps import bitmaps, connections
from core.training.chain import batch_last
from core.training.descent import Adam, Average, cosine
from core.training.networks import CHAINS

WEIGHTS = {"lenet-5": 60_000, "lenet-5-modern": 61_706, "lecture-cnn": 93_418, "mlp": 266_610}
OF_LAYERS = {
    "lenet-5": {"c1": 156, "s2": 12, "c3": 1516, "s4": 32, "c5": 48_120, "f6": 10_164},
    "lenet-5-modern": {"c1": 156, "c3": 2416, "c5": 48_120, "f6": 10_164, "output": 850},
    "lecture-cnn": {"conv1": 832, "conv2": 25_632, "dense1": 65_664, "dense2": 1290},
    "mlp": {"1": 235_500, "2": 30_100, "3": 1010},
}


@pytest.mark.parametrize("name", CHAINS)
def test_every_layer_has_as_many_weights_as_published(name: str) -> None:
    chain = CHAINS[name]()
    chain.begin(np.random.default_rng(0))
    counted: dict[str, int] = {}
    for key, array in chain.arrays().items():
        layer = key.partition(".")[0]
        counted[layer] = counted.get(layer, 0) + array.size
    assert counted == OF_LAYERS[name]
    assert chain.trained == WEIGHTS[name] == sum(counted.values())


def test_the_shapes_of_the_lecture_s_network_are_the_lecture_s() -> None:
    chain = CHAINS["lecture-cnn"]()
    shapes, shape = [], chain.shape
    for _, layer in chain.rows:
        shape = layer.shape(shape)
        shapes.append(shape)
    assert shapes[0] == (32, 24, 24)
    assert shapes[2] == (32, 12, 12)
    assert shapes[-1] == (10,)


def test_the_table_of_c3_has_sixty_links_as_published() -> None:
    table = connections()
    assert table.sum() == 60
    assert table.sum(axis=1).tolist() == [3] * 6 + [4] * 9 + [6]
    assert table.sum(axis=0).tolist() == [10] * 6
    assert len(np.unique(table, axis=0)) == 16


def test_the_ten_bitmaps_are_84_units_of_one_and_minus_one() -> None:
    assert bitmaps().shape == (10, 12 * 7)
    assert set(np.unique(bitmaps())) == {-1, 1}


@pytest.mark.parametrize("name", CHAINS)
def test_a_few_steps_make_the_loss_smaller(name: str) -> None:
    random = np.random.default_rng(6)
    chain = CHAINS[name]()
    chain.begin(random)
    x, labels = batch_last(random.random((20, *chain.shape), dtype=np.float32)), np.arange(20) % 10
    before, _ = chain.gradients(x, labels)
    adam = Adam(chain.vector, 40, 1e-3)
    for _ in range(20):
        chain.gradients(x, labels)
        adam.step(chain.slope)
    after, _ = chain.gradients(x, labels)
    assert after < before / 2


def test_a_first_step_of_adam_is_as_long_as_the_rate_in_every_direction() -> None:
    vector = np.zeros(3)
    Adam(vector, 10, 0.1).step(np.array([5.0, -0.01, 200.0]))
    assert vector == pytest.approx([-0.1, 0.1, -0.1], rel=1e-5)


def test_the_rate_falls_from_all_of_it_to_nothing() -> None:
    rates = [cosine(step / 100) for step in range(101)]
    assert rates[0] == 1
    assert rates[-1] == pytest.approx(0)
    assert rates == sorted(rates, reverse=True)
    assert math.isclose(rates[50], 0.5)


def test_an_average_of_what_stands_still_is_where_it_stands() -> None:
    average = Average(np.zeros(2), 10)
    for _ in range(200):
        average.take(np.array([1.0, -2.0]))
    assert average.vector == pytest.approx([1.0, -2.0], rel=1e-6)
