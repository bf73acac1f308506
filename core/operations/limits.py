"""How far each control may go on one input, and why: the form's ends of its sliders.

An axis says by itself whether windows fit on it, by the rules that refuse them, and with that the end of a control is
searched for: the number there is allowed, the next one is refused or of no use. One number for rows and columns has to
suit both; a number for each has an end of its own.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from functools import lru_cache
from math import isqrt
from typing import Any, Protocol, Self

from core.algorithms.windows import sees_padding_alone
from core.errors import SceneError
from core.functional.pooling import check_pool_padding
from core.functional.transposed import resolve_transposed_padding
from core.geometry import (
    Pair,
    Slide,
    check_padding_mode,
    output_size,
    padding_by_word,
    transposed_size,
)
from core.vocabulary import Operation, Text

WINDOW_LEAVES = Text("at most {maximum}: with a longer step only one window would be left")
WINDOW_FITS = Text("at most {maximum}: a wider window would not fit the padded input")
KERNEL_FITS = Text("at most {maximum}: the padded input is no larger")
KERNEL_HOLDS = Text("at most {maximum}: no kernel may hold more cells")
PADDING_ALONE = Text("at most {maximum}: with more, a window would see padding alone")
HALF_A_WINDOW = Text("at most {maximum}: half a window, or padding alone could be pooled")
MIRROR = Text("at most {maximum}: reflection does not repeat the edge, so it needs one cell more than it shows")
ONCE_AROUND = Text("at most {maximum}: circular padding goes around the input once")
MIRRORED_ONCE = Text("at most {maximum}: symmetric padding mirrors the input once")
BELOW_A_STEP = Text("at most {maximum}: a whole stride more would be room for another stamp")
SOME_OUTPUT = Text("at most {maximum}: more would cut the whole output away")

BY_MODE = {"reflect": MIRROR, "circular": ONCE_AROUND, "symmetric": MIRRORED_ONCE}

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


@dataclass(frozen=True, slots=True)
class WindowAxis:
    """Windows along one side of an input."""

    size: int
    kernel_size: int
    stride: int | None  # the kernel's size where it is not given
    padding: str | Pair
    dilation: int = 1
    mode: str = "zeros"
    ceil_mode: bool = False
    pooled: bool = False

    def trying(self, name: str, value: int) -> WindowAxis:
        return replace(self, **{name: (value, value) if name == "padding" else value})  # type: ignore[arg-type]

    def slide(self) -> Slide:
        stride = self.kernel_size if self.stride is None else self.stride
        word = self.padding if isinstance(self.padding, str) else None
        sides = self.padding if isinstance(self.padding, tuple) else (0, 0)
        if word:
            sides = padding_by_word(word, self.kernel_size, stride, self.dilation, self.size)
        return Slide(self.kernel_size, stride, sides, self.dilation)

    def windows(self) -> int:
        """How many fit; 0 where the settings are refused."""
        try:
            slide = self.slide()
            check_padding_mode(self.size, *slide.padding, self.mode)
            if self.pooled:
                check_pool_padding(slide, isinstance(self.padding, str))
            return output_size(self.size, slide, self.ceil_mode)
        except SceneError:
            return 0

    def allowed(self) -> bool:
        return self.windows() > 0

    def useful(self, name: str) -> bool:
        """A stride that leaves windows to choose from; a padding with something of the input in every window."""
        if name == "stride":
            return self.windows() > 1
        if name == "padding" and not self.pooled and self.mode in ("zeros", "replicate"):
            return not sees_padding_alone(self.size, self.slide(), self.windows())
        return True

    def now(self, name: str) -> int:
        """The number as it is; of padding the least that lets a window fit."""
        if name == "padding":
            slide = self.trying("padding", 0).slide()
            room = self.size + (slide.stride - 1 if self.ceil_mode else 0)
            return max(0, -(-(slide.span - room) // 2))
        return int(getattr(self.slide(), name))

    def guess(self, name: str) -> int:
        """Where the end lies, most often: what saves the search for it."""
        slide = self.slide()
        room = self.size + sum(slide.padding)
        if name == "padding":
            shown = {"reflect": self.size - 1, "circular": self.size, "symmetric": self.size}
            return slide.kernel_size // 2 if self.pooled else shown.get(self.mode, slide.span - 1)
        if name == "stride":
            return self.size + slide.padding[0] - 1 if self.ceil_mode else room - slide.span
        room += slide.stride - 1 if self.ceil_mode else 0
        return (
            (room - 1) // slide.dilation + 1 if name == "kernel_size" else (room - 1) // max(1, slide.kernel_size - 1)
        )

    def why(self, name: str) -> Text:
        if name == "padding":
            return HALF_A_WINDOW if self.pooled else BY_MODE.get(self.mode, PADDING_ALONE)
        if name == "kernel_size" and self.dilation == 1 and not self.ceil_mode:
            return KERNEL_FITS
        return WINDOW_LEAVES if name == "stride" else WINDOW_FITS


@dataclass(frozen=True, slots=True)
class StampAxis:
    """Stamps along one side of an output."""

    count: int
    kernel_size: int
    stride: int
    padding: str | Pair
    dilation: int = 1
    output_padding: int = 0

    def trying(self, name: str, value: int) -> StampAxis:
        return replace(self, **{name: (value, value) if name == "padding" else value})  # type: ignore[arg-type]

    def allowed(self) -> bool:
        try:
            span = Slide(self.kernel_size, dilation=self.dilation).span
            both = (self.stride, self.stride), (self.output_padding, self.output_padding)
            sides = self.padding if isinstance(self.padding, str) else (self.padding, self.padding)
            cut = resolve_transposed_padding(sides, (span, span), *both)[0]
            slide = Slide(self.kernel_size, self.stride, cut, self.dilation)
            return transposed_size(self.count, slide, self.output_padding) > 0
        except SceneError:
            return False

    def useful(self, name: str) -> bool:
        return True

    def now(self, name: str) -> int:
        return 0 if name == "padding" else int(getattr(self, name))

    def guess(self, name: str) -> int:
        if name == "output_padding":
            return max(self.stride, self.dilation) - 1
        stamped = (self.count - 1) * self.stride + (self.kernel_size - 1) * self.dilation + 1 + self.output_padding
        return (stamped - 1) // 2

    def why(self, name: str) -> Text:
        return SOME_OUTPUT if name == "padding" else BELOW_A_STEP


def padding_along(padding: Any, axis: int) -> str | Pair:
    """Of padding as it is written what concerns one axis: a word, or the cells before and after."""
    if isinstance(padding, str):
        return padding
    side = padding[axis] if isinstance(padding, tuple) else padding
    return (side[0], side[1]) if isinstance(side, tuple) else (side, side)


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
