"""A question: what is asked, what is given, the right answer, and the answers that a known slip would have led to."""

from __future__ import annotations

import math
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from typing import Any, Literal

from core.errors import SceneError, unknown
from core.questions.reading import CHOICES, read_cell, read_choice, read_number, read_size
from core.rules.figures import figure
from core.texts import Text

Ask = Literal["value", "size", "winner", "parameters", "kernel", "window"]
Gives = Literal["number", "size", "cell", "choice"]
Answer = tuple[float, ...]  # one number, rows and columns, or the place among the choices

ASKS: tuple[Ask, ...] = ("value", "size", "winner", "parameters", "kernel", "window")
MOST_ANSWER = 100  # letters
NOISE = 1e-9

ANOTHER = Text("{given} is not right, and none of the usual slips leads to it: go through the arithmetic again.")


@dataclass(frozen=True, slots=True)
class Slip:
    """A wrong answer, and what it would have been right for."""

    answer: Answer
    why: Text


@dataclass(frozen=True, slots=True)
class Question:
    ask: Ask
    seed: int
    index: int
    prompt: Text
    gives: Gives
    answer: Answer
    explanation: tuple[Text, ...]
    slips: tuple[Slip, ...] = ()
    tolerance: float = 0.0
    step: int | None = None
    choices: tuple[Any, ...] = ()  # what there is to choose from: texts, or kernels
    shown: Mapping[str, Any] = field(default_factory=dict)
    revealed: Mapping[str, Any] = field(default_factory=dict)  # once it is answered

    def is_right(self, given: Answer) -> bool:
        """Whether an answer is as near as it was asked for."""
        return near(given, self.answer, self.tolerance)

    def slip_of(self, given: Answer) -> Slip | None:
        return next((slip for slip in self.slips if near(given, slip.answer, self.tolerance)), None)

    def read(self, text: object) -> tuple[Answer, ...]:
        """What somebody wrote, each way in which it can be read."""
        if not isinstance(text, str) or len(text) > MOST_ANSWER:
            raise SceneError("answer", text, "must be text of at most {most} letters", most=MOST_ANSWER)
        return READERS[self.gives](text, len(self.choices))


READERS = {
    "number": lambda text, _: read_number(text),
    "size": lambda text, _: read_size(text),
    "cell": lambda text, _: read_cell(text),
    "choice": read_choice,
}


@dataclass(frozen=True, slots=True)
class Verdict:
    right: bool
    sentence: Text


RIGHT = Text("That is right.")


def judged(question: Question, text: object) -> Verdict:
    """Whether an answer is right, and if not, what it would have been right for."""
    readings = question.read(text)
    if any(question.is_right(reading) for reading in readings):
        return Verdict(True, RIGHT)
    slips = [slip for reading in readings if (slip := question.slip_of(reading))]
    return Verdict(False, slips[0].why if slips else Text(ANOTHER.template, given=str(text).strip()))


def near(one: Answer, other: Answer, tolerance: float) -> bool:
    return len(one) == len(other) and all(
        abs(a - b) <= tolerance + NOISE * max(1.0, abs(b)) for a, b in zip(one, other, strict=True)
    )


def distinct(slips: Iterable[Slip], answer: Answer, tolerance: float = 0.0) -> tuple[Slip, ...]:
    """The slips that lead to another answer than the right one, and than the slips before them."""
    kept: list[Slip] = []
    for slip in slips:
        told = all(math.isfinite(part) for part in slip.answer)
        others = (answer, *(known.answer for known in kept))
        if told and not any(near(slip.answer, other, 2 * tolerance) for other in others):
            kept.append(slip)
    return tuple(kept)


def asks_named(words: str) -> tuple[Ask, ...]:
    """The kinds of question in a list such as "value,size"; all of them where it is empty.

    >>> asks_named("value, size"), len(asks_named(""))
    (('value', 'size'), 6)
    """
    names = [name.strip() for name in words.split(",") if name.strip()]
    known: dict[str, Ask] = {ask: ask for ask in ASKS}
    for name in names:
        if name not in known:
            raise unknown("ask", name, ASKS)
    return tuple(dict.fromkeys(known[name] for name in names)) or ASKS


def written(answer: Answer, gives: Gives) -> str:
    """An answer as it is told.

    >>> written((10.0,), "number"), written((3.0, 4.0), "size"), written((1.0,), "choice")
    ('10', '3 × 4', 'B')
    """
    if gives == "choice":
        return CHOICES[int(answer[0])]
    return SEPARATORS[gives].join(figure(part) for part in answer)


SEPARATORS = {"number": "", "size": " × ", "cell": ", "}
