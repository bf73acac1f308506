"""How far each control may go on one input, and why: the form's ends of its sliders.

An axis says by itself whether windows fit on it, by the rules that refuse them, and with that the end of a control is
searched for: the number there is allowed, the next one is refused or of no use. One number for rows and columns has to
suit both; a number for each has an end of its own.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import lru_cache
from math import isqrt
from typing import Any, Protocol, Self

from core.vocabulary import Operation, Text

KERNEL_HOLDS = Text("at most {maximum}: no kernel may hold more cells")

Limits = dict[str, dict[str, Any]]
Accepts = Callable[[int], bool]


class Axis(Protocol):
    """One side of a layer, which can be tried with another number for one of its settings."""

    def trying(self, name: str, value: int) -> Self: ...
    def allowed(self) -> bool: ...
    def useful(self, name: str) -> bool: ...
    def now(self, name: str) -> int: ...
    def guess(self, name: str) -> int: ...
    def why(self, name: str) -> Text: ...


def limits_of(operation: Operation, axes: Sequence[Axis], names: Sequence[str], cells: int | None = None) -> Limits:
    """The ends of those settings that the operation has; of a signal's only the second axis counts.

    `cells` is how many a kernel may hold, whatever lies under it.
    """
    known = {parameter.name: parameter for parameter in operation.parameters}
    signal = "stride" in known and known["stride"].kind == "int"
    ends = {
        name: ends_of(name, known[name].minimum, known[name].maximum, tuple(axes[signal:]), cells)
        for name in names
        if name in known
    }
    return {name: as_limit(*found) for name, found in ends.items() if found}


@dataclass(frozen=True, slots=True)
class End:
    """The numbers from `first` to `last` are allowed, and why none beyond."""

    first: int
    last: int
    why: Text

    def as_limit(self) -> dict[str, Any]:
        return {"minimum": self.first, "maximum": self.last, "why": Text(self.why.template, maximum=self.last)}


def as_limit(together: End, sides: tuple[End | None, ...]) -> dict[str, Any]:
    """What the form is told: `sides` only where rows and columns end elsewhere than one number for both."""
    limit = together.as_limit()
    return limit | ({"sides": [side and side.as_limit() for side in sides]} if set(sides) - {together} else {})


@lru_cache(maxsize=1024)
def ends_of(
    name: str, minimum: float | None, maximum: float | None, axes: tuple[Axis, ...], cells: int | None
) -> tuple[End, tuple[End | None, ...]] | None:
    """The end of one number for all axes, and of a number for each; None where the setting's own end comes first."""
    least, most = int(minimum or 0), None if maximum is None else int(maximum)
    most_cells = cells if name == "kernel_size" else None
    square = most_cells and (isqrt(most_cells) if len(axes) > 1 else most_cells)
    together = end_of(name, axes, least, most, square)
    if together is None:
        return None
    if len(axes) == 1 or (axes[0] == axes[1] and not most_cells):
        return together, ()
    sides = tuple(
        end_of(name, (axis,), least, most, most_cells and most_cells // other.now(name))
        for axis, other in zip(axes, reversed(axes), strict=True)
    )
    return together, sides


def end_of(name: str, axes: tuple[Axis, ...], least: int, most: int | None, held: int | None) -> End | None:
    """Where one number for these axes ends; None at `most`. No number above `held` is allowed anywhere."""

    def fits(value: int) -> bool:
        return all(axis.trying(name, value).allowed() for axis in axes)

    def serves(value: int) -> bool:
        if (held is not None and value > held) or not fits(value):
            return False
        useful = [axis.trying(name, value).useful(name) for axis in axes]
        return any(useful) if name == "stride" else all(useful)

    known = [value for value in sorted({axis.now(name) for axis in axes}, reverse=True) if fits(value)]
    if not known:
        return None
    first = lowest(fits, known[0], least)
    guesses = [axis.guess(name) for axis in axes]
    last = highest(serves, first, most, max(guesses) if name == "stride" else min(guesses))
    if last is None:
        return None
    tight = [axis for axis in axes if not axis.trying(name, last + 1).allowed()] or list(axes)
    return End(first, last, KERNEL_HOLDS if held is not None and last >= held else tight[0].why(name))


def lowest(accepts: Accepts, known: int, least: int) -> int:
    """The smallest number from which all up to `known` are accepted."""
    if accepts(least):
        return least
    below = least
    while known - below > 1:
        middle = (below + known) // 2
        below, known = (below, middle) if accepts(middle) else (middle, known)
    return known


def highest(accepts: Accepts, known: int, most: int | None, guess: int) -> int | None:
    """The largest number up to which they are accepted, at least `known`; None where `most` is accepted, too."""
    if known < guess < (most or guess + 1) and accepts(guess) and not accepts(guess + 1):
        return guess
    if most is not None and accepts(most):
        return None
    step, beyond = 1, known + 1
    while accepts(beyond):
        known, step = beyond, 2 * step
        beyond = known + step if most is None else min(most, known + step)
    while beyond - known > 1:
        middle = (known + beyond) // 2
        known, beyond = (middle, beyond) if accepts(middle) else (known, middle)
    return known
