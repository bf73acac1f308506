"""What a matrix was understood to be, and the question when it may be more than one."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from core.errors import SceneError
from core.matrices.spelling import spell_matrix
from core.texts import Say, Text, in_english

LONGEST_SHOWN = 40
SEVERAL = Text(
    "may mean {ways}: write decimals with a point, a space or a comma with a space between numbers, "
    "and ; between rows in brackets"
)


@dataclass(frozen=True, slots=True)
class Reading:
    """Numbers as nested tuples, with what was understood of commas, semicolons and headers on the way."""

    values: tuple[Any, ...]
    notes: tuple[Text, ...] = ()

    @property
    def shape(self) -> tuple[int, ...]:
        sides: list[int] = []
        value: Any = self.values
        while isinstance(value, tuple):
            sides.append(len(value))
            value = value[0]
        return tuple(sides)

    @property
    def rows(self) -> Reading:
        """The same with at least two dimensions: a plain list is one row."""
        return self if isinstance(self.values[0], tuple) else Reading((self.values,), self.notes)

    @property
    def line(self) -> str:
        """As the scene line writes it."""
        return spell_matrix(self.values)

    @property
    def sentence(self) -> str:
        return self.said_in(in_english)

    def said_in(self, say: Say) -> str:
        """What was understood, in the language that `say` speaks: 3 x 3, decimal commas."""
        size = " x ".join(map(str, self.shape))
        return ", ".join([size, *(say(note.template, **note.facts) for note in self.notes)])

    @property
    def short_line(self) -> str:
        """Short enough for a sentence."""
        line = self.line
        if len(line) <= LONGEST_SHOWN:
            return line
        return f"{' x '.join(map(str, self.shape))} {line[: LONGEST_SHOWN - 10]}..."


class SeveralReadings(SceneError):
    """A matrix that may mean more than one thing; whoever can ask offers the readings."""

    def __init__(self, field: str, text: str, readings: tuple[Reading, ...]) -> None:
        self.readings = readings
        super().__init__(field, text, SEVERAL.template, ways=" / ".join(reading.short_line for reading in readings))
