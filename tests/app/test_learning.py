"""What training wrote down, as the server tells it: as it is in the files, and refused where there is none."""

from __future__ import annotations

from typing import Any

import numpy as np
import pytest

import core
from core import SceneError
from core.moved import BESIDE, moved
from core.training import records
from core.training.chain import batch_last
from tests.app.test_api import get
from tests.app.test_samples import WEIGHTS, trained
from tools.train.pictures import Floats
from tools.train.pictures import shifted as pictures_shifted


def test_every_network_that_was_trained_tells_how() -> None:
    assert set(records.trained_networks()) == {path.stem for path in WEIGHTS.glob("*.json")}


@pytest.mark.parametrize("name", records.trained_networks())
def test_learning_is_told_as_it_was_written_down(server: str, name: str) -> None:
    told = get(server, "learning", network=name).json()
    with np.load(WEIGHTS / f"{name}.epochs.npz") as stored:
        assert np.allclose(told["accuracy"], stored["accuracy"], atol=1e-4)
        assert told["loss"][0] is None
        assert np.allclose(told["loss"][1:], stored["loss"][1:], atol=1e-4)
        assert (told["kernels"] is None) == ("kernels" not in stored)
        if told["kernels"]:
            assert np.allclose(told["kernels"], stored["kernels"], atol=1e-4)
    assert len(told["moved"]) == 6


@pytest.mark.parametrize(("layer", "units", "size"), [("c1", 6, 5), ("c3", 16, 14), ("c5", 120, 32)])
def test_a_unit_answers_to_its_windows_what_is_told(server: str, layer: str, units: int, size: int) -> None:
    chain, unit = trained("lenet-5"), units - 2
    told = get(server, "exciting", network="lenet-5", layer=layer, unit=unit).json()
    windows = np.array(told["windows"])
    assert (told["units"], told["size"], windows.shape) == (units, size, (9, size, size))
    assert told["values"] == sorted(told["values"], reverse=True)
    x: Floats = batch_last((windows / 255).astype(np.float32)[:, None])
    answers = next(y for name, y in chain.maps(x) if name == layer)
    assert answers.shape == (units, 1, 1, 9)
    assert np.allclose(answers[unit, 0, 0], told["values"], atol=2e-3)


@pytest.mark.parametrize(
    ("words", "said"),
    [
        ({"network": "lenet-6", "layer": "c1"}, "did you mean lenet-5"),
        ({"network": "mlp", "layer": "1"}, "network is 'mlp'"),
        ({"network": "../lenet-5", "layer": "c1"}, "did you mean lenet-5"),
        ({"network": "lenet-5", "layer": "f6"}, "choose one of c1, c3, c5"),
        ({"network": "lenet-5", "layer": "c3", "unit": 16}, "unit is 16: must be from 0 to 15"),
        ({"network": "lenet-5", "layer": "c3", "unit": -1}, "unit is -1: must be from 0 to 15"),
    ],
)
def test_what_was_not_kept_is_refused_with_what_was(server: str, words: dict[str, object], said: str) -> None:
    answer = get(server, "exciting", **words)
    assert answer.status_code == 422
    assert said in answer.json()["detail"]


def test_a_network_that_never_learnt_is_refused() -> None:
    with pytest.raises(SceneError, match="network is 'fashion-cnn'"):
        records.learning("fashion-cnn")


@pytest.mark.parametrize("name", records.trained_networks())
def test_the_loss_goes_back_through_the_layers_of_the_scene(server: str, name: str) -> None:
    scene = f"digit-7 | @{name}"
    told = get(server, "descent", scene=scene, answer=3, rate=0.0001).json()
    layers = get(server, "scene", scene=scene).json()["layers"]
    places = [row["layer"] for row in told["layers"]]
    assert places == sorted(places, reverse=True)
    for row in told["layers"]:
        weight = layers[row["layer"]]["arguments"].get("weight", layers[row["layer"]]["arguments"].get("coefficient"))
        assert (weight or "") == (f"{name}.{row['name']}" if row["name"] else "")
        assert row["output"]["shape"][0] == layers[row["layer"]]["output_shape"][0]
    assert told["losses"][1] < told["losses"][0]


@pytest.mark.parametrize(
    ("words", "field"),
    [
        ({"scene": "cat 64 | sobel", "answer": "1"}, "scene"),
        ({"scene": "digit-7 | @lenet-5", "answer": "x"}, "answer"),
        ({"scene": "digit-7 | @lenet-5"}, "answer"),
        ({"scene": "digit-7 | @lenet-5", "answer": "1", "rate": 0}, "rate"),
        ({"scene": "digit-7 | @lenet-5", "answer": "1", "steps": 51}, "steps"),
        ({"scene": "digit-7 | @lenet-5", "answer": "1", "network": "mlp"}, "request"),
    ],
)
def test_a_descent_that_leads_nowhere_is_refused(server: str, words: dict[str, object], field: str) -> None:
    answer = get(server, "descent", **words)
    assert (answer.status_code, answer.json()["field"]) == (422, field)


def shifted(server: str, scene: str) -> dict[str, Any]:
    found: dict[str, Any] = get(server, "moved", scene=scene).json()
    return found


def test_a_moved_digit_is_answered_as_the_scenes_that_move_it_are(server: str) -> None:
    told = shifted(server, "digit-7 | @mlp")
    assert [row["network"] for row in told["networks"]] == list(BESIDE)
    for row in told["networks"]:
        for far, answers in enumerate(row["answers"]):
            scene = f"digit-7 | shift 0 {far} | @{row['network']}"
            outputs = np.ravel(get(server, "feature-map", scene=scene).json()["values"])
            assert np.allclose(outputs, answers, atol=6e-5)
            wins = outputs.argmax() if row["kind"] == "probability" else outputs.argmin()
            assert row["best"][far] == wins


def test_the_inputs_that_change_are_counted_on_the_pictures(server: str) -> None:
    told = shifted(server, "digit-7 | @lenet-5")
    pictures = np.array(told["pictures"])
    assert pictures.shape == (6, 28, 28)
    assert told["inputs"] == 784
    assert told["changed"] == [int((each != pictures[0]).sum()) for each in pictures]
    assert told["changed"][0] == 0
    assert np.array_equal(pictures[3][:, 3:], pictures[0][:, :-3])


def test_the_perceptron_takes_the_seven_that_moved_by_four_for_a_five_and_lenet_does_not(server: str) -> None:
    told = shifted(server, "digit-7 | @mlp")
    perceptron, lenet = (row["best"] for row in told["networks"])
    assert perceptron == [7, 7, 7, 7, 5, 5]
    assert lenet == [7] * 6


def test_both_curves_are_those_that_were_measured_after_training(server: str) -> None:
    for row in shifted(server, "digit-3 | @mlp")["networks"]:
        facts = core.weight_sets()[row["network"]].facts
        assert row["right"] == facts["shift_accuracy"]
        assert row["right"][0] == facts["accuracy"]["right"] / facts["accuracy"]["of"]
        assert (row["of"], row["learnt_moved"]) == (10_000, facts["variety"]["shift"])


def test_training_moves_digits_as_the_view_does() -> None:
    picture = np.arange(1 * 28 * 28, dtype=np.uint8).reshape(1, 28, 28)
    for far, each in enumerate(moved(picture)):
        assert np.array_equal(each, pictures_shifted(picture, 0, far))


def test_a_picture_that_is_no_digit_is_not_moved(server: str) -> None:
    answer = get(server, "moved", scene="cat 64 | sobel")
    assert (answer.status_code, answer.json()["field"]) == (422, "scene")
    assert "begins with 1x43x64" in answer.json()["rule"]
