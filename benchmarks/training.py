"""One training step of LeNet-5 beside torch's, and how often the shipped weights are right where the digits are."""

from __future__ import annotations

import os
import sys
from collections.abc import Iterator
from importlib.util import find_spec
from pathlib import Path
from typing import Any

import numpy as np

from benchmarks.core_timing import Work, duel
from core.training.chain import Chain, batch_last
from core.training.descent import Adam
from core.training.networks import CHAINS
from tools.oracle_training import applied
from tools.train.data import read
from tools.train.measuring import right
from tools.train.recipes import RECIPES
from tools.train.writing import FOLDER

BATCH, RATE = 64, 1e-3
MOST = 2.0  # times torch's time


def main() -> int:
    """Prints a line for each network; fails when a goal is missed."""
    return int(any([*steps(), *accuracies()]))


def steps() -> Iterator[bool]:
    if find_spec("torch") is None:
        print("not installed, so not measured against: torch")
        return
    for name in ("lenet-5", "lenet-5-modern"):
        result = duel(*both(name))
        missed = result.ratio > MOST
        told = f"{name}, one step of {BATCH}"
        verdict = "MISSED" if missed else "ok"
        print(f"  {told:<36} {'torch, one thread':<32} {result.ratio:>11.3g} {MOST:>7} {verdict:6} "
              f"{result.ours * 1e3:>7.3f}ms {result.theirs * 1e3:>7.3f}ms")  # fmt: skip
        yield missed


def both(name: str) -> tuple[Work, Work]:
    """Gradients and a step of Adam on the same batch, here and in torch."""
    import torch

    torch.set_num_threads(1)
    random = np.random.default_rng(2016)
    chain = CHAINS[name]()
    chain.begin(random)
    pictures, labels = random.random((BATCH, *chain.shape), dtype=np.float32), random.integers(0, 10, BATCH)
    adam = Adam(chain.vector, 10**9, RATE)
    weights = {key: torch.tensor(array, requires_grad=True) for key, array in chain.arrays().items()}
    x, right_ones = torch.tensor(pictures), torch.tensor(labels)
    theirs = torch.optim.Adam(weights.values(), RATE)
    sign = -1 if name == "lenet-5" else 1  # the nearest, or the largest

    def ours() -> Any:
        chain.gradients(batch_last(pictures), labels)
        adam.step(chain.slope)

    def torch_step() -> Any:
        theirs.zero_grad()
        torch.nn.functional.cross_entropy(sign * applied(chain, weights, x), right_ones).backward()
        theirs.step()

    return ours, torch_step


def accuracies() -> Iterator[bool]:
    """Of every weight set that is here, measured anew beside what its facts say."""
    where = os.environ.get("KERNELWALK_DIGITS", "")
    if not where:
        print("accuracies are measured where the digits are: KERNELWALK_DIGITS names their file or folder")
        return
    data = read(Path(where))
    for name, recipe in RECIPES.items():
        if not (FOLDER / f"{name}.npz").exists():
            print(f"  {name:<36} has no weights")
            continue
        share = right(loaded(name), data.test) / len(data.test.labels)
        missed = share < recipe.goal
        told = f"of {len(data.test.labels)} test digits"
        print(f"  {name:<36} {told:<32} {share:>11.2%} {recipe.goal:>7.1%} {'MISSED' if missed else 'ok':6}")
        yield missed


def loaded(name: str) -> Chain:
    chain = CHAINS[name]()
    chain.begin(np.random.default_rng(0))
    with np.load(FOLDER / f"{name}.npz") as stored:
        chain.put(dict(stored))
    return chain


if __name__ == "__main__":
    sys.exit(main())
