"""What stands in a rule for the numbers of a step, until it is filled with them."""

from __future__ import annotations

from dataclasses import dataclass

from core.rules.tree import Part, Role, Tree
from core.texts import Text


@dataclass(frozen=True, slots=True)
class Slot(Tree):
    """The number at a path: a field of the step or of the start line, then keys and places.

    A name among the places is that of an Each around it; a path among them is looked up first. `unit` "degrees" turns
    radians into whole degrees.
    """

    path: tuple[Part, ...]
    role: Role = ""
    label: Text | None = None
    unit: str = ""


@dataclass(frozen=True, slots=True)
class Each(Tree):
    """Its body once for each number in the array at a path; the places have these names.

    Of many only the first and the last are written, and an Omitted between them. `skips` leaves out what is no number.
    """

    of: tuple[Part, ...]
    names: tuple[str, ...]
    body: Tree
    skips: bool = False


@dataclass(frozen=True, slots=True)
class Whole(Tree):
    """Whole numbers that are worked out: of Whole(2 * r + 1) with r = 3 nothing but 7 is written."""

    body: Tree
