"""What a layer tells of itself: its rule in letters, with its own settings, and with the numbers of a step."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import Any

from numpy.typing import NDArray

from core.rules.folding import Bindings, put, put_range
from core.rules.standing import letters_used, standing
from core.rules.tree import Given, Number, Part, Range, Relation, Tree
from core.texts import Text


@dataclass(frozen=True, slots=True)
class Statement:
    """Relations, the ranges of the letters they leave free, and what else holds."""

    lines: tuple[Tree, ...]
    over: tuple[Range, ...] = ()
    where: tuple[Tree, ...] = ()

    def put(self, bindings: Bindings) -> Statement:
        """The same with numbers for letters; letters that stand for one number only are that number."""
        over = [put_range(entry, bindings) for entry in self.over]
        alone = {entry.name: entry.first for entry in over if entry.first == entry.last}

        def settled(line: Tree) -> Tree:
            """A condition has letters of its own."""
            return put(line, bindings if isinstance(line, Given) else {**alone, **bindings})

        where = [settled(line) for line in self.where]
        return Statement(
            tuple(settled(line) for line in self.lines),
            tuple(entry for entry in over if entry.name not in alone),
            tuple(line for line in where if not (isinstance(line, Relation) and isinstance(line.sides[0], Number))),
        )

    def as_json(self) -> dict[str, Any]:
        told = {name: [piece.as_json() for piece in getattr(self, name)] for name in ("lines", "over", "where")}
        return {name: pieces for name, pieces in told.items() if pieces}


@dataclass(frozen=True, slots=True)
class Said:
    """A part of the sentence about a step: a template, and where its facts are."""

    text: Text
    facts: Mapping[str, tuple[Part, ...]] = field(default_factory=dict)

    def as_json(self) -> dict[str, Any]:
        return {"text": self.text, "facts": {name: list(path) for name, path in self.facts.items()}}


@dataclass(frozen=True, slots=True)
class Rule:
    """`general` in letters, `indexed` with this layer's settings, `numbers` and `aside` with slots for a step's fields.

    `letters` is what letters of the general rule stand for here, and `arrays` makes those that are arrays; the layer's
    own input is the letter `input`. `views` are the shapes under which arrays are indexed, where that is not their own.
    The numbers are the arithmetic of a step; aside is what else is worth saying where there is room.
    """

    general: Statement
    letters: Mapping[str, float] = field(default_factory=dict)
    numbers: tuple[Tree, ...] = ()
    aside: tuple[Tree, ...] = ()
    said: tuple[Said, ...] = ()
    views: Mapping[str, tuple[int, ...]] = field(default_factory=dict)
    arrays: Callable[[], Mapping[str, NDArray[Any]]] = dict
    input: str = "x"
    activation: str = ""

    @property
    def indexed(self) -> Statement:
        return self.general.put(self.letters)

    def as_json(self) -> dict[str, Any]:
        general = self.general
        told: dict[str, Any] = {"general": general.as_json(), "indexed": self.indexed.as_json()}
        told["letters"] = letters_used((*general.lines, *general.over, *general.where), self.letters)
        told["here"] = [relation.as_json() for relation in standing(general.lines, self.numbers)]
        for name in ("numbers", "aside", "said"):
            told |= {name: [piece.as_json() for piece in getattr(self, name)]}
        return told | ({"activation": self.activation} if self.activation else {})
