"""Draws questions from a layer: the same seed and index, the same question."""

from __future__ import annotations

import random
from collections.abc import Callable, Mapping
from typing import NamedTuple

from core.errors import SceneError
from core.questions import kernels, parameters, places, sizes, values
from core.questions.question import ASKS, Ask, Question
from core.trace import Trace

Draw = Callable[[Trace, int, int, random.Random], Question | None]

VARYING: tuple[Ask, ...] = ("value", "winner", "window")  # there is more than one of a layer

NOTHING = "no question of this kind can be drawn from this layer; those that can: {choices}"
NONE = "no question can be drawn from this layer"
NO_STEP = "this step makes no single number to ask for"


class Kind(NamedTuple):
    can_ask: Callable[[Trace], bool]
    draw: Draw


KINDS: Mapping[Ask, Kind] = {
    "value": Kind(values.can_ask, values.question),
    "size": Kind(sizes.can_ask, sizes.question),
    "winner": Kind(places.can_ask_winner, places.winner),
    "parameters": Kind(parameters.can_ask, parameters.question),
    "kernel": Kind(kernels.can_ask, kernels.question),
    "window": Kind(places.can_ask_window, places.window),
}


def askable(trace: Trace) -> tuple[Ask, ...]:
    """What can be asked of this layer."""
    return tuple(ask for ask, kind in KINDS.items() if kind.can_ask(trace))


def can_ask(trace: Trace, asks: tuple[Ask, ...] = ASKS) -> bool:
    """Whether one of these kinds can be asked of a layer."""
    return any(KINDS[ask].can_ask(trace) for ask in asks)


def question(trace: Trace, ask: Ask, seed: int, index: int, step: int | None = None) -> Question:
    """One question; of a value perhaps at a step of one's own.

    >>> import core
    >>> question(core.trace("@first-steps"), "value", 1, 0, step=3).answer
    (10.0,)
    """
    kind = KINDS[ask]
    drawn = None
    if kind.can_ask(trace):
        chance = random.Random(f"{trace.scene.line} {trace.index} {ask} {seed} {index}")
        if step is not None and ask == "value":
            if not 0 <= step < len(trace):
                rule = "the layer has {count} {count|step/steps}, counted from 0"
                raise SceneError("step", step, rule, count=len(trace))
            drawn = values.question(trace, seed, index, chance, step)
            if drawn is None:
                raise SceneError("step", step, NO_STEP)
        else:
            drawn = kind.draw(trace, seed, index, chance)
    if drawn is None:
        raise nothing("ask", ask, trace)
    return drawn


def nothing(field: str, value: object, trace: Trace) -> SceneError:
    choices = ", ".join(askable(trace))
    return SceneError(field, value, NOTHING, choices=choices) if choices else SceneError(field, value, NONE)


def questions(
    trace: Trace, asks: tuple[Ask, ...], seed: int, start: int, count: int, step: int | None = None
) -> list[Question]:
    """Some questions in a row, their kinds in turn; kinds that the layer has nothing to ask of are left out."""
    kinds = [ask for ask in asks if KINDS[ask].can_ask(trace)]
    if not kinds:
        raise nothing("ask", ", ".join(asks), trace)
    order = turned(kinds, seed)
    again = [ask for ask in order if ask in VARYING] or order
    asked = [order[index] if index < len(order) else again[index % len(again)] for index in range(start, start + count)]
    return [
        question(trace, ask, seed, index, step) for ask, index in zip(asked, range(start, start + count), strict=True)
    ]


def turned(kinds: list[Ask], seed: int) -> list[Ask]:
    first = seed % len(kinds)
    return kinds[first:] + kinds[:first]
