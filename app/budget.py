"""What one request may take: told from shapes before anything is computed, and watched while it is."""

from __future__ import annotations

import math
import threading
import time
from collections.abc import Callable
from contextvars import ContextVar, copy_context
from dataclasses import dataclass
from functools import partial
from typing import ParamSpec, TypeVar

from core.costs import CELL_BYTES
from core.errors import SceneError
from core.operations.rates import cost_of
from core.vocabulary import Layer

P = ParamSpec("P")
T = TypeVar("T")

MEGABYTE = 1_000_000
LONGEST_SIDE, LONGEST_SIDES = 2**18, 2**20  # rows or columns of one layer and of all: each may be told by itself

LEFT: ContextVar[threading.Event | None] = ContextVar("LEFT", default=None)  # set when nobody waits any more
BEGAN: ContextVar[float | None] = ContextVar("BEGAN", default=None)  # on the clock of the thread that works


class Abandoned(Exception):
    """Of work that nobody waits for any more."""


@dataclass(frozen=True, slots=True)
class Budget:
    """Limits of a request; every refusal says what would be too much, and what would help."""

    cells: int
    seconds: float
    memory: int

    def check_shapes(self, layers: list[Layer]) -> None:
        """Refuses a last layer that is too large to be described, let alone computed, and too long a row of them."""
        cells, sides = layers[-1].cells_at_work(), [max(layer.output_shape[1:]) for layer in layers]
        if cells > self.cells:
            rule = "a layer may hold at most {most} cells: make the input smaller"
            raise SceneError("scene", cells, rule, most=self.cells)
        if sides[-1] > LONGEST_SIDE:
            rule = "a layer may have at most {most} rows or columns: make the input smaller"
            raise SceneError("scene", sides[-1], rule, most=LONGEST_SIDE)
        if sum(sides) > LONGEST_SIDES:
            rule = "all layers together may have at most {most} rows or columns: make the input smaller"
            raise SceneError("scene", sum(sides), rule, most=LONGEST_SIDES)

    def check(self, layers: list[Layer], held: int = 0, seconds: float = 0.0) -> None:
        """Refuses layers that together take too long, or one that needs too much memory.

        `held` and `seconds` are taken beside, by the input of the first layer too. The layers are computed one after
        another, so that of those between only the input and the output of one exist at a time.
        """
        costs = [cost_of(layer) for layer in layers]
        self.check_seconds(seconds + sum(cost.seconds for cost in costs))
        for place, (layer, cost) in enumerate(zip(layers, costs, strict=True)):
            given = CELL_BYTES * math.prod(layer.input_shape) if place else 0
            memory = held + given + CELL_BYTES * math.prod(layer.output_shape) + cost.scratch
            self.check_memory(memory, layer.operation.name)

    def check_seconds(self, seconds: float) -> None:
        if seconds > self.seconds:
            rule = "so many seconds of computing are more than {most}: make the input smaller or leave layers out"
            raise SceneError("scene", math.ceil(10 * seconds) / 10, rule, most=f"{self.seconds:g}")

    def check_memory(self, memory: int, name: str) -> None:
        if memory > self.memory:
            rule = "so many MB of memory, in {operation}, are more than {most}: make the input smaller"
            raise SceneError("scene", memory // MEGABYTE, rule, most=self.memory // MEGABYTE, operation=name)

    def pause(self) -> None:
        """Called between pieces of work: ends what nobody waits for, and what takes longer than it was thought to."""
        left, began = LEFT.get(), BEGAN.get()
        if left is not None and left.is_set():
            raise Abandoned
        if began is not None:
            self.check_seconds(time.thread_time() - began)


def watched(function: Callable[P, T], *args: P.args, **kwargs: P.kwargs) -> Callable[[], T]:
    """The call, as a thread should make it: with the context of whoever waits for it, and a clock of its own."""
    return partial(copy_context().run, begun, partial(function, *args, **kwargs))


def begun(function: Callable[[], T]) -> T:
    BEGAN.set(time.thread_time())
    return function()
