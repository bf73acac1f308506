"""The one way the core says no: which field, what was in it, and the rule it broke."""

from __future__ import annotations

from collections.abc import Iterable
from difflib import get_close_matches

from core.texts import Say, in_english

LONGEST_VALUE = 80

SENTENCE = "{field} is {value}: {rule}"


class SceneError(ValueError):
    """A user's mistake, told in the words of the form.

    `rule` is an English template, which is also its key in the message catalogues; `facts` fill it in.

    >>> str(SceneError("stride", 0, "must be at least {minimum}", minimum=1))
    'stride is 0: must be at least 1'
    """

    def __init__(self, field: str, value: object, rule: str, **facts: object) -> None:
        self.field = field
        self.value = value
        self.rule = rule
        self.facts = facts
        super().__init__(self.detail())

    def detail(self, say: Say = in_english) -> str:
        """The sentence in the language that `say` speaks."""
        return say(SENTENCE, field=self.field, value=shown(self.value), rule=say(self.rule, **self.facts))


def shown(value: object) -> str:
    """A value as a refusal quotes it: short, and on one line."""
    try:
        text = repr(value)
    except ValueError:  # Python prints no integer of more than 4,300 digits
        return "a number of thousands of digits"
    return text if len(text) <= LONGEST_VALUE else text[: LONGEST_VALUE - 3] + "..."


def unknown(field: str, word: str, choices: Iterable[str]) -> SceneError:
    """A refusal of a word nobody knows, with the nearest one that somebody does.

    >>> str(unknown("operation", "sobell", ["sobel", "roberts"]))
    "operation is 'sobell': did you mean sobel? choose one of sobel, roberts"
    """
    known = list(choices)
    near = get_close_matches(word[:LONGEST_VALUE].lower(), known, n=1, cutoff=0.5)
    if near:
        return SceneError(field, word, "did you mean {nearest}? choose one of {choices}",
                          nearest=near[0], choices=", ".join(known))  # fmt: skip
    return SceneError(field, word, "choose one of {choices}", choices=", ".join(known))
