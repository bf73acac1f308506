"""The gallery's scenes as the tests of their facts ask for them."""

from __future__ import annotations

from typing import Any

import numpy as np

import core
from core import Trace
from core.vocabulary import Array


def walk(name: str, layer: int = 0) -> Trace:
    return core.trace(f"@{name}", layer=layer)


def source(name: str) -> Array:
    values = core.parse(f"@{name}").source.array()
    assert values is not None
    return values


def told(name: str, shape: tuple[int, int, int], layer: int = 0) -> dict[str, Any]:
    return core.describe(core.parse(f"@{name}"), shape)[layer]


def weight_of(name: str, layer: int = 0) -> Array:
    return np.array(core.parse(f"@{name}").layers[layer]["weight"])
