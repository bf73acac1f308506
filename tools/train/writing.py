"""The files of a weight set: the arrays, the facts, the kernels of every epoch, and what excites the units."""

from __future__ import annotations

import hashlib
import json
from pathlib import Path
from typing import Any

import numpy as np

from core.networks.sets import readable
from core.training.chain import Chain
from core.training.layer import Array
from tools.train.data import Data, Digits
from tools.train.measuring import right
from tools.train.recipes import Recipe

FOLDER = Path("core/networks/weights")
MNIST = "06b0d1f124c4e5fa796686ade41a9b778edacc8622f2195a352ef479ad44fc16"
SOURCE = {"name": "MNIST", "credit": "Y. LeCun, C. Cortes, C. Burges", "licence": "CC BY-SA 3.0"}
MADE_BY = "Kernelwalk"


def arrays_written(path: Path, arrays: dict[str, Array]) -> str:
    """Write them, and give the hash of the file: the same arrays make the same bytes."""
    path.parent.mkdir(parents=True, exist_ok=True)
    with path.open("wb") as file:
        np.savez_compressed(file, allow_pickle=False, **arrays)
    return hashlib.sha256(path.read_bytes()).hexdigest()


def facts_written(path: Path, facts: dict[str, Any]) -> None:
    path.write_text(json.dumps(facts, ensure_ascii=False, indent=2) + "\n", encoding="utf-8")


def smallest(chain: Chain, digits: Digits) -> tuple[dict[str, Array], int]:
    """The weights in half precision unless fewer answers are right then; and how many are, with what is kept.

    What is measured are the numbers as scenes read them, a few decimals each; so the chain is left with those.
    """
    exact = {name: array.copy() for name, array in chain.arrays().items()}
    halves = {name: array.astype(np.float16) for name, array in exact.items()}
    before = as_read(chain, exact, digits)
    after = as_read(chain, halves, digits)
    return (halves, after) if after >= before else (exact, as_read(chain, exact, digits))


def as_read(chain: Chain, arrays: dict[str, Array], digits: Digits) -> int:
    """How many digits are answered rightly with these arrays as the product reads them."""
    chain.put({name: readable(array) for name, array in arrays.items()})
    return right(chain, digits)


def facts(name: str, recipe: Recipe, data: Data, file: Path, seed: int) -> dict[str, Any]:
    """What is known before anything is measured."""
    known = digest(data) == MNIST
    source = SOURCE if known else {"name": file.name, "credit": "", "licence": ""}
    return {
        "name": name,
        "title": {"en": recipe.en, "ko": recipe.ko},
        "data": {**source, "learnt_from": len(data.train.labels), "measured_on": len(data.test.labels),
                 "sha256": digest(data)},
        "command": f"python -m tools.train {name} --data {file.name} --epochs {recipe.epochs} --seed {seed}",
        "seed": seed,
        "epochs": recipe.epochs,
        "batch": recipe.batch,
        "variety": {"shift": recipe.variety.shift, "turn": recipe.variety.turn, "size": recipe.variety.size},
        "source": MADE_BY,
        "licence": source["licence"],
    }  # fmt: skip


def digest(data: Data) -> str:
    """Of pictures and labels, whatever file they came from."""
    whole = hashlib.sha256()
    for digits in (data.train, data.test):
        whole.update(digits.pictures.tobytes())
        whole.update(digits.labels.tobytes())
    return whole.hexdigest()
