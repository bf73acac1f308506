"""Which of four kernels made this map? The right one among its own turned, mirrored and negated selves."""

from __future__ import annotations

import math
import random
from collections.abc import Iterator
from typing import Any
from weakref import WeakKeyDictionary

import numpy as np

from core.kernels import KERNELS
from core.operations.weights import Weight
from core.questions.otherwise import otherwise
from core.questions.question import Question, Slip
from core.questions.showing import MOST_CELLS, MOST_MAP, planes_shown, settings_of
from core.questions.values import explained
from core.texts import Text
from core.trace import Trace
from core.vocabulary import Array, nested_lists

PROMPT = Text("Which of these kernels made this map?")
MADE = Text("Kernel {letter} made it: lay it on the first window, and the first number comes out.")
TURNED = Text("That is the kernel turned by 180 degrees: it is laid on the window as it is drawn.")
MIRRORED = Text("That is the kernel mirrored: look at which side of an edge is positive.")
TRANSPOSED = Text("That is the kernel with rows and columns exchanged: it finds edges that run the other way.")
NEGATED = Text("That is the kernel with all signs turned: its map would have all signs turned, too.")
ANOTHER = Text("That is {kernel}: its map is another one.")

MOST_KERNEL = 49
FOUND: WeakKeyDictionary[Trace, list[tuple[Array, Text]]] = WeakKeyDictionary()


def can_ask(trace: Trace) -> bool:
    weight = getattr(trace.layer, "weight", None)
    _, rows, cols = trace.output_shape
    return (
        not trace.scatters
        and isinstance(weight, Weight)
        and weight.shape[0] == weight.shape[1] == trace.input_shape[0] == 1
        and 1 < math.prod(weight.shape[2:]) <= MOST_KERNEL
        and math.prod(trace.input_shape) <= MOST_CELLS
        and rows * cols <= min(MOST_MAP, MOST_CELLS)
        and "weight" in trace.operation.arguments
        and len(candidates(trace)) >= 3
    )


def drawn(trace: Trace) -> Array:
    """The kernel as it is drawn."""
    weight: Weight = trace.layer.weight  # type: ignore[attr-defined]
    return np.asarray(weight.values[0, 0, ::-1, ::-1] if trace.operation.arguments.get("flip") else weight.values[0, 0])


def question(trace: Trace, seed: int, index: int, chance: random.Random) -> Question | None:
    found = candidates(trace)
    wrong = [*found[:2], *chance.sample(found[2:], 1)]
    right = drawn(trace)
    order = [(right, None), *wrong]
    chance.shuffle(order)
    place = next(place for place, (_, why) in enumerate(order) if why is None)
    slips = tuple(Slip((float(other),), why) for other, (_, why) in enumerate(order) if why is not None)
    shown = {**shown_settings(trace), "input": planes_shown(trace.input), "map": nested_lists(trace.feature_map())}
    return Question(
        "kernel",
        seed,
        index,
        PROMPT,
        "choice",
        (float(place),),
        (Text(MADE.template, letter="ABCD"[place]), *explained(trace, trace[0])),
        slips,
        choices=tuple(kernel.tolist() for kernel, _ in order),
        shown=shown,
        revealed={**shown, "kernel": [right.tolist()]},
    )


def shown_settings(trace: Trace) -> dict[str, Any]:
    told = settings_of(trace)
    return {**told, "settings": {name: value for name, value in told["settings"].items() if name != "weight"}}


def candidates(trace: Trace) -> list[tuple[Array, Text]]:
    """Kernels of the same size whose maps differ from this one, and from each other's kernels; found once a trace."""
    found = FOUND.get(trace)
    if found is None:
        found = FOUND[trace] = others(trace)
    return found


def others(trace: Trace) -> list[tuple[Array, Text]]:
    true_map = trace.feature_map()
    seen = [drawn(trace)]
    kept: list[tuple[Array, Text]] = []
    for kernel, why in relatives(seen[0]):
        if any(np.array_equal(kernel, other) for other in seen):
            continue
        made = map_of(trace, kernel)
        if made is not None and not np.allclose(made.astype(float), true_map.astype(float), equal_nan=True):
            seen.append(kernel)
            kept.append((kernel, why))
    return kept


def relatives(kernel: Array) -> Iterator[tuple[Array, Text]]:
    yield kernel[::-1, ::-1], TURNED
    yield kernel[:, ::-1], MIRRORED
    yield kernel[::-1], MIRRORED
    if kernel.shape[0] == kernel.shape[1]:
        yield kernel.T, TRANSPOSED
    yield -kernel, NEGATED
    for known in KERNELS.values():
        other = np.array(known.weight)
        if other.shape == kernel.shape:
            yield other, Text(ANOTHER.template, kernel=known.title)
    yield np.ones_like(kernel), Text(ANOTHER.template, kernel=Text("a sum of all cells"))
    yield np.roll(kernel, 1, axis=1), Text(ANOTHER.template, kernel=Text("the kernel shifted by one column"))


def map_of(trace: Trace, kernel: Array) -> Array | None:
    divisor = trace.layer.weight.divisor  # type: ignore[attr-defined]
    given = kernel.tolist() if np.ndim(trace.operation["weight"]) != 1 else kernel[0].tolist()
    settings: dict[str, Any] = {"weight": given, **({"divisor": divisor} if divisor != 1 else {})}
    layer = otherwise(trace, settings)
    return None if layer is None else np.asarray(layer.apply(trace.input))
