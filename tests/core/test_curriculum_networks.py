"""Facts of the figures about networks that were trained here."""

import numpy as np
import pytest

import core
from core.training.records import exciting, learning

FIRST, THIRD, FOURTH = 0, 2, 3  # kernels of C1


def kernels() -> np.ndarray:
    """Of C1 of LeNet-5, before training and after each epoch: (epochs, F, kH, kW)."""
    return np.array(learning("lenet-5")["kernels"])[:, :, 0]


def test_the_figures_open_on_the_layer_whose_kernels_they_show() -> None:
    for name, weights in (("watch-it-learn", "c1"), ("kernels-as-pictures", "c1"), ("hierarchy", "c3")):
        layer, _ = core.place_of(f"@{name}")
        assert core.parse(f"@{name}").layers[layer]["weight"] == f"lenet-5.{weights}"


def test_the_last_kernels_of_the_figure_are_those_that_walk() -> None:
    layer, step = core.place_of("@kernels-as-pictures")
    digit = np.zeros((1, 28, 28))
    walked = core.trace("@kernels-as-pictures", digit, layer)
    assert np.allclose(walked.start()["weight"][THIRD][0], kernels()[-1, THIRD], atol=1e-4)
    assert walked[step]["at"][0] == THIRD


def test_the_third_kernel_became_a_vertical_edge_and_the_fourth_a_horizontal_one() -> None:
    columns, rows = kernels()[-1, THIRD].sum(axis=0), kernels()[-1, FOURTH].sum(axis=1)
    assert columns[:2].max() < 0 < columns[2:].min()
    assert rows[2:4].max() < 0 < rows[:2].min()


def test_the_first_kernel_still_resembles_its_beginning_more_than_those_do() -> None:
    alike = [
        np.corrcoef(kernels()[0, k].reshape(-1), kernels()[-1, k].reshape(-1))[0, 1] for k in (FIRST, THIRD, FOURTH)
    ]
    assert alike[0] > 0.95
    assert max(alike[1:]) < 0.85


def test_the_first_epoch_moves_the_kernels_most_and_teaches_most() -> None:
    moved = np.abs(np.diff(kernels(), axis=0)).mean(axis=(1, 2, 3))
    assert moved.argmax() == 0
    assert moved[0] > 3 * moved[1]
    accuracy = learning("lenet-5")["accuracy"]
    assert accuracy[0] < 0.2
    assert accuracy[1] > 0.97
    assert accuracy[-1] >= 0.99


@pytest.mark.parametrize("name", ["c1", "c3", "c5"])
def test_the_windows_are_as_large_as_what_a_cell_sees_of_the_network_s_picture(name: str) -> None:
    scene = core.parse("@hierarchy")
    layers = core.describe(core.parse("digit-3 32 | " + " | ".join(scene.line.split(" | ")[2:])), (1, 32, 32))
    layer = next(layer for layer in layers if layer["arguments"].get("weight") == f"lenet-5.{name}")
    assert layer["receptive_field"] == [exciting("lenet-5", name, 0)["size"]] * 2


def test_in_a_moved_digit_the_perceptron_is_lost_first() -> None:
    assert learning("mlp")["moved"][3] < 0.8 < 0.95 < learning("lenet-5")["moved"][3]
