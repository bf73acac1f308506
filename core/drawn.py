"""Inputs of random whole numbers: drawn from a seed, the same on every machine and for ever."""

from __future__ import annotations

import math
import re
from collections.abc import Mapping
from dataclasses import dataclass
from functools import lru_cache
from typing import Any

import numpy as np

from core import literals
from core.errors import SceneError, unknown
from core.integers import LARGEST, whole
from core.vocabulary import Array

RANDOM = "random"
MEMBERS = ("shape", "seed", "min", "max")
WRITTEN_SHAPE = re.compile(r"[0-9]{1,6}([x×*][0-9]{1,6}){1,2}")
EXAMPLE = "random 6x6 seed=3"
LARGEST_SIDE, MOST_NUMBERS = 4096, 65_536


@dataclass(frozen=True, slots=True)
class Drawn:
    """Whole numbers from `least` to `most`, both included, in rows and columns or in channels of them.

    Number n is least + r[n] mod (most - least + 1), where r are the raw 64-bit outputs of PCG64, seeded through
    SeedSequence, in the order in which the array lies in memory.

    >>> Drawn((2, 3), seed=3).line, Drawn((2, 3), seed=3).values().tolist()
    ('random 2x3 seed=3', [[[0, 1, 8], [4, 6, 7]]])
    """

    shape: tuple[int, ...]
    seed: int = 0
    least: int = 0
    most: int = 9

    def __post_init__(self) -> None:
        if not isinstance(self.shape, list | tuple) or len(self.shape) not in (2, 3):
            raise SceneError("shape", self.shape, "must be rows x columns, or channels x rows x columns, such as 6x6")
        sides = tuple(whole("shape", side, 1, LARGEST_SIDE) for side in self.shape)
        if math.prod(sides) > MOST_NUMBERS:
            raise SceneError("shape", "x".join(map(str, sides)), "holds more than {most} numbers", most=MOST_NUMBERS)
        object.__setattr__(self, "shape", sides)
        whole("seed", self.seed, 0)
        whole("min", self.least, -LARGEST)
        if whole("max", self.most, -LARGEST) < self.least:
            raise SceneError("max", self.most, "must be at least {minimum}", minimum=self.least)

    @property
    def line(self) -> str:
        ends = [("min", self.least, 0), ("max", self.most, 9)]
        told = [f"{name}={end}" for name, end, usual in ends if end != usual]
        return " ".join([RANDOM, "x".join(map(str, self.shape)), f"seed={self.seed}", *told])

    def as_json(self) -> dict[str, Any]:
        ends = {"min": self.least, "max": self.most} if (self.least, self.most) != (0, 9) else {}
        return {"source": RANDOM, "shape": list(self.shape), "seed": self.seed, **ends}

    def values(self) -> Array:
        """The numbers, (C, H, W)."""
        return drawn_values(self)


@lru_cache(maxsize=32)
def drawn_values(drawn: Drawn) -> Array:
    raw = np.random.PCG64(drawn.seed).random_raw(math.prod(drawn.shape))
    values = drawn.least + (raw % np.uint64(drawn.most - drawn.least + 1)).astype(np.int64)
    shaped = values.reshape(drawn.shape if len(drawn.shape) == 3 else (1, *drawn.shape))
    shaped.flags.writeable = False
    return np.asarray(shaped)


def parse_drawn(words: list[str]) -> Drawn:
    """ROWSxCOLUMNS [seed=n] [min=n] [max=n], what follows `random` in a scene line."""
    told: dict[str, Any] = {}
    for word in words:
        key, equals, value = ("shape", "=", word) if WRITTEN_SHAPE.fullmatch(word) else literals.keyword(word)
        name = key.lower()
        if not equals or name not in MEMBERS:
            raise unknown("input", key, ("6x6", "seed=", "min=", "max="))
        if name in told:
            raise SceneError(name, word, "is given twice")
        told[name] = [int(side) for side in re.split("[x×*]", value)] if name == "shape" else literals.read(name, value)
    return drawn_from(told)


def drawn_from(told: Mapping[str, Any]) -> Drawn:
    if told.get("shape") is None:
        raise SceneError("shape", "", "random numbers need their rows and columns: {example}", example=EXAMPLE)
    settings = {"seed": told.get("seed"), "least": told.get("min"), "most": told.get("max")}
    return Drawn(told["shape"], **{name: value for name, value in settings.items() if value is not None})
