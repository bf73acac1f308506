"""How often every shipped weight set is right, measured anew: `python -m tools.accuracy --data FILE`.

What is measured are the numbers that scenes are computed with, read and rounded as the product reads them. A set whose
facts say another figure, or that falls below its goal, ends the command with 1.
"""

from __future__ import annotations

import argparse
import sys
from pathlib import Path

import numpy as np

from core.networks.sets import WeightSet, weight_sets
from core.training.networks import CHAINS
from tools.train.data import DataError, Digits, read
from tools.train.measuring import right
from tools.train.recipes import RECIPES


def main(words: list[str] | None = None) -> int:
    """Prints a line for each weight set: what it is right about here, what its facts say, and its goal."""
    parser = argparse.ArgumentParser(prog="python -m tools.accuracy", description=__doc__.split("\n")[0])
    parser.add_argument("names", nargs="*", metavar="NAME", help="weight sets; all where none is named")
    parser.add_argument("--data", type=Path, required=True, help="an npz file or the folder of the IDX files")
    chosen = parser.parse_args(words)
    unknown = [name for name in chosen.names if name not in weight_sets()]
    if unknown:
        parser.error(f"there is no weight set {unknown[0]}: choose from {', '.join(weight_sets())}")
    try:
        digits = read(chosen.data).test
    except DataError as error:
        print(error, file=sys.stderr)
        return 2
    found = [weight_sets()[name] for name in chosen.names] or list(weight_sets().values())
    print(f"{'weight set':<16} {'right':>7} {'stated':>7} {'of':>7} {'share':>9} {'goal':>7}")
    return int(sum(line(one, digits) for one in found) > 0)


def line(found: WeightSet, digits: Digits) -> bool:
    """Whether a set is not what its facts say, or not what it should be."""
    measured, stated = measure(found, digits), found.facts["accuracy"]
    total, goal = len(digits.labels), RECIPES[found.name].goal
    wrong = [*(["DIFFERS"] if (measured, total) != (stated["right"], stated["of"]) else []),
             *(["MISSED"] if measured < goal * total else [])]  # fmt: skip
    print(f"{found.name:<16} {measured:>7} {stated['right']:>7} {total:>7} {measured / total:>9.2%} {goal:>7.1%} "
          f"{' '.join(wrong) or 'ok'}", flush=True)  # fmt: skip
    return bool(wrong)


def measure(found: WeightSet, digits: Digits) -> int:
    """How many digits a set takes for what they are, with the numbers that a scene has."""
    chain = CHAINS[found.name]()
    chain.begin(np.random.default_rng(0))
    chain.put(dict(found.arrays))
    return right(chain, digits)


if __name__ == "__main__":
    sys.exit(main())
