"""How a request is turned away: a status for the machine, a sentence for the person."""

from __future__ import annotations

from core.texts import Say, in_english

BAD, ABSENT, SLOW, TOO_LARGE = 400, 404, 408, 413


class Refusal(ValueError):
    """`rule` is an English template, which is also its key in the message catalogues; `facts` fill it in.

    >>> str(Refusal(413, "at most {limit:,} pixels", limit=40000000))
    'at most 40,000,000 pixels'
    """

    def __init__(self, status: int, rule: str, **facts: object) -> None:
        self.status = status
        self.rule = rule
        self.facts = facts
        super().__init__(self.detail())

    def detail(self, say: Say = in_english) -> str:
        """The sentence in the language that `say` speaks."""
        return say(self.rule, **self.facts)
