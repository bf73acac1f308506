"""Some steps of a walk as a sequence: as long as it is, nothing of it is computed before it is asked for."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import cast, overload

from core.trace import Trace
from kernelwalk.steps import Step


class Stretch(Sequence[Step]):
    """The steps at these places, in their order.

    >>> from core.gallery import parse
    >>> from core.trace import trace
    >>> stretch = Stretch(trace(parse("[1 2 3 4] | relu")), range(4))
    >>> [step["output"] for step in stretch[::-2]], stretch[-1]["output"], stretch[1:]
    ([4, 2], 4, Stretch(steps 1 to 3))
    """

    def __init__(self, trace: Trace, places: range) -> None:
        self.trace, self.places = trace, places

    def __len__(self) -> int:
        return len(self.places)

    @overload
    def __getitem__(self, key: int) -> Step: ...
    @overload
    def __getitem__(self, key: slice) -> Stretch: ...
    def __getitem__(self, key: int | slice) -> Step | Stretch:
        found = self.places[key]
        return Stretch(self.trace, found) if isinstance(found, range) else cast(Step, self.trace[found])

    def __iter__(self) -> Iterator[Step]:
        places, most = self.places, self.trace.chunk
        if places and places.step > 0:
            yield from cast(Iterator[Step], self.trace.steps(places[0], places[-1] + 1, every=places.step))
            return
        for first in range(0, len(places), most):
            yield from [*Stretch(self.trace, places[first : first + most][::-1])][::-1]

    def __reversed__(self) -> Iterator[Step]:
        return iter(self[::-1])

    def __repr__(self) -> str:
        count = len(self.places)
        told = f"{self.places[0]} to {self.places[-1]}" if count > 1 else str(self.places[0]) if count else "none"
        every = f", every {self.places.step}" if count > 2 and self.places.step not in (1, -1) else ""
        return f"Stretch({'step' if count == 1 else 'steps'} {told}{every})"
