"""What the letters of a rule stand for in one step: places, cells and settings that are one number there."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence

from core.rules.slots import Each, Slot, Whole
from core.rules.tree import Range, Relation, Symbol, Tree
from core.rules.writing import equal


def letters_used(pieces: Sequence[Tree], letters: Mapping[str, float]) -> dict[str, float]:
    """Those of the letters that are written in the pieces, in the order of the letters."""
    written = {name for piece in pieces for name in names_in(piece)}
    return {name: value for name, value in letters.items() if name in written}


def names_in(piece: Tree) -> Iterator[str]:
    if isinstance(piece, Symbol) and not piece.index:
        yield piece.name
    for part in piece.parts():
        yield from names_in(part)


def standing(lines: Sequence[Tree], numbers: Sequence[Tree]) -> tuple[Relation, ...]:
    """Letters and indexed letters of the last line, with the slots that stand in their place in the first of numbers.

    >>> from core.rules.writing import symbol
    >>> x, y, r = symbol("x"), symbol("y"), symbol("r")
    >>> at, given, made = (Slot(("step", name)) for name in ("at", "input", "output"))
    >>> standing([equal(y[r], x[r] + 1)], [equal(y[at], given + 1, made)]) == (
    ...     equal(y[r], made), equal(r, at), equal(x[r], given))
    True
    """
    if not lines or not numbers:
        return ()
    general, told = lines[-1], numbers[0]
    if not isinstance(general, Relation) or not isinstance(told, Relation):
        return ()
    found: dict[Tree, Tree] = {}
    if isinstance(told.sides[-1], Slot) and told.signs[-1] == "=":
        found[general.sides[0]] = told.sides[-1]
    (made, rule), (cell, *sides) = general.sides, told.sides
    for mine, side in ((made, cell), *((rule, side) for side in sides)):
        for letter, slot in pairs(mine, side):
            found.setdefault(letter, slot)
    return tuple(equal(letter, slot) for letter, slot in found.items())


def pairs(mine: Tree, told: Tree) -> Iterator[tuple[Tree, Tree]]:
    """Letters of one piece beside what stands there in another of the same build."""
    if isinstance(mine, Symbol):
        if isinstance(told, Slot) and mine.index:
            yield mine, told
        elif isinstance(told, Symbol) and told.name == mine.name and len(told.index) == len(mine.index):
            for letter, part in zip(mine.index, told.index, strict=True):
                if isinstance(letter, Symbol) and not letter.index and isinstance(part, Slot | Whole):
                    yield letter, part
        return
    if type(mine) is not type(told) or isinstance(mine, Each | Range):
        return
    parts, others = mine.parts(), told.parts()
    if len(parts) == len(others):
        for one, other in zip(parts, others, strict=True):
            yield from pairs(one, other)
