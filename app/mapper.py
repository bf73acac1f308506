"""The child process that does what takes long: what is to be done and an array in, what it gives or a refusal out.

    python -m app.mapper SETTINGS

It yields to the server, whose streams should not feel it, and ends when the server does.
"""

from __future__ import annotations

import json
import os
import sys
from typing import Any

import numpy as np

from app.budget import Budget, watched
from app.children import LENGTH
from app.pictures.decoder import bound_memory, message
from app.settings import Settings
from app.works import in_child
from core.bands import whole_output
from core.errors import SceneError
from core.scene import operation_from_json
from core.vocabulary import Array

NICENESS = 10
SPARE = 2**30  # bytes beside what one layer may take: the program itself, and what its libraries keep


def main(settings: str) -> None:
    words_in, words_out = os.fdopen(os.dup(0), "rb"), os.fdopen(os.dup(1), "wb")
    os.dup2(2, 1)  # whatever a library prints must not stand among the answers
    if hasattr(os, "nice"):
        os.nice(NICENESS)
    chosen = Settings.model_validate_json(settings)
    budget = Budget(chosen.max_cells, chosen.max_seconds, chosen.max_memory)
    bound_memory(2 * chosen.max_memory + SPARE)
    while (head := message(words_in)) is not None and (body := message(words_in)) is not None:
        for part in answer(json.loads(head), body, budget):
            words_out.write(len(part).to_bytes(LENGTH))
            words_out.write(part)
        words_out.flush()


def answer(head: dict[str, Any], body: bytes, budget: Budget) -> tuple[bytes, bytes | memoryview]:
    x = np.frombuffer(body, head["dtype"]).reshape(head["shape"])
    try:
        told, found = watched(in_child if "work" in head else output, head, x, budget)()
    except SceneError as error:
        told = {"field": error.field, "value": error.value, "rule": error.rule, "facts": error.facts}
        return json.dumps(told, default=str).encode(), b""
    return json.dumps(told).encode(), found


def output(head: dict[str, Any], x: Array, budget: Budget) -> tuple[dict[str, Any], memoryview]:
    """The whole output of operations one upon another."""
    for told in head["operations"]:
        C, H, W = x.shape
        layer = operation_from_json(told).layer((C, H, W))
        layer.check_values(x)
        x = whole_output(layer, x, budget.pause)
    found = np.ascontiguousarray(x)
    return {"shape": found.shape, "dtype": found.dtype.str}, found.reshape(-1).view(np.uint8).data


if __name__ == "__main__":
    main(*sys.argv[1:])
