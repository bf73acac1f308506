"""The weight sets that are shipped: whole, small, as good as they say, and as the documents say."""

import hashlib
import json
import re
from typing import Any

import numpy as np
import pytest

from core.training.networks import CHAINS
from tests.running import ROOT
from tools.train.recipes import RECIPES
from tools.train.writing import FOLDER, MNIST

WEIGHTS = ROOT / FOLDER
SHIPPED = sorted(path.stem for path in WEIGHTS.glob("*.json"))
MOST = 1_500_000  # bytes of all weights


def facts(name: str) -> dict[str, Any]:
    return dict(json.loads((WEIGHTS / f"{name}.json").read_text(encoding="utf-8")))


def arrays(file: str) -> dict[str, np.ndarray]:
    with np.load(WEIGHTS / file) as stored:
        return dict(stored)


def test_no_file_lies_here_that_no_facts_tell_of() -> None:
    told = {file for name in SHIPPED for file in (f"{name}.json", *facts(name)["sha256"])}
    assert SHIPPED
    assert {path.name for path in WEIGHTS.iterdir()} == told


@pytest.mark.parametrize("name", SHIPPED)
def test_every_file_is_the_one_that_its_facts_tell_of(name: str) -> None:
    for file, told in facts(name)["sha256"].items():
        assert hashlib.sha256((WEIGHTS / file).read_bytes()).hexdigest() == told


@pytest.mark.parametrize("name", SHIPPED)
def test_every_set_was_trained_and_measured_on_all_digits_and_reached_its_goal(name: str) -> None:
    told = facts(name)
    assert (told["data"]["sha256"], told["data"]["learnt_from"], told["data"]["measured_on"]) == (MNIST, 60_000, 10_000)
    assert told["accuracy"]["right"] >= RECIPES[name].goal * told["accuracy"]["of"]
    assert told["accuracy"]["of"] == 10_000
    assert told["shift_accuracy"] == sorted(told["shift_accuracy"], reverse=True)
    assert told["title"]["ko"] != told["title"]["en"]
    words = told["command"].split()
    assert words[:4] == ["python", "-m", "tools.train", name]
    assert words[-4:] == ["--epochs", str(RECIPES[name].epochs), "--seed", str(told["seed"])]


@pytest.mark.parametrize("name", SHIPPED)
def test_every_array_of_the_chain_is_there_in_its_shape(name: str) -> None:
    chain, stored = CHAINS[name](), arrays(f"{name}.npz")
    chain.begin(np.random.default_rng(0))
    for key, array in chain.arrays().items():
        assert stored[key].shape == array.shape
        assert stored[key].dtype == np.float16
        assert np.all(np.isfinite(stored[key]))


@pytest.mark.parametrize("name", SHIPPED)
def test_the_last_snapshot_is_the_network_that_is_shipped(name: str) -> None:
    epochs, told = arrays(f"{name}.epochs.npz"), facts(name)
    assert len(epochs["loss"]) == len(epochs["accuracy"]) == told["epochs"] + 1
    assert epochs["accuracy"][0] < 0.25
    assert abs(epochs["accuracy"][-1] - told["accuracy"]["right"] / told["accuracy"]["of"]) < 0.0006
    if "kernels" in epochs:
        first = next(array for key, array in arrays(f"{name}.npz").items() if array.ndim == 4)
        assert np.array_equal(epochs["kernels"][-1], first)
        assert not np.allclose(epochs["kernels"][0], first, atol=0.1)


def test_all_weights_together_are_small() -> None:
    assert sum((WEIGHTS / f"{name}.npz").stat().st_size for name in SHIPPED) <= MOST
    assert sum(path.stat().st_size for path in WEIGHTS.iterdir()) <= MOST


def test_the_document_says_what_the_facts_say() -> None:
    text = (ROOT / "docs" / "training.md").read_text(encoding="utf-8")
    told = re.findall(r"(?m)^\| `([\w-]+)` \| (\d\d\.\d\d) % \| (\d\d\.\d) % \| (\d+) \|$", text)
    assert {row[0] for row in told} == set(SHIPPED)
    for name, accuracy, moved, epochs in told:
        assert accuracy == f"{facts(name)['accuracy']['right'] / 100:.2f}"
        assert moved == f"{100 * facts(name)['shift_accuracy'][5]:.1f}"
        assert int(epochs) == facts(name)["epochs"]


def test_a_network_that_moves_its_kernels_bears_a_moved_digit_better() -> None:
    convolving, connected = facts("lenet-5")["shift_accuracy"], facts("mlp")["shift_accuracy"]
    losses = [
        (convolving[0] - there, connected[0] - beside) for there, beside in zip(convolving, connected, strict=True)
    ]
    assert all(there < beside for there, beside in losses[1:])
