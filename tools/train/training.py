"""The loop: epoch after epoch over all pictures, each batch one step downhill."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass

import numpy as np

from core.training.chain import Chain
from core.training.descent import Adam, Average
from core.training.layer import Array
from core.training.networks import CHAINS
from tools.train.data import Digits
from tools.train.pictures import batches, varied
from tools.train.recipes import Recipe

Watch = Callable[[int, int, float, float], None]  # pictures seen, of how many, loss and accuracy so far


@dataclass(frozen=True, slots=True)
class Epoch:
    """After so many rounds: loss and accuracy on what was learnt from, and the averaged weights."""

    number: int
    loss: float
    accuracy: float
    arrays: dict[str, Array]


def train(name: str, recipe: Recipe, digits: Digits, seed: int, watch: Watch) -> Iterator[Epoch]:
    """First the weights before any step, then those after each epoch."""
    random = np.random.default_rng(seed)
    chain = CHAINS[name]()
    chain.begin(random)
    yield Epoch(0, float("nan"), float("nan"), copied(chain, chain.vector))
    rounds = -(-len(digits.labels) // recipe.batch)
    adam = Adam(chain.vector, recipe.epochs * rounds, recipe.rate, recipe.decay)
    average = Average(chain.vector, recipe.memory)
    for number in range(1, recipe.epochs + 1):
        loss, accuracy = epoch(chain, recipe, digits, random, adam, average, watch)
        yield Epoch(number, loss, accuracy, copied(chain, average.vector))


def epoch(
    chain: Chain,
    recipe: Recipe,
    digits: Digits,
    random: np.random.Generator,
    adam: Adam,
    average: Average,
    watch: Watch,
) -> tuple[float, float]:
    """Loss and share of right answers over the epoch, while the weights moved."""
    lost, right, seen, count = 0.0, 0, 0, len(digits.labels)
    for chosen in batches(count, recipe.batch, random):
        labels = digits.labels[chosen]
        x = varied(digits.pictures[chosen], chain.shape[1], recipe.variety, random)
        loss, outputs = chain.gradients(x, labels)
        adam.step(chain.slope)
        average.take(chain.vector)
        seen += len(chosen)
        lost += loss * len(chosen)
        right += int(np.sum(chain.loss.best(outputs) == labels))
        watch(seen, count, lost / seen, right / seen)
    return lost / count, right / count


def copied(chain: Chain, vector: Array) -> dict[str, Array]:
    """The arrays of a chain with the numbers of another vector."""
    starts = iter(np.cumsum([0, *(array.size for array in chain.arrays().values())]))
    return {
        name: vector[start : start + array.size].reshape(array.shape).copy()
        for (name, array), start in zip(chain.arrays().items(), starts, strict=False)
    }
