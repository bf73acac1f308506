"""Train one network, measure it, and write its weight set."""

from __future__ import annotations

import argparse
import sys
from dataclasses import replace
from pathlib import Path
from typing import Any

import numpy as np

from core.networks.bitmaps import bitmaps, connections
from core.training.chain import Chain
from core.training.layer import Array
from core.training.networks import CHAINS
from tools.train.data import Data, DataError, read
from tools.train.measuring import exciting, right, shift_accuracy
from tools.train.progress import Progress
from tools.train.recipes import RECIPES, Recipe
from tools.train.training import Epoch, train
from tools.train.writing import FOLDER, arrays_written, facts, facts_written, smallest

UNTRAINED = {"lenet-5": {"c3.table": connections().astype(np.uint8), "output.weight": bitmaps()}}


def main(words: list[str] | None = None, program: str = "python -m tools.train") -> int:
    chosen = parser(program).parse_args(words)
    recipe = RECIPES[chosen.name]
    recipe = replace(recipe, epochs=recipe.epochs if chosen.epochs is None else chosen.epochs)
    try:
        data = read(chosen.data)
    except DataError as error:
        print(error, file=sys.stderr)
        return 2
    chain = CHAINS[chosen.name]()
    chain.begin(np.random.default_rng(chosen.seed))
    epochs = run(chosen.name, recipe, data, chosen.seed, chain)
    write(chosen, recipe, data, chain, epochs)
    return 0


def parser(program: str) -> argparse.ArgumentParser:
    words = argparse.ArgumentParser(prog=program, description=__doc__)
    words.add_argument("name", choices=RECIPES, help="the network")
    words.add_argument("--data", type=Path, required=True, help="an npz file, or the folder of the four IDX files")
    words.add_argument("--epochs", type=between(1, 1000), help="rounds over the training digits")
    words.add_argument("--seed", type=between(0, 2**32 - 1), default=1, help="the same seed, the same weights")
    words.add_argument("--out", type=Path, default=FOLDER, help="the folder of the weight sets")
    return words


def between(low: int, high: int) -> Any:
    def whole(text: str) -> int:
        if not (text.isascii() and text.isdigit() and low <= int(text) <= high):
            raise argparse.ArgumentTypeError(f"must be a whole number from {low} to {high}")
        return int(text)

    return whole


def run(name: str, recipe: Recipe, data: Data, seed: int, chain: Chain) -> list[tuple[Epoch, float]]:
    """Every epoch with its accuracy on the test digits; the chain holds the last weights afterwards."""
    progress, epochs = Progress(recipe.epochs), []
    for epoch in train(name, recipe, data.train, seed, progress.watch):
        chain.put(epoch.arrays)
        measured = right(chain, data.test) / len(data.test.labels)
        epochs.append((epoch, measured))
        if epoch.number:
            progress.finished(epoch.loss, epoch.accuracy, measured)
    return epochs


def write(chosen: argparse.Namespace, recipe: Recipe, data: Data, chain: Chain,
          epochs: list[tuple[Epoch, float]]) -> None:  # fmt: skip
    name, out, count = chosen.name, chosen.out, len(data.test.labels)
    kept, answers = smallest(chain, data.test)
    told = facts(name, recipe, data, chosen.data, chosen.seed)
    told |= {
        "accuracy": {"right": answers, "of": count, "goal": recipe.goal},
        "shift_accuracy": shift_accuracy(chain, data.test),
        "trained": chain.trained,
        "sha256": {f"{name}.npz": arrays_written(out / f"{name}.npz", kept | UNTRAINED.get(name, {})),
                   f"{name}.epochs.npz": arrays_written(out / f"{name}.epochs.npz", snapshots(chain, epochs))},
    }  # fmt: skip
    if found := exciting(chain, data.test):
        file = f"{name}.exciting.npz"
        told["sha256"][file] = arrays_written(out / file, found)
    facts_written(out / f"{name}.json", told)
    verdict = "reached" if answers >= recipe.goal * count else "not reached"
    print(
        f"{name}: {answers} of {count} test digits, {answers / count:.2%}; the goal of {recipe.goal:.1%} is {verdict}"
    )


def snapshots(chain: Chain, epochs: list[tuple[Epoch, float]]) -> dict[str, Array]:
    """Loss, accuracy on the test digits and the first layer's kernels, if they are pictures: before, and each epoch."""
    first = next(iter(chain.arrays()))
    found = {
        "loss": np.array([epoch.loss for epoch, _ in epochs], np.float32),
        "accuracy": np.array([measured for _, measured in epochs], np.float32),
    }
    if chain.arrays()[first].ndim == 4:
        found["kernels"] = np.stack([epoch.arrays[first] for epoch, _ in epochs]).astype(np.float16)
    return found


if __name__ == "__main__":
    sys.exit(main())
